"""Tables and documents built by hand, as intake would give them."""

from goldenthread.errors import Place
from goldenthread.intake import Cell, Document, Paragraph, Row, Table

BULLET = "•"


def cell(column, words="", *, down=1, across=1, fill=None, bold=False):
    """A cell: a string is one paragraph, a list several; "• " before one makes it a bullet."""
    lines = [words] if isinstance(words, str) else words
    paragraphs = tuple(
        Paragraph(line.removeprefix(BULLET + " "), list_level=0, marker=BULLET)
        if line.startswith(BULLET)
        else Paragraph(line)
        for line in lines
    )
    return Cell(column, paragraphs, row_span=down, column_span=across, fill=fill, bold=bold)


def table(*rows, title=None, after_page_break=()):
    """A table of rows; a row is a list of words, or of cells where spans matter."""
    built = []
    for number, row in enumerate(rows, 1):
        cells = tuple(
            each if isinstance(each, Cell) else cell(column, each)
            for column, each in enumerate(row, 1)
        )
        built.append(
            Row(
                cells,
                after_page_break=number in after_page_break,
                place=Place(table=1, row=number),
            )
        )
    return Table(tuple(built), title=title, place=Place(table=1))


def document(*blocks, format="docx"):
    """A document of these blocks; strings are paragraphs."""
    return Document(
        f"plan.{format}",
        format,
        "0" * 64,
        tuple(Paragraph(b) if isinstance(b, str) else b for b in blocks),
    )
