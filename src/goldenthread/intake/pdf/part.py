"""The part of a table that stands on one page, before pages are joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldenthread.intake.pdf.page import Fill, Word, is_coloured


@dataclass
class PartCell:
    """A cell: where it begins, what it covers, its box and its words."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    top: float
    x1: float
    bottom: float
    words: list[Word] = field(default_factory=list)
    fill: str | None = None

    def holds(self, word: Word) -> bool:
        """Whether a word begins in this cell: a long one may run over its edge."""
        first = word.x0 + min(0.5 * word.size, 0.5 * (word.x1 - word.x0))
        return self.x0 <= first < self.x1 and self.top <= word.middle < self.bottom


@dataclass
class Part:
    """Rows and columns count from 0. ``edges`` are where columns begin and the last one ends."""

    page: int
    edges: list[float]
    height: int
    cells: list[PartCell]
    ruled: bool
    top: float
    bottom: float

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.edges) - 1

    def rows(self) -> list[list[PartCell]]:
        """The cells that begin in each row, from left to right."""
        found: list[list[PartCell]] = [[] for _ in range(self.height)]
        for cell in sorted(self.cells, key=lambda c: c.column):
            found[cell.row].append(cell)
        return found


def paint(cells: list[PartCell], fills: list[Fill]) -> None:
    """Gives each cell the colour over its centre; a dot in an almost empty cell counts as well.

    Of several shapes the last one drawn is seen. Grey and white are no colours: they only help the
    eye along the rows.
    """
    for cell in cells:
        x, y = (cell.x0 + cell.x1) / 2, (cell.top + cell.bottom) / 2
        seen = [f for f in fills if f.x0 <= x <= f.x1 and f.top <= y <= f.bottom]
        if seen:
            cell.fill = seen[-1].colour if is_coloured(seen[-1].colour) else None
        elif len(cell.words) < 3:
            dots = {
                f.colour
                for f in fills
                if cell.x0 <= f.x0
                and f.x1 <= cell.x1
                and cell.top <= f.top
                and f.bottom <= cell.bottom
                and min(f.x1 - f.x0, f.bottom - f.top) >= 5
                and is_coloured(f.colour)
            }
            cell.fill = dots.pop() if len(dots) == 1 else None
