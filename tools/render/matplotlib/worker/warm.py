"""Imports everything that plotting code is likely to import and fills the caches, so that a fork inherits them."""

import gc
import importlib
import io
import random
import sys

import matplotlib
import matplotlib.pyplot as plt
import numpy
import numpy.random.bit_generator as bit_generator

import fonts

MODULES = (
    "matplotlib.animation",
    "matplotlib.dates",
    "matplotlib.gridspec",
    "matplotlib.patches",
    "matplotlib.patheffects",
    "matplotlib.ticker",
    "matplotlib.tri",
    "mpl_toolkits.axes_grid1",
    "mpl_toolkits.axes_grid1.inset_locator",
    "mpl_toolkits.mplot3d",
    "PIL.Image",
    "PIL.PngImagePlugin",
    "PIL.JpegImagePlugin",
)
# Only where asked for: forking a process that holds them takes nearly twice as long.
SCIENTIFIC = ("scipy.stats", "scipy.interpolate", "pandas", "seaborn")
SEED = 0


def up(config):
    """Returns the versions of what was found."""
    for name in MODULES:
        importlib.import_module(name)
    found = {"python": sys.version.split()[0]}
    for name in SCIENTIFIC if config["scientific"] else ():
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    for name in ("matplotlib", "numpy", "PIL", "scipy", "pandas", "seaborn"):
        if name in sys.modules:
            found[name] = sys.modules[name].__version__
    fonts.pin(config["fonts"], config["fallbackFonts"])
    matplotlib.rcdefaults()
    keep_backend()
    fix_chance()
    draw_once()
    # Objects made so far are never garbage: without this the first collection in a child would copy them all.
    gc.collect()
    gc.freeze()
    return found


def keep_backend():
    """Code that asks for a window's backend means to show its figure; that needs no window here."""
    plt.switch_backend("Agg")
    matplotlib.use = lambda *_, **__: None
    plt.switch_backend = lambda *_, **__: None


def fix_chance():
    """Makes code that draws unseeded random numbers draw the same ones each time.

    Every child starts from one state of `random` and `numpy.random`; generators made without a seed take a
    constant one. What asks the system for chance (`secrets`, `uuid4`, `os.urandom`) gets it.
    """
    bit_generator.randbits = lambda bits: SEED
    default_rng = numpy.random.default_rng
    numpy.random.default_rng = lambda seed=None: default_rng(SEED if seed is None else seed)
    seed = random.Random.seed
    random.Random.seed = lambda self, a=None, version=2: seed(self, SEED if a is None else a, version)
    random.seed = random._inst.seed
    numpy.random.seed(SEED)


def start_chance():
    """To be called in the child: Python itself seeds `random` anew after a fork."""
    random.seed(SEED)


def draw_once():
    """Loads the usual fonts and builds the parser of mathematical text."""
    figure, axes = plt.subplots()
    axes.plot([0, 1], label="$x^2$")
    axes.set_title("Warm", fontweight="bold")
    axes.legend()
    figure.savefig(io.BytesIO(), format="raw", bbox_inches="tight")
    plt.close("all")
