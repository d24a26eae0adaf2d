"""Damage to what a chart is made of: series, legend, lines, axes."""

import ast

from source import clipped, keyword_of, pyplot_axes, receiver_of, text_of

CORNERS = ["upper left", "upper right", "lower left", "lower right"]
OPPOSITE = dict(zip(CORNERS, reversed(CORNERS)))
KINDS = {
    **{"plot": "line", "bar": "bar series", "barh": "bar series", "scatter": "point series", "step": "stepped line"},
    "fill_between": "area",
}
SHARED = {"label", "color", "alpha", "zorder", "marker"}


def series_name(call):
    label = keyword_of(call, "label")
    text = label and text_of(label.value)
    kind = KINDS.get(call.func.attr, "series")
    return f'{kind} "{clipped(text)}"' if text else kind


def is_unused(source, call):
    """The call is a statement, whose result is not read later."""
    statement = source.statement(call)
    if isinstance(statement, ast.Expr):
        return statement.value is call
    if not isinstance(statement, ast.Assign) or statement.value is not call:
        return False
    names = {node.id for target in statement.targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    return not names & source.loaded


def series_missing(source, draws):
    if len(source.plots) < 2:
        return
    for call in draws.shuffled(source.plots):
        if source.in_loop(call) or not is_unused(source, call):
            continue
        name = series_name(call)
        yield {
            "severity": 3,
            "location": source.place(call, "plotting area"),
            "description": f"The {name} is missing."
            if keyword_of(call, "label")
            else f"The {name}, number {source.plots.index(call) + 1} in the order of drawing, is missing.",
            "edits": [source.remove(source.statement(call))],
            "touches": [*source.uses(call), f"call {source.start(call)}", *label_keys(source, [call])],
        }


def label_keys(source, calls):
    given = [one for call in calls for one in [keyword_of(call, "label")] if one]
    return [f"text {source.start(one.value)}" for one in given]


def legend_missing(source, draws):
    for call in draws.shuffled(source.calls):
        if call.func.attr == "legend" and is_unused(source, call):
            yield {
                "severity": 2,
                "location": source.place(call, "legend"),
                "description": "The legend is missing.",
                "edits": [source.remove(source.statement(call))],
                "touches": [f"legend of {receiver_of(call)}", *label_keys(source, source.plots)],
            }


def legend_moved(source, draws):
    for call in draws.shuffled(source.calls):
        if call.func.attr != "legend" or keyword_of(call, "bbox_to_anchor") or keyword_of(call, None):
            continue
        given = keyword_of(call, "loc")
        old = text_of(given.value) if given else None
        if given and old is None:
            continue
        new = OPPOSITE.get(old) or draws.pick(CORNERS)
        edit = source.keyword(call, "loc", new)
        if edit:
            yield {
                "severity": 1,
                "location": source.place(call, "legend"),
                "description": f"The legend stands at the {new}; it should stand "
                + (f"at the {old}." if old in CORNERS else "elsewhere."),
                "edits": [edit],
                "touches": [f"legend of {receiver_of(call)}"],
            }


def line_extra(source, draws):
    for call in draws.shuffled(source.plots):
        if "3d" in source.code or call.func.attr in ("pie", "plot_surface"):
            continue
        across = draws.next() < 0.5
        at = round(draws.between(0.3, 0.8), 2)
        xs, ys = ([0, 1], [at, at]) if across else ([at, at], [0, 1])
        axes = pyplot_axes(call)
        drawn = f"{axes}.plot({xs}, {ys}, transform={axes}.transAxes, color='#d6006e', linewidth=2)"
        words = "horizontal" if across else "vertical"
        yield {
            "severity": 2,
            "location": source.place(call, f"{round(at * 100)}% of the {'height' if across else 'width'}"),
            "description": f"A {words} magenta line crosses the plotting area; it should not be there.",
            "edits": [source.insert(source.last_of(call), drawn)],
            "touches": [f"extra line of {receiver_of(call)}"],
        }


def series_kind_changed(source, draws):
    for call in draws.shuffled(source.single):
        names = {one.arg for one in call.keywords}
        plain = len(call.args) == 2 and names <= SHARED
        if call.func.attr == "plot" and (plain or len(call.args) < 2):
            new, words = ("scatter", "separate points") if plain else ("step", "steps")
        elif call.func.attr == "plot" and "drawstyle" not in names and len(call.args) == 2:
            new, words = "step", "steps"
        elif call.func.attr == "scatter" and plain:
            new, words = "plot", "a line"
        else:
            continue
        if len(call.args) < 2 or None in names or any(isinstance(one, ast.Starred) for one in call.args):
            continue
        end = source.end(call.func)
        yield {
            "severity": 2 if new == "step" else 3,
            "location": source.place(call, "plotting area"),
            "description": f"The {series_name(call)} is drawn as {words}.",
            "edits": [{"start": end - len(call.func.attr), "end": end, "text": new}],
            "touches": [f"look of {source.start(call)}"],
        }


def axis_turned(source, draws):
    for call in draws.shuffled(source.plots):
        if call.func.attr in ("pie", "imshow", "matshow", "polar", "plot_surface"):
            continue
        axis = "y" if call.func.attr != "barh" else "x"
        yield {
            "severity": 3,
            "location": source.place(call, f"{axis} axis"),
            "description": f"The {axis} axis runs the wrong way round: its values fall where they should rise.",
            "edits": [source.insert(source.last_of(call), f"{pyplot_axes(call)}.invert_{axis}axis()")],
            "touches": [f"direction of {receiver_of(call)}"],
        }


def colorbar_missing(source, draws):
    for call in draws.shuffled(source.calls):
        if call.func.attr == "colorbar" and is_unused(source, call):
            yield {
                "severity": 2,
                "location": "colour bar",
                "description": "The colour bar is missing.",
                "edits": [source.remove(source.statement(call))],
                "touches": ["colour bar", *(f"text {source.start(one.value)}" for one in call.keywords)],
            }


OPERATORS = {
    "series-missing": series_missing,
    "series-kind-changed": series_kind_changed,
    "legend-missing": legend_missing,
    "legend-moved": legend_moved,
    "line-extra": line_extra,
    "axis-turned": axis_turned,
    "colorbar-missing": colorbar_missing,
}
