"""What happened to whom in a year: appointed, disciplined, trained, promoted, left, by group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal, get_args

from goldenthread.workforce.proportion import Proportion, proportion
from goldenthread.workforce.rates.likelihood import (
    Outcome,
    RelativeLikelihood,
    ratio_of_shares,
    relative_likelihood,
)
from goldenthread.workforce.records import Records
from goldenthread.workforce.staff_columns import (
    MISSING,
    Characteristic,
    GroupingName,
    code,
    day,
    roll_up,
    spoken,
)
from goldenthread.workforce.thresholds import least as at_least
from goldenthread.workforce.too_few import TooFew

Event = Literal[
    "shortlisting",
    "appointment",
    "disciplinary",
    "grievance",
    "capability",
    "training",
    "funded training",
    "promotion",
    "leaving",
]
# What happened, as a sentence ends, and the table and condition that say so.
EVENTS: Mapping[Event, str] = MappingProxyType(
    {
        "shortlisting": "shortlisted from application",
        "appointment": "appointed from shortlisting",
        "disciplinary": "entered a formal disciplinary process",
        "grievance": "raised a formal grievance",
        "capability": "entered a formal capability process",
        "training": "took non-mandatory training",
        "funded training": "took funded non-mandatory training",
        "promotion": "promoted",
        "leaving": "left",
    }
)
_TOLD: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "disciplinary": ("cases", "opened", "kind = 'disciplinary' and formal"),
        "grievance": ("cases", "opened", "kind = 'grievance' and formal"),
        "capability": ("cases", "opened", "kind = 'capability' and formal"),
        "training": ("training", "on_day", "not mandatory"),
        "funded training": ("training", "on_day", "not mandatory and funded"),
        "promotion": ("moves", "on_day", "kind = 'promotion'"),
        "leaving": ("moves", "on_day", "kind = 'leaver'"),
    }
)
_APPLIED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"shortlisting": ("1 = 1", "shortlisted"), "appointment": ("shortlisted", "appointed")}
)
OUTSIDE = "not_in_post"
Applicants = Literal["all", "internal", "external"]
_WHOSE: Mapping[Applicants, str] = MappingProxyType(
    {"all": "", "internal": " and p.internal", "external": " and not p.internal"}
)


def outcomes_sql(
    event: Event,
    begins: date,
    ends: date,
    *,
    characteristic: Characteristic = "ethnicity",
    grouping: GroupingName = "detailed",
    by_unit: bool = False,
    applicants: Applicants = "all",
) -> str:
    """The statement for how many of each group there were, and to how many of them it happened.

    Shape: columns ``unit, grp, events, total, outside``; ``unit`` is empty for the whole workforce,
    and with ``by_unit`` a unit with all that lies under it. The days ``begins`` and ``ends`` are in
    the period. Of applications, ``total`` are those that could have had the outcome and ``outside``
    those that had it and could not. Of staff, ``total`` are the people who were in post at a
    snapshot of the period or the last one before it, with the codes and unit of the last of these;
    each counts once however often it happened; ``outside`` in the row ``not_in_post`` are people
    to whom it happened and who were in no such snapshot.
    Units: people; applications where the event is shortlisting or appointment.
    Missing: each state of missing is a group of its own.
    Raises ValueError for a name outside the closed lists, or a period that ends before it begins.

    Source: NHS WRES indicators 2 to 4,
    https://peoplefirst.nhsbt.nhs.uk/Diversity-and-Inclusion/workforce-race-equality-standard.htm.
    The standard divides by the workforce of one day. Somebody who was dismissed is not in it, so
    here everybody in post in the period is below the line (decision 0037).

    >>> sql = outcomes_sql("disciplinary", date(2025, 4, 1), date(2026, 3, 31))
    >>> "kind = 'disciplinary' and formal" in sql
    True
    """
    if event not in get_args(Event) or applicants not in _WHOSE:
        raise ValueError("an event and whose applications are of the closed lists")
    if ends < begins:
        raise ValueError("a period ends no sooner than it begins")
    held = code(characteristic)
    join, group = roll_up(characteristic, grouping, "t.code")
    if event in _APPLIED:
        if characteristic in {"age", "working_pattern"}:
            raise ValueError("applications hold neither age nor working pattern")
        return _applications(event, begins, ends, held, join, group, by_unit, _WHOSE[applicants])
    table, when, what = _TOLD[event]
    unit, lines = _unit(by_unit, "p.snapshot = u.snapshot")
    return (
        f"with seen as (\n"
        f"  select person, max(snapshot) as snapshot from people\n"
        f"  where snapshot <= {day(ends)} and snapshot >= (\n"
        f"    select coalesce(max(snapshot), {day(begins)}) from people\n"
        f"    where snapshot <= {day(begins)})\n"
        f"  group by person\n"
        f"), happened as (\n"
        f"  select distinct person from {table}\n"
        f"  where {what} and {when} >= {day(begins)} and {when} <= {day(ends)}\n"
        f"), told as (\n"
        f"  select {unit} as unit, {held} as code,\n"
        f"    case when h.person is null then 0 else 1 end as happened\n"
        f"  from people p\n"
        f"  join seen s on s.person = p.person and s.snapshot = p.snapshot\n"
        f"  {lines}left join happened h on h.person = p.person\n"
        f")\n"
        f"select t.unit, {group} as grp, cast(sum(t.happened) as bigint) as events,\n"
        f"  count(*) as total, cast(0 as bigint) as outside\n"
        f"from told t\n{join}group by t.unit, {group}\n"
        f"union all\n"
        f"select '' as unit, '{OUTSIDE}' as grp, cast(0 as bigint) as events,\n"
        f"  cast(0 as bigint) as total, count(*) as outside\n"
        f"from happened h left join seen s on s.person = h.person where s.person is null"
    )


def _applications(
    event: str,
    begins: date,
    ends: date,
    held: str,
    join: str,
    group: str,
    by_unit: bool,
    whose: str,
) -> str:
    """Applications that could have had the outcome, and those that had it."""
    could, had = _APPLIED[event]
    # Applications have no snapshot: units are as the last snapshot of the period has them.
    # A subquery of its own, since Spark has none in the condition of a join.
    last = (
        f"select * from unit_lines where snapshot = (\n"
        f"    select max(snapshot) from unit_lines where snapshot <= {day(ends)})"
    )
    unit, lines = _unit(by_unit, "1 = 1", f"({last})")
    return (
        f"with told as (\n"
        f"  select {unit} as unit, {held} as code,\n"
        f"    case when {could} then 1 else 0 end as could,\n"
        f"    case when {had} then 1 else 0 end as had\n"
        f"  from applications p\n"
        f"  {lines}where p.period >= {day(begins)} and p.period <= {day(ends)}{whose}\n"
        f")\n"
        f"select t.unit, {group} as grp, cast(sum(t.could * t.had) as bigint) as events,\n"
        f"  cast(sum(t.could) as bigint) as total,\n"
        f"  cast(sum(t.had - t.could * t.had) as bigint) as outside\n"
        f"from told t\n{join}group by t.unit, {group}"
    )


def _unit(by_unit: bool, on: str, lines: str = "unit_lines") -> tuple[str, str]:
    if not by_unit:
        return "''", ""
    return "coalesce(u.ancestor, p.unit)", f"left join {lines} u on u.unit = p.unit and {on}\n  "


@dataclass(frozen=True)
class Outcomes:
    """How often something happened in each group of a unit, or of the whole workforce.

    ``outside`` counts those to whom it happened and who are below no line: people in no snapshot of
    the period, or applicants appointed who were not shortlisted. It is shown, and not divided.
    """

    event: Event
    unit: str | None
    counts: Mapping[str, tuple[int, int]]
    outside: int

    def of(self, *groups: str, called: str) -> Outcome:
        """One group, or several added up, under a name in the plural."""
        told = [self.counts.get(group, (0, 0)) for group in groups]
        return Outcome(called, sum(one for one, _ in told), sum(total for _, total in told))

    def rate(
        self, group: str, *, called: str = "", least: int | None = None
    ) -> Proportion | TooFew:
        """How likely it was in one group, with its base and interval."""
        events, total = self.counts.get(group, (0, 0))
        return proportion(events, total, called or f"people: {spoken(group)}", least=least)

    def each(self, labels: Mapping[str, str] | None = None) -> tuple[Outcome, ...]:
        """Every group as an outcome, the states of missing left out: for ``four_fifths``."""
        return tuple(
            self.of(group, called=spoken(group, labels))
            for group in sorted(self.counts)
            if group not in MISSING
        )

    def share_ratio(self, group: str, *, least: int | None = None) -> Fraction | TooFew:
        """A group's share of those to whom it happened over its share of those it could have.

        ``(a / A) / (n / N)``, for a of n in the group and A of N in all groups. Half as many hires
        as applicants, by share, is 0.5. Against everybody, the group among them, it is nearer to 1
        than a relative likelihood, which is against another group.

        Units: a ratio, exact; 1 is as many as there were.
        Missing: people whose group is not known are in neither share. ``TooFew`` where the group
        has fewer people than the threshold ``likelihood``, or it happened to nobody.

        Source: Business in the Community, as ``likelihood.ratio_of_shares`` has it,
        https://age.bitc.org.uk/news-opinion/opinion/diversity-benchmark-brings-clarity-disparities
        """
        one, groups = self.of(group, called=group), self.each()
        needed = at_least("likelihood", least)
        if one.total < needed:
            return TooFew(f"Fewer than {needed} people in the group.", least=needed)
        events, total = sum(g.events for g in groups), sum(g.total for g in groups)
        if not events:
            return TooFew("It happened to nobody.", marker="[x]")
        return ratio_of_shares(Fraction(one.events, events), Fraction(one.total, total))

    def relative(
        self,
        numerator: str,
        denominator: str,
        *,
        labels: Mapping[str, str] | None = None,
        least: int | None = None,
    ) -> RelativeLikelihood:
        """How many times as likely it was in the first group as in the second.

        Units: a ratio; 1 is no difference.
        Missing: people of neither group, and those who did not say, are on neither side.
        """
        return relative_likelihood(
            EVENTS[self.event],
            self.of(numerator, called=spoken(numerator, labels)),
            self.of(denominator, called=spoken(denominator, labels)),
            least=at_least("likelihood", least),
        )


def read_outcomes(event: Event, rows: Iterable[tuple[Any, ...]]) -> tuple[Outcomes, ...]:
    """What the rows of ``outcomes_sql`` hold: the whole workforce, or each unit.

    Shape: the rows of that statement; one value per unit. Of staff, ``outside`` stands with the
    whole workforce alone, since nobody knows the unit of people in no snapshot.
    Units: people, or applications.
    Missing: each state of missing is a group of its own.

    >>> (found,) = read_outcomes("appointment", [("", "white", 212, 1050, 0), ("", "bme", 61, 540, 0)])
    >>> found.relative("bme", "white").two_decimals
    Decimal('0.56')
    """  # noqa: E501
    counts: dict[str, dict[str, tuple[int, int]]] = {}
    outside: dict[str, int] = {}
    for unit, group, events, total, without in rows:
        if group == OUTSIDE and not without:
            continue
        told = counts.setdefault(unit, {})
        outside[unit] = outside.get(unit, 0) + without
        if group != OUTSIDE:
            told[group] = (events, total)
    return tuple(
        Outcomes(event, unit or None, MappingProxyType(counts[unit]), outside[unit])
        for unit in sorted(counts)
    )


def outcomes(
    records: Records,
    event: Event,
    begins: date,
    ends: date,
    *,
    characteristic: Characteristic = "ethnicity",
    grouping: GroupingName = "detailed",
) -> Outcomes:
    """How often something happened in each group of the whole workforce.

    Shape, Units, Missing, Raises and Source as ``outcomes_sql``; by unit, ask ``outcomes_sql`` with
    ``by_unit`` and read its rows with ``read_outcomes``.
    """
    sql = outcomes_sql(event, begins, ends, characteristic=characteristic, grouping=grouping)
    found = read_outcomes(event, records.rows(sql))
    return found[0] if found else Outcomes(event, None, MappingProxyType({}), 0)


_YEAR = (date(2025, 4, 1), date(2026, 3, 31))
STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        f"{event}, White and all other groups": outcomes_sql(event, *_YEAR, grouping="white_other")
        for event in EVENTS
    }
    | {
        "capability by disability": outcomes_sql("capability", *_YEAR, characteristic="disability"),
        "leaving by sex and unit": outcomes_sql(
            "leaving", *_YEAR, characteristic="sex", by_unit=True
        ),
        "appointment of internal applicants by unit": outcomes_sql(
            "appointment", *_YEAR, by_unit=True, applicants="internal"
        ),
    }
)
"""Each statement with the arguments that a pack asks it with, for the parity of engines."""
