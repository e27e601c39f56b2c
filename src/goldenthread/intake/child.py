"""The child process: reads one file from its standard input, says what it found, and ends.

Started as ``python -I -m goldenthread.intake.child KIND SUFFIX LIMITS PIPE``, where the kind of
reading is "document", "rows" or "values" (rows as the file holds them), and the pipe, if any,
brings words recognised on pictures. It has no network, may open no file for writing, and is killed
when it takes too long (see ``confine`` and ``parent``).
"""

from __future__ import annotations

import functools
import gc
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

import msgspec

from goldenthread.errors import Place, Refusal, Unreadable, Unsafe
from goldenthread.intake import letters, wire
from goldenthread.intake.bands import without_bands
from goldenthread.intake.confine import Forbidden, confine
from goldenthread.intake.document import LeftOut, Paragraph, Record, Row, Table
from goldenthread.intake.limits import MEGABYTE, Limits, too_much
from goldenthread.intake.recognise import recognise

# Which module reads which format; each has ``read(file, limits)``.
READERS = {
    "docx": "goldenthread.intake.docx",
    "odt": "goldenthread.intake.odt",
    "rtf": "goldenthread.intake.rtf",
    "xlsx": "goldenthread.intake.xlsx",
    "xlsx rows": "goldenthread.intake.xlsx_rows",
    "ods": "goldenthread.intake.ods",
    "html": "goldenthread.intake.html",
    "csv": "goldenthread.intake.csv",
    "pdf": "goldenthread.intake.pdf",
    "txt": "goldenthread.intake.text",
    "md": "goldenthread.intake.text",
}

Read = Callable[[BinaryIO, Limits], Iterator[wire.Item]]


def reader(format: str) -> Read:
    """The function that reads this format."""
    # slow: only the one parser that the file needs is loaded
    read: Read = importlib.import_module(READERS[format]).read
    return read


def row_reader(format: str, as_held: bool = False) -> Read:
    """The function that reads the tables of this format as plain rows, in little memory if it can.

    ``as_held`` asks for a workbook's values instead of what it prints. Only long kinds of file have
    one of their own; of the others the tables are taken apart.
    """
    if format == "csv":
        rows: Read = importlib.import_module(READERS[format]).rows
        return rows
    if format == "xlsx":
        sheets = importlib.import_module(READERS["xlsx rows"]).read
        return functools.partial(sheets, as_held=as_held)
    if format == "ods" and as_held:
        raise Unreadable(
            "Of a LibreOffice sheet we read what it prints, which may be rounded.",
            do="Save it as .xlsx or .csv.",
        )
    whole = reader(format)

    def apart(file: BinaryIO, limits: Limits) -> Iterator[wire.Item]:
        # These do stand in memory whole.
        bounded = replace(limits, part_bytes=min(limits.part_bytes, Limits().part_bytes))
        for item in whole(file, bounded):
            if isinstance(item, LeftOut):
                yield item
            elif isinstance(item, Table):
                for row in item.rows:
                    values = [""] * max((cell.column for cell in row.cells), default=0)
                    for cell in row.cells:
                        values[cell.column - 1] = cell.text
                    if any(values):
                        yield Record(tuple(values), row.place)

    return apart


def counted(items: Iterator[wire.Item], limits: Limits) -> Iterator[wire.Item]:
    """The same items within the limits on rows, cells, columns, characters and notes.

    Of each kind of thing left out the first ``limits.notes`` are named and the rest counted. Raises
    ``Unsafe`` where a limit is passed, ``Unreadable`` where there are no words at all.
    """
    count = _Count(limits)
    for item in items:
        if isinstance(item, LeftOut):
            if count.note(item.code):
                yield item
            continue
        if isinstance(item, Paragraph):
            count.paragraph(item)
        elif isinstance(item, Row):
            count.row(item)
        elif isinstance(item, Record):
            count.record(item)
        elif isinstance(item, Table):
            for row in item.rows:
                count.row(row)
        yield item
    for code, number in count.notes.items():
        if number > limits.notes:
            more = number - limits.notes
            yield LeftOut(code, f"{more:,} more of the same kind were left out.")
    if not count.words:
        if count.notes.get("picture"):
            raise Unreadable(
                "The file holds pictures and no words.",
                do="Send the document that the pictures were made from.",
            )
        raise Unreadable("The file holds no words.", do="Check that it is the right file.")


