"""What opens a list item when a file only prints it: bullets, numbers and letters, and how deep.

Text files and PDF pages carry no lists, only the marks that a reader sees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Word's Symbol and Wingdings bullets arrive as private-use characters (U+F0xx).
BULLETS = "•●▪■‣∙⁃◦○❖➢➤✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf0a8"

# These are bullets only at the start of a line and before a space: elsewhere they are punctuation.
# The last three are how the bullets of Word's Wingdings font come out of a PDF.
DASHES = "-–—*+·§Øü"

_NUMBER = re.compile(
    r"""(?P<bold>\*\*)?
        (?: \(? (?P<plain> \d{1,3}(?:\.\d{1,3}){0,3} | [a-z] | [ivx]{2,4} ) \\?[.)]
          | \( (?P<capital> [A-Z] ) \)
          | (?P<pair> \d{1,2}(?:\.\d{1,2}){1,3} ) (?= (?:\*\*)? \s+ ["'“‘(*]* [A-Z] )
        )
        (?P<unbold>\*\*)?
        \s+ (?= ["'“‘(*\[£]* [^\W\d_] )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Opening:
    """The mark that opens an item: its printed ``marker``, the ``kind`` of mark, and the words."""

    marker: str
    kind: str
    rest: str


def opening(words: str) -> Opening | None:
    """What opens these words if they are an item of a list, else None.

    A bullet gives "•" as marker whatever its shape; a number or letter comes without its full stop
    or bracket. A mark with no words after it opens nothing: a cell that holds only "4." keeps it.

    >>> opening("2) Publish the report")
    Opening(marker='2', kind='number', rest='Publish the report')
    >>> opening("- 1. Focus groups")
    Opening(marker='1', kind='number', rest='Focus groups')
    >>> opening("J. Smith") is None
    True
    """
    words = words.strip()
    bullet = _bullet(words)
    if bullet is not None:
        return _number(bullet.rest) or bullet
    return _number(words)


def _bullet(words: str) -> Opening | None:
    if len(words) > 1 and words[0] in BULLETS and words[1:].strip():
        return Opening("•", words[0], words[1:].strip())
    if len(words) > 2 and words[0] in DASHES + "o" and words[1].isspace():
        return Opening("•", words[0], words[2:].strip())
    return None


def _number(words: str) -> Opening | None:
    found = _NUMBER.match(words)
    if not found:
        return None
    marker = found["plain"] or found["capital"] or found["pair"]
    rest = words[found.end() :]
    if found["bold"] and not found["unbold"]:
        rest = "**" + rest
    elif found["unbold"] and not found["bold"]:
        rest = rest.replace("**", "", 1) if rest.startswith("**") else rest
    if marker[0].isdigit():
        kind = "number" if "." not in marker else f"number {marker.count('.') + 1} deep"
    elif marker == "i" or len(marker) > 1:
        kind = "roman"
    else:
        kind = "letter"
    return Opening(marker, kind, rest)


@dataclass
class Depth:
    """How deep each item of a list stands, told by indent first and then by the kind of mark.

    >>> depth = Depth()
    >>> [depth.of(kind, 0) for kind in ("•", "◦", "◦", "•")]
    [0, 1, 1, 0]
    """

    _open: list[tuple[str, float]] = field(default_factory=list)

    def of(self, kind: str, indent: float = 0) -> int:
        """The level of the next item, 0 for the outermost."""
        slack = 1.5
        while self._open and indent < self._open[-1][1] - slack:
            self._open.pop()
        kinds = [k for k, _ in self._open]
        if kind in kinds and indent <= self._open[-1][1] + slack:
            del self._open[kinds.index(kind) + 1 :]
        elif not self._open or kind not in kinds or indent > self._open[-1][1] + slack:
            self._open.append((kind, indent))
        return len(self._open) - 1

    def close(self) -> None:
        """Says that the list has ended."""
        self._open.clear()
