from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.pay.published_figures import (
    SixFigures,
    check_figures,
    check_quarter_sizes,
)
from goldenthread.workforce.pay.quarters import sizes

RIGHT = SixFigures(
    mean_hourly=Decimal("12.4"),
    median_hourly=Decimal("-3"),
    mean_bonus=Decimal("20.0"),
    median_bonus=Decimal("0.0"),
    men_with_bonus=Decimal("7.0"),
    women_with_bonus=Decimal("2.1"),
    men_in_quarters=tuple(Decimal(each) for each in ("6.3", "40", "50.0", "100")),
    women_in_quarters=tuple(Decimal(each) for each in ("93.7", "60", "50.0", "0")),
)


def _rules(**changes):
    return [(each.rule, each.where) for each in check_figures(replace(RIGHT, **changes))]


def test_a_return_that_is_right_has_nothing_found():
    assert _rules() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"mean_hourly": None}, [("figure is missing", "mean_hourly")]),
        ({"men_with_bonus": None}, [("figure is missing", "men_with_bonus")]),
        ({"median_hourly": Decimal("12.34")}, [("more than one decimal", "median_hourly")]),
        ({"women_with_bonus": Decimal("2.15")}, [("more than one decimal", "women_with_bonus")]),
        ({"mean_hourly": Decimal("100.1")}, [("gap over 100", "mean_hourly")]),
        ({"mean_hourly": Decimal("-499.9")}, []),
        ({"mean_hourly": Decimal(100)}, []),
        ({"median_bonus": Decimal("100.1")}, [("gap over 100", "median_bonus")]),
        ({"women_with_bonus": Decimal(101)}, [("not a share", "women_with_bonus")]),
        ({"women_with_bonus": Decimal("-0.1")}, [("not a share", "women_with_bonus")]),
        ({"mean_bonus": None}, [("bonus gap is missing", "mean_bonus")]),
        (
            {"men_with_bonus": Decimal(0)},
            [
                ("bonus gap without men's bonuses", "mean_bonus"),
                ("bonus gap without men's bonuses", "median_bonus"),
            ],
        ),
        ({"men_with_bonus": Decimal(0), "mean_bonus": None, "median_bonus": None}, []),
        (
            {"women_with_bonus": Decimal(0), "mean_bonus": Decimal(100)},
            [("bonus gap without women's bonuses", "median_bonus")],
        ),
    ],
)  # fmt: skip
def test_each_rule_of_the_service_is_named(changes, found):
    assert _rules(**changes) == found


@pytest.mark.parametrize(
    ("men", "women", "found"),
    [
        ("6.3", "93.8", ["quarter does not make 100"]),
        ("6.2", "93.7", ["quarter does not make 100"]),
        ("6.25", "93.75", ["more than one decimal"] * 2),
        ("-1", "101", ["not a share"] * 2),
        (None, "93.7", ["figure is missing"]),
        ("6", "94", []),
    ],
)
def test_each_quarter_s_pair_is_two_shares_that_make_100(men, women, found):
    quarter = replace(
        RIGHT,
        men_in_quarters=(men and Decimal(men), *RIGHT.men_in_quarters[1:]),
        women_in_quarters=(Decimal(women), *RIGHT.women_in_quarters[1:]),
    )
    assert [each.rule for each in check_figures(quarter)] == found


def test_only_what_may_be_right_is_a_note():
    odd = replace(RIGHT, women_with_bonus=Decimal(0))
    assert {each.severity for each in check_figures(odd)} == {"note"}


def test_bands_of_76_76_124_76_are_not_quarters():
    found = check_quarter_sizes([76, 76, 124, 76], employees=303)
    assert [(each.rule, each.severity) for each in found] == [
        ("quarters are not equal", "error"),
        ("more in quarters than employed", "error"),
    ]


@given(st.integers(0, 5000))
def test_quarters_as_guidance_has_them_are_right(people):
    assert check_quarter_sizes(sizes(people), employees=people) == ()


@pytest.mark.parametrize("held", [(62, 63, 62, 62), (62, 63, 62, 63), (62, 62, 62, 63)])
def test_who_is_left_over_elsewhere_is_a_note(held):
    (found,) = check_quarter_sizes(held)
    assert (found.rule, found.severity) == ("who is left over", "note")
