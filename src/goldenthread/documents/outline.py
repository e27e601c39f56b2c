"""A plan without a table: headings, labelled paragraphs and lists that say who does what by when.

What is read here is built into the same records and lines that a table gives, so that values are
typed in one place. A document is only taken for such a plan on evidence: numbered objectives or
actions in its headings, labels such as "Lead:" and "By when:", or items that end in their dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from goldenthread import timescale
from goldenthread.documents import contents
from goldenthread.documents.columns import is_no_plan_title
from goldenthread.documents.headings import Role
from goldenthread.documents.labels import (
    ABOUT,
    Part,
    card_parts,
    ends_in_time,
    is_card,
    parts_of,
    shows_a_plan,
)
from goldenthread.documents.lines import Line
from goldenthread.documents.numbers import list_number, split_title
from goldenthread.documents.records import Record
from goldenthread.errors import Place
from goldenthread.intake import Block, Cell, Paragraph

_ASKS = re.compile(
    r"\b(?:recommend(?:s|ed|ations?)?|objectives|commitments|priorities)\b", re.IGNORECASE
)
_COMMITS = re.compile(r"\b(?:will|shall|commit(?:s|ted)? to|is to|are to|must)\b", re.IGNORECASE)
_SAYS_WHY = re.compile(
    r"\b(?:because|know that|evidence|told us|why|background|context|data show)\b",
    re.IGNORECASE,
)


@dataclass
class _Doing:
    """One action while it is gathered: its paragraphs, and what is said of it under each role."""

    place: Place
    number: str | None = None
    words: list[Paragraph] = field(default_factory=list)
    said: dict[Role, list[Paragraph]] = field(default_factory=dict)
    from_heading: bool = False


@dataclass
class _Wanted:
    """One recommendation while it is gathered; ``said`` holds for all its actions."""

    text: str
    number: str | None
    theme: str | None
    place: Place
    doings: list[_Doing] = field(default_factory=list)
    said: dict[Role, list[Paragraph]] = field(default_factory=dict)
    prose: list[Paragraph] = field(default_factory=list)
    explicit: bool = False
    response: str = ""


@dataclass(frozen=True)
class Outline:
    """The records that an outline gives, and how many paragraphs among them were not read."""

    records: tuple[Record, ...]
    unread: int


def read_outline(blocks: Sequence[Block], title: str | None, *, known: bool = False) -> Outline:
    """The records of a plan that stands in headings, paragraphs and lists; else none.

    ``known`` says that the document is a plan, so that no evidence is wanted of it here.
    """
    parts = [part for block in blocks for part in _parts(block)]
    if not known and not shows_a_plan(parts):
        return Outline((), 0)
    gathering = _Gathering(parts, title)
    for index, part in enumerate(parts):
        gathering.take(index, part)
    gathering.close()
    built = [_record(each) for each in gathering.found]
    records = tuple(r for r in built if r.text or any(line.text("action") for line in r.lines))
    gathering.unread += len(built) - len(records)
    if not any(record.lines for record in records) and not any(p.kind == "wanted" for p in parts):
        return Outline((), 0)
    return Outline(records, gathering.unread)


def _parts(block: Block) -> Iterator[Part]:
    if isinstance(block, Paragraph):
        if any(letter.isalnum() for letter in block.text):
            yield from parts_of(block)
    elif is_card(block):
        yield from card_parts(block)


# --- gathering --------------------------------------------------------------------------------


class _Gathering:
    """Where the reading of an outline stands."""

    def __init__(self, parts: Sequence[Part], title: str | None) -> None:
        self.parts = parts
        self.title = " ".join((title or "").split())
        self.found: list[_Wanted] = []
        self.unread = 0
        self._wanted: _Wanted | None = None
        self._doing: _Doing | None = None
        self._label: Role | None = None
        self._theme: str | None = None
        self._item_level = 0
        self._wanted_level = 0
        self._theme_level = 0
        self._list_of_wanted = False
        self._number: str | None = None
        self._labelled = any(p.kind == "wanted" for p in parts)
        self._level = min((p.level for p in parts if p.kind == "wanted"), default=99)
        self._names_actions = any(
            (p.kind == "does" and p.role is None)
            or (p.role == "action" and p.kind in ("label", "heading"))
            for p in parts
        )

    def take(self, index: int, part: Part) -> None:
        """One part after another, in the order printed."""
        {
            "wanted": self._on_wanted,
            "does": self._on_does,
            "heading": self._on_heading,
            "label": self._on_label,
            "item": self._on_item,
            "text": self._on_text,
        }[part.kind](index, part)

    def close(self) -> None:
        """End the last recommendation: what it says for all goes to every action."""
        wanted = self._wanted
        self._doing, self._label = None, None
        if wanted is None:
            return
        self._wanted = None
        if not wanted.doings:
            committed = [p for p in wanted.prose if _commits(p.text)]
            self.unread += len(wanted.prose) - len(committed)
            wanted.doings += [_Doing(p.place, words=[p]) for p in committed]
        else:
            self.unread += len(wanted.prose)
        if not wanted.doings and wanted.said.keys() & {"lead", "timescale", "end"} and wanted.text:
            wanted.doings.append(_Doing(wanted.place, words=[Paragraph(wanted.text)]))
        for doing in wanted.doings:
            dated = bool(doing.words) and ends_in_time(doing.words[-1].text)
            for role, paragraphs in wanted.said.items():
                if not (dated and role in ("timescale", "start", "end")):
                    doing.said.setdefault(role, paragraphs)

    # what a heading or a labelled number begins

    def _on_wanted(self, _: int, part: Part) -> None:
        if part.prefix in ("theme", "strand") and self._has_other_wanted(part.prefix):
            self.close()
            self._theme = " ".join(part.paragraph.text.split())
            self._theme_level = part.level
            return
        self._begin(part.text, part.number, part.paragraph.place)

    def _has_other_wanted(self, prefix: str) -> bool:
        return any(p.kind == "wanted" and p.prefix != prefix for p in self.parts)

    def _begin(self, text: str, number: str | None, place: Place) -> None:
        self.close()
        self._wanted = _Wanted(text, number, self._theme, place)
        self.found.append(self._wanted)

    def _on_does(self, index: int, part: Part) -> None:
        alone = not self._labelled and not self._is_labelled_below(index)
        if part.role == "recommendation" or (alone and self._has_items_below(index)):
            self._begin(part.text, part.number, part.paragraph.place)
            return
        if self._wanted is None:
            self._begin(self._theme or self.title, None, part.paragraph.place)
        self._do(part.paragraph, part.text, part.number, heading=True)

    def _on_heading(self, index: int, part: Part) -> None:
        if part.level <= self._theme_level:
            self._theme = None
        if part.role is not None:
            self._open(part.role, part)
            return
        if part.text == self.title:
            return
        self._list_of_wanted = False
        if is_no_plan_title(part.text):
            self.close()
            return
        if self._labelled:
            if part.level <= self._level:
                self.close()
                if part.level < self._level:
                    self._theme, self._theme_level = part.text, part.level
            elif self._wanted is not None and self._is_labelled_below(index):
                self._do(part.paragraph, part.text, None, heading=True)
            else:
                self._doing, self._label = None, None
                self._label = "rationale" if _SAYS_WHY.search(part.text) else None
            return
        if self._theme and part.level > self._theme_level and self._only_labels_below(index):
            self._do_under_theme(part)
        elif self._has_plan_below(index):
            self._begin(part.text, list_number(part.paragraph), part.paragraph.place)
            self._split_number()
        else:
            self.close()
            self._theme, self._theme_level = part.text, part.level

    def _do_under_theme(self, part: Part) -> None:
        """A heading with its lead and date under a wider one: an action that answers the wider."""
        if self._wanted is None:
            self._begin(self._theme or "", None, part.paragraph.place)
            self._wanted = self.found[-1]
            self._wanted.theme = None
            self._split_number()
        number, words = split_title(part.text)
        self._do(part.paragraph, words, number or list_number(part.paragraph), heading=True)

    def _only_labels_below(self, index: int) -> bool:
        """Whether what stands under a heading says who and when of the heading itself."""
        below = list(self._until_next(index))
        labels = {p.role for p in below if p.kind == "label"}
        return bool(labels & {"lead", "timescale", "end"}) and "action" not in labels

    def _split_number(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        match = re.match(r"^(\d+(?:\.\d+)*)[.:)]?\s+(?=\S)", wanted.text)
        if match:
            wanted.number, wanted.text = match[1], wanted.text[match.end() :]

    # labels

    def _on_label(self, _: int, part: Part) -> None:
        role = part.role
        if role == "recommendation":
            self._begin(part.text, None, part.paragraph.place)
        elif role == "theme":
            self.close()
            self._theme = part.text or self._theme
        elif role == "response":
            if self._wanted is not None:
                self._wanted.response = part.text
        elif role == "number":
            self._number = part.text or None
        elif role is not None:
            self._open(role, part, value=part.text)

    def _open(self, role: Role, part: Part, value: str = "") -> None:
        """A label: its value goes where it belongs, or what follows does where it has none."""
        self._label = None
        if role == "recommendation":
            self.close()
            self._list_of_wanted = True
            return
        if role == "theme":
            return
        if role == "action":
            if self._wanted is None:
                self._begin(self._theme or self.title, None, part.paragraph.place)
            self._doing = None
            self._mark_explicit()
            if value:
                self._do(part.paragraph, value, None, heading=True)
            else:
                self._label = "action"
            return
        if self._wanted is None:
            return
        if value:
            self._say(role, replace(part.paragraph, text=value, marker=None))
        else:
            self._label = role
        if role == "rationale":
            self._label = "rationale" if not value else None

    def _mark_explicit(self) -> None:
        if self._wanted is not None:
            self._wanted.explicit = True

    def _say(self, role: Role, paragraph: Paragraph) -> None:
        if role == "rationale":
            self.unread += 1
            return
        said = self._home(paragraph)
        if said is not None:
            said.setdefault(role, []).append(paragraph)

    def _home(self, paragraph: Paragraph) -> dict[Role, list[Paragraph]] | None:
        """Where a labelled value belongs: to the last action, or to the whole recommendation.

        After a list of actions of which none has labels of its own, a label speaks for all.
        """
        wanted, doing = self._wanted, self._doing
        if wanted is None:
            return None
        if doing is None:
            return wanted.said
        listed = paragraph.list_level is not None and self._label is None
        alone = len(wanted.doings) == 1 or any(d.said for d in wanted.doings)
        return doing.said if doing.from_heading or listed or alone else wanted.said

    # items and paragraphs

    def _on_item(self, index: int, part: Part) -> None:
        level = part.paragraph.list_level or 0
        if self._list_of_wanted and (self._wanted is None or level <= self._wanted_level):
            self._begin(part.text, part.paragraph.marker, part.paragraph.place)
            self._item_level = self._wanted_level = level
            return
        if self._wanted is None:
            return
        if self._label is not None and self._label != "action":
            self._say(self._label, replace(part.paragraph, text=part.text))
            return
        if (
            self._doing is not None
            and self._doing.words
            and (level > self._item_level or self._doing.from_heading)
        ):
            self._doing.words.append(replace(part.paragraph, text=part.text))
            return
        beside = self._doing is not None and self._is_beside(self._doing, level)
        if (
            self._label is None
            and self._names_actions
            and not beside
            and self._actions_named(index)
        ):
            self._wanted.prose.append(part.paragraph)
            return
        self._item_level = level
        self._do(part.paragraph, part.text, None)

    @staticmethod
    def _is_beside(doing: _Doing, level: int) -> bool:
        """Whether an item stands in the same list as the action before it."""
        return bool(doing.words) and doing.words[0].list_level == level and not doing.from_heading

    def _actions_named(self, index: int) -> bool:
        """Whether this recommendation names its actions, so that other items only explain."""
        if self._wanted is not None and self._wanted.explicit:
            return True
        for part in self.parts[index:]:
            if part.kind == "wanted" or (part.kind == "heading" and part.level <= self._level):
                return False
            if part.role == "action" or (part.kind == "does" and part.role is None):
                return True
        return False

    def _do(
        self, paragraph: Paragraph, text: str, number: str | None, heading: bool = False
    ) -> None:
        if self._wanted is None:
            return
        words = [replace(paragraph, text=text, heading=None)] if text else []
        if heading:
            words = [replace(w, list_level=None, marker=None) for w in words]
            self._label = None
            self._item_level = -1
        if number is None and self._number is not None:
            number, self._number = self._number, None
        self._doing = _Doing(paragraph.place, number, words, from_heading=heading)
        self._wanted.doings.append(self._doing)

    def _on_text(self, index: int, part: Part) -> None:
        wanted = self._wanted
        if self._introduces_wanted(index, part):
            self.close()
            self._list_of_wanted = True
            return
        if wanted is None:
            return
        if not wanted.text:
            wanted.text = part.text
            return
        if self._label is not None and self._label != "action":
            self._say(self._label, replace(part.paragraph, text=part.text))
            return
        if self._label == "action":
            self._do(part.paragraph, part.text, None)
            self._label = "action"
            return
        if part.text.endswith(":"):
            explains = _SAYS_WHY.search(part.text) and not _COMMITS.search(part.text)
            self._label = "rationale" if explains else None
            self._doing = None
            return
        doing = self._doing
        if doing is not None and doing.from_heading and not doing.said:
            self._add_words(doing, part)
            return
        wanted.prose.append(part.paragraph)

    def _add_words(self, doing: _Doing, part: Part) -> None:
        if doing.words and doing.words[-1].list_level is None:
            last = doing.words[-1]
            doing.words[-1] = replace(last, text=f"{last.text} {part.text}")
        else:
            doing.words.append(replace(part.paragraph, text=part.text))

    # looking ahead

    def _introduces_wanted(self, index: int, part: Part) -> bool:
        following = self.parts[index + 1] if index + 1 < len(self.parts) else None
        numbered = (
            following is not None
            and following.kind == "item"
            and (following.paragraph.marker or "•")[0].isdigit()
        )
        return numbered and bool(_ASKS.search(part.text)) and part.text.endswith((":", "."))

    def _until_next(self, index: int) -> Iterator[Part]:
        for part in self.parts[index + 1 :]:
            ends = part.kind == "heading" and part.role in (None, "recommendation", "theme")
            if ends or part.kind in ("wanted", "does"):
                return
            yield part

    def _is_labelled_below(self, index: int) -> bool:
        return any(p.role in ABOUT for p in self._until_next(index) if p.kind == "label")

    def _has_items_below(self, index: int) -> bool:
        return any(p.kind == "item" for p in self._until_next(index))

    def _has_plan_below(self, index: int) -> bool:
        below = list(self._until_next(index))
        following = self.parts[index + 1 + len(below) :][:1]
        if any(p.role in ABOUT | {"action"} for p in below):
            return True
        if following and following[0].kind == "does" and following[0].role is None:
            return True
        items = [p for p in below if p.kind == "item"]
        return any(ends_in_time(p.text) for p in items)


def _commits(text: str) -> bool:
    return bool(_COMMITS.search(text)) or contents.begins_with_a_verb(text)


# --- records ----------------------------------------------------------------------------------


def _record(wanted: _Wanted) -> Record:
    record = Record(wanted.text, wanted.number, wanted.theme, wanted.place)
    record.response = wanted.response
    for doing in wanted.doings:
        if not doing.words:
            doing.words = [Paragraph(wanted.text, place=doing.place)]
        cells: dict[Role, tuple[Cell, ...]] = {"action": (Cell(1, tuple(doing.words)),)}
        for role, paragraphs in doing.said.items():
            cells[role] = (Cell(2, tuple(paragraphs)),)
        record.lines.append(Line(cells, frozenset(cells), doing.place, action_number=doing.number))
    return record


def date_for_all(paragraphs: Sequence[str]) -> str | None:
    """The words of the one date that a sentence gives to every action of the plan.

    >>> date_for_all(["All objectives are to be achieved by March 2016."])
    'by March 2016'
    >>> date_for_all(["All staff were trained by March 2016."]) is None
    True
    """
    for text in paragraphs:
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", text[:2000]):
            if not _FOR_ALL.search(sentence):
                continue
            found = [f for f in timescale.find(sentence) if f.timescale.end is not None]
            if len(found) == 1:
                return sentence[found[0].start : found[0].end]
    return None


_FOR_ALL = re.compile(
    r"\b(?:all|each|every one) (?:of )?(?:the |these |our )?(?:equality )?"
    r"(?:objectives?|actions?|recommendations?|commitments?|targets?|milestones?)\b"
    r".{0,40}?\b(?:(?:to|will|should|must|shall) be|are due|is due)\b",
    re.IGNORECASE,
)
