"""Marks on paper: SVG elements with presentation attributes only, and the colours of the design.

No style attribute, no script, no reference to anything outside: a drawing stands in a page under a
strict content security policy. Every word is escaped, and characters that XML or a reader's eye
could not bear (controls, marks that turn text around) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

# The tokens of thread.css; a test holds the two together. Contrast with white in brackets.
INK = "#221c1a"  # 16.8
INK_SOFT = "#5b524c"  # 7.6
RULE = "#8b7d6d"  # 4.0
HAIRLINE = "#ddd2c2"  # decoration only
PAPER = "#faf6ef"  # the heads of a table
PAPER_DEEP = "#f3ebde"  # the ordinary range
TINT = "#fdf0d5"  # where one starts
BRAND = "#44223f"  # 13.6
THREAD = "#a06c12"  # 4.5
BETTER = "#1e6a43"  # 6.6, the token "track"
WORSE = "#a5221c"  # 7.4, the token "late"
NEITHER = "#1c4f80"  # 8.5, the token "done"
WHITE = "#ffffff"

FAMILY = "Arial, Helvetica, Liberation Sans, sans-serif"

_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\ufff0-\uffff]"
)
# Widths in Arial, in thousandths of the size; what is not named is as wide as a digit.
_WIDTHS = (
    dict.fromkeys("ijl'|", 222)
    | dict.fromkeys(" !,./:;ftI[]\\", 278)
    | dict.fromkeys("()-r`", 333)
    | dict.fromkeys("ckszvxyJ", 500)
    | dict.fromkeys("ABEKPSVXY&", 667)
    | dict.fromkeys("wCDHNRU", 722)
    | dict.fromkeys("FTZ", 611)
    | dict.fromkeys("GOQ", 778)
    | dict.fromkeys("mM", 833)
    | {"W": 944, "%": 889, "@": 1015, "−": 584, "+": 584, "=": 584, "–": 556, "…": 1000}
)
_DIGIT, _WIDE, _BOLD = 556, 1000, 1.08


def clean(words: str) -> str:
    """The words on one line, without characters that cannot or must not be drawn."""
    return " ".join(_NOT_SHOWN.sub("", words).split())


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide words are in Arial, a little generously."""
    units = sum(_WIDTHS.get(letter, _DIGIT if letter < "\u2e80" else _WIDE) for letter in words)
    return units / 1000 * size * (_BOLD if bold else 1)


def shorten(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """The words cleaned, or as many of their letters as have room and an ellipsis."""
    words = clean(words)
    if width_of(words, size, bold=bold) <= room:
        return words
    while words and width_of(f"{words}…", size, bold=bold) > room:
        words = words[:-1].rstrip()
    return f"{words}…" if words else ""


def fitting(*choices: str, room: float, size: float, bold: bool = False) -> str:
    """The first of these words that has room whole; the last shortened where none has."""
    for words in map(clean, choices):
        if width_of(words, size, bold=bold) <= room:
            return words
    return shorten(choices[-1], room, size, bold=bold)


def wrap(words: str, room: float, size: float) -> list[str]:
    """The words in lines that have room, broken between words."""
    lines = [""]
    for word in clean(words).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [shorten(line, room, size) for line in lines]


def number(value: float) -> str:
    """A coordinate with at most one decimal; the same on every machine."""
    said = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def element(name: str, words: str | None = None, /, **attributes: str | float) -> str:
    """One element; ``stroke_width`` becomes ``stroke-width``, words and values are escaped."""
    held = "".join(
        f' {key.replace("_", "-")}="{escape(_said(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{held}/>" if words is None else f"<{name}{held}>{escape(clean(words))}</{name}>"


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str, thick: float = 1, dashes: str = ""
) -> str:
    """A straight line, dashed where ``dashes`` says how."""
    more = {"stroke_dasharray": dashes} if dashes else {}
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=thick, **more)


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    colour: str = INK_SOFT,
    anchor: str = "start",
    bold: bool = False,
    halo: str = "",
) -> str:
    """Words with their baseline at ``y``; a halo of the paper's colour lifts them off lines."""
    if not clean(words):
        return ""
    more: dict[str, str | float] = {"font_weight": 700} if bold else {}
    if halo:
        more |= {"stroke": halo, "stroke_width": 4, "stroke_linejoin": "round"}
        more |= {"paint_order": "stroke"}
    more |= {"font_size": size, "fill": colour, "text_anchor": anchor}
    return element("text", words, x=x, y=y, **more)


def path(points: Iterable[tuple[float, float]], *, closed: bool, **attributes: str | float) -> str:
    """Straight lines from point to point."""
    joined = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return element("path", d=f"M{joined}{'Z' if closed else ''}", **attributes)


def dot(x: float, y: float, radius: float) -> str:
    """An ordinary figure: a white circle with an edge."""
    return element("circle", cx=x, cy=y, r=radius, fill=WHITE, stroke=INK, stroke_width=2)


def sign(x: float, y: float, radius: float, meaning: str, side: str) -> str:
    """A signal: a diamond for the better, a square for the worse, else a triangle up or down."""
    r = radius * 1.6
    if meaning == "better":
        corners, colour = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)], BETTER
    elif meaning == "worse":
        s = r * 0.8
        corners, colour = [(x - s, y - s), (x + s, y - s), (x + s, y + s), (x - s, y + s)], WORSE
    else:
        up = -1 if side == "high" else 1
        corners, colour = [(x, y + up * r), (x + r, y - up * r), (x - r, y - up * r)], NEITHER
    return path(corners, closed=True, fill=colour, stroke=WHITE, stroke_width=1.5)


def _said(value: str | float) -> str:
    return clean(value) if isinstance(value, str) else number(value)
