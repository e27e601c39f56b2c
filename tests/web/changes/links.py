"""A round that is open, and links of it: what tests of updates by link begin with."""

from datetime import date, datetime

from django.utils import timezone

from goldenthread.web.changes import update_links
from goldenthread.web.models import Round
from web.world import AT, ON, action

SUMMER = timezone.make_aware(datetime(2026, 7, 15, 12))


def a_round(world, unit=None, months=3, **more):
    """Quarter 2 of 2026/27, open until 14 October."""
    given = {
        "begins": date(2026, 7, 1),
        "ends": date(2026, 9, 30),
        "teams_from": date(2026, 9, 16),
        "directors_from": ON,
        "closes": date(2026, 10, 14),
        "opened_at": AT,
        "opened_by": world.manager,
    }
    return Round.objects.create(unit=unit or world.unit(), months=months, **(given | more))


def a_link(world, person, round_=None, at=AT):
    """A link that was sent to somebody."""
    return update_links.issue_link(
        by=world.manager, round=round_ or a_round(world, unit=_fresh(world)), person=person, at=at
    )


def _fresh(world):
    """A unit that has no round yet: the body has one of a period."""
    taken = Round.objects.values_list("unit", flat=True)
    return next(unit for unit in world.council.units.values() if unit.pk not in taken)


def led(world, *actions, lead=None, unit=None):
    """A lead officer, and the actions of a new plan that their post answers for."""
    lead = lead or world.somebody("lead_officer")
    plan = world.plan(*(actions or [action("Train panels")]), unit=unit, at=SUMMER)
    rows = list(plan.actions.all())
    for row in rows:
        held = row.leads.get(role="accountable").post
        if not held.holdings.filter(person=lead, until=None).exists():
            world.leads(lead, row)
    return lead, rows


def sent_link(world, *actions, lead=None):
    """A lead, the link that they were sent, and the actions that it asks about."""
    lead, rows = led(world, *actions, lead=lead)
    return lead, a_link(world, lead, a_round(world)), rows
