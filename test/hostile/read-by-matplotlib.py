# outcome: runtime-error
# message: No such file
import matplotlib.pyplot as plt

plt.imshow(plt.imread("{{SECRET_FILE}}"))
plt.show()
