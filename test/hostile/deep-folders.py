# outcome: output-limit
# Folders nested so deep that their removal could overflow a stack.
import os

while True:
    os.mkdir("d")
    os.chdir("d")
