# outcome: timeout
# message: 1 s allowed
import time

time.sleep(10**6)
