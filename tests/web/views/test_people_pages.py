"""People, roles and posts: what each page shows, whom it refuses, and what its form does."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.models import AuditEntry, Grant, Holding, Person, Post
from goldenthread.web.permissions import PERMISSIONS, ROLES
from hostile import VECTORS
from web.world import DAY, ON
from web_pages import Page


@pytest.fixture
def administrator(world, client):
    client.force_login(world.administrator)
    return client


def _day(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def _as(person):
    client = Client()
    client.force_login(person)
    return client


def _today():
    return timezone.localdate()


def test_the_list_shows_posts_and_roles_of_today(world, administrator):
    page = Page(administrator.get(reverse("people")).content)
    assert "people have an account" in page.text
    assert "Priya Raman" in page.text
    assert "Programme manager, Brackenford Borough Council" in page.text
    assert "Head of Learning, People" in page.text


def test_a_manager_sees_people_and_is_offered_no_change_of_them(world):
    page = Page(_as(world.manager).get(reverse("people")).content)
    assert reverse("add_person") not in page.links
    assert reverse("give_role") not in page.links


@pytest.mark.parametrize("name", ["people", "posts", "add_person", "give_role", "add_post"])
def test_a_councillor_is_refused_and_the_audit_says_so(world, name):
    client = _as(world.somebody("councillor"))
    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name), {"name": "X"}).status_code in (403, 405)
    assert AuditEntry.objects.order_by("-number").first().act == "refused"


def test_a_person_is_added_with_no_role_and_no_password(administrator):
    said = {"name": "Nadia Clarke", "email": "nadia.clarke@brackenford.example", "key": "k" * 16}
    for _ in range(2):
        answer = administrator.post(reverse("add_person"), said)
        assert answer.headers["Location"] == reverse("people")
    person = Person.objects.get(name="Nadia Clarke")
    assert not person.has_usable_password()
    assert not person.grants.exists()
    assert "Nadia Clarke" in Page(administrator.get(reverse("people")).content).text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "", "email": "a@b.example"}, "#name"),
        ({"name": "A", "email": "not an address"}, "#email"),
        ({"name": "A", "email": "PRIYA.RAMAN@brackenford.example"}, "#email"),
        ({"name": "A" * 121, "email": "a@b.example"}, "#name"),
    ],
)
def test_a_person_without_a_name_or_an_address_of_their_own_is_not_added(
    administrator, said, field
):
    before = Person.objects.count()
    answer = administrator.post(reverse("add_person"), said)
    assert answer.status_code == 422
    assert field in Page(answer.content).links
    assert Person.objects.count() == before


def test_a_role_is_given_and_ended(world, administrator):
    person, unit = world.somebody(), world.unit("Resources")
    said = {"person": person.public_id, "role": "councillor", "unit": unit.public_id}
    said |= _day("since", _today() - 5 * DAY)
    assert administrator.post(reverse("give_role"), said).status_code == 302
    grant = Grant.objects.get(person=person)
    assert (grant.role, grant.unit, grant.given_by) == ("councillor", unit, world.administrator)
    url = reverse("end_role", kwargs={"grant": grant.public_id})
    bad = administrator.post(url, _day("until", _today() - 9 * DAY))
    assert bad.status_code == 422
    assert "#until-day" in Page(bad.content).links
    assert administrator.post(url, _day("until", _today())).status_code == 302
    grant.refresh_from_db()
    assert grant.until == _today()


def test_nobody_gives_a_role_to_themselves_or_ends_their_own(world, administrator):
    offered = Page(administrator.get(reverse("give_role")).content)
    mine = world.administrator.public_id
    assert mine not in [attrs.get("value") for tag, attrs in offered.elements if tag == "option"]
    said = {"person": mine, "role": "programme_manager", "unit": world.unit().public_id}
    answer = administrator.post(reverse("give_role"), said | _day("since", _today()))
    assert answer.status_code == 422
    own = Grant.objects.get(person=world.administrator)
    url = reverse("end_role", kwargs={"grant": own.public_id})
    assert administrator.post(url, _day("until", _today())).status_code == 403
    assert Grant.objects.filter(person=world.administrator).count() == 1


def test_an_administrator_of_one_unit_gives_no_role_in_another(world):
    person = world.somebody("administrator", world.unit("Resources"))
    other = world.unit("Housing and Communities").public_id
    said = {"person": world.somebody().public_id, "role": "director", "unit": other}
    client = _as(person)
    answer = client.post(reverse("give_role"), said | _day("since", _today()))
    assert answer.status_code == 422
    theirs = Grant.objects.get(person=world.publisher)
    url = reverse("end_role", kwargs={"grant": theirs.public_id})
    assert client.get(url).status_code == 403


def test_a_post_is_added_held_and_falls_vacant(world, administrator):
    unit = world.unit("Resources")
    said = {"title": "Head of Stitching", "unit": unit.public_id} | _day("begins", ON)
    assert administrator.post(reverse("add_post"), said).status_code == 302
    again = administrator.post(reverse("add_post"), said)
    assert again.status_code == 422
    assert "#title" in Page(again.content).links
    post = Post.objects.get(title="Head of Stitching")
    assert not post.name_public
    url = reverse("appoint_holder", kwargs={"post": post.public_id})
    person = world.somebody()
    held = {"person": person.public_id, "version": post.version} | _day("since", ON)
    assert administrator.post(url, held).status_code == 302
    assert Holding.objects.get(post=post).person == person
    late = administrator.post(url, held | _day("since", ON + DAY))
    assert late.status_code == 409
    assert person.name in Page(late.content).text
    post.refresh_from_db()
    vacant = {"person": "", "version": post.version} | _day("since", ON + 2 * DAY)
    assert administrator.post(url, vacant).status_code == 302
    page = Page(administrator.get(reverse("posts")).content)
    assert "Head of Stitching Resources Nobody in post" in page.text


def test_a_form_about_people_that_was_forged_is_refused(world):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(world.administrator)
    before = Person.objects.count()
    said = {"name": "Forged", "email": "f@b.example"}
    assert forger.post(reverse("add_person"), said).status_code == 403
    assert Person.objects.count() == before


@pytest.mark.parametrize("words", VECTORS[:12])
def test_hostile_names_stay_words(administrator, words):
    said = {"name": words, "email": "h@b.example"}
    assert administrator.post(reverse("add_person"), said).status_code == 302
    page = Page(administrator.get(reverse("people")).content)
    assert [t for t, _ in page.elements if t in ("script", "iframe", "base", "img")] == []
    assert [a for _, attrs in page.elements for a in attrs if a.startswith("on")] == []


def test_the_table_of_permissions_explains_itself(world):
    page = Page(_as(world.somebody("councillor")).get(reverse("who_may")).content)
    for role in ROLES.values():
        assert role.title in page.text
        assert role.description in page.text
    for permission in PERMISSIONS.values():
        assert permission.words[1:] in page.text
    assert "A lead officer updates the actions that their own post leads." in page.text
    assert "Your own roles Councillor, Brackenford Borough Council." in page.text


def test_a_person_without_a_role_is_not_shown_the_workspace(world):
    assert _as(world.somebody()).get(reverse("who_may")).status_code == 403
