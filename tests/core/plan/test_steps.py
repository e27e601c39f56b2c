"""Steps of a directorate: gates that count, standings in time, and schemes of a council's own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.steps import (
    EARLY,
    FACTS,
    MOST_GATES,
    MOST_STEPS,
    SIX,
    Dates,
    Gate,
    Scheme,
    Step,
    faults,
    finding,
    from_json,
    here,
    missing,
    new_word,
    slipping,
    standings,
    to_json,
)

DAY = timedelta(days=1)
FIRST = date(2026, 6, 4)
MET = dict.fromkeys(FACTS, 5)


def step(word, *gates):
    return Step(word, word.capitalize(), "Do it.", gates)


def test_the_six_steps_are_those_of_the_process_in_its_order():
    assert SIX.words == ("listen", "figures", "priorities", "vision", "measures", "review")
    assert faults(SIX) == {}


def test_every_step_of_the_six_has_a_gate_that_nothing_meets_and_one_that_enough_meets():
    for one in SIX.steps:
        assert missing(one, {})
        assert missing(one, MET) == ()


def test_what_is_missing_says_how_many():
    [one] = missing(SIX.step("measures"), MET | {"actions": 11, "actions_smart": 7})
    assert (one.fact, one.has, one.wants) == ("actions_smart", 7, 11)
    assert one.sentence == "4 of 11 actions cannot yet be measured."


def test_as_many_as_there_are_of_something_is_met_where_there_is_none_of_it():
    gate = Gate("chosen_with_reason", "{missing} lack a reason.", 0, "chosen")
    assert missing(step("choose", gate), {}) == ()
    assert missing(step("choose", gate), {"chosen": 2})[0].sentence == "2 lack a reason."


def test_the_sentence_of_a_council_is_never_more_than_words():
    gate = Gate("packs", "{missing} {has} {wants} {__class__} {0} %s $x")
    [one] = missing(step("look", gate), {})
    assert one.sentence == "1 0 1 {__class__} {0} %s $x"


@given(st.dictionaries(st.sampled_from(sorted(FACTS)), st.integers(0, 50)))
def test_more_of_a_fact_that_no_gate_compares_with_never_makes_more_missing(facts):
    compared = {gate.every for one in SIX.steps for gate in one.gates}
    for one in SIX.steps:
        for fact in set(FACTS) - compared:
            fuller = facts | {fact: facts.get(fact, 0) + 1}
            assert len(missing(one, fuller)) <= len(missing(one, facts))


@given(
    st.lists(st.integers(0, 5), max_size=8),
    st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 5)),
)
def test_a_gate_lacks_exactly_where_there_is_less_than_it_wants(leasts, facts):
    gates = tuple(Gate("a", "x", least, "b") for least in leasts)
    found = missing(step("any", *gates), facts)
    slow = [n for n in leasts if facts.get("a", 0) < n or facts.get("a", 0) < facts.get("b", 0)]
    assert len(found) == len(slow)
    assert all(one.has < one.wants for one in found)


# -- standing --------------------------------------------------------------------------------------


def stood(on, facts=None, **dates):
    return standings(SIX, facts or {}, dates, on=on)


def test_the_first_step_without_a_signature_is_the_one_that_is_worked_at():
    told = stood(FIRST, listen=Dates(signed=FIRST), vision=Dates(signed=FIRST))
    assert [one.state for one in told] == [
        *("done", "now", "to_come", "done", "to_come", "to_come"),
    ]
    assert here(told).place == 2


def test_a_planning_that_has_not_begun_is_at_no_step():
    told = standings(SIX, {}, {}, on=FIRST, begun=False)
    assert here(told) is None
    assert finding("Housing", told) == "Housing has not begun"


@pytest.mark.parametrize(
    ("on", "facts", "slip", "days"),
    [
        (FIRST - (EARLY + 1) * DAY, {}, "", 0),
        (FIRST - EARLY * DAY, {}, "soon", EARLY),
        (FIRST - EARLY * DAY, MET, "", 0),
        (FIRST, {}, "soon", 0),
        (FIRST + DAY, {}, "behind", 1),
        (FIRST + DAY, MET, "behind", 1),
    ],
    ids=[
        *("far off", "near and lacking", "near and met", "today", "the day after"),
        "behind though met: only a signature ends it",
    ],
)
def test_a_step_is_mentioned_early_where_it_lacks_and_is_behind_from_the_day_after(
    on, facts, slip, days
):
    one = stood(on, facts, listen=Dates(FIRST, FIRST))[0]
    assert (one.slip, one.days) == (slip, days)


def test_behind_is_counted_from_the_first_day_whatever_day_came_later():
    one = stood(FIRST + 10 * DAY, listen=Dates(FIRST, FIRST + 40 * DAY))[0]
    assert (one.slip, one.days) == ("behind", 10)
    assert slipping(one) == "10 days behind its first day"


def test_a_step_signed_late_says_by_how_much_and_slips_no_more():
    one = stood(FIRST + 90 * DAY, listen=Dates(FIRST, FIRST, FIRST + 12 * DAY))[0]
    assert (one.state, one.slip, one.missing) == ("done", "", ())
    assert slipping(one) == "12 days after its first day"


def test_a_step_signed_before_its_day_says_nothing_of_it():
    assert slipping(stood(FIRST, listen=Dates(FIRST, FIRST, FIRST - DAY))[0]) == ""


@pytest.mark.parametrize(
    ("to_go", "said"),
    [
        (0, "Due today, and something is still missing"),
        (1, "Due tomorrow, and something is still missing"),
        (9, "Due in 9 days, and something is still missing"),
    ],
)
def test_a_day_that_comes_is_said_kindly(to_go, said):
    assert slipping(stood(FIRST - to_go * DAY, listen=Dates(FIRST, FIRST))[0]) == said


def test_the_headline_is_the_finding_with_its_bad_half():
    signed = {word: Dates(signed=FIRST) for word in SIX.words}
    five = {word: signed[word] for word in SIX.words[:4]}
    bad = stood(FIRST, {"actions": 11, "actions_smart": 7}, **five)
    assert finding("Housing", bad) == (
        "Housing is at step 5 of 6: 4 of 11 actions cannot yet be measured"
    )
    assert finding("Housing", stood(FIRST, MET, **five)) == (
        "Housing is at step 5 of 6: nothing is missing, and it waits to be signed off"
    )
    assert finding("Housing", stood(FIRST, {}, **signed)) == "Housing has signed off every step"
    assert finding("Housing", stood(FIRST)) == (
        "Housing is at step 1 of 6: no listening session is recorded yet"
    )


def test_an_abbreviation_keeps_its_capitals_inside_the_headline():
    lacking = Scheme((step("look", Gate("packs", "DMT has seen no pack.")),))
    told = standings(lacking, {}, {}, on=FIRST)
    assert finding("Housing", told) == "Housing is at step 1 of 1: DMT has seen no pack"


@given(
    st.dictionaries(
        st.sampled_from(SIX.words),
        st.builds(
            Dates,
            st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
            st.none(),
            st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        ),
    ),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
)
def test_a_signed_step_lacks_nothing_and_one_step_at_most_is_worked_at(dates, on):
    told = standings(SIX, {}, dates, on=on)
    assert [one.place for one in told] == list(range(1, 7))
    assert sum(one.state == "now" for one in told) == (
        1 if any(one.state != "done" for one in told) else 0
    )
    for one in told:
        signed = dates.get(one.step.word, Dates()).signed
        assert (one.state == "done") is (signed is not None)
        assert not (signed and (one.missing or one.slip))
        assert one.days >= 0


# -- order -----------------------------------------------------------------------------------------


def test_steps_may_be_signed_in_any_order_until_the_council_binds_them():
    assert SIX.before("review", ()) == ()
    bound = replace(SIX, in_order=True)
    assert [one.word for one in bound.before("priorities", {"figures"})] == ["listen"]
    assert bound.before("listen", ()) == ()


# -- schemes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "where"),
    [
        ((), "steps"),
        (tuple(step(f"s{n}") for n in range(MOST_STEPS + 1)), "steps"),
        ((step("a"), step("a")), "a"),
        ((replace(step("a"), word="A b"),), "A b"),
        ((replace(step("a"), name=" "),), "a.name"),
        ((replace(step("a"), name="x" * 61),), "a.name"),
        ((step("a"), replace(step("b"), name="A")), "b.name"),
        ((replace(step("a"), asks=""),), "a.asks"),
        ((step("a", *[Gate("packs", "x", n) for n in range(1, MOST_GATES + 2)]),), "a.gates"),
        ((step("a", Gate("ghosts", "x")),), "a.gate_1"),
        ((step("a", Gate("packs", "x", 1, "ghosts")),), "a.gate_1"),
        ((step("a", Gate("packs", "x", 1, "packs")),), "a.gate_1"),
        ((step("a", Gate("packs", "x", 0)),), "a.gate_1"),
        ((step("a", Gate("packs", "x", -1)),), "a.gate_1"),
        ((step("a", Gate("packs", " ")),), "a.gate_1"),
        ((step("a", Gate("packs", "x" * 201)),), "a.gate_1"),
        ((step("a", Gate("packs", "{ghosts} lack")),), "a.gate_1"),
        ((step("a", Gate("packs", "x"), Gate("packs", "y")),), "a.gate_2"),
    ],
)
def test_a_scheme_that_cannot_be_kept_says_what_is_wrong_and_where(steps, where):
    found = faults(Scheme(steps))
    assert where in found
    assert all(said.endswith(".") for said in found.values())


def test_steps_can_be_renamed_added_dropped_and_reordered():
    own = Scheme((replace(SIX.steps[3], name="Our promise"), SIX.steps[0], step("union")))
    assert faults(own) == {}
    assert own.place("vision") == 1
    assert own.step("figures") is None


@given(st.integers(0, 6), st.booleans(), st.integers(0, 9))
def test_a_scheme_comes_back_as_it_was_kept(many, in_order, number):
    own = Scheme(SIX.steps[:many], in_order, number)
    assert from_json(to_json(own), in_order=in_order, number=number) == own


@given(st.text(max_size=60), st.sets(st.text("abc-", min_size=1, max_size=4)))
def test_a_new_step_has_a_word_of_its_own_that_can_be_kept(name, taken):
    word = new_word(name, taken)
    assert word not in taken
    again = new_word(name, taken | {word})
    assert again not in taken | {word}
    found = faults(Scheme((replace(step("a"), word=word), replace(step("b"), word=again))))
    assert found == {}
