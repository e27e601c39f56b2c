"""Disability by the two harmonised questions, every pair of answers."""

import itertools

import pytest

from goldenthread.categories import MISSING, code_list, from_two_questions

LIST = code_list("disability_harmonised_2019")
EFFECTS = ("a_lot", "a_little", "not_at_all")


@pytest.mark.parametrize(
    ("lasting", "effect"),
    list(itertools.product(("yes", "no", *MISSING), (*EFFECTS, *MISSING))),
)
def test_disabled_is_who_has_a_lasting_condition_that_restricts(lasting, effect):
    code = from_two_questions(lasting, effect)
    measure = LIST.roll(code, "equality_act")
    if lasting in MISSING:
        assert code == lasting
    elif lasting == "no":
        assert measure == "not_disabled"
    elif effect in MISSING:
        assert code == effect
    else:
        assert (measure == "disabled") == (effect in ("a_lot", "a_little"))
