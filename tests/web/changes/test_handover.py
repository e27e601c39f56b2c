"""A post's work passed on in one step, given back, and who answers meanwhile."""

from time import perf_counter

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web import bridge
from goldenthread.web.changes import people, review
from goldenthread.web.changes.handover import hand_back, hand_over_work
from goldenthread.web.changes.ownership import add_contributor
from goldenthread.web.changes.plan import hand_over
from goldenthread.web.changes.who_is_who import name_answerable
from goldenthread.web.models import (
    Answerable,
    AuditEntry,
    AuditFacts,
    Handover,
    Lead,
    Meanwhile,
    Measure,
    Passed,
)
from goldenthread.web.queries.ownership import duties, holders, leaving, reasons, sight, vacancies
from web.changes import owning
from web.world import AT, DAY, ON, SHOWN, action

LEARNING, POLICY, NEWS = "Head of Learning", "Head of Policy", "Head of Communications"


@pytest.fixture
def post(world):
    """The head of learning: two actions, one contribution, a line of who is who, a stand-in."""
    made = world.council.posts[LEARNING]
    plan = world.plan(action("Train panels"), action("Hold sessions"), action("Print", lead=NEWS))
    add_contributor(
        by=world.manager, action=plan.actions.last(), post=made, since=ON, remark="tests", at=AT
    )
    name_answerable(
        by=world.manager,
        of=plan,
        part="operational_lead",
        post=made,
        what="runs it",
        since=ON,
        at=AT,
    )
    made.refresh_from_db()
    return made


def leave(world, post, to=None, on=ON + DAY, **more):
    post.refresh_from_db()
    given = {"reason": "The holder has left.", "version": post.version, "at": AT}
    given |= {"by": world.manager, "post": post, "on": on}
    given |= {"to": world.council.posts[to] if isinstance(to, str) else to} if to else {}
    return hand_over_work(**{**given, **more})


def back(world, handover, on=None, **more):
    handover.before.refresh_from_db()
    given = {"by": world.manager, "handover": handover, "version": handover.before.version}
    given |= {"on": on or handover.on, "reason": "It was a mistake.", "at": AT}
    return hand_back(**{**given, **more})


def leads(world, title):
    """What stands of a post's leads: action, role, first day, last day."""
    found = Lead.objects.filter(post=world.council.posts[title]).order_by("pk")
    return [(lead.action.text, lead.role, lead.since, lead.until) for lead in found]


def test_all_of_it_passes_on_one_day(world, post):
    handover = leave(world, post, POLICY)
    assert leads(world, LEARNING) == [
        ("Train panels", "accountable", ON, ON),
        ("Hold sessions", "accountable", ON, ON),
        ("Print", "supporting", ON, ON),
    ]
    assert leads(world, POLICY) == [
        ("Train panels", "accountable", ON + DAY, None),
        ("Hold sessions", "accountable", ON + DAY, None),
        ("Print", "supporting", ON + DAY, None),
    ]
    named = [(row.post.title, row.since, row.until) for row in Answerable.objects.order_by("pk")]
    assert named == [(LEARNING, ON, ON), (POLICY, ON + DAY, None)]
    assert duties(post, ON + DAY) == ()
    assert handover.passed.count() == 4
    assert Lead.objects.filter(post__title=POLICY, role="supporting").get().remark == "tests"


def test_it_is_one_entry_of_the_audit_with_its_reason(world, post):
    before = AuditEntry.objects.count()
    leave(world, post, POLICY)
    entry = AuditEntry.objects.order_by("-number").first()
    assert (AuditEntry.objects.count() - before, entry.act) == (1, "post.work_passed")
    facts = AuditFacts.objects.get(number=entry.number).facts
    assert (facts["actions"], facts["passed"]) == (2, 4)
    assert facts["reason"] == "The holder has left."


def test_the_story_of_each_action_can_say_why_its_lead_is_another(world, post):
    handover = leave(world, post, POLICY)
    row = Lead.objects.get(post__title=POLICY, action__text="Train panels")
    assert reasons(row.action) == {row.public_id: handover}


