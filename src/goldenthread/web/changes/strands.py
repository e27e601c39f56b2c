"""The strands that a thing belongs to besides that of its plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.models import Action, InStrand, Measure, Person, Review, Strand
from goldenthread.web.permissions import require


@change
def put_action_in_strands(
    *,
    by: Person,
    action: Action,
    strands: Sequence[Strand],
    version: int,
    at: datetime,
    key: str = "",
) -> Action:
    """Say to which strands an action belongs besides its plan's; those not given end now.

    Who may: edit_plan. Recorded: ``action.strands_kept``. Raises ``OutOfStep`` where somebody
    changed the action first.
    """
    require(by, "edit_plan", action, localdate(at))
    step(action, version)
    _keep(action, strands, besides=action.plan.strand_id, by=by, at=at)
    facts = {"strands": _names(strands)}
    audit.record(by=by, what="action.strands_kept", on=action, facts=facts, at=at)
    return action


@change
def put_measure_in_strands(
    *,
    by: Person,
    measure: Measure,
    strands: Sequence[Strand],
    version: int,
    at: datetime,
    key: str = "",
) -> Measure:
    """Say to which strands a measure belongs besides its plan's; those not given end now.

    Who may: keep_measures. Recorded: ``measure.strands_kept``. Raises ``OutOfStep`` where somebody
    changed the measure first.
    """
    require(by, "keep_measures", measure, localdate(at))
    step(measure, version)
    _keep(measure, strands, besides=measure.plan.strand_id, by=by, at=at)
    facts = {"strands": _names(strands)}
    audit.record(by=by, what="measure.strands_kept", on=measure, facts=facts, at=at)
    return measure


@change
def put_review_in_strands(
    *,
    by: Person,
    review: Review,
    strands: Sequence[Strand],
    version: int,
    at: datetime,
    key: str = "",
) -> Review:
    """Say to which strands a review belongs besides its own, or those of the plans that answer it.

    Those not given end now. Who may: keep_reviews. Recorded: ``review.strands_kept``. Raises
    ``OutOfStep`` where somebody changed the review first.
    """
    require(by, "keep_reviews", review, localdate(at))
    step(review, version)
    _keep(review, strands, besides=review.strand_id, by=by, at=at)
    facts = {"strands": _names(strands)}
    audit.record(by=by, what="review.strands_kept", on=review, facts=facts, at=at)
    return review


def _keep(
    thing: Action | Measure | Review,
    strands: Sequence[Strand],
    *,
    besides: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Make these, and no others but that of its plan, the further strands of a thing."""
    of = {audit.kind_of(thing): thing}
    wanted = {strand.pk: strand for strand in strands if strand.pk != besides}
    stands = InStrand.objects.filter(**of, ended_at__isnull=True)
    stands.exclude(strand__in=wanted).update(ended_at=at, ended_by=by)
    there = set(stands.values_list("strand", flat=True))
    InStrand.objects.bulk_create(
        InStrand(strand=strand, at=at, by=by, **of)
        for key, strand in wanted.items()
        if key not in there
    )


def _names(strands: Sequence[Strand]) -> str:
    return ", ".join(strand.name for strand in strands)
