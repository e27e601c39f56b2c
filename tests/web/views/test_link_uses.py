"""Links as whoever sends them sees them, “not mine” with its hand-over, and dates that wait."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from goldenthread.web.changes import by_link
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Promise, UpdateLink
from web.changes.links import a_link, asked_date, sent_link
from web.world import AT, action
from web_pages import Page


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


def _client(person):
    client = Client()
    client.force_login(person)
    return client


def _text(answer):
    assert answer.status_code == 200, answer.status_code
    return Page(answer.content).text


@pytest.fixture
def used(world):
    """A link that was opened in one browser and used in another."""
    lead, link, rows = sent_link(
        world, action("Train panels", number="B1"), action("Publish figures", number="B2")
    )
    given = {"by": lead, "link": link, "at": AT}
    by_link.begin(mark="first", **given)
    by_link.update_by_link(
        action=rows[0], version=rows[0].version, done="Trained twelve", mark="second", **given
    )
    by_link.say_not_mine(action=rows[1], whose="Head of Policy", mark="first", **given)
    return lead, link, rows


def test_the_sender_sees_each_link_with_its_devices_and_what_is_not_mine(world, used):
    lead, link, rows = used
    client = _client(world.manager)
    page = client.get(reverse("round_links", kwargs={"round": link.round.public_id}))
    for words in (lead.name, "Used on another than the first", "“Head of Policy”"):
        assert words in _text(page)
    over = reverse("hand_over", kwargs={"action": rows[1].public_id})
    assert over in [a.get("href") for tag, a in Page(page.content).elements if tag == "a"]
    page = _text(client.get(reverse("link_page", kwargs={"updatelink": link.public_id})))
    for words in (
        "Began",
        "Sent an update",
        "that it is not theirs",
        "Another than the first",
    ):
        assert words in page


def test_the_story_says_that_an_update_came_from_another_device(world, used):
    _lead, _link, rows = used
    client = _client(world.manager)
    said = "Sent by a link, from another device than the first"
    page = _text(client.get(reverse("action", kwargs={"action": rows[0].public_id})))
    assert said in page
    world.update(rows[1])
    assert said not in _text(client.get(reverse("action", kwargs={"action": rows[1].public_id})))


def test_no_page_of_the_workspace_holds_what_would_open_a_link(world, used):
    _lead, link, _rows = used
    client = _client(world.manager)
    for view, given in (
        ("round_links", {"round": link.round.public_id}),
        ("link_page", {"updatelink": link.public_id}),
        ("withdraw_link", {"updatelink": link.public_id}),
    ):
        assert "/update/" not in client.get(reverse(view, kwargs=given)).content.decode()


def test_a_link_is_withdrawn_after_it_was_asked_once_more(world, used):
    _lead, link, _rows = used
    client = _client(world.manager)
    address = reverse("withdraw_link", kwargs={"updatelink": link.public_id})
    assert "Withdraw this link?" in _text(client.get(address))
    assert UpdateLink.objects.get(pk=link.pk).withdrawn_at is None
    link.refresh_from_db()
    went = client.post(address, {"key": "w" * 32, "version": link.version}, follow=True)
    assert "The link was withdrawn" in _text(went)
    assert UpdateLink.objects.get(pk=link.pk).withdrawn_at == AT


def test_what_was_handed_over_is_no_longer_said_to_be_not_mine(world, used):
    _lead, link, rows = used
    rows[1].refresh_from_db()
    plans.hand_over(
        by=world.manager,
        action=rows[1],
        version=rows[1].version,
        post=world.council.posts["Head of Policy"],
        since=AT.date(),
        at=AT,
    )
    page = _client(world.manager).get(
        reverse("round_links", kwargs={"round": link.round.public_id})
    )
    assert "“Head of Policy”" not in _text(page)


def test_a_date_that_was_asked_for_is_decided_by_somebody_who_may(world):
    request = asked_date(world)
    director = world.somebody("director")
    client = _client(director)
    listed = client.get(reverse("date_requests"))
    assert "30 June 2027" in _text(listed)
    address = reverse("decide_date", kwargs={"daterequest": request.public_id})
    assert "The system is late" in _text(client.get(address))
    wrong = client.post(address, {"key": "a" * 32, "version": 1, "agreed": "no"})
    assert wrong.status_code == 422
    assert "Say why the date stays." in Page(wrong.content).text
    client.post(address, {"key": "b" * 32, "version": 1, "agreed": "yes"})
    assert Promise.objects.filter(action=request.action, replaces__isnull=False).count() == 1
    assert "0 dates were asked for" in _text(client.get(reverse("date_requests")))


def test_a_director_sees_the_dates_of_their_own_directorate_alone(world):
    request = asked_date(world, world.unit("Resources"))
    other = world.somebody("director", world.unit("Housing and Communities"))
    assert request.words not in _text(_client(other).get(reverse("date_requests")))
    own = world.somebody("director", world.unit("Resources"))
    assert request.words in _text(_client(own).get(reverse("date_requests")))


@pytest.mark.parametrize("role", ["director", "lead_officer", "auditor", "publisher"])
def test_only_whoever_sends_links_reads_their_uses(world, used, role):
    _lead, link, _rows = used
    client = _client(world.somebody(role))
    for view, given in (
        ("round_links", {"round": link.round.public_id}),
        ("link_page", {"updatelink": link.public_id}),
    ):
        assert client.get(reverse(view, kwargs=given)).status_code == 403


def test_the_page_of_a_round_asks_as_little_of_the_database_with_many_links(
    world, used, django_assert_max_num_queries
):
    _lead, link, _rows = used
    for _each in range(6):
        lead = world.somebody()
        a_link(world, lead, link.round)
        a_link(world, lead, link.round)
    client = _client(world.manager)
    with django_assert_max_num_queries(20):
        client.get(reverse("round_links", kwargs={"round": link.round.public_id}))
