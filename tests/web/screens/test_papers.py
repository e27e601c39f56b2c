"""What moved since a body met, and its papers, in a real browser."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE
from goldenthread.web.changes import demo, papers
from goldenthread.web.changes.uploads import Store
from goldenthread.web.models import Committee, Plan
from goldenthread.web.queries import papers as queries
from web.screens.browsing import Browser, faults_of
from web.world import WORDS

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

# After the quarter, before scrutiny meets in October.
NOW = timezone.make_aware(datetime(2026, 10, 13, 10))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def scrutiny(world):
    demo.half_way(world.council)
    return Committee.objects.get(name__contains="Scrutiny")


@pytest.fixture
def visit(chromium):
    opened = []

    def visit(person, width=DESKTOP, scripts=True):
        opened.append(Browser(chromium, person, width, scripts))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


def _check(browser):
    """Accessible and within the window at each width; returns every fault."""
    return faults_of(browser)


def _made(world, scrutiny):
    meeting = queries.meetings_for(scrutiny, on=NOW.date())[0]
    row = papers.make_paper(
        by=world.manager,
        plan=Plan.objects.get(),
        meeting=meeting,
        as_at=queries.quarter_end(NOW.date()),
        at=NOW,
    )
    return papers.word_paper(by=world.manager, paper=row, version=row.version, at=NOW, **WORDS)


def test_every_page_of_papers_is_accessible_and_fits_a_phone(world, scrutiny, visit):
    row = _made(world, scrutiny)
    browser, faults = visit(world.manager), {}
    body, paper = {"committee": scrutiny.public_id}, {"paper": row.public_id}
    addresses = [
        reverse("since", kwargs=body),
        reverse("make_paper", kwargs=body),
        reverse("word_paper", kwargs=paper),
        reverse("paper", kwargs=paper),
        reverse("issue_paper", kwargs=paper),
        reverse("paper_drawn", kwargs=paper),
    ]
    for address in addresses:
        browser.open(address)
        if found := _check(browser):
            faults[address] = found
    with Store() as store:
        papers.issue_paper(
            by=world.manager, paper=row, template=None, store=store, version=row.version, at=NOW
        )
    for address in (reverse("paper", kwargs=paper), reverse("papers")):
        browser.open(address)
        if found := _check(browser):
            faults[address] = found
    assert faults == {}


def test_without_scripts_a_councillor_walks_from_what_moved_to_the_action(world, scrutiny, visit):
    browser = visit(world.somebody("councillor"), PHONE, scripts=False)
    page = browser.open(reverse("committee", kwargs={"committee": scrutiny.public_id}))
    page.get_by_role("link", name="What moved since it last met").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Since you met on")
    page.locator("section[aria-labelledby=moved] th a").first.click()
    assert page.get_by_role("heading", level=1).is_visible()
    assert browser.complaints == []


def test_without_scripts_a_paper_is_made_worded_and_issued(world, scrutiny, visit):
    browser = visit(world.manager, PHONE, scripts=False)
    page = browser.open(reverse("since", kwargs={"committee": scrutiny.public_id}))
    page.get_by_role("button", name="Make the paper").click()
    page.get_by_role("button", name="Freeze the figures").click()
    page.get_by_label("Decision", exact=True).check()
    page.get_by_label("What is the body asked to decide?").fill("Accept the new dates")
    page.get_by_label("Whose report is it?").fill("Chief Executive")
    page.get_by_role("button", name="Keep these words").click()
    page.get_by_role("button", name="Issue it").click()
    page.get_by_role("button", name="Issue the paper").click()
    assert page.get_by_text("Issued. These files stay as they are.").is_visible()
    assert page.get_by_role("link", name="PDF").is_visible()
