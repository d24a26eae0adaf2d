"""Which picture the code meant, and its pixels.

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
import functools
import os
import sys
from dataclasses import dataclass, field

import hacks

CLOSED_EMPTY = -1
PIL_ALONE, CLOSED, OPEN, SHOWN, STREAM, VECTOR, RASTER = range(7)
RASTER_FORMATS = {"png", "jpg", "jpeg", "tif", "tiff", "webp", "raw", "rgba"}
MAX_SIDE = 65535


class OutputLimit(Exception):
    """The figure has more pixels than allowed."""


@dataclass
class Picture:
    rank: int
    width: int
    height: int
    pixels: bytes
    blank: bool
    images: list


@dataclass
class Gallery:
    best: Picture = None
    closed: object = None
    busy: bool = False
    # A PNG that the code saved, by path: written only when something opens it.
    unwritten: dict = field(default_factory=dict)

    def add(self, picture):
        new = (not picture.blank, picture.rank)
        if self.best is None or new >= (not self.best.blank, self.best.rank):
            self.best = picture

    @contextlib.contextmanager
    def working(self):
        self.busy = True
        try:
            yield
        finally:
            self.busy = False


def install(max_pixels):
    """Puts the hooks into matplotlib and PIL. Returns the gallery that they fill."""
    gallery = Gallery()
    limit_pixels(max_pixels)
    hook_printing(gallery)
    hook_pyplot(gallery)
    hook_pil(gallery)
    hook_files(gallery)
    gallery.choose = functools.partial(choose, gallery)
    return gallery


def choose(gallery):
    """The picture that the code meant, or None."""
    from matplotlib._pylab_helpers import Gcf

    if gallery.best is not None and gallery.best.rank >= SHOWN and not gallery.best.blank:
        return gallery.best
    active = Gcf.get_active()
    managers = [active] if active else []
    managers += [manager for manager in reversed(list(Gcf.figs.values())) if manager is not active]
    drawn = [manager.canvas.figure for manager in managers if has_something(manager.canvas.figure)]
    if drawn:
        show(gallery, drawn[0], OPEN)
    elif gallery.closed is not None:
        show(gallery, gallery.closed, CLOSED)
    elif gallery.best is None and managers:
        show(gallery, managers[0].canvas.figure, OPEN)
    return gallery.best


def has_something(figure):
    kinds = ("axes", "texts", "lines", "patches", "images", "artists", "legends", "subfigs")
    return any(getattr(figure, kind, None) for kind in kinds)


def show(gallery, figure, rank):
    """Takes the figure as savefig without arguments would."""
    from matplotlib.backend_bases import FigureCanvasBase

    with gallery.working():
        gallery.add(pixels_of(gallery, FigureCanvasBase.print_figure, figure.canvas, rank))


def pixels_of(gallery, print_figure, canvas, rank, **options):
    """Draws the figure with the author's options."""
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
    import numpy

    cells = numpy.frombuffer(pixels, numpy.uint32)
    return cells.size == 0 or bool((cells == cells[0]).all())


def limit_pixels(max_pixels):
    from matplotlib.backends.backend_agg import RendererAgg

    make = RendererAgg.__init__

    @functools.wraps(make)
    def make_within(self, width, height, dpi):
        if width * height > max_pixels or max(width, height) > MAX_SIDE:
            raise OutputLimit(
                f"The figure would be {int(width)} x {int(height)} pixels; at most {max_pixels / 1e6:g} million"
                f" pixels and {MAX_SIDE} a side are allowed. Check figsize, dpi and what lies outside the axes."
            )
        make(self, width, height, dpi)

    RendererAgg.__init__ = make_within


