"""What a matplotlib program draws, for ChartMimic's low-level scores: texts, subplots, calls and colours.

Runs in the sandbox of the chart renderer, as one program with the program that it traces (tracer.ts), once, where
the reference runs each program four times. The sandbox hands out nothing but a picture, so the trace leaves it as the
pixels of one: the length of the JSON in 4 bytes, big endian, then the JSON in UTF-8.
"""

import base64
import contextlib
import functools
import inspect
import json
import linecache
import sys
import traceback
import types

import matplotlib
import matplotlib.pyplot as plt
import numpy
from matplotlib import axes, colors, image, patches
from matplotlib.axes._base import _process_plot_var_args
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.projections.polar import PolarAxes
from mpl_toolkits.mplot3d import Axes3D

NAME = "chart.py"
WIDTH = 256
# More is no chart; the trace must fit into the sandbox's limits.
MAX_ENTRIES = 20_000
MAX_TEXT = 1_000
OPEN, SHOWN, SAVED = 1, 2, 3


class Recorder(RendererBase):
    """Draws nothing and keeps the strings. Sizes are in points, as in the PDF backend that the reference hooks."""

    def __init__(self, width, height):
        super().__init__()
        self.width, self.height = width, height
        self.texts = []

    def draw_text(self, gc, x, y, s, *_, **__):
        self.texts.append(str(s)[:MAX_TEXT])

    def draw_path(self, *_, **__):
        pass

    draw_markers = draw_path_collection = draw_quad_mesh = draw_image = draw_path
    draw_gouraud_triangle = draw_gouraud_triangles = draw_tex = draw_path

    def get_canvas_width_height(self):
        return self.width, self.height

    def option_image_nocomposite(self):
        return True


class Tracer:
    def __init__(self):
        self.calls = {}
        # By function and colour when drawn.
        self.drawn = {}
        self.figure = None
        self.texts = None
        self.rank = 0
        self.calling = self.drawing = 0

    def see(self, figure, rank):
        """The first figure that is saved counts; without one, the first shown; without that, the current at the end."""
        if rank > self.rank:
            self.rank, self.figure, self.texts = rank, figure, texts_of(figure)

    def counted(self, function, name):
        """Counts the outermost calls of plotting functions; what they call in turn is not counted."""

        @functools.wraps(function)
        def counted(*arguments, **options):
            if self.calling == 0:
                polar = bool(arguments) and isinstance(arguments[0], PolarAxes) and name.endswith("/plot")
                key = f"{name}_polar" if polar else name
                self.calls[key] = self.calls.get(key, 0) + 1
            with self.inside("calling"):
                return function(*arguments, **options)

        return counted

    def coloured(self, function, name, kind):
        """Keeps what an outermost call drew, and how to ask it for its colours at the end."""

        @functools.wraps(function)
        def coloured(*arguments, **options):
            if self.drawing > 0:
                return function(*arguments, **options)
            with self.inside("drawing"):
                result = function(*arguments, **options)
                polar = bool(arguments) and isinstance(arguments[0], PolarAxes) and name.endswith(("/plot", "/scatter"))
                with contextlib.suppress(Exception):
                    for thing, ask in kind(arguments, options, result):
                        self.keep(f"{name}_polar" if polar else name, thing, ask)
            return result

        return coloured

    @contextlib.contextmanager
    def inside(self, what):
        """Left again whatever happens, so that one call that fails does not hide all later ones."""
        setattr(self, what, getattr(self, what) + 1)
        try:
            yield
        finally:
            setattr(self, what, getattr(self, what) - 1)

    def keep(self, name, thing, ask):
        """Things whose first colour is the same share a place and the last keeps it, as in the reference."""
        found = ask(thing)
        first = found[-1] if isinstance(found, list) and found else found
        if first:
            self.drawn[(name, first)] = thing, ask

    def colours(self):
        """Pairs of function and colour as they are at the end, each once, in the order of drawing."""
        pairs = {}
        for (name, first), (thing, ask) in self.drawn.items():
            found = first
            with contextlib.suppress(Exception):
                found = ask(thing)
            pairs.update(((name, colour), None) for colour in (found if isinstance(found, list) else [found]) if colour)
        return list(pairs)


def home(function):
    """The file that the function comes from, from its package's folder on: the reference tells functions apart so."""
    path = inspect.getfile(function).replace("\\", "/")
    for package in ("matplotlib", "mpl_toolkits", "networkx", "squarify", "matplotlib_venn"):
        at = path.rfind(f"/{package}")
        if at >= 0:
            return path[at + 1 :]
    return path.rsplit("/", 1)[-1]


