"""Measures in a real browser: accessible, on a phone, their charts, and forms by keyboard."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE
from goldenthread.web.changes import demo
from goldenthread.web.models import Measure, Point, Target
from web.measuring import case_study, give, measure
from web.screens.browsing import Browser, faults_of

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

NOW = timezone.make_aware(datetime(2026, 10, 12, 10))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def council(world):
    demo.half_way(world.council)
    inside = measure(
        world,
        of=Measure.objects.get(number="M4").action,
        text="Share of appointments at Grade 10 and above by ethnic group",
        counts="characteristic",
    )
    give(world, inside, date(2026, 9, 30), "22", "Of a small number")
    case_study(
        world, of=Measure.objects.get(number="M4"), title="A panel that listened", story=_STORY
    )
    return world


_STORY = "I had been to four interviews. This was the first at which nobody looked surprised."


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
    panels = {"measure": Measure.objects.get(number="M4").public_id}
    declared = {"measure": Measure.objects.get(number="M11").public_id}
    inside = {"measure": Measure.objects.get(counts="characteristic").public_id}
    point = {"point": Point.objects.filter(measure__number="M4").last().public_id}
    aim = {"target": Target.objects.filter(measure__number="M4").first().public_id}
    action = {"action": Measure.objects.get(number="M4").action.public_id}
    return {
        "measures": reverse("measures_page"),
        "panels": reverse("measure_page", kwargs=panels),
        "declared": reverse("measure_page", kwargs=declared),
        "inside": reverse("measure_page", kwargs=inside),
        "action": reverse("action", kwargs=action),
        "give": reverse("give_figure", kwargs=inside),
        "correct": reverse("correct_figure", kwargs=point),
        "define": reverse("define_measure", kwargs=panels),
        "target": reverse("replace_target", kwargs=aim),
        "end": reverse("end_measure", kwargs=panels),
        "file": reverse("bring_figures", kwargs=panels),
        "tolerance": reverse("tolerance_page"),
        "change-tolerance": reverse("change_tolerance"),
        "cases": reverse("case_studies_page"),
        "tell": reverse("tell_of_measure", kwargs=panels),
        "add": reverse("add_action_measure", kwargs=action),
    }


def _check(browser):
    """Accessible and within the window at each width; returns every fault."""
    return faults_of(browser)


def test_every_page_of_measures_is_accessible_and_fits_a_phone(council, visit):
    faults = {}
    browser = visit(council.manager)
    for name, address in _addresses().items():
        browser.complaints.clear()
        browser.open(address)
        if found := _check(browser):
            faults[name] = found
    assert faults == {}


def test_the_preview_of_a_file_is_accessible_and_settled_without_scripts(council, visit):
    row = Measure.objects.get(number="M11")
    table = (
        b"Period,Figure,Part,Whole,Commentary\n"
        b"Q1 2025/26,78%,,,Before we asked\n"
        b"Q4 2024/25,lots,,,Nobody counted\n"
        b"Q3 2024/25,77,,,\n"
    )
    file = {"name": "figures.csv", "mimeType": "text/csv", "buffer": table}
    browser = visit(council.manager, scripts=False)
    page = browser.open(reverse("bring_figures", kwargs={"measure": row.public_id}))
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="See what is in it").click()
    assert "3 rows of the file need you" in page.get_by_role("heading", level=1).text_content()
    looked = visit(council.manager)
    looked.open(reverse("bring_figures", kwargs={"measure": row.public_id}))
    looked.page.get_by_label("The file").set_input_files(file)
    looked.page.get_by_role("button", name="See what is in it").click()
    looked.complaints.clear()
    assert _check(looked) == []
    page.get_by_label("Leave the row out").nth(1).check()
    page.get_by_label("Leave the row out").nth(2).check()
    page.get_by_label("Yes, it means that").check()
    # Of everybody together a share says of how many, so that few can be told from many.
    page.get_by_role("button", name="Settle these rows").click()
    assert "Leave the figure empty" in page.text_content("main")
    page.get_by_label("Leave the row out").nth(0).check()
    page.get_by_role("button", name="Settle these rows").click()
    assert "There is nothing to keep" in page.text_content("main")


def test_a_figure_is_given_by_keyboard_alone(council, visit):
    row = measure(council, text="Share of panels that met in the evening")
    browser = visit(council.manager, scripts=False)
    page = browser.open(reverse("give_figure", kwargs={"measure": row.public_id}))
    page.get_by_label("Which period?").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("40")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("Four of ten evenings")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "There is a problem" not in page.text_content("main")
    assert Point.objects.get(measure=row).value == 40
    assert "40% in Q2 2026/27" in page.text_content("main")


@pytest.mark.parametrize(("width", "seen"), [(DESKTOP, "wide"), (PHONE, "narrow")])
def test_a_chart_is_heard_once_and_drawn_for_the_width_that_it_has(council, visit, width, seen):
    row = Measure.objects.get(number="M4")
    browser = visit(None, width=width)
    page = browser.open(f"/actions/{row.action.public_id}")
    charts = page.get_by_role("img", name="Control chart by month")
    assert charts.count() == 1
    assert page.locator(f".gt-figure__{seen} svg").first.is_visible()
    box = charts.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
