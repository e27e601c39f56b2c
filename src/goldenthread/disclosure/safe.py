"""Tables that may leave: made by the gate alone, from a release that has just been verified.

Charts, documents and pages take a ``SafeTable`` and no other table. There is one way to one:
``safe_tables`` reads a release's folder, has ``verify`` check its certificate, and makes them from
the very bytes that were checked.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from math import prod
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

from goldenthread.disclosure.cells import guard
from goldenthread.disclosure.shorthand import FEWEST, INSTEAD, MARKERS, MEANINGS, Shown
from goldenthread.disclosure.verify import verify
from goldenthread.errors import Unreadable, Unsafe

SCHEMA = "goldenthread.safe-table/1"
EVERYBODY = "Total"
"""The code of all codes of a dimension."""

_RELEASE, _CELLS = "release.json", "cells.csv"
_FIRST, _LAST = ("period", "table"), ("measure", "value", "symbol", "base", "dp", "of")
_HIDDEN = ("[c]", "[x]")
_DIMS = {"org": "Unit", "ethnicity": "Ethnic group", "disability": "Disability", "sex": "Sex",
         "grade": "Grade"}  # fmt: skip
_FIGURES = {"count": "people", "percent": "percentages", "mean": "mean pay", "median": "median pay",
            "gap": "pay gaps"}  # fmt: skip
_BASE = re.compile("(r?)([1-9][0-9]{0,3})")
# Nobody outside this module holds it, so nobody outside makes a table by mistake.
_SEAL = object()

_Below: TypeAlias = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Measure:
    """What a column of figures says: its kind, decimals, and the rounding base of a count.

    ``of`` is, for a percentage, the dimension whose total it is a share of, and for a gap the
    reference group as ``dim=code``; ``base`` is "" where counts are not rounded, "5" or "r5".

    >>> Measure("percent", of="ethnicity").title, Measure("count").title
    ('% by ethnic group', 'People')
    """

    kind: str
    of: str = ""
    places: int = 0
    base: str = ""

    @property
    def title(self) -> str:
        """What heads its column."""
        if self.kind == "percent":
            return f"% by {dimension_words(self.of).lower()}"
        if self.kind == "gap":
            return f"Gap in mean pay against {self.of.partition('=')[2]}"
        return {"count": "People", "mean": "Mean pay", "median": "Median pay"}[self.kind]

    @property
    def heading(self) -> str:
        """What heads its column where no other column says the unit."""
        return self.title if self.kind in ("count", "percent") else f"{self.title} ({self.unit})"

    @property
    def unit(self) -> str:
        """What one of it is: people, per cent, pounds an hour."""
        return {"count": "people", "percent": "%", "gap": "%"}.get(self.kind, "£ an hour")


@dataclass(frozen=True)
class Line:
    """One row: a period, a code for each dimension, and a figure or marker for each measure."""

    period: str
    codes: tuple[str, ...]
    figures: tuple[Shown, ...]


@dataclass(frozen=True)
class SafeTable:
    """A table of a verified release: what charts draw, documents print and pages show.

    Shape: ``lines`` hold one code for each of ``dims`` and one figure for each of ``measures``, in
    order; every combination of codes of a period is there. ``release`` is the release's title,
    ``fingerprint`` the SHA-256 of its cells.csv followed by its release.json, which may be quoted.
    Units: each measure's own. Missing: a marker of the shorthand, never an empty cell and never a
    number; the same marker whether a figure is small or hidden to protect another.

    ``safe_tables`` alone makes one: the constructor, ``dataclasses.replace``, a subclass and a
    pickle are refused. That guards against mistakes and not against malice: whoever writes
    Python can do anything to a value in memory.

    >>> SafeTable("staff", "Staff", "Staff", (), (), (), (), "public", 10, "", {}, {}, None)
    Traceback (most recent call last):
    ...
    TypeError: a SafeTable is made by safe_tables alone, from a release that it verifies
    """

    name: str
    title: str
    release: str
    periods: tuple[str, ...]
    dims: tuple[str, ...]
    measures: tuple[Measure, ...]
    lines: tuple[Line, ...]
    policy: str
    threshold: int
    fingerprint: str
    below: Mapping[tuple[str, str], _Below] = field(repr=False, hash=False)
    """By period and dimension: below a code its child codes, once for each way to divide it."""
    unanswered: Mapping[str, frozenset[str]] = field(repr=False, hash=False)
    """By dimension: the codes of those who gave no answer, such as Not declared."""
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            _no_way()

    def __init_subclass__(cls) -> NoReturn:
        _no_way()

    def __copy__(self) -> SafeTable:
        return self

    def __deepcopy__(self, memo: object) -> SafeTable:
        return self

    def __reduce__(self) -> NoReturn:
        """No pickle: a table read from a file has passed no check in this process."""
        _no_way()

    @property
    def figures(self) -> int:
        """How many figures the table has, shown or hidden."""
        return len(self.lines) * len(self.measures)

    @property
    def hidden(self) -> int:
        """How many of them are hidden."""
        return sum(one.marker in _HIDDEN for line in self.lines for one in line.figures)

    @property
    def rounded(self) -> bool:
        """Whether its counts are rounded, so that a 0 need not be a true nought."""
        return any(one.base for one in self.measures)

    @property
    def sentence(self) -> str:
        """What everybody is told of what is hidden: how many figures, and never which was small."""
        if not self.hidden and self.rounded:
            return "Every count is rounded so that nobody can be worked out."
        if not self.hidden:
            return "No figure had to be hidden."
        are = "figure is" if self.hidden == 1 else "figures are"
        return (
            f"{self.hidden:,} {are} hidden so that nobody can be worked out, "
            f"of {self.figures:,} in this table."
        )

    @property
    def markers(self) -> tuple[tuple[str, str], ...]:
        """The markers that stand in it, each with what it means, in the order of the shorthand."""
        held = {one.marker for line in self.lines for one in line.figures}
        return tuple((MARKERS[r], MEANINGS[r]) for r in INSTEAD if MARKERS[r] in held)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to know of its figures, in sentences."""
        kinds = {measure.kind for measure in self.measures}
        said = [f"No count from 1 to {self.threshold - 1:,} is shown as it is."]
        said += [_rounded(base) for base in sorted({one.base for one in self.measures} - {""})]
        if "percent" in kinds:
            said.append(f"No percentage is of fewer than {FEWEST['percent']} people.")
        if self.policy == "internal":
            said.append("It was made by the rules for readers inside the body, not for the public.")
        return tuple(said)

    def find(self, period: str, codes: Mapping[str, str], measure: Measure) -> Shown | None:
        """The figure at these codes, ``Total`` for what is not named; None where it has no row."""
        wanted = tuple(codes.get(dim, EVERYBODY) for dim in self.dims)
        at = self.measures.index(measure)
        return next(
            (o.figures[at] for o in self.lines if (o.period, o.codes) == (period, wanted)), None
        )


