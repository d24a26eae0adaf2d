"""Evidence of a picture pasted in instead of drawn; tools/render/matplotlib/hacks.ts judges it."""

import ast
import re

from matplotlib.image import FigureImage, _ImageBase

# Text that looks like encoded bytes or like rows of cells: no word is that long.
ENCODED = re.compile(r"[A-Za-z0-9+/=_.#-]{40,}")
MIN_BYTES = 40


def of_source(source):
    """How much literal data the source holds: numbers, and characters of encoded bytes."""
    numbers = encoded = 0
    try:
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Constant):
                continue
            value = node.value
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                numbers += 1
            elif isinstance(value, bytes) and len(value) >= MIN_BYTES:
                encoded += len(value)
            elif isinstance(value, str) and len(value) >= MIN_BYTES:
                encoded += sum(map(len, ENCODED.findall(value))) or sum(not mark.isprintable() for mark in value)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return {"numbers": numbers, "encoded": encoded}


def images_of(figure):
    """Size in cells, channels and share of the canvas of each image that the figure shows."""
    width, height = figure.bbox.width, figure.bbox.height
    found = []
    for image in figure.findobj(_ImageBase):
        try:
            shape = image.get_array().shape
            covered = shape[0] * shape[1]
            if not isinstance(image, FigureImage):
                box = image.get_window_extent()
                covered = box.width * box.height
            share = max(0.0, min(1.0, float(covered / (width * height))))
        except Exception:  # noqa: BLE001 - an image without data or place is no evidence
            continue
        found.append(
            {
                "cells": int(shape[0] * shape[1]),
                "channels": int(shape[2]) if len(shape) > 2 else 1,
                "share": share,
            }
        )
    return sorted(found, key=lambda image: -image["share"])[:8]
