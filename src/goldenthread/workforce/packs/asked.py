"""What a pack is asked for, and the cells that its tables are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from goldenthread.categories import MISSING_IN_WORDS, CodeList, Group
from goldenthread.disclosure.raw import Cell, Column, Kind, NotSaid, RawTable
from goldenthread.errors import Unreadable
from goldenthread.workforce.packs.methods import method
from goldenthread.workforce.packs.standing_out import Comparison
from goldenthread.workforce.pay.pay_gap_profiles import RESPONSE_2026, Profile
from goldenthread.workforce.proportion import Proportion
from goldenthread.workforce.rates.benchmark import Benchmark
from goldenthread.workforce.rates.declaration import Campaign
from goldenthread.workforce.records import Records
from goldenthread.workforce.staff_columns import Characteristic, GroupingName, one_of
from goldenthread.workforce.too_few import TooFew

Rows = list[tuple[Cell, ...]]

# The roll-up in which each characteristic is shown beside others.
SHOWN: Mapping[Characteristic, GroupingName] = {
    "sex": "detailed",
    "ethnicity": "five",
    "disability": "detailed",
    "religion": "detailed",
    "orientation": "detailed",
    "gender_identity": "detailed",
    "age": "detailed",
    "working_pattern": "full_or_part",
}

SAYS = Column("says", "In words")


@dataclass(frozen=True)
class Asked:
    """What a pack is asked of: its records' days, and what its words and comparisons come from.

    ``as_at`` is the snapshot that is told, ``before`` the last snapshot that is a year or more
    older, or else the oldest there is; events are those of the ``years`` that end with ``as_at``.
    """

    as_at: date
    before: date | None
    snapshots: tuple[date, ...]
    sources: tuple[str, ...]
    lists: Mapping[str, CodeList]
    units: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    benchmarks: tuple[Benchmark, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    profile: Profile = RESPONSE_2026
    least: int | None = None
    years: int = 1

    @property
    def begins(self) -> date:
        """The first day of the year, or the years, that end with the snapshot."""
        return years_before(self.as_at, self.years) + timedelta(days=1)

    def label(self, characteristic: str, group: str, grouping: str = "") -> str:
        """What a group or a state of missing is called."""
        if group in MISSING_IN_WORDS:
            return MISSING_IN_WORDS[group]
        rolled = grouping or SHOWN[one_of(characteristic)]
        for each in self._groups(characteristic, rolled):
            if each.code == group:
                return each.label
        return group.replace("_", " ")

    def order(self, characteristic: str, group: str) -> tuple[int, str]:
        """Where a group stands in its list; states of missing come after every group."""
        groups = self._groups(characteristic, SHOWN[one_of(characteristic)])
        codes = [*(one.code for one in groups), *MISSING_IN_WORDS]
        return (codes.index(group) if group in codes else len(codes), group)

    def title(self, characteristic: str) -> str:
        """What a characteristic is called."""
        held = self.lists.get(characteristic)
        return held.title if held is not None else characteristic.replace("_", " ").capitalize()

    def unit(self, path: str) -> str:
        """What a unit is called where it was first written."""
        return self.units.get(path, path)

    def grade(self, code: str) -> str:
        """What a grade is called where it was first written."""
        return self.grades.get(code, code)

    def _groups(self, characteristic: str, grouping: str) -> Sequence[Group]:
        held = self.lists.get(characteristic)
        rolled = [one for one in held.groupings if one.name == grouping] if held else []
        return rolled[0].groups if rolled else ()

    def table(
        self,
        name: str,
        title: str,
        columns: Iterable[Column],
        rows: Rows,
        *,
        of: str = "people in post",
        base: int | None = None,
        notes: Iterable[str] = (),
        sources: Iterable[str] = (),
    ) -> RawTable:
        """An internal table of this pack, with where its figures come from and by whose method."""
        return RawTable(
            name=name,
            title=title,
            columns=tuple(columns),
            rows=tuple(rows),
            as_at=self.as_at,
            base=base,
            of=of,
            notes=tuple(notes),
            sources=(*self.sources, *sources, *method(name).sources),
        )


@dataclass(frozen=True)
class Made:
    """Tables with the comparisons behind each, and what else a reader must not miss.

    ``readings`` are sentences that no single comparison says, by the name of their table.
    """

    tables: tuple[RawTable, ...] = ()
    comparisons: Mapping[str, Sequence[Comparison]] = field(default_factory=dict)
    readings: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: Made) -> Made:
        return Made(
            (*self.tables, *other.tables),
            {**self.comparisons, **other.comparisons},
            (*self.readings, *other.readings),
        )


def ask(
    records: Records,
    *,
    lists: Mapping[str, CodeList],
    sources: Sequence[str],
    as_at: date | None = None,
    units: Mapping[str, str] | None = None,
    grades: Mapping[str, str] | None = None,
    benchmarks: Sequence[Benchmark] = (),
    campaigns: Sequence[Campaign] = (),
    profile: Profile = RESPONSE_2026,
    least: int | None = None,
    years: int = 1,
) -> Asked:
    """What a pack is asked of these records: of the snapshot ``as_at``, or the newest there is.

    ``lists`` are by characteristic (``categories.lists_in_use``), ``sources`` say where the
    records come from. Of few events in a year, ask for more ``years``. Raises ``Unreadable`` where
    there is no snapshot, or not that one.
    """
    days = tuple(sorted(row[0] for row in records.rows("select distinct snapshot from people")))
    if not days:
        raise Unreadable("There is no snapshot of people to reckon with.")
    newest = as_at or days[-1]
    if newest not in days:
        raise Unreadable(
            f"There is no snapshot of {newest.isoformat()}.",
            do=f"There are those of {', '.join(one.isoformat() for one in days)}.",
        )
    earlier = [day for day in days if day < newest]
    a_year = [day for day in earlier if day <= years_before(newest)]
    return Asked(
        as_at=newest,
        before=a_year[-1] if a_year else next(iter(earlier), None),
        snapshots=tuple(day for day in days if day <= newest),
        sources=tuple(sources),
        lists=lists,
        units=units or {},
        grades=grades or {},
        benchmarks=tuple(benchmarks),
        campaigns=tuple(campaigns),
        profile=profile,
        least=least,
        years=years,
    )


def years_before(day: date, years: int = 1) -> date:
    """The same day so many years before; 28 February for 29 February.

    >>> years_before(date(2028, 2, 29))
    datetime.date(2027, 2, 28)
    """
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - years, day=last)


def share_columns(of: str = "") -> tuple[Column, ...]:
    """The columns of a share: of how many it is, and how sure."""
    return (
        Column("people", "People", "count"),
        Column("base", "Base", "count", of),
        Column("share", "Share", "share", "%"),
        *interval_columns("share"),
    )


def interval_columns(kind: str, of: str = "") -> tuple[Column, Column]:
    """The two ends of a 95% interval, of a share or of a figure in another unit.

    ``of`` names the column that it is of, where a table has more than one such.
    """
    head = f"{of}_" if of else ""
    held: tuple[Kind, str] = ("share", "%") if kind == "share" else ("number", kind)
    return (
        Column(f"{head}low", "95% interval from", *held),
        Column(f"{head}high", "95% interval to", *held),
    )


def share_cells(found: Proportion | TooFew, people: int, base: int) -> tuple[Cell, ...]:
    """The cells of ``share_columns``."""
    if isinstance(found, TooFew):
        return (people, base, not_said(found), None, None)
    return (
        people,
        base,
        100 * found.share,
        100 * max(found.interval.low, 0.0),
        100 * min(found.interval.high, 1.0),
    )


def not_said(found: TooFew) -> NotSaid:
    """A figure that is not given, as a table shows it."""
    return NotSaid(found.why, "[x]" if found.marker == "[x]" else "[c]")


def exact(value: Fraction | None) -> Cell:
    """A figure that may be missing because there is nobody to reckon it from."""
    return NotSaid("There is nobody to reckon it from.", "[x]") if value is None else value