def texts_of(figure):
    """Strings in the order of drawing, without the ticks of x and y (z ticks stay, as in the reference)."""
    kept = []
    for ax in figure.get_axes():
        for axis in (ax.xaxis, ax.yaxis):
            kept.append((axis, axis.major.locator, axis.isDefault_majloc))
        ax.set_xticks([])
        ax.set_yticks([])
    dpi = figure.dpi
    try:
        figure.dpi = 72
        recorder = Recorder(*(side * 72 for side in figure.get_size_inches()))
        figure.draw(recorder)
        return recorder.texts
    finally:
        figure.dpi = dpi
        for axis, locator, default in kept:
            axis.set_major_locator(locator)
            axis.isDefault_majloc = default


def layout_of(figure):
    places = []
    for ax in figure.axes:
        spec = ax.get_subplotspec()
        if spec is None:
            continue
        rows, columns = spec.get_gridspec().get_geometry()
        row, column = spec.rowspan, spec.colspan
        places.append([rows, columns, row.start, row.stop - 1, column.start, column.stop - 1])
    return places


def hexadecimal(colour):
    """Upper case, without alpha; None for what is no colour (a face that was set by name, see docs/metrics.md)."""
    if isinstance(colour, str):
        written = colour.startswith("#") and len(colour) in (7, 9)
        return (colour if written else colors.to_hex(colors.to_rgba(colour))).upper()
    try:
        return colors.to_hex(colour).upper() if len(colour) in (3, 4) else None
    except (TypeError, ValueError):
        return None


def face(thing):
    return hexadecimal(thing.get_facecolor())


def first_face(thing):
    found = thing.get_facecolor()
    return hexadecimal(list(found[0])) if len(found) else None


def faces(thing):
    return [hexadecimal(colour) for colour in thing.get_facecolor().tolist()]


def edges(thing):
    return [hexadecimal(list(colour)) for colour in thing.get_edgecolor()]


def line(thing):
    return hexadecimal(thing.get_color())


def bar_face(thing):
    return hexadecimal(list(thing._original_facecolor))


def colour_map(thing):
    return thing.get_cmap().name


def result_by(ask):
    return lambda arguments, options, result: [(result, ask)]


def each_by(ask, items=lambda result: result):
    return lambda arguments, options, result: [(thing, ask) for thing in items(result)]


def self_by(ask):
    return lambda arguments, options, result: [(arguments[0], ask)]


def mapped_or(ask):
    """A colour map that was asked for by name or object; else the colours."""

    def kind(arguments, options, result):
        chosen = options.get("cmap")
        if chosen is None:
            return [(result, ask)]
        name = chosen if isinstance(chosen, str) else chosen.name
        return [(result, lambda _: name)]

    return kind


def boxes(result):
    return [item for item in result["boxes"] if isinstance(item, patches.PathPatch)]


def bars_of_hist(result):
    for item in result[2]:
        yield from item if hasattr(item, "__iter__") else [item]


def containers(result):
    return [item for container in result.containers for item in container]


def self_each_by(ask, attribute):
    return lambda arguments, options, result: [(item, ask) for item in getattr(arguments[0], attribute) if item]


def edges_of_graph(arguments, options, result):
    return [(item, face) for item in result] if isinstance(result, list) else [(result, edges)]


COUNTED = {
    axes.Axes: "bar barh plot axhline axvline axvspan axhspan hlines vlines errorbar boxplot violinplot violin hist"
    " fill_between fill_betweenx scatter quiver pie fill imshow pcolor contour contourf broken_barh tripcolor",
    PolarAxes: "plot",
    Axes3D: "scatter plot plot_surface bar3d bar add_collection3d",
    image.NonUniformImage: "__init__",
    patches.Ellipse: "__init__",
    patches.Circle: "__init__",
}
COLOURED = {
    axes.Axes: {
        "bar": each_by(bar_face),
        "scatter": mapped_or(first_face),
        "axhline": result_by(line),
        "axvline": result_by(line),
        "_fill_between_x_or_y": result_by(first_face),
        "pie": each_by(face, lambda result: result[0]),
        "axvspan": result_by(face),
        "axhspan": result_by(face),
        "hlines": result_by(edges),
        "vlines": result_by(edges),
        "boxplot": each_by(face, boxes),
        "violinplot": each_by(first_face, lambda result: result["bodies"]),
        "hist": each_by(face, bars_of_hist),
        "quiver": result_by(faces),
        "imshow": result_by(colour_map),
        "pcolor": result_by(colour_map),
        "contour": result_by(colour_map),
        "contourf": result_by(colour_map),
        "tripcolor": result_by(colour_map),
        "fill": each_by(face),
        "broken_barh": result_by(faces),
    },
    PolarAxes: {"plot": each_by(line)},
    Axes3D: {
        "scatter": mapped_or(faces),
        "plot": each_by(line),
        "plot_surface": mapped_or(first_face),
        "bar3d": result_by(first_face),
        "bar": each_by(face),
        "add_collection3d": result_by(faces),
    },
    image.NonUniformImage: {"__init__": self_by(colour_map)},
    patches.Ellipse: {"__init__": self_by(face)},
    patches.Circle: {"__init__": self_by(face)},
    # Lines of plot and errorbar are made here; the name has changed over matplotlib's versions.
    _process_plot_var_args: {
        "_makeline": each_by(line, lambda result: result[:1]),
        "_make_line": each_by(line, lambda result: result[:1]),
    },
}


