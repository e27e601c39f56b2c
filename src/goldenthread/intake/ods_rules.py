"""The rules by which a LibreOffice sheet colours its cells, in the words of ``colour_rules``.

LibreOffice writes them twice: in full beside each sheet, and the simple ones in the cells' styles,
as the standard has it (OpenDocument 1.3 part 3, 19.469). The full ones are read where they are.
"""

from __future__ import annotations

import re
from typing import Any

from goldenthread.intake.colour_rules import ColourRule
from goldenthread.intake.odt_styles import Styles

CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_SHEET = re.compile(r"\$?(?:'(?:[^']|'')*'|[^\s.:'\[\]\"]+)\.(?=\$?[A-Z])")
_OWN = re.compile(r"\[\.(\$?[A-Z]{1,3}\$?\d{1,7})\]")
_PARTS = re.compile(r'"(?:[^"]|"")*"|[^"]+')
_COMPARED = re.compile(r"(?:cell-content\(\))?\s*(!=|<>|<=|>=|=|<|>)\s*(.+)", re.DOTALL)
_BETWEEN = re.compile(
    r'(?:cell-content-is-)?(not-)?between\(((?:"(?:[^"]|"")*"|[^",])*),(.*)\)', re.DOTALL
)
_SEARCHED = re.compile(r'(not-)?(contains-text|begins-with|ends-with)\("((?:[^"]|"")*)"\)')
_FORMULA = re.compile(r"(?:formula-is|is-true-formula)\((.*)\)", re.DOTALL)
_SIGNS = {
    "=": "equal",
    "!=": "notEqual",
    "<>": "notEqual",
    ">": "greaterThan",
    "<": "lessThan",
    ">=": "greaterThanOrEqual",
    "<=": "lessThanOrEqual",
}
_WORDS = {
    "contains-text": "containsText",
    "begins-with": "beginsWith",
    "ends-with": "endsWith",
}


def full(element: Any, styles: Styles) -> list[ColourRule]:  # noqa: ANN401
    """The rules of a ``calcext:conditional-format`` element, the first to be asked first."""
    areas = _SHEET.sub("", element.get(CALC + "target-range-address") or "").replace("$", "")
    rules = []
    for child in element:
        if child.tag != CALC + "condition":
            rules.append(ColourRule(areas, "colorScale", None))
            continue
        name = styles.named("table-cell", child.get(CALC + "apply-style-name") or "")
        base = _SHEET.sub("", child.get(CALC + "base-cell-address") or "")
        fill = styles.of("table-cell", name).fill
        rules.append(_rule(areas, child.get(CALC + "value") or "", fill, base))
    return rules


def simple(area: str, condition: str, fill: str | None, base: str) -> ColourRule:
    """The rule that a cell's style holds."""
    return _rule(area, condition, fill, _SHEET.sub("", base))


def _rule(areas: str, condition: str, fill: str | None, base: str) -> ColourRule:
    base = base.replace("$", "")
    found = _FORMULA.fullmatch(condition)
    if found:
        return ColourRule(areas, "expression", fill, formulas=(_excel(found[1]),), base=base)
    found = _BETWEEN.fullmatch(condition)
    if found:
        operator = "notBetween" if found[1] else "between"
        ends = (_excel(found[2]), _excel(found[3]))
        return ColourRule(areas, "cellIs", fill, operator, ends, base=base)
    found = _SEARCHED.fullmatch(condition)
    if found:
        text = found[3].replace('""', '"')
        if found[1]:
            kind = "notContainsText" if found[2] == "contains-text" else "unknown"
        else:
            kind = _WORDS[found[2]]
        return ColourRule(areas, kind, fill, text=text)
    found = _COMPARED.fullmatch(condition)
    if found:
        operator = _SIGNS[found[1]]
        return ColourRule(areas, "cellIs", fill, operator, (_excel(found[2]),), base=base)
    return ColourRule(areas, "unknown", fill)


def _excel(formula: str) -> str:
    """The formula as Excel writes it: own cells without brackets, commas between arguments.

    >>> _excel('AND([.$E2]="a;b";[.F2]>5)')
    'AND($E2="a;b",F2>5)'
    """
    parts = []
    for part in _PARTS.findall(formula):
        parts.append(part if part.startswith('"') else _OWN.sub(r"\1", part).replace(";", ","))
    return "".join(parts)
