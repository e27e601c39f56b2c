"""What a file holds once it has been read: paragraphs and tables, with everything that plans need.

Nothing here knows what a plan or a member of staff is. Spans, lists, empty paragraphs, colours and
places are kept, because a plan's meaning hides in them: a blank line keeps two lists level, a
colour may be the only status there is, a merged cell says what belongs together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from goldenthread.errors import Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, list item or line as printed; ``text`` may be empty, since blanks align lists.

    ``heading`` is 1 to 9 for a heading, None for body text. ``list_level`` is 0 for an item of an
    outer list, 1 for a list inside it, None outside lists. ``marker`` is the printed number or
    letter of the item without its full stop or bracket ("1", "a"), or "•" for a bullet.
    ``bold`` is true when every visible word is bold; ``bold_lead`` holds the words of a bold
    opening that others follow, such as the name of a step ("Focus groups – To hear …").
    """

    text: str
    heading: int | None = None
    list_level: int | None = None
    marker: str | None = None
    bold: bool = False
    place: Place = Place()
    bold_lead: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell where it begins; the cells that it covers do not appear.

    ``column`` counts from 1. ``fill`` is the colour behind the cell as "RRGGBB", None for none,
    white or automatic. In a spreadsheet the text is what the sheet would print: a date formatted
    as mmm-yy reads "Jul-24".
    """

    column: int
    paragraphs: tuple[Paragraph, ...] = ()
    row_span: int = 1
    column_span: int = 1
    fill: str | None = None
    bold: bool = False
    place: Place = Place()

    @property
    def text(self) -> str:
        """The cell's words with one line break between paragraphs, blank paragraphs left out."""
        return "\n".join(p.text for p in self.paragraphs if p.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the cells that begin in it. ``header`` when the file itself declares a heading row.

    ``after_page_break`` is true for the first row of a page where the file shows it.
    """

    cells: tuple[Cell, ...]
    header: bool = False
    after_page_break: bool = False
    place: Place = Place()


@dataclass(frozen=True)
class Table:
    """A table as printed. ``title`` is its caption, or the name of the sheet it stands on."""

    rows: tuple[Row, ...]
    title: str | None = None
    place: Place = Place()

    @property
    def width(self) -> int:
        """How many columns there are, counting those covered by merged cells."""
        ends = (cell.column + cell.column_span - 1 for row in self.rows for cell in row.cells)
        return max(ends, default=0)

    def grid(self) -> list[list[Cell | None]]:
        """Row by row, column by column, the cell that covers each position; None where none does.

        A merged cell appears at every position that it covers, as the very same object.
        """
        height, width = len(self.rows), self.width
        grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        for top, row in enumerate(self.rows):
            for cell in row.cells:
                left = cell.column - 1
                for r in range(top, min(top + cell.row_span, height)):
                    for c in range(left, min(left + cell.column_span, width)):
                        grid[r][c] = cell
        return grid


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a long table as plain words: a value for each column, "" where a cell is blank.

    Values after the last one with words are left off, so rows may be of any length. ``formulas``
    are the columns, from 1, whose value a formula gave, where a file has formulas. ``width`` is how
    many values a record of separated values has as written, blank ones at its end counted, and 0 in
    other kinds of file: a comma that no quotes guard shows by it.
    """

    values: tuple[str, ...]
    place: Place = Place()
    formulas: tuple[int, ...] = ()
    width: int = 0


Block = Paragraph | Table


@dataclass(frozen=True)
class LeftOut:
    """Something the file holds that is not part of what it prints, left out and named here.

    ``code`` is one of hidden_row, hidden_column, hidden_sheet, hidden_text, struck_out,
    tracked_deletion, comment, footnote, picture, text_box, embedded, page_furniture; or names a
    doubt about what was read: encoding, colour_rule, uncalculated, damaged, recognised
    (words seen on a picture by a program). ``message`` never repeats the words left out.
    """

    code: str
    message: str
    place: Place = Place()


@dataclass(frozen=True)
class Document:
    """A file that has been read: its blocks in reading order and what was left out.

    ``format`` is the kind the bytes show, whatever the name says: docx, odt, html, xlsx, ods, csv,
    pdf, txt, md or rtf. ``sha256`` is of the whole file, in hexadecimal.
    """

    file: str
    format: str
    sha256: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = field(default=())

    @property
    def recognised(self) -> bool:
        """Whether some words were seen on pictures of pages by a program, so that all may err."""
        return any(left.code == "recognised" for left in self.left_out)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph, those inside tables included, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            else:
                for row in block.rows:
                    for cell in row.cells:
                        yield from cell.paragraphs
