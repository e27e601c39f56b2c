"""The register, an action, its forms, people and the audit in a real browser.

Pictures for the docs: .venv/bin/pytest -n0 tests/web/screens --write-screens
"""

from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE, faults, sideways, violations
from goldenthread.web.changes import demo
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action, Grant, Link, Person, Post, Unit
from web.screens.browsing import Browser, unreached

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

# Half way through the programme's life, when every page has something to show.
NOW = timezone.make_aware(datetime(2026, 10, 12, 10))
SCREENS = Path(__file__).parents[3] / "docs" / "images" / "screens"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def council(world):
    demo.half_way(world.council)
    plans.link(
        by=world.manager,
        from_=_action(),
        to=_action("B3"),
        meaning="serves",
        since=timezone.localdate(),
        at=NOW,
    )
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


def _action(number="B4"):
    return Action.objects.get(number=number)


def _addresses():
    """Each page by its name: who looks at it, and where it is."""
    b4 = {"action": _action().public_id}
    plan = {"plan": _action().plan.public_id}
    rec = {"recommendation": _action().recommendation.public_id}
    link = {"link": Link.objects.get().public_id}
    grant = Grant.objects.exclude(role="administrator").first().public_id
    post = Post.objects.get(title="Head of Learning").public_id
    unit = {"unit": Unit.objects.get(name="Housing and Communities").public_id}
    person = {"person": Person.objects.get(name="Joanna Osei").public_id}
    return {
        "register": ("manager", reverse("register")),
        "register-late": ("manager", reverse("register") + "?standing=late"),
        "register-search": ("manager", reverse("register") + "?search=panel"),
        "register-nothing": ("manager", reverse("register") + "?search=zzz"),
        "register-empty": ("manager", reverse("register") + "?search=panel&mark=nobody"),
        "action": ("manager", reverse("action", kwargs=b4)),
        "update": ("manager", reverse("add_update", kwargs=b4)),
        "move-date": ("manager", reverse("move_date", kwargs=b4)),
        "hand-over": ("manager", reverse("hand_over", kwargs=b4)),
        "wording": ("manager", reverse("reword_action", kwargs=b4)),
        "bring-back": ("manager", reverse("bring_back", kwargs=plan)),
        "recommendation": ("manager", reverse("recommendation", kwargs=rec)),
        "add-action": ("manager", reverse("add_action", kwargs=rec)),
        "join": ("manager", reverse("join_action", kwargs=b4) + "?search=panel"),
        "join-nothing": ("manager", reverse("join_action", kwargs=b4) + "?search=zzz"),
        "join-recommendation": ("manager", reverse("join_recommendation", kwargs=rec)),
        "end-link": ("manager", reverse("end_link", kwargs=link)),
        "ratings": ("manager", reverse("ratings")),
        "change-ratings": ("manager", reverse("change_ratings")),
        "people": ("administrator", reverse("people")),
        "add-person": ("administrator", reverse("add_person")),
        "give-role": ("administrator", reverse("give_role")),
        "end-role": ("administrator", reverse("end_role", kwargs={"grant": grant})),
        "posts": ("administrator", reverse("posts")),
        "add-post": ("administrator", reverse("add_post")),
        "appoint": ("administrator", reverse("appoint_holder", kwargs={"post": post})),
        "units": ("administrator", reverse("units")),
        "add-unit": ("administrator", reverse("add_unit")),
        "rename-unit": ("administrator", reverse("rename_unit", kwargs=unit)),
        "move-unit": ("administrator", reverse("move_unit", kwargs=unit)),
        "end-unit": ("administrator", reverse("end_unit", kwargs=unit)),
        "change-post": ("administrator", reverse("change_post", kwargs={"post": post})),
        "end-post": ("administrator", reverse("end_post", kwargs={"post": post})),
        "close-account": ("administrator", reverse("close_account", kwargs=person)),
        "open-account": ("administrator", reverse("open_account_again", kwargs=person)),
        "who-may": ("manager", reverse("who_may")),
        "audit": ("administrator", reverse("audit")),
        "audit-checked": ("administrator", reverse("audit_checked")),
        "refused": ("manager", reverse("audit")),
    }


