"""How many questions a page asks of the database: at most 20, for one row and for many."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldenthread.web import permissions
from goldenthread.web.changes import habits, people
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action, Draft, Edition, Measure, Plan
from web.changes.test_rounds import SPRING, opened
from web.world import AT, DAY, ON, SHOWN, action

MOST = 20
UNITS = ("", "Resources", "Housing and Communities")
PAGES = {
    "home": lambda: reverse("workspace_home"),
    "register": lambda: reverse("register"),
    "register, late": lambda: reverse("register") + "?standing=late&by=due",
    "register, no lead": lambda: reverse("register") + "?mark=nobody&search=do+it",
    "register as CSV": lambda: reverse("register_csv"),
    "action": lambda: _of("action", Action.objects.order_by("pk").first()),
    "update form": lambda: _of("add_update", Action.objects.order_by("pk").first()),
    "plans": lambda: reverse("plans"),
    "how documents are read": lambda: reverse("habits_page"),
    "plan": lambda: _of("plan", Plan.objects.order_by("pk").first()),
    "plans to join": lambda: reverse("plans_proposed"),
    "draft": lambda: _of("draft", Draft.objects.order_by("pk").first()),
    "edition": lambda: _of("edition", Edition.objects.order_by("pk").first()),
    "edition as the public will read it": lambda: _of(
        "edition_as_public", Edition.objects.order_by("pk").first()
    ),
    "people": lambda: reverse("people"),
    "posts": lambda: reverse("posts"),
    "audit": lambda: reverse("audit"),
    "public home": lambda: "/",
    "public plan": lambda: "/plan",
    "public plans": lambda: "/plans",
    "public action": lambda: f"/actions/{Action.objects.order_by('pk').first().public_id}",
}


def _of(name, row):
    return reverse(name, kwargs={row._meta.model_name: row.public_id})


def _busy(world, unit, number):
    """A published plan of a unit with so many actions, each with a story; a draft; an edition."""
    plan = world.plan(*(action(f"Do it {n}", "31 March 2026") for n in range(number)), unit=unit)
    for row in plan.actions.all():
        for n in range(number):
            world.update(row, done=f"Step {n} of {row.pk}", evidence=[SHOWN])
    Measure.objects.create(plan=plan, action=plan.actions.first(), text="How many came")
    edition = world.edition(plan)
    plans.publish_edition(by=world.publisher, edition=edition, version=edition.version, at=AT)
    world.draft(action("Perhaps"), unit=unit)
    for n in range(number):
        text = f"Live {plan.public_id} {n}"
        given = {"about": "status", "text": text, "meaning": "in_progress", "at": AT}
        habit = habits.keep_habit(by=world.manager, unit=unit, **given)
        if n % 2 == 0:
            habits.remove_habit(by=world.manager, habit=habit, version=1, at=AT)
            habits.keep_habit(by=world.manager, unit=unit, **given)
    world.edition(world.plan(action("Another"), unit=unit))
    return plan


@pytest.fixture
def somebody(world):
    """Somebody with every role that reads, in the whole body."""
    person = world.somebody("programme_manager")
    for role in ("auditor", "publisher"):
        people.grant_role(
            by=world.administrator, person=person, role=role, unit=world.unit(), since=ON, at=AT
        )
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def ask(somebody, django_assert_max_num_queries):
    """The number of questions of a page, by its name; what is kept between requests is kept."""

    def count(name):
        address = PAGES[name]()
        assert somebody.get(address).status_code == 200
        with django_assert_max_num_queries(MOST, info=name) as asked:
            somebody.get(address)
        return len(asked.captured_queries)

    return count


def test_no_page_asks_more_for_many_rows_than_for_one(world, ask):
    _busy(world, world.unit(), 1)
    few = {name: ask(name) for name in PAGES}
    for unit in UNITS:
        _busy(world, world.unit(unit), 4)
    many = {name: ask(name) for name in PAGES}
    # The audit asks once for each kind of thing among the entries of its page.
    assert many.pop("audit") <= few.pop("audit")
    assert many == few


def test_an_action_that_is_joined_to_every_kind_of_thing_asks_as_few(world, ask):
    plan = _busy(world, world.unit(), 2)
    first, second = plan.actions.order_by("pk")
    others = [second, plan, plan.measures.first(), first.recommendation, world.unit("Resources")]
    others.append(next(iter(world.council.posts.values())))
    for other in others:
        plans.link(by=world.manager, from_=first, to=other, meaning="needs", since=ON - DAY, at=AT)
    assert 10 < ask("action") <= MOST


def test_a_first_page_asks_as_few_however_many_rounds_are_open(world, ask):
    for unit in UNITS:
        world.plan(action("Do it"), unit=world.unit(unit), at=SPRING)
    opened(world)
    one = ask("home")
    for unit in UNITS[1:]:
        opened(world, unit=world.unit(unit))
    assert ask("home") == one


@pytest.mark.parametrize("role", sorted(permissions.ROLES))
def test_no_role_has_a_first_page_that_asks_more(world, role, django_assert_max_num_queries):
    row = world.action(at=SPRING)
    _busy(world, world.unit(), 2)
    opened(world)
    person = world.somebody(role)
    world.leads(person, row)
    client = Client()
    client.force_login(person)
    client.get(reverse("workspace_home"))
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse("workspace_home")).status_code == 200


def test_a_request_that_reads_asks_who_may_once(world, django_assert_num_queries):
    person, today = world.manager, timezone.localdate()
    with permissions.remembered(), django_assert_num_queries(2):
        for _ in range(3):
            assert permissions.may(person, "edit_plan", world.unit(), today)
            assert permissions.reach(person, "read_register", today)


def test_what_was_remembered_is_forgotten_with_the_request(world):
    person = world.somebody("programme_manager")
    with permissions.remembered():
        assert permissions.may(person, "edit_plan", world.unit(), ON)
    person.grants.all().delete()
    assert not permissions.may(person, "edit_plan", world.unit(), ON)
    with permissions.remembered():
        assert not permissions.may(person, "edit_plan", world.unit(), ON)
