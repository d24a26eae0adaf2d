# outcome: timeout
# Its parent has no number here; 0 is its own group.
import os
import signal

assert os.getppid() == 0
os.kill(0, signal.SIGKILL)
os.killpg(0, signal.SIGKILL)
while True:
    pass
