"""The page of the outbox: what was not sent and why, in words, and what one does about it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldenthread.web import letterbox
from goldenthread.web.changes import mail as changes
from goldenthread.web.changes import turns
from goldenthread.web.models import Mail
from web_pages import Page

HOUR = timedelta(hours=1)


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.manager)
    return client


@pytest.fixture
def seen(world):
    """A worker that is there."""
    turns.sign_of_life(at=timezone.now())


def _page(client):
    answer = client.get(reverse("outbox"))
    assert answer.status_code == 200
    return Page(answer.content.decode())


def _queue(world, key="a", **more):
    return changes.queue(kind="trial", person=world.somebody(), key=key, at=timezone.now(), **more)


def test_an_empty_outbox_says_so(client, seen):
    page = _page(client)
    assert "No email is waiting" in page.text
    assert "Nobody is sending email" not in page.text


def test_each_mail_says_to_whom_what_for_and_how_it_stands(client, world, seen):
    given_up, waiting, sent = world.mail(), _queue(world, "b"), _queue(world, "c")
    Mail.objects.filter(pk=sent.pk).update(sent_at=timezone.now())
    page = _page(client)
    assert "1 email was not sent" in page.text
    for row in (given_up, waiting, sent):
        assert row.person.name in page.text
    assert "The mail server does not answer. Given up on 1 October 2026, 12:00." in page.text
    assert "Within a minute." in page.text
    assert "Email from Golden Thread reaches you" in page.text


def test_no_word_and_no_link_of_a_mail_stands_on_the_page(client, world, seen):
    world.mail()
    text = _page(client).text
    assert "There is nothing to do" not in text
    assert "Dear" not in text


@pytest.mark.parametrize("fault", letterbox.FAULTS)
def test_every_fault_has_its_sentence(client, world, seen, fault):
    world.mail(fault)
    text = _page(client).text
    assert str(letterbox.FAULTS[fault].sentence) in text
    assert ("they may have it twice" in text) is (fault == "doubt")


def test_a_mail_is_tried_again_by_one_button(client, world, seen):
    row = world.mail()
    address = reverse("try_mail_again", kwargs={"mail": row.public_id})
    answer = client.post(address, {"key": "k", "version": row.version}, follow=True)
    assert "It is sent within a minute." in Page(answer.content.decode()).text
    row.refresh_from_db()
    assert row.gave_up_at is None


def test_a_mail_is_left_by_one_button_and_listed_no_more(client, world, seen):
    row = world.mail()
    address = reverse("leave_mail", kwargs={"mail": row.public_id})
    answer = client.post(address, {"key": "k", "version": row.version}, follow=True)
    page = Page(answer.content.decode())
    assert "No email is waiting" in page.text
    assert row.person.name not in page.text


def test_whoever_comes_second_is_told_how_it_stands(client, world, seen):
    row = world.mail()
    seen_version = row.version
    changes.leave_unsent(by=world.administrator, mail=row, version=seen_version, at=timezone.now())
    address = reverse("try_mail_again", kwargs={"mail": row.public_id})
    answer = client.post(address, {"key": "k", "version": seen_version})
    assert answer.status_code == 409
    assert "Not sent" in Page(answer.content.decode()).text


def test_all_are_tried_again_where_several_failed(client, world, seen):
    rows = [world.mail(), world.mail("not_let_in")]
    assert "Try all of them again" in _page(client).text
    client.post(reverse("try_all_again"), {"key": "k"})
    assert set(Mail.objects.values_list("gave_up_at", flat=True)) == {None}
    assert len(rows) == 2


def test_a_trial_mail_is_sent_to_oneself(client, world, seen):
    client.post(reverse("send_trial"), {"key": "k"})
    assert Mail.objects.get().person == world.manager


def test_where_no_server_is_set_the_page_says_whose_work_it_is(client, world, seen, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "GOLDENTHREAD_MAIL_HOST" in _page(client).text


def test_a_worker_that_is_gone_is_missed(client, world):
    assert "was never seen" in _page(client).text
    turns.sign_of_life(at=timezone.now() - HOUR)
    assert "was last seen on" in _page(client).text
    turns.sign_of_life(at=timezone.now())
    assert "Nobody is sending email" not in _page(client).text


def test_the_health_page_says_when_the_worker_was_seen(world):
    assert Client().get("/health").json() == {"alive": True, "worker_seen": None}
    at = timezone.now()
    turns.sign_of_life(at=at)
    told = Client().get("/health").json()
    assert told["worker_seen"] == f"{at:%Y-%m-%dT%H:%MZ}"


def test_the_page_asks_as_little_of_many_mails_as_of_one(client, world, seen):
    def asked():
        with CaptureQueriesContext(connection) as found:
            _page(client)
        return len(found)

    world.mail()
    few = asked()
    for number in range(5):
        world.mail()
        _queue(world, f"more {number}")
    assert asked() == few <= 20


def test_who_may_not_keep_it_is_not_led_there(world):
    client = Client()
    client.force_login(world.somebody("councillor"))
    assert client.get(reverse("outbox")).status_code == 403
    assert reverse("outbox") not in client.get(reverse("workspace_home")).content.decode()
