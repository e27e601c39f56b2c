"""Tables and documents built by hand, as intake would give them."""

import io

from goldenthread.documents import draft_from
from goldenthread.errors import Place
from goldenthread.intake import (
    Cell,
    Document,
    LeftOut,
    Limits,
    Paragraph,
    Row,
    Table,
    html,
    text,
)

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


def read_words(words, kind, **options):
    """The draft of a document given as its source text: HTML, or plain text and Markdown."""
    reader = {"html": html, "md": text, "txt": text}[kind]
    found = list(reader.read(io.BytesIO(words.encode()), Limits()))
    blocks = tuple(f for f in found if not isinstance(f, LeftOut))
    left_out = tuple(f for f in found if isinstance(f, LeftOut))
    return draft_from(Document(f"plan.{kind}", kind, "0" * 64, blocks, left_out), **options)


def told(draft):
    """A draft's plan in lines: theme, recommendation, and each action with what it promises."""
    lines = []
    theme = None
    for rec in draft.plan.recommendations:
        if rec.theme != theme:
            theme = rec.theme
            lines.append(f"# {theme or ''}".rstrip())
        lines.append(" ".join(filter(None, (rec.number, rec.text))))
        for action in rec.actions:
            parts = (
                " ".join(filter(None, (action.number, action.text))),
                "; ".join(map(_lead, action.leads)),
                "; ".join(map(_when, action.timescales)),
                action.status or "",
                "; ".join(m.text for m in action.measures),
            )
            lines.append(("- " + " | ".join(parts)).rstrip(" |").replace(" |  |", " | |"))
    return [" ".join(line.split()) for line in lines]


def _lead(lead):
    kind = "" if lead.kind == "post" else f"({lead.kind}) "
    return ("+ " if lead.role == "supporting" else "") + kind + (lead.text or lead.person)


def _when(reading):
    if reading.precision in ("plan_year", "phase") and not reading.end:
        return f"{reading.kind} {reading.precision} {reading.raw}"
    start, end = (str(day) if day else "" for day in (reading.start, reading.end))
    days = f"{start}..{end}" if start != end else start
    return f"{reading.kind} {reading.recurrence or ''} {days}".strip()