def test_each_part_can_pass_to_a_post_of_its_own(world, post):
    found = duties(post, ON)
    other = {found[1].key: world.council.posts[NEWS]}
    leave(world, post, POLICY, parts=other)
    assert [text for text, _role, _since, until in leads(world, NEWS) if until is None] == [
        "Print",
        "Hold sessions",
    ]
    assert [text for text, *_ in leads(world, POLICY)] == ["Train panels", "Print"]


def test_a_part_can_pass_while_the_rest_stays(world, post):
    first = duties(post, ON)[0]
    leave(world, post, parts={first.key: world.council.posts[POLICY]})
    assert [duty.words for duty in duties(post, ON)] == ["Hold sessions", "Print", "runs it"]


def test_or_it_stays_with_the_empty_post_and_somebody_answers_meanwhile(world, post):
    leave(world, post, meanwhile=world.council.posts[POLICY])
    assert len(duties(post, ON)) == 4
    people.appoint_holder(
        by=world.administrator, post=post, person=None, since=ON + DAY, version=post.version, at=AT
    )
    found = vacancies([post], ON + DAY)[post.pk]
    assert (found.since, found.meanwhile.title) == (ON + DAY, POLICY)
    told = bridge.edition_of(world.edition(post.leads.first().action.plan, at=AT + DAY))
    assert (told.actions[0].lead.vacant_since, told.actions[0].lead.meanwhile) == (
        ON + DAY,
        POLICY,
    )
    assert (told.answerable[0].vacant_since, told.answerable[0].meanwhile) == (ON + DAY, POLICY)


def test_who_answers_meanwhile_may_update_and_no_longer_once_the_post_is_filled(world, post):
    leave(world, post, meanwhile=world.council.posts[POLICY])
    holder = world.somebody("lead_officer")
    policy = world.council.posts[POLICY]
    policy.refresh_from_db()
    people.appoint_holder(
        by=world.administrator, post=policy, person=holder, since=ON + DAY, version=policy.version,
        at=AT,
    )  # fmt: skip
    row = post.leads.first().action
    with pytest.raises(NotAllowed):
        world.update(row, by=holder, at=AT + DAY)
    post.refresh_from_db()
    empty = people.appoint_holder(
        by=world.administrator, post=post, person=None, since=ON + DAY, version=post.version, at=AT
    )
    world.update(row, by=holder, at=AT + DAY)
    people.appoint_holder(
        by=world.administrator,
        post=empty,
        person=world.somebody(),
        since=ON + 9 * DAY,
        version=empty.version,
        at=AT,
    )
    with pytest.raises(NotAllowed):
        world.update(row, by=holder, at=AT + 9 * DAY)
    # It left again: who answered in the first vacancy does not come back in the second.
    people.appoint_holder(
        by=world.administrator,
        post=empty,
        person=None,
        since=ON + 20 * DAY,
        version=empty.version,
        at=AT,
    )
    assert vacancies([post], ON + 30 * DAY)[post.pk].meanwhile is None


def test_what_a_post_answers_for_meanwhile_passes_on_with_the_rest(world, post):
    leave(world, post, meanwhile=world.council.posts[POLICY])
    people.appoint_holder(
        by=world.administrator, post=post, person=None, since=ON + DAY, version=post.version, at=AT
    )
    policy = world.council.posts[POLICY]
    assert [d.words for d in duties(policy, ON + DAY) if d.kind == "meanwhile"] == [LEARNING]
    leave(world, policy, NEWS, on=ON + 5 * DAY)
    assert vacancies([post], ON + 5 * DAY)[post.pk].meanwhile.title == NEWS
    assert vacancies([post], ON + 4 * DAY)[post.pk].meanwhile.title == POLICY


def test_a_contributor_that_comes_to_answer_contributes_no_more(world, post):
    row = post.leads.filter(role="accountable").first().action
    policy = world.council.posts[POLICY]
    add_contributor(by=world.manager, action=row, post=policy, since=ON, at=AT)
    leave(world, post, POLICY)
    stands = row.leads.filter(post=policy).order_by("pk")
    assert [(one.role, one.until) for one in stands] == [("supporting", ON), ("accountable", None)]


