# outcome: output-limit
import os

with open("sparse.bin", "wb") as file:
    os.truncate(file.fileno(), 1 << 40)
