"""A lead on a phone updates five actions by keyboard, without scripts; all pages are accessible.

The measured count of keys is printed by ``-s`` and bounded here: two minutes are about 120 presses
beside the words themselves.

Pictures for the docs: .venv/bin/pytest -n0 tests/web/screens --write-screens
"""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from access import DESKTOP, PHONE, faults
from goldenthread.web.changes import by_link, date_requests, update_links
from goldenthread.web.models import DateRequest, LinkUse, Update, UpdateLink
from goldenthread.web.queries.update_links import address, token
from goldenthread.web.views.link_door import COOKIE
from web.changes.links import SUMMER, sent_link
from web.screens.browsing import Browser
from web.world import AT, ON, action

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

SCREENS = Path(__file__).parents[3] / "docs" / "images" / "screens"
FIVE = [
    action("A mixed, trained panel for every interview at Grade 10 and above", number="B4"),
    action("Publish how many people finish each stage of recruitment", number="B5"),
    action("Give every manager a day’s training in fair recruitment", number="B6"),
    action("Hold listening sessions in every directorate", number="C1", when="Ongoing"),
    action("Write down what happens after a complaint, and say so", number="C2"),
]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def sent(world):
    """A lead with five actions: one red last time, one that goes on, and words from the summer."""
    _lead, link, rows = sent_link(world, *FIVE)
    more = {"cause": "No trainer in post", "step": "Hire a trainer", "due": ON + timedelta(60)}
    said = (
        {"done": "88 of 120 panel members are trained.", "rag": "green", "status": "in_progress"},
        {"done": "The figures are drawn up.", "rag": "green", "status": "in_progress"},
        {"done": "Nothing: there is no trainer.", "rag": "red", "status": "delayed", **more},
        {"done": "Held in four of six.", "rag": "green", "next_review": ON - timedelta(2)},
        {"done": "Drafted, and read by two unions.", "rag": "green", "status": "in_progress"},
    )
    for row, one in zip(rows, said, strict=True):
        world.update(row, at=SUMMER, **one)
        row.refresh_from_db()
    return world, link, rows


@pytest.fixture
def visit(chromium):
    opened = []

    def visit(width=PHONE, scripts=True):
        opened.append(Browser(chromium, None, width, scripts))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


