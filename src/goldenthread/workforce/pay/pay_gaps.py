"""Ethnicity and disability pay gaps: each group against its reference, under a named definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from goldenthread.workforce.pay.bootstrap import GapIntervals, intervals_between, resampled
from goldenthread.workforce.pay.distribution import Distribution, by_group
from goldenthread.workforce.pay.gender_pay import Staff
from goldenthread.workforce.pay.pay_gap import Gap, Pay, Statistic, gap
from goldenthread.workforce.pay.pay_gap_profiles import Comparison, Profile
from goldenthread.workforce.pay.pay_records import bonus_pay_sql, hourly_pay_sql, staff_sql
from goldenthread.workforce.pay.quarters import cumulative, sizes
from goldenthread.workforce.pay.withholding import withheld
from goldenthread.workforce.proportion import Proportion, proportion
from goldenthread.workforce.records import Records
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.staff_columns import MISSING
from goldenthread.workforce.too_few import TooFew

_STATISTICS: tuple[Statistic, ...] = ("mean", "median")
_NOBODY = TooFew("There is nobody in this group.", marker="[x]")


@dataclass(frozen=True)
class GroupPay:
    """One group: how many, what share of everybody, and its gaps against the reference group.

    ``relevant`` and ``paid`` are people employed and people in the hourly figures; ``composition``
    is the group's share of all relevant employees; ``bonus_share`` the share of the group that had
    a bonus. ``few`` marks hourly figures that rest on fewer than the definition
    calls robust. The reference group's own gaps are nought.
    """

    code: str
    name: str
    relevant: int | TooFew
    paid: int | TooFew
    composition: Proportion | TooFew
    mean_hourly: Gap | TooFew
    median_hourly: Gap | TooFew
    mean_bonus: Gap | TooFew
    median_bonus: Gap | TooFew
    bonus_share: Proportion | TooFew
    few: bool
    intervals: GapIntervals | TooFew | None = None


@dataclass(frozen=True)
class PayGaps:
    """The gaps of one comparison, with the definition that gave them and who is on neither side.

    ``not_disclosed`` is the share of all relevant employees who have not said, of whichever state
    of missing. ``quarters`` gives by group its share of each pay quarter, lower to upper, of the
    people who are compared.
    """

    profile: Profile
    comparison: Comparison
    snapshot: date
    least: int
    employees: int
    not_disclosed: Proportion | TooFew
    missing: Mapping[str, int]
    groups: tuple[GroupPay, ...]
    quarters: Mapping[str, tuple[Decimal, ...]] | TooFew

    @property
    def reference(self) -> str:
        """How the reference group is said."""
        return self.comparison.name(self.comparison.reference)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The hourly gaps in words, then who has not said and by which definition."""
        said = []
        for group in self.groups:
            if group.code != self.comparison.reference:
                for name, each in (("mean", group.mean_hourly), ("median", group.median_hourly)):
                    if isinstance(each, Gap):
                        said.append(each.sentence)
                    else:
                        said.append(
                            f"{_capital(group.name)}, {name} hourly gap against {self.reference}: "
                            f"{each.sentence[0].lower()}{each.sentence[1:]}"
                        )
        said.append(f"Have not said, and are on neither side: {self.not_disclosed}")
        said.append(
            f"Defined by: {self.profile.title} ({self.profile.standing}); reference group: "
            f"{self.reference}; at least {self.least} on either side."
        )
        return tuple(said)


