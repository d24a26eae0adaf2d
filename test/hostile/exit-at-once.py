# outcome: runtime-error
# message: exit status 0
import os

import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.savefig("x.png")
os._exit(0)
