# outcome: forbidden
# Memory that belongs to a file without a name is not counted as the process's own.
import os

while True:
    os.write(os.memfd_create("bomb"), bytes(1 << 26))
