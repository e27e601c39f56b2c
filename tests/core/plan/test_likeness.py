"""Which action of one plan may serve which of another: a proposal by words in common."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.documents import read_plan
from goldenthread.plan.likeness import LEAST, MOST, Alike, alike, wordings
from goldenthread.plan.wording import fold, key_words

# What three invented directorates of Brackenford promise, and the words by which the council's own
# plan is known that a person would say it serves; None where it serves nothing there. Written and
# judged before anything was reckoned.
JUDGED = (
    ("Tell every leaver of our social work teams that they can talk to someone outside", "leaver"),
    ("Have a mixed panel at every interview for team managers", "mixed, trained panel"),
    ("Hold a listening session each quarter for foster carers and night staff", "listening"),
    ("Recruit ten foster carers from Somali families", None),
    ("Write down each child's first language", None),
    ("Train every social work team in race, managers first", "Train every team"),
    ("Put an equality objective in each team manager's appraisal by June", "appraisal"),
    ("Rewrite the school exclusions letter in plain English", None),
    ("Advertise acting-up posts in parks and waste to all crews on paper", "acting-up"),
    ("Let depot staff report racism at work through the outside route by text", "outside route"),
    ("Give time off the round to members of the staff network", "paid time"),
    ("Fill no supervisor post at the depot by word of mouth", "word of mouth"),
    ("Support wardens who meet racism from drivers and residents", "support to staff"),
    ("Plant street trees in the ten streets that have none", None),
    ("Say who chairs the depot forum", None),
    ("Ask agencies for a mixed shortlist of drivers' supervisors", "search firm"),
    ("Ask staff in Revenues to record their ethnicity, by their own choice", "92%"),
    ("Publish Resources' own pay gap by ethnicity", "pay gap"),
    ("Two days of careers conversations for Grades 1 to 5 in Revenues", "careers conversation"),
    ("Assess race equality in each of our service plans", "service plan"),
    ("Nominate four people for the sponsorship scheme", "sponsorship"),
    ("Move payroll to the new system", None),
    ("Shortlist without names for all posts, apprentices too", "Shortlist without names"),
    ("Pair our heads of service with mentors from RESN", "mentor from"),
    ("Explain in the newsletter what was said and what we did", "what we did"),
    ("Attend the Overview and Scrutiny Committee when asked", "Scrutiny Committee"),
)
WORDS = st.text("abcdefg ", max_size=40) | st.sampled_from(
    ["Publish the pay gap", "Publishing pay gaps", "Train every team", "the of and", ""]
)
TEXTS = st.lists(WORDS, max_size=6)


def obvious(these, those):
    """Every score of every pair, as the docstring says it and no faster."""
    sets = [set(key_words(text)) for text in [*these, *those]]
    held = Counter(word for words in sets for word in words)
    weight = {word: math.log((len(sets) + 1) / held[word]) for word in held}

    def length(words):
        return math.sqrt(sum(weight[word] ** 2 for word in words))

    return {
        (i, j): sum(weight[w] ** 2 for w in a & b) / (length(a) * length(b)) if a & b else 0.0
        for i, a in enumerate(sets[: len(these)])
        for j, b in enumerate(sets[len(these) :])
    }


def test_words_in_common_are_weighed_by_how_rare_they_are():
    council = [
        *("Publish staff data", "Train staff", "Mentor staff from every grade"),
        *("Hear staff at night", "Thank staff in public"),
    ]
    (found,) = alike(["Find a mentor for staff"], council)
    # "Staff" alone, which every action has, proposes none of the others.
    assert [(one.position, one.words) for one in found] == [(2, ("mentor", "staff"))]


def test_the_words_are_shown_as_the_text_that_was_asked_about_writes_them():
    (found,) = alike(["Publishing pay gaps"], ["Publish the pay gap"])
    assert found == (Alike(0, 1.0, ("gaps", "pay", "publishing")),)


def test_nothing_is_proposed_for_words_that_tell_nothing():
    assert alike(["The of and", "", "Plant trees"], ["of the", "", "Train staff"]) == ((), (), ())
    assert alike([], ["Train staff"]) == ()
    assert alike(["Train staff"], []) == ((),)


def test_one_common_word_is_not_enough_unless_it_is_most_of_what_both_say():
    assert alike(["Mentoring for starters in the depots"], ["Sell the mentoring van"]) == ((),)
    assert alike(["Mentoring"], ["Mentoring"])[0][0].score == 1.0


@given(TEXTS, TEXTS)
def test_every_score_is_the_one_that_a_slow_reckoning_gives(these, those):
    found = alike(these, those, most=99, least=0.0001)
    slow = obvious(these, those)
    for i, few in enumerate(found):
        assert [one.position for one in few] == [
            one.position for one in sorted(few, key=lambda x: (-x.score, x.position))
        ]
        for one in few:
            assert 0 < one.score <= 1
            assert one.score == pytest.approx(slow[i, one.position])
        shown = {one.position for one in few}
        for j in range(len(those)):
            common = set(key_words(these[i])) & set(key_words(those[j]))
            enough = len(common) > 1 or slow[i, j] > 0.5 + 1e-9
            if common and enough and slow[i, j] > 0.001:
                assert j in shown


@given(TEXTS, TEXTS)
def test_which_plan_is_named_first_changes_no_score(these, those):
    there = {
        (i, one.position): one.score
        for i, few in enumerate(alike(these, those, most=99))
        for one in few
    }
    back = {
        (one.position, j): one.score
        for j, few in enumerate(alike(those, these, most=99))
        for one in few
    }
    assert there.keys() == back.keys()
    assert all(there[pair] == pytest.approx(back[pair]) for pair in there)


@given(TEXTS, TEXTS, st.randoms())
def test_the_order_of_a_plan_changes_no_proposal(these, those, chance):
    order = list(range(len(those)))
    chance.shuffle(order)
    plain = alike(these, those, most=99)
    turned = alike(these, [those[j] for j in order], most=99)
    for few, other in zip(plain, turned, strict=True):
        assert {(one.position, one.words) for one in few} == {
            (order[one.position], one.words) for one in other
        }


@given(st.lists(WORDS.filter(lambda text: key_words(text)), min_size=1, max_size=6))
def test_the_same_words_are_wholly_alike(texts):
    for i, few in enumerate(alike(texts, texts, most=99)):
        assert next(one.score for one in few if one.position == i) == 1.0


@given(TEXTS, TEXTS, st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))), st.integers(1, 3))
def test_what_is_settled_is_left_out_and_changes_no_other(these, those, settled, most):
    whole = alike(these, those, most=99)
    left = alike(these, those, most=most, but=settled)
    assert left == tuple(
        tuple(one for one in few if (i, one.position) not in settled)[:most]
        for i, few in enumerate(whole)
    )


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=2).map(sorted))
def test_whoever_is_more_alike_is_told_no_less(scores):
    rank = ("some", "many", "most", "same")
    less, more = (rank.index(Alike(0, score, ("staff",)).degree) for score in scores)
    assert less <= more


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_mark_of_wordings_is_the_same_for_the_same_words_alone(one, other, third, fourth):
    same = (fold(one), fold(other)) == (fold(third), fold(fourth))
    assert (wordings(one, other) == wordings(third, fourth)) is same
    assert wordings(one.upper(), f" {other}.") == wordings(one, other)
    assert len(wordings(one, other)) == 32


def test_words_that_move_from_one_text_to_the_other_are_other_wordings():
    assert wordings("Train staff", "now") != wordings("Train", "staff now")
    assert wordings("Train staff", "Hear staff") != wordings("Hear staff", "Train staff")


@given(TEXTS, TEXTS, st.integers(1, 3), st.floats(0.01, 1))
def test_no_more_are_proposed_than_asked_for_and_none_that_is_less_alike(these, those, most, least):
    found = alike(these, those, most=most, least=least)
    assert len(found) == len(these)
    assert all(len(few) <= most and all(one.score >= least for one in few) for few in found)


def measured(actions, council):
    """How many true ones are found, how many come first, and how many serve none and are asked."""
    found = alike([words for words, _ in actions], council)
    first = among = asked = 0
    for (_, mark), few in zip(actions, found, strict=True):
        if mark is None:
            asked += bool(few)
            continue
        first += bool(few) and mark in council[few[0].position]
        among += any(mark in council[one.position] for one in few)
    return first, among, asked


def test_three_invented_directorates_are_proposed_what_a_person_would_say(bundled_plan):
    council = [action.text for action in read_plan(bundled_plan).plan.actions]
    serving = [mark for _, mark in JUDGED if mark]
    for mark in serving:
        assert sum(mark in text for text in council) == 1, mark
    first, among, asked = measured(JUDGED, council)
    assert (len(serving), first, among, asked) == (20, 20, 20, 0)


def test_words_of_another_council_are_proposed_only_where_they_say_the_same(
    bundled_plan, example_plans
):
    council = [action.text for action in read_plan(bundled_plan).plan.actions]
    theirs = [
        action.text
        for action in read_plan(example_plans / "p08_calderwye_directorate_plans.xlsx").plan.actions
    ]
    found = {
        text: [council[one.position] for one in few]
        for text, few in zip(theirs, alike(theirs, council), strict=True)
        if few
    }
    # A disclosure campaign serves "Know the ethnicity of 92% of staff" too, and shares no word with
    # it: what has no words in common is never proposed.
    assert found == {
        "Report ethnicity pay gap to Cabinet": ["Publish the pay gap by ethnicity every year"]
    }


def test_a_real_plan_finds_its_own_actions_again_when_words_are_lost(seeds):
    council = [action.text for action in read_plan(seeds / "readi_action_plan.txt").plan.actions]
    # Every third word is lost, as when somebody retells an action in fewer words.
    retold = [" ".join(w for k, w in enumerate(text.split()) if k % 3) for text in council]
    told = [i for i, text in enumerate(retold) if len(key_words(text)) > 1]
    found = alike(retold, council)
    again = sum(any(council[one.position] == council[i] for one in found[i]) for i in told)
    assert (len(told), again) == (43, 43)
    assert all(len(few) <= MOST and all(one.score >= LEAST for one in few) for few in found)
