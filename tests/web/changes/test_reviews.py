"""Reviews recorded by hand: their reports, what they recommend, and what the council answers."""

import io

import pytest

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.bridge.inquiries import answered, public_recommendation
from goldenthread.web.changes import consultation, reviews
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.uploads import Store
from goldenthread.web.models import Response
from goldenthread.web.queries import reviews as queries
from web import closing
from web.world import AT, DAY, ON, action

pytestmark = pytest.mark.django_db


def test_what_a_review_recommends_stands_under_its_themes_with_its_own_numbers(world):
    of = closing.review(world)
    closing.recommended(world, of)
    reviews.record_recommendations(
        by=world.manager, review=of, theme="Safe spaces", text="7. Make time to talk", at=AT
    )
    page = queries.page(of, for_=world.manager, on=ON)
    assert [
        (under.theme.name, [(one.row.number, one.row.text) for one in under.made])
        for under in page.themes
    ] == [
        ("Pay", [("1", "Publish the gap"), ("2", "Mix every panel")]),
        ("Safe spaces", [("7", "Make time to talk")]),
    ]
    with pytest.raises(Missing) as refused:
        closing.recommended(world, of)
    assert refused.value.needs == {"text": "The number 1 stands there already."}


def test_an_answer_that_changes_keeps_the_one_before_it(world):
    rec, _other = closing.recommended(world)
    closing.answer(world, rec, "partly_accepted", "Yearly", "Quarters name people")
    closing.answer(world, rec, "accepted", "Quarterly", decided_by="Full Council")
    rec.refresh_from_db()
    assert (rec.answer_position, rec.answer, rec.answered_by) == (
        *("accepted", "Quarterly"),
        "Full Council",
    )
    assert [(one.position, one.reason, one.decided_by) for one in rec.responses.all()] == [
        ("partly_accepted", "Quarters name people", "Cabinet"),
        ("accepted", "", "Full Council"),
    ]
    public = public_recommendation(answered(rec.plan).get(pk=rec.pk)).answer
    assert (public.position, public.words, public.by, public.on) == (
        *("accepted", "Quarterly", "Full Council"),
        ON,
    )


def test_the_answer_of_a_document_is_kept_when_the_council_answers_anew(world):
    rec = world.plan().recommendations.get()
    rec.answer, rec.answer_position = "Agreed", "accepted"
    rec.save()
    closing.answer(world, rec, "not_accepted", "", "There is no money")
    assert [(one.words, one.position, one.by) for one in rec.responses.all()] == [
        ("Agreed", "accepted", None),
        ("", "not_accepted", world.manager),
    ]


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"position": "not_accepted"}, {"reason"}),
        ({"position": ""}, {"position"}),
        ({"decided_by": ""}, {"decided_by"}),
        ({"on": ON + DAY}, {"answered_on"}),
        ({"on": None}, {"answered_on"}),
    ],
)
def test_an_answer_says_who_decided_when_and_why_not(world, given, lacks):
    rec, _other = closing.recommended(world)
    with pytest.raises(Missing) as refused:
        closing.answer(world, rec, **given)
    assert set(refused.value.needs) == lacks
    assert Response.objects.count() == 0


def test_an_answer_made_on_what_somebody_changed_is_not_kept(world):
    rec, _other = closing.recommended(world)
    closing.answer(world, rec, text="First")
    with pytest.raises(OutOfStep):
        closing.answer(world, rec, text="Second", version=1)


def test_the_worst_action_of_any_plan_is_shown_for_what_it_answers(world):
    rec, other = closing.recommended(world)
    late = world.action(action("Publish it", "31 March 2026"))
    soon = world.action(action("Publish more"), unit=world.unit("Resources"))
    for row in (soon, late):
        plans.link(by=world.manager, from_=row, to=rec, meaning="answers", since=ON, at=AT)
    closing.answer(world, other)
    page = queries.page(rec.review, for_=world.manager, on=ON)
    [first, second] = page.made
    assert (first.worst, [one.pk for one in first.actions]) == ("late", [late.pk, soon.pk])
    assert (first.waits, second.waits, second.frays) == (True, False, True)
    assert (page.answered, page.with_actions, page.late) == (1, 1, 1)


def test_a_recommendation_without_a_plan_belongs_to_its_review(world):
    rec, _other = closing.recommended(world, unit=world.unit("Resources"))
    elsewhere = world.somebody("programme_manager", world.unit(closing.HOUSING))
    with pytest.raises(NotAllowed):
        closing.answer(world, rec, by=elsewhere)
    with pytest.raises(Missing):
        plans.add_action(
            by=world.manager,
            recommendation=rec,
            text="Publish it",
            when="31 March 2027",
            post=world.council.posts["Head of Learning"],
            at=AT,
        )
    forum = world.committee()
    with pytest.raises(Missing):
        consultation.record_stance(
            by=world.speaker(forum),
            committee=forum,
            about=rec,
            stance="supports",
            said_on=ON,
            public=True,
            at=AT,
        )


def test_a_report_is_a_link_or_a_file_and_stands_beside_an_earlier_one(world):
    of = closing.review(world)
    given = {"by": world.manager, "review": of, "title": "Report", "at": AT}
    for wrong in ({}, {"url": "javascript:alert(1)"}, {"file": io.BytesIO(b"<svg>")}):
        with pytest.raises(Missing), Store() as store:
            reviews.keep_report(store=store, **given, **wrong)
    with Store() as store:
        reviews.keep_report(
            file=io.BytesIO(b"%PDF-1.7 a report"), name="report.pdf", store=store, **given
        )
    reviews.keep_report(url=closing.LINK, **given)
    assert [(one.kind, one.name, one.url) for one in of.reports.all()] == [
        ("file", "report.pdf", ""),
        ("link", "", closing.LINK),
    ]


def test_a_review_has_a_reviewer_who_is_of_the_council_or_independent(world):
    of = closing.review(world, standing="independent", reviewer="A race adviser")
    assert (of.standing, of.strand) == ("independent", world.council.strand)
    with pytest.raises(Missing) as refused:
        closing.review(world, standing="neither")
    assert set(refused.value.needs) == {"standing"}
    with pytest.raises(Missing) as refused:
        closing.review(world, began=ON, reported=ON - DAY)
    assert set(refused.value.needs) == {"reported"}


def test_a_review_says_how_independent_it_is_and_where_its_report_can_be_read(world):
    of = closing.review(
        world,
        standing="independent",
        independence="Paid by the council, never employed by it",
        report_url=closing.LINK,
        report_on=ON,
    )
    reviews.change_review(
        by=world.manager, review=of, title="Review", standing="internal", version=1, at=AT
    )
    of.refresh_from_db()
    assert (of.standing, of.independence, of.report_url, of.report_on) == ("internal", "", "", None)


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"independence": "Paid by the council"}, "standing"),
        ({"report_url": "javascript:alert(1)", "report_on": ON}, "report_url"),
        ({"report_url": closing.LINK}, "report_on"),
        ({"report_url": closing.LINK, "report_on": ON + DAY}, "report_on"),
        ({"began": ON, "report_on": ON - DAY}, "report_on"),
    ],
)
def test_what_is_said_of_a_review_and_its_report_is_whole(world, given, lacks):
    with pytest.raises(Missing) as refused:
        closing.review(world, **given)
    assert set(refused.value.needs) == {lacks}
