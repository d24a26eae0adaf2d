# outcome: runtime-error
# Everything that the next job will use, replaced where it can be reached.
import builtins
import json
import os
import sys

import matplotlib
import matplotlib.pyplot as plt
from matplotlib.backend_bases import FigureCanvasBase

frame = sys._getframe(1)
while frame is not None:
    for key, value in list(frame.f_globals.items()):
        if callable(value):
            frame.f_globals[key] = lambda *a, **k: None
    frame = frame.f_back
matplotlib.rcParams["lines.linewidth"] = 40
matplotlib.rcParams["font.family"] = "serif"
FigureCanvasBase.print_figure = lambda *a, **k: None
plt.Figure.savefig = lambda *a, **k: None
json.dumps = lambda *a, **k: "{}"
os.write = os.read = lambda *a: 0
builtins.compile = builtins.exec = lambda *a, **k: None
raise RuntimeError("patched")
