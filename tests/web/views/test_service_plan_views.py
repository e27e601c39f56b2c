"""Three views of one thread: from a service plan up to the council's plan, and back."""

import pytest
from django.urls import reverse

from goldenthread.web.changes import plan as plans
from goldenthread.web.changes import service_plans, tiers
from goldenthread.web.queries import service_plans as queries
from web.changes import pledging
from web.changes.tiering import WHY, above, below, serve
from web.views.test_tier_pages import HOUSING, RESOURCES, TENANCY, client, read
from web.world import AT, DAY, ON

PAST = "31 March 2026"


def put(world, row, *actions):
    for number, action in enumerate(actions, 1):
        given = {"service_plan": row, "action": action, "reference": str(number)}
        service_plans.put_in_service_plan(by=world.manager, at=AT, **given)


def of(world, row, person=None, on=ON):
    return queries.of_plan(row, for_=person or world.manager, on=on)


def ids(ends):
    return [end.id for end in ends]


@pytest.fixture
def thread(world):
    """A division's action serves its directorate's, which serves the council's, which is late."""
    (upper,) = above(world, "Mixed interview panels", when=PAST)
    (middle,) = below(world, "Train the panels")
    (lower,) = below(world, "Release two wardens a week", unit=TENANCY)
    serve(world, middle, upper)
    serve(world, lower, middle)
    row = pledging.service_plan(world, world.unit(TENANCY), title="Tenancy plan")
    put(world, row, lower)
    return row, lower, middle, upper


def test_an_action_leads_through_the_directorate_to_the_council_and_the_recommendation(
    world, thread
):
    row, _lower, middle, upper = thread
    found = of(world, row)
    (entry,) = found.now
    assert ids(entry.directorate) == [middle.public_id]
    assert ids(entry.council) == [upper.public_id]
    assert ids(entry.recommendations) == [upper.recommendation.public_id]
    assert (found.orphans, found.counted.reaching, found.counted.recommendations) == (0, 1, 1)
    # Its own action is on track: what it serves is late, and that is shown.
    assert (entry.standing, found.counted.worst) == ("on_track", "late")


def test_the_page_shows_the_worst_and_counts_each_thing_once(world, thread):
    row, lower, middle, upper = thread
    put(world, row, middle)
    said = read(world.manager, "service_plan", serviceplan=row.public_id)
    assert "Tenancy plan: both its actions serve something above" in said
    assert "The worst on this thread: Late" in said
    assert "2 of its 2 actions lead to the council’s plan." in said
    assert "In the council’s plan 1 late" in said
    assert "1 recommendation is answered by it" in said
    assert "It stands there itself" in said
    assert "%" not in said
    for action in (lower, middle, upper):
        assert action.text in said


def test_an_action_that_serves_nothing_is_told_and_one_that_ends_in_the_directorate_too(world):
    (middle,), (lower, loose) = below(world), below(world, "Release wardens", "Move", unit=TENANCY)
    serve(world, lower, middle)
    row = pledging.service_plan(world, world.unit(TENANCY))
    put(world, row, lower, loose, middle)
    found = of(world, row)
    assert (found.orphans, found.counted.reaching) == (2, 0)
    said = read(world.manager, "service_plan", serviceplan=row.public_id)
    assert "3 actions, 2 of them serving nothing above" in said
    assert "0 of its 3 actions lead to the council’s plan." in said


def test_what_was_withdrawn_ended_or_taken_out_is_on_no_way(world, thread):
    row, lower, middle, upper = thread
    world.update(middle, status="withdrawn")
    assert of(world, row).orphans == 1
    (other,) = below(world, "Train them again")
    serve(world, lower, other)
    link = serve(world, other, upper)
    assert ids(of(world, row).now[0].council) == [upper.public_id]
    tiers.stop_serving(by=world.manager, joined=link, reason=WHY, at=AT)
    assert ids(of(world, row).now[0].council) == []
    service_plans.take_out_of_service_plan(by=world.manager, service_plan=row, action=lower, at=AT)
    found = of(world, row)
    assert (found.now, [one.action for one in found.past]) == ((), [lower])


def test_the_councils_own_action_in_a_service_plan_is_shown_as_its_own(world):
    (upper,) = above(world)
    row = pledging.service_plan(world)
    put(world, row, upper)
    (entry,) = of(world, row).now
    assert (ids(entry.directorate), ids(entry.council)) == ([], [upper.public_id])
    assert "The council’s own" in read(world.manager, "service_plan", serviceplan=row.public_id)


