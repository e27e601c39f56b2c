"""The areas that a directorate weighs: placed, chosen or not, joined to what they rest on.

An area repeats what was last said of it; every saying stays, with the day and the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, PARAGRAPH, words
from goldenthread.web.models import (
    Action,
    Area,
    AreaSaid,
    HeardTheme,
    Link,
    Measure,
    PackFinding,
    Person,
    Planning,
    PlanningHorizon,
)
from goldenthread.web.models.choosing import CHOICES, DIFFERENCES, HARDNESSES
from goldenthread.web.permissions import lineage, require, unit_of
from goldenthread.web.queries.choosing import horizons_of
from goldenthread.web.queries.directorates import parts_of
from goldenthread.web.queries.outgoing import Outgoing

# What a matrix can hold and still be read, and more horizons than a planning can mean anything by.
MOST, MOST_HORIZONS = 40, 6
Ground = HeardTheme | PackFinding | Measure | Action


@dataclass(frozen=True)
class Weighed:
    """What is said of an area; words as they were typed.

    ``hardness``, ``difference`` and ``choice`` are words of ``plan.choosing``; ``horizon`` is the
    name of one that the plan or the planning defines, or empty. ``nobody_named`` says that what
    looks like a name in the title or the reason is nobody's.
    """

    title: str
    hardness: str
    difference: str
    choice: str = "undecided"
    reason: str = ""
    evidence: str = ""
    horizon: str = ""
    nobody_named: bool = False


@change
def add_area(
    *,
    by: Person,
    planning: Planning,
    number: str,
    weighed: Weighed,
    on: date,
    at: datetime,
    key: str = "",
) -> Area:
    """Place an area on the matrix, with a number that the directorate keeps for it.

    Who may: keep_planning. Recorded: ``area.added``. Raises ``Missing`` for what
    :func:`weigh_area` refuses, and for a number that another area has or had.
    """
    require(by, "keep_planning", planning, localdate(at))
    called = words(number, name="number", most=10)
    said, needs = _tidy(planning, weighed, on, at)
    if not called:
        needs["number"] = "Give it a number, such as H1."
    elif planning.areas.filter(number__iexact=called).exists():
        needs["number"] = "Another area has or had this number."
    if planning.areas.count() >= MOST:
        needs["title"] = f"{MOST} areas are the most that one matrix can hold."
    if needs:
        raise Missing("The area was not placed.", needs=needs)
    row = Area.objects.create(planning=planning, number=called, **said)
    _keep(row, said, on, "", by, at)
    facts = {"planning": planning.public_id, "number": called, "choice": row.choice}
    audit.record(by=by, what="area.added", on=row, facts=facts, at=at)
    return row


@change
def weigh_area(
    *,
    by: Person,
    area: Area,
    version: int,
    weighed: Weighed,
    on: date,
    why: str,
    at: datetime,
    key: str = "",
) -> Area:
    """Place an area elsewhere, choose it or not, or word it anew; where it stood is kept.

    One that was withdrawn is taken up again. Who may: keep_planning. Recorded: ``area.weighed``.
    Raises ``Missing`` without a title, a place or a reason for the change, for words that the
    public may not read (``queries.outgoing``), a horizon that nothing defines, a day to come or
    before the planning, and where nothing changes; ``OutOfStep`` where somebody was first.
    """
    require(by, "keep_planning", area, localdate(at))
    said, needs = _tidy(area.planning, weighed, on, at, had=area.horizon)
    because = words(why, name="why", most=LINE)
    if not because:
        needs["why"] = "Say why it changes: where it stood is kept beside this."
    if not needs and all(getattr(area, name) == value for name, value in said.items()):
        needs["title"] = "Nothing would change."
    if needs:
        raise Missing("The area was not changed.", needs=needs)
    step(area, version, **said)
    _keep(area, said, on, because, by, at)
    facts = {"number": area.number, "choice": area.choice}
    audit.record(by=by, what="area.weighed", on=area, facts=facts, at=at)
    return area


@change
def withdraw_area(
    *, by: Person, area: Area, version: int, reason: str, at: datetime, key: str = ""
) -> Area:
    """Take an area off the matrix, with a reason; it stays on the page with all that was said.

    Who may: keep_planning. Recorded: ``area.withdrawn``. Raises ``Missing`` without a reason and
    for one that was withdrawn, ``OutOfStep`` where somebody was first.
    """
    require(by, "keep_planning", area, localdate(at))
    why = words(reason, name="reason", most=LINE, needed=True)
    if area.withdrawn_because:
        raise Missing("This area was withdrawn already.")
    step(area, version, withdrawn_because=why)
    said = {field: getattr(area, field) for field in _SAID}
    _keep(area, said | {"withdrawn_because": why}, localdate(at), why, by, at)
    audit.record(by=by, what="area.withdrawn", on=area, facts={"number": area.number}, at=at)
    return area


@change
def ground_area(*, by: Person, area: Area, ground: Ground, at: datetime, key: str = "") -> Link:
    """Say that an area comes from something: a theme, a finding, a measure or an action.

    Who may: keep_planning. Recorded: ``area.grounded``. Raises ``Missing`` for what belongs to
    another part of the council; a link that stands is given back as it is.
    """
    require(by, "keep_planning", area, localdate(at))
    unit = area.planning.unit_id
    if unit_of(ground) not in parts_of(unit) | lineage(unit):
        raise Missing(
            "It was not joined.",
            needs={"ground": "Choose something of this directorate or of the whole council."},
        )
    made, new = _joined(area, ground, by, at)
    facts = {"number": area.number, "to": f"{made.to_kind}:{made.to_id}", "new": new}
    audit.record(by=by, what="area.grounded", on=area, facts=facts, at=at)
    return made


@change
def act_on_area(*, by: Person, area: Area, action: Action, at: datetime, key: str = "") -> Link:
    """Say that an action of the directorate comes from an area: the area has become an action.

    Who may: keep_planning. Recorded: ``area.acted_on``. Raises ``Missing`` for an action of another
    part of the council and for an area that is not chosen; a link that stands is given back.
    """
    require(by, "keep_planning", area, localdate(at))
    needs = {}
    if unit_of(action) not in parts_of(area.planning.unit_id):
        needs["action"] = "Choose an action of this directorate."
    elif area.choice != "chosen" or area.withdrawn_because:
        needs["action"] = "Choose the area first: what is not chosen becomes no action."
    if needs:
        raise Missing("The action was not joined.", needs=needs)
    made, new = _joined(action, area, by, at)
    facts = {"number": area.number, "action": action.public_id, "new": new}
    audit.record(by=by, what="area.acted_on", on=area, facts=facts, at=at)
    return made


@change
def unjoin_area(
    *, by: Person, area: Area, joined: Link, reason: str, at: datetime, key: str = ""
) -> Link:
    """End a link of an area today, with a reason; it stays in the history of both its ends.

    Who may: keep_planning. Recorded: ``area.unjoined``. Raises ``Missing`` without a reason and for
    a link of something else, ``OutOfStep`` where it has ended already.
    """
    on = localdate(at)
    require(by, "keep_planning", area, on)
    why = words(reason, name="reason", most=LINE, needed=True)
    ends = ((joined.from_kind, joined.from_id), (joined.to_kind, joined.to_id))
    if ("area", area.public_id) not in ends or joined.meaning != "comes_from":
        raise Missing("The link was not ended.", needs={"joined": "Choose a link of this area."})
    ended = Link.objects.filter(pk=joined.pk, until__isnull=True).update(until=on, reason=why)
    joined.refresh_from_db()
    if not ended:
        raise OutOfStep("Somebody ended this link before you did.")
    facts = {"number": area.number, "link": joined.public_id}
    audit.record(by=by, what="area.unjoined", on=area, facts=facts, at=at)
    return joined


@change
def keep_planning_horizons(
    *,
    by: Person,
    planning: Planning,
    horizons: Sequence[tuple[str, date]],
    version: int,
    at: datetime,
    key: str = "",
) -> Planning:
    """Say what a planning means by short, medium and long term, as long as its plan does not.

    What changes: those that stood and are not given end now; areas keep the last day that theirs
    had when they were placed. ``version`` is the planning's. Who may: keep_planning. Recorded:
    ``planning.horizons_kept``. Raises ``Missing`` for a name or a day given twice, for more than
    ``MOST_HORIZONS``, for names that the public may not read, and where the plan of the planning
    defines its own.
    """
    require(by, "keep_planning", planning, localdate(at))
    given = [
        (words(name, name="a horizon's name", most=60, needed=True), ends)
        for name, ends in horizons
    ]
    names, days = {name.casefold() for name, _ in given}, {ends for _, ends in given}
    needs = {}
    if planning.plan is not None and planning.plan.horizons.filter(ended_at__isnull=True).exists():
        needs["horizons"] = "The plan of this directorate defines them: change them there."
    elif len(given) > MOST_HORIZONS or len(names) < len(given) or len(days) < len(given):
        needs["horizons"] = f"Give {MOST_HORIZONS} at most, each a name and a day of its own."
    elif any(found := [Outgoing.of(planning).faults(name, any_name=True) for name, _ in given]):
        needs["horizons"] = " ".join(dict.fromkeys(filter(None, found)))
    if needs:
        raise Missing("The horizons were not kept.", needs=needs)
    step(planning, version)
    stands = {(row.name, row.ends): row for row in planning.horizons.filter(ended_at__isnull=True)}
    gone = [row.pk for pair, row in stands.items() if pair not in given]
    PlanningHorizon.objects.filter(pk__in=gone).update(ended_at=at)
    PlanningHorizon.objects.bulk_create(
        PlanningHorizon(planning=planning, name=name, ends=ends, set_at=at)
        for name, ends in given
        if (name, ends) not in stands
    )
    facts = {"horizons": len(given)}
    audit.record(by=by, what="planning.horizons_kept", on=planning, facts=facts, at=at)
    return planning


_SAID = ("title", "hardness", "difference", "choice", "reason", "evidence", "horizon")


def _tidy(
    planning: Planning, weighed: Weighed, on: date, at: datetime, had: str = ""
) -> tuple[dict[str, Any], dict[str, str]]:
    """What is said as it will be kept, and what is wrong with it by the name of its field."""
    said: dict[str, Any] = {
        "title": words(weighed.title, name="title", most=160),
        "reason": words(weighed.reason, name="reason", most=PARAGRAPH),
        "evidence": words(weighed.evidence, name="evidence", most=PARAGRAPH),
        "hardness": weighed.hardness,
        "difference": weighed.difference,
        "choice": weighed.choice,
        "horizon": weighed.horizon,
        "withdrawn_because": "",
    }
    outgoing = Outgoing.of(planning)
    needs = outgoing.needs(
        any_name=not weighed.nobody_named, title=said["title"], reason=said["reason"]
    )
    if not said["title"]:
        needs["title"] = "Name the area in a few words."
    if weighed.hardness not in dict(HARDNESSES):
        needs["hardness"] = "Choose how challenging it is here."
    if weighed.difference not in dict(DIFFERENCES):
        needs["difference"] = "Choose how much difference can be made."
    if weighed.choice not in dict(CHOICES):
        needs["choice"] = "Say whether it is chosen."
    known = {one.name for one in horizons_of(planning)} | {"", had}
    if weighed.horizon not in known:
        needs["horizon"] = "Choose one of the horizons that are defined."
    if not planning.begins <= on <= localdate(at):
        needs["on"] = "Give a day from the beginning of the planning to today."
    return said, needs


def _keep(
    area: Area, said: dict[str, Any], on: date, why: str, by: Person, at: datetime
) -> AreaSaid:
    """Add what was said, with the last day that its horizon has now."""
    ends = {one.name: one.ends for one in horizons_of(area.planning)}.get(said["horizon"])
    return AreaSaid.objects.create(area=area, on=on, ends=ends, why=why, at=at, by=by, **said)


def _joined(
    start: Action | Area, end: Ground | Area, by: Person, at: datetime
) -> tuple[Link, bool]:
    """The standing link by which one thing comes from another, and whether it is new."""
    return Link.objects.get_or_create(
        from_kind=audit.kind_of(start),
        from_id=start.public_id,
        to_kind=audit.kind_of(end),
        to_id=end.public_id,
        meaning="comes_from",
        until=None,
        defaults={"since": localdate(at), "by": by},
    )
