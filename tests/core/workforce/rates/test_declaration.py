"""Who says what they are, against counting one by one, and what changed after a campaign."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from core.workforce.staff import ABOVE, MISSING, NOW, THEN, filled, staff, workforces
from goldenthread.workforce.rates.declaration import (
    Campaign,
    Declaration,
    after_campaigns,
    declaration_sql,
    declarations,
    survey_response,
    survey_withheld,
)
from goldenthread.workforce.too_few import TooFew


@settings(max_examples=15, deadline=None)
@given(workforces())
def test_every_unit_s_declaration_is_that_of_counting_one_by_one(people):
    codes = Counter()
    for one in people:
        for unit in (*ABOVE[one["unit"]], None):
            for name in ("sex", "ethnicity"):
                codes[one["snapshot"], unit, name, one[name]] += 1
    places = {key[:3] for key in codes}
    found = declarations(filled(people), ["sex", "ethnicity"])
    assert {(one.snapshot, one.unit, one.characteristic) for one in found} == places
    for one in found:
        place = (one.snapshot, one.unit, one.characteristic)
        states = {state: codes[*place, state] for state in MISSING}
        assert {state: getattr(one, state) for state in MISSING} == states
        assert one.known + sum(states.values()) == one.headcount
        assert one.headcount == sum(n for key, n in codes.items() if key[:3] == place)


def test_the_four_states_of_missing_are_told_apart_and_the_base_is_said():
    answers = ["white_british"] * 20 + ["prefer_not_to_say"] * 6 + ["blank"] * 4
    answers += ["not_asked"] * 8 + ["not_known"] * 2
    people = [staff(NOW, str(n), ethnicity=code) for n, code in enumerate(answers)]
    (whole, _council) = declarations(filled(people), ["ethnicity"])
    assert whole.declared().sentence == (
        "50.0% (20 of 40 people in post on 31 March 2026; 95% interval 35.2% to 64.8%)"
    )
    assert whole.responded().count == 26
    assert whole.declined().count == 6
    assert whole.unanswered().count == 14
    assert (whole.declared_of_asked().count, whole.declared_of_asked().base) == (20, 32)


def test_more_missing_than_there_are_is_a_mistake():
    with pytest.raises(ValueError, match="not in the headcount"):
        Declaration(NOW, None, "sex", 5, 3, 3, 0, 0)
    with pytest.raises(ValueError, match="characteristic"):
        declaration_sql([])


def _on(day, known, headcount=400, unit="adults"):
    return Declaration(day, unit, "ethnicity", headcount, 0, 0, headcount - known, 0)


QUARTERS = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]


def test_what_came_after_a_campaign_is_told_with_its_interval():
    days = [_on(day, known) for day, known in zip(QUARTERS, [200, 205, 290, 300], strict=True)]
    (found,) = after_campaigns(days, [Campaign(date(2025, 7, 14), "Count me in")])
    assert found.sentence == (
        "Count me in, from 14 July 2025: declaration of ethnicity in adults rose from 51.3% (205 "
        "of 400) on 30 June 2025 to 75.0% (300 of 400) on 31 December 2025, by +23.8 percentage "
        "points (95% interval +17.1 to +30.1)."
    )


def test_each_campaign_is_held_against_the_days_until_the_next():
    days = [_on(day, known) for day, known in zip(QUARTERS, [200, 205, 290, 300], strict=True)]
    asked = [Campaign(date(2025, 10, 1), "Again"), Campaign(date(2025, 4, 1), "First")]
    first, again = after_campaigns(days, asked)
    assert (first.before.snapshot, first.after.snapshot) == (QUARTERS[0], QUARTERS[2])
    assert (again.before.snapshot, again.after.snapshot) == (QUARTERS[2], QUARTERS[3])
    assert again.change.way is None
    assert again.sentence.endswith("Chance alone could explain it.")


def test_three_people_who_became_five_are_no_campaign_that_worked():
    days = [_on(QUARTERS[0], 3, 12), _on(QUARTERS[1], 5, 12)]
    (found,) = after_campaigns(days, [Campaign(date(2025, 4, 14), "Count me in")])
    assert isinstance(found.change, TooFew)
    assert found.sentence == (
        "Count me in, from 14 April 2025: declaration of ethnicity in adults: not enough to say. "
        "Fewer than 10 people stand behind the difference."
    )


def test_a_campaign_with_no_day_on_either_side_is_left_out():
    days = [_on(QUARTERS[0], 200), _on(QUARTERS[1], 300)]
    assert after_campaigns(days, [Campaign(date(2025, 1, 1), "Early")]) == ()
    assert after_campaigns(days, [Campaign(date(2026, 1, 1), "Late")]) == ()


def test_units_are_not_mixed():
    with pytest.raises(ValueError, match="one unit"):
        after_campaigns([_on(THEN, 5), _on(NOW, 5, unit="place")], [])


def test_both_response_rates_of_a_survey_are_given():
    found = survey_response(invited=2011, complete=655, partial=45)
    assert found.complete.per_cent == Decimal("32.6")
    assert found.complete_and_partial.per_cent == Decimal("34.8")


@pytest.mark.parametrize(
    ("counts", "eligible", "first", "second"),
    [
        ([0, 3, 12, 41, 7], 640, [1], [4]),
        ([0, 3, 12, 41, 7], 1000, [1], [4]),
        ([0, 3, 12, 41, 7], 1001, [], []),
        ([1, 3, 12, 41, 7], 640, [0, 1], []),
        ([0, 5, 12, 41, 7], 640, [], []),
        ([4, 5], 640, [0, 1], []),
        ([0, 0, 3, 0], 640, [0, 1, 2, 3], []),
        ([4, 7, 7], 640, [0], [1]),
    ],
)
def test_few_answers_are_withheld_and_the_next_with_a_lonely_one(counts, eligible, first, second):
    found = survey_withheld(counts, eligible=eligible)
    assert [place for place, flag in enumerate(found.first) if flag] == first
    assert [place for place, flag in enumerate(found.second) if flag] == second