def hooks():
    """(owner, attribute, counted, colours) of every function that is watched, those of installed packages too."""
    found = {}
    for owner, names in COUNTED.items():
        for name in names.split():
            found[(owner, name)] = [True, None]
    for owner, kinds in COLOURED.items():
        for name, kind in kinds.items():
            found.setdefault((owner, name), [False, None])[1] = kind
    with contextlib.suppress(ImportError):
        import squarify

        found[(squarify, "plot")] = [True, each_by(face, containers)]
    with contextlib.suppress(ImportError):
        from matplotlib_venn._common import VennDiagram

        found[(VennDiagram, "__init__")] = [True, self_each_by(face, "patches")]
    with contextlib.suppress(ImportError):
        import networkx

        for owner in (networkx, networkx.drawing.nx_pylab):
            found[(owner, "draw_networkx_nodes")] = [True, result_by(faces)]
            found[(owner, "draw_networkx_edges")] = [True, edges_of_graph]
            found[(owner, "draw_networkx_labels")] = [True, each_by(line, lambda result: result.values())]
    return [(owner, name, *what) for (owner, name), what in found.items() if hasattr(owner, name)]


def install(tracer):
    # All originals are looked up first: PolarAxes inherits what Axes gets a watch on.
    for owner, attribute, function, counted, kind in [
        (owner, attribute, getattr(owner, attribute), counted, kind) for owner, attribute, counted, kind in hooks()
    ]:
        name = f"{home(function)}/{attribute}"
        if kind is not None:
            function = tracer.coloured(function, f"{name}_3d" if owner is Axes3D else name, kind)
        if counted:
            function = tracer.counted(function, name)
        setattr(owner, attribute, function)
    hook_figures(tracer)


def hook_figures(tracer):
    save, show = Figure.savefig, plt.show

    @functools.wraps(save)
    def see_and_save(figure, *arguments, **options):
        tracer.see(figure, SAVED)
        return save(figure, *arguments, **options)

    @functools.wraps(show)
    def see_and_show(*arguments, **options):
        if plt.get_fignums():
            tracer.see(plt.gcf(), SHOWN)
        return show(*arguments, **options)

    Figure.savefig, plt.show = see_and_save, see_and_show
    return save


def trace(source):
    tracer = Tracer()
    save = Figure.savefig
    install(tracer)
    main = types.ModuleType("__main__")
    main.__file__ = NAME
    sys.modules["__main__"] = main
    linecache.cache[NAME] = (len(source), None, source.splitlines(True), NAME)
    failure = None
    try:
        exec(compile(source, NAME, "exec", dont_inherit=True), main.__dict__)
    except MemoryError:
        # The sandbox's own report names the limit.
        raise
    except SystemExit as end:
        if end.code not in (None, 0):
            failure = failure_of(end)
    except Exception as error:  # noqa: BLE001 - whatever the program raises is its result
        failure = failure_of(error)
    if failure is None and plt.get_fignums():
        tracer.see(plt.gcf(), OPEN)
    hand_over(save, failure or found_by(tracer))


def failure_of(error):
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == NAME]
    syntax = isinstance(error, SyntaxError) and error.filename == NAME and not lines
    said = traceback.format_exception_only(type(error), error)[-1].strip()
    return {
        "kind": "failure",
        "outcome": "syntax-error" if syntax else "runtime-error",
        "message": " ".join(said.split())[:MAX_TEXT],
        "line": error.lineno if syntax else lines[-1] if lines else None,
    }


def found_by(tracer):
    if tracer.figure is None:
        return {"kind": "no-figure"}
    return {
        "kind": "trace",
        "texts": tracer.texts[:MAX_ENTRIES],
        "layout": layout_of(tracer.figure)[:MAX_ENTRIES],
        "calls": tracer.calls,
        "colours": tracer.colours()[:MAX_ENTRIES],
    }


def hand_over(save, found):
    """Saves a picture whose pixels are the trace, last of all, which is the one that the sandbox hands out."""
    data = json.dumps(found).encode()
    data = len(data).to_bytes(4, "big") + data
    rows = max(16, -(-len(data) // (3 * WIDTH)))
    pixels = numpy.frombuffer(data.ljust(rows * WIDTH * 3, b"\0"), numpy.uint8).reshape(rows, WIDTH, 3)
    matplotlib.rcdefaults()
    figure = Figure(figsize=(WIDTH / 100, rows / 100), dpi=100)
    figure.figimage(pixels, origin="upper", resize=False)
    FigureCanvasAgg(figure)
    save(figure, "trace.png", dpi=100, bbox_inches=None)


trace(base64.b64decode(PROGRAM).decode())
