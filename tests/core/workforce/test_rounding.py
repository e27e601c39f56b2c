from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.rounding import half_up


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Fraction(25, 4), "6.3"),
        (Fraction(-25, 4), "-6.3"),
        (Fraction(1, 20), "0.1"),
        (Fraction(-1, 21), "0.0"),
        (Fraction(0), "0.0"),
        (Decimal("2.649999999999999999999999999999999"), "2.6"),
        (10**40, "1" + "0" * 40 + ".0"),
    ],
)
def test_a_half_goes_away_from_nought_and_nothing_is_minus_nought(value, rounded):
    assert str(half_up(value)) == rounded


@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 3))
def test_it_rounds_as_decimal_does(value, places):
    wanted = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert half_up(value, places) == wanted
    assert not str(half_up(Decimal(-1) * value, places)).startswith("-0.0000")


@given(st.fractions(), st.integers(0, 3))
def test_what_is_lost_is_at_most_a_half_of_the_last_place(value, places):
    assert abs(Fraction(half_up(value, places)) - value) * 2 <= Fraction(1, 10**places)
    assert half_up(-value, places) == half_up(value, places).copy_negate()
