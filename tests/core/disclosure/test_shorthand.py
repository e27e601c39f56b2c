"""The shorthand of tables: which marker, which wins, and where nought is not nobody."""

import json
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.disclosure.raw import NotSaid
from goldenthread.disclosure.shorthand import (
    FEWEST,
    INSTEAD,
    MARKERS,
    MEANINGS,
    Shown,
    beside,
    explained,
    instead,
    marker,
    percentage,
    rate,
    to_base,
)
from goldenthread.errors import Unreadable

VECTORS = json.loads(
    (Path(__file__).parent / "data" / "shorthand.json").read_text(encoding="utf-8")
)["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda each: each["id"])
def test_every_reason_has_the_marker_of_the_worked_vector(vector):
    assert [marker(one) for one in vector["inputs"]["reasons"]] == vector["expected"]["markers"]


def test_every_marker_is_its_own_and_is_explained():
    assert len(set(MARKERS.values())) == len(MARKERS) == len(MEANINGS)
    sentences = explained(MARKERS.values())
    assert [one.split(" ")[0] for one in sentences] == list(MARKERS.values())
    assert not any(set("*…") & set(one) or ".." in one for one in sentences)


def test_no_reason_that_there_is_not():
    with pytest.raises(Unreadable, match="no marker for that reason"):
        marker("secret")


@pytest.mark.parametrize("reasons", list(permutations(INSTEAD, 2)), ids="-".join)
def test_of_two_reasons_the_one_that_tells_less_wins_in_whatever_order(reasons):
    assert instead(reasons) == MARKERS[min(reasons, key=INSTEAD.index)]


def test_a_reason_beside_a_figure_never_stands_in_its_place():
    assert instead(["revised", "estimated"]) == instead([]) == ""
    assert beside(["confidential"]) == beside([]) == ""
    assert beside(["revised", "estimated", "revised"]) == "[r][e]"


def test_a_table_without_markers_needs_no_sentence():
    assert explained(["0", "12.5", "41"]) == ()


def test_markers_side_by_side_are_explained_one_by_one():
    assert explained(["41[r][e]", "[low]"]) == (
        "[low] low: more than nought, and rounds to nought.",
        "[e] estimated.",
        "[r] revised since it was first published.",
    )


@pytest.mark.parametrize(
    ("base", "count", "printed"),
    [
        (5, 0, "0"), (5, 1, "[low]"), (5, 2, "[low]"), (5, 3, "5"), (5, 7, "5"), (5, 8, "10"),
        (10, 4, "[low]"), (10, 5, "10"), (10, 14, "10"), (10, 15, "20"), (3, 1, "[low]"),
        (3, 2, "3"), (2, 1, "2"),
    ],
)  # fmt: skip
def test_a_count_is_rounded_and_low_is_not_nobody(base, count, printed):
    assert str(to_base(count, base)) == printed


@given(st.integers(0, 10**9), st.integers(2, 1000))
def test_a_rounded_count_is_a_multiple_and_at_most_half_a_base_away(count, base):
    shown = to_base(count, base)
    value = 0 if shown.figure is None else int(shown.figure)
    assert value % base == 0 and 2 * abs(value - count) <= base
    assert (shown.marker == "[low]") == (count > 0 and value == 0)


@pytest.mark.parametrize(("count", "base"), [(-1, 5), (2.0, 5), (True, 5), (3, 1), (3, 5.0)])
def test_what_is_no_count_is_not_rounded(count, base):
    with pytest.raises(Unreadable):
        to_base(count, base)


@pytest.mark.parametrize(
    ("part", "whole", "places", "printed"),
    [
        (0, 23, 0, "0"), (0, 22, 0, "[x]"), (22, 22, 0, "[x]"), (23, 23, 0, "100"),
        (0, 0, 0, "[z]"), (3, 40, 0, "8"), (3, 40, 1, "7.5"), (1, 400, 0, "[low]"),
        (1, 400, 1, "0.3"), (1, 200, 0, "1"), (135, 5463, 1, "2.5"), (0, 40, 2, "0.00"),
    ],
)  # fmt: skip
def test_a_percentage_needs_23_people_below_its_line(part, whole, places, printed):
    assert str(percentage(part, whole, places)) == printed


@pytest.mark.parametrize(("part", "whole"), [(-1, 40), (41, 40)])
def test_a_part_is_part_of_the_whole(part, whole):
    with pytest.raises(Unreadable, match="from nought to the whole"):
        percentage(part, whole)


@pytest.mark.parametrize("measure", FEWEST)
def test_a_figure_is_shown_from_the_fewest_people_on(measure):
    few = FEWEST[measure]
    assert str(rate(measure, Fraction(25, 2), few)) == "13"
    assert str(rate(measure, Fraction(25, 2), few - 1)) == "[x]"
    assert str(rate(measure, None, few)) == str(rate(measure, Fraction(1), 0)) == "[z]"


def test_a_gap_needs_enough_people_on_either_side():
    assert str(rate("gap", Fraction(-5, 2), 10, 10)) == "-3"
    assert str(rate("gap", Fraction(-5, 2), 400, 9)) == str(rate("gap", 1, 9, 400)) == "[x]"
    assert str(rate("gap", Fraction(-1, 25), 10, 10, places=1)) == "[low]"
    assert str(rate("gap", 0, 10, 10, places=1)) == "0.0"


@given(st.fractions(-1000, 1000), st.integers(0, 4))
def test_a_figure_is_never_minus_nought_and_at_most_half_a_unit_away(value, places):
    shown = rate("gap", value, 50, 50, places=places)
    figure = Fraction(0) if shown.figure is None else Fraction(shown.figure)
    assert abs(figure - value) <= Fraction(1, 2 * 10**places)
    assert (shown.marker == "[low]") == (figure == 0 != value)
    assert not str(shown).startswith("-0.") or figure < 0


def test_what_rests_on_nobody_known_is_refused():
    for told in (("percent", 3), ("percent", 3, -1), ("bonus", 3, 40)):
        with pytest.raises(Unreadable, match="what it measures and on how many"):
            rate(*told)


@pytest.mark.parametrize(
    ("figure", "mark"), [(None, ""), (Decimal(3), "[c]"), (None, "*"), (None, "[r]")]
)
def test_a_cell_is_a_figure_or_one_marker_and_never_empty(figure, mark):
    with pytest.raises(Unreadable, match="a figure, or one marker"):
        Shown(figure, mark)


def test_internal_tables_use_the_same_markers():
    known = {MARKERS[one] for one in INSTEAD}
    assert {NotSaid("Fewer than ten.", mark).marker for mark in ("[c]", "[x]", "[z]")} < known
