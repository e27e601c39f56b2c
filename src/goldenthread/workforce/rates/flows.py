"""Who came, who went and who rose between two snapshots, by person, and whether it adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from goldenthread.workforce.proportion import Proportion, proportion
from goldenthread.workforce.rates.likelihood import Outcome
from goldenthread.workforce.records import Records
from goldenthread.workforce.staff_columns import (
    Characteristic,
    GroupingName,
    code,
    day,
    in_words,
    roll_up,
    spoken,
)
from goldenthread.workforce.too_few import TooFew


def flows_sql(
    first: date,
    second: date,
    *,
    characteristic: Characteristic = "ethnicity",
    grouping: GroupingName = "detailed",
) -> str:
    """The statement for who was in which of two snapshots, in which group, and whose grade rose.

    Shape: columns ``grp_before, grp_after, people, rose, fell, unranked``, one row per pair of
    groups. ``grp_before`` is NULL for people who joined, ``grp_after`` for people who left. A
    person is the same in both by the opaque key alone.
    Units: people. ``rose`` and ``fell`` compare the order of the grades, larger being higher;
    ``unranked`` are in both and have no order in one of them.
    Missing: each state of missing is a group of its own, so somebody who declares between the
    snapshots moves from one group to another.
    Raises ValueError for a name outside the closed lists, or a second day that is not later.

    Source: ours; no statute says how. Matching people finds joiners and leavers that cancel out in
    two headcounts.

    >>> "full outer join" in flows_sql(date(2025, 3, 31), date(2026, 3, 31))
    True
    """
    if second <= first:
        raise ValueError("the second snapshot is later than the first")
    join_before, before = roll_up(characteristic, grouping, "t.code_before")
    join_after, after = roll_up(characteristic, grouping, "t.code_after")
    table = f"g_{characteristic}"
    join_after = join_after.replace(table, f"{table}_after")
    after = after.replace(table, f"{table}_after")
    staff = f"select p.person, p.grade_order, {code(characteristic)} as code from people p"
    return (
        f"with a as (\n  {staff} where p.snapshot = {day(first)}\n"
        f"), b as (\n  {staff} where p.snapshot = {day(second)}\n"
        f"), told as (\n"
        f"  select a.code as code_before, b.code as code_after, count(*) as people,\n"
        f"    count(*) filter (where b.grade_order > a.grade_order) as rose,\n"
        f"    count(*) filter (where b.grade_order < a.grade_order) as fell,\n"
        f"    count(*) filter (where a.person is not null and b.person is not null\n"
        f"      and (a.grade_order is null or b.grade_order is null)) as unranked\n"
        f"  from a full outer join b on a.person = b.person\n"
        f"  group by a.code, b.code\n"
        f")\n"
        f"select {before} as grp_before, {after} as grp_after,\n"
        f"  cast(sum(t.people) as bigint) as people,\n"
        f"  cast(sum(t.rose) as bigint) as rose, cast(sum(t.fell) as bigint) as fell,\n"
        f"  cast(sum(t.unranked) as bigint) as unranked\n"
        f"from told t\n{join_before}{join_after}group by {before}, {after}"
    )


@dataclass(frozen=True)
class Flow:
    """What became of one group between two snapshots, or of everybody (``group`` None).

    ``declared_in`` and ``declared_out`` are people in both whose recorded group changed. ``rose``
    counts promotions by grade among those in both, by their group in the first.
    """

    group: str | None
    start: int
    joined: int
    left: int
    declared_in: int
    declared_out: int
    end: int
    rose: int
    fell: int
    unranked: int

    @property
    def stayed(self) -> int:
        """People of the group in the first snapshot who are in the second, in whatever group."""
        return self.start - self.left

    def leaving(self, *, least: int | None = None) -> Proportion | TooFew:
        """``left / start``: of those who were here, how many are gone."""
        return proportion(self.left, self.start, f"{self._who} at the start", least=least)

    def joining(self, *, least: int | None = None) -> Proportion | TooFew:
        """``joined / end``: of those who are here, how many are new."""
        return proportion(self.joined, self.end, f"{self._who} at the end", least=least)

    def promotion(self, *, least: int | None = None) -> Proportion | TooFew:
        """``rose / (stayed - unranked)``: of those who stayed, how many are in a higher grade."""
        ranked = self.stayed - self.unranked
        return proportion(self.rose, ranked, f"{self._who} who stayed", least=least)

    def outcome(self, what: str, called: str) -> Outcome:
        """Leaving or promotion as an outcome, for a relative likelihood between two groups.

        Raises ValueError where ``what`` is neither.
        """
        if what == "leaving":
            return Outcome(called, self.left, self.start)
        if what == "promotion":
            return Outcome(called, self.rose, self.stayed - self.unranked)
        raise ValueError("an outcome of a flow is leaving or promotion")

    @property
    def _who(self) -> str:
        return "people" if self.group is None else f"people: {spoken(self.group)}"


@dataclass(frozen=True)
class Flows:
    """What became of everybody and of each group between two snapshots."""

    first: date
    second: date
    everybody: Flow
    groups: Mapping[str, Flow]


def read_flows(first: date, second: date, rows: Iterable[tuple[Any, ...]]) -> Flows:
    """The flows that the rows of ``flows_sql`` hold.

    Shape: the rows of that statement; one flow per group that either snapshot has.
    Units: people.
    Missing: each state of missing is a group of its own.

    >>> rows = [("white", "white", 80, 6, 1, 0), ("white", None, 9, 0, 0, 0),
    ...         (None, "white", 7, 0, 0, 0), ("blank", "white", 4, 0, 0, 0)]
    >>> found = read_flows(date(2025, 3, 31), date(2026, 3, 31), rows)
    >>> white = found.groups["white"]
    >>> white.start, white.joined, white.left, white.declared_in, white.end
    (89, 7, 9, 4, 91)
    """
    told: Counter[tuple[str | None, str]] = Counter()
    groups: set[str] = set()
    for before, after, people, rose, fell, unranked in rows:
        groups |= {one for one in (before, after) if one is not None}
        for group, is_before, is_after in _sides(before, after):
            told[group, "start"] += people * is_before
            told[group, "end"] += people * is_after
            told[group, "joined"] += people * (before is None and is_after)
            told[group, "left"] += people * (after is None and is_before)
            if group is not None and before is not None and after is not None and before != after:
                told[group, "declared_in"] += people * is_after
                told[group, "declared_out"] += people * is_before
            told[group, "rose"] += rose * is_before
            told[group, "fell"] += fell * is_before
            told[group, "unranked"] += unranked * is_before
    names = [name for name in Flow.__dataclass_fields__ if name != "group"]

    def flow(group: str | None) -> Flow:
        return Flow(group, **{name: told[group, name] for name in names})

    found = MappingProxyType({group: flow(group) for group in sorted(groups)})
    return Flows(first, second, flow(None), found)


def _sides(before: str | None, after: str | None) -> list[tuple[str | None, bool, bool]]:
    """Everybody, and each group that a row is of, with which of its ends it stands at."""
    sides: list[tuple[str | None, bool, bool]] = [(None, before is not None, after is not None)]
    if before is not None:
        sides.append((before, True, after == before))
    if after is not None and after != before:
        sides.append((after, False, True))
    return sides


def flows(
    records: Records,
    first: date,
    second: date,
    *,
    characteristic: Characteristic = "ethnicity",
    grouping: GroupingName = "detailed",
) -> Flows:
    """Who came, who went and who rose between two snapshots, by group.

    Shape, Units, Missing, Raises and Source as ``flows_sql``.
    """
    sql = flows_sql(first, second, characteristic=characteristic, grouping=grouping)
    return read_flows(first, second, records.rows(sql))


def recorded_moves_sql(first: date, second: date) -> str:
    """The statement for what the record of moves says, beside what the snapshots show.

    Shape: columns ``what, people``; a person counts once in each row. A move belongs between the
    snapshots where its day is after the first and no later than the second. ``passed_through`` are
    people of whom it is recorded that they came and that they went, and who are in neither
    snapshot; of promotions those are looked at who are in both.
    Units: people; ``start_rows`` and ``end_rows`` are rows of the snapshots.
    Missing: nobody; the statement asks no characteristic.
    Raises ValueError for a second day that is not later.

    Source: ours.

    >>> recorded_moves_sql(date(2025, 3, 31), date(2026, 3, 31)).count("union all")
    13
    """
    if second <= first:
        raise ValueError("the second snapshot is later than the first")
    stays = "a.person is not null and b.person is not null"
    shown = {
        "joiner": "a.person is null and b.person is not null",
        "leaver": "a.person is not null and b.person is null",
        "promotion": f"{stays} and b.grade_order > a.grade_order",
    }
    parts = [
        "select 'start_rows' as what, count(*) as people from a",
        "select 'start_people', count(distinct person) from a",
        "select 'end_rows', count(*) from b",
        "select 'end_people', count(distinct person) from b",
    ]
    parts.append(
        "select 'passed_through', count(distinct j.person) from m j"
        " join m l on l.person = j.person and l.kind = 'leaver'"
        " left join a on a.person = j.person left join b on b.person = j.person"
        " where j.kind = 'joiner' and a.person is null and b.person is null"
    )
    for kind, seen in shown.items():
        there = f" and {stays}" if kind == "promotion" else ""
        parts += [
            f"select '{kind}_shown', count(*) from (select distinct coalesce(a.person, b.person)"
            f" as person from a full outer join b on a.person = b.person where {seen}) s",
            f"select '{kind}_recorded', count(distinct m.person) from m"
            f" left join a on a.person = m.person left join b on b.person = m.person"
            f" where m.kind = '{kind}'{there}",
            f"select '{kind}_both', count(distinct m.person) from m"
            f" left join a on a.person = m.person left join b on b.person = m.person"
            f" where m.kind = '{kind}' and {seen}",
        ]
    return (
        f"with a as (\n  select person, grade_order from people where snapshot = {day(first)}\n"
        f"), b as (\n  select person, grade_order from people where snapshot = {day(second)}\n"
        f"), m as (\n  select distinct person, kind from moves\n"
        f"  where on_day > {day(first)} and on_day <= {day(second)}\n)\n"
        + "\nunion all\n".join(parts)
    )


@dataclass(frozen=True)
class Reconciliation:
    """Whether ``start + joiners - leavers = end``, and every sentence on what does not agree."""

    start: int
    joiners: int
    leavers: int
    end: int
    faults: tuple[str, ...]

    @property
    def unexplained(self) -> int:
        """How many more there are at the end than the sum gives; below nought where fewer."""
        return self.end - (self.start + self.joiners - self.leavers)

    @property
    def adds_up(self) -> bool:
        """Whether the sum comes out and nothing else was found."""
        return not self.unexplained and not self.faults

    @property
    def sentence(self) -> str:
        """The sum, and what it comes to."""
        came = self.start + self.joiners - self.leavers
        sum_ = f"{self.start:,} + {self.joiners:,} joiners - {self.leavers:,} leavers = {came:,}"
        if not self.unexplained:
            return f"{sum_}, as there are."
        more = "more" if self.unexplained > 0 else "fewer"
        return f"{sum_}, and there are {self.end:,}: {abs(self.unexplained):,} {more}."

    def __str__(self) -> str:
        return " ".join([self.sentence, *self.faults])


def reconcile(*, start: int, joiners: int, leavers: int, end: int) -> Reconciliation:
    """Whether four counts add up: anybody's, such as those of a published report.

    ``start + joiners - leavers = end``.

    Units: people.
    Missing: a count that is not known cannot be reconciled, and is not taken for nought.
    Raises ValueError for a count below nought.

    Source: ours.

    >>> print(reconcile(start=400, joiners=60, leavers=45, end=418))
    400 + 60 joiners - 45 leavers = 415, and there are 418: 3 more.
    """
    if min(start, joiners, leavers, end) < 0:
        raise ValueError("a count of people is not below nought")
    return Reconciliation(start, joiners, leavers, end, ())


def read_recorded_moves(
    first: date, second: date, rows: Iterable[tuple[Any, ...]]
) -> Reconciliation:
    """Whether the record of moves explains the two snapshots, from ``recorded_moves_sql``.

    Shape: the rows of that statement. The joiners and leavers of the sum are those recorded.
    Units: people. Somebody who came and went between the snapshots is in the record alone, on both
    sides of the sum, and is no fault.
    Missing: nobody.

    Source: ours.

    >>> rows = [("start_rows", 40), ("start_people", 40), ("end_rows", 41), ("end_people", 41)]
    >>> rows += [("joiner_shown", 4), ("joiner_recorded", 4), ("joiner_both", 4)]
    >>> rows += [("leaver_shown", 3), ("leaver_recorded", 2), ("leaver_both", 2)]
    >>> rows += [("promotion_shown", 1), ("promotion_recorded", 1), ("promotion_both", 1)]
    >>> print(read_recorded_moves(date(2025, 3, 31), date(2026, 3, 31), rows))
    40 + 4 joiners - 2 leavers = 42, and there are 41: 1 fewer. Left with no record of it: 1.
    """
    told = dict(rows)
    faults = []
    for end, when in (("start", first), ("end", second)):
        twice = told[f"{end}_rows"] - told[f"{end}_people"]
        if twice:
            faults.append(f"Rows on {in_words(when)} that repeat somebody: {twice:,}.")
    for kind, done, undone in (
        ("joiner", "joined", "here before, or not here now"),
        ("leaver", "left", "here now, or not here before"),
        ("promotion", "risen", "in no higher grade"),
    ):
        without = told[f"{kind}_shown"] - told[f"{kind}_both"]
        passed = told.get("passed_through", 0) if kind != "promotion" else 0
        beyond = told[f"{kind}_recorded"] - told[f"{kind}_both"] - passed
        if without:
            faults.append(f"{done.capitalize()} with no record of it: {without:,}.")
        if beyond:
            faults.append(f"Recorded as having {done}, and {undone}: {beyond:,}.")
    return Reconciliation(
        told["start_people"],
        told["joiner_recorded"],
        told["leaver_recorded"],
        told["end_people"],
        tuple(faults),
    )


def reconciled(records: Records, first: date, second: date) -> Reconciliation:
    """Whether the record of moves explains the two snapshots.

    Shape, Units, Missing, Raises and Source as ``recorded_moves_sql`` and ``read_recorded_moves``.
    """
    return read_recorded_moves(first, second, records.rows(recorded_moves_sql(first, second)))


_BETWEEN = (date(2025, 3, 31), date(2026, 3, 31))
STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "flows by ethnicity, White and all other groups": flows_sql(
            *_BETWEEN, grouping="white_other"
        ),
        "flows by disability": flows_sql(*_BETWEEN, characteristic="disability"),
        "moves on record beside the snapshots": recorded_moves_sql(*_BETWEEN),
    }
)
"""Each statement with the arguments that a pack asks it with, for the parity of engines."""
