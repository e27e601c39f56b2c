"""What the child says to the parent: one small JSON message a line, each type checked on arrival.

A table goes row by row, so that neither side holds a long file twice. A place is left out where it
can be worked out: a cell stands in its row, a paragraph of a cell stands in its cell.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from goldenthread.errors import Place
from goldenthread.intake.document import Cell, LeftOut, Paragraph, Record, Row, Table


class TableStart(msgspec.Struct, frozen=True):
    """A table begins; its rows follow. Only long formats use this, others give a whole Table."""

    title: str | None = None
    place: Place = Place()


class TableEnd(msgspec.Struct, frozen=True):
    """The table that began last is complete."""


Item = Paragraph | Table | TableStart | Row | TableEnd | LeftOut | Record
"""What a format module may yield, in reading order."""

# A Place on the wire: its seven numbers in order, None where unknown.
_At = tuple[int | None, str | None, int | None, int | None, int | None, int | None, int | None]


class _Message(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="is"):
    pass


class Format(_Message, frozen=True, tag="format"):
    """The kind of file the bytes show; always the first message."""

    name: str


class Words(_Message, frozen=True, tag="p"):
    """A paragraph, on its own or inside a cell."""

    text: str = ""
    heading: int | None = None
    level: int | None = None
    marker: str | None = None
    bold: bool = False
    at: _At | None = None
    lead: str | None = None


class Box(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cell inside a row's message."""

    column: int
    words: tuple[Words, ...] = ()
    down: int = 1
    across: int = 1
    fill: str | None = None
    bold: bool = False
    at: _At | None = None


class Opens(_Message, frozen=True, tag="table"):
    """A table begins."""

    title: str | None = None
    at: _At | None = None


class Line(_Message, frozen=True, tag="row"):
    """One row of the open table."""

    cells: tuple[Box, ...] = ()
    header: bool = False
    breaks: bool = False
    at: _At | None = None


class Values(_Message, frozen=True, tag="values"):
    """One row of a long table, as plain words."""

    words: tuple[str, ...]
    at: _At | None = None
    formulas: tuple[int, ...] = ()
    width: int = 0


class Closes(_Message, frozen=True, tag="end"):
    """The open table is complete."""


class Aside(_Message, frozen=True, tag="left"):
    """Something was left out."""

    code: str
    message: str
    at: _At | None = None


class Picture(_Message, frozen=True, tag="picture"):
    """A page drawn as a picture, whose words the child asks for; the only question it may ask."""

    page: int
    png: bytes


class Refused(_Message, frozen=True, tag="refused"):
    """The file is refused; ``rule`` is set where it is unsafe and not only unreadable."""

    what: str
    do: str = ""
    rule: str | None = None
    at: _At | None = None


class Done(_Message, frozen=True, tag="done"):
    """All has been said."""


Told = Format | Words | Opens | Line | Values | Closes | Aside | Refused | Done
"""What the child says of the file."""
Message = Told | Picture

_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)
_NOWHERE = Place()


def decode(line: bytes) -> Message:
    """The message of one line; raises ``msgspec.MsgspecError`` on anything else."""
    return _DECODER.decode(line)


def encode(message: Message) -> bytes:
    """One line of JSON, line end included."""
    return _ENCODER.encode(message) + b"\n"


def messages(item: Item) -> Iterator[Message]:
    """What is said about one thing that a format module found."""
    if isinstance(item, Paragraph):
        yield _words(item, _NOWHERE)
    elif isinstance(item, Row):
        yield _line(item)
    elif isinstance(item, LeftOut):
        yield Aside(item.code, item.message, pack_place(item.place, _NOWHERE))
    elif isinstance(item, Record):
        yield Values(item.values, pack_place(item.place, _NOWHERE), item.formulas, item.width)
    elif isinstance(item, TableEnd):
        yield Closes()
    else:
        yield Opens(item.title, pack_place(item.place, _NOWHERE))
        if isinstance(item, Table):
            for row in item.rows:
                yield _line(row)
            yield Closes()


def item(message: Words | Opens | Line | Values | Closes | Aside) -> Item:
    """What the message speaks of, as a value."""
    if isinstance(message, Words):
        return _paragraph(message, _NOWHERE)
    if isinstance(message, Line):
        place = unpack_place(message.at, _NOWHERE)
        cells = tuple(_cell(box, place) for box in message.cells)
        return Row(cells, message.header, message.breaks, place)
    if isinstance(message, Values):
        return Record(
            message.words, unpack_place(message.at, _NOWHERE), message.formulas, message.width
        )
    if isinstance(message, Aside):
        return LeftOut(message.code, message.message, unpack_place(message.at, _NOWHERE))
    if isinstance(message, Opens):
        return TableStart(message.title, unpack_place(message.at, _NOWHERE))
    return TableEnd()


def pack_place(place: Place, known: Place) -> _At | None:
    """The place as a tuple, None where it is the one already known."""
    if place is known or place == known:
        return None
    p = place
    return (p.page, p.sheet, p.table, p.row, p.column, p.paragraph, p.item)


def unpack_place(at: _At | None, known: Place) -> Place:
    """The place that a tuple stands for."""
    return known if at is None else Place(*at)


def _words(paragraph: Paragraph, known: Place) -> Words:
    p = paragraph
    at = pack_place(p.place, known)
    return Words(p.text, p.heading, p.list_level, p.marker, p.bold, at, p.bold_lead)


def _line(row: Row) -> Line:
    boxes = []
    for cell in row.cells:
        words = tuple(_words(p, cell.place) for p in cell.paragraphs)
        at = pack_place(cell.place, _within(row.place, cell.column))
        boxes.append(
            Box(cell.column, words, cell.row_span, cell.column_span, cell.fill, cell.bold, at)
        )
    return Line(tuple(boxes), row.header, row.after_page_break, pack_place(row.place, _NOWHERE))


def _paragraph(words: Words, known: Place) -> Paragraph:
    w = words
    at = unpack_place(w.at, known)
    return Paragraph(w.text, w.heading, w.level, w.marker, w.bold, at, w.lead)


def _cell(box: Box, row: Place) -> Cell:
    place = unpack_place(box.at, _within(row, box.column))
    paragraphs = tuple(_paragraph(words, place) for words in box.words)
    return Cell(box.column, paragraphs, box.down, box.across, box.fill, box.bold, place)


def _within(row: Place, column: int) -> Place:
    return Place(row.page, row.sheet, row.table, row.row, column, row.paragraph, row.item)
