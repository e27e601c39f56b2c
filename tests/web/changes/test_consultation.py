"""Consultation and dissent: a body speaks for itself, and what it said is never rewritten."""

import pytest
from django.db import DatabaseError, transaction

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web import bridge
from goldenthread.web.changes import consultation, reviews, terms
from goldenthread.web.models import Consultation, Stance, Term
from goldenthread.web.queries import consultation as queries
from goldenthread.web.queries import terms as term_queries
from web.world import AT, DAY, ON, action

OBJECTION = "A date that has moved twice is a hope."


@pytest.fixture
def staff(world):
    return world.committee(name="Staff side", kind="trade_union")


def test_a_plan_is_put_to_bodies_with_a_timetable_and_each_is_waited_for(world, staff):
    other = world.committee(name="Network", kind="staff_forum")
    row = world.consultation(committees=[staff, other], wanted_by=ON - DAY)
    world.stance(staff, row, "objects", OBJECTION)
    found = queries.one(row, on=ON)
    assert [(one.committee.name, bool(one.position), one.late) for one in found.asked] == [
        ("Staff side", True, False),
        ("Network", False, True),
    ]
    assert found.answered == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"committees": ()}, "committees"),
        ({"wanted_by": ON - 11 * DAY}, "wanted_by"),
    ],
)
def test_a_consultation_that_is_not_whole_is_refused(world, staff, said, field):
    given = {"committees": [staff], "wanted_by": ON, "asked_on": ON - 10 * DAY, **said}
    with pytest.raises(Missing) as refused:
        consultation.consult(by=world.manager, about=world.plan(), text="Well?", at=AT, **given)
    assert set(refused.value.needs) == {field}
    assert not Consultation.objects.exists()


def test_an_edition_is_put_to_bodies_while_it_waits_and_no_longer(world, staff):
    row = world.consultation(world.edition(), committees=[staff])
    assert (row.edition.number, row.plan) == (1, row.edition.plan)
    with pytest.raises(Missing):
        world.consultation(world.published(), committees=[staff])


def test_an_outcome_is_said_once_and_the_stances_stay_beside_it(world, staff):
    row = world.consultation(committees=[staff])
    world.stance(staff, row, "objects", OBJECTION)
    given = {"by": world.manager, "consultation": row, "text": "The date stands", "at": AT}
    consultation.say_outcome(**given, version=1)
    assert (row.outcome, row.outcome_on) == ("The date stands", ON)
    assert queries.one(row, on=ON).asked[0].position.stance.words == OBJECTION
    with pytest.raises(OutOfStep):
        consultation.say_outcome(**given, version=2)


@pytest.mark.parametrize("role", ["programme_manager", "union_representative", "director"])
def test_nobody_speaks_for_a_body_in_which_they_have_no_seat(world, staff, role):
    with pytest.raises(NotAllowed):
        world.stance(staff, world.plan(), by=world.somebody(role))
    assert not Stance.objects.exists()


@pytest.mark.parametrize("part", ["adviser", "officer"])
def test_who_advises_a_body_does_not_speak_for_it(world, staff, part):
    person = world.somebody("union_representative")
    world.seat(staff, world.holding(person), part)
    with pytest.raises(NotAllowed) as refused:
        world.stance(staff, world.plan(), by=person)
    assert refused.value.rule == "sits_in_the_body"


def test_who_has_left_the_post_speaks_no_more(world, staff):
    person = world.speaker(staff)
    person.holdings.update(until=ON - DAY)
    with pytest.raises(NotAllowed):
        world.stance(staff, world.plan(), by=person)


@pytest.mark.parametrize("stance", ["objects", "supports_with_objections"])
def test_an_objection_says_what_it_objects_to(world, staff, stance):
    with pytest.raises(Missing) as refused:
        world.stance(staff, world.plan(), stance)
    assert set(refused.value.needs) == {"text"}


def test_a_body_that_was_not_asked_does_not_answer_a_consultation(world, staff):
    row = world.consultation()
    with pytest.raises(Missing) as refused:
        world.stance(staff, row)
    assert set(refused.value.needs) == {"about"}


def test_a_later_word_takes_the_place_of_an_earlier_one_which_stays(world, staff):
    plan, by = world.plan(), world.speaker(staff)
    world.stance(staff, plan, "objects", OBJECTION, by=by, said_on=ON - 2 * DAY)
    world.stance(staff, plan, "supports", by=by, said_on=ON)
    # Recorded last, and said first: it is history.
    world.stance(staff, plan, "no_position", by=by, said_on=ON - 5 * DAY)
    [found] = queries.on_plan(plan)
    assert found.stance.stance == "supports"
    assert [one.stance for one in found.earlier] == ["objects", "no_position"]


