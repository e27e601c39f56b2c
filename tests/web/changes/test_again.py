"""A later version of a plan's document: chosen difference by difference, and nothing lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldenthread.documents import ReadingWarning
from goldenthread.errors import Missing, OutOfStep, Place
from goldenthread.plan import Lead, Measure, Update
from goldenthread.timescale import read
from goldenthread.web import bridge
from goldenthread.web.changes import again, review
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import (
    Action,
    AuditEntry,
    AuditFacts,
    Choice,
    Draft,
    Promise,
    Recommendation,
)
from goldenthread.web.queries.again import put_together
from web.world import AT, ON, SHOWN, action

LATER = AT + timedelta(days=90)
JUNE = tuple(read("30 June 2027", dated=date(2026, 7, 15)))


def at_row(one, row):
    return replace(one, place=Place(table=1, row=row))


LISTEN = at_row(action("Hold listening sessions"), 1)
TRAIN = at_row(action("Train every manager in race equality", "31 December 2026"), 2)
REPORT = at_row(action("Report pay gaps each year", "Annually"), 3)


@pytest.fixture
def plan(world):
    return world.plan(LISTEN, TRAIN, REPORT)


def proposals(draft):
    return [
        (one.kind, one.difference.part if one.difference else "", one.text, one.both)
        for one in put_together(draft).proposals
    ]


def chosen(draft, take=True, reason="The tender failed"):
    return {
        one.key: again.Chosen(take, reason if one.needs_reason else "")
        for one in put_together(draft).proposals
    }


def choose(world, draft, choices, at=LATER):
    draft.refresh_from_db()
    return again.choose(
        by=world.manager, draft=draft, version=draft.version, choices=choices, at=at
    )


def take_over(world, draft, at=LATER):
    draft.refresh_from_db()
    return again.take_over(by=world.manager, draft=draft, version=draft.version, at=at)


def taken(world, plan, *actions, **more):
    """A later version of which everything is taken."""
    draft = world.later(plan, *actions, at=LATER, **more)
    choose(world, draft, chosen(draft))
    return take_over(world, draft)


def test_the_same_document_again_changes_nothing(world, plan):
    draft = world.later(plan, LISTEN, TRAIN, REPORT)
    assert proposals(draft) == []
    before = bridge.plan_of(plan)
    take_over(world, draft)
    plan.refresh_from_db()
    assert bridge.plan_of(plan) == before
    assert draft.plan == plan


def test_a_moved_date_needs_a_reason_and_keeps_the_earlier_one(world, plan):
    draft = world.later(plan, LISTEN, replace(TRAIN, timescales=JUNE), REPORT)
    assert proposals(draft) == [("changed", "timescales", TRAIN.text, False)]
    with pytest.raises(Missing) as refused:
        choose(world, draft, chosen(draft, reason=""))
    [sentence] = refused.value.needs.values()
    assert sentence.startswith("Say why")
    assert not Choice.objects.exists()

    choose(world, draft, chosen(draft))
    take_over(world, draft)
    row = Action.objects.get(text=TRAIN.text)
    first, now = Promise.objects.filter(action=row).order_by("id")
    assert (now.replaces, now.reason, now.end) == (first, "The tender failed", date(2027, 6, 30))
    assert (row.first_due, row.now_due, row.moves) == (date(2026, 12, 31), date(2027, 6, 30), 1)


def test_what_people_went_on_with_stays_and_the_document_says_nothing_of_it(world, plan):
    row = Action.objects.get(text=TRAIN.text)
    world.update(row, status="completed", completed_on=ON, evidence=[SHOWN])
    row.refresh_from_db()
    plans.reword_action(
        by=world.manager,
        action=row,
        version=row.version,
        text="Train all managers in race equality",
        at=AT,
    )
    draft = world.later(plan, LISTEN, TRAIN, REPORT)
    assert proposals(draft) == []
    take_over(world, draft)
    row.refresh_from_db()
    assert (row.text, row.status) == ("Train all managers in race equality", "completed")


def test_what_both_changed_is_marked_and_choosing_ours_keeps_it(world, plan):
    row = Action.objects.get(text=TRAIN.text)
    plans.reword_action(
        by=world.manager,
        action=row,
        version=row.version,
        text="Train all managers in race equality",
        at=AT,
    )
    draft = world.later(
        plan, LISTEN, replace(TRAIN, text="Train every manager and leader in race equality"), REPORT
    )
    assert proposals(draft) == [
        ("changed", "text", "Train every manager and leader in race equality", True)
    ]
    choose(world, draft, chosen(draft, take=False))
    take_over(world, draft)
    row.refresh_from_db()
    assert row.text == "Train all managers in race equality"
    # Asked once: the same version again has nothing new to say.
    once_more = world.later(
        plan, LISTEN, replace(TRAIN, text="Train every manager and leader in race equality"), REPORT
    )
    assert proposals(once_more) == []


def test_a_choice_counts_for_what_was_seen_and_for_nothing_else(world, plan):
    draft = world.later(
        plan, LISTEN, replace(TRAIN, text="Train every manager and leader in race equality"), REPORT
    )
    choose(world, draft, chosen(draft))
    row = Action.objects.get(text=TRAIN.text)
    plans.reword_action(
        by=world.manager,
        action=row,
        version=row.version,
        text="Train all managers in race equality",
        at=AT,
    )
    with pytest.raises(Missing, match="1 difference from the plan must be chosen first"):
        take_over(world, draft)
    row.refresh_from_db()
    assert row.text == "Train all managers in race equality"
    draft.refresh_from_db()
    assert draft.state == "open"


def test_a_proposal_that_is_gone_cannot_be_chosen(world, plan):
    draft = world.later(
        plan, LISTEN, replace(TRAIN, text="Train every manager and leader in race equality"), REPORT
    )
    stale = chosen(draft)
    row = Action.objects.get(text=TRAIN.text)
    plans.reword_action(
        by=world.manager,
        action=row,
        version=row.version,
        text="Train all managers in race equality",
        at=AT,
    )
    with pytest.raises(Missing) as refused:
        choose(world, draft, stale)
    assert "choose again" in refused.value.needs["choices"]


def test_of_two_people_who_choose_at_once_the_second_is_told(world, plan):
    draft = world.later(
        plan, LISTEN, replace(TRAIN, text="Train every manager and leader in race equality"), REPORT
    )
    choices = chosen(draft)
    again.choose(by=world.manager, draft=draft, version=1, choices=choices, at=LATER)
    with pytest.raises(OutOfStep):
        again.choose(by=world.manager, draft=draft, version=1, choices=choices, at=LATER)


def test_what_is_new_joins_its_recommendation_with_a_number_of_its_own(world, plan):
    new = at_row(action("Translate the reporting leaflet", "May 2027"), 4)
    taken(world, plan, LISTEN, TRAIN, REPORT, new)
    rec = Recommendation.objects.get(plan=plan)
    row = Action.objects.get(text=new.text)
    assert row.recommendation == rec
    assert row.plan == plan
    numbers = list(plan.actions.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == 4
    assert (row.first_due, row.leads.get().text) == (date(2027, 5, 31), "Head of Learning")
    assert list(plan.actions.order_by("position"))[-1] == row


def test_a_new_recommendation_brings_its_actions(world, plan):
    draft = world.later(plan, LISTEN, TRAIN, REPORT)
    content = bridge.draft_from_json(draft.content)
    new = replace(
        content.plan.recommendations[0],
        text="Publish who applies and who is appointed",
        number="2",
        theme="Getting in",
        actions=(action("Publish applications by ethnicity"),),
    )
    later = replace(content.plan, recommendations=(*content.plan.recommendations, new))
    Draft.objects.filter(pk=draft.pk).update(
        content=bridge.draft_to_json(replace(content, plan=later))
    )
    draft.refresh_from_db()
    choose(world, draft, chosen(draft))
    take_over(world, draft)
    row = Recommendation.objects.get(plan=plan, number="2")
    assert row.theme.name == "Getting in"
    assert [one.text for one in row.actions.all()] == ["Publish applications by ethnicity"]
    assert bridge.plan_of(plan).recommendations[1].text == new.text


def test_what_is_gone_is_kept_or_withdrawn_with_a_reason(world, plan):
    draft = world.later(plan, LISTEN, TRAIN)
    assert proposals(draft) == [("gone", "", REPORT.text, False)]
    choose(world, draft, chosen(draft, reason="Now in the pay policy"))
    take_over(world, draft)
    row = Action.objects.get(text=REPORT.text)
    last = row.updates.last()
    assert (row.status, last.done, last.by) == (
        "withdrawn",
        "Now in the pay policy",
        world.manager,
    )


def test_leads_follow_one_another(world, plan):
    other = replace(TRAIN, leads=(Lead("Head of Policy"),))
    taken(world, plan, LISTEN, other, REPORT)
    row = Action.objects.get(text=TRAIN.text)
    before, now = row.leads.order_by("since", "id")
    assert (before.text, before.until) == ("Head of Learning", ON + timedelta(days=89))
    assert (now.text, now.until) == ("Head of Policy", None)
    assert now.post == world.council.posts["Head of Policy"]


def test_status_updates_and_measures_of_the_document_are_added_as_its_own(world, plan):
    said = replace(
        TRAIN,
        status="in_progress",
        status_text="Underway",
        updates=(Update("Forty managers trained."),),
        evidence=("Register of training",),
        measures=(Measure("Nine in ten managers trained"),),
    )
    taken(world, plan, LISTEN, said, REPORT)
    row = Action.objects.get(text=TRAIN.text)
    assert (row.status, row.printed_status) == ("in_progress", "Underway")
    assert {one.done for one in row.updates.all()} == {"", "Forty managers trained."}
    assert all(one.by is None for one in row.updates.all())
    assert row.evidence.get().title == "Register of training"
    assert row.measures.get().text == "Nine in ten managers trained"


def test_a_date_that_the_document_no_longer_gives_is_replaced_and_kept(world, plan):
    taken(world, plan, LISTEN, replace(TRAIN, timescales=()), REPORT)
    row = Action.objects.get(text=TRAIN.text)
    assert (row.first_due, row.now_due) == (date(2026, 12, 31), None)
    assert next(a for a in bridge.plan_of(plan).actions if a.text == TRAIN.text).timescales == ()


def test_a_question_that_was_settled_is_not_asked_again(world):
    doubt = (ReadingWarning("alignment", "2 timescales for 3 actions.", LISTEN.place),)
    draft = world.draft(LISTEN, TRAIN, warnings=doubt)
    question = draft.questions.get()
    plans.answer_question(
        by=world.manager,
        question=question,
        version=1,
        answer="changed",
        put={"timescale": "31 May 2027"},
        at=AT,
    )
    plan = plans.adopt_draft(by=world.manager, draft=draft, version=1, at=AT)
    later = world.later(plan, LISTEN, TRAIN, warnings=doubt)
    known = later.questions.get()
    assert (known.answer, known.change, known.answered_by) == (
        "changed",
        {"timescale": "31 May 2027"},
        world.manager,
    )
    assert proposals(later) == []


def test_an_open_question_is_settled_first(world, plan):
    doubt = (ReadingWarning("alignment", "2 timescales for 3 actions.", LISTEN.place),)
    draft = world.later(plan, LISTEN, TRAIN, REPORT, warnings=doubt)
    with pytest.raises(Missing, match="1 question must be settled"):
        take_over(world, draft)


def test_a_third_version_is_compared_with_the_second(world, plan):
    second = at_row(action("Translate the reporting leaflet", "May 2027"), 1)
    moved = [at_row(one, row) for row, one in enumerate((LISTEN, TRAIN, REPORT), 2)]
    taken(world, plan, second, *moved)
    row = Action.objects.get(text=TRAIN.text)
    row.refresh_from_db()
    review.add_update(
        by=world.manager, action=row, version=row.version, done="Thirty trained", at=LATER
    )
    assert proposals(world.later(plan, second, *moved)) == []
    third = world.later(plan, second, *moved[:2])
    assert proposals(third) == [("gone", "", REPORT.text, False)]


def test_a_later_version_is_taken_over_and_not_adopted(world, plan):
    draft = world.later(plan, LISTEN, TRAIN, REPORT)
    with pytest.raises(Missing, match="later reading"):
        plans.adopt_draft(by=world.manager, draft=draft, version=1, at=LATER)


def test_the_audit_names_what_changed_and_never_its_words(world, plan):
    count = AuditEntry.objects.count()
    draft = world.later(
        plan, LISTEN, replace(TRAIN, text="Train every manager and leader in race equality"), REPORT
    )
    choose(world, draft, chosen(draft))
    take_over(world, draft)
    acts = [one.act for one in AuditEntry.objects.order_by("number")[count:]]
    assert acts == ["draft.received", "draft.chosen", "draft.taken_over"]
    facts = AuditFacts.objects.order_by("number").last().facts
    row = Action.objects.get(text="Train every manager and leader in race equality")
    assert facts["changed"] == {row.public_id: ["text"]}
    assert "leader" not in str(facts)
