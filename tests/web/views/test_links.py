"""Links between things on the thread: found, made, shown both ways, and ended with a reason."""

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import AuditEntry, Link, Measure
from hostile import VECTORS
from web.world import AT, DAY, ON, action
from web_pages import Page

TODAY = {"since-day": "1", "since-month": "10", "since-year": "2026"}


def at(view, thing):
    kind = type(thing).__name__.lower()
    return reverse(view, kwargs={kind: thing.public_id})


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.manager)
    return client


@pytest.fixture
def row(world):
    return world.action(action("Train interview panels"))


@pytest.fixture
def other(world):
    return world.action(action("Publish who was appointed"))


def join(client, start, to, meaning="serves", search="publish", **more):
    given = {"to": to, "meaning": meaning, "key": "k" * 16} | TODAY | more
    return client.post(
        f"{at(f'join_{type(start).__name__.lower()}', start)}?search={search}", given
    )


def link(world, row, other, **more):
    given = {"meaning": "serves", "since": ON} | more
    return plans.link(by=world.manager, from_=row, to=other, at=AT, **given)


def test_a_link_is_found_by_words_made_and_shown_from_both_ends(client, row, other):
    page = Page(client.get(at("join_action", row), {"search": "PUBLISH appointed"}).content)
    assert "1 thing has these words" in page.text
    assert "Publish who was appointed (action)" in page.text
    assert join(client, row, f"action:{other.public_id}").status_code == 302
    onward = Page(client.get(at("action", row)).content).text
    back = Page(client.get(at("action", other)).content).text
    assert "Helps to keep action: 1.1 Publish who was appointed, since 1 October 2026" in onward
    assert "Is helped by action: 1.1 Train interview panels, since 1 October 2026" in back


def test_every_kind_of_thing_can_be_found_and_joined(world, client, row):
    measure = Measure.objects.create(plan=row.plan, number="M1", text="Share of mixed panels")
    ends = {
        "recommendation": (row.recommendation, "hear"),
        "measure": (measure, "m1"),
        "plan": (world.plan(), "race"),
        "theme": (row.recommendation.theme, "heard"),
        "unit": (world.unit("Resources"), "resources"),
        "post": (world.council.posts["Head of Policy"], "policy"),
    }
    for kind, (thing, search) in ends.items():
        given = {"key": f"{kind}{'k' * 12}", "meaning": "sees"}
        answer = join(client, row, f"{kind}:{thing.public_id}", search=search, **given)
        assert (kind, answer.status_code) == (kind, 302)
    assert {one.to_kind for one in Link.objects.filter(from_id=row.public_id)} == set(ends)
    assert Page(client.get(at("action", row)).content).text.count("See also") == len(ends)


@pytest.mark.parametrize("kind", ["recommendation", "plan", "measure"])
def test_a_link_can_start_from_more_than_an_action(client, row, other, kind):
    starts = {
        "recommendation": row.recommendation,
        "plan": row.plan,
        "measure": Measure.objects.create(plan=row.plan, action=row, text="Share"),
    }
    assert join(client, starts[kind], f"action:{other.public_id}").status_code == 302
    assert Link.objects.get().from_kind == kind


def test_without_words_nothing_is_offered_and_nothing_found_is_said(client, row):
    assert "What should it be joined to?" in Page(client.get(at("join_action", row)).content).text
    page = Page(client.get(at("join_action", row), {"search": "zebra"}).content)
    assert "Nothing that you may see has these words" in page.text


def test_what_another_unit_holds_is_neither_found_nor_joined(world, row):
    theirs = world.action(action("Publish theirs"), unit=world.unit("Resources"))
    mine = world.action(action("Mine"), unit=world.unit("Housing and Communities"))
    client = Client()
    client.force_login(world.somebody("programme_manager", world.unit("Housing and Communities")))
    page = client.get(at("join_action", mine), {"search": "publish"})
    assert "Publish theirs" not in page.content.decode()
    assert join(client, mine, f"action:{theirs.public_id}").status_code == 422
    assert not Link.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"to": ""}, "#to"), ({"meaning": "loves"}, "#meaning"), ({"since-day": "40"}, "#since-day")],
)
def test_the_form_says_what_is_missing(client, row, other, wrong, field):
    answer = (
        join(client, row, f"action:{other.public_id}", **wrong)
        if "to" not in wrong
        else join(client, row, "")
    )
    assert answer.status_code == 422
    assert field in Page(answer.content).links
    assert not Link.objects.exists()


def test_a_form_that_is_sent_twice_makes_one_link(client, row, other):
    for _ in range(2):
        assert join(client, row, f"action:{other.public_id}").status_code == 302
    assert Link.objects.count() == 1
    assert AuditEntry.objects.filter(act="link.made").count() == 1


def test_a_link_ends_with_a_day_and_a_reason_and_stays_in_the_story(world, client, row, other):
    made = link(world, row, other)
    page = Page(client.get(at("action", row)).content)
    assert at("end_link", made) in page.links
    given = {"until-day": "3", "until-month": "10", "until-year": "2026", "key": "k" * 16}
    answer = client.post(at("end_link", made), given)
    assert "#reason" in Page(answer.content).links
    answer = client.post(at("end_link", made), given | {"reason": "The panels were given up"})
    assert answer.status_code == 302
    story = Page(client.get(at("action", row)).content)
    assert "until 3 October 2026. The panels were given up" in story.text
    assert at("end_link", made) not in story.links


def test_a_link_is_ended_once_and_not_before_it_began(world, row, other):
    made = link(world, row, other)
    with pytest.raises(Missing):
        plans.end_link(by=world.manager, joined=made, until=ON - DAY, reason="x", at=AT)
    plans.end_link(by=world.manager, joined=made, until=ON, reason="First", at=AT)
    with pytest.raises(OutOfStep) as late:
        plans.end_link(by=world.manager, joined=made, until=ON + DAY, reason="Second", at=AT)
    assert late.value.theirs == {"until": ON, "reason": "First"}


def test_a_thing_is_not_joined_to_itself_nor_by_a_meaning_that_nobody_knows(world, row, other):
    with pytest.raises(Missing):
        link(world, row, row)
    with pytest.raises(Missing):
        link(world, row, other, meaning="loves")
    assert not Link.objects.exists()


def test_whoever_may_not_change_the_plan_is_offered_no_link(world, row, other):
    made = link(world, row, other)
    client = Client()
    client.force_login(world.council.holding("councillor"))
    links = Page(client.get(at("action", row)).content).links
    assert not {at("join_action", row), at("end_link", made)} & set(links)


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_words_in_a_search_are_words(client, row, vector):
    answer = client.get(at("join_action", row), {"search": vector})
    assert answer.status_code == 200
    elements = Page(answer.content).elements
    assert not [e for e in elements if e[0] in ("script", "iframe", "base") or "onerror" in e[1]]
