"""A hidden figure explained: what it could be, and the other workforce that shows it, in words.

The data officer is told from the certificate, which holds true figures. Everybody else is told one
sentence: how many figures are hidden, and never which of them was small.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from goldenthread.disclosure.instead import Kind, Words, instead, listed, plain
from goldenthread.disclosure.spec import TOTAL, Hierarchy
from goldenthread.disclosure.verify import verify
from goldenthread.errors import Missing, Unreadable, Unsafe

SCHEMA = "goldenthread.explanation/1"
INTERNAL = (
    "Internal: it holds true figures, for the data officer alone. Never publish it or send it."
)
_COUNTED = ("count", "percent")
_HIDDEN = ("[c]", "[x]")
_WIDTH = 2
_MOST = 20

Cell = tuple[str, ...]
"""A period, and a code for each dimension of the release, ``Total`` where none is told."""


@dataclass(frozen=True)
class Differing:
    """A hidden count in which the two workforces differ."""

    says: str
    first: int
    second: int


@dataclass(frozen=True)
class Row:
    """A row all of whose people are in one cell; in another workforce only ``part`` of them are."""

    says: str
    part: int
    whole: int


@dataclass(frozen=True)
class Explanation:
    """One figure of a release, as it is and as it might be. Counts are of people.

    ``symbol`` is what stands in its place, nothing where it is ``shown``. ``first`` is how many
    there are in the true workforce and ``second`` in the other, None where the certificate keeps no
    workforce of its own for this figure; ``others`` are what it is in the rest of them. ``instead``
    is what makes the second workforce of the first, a clause for each kind of people; ``differing``
    are the hidden counts that it changes. ``row`` is a row all of whose people are in it.
    ``agreeing`` is how many counts and percentages are shown, which are the same in both.
    """

    says: str
    symbol: str
    first: int
    second: int | None = None
    others: tuple[int, ...] = ()
    instead: tuple[str, ...] = ()
    differing: tuple[Differing, ...] = ()
    row: Row | None = None
    agreeing: int = 0

    @property
    def could_be(self) -> tuple[int, ...]:
        """Its numbers in the two workforces, the lesser first."""
        return tuple(sorted({self.first} if self.second is None else {self.first, self.second}))


def named(text: str) -> dict[str, str]:
    """What a person typed of a cell, by name; a comma inside a code does not part it.

    Raises ``Missing`` where a part is no name and code, or a name stands twice.

    >>> named("period=2026Q1,ethnicity=English, Welsh or British")
    {'period': '2026Q1', 'ethnicity': 'English, Welsh or British'}
    """
    found: dict[str, str] = {}
    for part in re.split(r",(?=\s*[\w-]+=)", text):
        name, sign, code = (one.strip() for one in part.partition("="))
        if not (name and sign and code) or name in found:
            raise Missing(
                "A cell is named once by each name: period=2026Q1,org=Parks,ethnicity=Asian."
            )
        found[name] = code
    return found


def hidden_figures(folder: Path) -> int:
    """How many figures of a release are hidden, as anybody can count them; no certificate needed.

    A figure that stands in two tables counts once. Hidden is whatever is marked [c] or [x]. Raises
    ``Unreadable`` for a folder that is no release.
    """
    return sum(symbol in _HIDDEN for symbol in _figures(folder, _About(folder)).values())


def public_sentence(folder: Path) -> str:
    """What everybody is told of what is hidden: one sentence and a count. Raises as the count does.

    It never says which figure was small: both kinds are hidden alike.
    """
    count = hidden_figures(folder)
    if not count:
        return "No figure is hidden."
    if count == 1:
        return "1 figure is hidden so that nobody can be worked out from it."
    return f"{count:,} figures are hidden so that nobody can be worked out from them."


def explain(folder: Path, told: Mapping[str, str]) -> Explanation:
    """What a figure could be, from a release folder and its certificate; it holds true figures.

    Shape: ``told`` has ``period``, which may be left out where there is but one, and a code for
    each dimension that is not ``Total``. A count is explained; of a figure that only a percentage
    gives, the count behind it. Of several workforces that prove it, the one that changes fewest
    people is told. Missing: of a figure that no table counts, and of a name that there is not.
    Raises ``Missing`` of these, ``Unsafe`` where there is no certificate or where ``verify`` finds
    fault with it, and ``Unreadable`` where a file is missing or damaged.
    """
    about = _About(folder)
    inside = folder / "certificate"
    if not inside.is_dir():
        raise Unsafe(
            "The release has no certificate, and without it nothing is explained.",
            rule="no certificate",
            do="Ask whoever made the release: it stays with them.",
            file=folder.name,
        )
    figures = _figures(folder, about)
    cell = _asked(about, told)
    symbols = [
        symbol for (one, kind, _of), symbol in figures.items() if one == cell and kind in _COUNTED
    ]
    if not symbols:
        raise Missing(f"No table counts {about.said(cell)}.", do="Name a figure of the release.")
    if faults := verify(folder):
        raise Unsafe(
            f"The certificate does not pass its check ({faults[0]})",
            rule="not verified",
            do="See goldenthread verify.",
            file=folder.name,
        )
    symbol = figures.get((cell, "count", ""), symbols[0])
    workforce = _Workforce(inside, about)
    return _explained(about, figures, workforce, cell, symbol)


class _About:
    """What ``release.json`` says: periods, dimensions, codes, threshold."""

    def __init__(self, folder: Path) -> None:
        place = folder / "release.json"
        try:
            data = json.loads(place.read_text(encoding="utf-8"))
            self.threshold = int(data["threshold"])
            self.periods: tuple[str, ...] = tuple(data["periods"])
            self.dims: tuple[str, ...] = tuple(data["dims"])
            self.files = [Path(name).name for name in data["cells"]]
            self.above: dict[tuple[str, str], Mapping[str, frozenset[str]]] = {}
            self.free: dict[str, frozenset[str] | None] = {}
            for dim, told in data["dims"].items():
                for period in self.periods:
                    children = told.get("by_period", {}).get(period, told["children"])
                    self.above[period, dim] = Hierarchy(_ways(children)).above
                sensitive = told.get("sensitive")
                self.free[dim] = frozenset(told.get("nonsensitive", ())) if sensitive else None
        except OSError as wrong:
            raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=place.name) from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Unreadable("This describes no release.", file=place.name) from None

    def said(self, cell: Cell) -> str:
        """A cell as a person names it: ``2026Q1, org “Parks”, ethnicity “Asian”``."""
        told = zip(self.dims, cell[1:], strict=True)
        codes = [f"{plain(dim)} “{code}”" for dim, code in told if code != TOTAL]
        return ", ".join([cell[0], *(codes or ["everybody"])])


def _ways(children: Mapping[str, Any]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for code, below in children.items():
        ways = below if below and isinstance(below[0], list) else [below]
        found[code] = tuple(tuple(way) for way in ways)
    return found


def _figures(folder: Path, about: _About) -> dict[tuple[Cell, str, str], str]:
    """The symbol of every figure, by cell, measure and what it is of; none where it is shown."""
    found: dict[tuple[Cell, str, str], str] = {}
    for name in about.files:
        for number, row in _rows(folder / name):
            try:
                cell = (row["period"], *(row[dim] or TOTAL for dim in about.dims))
                found[cell, row["measure"], row["of"]] = row["symbol"]
            except KeyError:
                raise Unreadable(f"Row {number} is damaged.", file=name) from None
    return found


def _rows(place: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with place.open(encoding="utf-8", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), 2):
                if None in row or None in row.values():
                    raise Unreadable(f"Row {number} does not fit the headings.", file=place.name)
                yield number, row
    except OSError as wrong:
        raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=place.name) from None
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable("It is damaged.", file=place.name) from None


def _asked(about: _About, told: Mapping[str, str]) -> Cell:
    if strange := [name for name in told if name not in ("period", *about.dims)]:
        raise Missing(f"The release has no “{strange[0]}”.", do=f"It has {', '.join(about.dims)}.")
    period = told.get("period", about.periods[0] if len(about.periods) == 1 else "")
    if period not in about.periods:
        raise Missing("Say of which period.", do=f"There are {', '.join(about.periods)}.")
    for dim in about.dims:
        code = told.get(dim, TOTAL)
        if code not in about.above[period, dim]:
            raise Missing(f"In {period} “{code}” is no code of {plain(dim)}.")
    return period, *(told.get(dim, TOTAL) for dim in about.dims)


class _Workforce:
    """The true workforce by kind, and every change that makes another of it."""

    def __init__(self, folder: Path, about: _About) -> None:
        self.about = about
        self.dims: list[str] = []
        self.kinds: list[Kind] = []
        self.changes: list[list[tuple[int, int]]] = []
        place = folder / "workforce.csv"
        for number, row in _rows(place):
            self.dims = self.dims or [
                dim for dim in about.dims if f"{about.periods[0]}:{dim}" in row
            ]
            try:
                held = [[row[f"{p}:{dim}"] for dim in self.dims] for p in about.periods]
                codes = tuple(tuple(one) if all(one) else None for one in held)
                self.kinds.append(Kind(int(row["people"]), codes))
            except (KeyError, ValueError):
                raise Unreadable(f"Row {number} is damaged.", file=place.name) from None
        place = folder / "changes.csv"
        for number, row in _rows(place):
            try:
                if int(row["change"]) == len(self.changes):
                    self.changes.append([])
                self.changes[-1].append((int(row["kind"]), int(row["by"])))
            except (KeyError, ValueError, IndexError):
                raise Unreadable(f"Row {number} is damaged.", file=place.name) from None

    def inside(self, cell: Cell) -> list[bool]:
        """Of each kind, whether it is in a cell."""
        about = self.about
        at = about.periods.index(cell[0])
        asked = dict(zip(about.dims, cell[1:], strict=True))
        if any(asked[dim] != TOTAL for dim in about.dims if dim not in self.dims):
            return [False] * len(self.kinds)
        above = [(asked[dim], about.above[cell[0], dim]) for dim in self.dims]
        return [
            codes is not None
            and all(
                told == TOTAL or told in held[code]
                for (told, held), code in zip(above, codes, strict=True)
            )
            for codes in (kind.codes[at] for kind in self.kinds)
        ]

    def count(self, there: Sequence[bool]) -> int:
        """How many people are of the kinds that are there."""
        return sum(kind.people for kind, one in zip(self.kinds, there, strict=True) if one)

    def moves(self, there: Sequence[bool]) -> list[int]:
        """By how many people each change makes those kinds more."""
        return [sum(by for kind, by in change if there[kind]) for change in self.changes]

    def moved(self, change: int, cells: Iterable[Cell]) -> Iterator[tuple[Cell, int]]:
        """Of these cells those that a change moves, and by how many people."""
        about = self.about
        found: dict[Cell, int] = {}
        for number, by in self.changes[change]:
            for period, codes in zip(about.periods, self.kinds[number].codes, strict=True):
                if codes is None:
                    continue
                lowest = dict(zip(self.dims, codes, strict=True))
                held = [
                    about.above[period, dim][lowest[dim]] if dim in lowest else (TOTAL,)
                    for dim in about.dims
                ]
                for told in product(*held):
                    found[period, *told] = found.get((period, *told), 0) + by
        for cell in cells:
            if found.get(cell, 0):
                yield cell, found[cell]

    def size(self, change: int) -> int:
        """How many people a change moves."""
        return sum(abs(by) for _kind, by in self.changes[change])


def _explained(
    about: _About,
    figures: Mapping[tuple[Cell, str, str], str],
    workforce: _Workforce,
    cell: Cell,
    symbol: str,
) -> Explanation:
    there = workforce.inside(cell)
    first, moves = workforce.count(there), workforce.moves(there)
    told = Explanation(about.said(cell), symbol, first)
    if symbol not in _HIDDEN:
        return told
    alike = next(_alike(about, workforce, cell, first), None)
    apart = [at for at, (all_, one) in enumerate(zip(alike[1], moves, strict=True))
             if all_ - one >= 1] if alike else []  # fmt: skip
    moving = [at for at, by in enumerate(moves) if by]
    if 0 < first < about.threshold:
        least = max(about.threshold - first, _WIDTH)
        moving = [at for at in moving if moves[at] >= least] or moving
    best = [at for at in apart if at in moving] or moving or apart
    if not best:
        return told
    chosen = min(best, key=lambda at: (workforce.size(at), at))
    hidden = dict.fromkeys(
        one for (one, kind, _of), mark in figures.items() if kind in _COUNTED and mark in _HIDDEN
    )
    differing = [
        (one, by, workforce.count(workforce.inside(one)))
        for one, by in workforce.moved(chosen, sorted(hidden, key=lambda one: one[0] != cell[0]))
    ]
    second = first + moves[chosen]
    words = Words(about.periods, workforce.dims)
    row: Row | None = None
    if alike and apart:
        shows = chosen if chosen in apart else min(apart, key=lambda at: (workforce.size(at), at))
        row = Row(about.said(alike[0]), first + moves[shows], first + alike[1][shows])
    return Explanation(
        told.says,
        symbol,
        first,
        second,
        tuple(sorted({first + by for by in moves} - {first, second})),
        tuple(instead(words, workforce.kinds, workforce.changes[chosen], there)),
        tuple(Differing(about.said(one), true, true + by) for one, by, true in differing),
        row,
        sum(not mark for (_one, kind, _of), mark in figures.items() if kind in _COUNTED),
    )


def _alike(
    about: _About, workforce: _Workforce, cell: Cell, first: int
) -> Iterator[tuple[Cell, list[int]]]:
    """The rows of which everybody is in a cell by a sensitive code, and how changes move them."""
    for at, dim in enumerate(about.dims, 1):
        free = about.free[dim]
        if first and free is not None and cell[at] != TOTAL and cell[at] not in free:
            row = (*cell[:at], TOTAL, *cell[at + 1 :])
            there = workforce.inside(row)
            if workforce.count(there) == first:
                yield row, workforce.moves(there)


def lines(told: Explanation) -> Iterator[str]:
    """An explanation as the data officer reads it: internal, and it says so first."""
    yield INTERNAL
    yield ""
    if told.symbol not in _HIDDEN:
        yield f"{told.says}: it is not hidden."
        return
    yield f"{told.says}: hidden as {told.symbol}."
    if told.second is None:
        why = "it is not small" if told.symbol == "[c]" else "[x] says nothing of it"
        yield (
            f"It is {told.first:,}. The certificate keeps no other workforce for it and needs "
            f"none: {why}."
        )
        return
    if told.second != told.first:
        yield f"This could be {' or '.join(f'{one:,}' for one in told.could_be)}."
    yield ""
    yield f"The first workforce is the true one, and it is {told.first:,} there."
    agree = f"all {told.agreeing:,} counts and percentages that are shown"
    yield f"The second agrees with {agree}, and it is {told.second:,} there."
    if told.row:
        yield (
            f"In the first everybody of {told.row.says} is among them. Not so in every workforce "
            f"of the certificate: in one it is {told.row.part:,} of {told.row.whole:,}."
        )
    yield "In the second:"
    last = len(told.instead) - 1
    for at, each in enumerate(told.instead):
        yield f"  - {each}{'.' if at == last else ';'}"
    yield ""
    yield "Hidden counts that differ, in the first and in the second:"
    yield from (
        f"  - {one.says}: {one.first:,} and {one.second:,}" for one in told.differing[:_MOST]
    )
    if len(told.differing) > _MOST:
        yield f"  and {len(told.differing) - _MOST:,} more."
    if told.others:
        yield ""
        more = listed([f"{one:,}" for one in told.others])
        yield f"In other workforces of the certificate it is {more}."


def to_json(told: Explanation) -> dict[str, Any]:
    """An explanation as plain values ready for JSON; as internal as the certificate."""

    def both(one: Differing) -> dict[str, Any]:
        return {"figure": one.says, "first": one.first, "second": one.second}

    return {
        "schema": SCHEMA,
        "internal": INTERNAL,
        "figure": told.says,
        "symbol": told.symbol,
        "first": told.first,
        "second": told.second,
        "others": list(told.others),
        "instead": list(told.instead),
        "differing": [both(one) for one in told.differing],
        "row": asdict(told.row) if told.row else None,
        "agreeing": told.agreeing,
    }
