"""Links that were proposed by words in common: joined by a person, or refused and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.plan.likeness import wordings
from goldenthread.web import audit
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.tiers import joined_to
from goldenthread.web.models import Action, Person, Plan, ProposalAnswer, Recommendation
from goldenthread.web.permissions import require
from goldenthread.web.queries.proposals import Pair, text_of

# More than a page holds; a form of more was not made by us.
MOST = 200


@change
def join_proposed(
    *, by: Person, plan: Plan, pairs: Sequence[Pair], at: datetime, key: str = ""
) -> Plan:
    """Say that actions of a plan serve what they were proposed to serve, all at once, from today.

    What is joined already stays as it is. That an action was kept as local is undone. Who may:
    keep_tiers for the plan. Recorded: ``proposals.joined`` with the links. Raises ``Missing`` for
    no pair, too many, one of another plan, and what does not stand above; ``OutOfStep`` where the
    words of either were changed since they were read. Then none is joined.
    """
    require(by, "keep_tiers", plan, localdate(at))
    _check(plan, pairs)
    made = []
    for one in pairs:
        link, new = joined_to(by=by, action=one.action, above=one.above, at=at)
        if new:
            made.append(link.public_id)
    if not made:
        raise OutOfStep("All of these were joined before you did.")
    audit.record(by=by, what="proposals.joined", on=plan, facts={"links": made}, at=at)
    return plan


@change
def refuse_proposed(
    *, by: Person, plan: Plan, pairs: Sequence[Pair], at: datetime, key: str = ""
) -> Plan:
    """Say that actions of a plan do not serve what was proposed: it is not proposed again.

    It holds while both are worded as they are. Who may: keep_tiers for the plan. Recorded:
    ``proposals.refused``, with the pairs. Raises what :func:`join_proposed` does for the pairs.
    """
    require(by, "keep_tiers", plan, localdate(at))
    _answer(by, plan, pairs, at, refused=True)
    return plan


@change
def propose_again(
    *, by: Person, plan: Plan, pairs: Sequence[Pair], at: datetime, key: str = ""
) -> Plan:
    """Take back that actions of a plan do not serve what was proposed; both answers stay known.

    Who may: keep_tiers for the plan. Recorded: ``proposals.again``, with the pairs. Raises what
    :func:`join_proposed` does for the pairs.
    """
    require(by, "keep_tiers", plan, localdate(at))
    _answer(by, plan, pairs, at, refused=False)
    return plan


def _answer(by: Person, plan: Plan, pairs: Sequence[Pair], at: datetime, *, refused: bool) -> None:
    """Add an answer for each pair whose newest one says otherwise, and one entry of the audit."""
    _check(plan, pairs)
    newest = {
        (row.action_id, row.above_id, row.recommendation_id, row.wordings): row.refused
        for row in ProposalAnswer.objects.filter(action__in=[one.action for one in pairs])
    }
    rows, told = [], []
    for one in pairs:
        row = ProposalAnswer(
            action=one.action,
            above=one.above if isinstance(one.above, Action) else None,
            recommendation=one.above if isinstance(one.above, Recommendation) else None,
            wordings=one.wordings,
            refused=refused,
            at=at,
            by=by,
        )
        # Nobody answered before: it is proposed.
        said = newest.get((row.action_id, row.above_id, row.recommendation_id, row.wordings), False)
        if said is not refused:
            rows.append(row)
            told.append(f"{one.action.public_id} {one.above.public_id}")
    if not rows:
        raise OutOfStep("All of these were answered so before you did.")
    for row in rows:
        row.save(force_insert=True)
    what = "proposals.refused" if refused else "proposals.again"
    audit.record(by=by, what=what, on=plan, facts={"proposals": told}, at=at)


def _check(plan: Plan, pairs: Sequence[Pair]) -> None:
    """Raises ``Missing`` for what is no pair of this plan, ``OutOfStep`` for words that changed."""
    if not pairs:
        raise Missing("Nothing is chosen.", needs={"pair": "Tick at least one of them."})
    if len(pairs) > MOST or any(one.action.plan_id != plan.pk for one in pairs):
        raise Missing("These are not of this plan.", needs={"pair": "Open the page again."})
    if any(one.wordings != wordings(text_of(one.action), text_of(one.above)) for one in pairs):
        raise OutOfStep(
            "The words of one of these were changed while you were reading.",
            do="Read what now stands, and choose again.",
        )
