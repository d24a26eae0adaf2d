"""Pins the fonts: matplotlib's own, and the files that the renderers of Verisim share.

Which other fonts a machine happens to have must not change a render, and reading them all would make starting
a worker slow. Names of fonts that cannot be shipped lead to their free metric equivalents.
"""

import dataclasses

import matplotlib
from matplotlib import font_manager

EQUIVALENTS = {
    "Liberation Sans": ("Arial", "Helvetica"),
    "Liberation Serif": ("Times New Roman", "Times"),
    "Liberation Mono": ("Courier New", "Courier"),
}
# Families that code for Chinese, Japanese and Korean charts asks for.
EAST_ASIAN = (
    "Arial Unicode MS", "Heiti TC", "Hiragino Sans", "MS Gothic", "Malgun Gothic", "Meiryo", "Microsoft YaHei",
    "NanumGothic", "Noto Sans CJK KR", "Noto Sans CJK SC", "PingFang SC", "SimHei", "SimSun", "Source Han Sans SC",
    "WenQuanYi Zen Hei",
)


def pin(files, fallbacks):
    """Takes all fonts but matplotlib's own and these files away; `fallbacks` serve where a character lacks."""
    manager = font_manager.fontManager
    own = matplotlib.get_data_path()
    manager.ttflist = sorted(
        (entry for entry in manager.ttflist if entry.fname.startswith(own)), key=lambda entry: entry.fname
    )
    for path in files:
        entry = add(manager, path)
        for name in EQUIVALENTS.get(entry.name, ()):
            manager.ttflist.append(dataclasses.replace(entry, name=name))
    families = []
    for path in fallbacks:
        entry = add(manager, path)
        families.append(entry.name)
        for name in EAST_ASIAN:
            manager.ttflist.append(dataclasses.replace(entry, name=name))
    add_fallbacks(manager, list(dict.fromkeys(families)))


def add(manager, path):
    manager.addfont(path)
    return manager.ttflist[-1]


def add_fallbacks(manager, families):
    """Characters that the asked font lacks are looked for in these too (matplotlib 3.6 and later)."""
    find = getattr(manager, "_find_fonts_by_props", None)
    if find is None or not families:
        return

    def find_with_fallbacks(prop, *rest, **options):
        paths = find(prop, *rest, **options)
        last = prop.copy()
        last.set_family(families)
        return paths + [path for path in find(last, *rest, **options) if path not in paths]

    manager._find_fonts_by_props = find_with_fallbacks
