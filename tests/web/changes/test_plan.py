"""A plan's way in and out: received, settled, adopted, frozen and published by two."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.test import override_settings

from goldenthread.documents import read_plan
from goldenthread.errors import Missing, NotAllowed, OutOfStep, Refusal
from goldenthread.example_data import example
from goldenthread.plan import edition as editions
from goldenthread.web import bridge
from goldenthread.web.changes import people
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import (
    Action,
    AuditEntry,
    Draft,
    Edition,
    Grant,
    Plan,
    Question,
    Theme,
)
from web.changes.places import ACTION, ALIGNMENT
from web.world import AT, action


def _receive(world, content, name="plan.docx", **more):
    return plans.receive_document(
        by=world.manager,
        unit=world.unit(),
        strand=world.council.strand,
        file=io.BytesIO(content),
        name=name,
        at=AT,
        **more,
    )


def _quarantine():
    return list(Path(settings.QUARANTINE).iterdir())


def test_a_document_becomes_a_draft_and_the_file_is_gone(world):
    draft = _receive(world, example("plan.docx").read_bytes(), "../../Race plan.docx")
    read = read_plan(example("plan.docx"))
    assert bridge.draft_from_json(draft.content).plan == read.plan
    assert (draft.file, draft.sha256) == ("Race plan.docx", read.sha256)
    assert draft.questions.filter(code="alignment", must=True).count() == 3
    assert _quarantine() == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.docx"),
        (b"PK\x03\x04 broken", "broken.docx"),
        (b"Dear all,\nno plan here.\n", "letter.txt"),
        (b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "x.html"),
        (b"\x00\x01\x02" * 100, "plan\n\x1b[31m.xlsx"),
    ],
)
def test_a_document_that_is_refused_stores_nothing_and_leaves_no_file(world, content, name):
    before = (Draft.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refusal) as refused:
        _receive(world, content, name)
    assert str(Path(settings.QUARANTINE)) not in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert (Draft.objects.count(), AuditEntry.objects.count()) == before
    assert _quarantine() == []


def test_a_document_that_is_too_large_is_refused_before_it_is_read(world, settings):
    settings.UPLOAD_MOST_BYTES = 1000
    with pytest.raises(Refusal):
        _receive(world, b"x" * 1001)
    assert _quarantine() == []


def test_a_document_is_not_read_for_somebody_who_may_not_bring_it_in(world):
    with pytest.raises(NotAllowed):
        plans.receive_document(
            by=world.publisher,
            unit=world.unit(),
            strand=world.council.strand,
            file=None,
            name="plan.docx",
            at=AT,
        )


def _questions(world):
    draft = world.draft(ACTION, action("Publish the figures"), warnings=ALIGNMENT)
    return draft, draft.questions.get()


def test_adoption_waits_for_what_must_be_settled(world):
    draft, question = _questions(world)
    with pytest.raises(Missing) as refused:
        plans.adopt_draft(by=world.manager, draft=draft, version=1, at=AT)
    assert refused.value.needs == {question.public_id: question.message}
    assert Plan.objects.count() == 0


@pytest.mark.parametrize(
    ("answer", "put", "found"),
    [
        ("as_read", None, [("Hold listening sessions", [date(2027, 3, 31)])]),
        ("left_out", None, []),
        ("ask_lead", None, [("Hold listening sessions", [])]),
        (
            "changed",
            {"text": "Hear staff", "timescale": "End June 2027"},
            [("Hear staff", [date(2027, 6, 30)])],
        ),
    ],
)
def test_an_answer_is_what_is_adopted(world, answer, put, found):
    draft, question = _questions(world)
    plans.answer_question(
        by=world.manager, question=question, version=1, answer=answer, put=put, at=AT
    )
    plan = plans.adopt_draft(by=world.manager, draft=draft, version=1, at=AT)
    other = ("Publish the figures", [date(2027, 3, 31)])
    assert [
        (one.text, [claim.end for claim in one.timescales]) for one in bridge.plan_of(plan).actions
    ] == [*found, other]


@pytest.mark.parametrize(
    ("answer", "put", "wanted"),
    [
        ("perhaps", None, "answer"),
        ("changed", {}, "change"),
        ("changed", {"text": ""}, "text"),
        ("changed", {"timescale": "blue"}, "timescale"),
        ("changed", {"version": "9"}, "version"),
        ("changed", {"leads": "TBC"}, "leads"),
    ],
)
def test_an_answer_that_a_question_does_not_have_is_refused(world, answer, put, wanted):
    _, question = _questions(world)
    with pytest.raises(Missing) as refused:
        plans.answer_question(
            by=world.manager, question=question, version=1, answer=answer, put=put, at=AT
        )
    assert list(refused.value.needs) == [wanted]
    assert Question.objects.get(pk=question.pk).answer == ""


def test_two_people_answering_at_once_are_told(world):
    _, question = _questions(world)
    theirs = Question.objects.get(pk=question.pk)
    plans.answer_question(by=world.manager, question=theirs, version=1, answer="left_out", at=AT)
    with pytest.raises(OutOfStep) as refused:
        plans.answer_question(
            by=world.manager, question=question, version=1, answer="as_read", at=AT
        )
    assert (refused.value.yours["answer"], refused.value.theirs["answer"]) == (
        "as_read",
        "left_out",
    )


def test_adoption_joins_leads_to_posts_and_uses_a_strands_themes_again(world):
    first, second = world.plan(), world.plan()
    assert Theme.objects.filter(strand=world.council.strand, name="Being heard").count() == 1
    lead = first.actions.get().leads.get()
    assert lead.post == world.council.posts["Head of Learning"]
    assert second.recommendations.get().theme == first.recommendations.get().theme


def test_adoption_gives_a_number_to_what_has_none(world):
    plan = world.plan(action("One"), action("Two", number="B7"), action("Three"))
    assert list(plan.actions.values_list("number", flat=True)) == ["1.1", "B7", "1.3"]


def test_a_date_that_the_document_moved_keeps_the_earlier_one(world):
    row = world.action(action("Train panels", "Was 31 December 2025, now 31 March 2027"))
    assert (row.first_due, row.now_due, row.moves) == (date(2025, 12, 31), date(2027, 3, 31), 1)


def test_an_edition_is_frozen_as_it_was_adopted(world):
    plan = world.plan()
    edition = world.edition(plan)
    before = bridge.edition_of(edition)
    world.update(plan.actions.get(), done="After", rag="red")
    edition.refresh_from_db()
    assert bridge.edition_of(edition) == before
    for change in ({"content": {}}, {"sha256": "x"}, {"number": 9}):
        with (
            pytest.raises(DatabaseError, match="only ever added to"),
            transaction.atomic(),
        ):
            Edition.objects.filter(pk=edition.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).delete()
    assert plans.digest(edition.content) == edition.sha256


def test_an_edition_is_published_by_a_second_person_and_says_so(world):
    edition = world.published()
    value = bridge.edition_of(edition)
    assert (value.adopted.post, value.published.post, value.two_people) == (
        "Race Equality Programme Manager",
        "Monitoring Officer",
        True,
    )


def test_a_single_person_may_publish_only_where_the_council_says_so_and_the_edition_shows_it(world):
    Grant.objects.create(
        person=world.manager, role="publisher", unit=world.unit(), since=date(2026, 1, 1)
    )
    edition = world.edition()
    with pytest.raises(NotAllowed):
        plans.publish_edition(by=world.manager, edition=edition, version=1, at=AT)
    with override_settings(TWO_PEOPLE_PUBLISH=False):
        plans.publish_edition(by=world.manager, edition=edition, version=1, at=AT)
    edition.refresh_from_db()
    assert edition.alone
    assert not bridge.edition_of(edition).two_people


def test_the_database_holds_the_two_person_rule_too(world):
    edition = world.edition()
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(
            published_by=edition.adopted_by, published_at=AT
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(published_by=world.publisher)


def test_a_newer_edition_sets_the_waiting_one_aside_and_published_ones_stay(world):
    plan = world.plan()
    first = world.edition(plan)
    plans.publish_edition(by=world.publisher, edition=first, version=1, at=AT)
    second, third = world.edition(plan), world.edition(plan)
    second.refresh_from_db()
    assert (second.set_aside_at, third.number) == (AT, 3)
    assert [e.number for e in bridge.edition_of(third).earlier] == [1]


def test_no_name_reaches_an_edition_unless_the_post_publishes_it(world):
    hidden = world.edition(world.plan(action("A", lead="Head of Learning")))
    shown = world.edition(world.plan(action("B", lead="Assistant Director, People")))
    assert bridge.edition_of(hidden).actions[0].lead.person == ""
    assert bridge.edition_of(shown).actions[0].lead.person == "Marianne Holt"
    text = str(hidden.content)
    assert [name for name in world.council.people if name in text] == []


def test_an_edition_tells_when_a_post_fell_vacant(world):
    row = world.action(action("A", lead="Director of Resources"))
    post = world.council.posts["Director of Resources"]
    people.appoint_holder(
        by=world.administrator,
        post=post,
        person=None,
        since=date(2026, 7, 17),
        version=post.version,
        at=AT,
    )
    lead = bridge.edition_of(world.edition(row.plan)).actions[0].lead
    assert (lead.person, lead.vacant_since) == ("", date(2026, 7, 17))


def test_an_edition_counts_late_from_the_first_promise(world):
    row = world.action(action("Train panels", "Was 31 December 2025, now 31 March 2027"))
    value = bridge.edition_of(world.edition(row.plan))
    assert editions.standing(value.actions[0], value.as_at) == "late"
    assert [p.due for p in value.actions[0].promises] == [date(2025, 12, 31), date(2027, 3, 31)]


def test_a_plan_that_is_adopted_twice_from_one_form_is_adopted_once(world):
    draft = world.draft()
    given = {"by": world.manager, "draft": draft, "version": 1, "at": AT, "key": "once"}
    assert plans.adopt_draft(**given) == plans.adopt_draft(**given)
    assert (Plan.objects.count(), Action.objects.count()) == (1, 1)
