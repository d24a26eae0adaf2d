"""A matplotlib program as its text and its syntax tree, and edits of the one by the places of the other."""

import ast
import functools
import random

PLOTTING = {
    *("plot", "bar", "barh", "scatter", "step", "pie", "hist", "stem", "fill_between", "stackplot", "errorbar"),
    *("boxplot", "violinplot", "imshow", "pcolormesh", "contour", "contourf", "matshow", "semilogx", "semilogy"),
    *("loglog", "hexbin", "hist2d", "polar", "quiver", "streamplot", "plot_surface", "broken_barh", "eventplot"),
}
# Methods of these names belong to numbers and tables of data, not to charts.
FOREIGN = {"np", "numpy", "pd", "pandas", "math", "random", "stats", "scipy"}
# What is put in after these would come too late, or has nothing to do with the axes.
LAST = {"show", "savefig", "close", "figure", "subplots", "tight_layout", "clf", "pause"}
MAX_NODES = 100_000


class Source:
    def __init__(self, code):
        self.code = code
        self.tree = ast.parse(code)
        self.lines = lines_of(code)
        self.parents = {}
        self.nodes = []
        pending = [self.tree]
        while pending:
            node = pending.pop()
            self.nodes.append(node)
            if len(self.nodes) > MAX_NODES:
                raise ValueError(f"it has more than {MAX_NODES} parts")
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
                pending.append(child)
        positioned = [node for node in self.nodes if hasattr(node, "lineno")]
        self.nodes = sorted(positioned, key=lambda node: (node.lineno, node.col_offset))
        self.calls = [node for node in self.nodes if isinstance(node, ast.Call) and is_method(node)]
        self.plots = [call for call in self.calls if call.func.attr in PLOTTING]
        self.plotting = set(self.plots)
        # One that is called over and over draws many things, of which no change could be told apart.
        self.single = [call for call in self.plots if not self.in_loop(call)]
        self.twins = {name for name in map(self.twin, self.calls) if name}
        self.loaded = {n.id for n in self.nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}

    def offset(self, line, column):
        """In UTF-16 units, as JavaScript counts, of a column in bytes of UTF-8, as Python counts."""
        start, text = self.lines[line - 1]
        return start + units(text.encode()[:column].decode())

    def start(self, node):
        return self.offset(node.lineno, node.col_offset)

    def end(self, node):
        return self.offset(node.end_lineno, node.end_col_offset)

    def edit(self, node, text):
        return {"start": self.start(node), "end": self.end(node), "text": text}

    def statement(self, node):
        while not isinstance(node, ast.stmt):
            node = self.parents[node]
        return node

    def twin(self, call):
        """The name of the second axes of a plot with two scales."""
        parent = self.parents[call]
        named = isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name)
        return parent.targets[0].id if named and call.func.attr in ("twinx", "twiny") else None

    def above(self, node):
        while node in self.parents:
            node = self.parents[node]
            yield node

    def in_loop(self, node):
        return any(isinstance(one, (ast.For, ast.While, ast.comprehension)) for one in self.above(node))

    def is_alone(self, statement):
        """Nothing but white space, or a remark, stands beside it."""
        before = self.lines[statement.lineno - 1][1].encode()[: statement.col_offset]
        after = self.lines[statement.end_lineno - 1][1].encode()[statement.end_col_offset :].strip()
        return not before.strip() and (not after or after.startswith(b"#"))

    def remove(self, statement):
        """Takes a statement away. In a block something stays, as the block may hold nothing else."""
        if not isinstance(self.parents[statement], ast.Module) or not self.is_alone(statement):
            return self.edit(statement, "pass")
        start, last = self.lines[statement.lineno - 1][0], statement.end_lineno
        end = self.lines[last][0] if last < len(self.lines) else self.end(statement)
        return {"start": start, "end": end, "text": ""}

    def insert(self, statement, text):
        """Puts a statement behind another, in the same block."""
        end, column = self.end(statement), statement.col_offset
        before = self.lines[statement.lineno - 1][1].encode()[:column].decode()
        joint = f"; {text}" if before.strip() else f"\n{before}{text}"
        return {"start": end, "end": end, "text": joint}

    def keyword(self, call, name, value):
        """Gives a call an argument by name, in the place of the one that it has."""
        text = ast.unparse(ast.Constant(value)) if not isinstance(value, ast.AST) else ast.unparse(value)
        for given in call.keywords:
            if given.arg == name:
                return self.edit(given.value, text)
        given = [*call.args, *(one.value for one in call.keywords)]
        if not given:
            at = self.end(call) - 1
            return {"start": at, "end": at, "text": f"{name}={text}"}
        at = max(self.end(one) for one in given)
        # The last argument may stand in brackets of its own.
        depth = self.code_units(at, self.end(call) - 1).count(")")
        return None if depth else {"start": at, "end": at, "text": f", {name}={text}"}

    def code_units(self, start, end):
        return self.code.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "replace")

    def last_of(self, call):
        """The statement behind which the axes of a call may be changed once more: outside of loops."""
        block_member = self.statement(call)
        for one in self.above(block_member):
            if isinstance(one, (ast.For, ast.While)):
                block_member = one
        receiver = receiver_of(call)
        block = [one for one in siblings(self.parents[block_member], block_member)]
        later = block[block.index(block_member) :]
        found = block_member
        for statement in later:
            inside = [node for node in ast.walk(statement) if isinstance(node, ast.Call) and is_method(node)]
            if any(node.func.attr in LAST for node in inside):
                continue
            if any(receiver_of(node) == receiver for node in inside):
                found = statement
        return found

    def uses(self, node):
        """The names that a part of the program reads, as keys of what a change is about."""
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        return sorted(f"name {name}" for name in names)

    @functools.cached_property
    def labels(self):
        """What the picture calls the series that are plotted from a variable, by its name."""
        found = {}
        for call in self.plots:
            label = keyword_of(call, "label")
            text = label and text_of(label.value)
            for argument in call.args if text else ():
                if isinstance(argument, ast.Name):
                    found.setdefault(argument.id, text)
        return found

    @functools.cached_property
    def axes(self):
        return sorted({receiver_of(call) for call in self.plots})

    def place(self, call, words):
        """`title`, or `title of the subplot "Sine"` where there are several."""
        receiver = receiver_of(call)
        if receiver in self.twins:
            return f"{words} of the second scale"
        if len(self.axes) < 2 or receiver not in self.axes or self.twins:
            return words
        for other in self.calls:
            if other.func.attr == "set_title" and receiver_of(other) == receiver:
                title = text_of(other.args[0]) if other.args else None
                if title:
                    return f'{words} of the subplot "{title[:60]}"'
        return f"{words} of the subplot {self.axes.index(receiver) + 1}"


