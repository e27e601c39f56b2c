"""Bodies, meetings, asks, consultation and terms in a real browser, at every width."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE
from goldenthread.web.changes import demo
from goldenthread.web.models import (
    Action,
    Ask,
    Committee,
    Consultation,
    Edition,
    Meeting,
    Stance,
)
from web.screens.browsing import Browser, faults_of

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

# Two weeks after scrutiny was due its answers, and eight days before it meets again.
NOW = timezone.make_aware(datetime(2026, 10, 13, 12, 30))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def council(world):
    demo.half_way(world.council)
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
    """Each page by its name: the role of who looks at it, and where it is."""
    scrutiny = Committee.objects.get(letter="S")
    staff = Committee.objects.get(letter="U")
    s18 = Ask.objects.get(committee=scrutiny, number=18)
    s14 = Ask.objects.get(committee=scrutiny, number=14)
    met = Meeting.objects.get(committee=scrutiny, on="2026-06-10")
    next_ = Meeting.objects.get(committee=scrutiny, on="2026-10-21")
    b4 = Action.objects.get(number="B4")
    put = Consultation.objects.get()
    manager, clerk, union = "programme_manager", "democratic_services", "union_representative"

    def to(name, **given):
        return reverse(name, kwargs={key: row.public_id for key, row in given.items()})

    return {
        "home": (manager, to("workspace_home")),
        "home-union": (union, to("workspace_home")),
        "meetings": (clerk, to("meetings")),
        "meetings-before": (clerk, to("meetings") + "?year=2025"),
        "meeting-past": (clerk, to("meeting", meeting=met)),
        "meeting-next": (clerk, to("meeting", meeting=next_)),
        "bodies": (clerk, to("committees")),
        "body": (clerk, to("committee", committee=scrutiny)),
        "body-of-staff": (union, to("committee", committee=staff)),
        "add-body": (clerk, to("add_committee")),
        "change-body": (clerk, to("change_committee", committee=scrutiny)),
        "end-body": (clerk, to("end_committee", committee=scrutiny)),
        "remit": (clerk, to("agree_remit", committee=scrutiny)),
        "seat": (clerk, to("seat", committee=scrutiny)),
        "end-seat": (clerk, to("end_seat", membership=scrutiny.memberships.first())),
        "arrange": (clerk, to("arrange_meetings", committee=scrutiny)),
        "change-meeting": (clerk, to("change_meeting", meeting=next_)),
        "cancel-meeting": (clerk, to("cancel_meeting", meeting=next_)),
        "diary": (clerk, to("my_calendar")),
        "asks": (manager, to("asks")),
        "asks-nothing": (manager, to("asks") + "?words=zzz"),
        "ask-open": (manager, to("ask", ask=s18)),
        "ask-answered": (manager, to("ask", ask=s14)),
        "record-ask": (clerk, to("record_ask", committee=scrutiny)),
        "direct-ask": (manager, to("direct_ask", ask=s18)),
        "answer-ask": (manager, to("answer_ask", ask=s18)),
        "ask-again": (clerk, to("ask_again", ask=s14)),
        "withdraw-ask": (clerk, to("withdraw_ask", ask=s18)),
        "consultation": (manager, to("consultation", consultation=put)),
        "consult": (manager, to("consult", plan=b4.plan)),
        "stance": (union, to("record_stance", committee=staff)),
        "terms": (manager, to("terms")),
        "choose-term": (manager, to("choose_term")),
        "review": (manager, to("record_review", plan=b4.plan)),
        "action": (union, to("action", action=b4)),
        "recommendation": (manager, to("recommendation", recommendation=b4.recommendation)),
        "plan": (manager, to("plan", plan=b4.plan)),
        "public-action": (union, f"/actions/{b4.public_id}"),
        "public-home": (union, "/"),
        "public-about": (union, "/about"),
        "public-recommendations": (union, "/plan/by-recommendation"),
    }


def test_every_page_is_accessible_and_fits_a_phone(council, visit):
    faults = {}
    browsers = {}
    for name, (role, address) in _addresses().items():
        if role not in browsers:
            browsers[role] = visit(council.council.holding(role))
        browser = browsers[role]
        browser.complaints.clear()
        assert "Sign in" not in browser.open(address).title()
        assert browser.statuses[-1] < 400, name
        found = faults_of(browser)
        if found:
            faults[name] = found
    assert faults == {}


def _day(page, group, day, month, year):
    boxes = page.get_by_role("group", name=group)
    for box, typed in (("Day", day), ("Month", month), ("Year", year)):
        boxes.get_by_label(box, exact=True).fill(typed)


def test_without_scripts_a_series_is_arranged_after_its_days_were_seen(council, visit):
    browser = visit(council.council.holding("democratic_services"), PHONE, scripts=False)
    page = browser.open(reverse("committees"))
    page.get_by_role("link", name="Race Equality Staff Network").click()
    page.get_by_role("button", name="Arrange meetings").click()
    _day(page, "On which day is the first?", "5", "3", "2027")
    page.get_by_label("How often?").select_option(label="Every month")
    _day(page, "Until when, if there are more?", "31", "5", "2027")
    page.get_by_label("When does it begin?").fill("12.30pm")
    page.get_by_role("button", name="Go on").click()
    for words in ("Friday 5 March 2027", "Friday 2 April 2027", "Friday 7 May 2027"):
        assert page.get_by_text(words).is_visible()
    page.get_by_role("button", name="Arrange this").click()
    assert page.get_by_text("The calendar was changed.").is_visible()
    assert Meeting.objects.filter(on__gte="2027-03-01", committee__letter="N").count() == 3
    assert browser.complaints == []


def test_without_scripts_a_union_speaks_and_the_public_reads_it_in_the_next_edition(council, visit):
    browser = visit(council.council.holding("union_representative"), PHONE, scripts=False)
    page = browser.open(
        reverse("action", kwargs={"action": Action.objects.get(number="B6").public_id})
    )
    page.get_by_role("link", name="Say what Staff side, Joint Consultative Committee").click()
    page.get_by_label("Objects", exact=True).check()
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Say what the body objects to").click()
    page.get_by_label("In its own words").fill("Forty places were promised. Fund forty.")
    page.get_by_label("The body wants the public to read this").check()
    page.get_by_role("button", name="Record it").click()
    assert page.get_by_text("It was recorded as you wrote it.").is_visible()
    said = Stance.objects.order_by("pk").last()
    assert (said.stance, said.public, said.action.number) == ("objects", True, "B6")
    address = f"/actions/{said.action.public_id}"
    assert "Fund forty" not in browser.open(address).content()
    demo.publish(council.council, said.plan, timezone.now(), council.publisher)
    assert Edition.objects.filter(published_at__isnull=False).count() == 4
    assert browser.open(address).get_by_text("Forty places were promised. Fund forty.").is_visible()


def test_a_diary_address_is_shown_once(council, visit):
    browser = visit(council.council.holding("councillor"), PHONE, scripts=False)
    page = browser.open(reverse("my_calendar"))
    page.get_by_role("button", name="Make the address").click()
    address = page.get_by_label("The address of your meetings").input_value()
    assert address.endswith(".ics")
    assert address not in browser.open(reverse("my_calendar")).content()
