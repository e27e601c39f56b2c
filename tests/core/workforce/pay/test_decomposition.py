"""A gap taken apart: worked vectors, a published check, and what must always hold."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.pay.decomposition import (
    EMPTY_GRADES,
    Grade,
    Side,
    decompose,
    grades_of,
)
from goldenthread.workforce.pay.pay_records import hourly_pay_sql
from goldenthread.workforce.too_few import TooFew
from oracles import oaxaca

DAY = date(2026, 3, 31)
HELD = json.loads((Path(__file__).parents[1] / "data" / "decomposition.json").read_text("utf-8"))
NAMES = ("men", "women")
SIDE = st.tuples(st.integers(0, 40), st.integers(1000, 3000))
GRADES = st.lists(st.tuples(SIDE, SIDE), min_size=1, max_size=5).filter(
    lambda grades: all(sum(each[side][0] for each in grades) >= 10 for side in (0, 1))
)


def _grades(grades):
    return [
        Grade(f"g{place}", *(Side(n, Fraction(str(mean)) if n else None) for n, mean in sides))
        for place, sides in enumerate(grades)
    ]


def _decomposed(grades, **how):
    return decompose(_grades(grades), NAMES, **how)


@pytest.mark.parametrize(
    "vector",
    [each for each in HELD["vectors"] if each["topic"] == "kitagawa"],
    ids=lambda each: each["id"],
)
def test_a_gap_by_grade(vector):
    given_, expected = vector["inputs"], vector["expected"]
    pairs = list(zip(given_["reference"], given_["comparison"], strict=True))
    found = _decomposed([tuple((side["n"], side["mean"]) for side in pair) for pair in pairs])
    assert {
        "reference_mean": float(found.reference_mean),
        "comparison_mean": float(found.comparison_mean),
        "gap": float(found.gap),
        "gap_pct_of_reference": float(found.per_cent),
        "distribution_effect": float(found.between),
        "within_grade_effect": float(found.within),
        "gap_if_comparison_had_reference_grades": float(found.same_grades),
    } == pytest.approx(
        {name: each for name, each in expected.items() if name != "within_grade_gap_pct"}
    )
    for each, wanted, (a, b) in zip(
        found.grades, expected["within_grade_gap_pct"], pairs, strict=True
    ):
        if a["n"] and b["n"]:
            assert float(each.gap) == pytest.approx(wanted)
        else:
            assert isinstance(each.gap, TooFew)
            assert each.name in found.empty


def test_the_published_two_factor_check():
    """0.5 at 0.6 is 0.30 and 0.25 at 0.54 is 0.135: shares in the only grade that pays, by pay."""
    found = _decomposed([((50, "0.6"), (25, "0.54")), ((50, "0"), (75, "0"))])
    assert (found.reference_mean, found.comparison_mean) == (Fraction("0.3"), Fraction("0.135"))
    assert (found.between, found.within) == (Fraction("0.1425"), Fraction("0.0225"))


@given(GRADES)
def test_the_parts_sum_to_the_gap_and_are_those_of_the_slow_obvious_way(grades):
    found = _decomposed(grades)
    assert found.between + found.within == found.gap
    there = [each for each in grades if each[0][0] or each[1][0]]
    assert (found.between, found.within) == oaxaca.kitagawa(there)


@given(GRADES)
def test_the_other_way_round_every_part_changes_its_sign(grades):
    there, back = _decomposed(grades), _decomposed([each[::-1] for each in grades])
    assert (back.between, back.within) == (-there.between, -there.within)


@given(GRADES, st.randoms(use_true_random=False))
def test_the_order_of_the_grades_changes_nothing(grades, random):
    before, shuffled = _decomposed(grades), _grades(grades)
    random.shuffle(shuffled)
    after = decompose(shuffled, NAMES)
    assert (after.between, after.within, after.same_grades) == (
        before.between,
        before.within,
        before.same_grades,
    )


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(1000, 3000)),
                min_size=1, max_size=5))  # fmt: skip
def test_where_every_grade_pays_alike_the_whole_gap_is_who_is_in_which_grade(grades):
    found = _decomposed([((m, paid), (f, paid)) for m, f, paid in grades], least=1)
    assert found.within == found.same_grades == 0
    assert found.between == found.gap


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1000, 3000), st.integers(1000, 3000)),
                min_size=1, max_size=5))  # fmt: skip
def test_where_both_are_spread_alike_the_whole_gap_is_pay_within_grades(grades):
    found = _decomposed([((n, m), (n, f)) for n, m, f in grades], least=1)
    assert found.between == 0
    assert found.within == found.same_grades == found.gap


@given(GRADES)
def test_a_sentence_never_says_the_whole_without_the_parts_and_the_grades(grades):
    """Simpson's paradox: whatever the figures are, who reads the sentence sees all three."""
    found = _decomposed(grades)
    assert "come from who is in which grade" in found.sentence
    assert "from pay within grades" in found.sentence
    if found.compared_in:
        assert (
            f"lower in {len(found.lower_in)} and higher in {len(found.higher_in)}"
            in (found.sentence)
            or "the same in" in found.sentence
        )
    else:
        assert "No grade has 10 or more of both groups." in found.sentence
    if found.between * found.within < 0:
        assert found.sentence.endswith("neither they nor the whole may be told alone.")
    elif found.lower_in and found.higher_in:
        assert found.sentence.endswith("so their average hides a difference.")
    elif (found.within > 0 and found.higher_in) or (found.within < 0 and found.lower_in):
        assert found.sentence.endswith("turn the average the other way.")


