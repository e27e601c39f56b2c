"""Step 6, and reviews, in a real browser: a closed year, an open one, what a review recommended."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.changes import demo_evaluation, demo_steps
from goldenthread.web.models import Claim, Planning, Review
from web.screens.browsing import DESKTOP, PHONE, Browser

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

NOW = timezone.make_aware(datetime(2026, 11, 28, 12, 30))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def council(world):
    closed = demo_evaluation.last_year(world.council)
    begun = demo_steps.begin(world.council, {closed.unit.name: closed})
    demo_evaluation.tell(world.council, begun)
    return world


def _addresses():
    closed = Planning.objects.get(closed_on__isnull=False)
    review = Review.objects.get(standing="independent")
    of_closed, of_open = (
        {"planning": closed.public_id},
        {"planning": closed.followed_by.public_id},
    )
    assert Claim.objects.filter(planning=closed).count() == 2
    return {
        "review-closed": reverse("planning_review", kwargs=of_closed),
        "review-open": reverse("planning_review", kwargs=of_open),
        "review-left": reverse("planning_left", kwargs=of_open),
        "review-write": reverse("write_part", kwargs=of_open),
        "learnt": reverse("learnt"),
        "reviews": reverse("reviews"),
        "review-of-council": reverse("review", kwargs={"review": review.public_id}),
    }


def test_every_page_is_accessible_and_fits_a_phone(council, chromium):
    browser = Browser(chromium, council.council.holding("programme_manager"), DESKTOP, True)
    faults = {}
    try:
        for name, address in _addresses().items():
            browser.complaints.clear()
            assert "Sign in" not in browser.open(address).title()
            assert browser.statuses[-1] < 400, name
            found = list(browser.complaints)
            for width in (DESKTOP, PHONE):
                browser.page.set_viewport_size({"width": width, "height": 900})
                found += [f"{width}: {one}" for one in browser.violations()]
                if browser.sideways() > 0:
                    found.append(f"{width}: {browser.sideways()} pixels beyond the edge")
            if found:
                faults[name] = found
    finally:
        browser.context.close()
    assert faults == {}
