# outcome: forbidden
import os

os.mkdir("/verisim-was-here")
