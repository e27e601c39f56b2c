import pytest

from goldenthread.intake.colour_rules import ColourRule, given

SHEET = {
    (1, 1): "Late",
    (2, 1): "on track",
    (3, 1): 3.0,
    (4, 1): None,
    (1, 2): 10.0,
    (2, 2): 2.0,
    (3, 2): "Late",
    (4, 2): True,
}
RED = "FF0000"


def value(row, column):
    return SHEET.get((row, column))


def coloured(rule):
    """The rows of column A that the rule colours."""
    unknown = []
    found = given([rule], (1, 1, 4, 2), value, lambda *place: unknown.append(place))
    return "unknown" if unknown else [row for row, column in sorted(found) if column == 1]


def cell_is(operator, *formulas):
    return ColourRule("A1:A4", "cellIs", RED, operator, formulas)


def expression(formula, **more):
    return ColourRule("A1:A4", "expression", RED, formulas=(formula,), **more)


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        (cell_is("equal", '"late"'), [1]),
        (cell_is("notEqual", '"late"'), [2, 3, 4]),
        (cell_is("greaterThan", "2"), [3]),
        (cell_is("between", "1", "5"), [3]),
        (cell_is("equal", "$B$3"), [1]),
        (ColourRule("A1:A4", "containsText", RED, text="TRACK"), [2]),
        (ColourRule("A1:A4", "containsBlanks", RED), [4]),
        (ColourRule("A1:A4", "notContainsBlanks", RED), [1, 2, 3]),
        (expression("$B1>5"), [1]),
        (expression('=AND($A1="Late",B1>=10)'), [1]),
        (expression('OR(A1="late",A1=3)'), [1, 3]),
        (expression('NOT(ISERROR(SEARCH("track",A1)))'), [2]),
        (expression('ISNUMBER(SEARCH("track",A1))'), [2]),
        (expression("LEN(TRIM(A1))=0"), [4]),
        (expression("B1=TRUE"), [4]),
        (expression("A2=3"), [2]),
        (expression("A1=3", base="A1"), [3]),
        (expression("$B$2=2"), [1, 2, 3, 4]),
    ],
)
def test_a_rule_that_compares_is_worked_out(rule, rows):
    assert coloured(rule) == rows


@pytest.mark.parametrize(
    "rule",
    [
        expression("TODAY()>$B1"),
        expression("A1>AVERAGE($A$1:$A$4)"),
        expression("Sheet2!A1=1"),
        expression("A1=" + "(" * 50 + "1" + ")" * 50),
        expression('A1="unclosed'),
        expression("A1=3 extra"),
        expression(""),
        ColourRule("A1:A4", "timePeriod", RED),
        ColourRule("A1:A4", "colorScale", None),
        ColourRule("A1:A4", "iconSet", None),
    ],
)
def test_a_rule_that_needs_more_is_named(rule):
    assert coloured(rule) == "unknown"


def test_the_first_rule_that_holds_gives_the_colour():
    rules = [cell_is("equal", '"late"'), ColourRule("A1:A4", "notContainsBlanks", "00FF00")]
    assert given(rules, (1, 1, 4, 2), value, print) == {
        (1, 1): RED,
        (2, 1): "00FF00",
        (3, 1): "00FF00",
    }


def test_a_rule_for_a_whole_column_keeps_to_the_cells_in_use():
    rule = ColourRule("A1:A1048576 C1:C9", "notContainsBlanks", RED)
    assert sorted(given([rule], (1, 1, 4, 2), value, print)) == [(1, 1), (2, 1), (3, 1)]
