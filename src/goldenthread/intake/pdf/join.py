"""Joins the parts of a table over pages, and gives rows and cells their words and places.

A repeated row of column heads is dropped. A cell that was merged goes on over the page end. The
rest of a row that a page end has cut stays a row of its own, marked ``after_page_break``: whoever
knows the columns joins rows for every format in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from goldenthread.errors import Place
from goldenthread.intake.document import Cell, Paragraph, Row, Table
from goldenthread.intake.pdf.lines import Line, Setting, into_lines, paragraphs, pitch
from goldenthread.intake.pdf.page import Word
from goldenthread.intake.pdf.part import Part, PartCell

_HEAD_ROWS = 3  # column heads take this many rows at most
_SHIFT = 8.0  # points by which the width of a column may differ between pages


@dataclass
class _DraftCell:
    column: int
    row_span: int
    column_span: int
    paragraphs: list[Paragraph]
    fill: str | None

    @property
    def text(self) -> str:
        return " ".join(p.text for p in self.paragraphs if p.text)


@dataclass
class _DraftRow:
    page: int
    cells: list[_DraftCell]
    header: bool = False
    after_page_break: bool = False


@dataclass
class Joined:
    """A table that may go on over pages: its parts so far, the last of them still open."""

    parts: list[Part] = field(default_factory=list)

    def goes_on_with(self, part: Part) -> bool:
        """Whether a part that begins a page goes on with this table, which ended the page before.

        Its columns are as wide, and it does not begin with column heads of its own; or it repeats
        the heads of this one.
        """
        first = self.parts[0]
        if part.width != first.width or part.ruled != first.ruled:
            return False
        _part_heads(first, part)
        if _repeated(first, part):
            return True
        widths = [
            abs((b1 - a1) - (b0 - a0)) <= _SHIFT
            for a0, b0, a1, b1 in zip(
                first.edges, first.edges[1:], part.edges, part.edges[1:], strict=False
            )
        ]
        return all(widths) and not _own_heads(part)


def _part_heads(first: Part, part: Part) -> None:
    """Makes a row of the repeated heads that stand in one cell each with the words below them.

    Some styles draw no rule below the heads, only a colour.
    """
    if not first.height or not part.height:
        return
    heads, row = first.rows()[0], part.rows()[0]
    if [(c.column, c.column_span) for c in heads] != [(c.column, c.column_span) for c in row]:
        return
    pairs = [(_in_order(head), _in_order(cell)) for head, cell in zip(heads, row, strict=True)]
    if not all([w.text for w in h] == [w.text for w in c[: len(h)]] for h, c in pairs):
        return
    if sum(bool(h) for h, _ in pairs) < 2 or all(len(h) == len(c) for h, c in pairs):
        return
    for cell in part.cells:
        cell.row += cell.row > 0
    below = []
    for cell, (head, words) in zip(row, pairs, strict=True):
        middle = max((word.bottom for word in words[: len(head)]), default=cell.top)
        below.append(replace(cell, row=1, top=middle, words=words[len(head) :]))
        cell.row_span, cell.bottom, cell.words, cell.fill = 1, middle, words[: len(head)], None
    part.cells.extend(below)
    part.height += 1


def _in_order(cell: PartCell) -> list[Word]:
    return [word for line in into_lines(cell.words) for word in line.words]


def _row_words(part: Part) -> list[str]:
    """Each row's words in one string, for comparing heads."""
    return [" | ".join(" ".join(w.text for w in cell.words) for cell in row) for row in part.rows()]


def _repeated(first: Part, part: Part) -> int:
    """How many rows at the head of a part repeat the column heads of the first one."""
    heads, rows = _row_words(first)[: _HEAD_ROWS + 1], _row_words(part)
    best = 0
    for start in range(min(_HEAD_ROWS, len(heads))):
        same = 0
        while (
            same < _HEAD_ROWS
            and start + same < len(heads)
            and same < len(rows)
            and heads[start + same] == rows[same]
            and heads[start + same].strip(" |")
        ):
            same += 1
        best = max(best, same)
    return best


def _own_heads(part: Part) -> bool:
    row = part.rows()[0] if part.height else []
    return (
        len(row) > 1
        and all(cell.words for cell in row)
        and all(word.bold for cell in row for word in cell.words)
    )


# --- words into cells ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Column:
    """How the text of one column stands: its padding, how far it is seen to run, its pitch."""

    pad: float
    reach: float


