# outcome: no-figure
# Draws what it finds of the home, the project, other processes and the kernel: there must be nothing.
import os

import matplotlib.pyplot as plt

found = [path for path in ("/home", "/root", "/work", "/proc", "/sys", "/var", "/run", "/etc/passwd", "/etc/hosts",
                           "/usr/bin/sh", "/bin/sh", "/dev/tty", "/dev/mem", "/dev/shm", "/dev/sda", "/dev/vda")
         if os.path.exists(path)]
if found:
    plt.title(str(found))
    plt.show()
