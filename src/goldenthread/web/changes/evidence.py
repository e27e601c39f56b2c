"""Which files may be kept as evidence, told by their bytes; a name is never believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

_SAMPLE = 4096


@dataclass(frozen=True)
class FileKind:
    """A kind of file: what people call it, and the media type under which it is handed out."""

    words: str
    media: str


_MARKS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind("PDF", "application/pdf")),
    (b"\x89PNG\r\n\x1a\n", FileKind("PNG picture", "image/png")),
    (b"\xff\xd8\xff", FileKind("JPEG picture", "image/jpeg")),
    # Word, Excel, PowerPoint and OpenDocument are all archives; nobody opens them here.
    (b"PK\x03\x04", FileKind("Office document", "application/octet-stream")),
)
_TEXT = FileKind("plain text", "text/plain; charset=utf-8")
# Text that a browser or a shell would run, by how it begins.
_RUNS = ("<!", "<?", "<html", "<svg", "<script", "#!", "{\\rtf")

KINDS_IN_WORDS = "PDF, PNG or JPEG picture, Word, Excel, PowerPoint, OpenDocument or plain text"


def kind_of_file(file: IO[bytes]) -> FileKind | None:
    """What a file is, by its first bytes; None for a kind that is not kept. The file is rewound.

    >>> import io
    >>> kind_of_file(io.BytesIO(b"%PDF-1.7 ...")).words
    'PDF'
    >>> kind_of_file(io.BytesIO(b"<svg onload=x>")) is None
    True
    """
    file.seek(0)
    start = file.read(_SAMPLE)
    file.seek(0)
    for mark, kind in _MARKS:
        if start.startswith(mark):
            return kind
    if b"\0" in start:
        return None
    # A sample may end inside a letter.
    for end in range(len(start), max(len(start) - 4, -1), -1):
        try:
            text = start[:end].decode("utf-8-sig").lstrip().lower()
        except UnicodeDecodeError:
            continue
        return None if text.startswith(_RUNS) or "<script" in text else _TEXT
    return None
