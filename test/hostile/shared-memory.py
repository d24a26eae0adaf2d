# outcome: forbidden | runtime-error
# Memory that would outlive the job and be seen by the next.
from multiprocessing import shared_memory

shared_memory.SharedMemory(name="verisim", create=True, size=1 << 20)
