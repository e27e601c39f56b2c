"""Which areas a directorate starts with: how hard each is, what difference it can make, and why.

The two questions are those of the scrutiny update: the most challenging areas, and where the
greatest impact can be made. An area is placed by a word for each and never by a number, so that
nobody adds them up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from goldenthread.timescale import day

Hardness = Literal["most", "challenging", "less"]
Difference = Literal["greatest", "some", "little"]
Choice = Literal["chosen", "not_chosen", "undecided"]

# In the order of the matrix: rows from the top, columns from the left.
HARDNESSES: tuple[Hardness, ...] = get_args(Hardness)
DIFFERENCES: tuple[Difference, ...] = get_args(Difference)
CHOICES: tuple[Choice, ...] = get_args(Choice)
HARDNESS_WORDS: Mapping[Hardness, str] = {
    "most": "Most challenging",
    "challenging": "Challenging",
    "less": "Less so",
}
DIFFERENCE_WORDS: Mapping[Difference, str] = {
    "greatest": "Greatest difference",
    "some": "Some difference",
    "little": "Little difference",
}
CHOICE_WORDS: Mapping[Choice, str] = {
    "chosen": "Chosen",
    "not_chosen": "Not chosen",
    "undecided": "Not decided yet",
}
_PARTS = re.compile(r"\d+|\D+")


@dataclass(frozen=True)
class Placed:
    """An area where it stands on the matrix, whether it is chosen, and why.

    ``horizon`` is the name of one and ``by`` its last day; None where nothing defines that horizon
    now. ``key`` is whatever leads to the area, such as its public identifier.
    """

    number: str
    title: str
    hardness: Hardness
    difference: Difference
    choice: Choice = "undecided"
    reason: str = ""
    horizon: str = ""
    by: date | None = None
    key: str = ""

    @property
    def line(self) -> str:
        """What stands under it in its cell.

        >>> Placed("H2", "Panels", "most", "greatest", "chosen", "", "Short term").line
        'Short term: no last day is set'
        >>> Placed("H2", "Panels", "most", "greatest", "not_chosen").line
        'Not chosen'
        """
        if self.choice != "chosen":
            return CHOICE_WORDS[self.choice]
        if not self.horizon:
            return "Chosen, no horizon yet"
        if self.by is None:
            return f"{self.horizon}: no last day is set"
        return f"{self.horizon}: by {day(self.by)}"

    @property
    def place(self) -> str:
        """Its cell in words.

        >>> Placed("H2", "Panels", "most", "greatest").place
        'Most challenging, greatest difference'
        """
        difference = DIFFERENCE_WORDS[self.difference]
        return f"{HARDNESS_WORDS[self.hardness]}, {difference[0].lower()}{difference[1:]}"


def in_order(areas: Iterable[Placed]) -> tuple[Placed, ...]:
    """The areas by their numbers, H2 before H10."""
    return tuple(sorted(areas, key=lambda area: number_key(area.number)))


def number_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """What a number is sorted by: its letters as letters and its digits as a number.

    >>> sorted(["H10", "H2", "H2a"], key=number_key)
    ['H2', 'H2a', 'H10']
    """
    return tuple(
        (1, int(part), "") if part.isdecimal() else (0, 0, part.casefold())
        for part in _PARTS.findall(number)
    )


def next_number(taken: Sequence[str], name: str) -> str:
    """The number for one area more: the letters of the last with the next figure.

    The first of a directorate begins with the first letter of its name. A number is never used
    twice, so that ``taken`` includes those of areas that were withdrawn.

    >>> next_number(["H1", "H10", "H2"], "Housing and Communities")
    'H11'
    >>> next_number([], "Adults and Health")
    'A1'
    """
    letters = next((one for one in name.upper() if one.isalpha()), "P")
    highest = 0
    for number in sorted(taken, key=number_key):
        parts = re.fullmatch(r"(\D*)(\d+)", number)
        if parts is not None:
            letters, highest = parts[1], max(highest, int(parts[2]))
    return f"{letters}{highest + 1}"


Matrix = tuple[tuple[tuple[Placed, ...], ...], ...]


def matrix(areas: Iterable[Placed]) -> Matrix:
    """Three rows of three cells, each with its areas in the order of their numbers.

    Rows go from the most challenging to the less so, columns from the greatest difference to
    little: the first column is where a directorate starts.
    """
    ordered = in_order(areas)
    return tuple(
        tuple(
            tuple(
                area
                for area in ordered
                if (area.hardness, area.difference) == (hardness, difference)
            )
            for difference in DIFFERENCE_WORDS
        )
        for hardness in HARDNESS_WORDS
    )


@dataclass(frozen=True)
class Counted:
    """How many areas are chosen, not chosen and not decided; ``without_reason`` of those decided.

    ``chosen_with_reason`` is what a sign-off asks for.
    """

    chosen: int
    not_chosen: int
    undecided: int
    without_reason: int
    chosen_with_reason: int

    @property
    def areas(self) -> int:
        """All of them."""
        return self.chosen + self.not_chosen + self.undecided

    @property
    def sentence(self) -> str:
        """What a reader is told, the bad half in it.

        >>> Counted(4, 2, 0, 1, 3).sentence
        '4 chosen, 2 not, 1 has no reason'
        >>> Counted(0, 0, 3, 0, 0).sentence
        'None chosen, 3 not decided yet'
        """
        if not self.areas:
            return "No area is placed yet"
        told = [f"{self.chosen} chosen" if self.chosen else "None chosen"]
        if self.not_chosen:
            told.append(f"{self.not_chosen} not")
        if self.undecided:
            told.append(f"{self.undecided} not decided yet")
        if self.without_reason:
            has = "has" if self.without_reason == 1 else "have"
            told.append(f"{self.without_reason} {has} no reason")
        return ", ".join(told)


def counted(areas: Iterable[Placed]) -> Counted:
    """How many areas there are of each kind; none of those withdrawn belongs among them."""
    held = tuple(areas)
    decided = [area for area in held if area.choice != "undecided"]
    chosen = [area for area in held if area.choice == "chosen"]
    return Counted(
        chosen=len(chosen),
        not_chosen=len(decided) - len(chosen),
        undecided=len(held) - len(decided),
        without_reason=sum(not area.reason.strip() for area in decided),
        chosen_with_reason=sum(bool(area.reason.strip()) for area in chosen),
    )


def finding(name: str, areas: Iterable[Placed]) -> str:
    """The headline of a directorate's priorities.

    >>> area = Placed("H2", "Panels", "most", "greatest", "chosen")
    >>> finding("Housing and Communities", [area])
    'Housing and Communities: 1 area chosen, 1 has no reason'
    """
    found = counted(areas)
    said = found.sentence
    if found.chosen:
        areas_ = "area" if found.chosen == 1 else "areas"
        said = said.replace(" chosen", f" {areas_} chosen", 1)
    return f"{name}: {said[0].lower()}{said[1:]}"


def changed(before: Placed, after: Placed) -> tuple[str, ...]:
    """What became of an area between two sayings of it, each a sentence; empty where nothing did.

    >>> before = Placed("H2", "Panels", "challenging", "some")
    >>> after = Placed("H2", "Panels", "most", "greatest", "chosen")
    >>> changed(before, after)
    ('Moved to most challenging, greatest difference.', 'Chosen.')
    """
    told = []
    if before.title != after.title:
        told.append(f"Called “{after.title}”, before that “{before.title}”.")
    if (before.hardness, before.difference) != (after.hardness, after.difference):
        told.append(f"Moved to {after.place[0].lower()}{after.place[1:]}.")
    if before.choice != after.choice:
        told.append(f"{CHOICE_WORDS[after.choice]}.")
    if before.horizon != after.horizon:
        told.append(f"Horizon: {after.horizon}." if after.horizon else "Without a horizon.")
    if before.reason != after.reason:
        told.append("Its reason was reworded." if before.reason else "It was given a reason.")
    return tuple(told)
