"""The page of the outbox in a real browser: accessible, by keyboard, and on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.changes import mail as changes
from goldenthread.web.changes import turns
from goldenthread.web.models import Mail
from web.screens.browsing import Browser, faults_of

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]


@pytest.fixture
def browser(chromium, world):
    opened = Browser(chromium, world.manager)
    yield opened
    opened.context.close()


@pytest.fixture
def full(world):
    """An outbox with a mail of each kind."""
    now = timezone.now()
    turns.sign_of_life(at=now)
    for fault in ("no_answer", "doubt", "refused"):
        world.mail(fault)
    rows = [
        changes.queue(kind="trial", person=world.somebody(), key=f"full {n}", at=now)
        for n in range(5)
    ]
    at = now + timedelta(hours=2)
    Mail.objects.filter(pk=rows[0].pk).update(tries=4, fault="no_answer", not_before=at)
    Mail.objects.filter(pk=rows[1].pk).update(tries=1, in_hand=True, tried_at=now)
    Mail.objects.filter(pk__in=[row.pk for row in rows[3:]]).update(sent_at=now)


def _faults(browser, address):
    browser.open(address)
    return faults_of(browser)


def test_the_outbox_is_accessible_and_fits_every_width(browser, full):
    assert _faults(browser, reverse("outbox")) == []


def test_an_outbox_that_nobody_empties_is_accessible_too(browser, world):
    assert _faults(browser, reverse("outbox")) == []
    assert "Nobody is sending email" in browser.page.inner_text("main")


def test_a_mail_is_tried_again_with_the_keyboard_alone(browser, world):
    row = world.mail()
    browser.open(reverse("outbox"))
    browser.page.get_by_role("button", name="Try again").focus()
    browser.page.keyboard.press("Enter")
    browser.page.wait_for_selector(".govuk-notification-banner")
    row.refresh_from_db()
    assert row.gave_up_at is None
