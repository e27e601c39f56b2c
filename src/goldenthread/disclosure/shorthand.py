"""The shorthand of published tables: what stands in place of a figure, and what beside one.

Markers are letters in square brackets, each in its own pair, and are explained beside the table. A
table has no empty cell: a true nought prints 0, and whatever else is not a figure prints a marker.
Symbols such as * or .. are not used: official statistics discourage them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from goldenthread.errors import Unreadable

Reason = Literal[
    "not_applicable", "not_available", "confidential", "low_rounds_to_zero", "break_in_series",
    "estimated", "forecast", "provisional", "revised", "low_reliability",
]  # fmt: skip
"""Why a figure has a marker. The first four stand in its place, in the order in which they win."""

Measure = Literal["percent", "mean", "median", "gap"]
Exact: TypeAlias = int | Decimal | Fraction

INSTEAD: tuple[Reason, ...] = (
    "not_applicable",
    "not_available",
    "confidential",
    "low_rounds_to_zero",
)
"""The reasons that leave no figure: of several the first is the one that is printed."""

MARKERS: Mapping[Reason, str] = {
    "not_applicable": "[z]",
    "not_available": "[x]",
    "confidential": "[c]",
    "low_rounds_to_zero": "[low]",
    "break_in_series": "[b]",
    "estimated": "[e]",
    "forecast": "[f]",
    "provisional": "[p]",
    "revised": "[r]",
    "low_reliability": "[u]",
}
"""The marker of each reason."""

MEANINGS: Mapping[Reason, str] = {
    "not_applicable": "not applicable: there can be no figure here",
    "not_available": "not available",
    "confidential": "confidential: withheld so that nobody can be worked out",
    "low_rounds_to_zero": "low: more than nought, and rounds to nought",
    "break_in_series": "break in the series: not comparable with what comes before",
    "estimated": "estimated",
    "forecast": "forecast",
    "provisional": "provisional: may still change",
    "revised": "revised since it was first published",
    "low_reliability": "low reliability",
}
"""What a reader is told of each marker, beside the table."""

FEWEST: Mapping[Measure, int] = {"percent": 23, "mean": 8, "median": 10, "gap": 10}
"""The fewest people that a figure may rest on; of a gap, on either side."""


@dataclass(frozen=True)
class Shown:
    """A figure as a table prints it, or the marker that stands in its place.

    Exactly one of the two is there: ``figure`` None where there is a ``marker``.

    >>> str(Shown(Decimal("12.5"))), str(Shown(None, "[c]"))
    ('12.5', '[c]')
    """

    figure: Decimal | None
    marker: str = ""

    def __post_init__(self) -> None:
        known = {MARKERS[reason] for reason in INSTEAD}
        if (self.figure is None) != bool(self.marker) or self.marker not in {"", *known}:
            raise Unreadable("A table prints a figure, or one marker in its place.")

    def __str__(self) -> str:
        return self.marker if self.figure is None else f"{self.figure:f}"


def marker(reason: Reason) -> str:
    """The marker of one reason, in its own pair of brackets.

    Raises ``Unreadable`` for a reason that there is not.

    Source: the shorthand of the Analysis Function,
    https://gss.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help/, and the
    list of https://stats.gov.wales/en-GB/shorthand, which prints [k] for what is [low] here.

    >>> marker("confidential"), marker("low_rounds_to_zero")
    ('[c]', '[low]')
    """
    if reason not in get_args(Reason):
        raise Unreadable(
            "There is no marker for that reason.", do=f"There are {', '.join(get_args(Reason))}."
        )
    return MARKERS[reason]


def instead(reasons: Iterable[Reason]) -> str:
    """The one marker that stands in place of a figure, of all reasons that there are to have none.

    A reader learns something from each marker, so the one that tells least wins: [z] tells what
    everybody knows; [x] tells nothing of the figure; [c] tells that somebody is there, where
    readers know that noughts are shown; [low] tells that few are. Missing: without a reason to have
    no figure it is "", and so it is for reasons that stand beside one.

    Source: the order is ours (release format: [x] “says nothing of the figure, not even that it is
    above nought”); the markers as in ``marker``.

    >>> instead(["confidential", "not_available"]), instead(["low_rounds_to_zero", "confidential"])
    ('[x]', '[c]')
    """
    found = {marker(reason): reason for reason in reasons}
    return next((MARKERS[one] for one in INSTEAD if MARKERS[one] in found), "")


def beside(reasons: Iterable[Reason]) -> str:
    """The markers that stand beside a figure, each in its own pair, once, in the order given.

    Reasons that leave no figure are not among them. Missing: "" where there is none.

    Source: “each marker in its own pair”, as in ``marker``.

    >>> beside(["revised", "estimated"])
    '[r][e]'
    """
    found = dict.fromkeys(marker(reason) for reason in reasons if reason not in INSTEAD)
    return "".join(found)


def explained(printed: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each marker that a table's cells print, in one order for every table.

    Units: cells as printed, such as “12.5”, “[c]” or “41[r][e]”. Missing: a table without markers
    needs no sentence.

    Source: markers are “explained near the table”, as in ``marker``.

    >>> explained(["12", "[c]", "0", "9[r]"])  # doctest: +NORMALIZE_WHITESPACE
    ('[c] confidential: withheld so that nobody can be worked out.',
     '[r] revised since it was first published.')
    """
    cells = list(printed)
    return tuple(
        f"{mark} {MEANINGS[reason]}."
        for reason, mark in MARKERS.items()
        if any(mark in cell for cell in cells)
    )