def only_safe(table: object) -> None:
    """Refuse anything but a safe table: what is drawn or printed has passed the gate.

    Raises ``TypeError``: to hand over rows, or an internal table, is a mistake of the program.
    """
    if type(table) is not SafeTable:
        raise TypeError(
            "what is drawn or printed is a SafeTable, of a release that was protected and verified"
        )


def safe_tables(folder: Path) -> tuple[SafeTable, ...]:
    """The tables of a release that ``goldenthread protect`` wrote, after verifying it here and now.

    Shape: one for each table of ``cells.csv``, in its order. Units and missing: see ``SafeTable``.
    Raises ``Unsafe`` where there is no certificate, where ``verify`` finds a fault (the first one
    is told), where nothing was protected, and where a file changed meanwhile; ``Unreadable`` where
    a file is missing or damaged, or a row of a table is not there, with its name and row.

    Source: the release format, whose ``verify`` is integers alone and shares nothing with
    ``protect``.
    """
    if not (folder / "certificate").is_dir():
        raise Unsafe(
            "There is no certificate, so that nothing can be verified.",
            rule="not verified",
            do="Name the folder that goldenthread protect wrote.",
            file=folder.name,
        )
    about, cells = _bytes(folder)
    faults = verify(folder)
    if faults:
        raise Unsafe(
            f"The release does not pass its check ({faults[0].rstrip('.')}).",
            rule="not verified",
            do="Make it again with goldenthread protect.",
            file=folder.name,
        )
    if _bytes(folder) != (about, cells):
        raise Unsafe(
            "The release was changed while it was read.",
            rule="not verified",
            do="Try again when nobody writes to it.",
            file=folder.name,
        )
    return tuple(_made(_About.read(about), cells, sha256(cells + about).hexdigest()))


def to_json(table: SafeTable) -> dict[str, Any]:
    """The table as plain values ready for JSON: exact figures as text, markers with their meaning.

    A figure is ``{"figure": "12.5"}`` or ``{"marker": "[c]"}``; there is no way back from JSON,
    since what was read from a file has passed no check.
    """
    return {
        "schema": SCHEMA,
        "name": table.name,
        "title": table.title,
        "release": table.release,
        "fingerprint": table.fingerprint,
        "policy": table.policy,
        "threshold": table.threshold,
        "hidden": table.sentence,
        "notes": list(table.notes),
        "markers": dict(table.markers),
        "periods": list(table.periods),
        "dimensions": [{"name": dim, "title": dimension_words(dim)} for dim in table.dims],
        "measures": [
            {"kind": one.kind, "of": one.of, "title": one.title, "unit": one.unit,
             "decimals": one.places, "rounded_to": one.base}
            for one in table.measures
        ],
        "rows": [
            {
                "period": line.period,
                "codes": list(line.codes),
                "figures": [
                    {"marker": one.marker} if one.marker else {"figure": str(one)}
                    for one in line.figures
                ],
            }
            for line in table.lines
        ],
    }  # fmt: skip


