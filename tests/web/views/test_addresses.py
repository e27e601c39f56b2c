"""Every address of the site against every role, reach and state: none may be forgotten.

A new address with a permission is walked by itself as soon as it declares it; one of a new kind of
thing needs a line in ``THINGS``. What is expected comes from the table written by hand.
"""

import io

import pytest
from django.test import Client
from django.urls import path, reverse

from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.review import Shown
from goldenthread.web.models import Evidence, Grant, Measure, Post
from goldenthread.web.permissions import PERMISSIONS, ROLES
from goldenthread.web.views import declared
from goldenthread.web.views.declared import addresses, every_address_declares, needs, public
from web.changes import places
from web.test_permissions import TABLE
from web.world import AT, DAY, ON, SHOWN

HOUSING, TENANCY, RESOURCES = "Housing and Communities", "Tenancy Services", "Resources"

# How to make the thing that an address of this kind is asked for, in a unit, in each of its states.
THINGS = {
    "": {"": lambda world, unit: None},
    "person": {"": lambda world, unit: world.somebody()},
    "evidence": {"": lambda world, unit: _evidence(world, unit)},
    "grant": {"": lambda world, unit: _grant(world, unit)},
    "post": {"": lambda world, unit: _post(world, unit)},
    "action": {
        "new": lambda world, unit: world.action(unit=unit),
        "done": lambda world, unit: _done(world, unit),
    },
    "recommendation": {"new": lambda world, unit: world.plan(unit=unit).recommendations.first()},
    "measure": {"new": lambda world, unit: _measure(world, unit)},
    "link": {"new": lambda world, unit: _link(world, unit)},
    "plan": {"new": lambda world, unit: world.plan(unit=unit)},
    "draft": {"open": lambda world, unit: world.draft(unit=unit)},
    "question": {"open": lambda world, unit: _question(world, unit)},
    "edition": {"waiting": lambda world, unit: world.edition(unit=unit)},
}


# What belongs to the whole council is reached from its root alone.
OF_THE_BODY = {"person"}
# A lead officer may only where their own post leads; nobody of the walk holds that post.
LEADS_ONLY = {("lead_officer", "add_update"), ("lead_officer", "move_date")}


def _evidence(world, unit):
    row = world.action(unit=unit)
    file = Shown("List", file=io.BytesIO(b"%PDF-1.7"), name="list.pdf")
    world.update(row, evidence=[file])
    return Evidence.objects.get(action=row)


def _grant(world, unit):
    return Grant.objects.create(
        person=world.somebody(), role="councillor", unit=unit, since=ON, given_by=world.manager
    )


def _post(world, unit):
    return Post.objects.create(title="Head of Stitching", unit=unit, begins=ON)


def _measure(world, unit):
    return Measure.objects.create(plan=world.plan(unit=unit), text="Share of panels that are mixed")


def _link(world, unit):
    row = world.action(unit=unit)
    return plans.link(
        by=world.manager, from_=row, to=row.recommendation, meaning="sees", since=ON, at=AT
    )


def _done(world, unit):
    row = world.action(unit=unit)
    world.update(row, status="completed", completed_on=ON, evidence=[SHOWN])
    return row


def _question(world, unit):
    return world.draft(unit=unit, warnings=places.ALIGNMENT).questions.first()


GUARDED = [a for a in addresses() if a.declared is not None and a.declared.permission]
CASES = [(a, state) for a in GUARDED for state in THINGS[a.declared.kind]]


