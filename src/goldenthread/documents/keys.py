"""What a document's colours and letters mean: its own key first, the usual meaning second.

A colour may be the only status that a plan prints. The colour itself is kept as ``rag``, apart
from the status that it stands for, because schemes differ.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goldenthread import timescale
from goldenthread.errors import Place
from goldenthread.intake import Document, Row
from goldenthread.plan.model import Rag
from goldenthread.plan.wording import fold
from goldenthread.timescale import Status

COLOURS: Mapping[str, Rag] = {
    "red": "red", "r": "red", "amber": "amber", "a": "amber", "yellow": "amber", "y": "amber",
    "orange": "amber", "green": "green", "g": "green", "blue": "blue", "b": "blue",
    "purple": "purple", "p": "purple", "grey": "grey", "gray": "grey",
}  # fmt: skip

# Signs that a plan prints in place of a colour, and those that say a thing is done.
_SIGNS: Mapping[str, Rag] = {
    "🔴": "red", "🟥": "red", "🟠": "amber", "🟡": "amber", "🟧": "amber", "🟨": "amber",
    "🟢": "green", "🟩": "green", "🔵": "blue", "🟦": "blue", "🟣": "purple", "🟪": "purple",
    "⚪": "grey", "⚫": "grey", "⬜": "grey", "⬛": "grey",
}  # fmt: skip
_DONE = frozenset("✓ ✔ ✅ ☑ yes".split())  # noqa: SIM905
_SHARE = re.compile(r"(?P<share>\d{1,3})\s*(?:%|per ?cent)(?:\s+(?:complete|completed|done))?\.?")

# What a colour means where the document has no key of its own.
USUAL: Mapping[Rag, Status] = {
    "blue": "completed",
    "purple": "completed",
    "green": "in_progress",
    "amber": "in_progress",
    "red": "delayed",
    "grey": "not_started",
}

# Words of keys that are not words of a status column.
_KEY_WORDS: tuple[tuple[str, Status], ...] = (
    ("some slippage", "in_progress"), ("minor slippage", "in_progress"),
    ("slight", "in_progress"), ("some delay", "in_progress"), ("minor delay", "in_progress"),
    ("at risk", "in_progress"), ("some concern", "in_progress"), ("minor", "in_progress"),
    ("finished", "completed"), ("off course", "delayed"), ("off track", "delayed"),
    ("serious", "delayed"), ("not begun", "not_started"), ("not yet begun", "not_started"),
    ("not due", "not_started"), ("yet to start", "not_started"),
    ("on course", "in_progress"), ("on target", "in_progress"),
)  # fmt: skip

# What parts a mark from the words that explain it: "G – on track", "Red: late".
_OPENING = re.compile(r"\s+[–—-]\s+|:\s+|\s*\(|[.;,]\s+")
_PIECES = re.compile(r"[;,]|\.(?:\s|$)")
_ENTRY = re.compile(
    r"^(?:.*:)?\s*(?P<what>[A-Za-z]+(?: (?:colour|shading|fill))?)"
    r"\s*(?:=|:|\s[–—-]\s|\bmeans\b|\bis\b)\s*(?P<meaning>[^:=]+)$"
)
# "Green on track, Amber some slippage": a key without a sign between mark and meaning.
_BARE_ENTRY = re.compile(
    r"^(?:.*:)?\s*(?P<what>red|amber|yellow|green|blue|purple|grey)\s+(?P<meaning>[^:=]+)$",
    re.IGNORECASE,
)
_LONGEST_KEY = 2000
_KEY_ROWS = 12
_SHORT_MARK = 2  # letters of a mark that is no colour
_NO_COLOUR = frozenset(
    {"no colour", "no shading", "no fill", "white", "blank", "none", "uncoloured", "clear"}
)


@dataclass(frozen=True)
class Key:
    """What each mark means: by letter or colour word, and for cells without any colour.

    ``learned`` holds the marks whose meaning is a habit of the council and not the document's own;
    ``overruled`` those of which the document says something else than a habit, with what that was.
    """

    meanings: Mapping[str, Status] = field(default_factory=dict)
    without_colour: Status | None = None
    learned: frozenset[str] = frozenset()
    overruled: Mapping[str, Status] = field(default_factory=dict)

    def with_habits(self, statuses: Mapping[str, Status], colours: Mapping[str, Status]) -> Key:
        """The key with what a council's habits say where the document says nothing itself."""
        habits = {fold(words): status for words, status in statuses.items()}
        habits |= {colour: status for colour, status in colours.items() if colour != "none"}
        learned = frozenset(habits.keys() - self.meanings.keys())
        without = self.without_colour or colours.get("none")
        if without is not self.without_colour:
            learned |= {"none"}
        said = {**self.meanings} | ({"none": without} if self.without_colour and without else {})
        known = habits | ({"none": colours["none"]} if "none" in colours else {})
        overruled = {m: status for m, status in known.items() if said.get(m, status) != status}
        return Key({**habits, **self.meanings}, without, learned, overruled)

    def is_usual(self, rag: Rag | None, printed: str) -> bool:
        """Whether a colour has nothing behind it but what it means in most plans."""
        if rag is None or rag in self.meanings:
            return False
        return self.status_of(None, printed) is None

    def doubts(self, usual: Mapping[Rag, tuple[Status, Place]]) -> Iterator[tuple[str, str, Place]]:
        """Code, sentence and place of each habit that gave way to the document's own key, and of
        each colour that was read as ``usual``, where it first stands.
        """
        for mark, status in self.overruled.items():
            own = self.without_colour if mark == "none" else self.meanings[mark]
            yield (
                "habit_overruled",
                f"“{mark}” was kept as the status {status}, and the document's own key says "
                f"{own}: the document was believed.",
                Place(),
            )
        for rag, (status, place) in usual.items():
            yield (
                "usual_colour",
                f"“{rag}” was read as the status {status}, as in most plans: the document has no "
                "key that says what it means.",
                place,
            )

    def habit_behind(self, rag: Rag | None, printed: str) -> str | None:
        """The words or the colour whose meaning came from habits, if this one's did."""
        for mark in (fold(printed), fold(_OPENING.split(printed, maxsplit=1)[0])):
            if mark in self.meanings:
                return mark if mark in self.learned else None
        return rag if rag in self.learned else None

    def status_of(self, rag: Rag | None, printed: str) -> Status | None:
        """The status that a printed mark, or else a colour, stands for."""
        mark = fold(printed)
        if mark in self.meanings:
            return self.meanings[mark]
        share = share_done(printed)
        if share is not None:
            return "completed" if share == 100 else "in_progress" if share else "not_started"
        if printed.strip().casefold() in _DONE:
            return "completed"
        opening = _OPENING.split(printed, maxsplit=1)[0]
        first = fold(opening)
        if first in self.meanings and first != mark:
            return self.meanings[first]
        said = timescale.status_of(printed) if printed and mark not in COLOURS else None
        if said is not None:
            return said
        if rag is None:
            return None
        return self.meanings.get(rag, USUAL[rag])


