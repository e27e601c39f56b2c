"""Every address of the site declares who may see it, and how to make what it is asked for.

A new address with a permission is tried by ``test_authorisation`` as soon as it declares it; one of
a new kind of thing needs a line in ``THINGS``.
"""

import io
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import path, reverse

from goldenthread import web
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes import takedown
from goldenthread.web.changes.review import Shown
from goldenthread.web.models import Evidence, Grant, Post
from goldenthread.web.views.declared import addresses, every_address_declares, needs, public
from web import choosing, closing, measuring
from web import listening as heard
from web.changes import links, listened, owning, places, pledging, tiering
from web.measuring import Q2
from web.world import AT, DAY, ON, SHOWN

HOUSING, TENANCY, RESOURCES = "Housing and Communities", "Tenancy Services", "Resources"

# How to make the thing that an address of this kind is asked for, in a unit, in each of its states.
THINGS = {
    "": {"": lambda world, unit: None},
    "person": {"": lambda world, unit: world.somebody()},
    "mail": {"": lambda world, unit: world.mail()},
    "evidence": {"": lambda world, unit: _evidence(world, unit)},
    "grant": {"": lambda world, unit: _grant(world, unit)},
    "post": {"": lambda world, unit: _post(world, unit)},
    "action": {
        "new": lambda world, unit: world.action(unit=unit),
        "done": lambda world, unit: _done(world, unit),
    },
    "unit": {"": lambda world, unit: unit},
    "recommendation": {"new": lambda world, unit: world.plan(unit=unit).recommendations.first()},
    "measure": {"new": lambda world, unit: _measure(world, unit)},
    "point": {"": lambda world, unit: measuring.give(world, _of(world, unit), Q2, "61")},
    "target": {"": lambda world, unit: measuring.target(world, _of(world, unit), "100")},
    "casestudy": {"": lambda world, unit: measuring.case_study(world, of=_of(world, unit))},
    "habit": {"": lambda world, unit: places.habit(world, unit)},
    "link": {"new": lambda world, unit: _link(world, unit)},
    "cadence": {"": lambda world, unit: world.cadence(unit)},
    "round": {
        "open": lambda world, unit: world.round(unit),
        "closed": lambda world, unit: world.round(unit, closed=True),
    },
    "plan": {"new": lambda world, unit: world.plan(unit=unit)},
    "draft": {
        "open": lambda world, unit: world.draft(unit=unit),
        "later": lambda world, unit: world.later(world.plan(unit=unit), places.ACTION),
        "adopted": lambda world, unit: _adopted(world, world.draft(unit=unit)),
        "set aside": lambda world, unit: _set_aside(world, world.draft(unit=unit)),
    },
    "question": {
        "open": lambda world, unit: _question(world, unit),
        "settled and adopted": lambda world, unit: _settled(world, unit),
    },
    "edition": {
        "waiting": lambda world, unit: world.edition(unit=unit),
        "published": lambda world, unit: world.published(unit=unit),
        "set aside": lambda world, unit: _withdrawn(world, unit),
        "being checked": lambda world, unit: _checked(world, unit),
        "taken down": lambda world, unit: world.taken_down(world.published(unit=unit)),
    },
    "updatelink": {
        "": lambda world, unit: links.a_link(world, world.somebody(), links.a_round(world, unit)),
    },
    "daterequest": {
        "asked for": links.asked_date,
        "refused": links.refused_date,
    },
    "paper": {
        "making": lambda world, unit: world.paper(unit=unit),
        "issued": lambda world, unit: world.issued(world.worded(world.paper(unit=unit))),
    },
    "paperfile": {
        "": lambda world, unit: world.issued(world.worded(world.paper(unit=unit))).files.get(
            format="pdf"
        ),
    },
    "committee": {"": lambda world, unit: world.committee(unit)},
    "membership": {"": lambda world, unit: world.committee(unit).memberships.first()},
    "meeting": {
        "to come": lambda world, unit: world.meeting(world.committee(unit), ON + DAY),
        "past": lambda world, unit: world.meeting(world.committee(unit)),
    },
    "ask": {
        "open": lambda world, unit: world.ask(unit=unit),
        "answered": lambda world, unit: world.answer(world.ask(unit=unit)).ask,
    },
    "consultation": {
        "": lambda world, unit: world.consultation(world.edition(unit=unit), unit=unit)
    },
    "apart": {"": lambda world, unit: tiering.kept_local(world, unit)},
    "claim": {"": lambda world, unit: closing.the_claim(world, closing.planned(world, unit=unit))},
    "claimevidence": {
        "": lambda world, unit: closing.show_file(
            world, closing.the_claim(world, closing.planned(world, unit=unit))
        )
    },
    "review": {"": lambda world, unit: closing.review(world, unit)},
    "reviewreport": {"": lambda world, unit: closing.report(world, unit)},
    "session": {"": lambda world, unit: heard.session(world, unit=unit)},
    "heardtheme": {"": lambda world, unit: heard.theme(world, unit=unit)},
    "pack": {"": lambda world, unit: heard.pack(world, unit=unit, file=True)},
    "packfinding": {"": lambda world, unit: heard.pack(world, unit=unit).findings.get()},
    "packfigure": {"": lambda world, unit: listened.figure(world, unit)},
    "planning": {
        "open": lambda world, unit: world.planning(unit),
        "reviewed": lambda world, unit: world.planning(unit, closed=True),
    },
    "area": {
        "new": lambda world, unit: choosing.area(world, unit=unit),
        "withdrawn": choosing.withdrawn,
    },
    "vision": {
        "draft": lambda world, unit: choosing.vision(world, unit=unit),
        "signed": lambda world, unit: choosing.signed(world, unit=unit),
    },
    "visionasked": {"": choosing.asked},
    "pledge": {"": lambda world, unit: pledging.pledge(world, world.planning(unit))},
    "serviceplan": {"": pledging.service_plan},
    "lead": {"new": owning.contributor},
    "milestone": {"new": owning.milestone, "reached": owning.reached},
    "answerable": {"": owning.answerable},
    "handover": {"": owning.handover},
    "takedown": {
        "asked": lambda world, unit: world.asked_down(world.published(unit=unit)),
        "agreed": lambda world, unit: world.taken_down(world.published(unit=unit)).takedowns.get(),
        "ended": lambda world, unit: _stands(world, unit),
    },
}


