"""Packs: the tables that a body makes of its staff records every quarter, for its own eyes.

``make_pack`` asks the records everything that a pack holds and gives ``RawTable``s: internal
figures, which nothing may print or draw. ``PACKS`` names the packs there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from goldenthread.disclosure.raw import Column, RawTable
from goldenthread.workforce.packs.asked import SAYS, Asked, Made, Rows, ask
from goldenthread.workforce.packs.composition_tables import composition_tables
from goldenthread.workforce.packs.declaration_tables import declaration_tables
from goldenthread.workforce.packs.outcome_tables import (
    flow_tables,
    outcome_tables,
    standard_tables,
)
from goldenthread.workforce.packs.pay_tables import gender_pay_tables, profile_pay_tables
from goldenthread.workforce.packs.standing_out import (
    LEAST_NAMED,
    Comparison,
    StandsOut,
    distance,
    distance_of_ratio,
    standing_out,
)
from goldenthread.workforce.records import Records

__all__ = [
    "LEAST_NAMED",
    "PACKS",
    "Asked",
    "Comparison",
    "Pack",
    "StandsOut",
    "ask",
    "distance",
    "distance_of_ratio",
    "make_pack",
    "standing_out",
]

_Part = Callable[[Records, Asked], Made]
_PARTS: Mapping[str, tuple[str, tuple[_Part, ...]]] = MappingProxyType(
    {
        "quarterly": (
            "Everything that staff records say of one quarter",
            (
                composition_tables,
                declaration_tables,
                gender_pay_tables,
                lambda records, asked: profile_pay_tables(records, asked, "ethnicity"),
                lambda records, asked: profile_pay_tables(records, asked, "disability"),
                outcome_tables,
                flow_tables,
            ),
        ),
        "composition": ("Who works here", (composition_tables,)),
        "declaration": ("Who says what they are", (declaration_tables,)),
        "gender-pay": ("The statutory gender pay gap", (gender_pay_tables,)),
        "ethnicity-pay": (
            "The ethnicity pay gap",
            (lambda records, asked: profile_pay_tables(records, asked, "ethnicity"),),
        ),
        "disability-pay": (
            "The disability pay gap",
            (lambda records, asked: profile_pay_tables(records, asked, "disability"),),
        ),
        "likelihoods": ("How likely events were", (outcome_tables, flow_tables)),
        "sc-wres": (
            "Social Care Workforce Race Equality Standard",
            (lambda records, asked: standard_tables(records, asked, "sc_wres"),),
        ),
        "wres": (
            "NHS Workforce Race Equality Standard",
            (lambda records, asked: standard_tables(records, asked, "nhs_wres"),),
        ),
        "wdes": (
            "NHS Workforce Disability Equality Standard",
            (lambda records, asked: standard_tables(records, asked, "nhs_wdes"),),
        ),
    }
)
PACKS: Mapping[str, str] = MappingProxyType({name: title for name, (title, _) in _PARTS.items()})
"""Every pack by its name, with what it holds."""

# Of one table no more than this stands out at a glance; the table itself has every one.
_MOST = 8
_FURTHEST = 1e6


@dataclass(frozen=True)
class Pack:
    """The tables of one pack; the first is what stands out of all comparisons in the others."""

    name: str
    title: str
    tables: tuple[RawTable, ...]

    def table(self, name: str) -> RawTable:
        """A table by its name; raises ``KeyError`` where the pack has none of it."""
        for one in self.tables:
            if one.name == name:
                return one
        raise KeyError(name)


def make_pack(name: str, records: Records, asked: Asked) -> Pack:
    """The tables of a pack, with what stands out of them first.

    Shape: one of ``PACKS``; ``asked`` as ``ask`` gives it for the same records.
    Units: each table's columns say them.
    Missing: a figure that is not given is ``NotSaid`` with its reason; a table of which the records
    hold nothing, such as likelihoods without any event, is left out.
    Raises ValueError for a pack of another name; ``Unreadable`` where the profile says nothing of
    the characteristic, or a population is divided by groups that its list does not have.

    Source: each table names its own, those of its method (``methods.method``) among them.
    """
    if name not in _PARTS:
        raise ValueError(f"there are the packs {', '.join(PACKS)}")
    title, parts = _PARTS[name]
    made = Made()
    for part in parts:
        made += part(records, asked)
    return Pack(name, title, (_stands_out(made, asked), *made.tables))


def _stands_out(made: Made, asked: Asked) -> RawTable:
    """What no single table says at a glance, and what chance alone would hardly give."""
    titles = {one.name: one.title for one in made.tables}
    rows: Rows = [
        (titles[name], name, "", None, "to be read", says) for name, says in made.readings
    ]
    made_in_all, untold, more = 0, 0, []
    for name, comparisons in made.comparisons.items():
        made_in_all += len(comparisons)
        every = standing_out(comparisons)
        found = sorted(
            (one for one in every if not one.comparison.few), key=lambda one: not one.firm
        )
        untold += len(every) - len(found)
        for one in found[:_MOST]:
            rows.append(
                (
                    titles[name],
                    name,
                    one.comparison.where,
                    min(one.comparison.distance, _FURTHEST),
                    "firm" if one.firm else "alone",
                    one.comparison.says,
                )
            )
        if len(found) > _MOST:
            firm = sum(one.firm for one in found)
            more.append(
                f"“{titles[name]}”: the {_MOST} furthest of {len(found):,} are here, of which "
                f"{firm:,} are firm."
            )
    # What is firm stands before what is not, and the furthest first.
    firmest = {"to be read": 0, "firm": 1, "alone": 2}
    rows.sort(key=lambda row: (firmest[str(row[4])], -float(cast("float", row[3] or 0))))
    if untold:
        more.append(
            f"{untold:,} more stand out and tell of fewer than {LEAST_NAMED} people of a group: "
            "they are in their tables alone."
        )
    columns = (
        Column("title", "Found in"),
        Column("table", "Name of the table"),
        Column("where", "Of what"),
        Column("distance", "Standard errors from no difference", "number"),
        Column("strength", "How firm"),
        SAYS,
    )
    notes = [
        f"{made_in_all:,} comparisons were made. By chance alone about {made_in_all // 20:,} of "
        "them would be marked “alone” where there is nothing.",
        "“Firm” is what passes Holm's test over all comparisons of its table; “alone” is beyond "
        "chance by itself only, and is a question to look into and no finding.",
        "“To be read” is what no single comparison says, such as two parts of a gap that hide each "
        "other.",
        *more,
    ]
    return asked.table(
        "stands_out", "What stands out", columns, rows, of="comparisons", base=made_in_all,
        notes=notes,
    )  # fmt: skip
