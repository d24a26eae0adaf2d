# outcome: rendered
import atexit

import matplotlib.pyplot as plt


@atexit.register
def stay():
    while True:
        pass


plt.plot([1, 2])
plt.savefig("x.png")