def read_pay_gaps(
    profile: Profile,
    comparison: Comparison,
    snapshot: date,
    hourly: Iterable[tuple[Any, ...]],
    bonus: Iterable[tuple[Any, ...]],
    staff: Iterable[tuple[Any, ...]],
    *,
    least: int = 0,
    intervals: bool = False,
) -> PayGaps:
    """The gaps of one snapshot under one definition, from the rows of ``pay_records``.

    Shape: rows as ``read_gender_pay_gap`` takes them, asked for with the comparison's
    ``characteristic`` and ``grouping``; one ``GroupPay`` per group out, the reference first, then
    the others by code.
    Units: gaps in per cent of the reference group's pay, above nought where the reference group is
    paid more; shares in per cent at one decimal.
    Missing: people in a state of missing are on neither side, and are counted in ``missing`` and
    ``not_disclosed``; so, on neither side, are those in ``comparison.neither``, whose answer lacks
    the detail, though they have said. ``TooFew`` stands where a side has fewer than the larger of
    ``profile.least`` and ``least`` (a body's own rule can only ask for more), and for groups whose
    number would tell that of another (see ``withholding``); its words do not say which. Quarters
    are given for all groups or for none.
    Raises ``ValueError`` for a comparison that is not of the profile.

    Source: that of the profile; the six figures as in SI 2017/353 Schedule 1. Quarters split a rate
    that crosses an edge in proportion (paragraph 13(2)), and are not made whole.

    Nine on one side are too few where ten are asked for:

    >>> from goldenthread.workforce.pay.pay_gap_profiles import RESPONSE_2026
    >>> disability = RESPONSE_2026.comparison("disability")
    >>> day = date(2026, 3, 31)
    >>> hourly = [(day, "not_disabled", 2000, 60), (day, "disabled", 1800, 9)]
    >>> staff = [(day, "not_disabled", 60, 60, 0, 0), (day, "disabled", 9, 9, 0, 0)]
    >>> found = read_pay_gaps(RESPONSE_2026, disability, day, hourly, [], staff)
    >>> print(found.groups[1].mean_hourly, found.groups[1].paid.marker)
    Not enough to say. Fewer than 10 on one side, or it would tell a group of fewer. [c]
    """
    if comparison not in profile.comparisons:
        raise ValueError("a comparison of the profile")
    least = max(least, profile.least)
    paid = _distributions(hourly, snapshot)
    given = _distributions(bonus, snapshot)
    there: dict[str, Staff] = {}
    for day, code, *numbers in staff:
        if day == snapshot:
            there[code] = there.get(code, Staff()) + Staff(*(int(each) for each in numbers))
    aside = {comparison.reference, *MISSING, *comparison.neither}
    codes = [comparison.reference, *sorted((set(there) | set(paid)) - aside)]
    counts = {
        code: (there.get(code, Staff()).relevant, paid.get(code, Distribution()).people)
        for code in codes
    }
    hidden = withheld(counts, least, last=[comparison.reference])
    employees = sum(each.relevant for each in there.values())
    missing = {state: there[state].relevant for state in MISSING if state in there}
    few = TooFew(f"Fewer than {least} on one side, or it would tell a group of fewer.", least=least)
    groups, drawn = [], _drawn(comparison, paid, least)
    for code in codes:
        shown = code not in hidden
        relevant, full_pay = counts[code]
        withhold = None
        if not relevant and not full_pay:
            withhold = _NOBODY
        elif not shown or comparison.reference in hidden:
            withhold = few
        mean_hourly, median_hourly = (
            withhold or _gap(comparison, code, paid, "hourly pay", each, least)
            for each in _STATISTICS
        )
        mean_bonus, median_bonus = (
            withhold or _gap(comparison, code, given, "bonus pay", each, least)
            for each in _STATISTICS
        )
        groups.append(
            GroupPay(
                code=code,
                name=comparison.name(code),
                relevant=relevant if shown else few,
                paid=full_pay if shown else few,
                composition=(
                    proportion(relevant, employees, "employees", least=least) if shown else few
                ),
                mean_hourly=mean_hourly,
                median_hourly=median_hourly,
                mean_bonus=mean_bonus,
                median_bonus=median_bonus,
                bonus_share=(
                    _bonus_share(there.get(code, Staff()), comparison.name(code), least)
                    if shown
                    else few
                ),
                few=min(full_pay, counts[comparison.reference][1]) < profile.robust,
                intervals=withhold or drawn(code) if intervals else None,
            )
        )
    return PayGaps(
        profile=profile,
        comparison=comparison,
        snapshot=snapshot,
        least=least,
        employees=employees,
        not_disclosed=proportion(sum(missing.values()), employees, "employees", least=least),
        missing=missing,
        groups=tuple(groups),
        quarters=_quarters(comparison, paid, least),
    )


