"""Files of separated values: commas, semicolons, tabs or bars, with or without quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from goldenthread.errors import Place, Unreadable
from goldenthread.intake.document import Cell, LeftOut, Record, Row
from goldenthread.intake.encoding import decode
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.wire import TableEnd, TableStart
from goldenthread.intake.words import paragraphs, tidy

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 100


def read(file: BinaryIO, limits: Limits) -> Iterator[TableStart | Row | TableEnd | LeftOut]:
    """One table, row by row; rows may be of any length and row numbers are those of the records.

    A record is what stands between two line ends outside quotes. Blank records are kept inside the
    table and dropped at its end. Lines inside a quoted value are paragraphs of its cell, and a
    bullet in front of one makes it an item.

    Raises ``Unreadable`` where the characters or quotes cannot be read, ``Unsafe`` over a limit.
    """
    yield TableStart(place=Place(table=1))
    blank: list[Row] = []
    for found in _records(file, limits):
        if isinstance(found, LeftOut):
            yield found
            continue
        number, record = found
        row = _row(record, Place(table=1, row=number))
        if row.cells:
            yield from blank
            blank = []
            yield row
        elif number > 1:
            blank.append(row)
    yield TableEnd()


def rows(file: BinaryIO, limits: Limits) -> Iterator[Record | LeftOut]:
    """The same records as plain words, blank ones left off: for long files."""
    for found in _records(file, limits):
        if isinstance(found, LeftOut):
            yield found
            continue
        number, record = found
        values = [
            value.strip() if value.isascii() and value.isprintable() else _words(value)
            for value in record
        ]
        while values and not values[-1]:
            values.pop()
        if values:
            yield Record(tuple(values), Place(table=1, row=number), width=len(record))


def _words(value: str) -> str:
    return "\n".join(tidy(line) for line in value.splitlines()).strip()


def _records(file: BinaryIO, limits: Limits) -> Iterator[tuple[int, list[str]] | LeftOut]:
    content = file.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise too_much("bytes", limits.file_bytes)
    text, note = decode(content)
    del content
    if note:
        yield note
    delimiter, text = _delimiter(text)
    csv.field_size_limit(limits.cell_characters)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    number = 0
    while True:
        try:
            record = next(records, None)
        except csv.Error as error:
            place = Place(table=1, row=number + 1)
            if "field larger" in str(error):
                raise too_much("characters in one cell", limits.cell_characters, place) from error
            raise Unreadable(
                "The file is damaged: a record cannot be told from the next.",
                do="Save it again as CSV and try once more.",
                place=place,
            ) from error
        if record is None:
            return
        number += 1
        if number > limits.rows:
            raise too_much("rows", limits.rows)
        if len(record) > limits.columns:
            raise too_much("columns", limits.columns, Place(table=1, row=number))
        yield number, record


def _row(record: list[str], place: Place) -> Row:
    cells = []
    for column, text in enumerate(record, 1):
        if not text:
            continue
        at = Place(table=place.table, row=place.row, column=column)
        words = paragraphs(text, at)
        if words:
            cells.append(Cell(column, words, place=at))
    return Row(tuple(cells), place=place)


def _delimiter(text: str) -> tuple[str, str]:
    """What parts the values, and the text without Excel's own line saying so."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == 5:
        return first[4], rest
    quoted = [sign for sign in _DELIMITERS if f'"{sign}"' in first]
    if first.startswith('"') and len(quoted) == 1:
        return quoted[0], text  # every heading is quoted, and this stands between them
    lines = text[:200_000].splitlines(keepends=True)[:_SAMPLE_LINES]
    best, score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        # The right one gives many rows of the same width over one; commas in prose do not.
        widths = [len(row) for row in rows if len(row) > 1]
        usual = max(widths, key=widths.count, default=0)
        found = (widths.count(usual), usual)
        if found > score:
            best, score = delimiter, found
    return best, text
