"""Priorities and visions in a real browser: at both widths, by keyboard, without scripts."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE
from goldenthread.web.changes import demo
from goldenthread.web.models import Area, Planning, Vision, VisionAsked
from web.screens.browsing import Browser, faults_of

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

NOW = timezone.make_aware(datetime(2026, 11, 28, 12, 30))
HOUSING, ADULTS = "Housing and Communities", "Adults and Health"


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

    def visit(person, width=DESKTOP, scripts=True):
        opened.append(Browser(chromium, person, width, scripts))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


def _addresses():
    """Each page by its name: the role of who looks at it, and where it is."""
    manager, director = "programme_manager", "director"
    housing = Planning.objects.get(unit__name=HOUSING)
    adults = Planning.objects.get(unit__name=ADULTS)
    place = Planning.objects.get(unit__name="Place and Environment")
    panels = Area.objects.get(planning=housing, number="H2")
    parking = Area.objects.get(planning=housing, number="H12")
    signed = Vision.objects.get(planning=housing, number=2)
    draft = Vision.objects.get(planning=adults)
    asked = VisionAsked.objects.get(vision=draft, committee__name="Race Equality Staff Network")

    def to(name, row):
        return reverse(name, kwargs={row._meta.model_name: row.public_id})

    return {
        "priorities": (director, to("priorities", housing)),
        "priorities-none": (manager, to("priorities", place)),
        "priorities-auditor": ("auditor", to("priorities", adults)),
        "area": (director, to("area", panels)),
        "area-withdrawn": (manager, to("area", parking)),
        "add-area": (director, to("add_area", housing)),
        "weigh-area": (director, to("weigh_area", panels)),
        "withdraw-area": (director, to("withdraw_area", panels)),
        "ground-area": (director, to("ground_area", panels)),
        "act-on-area": (director, to("act_on_area", panels)),
        "unjoin-area": (director, to("unjoin_area", panels)),
        "horizons": (director, to("planning_horizons", housing)),
        "vision": (director, to("vision", housing)),
        "vision-draft": (manager, to("vision", adults)),
        "vision-none": (manager, to("vision", place)),
        "write-vision": (director, to("write_vision", housing)),
        "read-again": (director, to("read_vision_again", signed)),
        "ask-about": (manager, to("ask_about_vision", draft)),
        "record-answer": (manager, to("record_vision_answer", draft)),
        "signers": (manager, to("ask_signatures", draft)),
        "paper": (manager, to("record_signature", draft)),
        "withdraw-signer": (manager, to("withdraw_signer", draft)),
        "sign": (director, to("sign_vision", signed)),
        "asked": ("staff_forum_chair", to("vision_asked", asked)),
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
        found = faults_of(browser)
        if found:
            faults[name] = found
    assert faults == {}


def test_on_a_phone_the_matrix_is_read_row_by_row_with_the_name_of_each_column(council, visit):
    role, address = _addresses()["priorities"]
    browser = visit(council.council.holding(role), PHONE)
    browser.open(address)
    cell = browser.page.locator(".gt-matrix td").first
    shown = cell.evaluate("el => getComputedStyle(el, '::before').content")
    assert shown == '"Greatest difference"'
    assert cell.bounding_box()["width"] > 300


def test_a_director_places_an_area_and_signs_a_vision_without_scripts(council, visit):
    director = council.council.people["Grace Whitlock"]
    adults = Planning.objects.get(unit__name=ADULTS)
    browser = visit(director, scripts=False)
    page = browser.page
    page.goto("about:blank")
    browser.open(reverse("priorities", kwargs={"planning": adults.public_id}))
    page.get_by_role("button", name="Place an area").click()
    page.get_by_label("What is the area?").fill("Who is asked to act up")
    page.get_by_label("Most challenging").check()
    page.get_by_label("Greatest difference").check()
    page.get_by_label("Yes, we start with it").check()
    page.get_by_role("button", name="Place it").click()
    assert "1 has no reason" in page.locator("h1").inner_text()
    assert "A6" in page.locator(".gt-matrix td.gt-first").first.inner_text()

    browser.open(reverse("vision", kwargs={"planning": adults.public_id}))
    page.get_by_role("link", name="Ask for signatures").click()
    page.get_by_label("Director of Adults and Health").check()
    page.get_by_role("button", name="Ask them").click()
    page.get_by_role("button", name="Sign it as Director of Adults and Health").click()
    page.get_by_role("button", name="Sign it").click()
    assert page.locator("h1").inner_text() == "Adults and Health: vision signed 28 November 2026"
    assert "Grace Whitlock, Director of Adults and Health" in page.locator("main").inner_text()
