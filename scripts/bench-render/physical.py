"""The physical limit of a chart: one warm process that executes scripts, draws and encodes, and nothing else.

Each line of standard input is the path of a script; each line of standard output says that it is done.
"""

import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../tools/render/matplotlib/worker"))
import warm  # noqa: E402 - the worker's own imports, so that both are equally warm

out = os.dup(1)
os.dup2(2, 1)
warm.up({"scientific": True, "fonts": [], "fallbackFonts": []})
import matplotlib  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402

os.chdir(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
os.write(out, b"ready\n")
for path in sys.stdin:
    with open(path.strip(), encoding="utf-8") as file:
        source = file.read()
    exec(compile(source, "main.py", "exec"), {"__name__": "__main__"})
    if "savefig(" not in source:
        plt.savefig("shown.png")
    plt.close("all")
    matplotlib.rcdefaults()
    os.write(out, b"done\n")
for name in os.listdir("."):
    os.remove(name)
os.rmdir(os.getcwd())
