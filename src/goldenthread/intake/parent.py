"""The side that trusts nothing: starts the child, checks what it says, builds the Document."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from goldenthread.errors import Place, Refusal, Unreadable, Unsafe
from goldenthread.intake import letters, wire
from goldenthread.intake.document import (
    Block,
    Document,
    LeftOut,
    Paragraph,
    Record,
    Row,
    Table,
)
from goldenthread.intake.limits import MEGABYTE, Limits, long_file

Progress = Callable[[int], None]
"""Is told, now and then, how many rows and paragraphs have been read so far."""

_EVERY = 500
_SPLIT = "Split it into smaller files, or take out what is not needed."


def read(
    path: str | os.PathLike[str], limits: Limits | None = None, progress: Progress | None = None
) -> Document:
    """What the file holds, read in a limited child process and recognised by its bytes.

    A wrong extension does not matter: the file is read by what it is. Nothing in it is run, opened
    or fetched. ``progress`` is called with the number of rows and paragraphs read so far.

    Raises:
        Unreadable: missing, a folder, empty, locked, damaged, of a kind that we do not read, or
            without words. The sentence names the file and says what to do.
        Unsafe: macros, an external entity, a bomb, or a limit passed; ``rule`` says which.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "plan.csv")
    ...     _ = path.write_text("No.,Action,Lead\\n1,Publish the pay gap,Head of HR\\n")
    ...     document = read(path)
    >>> document.format, document.tables[0].rows[1].cells[2].text
    ('csv', 'Head of HR')
    """
    limits = limits or Limits()
    name = Path(path).name
    try:
        with _open(path) as file:
            digest = _digest(file, limits)
            suffix = Path(path).suffix
            return _collect(name, digest, _child(file, suffix, limits), progress)
    except Refusal as refusal:
        raise refusal.in_file(name) from None


def rows(
    path: str | os.PathLike[str], limits: Limits | None = None, *, as_held: bool = False
) -> Iterator[Record | LeftOut]:
    """Row by row what the tables of a long file hold, as plain words, in memory that stays small.

    For staff lists and answers: 300,000 rows as .csv or .xlsx never stand in memory together. Rows
    without words are passed over; what the file hides is named after the rows of its sheet. Other
    kinds of file are read as by ``read`` and their tables taken apart. Stop asking, and the child
    ends.

    Values of a workbook read as the sheet prints them. With ``as_held`` they read as the file holds
    them: a date as 2026-03-31 whatever its format, a number with all its decimals.

    ``limits`` are those of ``long_file`` unless given.

    Raises: as ``read``, also after some rows have come; whoever keeps them keeps all or none.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "staff.csv")
    ...     _ = path.write_text("Grade,Headcount\\n\\n5,12\\n")
    ...     [(record.values, record.place.row) for record in rows(path)]
    [(('Grade', 'Headcount'), 1), (('5', '12'), 3)]
    """
    limits = limits or long_file()
    kind = "values" if as_held else "rows"
    name = Path(path).name
    try:
        with _open(path) as file:
            _digest(file, limits)
            for message in _child(file, Path(path).suffix, limits, kind):
                if isinstance(message, wire.Refused):
                    raise _refusal(message)
                if isinstance(message, wire.Done):
                    return
                if isinstance(message, wire.Format):
                    continue
                item = wire.item(message)
                if not isinstance(item, Record | LeftOut):
                    raise _broke_off("sent something else than rows")
                yield item
    except Refusal as refusal:
        raise refusal.in_file(name) from None


def _open(path: str | os.PathLike[str]) -> _Open:
    try:
        # Without waiting, so that a pipe put where a file should be cannot hold us.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Unreadable(
            "There is no such file.", do="Check its name and the folder that it is in."
        ) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "bad name"
        raise Unreadable(
            f"The file cannot be opened: {why}.", do="Check that you may read it."
        ) from None
    return _Open(descriptor)


@dataclass
class _Open:
    """An open file, closed at the end of a ``with``."""

    descriptor: int

    def __enter__(self) -> int:
        kind = os.fstat(self.descriptor).st_mode
        if not stat.S_ISREG(kind):
            os.close(self.descriptor)
            what = "a folder" if stat.S_ISDIR(kind) else "not an ordinary file"
            raise Unreadable(f"This is {what}.", do="Name one document.")
        return self.descriptor

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)


def _digest(file: int, limits: Limits) -> str:
    too_large = Unsafe(
        f"The file is larger than {limits.file_bytes // MEGABYTE:,} megabytes.",
        rule="limit",
        do=_SPLIT,
    )
    if os.fstat(file).st_size > limits.file_bytes:
        raise too_large
    digest, size = hashlib.sha256(), 0
    while chunk := os.read(file, MEGABYTE):
        size += len(chunk)
        if size > limits.file_bytes:
            raise too_large
        digest.update(chunk)
    os.lseek(file, 0, os.SEEK_SET)
    return digest.hexdigest()


def _child(file: int, suffix: str, limits: Limits, kind: str = "document") -> Iterator[wire.Told]:
    """What the child says about the open file, each message checked; the child is always ended."""
    command = [sys.executable, "-I", "-B", "-m", "goldenthread.intake.child", kind, suffix]
    command.append(msgspec.json.encode(limits).decode())
    # Words that are recognised on pictures go back by a pipe of their own.
    hears, tells = os.pipe() if letters.program() else (None, None)
    if hears is not None:
        command.append(str(hears))
    child = subprocess.Popen(  # noqa: S603 - our own program, and the file's name is no part of it
        command,
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
        close_fds=True,
        pass_fds=() if hears is None else (hears,),
    )
    clock = _Clock(time.monotonic() + limits.seconds)
    pictures = 0
    try:
        for line in _lines(child, limits, clock):
            try:
                message = wire.decode(line)
            except (msgspec.MsgspecError, ValueError, RecursionError):
                raise _broke_off("said something we do not understand") from None
            if isinstance(message, wire.Picture):
                pictures += 1
                if tells is None or pictures > limits.pictures:
                    raise _broke_off("asked for what it may not have")
                begun = time.monotonic()
                letters.answer(tells, letters.recognise(message.png, limits), limits)
                clock.end += time.monotonic() - begun
                continue
            yield message
            if isinstance(message, wire.Done | wire.Refused):
                return
        child.wait()
        raise _ended(child.returncode, limits)
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()
        for pipe in (hears, tells):
            if pipe is not None:
                os.close(pipe)


@dataclass
class _Clock:
    """When the child must have ended; it does not run while others work for it."""

    end: float


def _lines(child: subprocess.Popen[bytes], limits: Limits, clock: _Clock) -> Iterator[bytes]:
    """The child's lines, until it ends, passes its time or says too much."""
    assert child.stdout is not None  # noqa: S101 - it was opened just now
    pipe = child.stdout.fileno()
    ready = select.poll()
    ready.register(pipe, select.POLLIN)
    rest, said = b"", 0
    while True:
        wait = clock.end - time.monotonic()
        if wait <= 0 or not ready.poll(wait * 1000):
            raise _too_long(limits)
        chunk = os.read(pipe, 256 * 1024)
        if not chunk:
            return
        said += len(chunk)
        lines = (rest + chunk).split(b"\n") if rest else chunk.split(b"\n")
        rest = lines.pop()
        if said > limits.output_bytes or len(rest) > limits.output_bytes // 64:
            raise Unsafe("The file holds more than we can take in.", rule="limit", do=_SPLIT)
        yield from lines


