"""The colours that a sheet's rules give its cells, for the rules that need no calculation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from goldenthread.errors import Place
from goldenthread.intake.document import LeftOut
from goldenthread.intake.xlsx_bounds import reference

Test = Callable[[object], bool]
Fill = Callable[[Any], str | None]

_MOST_WORK = 3_000_000
_LITERAL = re.compile(r'\s*(?:"((?:[^"]|"")*)"|(-?\d+(?:\.\d+)?)|(TRUE|FALSE))\s*', re.IGNORECASE)
_REF = r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})"
_COMPARED = re.compile(rf"\s*=?\s*{_REF}\s*(=|<>|>=|<=|>|<)\s*(.+)", re.IGNORECASE)
_SEARCHED = re.compile(
    rf"""\s*=?\s*(?:NOT\(ISERROR\(|ISNUMBER\(\(?)(?:SEARCH|FIND)\("([^"]*)"\s*,\s*{_REF}\)+\s*""",
    re.IGNORECASE,
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


def colours(
    sheet: Any,  # noqa: ANN401
    used: tuple[int, int, int, int],
    fill: Fill,
    notes: list[LeftOut],
) -> dict[tuple[int, int], str | None]:
    """The fill that rules give to cells of the used range, by row and column.

    ``used`` is first row, first column, last row, last column. Rules that we cannot work out are
    named in ``notes`` (code ``colour_rule``), since a colour may be the only status there is.
    """
    rules = sorted(
        ((rule.priority or 0, str(areas.sqref), rule) for areas, rule in _rules(sheet)),
        key=lambda found: found[0],
    )
    given: dict[tuple[int, int], str | None] = {}
    work = 0
    for _, areas, rule in rules:
        colour = _colour(rule, fill)
        cells = list(_within(areas, used))
        test = _test(rule, areas)
        work += sum((b - t + 1) * (r - x + 1) for t, x, b, r in cells)
        if test is None or work > _MOST_WORK:
            if (colour or rule.type in ("iconSet", "colorScale")) and cells:
                notes.append(_not_worked_out(sheet.title, cells[0]))
            continue
        for top, left, bottom, right in cells:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) not in given and test(sheet, row, column):
                        given[row, column] = colour
    return given


def _not_worked_out(title: str, area: tuple[int, int, int, int]) -> LeftOut:
    return LeftOut(
        "colour_rule",
        "A rule that colours cells or sets icons could not be worked out; its colours are missing.",
        Place(sheet=title, row=area[0], column=area[1]),
    )


def _rules(sheet: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    for areas in sheet.conditional_formatting:
        for rule in areas.rules:
            yield areas, rule


def _colour(rule: Any, fill: Fill) -> str | None:  # noqa: ANN401
    style = rule.dxf.fill if rule.dxf is not None else None
    if style is None or getattr(style, "tagname", "") != "patternFill":
        return None
    # In a rule the colour of a solid fill is the background, unlike in a cell.
    return fill(style.bgColor) or (fill(style.fgColor) if style.patternType == "solid" else None)


def _within(areas: str, used: tuple[int, int, int, int]) -> Iterator[tuple[int, int, int, int]]:
    for area in areas.split():
        first, _, last = area.partition(":")
        begin, end = reference(first), reference(last or first)
        if begin and end:
            top, left = max(begin[0], used[0]), max(begin[1], used[1])
            bottom, right = min(end[0], used[2]), min(end[1], used[3])
            if top <= bottom and left <= right:
                yield top, left, bottom, right


def _test(rule: Any, areas: str) -> Callable[[Any, int, int], bool] | None:  # noqa: ANN401
    """Whether the rule holds for a cell; None where it needs more than a comparison."""
    formulas = [str(formula) for formula in rule.formula or ()]
    if rule.type in _TEXT and rule.text:
        holds, part = _TEXT[rule.type], rule.text.lower()
        return lambda sheet, row, column: holds(_text(sheet, row, column), part)
    if rule.type == "cellIs" and rule.operator in _OPERATORS and len(formulas) == 1:
        wanted = _literal(formulas[0])
        if wanted is not None:
            sign = _OPERATORS[rule.operator]
            return lambda sheet, row, column: _holds(_value(sheet, row, column), sign, wanted)
    if rule.type == "cellIs" and rule.operator == "between" and len(formulas) == 2:
        low, high = _literal(formulas[0]), _literal(formulas[1])
        if low is not None and high is not None:
            return lambda sheet, row, column: (
                _holds(_value(sheet, row, column), ">=", low)
                and _holds(_value(sheet, row, column), "<=", high)
            )
    if rule.type == "expression" and len(formulas) == 1:
        return _expression(formulas[0], areas)
    return None


def _expression(formula: str, areas: str) -> Callable[[Any, int, int], bool] | None:
    """A comparison of one cell with a word or number, or a search for a word in it."""
    corner = reference(areas.split()[0].partition(":")[0]) if areas.split() else None
    if corner is None:
        return None
    found = _COMPARED.fullmatch(formula)
    if found:
        wanted, sign = _literal(found[6]), found[5]
        if wanted is not None:
            where = _where(found.groups()[:4], corner)
            return lambda sheet, row, column: _holds(
                _value(sheet, *where(row, column)), sign, wanted
            )
    found = _SEARCHED.fullmatch(formula)
    if found:
        part, where = found[1].lower(), _where(found.groups()[1:5], corner)
        return lambda sheet, row, column: part in _text(sheet, *where(row, column))
    return None


def _where(
    parts: tuple[str, ...], corner: tuple[int, int]
) -> Callable[[int, int], tuple[int, int]]:
    """A reference moves with the cell that the rule is asked about, unless a dollar holds it."""
    fixed_column, _, fixed_row, _ = parts
    base = reference(parts[1] + parts[3]) or corner

    def place(row: int, column: int) -> tuple[int, int]:
        down = base[0] if fixed_row else base[0] + row - corner[0]
        across = base[1] if fixed_column else base[1] + column - corner[1]
        return down, across

    return place


def _literal(formula: str) -> object | None:
    found = _LITERAL.fullmatch(formula.lstrip("="))
    if not found:
        return None
    if found[1] is not None:
        return found[1].replace('""', '"').lower()
    return float(found[2]) if found[2] is not None else found[3].upper() == "TRUE"


def _holds(value: object, sign: str, wanted: object) -> bool:
    if isinstance(wanted, str):
        value = "" if value is None else value
        if not isinstance(value, str):
            return sign == "<>"
        return _COMPARE[sign](value.lower(), wanted)
    if isinstance(value, bool) or isinstance(wanted, bool):
        return _COMPARE[sign](value, wanted) if sign in ("=", "<>") else False
    if isinstance(value, int | float):
        return _COMPARE[sign](value, wanted)
    return sign == "<>"


def _value(sheet: Any, row: int, column: int) -> object:  # noqa: ANN401
    cell = sheet._cells.get((row, column))
    value = None if cell is None else cell.value
    return str(value) if isinstance(value, list) else value


def _text(sheet: Any, row: int, column: int) -> str:  # noqa: ANN401
    value = _value(sheet, row, column)
    return "" if value is None else str(value).lower()
