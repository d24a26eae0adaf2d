# outcome: forbidden | runtime-error
# Movie writers start the program that the settings name.
import matplotlib.animation
import matplotlib.pyplot as plt

plt.rcParams["animation.ffmpeg_path"] = "/bin/sh"
figure = plt.figure()
matplotlib.animation.FuncAnimation(figure, lambda i: [], frames=3).save("x.mp4", writer="ffmpeg")
