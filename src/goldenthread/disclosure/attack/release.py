"""A published release as an outsider reads it: ``release.json`` and the cell files, or a refusal.

This reads for the intruder alone. It shares no code with what makes a release, so that a mistake in
one is seen by the other.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from goldenthread.disclosure.attack.nesting import TOTAL, Nesting
from goldenthread.errors import Place, Unreadable

MARKS = ("[c]", "[x]", "[z]", "[low]")
"""The shorthand of official statistics that may stand in the place of a figure."""

_LARGEST_JSON = 50_000_000
_LARGEST_CELLS = 500_000_000
_MOST_ROWS = 5_000_000
_MOST_DECIMALS = 9
_MOST_PEOPLE = 1_000_000_000
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?")
_WHOLE = re.compile(r"[0-9]{1,10}")
_COLUMNS = ("period", "table", "measure", "value", "symbol", "base", "dp", "of")
_BASES = {"": 1, "5": 5, "r5": 5}


@dataclass(frozen=True)
class Dim:
    """A dimension as published: how its codes nest, by period, and which of them are sensitive."""

    name: str
    base: Nesting
    by_period: Mapping[str, Nesting]
    sensitive: bool
    nonsensitive: frozenset[str]

    def of(self, period: str) -> Nesting:
        """How its codes nested in a period."""
        return self.by_period.get(period, self.base)


@dataclass(frozen=True)
class Flow:
    """What the release tells of who came and went between two periods."""

    begins: str
    ends: str
    where: Mapping[str, str]
    joiners: tuple[int, int]
    leavers: tuple[int, int]
    answers_may_change: bool


@dataclass(frozen=True)
class Figure:
    """One row of a cell file. ``codes`` leave out ``Total``; ``value`` is None where it is hidden.

    ``of`` are, of a percentage, the dimensions put back to ``Total`` for its denominator; of a gap,
    its dimension and the code of the group that it is held against.
    """

    period: str
    table: str
    codes: tuple[tuple[str, str], ...]
    measure: str
    value: Decimal | None
    symbol: str
    base: str
    dp: int
    of: tuple[str, ...]
    row: int


@dataclass(frozen=True)
class Published:
    """One release folder as anybody may read it. Missing: ``symbols`` without a mark tell nothing.

    ``symbols`` are, by mark, the least and the greatest count that the reader is told it stands
    for, None where nothing is told; ``names`` are the cell files.
    """

    folder: str
    name: str
    threshold: int
    periods: tuple[str, ...]
    dims: Mapping[str, Dim]
    flows: tuple[Flow, ...]
    structural: tuple[Mapping[str, str], ...]
    symbols: Mapping[str, tuple[int, int | None] | None]
    never_zero: bool
    names: tuple[str, ...]
    figures: tuple[Figure, ...]
    of_rounded: bool = False


def read_release(folder: Path | str) -> Published:
    """The release in a folder, as an outsider has it: ``release.json`` and the files it names.

    Nothing else in the folder is looked at. Raises ``Unreadable``, naming file, row and column,
    where a file is missing, too large, damaged, or contradicts itself.
    """
    place = Path(folder)
    data = _json(place / "release.json")
    try:
        head = _head(data, place.name)
    except Unreadable as refusal:
        raise refusal.in_file("release.json") from None
    figures: list[Figure] = []
    for name in head.names:
        try:
            figures += _figures(place / name, head)
        except Unreadable as refusal:
            raise refusal.in_file(name) from None
    if not figures:
        raise Unreadable("The release holds no figures.", file=place.name)
    return Published(**{**head.__dict__, "figures": tuple(figures)})


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(_text(path, _LARGEST_JSON), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Unreadable("This is not JSON.", file=path.name) from None
    except Unreadable as refusal:
        raise refusal.in_file(path.name) from None


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _text(path: Path, largest: int) -> str:
    try:
        if not path.is_file():
            raise Unreadable("There is no such file.", do="Name the folder of a release.")
        with path.open("rb") as stream:
            held = stream.read(largest + 1)
    except OSError as wrong:
        raise Unreadable(f"It cannot be opened ({wrong.strerror}).") from None
    if len(held) > largest:
        raise Unreadable(f"It is larger than {largest // 1_000_000} MB, and no release is.")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("It is not text in UTF-8.") from None


def _head(data: Any, folder: str) -> Published:  # noqa: ANN401 - whatever JSON holds
    told = _object(data, "It")
    threshold = told.get("threshold")
    if type(threshold) is not int or not 1 <= threshold <= _MOST_PEOPLE:
        raise Unreadable("“threshold” is not a whole number above nought.")
    periods = _strings(told.get("periods"), "periods")
    if not periods or len(set(periods)) < len(periods):
        raise Unreadable("“periods” does not list each period once.")
    dims = {
        name: _dim(name, one, periods) for name, one in _object(told.get("dims"), "“dims”").items()
    }
    if not dims or set(dims) & set(_COLUMNS):
        raise Unreadable("“dims” is empty, or names one of the columns of every cell file.")
    never_zero = told.get("suppressed_never_zero", False)
    if type(never_zero) is not bool:
        raise Unreadable("“suppressed_never_zero” is neither true nor false.")
    cells = told.get("cells", ["cells.csv"])
    names = _strings([cells] if isinstance(cells, str) else cells, "cells")
    if not names or len(set(names)) < len(names):
        raise Unreadable("“cells” does not name each file once.")
    for name in names:
        if name != Path(name).name or name in ("", ".", "..") or "\\" in name or "\0" in name:
            raise Unreadable("“cells” names a file outside the folder of the release.")
    return Published(
        folder=folder,
        name=_string(told.get("name"), "name"),
        threshold=threshold,
        periods=periods,
        dims=dims,
        flows=tuple(_flow(one, dims, periods) for one in _list(told.get("flows", []), "flows")),
        structural=tuple(
            _where(one, dims, "structural")
            for one in _list(told.get("structural", []), "structural")
        ),
        symbols=_symbols(told.get("symbols", {})),
        never_zero=never_zero,
        names=names,
        figures=(),
        of_rounded=told.get("percentages") == "of the rounded figures",
    )


def _dim(name: str, data: Any, periods: Sequence[str]) -> Dim:  # noqa: ANN401
    told = _object(data, f"The dimension “{name}”")
    base = _nesting(told.get("children"), name)
    by_period = {
        period: _nesting(one, name)
        for period, one in _object(told.get("by_period", {}), f"“by_period” of {name}").items()
    }
    if not set(by_period) <= set(periods):
        raise Unreadable(f"“by_period” of {name} names a period that there is not.")
    sensitive = told.get("sensitive", False)
    if type(sensitive) is not bool:
        raise Unreadable(f"“sensitive” of {name} is neither true nor false.")
    nonsensitive = frozenset(_strings(told.get("nonsensitive", []), f"nonsensitive of {name}"))
    return Dim(name, base, by_period, sensitive, nonsensitive)


def _nesting(data: Any, name: str) -> Nesting:  # noqa: ANN401
    ways: dict[str, tuple[tuple[str, ...], ...]] = {}
    for code, below in _object(data, f"“children” of {name}").items():
        listed = _list(below, f"children of {name}")
        divided = listed if listed and all(isinstance(one, list) for one in listed) else [listed]
        ways[code] = tuple(_strings(one, f"children of {name}") for one in divided)
    try:
        return Nesting(ways)
    except ValueError as wrong:
        raise Unreadable(f"The codes of {name} do not nest: {wrong}.") from None


def _flow(data: Any, dims: Mapping[str, Dim], periods: Sequence[str]) -> Flow:  # noqa: ANN401
    told = _object(data, "A flow")
    begins, ends = (_string(told.get(key), f"{key} of a flow") for key in ("from", "to"))
    if begins not in periods or ends not in periods or begins == ends:
        raise Unreadable("A flow does not go from one of the periods to another.")
    may = told.get("answers_may_change", True)
    if type(may) is not bool:
        raise Unreadable("“answers_may_change” of a flow is neither true nor false.")
    where = _where(told.get("where", {}), dims, "where")
    joiners, leavers = _pair(told.get("joiners")), _pair(told.get("leavers"))
    return Flow(begins, ends, where, joiners, leavers, may)


def _pair(data: Any) -> tuple[int, int]:  # noqa: ANN401
    held = _list(data, "joiners or leavers of a flow")
    if (
        len(held) != 2
        or any(type(one) is not int for one in held)
        or not 0 <= held[0] <= held[1] <= _MOST_PEOPLE
    ):
        raise Unreadable("Joiners and leavers of a flow are two whole numbers, the lesser first.")
    return held[0], held[1]


def _where(data: Any, dims: Mapping[str, Dim], key: str) -> dict[str, str]:  # noqa: ANN401
    found: dict[str, str] = {}
    for name, code in _object(data, f"“{key}”").items():
        known = name in dims and any(
            code in one.codes for one in (dims[name].base, *dims[name].by_period.values())
        )
        if not known:
            raise Unreadable(f"“{key}” names a dimension or a code that there is not.")
        if code != TOTAL:
            found[name] = code
    return found


def _symbols(data: Any) -> dict[str, tuple[int, int | None] | None]:  # noqa: ANN401
    found: dict[str, tuple[int, int | None] | None] = {}
    for mark, told in _object(data, "“symbols”").items():
        if mark not in MARKS:
            raise Unreadable(f"“symbols” has a mark that is none of {', '.join(MARKS)}.")
        if told is None:
            found[mark] = None
            continue
        held = _list(told, "symbols")
        if len(held) != 2 or not _bounds(held[0], held[1]):
            raise Unreadable(f"“symbols” does not give {mark} its least and its greatest count.")
        found[mark] = None if held[0] is None else (held[0], held[1])
    return found


def _bounds(least: Any, most: Any) -> bool:  # noqa: ANN401
    whole = all(one is None or (type(one) is int and one >= 0) for one in (least, most))
    return whole and (least is None or most is None or least <= most)


def _figures(path: Path, head: Published) -> list[Figure]:
    csv.field_size_limit(100_000)
    rows = csv.reader(io.StringIO(_text(path, _LARGEST_CELLS), newline=""), strict=True)
    found: list[Figure] = []
    try:
        names = next(rows, [])
        if len(set(names)) < len(names) or not set(names) <= {*_COLUMNS, *head.dims}:
            raise Unreadable("It names a column twice, or one that no cell file has.")
        if missing := [one for one in _COLUMNS[:5] if one not in names]:
            raise Unreadable(f"It has no column “{missing[0]}”.")
        for number, row in enumerate(rows, 2):
            if not row:
                continue
            if len(row) != len(names):
                raise Unreadable(
                    "The row has not one cell for each column.", place=Place(row=number)
                )
            if len(found) >= _MOST_ROWS:
                raise Unreadable(f"It has more than {_MOST_ROWS:,} rows.")
            found.append(_figure(dict(zip(names, row, strict=True)), head, number))
    except csv.Error:
        raise Unreadable("It is not CSV.", place=Place(row=rows.line_num)) from None
    return found


def _figure(row: Mapping[str, str], head: Published, number: int) -> Figure:
    def no(what: str) -> Unreadable:
        return Unreadable(what, place=Place(row=number))

    period = row["period"]
    if period not in head.periods:
        raise no("The period is none of the release.")
    codes = []
    for name, dim in head.dims.items():
        code = row.get(name, "")
        if code in ("", TOTAL):
            continue
        if code not in dim.of(period).codes:
            raise no(f"The code of {name} is none of that period.")
        codes.append((name, code))
    measure, symbol, base = row["measure"], row["symbol"], row.get("base", "")
    if measure not in ("count", "percent", "mean", "median", "gap"):
        raise no("The measure is none of count, percent, mean, median and gap.")
    if symbol and symbol not in MARKS:
        raise no(f"The symbol is none of {', '.join(MARKS)}.")
    if bool(row["value"]) == bool(symbol):
        raise no("There is a value or a symbol, and never both or neither.")
    if base not in _BASES or (base and measure != "count"):
        raise no("The base of a count is blank, 5 or r5.")
    dp = row.get("dp", "")
    if dp and not (_WHOLE.fullmatch(dp) and int(dp) <= _MOST_DECIMALS):
        raise no("The decimals are no small whole number.")
    of = tuple(one.strip() for one in re.split("[,;]", row.get("of", "")) if one.strip())
    if measure == "percent" and not (of and set(of) <= set(head.dims)):
        raise no("A percentage does not say of what it is: “of” names no dimension.")
    if measure == "gap":
        by, _, code = row.get("of", "").partition("=")
        if by not in head.dims or code not in head.dims[by].of(period).codes:
            raise no("A gap does not say against whom it is: “of” names no group.")
        of = (by, code)
    value = _value(row["value"], measure, base, no) if row["value"] else None
    decimals = int(dp) if dp else (-_exponent(value) if value is not None else 0)
    return Figure(
        period, row["table"], tuple(codes), measure, value, symbol, base, decimals, of, number
    )


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _value(said: str, measure: str, base: str, no: Any) -> Decimal:  # noqa: ANN401
    if not _PLAIN.fullmatch(said):
        raise no("The value is no plain number.")
    value = Decimal(said)
    if measure == "count" and (
        value != int(value) or not 0 <= value <= _MOST_PEOPLE or int(value) % _BASES[base]
    ):
        raise no("The count is no whole number of its base.")
    if measure == "percent" and not 0 <= value <= 100:
        raise no("The percentage does not lie between 0 and 100.")
    if measure in ("mean", "median") and value < 0:
        raise no("The pay is less than nought.")
    return value


def _object(data: Any, what: str) -> Mapping[str, Any]:  # noqa: ANN401
    if not isinstance(data, dict):
        raise Unreadable(f"{what} is not an object with keys.")
    return data


def _list(data: Any, what: str) -> list[Any]:  # noqa: ANN401
    if not isinstance(data, list):
        raise Unreadable(f"“{what}” is not a list.")
    return data


def _strings(data: Any, what: str) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(_string(one, what) for one in _list(data, what))


def _string(data: Any, what: str) -> str:  # noqa: ANN401
    if not isinstance(data, str) or not data:
        raise Unreadable(f"“{what}” holds something that is not words.")
    return data
