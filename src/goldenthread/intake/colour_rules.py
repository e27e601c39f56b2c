"""The colours that a sheet's rules give its cells, for rules that compare what the sheet holds.

Excel and LibreOffice write such rules differently and mean the same; ``xlsx_rules`` and ``ods``
bring them here. A rule that needs the day on which the file is opened, a whole column or another
sheet is not worked out: it is named, since a colour may be the only status there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from goldenthread.intake.xlsx_bounds import reference

Value = Callable[[int, int], object]
"""What a cell holds, by row and column from 1; None where it is empty."""
Test = Callable[[Value, int, int], bool]
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""

_MOST_WORK = 3_000_000
_MOST_DEEP = 20
_TOKEN = re.compile(
    r'\s*(?:"((?:[^"]|"")*)"|(-?\d+(?:\.\d+)?)|(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w(])'
    r"|([A-Za-z][A-Za-z.]*)|(<>|>=|<=|[=<>(),]))"
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: bool(a == b),
    "<>": lambda a, b: bool(a != b),
    ">": lambda a, b: bool(a > b),
    "<": lambda a, b: bool(a < b),
    ">=": lambda a, b: bool(a >= b),
    "<=": lambda a, b: bool(a <= b),
}
_OPERATORS = {
    "equal": "=",
    "notEqual": "<>",
    "greaterThan": ">",
    "lessThan": "<",
    "greaterThanOrEqual": ">=",
    "lessThanOrEqual": "<=",
}
_TEXT: dict[str, Callable[[str, str], bool]] = {
    "containsText": lambda text, part: part in text,
    "notContainsText": lambda text, part: part not in text,
    "beginsWith": lambda text, part: text.startswith(part),
    "endsWith": lambda text, part: text.endswith(part),
}


@dataclass(frozen=True)
class ColourRule:
    """One rule in Excel's words (ECMA-376 part 1, 18.3.1.10): where, when, which colour.

    ``areas`` are ranges parted by spaces. ``formulas`` are written for the cell named ``base``, or
    for the first cell of the first range. ``colour`` is None where the rule
    changes something else than the fill.
    """

    areas: str
    kind: str
    colour: str | None
    operator: str = ""
    formulas: tuple[str, ...] = ()
    text: str = ""
    base: str = ""


def given(
    rules: Iterable[ColourRule], used: Area, value: Value, unknown: Callable[[int, int], None]
) -> dict[tuple[int, int], str | None]:
    """The fill that rules give to cells of the used range, by row and column; the first rule wins.

    ``unknown`` is told the first cell of each rule that cannot be worked out.

    >>> late = ColourRule("A1:A3", "cellIs", "FF0000", "equal", ('"Late"',))
    >>> words = {(1, 1): "late", (2, 1): "Done"}
    >>> given([late], (1, 1, 3, 1), lambda row, column: words.get((row, column)), print)
    {(1, 1): 'FF0000'}
    """
    found: dict[tuple[int, int], str | None] = {}
    work = 0
    for rule in rules:
        cells = list(_within(rule.areas, used))
        test = _test(rule)
        work += sum((b - t + 1) * (r - x + 1) for t, x, b, r in cells)
        if test is None or work > _MOST_WORK:
            if cells and (rule.colour or rule.kind in ("iconSet", "colorScale")):
                unknown(cells[0][0], cells[0][1])
            continue
        for top, left, bottom, right in cells:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) not in found and test(value, row, column):
                        found[row, column] = rule.colour
    return found


def _within(areas: str, used: Area) -> Iterator[Area]:
    for area in areas.split():
        first, _, last = area.partition(":")
        begin, end = reference(first), reference(last or first)
        if begin and end:
            top, left = max(begin[0], used[0]), max(begin[1], used[1])
            bottom, right = min(end[0], used[2]), min(end[1], used[3])
            if top <= bottom and left <= right:
                yield top, left, bottom, right


def _test(rule: ColourRule) -> Test | None:
    """Whether the rule holds for a cell; None where it needs more than a comparison."""
    named = rule.base or (rule.areas.split() or [""])[0].partition(":")[0]
    corner = reference(named)
    if rule.kind in _TEXT and rule.text:
        holds, part = _TEXT[rule.kind], rule.text.lower()
        return lambda value, row, column: holds(_text(value(row, column)), part)
    if rule.kind == "containsBlanks":
        return lambda value, row, column: not _text(value(row, column)).strip()
    if rule.kind == "notContainsBlanks":
        return lambda value, row, column: bool(_text(value(row, column)).strip())
    if corner is None or not rule.formulas:
        return None
    parts = [_parsed(formula, corner) for formula in rule.formulas]
    if any(part is None for part in parts):
        return None
    first, last = parts[0], parts[-1]
    assert first is not None and last is not None  # noqa: S101 - looked at just now
    if rule.kind == "expression" and len(parts) == 1:
        return lambda value, row, column: first(value, row, column) is True
    if rule.kind != "cellIs":
        return None
    if rule.operator in _OPERATORS and len(parts) == 1:
        sign = _OPERATORS[rule.operator]
        return lambda value, row, column: _holds(
            value(row, column), sign, first(value, row, column)
        )
    if rule.operator in ("between", "notBetween") and len(parts) == 2:
        inside = rule.operator == "between"

        def between(value: Value, row: int, column: int) -> bool:
            here = value(row, column)
            low, high = first(value, row, column), last(value, row, column)
            return inside == (_holds(here, ">=", low) and _holds(here, "<=", high))

        return between
    return None


# --- formulas -----------------------------------------------------------------------------------

_Part = Callable[[Value, int, int], object]


class _Beyond(Exception):
    """The formula says more than we work out."""


def _parsed(formula: str, corner: tuple[int, int]) -> _Part | None:
    """The value of a formula for a cell; None where it is more than comparing and searching."""
    tokens: list[re.Match[str]] = []
    at = 0
    formula = formula.strip().removeprefix("=")
    while at < len(formula.rstrip()):
        found = _TOKEN.match(formula, at)
        if found is None or len(tokens) > 200:
            return None
        tokens.append(found)
        at = found.end()
    reading = _Formula(tokens, corner)
    try:
        part = reading.compared(0)
    except (_Beyond, IndexError):
        return None
    return part if reading.at == len(tokens) else None


@dataclass
class _Formula:
    tokens: list[re.Match[str]]
    corner: tuple[int, int]
    at: int = 0

    def sign(self) -> str | None:
        """The mark that comes next, None where it is something else or the end."""
        if self.at >= len(self.tokens):
            return None
        mark = self.tokens[self.at][8]
        return str(mark) if mark else None

    def compared(self, deep: int) -> _Part:
        """One side of a formula, or two sides with a sign between them."""
        left = self.operand(deep)
        sign = self.sign()
        if sign not in _COMPARE:
            return left
        self.at += 1
        right = self.operand(deep)
        return lambda value, row, column: _holds(
            left(value, row, column), sign, right(value, row, column)
        )

    def operand(self, deep: int) -> _Part:
        """A word, a number, a cell, a function, or a formula in brackets."""
        if deep > _MOST_DEEP:
            raise _Beyond
        found = self.tokens[self.at]
        self.at += 1
        words, number, fixed_column, letters, fixed_row, digits, name, sign = found.groups()
        if words is not None:
            plain = words.replace('""', '"')
            return lambda *_: plain
        if number is not None:
            amount = float(number)
            return lambda *_: amount
        if letters is not None:
            return self._cell(letters + digits, bool(fixed_column), bool(fixed_row))
        if name is not None:
            return self._named(name.upper(), deep)
        if sign != "(":
            raise _Beyond
        inner = self.compared(deep + 1)
        self._closed()
        return inner

    def _closed(self) -> None:
        if self.sign() != ")":
            raise _Beyond
        self.at += 1

    def _cell(self, name: str, fixed_column: bool, fixed_row: bool) -> _Part:
        """A reference moves with the cell that is asked about, unless a dollar holds it."""
        place = reference(name)
        if place is None:
            raise _Beyond
        top, left = self.corner

        def cell(value: Value, row: int, column: int) -> object:
            down = place[0] if fixed_row else place[0] + row - top
            across = place[1] if fixed_column else place[1] + column - left
            return value(down, across)

        return cell

    def _named(self, name: str, deep: int) -> _Part:
        if self.sign() != "(":
            if name in ("TRUE", "FALSE"):
                truth = name == "TRUE"
                return lambda *_: truth
            raise _Beyond
        if name not in _FUNCTIONS:
            raise _Beyond
        self.at += 1
        parts: list[_Part] = []
        while self.sign() != ")":
            if parts:
                if self.sign() != ",":
                    raise _Beyond
                self.at += 1
            parts.append(self.compared(deep + 1))
        self._closed()
        least, most, work = _FUNCTIONS[name]
        if not least <= len(parts) <= most:
            raise _Beyond
        return lambda value, row, column: work([part(value, row, column) for part in parts])


_NO_NUMBER = float("nan")  # what SEARCH gives for a word that is not there


def _found(parts: list[object]) -> object:
    at = _text(parts[1]).find(_text(parts[0]))
    return float(at + 1) if at >= 0 else _NO_NUMBER


def _is_error(value: object) -> bool:
    return isinstance(value, float) and value != value


_FUNCTIONS: dict[str, tuple[int, int, Callable[[list[object]], object]]] = {
    "AND": (1, 30, lambda parts: all(part is True for part in parts)),
    "OR": (1, 30, lambda parts: any(part is True for part in parts)),
    "NOT": (1, 1, lambda parts: parts[0] is False),
    "SEARCH": (2, 2, _found),
    "FIND": (2, 2, _found),
    "ISERROR": (1, 1, lambda parts: _is_error(parts[0])),
    "ISNUMBER": (
        1,
        1,
        lambda parts: (
            isinstance(parts[0], int | float)
            and not isinstance(parts[0], bool)
            and not _is_error(parts[0])
        ),
    ),
    "ISBLANK": (1, 1, lambda parts: parts[0] is None),
    "LEN": (1, 1, lambda parts: float(len(_text(parts[0])))),
    "TRIM": (1, 1, lambda parts: " ".join(_text(parts[0]).split())),
    "LOWER": (1, 1, lambda parts: _text(parts[0])),
    "UPPER": (1, 1, lambda parts: _text(parts[0])),
}


def _holds(value: object, sign: str, wanted: object) -> bool:
    """A comparison as a sheet makes it: words without regard to capitals, numbers as numbers."""
    if wanted is None:
        wanted = "" if isinstance(value, str) else 0.0 if value is not None else None
    if isinstance(wanted, str):
        value = "" if value is None else value
        if not isinstance(value, str):
            return sign == "<>"
        return _COMPARE[sign](value.lower(), wanted.lower())
    if isinstance(value, bool) or isinstance(wanted, bool):
        return _COMPARE[sign](value, wanted) if sign in ("=", "<>") else False
    if isinstance(value, int | float) and isinstance(wanted, int | float):
        return _COMPARE[sign](value, wanted)
    if value is None and wanted is None:
        return sign in ("=", ">=", "<=")
    return sign == "<>"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value == value and abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return str(value).lower()
