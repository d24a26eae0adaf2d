# outcome: no-figure
# The same past Python: fork, vfork, clone and clone3 by number.
import ctypes
import platform

import matplotlib.pyplot as plt

libc = ctypes.CDLL(None, use_errno=True)
numbers = [(56, 17), (435, 0), (57, 0), (58, 0)] if platform.machine() == "x86_64" else [(220, 17), (435, 0)]
for number, argument in numbers:
    if libc.syscall(number, argument, 0, 0, 0, 0) != -1:
        plt.title(f"call {number} started a process")
        plt.show()
