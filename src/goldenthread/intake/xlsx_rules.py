"""The rules by which an Excel sheet colours its cells, in the words of ``colour_rules``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from goldenthread.errors import Place
from goldenthread.intake.colour_rules import Area, ColourRule, given
from goldenthread.intake.document import LeftOut

Fill = Callable[[Any], str | None]

NOT_WORKED_OUT = (
    "A rule that colours cells or sets icons could not be worked out; its colours are missing."
)


def colours(
    sheet: Any,  # noqa: ANN401
    used: Area,
    fill: Fill,
    notes: list[LeftOut],
) -> dict[tuple[int, int], str | None]:
    """The fill that rules give to cells of the used range, by row and column.

    ``used`` is first row, first column, last row, last column. Rules that we cannot work out are
    named in ``notes`` (code ``colour_rule``), since a colour may be the only status there is.
    """

    def value(row: int, column: int) -> object:
        cell = sheet._cells.get((row, column))
        held = None if cell is None else cell.value
        return str(held) if isinstance(held, list) else held

    def unknown(row: int, column: int) -> None:
        place = Place(sheet=sheet.title, row=row, column=column)
        notes.append(LeftOut("colour_rule", NOT_WORKED_OUT, place))

    return given(_rules(sheet, fill), used, value, unknown)


def _rules(sheet: Any, fill: Fill) -> Iterator[ColourRule]:  # noqa: ANN401
    every = [
        (rule.priority or 0, str(areas.sqref), rule)
        for areas in sheet.conditional_formatting
        for rule in areas.rules
    ]
    for _, areas, rule in sorted(every, key=lambda found: found[0]):
        formulas = tuple(str(formula) for formula in rule.formula or ())
        colour = _colour(rule, fill)
        yield ColourRule(
            areas, rule.type or "", colour, rule.operator or "", formulas, rule.text or ""
        )


def _colour(rule: Any, fill: Fill) -> str | None:  # noqa: ANN401
    style = rule.dxf.fill if rule.dxf is not None else None
    if style is None or getattr(style, "tagname", "") != "patternFill":
        return None
    # In a rule the colour of a solid fill is the background, unlike in a cell.
    return fill(style.bgColor) or (fill(style.fgColor) if style.patternType == "solid" else None)