# What belongs to the whole council is reached from its root alone.
OF_THE_BODY = {"person", "mail"}


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
    return measuring.measure(world, unit=unit)


def _of(world, unit):
    """A measure of things, of an action that a post leads."""
    return measuring.measure(world, unit=unit)


def _link(world, unit):
    row = world.action(unit=unit)
    return plans.link(
        by=world.manager, from_=row, to=row.recommendation, meaning="sees", since=ON, at=AT
    )


def _done(world, unit):
    row = world.action(unit=unit)
    world.update(row, status="completed", completed_on=ON, evidence=[SHOWN])
    return row


def _adopted(world, draft):
    plans.adopt_draft(by=world.manager, draft=draft, version=draft.version, at=AT)
    return draft


def _set_aside(world, draft):
    return plans.set_aside_draft(by=world.manager, draft=draft, version=draft.version, at=AT)


def _withdrawn(world, unit):
    row = world.edition(unit=unit)
    given = {"version": row.version, "reason": "Wait", "at": AT}
    return plans.set_aside_edition(by=world.manager, edition=row, **given)


def _checked(world, unit):
    row = world.published(unit=unit)
    world.asked_down(row, hide=True)
    return row


def _stands(world, unit):
    asked = world.asked_down(world.published(unit=unit))
    given = {"version": asked.version, "reason": "It points at nobody", "at": AT}
    return takedown.let_stand(by=world.publisher, takedown=asked, **given)


def _settled(world, unit):
    question = _question(world, unit)
    given = {"version": question.version, "answer": "as_read", "at": AT}
    plans.answer_question(by=world.manager, question=question, **given)
    draft = question.draft
    draft.refresh_from_db()
    for other in draft.questions.filter(must=True, answered_at=None):
        plans.answer_question(
            by=world.manager, question=other, version=other.version, answer="as_read", at=AT
        )
    draft.refresh_from_db()
    _adopted(world, draft)
    return question


def _question(world, unit):
    return world.draft(unit=unit, warnings=places.ALIGNMENT).questions.first()


GUARDED = [a for a in addresses() if a.declared is not None and a.declared.permission]


@pytest.mark.parametrize("name", ["add_update", "move_date"])
def test_a_lead_officer_sees_the_forms_of_the_action_that_their_post_leads(world, client, name):
    row, lead = world.action(), world.somebody("lead_officer")
    world.leads(lead, row)
    client.force_login(lead)
    assert client.get(reverse(name, kwargs={"action": row.public_id})).status_code == 200


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


def test_every_address_that_a_template_names_is_there():
    known = {address.name for address in addresses()}
    pages = (Path(web.__file__).parent / "templates").rglob("*.html")
    named = {
        (page.name, name)
        for page in pages
        for name in re.findall(r"\burl\('(\w+)'", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 100
    assert [one for one in sorted(named) if one[1] not in known] == []


# -- what each asks for ---------------------------------------------------------------------------


def _asks(address):
    """An address, what it asks for and the kind of its thing; or that anybody may see it."""
    said = address.declared
    asked = said.permission or ("own" if said.own else "public")
    return " ".join(part for part in (address.name, asked, said.kind) if part)


def test_every_address_asks_for_what_was_decided():
    # The matrix asks whether what an address declares is kept to; this, whether it declares the
    # right thing. A line of the file is changed by hand, by whoever decided it.
    decided = Path(__file__).with_name("addresses.txt").read_text(encoding="utf-8").splitlines()
    assert sorted({_asks(a) for a in addresses() if a.declared is not None}) == decided
