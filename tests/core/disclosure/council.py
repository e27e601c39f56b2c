"""An invented council: its people one by one, its units, and the parts of a specification."""

import random
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

Spec = dict[str, Any]
Row = dict[str, str]
Unit = tuple[str, ...]
"""Where somebody works: a directorate, and below it perhaps a division and a team."""

BROAD: Mapping[str, Mapping[str, float]] = {
    "Asian": {
        "Indian": 0.06, "Pakistani": 0.03, "Bangladeshi": 0.02, "Chinese": 0.007,
        "Any other Asian": 0.02,
    },
    "Black": {"African": 0.06, "Caribbean": 0.05, "Any other Black": 0.01},
    "Mixed": {
        "White and Black Caribbean": 0.012, "White and Black African": 0.004,
        "White and Asian": 0.005, "Any other Mixed": 0.005,
    },
    "White": {
        "English, Welsh, Scottish, Northern Irish or British": 0.56, "Irish": 0.02,
        "Gypsy or Irish Traveller": 0.001, "Roma": 0.001, "Any other White": 0.07,
    },
    "Other": {"Arab": 0.004, "Any other ethnic group": 0.021},
    "Not known": {"Prefer not to say": 0.02, "Not declared": 0.05},
}  # fmt: skip
BRITISH = "English, Welsh, Scottish, Northern Irish or British"
BROAD_OF = {detail: broad for broad, details in BROAD.items() for detail in details}
SHARES: Mapping[str, Mapping[str, float]] = {
    "ethnicity": {name: share for details in BROAD.values() for name, share in details.items()},
    "disability": {"Yes": 0.07, "No": 0.78, "Not declared": 0.15},
    "sex": {"Female": 0.62, "Male": 0.38},
    "grade": {"G1": 0.28, "G2": 0.32, "G3": 0.24, "G4": 0.12, "G5": 0.04},
    "survey_q1": {"Agree": 0.4, "Disagree": 0.25, "No response": 0.35},
}
COLUMNS = (
    "person", "period", "directorate", "division", "team", "ethnicity", "ethnicity_broad",
    "disability", "sex", "grade", "fte", "hourly_pay", "survey_q1",
)  # fmt: skip

ORG = ["Total", "directorate", "division", "team"]
DIVISIONS = ORG[:3]
DIRECTORATES = ORG[:2]
GROUPS = ["Total", "broad"]
DETAILED = ["Total", "broad", "detailed"]
EVERY = ["Total", "all"]
QUARTERS = ["2025Q2", "2025Q3", "2025Q4", "2026Q1"]


class Staff:
    """People taken on one after the other, each with answers by chance but for those given."""

    def __init__(self, seed: int, period: str = "2026Q1") -> None:
        self.random = random.Random(seed)
        self.period = period
        self.rows: list[Row] = []
        self._number = count(1)

    def join(self, unit: Unit, people: int = 1, **said: str) -> list[Row]:
        """So many people of one unit, who say what is given."""
        return [self._one(unit, said) for _ in range(people)]

    def _one(self, unit: Unit, said: Mapping[str, str]) -> Row:
        row = {"person": f"P{next(self._number):05d}", "period": self.period, **placed(unit)}
        for dim, shares in SHARES.items():
            row[dim] = self.random.choices(list(shares), list(shares.values()))[0]
        row["fte"] = self.random.choice(["0.5", "0.6", "0.8", "1.0", "1.0", "1.0"])
        row.update(said)
        grade = int(row["grade"][1:]) if row["grade"].startswith("G") else 1
        row.setdefault("hourly_pay", f"{8 + 4.5 * grade + self.random.gammavariate(2, 1.2):.2f}")
        row["ethnicity_broad"] = BROAD_OF.get(row["ethnicity"], "")
        self.rows.append({name: row[name] for name in COLUMNS})
        return self.rows[-1]

    def stay(self, rows: Iterable[Row], period: str) -> list[Row]:
        """The same people in a later period, as they were; from now on people join in it."""
        self.period = period
        kept = [{**row, "period": period} for row in rows]
        self.rows += kept
        return kept


def placed(unit: Unit) -> Row:
    """The columns of a unit; one below another carries the whole way to it in its name."""
    names = [" / ".join(unit[: depth + 1]) for depth in range(len(unit))]
    return dict(zip(("directorate", "division", "team"), [*names, "", "", ""], strict=False))


def org(*units: Unit) -> dict[str, Any]:
    """What stands below what, for units down to their teams."""
    children: dict[str, list[str]] = {"Total": []}
    for unit in units:
        above = "Total"
        for depth in range(len(unit)):
            name = " / ".join(unit[: depth + 1])
            if name not in children.setdefault(above, []):
                children[above].append(name)
            above = name
    return children


def dims(children: Mapping[str, Any], **by_period: Mapping[str, Any]) -> dict[str, Any]:
    """The dimensions of a council."""
    broad = {name: list(details) for name, details in BROAD.items()}
    found: dict[str, Any] = {
        "org": {"children": children, "by_period": by_period},
        "ethnicity": {
            "children": {"Total": list(BROAD), **broad},
            "sensitive": True,
            "nonsensitive": ["Not known", "Prefer not to say", "Not declared"],
        },
    }
    for dim, undeclared in (("disability", "Not declared"), ("survey_q1", "No response")):
        found[dim] = {
            "children": {"Total": list(SHARES[dim])},
            "sensitive": True,
            "nonsensitive": [undeclared],
        }
    for dim in ("sex", "grade"):
        found[dim] = {"children": {"Total": list(SHARES[dim])}}
    return found


def table(*measures: str, **by: Sequence[str]) -> dict[str, Any]:
    """A table, called after what it is by."""
    name = " by ".join(f"{dim} ({levels[-1]})" for dim, levels in by.items())
    if set(measures) - {"count"}:
        name += ": " + ", ".join(measures)
    return {"name": name, "dims": {dim: list(levels) for dim, levels in by.items()},
            "measures": list(measures or ("count",))}  # fmt: skip


def spec_of(name: str, told: Mapping[str, Any], *tables: Spec, **more: Any) -> Spec:
    """A specification, with readers told that noughts are always shown."""
    return {
        "name": name,
        "threshold": 5,
        "periods": ["2026Q1"],
        "dims": told,
        "suppressed_never_zero": True,
        "tables": list(tables),
        **more,
    }


def grid(*names: str, divisions: int = 2, teams: int = 2) -> list[Unit]:
    """The teams of these directorates, so many to a division."""
    return [
        (name, f"Div {division}", f"Team {team}")
        for name in names
        for division in range(1, divisions + 1)
        for team in range(1, teams + 1)
    ]


def flow(begins: str, ends: str, joined: int, left: int, **more: Any) -> dict[str, Any]:
    """Who came and went between two periods, for everybody to know."""
    return {"from": begins, "to": ends, "where": {}, "joiners": [joined, joined],
            "leavers": [left, left], **more}  # fmt: skip
