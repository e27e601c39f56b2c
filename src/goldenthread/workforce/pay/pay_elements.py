"""A file of pay elements becomes each person's hourly pay and bonus of the twelve months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from goldenthread.workforce.pay.hourly_pay import (
    TREATMENT,
    Fault,
    HourlyPay,
    Kind,
    Length,
    NotReckoned,
    PayElement,
    Period,
    WeeklyHours,
    hourly_pay,
    twelve_months_bonus,
)

_OTHER = "other"
_TWO_PERIODS = Fault(
    "ordinary pay of two lengths",
    "Ordinary pay is for periods of different length.",
    "Give every element of ordinary pay for the pay period that holds the snapshot.",
)
_TWO_HOURS = Fault(
    "weekly hours that differ",
    "The weekly hours are not the same in every row.",
    "Give the hours of all the person's posts together, the same in each row.",
)


@dataclass(frozen=True)
class PersonPay:
    """One person's hourly pay, or what is in the way of it, and bonus in pence of twelve months."""

    hourly: HourlyPay | NotReckoned
    bonus_pence: int

    @property
    def hourly_pence(self) -> int | None:
        """The hourly rate in whole pence; None where it could not be reckoned."""
        return self.hourly.pence if isinstance(self.hourly, HourlyPay) else None


def pay_of_people(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[date, str], PersonPay]:
    """What each person is paid, from the rows of a checked file of pay elements.

    Shape: one row per element, with the columns of the contract ``pay``: ``snapshot``, ``person``,
    ``element``, ``amount_pence``, ``period``, ``days``, ``in_pay_period``, ``of_another_period``,
    ``hours``, ``weeks``; one ``PersonPay`` per snapshot and person out.
    Units: pence in; pence an hour, and pence of bonus in the twelve months, out.
    Missing: whoever has no hours, no ordinary pay, hours that differ from row to row or ordinary
    pay of two lengths has ``NotReckoned`` in place of a rate, with every reason and no amount.

    Source: SI 2017/353 Schedule 1 paragraphs 3 to 7, as ``hourly_pay`` reckons them. The pay period
    is that of ordinary pay; a bonus paid before it counts for bonus pay alone (paragraph 4).

    >>> row = {"snapshot": date(2026, 3, 31), "person": "a", "period": "month", "hours": 37}
    >>> rows = [
    ...     {**row, "element": "basic pay", "amount_pence": 250_000},
    ...     {**row, "element": "performance", "amount_pence": 120_000, "period": "year"},
    ...     {**row, "element": "incentive", "amount_pence": 9_000, "in_pay_period": False},
    ... ]
    >>> found = pay_of_people(rows)
    >>> found[date(2026, 3, 31), "a"].hourly_pence, found[date(2026, 3, 31), "a"].bonus_pence
    (1616, 129000)
    """
    people: dict[tuple[date, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        people.setdefault((row["snapshot"], row["person"]), []).append(row)
    return {key: _person(held) for key, held in people.items()}


def not_reckoned(people: Mapping[tuple[date, str], PersonPay]) -> dict[str, int]:
    """How many have no hourly rate, by the rule that is in the way; some are under more than one.

    Units: people, each on one snapshot.
    Missing: whoever has a rate is under no rule.

    Source: ours; the rules are those of SI 2017/353 Schedule 1 paragraphs 6 and 7, as
    ``hourly_pay`` follows them.

    >>> row = {"snapshot": date(2026, 3, 31), "person": "a", "element": "overtime"}
    >>> not_reckoned(pay_of_people([{**row, "amount_pence": 100, "period": "month"}]))
    {'no weekly hours': 1, 'no ordinary pay': 1}
    """
    found: Counter[str] = Counter()
    for each in people.values():
        if isinstance(each.hourly, NotReckoned):
            found.update(fault.rule for fault in each.hourly.faults)
    return dict(found)


def _person(rows: list[Mapping[str, Any]]) -> PersonPay:
    """One person's pay from their rows."""
    elements, paid_then, lengths = [], [], []
    for row in rows:
        kind, length = Kind(row["element"]), _length(row)
        treatment = TREATMENT[kind]
        element = PayElement(
            kind,
            int(row["amount_pence"]),
            bonus_period=length if treatment == "bonus" else None,
            of_another_period=bool(row.get("of_another_period")),
        )
        elements.append(element)
        # A blank says that it was paid in the pay period.
        if row.get("in_pay_period") is not False:
            paid_then.append(element)
            if treatment == "ordinary" and not element.of_another_period:
                lengths.append(length)
    bonus = twelve_months_bonus(elements)
    faults = []
    if len(set(lengths)) > 1:
        faults.append(_TWO_PERIODS)
    hours = {(row["hours"], row.get("weeks")) for row in rows if row.get("hours") is not None}
    if len(hours) > 1:
        faults.append(_TWO_HOURS)
    # Without ordinary pay any period will do: that there is none is what is said.
    found = hourly_pay(paid_then, lengths[0] if lengths else Period.MONTH, _week(hours))
    if not faults:
        return PersonPay(found, bonus)
    more = found.faults if isinstance(found, NotReckoned) else ()
    return PersonPay(NotReckoned((*faults, *more)), bonus)


def _length(row: Mapping[str, Any]) -> Length:
    """How long a time an amount is for: its period, or the days of another one."""
    if row["period"] == _OTHER:
        return int(row.get("days") or 0)
    return Period(row["period"])


def _week(hours: set[tuple[Decimal | int, int | None]]) -> WeeklyHours | None:
    if not hours:
        return None
    number, weeks = min(hours, key=str)
    return WeeklyHours(Fraction(number), weeks)
