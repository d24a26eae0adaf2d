# outcome: rendered
# Threads that never end must not outlive the picture.
import threading

import matplotlib.pyplot as plt


def spin():
    while True:
        pass


for _ in range(4):
    threading.Thread(target=spin).start()
plt.plot([1, 2])
plt.savefig("x.png")
