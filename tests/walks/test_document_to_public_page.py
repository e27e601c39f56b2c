"""Walk (a): from a council's document to the page that the public reads, by two people.

Without scripts, in a real browser, against the site as ``goldenthread demo`` serves it.
"""

import re

import pytest

from visitor import Visitor

pytestmark = pytest.mark.needs_program("chromium", "chromium")
MANAGER, PUBLISHER, COUNCILLOR = "Priya Raman", "Daniel Achebe", "Councillor Farah Siddiqui"


@pytest.fixture
def somebody(chromium, demonstration):
    """A function that gives a new person at a browser."""
    here = []

    def arrive(name=None, **more):
        visitor = Visitor(chromium, demonstration.address, scripts=False, **more)
        here.append(visitor)
        return visitor.be(name) if name else visitor

    yield arrive
    for visitor in here:
        visitor.leave()


def settle_everything(manager):
    """Answer every question that must be settled, as a person with doubts would."""
    answered = 0
    while re.search(r"Settle the next question", manager.words):
        manager.follow("Settle the next question")
        form = manager.page.locator(".gt-question:has(form)").filter(
            has_not=manager.page.locator(".gt-status--done")
        )
        form = form.filter(has_not_text="You may leave this one").first
        whole = form.get_by_role("button", name="Settle this row")
        if whole.count():
            # Words that belong to several actions are settled at once, as we read them.
            whole.click()
            assert "ettled" in manager.words
            manager.follow("The whole draft")
            answered += 1
            continue
        area = form.locator("textarea[name=text]")
        if area.count():
            form.get_by_label("Put what I write below in their place").check()
            area.fill("Brief every manager on what the plan asks of them")
        else:
            form.get_by_label("It is right as we read it").check()
        form.get_by_role("button").click()
        assert "Settled" in manager.words
        manager.follow("The whole draft")
        answered += 1
    return answered


def test_a_document_becomes_a_page_that_the_public_reads(somebody, bundled_plan):
    # The programme manager brings the document in.
    manager = somebody(MANAGER)
    manager.follow("Plans and drafts")
    manager.follow("Bring in a plan from a document")
    manager.page.get_by_label("The document", exact=True).set_input_files(bundled_plan)
    manager.page.get_by_label("Whose plan is it?").select_option(
        label="Brackenford Borough Council"
    )
    manager.press("Read it")
    assert re.fullmatch(r"We read 31 actions and need you to settle \d+ questions", manager.heading)
    assert "A hidden row was left out." in manager.words

    # Nothing becomes a plan while a question is open.
    draft = manager.page.url
    manager.page.goto(f"{draft}adopt/")
    assert "must be settled first" in manager.heading
    manager.page.goto(draft)
    assert settle_everything(manager) > 0
    assert manager.heading == "We read 31 actions and nothing is left to settle"

    # It is adopted, and the plan stands in the workspace, unpublished.
    manager.follow("Adopt this draft")
    manager.press("Adopt this draft")
    assert "The draft is now the plan of Brackenford Borough Council." in manager.words
    assert re.match(r"\d+ of 31 actions done, \d+ late", manager.heading)
    assert "No edition was made yet" in manager.words

    # The manager makes an edition, and cannot publish it.
    manager.follow("Make an edition")
    manager.press("Adopt this edition")
    assert "Somebody else must publish it" in manager.words
    edition = manager.page.url
    assert manager.page.goto(f"{edition}publish/").status == 403
    assert "None of your roles lets you publish this edition." in manager.words

    # A second person reads it as the public will, and publishes it.
    publisher = somebody(PUBLISHER)
    publisher.page.goto(edition)
    publisher.follow("Read it as the public will")
    assert "Edition 1." in publisher.page.locator("footer").inner_text()
    publisher.page.goto(edition)
    publisher.follow("Publish this edition")
    publisher.press("Publish it")
    assert "Published. The public reads it from now on." in publisher.words

    # Anybody reads it, signed in or not; what a name said is not there.
    reader = somebody()
    reader.open("/plans")
    assert reader.heading == "2 plans are published"
    reader.follow("Brackenford Borough Council: Race Equality Action Plan")
    body = reader.page.content()
    assert "Edition 1." in reader.page.locator("footer").inner_text()
    reader.follow("The plan")
    reader.page.locator(".gt-action a").first.click()
    assert "/actions/" in reader.page.url
    assert "Tamsin" not in body + reader.page.content()
    assert [one.complaints for one in (manager, publisher, reader)] == [[], [], []]


def test_the_workspace_is_shut_to_whoever_has_not_signed_in(somebody):
    stranger = somebody()
    stranger.open("/workspace/plans/new/")
    assert "/account/sign-in/" in stranger.page.url
    assert stranger.heading == "Sign in to the workspace"


def test_a_councillor_reads_and_cannot_bring_in(somebody):
    councillor = somebody(COUNCILLOR)
    assert councillor.open("/workspace/plans/new/").status == 403
    assert "None of your roles lets you bring in a plan from a document." in councillor.words


def test_a_file_that_holds_no_plan_is_refused_and_nothing_is_kept(
    somebody, demonstration, tmp_path
):
    file = tmp_path / "minutes.txt"
    file.write_text("Minutes of the meeting. Nothing was decided.")
    manager = somebody(MANAGER)
    before = manager.open("/workspace/plans/") and manager.words
    manager.follow("Bring in a plan from a document")
    manager.page.get_by_label("The document", exact=True).set_input_files(file)
    manager.press("Read it")
    assert manager.page.title().startswith("Error:")
    assert "minutes.txt:" in manager.page.locator(".govuk-error-summary").inner_text()
    manager.open("/workspace/plans/")
    assert manager.words == before
    assert list((demonstration.folder / "quarantine").iterdir()) == []
