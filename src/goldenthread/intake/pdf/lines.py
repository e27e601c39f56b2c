"""Lines from words, and paragraphs from lines, by nothing but where they stand.

A paragraph ends at a larger gap, before a bullet or number, or where the next word would have
fitted on the line. In a narrow cell even a word is broken; its halves are put together again.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from goldenthread.intake.document import Paragraph
from goldenthread.intake.markers import BULLETS, Depth, opening
from goldenthread.intake.pdf.page import Word
from goldenthread.intake.words import tidy

# A gap between baselines over this many pitches of the text parts two paragraphs.
PARAGRAPH_GAP = 1.35
# Type sizes between two columns on one line, at the least.
COLUMN_GAP = 0.9

# These stand by themselves and are never the rest of a broken word.
_SMALL = (
    "a across after all an and are as at be before between but by each for from has have if in "
    "into is it its of on or our so than that the their them these they this to under we when "
    "where which who will with"
)
_SMALL_WORDS = frozenset(_SMALL.split())


@dataclass
class Line:
    """Words on one line, from left to right."""

    words: list[Word]

    @property
    def text(self) -> str:
        """The words with one space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Where its first word begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where its last word ends."""
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        """The top of its tallest word."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The bottom of its tallest word."""
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """The size of its largest type."""
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether every word is bold, bullets and numbers aside."""
        return all(w.bold for w in self.words if w.text not in BULLETS)

    def middle_of_last(self) -> float:
        """How far down the middle of its last word stands."""
        return self.words[-1].middle

    def segments(self, gap: float = COLUMN_GAP) -> list[list[Word]]:
        """The words in runs that a gap of ``gap`` type sizes or more parts."""
        runs = [[self.words[0]]]
        for word in self.words[1:]:
            if word.x0 - runs[-1][-1].x1 >= gap * min(self.size, word.size * 1.5):
                runs.append([])
            runs[-1].append(word)
        return runs


def into_lines(words: Iterable[Word]) -> list[Line]:
    """Words sorted into lines from top to bottom: those that overlap by half stand on one line."""
    done: list[Line] = []
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        for line in reversed(done[-3:]):
            overlap = min(line.bottom, word.bottom) - max(line.top, word.top)
            if overlap > 0.5 * min(line.bottom - line.top, word.size):
                line.words.append(word)
                break
        else:
            done.append(Line([word]))
    for line in done:
        line.words.sort(key=lambda w: w.x0)
    return done


def pitch(found: Sequence[Line]) -> float:
    """The usual distance between lines of running text; 1.2 type sizes where none follow close."""
    if not found:
        return 12.0
    steps = [
        below.bottom - above.bottom
        for above, below in itertools.pairwise(found)
        if 0 < below.bottom - above.bottom < 1.7 * max(above.size, below.size)
    ]
    usual = 1.2 * statistics.median(line.size for line in found)
    # The closest steps are those inside a paragraph.
    return sorted(steps)[len(steps) // 4] if steps else usual


@dataclass(frozen=True)
class Setting:
    """What is known about the place where lines stand.

    ``right`` is how far a line is seen to run, ``wall`` where even a word must break; ``pitch`` is
    the usual distance between lines; ``known`` holds words that the document prints whole, in
    lower case.
    """

    right: float
    wall: float
    pitch: float
    known: frozenset[str] = frozenset()


@dataclass
class _Draft:
    """A paragraph being put together."""

    lines: list[Line]
    marker: str | None = None
    kind: str = ""
    blank_before: int = 0
    glued: set[int] = field(default_factory=set)  # lines joined to the one before without a space


def paragraphs(found: Sequence[Line], setting: Setting, sizes: bool = False) -> list[Paragraph]:
    """The paragraphs of a cell, or of running text, with list levels and blank lines between them.

    ``sizes`` lets a change of type size end a paragraph, which matters outside tables.
    """
    return [paragraph for paragraph, _ in located(found, setting, sizes)]


def located(
    found: Sequence[Line], setting: Setting, sizes: bool = False
) -> list[tuple[Paragraph, Line]]:
    """The same paragraphs, each with its first line, for whoever needs to know where it stands."""
    depth = Depth()
    done: list[tuple[Paragraph, Line]] = []
    for draft in _drafts(found, setting, sizes):
        done.extend((Paragraph(""), draft.lines[0]) for _ in range(draft.blank_before))
        paragraph = _paragraph(draft)
        if draft.marker is None:
            depth.close()
        else:
            level = depth.of(draft.kind, draft.lines[0].x0)
            paragraph = replace(paragraph, list_level=level, marker=draft.marker)
        if paragraph.text:
            done.append((paragraph, draft.lines[0]))
    return done


def _drafts(found: Sequence[Line], setting: Setting, sizes: bool) -> list[_Draft]:
    drafts: list[_Draft] = []
    for line in found:
        last = drafts[-1] if drafts else None
        begun = opening(line.text)
        if last is not None and begun is None and _is_broken(last, line, setting):
            last.glued.add(len(last.lines))
            last.lines.append(line)
            continue
        if last is None or begun is not None or _ends(last, line, setting, sizes):
            blank = 0
            if last is not None:
                steps = (line.bottom - last.lines[-1].bottom) / max(setting.pitch, 1)
                # Only a gap of whole lines is a blank line; anything else is spacing.
                if 1.9 <= steps < 6 and abs(steps - round(steps)) < 0.12:
                    blank = round(steps) - 1
            marker, kind = (begun.marker, begun.kind) if begun is not None else (None, "")
            drafts.append(_Draft([line], marker, kind, blank))
        else:
            last.lines.append(line)
    return drafts


def _ends(draft: _Draft, line: Line, setting: Setting, sizes: bool) -> bool:
    """Whether the paragraph ends before this line."""
    last, first = draft.lines[-1], line.words[0]
    if line.bottom - last.bottom > PARAGRAPH_GAP * max(setting.pitch, 0.9 * line.size):
        return True
    if sizes and abs(line.size - last.size) > 0.6:
        return True
    text = last.text
    if last.bold and not line.bold and first.text[0].isupper() and len(last.words) < 15:
        return True
    if sizes and line.bold and not last.bold and first.text[0].isupper():
        return True
    letter = (first.x1 - first.x0) / len(first.text)
    room = setting.right - last.x1 - (first.x1 - first.x0) - 0.6 * letter
    if first.text[0].islower() or text[-1] in ",–-&/(" or (text[0].islower() and first.text == "&"):
        # A sentence that goes on is stronger evidence than a hand's breadth of paper.
        return room > 6 * letter and room > 0.25 * (setting.right - last.x0)
    return room > 0.5 * letter


def _is_broken(draft: _Draft, line: Line, setting: Setting) -> bool:
    """Whether this line begins with the rest of a word that had no room on the line before."""
    last, first = draft.lines[-1], line.words[0]
    begins = draft.marker is not None and last is draft.lines[0]
    alone = last.words[1:] if begins else last.words
    if len(alone) != 1 or first.text[0].isupper() or first.text[0] in BULLETS + "–-(&":
        return False
    if line.bottom - last.bottom > PARAGRAPH_GAP * max(setting.pitch, 0.9 * line.size):
        return False
    if not alone[0].text[-1].isalnum() and alone[0].text[-1] not in "/.@_":
        return False
    one, two = alone[0].text, first.text
    if first.text[0].isalpha() and one[-1].isalpha():
        if _bare(one + two) in setting.known:
            return True
        if _bare(one) in setting.known or _bare(two) in setting.known | _SMALL_WORDS:
            return False
    letter = max((word.x1 - word.x0) / len(word.text) for word in (first, alone[0]))
    return last.x1 + 1.15 * letter > setting.wall


def _bare(word: str) -> str:
    return word.strip(".,;:()'\"’“”").lower()


def known_words(all_lines: Iterable[Line]) -> frozenset[str]:
    """The words that stand whole somewhere: a half of a broken word always begins a line."""
    return frozenset(
        _bare(word.text) for line in all_lines for run in line.segments() for word in run[1:]
    )


def _paragraph(draft: _Draft) -> Paragraph:
    text = ""
    for number, line in enumerate(draft.lines):
        words = line.text
        if number == 0:
            text = words
        elif text.endswith("\u00ad"):
            text = text[:-1] + words
        elif number in draft.glued or (
            text.endswith("-") and text[-2:-1].isalpha() and words[0].isalpha()
        ):
            text += words
        else:
            text += " " + words
    every = [word for line in draft.lines for word in line.words]
    if draft.marker is not None:
        begun = opening(text)
        if begun is not None:
            every = every[1:]
            text = begun.rest
    bold = bool(every) and all(w.bold for w in every)
    lead = None
    if every and every[0].bold and not bold:
        first = next(n for n, w in enumerate(every) if not w.bold)
        lead = " ".join(w.text for w in every[:first]).strip(" :–—-.") or None
    return Paragraph(tidy(text), bold=bold, bold_lead=lead)
