# outcome: no-figure
# The job before this one held a secret in its code; this one's memory must not, wherever it looks.
import ctypes
import gc
import sys

import matplotlib.pyplot as plt

secret = "".join(map(chr, [{{SECRET_CODES}}])).encode()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
places = [ctypes.string_at(libc.malloc(size), size) for size in range(64, 1 << 18, 512)]
frame = sys._getframe()
while frame is not None:
    places += [bytes(value) for value in frame.f_locals.values() if isinstance(value, (memoryview, bytearray))]
    places += [value.encode() for value in frame.f_locals.values() if isinstance(value, str)]
    frame = frame.f_back
places += [bytes(thing) for thing in gc.get_objects() if isinstance(thing, memoryview)]
if any(secret in place for place in places):
    plt.title("found")
    plt.show()
