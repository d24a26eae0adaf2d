"""Damage to how a chart looks."""

import ast

from matplotlib.colors import is_color_like, to_hex, to_rgb

from source import PLOTTING, figure, keyword_of, number_of, pyplot_axes, receiver_of, text_of
from structure import is_unused, series_name

COLOURS = {"color", "c", "facecolor", "edgecolor", "markerfacecolor", "ecolor"}
# What is drawn in a colour that is given to something else than a series.
COLOURED = {
    **{"grid": "grid lines", "axhline": "line across", "axvline": "line across", "axhspan": "band", "axvspan": "band"},
    **{"text": "annotation", "annotate": "annotation", "set_title": "title", "title": "title", "suptitle": "title"},
    **{"set_xlabel": "x axis label", "xlabel": "x axis label", "set_ylabel": "y axis label", "ylabel": "y axis label"},
}
PALETTE = ["#dc2626", "#f59e0b", "#16a34a", "#0d9488", "#2563eb", "#7c3aed", "#d946ef", "#78350f", "#111111"]
DASHES = {"-": "dotted", "solid": "dotted", "--": "solid", "dashed": "solid", "-.": "solid", ":": "dashed"}
MARKERS = {"o": "s", "s": "^", "^": "o", "D": "o", "x": "o", "+": "o", "*": "s", ".": "s", "v": "o"}
MAPS = ["viridis", "coolwarm", "Greys", "plasma", "YlGnBu", "Reds"]
LINES = {"plot", "step", "semilogx", "semilogy", "loglog"}


def apart(one, other):
    return sum((a - b) ** 2 for a, b in zip(to_rgb(one), to_rgb(other))) ** 0.5


def other_colour(draws, colour, used):
    fresh = [one for one in draws.shuffled(PALETTE) if apart(one, colour) > 0.55]
    return next((one for one in fresh if all(apart(one, other) > 0.25 for other in used)), fresh[0])


def colours(source):
    """Colours by name or code: the node, and what is drawn in it."""
    for call in source.calls:
        given = keyword_of(call, *COLOURS)
        text = given and text_of(given.value)
        drawn = series_name(call) if call in source.single else COLOURED.get(call.func.attr)
        if text and drawn and is_color_like(text) and text != "none" and not source.in_loop(call):
            yield given.value, f"edges of the {drawn}" if given.arg in ("edgecolor", "ecolor") else drawn, call
    for node in source.nodes:
        if isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) > 1:
            words = [text_of(item) for item in node.elts]
            if all(word and is_color_like(word) and word != "none" for word in words):
                for index, item in enumerate(node.elts):
                    yield item, f"part {index + 1} of {len(words)}", None


def recoloured(source, draws):
    found = list(colours(source))
    used = [text_of(node) for node, _, _ in found]
    for node, name, call in draws.shuffled(found):
        old = text_of(node)
        new = other_colour(draws, old, used)
        drawn = call is None or call.func.attr in PLOTTING
        yield {
            "severity": 2 if drawn else 1,
            "location": source.place(call, name) if call else name,
            "description": f"The colour of the {name} is {new}; it should be {to_hex(old)}.",
            "edits": [source.edit(node, repr(new))],
            "touches": [f"colour {source.start(node)}"],
        }


def on_calls(names, change):
    """An operator that gives one call at a time another look; `change` says which, or None."""

    def operator(source, draws):
        for call in draws.shuffled(source.calls):
            fit = call.func.attr in names and not keyword_of(call, None) and not source.in_loop(call)
            made = change(source, call, draws) if fit else None
            if made is None:
                continue
            keyword, value, location, description = made
            edit = source.keyword(call, keyword, value)
            if edit:
                yield {
                    "severity": 2 if keyword == "cmap" else 1,
                    "location": source.place(call, location),
                    "description": description,
                    "edits": [edit],
                    "touches": [f"{keyword} of {source.start(call)}", f"look of {source.start(call)}"],
                }

    return operator


def has_format(call):
    """An argument of a line, `"r--o"`, may say colour, dashes and markers at once."""
    plain = (ast.List, ast.Call, ast.Attribute, ast.BinOp, ast.Subscript)
    return len(call.args) != 2 or not isinstance(call.args[1], (*plain, ast.Name))


