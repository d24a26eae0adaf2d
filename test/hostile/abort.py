# outcome: runtime-error
# line: 5
import os

os.abort()
