import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldenthread.errors import Unreadable
from goldenthread.workforce.pay.regression import CAVEATS, Lot, lots_of, regression_gap
from goldenthread.workforce.too_few import TooFew
from oracles import oaxaca

HELD = json.loads((Path(__file__).parents[1] / "data" / "decomposition.json").read_text("utf-8"))
NAMES = ("men", "women")
PEOPLE = st.lists(
    st.tuples(st.tuples(st.integers(0, 9), st.integers(0, 30)), st.integers(1000, 3000)),
    min_size=6,
    max_size=20,
)


def _lots(people):
    return [Lot(tuple(map(float, values)), float(pay)) for values, pay in people]


@pytest.mark.parametrize(
    "vector",
    [each for each in HELD["vectors"] if each["topic"] == "oaxaca_blinder"],
    ids=lambda each: each["id"],
)
def test_a_regression_reading(vector):
    expected = vector["expected"]
    sides = [
        [
            Lot((float(grade), float(years)), pay)
            for group, grade, years, pay in vector["inputs"]["rows"]
            if group == side
        ]
        for side in (0, 1)
    ]
    found = regression_gap(*sides, ["grade", "years"], NAMES, least=1)
    three = expected["three_fold"]
    assert {
        "gap": found.gap,
        "explained": found.explained,
        "unexplained": found.unexplained,
        "endowments": found.endowments,
        "coefficients": found.coefficients,
        "interaction": found.interaction,
        "adjusted": found.adjusted_per_cent,
    } == pytest.approx(
        {
            "gap": expected["gap"],
            "explained": expected["explained_at_reference_coefficients"],
            "unexplained": expected["unexplained"],
            "endowments": three["endowments"],
            "coefficients": three["coefficients"],
            "interaction": three["interaction"],
            "adjusted": expected["adjusted_gap_pct"],
        },
        abs=1e-6,
    )


@given(PEOPLE, PEOPLE)
def test_it_is_exact_elimination_s_answer_and_the_parts_sum_to_the_gap(men, women):
    exact = oaxaca.twofold(men, women)
    assume(exact is not None)
    found = regression_gap(_lots(men), _lots(women), ["a", "b"], NAMES, least=1)
    gap, explained = map(float, exact)
    assert found.gap == pytest.approx(gap, abs=1e-6)
    assert found.explained == pytest.approx(explained, rel=1e-6, abs=1e-5)
    assert found.explained + found.unexplained == pytest.approx(gap, abs=1e-6)
    assert sum(found.by_column.values()) == pytest.approx(found.explained, abs=1e-6)
    three = found.endowments + found.coefficients + found.interaction
    assert three == pytest.approx(gap, rel=1e-6, abs=1e-5)


@given(PEOPLE, PEOPLE, st.integers(-3, 3), st.integers(-3, 3), st.integers(-9, 9))
def test_a_column_that_follows_from_the_others_is_refused(men, women, a, b, c):
    held = [
        [((*values, a * values[0] + b * values[1] + c), pay) for values, pay in people]
        for people in (men, women)
    ]
    assert oaxaca.twofold(*held) is None
    with pytest.raises(Unreadable, match="can be told from the other columns"):
        regression_gap(*map(_lots, held), ["a", "b", "both"], NAMES, least=1)


@given(PEOPLE, PEOPLE)
def test_people_counted_together_are_as_good_as_one_by_one(men, women):
    assume(oaxaca.twofold(men, women) is not None)
    one_by_one = regression_gap(_lots(men * 2), _lots(women * 2), ["a", "b"], NAMES, least=1)
    together = regression_gap(
        *([Lot(lot.values, lot.pay, 2) for lot in _lots(each)] for each in (men, women)),
        ["a", "b"],
        NAMES,
        least=1,
    )
    assert together.explained == pytest.approx(one_by_one.explained, rel=1e-6, abs=1e-5)
    assert together.reference_people == one_by_one.reference_people


def _graded(spread, extra=0.0):
    return [
        Lot((grade, float(age)), 1000.0 + 500 * (grade == "g2") + 5 * age - extra)
        for grade, ages in spread
        for age in ages
    ]


