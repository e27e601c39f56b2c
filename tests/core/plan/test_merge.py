"""A plan read again: what only the document changed, what both changed, what came and what went."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from core.plan.strategies import plans
from goldenthread.plan import (
    Action,
    Lead,
    Measure,
    Plan,
    Recommendation,
    Update,
    merge,
    take_over,
)
from goldenthread.timescale import Timescale

HR = (Lead("Head of HR"),)
OCTOBER = Timescale("October 2026", "date", end=date(2026, 10, 31))
MARCH = Timescale("March 2027", "date", end=date(2027, 3, 31))
JUNE = Timescale("June 2027", "date", end=date(2027, 6, 30))
BRIEF = Action(
    "Brief every recruiting manager on shortlisting", "1.1", leads=HR, timescales=(OCTOBER,)
)
SURVEY = Action("Run the staff survey on race again", "1.2", leads=HR, timescales=(MARCH,))
PUBLISH = Action("Publish ethnicity pay gap figures by directorate", "2.1")
TRANSLATE = Action("Translate the reporting leaflet", "2.2")


def plan_of(*groups):
    return Plan(
        recommendations=tuple(
            Recommendation(text, str(number), actions=tuple(actions))
            for number, (text, *actions) in enumerate(groups, 1)
        )
    )


LAST = plan_of(("Recruit fairly", BRIEF, SURVEY), ("Publish data on pay", PUBLISH))


def differences(found):
    return [
        (met.mine.text, d.part, d.both)
        for met in (*found.recommendations, *found.actions)
        for d in met.differences
    ]


def everything(where, difference):
    return True


def test_what_the_document_says_as_before_is_no_difference_whatever_became_of_it_here():
    moved_on = replace(
        SURVEY, text="Ask all staff again", timescales=(JUNE,), leads=(), status="in_progress"
    )
    mine = plan_of(("Recruit fairly", BRIEF, moved_on), ("Publish data on pay", PUBLISH))
    assert not merge(LAST, mine, LAST)


def test_what_only_the_document_changed_is_proposed_and_nobody_has_to_choose():
    later = replace(SURVEY, timescales=(JUNE,))
    theirs = plan_of(("Recruit fairly", BRIEF, later), ("Publish data on pay", PUBLISH))
    found = merge(LAST, LAST, theirs)
    assert differences(found) == [(SURVEY.text, "timescales", False)]
    assert take_over(found, LAST, theirs) == theirs


def test_what_both_changed_needs_somebody_and_stays_until_then():
    mine = plan_of(
        ("Recruit fairly", BRIEF, replace(SURVEY, timescales=(OCTOBER,))),
        ("Publish data on pay", PUBLISH),
    )
    theirs = plan_of(
        ("Recruit fairly", BRIEF, replace(SURVEY, timescales=(JUNE,))),
        ("Publish data on pay", PUBLISH),
    )
    found = merge(LAST, mine, theirs)
    assert differences(found) == [(SURVEY.text, "timescales", True)]
    [difference] = [d for met in found.actions for d in met.differences]
    assert (difference.last, difference.mine, difference.theirs) == ((MARCH,), (OCTOBER,), (JUNE,))
    assert take_over(found, mine, theirs) == mine
    assert take_over(found, mine, theirs, wanted=everything) == theirs


def test_what_both_changed_to_the_same_is_no_difference():
    both = plan_of(
        ("Recruit fairly", BRIEF, replace(SURVEY, timescales=(JUNE,))),
        ("Publish data on pay", PUBLISH, TRANSLATE),
    )
    assert not merge(LAST, both, both)


def test_an_action_that_both_sides_added_is_one_action():
    mine = plan_of(("Recruit fairly", BRIEF, SURVEY), ("Publish data on pay", PUBLISH, TRANSLATE))
    later = replace(TRANSLATE, text="Translate the leaflet on reporting", timescales=(JUNE,))
    theirs = plan_of(("Recruit fairly", BRIEF, SURVEY), ("Publish data on pay", PUBLISH, later))
    found = merge(LAST, mine, theirs)
    assert found.actions_added == ()
    assert differences(found) == [
        (TRANSLATE.text, "text", True),
        (TRANSLATE.text, "timescales", True),
    ]


def test_what_came_and_what_went_is_named_and_what_went_stays_until_somebody_says():
    theirs = plan_of(("Recruit fairly", BRIEF), ("Publish data on pay", PUBLISH, TRANSLATE))
    found = merge(LAST, LAST, theirs)
    assert [where.text for where in found.actions_added] == [TRANSLATE.text]
    assert [where.text for where in found.actions_gone] == [SURVEY.text]
    assert SURVEY in take_over(found, LAST, theirs).actions
    assert take_over(found, LAST, theirs, gone=lambda where: True) == theirs


def test_what_only_the_kept_plan_has_is_not_the_documents_business():
    mine = plan_of(("Recruit fairly", BRIEF, SURVEY), ("Publish data on pay", PUBLISH, TRANSLATE))
    assert not merge(LAST, mine, LAST)


def test_what_was_left_out_at_adoption_stays_out_and_is_named():
    mine = plan_of(("Recruit fairly", BRIEF), ("Publish data on pay", PUBLISH))
    found = merge(LAST, mine, LAST)
    assert not found
    assert [where.text for where in found.actions_left_out] == [SURVEY.text]
    assert take_over(found, mine, LAST) == mine


def test_a_new_action_of_a_recommendation_that_was_left_out_comes_in_with_it():
    mine = plan_of(("Recruit fairly", BRIEF, SURVEY))
    theirs = plan_of(("Recruit fairly", BRIEF, SURVEY), ("Publish data on pay", PUBLISH, TRANSLATE))
    found = merge(LAST, mine, theirs)
    assert [where.text for where in found.actions_added] == [TRANSLATE.text]
    taken = take_over(found, mine, theirs)
    assert [rec.text for rec in taken.recommendations] == ["Recruit fairly", "Publish data on pay"]
    assert taken.recommendations[1].actions == (TRANSLATE,)


def test_an_action_that_moved_to_another_recommendation_is_the_same_action():
    theirs = plan_of(("Recruit fairly", BRIEF), ("Publish data on pay", PUBLISH, SURVEY))
    found = merge(LAST, LAST, theirs)
    assert differences(found) == [(SURVEY.text, "recommendation", False)]
    assert take_over(found, LAST, theirs) == theirs


def test_a_renumbered_action_is_the_same_action():
    theirs = plan_of(
        ("Recruit fairly", replace(SURVEY, number="1.1"), replace(BRIEF, number="1.2")),
        ("Publish data on pay", PUBLISH),
    )
    found = merge(LAST, LAST, theirs)
    assert sorted(differences(found)) == [
        (BRIEF.text, "number", False),
        (SURVEY.text, "number", False),
    ]


def test_a_document_that_came_from_the_kept_plan_is_known_by_the_words_kept():
    reworded = replace(SURVEY, text="Ask every colleague each spring how they are treated")
    mine = plan_of(("Recruit fairly", BRIEF, reworded), ("Publish data on pay", PUBLISH))
    later = replace(reworded, timescales=(JUNE,))
    theirs = plan_of(("Recruit fairly", BRIEF, later), ("Publish data on pay", PUBLISH))
    found = merge(LAST, mine, theirs, known={(0, 1): (0, 1)})
    assert differences(found) == [(reworded.text, "timescales", False)]


def test_an_action_reworded_beyond_recognition_is_known_where_its_origin_is():
    reworded = replace(SURVEY, text="Ask every colleague each spring", number="7")
    mine = plan_of(("Recruit fairly", BRIEF, reworded), ("Publish data on pay", PUBLISH))
    theirs = plan_of(
        ("Recruit fairly", BRIEF, replace(SURVEY, timescales=(JUNE,))),
        ("Publish data on pay", PUBLISH),
    )
    known = {(0, 0): (0, 0), (0, 1): (0, 1), (1, 0): (1, 0)}
    found = merge(LAST, mine, theirs, known=known)
    assert differences(found) == [(reworded.text, "timescales", False)]
    assert not found.actions_left_out


def test_a_document_without_numbers_or_statuses_says_nothing_of_them():
    mine = plan_of(
        ("Recruit fairly", replace(BRIEF, status="completed", rag="green"), SURVEY),
        ("Publish data on pay", PUBLISH),
    )
    bare = tuple(
        replace(
            rec,
            number=None,
            actions=tuple(replace(action, number=None, status=None) for action in rec.actions),
        )
        for rec in mine.recommendations
    )
    assert not merge(mine, mine, replace(mine, recommendations=bare))


def test_a_status_in_the_place_of_a_date_moves_no_date():
    done = Timescale("Completed 3 May 2026", "status", end=date(2026, 5, 3), status="completed")
    later = replace(SURVEY, timescales=(done,), status="completed")
    theirs = plan_of(("Recruit fairly", BRIEF, later), ("Publish data on pay", PUBLISH))
    found = merge(LAST, LAST, theirs)
    assert differences(found) == [(SURVEY.text, "status", False)]
    dropped = plan_of(
        ("Recruit fairly", BRIEF, replace(SURVEY, timescales=())), ("Publish data on pay", PUBLISH)
    )
    assert differences(merge(LAST, LAST, dropped)) == [(SURVEY.text, "timescales", False)]


def test_updates_and_measures_of_the_document_join_those_that_are_kept():
    said, shown = Update("Forty managers briefed."), ("Register of training",)
    mine = plan_of(
        ("Recruit fairly", replace(BRIEF, updates=(Update("Tender out."),)), SURVEY),
        ("Publish data on pay", PUBLISH),
    )
    theirs = plan_of(
        (
            "Recruit fairly",
            replace(BRIEF, updates=(said,), evidence=shown, measures=(Measure("All briefed"),)),
            SURVEY,
        ),
        ("Publish data on pay", PUBLISH),
    )
    found = merge(LAST, mine, theirs)
    assert differences(found) == [
        (BRIEF.text, "measures", False),
        (BRIEF.text, "updates", False),
        (BRIEF.text, "evidence", False),
    ]
    taken = take_over(found, mine, theirs).actions[0]
    assert [update.text for update in taken.updates] == ["Tender out.", said.text]
    assert (taken.evidence, taken.measures) == (shown, (Measure("All briefed"),))


def test_a_document_that_prints_posts_alone_hides_who_holds_them():
    held = (Lead("Head of HR", person="Ann Example"), Lead("", "person", person="Bo Example"))
    mine = plan_of(("Recruit fairly", replace(BRIEF, leads=held), SURVEY))
    printed = (Lead("Head of HR"), Lead("Named person", "person"))
    theirs = plan_of(("Recruit fairly", replace(BRIEF, leads=printed), SURVEY))
    assert not merge(mine, mine, theirs)
    other = plan_of(("Recruit fairly", replace(BRIEF, leads=(Lead("Head of Legal"),)), SURVEY))
    assert differences(merge(mine, mine, other)) == [(BRIEF.text, "leads", False)]


def test_a_recommendation_is_proposed_too():
    theirs = Plan(
        recommendations=(
            replace(LAST.recommendations[0], text="Recruit and promote fairly", theme="Jobs"),
            LAST.recommendations[1],
        )
    )
    found = merge(LAST, LAST, theirs)
    assert differences(found) == [
        ("Recruit fairly", "text", False),
        ("Recruit fairly", "theme", False),
    ]
    assert take_over(found, LAST, theirs) == theirs


@given(plans, plans)
def test_a_document_that_did_not_change_changes_nothing(last, mine):
    assert not merge(last, mine, last)


@given(plans, plans, plans)
def test_everything_is_accounted_for_once(last, mine, theirs):
    found = merge(last, mine, theirs)
    of_theirs = [(met.theirs.rec, met.theirs.act) for met in found.actions]
    of_theirs += [(x.rec, x.act) for x in (*found.actions_added, *found.actions_left_out)]
    everywhere = [
        (r, a) for r, rec in enumerate(theirs.recommendations) for a in range(len(rec.actions))
    ]
    assert sorted(of_theirs) == everywhere
    of_mine = [(met.mine.rec, met.mine.act) for met in found.actions]
    of_mine += [(x.rec, x.act) for x in found.actions_gone]
    assert len(set(of_mine)) == len(of_mine)
    recs = [met.theirs.rec for met in found.recommendations]
    recs += [x.rec for x in (*found.recommendations_added, *found.recommendations_left_out)]
    assert sorted(recs) == list(range(len(theirs.recommendations)))


@given(plans, plans, plans)
def test_nothing_that_is_kept_is_lost_unless_somebody_says(last, mine, theirs):
    found = merge(last, mine, theirs)
    taken = take_over(found, mine, theirs, wanted=lambda where, difference: False)
    assert set(mine.actions) <= set(taken.actions)
    assert len(taken.actions) == len(mine.actions) + len(found.actions_added)


def _homes(plan):
    return sorted((rec.text, action.text) for rec in plan.recommendations for action in rec.actions)


@given(plans, plans)
def test_a_plan_that_nobody_touched_becomes_what_the_document_says(last, theirs):
    found = merge(last, last, theirs)
    taken = take_over(found, last, theirs, wanted=everything, gone=lambda where: True)
    assert _homes(taken) == _homes(theirs)


@given(plans, plans, plans)
def test_what_was_taken_over_is_not_proposed_again(last, mine, theirs):
    found = merge(last, mine, theirs)
    taken = take_over(found, mine, theirs, wanted=everything, gone=lambda where: True)
    assert not merge(theirs, taken, theirs)


@given(plans, plans, plans)
def test_only_what_the_kept_plan_changed_needs_somebody(last, mine, theirs):
    for met in merge(last, mine, theirs).actions:
        for difference in met.differences:
            if difference.both and difference.part != "recommendation":
                assert difference.last is None or difference.mine != difference.last