def test_what_a_body_said_is_never_rewritten(world, staff):
    row = world.stance(staff, world.plan(), "objects", OBJECTION)
    for deed in (
        lambda: Stance.objects.filter(pk=row.pk).update(words="We are delighted"),
        lambda: Stance.objects.filter(pk=row.pk).update(public=False),
        lambda: Stance.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


# -- what the public reads -------------------------------------------------------------------------


def _told(plan, world):
    return bridge.edition_of(world.edition(plan))


def test_an_edition_carries_dissent_word_for_word_on_what_it_is_about(world, staff):
    plan = world.plan(action("Train panels"))
    row = plan.actions.get()
    by = world.speaker(staff)
    world.stance(staff, row, "objects", OBJECTION, by=by)
    world.stance(staff, row.recommendation, by=by)
    world.stance(staff, plan, "no_position", by=by)
    told = _told(plan, world)
    assert [(s.stance, s.action, s.recommendation, s.words) for s in told.stances] == [
        ("objects", row.public_id, "", OBJECTION),
        ("supports", "", "1", ""),
        ("no_position", "", "", ""),
    ]
    assert told.stances_on(action=row.public_id)[0].body == "Staff side"


def test_the_public_reads_a_stance_only_where_the_body_says_so(world, staff):
    plan, by = world.plan(), world.speaker(staff)
    world.stance(staff, plan, "objects", OBJECTION, by=by, public=False)
    assert _told(plan, world).stances == ()
    world.stance(staff, plan, "supports", by=by)
    assert [one.stance for one in _told(plan, world).stances] == ["supports"]
    # The last word counts: where it is not for the public, nor is the one before.
    world.stance(staff, plan, "objects", OBJECTION, by=by, public=False)
    assert _told(plan, world).stances == ()


def test_an_edition_names_the_meetings_of_bodies_that_are_open_and_no_others(world):
    open_, shut = world.committee(name="Cabinet", public=True), world.committee()
    meeting = world.meeting(open_, ON + DAY)
    world.meeting(shut, ON + DAY)
    world.meeting(open_, ON + 900 * DAY)
    world.meeting(open_, ON - DAY)
    [coming] = _told(world.plan(), world).coming
    assert (coming.id, coming.on, coming.words) == (
        meeting.public_id,
        ON + DAY,
        "Cabinet meets",
    )


# -- words and reviews -----------------------------------------------------------------------------


def _chosen(world, text, since, **more):
    given = {"stands_for": "All of us", "chosen_by": "The network", **more}
    return terms.choose_term(by=world.manager, text=text, since=since, at=AT, **given)


def test_words_that_were_chosen_take_the_place_of_those_before_which_stay(world):
    _chosen(world, "staff", ON - 9 * DAY)
    _chosen(world, "colleagues", ON, stands_for="ALL OF US", reason="Asked for")
    [found] = term_queries.terms(ON)
    assert (found.now.words, [one.words for one in found.before]) == ("colleagues", ["staff"])
    assert term_queries.words_for("all of us", ON - DAY) == "staff"
    assert term_queries.words_for("nobody", ON, "people") == "people"
    [told] = _told(world.plan(), world).terms
    assert (told.words, told.chosen_by, told.since, told.reason) == (
        "colleagues",
        "The network",
        ON,
        "Asked for",
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Term.objects.update(words="others")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"stands_for": ""}, "stands_for"),
        ({"chosen_by": " "}, "chosen_by"),
        ({"since": ON + DAY}, "since"),
    ],
)
def test_words_without_a_chooser_or_from_a_day_to_come_are_refused(world, said, field):
    with pytest.raises(Missing) as refused:
        _chosen(world, "staff", **{"since": ON, **said})
    assert set(refused.value.needs) == {field}


def test_a_review_with_its_terms_stands_behind_every_recommendation(world):
    plan = world.plan()
    row = reviews.record_review(
        by=world.manager,
        plan=plan,
        title="Independent review",
        reviewer="Dr Yvonne Castell",
        terms="To hear staff",
        began=ON - 90 * DAY,
        reported=ON - 9 * DAY,
        at=AT,
    )
    assert {rec.review for rec in plan.recommendations.all()} == {row}
    told = _told(plan, world)
    assert [(one.title, one.terms) for one in told.inquiries] == [
        ("Independent review", "To hear staff")
    ]
    assert told.recommendations[0].made_by == "Dr Yvonne Castell"
    with pytest.raises(Missing) as refused:
        reviews.change_review(
            by=world.manager,
            review=row,
            title="R",
            began=ON,
            reported=ON - DAY,
            version=1,
            at=AT,
        )
    assert set(refused.value.needs) == {"reported"}