def to_csv(tables: Sequence[SafeTable]) -> str:
    """Tables as one CSV (RFC 4180), a row for each figure; no cell is empty.

    A dimension that a table does not have is its ``Total`` there. Each row says of which release it
    is, so that rows copied out of the file still do. Words that a spreadsheet would compute get an
    apostrophe in front. Raises ``TypeError`` for anything but safe tables.
    """
    for table in tables:
        only_safe(table)
    dims = list(dict.fromkeys(dim for table in tables for dim in table.dims))
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    heads = map(dimension_words, dims)
    writer.writerow(
        ["Table", "Period", *map(guard, heads), "Measure", "Measured in", "Figure", "Rounding",
         "Release", "Fingerprint"]
    )  # fmt: skip
    for table in tables:
        for line in table.lines:
            told = dict(zip(table.dims, line.codes, strict=True))
            codes = [guard(told.get(dim, EVERYBODY)) for dim in dims]
            for measure, figure in zip(table.measures, line.figures, strict=True):
                writer.writerow(
                    [guard(table.name), guard(line.period), *codes, guard(measure.title),
                     measure.unit, str(figure), measure.base or "none", guard(table.release),
                     table.fingerprint]
                )  # fmt: skip
    return out.getvalue()


def dimension_words(dim: str) -> str:
    """What heads the column of a dimension.

    >>> dimension_words("org"), dimension_words("working_pattern")
    ('Unit', 'Working pattern')
    """
    words = dim.replace("_", " ").strip()
    return _DIMS.get(dim, words[:1].upper() + words[1:])


@dataclass(frozen=True)
class _About:
    """What ``release.json`` says, so far as a table needs it."""

    title: str
    policy: str
    threshold: int
    periods: tuple[str, ...]
    dims: tuple[str, ...]
    below: Mapping[tuple[str, str], _Below]
    unanswered: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, content: bytes) -> _About:
        """The release's own words; refused where nothing was protected."""
        try:
            data = json.loads(content.decode("utf-8"))
            periods, dims = tuple(map(str, data["periods"])), data["dims"]
            found = cls(
                title=str(data["name"]),
                policy=str(data["policy"]),
                threshold=int(data["threshold"]),
                periods=periods,
                dims=tuple(dims),
                below={
                    (period, dim): _below(told.get("by_period", {}).get(period, told["children"]))
                    for period in periods
                    for dim, told in dims.items()
                },
                unanswered={
                    dim: frozenset(map(str, told.get("nonsensitive", ())))
                    for dim, told in dims.items()
                },
            )
            files = data["cells"]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Unreadable("This describes no release.", file=_RELEASE) from None
        if files != [_CELLS]:
            raise Unreadable(f"A release has one file of cells, {_CELLS}.", file=_RELEASE)
        if found.threshold < 2:
            raise Unsafe(
                "Its threshold is below 2, so that no small count was hidden.",
                rule="threshold",
                do="Protect it again with a policy.",
                file=_RELEASE,
            )
        return found

    def codes(self, period: str, dim: str) -> frozenset[str]:
        below = self.below[period, dim]
        return frozenset(
            {EVERYBODY, *(code for ways in below.values() for way in ways for code in way)}
        )


def _below(children: Mapping[str, Any]) -> _Below:
    return MappingProxyType(
        {
            str(code): tuple(
                tuple(map(str, way)) for way in (ways if ways and _several(ways) else [ways])
            )
            for code, ways in children.items()
        }
    )


def _several(ways: Sequence[Any]) -> bool:
    return isinstance(ways[0], list)


def _bytes(folder: Path) -> tuple[bytes, bytes]:
    found = []
    for name in (_RELEASE, _CELLS):
        try:
            found.append((folder / name).read_bytes())
        except OSError as wrong:
            raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=name) from None
    return found[0], found[1]


def _made(about: _About, cells: bytes, fingerprint: str) -> Iterator[SafeTable]:
    read: dict[str, dict[tuple[str, tuple[str, ...]], dict[tuple[str, str], _Cell]]] = {}
    known = {(period, dim): about.codes(period, dim) for period, dim in about.below}
    for number, row in _rows(cells, about):
        try:
            codes = tuple(row[dim] or EVERYBODY for dim in about.dims)
            fits = all(
                code in known[row["period"], dim]
                for dim, code in zip(about.dims, codes, strict=True)
            )
            cell = _Cell.read(row)
        except (KeyError, ValueError, InvalidOperation, Unreadable):
            fits = False
        if not fits:
            raise Unreadable(f"Row {number} is damaged.", file=_CELLS)
        held = read.setdefault(row["table"], {}).setdefault((row["period"], codes), {})
        if (row["measure"], row["of"]) in held:
            raise Unreadable(f"Row {number} repeats a figure of its table.", file=_CELLS)
        held[row["measure"], row["of"]] = cell
    for name, lines in read.items():
        yield _table(name, lines, about, fingerprint)


