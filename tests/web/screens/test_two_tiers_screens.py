"""The two tiers and the strands in a real browser: what does not meet, and how it is joined."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP
from goldenthread.web.changes import demo
from goldenthread.web.models import Action, Apart, Link, Measure, Review
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
    return world


@pytest.fixture
def visit(chromium):
    opened = []

    def visit(person):
        opened.append(Browser(chromium, person, DESKTOP))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


def _addresses():
    """Each page by its name: the role of who looks at it, and where it is."""
    manager, director = "programme_manager", "director"

    def at(number, council=False):
        return Action.objects.get(number=number, plan__unit__parent__isnull=council)

    def to(name, row=None, asked=""):
        return reverse(name, kwargs={row._meta.model_name: row.public_id} if row else {}) + asked

    joined = Link.objects.filter(meaning="serves", from_id=at("H1").public_id).first()
    return {
        "two-tiers": (manager, to("two_tiers")),
        "two-tiers-director": (director, to("two_tiers")),
        "two-tiers-auditor": ("auditor", to("two_tiers")),
        "unserved": (manager, to("two_tiers_list", asked="?which=unserved")),
        "unserving": (manager, to("two_tiers_list", asked="?which=unserving")),
        "disagreements": (manager, to("two_tiers_list", asked="?which=disagreements")),
        "apart": (manager, to("two_tiers_list", asked="?which=apart")),
        "serve": (director, to("serve", at("H6"))),
        "serve-found": (director, to("serve", at("H6"), "?search=complaints")),
        "serve-found-none": (director, to("serve", at("H6"), "?search=nonesuch")),
        "served-by": (manager, to("serve", at("B2", council=True))),
        "keep-local": (director, to("keep_local", at("H6"))),
        "need-not": (manager, to("need_not", at("B2", council=True))),
        "stop-serving": (director, to("stop_serving", joined)),
        "undo-apart": (manager, to("undo_apart", Apart.objects.first())),
        "plans-proposed": (manager, to("plans_proposed")),
        "proposed": (director, to("proposed", at("H6").plan)),
        "proposed-refused": (director, to("proposed", at("H6").plan, "?which=refused")),
        "strands": (manager, to("strands_page")),
        "strands-of-action": (manager, to("action_strands", at("H6"))),
        "strands-of-measure": (manager, to("measure_strands", Measure.objects.first())),
        "strands-of-review": (manager, to("review_strands", Review.objects.first())),
    }


def test_every_page_is_accessible_and_fits_a_phone(council, visit):
    faults, browsers = {}, {}
    for name, (role, address) in _addresses().items():
        if role not in browsers:
            browsers[role] = visit(council.council.holding(role))
        browser = browsers[role]
        browser.complaints.clear()
        assert "Sign in" not in browser.open(address).title()
        assert browser.statuses[-1] < 400, name
        if found := faults_of(browser):
            faults[name] = found
    assert faults == {}