def hook_printing(gallery):
    from matplotlib import rcParams
    from matplotlib.backend_bases import FigureCanvasBase

    print_figure = FigureCanvasBase.print_figure

    @functools.wraps(print_figure)
    def take_and_print(canvas, filename, dpi=None, facecolor=None, edgecolor=None, orientation="portrait",
                       format=None, **options):
        common = dict(dpi=dpi, facecolor=facecolor, edgecolor=edgecolor, orientation=orientation)
        if gallery.busy:
            return print_figure(canvas, filename, format=format, **common, **options)
        path = path_of(filename)
        kind = kind_of(path, format, rcParams["savefig.format"])
        rank = STREAM if path is None else RASTER if kind in RASTER_FORMATS else VECTOR
        drawing = {key: options[key] for key in ("bbox_inches", "pad_inches", "bbox_extra_artists") if key in options}
        with gallery.working():
            picture = pixels_of(gallery, print_figure, canvas, rank, **common, **drawing)
            gallery.add(picture)
            if kind == "png" and path is not None:
                write_later(gallery, with_extension(path, kind), picture)
            elif kind == "png":
                encode(picture, filename)
            else:
                with contextlib.suppress(OSError) if path is not None else contextlib.nullcontext():
                    return print_figure(canvas, filename, format=format, **common, **options)

    FigureCanvasBase.print_figure = take_and_print


def path_of(filename):
    return os.fspath(filename) if isinstance(filename, (str, os.PathLike)) else None


def kind_of(path, format, default):
    if format is None and path is not None:
        format = os.path.splitext(path)[1][1:]
    return (format or default).lower()


def with_extension(path, kind):
    """matplotlib adds the extension when there is none."""
    return path if os.path.splitext(path)[1] else f"{path.rstrip('.')}.{kind}"


def encode(picture, file):
    from PIL import Image

    Image.frombuffer("RGBA", (picture.width, picture.height), picture.pixels, "raw", "RGBA", 0, 1).save(file, "png")


def write_later(gallery, path, picture):
    """Makes an empty file now. A folder that does not exist here may exist where the author runs the code."""
    for other in list(gallery.unwritten):
        write_now(gallery, other)
    with contextlib.suppress(OSError):
        with open(path, "wb"):
            gallery.unwritten[os.path.abspath(path)] = picture


def write_now(gallery, path):
    picture = gallery.unwritten.pop(path, None)
    if picture is not None:
        busy, gallery.busy = gallery.busy, True
        try:
            with open(path, "wb") as file:
                encode(picture, file)
        finally:
            gallery.busy = busy


def hook_files(gallery):
    def before(event, arguments):
        if not gallery.unwritten or event not in ("open", "os.rename", "os.link", "shutil.copyfile"):
            return
        path = arguments[0]
        if isinstance(path, (str, os.PathLike)):
            write_now(gallery, os.path.abspath(path))

    sys.addaudithook(before)


def hook_pyplot(gallery):
    import matplotlib.pyplot as plt
    from matplotlib._pylab_helpers import Gcf
    from matplotlib.figure import Figure

    close = plt.close

    def show_open(*_, **__):
        if gallery.best is not None and gallery.best.rank > SHOWN and not gallery.best.blank:
            return
        active = Gcf.get_active()
        figures = [manager.canvas.figure for manager in Gcf.figs.values() if manager is not active]
        figures += [active.canvas.figure] if active else []
        drawn = [figure for figure in figures if has_something(figure)]
        if drawn:
            show(gallery, drawn[-1], SHOWN)

    @functools.wraps(close)
    def remember_and_close(*arguments, **options):
        before = {number: manager.canvas.figure for number, manager in Gcf.figs.items()}
        close(*arguments, **options)
        for number, figure in before.items():
            if number not in Gcf.figs and has_something(figure):
                gallery.closed = figure

    plt.show = show_open
    plt.close = remember_and_close
    Figure.show = lambda self, *_, **__: show(gallery, self, SHOWN)


def hook_pil(gallery):
    from PIL import Image

    save = Image.Image.save

    def take(image):
        pixels = image.convert("RGBA").tobytes()
        rank = RASTER if gallery.best is not None and gallery.best.rank >= STREAM else PIL_ALONE
        whole = {"cells": image.width * image.height, "channels": 4, "share": 1.0}
        gallery.add(Picture(rank, image.width, image.height, pixels, is_blank(pixels), [whole]))

    @functools.wraps(save)
    def take_and_save(self, fp, *arguments, **options):
        if gallery.busy:
            return save(self, fp, *arguments, **options)
        if path_of(fp) is not None:
            take(self)
        with contextlib.suppress(OSError) if path_of(fp) is not None else contextlib.nullcontext():
            with gallery.working():
                return save(self, fp, *arguments, **options)

    Image.Image.save = take_and_save
    Image.Image.show = lambda self, *_, **__: take(self)