def pay_gaps(
    records: Records,
    profile: Profile,
    comparison: Comparison,
    snapshot: date,
    *,
    least: int = 0,
    intervals: bool = False,
) -> PayGaps:
    """The gaps of one snapshot under one definition, asked of the records.

    Shape, Units, Missing, Raises and Source as ``read_pay_gaps``, to which it gives the rows of
    ``hourly_pay_sql``, ``bonus_pay_sql`` and ``staff_sql`` by the groups of the comparison.
    """
    hourly, bonus, staff = (
        records.rows(
            sql(
                characteristic=comparison.characteristic,
                grouping=comparison.grouping,
                snapshot=snapshot,
            )
        )
        for sql in (hourly_pay_sql, bonus_pay_sql, staff_sql)
    )
    return read_pay_gaps(
        profile, comparison, snapshot, hourly, bonus, staff, least=least, intervals=intervals
    )


def _distributions(rows: Iterable[tuple[Any, ...]], snapshot: date) -> dict[str, Distribution]:
    found = by_group(row[1:] for row in rows if row[0] == snapshot)
    return {code: distribution for (code,), distribution in found.items()}


def _gap(
    comparison: Comparison,
    code: str,
    paid: Mapping[str, Distribution],
    pay: Pay,
    statistic: Statistic,
    least: int,
) -> Gap | TooFew:
    """A group's gap against the reference group."""
    return gap(
        paid.get(comparison.reference, Distribution()),
        paid.get(code, Distribution()),
        (comparison.name(comparison.reference), comparison.name(code)),
        statistic=statistic,
        pay=pay,
        least=least,
    )


def _drawn(
    comparison: Comparison, paid: Mapping[str, Distribution], least: int
) -> Callable[[str], GapIntervals | TooFew | None]:
    """What gives a group's intervals; None for the reference group, which is resampled once."""
    reference = paid.get(comparison.reference, Distribution())
    again = cache(lambda: resampled(reference, "reference"))

    def intervals(code: str) -> GapIntervals | TooFew | None:
        if code == comparison.reference:
            return None
        group = paid.get(code, Distribution())
        if min(reference.people, group.people) < least:
            return TooFew(f"Fewer than {least} on one side or on both.", least=least)
        return intervals_between(again(), resampled(group, "comparison"))

    return intervals


def _bonus_share(staff: Staff, name: str, least: int) -> Proportion | TooFew:
    """The share with a bonus, where neither those with one nor those without are few."""
    if any(0 < each < least for each in (staff.with_bonus, staff.relevant - staff.with_bonus)):
        return TooFew(f"Fewer than {least} had a bonus, or had none.", least=least)
    return proportion(staff.with_bonus, staff.relevant, name, least=least)


def _quarters(
    comparison: Comparison, paid: Mapping[str, Distribution], least: int
) -> Mapping[str, tuple[Decimal, ...]] | TooFew:
    """By group its share of each quarter, or nothing where any group has few in any quarter."""
    compared = {
        code: each
        for code, each in paid.items()
        if code not in MISSING and code not in comparison.neither
    }
    held = sizes(sum(each.people for each in compared.values()))
    up_to = cumulative(compared, (0, *accumulate(held)))
    within = {code: [b - a for a, b in pairwise(edges)] for code, edges in up_to.items()}
    if not compared or any(0 < cell < least for cells in within.values() for cell in cells):
        return TooFew(f"A group has fewer than {least} in a quarter.", least=least)
    return {
        code: tuple(half_up(100 * cell / people) for cell, people in zip(cells, held, strict=True))
        for code, cells in within.items()
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
