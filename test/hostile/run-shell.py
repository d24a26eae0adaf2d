# outcome: no-figure
import os

import matplotlib.pyplot as plt

if os.system("echo {{SECRET}}") == 0:
    plt.title("a shell ran")
    plt.show()
