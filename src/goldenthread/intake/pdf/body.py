"""Running text outside tables: paragraphs, and which of them are headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from goldenthread.errors import Place
from goldenthread.intake.document import Paragraph
from goldenthread.intake.pdf.lines import Line, Setting, located, pitch

_LARGER = 1.12  # type this much larger than most letters is a heading
_HEADING_WORDS = 16


@dataclass
class Sized:
    """A paragraph, the size of its type and the page on which it begins."""

    paragraph: Paragraph
    size: float
    page: int


def sized(zone: Sequence[Line], page: int, right: float, known: frozenset[str]) -> list[Sized]:
    """The paragraphs of a zone between tables. ``right`` is how far lines of the document run."""
    if not zone:
        return []
    setting = Setting(right, float("inf"), pitch(zone), known)
    return [
        Sized(paragraph, line.size, page)
        for paragraph, line in located(zone, setting, sizes=True)
        if paragraph.text
    ]


def goes_on(above: Sized, below: Sized) -> bool:
    """Whether the first paragraph of a page is the rest of the last one of the page before."""
    first, rest = above.paragraph, below.paragraph
    return (
        rest.list_level is None
        and rest.text[0].islower()
        and first.text[-1] not in ".:;!?"
        and abs(above.size - below.size) < 0.6
    )


def with_headings(found: Sequence[Sized], usual: float) -> list[Paragraph]:
    """The paragraphs, numbered, with a heading level for larger type and for short bold lines.

    The largest type is level 1; bold lines of the usual size come below every larger one.
    """
    sizes = sorted({_round(s.size) for s in found if s.size > _LARGER * usual}, reverse=True)
    plain = [s for s in found if s.size <= _LARGER * usual]
    # In a document that is bold throughout, bold says nothing.
    bold_says = sum(s.paragraph.bold for s in plain) <= 0.5 * len(plain) or len(plain) < 3
    done = []
    for number, each in enumerate(found, start=1):
        paragraph = replace(each.paragraph, place=Place(page=each.page, paragraph=number))
        level = None
        short = len(paragraph.text.split()) <= _HEADING_WORDS
        if _round(each.size) in sizes:
            level = sizes.index(_round(each.size)) + 1
        elif paragraph.bold and bold_says and short and paragraph.text[-1] not in ".,;":
            level = len(sizes) + 1
        if level is not None and paragraph.marker != "•":
            paragraph = replace(paragraph, heading=min(level, 9), list_level=None)
        done.append(paragraph)
    return done


def _round(size: float) -> float:
    return round(size * 2) / 2