def read_key(document: Document) -> Key:
    """The document's own key to its marks, wherever it prints one; an empty key where it does not.

    A paragraph is a key when it explains two marks or more, or is called one.
    """
    meanings: dict[str, Status] = {}
    without: Status | None = None
    for text in _candidates(document):
        pieces = _PIECES.split(text[:_LONGEST_KEY])
        found = [_ENTRY.match(piece) for piece in pieces]
        if re.search(r"\bkey\b", text, re.IGNORECASE):
            bare = [_BARE_ENTRY.match(piece) for piece in pieces]
            found = [one or other for one, other in zip(bare, found, strict=True)]
        entries = [(fold(m["what"]), m["meaning"]) for m in found if m is not None]
        marks = [
            (what, meaning)
            for what, meaning in entries
            if what in COLOURS
            or what in _NO_COLOUR
            or what.split()[0] in COLOURS
            or (len(what) <= _SHORT_MARK and _meaning(meaning) is not None)
        ]
        if len(marks) < 2 and not re.search(r"\bkey\b", text, re.IGNORECASE):
            continue
        for what, meaning in marks:
            status = _meaning(meaning)
            if status is None:
                continue
            if what in _NO_COLOUR:
                without = without or status
                continue
            mark = what.split()[0]
            meanings.setdefault(mark, status)
            if mark in COLOURS:
                meanings.setdefault(COLOURS[mark], status)
    return Key(meanings, without)


def _candidates(document: Document) -> Iterable[str]:
    """Texts that may be a key: paragraphs outside tables, and small tables of marks."""
    for block in document.blocks:
        if hasattr(block, "text"):
            yield block.text
            continue
        below = [
            entry
            for row in block.rows[-_KEY_ROWS:]
            if (entry := key_row(row) or mark_row(row)) is not None
        ]
        if len(below) > 1:
            yield "; ".join(f"{mark} = {meaning}" for mark, meaning in below)
        if block.width > (3 if len(block.rows) > 2 else 7) or len(block.rows) > _KEY_ROWS:
            continue
        entries = [entry for row in block.rows for entry in _entries(row)]
        if sum(1 for mark, _ in entries if mark != "no colour") > 1:
            yield "; ".join(f"{mark} = {meaning}" for mark, meaning in entries)