PICTURES = ("register", "action", "update", "ratings")


def _check(browser):
    """Accessible and within the window at each width; returns every fault."""
    return faults(browser.page) + [one for one in browser.complaints if "403" not in one]


def test_every_page_is_accessible_and_fits_a_phone(council, visit):
    faults = {}
    browsers = {name: visit(getattr(council, name)) for name in ("manager", "administrator")}
    for name, (person, address) in _addresses().items():
        browser = browsers[person]
        browser.complaints.clear()
        title = browser.open(address).title()
        assert "Sign in" not in title
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
                page = visit(getattr(council, person), width).open(address)
                page.screenshot(path=file, full_page=True)
            assert file.is_file(), name


def test_an_account_is_closed_without_scripts_after_it_was_checked(council, visit):
    browser = visit(council.administrator, PHONE, scripts=False)
    page = browser.open(reverse("people"))
    page.get_by_role("link", name="Close the account of Joanna Osei").click()
    page.get_by_label("They have left the council").check()
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_text("Check before you do this").is_visible()
    page.get_by_role("button", name="Close this account").click()
    assert page.get_by_text("The account was closed.").is_visible()
    assert not Person.objects.get(name="Joanna Osei").is_active


def _fill(page, words):
    for label, typed in words.items():
        page.get_by_label(label, exact=True).fill(typed)


def test_without_scripts_an_action_is_found_updated_and_done(council, visit):
    browser = visit(council.manager, PHONE, scripts=False)
    page = browser.open(reverse("register"))
    page.get_by_role("link", name="Late 5").click()
    assert page.get_by_role("rowheader").count() == 5
    page.get_by_role("link", name="Mixed panels for senior interviews").click()
    page.get_by_role("button", name="Add an update").click()
    page.get_by_label("Done", exact=True).check()
    page.get_by_role("button", name="Add this update").click()
    page.get_by_role("link", name="Give a file or a link that shows it.").click()
    page.get_by_role("link", name="Say what was done").click()
    _fill(page, {"What was done?": "All 120 are trained"})
    _fill(page, {"What is it?": "Register", "A link to it": "https://brackenford.example/r"})
    done = page.get_by_role("group", name="On which day was it done?")
    for box, typed in (("Day", "9"), ("Month", "October"), ("Year", "2026")):
        done.get_by_label(box).fill(typed)
    page.get_by_role("button", name="Add this update").click()
    assert page.get_by_text("Your update was added").is_visible()
    assert _action().status == "completed"
    assert [one for one in browser.complaints if "422" not in one] == []


def test_the_page_that_checks_a_deed_is_accessible(council, visit):
    browser = visit(council.administrator)
    page = browser.open(_addresses()["close-account"][1])
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_text("Check before you do this").is_visible()
    assert _check(browser) == []


def test_a_refused_form_and_both_versions_are_accessible(council, visit):
    browser = visit(council.manager)
    page = browser.open(reverse("add_update", kwargs={"action": _action().public_id}))
    page.get_by_role("button", name="Add this update").click()
    assert page.title().startswith("Error:")
    assert violations(browser.page) == []
    council.update(_action(), at=timezone.now(), done="Theirs")
    _fill(page, {"What was done?": "Mine"})
    page.get_by_role("button", name="Add this update").click()
    # The form that came back is of the version that it was made from.
    assert page.get_by_role("heading", name="What stands now").is_visible()
    assert page.get_by_label("What was done?").input_value() == "Mine"
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(browser.page) == []
        assert sideways(browser.page) <= 0


@pytest.mark.parametrize("name", ["register", "action", "update", "people"])
def test_every_control_is_reached_by_the_tab_key_and_shows_it(council, visit, name):
    person, address = _addresses()[name]
    page = visit(getattr(council, person)).open(address)
    assert unreached(page) == []