def test_where_an_action_comes_from_is_told_beside_it_and_serves_nothing(world):
    (lower,) = below(world)
    rec = lower.recommendation
    plans.link(by=world.manager, from_=lower, to=rec, meaning="answers", since=ON, at=AT)
    row = pledging.service_plan(world)
    put(world, row, lower)
    found = of(world, row)
    assert [one.said for one in found.now[0].besides] == ["answers"]
    assert found.orphans == 1


def test_each_view_leads_to_both_others(world, thread):
    row, lower, middle, upper = thread
    housing = world.unit(HOUSING).public_id
    council = reverse("two_tiers")
    directorate = f"{council}?directorate={housing}"
    services = reverse("service_plans_page")
    own = f"{services}?directorate={housing}"
    plan = reverse("service_plan", kwargs={"serviceplan": row.public_id})
    action = reverse("action", kwargs={"action": lower.public_id})
    manager = client(world.manager)
    for address, leads in (
        (council, (services, "#directorates")),
        (directorate, (council, own)),
        (services, (council, plan)),
        (own, (council, directorate, plan)),
        (plan, (council, directorate, own, action)),
        (action, (plan,)),
    ):
        page = manager.get(address).content.decode()
        for lead in leads:
            assert f'href="{lead}"' in page, (address, lead)
    assert middle.text in read(world.manager, "action", action=upper.public_id)


def test_the_list_counts_each_service_plan_with_the_worst(world, thread):
    row, _lower, _middle, _upper = thread
    (late,) = below(world, "Do it", unit=RESOURCES, when=PAST)
    other = pledging.service_plan(world, world.unit(RESOURCES), title="Resources plan")
    put(world, other, late)
    found = queries.listed(for_=world.manager, on=ON)
    assert [(one.name, one.plan, one.actions.worst) for one in found] == [
        (HOUSING, row, "on_track"),
        (RESOURCES, other, "late"),
    ]
    said = read(world.manager, "service_plans_page")
    assert "1 of 2 service plans has an action that is late" in said
    narrow = read(
        world.manager, "service_plans_page", f"?directorate={world.unit(HOUSING).public_id}"
    )
    assert "Resources plan" not in narrow and "Tenancy plan" in narrow
    assert "Resources plan" in read(world.manager, "service_plans_page", "?directorate=x")


def test_a_service_plan_that_ended_is_listed_no_more(world, thread):
    row, *_rest = thread
    service_plans.end_service_plan(
        by=world.manager, service_plan=row, version=row.version, on=ON - DAY, at=AT
    )
    assert queries.listed(for_=world.manager, on=ON) == ()
    assert "No service plan is recorded yet" in read(world.manager, "service_plans_page")


def test_whoever_reads_one_directorate_sees_no_service_plan_of_another(world, thread):
    row, lower, middle, _upper = thread
    director = world.somebody("director", world.unit(RESOURCES))
    assert queries.listed(for_=director, on=ON) == ()
    assert "Tenancy plan" not in read(director, "service_plans_page")
    address = reverse("service_plan", kwargs={"serviceplan": row.public_id})
    assert client(director).get(address).status_code == 403
    # A councillor reads the action, and not how its directorate plans.
    councillor = world.somebody("councillor")
    assert "Tenancy plan" not in read(councillor, "action", action=lower.public_id)
    assert "Tenancy plan" in read(world.manager, "action", action=lower.public_id)
    # Whoever may see the planning and not the register is told of no action.
    facilitator = world.somebody("facilitator", world.unit(HOUSING))
    said = read(facilitator, "service_plan", serviceplan=row.public_id)
    assert lower.text not in said and middle.text not in said


def test_no_view_asks_more_for_many_rows_than_for_one(world, thread, django_assert_max_num_queries):
    row, _lower, middle, upper = thread
    addresses = (
        reverse("service_plan", kwargs={"serviceplan": row.public_id}),
        reverse("service_plans_page"),
    )
    manager = client(world.manager)

    def asked():
        found = []
        for address in addresses:
            manager.get(address)
            with django_assert_max_num_queries(20, info=address) as queries_:
                assert manager.get(address).status_code == 200
            found.append(len(queries_.captured_queries))
        return found

    few = asked()
    for unit in (HOUSING, RESOURCES, TENANCY):
        more = below(world, *(f"Do it {n}" for n in range(5)), unit=unit)
        for one in more:
            serve(world, one, upper)
        put(world, pledging.service_plan(world, world.unit(unit)), *more)
        if unit == TENANCY:
            for one in more:
                serve(world, one, middle)
            put(world, row, *more)
    # One step up fewer where a way is shorter; never one more.
    assert all(now <= before for now, before in zip(asked(), few, strict=True))
