"""Every page of walk (a) in a real browser, as the demonstration serves it.

Accessible and never wider than its window, on a desktop and on a phone, in its ordinary state and
in that of a mistake. Pictures for the docs: .venv/bin/pytest -n0 tests/screens --write-screens
"""

import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from access import PHONE
from visitor import Visitor

pytestmark = pytest.mark.needs_program("chromium", "chromium")
SCREENS = Path(__file__).parents[2] / "docs" / "images" / "screens"
MANAGER, PUBLISHER, LEAD, ADMINISTRATOR = (
    *("Priya Raman", "Daniel Achebe"),
    *("Marianne Holt", "Ivan Petrov"),
)


def to(path):
    return lambda visitor: visitor.open(path)


def first(selector):
    """Press the first of these, and wait until the page that comes of it is there."""

    def pressed(visitor):
        visitor.page.locator(selector).first.click()
        visitor.page.wait_for_load_state("load")

    return pressed


def follow(words):
    return lambda visitor: visitor.follow(words)


def press(words):
    return lambda visitor: visitor.press(words)


def fill(field, words):
    """Type into a field that is known by its name, or by its label where it has words."""
    if " " in field or field[:1].isupper():
        return lambda visitor: visitor.page.get_by_label(field).first.fill(words)
    return lambda visitor: visitor.page.locator(f"[name={field}]").fill(words)


def then(path):
    """The same address with more behind it."""
    return lambda visitor: visitor.page.goto(visitor.page.url + path)