class _Count:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.notes: dict[str, int] = {}
        self.words = False
        self.rows = self.cells = self.characters = 0

    def note(self, code: str) -> bool:
        self.notes[code] = self.notes.get(code, 0) + 1
        return self.notes[code] <= self.limits.notes

    def paragraph(self, paragraph: Paragraph) -> None:
        size = len(paragraph.text)
        if size > self.limits.cell_characters:
            raise too_much("characters in one paragraph", self.limits.cell_characters)
        self.words = self.words or size > 0
        self.characters += size
        if self.characters > self.limits.characters:
            raise too_much("characters", self.limits.characters)

    def record(self, record: Record) -> None:
        self.rows += 1
        self.cells += len(record.values)
        self.words = True
        self.characters += sum(map(len, record.values))
        if self.rows > self.limits.rows:
            raise too_much("rows", self.limits.rows, record.place)
        if self.cells > self.limits.cells:
            raise too_much("cells", self.limits.cells, record.place)
        if self.characters > self.limits.characters:
            raise too_much("characters", self.limits.characters)

    def row(self, row: Row) -> None:
        self.rows += 1
        self.cells += len(row.cells)
        if self.rows > self.limits.rows:
            raise too_much("rows", self.limits.rows, row.place)
        if self.cells > self.limits.cells:
            raise too_much("cells", self.limits.cells, row.place)
        for cell in row.cells:
            if cell.column + cell.column_span - 1 > self.limits.columns:
                raise too_much("columns", self.limits.columns, row.place)
            for paragraph in cell.paragraphs:
                self.paragraph(paragraph)


def main(kind: str, suffix: str, limits: Limits, pipe: int | None = None) -> None:
    """Read standard input and say on standard output what was found."""
    say = os.fdopen(1, "wb", buffering=256 * 1024, closefd=False)

    def tell(message: wire.Message) -> None:
        say.write(wire.encode(message))

    def ask(png: bytes, page: int) -> list[letters.Seen]:
        tell(wire.Picture(page, png))
        say.flush()
        return letters.hear(pipe) if pipe is not None else []

    if pipe is not None:
        letters.set_asker(ask)
    # No reader needs it, openpyxl imports it where it is there, and it starts threads and writes to
    # the environment, which nothing here may.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    # Short-lived and bounded in memory: looking for circles of dead objects only takes time.
    gc.disable()
    try:
        confine(limits)
        file = os.fdopen(0, "rb", closefd=False)
        format = recognise(file, suffix, limits)
        tell(wire.Format(format))
        read = reader(format) if kind == "document" else row_reader(format, kind == "values")
        for item in counted(read(file, limits), limits):
            shown = without_bands(item) if isinstance(item, Table) else item
            for message in wire.messages(shown):
                tell(message)
        tell(wire.Done())
    except BaseException as error:
        # Whatever went wrong, the parent gets one sentence and the user never a traceback.
        tell(_refusal(error, limits))
    say.flush()


def _refusal(error: BaseException, limits: Limits) -> wire.Refused:
    if isinstance(error, Refusal):
        rule = error.rule if isinstance(error, Unsafe) else None
        return wire.Refused(error.what, error.do, rule, wire.pack_place(error.place, Place()))
    if isinstance(error, MemoryError):
        return wire.Refused(
            f"Reading the file needs more than {limits.memory // MEGABYTE:,} megabytes of memory.",
            "Split it into smaller files, or take out what is not needed.",
            "limit",
        )
    if isinstance(error, RecursionError):
        return wire.Refused(
            "Things stand inside one another too deep to be a real document.",
            "Copy the words into a new document and send that.",
            "limit",
        )
    if isinstance(error, Forbidden):
        return wire.Refused(
            "Reading the file tried to reach outside it.",
            "Ask whoever sent it for a fresh copy; do not open this one.",
            "outside reference",
        )
    return wire.Refused(
        f"The file is damaged, or built in a way that we cannot read ({type(error).__name__}).",
        "Open it in the program that made it, save it again and try once more.",
    )


if __name__ == "__main__":
    main(
        sys.argv[1],
        sys.argv[2],
        msgspec.json.decode(sys.argv[3], type=Limits),
        int(sys.argv[4]) if sys.argv[4:] else None,
    )
    # Nothing may run after the last word: no clean-up of a parser gone wrong can change the result.
    os._exit(0)
