# outcome: runtime-error
# line: 5
import sys

sys.exit(3)