class Hands:
    """Somebody at the keys, who counts them: presses apart from the letters of words."""

    def __init__(self, page):
        self.page, self.presses, self.letters = page, 0, 0

    def press(self, key, times=1):
        for _time in range(times):
            self.page.keyboard.press(key)
            self.presses += 1

    def to(self, what):
        """Go on with the Tab key until this is reached."""
        for _time in range(60):
            if what.evaluate("e => e === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError("The Tab key does not reach it.")

    def enter(self, what):
        self.to(what)
        with self.page.expect_navigation():
            self.press("Enter")

    def type(self, what, words):
        self.to(what)
        self.page.keyboard.type(words)
        self.letters += len(words)

    def choose(self, name, value):
        """Choose of a group with the arrow keys."""
        group = self.page.locator(f"input[type=radio][name={name}]")
        values = group.evaluate_all("all => all.map(e => e.value)")
        now = group.evaluate_all("all => Math.max(0, all.findIndex(e => e.checked))")
        self.to(group.nth(now))
        steps = values.index(value) - now
        self.press("ArrowDown" if steps > 0 else "ArrowUp", abs(steps))

    def day(self, name, day, month, year):
        for part, typed in (("day", day), ("month", month), ("year", year)):
            box = self.page.locator(f"input[name={name}-{part}]")
            self.to(box)
            self.press("Control+a")
            self.page.keyboard.type(typed)
            self.letters += len(typed)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_lead_updates_five_actions_by_keyboard_without_scripts(sent, visit, width):
    _world, link, rows = sent
    browser = visit(width, scripts=False)
    page = browser.open(address(link))
    hands, send = Hands(page), page.get_by_role("button", name="Send my update")
    hands.enter(page.get_by_role("button", name="Start"))
    assert page.get_by_text("0 of 5 done").is_visible()
    hands.enter(page.get_by_role("link", name="B4. A mixed, trained panel"))
    # 1. In words.
    hands.type(page.get_by_label("What was done from July to September 2026?"), "96 are trained.")
    hands.type(page.get_by_label("What changed, and for whom?"), "Every panel is mixed.")
    hands.enter(send)
    assert page.get_by_text("Your update is kept").is_visible()
    # 2. The same as last time, with one press.
    hands.enter(page.get_by_role("button", name="Next: B5"))
    hands.enter(page.get_by_role("button", name="Nothing to add: same as last time"))
    assert page.get_by_text("Unchanged: the same words").is_visible()
    # 3. Still red: what stands in the way is filled in from last time.
    hands.enter(page.get_by_role("button", name="Next: B6"))
    hands.type(page.get_by_label("What was done"), "The post is advertised.")
    hands.enter(send)
    # 4. It goes on, so it needs a day to come back to.
    hands.enter(page.get_by_role("button", name="Next: C1"))
    hands.type(page.get_by_label("What was done"), "Held in six of six.")
    hands.day("next_review", "31", "12", "2026")
    hands.enter(send)
    # 5. Done: its day and what shows it are asked on a page of their own.
    hands.enter(page.get_by_role("button", name="Next: C2"))
    hands.type(page.get_by_label("What was done"), "Published and sent to all.")
    hands.choose("status", "completed")
    hands.enter(send)
    assert page.get_by_role("heading", name="Done: when, and what shows it").is_visible()
    hands.day("completed_on", "30", "9", "2026")
    hands.type(page.locator("#link"), "https://brackenford.example/complaints")
    hands.enter(send)
    assert page.get_by_text("That was the last one").is_visible()
    said = Update.objects.filter(by=link.person).order_by("id")
    assert [one.action for one in said] == rows
    assert [one.same_words for one in _fresh(rows)] == [0, 1, 0, 0, 0]
    assert said[2].recovery.step == "Hire a trainer"
    assert said[4].evidence.get().url == "https://brackenford.example/complaints"
    assert not LinkUse.objects.filter(elsewhere=True).exists()
    assert [one for one in browser.complaints if "404" not in one] == []
    print(f"\n{width} px: {hands.presses} presses beside {hands.letters} letters")
    assert hands.presses <= 130


def _fresh(rows):
    for row in rows:
        row.refresh_from_db()
    return rows


def test_one_action_asks_three_questions_and_what_shows_it(sent, visit):
    """The measured count: five things to fill in where nothing is wrong, and one press for none."""
    _world, link, rows = sent
    page = visit().open(_at(link, "link_answer", rows[0]))
    names = page.locator("#form").locator("input:not([type=hidden]), textarea")
    asked = names.evaluate_all("all => [...new Set(all.map(e => e.name))]")
    assert asked == ["done", "status", "rag", "changed", "link", "file"]


def _at(link, view="update_link", row=None):
    given = {"token": token(link)} | ({"action": row.public_id} if row else {})
    return reverse(view, kwargs=given)


def _check(browser):
    found = faults(browser.page)
    statuses = ("403", "404", "409", "410", "422")
    return found + [
        one for one in browser.complaints if not any(status in one for status in statuses)
    ]


def _shown(sent, visit, folder):
    """Every page of a link in turn, by its name, with its faults; and a picture of each."""
    world, link, rows = sent
    browser, faults = visit(DESKTOP), {}
    page = browser.page

    def look(name):
        if found := _check(browser):
            faults[name] = found
        if folder:
            for width, kind in ((DESKTOP, "desktop"), (PHONE, "phone")):
                page.set_viewport_size({"width": width, "height": 900})
                file = Path(folder) / f"update-link-{name}-{kind}.png"
                page.screenshot(path=file, full_page=True)

    browser.open(address(link))
    look("start")
    page.get_by_role("button", name="Start").click()
    look("actions")
    browser.open(_at(link, "link_answer", rows[0]))
    look("answer")
    page.get_by_role("button", name="Send my update").click()
    look("answer-wrong")
    page.get_by_label("What was done").fill("96 of 120 are trained.")
    page.get_by_label("Amber").check()
    page.get_by_role("button", name="Send my update").click()
    look("more")
    page.get_by_label("What stands in the way?").fill("No room is large enough.")
    page.get_by_label("What will put it right?").fill("Hire the town hall.")
    for part, typed in (("day", "1"), ("month", "12"), ("year", "2026")):
        page.locator(f"[name=due-{part}]").fill(typed)
    page.get_by_role("button", name="Send my update").click()
    look("kept")
    browser.open(_at(link, "link_take_back", rows[0]))
    look("take-back")
    page.get_by_role("button", name="Take it back").click()
    look("taken-back")
    browser.open(_at(link, "link_answer", rows[2]))
    look("answer-red")
    browser.open(_at(link, "link_answer", rows[1]))
    world.update(rows[1], done="Said in the workspace meanwhile.")
    page.get_by_label("What was done").fill("Said on the phone.")
    page.get_by_role("button", name="Send my update").click()
    look("two-at-once")
    browser.open(_at(link, "link_ask_date", rows[3]))
    look("ask-date")
    given = {"by": link.person, "link": link, "at": AT}
    by_link.ask_for_date(action=rows[4], new="30 June 2027", reason="The unions ask", **given)
    date_requests.decide_date(
        by=world.manager,
        request=DateRequest.objects.get(),
        version=1,
        agreed=False,
        answer="Cabinet was promised March, and the form is ready.",
        at=AT,
    )
    browser.open(_at(link, "link_answer", rows[4]))
    look("date-refused")
    browser.open(_at(link, "link_not_mine", rows[3]))
    look("not-mine")
    browser.open(_at(link, "link_answer", rows[3]))
    page.get_by_label("What was done").fill("Typed with care, while the round closed.")
    UpdateLink.objects.filter(pk=link.pk).update(expires_at=AT)
    page.get_by_role("button", name="Send my update").click()
    look("expired")
    page.get_by_role("button", name="Ask for a new link").click()
    look("again")
    browser.open(f"{address(link)[:-2]}/")
    look("altered")
    newest = UpdateLink.objects.first()
    update_links.withdraw_link(by=world.manager, link=newest, version=newest.version, at=AT)
    browser.open(address(newest))
    look("withdrawn")
    return faults


def test_pictures_of_the_docs_are_there(sent, visit, request):
    _world, link, rows = sent
    browser = visit(DESKTOP)
    browser.open(address(link)).get_by_role("button", name="Start").click()
    said = {"done": "96 of 120 are trained.", "status": "in_progress", "rag": "green"}
    given = {"by": link.person, "link": link, "at": AT, "version": rows[0].version}
    by_link.update_by_link(action=rows[0], mark=_mark(browser), **given, **said)
    pages = {
        "actions": _at(link, "link_actions"),
        "answer": _at(link, "link_answer", rows[1]),
        "kept": _at(link, "link_kept", rows[0]),
    }
    browser.page.set_viewport_size({"width": PHONE, "height": 900})
    for name, where in pages.items():
        file = SCREENS / f"update-link-{name}-phone.png"
        if request.config.getoption("--write-screens"):
            browser.open(where).screenshot(path=file, full_page=True)
        assert file.is_file(), name


def _mark(browser):
    return browser.client.cookies[COOKIE].value


def test_what_the_sender_sees_is_accessible_and_fits_a_phone(sent, visit, chromium, request):
    world, link, rows = sent
    given = {"by": link.person, "link": link, "at": AT}
    by_link.begin(mark="first", **given)
    by_link.update_by_link(
        action=rows[0], version=rows[0].version, done="Trained", mark="second", **given
    )
    by_link.say_not_mine(action=rows[1], whose="Head of Policy", mark="first", **given)
    asked = by_link.ask_for_date(
        action=rows[2], new="30 June 2027", reason="The trainer begins in May", **given
    )
    browser = Browser(chromium, world.manager)
    try:
        faults = {}
        for view, of in (
            ("round_links", {"round": link.round.public_id}),
            ("link_page", {"updatelink": link.public_id}),
            ("withdraw_link", {"updatelink": link.public_id}),
            ("date_requests", {}),
            ("decide_date", {"daterequest": asked.public_id}),
            ("action", {"action": rows[0].public_id}),
        ):
            browser.open(reverse(view, kwargs=of))
            if found := _check(browser):
                faults[view] = found
            if folder := request.config.getoption("--every-screen"):
                for width, kind in ((DESKTOP, "desktop"), (PHONE, "phone")):
                    browser.page.set_viewport_size({"width": width, "height": 900})
                    file = Path(folder) / f"links-{view}-{kind}.png"
                    browser.page.screenshot(path=file, full_page=True)
        assert faults == {}
    finally:
        browser.context.close()


def test_every_page_of_a_link_is_accessible_and_fits_a_phone(sent, visit, request):
    assert _shown(sent, visit, request.config.getoption("--every-screen")) == {}