def _entries(row: Row) -> list[tuple[str, str]]:
    """The marks that a row of a small table explains, with their meanings.

    A mark stands in one cell and its meaning in the next, or the colour lies behind the meaning;
    words that mean a status and have no colour say what no colour means.
    """
    cells = [(cell, " ".join(cell.text.split()).replace(";", ",")) for cell in row.cells]
    if len(cells) > 1 and fold(cells[0][1]) in COLOURS:
        return [(cells[0][1], cells[1][1])]
    coloured = [(name, words) for c, words in cells if (name := colour_name(c.fill))]
    plain = [words for c, words in cells if not colour_name(c.fill) and words]
    if len(coloured) == 1 and plain and _meaning(coloured[0][1]) is None:
        return [(coloured[0][0], plain[0])]
    entries: list[tuple[str, str]] = [(name, words) for name, words in coloured if words]
    if len(plain) == 1 and len(coloured) != 1 and _meaning(plain[0]) is not None:
        entries.append(("no colour", plain[0]))
    return entries


def key_row(row: Row) -> tuple[str, str] | None:
    """The mark and its meaning where a row holds nothing else: "R", "Off track".

    So a key looks that stands below a plan in the plan's own columns.
    """
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) != 2 or len(row.cells) < 2:
        return None
    mark, meaning = fold(filled[0].text), " ".join(filled[1].text.split())
    if mark not in COLOURS or (len(mark) > 1 and not filled[0].text.isalpha()):
        return None
    return (mark, meaning) if len(meaning.split()) <= 12 and "=" not in meaning else None


def mark_row(row: Row) -> tuple[str, str] | None:
    """A short mark and the status that it means, where a row holds nothing else ("O", "Late")."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) != 2 or len(fold(filled[0].text)) > _SHORT_MARK:
        return None
    mark, meaning = fold(filled[0].text), " ".join(filled[1].text.split())
    if not mark.isalpha() or "=" in meaning or _meaning(meaning) is None:
        return None
    return mark, meaning


def _meaning(words: str) -> Status | None:
    folded = fold(words)
    for phrase, status in _KEY_WORDS:
        if phrase in folded:
            return status
    return timescale.status_of(words)


def colour_name(fill: str | None) -> Rag | None:
    """The name that a person would give a fill colour; None for none, white, grey and black.

    >>> colour_name("92D050"), colour_name("FFC000"), colour_name("8DB3E2"), colour_name("D9D9D9")
    ('green', 'amber', 'blue', None)
    """
    if not fill or len(fill) != 6:
        return None
    red, green, blue = (int(fill[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.2 or light > 0.96 or light < 0.08:
        return None
    degrees = hue * 360
    if degrees < 20 or degrees >= 330:
        return "red"
    if degrees < 66:
        return "amber"
    if degrees < 165:
        return "green"
    if degrees < 255:
        return "blue"
    return "purple"


def colour_word(printed: str) -> Rag | None:
    """The colour that a status cell names in words or by its letter.

    >>> colour_word("Green"), colour_word("A"), colour_word("Not started")
    ('green', 'amber', None)
    """
    words = fold(printed)
    if words in COLOURS:
        return COLOURS[words]
    sign = next((colour for sign, colour in _SIGNS.items() if sign in printed), None)
    first = words.split()[0] if words else ""
    # "Green – on track" names its colour; "Red tape removed" would not stand in a status cell.
    return sign or (COLOURS.get(first) if len(first) > 2 and len(words.split()) <= 6 else None)


def share_done(printed: str) -> int | None:
    """The share of an action that a status cell says is done, in per cent.

    >>> share_done("75%"), share_done("100% complete"), share_done("95% of staff trained")
    (75, 100, None)
    """
    match = _SHARE.fullmatch(printed.strip().casefold())
    return int(match["share"]) if match and int(match["share"]) <= 100 else None


def is_mark(printed: str) -> bool:
    """Whether a cell holds only a mark: a colour's name, letter or sign, a tick, or a share done.

    >>> is_mark("R"), is_mark("🟢"), is_mark("50%"), is_mark("Reading")
    (True, True, True, False)
    """
    short = len(printed.split()) <= 3
    done = printed.strip().casefold() in _DONE
    return done or share_done(printed) is not None or (short and colour_word(printed) is not None)
