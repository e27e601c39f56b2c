"""A directorate's plan made by hand, and what good looks like of an action or a measure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.new_action import number_after, promised
from goldenthread.web.changes.words import LINE, PARAGRAPH, words
from goldenthread.web.models import (
    Action,
    Area,
    Lead,
    Link,
    Measure,
    Person,
    Plan,
    Planning,
    Post,
    Recommendation,
    WhatGood,
)
from goldenthread.web.permissions import require


@change
def begin_plan(
    *,
    by: Person,
    planning: Planning,
    version: int,
    title: str,
    at: datetime,
    heading: str = "",
    key: str = "",
) -> Plan:
    """Begin the plan of a directorate's planning by hand: a title, and a heading for its actions.

    ``heading`` is what the actions stand under; without one it is what the unit will do.
    ``version`` is the planning's. What changes: a plan more, which the planning names. Who may:
    keep_planning. Recorded: ``plan.begun``. Raises ``Missing`` without a title and where the
    planning has a plan, ``OutOfStep`` where somebody changed it first.
    """
    on = localdate(at)
    require(by, "keep_planning", planning, on)
    called = words(title, name="title", most=LINE)
    under = words(heading, name="heading", most=LINE)
    if planning.plan_id is not None:
        raise Missing("This planning has a plan already: add actions to that.")
    if not called:
        raise Missing("The plan was not begun.", needs={"title": "Give the plan a title."})
    plan = Plan.objects.create(title=called, unit=planning.unit, strand=planning.strand, begins=on)
    Recommendation.objects.create(
        plan=plan, text=under or f"What {planning.unit.name} will do", position=0
    )
    step(planning, version, plan=plan)
    facts = {"planning": planning.public_id}
    audit.record(by=by, what="plan.begun", on=plan, facts=facts, at=at)
    return plan


@change
def add_planned_action(
    *,
    by: Person,
    planning: Planning,
    text: str,
    when: str,
    post: Post | None,
    at: datetime,
    heading: Recommendation | None = None,
    number: str = "",
    title: str = "",
    support: Post | None = None,
    measure: str = "",
    baseline: str = "",
    target: str = "",
    good: str = "",
    comes_from: Area | None = None,
    key: str = "",
) -> Action:
    """Add an action to the plan of a planning, with what measures it and where it comes from.

    ``when`` is read as a document's words are. ``heading`` is the recommendation under which it
    stands, the plan's first without one; ``measure`` with ``baseline`` and ``target`` are in words,
    to be defined on the measure's page; ``good`` says what good looks like, and ``comes_from`` is
    an area of the same planning. Without a number it takes the one after the plan's last. Who may:
    keep_planning. Recorded: ``action.planned``. Raises ``Missing`` where the planning has no plan,
    for a heading of another plan or a thing of another planning, and what :func:`promised` raises.
    """
    on = localdate(at)
    require(by, "keep_planning", planning, on)
    plan = planning.plan
    if plan is None:
        raise Missing("This planning has no plan yet: begin one, or bring one in.")
    under = heading or plan.recommendations.first()
    if under is None or under.plan_id != plan.pk:
        raise Missing("This heading is not one of the plan’s.")
    if comes_from is not None and comes_from.planning_id != planning.pk:
        raise Missing("An action comes from a priority of its own directorate.")
    said = {
        name: words(given, name=name, most=most)
        for name, given, most in (
            ("measure", measure, 1000),
            ("baseline", baseline, LINE),
            ("target", target, LINE),
            ("good", good, PARAGRAPH),
        )
    }
    needs: dict[str, str] = {}
    if (said["baseline"] or said["target"]) and not said["measure"]:
        needs["measure"] = "Say what is counted from there, or to there."
    if support is not None and post is not None and support.pk == post.pk:
        needs["support"] = "This post answers for it already."
    row = promised(
        by=by,
        recommendation=under,
        text=text,
        when=when,
        post=post,
        on=on,
        number=number,
        title=title,
        next_number=number_after(under),
        needs=needs,
    )
    if support is not None:
        Lead.objects.create(
            action=row,
            text=support.title,
            kind="post",
            role="supporting",
            post=support,
            position=1,
            since=on,
        )
    measured = _measured(row, said)
    if said["good"]:
        WhatGood.objects.create(action=row, words=said["good"], at=at, by=by)
    facts: dict[str, Any] = {"planning": planning.public_id, "measure": measured}
    if comes_from is not None:
        ends = {
            "from_kind": "action",
            "from_id": row.public_id,
            "to_kind": audit.kind_of(comes_from),
            "to_id": comes_from.public_id,
            "meaning": "comes_from",
        }
        Link.objects.create(**ends, since=on, by=by)
        facts |= {"comes_from": ends["to_id"]}
    audit.record(by=by, what="action.planned", on=row, facts=facts, at=at)
    return row


def _measured(action: Action, said: Mapping[str, str]) -> bool:
    """Keep the measure that was said with an action; whether there was one."""
    if not said["measure"]:
        return False
    last = Measure.objects.filter(plan=action.plan).aggregate(last=Max("position"))["last"]
    Measure.objects.create(
        plan=action.plan,
        action=action,
        text=said["measure"],
        baseline=said["baseline"],
        target=said["target"],
        position=(last or 0) + 1,
    )
    return True


@change
def say_what_good_is(
    *,
    by: Person,
    of: Action | Measure,
    version: int,
    text: str,
    at: datetime,
    key: str = "",
) -> WhatGood:
    """Say what good looks like for an action, or for one of its measures.

    What was said before stays in the history; blank words take it back. ``version`` is that of the
    action or measure. Who may: keep_planning where it belongs. Recorded: ``good.said``. Raises
    ``Missing`` for a measure of no action and where nothing changes, ``OutOfStep`` where somebody
    changed the thing first.
    """
    require(by, "keep_planning", of, localdate(at))
    action, measure = (of, None) if isinstance(of, Action) else (of.action, of)
    if action is None:
        raise Missing("This measure is of the plan as a whole: say it of an action.")
    said = words(text, name="text", most=PARAGRAPH)
    last = WhatGood.objects.filter(action=action, measure=measure).last()
    if said == (last.words if last else ""):
        needs = {"text": "Write what good looks like." if not said else "This stands already."}
        raise Missing("Nothing changes.", needs=needs)
    step(of, version)
    row = WhatGood.objects.create(action=action, measure=measure, words=said, at=at, by=by)
    facts = {"action": action.public_id}
    audit.record(by=by, what="good.said", on=of, facts=facts, at=at)
    return row
