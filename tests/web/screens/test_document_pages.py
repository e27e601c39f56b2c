"""How documents are read, in a real browser: what is known of them, and a draft that asks.

Pictures for the docs: .venv/bin/pytest -n0 tests/web/screens --write-screens
"""

from pathlib import Path

import pytest
from django.urls import reverse

from access import DESKTOP, PHONE
from goldenthread.web.changes import habits
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Habit
from web.changes.test_habits import keep, receive
from web.screens.browsing import Browser, faults_of
from web.world import AT, DAY

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]
SCREENS = Path(__file__).parents[3] / "docs" / "images" / "screens"


@pytest.fixture
def visit(chromium):
    opened = []

    def visit(person, width=DESKTOP, scripts=True):
        opened.append(Browser(chromium, person, width, scripts))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


@pytest.fixture
def learned(world):
    """A council that has confirmed some of its words, and a draft that asks for more."""
    draft = receive(world, name="Inclusion tracker.csv")
    for words, meaning in (("Kitty", "other"), ("Sunny", "completed")):
        asked = draft.questions.get(words=words)
        plans.answer_question(
            by=world.manager,
            question=asked,
            version=1,
            answer="means",
            put={"meaning": meaning},
            remember=True,
            at=AT,
        )
    keep(world, "lead", "The Pod", "post", full="Head of Policy")
    keep(world, "lead", "Windrush Forum", "body", unit=world.unit("Housing and Communities"))
    keep(world, "colour", "purple", "on_hold")
    first = keep(world, "status", "Stalled", "delayed")
    habits.change_habit(by=world.manager, habit=first, version=1, meaning="on_hold", at=AT + DAY)
    return draft


def _addresses(draft):
    lead = {"habit": Habit.objects.get(words="The Pod").public_id}
    status = {"habit": Habit.objects.get(words="Stalled", ended_at=None).public_id}
    return {
        "habits": ("manager", reverse("habits_page")),
        "habits-read-only": ("publisher", reverse("habits_page")),
        "add-heading": ("manager", reverse("add_habit") + "?about=column"),
        "add-lead": ("manager", reverse("add_habit") + "?about=lead"),
        "add-status": ("manager", reverse("add_habit") + "?about=status"),
        "add-colour": ("manager", reverse("add_habit") + "?about=colour"),
        "change-lead": ("manager", reverse("change_habit", kwargs=lead)),
        "change-status": ("manager", reverse("change_habit", kwargs=status)),
        "remove-habit": ("manager", reverse("remove_habit", kwargs=lead)),
        "bring-profile": ("manager", reverse("bring_profile")),
        "draft-words": ("manager", reverse("draft", kwargs={"draft": draft.public_id})),
        "draft-words-read-only": (
            "publisher",
            reverse("draft", kwargs={"draft": draft.public_id}),
        ),
    }


PICTURES = ("habits", "draft-words")


def _check(browser):
    """Accessible and within the window at each width; returns every fault."""
    return faults_of(browser)


def test_every_page_is_accessible_and_fits_a_phone(world, learned, visit):
    faults = {}
    browsers = {name: visit(getattr(world, name)) for name in ("manager", "publisher")}
    for name, (person, address) in _addresses(learned).items():
        browser = browsers[person]
        browser.complaints.clear()
        assert "Sign in" not in browser.open(address).title()
        if found := _check(browser):
            faults[name] = found
    assert faults == {}


def test_the_empty_page_is_accessible_too(world, visit):
    browser = visit(world.manager)
    browser.open(reverse("habits_page"))
    assert _check(browser) == []


def test_pictures_of_the_docs_are_there(world, learned, visit, request):
    addresses = _addresses(learned)
    for width, kind in ((DESKTOP, "desktop"), (PHONE, "phone")):
        for name in PICTURES:
            file = SCREENS / f"workspace-{name}-{kind}.png"
            if request.config.getoption("--write-screens"):
                person, address = addresses[name]
                page = visit(getattr(world, person), width).open(address)
                page.screenshot(path=file, full_page=True)
            assert file.is_file(), name


def test_a_habit_is_added_changed_and_taken_out_without_scripts(world, visit):
    browser = visit(world.manager, PHONE, scripts=False)
    page = browser.open(reverse("habits_page"))
    page.get_by_role("link", name="Add a name").click()
    page.get_by_label("Which name stands as a lead?").fill("Reach")
    page.get_by_label("A body", exact=False).check()
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_text("Check before you do this").is_visible()
    page.get_by_role("button", name="Keep this").click()
    assert page.get_by_text("Kept. The next document is read with it.").is_visible()
    page.get_by_role("link", name="Change Reach").click()
    page.get_by_label("A post").check()
    page.get_by_label("In full, if that is a short form").fill("Head of Outreach")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Change it").click()
    assert page.get_by_text("A post: Head of Outreach").first.is_visible()
    page.get_by_role("link", name="Take out Reach").click()
    page.get_by_role("button", name="Take it out").click()
    assert page.get_by_text("Taken out. The next document is read without it.").is_visible()
    assert not Habit.objects.filter(ended_at=None).exists()


def test_a_profile_is_checked_before_it_is_taken_in_and_refused_in_words(world, visit):
    browser = visit(world.manager)
    page = browser.open(reverse("bring_profile"))
    wrong = {"name": "plan.json", "mimeType": "application/json", "buffer": b"{}"}
    page.set_input_files("input[type=file]", wrong)
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_text("This is no profile of habits that we know.").first.is_visible()
    browser.complaints.clear()
    assert _check(browser) == []
    text = b'{"schema": "goldenthread.habits/1", "statuses": {"Live": "in_progress"}}'
    right = {"name": "ours.json", "mimeType": "application/json", "buffer": text}
    page.set_input_files("input[type=file]", right)
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_text("“Live” is added: In progress.").is_visible()
    assert _check(browser) == []
    page.get_by_role("button", name="Take them in").click()
    assert page.get_by_text("The profile was taken in.").is_visible()
