import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from core.plan.strategies import plans
from goldenthread.plan import Action, Changes, Lead, Plan, Recommendation, compare
from goldenthread.timescale import Timescale

HR = (Lead("Head of HR"),)
OCTOBER = Timescale("October 2021", "date", end=date(2021, 10, 31))
MARCH = Timescale("March 2022", "date", end=date(2022, 3, 31))
BRIEF = Action("Brief every recruiting manager on shortlisting", leads=HR, timescales=(OCTOBER,))
SURVEY = Action("Run the staff survey on race again", leads=HR, timescales=(MARCH,))
PUBLISH = Action("Publish ethnicity pay gap figures by directorate")


def plan_of(*groups, numbers="123456789"):
    return Plan(
        recommendations=tuple(
            Recommendation(text, number, actions=actions)
            for (text, *actions), number in zip(groups, numbers, strict=False)
            for actions in [tuple(actions)]
        )
    )


BEFORE = plan_of(("Recruit fairly", BRIEF, SURVEY), ("Publish data on pay", PUBLISH))


def texts(pairs):
    return [(pair.before.text, pair.after.text) for pair in pairs]


def test_nothing_changes_when_nothing_changed():
    changes = compare(BEFORE, BEFORE)
    assert not changes
    assert [pair.after.label for pair in changes.unchanged] == [
        "recommendation 1, action 1",
        "recommendation 1, action 2",
        "recommendation 2, action 1",
    ]


def test_actions_and_recommendations_that_come_and_go_are_named():
    new = Action("Translate the reporting leaflet")
    after = plan_of(
        ("Recruit fairly", BRIEF, new), ("Keep people safe at work", SURVEY), numbers="13"
    )
    changes = compare(BEFORE, after)
    assert [where.text for where in changes.actions_added] == [new.text]
    assert [where.text for where in changes.actions_removed] == [PUBLISH.text]
    assert [where.label for where in changes.recommendations_added] == ["recommendation 3"]
    assert [where.label for where in changes.recommendations_removed] == ["recommendation 2"]
    assert texts(changes.actions_moved) == [(SURVEY.text, SURVEY.text)]


def test_an_action_is_known_again_when_it_is_reworded():
    reworded = replace(BRIEF, text="Brief all recruiting managers on fair shortlisting")
    changes = compare(
        BEFORE, plan_of(("Recruit fairly", reworded, SURVEY), ("Publish data on pay", PUBLISH))
    )
    assert changes == Changes(
        actions_reworded=changes.actions_reworded, unchanged=changes.unchanged
    )
    assert texts(changes.actions_reworded) == [(BRIEF.text, reworded.text)]


def test_a_recommendation_is_known_again_by_number_when_it_is_reworded():
    before = Plan(recommendations=(Recommendation("Collect and publish workforce data", "8"),))
    after = Plan(recommendations=(Recommendation("Publish workforce data every quarter", "8"),))
    changes = compare(before, after)
    assert texts(changes.recommendations_reworded) == [
        ("Collect and publish workforce data", "Publish workforce data every quarter")
    ]
    assert (changes.recommendations_added, changes.recommendations_removed) == ((), ())


def test_a_moved_date_shows_both_readings():
    slipped = replace(BRIEF, timescales=(MARCH,))
    changes = compare(
        BEFORE, plan_of(("Recruit fairly", slipped, SURVEY), ("Publish data on pay", PUBLISH))
    )
    (moved,) = changes.dates_moved
    assert moved.dates == ((OCTOBER, MARCH),)


def test_the_same_date_in_other_words_has_not_moved():
    other = replace(BRIEF, timescales=(replace(OCTOBER, raw="by end of October 2021"),))
    assert not compare(
        BEFORE, plan_of(("Recruit fairly", other, SURVEY), ("Publish data on pay", PUBLISH))
    )


def test_a_date_that_joins_others_stands_alone():
    both = replace(BRIEF, timescales=(OCTOBER, MARCH))
    changes = compare(
        BEFORE, plan_of(("Recruit fairly", both, SURVEY), ("Publish data on pay", PUBLISH))
    )
    assert changes.dates_moved[0].dates == ((None, MARCH),)


def test_a_changed_lead_and_status_show_both_sides():
    changed = replace(BRIEF, leads=(Lead("Chief Executive"),), status="completed")
    changes = compare(
        BEFORE, plan_of(("Recruit fairly", changed, SURVEY), ("Publish data on pay", PUBLISH))
    )
    (lead,), (status,) = changes.leads_changed, changes.statuses_changed
    assert (lead.leads_before, lead.leads_after) == (HR, (Lead("Chief Executive"),))
    assert (status.status_before, status.status_after) == (None, "completed")


def test_each_of_several_equal_actions_is_paired_once():
    before = plan_of(("a", PUBLISH, PUBLISH))
    changes = compare(before, plan_of(("a", PUBLISH, PUBLISH, PUBLISH)))
    assert [where.label for where in changes.actions_added] == ["recommendation 1, action 3"]
    assert changes.actions_removed == ()


def test_different_actions_are_not_called_rewordings():
    before = plan_of(("training", Action("Training programme for staff")))
    after = plan_of(("training", Action("Publish the pay gap by grade")))
    changes = compare(before, after)
    assert (len(changes.actions_added), len(changes.actions_removed)) == (1, 1)


@given(plans)
@settings(max_examples=60, deadline=None)
def test_a_plan_compared_with_itself_changes_nothing(plan):
    changes = compare(plan, plan)
    assert not changes
    assert len(changes.unchanged) == len(plan.actions)


@given(plans, plans)
@settings(max_examples=60, deadline=None)
def test_swapping_the_plans_swaps_what_changed(one, other):
    forth, back = compare(one, other), compare(other, one)
    assert forth.actions_added == back.actions_removed
    assert forth.actions_removed == back.actions_added
    assert forth.recommendations_added == back.recommendations_removed
    for name in (
        "recommendations_reworded", "actions_moved", "actions_reworded", "unchanged",
        "statuses_changed", "leads_changed", "dates_moved",
    ):  # fmt: skip
        key = lambda pair: (pair[0].label, pair[0].rec, pair[0].act or 0)  # noqa: E731
        there = [(p.before, p.after) for p in getattr(forth, name)]
        again = [(p.after, p.before) for p in getattr(back, name)]
        assert sorted(there, key=key) == sorted(again, key=key)


@given(plans, plans)
@settings(max_examples=60, deadline=None)
def test_every_action_is_kept_added_or_removed_and_only_once(one, other):
    changes = compare(one, other)
    kept = len(one.actions) - len(changes.actions_removed)
    assert kept == len(other.actions) - len(changes.actions_added)
    assert 0 <= kept <= min(len(one.actions), len(other.actions))


def test_ten_thousand_actions_in_one_recommendation_are_each_found_again():
    words = [
        "brief",
        "train",
        "publish",
        "review",
        "map",
        "report",
        "agree",
        "tell",
        "ask",
        "build",
    ]
    choose = random.Random(7)

    def action(n, extra=""):
        some = " ".join(choose.choices(words, k=8))
        return Action(f"{some} place{n} {extra}".strip(), number=None)

    actions = [action(n) for n in range(10_000)]
    before = plan_of(("everything", *actions))
    after = plan_of(("everything", *(replace(a, text=f"{a.text} soon") for a in actions)))
    changes = compare(before, after)
    assert len(changes.actions_reworded) == 10_000
