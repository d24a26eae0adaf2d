"""PNG files that the code saves. They are encoded only when the code opens one: nearly none does."""

import contextlib
import os
import sys

from PIL import Image

READING = {"open", "os.rename", "os.link", "shutil.copyfile"}


class Files:
    def __init__(self, gallery):
        self.gallery = gallery
        # At most one picture by its absolute path: many would fill the memory.
        self.unwritten = {}
        sys.addaudithook(self.before)

    def write_later(self, path, picture):
        """Makes an empty file for now; a folder that does not exist here may exist where the author is."""
        for other in list(self.unwritten):
            self.write_now(other)
        with contextlib.suppress(OSError), open(path, "wb"):
            self.unwritten[os.path.abspath(path)] = picture

    def write_now(self, path):
        picture = self.unwritten.pop(path, None)
        if picture is not None:
            with self.gallery.working(), open(path, "wb") as file:
                encode(picture, file)

    def before(self, event, arguments):
        """Python calls this with each thing that the code is about to do to a file."""
        if self.unwritten and event in READING and path_of(arguments[0]) is not None:
            self.write_now(os.path.abspath(path_of(arguments[0])))


def path_of(target):
    return os.fspath(target) if isinstance(target, (str, os.PathLike)) else None


def encode(picture, file):
    size = (picture.width, picture.height)
    Image.frombuffer("RGBA", size, picture.pixels, "raw", "RGBA", 0, 1).save(file, "png")
