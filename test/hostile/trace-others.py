# outcome: no-figure
# ptrace, reading and writing another's memory, handles on processes.
import ctypes
import platform

import matplotlib.pyplot as plt

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(64)
tracing = {"x86_64": (101, 310, 311, 434), "aarch64": (117, 270, 271, 434)}[platform.machine()]
for number in tracing:
    for process in range(0, 64):
        if libc.syscall(number, 16 if number in (101, 117) else process, process, buffer, 8, 0, 0) >= 0:
            plt.title(f"call {number} on {process} worked")
            plt.show()
