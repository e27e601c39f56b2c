"""Reads the words of one cell or line that may hold scraps of HTML, bullets and bold stars.

Tables copied out of a committee system keep a few tags (``<ul style=…>``, ``<p>``) inside plain
text, often unclosed. They are read as what they were meant to show.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from goldenthread.intake.document import Paragraph
from goldenthread.intake.markers import BULLETS, Depth, opening
from goldenthread.intake.words import tidy

_TAGS = "ul|ol|li|p|br|div|b|strong|i|em|u|span|font|a|sup|sub"
_TOKEN = re.compile(
    rf"(?P<tag></?(?P<name>{_TAGS})(?=[\s/>])[^<>]{{0,500}}>)"
    rf"|(?P<bullet>(?<!\S)[{re.escape(BULLETS)}](?=\s*\S))|(?P<line>\n)",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*])\*([^\s*][^*]{0,200}?)(?<!\s)\*(?![\w*])")


def has_markup(words: str) -> bool:
    """Whether these words hold a tag or a bullet that is not simply at their start."""
    return any(
        found["tag"] or (found["bullet"] and words[: found.start()].strip())
        for found in _TOKEN.finditer(words)
    )


def _plain(words: str) -> str:
    """Words with character references resolved, tidied as in every format."""
    return tidy(_ENTITY.sub(lambda found: html.unescape(found[0]), words))


def paragraphs(words: str) -> tuple[Paragraph, ...]:
    """The paragraphs and list items that a cell shows, blank ones between ``<p>`` tags included.

    Words inside a list that has lost its bullets are one item with ``marker`` None. A list that is
    never closed ends with the cell, as where a page end has cut it.

    >>> [(p.text, p.list_level) for p in paragraphs("<ul> • Publish • Report <p>Then</p>")]
    [('Publish', 0), ('Report', 0), ('Then', None)]
    >>> [p.text for p in paragraphs("<p>May</p> <p></p> <p>June</p>")]
    ['May', '', 'June']
    """
    reader = _Reader()
    last = 0
    for found in _TOKEN.finditer(words):
        reader.words(words[last : found.start()])
        last = found.end()
        if found["tag"]:
            reader.tag(found["name"].lower(), found["tag"].startswith("</"))
        elif found["bullet"]:
            reader.bullet(found["bullet"])
        else:
            reader.end()
    reader.words(words[last:])
    reader.end()
    return tuple(reader.done)


@dataclass
class _Reader:
    """Gathers paragraphs from words, tags and bullets as they come."""

    done: list[Paragraph] = field(default_factory=list)
    _held: list[str] = field(default_factory=list)
    _lists: list[int | None] = field(default_factory=list)  # next number of an <ol>, None for <ul>
    _depth: Depth = field(default_factory=Depth)
    _mark: tuple[str, int] | None = None  # marker and level of the item being read
    _tagged: bool = False  # a <p> or <li> is open, so even an empty one is printed

    def words(self, words: str) -> None:
        self._held.append(words)

    def bullet(self, shape: str) -> None:
        self.end()
        base = max(len(self._lists) - 1, 0)
        self._mark = ("•", base + self._depth.of(shape))

    def tag(self, name: str, closing: bool) -> None:
        if name in ("b", "strong"):
            self._held.append("**")
        elif name == "br":
            self.end()
        elif name in ("ul", "ol"):
            self.end()
            if not closing:
                self._lists.append(None if name == "ul" else 1)
            elif self._lists:
                self._lists.pop()
        elif name == "li":
            self.end()
            if not closing:
                self._mark = (self._number(), max(len(self._lists) - 1, 0))
                self._tagged = True
        elif name in ("p", "div"):
            # A paragraph that only dresses the item it stands in is not one more.
            if closing or not (self._mark and not self._text()):
                self.end()
            if name == "p" and not closing:
                self._tagged = True
                if self._mark is None:
                    self._depth.close()

    def _number(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "•"
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return str(number)

    def _text(self) -> str:
        return _plain("".join(self._held))

    def end(self) -> None:
        """Ends the paragraph being read and keeps it if it is printed."""
        text, tagged, mark = self._text(), self._tagged, self._mark
        self._held, self._tagged, self._mark = [], False, None
        if not text.strip("* "):
            if tagged and mark is None:
                self.done.append(Paragraph(""))
            return
        if mark is not None:
            self.done.append(styled(text, list_level=mark[1], marker=mark[0]))
            return
        begun = opening(text)
        if begun is not None:
            level = self._depth.of(begun.kind) + max(len(self._lists) - 1, 0)
            self.done.append(styled(begun.rest, list_level=level, marker=begun.marker))
        elif self._lists and not tagged:
            self.done.append(styled(text, list_level=len(self._lists) - 1))
        else:
            self.done.append(styled(text))


def styled(words: str, list_level: int | None = None, marker: str | None = None) -> Paragraph:
    """A paragraph from words with bold stars, one pair of which may have lost its other half.

    >>> styled("Focus groups** – To listen").bold_lead
    'Focus groups'
    >>> styled("the **plan**, once agreed").text
    'the plan, once agreed'
    """
    parts = words.replace("****", "").split("**")
    if len(parts) % 2 == 0 and _closes(parts):
        parts.insert(
            0, ""
        )  # the opening stars were lost: the words before the closing ones are bold
    # Every second part is bold.
    bold = [part.strip() for part in parts[1::2]]
    plain = [part.strip() for part in parts[0::2]]
    text = _plain(_EMPHASIS.sub(r"\1", "".join(parts)))
    whole = any(bold) and not any(plain)
    lead = bold[0].strip(" :–—-.") if bold and bold[0] and not plain[0] and not whole else None
    return Paragraph(text, list_level=list_level, marker=marker, bold=whole, bold_lead=lead or None)


def _closes(parts: list[str]) -> bool:
    """Whether the first stars of an odd number end bold words rather than begin them."""
    before, after = parts[0], parts[1]
    return bool(before) and not before[-1].isspace() and (not after or not after[0].isalnum())
