"""Finds what can be got wrong in matplotlib programs, which are parsed and never run.

Runs in the sandbox of the chart renderer, several programs at a time, with the modules beside this file. The sandbox
hands out nothing but a picture, so what was found leaves it as the pixels of one (tools/render/handed-over.ts).
"""

import ast
import base64
import itertools
import json
import sys
import types

import numpy
from matplotlib.figure import Figure

WIDTH = 1024
# Of one operator in one program: ample for any count of damages, and little for a program of many thousand calls.
MAX_CHANGES = 12

job = json.loads(base64.b64decode(JOB))  # noqa: F821 - put before this text by reader.ts
for name, text in job["modules"].items():
    module = sys.modules[name] = types.ModuleType(name)
    exec(compile(text, f"{name}.py", "exec"), module.__dict__)

source, data, structure, text, style = (sys.modules[name] for name in ("source", "data", "structure", "text", "style"))
operators = {**structure.OPERATORS, **data.OPERATORS, **text.OPERATORS, **style.OPERATORS}


def applied(code, edits):
    whole = code.encode("utf-16-le", "surrogatepass")
    for edit in sorted(edits, key=lambda one: (one["start"], one["end"]), reverse=True):
        part = edit["text"].encode("utf-16-le")
        whole = whole[: 2 * edit["start"]] + part + whole[2 * edit["end"] :]
    return whole.decode("utf-16-le", "surrogatepass")


def parses(code, changes):
    try:
        ast.parse(applied(code, [edit for change in changes for edit in change["edits"]]))
        return True
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def apart(one, other):
    return not any(a["start"] < b["end"] and b["start"] < a["end"] for a in one["edits"] for b in other["edits"])


def sound(code, changes):
    """The changes after which the program parses: tried together, as far as they leave each other alone."""
    groups = []
    for change in changes:
        fitting = (group for group in groups if all(apart(change, other) for other in group))
        group = next(fitting, None)
        if group is None:
            groups.append([change])
        else:
            group.append(change)
    whole = [group for group in groups if parses(code, group)]
    broken = [change for group in groups if group not in whole for change in group]
    return [*itertools.chain.from_iterable(whole), *(change for change in broken if parses(code, [change]))]


def found_in(code, seed, names):
    try:
        program = source.Source(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f" (line {error.lineno})" if isinstance(error, SyntaxError) and error.lineno else ""
        said = getattr(error, "msg", None) or " ".join(str(error).split()) or type(error).__name__
        return {"kind": "unreadable", "message": f"{said[:300]}{line}"}
    found = {}
    for name in names:
        try:
            found[name] = list(itertools.islice(operators[name](program, source.Draws(str(seed), name)), MAX_CHANGES))
        except RecursionError:
            found[name] = []
    kept = {id(change) for change in sound(code, [change for changes in found.values() for change in changes])}
    sieved = {name: [change for change in changes if id(change) in kept] for name, changes in found.items()}
    return {"kind": "found", "changes": sieved}


def hand_over(found):
    payload = json.dumps(found).encode()
    payload = len(payload).to_bytes(4, "big") + payload
    rows = max(16, -(-len(payload) // (3 * WIDTH)))
    pixels = numpy.frombuffer(payload.ljust(rows * WIDTH * 3, b"\0"), numpy.uint8).reshape(rows, WIDTH, 3)
    figure = Figure(figsize=(WIDTH / 100, rows / 100), dpi=100)
    figure.figimage(pixels, origin="upper", resize=False)
    figure.savefig("found.png", dpi=100, bbox_inches=None)


hand_over([found_in(one["code"], one["seed"], one["operators"]) for one in job["jobs"]])