def table(joined: Joined, number: int, known: frozenset[str]) -> Table:
    """The whole table, with each row knowing the page that it stands on."""
    columns = _measure(joined.parts)
    steps = _pitch(joined.parts)
    sizes = sorted(w.size for part in joined.parts for cell in part.cells for w in cell.words)
    size = sizes[len(sizes) // 2] if sizes else 10.0
    rows: list[_DraftRow] = []
    for part in joined.parts:
        drafts = [
            _DraftRow(part.page, [_draft(cell, part, columns, steps, size, known) for cell in row])
            for row in part.rows()
        ]
        if part is not joined.parts[0]:
            repeated = _repeated(joined.parts[0], part)
            for head in rows[: repeated and _head_start(joined.parts[0], part) + repeated]:
                head.header = True
            drafts = drafts[repeated:]
            if drafts:
                drafts[0].after_page_break = True
                _carry_merged(rows, drafts)
        rows.extend(drafts)
    return _finished(rows, number, joined.parts[0].page)


def _head_start(first: Part, part: Part) -> int:
    """The row of the first part at which the repeated heads begin."""
    repeated = _row_words(part)[0]
    return _row_words(first)[:_HEAD_ROWS].index(repeated)


def _measure(parts: Sequence[Part]) -> dict[int, _Column]:
    """How text stands in each column, from the cells that cover that column alone."""
    pads: dict[int, list[float]] = {}
    reaches: dict[int, list[float]] = {}
    for part in parts:
        for cell in part.cells:
            if cell.column_span == 1 and cell.words:
                pads.setdefault(cell.column, []).append(min(w.x0 for w in cell.words) - cell.x0)
                reaches.setdefault(cell.column, []).append(max(w.x1 for w in cell.words) - cell.x0)
    return {
        column: _Column(min(max(min(pads[column]), 1.0), 12.0), max(reaches[column]))
        for column in pads
    }


def _pitch(parts: Sequence[Part]) -> float:
    """The usual distance between lines inside the cells of a table."""
    cells = [found for part in parts for c in part.cells if len(found := into_lines(c.words)) > 1]
    steps = sorted(pitch(found) for found in cells)
    if steps:
        return steps[len(steps) // 2]
    return pitch([line for part in parts for c in part.cells for line in into_lines(c.words)][:1])


def _draft(
    cell: PartCell,
    part: Part,
    columns: dict[int, _Column],
    steps: float,
    size: float,
    known: frozenset[str],
) -> _DraftCell:
    found: list[Line] = into_lines(cell.words)
    column = columns.get(cell.column, _Column(5.0, cell.x1 - cell.x0))
    if part.ruled:
        wall = cell.x1 - column.pad
        seen = max((line.x1 for line in found), default=wall)
        right = wall = min(max(wall, seen), cell.x1)
    else:
        # The usual padding of two cells that meet, at the usual sizes of type.
        wall = cell.x1 - 0.9 * size
        right = cell.x0 + column.reach if cell.column_span == 1 else cell.x1
    return _DraftCell(
        cell.column + 1,
        cell.row_span,
        cell.column_span,
        paragraphs(found, Setting(right, wall, steps, known)),
        cell.fill,
    )


def _carry_merged(rows: list[_DraftRow], following: list[_DraftRow]) -> None:
    """Lets a merged cell that a page end has cut go on over the rows of the next page.

    Only where one half covers several rows is it known to be merged. The words of the second half
    must be none, or go on in lower case.
    """
    _carry_moved(rows, following)
    for cell in list(following[0].cells):
        words = cell.text
        if words and not words[0].islower():
            continue
        found = _covering(rows, cell)
        if found is None or (found.row_span == 1 and cell.row_span == 1):
            continue
        if words and (not found.text or found.text[-1] in ".!?"):
            continue
        if words:
            cut, rest = found.paragraphs[-1], cell.paragraphs[0]
            found.paragraphs[-1] = replace(cut, text=f"{cut.text} {rest.text}")
            found.paragraphs.extend(cell.paragraphs[1:])
        found.row_span += cell.row_span
        found.fill = found.fill or cell.fill
        following[0].cells.remove(cell)


def _carry_moved(rows: list[_DraftRow], following: list[_DraftRow]) -> None:
    """Lets a merged cell whose words had no room above the page end have them where it begins.

    Above, the row has its number and an empty cell beside it; below, the number is missing, that
    cell has the words, and no cell goes on with a sentence from above.
    """
    cells = following[0].cells
    if len(cells) < 3 or cells[0].text or any(c.text[:1].islower() for c in cells):
        return
    number, moved = _covering(rows, cells[0]), _covering(rows, cells[1])
    if number is None or moved is None or not number.text or moved.text or not cells[1].text:
        return
    if sum(bool(cell.text) for cell in cells[2:]) < 2:
        return  # what is left of a row that was cut
    moved.paragraphs = cells[1].paragraphs
    for above, below in ((number, cells[0]), (moved, cells[1])):
        above.row_span += below.row_span
        above.fill = above.fill or below.fill
        cells.remove(below)


def _covering(rows: list[_DraftRow], cell: _DraftCell) -> _DraftCell | None:
    """The cell of the same columns that reaches the last row so far."""
    for back, row in enumerate(reversed(rows), start=1):
        for other in row.cells:
            if (other.column, other.column_span) == (cell.column, cell.column_span):
                return other if other.row_span >= back else None
    return None


def _finished(rows: list[_DraftRow], number: int, page: int) -> Table:
    done = []
    for r, row in enumerate(rows, start=1):
        place = Place(page=row.page, table=number, row=r)
        cells = []
        for cell in row.cells:
            here = place.at(column=cell.column)
            cells.append(
                Cell(
                    cell.column,
                    tuple(replace(p, place=here) for p in cell.paragraphs),
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                    fill=cell.fill,
                    bold=bool(cell.text) and all(p.bold for p in cell.paragraphs if p.text),
                    place=here,
                )
            )
        done.append(Row(tuple(cells), row.header, row.after_page_break, place))
    return Table(tuple(done), place=Place(page=page, table=number))
