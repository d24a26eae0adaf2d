# outcome: timeout
# message: 3 s allowed
import time

time.sleep(10**6)