def lines_of(code):
    """Each line's start in UTF-16 units and its text; lines as Python's parser counts them."""
    lines, start, text = [], 0, []
    at = 0
    for index, character in enumerate(code):
        text.append(character)
        at += 2 if ord(character) > 0xFFFF else 1
        if character == "\n" or (character == "\r" and code[index + 1 : index + 2] != "\n"):
            lines.append((start, "".join(text)))
            start, text = at, []
    lines.append((start, "".join(text)))
    return lines


def units(text):
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def is_method(call):
    if not isinstance(call.func, ast.Attribute):
        return False
    value = call.func.value
    return not (isinstance(value, ast.Name) and value.id in FOREIGN)


def receiver_of(call):
    return ast.unparse(call.func.value)


def pyplot_axes(call):
    """What stands for the axes of a call: pyplot has functions of fewer things than axes have."""
    receiver = receiver_of(call)
    return f"{receiver}.gca()" if receiver in ("plt", "pyplot", "pylab", "matplotlib.pyplot") else receiver


def siblings(parent, statement):
    for field in ("body", "orelse", "finalbody", "handlers"):
        block = getattr(parent, field, None)
        if isinstance(block, list) and statement in block:
            return block
    return [statement]


def text_of(node):
    """The text of a plain string, which a formula is not; None of anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "$" not in node.value:
        return node.value if node.value.strip() and not node.value.startswith("_") else None
    return None


def number_of(node):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inside = number_of(node.operand)
        return None if inside is None else -inside
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    return None


def keyword_of(call, *names):
    for given in call.keywords:
        if given.arg in names:
            return given
    return None


class Draws:
    """Random draws that are the same with every version of Python."""

    def __init__(self, *words):
        self.next = random.Random("\n".join(words)).random

    def pick(self, items):
        return items[int(self.next() * len(items))]

    def between(self, low, high):
        return low + self.next() * (high - low)

    def shuffled(self, items):
        return [item for _, item in sorted((((self.next(), i), item) for i, item in enumerate(items)), key=lambda pair: pair[0])]


def clipped(text):
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def figure(value):
    return f"{value:.6g}"
