"""A matrix of words: what stands in which row and column, as a picture for papers and print.

The wall of this drawing is that it takes words and places and no number of anything: there is no
size, no count and no position within a cell, so that nobody reads a quantity off it. Where nothing
stands the cell says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.charts.control import WIDE
from goldenthread.charts.drawing import Drawing, framed
from goldenthread.charts.ink import (
    INK,
    INK_SOFT,
    PAPER,
    RULE,
    THREAD,
    TINT,
    WHITE,
    clean,
    element,
    line,
    text,
    width_of,
    wrap,
)

NOTHING = "None"
_MOST_ROWS = 6
# Bold words are wider by so much; lines are broken for them, with a little to spare.
_BOLD = 1.1


@dataclass(frozen=True)
class Entry:
    """Something that stands in a cell: its row and column by their words, its own, and a line.

    ``words`` begin with its number where it has one; ``note`` stands under them.
    """

    row: str
    column: str
    words: str
    note: str = ""


def matrix_picture(
    title: str,
    corner: str,
    rows: Sequence[str],
    columns: Sequence[str],
    entries: Sequence[Entry],
    *,
    sentence: str = "",
    width: int = WIDE,
) -> Drawing:
    """The matrix with its title, description, sentence and table.

    ``corner`` says what the rows are; the first column is outlined, since it is where one starts.
    Entries of a cell keep their order. Under 480 pixels the size of words is smaller. Raises
    ``TypeError`` for anything but entries, and ``ValueError`` for a row or a column that is not
    there, for none of them, or for more than six.

    >>> drawn = matrix_picture(
    ...     "Where we start", "How hard", ["Hard"], ["Great"], [Entry("Hard", "Great", "H2 Panels")]
    ... )
    >>> drawn.rows
    (('Hard', 'H2 Panels'),)
    """
    if not 0 < len(rows) <= _MOST_ROWS or not 0 < len(columns) <= _MOST_ROWS:
        raise ValueError(f"A matrix has 1 to {_MOST_ROWS} rows and columns.")
    for entry in entries:
        if not isinstance(entry, Entry):
            raise TypeError("a matrix draws words in their places and nothing else")
        if entry.row not in rows or entry.column not in columns:
            raise ValueError("An entry stands in a row or a column that the matrix does not have.")
    cells = [
        [[one for one in entries if (one.row, one.column) == (row, column)] for column in columns]
        for row in rows
    ]
    size = 13.0 if width < 480 else 15.0
    body, height = _drawn(corner, rows, columns, cells, float(width), size)
    described = _described(rows, columns, cells)
    return Drawing(
        framed(body, title, described, width=width, height=height),
        width,
        height,
        title,
        described,
        sentence,
        (corner, *columns),
        tuple(
            (row, *(_listed(cell) or NOTHING for cell in line_))
            for row, line_ in zip(rows, cells, strict=True)
        ),
        (),
    )


Cells = Sequence[Sequence[Sequence[Entry]]]


def _listed(cell: Sequence[Entry]) -> str:
    return "; ".join(
        f"{clean(one.words)} ({clean(one.note)})" if clean(one.note) else clean(one.words)
        for one in cell
    )


def _described(rows: Sequence[str], columns: Sequence[str], cells: Cells) -> str:
    """What stands where, cell by cell, for who does not see it."""
    told = [
        f"{row}, {column[:1].lower()}{column[1:]}: {_listed(cell)}."
        for row, line_ in zip(rows, cells, strict=True)
        for column, cell in zip(columns, line_, strict=True)
        if cell
    ]
    start = f"A table of {len(rows)} rows and {len(columns)} columns."
    return " ".join([start, *told]) if told else f"{start} Nothing stands in it yet."


def _drawn(
    corner: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Cells,
    width: float,
    size: float,
) -> tuple[str, int]:
    """The marks, and how high the drawing is."""
    pad, lead = size * 0.7, size * 1.3
    longest = max(
        (
            width_of(word, size * _BOLD) + 1
            for row in (corner, *rows)
            for word in clean(row).split()
        ),
        default=0.0,
    )
    edges = _edges(width, len(columns), longest + 2 * pad)
    heads = [corner, *columns]
    rooms = [right - left - 2 * pad for left, right in pairwise(edges)]
    head = [wrap(words, room, size * _BOLD) for words, room in zip(heads, rooms, strict=True)]
    tops = [1.0, 1.0 + max(len(words) for words in head) * lead + 2 * pad]
    for row, line_ in zip(rows, cells, strict=True):
        high = [len(wrap(row, rooms[0], size * _BOLD)) * lead]
        high += [_height(cell, room, size) for cell, room in zip(line_, rooms[1:], strict=True)]
        tops.append(tops[-1] + max(high) + 2 * pad)
    parts = [*_ground(edges, tops)]
    for words, left in zip(head, edges, strict=False):
        parts += _lines(words, left + pad, tops[0] + pad, size, INK, bold=True)
    for place, (row, line_) in enumerate(zip(rows, cells, strict=True), 1):
        top = tops[place] + pad
        name = wrap(row, rooms[0], size * _BOLD)
        parts += _lines(name, edges[0] + pad, top, size, INK, bold=True)
        for cell, left, room in zip(line_, edges[1:], rooms[1:], strict=False):
            parts += _cell(cell, left + pad, top, room, size)
    return "".join(parts), round(tops[-1] + 2)


def _edges(width: float, columns: int, names: float) -> list[float]:
    """Where columns begin and end: that of the names has room for its longest word."""
    names = max((width - 2) * 0.2, min(names, (width - 2) * 0.34))
    each = (width - 2 - names) / columns
    return [1.0, *(1.0 + names + each * place for place in range(columns + 1))]


def _ground(edges: Sequence[float], tops: Sequence[float]) -> Iterator[str]:
    """The tints of heads and of the first column, the rules, the outline of where one starts."""
    left, right, top, bottom = edges[0], edges[-1], tops[0], tops[-1]
    yield element("rect", x=left, y=top, width=right - left, height=bottom - top, fill=WHITE)
    yield element("rect", x=left, y=top, width=right - left, height=tops[1] - top, fill=PAPER)
    yield element("rect", x=left, y=top, width=edges[1] - left, height=bottom - top, fill=PAPER)
    first = {"x": edges[1], "y": tops[1], "width": edges[2] - edges[1], "height": bottom - tops[1]}
    yield element("rect", fill=TINT, **first)
    for x in edges:
        yield line(x, top, x, bottom, RULE)
    for y in tops:
        yield line(left, y, right, y, RULE)
    yield element("rect", fill="none", stroke=THREAD, stroke_width=3, **first)


def _height(cell: Sequence[Entry], room: float, size: float) -> float:
    if not cell:
        return size * 1.3
    many = sum(len(wrap(one.words, room, size * _BOLD)) for one in cell) + sum(
        len(wrap(one.note, room, size)) for one in cell if clean(one.note)
    )
    return many * size * 1.3 + (len(cell) - 1) * size * 0.6


def _cell(
    cell: Sequence[Entry], left: float, top: float, room: float, size: float
) -> Iterator[str]:
    if not cell:
        yield from _lines([NOTHING], left, top, size, INK_SOFT)
    for one in cell:
        words = wrap(one.words, room, size * _BOLD)
        yield from _lines(words, left, top, size, INK, bold=True)
        top += len(words) * size * 1.3
        if clean(one.note):
            note = wrap(one.note, room, size)
            yield from _lines(note, left, top, size, INK_SOFT)
            top += len(note) * size * 1.3
        top += size * 0.6


def _lines(
    words: Sequence[str], left: float, top: float, size: float, colour: str, *, bold: bool = False
) -> Iterator[str]:
    for place, said in enumerate(words):
        y = top + size + place * size * 1.3
        yield text(left, y, said, size, colour=colour, bold=bold)
