"""Anybody's published pay figures, checked: every rule of the national service, and quarters.

The figures are public already, so a finding may repeat them. A printed percentage that its own
counts do not give is found by ``proportion.misprint``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from goldenthread.workforce.pay.quarters import NAMES, sizes

Severity = Literal["error", "note"]
_GAPS = {
    "mean_hourly": "The mean hourly gap",
    "median_hourly": "The median hourly gap",
    "mean_bonus": "The mean bonus gap",
    "median_bonus": "The median bonus gap",
}
_SHARES = {
    "men_with_bonus": "The share of men with a bonus",
    "women_with_bonus": "The share of women with a bonus",
}


@dataclass(frozen=True)
class SixFigures:
    """A body's six figures as published: per cent, as decimals. None is a figure not given.

    The quarters run from lower to upper.
    """

    mean_hourly: Decimal | None
    median_hourly: Decimal | None
    mean_bonus: Decimal | None
    median_bonus: Decimal | None
    men_with_bonus: Decimal | None
    women_with_bonus: Decimal | None
    men_in_quarters: tuple[Decimal | None, ...] = (None,) * 4
    women_in_quarters: tuple[Decimal | None, ...] = (None,) * 4


@dataclass(frozen=True)
class Error:
    """One thing that is wrong with published figures: its rule, what is wrong and how to mend it.

    An ``error`` cannot be right, or the national service refuses it; a ``note`` may be right and
    is worth a look.
    """

    rule: str
    severity: Severity
    what: str
    do: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.do}".rstrip()


def check_figures(figures: SixFigures) -> tuple[Error, ...]:
    """Everything that is wrong with a body's six figures, in the order of the return.

    Shape: one return in; findings out, none where all is well.
    Units: per cent.
    Missing: an hourly gap, a bonus share or a quarter that is not given is an error; a bonus gap
    has to be missing where no man had a bonus, and has to be there where one had.

    Source: the gender pay gap service, github ukgov-equality-hub/gender-pay-gap, commit 40e5a50,
    ReportFiguresHelper.cs (ValidateBonusPayIntegrity, ValidatePayQuartersAddUpToOneHundred) and
    ReportFiguresViewModel.cs; SI 2017/353 Schedule 1 paragraph 2(1).

    6.25 and 93.75, each rounded by itself, make 100.1:

    >>> ninety, ten = Decimal("93.8"), Decimal("6.3")
    >>> said = SixFigures(
    ...     mean_hourly=Decimal("2.2"),
    ...     median_hourly=Decimal("0.0"),
    ...     mean_bonus=None,
    ...     median_bonus=None,
    ...     men_with_bonus=Decimal(0),
    ...     women_with_bonus=Decimal("1.0"),
    ...     men_in_quarters=(ten, Decimal(40), Decimal(40), Decimal(40)),
    ...     women_in_quarters=(ninety, Decimal(60), Decimal(60), Decimal(60)),
    ... )
    >>> for error in check_figures(said):
    ...     print(error.rule, error.what)
    quarter does not make 100 Men and women in the lower quarter make 100.1%.
    """
    return (*_gaps(figures), *_bonus(figures), *_quarters(figures))


def check_quarter_sizes(people: Sequence[int], employees: int | None = None) -> tuple[Error, ...]:
    """What is wrong with the number of people in each of four published quarters, lower to upper.

    Units: people. Sizes that differ by more than one are an error; so are more people in quarters
    than the body says it employs, where ``employees`` is given. Sizes that are as equal as can be,
    with who is left over elsewhere than guidance puts them, are a note.

    Source: SI 2017/353 Schedule 1 paragraph 13(1) step 2; what it finds was published by
    https://paragonskills.co.uk/about-us/policies/gender-pay-gap/

    >>> unequal, too_many = check_quarter_sizes([76, 76, 124, 76], employees=303)
    >>> print(unequal)
    The quarters have 76, 76, 124, 76 people, and should have 88, 88, 88, 88. Rank everybody by \
