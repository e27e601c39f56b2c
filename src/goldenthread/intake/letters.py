"""Words on pictures of pages, recognised by Tesseract where this computer has it.

The child that reads a scan draws its pages and asks the parent for their words; the parent hands
each picture to Tesseract, a program of its own that is shut in like the child: no network, no
file that it could fill, bounded memory and time. Nothing leaves the computer. Recognition errs, so
whatever comes of it is marked as uncertain.

Run as a program, this module shuts itself in and becomes Tesseract.
"""

from __future__ import annotations

import contextlib
import os
import re
import resource
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from goldenthread.errors import Unsafe
from goldenthread.intake.confine import _leave_the_network, _limit
from goldenthread.intake.limits import MEGABYTE, Limits

DOTS = 300
"""Dots to the inch in pictures that are handed over."""
_MOST_ANSWER = 8 * MEGABYTE
_LEAST_SURE = 20  # of a hundred; below it Tesseract guesses at dirt


@dataclass(frozen=True)
class Seen:
    """A word on a picture, its box in dots, and how sure Tesseract is of it, of a hundred."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    sure: float


Ask = Callable[[bytes, int], list[Seen]]
"""Gives the words on a picture (as PNG), which shows the page of that number."""

_asking: list[Ask] = []


def asker() -> Ask | None:
    """What to ask for the words on a picture; None where this computer cannot tell them."""
    return _asking[-1] if _asking else None


def set_asker(ask: Ask) -> None:
    """Lets the readers of this process ask."""
    _asking.append(ask)


def program() -> str | None:
    """Where Tesseract is installed, None where it is not."""
    return shutil.which("tesseract")


def picture(grey: bytes, width: int, height: int) -> bytes:
    """A PNG of grey dots, 0 for black, row by row from the top (ISO/IEC 15948)."""
    rows = b"".join(b"\0" + grey[at : at + width] for at in range(0, width * height, width))

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )


# --- the parent's side --------------------------------------------------------------------------


def recognise(png: bytes, limits: Limits) -> list[Seen]:
    """The words that Tesseract sees on a picture; none where it gives up.

    Raises ``Unsafe`` where it takes longer than ``limits.seconds`` or says too much.
    """
    tesseract = program()
    if tesseract is None:
        return []
    with tempfile.TemporaryFile() as file:
        file.write(png)
        file.seek(0)
        reading = subprocess.Popen(  # noqa: S603 - our own program; what was drawn is its input only
            [
                *(sys.executable, "-I", "-B", "-m", "goldenthread.intake.letters"),
                *(msgspec.json.encode(limits).decode(), tesseract),
            ],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"},
            cwd="/",
            close_fds=True,
        )
        try:
            return seen(_said(reading, limits))
        finally:
            reading.kill()
            reading.wait()
            if reading.stdout:
                reading.stdout.close()


def _said(reading: subprocess.Popen[bytes], limits: Limits) -> str:
    assert reading.stdout is not None  # noqa: S101 - it was opened just now
    pipe = reading.stdout.fileno()
    ready = select.poll()
    ready.register(pipe, select.POLLIN)
    end, said = time.monotonic() + limits.seconds, b""
    while True:
        wait = end - time.monotonic()
        if wait <= 0 or not ready.poll(wait * 1000):
            raise Unsafe(
                f"Recognising the words of one page took longer than {limits.seconds} seconds.",
                rule="limit",
                do="Ask for the document itself, not a scan of it.",
            )
        chunk = os.read(pipe, 256 * 1024)
        if not chunk:
            return said.decode("utf-8", errors="replace")
        said += chunk
        if len(said) > _MOST_ANSWER:
            raise Unsafe(
                "More words were recognised on one page than a page holds.",
                rule="limit",
                do="Ask for the document itself, not a scan of it.",
            )


def seen(table: str) -> list[Seen]:
    """The words in Tesseract's table of tab-separated values.

    >>> head = "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth"
    >>> row = "5\\t1\\t1\\t1\\t1\\t1\\t10\\t20\\t30\\t12\\t91.5\\tPlan"
    >>> seen(head + "\\theight\\tconf\\ttext\\n" + row)
    [Seen(text='Plan', x0=10.0, top=20.0, x1=40.0, bottom=32.0, sure=91.5)]
    """
    words = []
    for line in table.splitlines()[1:]:
        parts = line.split("\t")
        if len(parts) != 12 or parts[0] != "5" or not parts[11].strip():
            continue
        numbers = [float(p) for p in parts[6:11] if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", p)]
        if len(numbers) != 5:
            continue
        left, top, width, height, sure = numbers
        if sure >= _LEAST_SURE:
            words.append(Seen(parts[11].strip(), left, top, left + width, top + height, sure))
    return words


def answer(pipe: int, words: list[Seen], limits: Limits) -> None:
    """Writes the words to the child, which may have gone or be deaf."""
    line = msgspec.json.encode(words) + b"\n"
    ready = select.poll()
    ready.register(pipe, select.POLLOUT)
    os.set_blocking(pipe, False)
    end = time.monotonic() + limits.seconds
    with contextlib.suppress(BrokenPipeError):
        while line and ready.poll(max(0, end - time.monotonic()) * 1000):
            with contextlib.suppress(BlockingIOError):
                line = line[os.write(pipe, line) :]


# --- the child's side ---------------------------------------------------------------------------


def hear(pipe: int) -> list[Seen]:
    """The words that the parent writes back."""
    said = b""
    while not said.endswith(b"\n"):
        chunk = os.read(pipe, 256 * 1024)
        if not chunk:
            return []
        said += chunk
    return msgspec.json.decode(said, type=list[Seen])


def _become(limits: Limits, tesseract: str) -> None:
    _leave_the_network()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CPU, limits.seconds)
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_NPROC, 0)
    # Words wherever they stand, in no order: which belong together is told by where they are.
    os.execv(  # noqa: S606
        tesseract,
        [tesseract, "stdin", "stdout", "--dpi", str(DOTS), "--psm", "3", "tsv"],
    )


if __name__ == "__main__":
    _become(msgspec.json.decode(sys.argv[1], type=Limits), sys.argv[2])
