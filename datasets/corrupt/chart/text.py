"""Damage to the words of a chart."""

import ast

from source import clipped, keyword_of, receiver_of, text_of
from structure import is_unused

TITLES = {"title", "set_title", "suptitle"}
LABELS = {
    **{"xlabel": "x axis label", "set_xlabel": "x axis label", "ylabel": "y axis label", "set_ylabel": "y axis label"},
    **{"set_zlabel": "z axis label", "supxlabel": "x axis label", "supylabel": "y axis label"},
}
NOTES = {"text": 2, "figtext": 2, "annotate": 0}
LIKE = dict(zip("abcdefghijklmnopqrstuvwxyz", "odobakqbegahtwuaqgnzlnmygs")) | {"k": "h", "l": "t", "m": "w"}
WORDS = ["Harbour", "Average", "Copper", "Season", "Model", "Region"]
# No words to take away from a text: they say nothing by themselves.
SMALL = {"of", "by", "and", "the", "in", "for", "per", "on", "at", "to", "vs", "vs.", "with", "from", "or", "a", "an"}
UNITS = {
    **{"kg": "g", "g": "kg", "t": "kg", "cm": "mm", "mm": "cm", "m": "km", "km": "m", "s": "ms", "ms": "s", "h": "s"},
    **{"thousands": "millions", "millions": "thousands", "million": "thousand", "USD": "EUR", "$": "€", "€": "$"},
    **{"°C": "°F", "°F": "°C", "C": "F", "W": "kW", "kW": "W", "V": "mV", "Hz": "kHz", "days": "weeks", "GB": "MB"},
}


def texts(source):
    """Strings that are drawn: the node, what it is, its call where there is one."""
    for call in source.calls:
        role = "title" if call.func.attr in TITLES else LABELS.get(call.func.attr)
        if role and call.args and text_of(call.args[0]):
            yield call.args[0], role, call
        if call.func.attr in NOTES:
            at = NOTES[call.func.attr]
            if len(call.args) > at and text_of(call.args[at]):
                yield call.args[at], "annotation", call
        for given in call.keywords:
            if text_of(given.value) is None:
                continue
            if given.arg == "label":
                yield given.value, "legend entry", call
            elif call.func.attr == "set" and given.arg in ("title", "xlabel", "ylabel"):
                yield given.value, LABELS.get(given.arg, "title"), call
    for node, item in listed(source):
        yield item, "label", node


def listed(source):
    """Strings in lists of words, which are drawn beside ticks, slices or in the legend."""
    from matplotlib.colors import is_color_like

    for node in source.nodes:
        if not isinstance(node, (ast.List, ast.Tuple)) or len(node.elts) < 2:
            continue
        words = [text_of(item) for item in node.elts]
        if None in words or any(is_color_like(word) or len(word) < 2 for word in words):
            continue
        statement = source.statement(node)
        if isinstance(statement, ast.Assign):
            targets = [n.id for target in statement.targets for n in ast.walk(target) if isinstance(n, ast.Name)]
            if not any(name in source.loaded for name in targets):
                continue
        elif isinstance(statement, (ast.For, ast.If)):
            continue
        elif not any(isinstance(one, ast.Call) for one in source.above(node)):
            continue
        for item in node.elts:
            yield node, item


def located(source, role, call):
    return source.place(call, "legend" if role == "legend entry" else role) if isinstance(call, ast.Call) else role


def key(source, node):
    return f"text {source.start(node)}"


def reads(source, node, role, call, wrong, severity):
    right = text_of(node)
    return {
        "severity": severity,
        "location": f'label "{clipped(right)}"' if role == "label" else located(source, role, call),
        "description": f'The {role} reads "{clipped(wrong)}"; it should read "{clipped(right)}".',
        "edits": [source.edit(node, ast.unparse(ast.Constant(wrong)))],
        "touches": [key(source, node)],
    }


def text_misspelt(source, draws):
    for node, role, call in draws.shuffled(list(texts(source))):
        text = text_of(node)
        places = [i for i, letter in enumerate(text) if letter.lower() in LIKE and text[i - 1 : i] != "\\"]
        if not places or len(text) < 3:
            continue
        at = draws.pick(places)
        like = LIKE[text[at].lower()]
        wrong = text[:at] + (like if text[at].islower() else like.upper()) + text[at + 1 :]
        yield reads(source, node, role, call, wrong, 1)


def worded(wanted):
    def operator(source, draws):
        for node, role, call in draws.shuffled(list(texts(source))):
            if role not in wanted:
                continue
            words = text_of(node).split(" ")
            places = [i for i, word in enumerate(words) if sum(map(str.isalpha, word)) > 1 and word.isprintable()]
            places = [i for i in places if words[i].lower() not in SMALL and not words[i].startswith("(")]
            if not places:
                continue
            at = draws.pick(places)
            other = draws.pick([word for word in WORDS if word != words[at]])
            wrong = " ".join([*words[:at], other, *words[at + 1 :]])
            yield reads(source, node, role, call, wrong, 2)

    return operator


def unit_changed(source, draws):
    for node, role, call in draws.shuffled(list(texts(source))):
        text = text_of(node)
        head, opening, rest = text.partition("(")
        unit, closing, tail = rest.partition(")")
        if role not in LABELS.values() or not closing or not unit.strip():
            continue
        other = UNITS.get(unit) or ("thousands" if unit == "%" else "%")
        yield reads(source, node, role, call, f"{head}({other}){tail}", 3)


def missing(wanted, severity):
    def operator(source, draws):
        for node, role, call in draws.shuffled(list(texts(source))):
            if role not in wanted or not isinstance(call, ast.Call) or keyword_of(call, "title", "xlabel", "ylabel"):
                continue
            if not is_unused(source, call) or source.in_loop(call):
                continue
            yield {
                "severity": severity,
                "location": located(source, role, call),
                "description": f'The {role} "{clipped(text_of(node))}" is missing.',
                "edits": [source.remove(source.statement(call))],
                "touches": [key(source, node), f"{role} of {receiver_of(call)}", f"call {source.start(call)}"],
            }

    return operator


AXES = set(LABELS.values())
OPERATORS = {
    "text-misspelt": text_misspelt,
    "title-changed": worded({"title"}),
    "title-missing": missing({"title"}, 2),
    "axis-label-changed": worded(AXES),
    "axis-label-missing": missing(AXES, 2),
    "unit-changed": unit_changed,
    "entry-changed": worded({"legend entry", "label"}),
    "annotation-changed": worded({"annotation"}),
    "annotation-missing": missing({"annotation"}, 1),
}
