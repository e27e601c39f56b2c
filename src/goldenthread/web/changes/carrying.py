"""What goes on from last year's planning into this one: each thing by somebody's choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Action, CarriedOver, Link, Person, Planning
from goldenthread.web.permissions import require
from goldenthread.web.queries.evaluation import left


@change
def carry_over(
    *,
    by: Person,
    planning: Planning,
    of: str,
    stays: bool,
    version: int,
    at: datetime,
    reason: str = "",
    into: Action | None = None,
    links: Sequence[Link] = (),
    key: str = "",
) -> CarriedOver:
    """Choose that a thing of the planning before goes on into this one, or that it does not.

    ``of`` is its key among ``queries.evaluation.left``. An action goes on as it is; with ``into``
    another action of this planning's plan goes on with it, comes from it, and takes up those of its
    ``links`` that are given: the old action keeps its own. ``version`` is how often it was chosen
    before; each choice stays on record. Who may: keep_planning. Recorded: ``planning.carried`` with
    how many links went on. Raises ``Missing`` for a thing that the planning before did not leave,
    for one that is let go without a reason, and for an action of another plan; ``OutOfStep`` where
    somebody chose first.
    """
    on = localdate(at)
    require(by, "keep_planning", planning, on)
    Planning.objects.select_for_update().get(pk=planning.pk)
    found = next((one for one in left(planning, on=on) if one.key == of), None)
    if found is None:
        raise Missing("The planning before left no such thing.", do="Go back to what it left.")
    why = words(reason, name="reason", most=LINE)
    needs: dict[str, str] = {}
    chosen = CarriedOver.objects.filter(planning=planning, kind=found.kind, of=found.id)
    if chosen.count() != version:
        raise OutOfStep(
            "Somebody chose while you were reading.",
            do="Look at what stands now, and choose again.",
        )
    if not stays and not why:
        needs["reason"] = "Say why it does not go on."
    if into is not None:
        if found.kind != "action" or not stays:
            needs["into"] = "Only an action that goes on is taken up by another."
        elif planning.plan_id is None or into.plan_id != planning.plan_id:
            needs["into"] = "Choose an action of the plan that comes of this planning."
        elif into.public_id == found.id:
            needs["into"] = "It goes on as it is: choose no other."
    if links and into is None:
        needs["links"] = "Links go on with another action; this one keeps its own."
    if {one.pk for one in links} - {one.pk for one in found.links}:
        needs["links"] = "Choose links of this action."
    if needs:
        raise Missing("Nothing was chosen.", needs=needs)
    row = CarriedOver.objects.create(
        planning=planning,
        kind=found.kind,
        of=found.id,
        words=found.words,
        stays=stays,
        reason=why,
        into=into,
        at=at,
        by=by,
    )
    made = 0
    if into is not None:
        ends = [("action", found.id, "comes_from")]
        ends += [(one.to_kind, one.to_id, one.meaning) for one in links]
        for kind, public_id, meaning in ends:
            if (kind, public_id) == ("action", into.public_id):
                continue
            _link, new = Link.objects.get_or_create(
                from_kind="action",
                from_id=into.public_id,
                to_kind=kind,
                to_id=public_id,
                meaning=meaning,
                until=None,
                defaults={"since": on, "by": by},
            )
            made += new
    told = {"kind": found.kind, "stays": stays, "links": made}
    audit.record(by=by, what="planning.carried", on=planning, facts=told, at=at)
    return row
