"""The marks of a rich text file (.rtf): control words, groups, and bytes as the words they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldenthread.errors import Unsafe
from goldenthread.intake.limits import Limits

_MARK = re.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})?[ ]?|'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|(?P<symbol>[^A-Za-z']))|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|[\r\n]+|(?P<odd>.)",
    re.DOTALL,
)

SPECIAL = {
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "tab": "\t",
    "line": "\n",
    "softline": " ",
    "zwj": "",
    "zwnj": "",
}
"""Control words that stand for one character."""

_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
}
_PAGES = {437: "cp437", 850: "cp850", 10000: "mac_roman", 65001: "utf-8", 936: "gbk"}
SYMBOL = "symbol"
"""The encoding of fonts whose characters are pictures."""

Mark = tuple[str, str, int | None]
"""Kind of mark ("word", "text", "byte", "symbol", "{" or "}"), its words, its number."""


def marks(content: bytes, limits: Limits) -> Iterator[Mark]:
    """The marks of a file in order; raises ``Unsafe`` where groups stand too deep in one another.

    >>> [mark[:2] for mark in marks(rb"{\\b Plan}", Limits())]
    [('{', ''), ('word', 'b'), ('text', 'Plan'), ('}', '')]
    """
    at, depth = 0, 0
    while at < len(content):
        found = _MARK.match(content, at)
        if found is None:
            return
        at = found.end()
        kind = found.lastgroup
        if kind == "text":
            yield "text", found["text"].decode("latin-1"), None
        elif kind in ("word", "number"):
            word = found["word"].decode("ascii")
            number = None if found["number"] is None else int(found["number"])
            if word == "bin":
                at += max(0, number or 0)
            else:
                yield "word", word, number
        elif kind == "hex":
            yield "byte", "", int(found["hex"], 16)
        elif kind == "symbol":
            yield "symbol", found["symbol"].decode("latin-1"), None
        elif kind == "open":
            depth += 1
            if depth > limits.depth:
                raise Unsafe(
                    "Groups stand inside one another too deep to be a real document.",
                    rule="limit",
                    do="Copy the words into a new document and send that.",
                )
            yield "{", "", None
        elif kind == "close":
            depth = max(0, depth - 1)
            yield "}", "", None


def encoding(charset: int | None = None, page: int | None = None) -> str:
    """The encoding that a font's character set, or the file's code page, names."""
    if charset == 2:
        return SYMBOL
    if charset in _CHARSETS:
        return _CHARSETS[charset]
    if page is None:
        return ""
    return _PAGES.get(page, f"cp{page}" if page in range(1250, 1259) else "cp1252")


def decoded(content: bytes, name: str) -> str:
    """The words that bytes stand for; a character of a picture font is a bullet."""
    if name == SYMBOL:
        return "•" * len(content)
    return content.decode(name or "cp1252", errors="replace").replace("\ufffd", "")
