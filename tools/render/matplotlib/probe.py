"""Tells, as JSON, whether this Python has matplotlib and which files it needs. Runs outside the sandbox."""

import json
import os
import sys

import matplotlib
import matplotlib.ft2font
import numpy
import PIL.Image  # noqa: F401 - its libraries are looked at below

SYSTEM = ("/usr/lib/", "/usr/lib64/", "/usr/local/lib/", "/lib/", "/lib64/")


def links(path):
    """The path and each file that it links to in turn: all must exist for it to be started."""
    chain = [path]
    while os.path.islink(path) and len(chain) < 40:
        path = os.path.normpath(os.path.join(os.path.dirname(path), os.readlink(path)))
        chain.append(path)
    return chain


def mapped_folders():
    """Folders of the libraries that are in memory now, wherever a distribution put them."""
    try:
        with open("/proc/self/maps") as maps:
            paths = {line.split(None, 5)[5].strip() for line in maps if "/" in line}
    except OSError:
        return set()
    return {os.path.dirname(path) for path in paths if os.path.isabs(path) and os.path.isfile(path)}


packages = [path for path in sys.path[1:] if os.path.isdir(path) and path.endswith("-packages")]
prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix} - {"/usr", "/usr/local", "/"}
needs = prefixes | set(packages) | mapped_folders() | {matplotlib.get_data_path(), matplotlib.matplotlib_fname()}
needs = {os.path.realpath(path) for path in needs} | needs
needs -= {"/", "/usr", "/etc", "/home", "/root", "/usr/bin", "/usr/local/bin", "/tmp"}
# The shortest first, so that a folder is there before what lies in it.
kept = []
for path in sorted(needs | set(links(sys.executable)), key=len):
    inside = any(path.startswith(folder + "/") for folder in kept if os.path.isdir(folder))
    if not inside and not path.startswith(SYSTEM):
        kept.append(path)

print(
    json.dumps(
        {
            "executable": sys.executable,
            "python": sys.version.split()[0],
            "matplotlib": matplotlib.__version__,
            "numpy": numpy.__version__,
            "packages": packages,
            "needs": kept,
        }
    )
)
