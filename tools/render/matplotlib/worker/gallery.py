"""Which picture the code meant.

Everything that the code saves or shows is seen as it happens, with the author's dpi, bbox and colours:
1. what was saved last to a raster file (or through PIL after a figure was saved) wins,
2. else what was saved last to a vector file,
3. else to a stream,
4. else what was shown last,
5. else the current figure, or another open one that has something in it, the newest first,
6. else the figure that was closed last without having been saved or shown,
7. else a picture that was saved through PIL alone.
A picture of one colour only counts when there is no other, so that a figure closed or cleared before
savefig is still found.
"""

import contextlib
from dataclasses import dataclass

import numpy
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureCanvasBase

import hacks

PIL_ALONE, CLOSED, OPEN, SHOWN, STREAM, VECTOR, RASTER = range(7)

print_figure = FigureCanvasBase.print_figure


@dataclass
class Picture:
    rank: int
    width: int
    height: int
    # 8-bit RGBA, rows from the top.
    pixels: bytes
    blank: bool
    images: list


@dataclass
class Gallery:
    best: Picture = None
    # The figure that was closed last.
    closed: object = None
    # True while we draw or write ourselves: the hooks then stand aside.
    busy: bool = False

    def add(self, picture):
        if self.best is None or self.worth(picture) >= self.worth(self.best):
            self.best = picture

    def has(self, rank):
        """Whether a picture of at least this rank is there that is not blank."""
        return self.best is not None and self.best.rank >= rank and not self.best.blank

    @staticmethod
    def worth(picture):
        return not picture.blank, picture.rank

    @contextlib.contextmanager
    def working(self):
        before, self.busy = self.busy, True
        try:
            yield
        finally:
            self.busy = before

    def show(self, figure, rank):
        """Takes the figure as savefig without arguments would."""
        with self.working():
            self.add(draw(figure.canvas, rank))

    def choose(self):
        """The picture that the code meant, or None."""
        if self.has(SHOWN):
            return self.best
        figures = open_figures()
        drawn = [figure for figure in figures if has_something(figure)]
        if drawn:
            self.show(drawn[0], OPEN)
        elif self.closed is not None:
            self.show(self.closed, CLOSED)
        elif self.best is None and figures:
            self.show(figures[0], OPEN)
        return self.best


def open_figures():
    """The current figure first, then the others from the newest to the oldest."""
    active = Gcf.get_active()
    others = [manager for manager in reversed(list(Gcf.figs.values())) if manager is not active]
    return [manager.canvas.figure for manager in ([active] if active else []) + others]


def has_something(figure):
    kinds = ("axes", "texts", "lines", "patches", "images", "artists", "legends", "subfigs")
    return any(getattr(figure, kind, None) for kind in kinds)


def draw(canvas, rank, **options):
    """Draws a figure with the author's options, without encoding it."""
    taken = []

    class Sink:
        # matplotlib takes what can seek for a file.
        seek = None

        def write(self, view):
            taken.append((view.shape, bytes(view)))

    print_figure(canvas, Sink(), format="raw", **options)
    (height, width, _), pixels = taken[-1]
    return Picture(rank, width, height, pixels, is_blank(pixels), hacks.images_of(canvas.figure))


def is_blank(pixels):
    cells = numpy.frombuffer(pixels, numpy.uint32)
    return cells.size == 0 or bool((cells == cells[0]).all())
