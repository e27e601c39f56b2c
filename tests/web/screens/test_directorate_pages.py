"""The six steps in a real browser: overview, board, sign-off and the council's own steps."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.changes import demo
from goldenthread.web.models import Planning
from web.screens.browsing import DESKTOP, PHONE, SMALL, Browser

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

# Some steps are behind their first day by now, and another comes within two weeks.
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

    def visit(person, width=DESKTOP, scripts=True):
        opened.append(Browser(chromium, person, width, scripts))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


def _addresses():
    """Each page by its name: the role of who looks at it, and where it is."""
    manager, director = "programme_manager", "director"
    housing = Planning.objects.get(unit__name="Housing and Communities")
    resources = Planning.objects.get(unit__name="Resources")

    def to(name, planning=None, of=""):
        given = {"planning": planning.public_id} if planning else {}
        return reverse(name, kwargs=given) + (f"?of={of}" if of else "")

    return {
        "overview": (manager, to("directorates")),
        "overview-director": (director, to("directorates")),
        "overview-auditor": ("auditor", to("directorates")),
        "board": (director, to("directorate", housing)),
        "board-behind": (manager, to("directorate", resources)),
        "board-auditor": ("auditor", to("directorate", housing)),
        "step": (director, to("planning_step", housing, "measures")),
        "plan-step": (director, to("plan_step", housing, "measures")),
        "sign-step": (director, to("sign_step", housing, "measures")),
        "reopen-step": (director, to("reopen_step", housing, "vision")),
        "name-plan": (manager, to("name_plan", housing)),
        "begin": (manager, to("begin_planning")),
        "steps": (manager, to("steps")),
        "steps-auditor": ("auditor", to("steps")),
        "change-step": (manager, to("change_step", of="measures")),
        "add-step": (manager, to("change_step")),
        "order-steps": (manager, to("order_steps")),
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
        found = list(browser.complaints)
        for width in (DESKTOP, PHONE, SMALL):
            browser.page.set_viewport_size({"width": width, "height": 900})
            if width != SMALL:
                found += [f"{width}: {one}" for one in browser.violations()]
            if browser.sideways() > 0:
                found.append(f"{width}: {browser.sideways()} pixels beyond the edge")
        if found:
            faults[name] = found
    assert faults == {}
