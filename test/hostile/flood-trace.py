# outcome: timeout
import os

while True:
    os.write(5, b'  File "main.py", line 99 in nowhere\n' * 1000)
