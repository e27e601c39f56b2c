"""Milestones of an action, and the horizons of a plan: what was promised and said is only added to.

A milestone's own days repeat its events, so that a list needs one query; ``standing`` works them
out, and a test does so again after every change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, PARAGRAPH, words
from goldenthread.web.models import Action, Horizon, Milestone, MilestoneEvent, Person, Plan
from goldenthread.web.permissions import require

# What a page of one action can show, and more horizons than a plan can mean anything by.
MOST, MOST_HORIZONS = 40, 6


def standing(events: Iterable[MilestoneEvent]) -> dict[str, Any]:
    """The columns of a milestone that repeat its events, by name; events oldest first."""
    found: dict[str, Any] = {"reached_on": None, "dropped_on": None, "moves": 0}
    for event in events:
        if event.what == "promised":
            found |= {"first_due": event.day, "now_due": event.day}
        elif event.what == "moved":
            found |= {"now_due": event.day, "moves": found["moves"] + 1}
        else:
            found["reached_on"] = event.day if event.what == "reached" else None
            found["dropped_on"] = event.day if event.what == "dropped" else None
    return found


@change
def add_milestone(
    *, by: Person, action: Action, text: str, due: date, at: datetime, key: str = ""
) -> Milestone:
    """Promise a step within an action by a day, its last.

    Who may: move_date. Recorded: ``milestone.added``. Raises ``Missing`` without words and for one
    of the same words that stands already.
    """
    require(by, "move_date", action, localdate(at))
    said = words(text, name="the milestone", most=LINE)
    standing_ones = action.milestones.filter(dropped_on__isnull=True)
    needs = {}
    if not said:
        needs["text"] = "Say what will have been reached."
    elif standing_ones.filter(words__iexact=said).exists():
        needs["text"] = "This action has a milestone of these words."
    elif standing_ones.count() >= MOST:
        needs["text"] = f"{MOST} milestones are the most for one action."
    if needs:
        raise Missing("The milestone was not added.", needs=needs)
    row = Milestone.objects.create(action=action, words=said, first_due=due, now_due=due)
    MilestoneEvent.objects.create(milestone=row, what="promised", day=due, at=at, by=by)
    facts = {"action": action.public_id, "due": due.isoformat()}
    audit.record(by=by, what="milestone.added", on=row, facts=facts, at=at)
    return row


@change
def move_milestone(
    *,
    by: Person,
    milestone: Milestone,
    version: int,
    due: date,
    reason: str,
    at: datetime,
    key: str = "",
) -> Milestone:
    """Give a milestone another day, with a reason; the first day stays, and late counts from it.

    Who may: move_date. Recorded: ``milestone.moved``. Raises ``Missing`` without a reason, for the
    same day, and for one that was reached or dropped; ``OutOfStep`` where somebody was first.
    """
    require(by, "move_date", milestone, localdate(at))
    why = words(reason, name="reason", most=PARAGRAPH, needed=True)
    _open(milestone)
    if due == milestone.now_due:
        raise Missing("It is due on that day already.", needs={"due": "Give another day."})
    _say(milestone, version, "moved", due, by, at, why)
    facts = {"action": milestone.action.public_id, "due": due.isoformat()}
    audit.record(by=by, what="milestone.moved", on=milestone, facts=facts, at=at)
    return milestone


@change
def reach_milestone(
    *, by: Person, milestone: Milestone, version: int, on: date, at: datetime, key: str = ""
) -> Milestone:
    """Say that a milestone was reached on a day.

    Who may: add_update. Recorded: ``milestone.reached``. Raises ``Missing`` for a day to come and
    for one that was reached or dropped; ``OutOfStep`` where somebody was first.
    """
    require(by, "add_update", milestone, localdate(at))
    _open(milestone)
    if on > localdate(at):
        raise Missing("That day has not come.", needs={"on": "Give today or an earlier day."})
    _say(milestone, version, "reached", on, by, at)
    facts = {"action": milestone.action.public_id, "on": on.isoformat()}
    audit.record(by=by, what="milestone.reached", on=milestone, facts=facts, at=at)
    return milestone


@change
def drop_milestone(
    *, by: Person, milestone: Milestone, version: int, reason: str, at: datetime, key: str = ""
) -> Milestone:
    """Give a milestone up today, with a reason; it stays in the story.

    Who may: move_date. Recorded: ``milestone.dropped``. Raises ``Missing`` without a reason and for
    one that was reached or dropped; ``OutOfStep`` where somebody was first.
    """
    require(by, "move_date", milestone, localdate(at))
    why = words(reason, name="reason", most=PARAGRAPH, needed=True)
    _open(milestone)
    _say(milestone, version, "dropped", localdate(at), by, at, why)
    facts = {"action": milestone.action.public_id}
    audit.record(by=by, what="milestone.dropped", on=milestone, facts=facts, at=at)
    return milestone


@change
def reopen_milestone(
    *, by: Person, milestone: Milestone, version: int, reason: str, at: datetime, key: str = ""
) -> Milestone:
    """Take back that a milestone was reached, or take one up again that was dropped.

    What was said stays in the story. Who may: move_date. Recorded: ``milestone.reopened``. Raises
    ``Missing`` without a reason and for one that is open; ``OutOfStep`` where somebody was first.
    """
    require(by, "move_date", milestone, localdate(at))
    why = words(reason, name="reason", most=PARAGRAPH, needed=True)
    if milestone.reached_on is None and milestone.dropped_on is None:
        raise Missing("This milestone is open: there is nothing to take back.")
    what = "not_reached" if milestone.reached_on is not None else "taken_up"
    _say(milestone, version, what, localdate(at), by, at, why)
    facts = {"action": milestone.action.public_id}
    audit.record(by=by, what="milestone.reopened", on=milestone, facts=facts, at=at)
    return milestone


@change
def keep_horizons(
    *,
    by: Person,
    plan: Plan,
    horizons: Sequence[tuple[str, date]],
    version: int,
    at: datetime,
    key: str = "",
) -> Plan:
    """Say what a plan means by short, medium and long term: names, each with its last day.

    What changes: those that stood and are not given end now; editions keep theirs. ``version`` is
    the plan's. Who may: edit_plan. Recorded: ``plan.horizons_kept``. Raises ``Missing`` for a name
    or a day given twice and for more than ``MOST_HORIZONS``.
    """
    require(by, "edit_plan", plan, localdate(at))
    given = [
        (words(name, name="a horizon's name", most=60, needed=True), ends)
        for name, ends in horizons
    ]
    names, days = {name.casefold() for name, _ in given}, {ends for _, ends in given}
    if len(given) > MOST_HORIZONS or len(names) < len(given) or len(days) < len(given):
        raise Missing(
            "The horizons were not kept.",
            needs={"horizons": f"Give {MOST_HORIZONS} at most, each a name and a day of its own."},
        )
    step(plan, version)
    stands = {(row.name, row.ends): row for row in plan.horizons.filter(ended_at__isnull=True)}
    gone = [row.pk for pair, row in stands.items() if pair not in given]
    Horizon.objects.filter(pk__in=gone).update(ended_at=at)
    Horizon.objects.bulk_create(
        Horizon(plan=plan, name=name, ends=ends, set_at=at)
        for name, ends in given
        if (name, ends) not in stands
    )
    audit.record(by=by, what="plan.horizons_kept", on=plan, facts={"horizons": len(given)}, at=at)
    return plan


def _open(milestone: Milestone) -> None:
    if milestone.reached_on is not None or milestone.dropped_on is not None:
        raise Missing("This milestone was reached or dropped: take that back first.")


def _say(
    milestone: Milestone,
    version: int,
    what: str,
    day: date,
    by: Person,
    at: datetime,
    why: str = "",
) -> None:
    """Add an event, and make the milestone's own days say what its events say together."""
    said = MilestoneEvent(milestone=milestone, what=what, day=day, reason=why, at=at, by=by)
    step(milestone, version, **standing([*milestone.events.all(), said]))
    said.save(force_insert=True)
