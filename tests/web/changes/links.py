"""A round that is open, and links of it: what tests of updates by link begin with."""

from datetime import date, datetime

from django.utils import timezone

from goldenthread.web.changes import by_link, date_requests, update_links
from goldenthread.web.models import Round
from web.world import AT, DAY, ON, action

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
    of = {"unit": unit or world.unit(), "months": months}
    made, _new = Round.objects.get_or_create(**of, ends=given["ends"], defaults=given | more)
    return made


def a_link(world, person, round_=None, at=AT):
    """A link that was sent to somebody."""
    return update_links.issue_link(
        by=world.manager, round=round_ or a_round(world), person=person, at=at
    )


def led(world, *actions, lead=None, unit=None):
    """A lead officer, and the actions of a new plan that their post answers for.

    Where somebody was put into that post by a test already, it is they.
    """
    plan = world.plan(*(actions or [action("Train panels")]), unit=unit, at=SUMMER)
    rows = list(plan.actions.all())
    post = rows[0].leads.get(role="accountable").post
    holding = post.holdings.filter(since=ON - DAY, until=None).first()
    lead = lead or (holding.person if holding else world.somebody("lead_officer"))
    for row in rows:
        held = row.leads.get(role="accountable").post
        if not held.holdings.filter(person=lead, until=None).exists():
            world.leads(lead, row)
    return lead, rows


def sent_link(world, *actions, lead=None):
    """A lead, the link that they were sent, and the actions that it asks about."""
    lead, rows = led(world, *actions, lead=lead)
    return lead, a_link(world, lead, a_round(world)), rows


def asked_date(world, unit=None):
    """A request of another date by the lead of an action, which waits."""
    lead, rows = led(world, unit=unit)
    link = a_link(world, lead, a_round(world, unit))
    given = {"by": lead, "link": link, "action": rows[0], "new": "30 June 2027", "at": AT}
    return by_link.ask_for_date(reason="The system is late", **given)


def refused_date(world, unit=None):
    """A request of another date that was refused."""
    request = asked_date(world, unit)
    given = {"by": world.manager, "version": 1, "agreed": False, "answer": "No", "at": AT}
    return date_requests.decide_date(request=request, **given)


# As ``test_every_change`` has them: the permission, and the making of the call.
ATTEMPTS = {
    "issue_link": (
        "send_links",
        lambda w, u: (
            lambda r, who: lambda by: update_links.issue_link(by=by, round=r, person=who, at=AT)
        )(a_round(w, u), w.somebody()),
    ),
    "withdraw_link": (
        "send_links",
        lambda w, u: (
            lambda one: lambda by: update_links.withdraw_link(by=by, link=one, version=1, at=AT)
        )(a_link(w, w.somebody(), a_round(w, u))),
    ),
    "decide_date": (
        "decide_date",
        lambda w, u: (
            lambda one: (
                lambda by: date_requests.decide_date(
                    by=by, request=one, version=1, agreed=True, at=AT
                )
            )
        )(asked_date(w, u)),
    ),
}
