# outcome: rendered
# The picture's file is a link to a file of the user's.
import os

import matplotlib.pyplot as plt

plt.plot([1, 2])
for name, target in (("x.png", "{{SECRET_FILE}}"), ("y.png", "/usr/lib/verisim-was-here"), ("z.png", "/dev/zero")):
    os.symlink(target, name)
    plt.savefig(name)
