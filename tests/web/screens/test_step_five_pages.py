"""Step 5 in a real browser: measures, actions by five words, pledges, counts, service plans."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.changes import demo
from goldenthread.web.models import Action, Measure, Planning, Pledge, ServicePlan
from web.screens.browsing import DESKTOP, PHONE, SMALL, Browser

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

NOW = timezone.make_aware(datetime(2026, 11, 28, 12, 30))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def council(world):
    demo.half_way(world.council)
    demo.directorates(world.council)
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
    manager, director = "programme_manager", "director"
    housing = Planning.objects.get(unit__name="Housing and Communities")
    children = Planning.objects.get(unit__name="Children’s Services")
    action = Action.objects.get(plan=housing.plan, number="H4")
    measure = Measure.objects.filter(plan=housing.plan).first()
    pledge = Pledge.objects.get(post__title="Head of Communities")
    service_plan = ServicePlan.objects.get(title__startswith="Housing")

    def to(name, row=None):
        return reverse(name, kwargs={row._meta.model_name: row.public_id} if row else {})

    return {
        "measures": (director, to("planning_measures", housing)),
        "measures-none": (manager, to("planning_measures", children)),
        "begin-plan": (manager, to("begin_plan", children)),
        "add-action": (director, to("add_planned_action", housing)),
        "good": (director, to("good_of_action", action)),
        "good-of-measure": (director, to("good_of_measure", measure)),
        "pledges": (manager, to("pledges")),
        "pledges-director": (director, to("pledges")),
        "pledge": (director, to("pledge", pledge)),
        "make-pledge": (director, to("make_pledge", housing)),
        "make-pledge-of-unit": (director, to("make_pledge_of_unit", housing.unit)),
        "follow-up": (director, to("follow_up", pledge)),
        "choose-reader": (director, to("choose_reader", pledge)),
        "count-objectives": (director, to("count_objectives", housing)),
        "service-plans": (manager, to("service_plans_page")),
        "service-plan": (director, to("service_plan", service_plan)),
        "plans-proposed": (manager, to("plans_proposed")),
        "proposed": (director, to("proposed", housing.plan)),
        "proposed-without": (director, to("proposed", housing.plan) + "?which=without"),
        "proposed-refused": (director, to("proposed", housing.plan) + "?which=refused"),
        "two-tiers": (manager, to("two_tiers")),
        "two-tiers-director": (
            manager,
            to("two_tiers") + f"?directorate={housing.unit.public_id}",
        ),
        "add-service-plan": (director, to("add_service_plan", housing)),
        "change-service-plan": (director, to("change_service_plan", service_plan)),
        "end-service-plan": (director, to("end_service_plan", service_plan)),
        "put-in": (director, to("put_in_service_plan", service_plan)),
        "take-out": (director, to("take_out_of_service_plan", service_plan)),
    }


def test_every_page_is_accessible_and_fits_a_phone(council, visit):
    faults, browsers = {}, {}
    for name, (role, address) in _addresses().items():
        if role not in browsers:
            browsers[role] = visit(council.council.holding(role))
        browser = browsers[role]
        browser.complaints.clear()
        assert "Sign in" not in browser.open(address).title()
        assert browser.statuses[-1] < 400, name
        found = list(browser.complaints)
        for width in (DESKTOP, PHONE, SMALL):
            browser.page.set_viewport_size({"width": width, "height": 900})
            if width != SMALL:
                found += [f"{width}: {one}" for one in browser.violations()]
            if browser.sideways() > 0:
                found.append(f"{width}: {browser.sideways()} pixels beyond the edge")
        if found:
            faults[name] = found
    assert faults == {}


def test_a_head_of_service_sees_an_action_by_its_five_words_before_it_is_kept(council, visit):
    page = visit(council.council.holding("director"), scripts=False)
    housing = Planning.objects.get(unit__name="Housing and Communities")
    page.open(reverse("add_planned_action", kwargs={"planning": housing.public_id}))
    page.page.get_by_label("What will be done?").fill("Improve induction")
    page.page.get_by_role("button", name="See how it reads").click()
    said = page.page.inner_text("main")
    assert "of the five words are not met yet" in said
    assert page.page.get_by_label("What will be done?").input_value() == "Improve induction"
