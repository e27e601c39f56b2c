"""Step 5 in a real browser: measures, actions by five words, pledges, counts, service plans."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP
from goldenthread.web.changes import demo
from goldenthread.web.models import Action, Link, Measure, Planning, Pledge, ServicePlan
from web.screens.browsing import Browser, Hands, faults_of, unreached

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
        found = faults_of(browser)
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


@pytest.mark.parametrize(
    "name", ["plans-proposed", "proposed", "proposed-without", "service-plans", "service-plan"]
)
def test_every_control_is_reached_by_the_tab_key_and_shows_it(council, visit, name):
    role, address = _addresses()[name]
    assert unreached(visit(council.council.holding(role)).open(address)) == []


def test_a_proposal_is_joined_by_keyboard_alone(council, visit):
    adults = Planning.objects.get(unit__name="Adults and Health").plan
    page = visit(council.council.holding("programme_manager"), scripts=False).open(
        reverse("plans_proposed")
    )
    hands = Hands(page)
    hands.press(adults.title)
    lower, upper = Action.objects.get(plan=adults, number="A&H1"), "C4"
    hands.tick(f"{upper} ")
    hands.press("Join those that are ticked")
    assert "1 link was joined." in page.inner_text("body")
    council_s = Action.objects.get(number=upper, plan__unit__parent__isnull=True)
    assert Link.objects.filter(
        meaning="serves", from_id=lower.public_id, to_id=council_s.public_id
    ).exists()


def test_an_action_is_put_in_a_service_plan_by_keyboard_alone(council, visit):
    plan = ServicePlan.objects.get(title__startswith="Housing")
    stood = plan.entries.filter(until__isnull=True).count()
    page = visit(council.council.holding("director"), scripts=False).open(
        reverse("service_plans_page")
    )
    hands = Hands(page)
    hands.press(plan.title)
    hands.press("Put an action in it")
    hands.go("it.name == 'action'")
    page.keyboard.press("ArrowDown")
    hands.write("reference", "4.2")
    hands.press("Put it in")
    assert "The action stands in the service plan." in page.inner_text("body")
    assert plan.entries.filter(until__isnull=True).count() == stood + 1
