"""The review that a plan answers: who reviewed, on what terms, and when they reported."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Person, Plan, Recommendation, Review
from goldenthread.web.permissions import require

REVIEWER, LONG = 200, 20_000


@change
def record_review(
    *,
    by: Person,
    plan: Plan,
    title: str,
    at: datetime,
    reviewer: str = "",
    terms: str = "",
    began: date | None = None,
    reported: date | None = None,
    key: str = "",
) -> Review:
    """The review that made a plan's recommendations, with its terms of reference.

    What changes: every recommendation of the plan that is of no review yet is of this one. Who
    may: edit_plan. Recorded: ``review.recorded`` with how many recommendations it made. Raises
    ``Missing`` for a review without a title, or one that reported before it began.
    """
    require(by, "edit_plan", plan, localdate(at))
    row = Review.objects.create(unit=plan.unit, **_said(title, reviewer, terms, began, reported))
    made = Recommendation.objects.filter(plan=plan, review__isnull=True).update(review=row)
    facts = {"plan": plan.public_id, "recommendations": made}
    audit.record(by=by, what="review.recorded", on=row, facts=facts, at=at)
    return row


@change
def change_review(
    *,
    by: Person,
    review: Review,
    title: str,
    version: int,
    at: datetime,
    reviewer: str = "",
    terms: str = "",
    began: date | None = None,
    reported: date | None = None,
    key: str = "",
) -> Review:
    """Say otherwise who reviewed, on what terms or when; editions that are out keep their words.

    Who may: edit_plan in the unit of the review. Recorded: ``review.changed`` with the names of the
    fields. Raises as :func:`record_review` does, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "edit_plan", review, localdate(at))
    said = _said(title, reviewer, terms, began, reported)
    fields = sorted(name for name, value in said.items() if getattr(review, name) != value)
    step(review, version, **said)
    audit.record(by=by, what="review.changed", on=review, facts={"fields": fields}, at=at)
    return review


def _said(
    title: str, reviewer: str, terms: str, began: date | None, reported: date | None
) -> dict[str, Any]:
    if began is not None and reported is not None and reported < began:
        raise Missing("Nothing was kept.", needs={"reported": "Give a day after the review began."})
    return {
        "title": words(title, name="title", most=LINE, needed=True),
        "reviewer": words(reviewer, name="reviewer", most=REVIEWER),
        "terms": words(terms, name="terms", most=LONG),
        "began": began,
        "reported": reported,
    }
