# outcome: timeout
import sys

line = "x" * (1 << 20)
while True:
    sys.stdout.write(line)
    sys.stderr.write(line)