def typed_in_a_workbook(visitor):
    """Take the plan away as a workbook, type into it, and send it where it is brought back."""
    page = visitor.page
    page.get_by_label("Excel (.xlsx)").check()
    with page.expect_download() as given:
        visitor.press("Make the file")
    book = openpyxl.load_workbook(io.BytesIO(given.value.path().read_bytes()))
    sheet = book["Plan"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(sheet.iter_rows(min_row=2), 2):
        said = TYPED.get(row[heads["Action no."] - 1].value, {})
        for heading, words in said.items():
            sheet.cell(number, heads[heading]).value = words
    file = io.BytesIO()
    book.save(file)
    visitor.follow("Bring back a workbook")
    content = {"name": "plan.xlsx", "mimeType": "", "buffer": file.getvalue()}
    page.set_input_files("[name=file]", content)
    visitor.press("See what was typed")


# One row to take, one that lacks its day and evidence, and a cell that is no date.
TYPED = {
    "B4": {"What was done": "104 of 120 panel members are trained.", "RAG": "Green"},
    "B8": {"What was done": "Offered to all since November.", "Status": "Completed"},
    "C6": {"Forecast": "when we can"},
}
HOME, PLANS, NEW = "/workspace/", "/workspace/plans/", "/workspace/plans/new/"
WAITING = follow("Edition 4 of Race Equality Action Plan")
EARLIEST = follow("Edition 1 of Race Equality Action Plan")
GOES = "Ask for it to be taken down"
DRAFT = follow("plan.docx")
WORDS = "What the public page says"
WORKBOOK = follow("Bring back a workbook that people typed into")
TAKE_AWAY = follow("Take it away as Word, Excel or PDF")
REVISED = follow("Race equality action plan, revised.docx")
DIFFERS = first("a:text('See what differs from the plan')")

# Who walks where; the last step opens the page that is meant.
PAGES = {
    "sign-in": (None, [to("/account/sign-in/")]),
    "sign-in-mistake": (None, [to("/account/sign-in/"), press("Sign in")]),
    "forgotten": (None, [to("/account/password/forgotten/")]),
    "people-of-the-demonstration": (None, [to("/workspace/demonstration")]),
    "published-plans": (None, [to("/plans")]),
    "public-home-served": (None, [to("/")]),
    "public-missing": (None, [to("/nothing")]),
    "public-what-changed": (None, [to("/"), follow("What changed")]),
    "public-earlier-edition": (None, [to("/editions"), follow("Edition 2")]),
    "public-misunderstood": (None, [to("/%00")]),
    "public-words": (MANAGER, [to(PLANS), first(".gt-ends a"), follow(WORDS)]),
    "public-words-mistake": (
        MANAGER,
        [
            *(to(PLANS), first(".gt-ends a"), follow(WORDS)),
            *(fill("coming", "Soon: Cabinet"), press("Keep these words")),
        ],
    ),
    "public-words-of-all": (
        MANAGER,
        [to(PLANS), first(".gt-ends a"), follow(WORDS), follow("Brackenford Borough Council")],
    ),
    "today": (MANAGER, [to(HOME)]),
    "today-publisher": (PUBLISHER, [to(HOME)]),
    "today-lead": (LEAD, [to(HOME)]),
    "today-administrator": (ADMINISTRATOR, [to(HOME)]),
    "sign-out": (MANAGER, [to("/account/sign-out/")]),
    "change-password": (MANAGER, [to("/account/password/")]),
    "plans": (MANAGER, [to(PLANS)]),
    "receive": (MANAGER, [to(NEW)]),
    "receive-mistake": (MANAGER, [to(NEW), press("Read it")]),
    "draft": (MANAGER, [to(PLANS), DRAFT]),
    "draft-row": (MANAGER, [to(PLANS), DRAFT, follow("Row 4 has a question")]),
    "draft-row-mistake": (
        MANAGER,
        [
            *(to(PLANS), DRAFT, follow("Row 4 has a question")),
            *(fill("When", "xyz"), press("Settle this row")),
        ],
    ),
    "draft-row-read-only": (PUBLISHER, [to(HOME), DRAFT, follow("Row 4 has a question")]),
    "adopt-too-early": (MANAGER, [to(PLANS), DRAFT, then("adopt/")]),
    "later-draft": (MANAGER, [to(PLANS), REVISED]),
    "later-version": (MANAGER, [to(PLANS), REVISED, DIFFERS]),
    "later-version-mistake": (
        MANAGER,
        [to(PLANS), REVISED, DIFFERS, press("Keep these choices")],
    ),
    "later-version-read-only": (PUBLISHER, [to(HOME), REVISED, DIFFERS]),
    "take-over-too-early": (MANAGER, [to(PLANS), REVISED, DIFFERS, then("take-over/")]),
    "set-aside-draft": (MANAGER, [to(PLANS), DRAFT, follow("Set it aside")]),
    "plan": (MANAGER, [to(PLANS), first(".gt-ends a")]),
    "export": (
        MANAGER,
        [to(PLANS), first(".gt-ends a"), TAKE_AWAY],
    ),
    "export-mistake": (
        MANAGER,
        [
            *(to(PLANS), first(".gt-ends a"), TAKE_AWAY),
            lambda visitor: visitor.page.get_by_label("PDF, tagged").check(),
            lambda visitor: visitor.page.set_input_files(
                "[name=template]", {"name": "t.docx", "mimeType": "", "buffer": b"PK"}
            ),
            press("Make the file"),
        ],
    ),
    "bring-back": (MANAGER, [to(PLANS), first(".gt-ends a"), WORKBOOK]),
    "bring-back-mistake": (
        MANAGER,
        [to(PLANS), first(".gt-ends a"), WORKBOOK, press("See what was typed")],
    ),
    "brought-back": (MANAGER, [to(PLANS), first(".gt-ends a"), TAKE_AWAY, typed_in_a_workbook]),
    "adopt-edition": (MANAGER, [to(PLANS), first(".gt-ends a"), follow("Make an edition")]),
    "edition": (PUBLISHER, [to(HOME), WAITING]),
    "edition-not-yours": (MANAGER, [to(HOME), WAITING]),
    "take-down": (PUBLISHER, [to(PLANS), EARLIEST, follow(GOES)]),
    "take-down-mistake": (
        PUBLISHER,
        [to(PLANS), EARLIEST, follow(GOES), press("Ask the second person")],
    ),
    "publish": (PUBLISHER, [to(HOME), WAITING, follow("Publish this edition")]),
    "set-aside-edition": (PUBLISHER, [to(HOME), WAITING, follow("Set it aside")]),
    "set-aside-mistake": (
        PUBLISHER,
        [to(HOME), WAITING, follow("Set it aside"), press("Set it aside")],
    ),
    "as-public": (PUBLISHER, [to(HOME), WAITING, follow("Read it as the public will")]),
    "refused": (MANAGER, [to(HOME), WAITING, then("publish/")]),
    "workspace-missing": (MANAGER, [to("/workspace/plans/nonesuch/")]),
}
PICTURES = (
    *("today", "people-of-the-demonstration", "draft-row", "edition", "public-words"),
    *("later-version", "brought-back"),
)


@pytest.fixture
def walk(chromium, demonstration):
    """A function that walks to a page as somebody, and gives them at their browser."""
    here = []

    def walked(name, **more):
        who, steps = PAGES[name]
        visitor = Visitor(chromium, demonstration.address, **more)
        here.append(visitor)
        if who:
            visitor.be(who)
        for step in steps:
            step(visitor)
        return visitor

    yield walked
    for visitor in here:
        visitor.leave()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_violation_and_no_sideways_scroll(walk, name):
    visitor = walk(name)
    expect(visitor.page.locator("h1")).to_have_count(1)
    assert visitor.faults() == []


@pytest.mark.parametrize("name", ["today", "draft-row", "edition", "receive-mistake"])
def test_everything_that_can_be_used_is_reached_by_the_tab_key_and_seen(walk, name):
    page = walk(name).page
    usable = page.locator("a[href], button, select, textarea, summary, input:not([type=hidden])")
    # Of a group of radios the key reaches one; what is folded away is reached once it is opened.
    wanted = usable.evaluate_all(
        "all => all.filter(one => one.type != 'radio' && one.checkVisibility()).length"
    )
    look = """() => {
        const e = document.activeElement, s = getComputedStyle(e);
        // The circle of a radio is drawn by its label.
        const t = e.type == 'radio' ? getComputedStyle(e.nextElementSibling, '::before') : s;
        e.dataset.reached = 'yes';
        return [e.tagName, s.outlineColor + s.boxShadow + s.backgroundColor + t.boxShadow];
    }"""
    for _ in range(200):
        page.keyboard.press("Tab")
        tag, seen = page.evaluate(look)
        if tag == "BODY":
            break
        assert "255, 221, 0" in seen
    assert page.locator("[data-reached]:not([type=radio]):not(body)").count() == wanted


def test_a_person_settles_a_row_by_keyboard_alone(walk, bundled_plan, tmp_path):
    # A draft of its own: the pages above need the other one unsettled.
    file = tmp_path / "another.docx"
    shutil.copy(bundled_plan, file)
    visitor = walk("receive", scripts=False)
    page = visitor.page
    page.set_input_files("input[type=file]", file)
    visitor.press("Read it")
    visitor.follow("Row 4 has a question")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "timescale-0":
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("31 March 2027")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    page.keyboard.press("Enter")
    assert "The row is settled." in visitor.words


@pytest.mark.parametrize("scripts", [True, False])
def test_a_workbook_is_taken_row_by_row_by_keyboard_alone(walk, scripts):
    visitor = walk("brought-back", scripts=scripts)
    page = visitor.page
    page.get_by_role("button", name="Take what is ticked").focus()
    page.keyboard.press("Enter")
    page.get_by_text("1 update of the workbook is in the register.").wait_for()
    own = page.get_by_role("button", name="Finish it in its own form")
    with visitor.context.expect_page() as opened:
        own.focus()
        page.keyboard.press("Enter")
    opened.value.wait_for_load_state()
    assert "Give the day on which it was completed." in opened.value.locator("main").inner_text()
    assert opened.value.get_by_label("What was done?").input_value().startswith("Offered to all")


def test_every_page_on_the_way_to_taking_an_edition_down_is_accessible(walk):
    """It is asked for, hidden while it is checked, and stands again in the end."""
    asker = walk("take-down")
    fill("public_reason", "It held words that could identify one person.")(asker)
    fill("reason", "B1 names the only woman in her team.")(asker)
    asker.page.get_by_label("It is urgent").check()
    asker.press("Ask the second person")
    assert "is hidden until" in asker.heading
    assert asker.faults() == []
    reader = walk("public-home-served")
    reader.follow("All editions")
    assert "being checked" in reader.words
    assert reader.faults() == []
    reader.follow("Edition 1")
    assert reader.heading.strip() == "Edition 1 is being checked"
    assert reader.faults() == []
    second = walk("today")
    assert "1 edition is asked to be taken down" in second.heading
    assert second.faults() == []
    second.follow("Edition 1 of Race Equality Action Plan")
    for words in ("Take it down", "Let it stand"):
        second.follow(words)
        assert second.faults() == []
    fill("reason", "It points at nobody.")(second)
    second.press("Let it stand")
    assert "It was asked to go, and stands" in second.words
    assert second.faults() == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_the_docs_is_there(walk, name, request):
    for width, kind in ((1280, "desktop"), (PHONE, "phone")):
        file = SCREENS / f"workspace-{name}-{kind}.png"
        if request.config.getoption("--write-screens"):
            walk(name).picture(file, width)
        assert file.is_file()
