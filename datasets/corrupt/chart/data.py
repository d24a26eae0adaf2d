"""Damage to what a chart says: values, their order, their scale."""

import ast

from source import clipped, figure, is_method, keyword_of, number_of, pyplot_axes, receiver_of, text_of

MIN_VALUES = 3
LIMITS = {"set_xlim": "x", "xlim": "x", "set_ylim": "y", "ylim": "y"}
# Lists in calls of these names are no data.
LAYOUT = {"subplots", "figure", "subplots_adjust", "set_xticks", "set_yticks", "xticks", "yticks", "axis", "legend"}


def value_lists(source):
    """Lists of numbers that may be drawn, and the words for each; those in equal steps only count."""
    for node in source.nodes:
        if not isinstance(node, (ast.List, ast.Tuple)) or len(node.elts) < MIN_VALUES:
            continue
        values = [number_of(item) for item in node.elts]
        if None in values or max(values) == min(values):
            continue
        steps = {round(b - a, 9) for a, b in zip(values, values[1:])}
        above = list(source.above(node))
        calls = [one for one in above if isinstance(one, ast.Call) and is_method(one)]
        if len(steps) == 1 or any(one.func.attr in LAYOUT for one in calls):
            continue
        if any(isinstance(one, ast.keyword) for one in above) and not any(isinstance(one, ast.Dict) for one in above):
            continue
        name = name_of(source, node)
        if name is not None:
            yield node, values, name


def name_of(source, node):
    """`values of "ferry"`: after the variable, the key or the call that the list belongs to; None when unused."""
    parent = source.parents[node]
    if isinstance(parent, ast.Dict) and node in parent.values:
        key = parent.keys[parent.values.index(node)]
        if isinstance(key, ast.Constant):
            return f'"{clipped(str(key.value))}"'
    statement = source.statement(node)
    if isinstance(statement, ast.Assign):
        targets = [n.id for target in statement.targets for n in ast.walk(target) if isinstance(n, ast.Name)]
        used = [name for name in targets if name in source.loaded]
        if len(targets) == 1 and used:
            return f'"{label_of(source, used[0])}"'
        return "a series" if used else None
    for one in source.above(node):
        if isinstance(one, ast.Call) and one in source.plotting:
            label = keyword_of(one, "label")
            text = label and text_of(label.value)
            return f'"{clipped(text)}"' if text else "the series"
    return None


def label_of(source, name):
    """What the series that is plotted from a variable is called in the picture, else the variable's name."""
    return clipped(source.labels.get(name, name))


def like(value, sample):
    """A value written with as many decimals as the ones around it have."""
    digits = max((len(repr(one).partition(".")[2]) if isinstance(one, float) else 0) for one in sample)
    return round(value) if digits == 0 else round(value, min(digits, 6))


def value_changed(source, draws):
    for node, values, name in draws.shuffled(list(value_lists(source))):
        at = int(draws.next() * len(values))
        extent = max(values) - min(values)
        share = draws.between(0.18, 0.55)
        old = values[at]
        new = old - share * extent if old - share * extent >= min(min(values), 0) else old + share * extent
        new = like(new, values)
        if new == old:
            continue
        yield {
            "severity": 3 if share >= 0.3 else 2,
            "location": f"value {at + 1} of {len(values)} of {name}",
            "description": f"Value {at + 1} of {name} is {figure(new)}; it should be {figure(old)}.",
            "edits": [source.edit(node.elts[at], repr(new))],
            "touches": [key_of(source, node)],
        }


