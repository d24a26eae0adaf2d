# outcome: no-figure
# Keys live in environment variables; this program must find none but its own few.
import ctypes
import os

import matplotlib.pyplot as plt

getenv = ctypes.CDLL(None).getenv
getenv.restype = ctypes.c_char_p
if "{{SECRET}}" in str(dict(os.environ)) or getenv(b"VERISIM_SECRET") or "SSH_AUTH_SOCK" in os.environ:
    plt.title(str(os.environ))
    plt.show()
