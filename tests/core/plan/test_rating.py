"""The colour of a measure, held to an oracle that works it out by cases."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.rating import NEAR, percent, rate

figures = st.decimals(-500, 500, places=1)
ways = st.sampled_from(["higher", "lower", "neither"])


def oracle(latest, target, better, near, before):
    """The rule as Havering's report prints it, one sentence after another."""
    if latest is None or target is None or better == "neither":
        return None
    if better == "lower":  # turned upside down, so that higher is better in all that follows
        latest, target = -latest, -target
        before = None if before is None else -before
    if latest >= target:
        return "green"
    if target - latest <= near * abs(target):
        return "green"
    if before is None:
        return None
    return "red" if latest < before else "amber"


@given(
    latest=st.none() | figures,
    target=st.none() | figures,
    better=ways,
    near=st.decimals(0, 1, places=3),
    before=st.none() | figures,
)
def test_the_colour_is_that_of_the_rule(latest, target, better, near, before):
    found = rate(latest, target, better, near=near, year_before=before)
    assert found.colour == oracle(latest, target, better, near, before)
    assert found.because.endswith(".")


@pytest.mark.parametrize(
    ("latest", "before", "colour"),
    [
        ("100", None, "green"),
        ("90", None, "green"),  # on the very edge of ten per cent
        ("89.9", "80", "amber"),
        ("89.9", "89.9", "amber"),
        ("89.9", "95", "red"),
        ("89.9", None, None),
    ],
)
def test_the_rule_as_a_council_prints_it(latest, before, colour):
    year_before = None if before is None else Decimal(before)
    assert rate(Decimal(latest), Decimal(100), "higher", year_before=year_before).colour == colour


def test_lower_is_better_turns_everything_round():
    def rated(latest, before):
        return rate(Decimal(latest), Decimal(20), "lower", year_before=Decimal(before)).colour

    assert (rated(22, 30), rated(23, 30), rated(23, 21)) == ("green", "amber", "red")


def test_a_target_of_nought_is_met_by_nought_alone():
    assert rate(Decimal(0), Decimal(0), "lower").colour == "green"
    assert rate(Decimal(1), Decimal(0), "lower", year_before=Decimal(0)).colour == "red"


def test_a_tolerance_is_said_as_people_say_it():
    assert [percent(one) for one in (NEAR, Decimal(0), Decimal(1))] == ["10%", "0%", "100%"]
