# outcome: no-figure
# It must see no process but itself (its threads have low numbers).
import os
import signal

import matplotlib.pyplot as plt

for process in [-1, *range(8, 40_000)]:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        continue
    plt.title(f"killed {process}")
    plt.show()