def _ended(code: int, limits: Limits) -> Refusal:
    """Why a child that never said its last word is gone."""
    if code == -signal.SIGXCPU:
        return _too_long(limits)
    if code < 0:
        return _broke_off("was stopped by the system")
    return _broke_off("ended too early")


def _broke_off(how: str) -> Unsafe:
    return Unsafe(
        f"The file could not be read within the memory and time we allow: the reader {how}.",
        rule="limit",
        do="Open it in the program that made it, save it again, or split it into smaller files.",
    )


def _too_long(limits: Limits) -> Unsafe:
    return Unsafe(f"Reading took longer than {limits.seconds} seconds.", rule="limit", do=_SPLIT)


@dataclass
class _Gathered:
    """The blocks so far, and the table that is open."""

    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    start: wire.TableStart | None = None
    rows: list[Row] = field(default_factory=list)

    def add(self, item: wire.Item) -> None:
        if isinstance(item, LeftOut):
            self.left_out.append(item)
        elif isinstance(item, wire.TableStart):
            self._between_tables()
            self.start = item
        elif isinstance(item, Record):
            raise _broke_off("sent a bare row")
        elif isinstance(item, Row):
            if self.start is None:
                raise _broke_off("sent a row outside a table")
            self.rows.append(item)
        elif isinstance(item, wire.TableEnd):
            if self.start is None:
                raise _broke_off("ended a table twice")
            self.blocks.append(Table(tuple(self.rows), self.start.title, self.start.place))
            self.start, self.rows = None, []
        else:
            self._between_tables()
            self.blocks.append(item)

    def _between_tables(self) -> None:
        if self.start is not None:
            raise _broke_off("left a table open")


def gather(items: Iterator[wire.Item]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The blocks and what was left out, tables that came row by row put together."""
    gathered = _Gathered()
    for item in items:
        gathered.add(item)
    return tuple(gathered.blocks), tuple(gathered.left_out)


def _collect(
    name: str, digest: str, said: Iterator[wire.Told], progress: Progress | None
) -> Document:
    gathered, format, count = _Gathered(), "", 0
    with _no_pauses():
        for message in said:
            if isinstance(message, wire.Refused):
                raise _refusal(message)
            if isinstance(message, wire.Done):
                break
            if isinstance(message, wire.Format):
                format = message.name
                continue
            item = wire.item(message)
            gathered.add(item)
            if isinstance(item, Row | Paragraph):
                count += 1
                if progress and count % _EVERY == 0:
                    progress(count)
    if progress:
        progress(count)
    return Document(name, format, digest, tuple(gathered.blocks), tuple(gathered.left_out))


@contextlib.contextmanager
def _no_pauses() -> Iterator[None]:
    """Python's search for circles of dead objects, switched off: these values have no circles.

    With a million cells it would take longer than the reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refusal(said: wire.Refused) -> Refusal:
    place = wire.unpack_place(said.at, Place())
    if said.rule is None:
        return Unreadable(said.what, do=said.do, place=place)
    return Unsafe(said.what, rule=said.rule, do=said.do, place=place)
