"""The rounds of updates in a real browser: the morning of a programme manager, on each width.

Pictures for the docs: .venv/bin/pytest -n0 tests/web/screens --write-screens
"""

from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE
from goldenthread.web.changes import demo, rounds
from goldenthread.web.models import Action, Cadence, Mail, Round, Unit
from web.screens.browsing import Browser, faults_of

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

# The window of Quarter 2, 2026/27 is open for two days more.
NOW = timezone.make_aware(datetime(2026, 10, 12, 10))
SCREENS = Path(__file__).parents[3] / "docs" / "images" / "screens"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def council(world):
    demo.half_way(world.council)
    rounds.keep_cadence(
        by=world.manager, of=Action.objects.get(number="B4"), months=1, version=0, at=NOW
    )
    rounds.end_cadence(by=world.manager, cadence=Cadence.objects.get(), version=1, at=NOW)
    rounds.keep_cadence(by=world.manager, of=world.unit("Resources"), months=6, version=0, at=NOW)
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
    """Each page by its name: who looks at it, and where it is."""
    now = Round.objects.get(closed_at__isnull=True)
    before = Round.objects.filter(closed_at__isnull=False).first()
    of, cadence = {"round": now.public_id}, Cadence.objects.get(ended_at__isnull=True)
    unit = Unit.objects.get(parent__isnull=True)
    action, plan = Action.objects.get(number="B4"), now.unit.plans.first()
    page = reverse("round", kwargs=of)
    return {
        "rounds": ("manager", reverse("rounds")),
        "round": ("manager", page),
        "round-silent": ("manager", page + "?mark=silent"),
        "round-nothing": ("manager", page + "?state=overdue"),
        "round-closed": ("manager", reverse("round", kwargs={"round": before.public_id})),
        "round-director": ("director", page),
        "keep-open": ("manager", reverse("keep_round_open", kwargs=of)),
        "close-round": ("manager", reverse("close_round", kwargs=of)),
        "cadences": ("manager", reverse("cadences")),
        "unit-cadence": ("manager", reverse("unit_cadence", kwargs={"unit": unit.public_id})),
        "plan-cadence": ("manager", reverse("plan_cadence", kwargs={"plan": plan.public_id})),
        "action-cadence": (
            *("manager", reverse("action_cadence", kwargs={"action": action.public_id})),
        ),
        "end-cadence": ("manager", reverse("end_cadence", kwargs={"cadence": cadence.public_id})),
        "home-manager": ("manager", reverse("workspace_home")),
        "home-director": ("director", reverse("workspace_home")),
        "home-lead": ("lead", reverse("workspace_home")),
    }


PICTURES = ("rounds", "round", "cadences")


def _who(world, name):
    return {
        "manager": world.manager,
        "director": world.council.holding("director"),
        "lead": world.council.holding("lead_officer"),
    }[name]


def _check(browser):
    """Accessible and within the window at each width; returns every fault."""
    return faults_of(browser)


def test_every_page_is_accessible_and_fits_a_phone(council, visit):
    faults = {}
    browsers = {name: visit(_who(council, name)) for name in ("manager", "director", "lead")}
    for name, (person, address) in _addresses().items():
        browser = browsers[person]
        browser.complaints.clear()
        assert "Sign in" not in browser.open(address).title()
        assert browser.statuses[-1] == 200, name
        if found := _check(browser):
            faults[name] = found
    assert faults == {}


def test_pictures_of_the_docs_are_there(council, visit, request):
    addresses = _addresses()
    for width, kind in ((DESKTOP, "desktop"), (PHONE, "phone")):
        for name in PICTURES:
            file = SCREENS / f"workspace-{name}-{kind}.png"
            if request.config.getoption("--write-screens"):
                person, address = addresses[name]
                page = visit(_who(council, person), width).open(address)
                page.screenshot(path=file, full_page=True)
            assert file.is_file(), name


def test_without_scripts_a_manager_sends_the_links_and_a_second_press_sends_nothing(council, visit):
    page = visit(council.manager, PHONE, scripts=False).open(_addresses()["round"][1])
    due = page.get_by_role("button", name="Send links to the")
    leads = int(due.inner_text().split()[4])
    assert leads > 2
    due.click()
    assert page.get_by_text(f"Links go to {leads} leads.").is_visible()
    assert Mail.objects.filter(kind="update_link").count() == leads
    assert page.get_by_text("Everybody who is due was sent a link today").is_visible()
    page.get_by_role("button", name="Send link").first.click()
    assert page.get_by_text("was sent a link today, so nothing was sent").is_visible()
    assert Mail.objects.count() == leads


def test_the_counts_of_the_screen_lead_to_what_they_count(council, visit):
    page = visit(council.manager).open(_addresses()["round"][1])
    names = page.locator(".gt-chip").all_inner_texts()
    for name in names:
        number = name.strip().rsplit(maxsplit=1)[-1]
        if number.isdecimal() and int(number) <= 12 and "without a word" not in name:
            page.get_by_role("link", name=name.strip(), exact=True).click()
            assert page.locator(".gt-chase li").count() == int(number), name
            page.go_back()
