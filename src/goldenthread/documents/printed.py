"""A record's cells as printed, for a person who holds the reading beside the document's words."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.documents.records import Record
from goldenthread.errors import Place
from goldenthread.intake import Paragraph


@dataclass(frozen=True)
class PrintedCell:
    """One cell of the document: under which heading it was read, its lines, and its place.

    ``role`` is one of the roles of a column (``columns.Role``). A line of a list keeps its mark.
    """

    role: str
    lines: tuple[str, ...]
    place: Place = Place()


@dataclass(frozen=True)
class PrintedRow:
    """The cells of one recommendation in reading order; ``place`` is the recommendation's own."""

    place: Place
    cells: tuple[PrintedCell, ...]


def printed_row(record: Record) -> PrintedRow:
    """Every cell that a record was read from, once each, with the words that it prints.

    A cell that hangs down over several rows stands where it begins. What stands under headings that
    name no part of a plan comes last, as "other".
    """
    return PrintedRow(
        record.place,
        tuple(
            PrintedCell(str(role), words, cell.place or line.place)
            for line in record.lines
            for role, cells in line.cells.items()
            if role in line.fresh
            for cell in cells
            if (words := tuple(_line(p) for p in cell.paragraphs if p.text))
        )
        + tuple(
            PrintedCell("other", tuple(_line(p) for p in cell.paragraphs if p.text), cell.place)
            for line in record.lines
            for cell in line.beside
        ),
    )


def _line(paragraph: Paragraph) -> str:
    return f"{paragraph.marker} {paragraph.text}" if paragraph.marker else paragraph.text