def to_base(count: int, base: int = 5) -> Shown:
    """A count rounded to the nearest multiple of a base, with 0 and [low] told apart.

    Nought stays 0 and is nobody. What is more than nought and nearer to it than to the base is
    [low], so that no reader takes it for nobody. A count that lies half way goes up::

        shown = base * floor(count / base + 1/2)

    Units: people. Raises ``Unreadable`` for a count below nought and a base below 2. Rounding alone
    protects nobody whose figure stands in tables that add up: what a release may round is decided
    by the intruder, never here.

    Source: rounding to 5 as of HESA,
    https://www.hesa.ac.uk/about/regulation/data-protection/rounding-and-suppression-anonymise-statistics,
    which prints 0 for 1 and 2; that they are [low] here is ours, as in ``marker``.

    >>> [str(to_base(people)) for people in (0, 2, 3, 7, 8)]
    ['0', '[low]', '5', '5', '10']
    """
    if type(count) is not int or count < 0 or type(base) is not int or base < 2:
        raise Unreadable("A count to be rounded is a whole number, and its base 2 or more.")
    nearest = base * ((2 * count + base) // (2 * base))
    if nearest == 0 and count > 0:
        return Shown(None, MARKERS["low_rounds_to_zero"])
    return Shown(Decimal(nearest))


def rate(measure: Measure, value: Exact | None, *people: int, places: int = 0) -> Shown:
    """A percentage, mean, median or gap to so many decimals, or the marker in its place.

    Units: those of the value. ``people`` are how many it rests on: those below the line of a
    percentage, those with pay for a mean or median, those of either side for a gap. Missing: [z]
    where the value is None or it rests on nobody, since there is nothing to reckon; [x] where it
    rests on fewer than ``FEWEST``, which says nothing of the people above the line, not even that
    there is one. A value that is not nought and rounds to it is [low]; halves go away from nought.
    Raises ``Unreadable`` for people or decimals below nought, and for a measure there is not.

    Source: percentages on fewer than 22.5 and averages on 7 or fewer people are not shown by HESA,
    https://www.hesa.ac.uk/about/regulation/data-protection/rounding-and-suppression-anonymise-statistics;
    medians from 10 on, since with 3 to 8 people a median is somebody's salary (the Information
    Commissioner's view in [2023] UKUT 221 (AAC)); gaps from 10 on each side is ours, within the
    body; a policy may ask for more.

    >>> [str(rate("mean", Fraction(1234, 100), people, places=1)) for people in (0, 7, 8)]
    ['[z]', '[x]', '12.3']
    >>> str(rate("gap", Fraction(-5, 2), 12, 9, places=1))
    '[x]'
    """
    if measure not in FEWEST or places < 0 or not people or any(one < 0 for one in people):
        raise Unreadable("A figure says what it measures and on how many people it rests.")
    if value is None or not any(people) or (measure == "percent" and not people[0]):
        return Shown(None, MARKERS["not_applicable"])
    if min(people) < FEWEST[measure]:
        return Shown(None, MARKERS["not_available"])
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    if whole == 0 and exact != 0:
        return Shown(None, MARKERS["low_rounds_to_zero"])
    digits = tuple(int(digit) for digit in str(whole))
    return Shown(Decimal((int(exact < 0), digits, -places)))


def percentage(part: int, whole: int, places: int = 0) -> Shown:
    """What share of some people others among them are, in per cent, or the marker in its place.

    The formula::

        100 * part / whole

    Units: per cent of ``whole``. Missing: [z] where there is nobody to be a share of; [x] below 23
    people; [low] for somebody who rounds to nought; 0 is nobody. Raises ``Unreadable`` where the
    part is below nought or more than the whole.

    Source: as in ``rate``.

    >>> [str(percentage(*each)) for each in ((0, 40), (3, 40), (1, 400), (3, 22), (0, 0))]
    ['0', '8', '[low]', '[x]', '[z]']
    """
    if not 0 <= part <= whole:
        raise Unreadable("The part of a percentage is from nought to the whole.")
    share = Fraction(100 * part, whole) if whole else None
    return rate("percent", share, whole, places=places)
