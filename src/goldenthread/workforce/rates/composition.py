"""Who works here: people by unit, grade, characteristic and pair of characteristics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from goldenthread.workforce.proportion import Proportion, proportion
from goldenthread.workforce.records import Records
from goldenthread.workforce.staff_columns import (
    MISSING,
    Characteristic,
    Groupings,
    code,
    in_words,
    on_snapshots,
    one_of,
    roll_up,
    spoken,
)
from goldenthread.workforce.too_few import TooFew

Among = Literal["known", "everybody"]
Posts = Literal["all", "board", "leadership"]
_POSTS: Mapping[Posts, str] = {
    "all": "",
    "board": " and p.board",
    "leadership": " and p.leadership",
}
Pair = tuple[Characteristic, Characteristic]
Where = tuple[date, str | None, str | None, frozenset[tuple[str, str]]]


def composition_sql(
    characteristics: Sequence[Characteristic],
    *,
    pairs: Sequence[Pair] = (),
    groupings: Groupings | None = None,
    snapshots: Sequence[date] = (),
    posts: Posts = "all",
    crossed: bool = False,
) -> str:
    """The one statement for people by unit, grade and every characteristic and pair asked for.

    Shape: columns ``snapshot, unit, grade, grade_order``, one per characteristic in the order
    given, ``people, own``. Rows are of the whole workforce, of each unit, of each grade, and, where
    ``crossed``, of each grade within each unit, which may be as many as there are people. NULL in
    a column means that it is added up: a row without unit is the whole workforce, one without
    grade is all grades, and a characteristic that is NULL is not of the row's subject. ``people``
    counts a unit with all that lies under it and ``own`` the unit alone; of the whole workforce
    read ``own``.
    Units: people.
    Missing: each state of missing is a code of its own; an unknown age is ``not_known``. A unit
    that ``unit_lines`` does not have stands for itself, so that nobody is lost.
    Raises ValueError for a name outside the closed lists, or a pair of one.

    Source: ours; the columns are those of the published contract of staff files.

    >>> sql = composition_sql(["sex", "ethnicity"], groupings={"ethnicity": "five"})
    >>> "group by grouping sets" in sql
    True
    """
    named = list(dict.fromkeys(characteristics))
    for pair in pairs:
        if len(set(pair)) != 2 or not set(pair) <= set(named):
            raise ValueError("a pair is of two of the characteristics asked for")
    subjects = [(one,) for one in named if one_of(one)] + [tuple(pair) for pair in pairs]
    if not subjects:
        raise ValueError("ask for a characteristic")
    sets = ", ".join(f"(snapshot, unit, grade, {', '.join(one)})" for one in subjects)
    codes = ", ".join(f"{code(one)} as {one}" for one in named)
    rolled = [roll_up(one, (groupings or {}).get(one, "detailed"), f"t.{one}") for one in named]
    held = ", ".join(f"{sql} as {one}" for one, (_, sql) in zip(named, rolled, strict=True))
    joins, all_of = "".join(join for join, _ in rolled), ", ".join(named)
    both = f"(snapshot, unit, grade, {all_of}), " if crossed else ""
    return (
        f"with staff as (\n"
        f"  select p.snapshot, p.unit, p.grade, p.grade_order, {codes}\n"
        f"  from people p where {on_snapshots(snapshots)}{_POSTS[posts]}\n"
        f"), told as (\n"
        f"  select snapshot, unit, grade, min(grade_order) as grade_order, {all_of},\n"
        f"    count(*) as people\n"
        f"  from staff group by grouping sets ({sets})\n"
        f"), placed as (\n"
        f"  select t.snapshot, coalesce(u.ancestor, t.unit) as unit,\n"
        f"    coalesce(u.depth, 0) as depth, t.grade, t.grade_order,\n"
        f"    {held}, t.people\n"
        f"  from told t\n"
        f"  left join unit_lines u on u.snapshot = t.snapshot and u.unit = t.unit\n"
        f"  {joins})\n"
        f"select snapshot, unit, grade, min(grade_order) as grade_order, {all_of},\n"
        f"  cast(sum(people) as bigint) as people,\n"
        f"  cast(coalesce(sum(people) filter (where depth = 0), 0) as bigint) as own\n"
        f"from placed\n"
        f"group by grouping sets ({both}(snapshot, unit, {all_of}),\n"
        f"  (snapshot, grade, {all_of}), (snapshot, {all_of}))"
    )


@dataclass(frozen=True)
class Composition:
    """People of a workforce, by everything that was asked for.

    ``counts`` are keyed by snapshot, unit (None: the whole workforce), grade (None: all of them)
    and the codes of one characteristic or a pair. ``grades`` stand from the lowest up.
    """

    counts: Mapping[Where, int]
    characteristics: tuple[Characteristic, ...]
    groupings: Groupings
    snapshots: tuple[date, ...]
    units: tuple[str, ...]
    grades: tuple[str, ...]
    posts: Posts
    crossed: bool
    codes: Mapping[str, tuple[str, ...]]

    def people(
        self,
        snapshot: date,
        codes: Mapping[str, str],
        *,
        unit: str | None = None,
        grade: str | None = None,
    ) -> int:
        """How many people have these codes, of one characteristic or of a pair asked for.

        Raises ValueError for a grade within a unit where the statement did not cross them.
        """
        if unit is not None and grade is not None and not self.crossed:
            raise ValueError("grades within units were not asked for: ask for them crossed")
        return self.counts.get((snapshot, unit, grade, frozenset(codes.items())), 0)

    def base(
        self,
        snapshot: date,
        of: Sequence[str],
        *,
        unit: str | None = None,
        grade: str | None = None,
        among: Among = "known",
    ) -> int:
        """How many people there are whose codes are known, or everybody."""
        ways: list[dict[str, str]] = [{}]
        for one in of:
            held = [c for c in self.codes[one] if among == "everybody" or c not in MISSING]
            ways = [{**way, one: c} for way in ways for c in held]
        return sum(self.people(snapshot, way, unit=unit, grade=grade) for way in ways)

    def share(
        self,
        snapshot: date,
        codes: Mapping[str, str],
        *,
        unit: str | None = None,
        grade: str | None = None,
        among: Among = "known",
        least: int | None = None,
    ) -> Proportion | TooFew:
        """The share of people with these codes, of those whose codes are known or of everybody.

        Units: people, proportions.
        Missing: with ``among="known"`` whoever did not say, was not asked, or is not known is on
        neither side of the line; with ``everybody`` they are below it. The base says which.
        """
        where = in_words(snapshot)
        place = f" in {unit}" if unit else ""
        at = f" at grade {grade}" if grade else ""
        post = {"all": "people", "board": "board members", "leadership": "senior managers"}
        said = f"{post[self.posts]}{place}{at} on {where}"
        if among == "known":
            said += f" whose {' and '.join(spoken(one) for one in codes)} is known"
        base = self.base(snapshot, tuple(codes), unit=unit, grade=grade, among=among)
        count = self.people(snapshot, codes, unit=unit, grade=grade)
        return proportion(count, base, said, least=least)


def read_composition(
    rows: Iterable[tuple[Any, ...]],
    characteristics: Sequence[Characteristic],
    *,
    groupings: Groupings | None = None,
    posts: Posts = "all",
    crossed: bool = False,
) -> Composition:
    """The composition that the rows of ``composition_sql`` hold.

    Shape: the rows of that statement; the characteristics in the order it was given them.
    Units: people.
    Missing: as in the statement.

    >>> day = date(2026, 3, 31)
    >>> rows = [(day, None, None, None, "female", 60, 60), (day, None, None, None, "male", 40, 40)]
    >>> print(read_composition(rows, ["sex"]).share(day, {"sex": "female"}))
    60.0% (60 of 100 people on 31 March 2026 whose sex is known; 95% interval 50.2% to 69.1%)
    """
    named = tuple(dict.fromkeys(characteristics))
    counts: dict[Where, int] = {}
    orders: dict[str, tuple[bool, int]] = {}
    subjects: dict[tuple[str | None, ...], frozenset[tuple[str, str]]] = {}
    units, snapshots = set(), set()
    seen: dict[str, set[str]] = {one: set() for one in named}
    for snapshot, unit, grade, order, *codes, people, own in rows:
        told = tuple(codes)
        # Millions of rows have a few hundred subjects between them.
        if told not in subjects:
            held = [(one, c) for one, c in zip(named, codes, strict=True) if c is not None]
            subjects[told] = frozenset(held)
            for one, c in held:
                seen[one].add(c)
        counts[snapshot, unit, grade, subjects[told]] = own if unit is None else people
        snapshots.add(snapshot)
        if unit is not None:
            units.add(unit)
        if grade is not None:
            orders[grade] = (order is None, order or 0)
    return Composition(
        MappingProxyType(counts),
        named,
        MappingProxyType(dict(groupings or {})),
        tuple(sorted(snapshots)),
        tuple(sorted(units)),
        tuple(sorted(orders, key=lambda grade: (orders[grade], grade))),
        posts,
        crossed,
        MappingProxyType({one: tuple(sorted(codes)) for one, codes in seen.items()}),
    )


def composition(
    records: Records,
    characteristics: Sequence[Characteristic],
    *,
    pairs: Sequence[Pair] = (),
    groupings: Groupings | None = None,
    snapshots: Sequence[date] = (),
    posts: Posts = "all",
    crossed: bool = False,
) -> Composition:
    """Who works here, by all that is asked for, in one question to the records.

    Shape, Units, Missing, Raises and Source as ``composition_sql``.
    """
    sql = composition_sql(
        characteristics,
        pairs=pairs,
        groupings=groupings,
        snapshots=snapshots,
        posts=posts,
        crossed=crossed,
    )
    return read_composition(
        records.rows(sql), characteristics, groupings=groupings, posts=posts, crossed=crossed
    )


STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "composition by sex, broad ethnic group, disability and age": composition_sql(
            ("sex", "ethnicity", "disability", "age"), groupings={"ethnicity": "five"}
        ),
        "composition by disability of each grade within each unit": composition_sql(
            ("disability",), crossed=True
        ),
        "composition by sex and broad ethnic group together": composition_sql(
            ("sex", "ethnicity"), pairs=(("sex", "ethnicity"),), groupings={"ethnicity": "five"}
        ),
        "composition of senior managers": composition_sql(
            ("ethnicity",), groupings={"ethnicity": "white_other"}, posts="leadership"
        ),
        "composition of the board": composition_sql(("disability",), posts="board"),
    }
)
"""Each statement with the arguments that a pack asks it with, for the parity of engines."""