def test_a_post_that_answers_with_the_other_already_is_not_named_twice(world):
    row = owning.joint(world, world.unit())
    leave(world, world.council.posts[LEARNING], POLICY)
    open_ones = row.leads.filter(until__isnull=True)
    assert [one.text for one in open_ones] == [POLICY]


def test_what_is_done_or_withdrawn_stays_with_who_did_it(world, post):
    row = post.leads.first().action
    world.update(row, status="completed", completed_on=ON, evidence=[SHOWN])
    leave(world, post, POLICY)
    assert [text for text, *_ in leads(world, POLICY)] == ["Hold sessions", "Print"]


def test_a_measure_passes_at_once_and_comes_back(world, post):
    measure = Measure.objects.create(
        plan=post.leads.first().action.plan, text="Share of mixed panels", owner=post
    )
    handover = leave(world, post, POLICY, on=ON + 30 * DAY)
    measure.refresh_from_db()
    assert measure.owner.title == POLICY
    back(world, handover)
    measure.refresh_from_db()
    assert measure.owner == post


def test_what_a_body_asked_of_a_post_passes_at_once_and_comes_back(world, post):
    ask = world.ask(post=post)
    answered = world.answer(world.ask(post=post)).ask
    handover = leave(world, post, POLICY, on=ON + 30 * DAY)
    ask.refresh_from_db()
    answered.refresh_from_db()
    assert (ask.post.title, answered.post) == (POLICY, post)
    back(world, handover)
    ask.refresh_from_db()
    assert ask.post == post


# -- what is refused -----------------------------------------------------------------------------


def test_two_at_once_are_out_of_step_and_one_of_them_counts(world, post):
    version = post.version
    leave(world, post, POLICY)
    with pytest.raises(OutOfStep):
        leave(world, post, NEWS, version=version)
    assert Handover.objects.count() == 1


def test_a_duty_that_came_after_the_page_was_made_is_not_passed_on_unseen(world, post):
    seen = sight(duties(post, ON))
    world.action()
    with pytest.raises(OutOfStep):
        leave(world, post, POLICY, seen=seen)
    assert Handover.objects.count() == 0
    leave(world, post, POLICY, seen=sight(duties(post, ON)))


def test_a_lead_officer_who_writes_an_update_meanwhile_is_told(world, post):
    row = post.leads.first().action
    leave(world, post, POLICY)
    with pytest.raises(OutOfStep):
        review.add_update(by=world.manager, action=row, version=1, done="Held two", at=AT)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (lambda w, p: {}, "to"),
        (lambda w, p: {"to": p}, "to"),
        (
            lambda w, p: {
                "to": w.council.posts[POLICY],
                "meanwhile": w.council.posts[NEWS],
            },
            "to",
        ),
        (lambda w, p: {"meanwhile": p}, "meanwhile"),
        (lambda w, p: {"to": w.council.posts[POLICY], "on": ON}, "on"),
        (lambda w, p: {"to": w.council.posts[POLICY], "reason": "  "}, "reason"),
        (lambda w, p: {"to": owning.post(w, w.unit()), "on": ON - DAY}, "to"),
    ],
    ids=["nobody", "itself", "both", "itself meanwhile", "too early", "no reason", "not there yet"],
)
def test_what_cannot_be_done_is_said_and_nothing_is_done(world, post, given, field):
    before = (AuditEntry.objects.count(), post.version)
    with pytest.raises(Missing) as refused, transaction.atomic():
        leave(world, post, **given(world, post))
    assert field in refused.value.needs
    post.refresh_from_db()
    assert (Handover.objects.count(), post.version) == (0, before[1])
    assert all(until is None for *_, until in leads(world, LEARNING))