MEN = _graded([("g1", range(20, 40)), ("g2", range(25, 65))])
WOMEN = _graded([("g1", range(20, 70)), ("g2", range(30, 50))], extra=40)


def test_categories_become_noughts_and_ones():
    found = regression_gap(MEN, WOMEN, ["grade", "age"], NAMES)
    assert found.unexplained == pytest.approx(40)
    in_g2 = 40 / 60 - 20 / 70
    assert found.by_column["grade"] == pytest.approx(500 * in_g2)


def test_the_sentence_says_both_parts_and_claims_neither():
    found = regression_gap(MEN, WOMEN, ["grade", "age"], NAMES)
    assert found.sentence == (
        "The mean pay of women is 13.9% lower than that of men (base: men 60, women 70). "
        "Differences in grade, age account for 11.3 of the 13.9 percentage points, and 2.6 are "
        "left. That is neither a justification nor a proof."
    )
    assert found.caveats == CAVEATS
    assert any("not proof of discrimination" in each for each in CAVEATS)


@given(PEOPLE, PEOPLE, st.randoms(use_true_random=False))
def test_rows_by_rate_in_any_order_are_as_good_as_people_one_by_one(men, women, random):
    assume(oaxaca.twofold(men, women) is not None)
    rows = [(*values, "male", pay, 1) for values, pay in men]
    rows += [(*values, "female", pay, 1) for values, pay in women]
    random.shuffle(rows)
    *lots, left_out = lots_of(rows, "male", "female")
    found = regression_gap(*lots, ["a", "b"], NAMES, least=1)
    wanted = regression_gap(_lots(men), _lots(women), ["a", "b"], NAMES, least=1)
    assert left_out == 0
    assert found.explained == pytest.approx(wanted.explained, rel=1e-6, abs=1e-5)
    assert found.gap == pytest.approx(wanted.gap, abs=1e-6)


@pytest.mark.parametrize("say_again", [lambda v: (*v, v[1] * 2 + 1), lambda v: (*v, 7.0)])
def test_columns_that_say_the_same_thing_are_refused_by_name(say_again):
    twice = [
        [Lot(say_again(lot.values), lot.pay, lot.people) for lot in lots] for lots in (MEN, WOMEN)
    ]
    with pytest.raises(Unreadable, match=r"Among men, “(age|months)” can be told from the other"):
        regression_gap(*twice, ["grade", "age", "months"], NAMES)


def test_a_category_of_one_group_alone_is_refused_without_its_name():
    alone = [*MEN, Lot(("chief", 50.0), 9000.0)]
    with pytest.raises(Unreadable) as refused:
        regression_gap(alone, WOMEN, ["grade", "age"], NAMES)
    assert "“grade” has a category in which only one" in str(refused.value)
    assert "chief" not in str(refused.value)


@pytest.mark.parametrize("odd", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(odd):
    with pytest.raises(Unreadable, match="not finite"):
        regression_gap([*MEN, Lot(("g1", odd), 1000.0)], WOMEN, ["grade", "age"], NAMES)
    with pytest.raises(Unreadable, match="not finite"):
        regression_gap(MEN, [*WOMEN, Lot(("g1", 30.0), odd)], ["grade", "age"], NAMES)


def test_few_people_fit_any_columns():
    found = regression_gap(MEN[:49], WOMEN, ["grade", "age"], NAMES)
    assert found == TooFew("Fewer than 50 on one side or on both.", least=50)


def test_who_lacks_a_value_is_left_out_and_counted():
    rows = [
        ("g1", 40, "male", 1500, 3),
        ("g1", None, "male", 1500, 4),
        (None, 30, "female", 1400, 2),
        ("g2", 30, "female", None, 5),
        ("g2", 30, "not_known", 1600, 9),
        ("g2", 31, "female", 1600, 1),
    ]
    assert lots_of(rows, "male", "female") == (
        (Lot(("g1", 40.0), 1500.0, 3),),
        (Lot(("g2", 31.0), 1600.0, 1),),
        11,
    )
