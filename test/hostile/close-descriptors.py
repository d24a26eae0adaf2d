# outcome: runtime-error
import os

import matplotlib.pyplot as plt

os.closerange(0, 256)
plt.plot([1, 2])
plt.savefig("x.png")