def _rows(cells: bytes, about: _About) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        reader = csv.DictReader(io.StringIO(cells.decode("utf-8"), newline=""))
        if list(reader.fieldnames or ()) != [*_FIRST, *about.dims, *_LAST]:
            raise Unreadable("Its columns are not those of a release.", file=_CELLS)
        for number, row in enumerate(reader, 2):
            if None in row or None in row.values():
                raise Unreadable(f"Row {number} does not fit the headings.", file=_CELLS)
            yield number, row
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable("It is damaged.", file=_CELLS) from None


@dataclass(frozen=True)
class _Cell:
    """One row of ``cells.csv``: its figure, and how it is rounded."""

    shown: Shown
    places: int | None
    base: str

    @classmethod
    def read(cls, row: Mapping[str, str]) -> _Cell:
        value, base = row["value"], row["base"]
        if row["measure"] not in _FIGURES or (base and not _BASE.fullmatch(base)):
            raise ValueError
        plain = value.removeprefix("-").replace(".", "", 1)
        if value and not (plain.isascii() and plain.isdigit()):
            raise ValueError
        if row["measure"] == "count" and value and not (value.isascii() and value.isdigit()):
            raise ValueError
        places = int(row["dp"]) if row["dp"] else None
        figure = Decimal(value) if value else None
        if figure is not None and places is not None:
            exact = figure.quantize(Decimal(1).scaleb(-places))
            if exact != figure:
                raise ValueError
            figure = exact
        return cls(Shown(figure, row["symbol"]), places, base)


def _table(
    name: str,
    lines: Mapping[tuple[str, tuple[str, ...]], Mapping[tuple[str, str], _Cell]],
    about: _About,
    fingerprint: str,
) -> SafeTable:
    """The table of these lines, with every row that its codes have together."""
    kinds = list(dict.fromkeys(kind for held in lines.values() for kind in held))
    used = [at for at in range(len(about.dims)) if any(c[at] != EVERYBODY for _, c in lines)]
    periods = tuple(one for one in about.periods if any(one == period for period, _ in lines))
    whole = sum(
        prod(len({codes[at] for each, codes in lines if each == period}) for at in used)
        for period in periods
    )
    if len(lines) != whole or any(len(held) != len(kinds) for held in lines.values()):
        raise Unreadable("A table lacks some of its rows.", file=_CELLS)
    measures = tuple(_measure(kind, [held[kind] for held in lines.values()]) for kind in kinds)
    dims = tuple(about.dims[at] for at in used)
    return SafeTable(
        name=name,
        title=_title(about, periods, dims, measures),
        release=about.title,
        periods=periods,
        dims=dims,
        measures=measures,
        lines=tuple(
            Line(period, tuple(codes[at] for at in used), tuple(held[kind].shown for kind in kinds))
            for (period, codes), held in lines.items()
        ),
        policy=about.policy,
        threshold=about.threshold,
        fingerprint=fingerprint,
        below=MappingProxyType(
            {(period, dim): about.below[period, dim] for period in periods for dim in dims}
        ),
        unanswered=MappingProxyType({dim: about.unanswered[dim] for dim in dims}),
        seal=_SEAL,
    )


def _measure(kind: tuple[str, str], cells: Sequence[_Cell]) -> Measure:
    places = {one.places for one in cells if one.places is not None}
    bases = {one.base for one in cells if one.shown.figure is not None}
    if len(places) > 1 or len(bases) > 1:
        raise Unreadable("Figures of one measure are rounded differently.", file=_CELLS)
    return Measure(*kind, places=next(iter(places), 0), base=next(iter(bases), ""))


def _title(
    about: _About, periods: Sequence[str], dims: Sequence[str], measures: Sequence[Measure]
) -> str:
    """The release's title and what the table holds, such as “people by unit and sex, 2026Q1”."""
    kinds = _listed(list(dict.fromkeys(_FIGURES[one.kind] for one in measures)))
    by = _listed([dimension_words(dim).lower() for dim in dims])
    when = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
    return f"{about.title}: {kinds}{f' by {by}' if by else ''}, {when}"


def _rounded(base: str) -> str:
    to = base.removeprefix("r")
    if base != to:
        return f"Counts are rounded to multiples of {to} so that every table adds up."
    return f"Counts are rounded to the nearest {to}, and so may not add up."


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _no_way() -> NoReturn:
    raise TypeError("a SafeTable is made by safe_tables alone, from a release that it verifies")
