# outcome: no-figure
# Unpickling may call anything; what it calls is as confined as the rest.
import os
import pickle

import matplotlib.pyplot as plt


class Bomb:
    def __reduce__(self):
        return os.system, ("echo {{SECRET}} > /tmp/out; kill -9 -1",)


if pickle.loads(pickle.dumps(Bomb())) == 0:
    plt.title("the shell ran")
    plt.show()
