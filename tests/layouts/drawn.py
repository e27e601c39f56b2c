"""PDF pages drawn straight, with no structure behind them: rules, fills and characters only."""

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

SMALL = ParagraphStyle("small", fontName="Helvetica", fontSize=8, leading=10)
STRONG = ParagraphStyle("strong", parent=SMALL, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=14, leading=18)


def words(text, style=SMALL):
    return Paragraph(text.replace("&", "&amp;"), style)


def content(text, strong=False):
    """What stands in a drawn cell: one paragraph for each line of the text."""
    return [words(line, STRONG if strong else SMALL) for line in text.split("\n")]


def over_two_pages(rows, at, ends, widths, fills=(), **how):
    """Two tables, the first of which ends inside row ``at``; the header is drawn again.

    ``ends`` says, for each column that is cut, after which words the page ends. The other columns
    of that row stand on the first page.
    """
    first, second = [], []
    for column, text in enumerate(rows[at]):
        end = ends.get(column, "")
        before, _, rest = text.partition(end) if end else (text, "", "")
        first.append(before + end)
        second.append(rest.strip())
    left = [fill for fill in fills if fill[1] <= at]
    right = [(c, r - at + 1, colour) for c, r, colour in fills if r > at]
    right += [(c, 0, colour) for c, r, colour in fills if r == 0]
    right += [(c, 1, colour) for c, r, colour in fills if r == at]
    return [
        grid([*rows[:at], first], widths, fills=left, **how),
        PageBreak(),
        grid([rows[0], second, *rows[at + 1 :]], widths, fills=right, **how),
    ]


def grid(rows, widths, ruled=True, header=1, fills=()):
    """A table whose header is drawn again on each page.

    ``fills`` has (column, row, colour) of each coloured cell.
    """
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 3)]
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    else:
        style.append(("BOTTOMPADDING", (0, 0), (-1, -1), 14))
    style += [
        ("BACKGROUND", (column, row), (column, row), colors.HexColor(f"#{colour}"))
        for column, row, colour in fills
    ]
    boxes = [
        [content(text, strong=r < header) if isinstance(text, str) else text for text in row]
        for r, row in enumerate(rows)
    ]
    return Table(
        boxes,
        colWidths=[width * cm for width in widths],
        repeatRows=header,
        style=style,
        hAlign="LEFT",
    )


def pages(path, story, furniture, sideways=False, flag=None, landscape=False):
    """Draw the story; ``sideways`` turns what is drawn, ``flag`` is the page's own rotation."""
    width, height = A4
    turned = sideways or landscape
    frame_size = (height, width) if turned else (width, height)

    def prepare(canvas, document):
        if sideways:
            canvas.rotate(90)
            canvas.translate(0, -width)
        canvas.setFont("Helvetica", 7)
        for i, line in enumerate(furniture):
            canvas.drawString(1.5 * cm, frame_size[1] - (0.8 + 0.35 * i) * cm, line)
        canvas.drawRightString(frame_size[0] - 1.5 * cm, 0.7 * cm, f"Page {canvas.getPageNumber()}")

    frame = Frame(1.5 * cm, 1.2 * cm, frame_size[0] - 3 * cm, frame_size[1] - 3 * cm, id="body")
    # The library exchanges width and height itself where a page has a rotation of its own.
    size = (height, width) if flag or (landscape and not sideways) else (width, height)
    document = BaseDocTemplate(str(path), pagesize=size, invariant=1, rotation=flag or 0)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=prepare, pagesize=size)])
    document.build(story)


def gap(points=8):
    return Spacer(1, points)
