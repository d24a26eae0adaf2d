"""The hooks in matplotlib and PIL by which everything that the code saves or shows comes into the gallery."""

import contextlib
import functools
import os

from matplotlib import rcParams
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
import matplotlib.pyplot as plt
from PIL import Image

import gallery as galleries
from files import Files, encode, path_of
from gallery import Gallery, Picture, has_something, is_blank, open_figures

RASTER_FORMATS = {"png", "jpg", "jpeg", "tif", "tiff", "webp", "raw", "rgba"}
DRAWING = ("bbox_inches", "pad_inches", "bbox_extra_artists")
MAX_SIDE = 65535


class OutputLimit(Exception):
    """The figure has more pixels than allowed."""


def install(max_pixels):
    """Puts the hooks in place. Returns the gallery that they fill."""
    gallery = Gallery()
    limit_pixels(max_pixels)
    hook_printing(gallery, Files(gallery))
    hook_pyplot(gallery)
    hook_pil(gallery)
    return gallery


def limit_pixels(max_pixels):
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


def hook_printing(gallery, files):
    print_figure = FigureCanvasBase.print_figure

    @functools.wraps(print_figure)
    def take_and_print(
        canvas, filename, dpi=None, facecolor=None, edgecolor=None, orientation="portrait", format=None, **options
    ):
        common = {"dpi": dpi, "facecolor": facecolor, "edgecolor": edgecolor, "orientation": orientation}
        if gallery.busy:
            return print_figure(canvas, filename, format=format, **common, **options)
        path = path_of(filename)
        kind = kind_of(path, format)
        with gallery.working():
            drawing = {key: options[key] for key in DRAWING if key in options}
            picture = galleries.draw(canvas, rank_of(path, kind), **common, **drawing)
            gallery.add(picture)
            if kind != "png":
                with lenient(path):
                    return print_figure(canvas, filename, format=format, **common, **options)
            elif path is None:
                encode(picture, filename)
            else:
                # matplotlib adds the extension when there is none.
                files.write_later(path if os.path.splitext(path)[1] else f"{path.rstrip('.')}.png", picture)

    FigureCanvasBase.print_figure = take_and_print


def kind_of(path, format):
    if format is None and path is not None:
        format = os.path.splitext(path)[1][1:]
    return (format or rcParams["savefig.format"]).lower()


def rank_of(path, kind):
    if path is None:
        return galleries.STREAM
    return galleries.RASTER if kind in RASTER_FORMATS else galleries.VECTOR


def lenient(path):
    """A folder that does not exist here may exist where the author runs the code."""
    return contextlib.suppress(OSError) if path is not None else contextlib.nullcontext()


def hook_pyplot(gallery):
    close = plt.close

    def show_open(*_, **__):
        if not gallery.has(galleries.STREAM):
            drawn = [figure for figure in open_figures() if has_something(figure)]
            if drawn:
                gallery.show(drawn[0], galleries.SHOWN)

    @functools.wraps(close)
    def remember_and_close(*arguments, **options):
        before = {number: manager.canvas.figure for number, manager in Gcf.figs.items()}
        close(*arguments, **options)
        for number, figure in before.items():
            if number not in Gcf.figs and has_something(figure):
                gallery.closed = figure

    plt.show = show_open
    plt.close = remember_and_close
    Figure.show = lambda self, *_, **__: gallery.show(self, galleries.SHOWN)


def hook_pil(gallery):
    save = Image.Image.save

    def take(image):
        pixels = image.convert("RGBA").tobytes()
        drawn = gallery.best is not None and gallery.best.rank >= galleries.STREAM
        rank = galleries.RASTER if drawn else galleries.PIL_ALONE
        whole = {"cells": image.width * image.height, "channels": 4, "share": 1.0}
        gallery.add(Picture(rank, image.width, image.height, pixels, is_blank(pixels), [whole]))

    @functools.wraps(save)
    def take_and_save(self, fp, *arguments, **options):
        if gallery.busy or path_of(fp) is None:
            return save(self, fp, *arguments, **options)
        take(self)
        with gallery.working(), lenient(path_of(fp)):
            return save(self, fp, *arguments, **options)

    Image.Image.save = take_and_save
    Image.Image.show = lambda self, *_, **__: take(self)
