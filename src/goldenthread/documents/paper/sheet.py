"""A paper as it stands on its pages, before any format draws it: sections, tables, figures, marks.

Every text is a run of words; what a person said or a document contains is marked as said, so that
each format can set it apart. A mark is the number of a line in the appendix that tells where a
figure comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, get_args

from goldenthread.charts import Drawing

Key = Literal[
    "about",
    "decisions",
    "summary",
    "movements",
    "exceptions",
    "reds",
    "dates",
    "asks",
    "stances",
    "measures",
    "implications",
    "background",
    "plan",
    "sources",
]
KEYS: tuple[Key, ...] = get_args(Key)
"""The sections in the order of our own template."""

# Signs that no Word file, page or PDF may hold: nobody can see them either.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

Tone = Literal["", "done", "on_track", "at_risk", "late", "not_due", "withdrawn"]


def printable(text: str) -> str:
    """The text without the signs that no format can hold.

    >>> printable("A\\x00 plan\\x1f")
    'A plan'
    """
    return _UNPRINTABLE.sub("", text)


class _Printable:
    """A value whose texts are printable, whatever it was given."""

    def __post_init__(self) -> None:
        for each in fields(self):  # type: ignore[arg-type]
            value = getattr(self, each.name)
            if isinstance(value, str):
                object.__setattr__(self, each.name, printable(value))


@dataclass(frozen=True)
class Run(_Printable):
    """Words in one look. ``mark`` stands behind them; 0 for none."""

    text: str
    kind: Literal["", "strong", "said"] = ""
    mark: int = 0


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True)
class Words:
    """A paragraph; ``with_next`` keeps it on the page of what follows."""

    runs: Runs
    with_next: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list, numbered where the order or the number of a point matters."""

    items: tuple[Runs, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Head(_Printable):
    """A heading inside a section."""

    text: str


@dataclass(frozen=True)
class Cell:
    """A cell: its paragraphs, the standing whose mark it bears, and whether it names its row.

    ``anchor`` is the mark to which a figure points.
    """

    lines: tuple[Runs, ...] = ()
    tone: Tone = ""
    names: bool = False
    anchor: int = 0

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join("".join(run.text for run in line) for line in self.lines)


@dataclass(frozen=True)
class Column(_Printable):
    """A column: its heading, and how wide it is beside the others."""

    heading: str
    width: int


@dataclass(frozen=True)
class Grid(_Printable):
    """A table with a title, and a row of headings that every page repeats."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A chart; its words and its table stand beside it as blocks of their own."""

    drawing: Drawing


Block: TypeAlias = Words | Bullets | Head | Grid | Picture


@dataclass(frozen=True)
class Section:
    """A part of the paper under a heading; an appendix begins on a page of its own."""

    key: Key
    heading: str
    blocks: tuple[Block, ...]
    appendix: bool = False


@dataclass(frozen=True)
class Sheet(_Printable):
    """The whole paper: its finding as title, what each small mark stands for, and its sections.

    ``words`` holds what a template may place anywhere ("committee", "author"). ``foot`` runs along
    the bottom of each page of ours.
    """

    title: str
    foot: str
    words: dict[str, str]
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        """The section with that key; None where it was left out."""
        return next((one for one in self.sections if one.key == key), None)


def plain(text: str) -> Runs:
    """The words as they are."""
    return (Run(text),)


def strong(text: str) -> Runs:
    """Words that lead."""
    return (Run(text, "strong"),)


def said(text: str) -> Runs:
    """Words that somebody said or wrote, word for word."""
    return (Run(text, "said"),)


def cell(*lines: Runs | str, tone: Tone = "", names: bool = False, anchor: int = 0) -> Cell:
    """A cell of these paragraphs, each broken at its own line ends."""
    return Cell(
        tuple(plain(line) if isinstance(line, str) else line for line in lines if line),
        tone,
        names,
        anchor,
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that somebody typed."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
