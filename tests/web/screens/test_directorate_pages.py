"""The six steps in a real browser: overview, board, sign-off and the council's own steps.

Pictures for the docs: .venv/bin/pytest -n0 tests/web/screens --write-screens
"""

from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE
from goldenthread.web.changes import demo
from goldenthread.web.models import Planning
from web.screens.browsing import Browser, faults_of

SCREENS = Path(__file__).parents[3] / "docs" / "images" / "screens"
# The pages that the how-tos show: each by the name of its picture.
PICTURES = {
    "directorates": lambda _of: reverse("directorates"),
    "board": lambda of: reverse("directorate", kwargs=of),
    "listen": lambda of: reverse("listen_page", kwargs=of),
    "figures": lambda of: reverse("figures_page", kwargs=of),
    "priorities": lambda of: reverse("priorities", kwargs=of),
    "vision": lambda of: reverse("vision", kwargs=of),
    "define-measures": lambda of: reverse("planning_measures", kwargs=of),
    "review-of-a-year": lambda of: reverse("planning_review", kwargs=of),
    "two-tiers": lambda _of: reverse("two_tiers"),
}
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
        found = faults_of(browser)
        if found:
            faults[name] = found
    assert faults == {}


def test_pictures_of_the_docs_are_there(council, visit, request):
    of = {"planning": Planning.objects.get(unit__name="Housing and Communities").public_id}
    for width, kind in ((DESKTOP, "desktop"), (PHONE, "phone")):
        browser = None
        for name, address in PICTURES.items():
            file = SCREENS / f"workspace-{name}-{kind}.png"
            if request.config.getoption("--write-screens"):
                browser = browser or visit(council.council.holding("programme_manager"), width)
                page = browser.open(address(of))
                # The top of a page is what a how-to speaks of; the rest is in the demonstration.
                tall = min(page.evaluate("document.documentElement.scrollHeight"), 1_600)
                shown = {"x": 0, "y": 0, "width": width, "height": tall}
                page.screenshot(path=file, full_page=True, clip=shown)
            assert file.is_file(), name
