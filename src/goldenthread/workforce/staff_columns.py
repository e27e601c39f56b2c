"""The names that a statement about staff may hold: closed lists, and the pieces made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, cast, get_args

Characteristic = Literal[
    "sex",
    "ethnicity",
    "disability",
    "religion",
    "orientation",
    "gender_identity",
    "working_pattern",
    "age",
]
GroupingName = Literal[
    "detailed",
    "five",
    "six",
    "white_other",
    "white_british_other",
    "equality_act",
    "belief",
    "straight_or_lgb",
    "same_or_different",
    "full_or_part",
    "three",
]
Groupings = Mapping[Characteristic, GroupingName]

# The four states of missing, which join to themselves and are no group of anything.
MISSING = ("not_asked", "blank", "prefer_not_to_say", "not_known")
# Ten-year bands of the equality monitoring form in categories, by the age that each begins with.
_AGE_FROM = (0, 16, 25, 35, 45, 55, 65)


def code(characteristic: Characteristic, table: str = "p") -> str:
    """The SQL for somebody's code of a characteristic, age as its ten-year band.

    >>> code("ethnicity")
    'p.ethnicity'
    """
    one_of(characteristic)
    column = f"{table}.{characteristic}"
    if characteristic != "age":
        return column
    whens = [f"when {column} is null then 'not_known'"]
    for first, after in zip(_AGE_FROM, [*_AGE_FROM[1:], None], strict=True):
        if after is None:
            whens.append(f"else '{first}+'")
        else:
            whens.append(f"when {column} < {after} then '{first}-{after - 1}'")
    return f"case {' '.join(whens)} end"


def roll_up(characteristic: Characteristic, grouping: GroupingName, held: str) -> tuple[str, str]:
    """The join that rolls a code up, and the SQL for the group; what no group holds stays itself.

    >>> roll_up("sex", "detailed", "t.sex")
    ('', 't.sex')
    """
    if one_of(characteristic) and grouping not in get_args(GroupingName):
        raise ValueError("a grouping is of the closed list")
    if grouping == "detailed":
        return "", held
    table = f"g_{characteristic}"
    join = (
        f"left join groups {table} on {table}.characteristic = '{characteristic}'"
        f" and {table}.grouping = '{grouping}' and {table}.code = {held}\n"
    )
    return join, f"coalesce({table}.grp, {held})"


def one_of(characteristic: str) -> Characteristic:
    """The same name, which is a characteristic; raises ValueError for any other."""
    if characteristic not in get_args(Characteristic):
        raise ValueError("a characteristic is of the closed list")
    return cast("Characteristic", characteristic)


def day(on: date) -> str:
    """A day as SQL writes it.

    >>> day(date(2026, 3, 31))
    "date '2026-03-31'"
    """
    return f"date '{on.isoformat()}'"


def on_snapshots(snapshots: Sequence[date], table: str = "p") -> str:
    """The condition for some snapshots, all of them where none is named."""
    if not snapshots:
        return "1 = 1"
    return f"{table}.snapshot in ({', '.join(day(one) for one in sorted(set(snapshots)))})"


def in_words(on: date) -> str:
    """A day as a sentence has it.

    >>> in_words(date(2026, 3, 31))
    '31 March 2026'
    """
    return f"{on.day} {on:%B %Y}"


def spoken(code_: str, labels: Mapping[str, str] | None = None) -> str:
    """A code's label, or the code with spaces where none is known.

    >>> spoken("all_other"), spoken("asian", {"asian": "Asian or Asian British"})
    ('all other', 'Asian or Asian British')
    """
    return (labels or {}).get(code_, code_.replace("_", " "))
