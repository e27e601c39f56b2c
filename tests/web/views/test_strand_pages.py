"""The pages of strands: what belongs to each, and the form by which a thing belongs to more."""

import secrets

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.web.models import InStrand, Review
from web import measuring
from web.changes.tiering import above, strand
from web_pages import Page


def client(person):
    found = Client()
    found.force_login(person)
    return found


def read(person, name, **given):
    answer = client(person).get(reverse(name, kwargs=given or None))
    assert answer.status_code == 200
    return " ".join(Page(answer.content).text.split())


@pytest.fixture
def things(world):
    (row,) = above(world)
    return {
        "action": row,
        "measure": measuring.measure(world, of=row),
        "review": Review.objects.create(title="The Marsh review", unit=world.unit()),
    }


@pytest.mark.parametrize("kind", ["action", "measure", "review"])
def test_a_thing_is_put_in_a_strand_and_its_page_says_so(world, things, kind):
    thing, life = things[kind], strand("Life outcomes")
    address = reverse(f"{kind}_strands", kwargs={kind: thing.public_id})
    fields = {"key": secrets.token_hex(9), "version": thing.version, "strands": [life.public_id]}
    assert client(world.manager).post(address, fields).status_code == 302
    assert InStrand.objects.get(**{kind: thing}).strand == life
    if kind == "review":
        assert "The Marsh review" in read(world.manager, "strands_page")
    else:
        page = {"action": "action", "measure": "measure_page"}[kind]
        assert "Life outcomes" in read(world.manager, page, **{kind: thing.public_id})
    again = fields | {"key": secrets.token_hex(9), "strands": []}
    answer = client(world.manager).post(address, again)
    assert answer.status_code == 409
    assert "Life outcomes" in answer.content.decode()


def test_the_strands_are_told_with_the_worst_and_lead_to_what_belongs_to_them(world, things):
    strand("Life outcomes")
    said = read(world.manager, "strands_page")
    assert "2 strands, nothing late in any" in said
    assert "1 served by nobody, 0 that serve none" in said
    page = client(world.manager).get(reverse("strands_page")).content.decode()
    key = world.council.strand.public_id
    assert f"{reverse('register')}?strand={key}" in page
    register = client(world.manager).get(f"{reverse('register')}?strand={key}")
    assert "1 action" in register.content.decode() or things["action"].number in str(
        register.content
    )


def test_a_reader_is_offered_no_form(world, things):
    person = world.somebody("councillor")
    for page, kind in (("action", "action"), ("measure_page", "measure")):
        assert "Say its strands" not in read(person, page, **{kind: things[kind].public_id})
    assert "Its strands" not in read(person, "strands_page")