def values_swapped(source, draws):
    for node, values, name in draws.shuffled(list(value_lists(source))):
        extent = max(values) - min(values)
        pairs = [i for i in range(len(values) - 1) if abs(values[i] - values[i + 1]) > 0.12 * extent]
        if not pairs:
            continue
        at = draws.pick(pairs)
        first, second = node.elts[at], node.elts[at + 1]
        yield {
            "severity": 3 if abs(values[at] - values[at + 1]) >= 0.3 * extent else 2,
            "location": f"values {at + 1} and {at + 2} of {name}",
            "description": f"Values {at + 1} and {at + 2} of {name} are {figure(values[at + 1])} and "
            f"{figure(values[at])}; they should be {figure(values[at])} and {figure(values[at + 1])}.",
            "edits": [source.edit(first, ast.unparse(second)), source.edit(second, ast.unparse(first))],
            "touches": [key_of(source, node)],
        }


def key_of(source, node):
    """All lists of one variable are one thing: a series cannot be wrong in two ways that can be told apart."""
    statement = source.statement(node)
    parent = source.parents[node]
    if isinstance(parent, ast.Dict) or (isinstance(statement, ast.Assign) and isinstance(parent, ast.List)):
        return f"list {source.start(node)}"
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return f"name {statement.targets[0].id}"
    return f"list {source.start(node)}"


def series_scaled(source, draws):
    for call in draws.shuffled(source.single):
        if call.func.attr not in ("plot", "bar", "barh", "scatter", "step", "stem") or len(call.args) < 2:
            continue
        values = call.args[1]
        if isinstance(values, ast.Constant) or any(isinstance(one, ast.Starred) for one in call.args):
            continue
        factor = draws.pick([0.6, 0.7, 1.3, 1.4])
        label = next((k.value.value for k in call.keywords if k.arg == "label" and isinstance(k.value, ast.Constant)), None)
        name = f'series "{clipped(str(label))}"' if label else "series"
        yield {
            "severity": 3,
            "location": source.place(call, name),
            "description": f"All values of the {name} are about {round(factor * 100)}% of what they should be.",
            "edits": [source.edit(values, f"[{factor} * value for value in {ast.unparse(values)}]")],
            "touches": [*source.uses(values), f"call {source.start(call)}"],
        }


def axis_range_changed(source, draws):
    for call in draws.shuffled(source.calls):
        axis = LIMITS.get(call.func.attr)
        limits = [number_of(one) for one in call.args]
        if axis is None or len(limits) != 2 or None in limits or limits[0] == limits[1]:
            continue
        low, high = limits
        upper = like(high + 0.6 * (high - low), [low, high, 0.5])
        yield {
            "severity": 2,
            "location": source.place(call, f"{axis} axis"),
            "description": f"The {axis} axis runs from {figure(low)} to {figure(upper)}; it should end at {figure(high)}.",
            "edits": [source.edit(call.args[1], repr(upper))],
            "touches": [f"range of {axis} of {receiver_of(call)}"],
        }


def axis_scale_changed(source, draws):
    for call in draws.shuffled(source.calls):
        if call.func.attr in ("set_yscale", "yscale") and call.args and getattr(call.args[0], "value", "") == "log":
            yield {
                "severity": 3,
                "location": source.place(call, "y axis"),
                "description": "The y axis is linear; it should be logarithmic.",
                "edits": [source.edit(call.args[0], "'linear'")],
                "touches": [f"scale of {receiver_of(call)}", f"range of y of {receiver_of(call)}"],
            }
    if any(call.func.attr in ("set_yscale", "yscale", "semilogy", "loglog", "twinx") for call in source.calls):
        return
    for call in draws.shuffled(source.plots):
        if call.func.attr not in ("plot", "bar", "scatter", "step"):
            continue
        yield {
            "severity": 3,
            "location": source.place(call, "y axis"),
            "description": "The y axis is logarithmic; it should be linear.",
            "edits": [source.insert(source.last_of(call), f"{pyplot_axes(call)}.set_yscale('log')")],
            "touches": [f"scale of {receiver_of(call)}", f"range of y of {receiver_of(call)}"],
        }


OPERATORS = {
    "value-changed": value_changed,
    "values-swapped": values_swapped,
    "series-scaled": series_scaled,
    "axis-range-changed": axis_range_changed,
    "axis-scale-changed": axis_scale_changed,
}