def test_the_database_refuses_to_rewrite_what_passed(world, post):
    leave(world, post, POLICY)
    for rows in (Handover.objects.all(), Passed.objects.all()):
        for deed in (lambda rows=rows: rows.update(public_id="x" * 12), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                deed()


# -- given back ----------------------------------------------------------------------------------


def test_a_hand_over_is_given_back_before_its_day_as_if_it_had_not_been(world, post):
    handover = leave(world, post, POLICY, on=ON + 30 * DAY)
    back(world, handover)
    assert leads(world, POLICY) == []
    # Nobody else answered on any day.
    row = Lead.objects.filter(action__text="Train panels").order_by("since")
    assert [(one.text, one.since, one.until) for one in row] == [
        (LEARNING, ON, ON + 29 * DAY),
        (LEARNING, ON + 30 * DAY, None),
    ]
    assert {duty.kind for duty in duties(post, ON)} == {"action", "contribution", "answerable"}
    assert Answerable.objects.filter(until__isnull=True).get().post == post
    assert (Handover.objects.count(), handover.undone_by.undoes) == (2, handover)


def test_a_hand_over_that_has_been_is_given_back_from_a_later_day(world, post):
    handover = leave(world, post, POLICY)
    back(world, handover, on=ON + 10 * DAY, at=AT + 10 * DAY)
    row = Lead.objects.filter(action__text="Train panels").order_by("since")
    assert [(one.text, one.since, one.until) for one in row] == [
        (LEARNING, ON, ON),
        (POLICY, ON + DAY, ON + 9 * DAY),
        (LEARNING, ON + 10 * DAY, None),
    ]
    named = Answerable.objects.order_by("pk")
    assert [(one.post.title, one.until) for one in named] == [
        (LEARNING, ON),
        (POLICY, ON + 9 * DAY),
        (LEARNING, None),
    ]


def test_it_is_given_back_once(world, post):
    handover = leave(world, post, POLICY)
    undone = back(world, handover)
    for one in (handover, undone):
        with pytest.raises(OutOfStep):
            back(world, one)


def test_what_passed_on_since_stays_where_it_is(world, post):
    handover = leave(world, post, POLICY)
    row = Lead.objects.get(post__title=POLICY, action__text="Train panels").action
    hand_over(
        by=world.manager,
        action=row,
        version=row.version,
        post=world.council.posts[NEWS],
        since=ON + 2 * DAY,
        at=AT,
    )
    undone = back(world, handover, on=ON + 3 * DAY)
    assert undone.passed.count() == 3
    assert row.leads.get(until__isnull=True).text == NEWS


def test_nothing_left_to_give_back_is_refused(world):
    row = world.action()
    learning = world.council.posts[LEARNING]
    handover = leave(world, learning, POLICY)
    leave(world, world.council.posts[POLICY], NEWS, on=ON + 2 * DAY)
    with pytest.raises(Missing), transaction.atomic():
        back(world, handover, on=ON + 3 * DAY)
    assert row.leads.get(until__isnull=True).text == NEWS


def test_who_answers_meanwhile_ends_when_it_is_given_back(world, post):
    handover = leave(world, post, meanwhile=world.council.posts[POLICY])
    back(world, handover)
    assert not Meanwhile.objects.filter(until__isnull=True).exists()
    assert not Meanwhile.objects.counting(ON + 50 * DAY).exists()


# -- what somebody leaves behind -----------------------------------------------------------------


def test_what_somebody_leaves_behind_is_their_posts_and_roles(world, post):
    joanna = world.council.people["Joanna Osei"]
    found = leaving(joanna, ON)
    assert [(one.title, dict(held)) for one, held in found.posts] == [
        (LEARNING, {"action": 2, "contribution": 1, "answerable": 1})
    ]
    assert found.roles == (("Lead officer", "Brackenford Borough Council"),)
    assert holders([post], ON) == {post.pk: "Joanna Osei"}


def test_a_lead_of_200_actions_passes_on_under_a_second(world):
    plan = world.plan(*(action(f"Do thing {number}") for number in range(200)))
    post = world.council.posts[LEARNING]
    began = perf_counter()
    with CaptureQueriesContext(
        connection,
    ) as few:
        leave(world, post, POLICY)
    assert perf_counter() - began < 1
    assert len(few) < 40
    standing = Lead.objects.filter(action__plan=plan, until__isnull=True)
    assert standing.filter(post__title=POLICY).count() == 200 == standing.count()
