# outcome: forbidden
import os

while True:
    os.fork()
