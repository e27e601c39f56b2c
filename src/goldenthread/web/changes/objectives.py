"""Objectives counted: two numbers of a planning or an action, and never whose they are."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.plan.objectives import FEW
from goldenthread.timescale import period_of
from goldenthread.web import audit
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Action, ObjectiveCount, Person, Planning
from goldenthread.web.permissions import require

# More appraisals than any council holds: a slip of the keyboard.
_MOST = 200_000


@change
def count_objectives(
    *,
    by: Person,
    planning: Planning,
    ends: date | None,
    serving: int | None,
    held: int | None,
    at: datetime,
    action: Action | None = None,
    reason: str = "",
    key: str = "",
) -> ObjectiveCount:
    """Say of how many appraisals held in a year so far an objective serves a planning or an action.

    ``ends`` is the last day of a quarter; a second count for the same quarter corrects the first,
    with a reason. Who may: count_objectives. Recorded: ``objectives.counted``, without either
    number. Raises ``Missing`` for a quarter that has not ended or began before the planning's year,
    for numbers that cannot be, for fewer than ``FEW`` appraisals (count them with the directorate
    as a whole), and for an action of another plan.
    """
    on = localdate(at)
    require(by, "count_objectives", planning, on)
    why = words(reason, name="reason", most=LINE)
    needs: dict[str, str] = {}
    if ends is None or ends != period_of(ends).ends or ends > on:
        needs["ends"] = "Choose a quarter that has ended."
    elif ends < planning.begins:
        needs["ends"] = "Choose a quarter that ended after this planning began."
    if serving is None or serving < 0:
        needs["serving"] = "Give a whole number, 0 or more."
    if held is None or not 0 <= held <= _MOST:
        needs["held"] = "Give a whole number."
    elif held < FEW:
        needs["held"] = (
            f"Fewer than {FEW} appraisals are not counted alone: one person’s could be told from "
            "them. Count them with the directorate as a whole."
        )
    elif serving is not None and serving > held:
        needs["serving"] = "More objectives than appraisals: count appraisals that have one."
    if action is not None and action.plan_id != planning.plan_id:
        raise Missing("This action is not one of the planning’s.")
    counted = ObjectiveCount.objects.filter(
        planning=planning, action=action, replaced_by__isnull=True
    )
    stands = next((one for one in counted if one.ends == ends), None)
    if stands is not None and not why:
        needs["reason"] = "This quarter was counted already. Say why it changes."
    if needs or ends is None or serving is None or held is None:
        raise Missing("Nothing was counted.", needs=needs)
    try:
        with transaction.atomic():
            row = ObjectiveCount.objects.create(
                planning=planning,
                action=action,
                ends=ends,
                serving=serving,
                held=held,
                reason=why if stands else "",
                replaces=stands,
                at=at,
                by=by,
            )
    except IntegrityError:
        raise OutOfStep(
            "Somebody counted this quarter before you did.",
            do="Read what now stands, and say why it changes.",
        ) from None
    facts = {"ends": ends.isoformat(), "replaces": stands is not None}
    audit.record(by=by, what="objectives.counted", on=planning, facts=facts, at=at)
    return row
