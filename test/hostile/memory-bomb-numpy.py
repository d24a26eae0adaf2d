# outcome: memory
import numpy as np

np.ones((10**6, 10**6)) @ np.ones((10**6, 10**6))
