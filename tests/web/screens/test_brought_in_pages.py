"""What comes in from files, in a real browser: parts of the council, and directorates' plans."""

import csv
import io

import pytest
from django.urls import reverse

from access import DESKTOP
from web.screens.browsing import Browser, faults_of

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

# A part that is there, two that would begin, one that stands elsewhere, and a row without its top.
STAFF = (
    ("Directorate", "Division", "Service"),
    ("Resources", "People", ""),
    ("Resources", "Finance", "Payments"),
    ("Place and Environment", "Tenancy Services", ""),
)
TORN = (*STAFF, ("", "Parking", ""))
PLAN = (
    ("Recommendation", "Key action", "Timescale", "Lead"),
    ("Hear staff", "Hold a listening session in every depot", "31 March 2027", "Head of Policy"),
)


def table(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def sheet(name, rows):
    return {"name": name, "mimeType": "text/csv", "buffer": table(rows)}


@pytest.fixture
def visit(chromium):
    opened = []

    def visit(person):
        opened.append(Browser(chromium, person, DESKTOP))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


def press(browser, words):
    with browser.page.expect_navigation():
        browser.page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def test_every_page_of_a_file_of_parts_is_accessible_and_fits_a_phone(world, visit):
    faults, browser = {}, visit(world.administrator)
    page = browser.page

    def look(name, heading):
        assert heading in page.locator("h1").inner_text().replace("\xa0", " ")
        # A page that refuses says so by its status, and the browser notes it.
        browser.complaints[:] = [one for one in browser.complaints if "422" not in one]
        if found := faults_of(browser):
            faults[name] = found

    browser.open(reverse("units"))
    look("units", "council")
    browser.open(reverse("bring_units"))
    look("bring-units", "Bring in parts of the council from a file")
    press(browser, "See what is in it")
    look("bring-units-mistake", "Bring in parts of the council from a file")
    page.set_input_files("[name=file]", sheet("staff.csv", TORN))
    press(browser, "See what is in it")
    look("units-file-torn", "cannot be read, so nothing begins")
    browser.open(reverse("bring_units"))
    page.set_input_files("[name=file]", sheet("staff.csv", STAFF))
    press(browser, "See what is in it")
    look("units-file", "3 parts of the council would begin")
    press(browser, "Begin them all")
    look("units-file-unsure", "3 parts of the council would begin")
    page.get_by_label("These are the right columns").check()
    press(browser, "Begin them all")
    assert "3 parts of the council begin." in page.inner_text("main")
    assert faults == {}


def test_every_page_of_several_plans_is_accessible_and_fits_a_phone(world, visit):
    faults, browser = {}, visit(world.manager)
    page = browser.page

    def look(name, heading):
        assert page.locator("h1").inner_text().replace("\xa0", " ") == heading
        browser.complaints[:] = [one for one in browser.complaints if "422" not in one]
        if found := faults_of(browser):
            faults[name] = found

    browser.open(reverse("whose_drafts"))
    look("whose-none", "No draft waits to be given to a directorate")
    browser.open(reverse("receive_several"))
    look("several", "Bring in directorates’ plans")
    press(browser, "Read them")
    look("several-mistake", "Bring in directorates’ plans")
    files = [sheet(f"{name}.csv", PLAN) for name in ("housing plan", "race action plan v2")]
    broken = {"name": "notes.docx", "mimeType": "", "buffer": b"MZ no document"}
    page.set_input_files("[name=files]", [*files, broken])
    press(browser, "Read them")
    look("whose", "Whose are these 2 drafts?")
    assert "notes.docx" in page.inner_text("main")
    press(browser, "Give them")
    assert "1 draft was given." in page.inner_text("main")
    assert faults == {}
