"""The pages of reviews, the council's and a directorate's: each opens, and none leaks."""

import pytest
from django.test import Client
from django.urls import reverse

from web import closing
from web.world import second_factor

pytestmark = pytest.mark.django_db


def _client(person):
    client = Client()
    if not person.authenticator_set.exists():
        second_factor(person)
    client.force_login(person)
    return client


OF_A_PLANNING = {
    **dict.fromkeys(("make_claim", "record_look", "put_closing"), ""),
    "planning_review": "",
    "write_part": "?of=learnt",
    "planning_left": "",
}


@pytest.mark.parametrize("name", list(OF_A_PLANNING))
def test_a_page_of_a_review_opens_for_its_own_directorate_and_no_other(world, name):
    row = closing.told(world, closing.planned(world))
    at = reverse(name, kwargs={"planning": row.public_id}) + OF_A_PLANNING[name]
    assert _client(world.manager).get(at).status_code == 200
    other = _client(closing.director(world, world.unit("Resources"))).get(at)
    assert other.status_code == 403
    assert b"Every interview panel" not in other.content


def test_a_claim_is_shown_withdrawn_and_closed_by_the_forms_of_its_pages(world):
    row = closing.signed_off(world, closing.told(world, closing.planned(world)))
    director = closing.director(world, row.unit)
    closing.post_of(world, director)
    client = _client(director)
    for name, made in (("show_claim", row.claims.get()), ("withdraw_claim", row.claims.get())):
        assert client.get(reverse(name, kwargs={"claim": made.public_id})).status_code == 200
    at = reverse("close_planning", kwargs={"planning": row.public_id})
    assert client.get(at).status_code == 200
    post = closing.post_of(world, director).public_id
    asked = client.post(at, {"post": post, "version": row.version, "key": "a"})
    assert b"nothing opens it again" in asked.content
    sent = {"post": post, "version": row.version, "key": "a", "checked": "yes"}
    assert client.post(at, sent).status_code == 302
    page = client.get(reverse("planning_review", kwargs={"planning": row.public_id}))
    assert row.closing.sha256 in page.content.decode()
    assert b"Begin the next planning from it" in page.content
    assert b"Every interview panel" in page.content
    learnt = client.get(reverse("learnt")).content
    assert b"Ask the depot first" in learnt
    assert client.get(
        reverse("correct_review", kwargs={"planning": row.public_id})
    ).status_code == (200)


def test_what_last_year_left_is_chosen_by_a_form(world):
    row = closing.following(world)
    lesson = row.follows.parts.get(part="learnt")
    client = _client(world.manager)
    at = (
        reverse("carry_over", kwargs={"planning": row.public_id}) + f"?of=lesson:{lesson.public_id}"
    )
    assert client.get(at).status_code == 200
    assert client.post(at, {"stays": "yes", "version": 0, "key": "b"}).status_code == 302
    page = client.get(reverse("planning_left", kwargs={"planning": row.public_id})).content
    assert b"It goes on" in page


def test_the_pages_of_a_review_of_the_council_open(world):
    [rec, _other] = closing.recommended(world)
    closing.answer(world, rec)
    kept = closing.report(world)
    client = _client(world.manager)
    for name, given in (
        ("reviews", {}),
        ("enter_review", {}),
        ("review", {"review": rec.review.public_id}),
        ("review", {"review": kept.review.public_id}),
        ("change_review", {"review": rec.review.public_id}),
        ("keep_report", {"review": rec.review.public_id}),
        ("record_recommendations", {"review": rec.review.public_id}),
        ("recommendation", {"recommendation": rec.public_id}),
        ("answer_recommendation", {"recommendation": rec.public_id}),
    ):
        assert client.get(reverse(name, kwargs=given)).status_code == 200, name
    page = client.get(reverse("review", kwargs={"review": rec.review.public_id})).content
    assert b"1 of 2 recommendations are answered" in page
    assert b"Accepted, and nothing was promised" in page
