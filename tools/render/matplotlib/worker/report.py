"""An exception of the code as data: what went wrong, where in the code, and what helps to mend it."""

import errno
import importlib.util
import socket
import traceback

from capture import OutputLimit

NAME = "main.py"
MAX_LINE = 400
MAX_DETAIL = 3000
MAX_FRAMES = 6
MIB = 1 << 20
KNOWN = ("matplotlib", "numpy", "scipy", "pandas", "seaborn", "PIL")


def of_error(error, source, config):
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == NAME]
    outcome, message = judge(error, bool(frames), config)
    line = frames[-1].lineno if frames else None
    if isinstance(error, SyntaxError) and error.filename == NAME:
        line = error.lineno
    return {
        "kind": "failure",
        "outcome": outcome,
        "message": " ".join(message.split())[:MAX_LINE],
        "line": min(line, len(source.splitlines())) if line else None,
        "detail": detail_of(error, frames)[-MAX_DETAIL:],
    }


def judge(error, ran, config):
    """The outcome, and a message that names the limit when one was exceeded."""
    said = last_line(error)
    if isinstance(error, SyntaxError) and not ran:
        return "syntax-error", said
    if not ran and isinstance(error, (ValueError, RecursionError, MemoryError)) and is_parser(error):
        return "syntax-error", said
    if isinstance(error, OutputLimit):
        return "output-limit", str(error)
    if isinstance(error, MemoryError):
        limit = config["addressSpaceBytes"] // MIB
        return "memory", f"The code used more than the {limit} MiB of memory allowed ({said})."
    if isinstance(error, SystemExit):
        return "runtime-error", f"The code ended itself with sys.exit({error.code!r:.200})."
    if isinstance(error, ModuleNotFoundError):
        there = ", ".join(name for name in KNOWN if importlib.util.find_spec(name))
        return "runtime-error", f"{said} (available: {there} and the standard library)"
    if isinstance(error, RuntimeError) and "can't start new thread" in said:
        return "memory", f"The code started more threads than its memory allows ({said})."
    for cause in causes(error):
        limited = limited_by(cause, config)
        if limited is not None:
            return limited[0], f"{limited[1]} ({said})."
    return "runtime-error", said


def limited_by(error, config):
    if isinstance(error, socket.gaierror):
        return "forbidden", "The code may not use the network"
    if not isinstance(error, OSError):
        return None
    if error.errno == errno.ENOMEM:
        return "memory", f"The code used more than the {config['addressSpaceBytes'] // MIB} MiB of memory allowed"
    if error.errno in (errno.EPERM, errno.EACCES, errno.EROFS):
        return "forbidden", "The code may not use the network, start programs, or write outside its folder"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        disk, files = config["diskBytes"] // MIB, config["files"]
        return "output-limit", f"The code wrote more than the {disk} MiB or {files} files allowed"
    if error.errno == errno.EFBIG:
        return "output-limit", f"The code wrote a file larger than the {config['fileBytes'] // MIB} MiB allowed"
    if error.errno == errno.EMFILE:
        return "output-limit", f"The code opened more than the {config['openFiles']} files allowed at a time"
    return None


def causes(error, depth=8):
    """The error, and what it says it was caused by (urllib keeps that in `reason`)."""
    while isinstance(error, BaseException) and depth > 0:
        yield error
        reason = getattr(error, "reason", None)
        error = error.__cause__ or (reason if isinstance(reason, BaseException) else None)
        depth -= 1


def is_parser(error):
    """The error came from compiling the whole source: no frame lies below the call of compile."""
    return len(traceback.extract_tb(error.__traceback__)) <= 2


def last_line(error):
    try:
        return traceback.format_exception_only(type(error), error)[-1].strip()[:2000]
    except Exception:  # noqa: BLE001 - the code's exception may have a __str__ that fails
        return type(error).__name__


def detail_of(error, frames):
    try:
        said = "".join(traceback.format_exception_only(type(error), error)).rstrip()
    except Exception:  # noqa: BLE001
        said = type(error).__name__
    shown = frames if len(frames) <= MAX_FRAMES else frames[:1] + frames[1 - MAX_FRAMES :]
    return "".join(traceback.format_list(shown)) + said[-2000:]