def _walk(world, address, state):
    """Each (who, expected, got) of one address: every role and reach, nobody, and strangers."""
    permission, kind = address.declared.permission, address.declared.kind
    thing = THINGS[kind][state](world, world.unit(TENANCY))
    url = reverse(address.name, kwargs={kind: thing.public_id} if kind else {})
    part = kind not in OF_THE_BODY and not PERMISSIONS[permission].whole
    reaches = [
        ("above", world.unit(HOUSING), {}, part),
        ("same", world.unit(TENANCY), {}, part),
        ("root", world.unit(), {}, True),
        ("sibling", world.unit(RESOURCES), {}, part and not kind),
        ("ended", world.unit(), {"until": ON - 3650 * DAY, "since": ON - 4000 * DAY}, False),
        ("to come", world.unit(), {"since": ON + 36500 * DAY}, False),
    ]
    for role in ROLES:
        for reach, unit, days, inside in reaches:
            given = {"since": ON - 3000 * DAY} | days
            person = world.somebody(role, unit, **given)
            client = Client()
            client.force_login(person)
            allowed = role in TABLE[permission] and inside
            allowed = allowed and not (kind and (role, permission) in LEADS_ONLY)
            yield (role, reach), 200 if allowed else 403, client.get(url).status_code
    yield ("nobody", "signed out"), 302, Client().get(url).status_code
    stranger = Client()
    stranger.force_login(world.somebody())
    yield ("somebody", "no role"), 403, stranger.get(url).status_code


@pytest.mark.parametrize(("address", "state"), CASES, ids=lambda part: getattr(part, "name", part))
def test_only_those_who_may_see_an_address(world, address, state):
    assert [(who, got) for who, want, got in _walk(world, address, state) if want != got] == []


@pytest.mark.parametrize("name", ["add_update", "move_date"])
def test_a_lead_officer_sees_the_forms_of_the_action_that_their_post_leads(world, client, name):
    row, lead = world.action(), world.somebody("lead_officer")
    world.leads(lead, row)
    client.force_login(lead)
    assert client.get(reverse(name, kwargs={"action": row.public_id})).status_code == 200


@pytest.mark.parametrize("address", GUARDED, ids=lambda part: part.name)
def test_the_walk_notices_when_an_address_forgets_to_ask(world, address, monkeypatch):
    monkeypatch.setattr(declared, "require", lambda *_: None)
    state = next(iter(THINGS[address.declared.kind]))
    assert [who for who, want, got in _walk(world, address, state) if want != got] != []


def test_every_address_of_the_site_declares_its_permission_or_is_public():
    assert every_address_declares() == []
    assert all(address.name for address in addresses())
    assert len({address.name for address in addresses()}) == len(list(addresses()))


def test_the_site_does_not_start_with_an_address_that_declares_nothing():
    def forgotten(request):
        return None

    found = list(addresses([path("open", public(lambda r: None)), path("shut", forgotten)]))
    assert [(address.pattern, address.declared is None) for address in found] == [
        ("open", False),
        ("shut", True),
    ]


def test_a_permission_that_does_not_exist_is_a_slip_that_stops_the_site():
    with pytest.raises(ValueError, match="no permission"):
        needs("read_minds")


@pytest.mark.parametrize("public_id", ["nonesuch", "x" * 12, "'or'1'='1"])
def test_an_identifier_of_nothing_is_not_found(world, client, public_id):
    client.force_login(world.manager)
    assert client.get(f"/workspace/actions/{public_id}.json").status_code == 404


def test_a_forged_form_is_refused_with_a_sentence(world):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("account_logout"))
    assert answer.status_code == 403
    assert "nothing was done" in answer.content.decode()


def test_nobody_can_sign_themselves_up(client, db):
    assert client.get("/account/sign-up/").status_code == 404


def test_a_person_signs_in_by_address_whatever_its_capitals_and_out_again(world, client):
    person = world.somebody("councillor")
    person.set_password("a thread of gold 1")
    person.save()
    given = {"login": person.email.upper(), "password": "a thread of gold 1"}
    assert client.post(reverse("account_login"), given).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.password.startswith("argon2")
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_sign_in(world, client):
    person = world.somebody("councillor")
    person.set_password("a thread of gold 1")
    person.is_active = False
    person.save()
    client.post(reverse("account_login"), {"login": person.email, "password": "a thread of gold 1"})
    assert "_auth_user_id" not in client.session
