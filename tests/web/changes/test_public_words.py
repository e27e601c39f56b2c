"""What the public pages say beside the plan: kept by an officer, frozen with an edition."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from goldenthread.errors import Missing, NotAllowed, OutOfStep, Unsafe
from goldenthread.web import bridge
from goldenthread.web.changes.public_words import MOST_LINES, word_public_page
from goldenthread.web.models import Action, AuditEntry, AuditFacts, PublicWords
from goldenthread.web.queries import public_words as queries
from web.world import AT, ON

DECIDED = {"decided_by": "Cabinet", "decided_on": date(2025, 9, 16)}


def say(world, of, version=1, by=None, **said):
    return word_public_page(by=by or world.manager, of=of, version=version, at=AT, **said)


def test_an_edition_takes_the_words_that_stand_when_it_is_adopted(world):
    plan = world.plan()
    say(
        world,
        plan,
        about="race equality",
        summary="Staff told us.",
        contact="Programme team",
        licence="Free to reuse",
        coming=[(date(2026, 10, 21), "Scrutiny meets")],
        **DECIDED,
    )
    first = bridge.edition_of(world.next_edition(plan))
    assert (first.about, first.summary) == ("race equality", "Staff told us.")
    assert (first.decided_by, first.decided_on) == ("Cabinet", date(2025, 9, 16))
    assert (first.contact, first.licence) == ("Programme team", "Free to reuse")
    assert [(c.on, c.words) for c in first.coming] == [(date(2026, 10, 21), "Scrutiny meets")]
    say(world, plan, version=2, about="equality")
    assert bridge.edition_of(plan.editions.get(number=1)).about == "race equality"
    assert bridge.edition_of(world.next_edition(plan)).about == "equality"


def test_a_plan_takes_contact_and_licence_from_the_nearest_unit_above_that_has_any(world):
    plan = world.plan(unit=world.unit("Tenancy Services"))
    say(world, world.unit(), programme="Fair", contact="The council", licence="Free to reuse")
    say(world, world.unit("Housing and Communities"), contact="Housing")
    found = bridge.edition_of(world.edition(plan))
    assert (found.contact, found.licence) == ("Housing", "Free to reuse")
    assert found.programme == "Fair"
    say(world, plan, contact="Tenancy")
    assert bridge.edition_of(world.edition(plan)).contact == "Tenancy"
    assert queries.said(of=plan).inherited("contact") == "Housing"


def test_the_audit_names_what_changed_and_never_the_words(world):
    plan = world.plan()
    say(world, plan, about="race equality", contact="Programme team")
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.act, entry.object_id) == ("public_words.said", plan.public_id)
    assert AuditFacts.objects.get(number=entry.number).facts == {"fields": ["about", "contact"]}


def test_of_two_people_at_once_the_second_is_told(world):
    plan = world.plan()
    say(world, plan, about="one")
    with pytest.raises(OutOfStep):
        say(world, plan, about="other")
    assert PublicWords.objects.get(plan=plan).about == "one"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"decided_by": "Cabinet"}, "decided_on"),
        ({"decided_on": ON}, "decided_by"),
        ({"coming": [(ON, "x")] * (MOST_LINES + 1)}, "coming"),
        ({"coming": [(ON, "  ")]}, "coming"),
    ],
)
def test_half_a_statement_is_refused_and_nothing_is_kept(world, said, field):
    with pytest.raises(Missing) as refused:
        say(world, world.plan(), **said)
    assert list(refused.value.needs) == [field]
    assert not PublicWords.objects.exists()


def test_words_that_are_too_long_are_refused(world):
    with pytest.raises(Unsafe):
        say(world, world.plan(), about="x" * 121)


def test_only_whoever_runs_the_programme_says_it_and_only_where_their_role_reaches(world):
    with pytest.raises(NotAllowed):
        say(world, world.plan(), by=world.publisher)
    of_housing = world.somebody("programme_manager", world.unit("Housing and Communities"))
    with pytest.raises(NotAllowed):
        say(world, world.unit(), by=of_housing, contact="Housing")


def test_the_database_holds_that_words_are_of_a_plan_or_of_a_unit(world):
    for owners in ({}, {"plan": world.plan(), "unit": world.unit()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PublicWords.objects.create(**owners)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicWords.objects.create(plan=world.plan(), decided_by="Cabinet")


def test_a_withdrawn_action_stands_in_the_edition_with_its_day_and_reason(world):
    row = world.action()
    world.update(row, status="withdrawn", done="The law changed, so there is nothing to do.")
    [told] = bridge.edition_of(world.edition(row.plan)).actions
    assert told.withdrawn.on == ON
    assert told.withdrawn.reason == "The law changed, so there is nothing to do."
    row = Action.objects.get()
    world.update(row, status="in_progress", done="It is wanted after all.")
    assert bridge.edition_of(world.edition(row.plan)).actions[0].withdrawn is None


# -- the page ----------------------------------------------------------------------------------


SENT = {
    "about": "race equality",
    "summary": "Staff told us.",
    "decided_by": "Cabinet",
    "decided_on-day": "16",
    "decided_on-month": "9",
    "decided_on-year": "2025",
    "coming": "30 November 2026: Cabinet\n21 October 2026: Scrutiny meets",
    "contact": "Programme team",
    "licence": "Free to reuse",
    "version": "1",
}


def test_the_page_keeps_the_words_and_shows_them_again(world, client):
    plan = world.plan()
    client.force_login(world.manager)
    address = reverse("public_words", kwargs={"plan": plan.public_id})
    assert client.post(address, SENT).status_code == 302
    row = PublicWords.objects.get(plan=plan)
    assert row.coming == [["2026-10-21", "Scrutiny meets"], ["2026-11-30", "Cabinet"]]
    page = client.get(address).content.decode()
    assert "21 October 2026: Scrutiny meets" in page
    assert 'name="version" value="2"' in page


@pytest.mark.parametrize(
    ("spoiled", "sentence"),
    [
        ({"coming": "21 October 2026"}, "Line 1 needs a colon"),
        (
            {"coming": "21 October 2026: Scrutiny\nsoon: Cabinet"},
            "Line 2 does not begin with a day",
        ),
        ({"coming": "October 2026: Scrutiny"}, "Line 1 does not begin with a day"),
        ({"decided_by": ""}, "Say who adopted it on that day."),
        ({"about": "x" * 200}, "200 characters long"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed_and_nothing_is_lost(
    world, client, spoiled, sentence
):
    plan = world.plan()
    client.force_login(world.manager)
    answer = client.post(reverse("public_words", kwargs={"plan": plan.public_id}), SENT | spoiled)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "Staff told us." in page
    assert not PublicWords.objects.exists()


def test_a_form_that_came_second_keeps_its_words_and_shows_what_stands(world, client):
    plan = world.plan()
    client.force_login(world.manager)
    say(world, plan, about="one", **DECIDED)
    answer = client.post(reverse("public_words", kwargs={"plan": plan.public_id}), SENT)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What stands now" in page
    assert "<dd>one</dd>" in page
    assert "16 September 2025" in page
    assert "race equality" in page


def test_the_page_of_a_unit_has_what_every_plan_takes(world, client):
    client.force_login(world.manager)
    address = reverse("unit_public_words", kwargs={"unit": world.unit().public_id})
    page = client.get(address).content.decode()
    assert 'name="contact"' in page
    assert 'name="summary"' not in page
    assert client.post(address, {"contact": "Call us", "version": "1"}).status_code == 302
    assert PublicWords.objects.get(unit=world.unit()).contact == "Call us"
    plan = reverse("public_words", kwargs={"plan": world.plan().public_id})
    assert "Call us" in client.get(plan).content.decode()