def test_a_grade_with_few_of_one_group_has_no_gap_of_its_own_and_still_counts():
    found = _decomposed([((30, 2000), (30, 1800)), ((20, 3000), (9, 2000))])
    assert [isinstance(each.gap, TooFew) for each in found.grades] == [False, True]
    assert found.compared_in == 1
    assert "In the 1 grade with 10 or more of both groups" in found.sentence


def test_one_small_grade_that_turns_the_average_is_told():
    found = _decomposed([((100, 2000), (100, 1990)), ((100, 2000), (9, 9000))])
    assert (found.lower_in, found.higher_in, found.within < 0) == (("g0",), (), True)
    assert not found.opposed or found.sentence.endswith("told alone.")


@pytest.mark.parametrize(("men", "women"), [(9, 50), (50, 9), (0, 50)])
def test_with_too_few_in_all_nothing_is_said(men, women):
    found = _decomposed([((men, 2000), (women, 1800))])
    assert found == TooFew("Fewer than 10 on one side or on both.", least=10)


def test_the_convention_for_an_empty_grade_is_said():
    assert EMPTY_GRADES.startswith("Where only one of the two groups is in a grade")


def test_grades_come_from_rows_in_their_order(records):
    staff = [("g10", 2, "male", 2000), ("g10", 2, "female", 1900), ("g9", 1, "female", 1500),
             ("g9", 1, "not_known", 9999)]  # fmt: skip
    records.fill(
        "people",
        [
            {"snapshot": DAY, "person": str(number), "grade": grade, "grade_order": order,
             "sex": sex, "full_pay": True, "hourly_pence": pence}
            for number, (grade, order, sex, pence) in enumerate(staff)
        ],
    )  # fmt: skip
    rows = records.rows(hourly_pay_sql(by=("grade", "grade_order")))
    assert grades_of((row[1:] for row in rows), "male", "female") == (
        Grade("g9", Side(0), Side(1, Fraction(1500))),
        Grade("g10", Side(1, Fraction(2000)), Side(1, Fraction(1900))),
    )


def test_a_grade_given_twice_and_people_without_pay_are_a_programmer_s_mistake():
    one = Grade("g", Side(20, Fraction(1)), Side(20, Fraction(1)))
    with pytest.raises(ValueError, match="each grade once"):
        decompose([one, one], NAMES)
    with pytest.raises(ValueError, match="a number of people"):
        Side(1)
