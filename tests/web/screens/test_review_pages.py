"""Step 6, and reviews, in a real browser: a closed year, an open one, what a review recommended."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP
from goldenthread.web.changes import demo, evaluation
from goldenthread.web.models import Claim, ClaimEvidence, Planning, Review
from web.screens.browsing import Browser, faults_of

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

NOW = timezone.make_aware(datetime(2026, 11, 28, 12, 30))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def council(world):
    demo.half_way(world.council)
    demo.directorates(world.council)
    # This year's review is begun: a claim without evidence, and a measure beside the promises.
    row = Planning.objects.get(follows__isnull=False)
    given = {"by": world.manager, "planning": row, "at": NOW}
    evaluation.write_part(part="staff", text="Every panel is mixed.", version=0, **given)
    claim = evaluation.make_claim(text="Every panel is mixed", **given)
    link = {"url": "https://brackenford.example/panels", "text": "The report on panels"}
    evaluation.show_claim(by=world.manager, claim=claim, at=NOW, **link)
    return world


def _addresses():
    closed = Planning.objects.get(closed_on__isnull=False)
    review = Review.objects.get(title__startswith="How the council is as an employer")
    of_closed, of_open = (
        {"planning": closed.public_id},
        {"planning": closed.followed_by.public_id},
    )
    assert Claim.objects.filter(planning=closed).count() == 2
    row = closed.followed_by
    claim = {"claim": Claim.objects.get(planning=row).public_id}
    of_review = {"review": review.public_id}
    rec = {"recommendation": review.recommendations.order_by("position").last().public_id}
    return {
        "review-closed": reverse("planning_review", kwargs=of_closed),
        "review-open": reverse("planning_review", kwargs=of_open),
        "review-left": reverse("planning_left", kwargs=of_open),
        "review-carry": reverse("carry_over", kwargs=of_open),
        "review-write": reverse("write_part", kwargs=of_open),
        "review-claim": reverse("make_claim", kwargs=of_open),
        "review-evidence": reverse("show_claim", kwargs=claim),
        "review-evidence-withdraw": reverse(
            "withdraw_evidence",
            kwargs={"claimevidence": ClaimEvidence.objects.get(claim__planning=row).public_id},
        ),
        "review-withdraw": reverse("withdraw_claim", kwargs=claim),
        "review-look": reverse("record_look", kwargs=of_open),
        "review-put": reverse("put_closing", kwargs=of_open),
        "review-correct": reverse("correct_review", kwargs=of_closed),
        "learnt": reverse("learnt"),
        "reviews": reverse("reviews"),
        "review-enter": reverse("enter_review"),
        "review-of-council": reverse("review", kwargs=of_review),
        "review-change": reverse("change_review", kwargs=of_review),
        "review-report": reverse("keep_report", kwargs=of_review),
        "review-recommended": reverse("record_recommendations", kwargs=of_review),
        "review-answer": reverse("answer_recommendation", kwargs=rec),
    }


def test_every_page_is_accessible_and_fits_a_phone(council, chromium):
    browser = Browser(chromium, council.council.holding("programme_manager"), DESKTOP, True)
    faults = {}
    try:
        for name, address in _addresses().items():
            browser.complaints.clear()
            assert "Sign in" not in browser.open(address).title()
            assert browser.statuses[-1] < 400, name
            if found := faults_of(browser):
                faults[name] = found
    finally:
        browser.context.close()
    assert faults == {}


def test_a_director_s_page_of_closing_is_accessible_and_fits_a_phone(council, chromium):
    director = council.council.people["Leila Farouk"]
    row = Planning.objects.get(follows__isnull=False)
    browser = Browser(chromium, director, DESKTOP, True)
    try:
        browser.open(reverse("close_planning", kwargs={"planning": row.public_id}))
        assert "It cannot be closed yet." in browser.page.inner_text("main")
        assert faults_of(browser) == []
    finally:
        browser.context.close()
