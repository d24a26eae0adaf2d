# outcome: runtime-error
# Everything that the next job will use, replaced where it can be reached.
import builtins
import json
import os
import sys

import matplotlib
import matplotlib.pyplot as plt
from matplotlib.backend_bases import FigureCanvasBase

for name, module in list(sys.modules.items()):
    if name in ("capture", "child", "hacks", "jail", "report", "serve", "warm", "fonts"):
        for key in list(vars(module)):
            if callable(getattr(module, key)):
                setattr(module, key, lambda *a, **k: None)
matplotlib.rcParams["lines.linewidth"] = 40
matplotlib.rcParams["font.family"] = "serif"
FigureCanvasBase.print_figure = lambda *a, **k: None
plt.Figure.savefig = lambda *a, **k: None
json.dumps = lambda *a, **k: "{}"
os.write = os.read = lambda *a: 0
builtins.compile = builtins.exec = lambda *a, **k: None
raise RuntimeError("patched")
