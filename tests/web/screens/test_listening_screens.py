"""Listening and the figures in a real browser: accessible, on a phone, by keyboard, no scripts."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE
from goldenthread.web.changes import demo_listening, demo_steps
from goldenthread.web.models import HeardTheme, Pack, PackFigure, PackFinding, Session
from web.screens.browsing import Browser, faults_of

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

NOW = timezone.make_aware(datetime(2026, 11, 27, 10))
HOUSING, ADULTS = "Housing and Communities", "Adults and Health"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def plannings(world):
    found = demo_steps.begin(world.council)
    demo_listening.tell(world.council, found)
    demo_steps.sign(world.council, found)
    return found


@pytest.fixture
def visit(chromium):
    opened = []

    def visit(person, width=DESKTOP, scripts=True):
        opened.append(Browser(chromium, person, width, scripts))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


def _addresses(plannings):
    of = {"planning": plannings[HOUSING].public_id}
    elsewhere = {"planning": plannings[ADULTS].public_id}
    row = {"session": Session.objects.filter(planning=plannings[HOUSING]).first().public_id}
    theme = {"heardtheme": HeardTheme.objects.filter(weight="many").first().public_id}
    pack = Pack.objects.get(planning=plannings[ADULTS])
    found = {"packfinding": PackFinding.objects.filter(pack=pack).first().public_id}
    figure = {"packfigure": PackFigure.objects.filter(pack=pack).first().public_id}
    pack = {"pack": pack.public_id}
    return {
        "listen": reverse("listen_page", kwargs=of),
        "listen-elsewhere": reverse("listen_page", kwargs=elsewhere),
        "session-form": reverse("record_session", kwargs=of),
        "session": reverse("session", kwargs=row),
        "correct": reverse("correct_session", kwargs=row),
        "count": reverse("count_one_to_ones", kwargs=of),
        "theme-form": reverse("hear_theme", kwargs=of),
        "theme": reverse("heard_theme", kwargs=theme),
        "change": reverse("change_theme", kwargs=theme),
        "merge": reverse("merge_theme", kwargs=theme),
        "withdraw": reverse("withdraw_theme", kwargs=theme),
        "action": reverse("lead_to_action", kwargs=theme),
        "figures": reverse("figures_page", kwargs=of),
        "figures-entered": reverse("figures_page", kwargs=elsewhere),
        "pack-form": reverse("keep_pack", kwargs=of),
        "finding": reverse("add_finding", kwargs=pack),
        "withdraw-finding": reverse("withdraw_finding", kwargs=found),
        "figure": reverse("enter_figure", kwargs=pack),
        "withdraw-figure": reverse("withdraw_figure", kwargs=figure),
        "set-aside": reverse("set_aside_pack", kwargs=pack),
    }


def _check(browser):
    """Accessible and within the window at each width; returns every fault."""
    return faults_of(browser)


def test_every_page_of_listening_and_figures_is_accessible_and_fits_a_phone(
    world, plannings, visit
):
    faults = {}
    browser = visit(world.manager)
    for name, address in _addresses(plannings).items():
        browser.complaints.clear()
        browser.open(address)
        if found := _check(browser):
            faults[name] = found
    assert faults == {}


def test_a_theme_is_entered_by_keyboard_and_without_scripts_and_shown_before_it_is_kept(
    world, plannings, visit
):
    director = world.council.people["Colette Mbeki"]
    page = visit(director, width=PHONE, scripts=False).open(
        reverse("hear_theme", kwargs={"planning": plannings[HOUSING].public_id})
    )
    page.get_by_label("What was heard?").focus()
    page.keyboard.type("Rotas leave no time to learn")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Joan Hartley said so.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="See how it reads").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "It names somebody, at word 1." in page.text_content("main")
    page.get_by_label("What was said about it?").fill("Two Black officers left over it.")
    page.get_by_role("button", name="See how it reads").click()
    assert "so few people that readers may know who they are" in page.text_content("main")
    page.get_by_role("button", name="Change an answer").click()
    page.get_by_label("What was said about it?").fill("Training falls on days off.")
    page.get_by_role("button", name="See how it reads").click()
    page.get_by_role("button", name="Keep this theme").click()
    assert "The theme is kept." in page.text_content("main")
    row = HeardTheme.objects.get(name="Rotas leave no time to learn")
    assert (row.note, row.sessions.count()) == ("Training falls on days off.", 1)
