"""Which characters the bytes of a plain file stand for; never guessed in silence."""

from __future__ import annotations

import codecs

from goldenthread.errors import Place, Unreadable
from goldenthread.intake.document import LeftOut

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE = "Save it again as UTF-8 (in Excel: “CSV UTF-8”) and try once more."


def decode(content: bytes) -> tuple[str, LeftOut | None]:
    """The text, and a note where its encoding had to be assumed.

    A byte order mark decides; then strict UTF-8; then Windows-1252, in which British Excel and
    older web editors save, where every byte is a character of it. What the file itself declares is
    not believed, since it is often wrong.

    Raises ``Unreadable`` where no reading fits.

    >>> decode("£2m".encode("cp1252"))[0]
    '£2m'
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding), None
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"The file says it is {encoding.upper()} and is not.", do=_SAVE
                ) from error
    if b"\0" in content:
        raise not_text(content)
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable(
            "The file's characters are in no encoding we know.",
            do=_SAVE,
            place=_line(content, error.start),
        ) from error
    return text, LeftOut(
        "encoding",
        "The file does not say how its characters are written; it was read as Windows-1252."
        " Check pound signs, dashes and accents.",
    )


def not_text(content: bytes) -> Unreadable:
    """The refusal of bytes among which there is a null, with the first line that has one."""
    place = _line(content, content.find(b"\0"))
    return Unreadable("The file is not text.", do=_SAVE, place=place)


def _line(content: bytes, at: int) -> Place:
    """Where a byte stands, as an editor counts lines."""
    return Place(row=content.count(b"\n", 0, at) + 1)
