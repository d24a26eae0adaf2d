"""One job, in a process of its own: shut in, read the code, run it as a script, hand back one picture.

The result is a line of JSON on the source alone, written before the code runs and so beyond its reach, a line
of JSON on what became of it, and with a figure its pixels (8-bit RGBA, rows from the top).
"""

import faulthandler
import fcntl
import json
import linecache
import mmap
import os
import signal
import sys
import types

import capture
import hacks
import report
import warm

CODE, RESULT, TRACE = 3, 4, 5
NAME = "main.py"
# Address space set aside, so that running out of memory can still be reported.
RESERVE = 32 << 20


def run(config, own, enter, code, result, trace):
    """Never returns."""
    take_only(code, result, trace)
    enter()
    gallery = capture.install(config["outputPixels"])
    warm.start_chance()
    reserve = mmap.mmap(-1, RESERVE)
    # What comes before this is done while the worker waits for a job.
    source = read_all(CODE)
    os.close(CODE)
    watch(config["wallSeconds"])
    write = writer()
    write(hacks.of_source(source), None)
    try:
        execute(source, own)
        picture = gallery.choose()
    except BaseException as error:  # noqa: BLE001 - whatever the code raises is its result
        reserve.close()
        write(report.of_error(error, source, config), None)
        os._exit(0)
    if picture is None:
        write({"kind": "no-figure"}, None)
    else:
        fields = ("width", "height", "blank", "images")
        write({"kind": "figure", **{name: getattr(picture, name) for name in fields}}, picture.pixels)
    os._exit(0)


def take_only(*kept):
    """Renumbers the three pipes to 3, 4 and 5 and closes every other descriptor but 0, 1 and 2."""
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 20) for fd in kept]
    for wanted, fd in enumerate(high, start=CODE):
        os.dup2(fd, wanted)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)
    os.closerange(CODE + len(kept), os.sysconf("SC_OPEN_MAX"))
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def read_all(fd):
    parts = []
    while part := os.read(fd, 1 << 16):
        parts.append(part)
    return b"".join(parts).decode("utf-8-sig")


def watch(wall_seconds):
    """Has the interpreter write the line it stands at when it crashes or a time limit is reached."""
    faulthandler.enable(TRACE)
    faulthandler.register(signal.SIGXCPU, TRACE)
    faulthandler.dump_traceback_later(wall_seconds, file=TRACE)


def writer():
    dumps, write_some = json.dumps, os.write

    def write(fields, pixels):
        parts = [dumps(fields).encode() + b"\n"] + ([pixels] if pixels is not None else [])
        for part in map(memoryview, parts):
            while len(part) > 0:
                part = part[write_some(RESULT, part) :]

    return write


def worker_modules():
    """Names of our own modules, which are common ones."""
    folder = os.path.dirname(__file__)
    named = ((name, getattr(module, "__file__", None) or "") for name, module in sys.modules.items())
    return [name for name, file in named if os.path.dirname(file) == folder]


def execute(source, own):
    """Runs the source as `python main.py` would."""
    main = types.ModuleType("__main__")
    main.__file__ = os.path.join(os.getcwd(), NAME)
    main.__builtins__ = __builtins__
    with open(NAME, "w", encoding="utf-8") as file:
        file.write(source)
    linecache.cache[NAME] = (len(source), None, source.splitlines(True), NAME)
    sys.modules["__main__"] = main
    for name in own:
        # Code that imports a module of such a name means another.
        del sys.modules[name]
    sys.argv = [NAME]
    sys.path[0] = os.getcwd()
    try:
        exec(compile(source, NAME, "exec", dont_inherit=True), main.__dict__)
    except SystemExit as end:
        if end.code not in (None, 0):
            raise
