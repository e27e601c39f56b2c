"""How many questions the pages of planning directorates ask: at most 20, for few rows and many.

Every address that is given a thing of a planning is asked, a new one by itself; the others are
named in ``BESIDES``.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.web import middleware
from goldenthread.web.changes import people
from goldenthread.web.models import Committee, Consultation, Planning, VisionAsked
from goldenthread.web.queries.things import KINDS, PLANNED
from goldenthread.web.views.declared import addresses
from web import busy
from web.views.test_questions import MOST
from web.world import AT, ON

HOUSING, RESOURCES = "Housing and Communities", "Resources"
ROLES = ("director", "administrator", "facilitator", "auditor", "publisher")
# Of each kind of thing that an address can be given, which of a planning is taken.
TAKEN = {
    "planning": lambda planning: Planning.objects.filter(pk=planning.pk),
    "pledge": lambda planning: planning.pledges,
    "serviceplan": lambda planning: planning.unit.service_plans,
    "review": lambda planning: KINDS["review"].objects,
    "action": lambda planning: planning.plan.actions,
    "measure": lambda planning: planning.plan.measures,
    "apart": lambda planning: KINDS["apart"].objects.filter(what="local"),
    "recommendation": lambda planning: KINDS["recommendation"].objects.filter(review__isnull=False),
} | {
    kind: lambda planning, kind=kind, way=way: KINDS[kind].objects.filter(
        **{way.removesuffix("__unit"): planning}
    )
    for kind, way in PLANNED.items()
}
# What is asked for without a thing, or with another.
BESIDES = {
    "first page": lambda _: reverse("workspace_home"),
    "directorates": lambda _: reverse("directorates"),
    "begin a planning": lambda _: reverse("begin_planning"),
    "steps": lambda _: reverse("steps"),
    "change a step": lambda _: reverse("change_step") + "?of=listen",
    "order the steps": lambda _: reverse("order_steps"),
    "closed board": lambda planning: _of("directorate", planning.follows),
    "closed review": lambda planning: _of("planning_review", planning.follows),
    "closed priorities": lambda planning: _of("priorities", planning.follows),
    "closed vision": lambda planning: _of("vision", planning.follows),
    "closed measures": lambda planning: _of("planning_measures", planning.follows),
    "write what was learnt": lambda planning: _of("write_part", planning) + "?of=learnt",
    "what was learnt": lambda _: reverse("learnt"),
    "pledges": lambda _: reverse("pledges"),
    "pledges, silent": lambda _: reverse("pledges") + "?of=silent",
    "pledge of a unit": lambda planning: _of("make_pledge_of_unit", planning.unit),
    "two tiers": lambda _: reverse("two_tiers"),
    "two tiers, one directorate": lambda planning: (
        reverse("two_tiers") + f"?directorate={planning.unit.public_id}"
    ),
    **{
        f"two tiers, {which}": lambda _, which=which: reverse("two_tiers_list") + f"?which={which}"
        for which in ("unserved", "unserving", "disagreements", "apart")
    },
    "strands": lambda _: reverse("strands_page"),
    "reviews": lambda _: reverse("reviews"),
    "enter a review": lambda _: reverse("enter_review"),
    "plan": lambda planning: _of("plan", planning.plan),
    "plan is reviewed": lambda planning: _of("record_review", planning.plan),
    "consultation": lambda _: _of("consultation", Consultation.objects.order_by("pk").last()),
    "body that was asked": lambda _: _of("committee", Committee.objects.order_by("pk").last()),
    "receive several": lambda _: reverse("receive_several"),
    "whose drafts": lambda _: reverse("whose_drafts"),
    "units": lambda _: reverse("units"),
    "units as CSV": lambda _: reverse("units_csv"),
    "bring units": lambda _: reverse("bring_units"),
    **{
        name: lambda planning, name=name: _of(name, planning.unit)
        for name in ("rename_unit", "move_unit", "end_unit", "unit_public_words")
    },
    "register": lambda _: reverse("register"),
    "audit": lambda _: reverse("audit"),
}
# Files that nobody gave here, what is for bodies alone, and what leads to another page.
OTHERWISE = {
    *("claim_file", "pack_file", "report_file", "figures_csv", "vision_asked", "finding"),
    *("roadmap", "add_action"),
}


def _of(name, row):
    return reverse(name, kwargs={row._meta.model_name: row.public_id})


def pages(planning):
    """The address of every page, with the things of one planning."""
    found = {name: address(planning) for name, address in BESIDES.items()}
    for address in addresses():
        kinds = re.findall(r"<slug:(\w+)>", address.pattern)
        if address.declared.permission and kinds and kinds[0] in TAKEN:
            row = TAKEN[kinds[0]](planning).order_by("pk").first()
            assert row is not None, kinds[0]
            found[address.name] = _of(address.name, row)
    return {name: where for name, where in found.items() if name not in OTHERWISE}


@pytest.fixture
def client(world, monkeypatch):
    """Somebody with every role that reads and writes here, in the whole council."""
    # That somebody was seen is noted once a minute, which would count as a question now and then.
    monkeypatch.setattr(middleware, "_A_MINUTE", 86_400)
    person = world.somebody("programme_manager")
    for role in ROLES:
        people.grant_role(
            by=world.administrator, person=person, role=role, unit=world.unit(), since=ON, at=AT
        )
    client = Client()
    client.force_login(person)
    return client


def counted(client, planning):
    """How many questions each page asks, once what is kept between requests is kept."""
    found, addresses = {}, pages(planning)
    for name in ("directorates", "closed board", "plan"):
        assert client.get(addresses[name]).status_code == 200
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200, name
        found[name] = len(asked)
    return found


def test_no_page_of_a_directorate_asks_more_than_twenty_or_more_for_many_rows(world, client):
    one = busy.closed_and_begun_again(world, world.unit(HOUSING), 1)
    busy.review(world, 1)
    few = counted(client, one)
    assert len(few) > 100
    other = busy.closed_and_begun_again(world, world.unit(RESOURCES), 3)
    busy.review(world, 3)
    many = counted(client, other)
    assert {name: asks for name, asks in many.items() if max(asks, few[name]) > MOST} == {}
    assert many == few


def test_a_body_reads_what_it_was_asked_about_with_as_few_questions(world):
    counts = []
    for number, name in ((1, HOUSING), (3, RESOURCES)):
        row = busy.everything(world, world.unit(name), number)
        asked = VisionAsked.objects.filter(vision__planning=row).first()
        client = Client()
        client.force_login(world.speaker(asked.committee))
        client.get(_of("vision_asked", asked))
        with CaptureQueriesContext(connection) as questions:
            assert client.get(_of("vision_asked", asked)).status_code == 200
        counts.append(len(questions))
    assert counts[0] == counts[1] <= MOST
