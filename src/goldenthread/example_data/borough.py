"""The workforce of Brackenford, made from a seed, with truths in it that a pack should find.

Everybody is invented. Eight quarters by default, 6,000 people in each, as rows of the tables that
measures read; the table ``groups``, which rolls codes up, is that of the lists in use
(``categories.groups_rows``). The truths, and how strong they are, stand below as constants.

>>> made = borough(people=500, quarters=2)
>>> {name: len(table) for name, table in made.items()}["people"]
1000
>>> next(iter(made["people"]))["snapshot"]
datetime.date(2025, 12, 31)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]

SEED = 20260331
LAST_DAY = date(2026, 3, 31)

# The truths. Sex and ethnic group decide nothing else about anybody's pay, grade for grade.
GAP_GRADE = "g07"
"""In this grade, and in no other, a woman is paid less than a man on the same point."""
GAP = 0.08
TRAP = 0.03
"""In every grade people of other than White groups are paid this much *more*; but they are fewer in
the higher grades, so that over all grades they are paid less."""
CAMPAIGN = 4
"""In this quarter, counted from nought, a campaign asked everybody who they are."""
CAMPAIGN_MOVED = 0.6
"""This share of those without an answer gave one then, in every directorate but one."""
SILENT = "place"
"""The directorate that answers less than the others, before the campaign and after."""
DECLARED, DECLARED_SILENT = 0.75, 0.45
FORMAL = 2.0
"""How much likelier a formal disciplinary case is for people of other than White groups."""

CHARACTERISTICS = ("sex", "ethnicity", "disability", "religion", "orientation", "gender_identity")
MISSING = ("not_asked", "blank", "prefer_not_to_say", "not_known")
_SHARE_OF_MISSING = (0.2, 0.55, 0.2, 0.05)
_CODES: Mapping[str, tuple[tuple[str, float], ...]] = {
    "sex": (("female", 0.62), ("male", 0.38)),
    "ethnicity": (
        ("white_british", 0.52), ("white_irish", 0.03), ("white_other", 0.08),
        ("mixed_white_and_black_caribbean", 0.03), ("asian_indian", 0.08),
        ("asian_pakistani", 0.05), ("asian_bangladeshi", 0.03), ("black_african", 0.09),
        ("black_caribbean", 0.06), ("other_arab", 0.03),
    ),
    "disability": (("disabled", 0.12), ("not_disabled", 0.88)),
    "religion": (("none", 0.4), ("christian", 0.4), ("muslim", 0.14), ("sikh", 0.06)),
    "orientation": (
        ("straight_or_heterosexual", 0.93), ("gay_or_lesbian", 0.04), ("bisexual", 0.03),
    ),
    "gender_identity": (("same_as_sex", 0.985), ("trans_woman", 0.005), ("non_binary", 0.01)),
}  # fmt: skip
WHITE = tuple(code for code, _share in _CODES["ethnicity"] if code.startswith("white"))
_DIRECTORATES = {
    "adults": 0.2, "children": 0.24, SILENT: 0.24, "housing": 0.12, "resources": 0.14,
    "public_health": 0.06,
}  # fmt: skip
_DIVISIONS, _TEAMS = 3, 3
COUNCIL = "council"
# Of each grade the pence an hour at its lowest point; five points, two per cent apart.
_PENCE = (1250, 1340, 1460, 1620, 1850, 2150, 2550, 3050, 3900, 5600)
GRADES = tuple(f"g{number:02}" for number in range(1, len(_PENCE) + 1))
_GRADE_SHARES = (0.11, 0.15, 0.17, 0.16, 0.13, 0.11, 0.08, 0.05, 0.03, 0.01)
_TILT = 0.2  # how much rarer each next grade is for people of other than White groups
_PATTERNS = ("full_time", "part_time", "term_time", "casual")
_HOURS: tuple[Decimal | None, ...] = (Decimal("36.00"), Decimal("18.00"), Decimal("27.50"), None)
_FTE: tuple[Decimal | None, ...] = (Decimal("1.0000"), Decimal("0.5000"), Decimal("0.6500"), None)
_REASONS = ("resignation", "retirement", "end_of_contract", "dismissal")
_LEAVE, _PROMOTED, _APPLICANTS = 0.025, 0.015, 8


@dataclass(frozen=True)
class _Coded:
    """A column as numbers into its different values."""

    codes: Array
    values: Array

    def __getitem__(self, which: Any) -> _Coded:  # noqa: ANN401 - an index of numpy
        return _Coded(self.codes[which], self.values)


class Table:
    """Rows by column: ``column`` gives an array, iteration a dict for each row with plain values.

    NULL is None, a masked number or NaT in an array, and None in a dict.
    """

    def __init__(self, columns: Mapping[str, Array | _Coded]) -> None:
        self._columns = columns

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._columns)

    def column(self, name: str) -> Array:
        """The value of each row in one column."""
        held = self._columns[name]
        return held.values[held.codes] if isinstance(held, _Coded) else held

    def __len__(self) -> int:
        first = next(iter(self._columns.values()))
        return len(first.codes if isinstance(first, _Coded) else first)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        columns = [self.column(name).tolist() for name in self.names]
        for row in zip(*columns, strict=True):
            yield dict(zip(self.names, row, strict=True))

    def __repr__(self) -> str:
        return f"<Table: {len(self):,} rows>"


def borough(*, people: int = 6000, quarters: int = 8, seed: int = SEED) -> Mapping[str, Table]:
    """The tables ``people``, ``unit_lines``, ``applications``, ``cases``, ``training``, ``moves``.

    ``people`` work here at the end of each of the ``quarters``, of which the last ends with
    ``LAST_DAY``. The same arguments give the same rows. Who joins has an application that was
    appointed, and a move, in that quarter; who is promoted likewise; who leaves has a move; and
    every case and course is of somebody in that quarter's snapshot, with the codes held there. So
    from one snapshot to the next the moves explain every difference.

    Raises ValueError for fewer than 100 people or one quarter.
    """
    if people < 100 or quarters < 1:
        raise ValueError("a borough has at least 100 people and one quarter")
    return _Making(people, quarters, seed).tables()


class _Making:
    """The borough while it is made: who is here now, one array for each fact about them."""

    def __init__(self, people: int, quarters: int, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.people, self.quarters = people, quarters
        self.ends = _ends(quarters)
        # The campaign keeps its distance from the end, so that short runs have none.
        self.campaign = CAMPAIGN + quarters - 8
        self.next_person = self.next_applicant = 0
        self.found: dict[str, list[dict[str, Array]]] = {
            name: [] for name in ("people", "applications", "cases", "training", "moves")
        }
        teams = [
            (index, f"{name}_{division}_{team}")
            for index, name in enumerate(_DIRECTORATES)
            for division in range(1, _DIVISIONS + 1)
            for team in range(1, _TEAMS + 1)
        ]
        self.directorate_of = np.array([index for index, _name in teams], dtype=np.int16)
        self.units = np.array([name for _index, name in teams], dtype=object)
        self.lines = [
            (unit, above, depth)
            for unit in [
                *self.units,
                *(f"{d}_{n}" for d in _DIRECTORATES for n in range(1, _DIVISIONS + 1)),
                *_DIRECTORATES,
                COUNCIL,
            ]
            for depth, above in enumerate(_above(unit))
        ]
        self.now: dict[str, Array] = {}

    def tables(self) -> Mapping[str, Table]:
        start = self.ends[0]
        self.now = self._people(self.people, start - self.random.integers(90, 9000, self.people))
        for quarter in range(self.quarters):
            if quarter:
                self._turn(quarter)
            self._snapshot(quarter)
            self._cases(quarter)
            self._training(quarter)
        return MappingProxyType(self._typed())

    # Who they are.

    def _people(self, size: int, started: Array) -> dict[str, Array]:
        random = self.random
        made: dict[str, Array] = {"person": self.next_person + np.arange(size)}
        self.next_person += size
        for name, shares in _CODES.items():
            made[f"true {name}"] = _drawn(
                random, np.array([share for _code, share in shares]), size
            )
        other = made["true ethnicity"] >= len(WHITE)
        grades = np.arange(len(GRADES))
        chances = np.array(_GRADE_SHARES)
        made["grade"] = _drawn(random, chances / chances.sum(), size)
        tilted = chances * np.exp(-_TILT * grades)
        made["grade"][other] = _drawn(random, tilted / tilted.sum(), int(other.sum()))
        directorate = _drawn(random, np.array(list(_DIRECTORATES.values())), size)
        each = _DIVISIONS * _TEAMS
        made["unit"] = (directorate * each + random.integers(0, each, size)).astype(np.int16)
        made["started"] = started
        made["born"] = started - (365.25 * random.uniform(19, 55, size)).astype(np.int64)
        made["point"] = random.integers(0, 5, size)
        chance = np.where(made["true sex"] == 0, 0.42, 0.14)
        part = random.random(size) < chance
        kind = _drawn(random, np.array([0.75, 0.17, 0.08]), size) + 1
        made["pattern"] = np.where(part, kind, 0)
        made["role"] = np.where(random.random(size) < 0.1, len(GRADES), made["grade"])
        for name in CHARACTERISTICS:
            made[name] = self._answers(name, made)
        return made

    def _answers(self, name: str, made: Mapping[str, Array]) -> Array:
        """What the record holds: the truth, or one of the four states of missing behind it."""
        size = len(made["unit"])
        if name == "sex":
            return made["true sex"]
        silent = self._silent(made["unit"])
        said = self.random.random(size) < np.where(silent, DECLARED_SILENT, DECLARED)
        none = len(_CODES[name]) + _drawn(self.random, np.array(_SHARE_OF_MISSING), size)
        return np.where(said, made[f"true {name}"], none).astype(np.int16)

    def _silent(self, unit: Array) -> Array:
        found: Array = self.directorate_of[unit] == list(_DIRECTORATES).index(SILENT)
        return found

    # What happens in a quarter.

    def _turn(self, quarter: int) -> None:
        """Leavers go, others take their places, and some are promoted, by application."""
        random, now = self.random, self.now
        first, last = self.ends[quarter - 1] + 1, self.ends[quarter]
        leaves = random.random(self.people) < _LEAVE
        gone = {name: values[leaves] for name, values in now.items()}
        number = int(leaves.sum())
        self._move(gone, "leaver", random.integers(first, last + 1, number))
        stay = {name: values[~leaves] for name, values in now.items()}
        if quarter == self.campaign:
            self._ask(stay)
        up = (random.random(len(stay["person"])) < _PROMOTED) & (stay["grade"] < len(GRADES) - 1)
        stay["grade"] = stay["grade"] + up
        promoted = {name: values[up] for name, values in stay.items()}
        self._move(promoted, "promotion", random.integers(first, last + 1, int(up.sum())))
        joined = self._people(number, random.integers(first, last + 1, number))
        if quarter >= self.campaign:
            # Whoever joins from then on is asked as everybody was.
            self._ask(joined)
        self._move(joined, "joiner", joined["started"])
        self.now = {name: np.concatenate([stay[name], joined[name]]) for name in stay}
        self._apply(joined, quarter, internal=False)
        self._apply(promoted, quarter, internal=True)

    def _ask(self, asked: dict[str, Array]) -> None:
        """The campaign: those who left a question open, or were never asked, may answer it."""
        silent = self._silent(asked["unit"])
        says = (self.random.random(len(silent)) < CAMPAIGN_MOVED) & ~silent
        for name in CHARACTERISTICS[1:]:
            open_ = (asked[name] >= len(_CODES[name])) & (asked[name] < len(_CODES[name]) + 2)
            asked[name] = np.where(says & open_, asked[f"true {name}"], asked[name])

    def _who(self, found: Mapping[str, Array]) -> dict[str, Array]:
        return {name: found[name] for name in ("unit", *CHARACTERISTICS)}

    def _move(self, found: Mapping[str, Array], kind: str, day: Array) -> None:
        size = len(found["person"])
        reason = _drawn(self.random, np.array([0.6, 0.2, 0.15, 0.05]), size)
        self.found["moves"].append(
            {
                "on_day": day,
                "person": found["person"],
                "kind": np.full(size, ("promotion", "leaver", "joiner").index(kind)),
                **self._who(found),
                "grade": found["grade"],
                "reason": reason if kind == "leaver" else np.full(size, len(_REASONS)),
            }
        )

    def _apply(self, appointed: Mapping[str, Array], quarter: int, *, internal: bool) -> None:
        """The applications for each post that was filled: one appointed, some shortlisted."""
        places = len(appointed["person"])
        # Those who were not appointed are nobody who works here; only their answers are drawn.
        kept = self.next_person
        others = self._people(places * (_APPLICANTS - 1), np.zeros(places * (_APPLICANTS - 1), int))
        self.next_person = kept
        for name in ("unit", "grade"):
            others[name] = np.repeat(appointed[name], _APPLICANTS - 1)
        size = places * _APPLICANTS
        held = {
            name: np.concatenate([appointed[name], others[name]])
            for name in ("unit", "grade", *CHARACTERISTICS)
        }
        is_appointed = np.arange(size) < places
        self.found["applications"].append(
            {
                "period": np.full(size, self.ends[quarter]),
                "applicant": self.next_applicant + self.random.permutation(size),
                **held,
                "shortlisted": is_appointed | (self.random.random(size) < 0.3),
                "appointed": is_appointed,
                "internal": np.full(size, internal),
            }
        )
        self.next_applicant += size

    def _snapshot(self, quarter: int) -> None:
        now, size = self.now, self.people
        end = self.ends[quarter]
        other = now["true ethnicity"] >= len(WHITE)
        pay = np.array(_PENCE)[now["grade"]] * (1 + 0.02 * now["point"])
        pay *= np.where(other, 1 + TRAP, 1.0)
        lower = (now["true sex"] == 0) & (now["grade"] == GRADES.index(GAP_GRADE))
        pay *= np.where(lower, 1 - GAP, 1.0)
        # Three per cent more each April: the last year is paid as the table above says.
        pay *= 1.03 ** (_year(end) - _year(self.ends[-1]))
        bonus = (self.random.random(size) < 0.06) & (now["grade"] >= 6)
        self.found["people"].append(
            {
                "snapshot": np.full(size, end),
                **{n: now[n] for n in ("person", "unit", "grade", "role", "pattern", "started")},
                **{name: now[name] for name in CHARACTERISTICS},
                "age": np.where(
                    self.random.random(size) < 0.005, -1, ((end - now["born"]) / 365.25).astype(int)
                ),
                "relevant": now["pattern"] < 3,
                "full_pay": self.random.random(size) < 0.97,
                "hourly_pence": np.where(
                    self.random.random(size) < 0.005, -1, np.floor(pay + 0.5)
                ).astype(np.int64),
                "bonus_pence": np.where(bonus, self.random.integers(300, 3000, size) * 100, -1),
            }
        )

    def _cases(self, quarter: int) -> None:
        now, random = self.now, self.random
        other = now["true ethnicity"] >= len(WHITE)
        for kind, (rate, formal) in enumerate(((0.003, 0.6), (0.004, 0.5), (0.002, 0.4))):
            chance = rate * np.where(other & (kind == 0), FORMAL, 1.0)
            self._event(
                "cases",
                random.random(self.people) < chance,
                quarter,
                "opened",
                kind=kind,
                formal=formal,
            )

    def _training(self, quarter: int) -> None:
        for mandatory, rate, funded in ((1.0, 0.25, 0.0), (0.0, 0.08, 0.6)):
            came = self.random.random(self.people) < rate
            self._event("training", came, quarter, "on_day", mandatory=mandatory, funded=funded)

    def _event(self, table: str, which: Array, quarter: int, day: str, **said: float) -> None:
        """Something that happens to some of those who are here; flags come about by chance."""
        found = {name: values[which] for name, values in self.now.items()}
        size = int(which.sum())
        first, last = self.ends[quarter] - 89, self.ends[quarter]
        on = np.maximum(self.random.integers(first, last + 1, size), found["started"])
        told = {
            name: np.full(size, value) if name == "kind" else self.random.random(size) < value
            for name, value in said.items()
        }
        self.found[table].append({day: on, "person": found["person"], **told, **self._who(found)})

    # Numbers become what the tables hold.

    def _typed(self) -> dict[str, Table]:
        values = self._values()
        tables: dict[str, Table] = {}
        for name, parts in self.found.items():
            held = {
                column: np.concatenate([part[column] for part in parts])
                for column in (parts[0] if parts else ())
            }
            if held:
                tables[name] = Table(_in_order(name, held, values))
        days = np.repeat(_days(self.ends), len(self.lines))
        tables["unit_lines"] = Table(
            {
                "snapshot": days,
                "unit": np.array([u for u, _a, _d in self.lines] * self.quarters, dtype=object),
                "ancestor": np.array([a for _u, a, _d in self.lines] * self.quarters, dtype=object),
                "depth": np.array([d for _u, _a, d in self.lines] * self.quarters),
            }
        )
        return tables

    def _values(self) -> dict[str, Array]:
        lists = {name: [c for c, _share in codes] + list(MISSING) for name, codes in _CODES.items()}
        plain = {
            "person": [f"{number:07}" for number in range(100_000, 100_000 + self.next_person)],
            "applicant": [f"a{number:08}" for number in range(self.next_applicant)],
            "unit": list(self.units),
            "grade": list(GRADES),
            "role": [f"role_{grade}" for grade in GRADES] + [None],
            "reason": [*_REASONS, None],
            **lists,
        }
        return {name: _objects(values) for name, values in plain.items()}


def _in_order(name: str, held: Mapping[str, Array], values: Mapping[str, Array]) -> dict[str, Any]:
    """The columns of a table in its order, coded ones with their values."""
    who = CHARACTERISTICS
    order = {
        "people": (
            "snapshot", "person", "unit", "grade", "grade_order", "role", *who, "age",
            "working_pattern", "hours", "fte", "started", "relevant", "full_pay", "hourly_pence",
            "bonus_pence", "board", "leadership",
        ),
        "applications": (
            "period", "applicant", "unit", "grade", *who, "shortlisted", "appointed", "internal",
        ),
        "cases": ("opened", "person", "kind", "formal", "unit", *who),
        "training": ("on_day", "person", "mandatory", "funded", "unit", *who),
        "moves": ("on_day", "person", "kind", "unit", "grade", *who, "reason"),
    }[name]  # fmt: skip
    kinds = {
        "cases": ("disciplinary", "grievance", "capability"),
        "moves": ("promotion", "leaver", "joiner"),
    }
    columns: dict[str, Any] = {}
    for column in order:
        if column in ("snapshot", "started", "period", "opened", "on_day"):
            columns[column] = _days(held[column])
        elif column == "kind":
            columns[column] = _Coded(held["kind"].astype(np.int16), _objects(kinds[name]))
        elif column == "grade_order":
            columns[column] = held["grade"].astype(np.int32) + 1
        elif column in ("working_pattern", "hours", "fte"):
            told = {"working_pattern": _PATTERNS, "hours": _HOURS, "fte": _FTE}[column]
            columns[column] = _Coded(held["pattern"], _objects(told))
        elif column in ("board", "leadership"):
            columns[column] = held["grade"] >= len(GRADES) - (1 if column == "board" else 2)
        elif column in ("age", "hourly_pence", "bonus_pence"):
            columns[column] = np.ma.masked_less(held[column], 0)
        elif column in values:
            columns[column] = _Coded(held[column], values[column])
        else:
            columns[column] = held[column]
    return columns


def _ends(quarters: int) -> list[int]:
    """The last days of the quarters, as numbers of days."""
    found = []
    year, month = LAST_DAY.year, LAST_DAY.month
    for _quarter in range(quarters):
        after = date(year + month // 12, month % 12 + 1, 1)
        found.append(int(np.datetime64(after).astype("datetime64[D]").astype(int)) - 1)
        year, month = (year, month - 3) if month > 3 else (year - 1, month + 9)
    return found[::-1]


def _days(numbers: Array | list[int]) -> Array:
    return np.asarray(numbers, dtype=np.int64).astype("datetime64[D]")


def _year(day: int) -> int:
    """The financial year that a day lies in, by the year in which it began."""
    on: date = np.datetime64(day, "D").item()
    return on.year if on.month > 3 else on.year - 1


def _above(unit: str) -> list[str]:
    """A unit and all above it, up to the council."""
    if unit == COUNCIL:
        return [COUNCIL]
    directorate = next(
        name for name in _DIRECTORATES if unit == name or unit.startswith(f"{name}_")
    )
    below = [part for part in unit.removeprefix(directorate).split("_") if part]
    own = ["_".join([directorate, *below[:depth]]) for depth in range(len(below), -1, -1)]
    return [*own, COUNCIL]


def _drawn(random: np.random.Generator, shares: Array, size: int) -> Array:
    found: Array = np.searchsorted(np.cumsum(shares / shares.sum()), random.random(size))
    return np.minimum(found, len(shares) - 1).astype(np.int16)


def _objects(values: Any) -> Array:  # noqa: ANN401 - any sequence
    held = np.empty(len(values), dtype=object)
    held[:] = list(values)
    return held