def line_style(_source, call, _draws):
    given = keyword_of(call, "linestyle", "ls")
    old = text_of(given.value) if given else "-"
    new = DASHES.get(old)
    if new is None or (not given and has_format(call)):
        return None
    words = {"-": "solid", "--": "dashed", ":": "dotted", "-.": "dash-dotted"}.get(old, old)
    name = series_name(call)
    return given.arg if given else "linestyle", new, name, f"The {name} is {new}; it should be {words}."


def line_width(_source, call, draws):
    given = keyword_of(call, "linewidth", "lw")
    old = number_of(given.value) if given else 1.5
    if not old or old <= 0:
        return None
    new = round(old * draws.between(2.5, 3.5), 1)
    words = f"The {series_name(call)} is too thick: {figure(new)} points; it should be {figure(old)}."
    return given.arg if given else "linewidth", new, series_name(call), words


def marker(_source, call, _draws):
    given = keyword_of(call, "marker")
    old = text_of(given.value) if given else None
    if given and old not in MARKERS or (not given and has_format(call)):
        return None
    name = series_name(call)
    if given or call.func.attr == "scatter":
        return "marker", MARKERS[old or "o"], name, f"The {name} has markers of another shape."
    return "marker", "o", name, f"The {name} has round markers; it should have none."


def hatch(_source, call, _draws):
    name = series_name(call)
    return None if keyword_of(call, "hatch") else ("hatch", "//", name, f"The {name} is hatched; it should be plain.")


def font_size(_source, call, draws):
    given = keyword_of(call, "fontsize", "size")
    old = number_of(given.value) if given else 12 if "title" in call.func.attr else 10
    if not old or not call.args or not text_of(call.args[0]):
        return None
    new = round(old * draws.between(1.5, 1.8))
    thing = "title" if "title" in call.func.attr else "axis label"
    words = f"The {thing} is too large: {new} points" + (f"; it should be {figure(old)}." if given else ".")
    return given.arg if given else "fontsize", new, thing, words


def colour_map(_source, call, draws):
    given = keyword_of(call, "cmap")
    old = text_of(given.value) if given else "viridis"
    if given and old is None:
        return None
    new = draws.pick([name for name in MAPS if name != old])
    return "cmap", new, "colour map", f"The colours run as in the map {new}; they should run as in {old}."


def grid_changed(source, draws):
    grids = [call for call in source.calls if call.func.attr == "grid"]
    for call in draws.shuffled(grids):
        off = call.args and getattr(call.args[0], "value", True) is False
        if not off and is_unused(source, call):
            yield {
                "severity": 1,
                "location": source.place(call, "plotting area"),
                "description": "The grid lines are missing.",
                "edits": [source.remove(source.statement(call))],
                "touches": ["grid"],
            }
    if grids or "seaborn" in source.code or "style.use" in source.code:
        return
    for call in draws.shuffled(source.plots):
        if call.func.attr in ("pie", "polar", "plot_surface"):
            continue
        yield {
            "severity": 1,
            "location": source.place(call, "plotting area"),
            "description": "There are grid lines; there should be none.",
            "edits": [source.insert(source.last_of(call), f"{pyplot_axes(call)}.grid(True, color='#999999')")],
            "touches": ["grid"],
        }


def ground_recoloured(source, draws):
    if any(word in source.code for word in ("facecolor", "style.use", "seaborn", "sns.", "rcParams")):
        return
    for call in draws.shuffled(source.plots):
        if call.func.attr in ("pie", "imshow", "matshow", "pcolormesh", "contourf"):
            continue
        new = draws.pick(["#cfd8e8", "#e8d9c5", "#d5e3d0"])
        yield {
            "severity": 1,
            "location": source.place(call, "background"),
            "description": f"The background of the plotting area is {new}; it should be white.",
            "edits": [source.insert(source.last_of(call), f"{pyplot_axes(call)}.set_facecolor('{new}')")],
            "touches": [f"background of {receiver_of(call)}"],
        }


OPERATORS = {
    "recoloured": recoloured,
    "line-style-changed": on_calls(LINES, line_style),
    "line-width-changed": on_calls(LINES, line_width),
    "marker-changed": on_calls({"plot", "scatter"}, marker),
    "hatch-added": on_calls({"bar", "barh"}, hatch),
    "font-size-changed": on_calls({"title", "set_title", "xlabel", "set_xlabel", "ylabel", "set_ylabel"}, font_size),
    "colour-map-changed": on_calls({"imshow", "pcolormesh", "contourf", "hexbin", "matshow"}, colour_map),
    "grid-changed": grid_changed,
    "ground-recoloured": ground_recoloured,
}
