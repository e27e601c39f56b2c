"""The changes of step 5, each made once where it is allowed: plans by hand, pledges, counts.

``ATTEMPTS`` has for each its permission and how to make it; ``test_every_change`` holds them to the
rules of all. The makers beside it are used by every test of these rooms.
"""

import secrets
from datetime import date

from goldenthread.web.changes import directorate_plan, objectives, pledges, service_plans
from web.world import AT, DAY, ON

Q2 = date(2026, 9, 30)
GOOD = "Every new colleague has met the network before their first panel"


def planned(world, unit=None, title="Housing and Communities plan"):
    """A planning of a unit, and the plan that was begun by hand for it."""
    planning = world.planning(unit)
    if planning.plan_id is None:
        directorate_plan.begin_plan(
            by=world.manager, planning=planning, version=planning.version, title=title, at=AT
        )
    return planning


def added(world, planning, text="Advertise every acting-up post", **more):
    """An action of a planning's plan, added by hand; all five words are met but what it serves."""
    given = {
        "when": "31 March 2027",
        "post": world.council.posts["Head of Learning"],
        "measure": "Acting-up posts that were advertised",
        "baseline": "4 in 10",
        "target": "All",
    }
    return directorate_plan.add_planned_action(
        by=world.manager, planning=planning, text=text, at=AT, **(given | more)
    )


def service_plan(world, unit=None, title="", **more):
    """A service plan of a unit."""
    given = {"begins": ON - 100 * DAY, "ends": ON + 265 * DAY, "place": "The shared folder"}
    return service_plans.add_service_plan(
        by=world.manager,
        unit=unit or world.unit("Housing and Communities"),
        title=title or f"Service plan {secrets.token_hex(3)}",
        at=AT,
        **(given | more),
    )


def filled(world, unit=None):
    """A service plan in which one action of its unit stands, and that action."""
    row = service_plan(world, unit)
    action = world.action(unit=row.unit)
    service_plans.put_in_service_plan(
        by=world.manager, service_plan=row, action=action, reference="3.2", at=AT
    )
    return row, action


def pledge(world, of=None, text="I will sit in on one session each quarter", **more):
    """A pledge of the Head of Learning in a planning, which stays inside."""
    given = {"made_on": ON - 30 * DAY, "post": world.council.posts["Head of Learning"]}
    return pledges.make_pledge(
        by=world.manager, of=of or world.planning(), text=text, at=AT, **(given | more)
    )


def counted(world, planning=None, serving=312, held=405, ends=Q2, at=AT, **more):
    """A count of a planning as a whole."""
    return objectives.count_objectives(
        by=world.manager,
        planning=planning or world.planning(),
        ends=ends,
        serving=serving,
        held=held,
        at=at,
        **more,
    )


def _of(thing, deed):
    """An attempt on a thing that is made first: what ``deed`` does to it, by whoever tries."""

    def make(world, unit):
        made = thing(world, unit)
        return lambda by: deed(by, made, world)

    return make


def _planning(world, unit):
    return world.planning(unit)


def _pledge(world, unit):
    return pledge(world, world.planning(unit))


ATTEMPTS = {
    "begin_plan": (
        "keep_planning",
        _of(
            _planning,
            lambda by, p, w: directorate_plan.begin_plan(
                by=by, planning=p, version=p.version, title="Our plan", at=AT
            ),
        ),
    ),
    "add_planned_action": (
        "keep_planning",
        _of(
            planned,
            lambda by, p, w: directorate_plan.add_planned_action(
                by=by,
                planning=p,
                text="Train all panels",
                when="31 March 2027",
                post=w.council.posts["Head of Learning"],
                at=AT,
            ),
        ),
    ),
    "say_what_good_is": (
        "keep_planning",
        _of(
            lambda world, unit: world.action(unit=unit),
            lambda by, a, w: directorate_plan.say_what_good_is(
                by=by, of=a, version=a.version, text=GOOD, at=AT
            ),
        ),
    ),
    "add_service_plan": (
        "keep_planning",
        _of(
            lambda world, unit: unit,
            lambda by, u, w: service_plans.add_service_plan(
                by=by,
                unit=u,
                title=f"Service plan {secrets.token_hex(3)}",
                begins=ON,
                ends=ON + DAY,
                place="The shared folder",
                at=AT,
            ),
        ),
    ),
    "change_service_plan": (
        "keep_planning",
        _of(
            service_plan,
            lambda by, s, w: service_plans.change_service_plan(
                by=by,
                service_plan=s,
                version=1,
                title="Another title",
                begins=ON,
                ends=ON + DAY,
                place="The shared folder",
                at=AT,
            ),
        ),
    ),
    "end_service_plan": (
        "keep_planning",
        _of(
            service_plan,
            lambda by, s, w: service_plans.end_service_plan(
                by=by, service_plan=s, version=1, on=ON, at=AT
            ),
        ),
    ),
    "put_in_service_plan": (
        "keep_planning",
        _of(
            lambda world, unit: (service_plan(world, unit), world.action(unit=unit)),
            lambda by, made, w: service_plans.put_in_service_plan(
                by=by, service_plan=made[0], action=made[1], at=AT
            ),
        ),
    ),
    "take_out_of_service_plan": (
        "keep_planning",
        _of(
            filled,
            lambda by, made, w: service_plans.take_out_of_service_plan(
                by=by, service_plan=made[0], action=made[1], at=AT
            ),
        ),
    ),
    "make_pledge": (
        "keep_pledges",
        _of(
            _planning,
            lambda by, p, w: pledges.make_pledge(
                by=by,
                of=p,
                text="I will not speak first",
                post=w.council.posts["Head of Learning"],
                made_on=ON,
                at=AT,
            ),
        ),
    ),
    "follow_up": (
        "keep_pledges",
        _of(
            _pledge,
            lambda by, p, w: pledges.follow_up(
                by=by, pledge=p, version=1, what="kept", on=ON, text="", at=AT
            ),
        ),
    ),
    "choose_who_reads_pledge": (
        "keep_pledges",
        _of(
            _pledge,
            lambda by, p, w: pledges.choose_who_reads_pledge(
                by=by, pledge=p, version=1, public=True, at=AT
            ),
        ),
    ),
    "count_objectives": (
        "count_objectives",
        _of(
            _planning,
            lambda by, p, w: objectives.count_objectives(
                by=by, planning=p, ends=Q2, serving=312, held=405, at=AT
            ),
        ),
    ),
}