pay and divide the list into four equal parts, rather than the range of pay.
    >>> print(too_many.what)
    The quarters have 352 people together, more than the 303 who are employed.
    """
    if len(people) != 4 or min(people) < 0:
        raise ValueError("four quarters, each a number of people")
    expected, found = sizes(sum(people)), []
    told = (
        f"The quarters have {', '.join(map(str, people))} people, and should have "
        f"{', '.join(map(str, expected))}."
    )
    if max(people) - min(people) > 1:
        found.append(
            Error(
                "quarters are not equal",
                "error",
                told,
                "Rank everybody by pay and divide the list into four equal parts, rather than the "
                "range of pay.",
                where="quarters",
            )
        )
    elif tuple(people) != expected:
        found.append(
            Error(
                "who is left over",
                "note",
                told,
                "Guidance puts one who is left over in the lower quarter; two in the lower and the "
                "upper middle; three in all but the upper.",
                where="quarters",
            )
        )
    if employees is not None and sum(people) > employees:
        found.append(
            Error(
                "more in quarters than employed",
                "error",
                f"The quarters have {sum(people):,} people together, more than the {employees:,} "
                "who are employed.",
                "Count each full-pay relevant employee once.",
                where="quarters",
            )
        )
    return tuple(found)


def _gaps(figures: SixFigures) -> list[Error]:
    found = []
    for name, words in _GAPS.items():
        value: Decimal | None = getattr(figures, name)
        if value is None:
            if name.endswith("hourly"):
                found.append(_missing(words, name))
            continue
        found += _decimals(value, words, name)
        if value > 100:
            found.append(
                Error(
                    "gap over 100",
                    "error",
                    f"{words} is {value}%. Nobody can be paid more than 100% less.",
                    "A gap is 100 x (men - women) / men, so men's pay is what it is divided by.",
                    where=name,
                )
            )
    return found


def _bonus(figures: SixFigures) -> list[Error]:
    found = []
    for name, words in _SHARES.items():
        value: Decimal | None = getattr(figures, name)
        if value is None:
            found.append(_missing(words, name))
            continue
        found += _decimals(value, words, name)
        if not 0 <= value <= 100:
            found.append(_not_a_share(words, value, name))
    men, women = figures.men_with_bonus, figures.women_with_bonus
    for name in ("mean_bonus", "median_bonus"):
        value = getattr(figures, name)
        if men == 0 and value is not None:
            found.append(
                Error(
                    "bonus gap without men's bonuses",
                    "error",
                    f"{_GAPS[name]} is given, though 0% of men had a bonus.",
                    "Leave it out: there is nothing to divide by.",
                    where=name,
                )
            )
        if men is not None and men > 0 and value is None:
            found.append(
                Error(
                    "bonus gap is missing",
                    "error",
                    f"{_GAPS[name]} is not given, though {men}% of men had a bonus.",
                    "Give it; it is 100% where no woman had one.",
                    where=name,
                )
            )
        # Ours, and not the service's: with nothing on one side the formula gives 100 exactly.
        if men is not None and men > 0 and women == 0 and value not in (None, 100):
            found.append(
                Error(
                    "bonus gap without women's bonuses",
                    "note",
                    f"{_GAPS[name]} is {value}%, though 0% of women had a bonus.",
                    "It is 100% where no woman had one, unless a share below 0.05% was rounded.",
                    where=name,
                )
            )
    return found


def _quarters(figures: SixFigures) -> list[Error]:
    found = []
    for place, quarter in enumerate(NAMES):
        pair = figures.men_in_quarters[place], figures.women_in_quarters[place]
        given = []
        for sex, value in zip(("men", "women"), pair, strict=True):
            words, where = f"The share of {sex} in the {quarter} quarter", f"{sex} {quarter}"
            if value is None:
                found.append(_missing(words, where))
                continue
            given.append(value)
            found += _decimals(value, words, where)
            if not 0 <= value <= 100:
                found.append(_not_a_share(words, value, where))
        if len(given) == 2 and sum(given) != 100:
            found.append(
                Error(
                    "quarter does not make 100",
                    "error",
                    f"Men and women in the {quarter} quarter make {sum(given)}%.",
                    "Round one of the two, and take it from 100 for the other.",
                    where=quarter,
                )
            )
    return found


def _missing(words: str, where: str) -> Error:
    return Error("figure is missing", "error", f"{words} is not given.", "Give it.", where=where)


def _not_a_share(words: str, value: Decimal, where: str) -> Error:
    return Error(
        "not a share",
        "error",
        f"{words} is {value}%.",
        "A share lies between 0% and 100%.",
        where=where,
    )


def _decimals(value: Decimal, words: str, where: str) -> list[Error]:
    if _places(value) <= 1:
        return []
    return [
        Error(
            "more than one decimal",
            "error",
            f"{words} has {_places(value)} decimals: {value}%.",
            "Round it to one.",
            where=where,
        )
    ]


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("a published figure is a number")
    return max(0, -exponent)
