# outcome: memory
import mmap

mmap.mmap(-1, 1 << 40)
