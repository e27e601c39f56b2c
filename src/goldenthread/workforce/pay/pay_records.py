"""The SQL that pay gaps ask: how many are paid how much, and how many there are to be counted.

It counts and groups, in the standard SQL that DuckDB, PostgreSQL and Spark run unchanged (decision
0040). Which rate is the middle one, and who falls into which quarter, is settled in Python on whole
pence, since a statute has rules of its own for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from goldenthread.workforce.staff_columns import (
    Characteristic,
    GroupingName,
    code,
    day,
    roll_up,
)

Column = Literal["unit", "grade", "grade_order", "working_pattern", "age", "leadership"]


def hourly_pay_sql(
    *,
    characteristic: Characteristic = "sex",
    grouping: GroupingName = "detailed",
    by: Sequence[Column] = (),
    snapshot: date | None = None,
) -> str:
    """The statement for how many full-pay relevant employees are on each hourly rate.

    Shape: one row per snapshot, per value of each column in ``by``, per group and per rate:
    ``snapshot, *by, grp, hourly_pence, people``. ``unit`` in ``by`` stands for a unit with all that
    lies under it, so a person counts in each unit above their own; a unit that ``unit_lines`` does
    not have stands for itself. Without ``snapshot``, every snapshot there is.
    Units: pence an hour, people.
    Missing: nobody without an hourly rate is in it (``staff_sql`` counts them); whoever did not
    say a characteristic is in the group of that state of missing.
    Raises ``ValueError`` for a name outside the closed lists.

    Source: SI 2017/353 Schedule 1 paragraphs 2(1)(a), (b), (f) and 13; the same people for
    ethnicity and disability, consultation response CP 1542.

    >>> from datetime import date
    >>> print(hourly_pay_sql(snapshot=date(2026, 3, 31)))
    select p.snapshot, p.sex as grp, p.hourly_pence, count(*) as people
    from people p
    where p.full_pay and p.hourly_pence is not null and p.snapshot = date '2026-03-31'
    group by p.snapshot, p.sex, p.hourly_pence
    """
    return _counted(
        characteristic, grouping, by, snapshot, "hourly_pence", "p.full_pay and {} is not null"
    )


def bonus_pay_sql(
    *,
    characteristic: Characteristic = "sex",
    grouping: GroupingName = "detailed",
    by: Sequence[Column] = (),
    snapshot: date | None = None,
) -> str:
    """The statement for how many relevant employees had how much bonus in the twelve months.

    Shape: as ``hourly_pay_sql``, with ``bonus_pence`` in place of the hourly rate.
    Units: pence in the twelve months that end with the snapshot, people.
    Missing: nobody without a bonus is in it; whoever had reduced pay for leave is.
    Raises ``ValueError`` for a name outside the closed lists.

    Source: SI 2017/353 Schedule 1 paragraphs 2(1)(c), (d), 10 and 11.

    >>> print(bonus_pay_sql(by=["grade"]))
    select p.snapshot, p.grade, p.sex as grp, p.bonus_pence, count(*) as people
    from people p
    where p.relevant and p.bonus_pence > 0
    group by p.snapshot, p.grade, p.sex, p.bonus_pence
    """
    return _counted(characteristic, grouping, by, snapshot, "bonus_pence", "p.relevant and {} > 0")


def staff_sql(
    *,
    characteristic: Characteristic = "sex",
    grouping: GroupingName = "detailed",
    by: Sequence[Column] = (),
    snapshot: date | None = None,
) -> str:
    """The statement for how many people there are to be counted, and how many fall out.

    Shape: one row per snapshot, per value of each column in ``by`` and per group: ``snapshot, *by,
    grp, relevant, full_pay, not_reckoned, with_bonus``.
    Units: people. ``not_reckoned`` are on full pay and have no hourly rate.
    Missing: each state of missing is a group of its own.
    Raises ``ValueError`` for a name outside the closed lists.

    Source: SI 2017/353 Schedule 1 paragraphs 1(1), 2(1)(e) and 12.

    >>> print(staff_sql())
    select p.snapshot, p.sex as grp,
      count(*) filter (where p.relevant) as relevant,
      count(*) filter (where p.full_pay) as full_pay,
      count(*) filter (where p.full_pay and p.hourly_pence is null) as not_reckoned,
      count(*) filter (where p.relevant and p.bonus_pence > 0) as with_bonus
    from people p
    group by p.snapshot, p.sex
    """
    columns, named, tables = _who(characteristic, grouping, by)
    where = f"\nwhere {_on(snapshot)}" if snapshot else ""
    return (
        f"select {named},\n"
        "  count(*) filter (where p.relevant) as relevant,\n"
        "  count(*) filter (where p.full_pay) as full_pay,\n"
        "  count(*) filter (where p.full_pay and p.hourly_pence is null) as not_reckoned,\n"
        "  count(*) filter (where p.relevant and p.bonus_pence > 0) as with_bonus\n"
        f"from {tables}{where}\n"
        f"group by {columns}"
    )


def _counted(
    characteristic: Characteristic,
    grouping: GroupingName,
    by: Sequence[Column],
    snapshot: date | None,
    pay: Literal["hourly_pence", "bonus_pence"],
    who: str,
) -> str:
    """People by rate of pay."""
    columns, named, tables = _who(characteristic, grouping, by)
    on = f" and {_on(snapshot)}" if snapshot else ""
    return (
        f"select {named}, p.{pay}, count(*) as people\n"
        f"from {tables}\n"
        f"where {who.format('p.' + pay)}{on}\n"
        f"group by {columns}, p.{pay}"
    )


def _who(
    characteristic: Characteristic, grouping: GroupingName, by: Sequence[Column]
) -> tuple[str, str, str]:
    """The columns to group by, the same with their names, and the tables that have them."""
    if not set(by) <= set(get_args(Column)) or len(set(by)) != len(by):
        raise ValueError("columns are of the closed list, each once")
    tables = "people p"
    columns, named = ["p.snapshot"], ["p.snapshot"]
    if "unit" in by:
        tables += "\nleft join unit_lines u on u.snapshot = p.snapshot and u.unit = p.unit"
    for name in by:
        # A unit that no line has stands for itself, and so nobody is lost.
        column = "coalesce(u.ancestor, p.unit)" if name == "unit" else f"p.{name}"
        columns.append(column)
        named.append(f"{column} as unit" if name == "unit" else column)
    # What a roll-up does not know keeps its own name, and so nobody is lost.
    join, group = roll_up(characteristic, grouping, code(characteristic))
    if join:
        tables += f"\n{join.rstrip()}"
    return ", ".join([*columns, group]), ", ".join([*named, f"{group} as grp"]), tables


def _on(snapshot: date) -> str:
    return f"p.snapshot = {day(snapshot)}"


STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "hourly pay by sex": hourly_pay_sql(),
        "hourly pay by sex, unit and grade": hourly_pay_sql(by=("unit", "grade", "grade_order")),
        "hourly pay by broad ethnic group": hourly_pay_sql(
            characteristic="ethnicity", grouping="five"
        ),
        "hourly pay by disability": hourly_pay_sql(characteristic="disability"),
        "bonus pay by sex": bonus_pay_sql(),
        "bonus pay, White and all other groups, by unit": bonus_pay_sql(
            characteristic="ethnicity", grouping="white_other", by=("unit",)
        ),
        "staff by sex": staff_sql(),
        "staff, White British and all other groups, by unit": staff_sql(
            characteristic="ethnicity", grouping="white_british_other", by=("unit",)
        ),
    }
)
"""Each statement with the arguments that a pack asks it with, for the parity of engines."""
