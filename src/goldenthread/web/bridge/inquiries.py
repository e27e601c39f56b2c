"""Reviews as an edition carries them: each whole, whatever was answered to what it recommended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from goldenthread.plan import edition
from goldenthread.web import models as rows
from goldenthread.web.bridge.reading import word


def answered(plan: rows.Plan) -> QuerySet[rows.Recommendation]:
    """The recommendations of a plan, each with the words and the reason of its last response."""
    return _answered(rows.Recommendation.objects.filter(plan=plan))


def recommended(plan: rows.Plan, on: date) -> list[rows.Recommendation]:
    """All that the edition of a plan has to answer for on a day, in at most three queries.

    The plan's own recommendations, then those of its reviews that no plan holds: of the reviews
    that recommended something in the plan, and of those of its unit and strand that have reported
    and are of no other plan. A plan could otherwise leave out what the body did not accept. Each
    has a number that no other has: the one under which an edition of this plan was published, else
    its own where that is free, else R and the next that never stood for another. A theme of another
    strand is left out: two strands call their first theme A.
    """
    own = list(answered(plan))
    made = rows.Recommendation.objects.filter(review=OuterRef("review"), plan__isnull=False)
    here = Exists(made.filter(plan=plan))
    reported = Q(review__unit=plan.unit_id, review__strand=plan.strand_id, review__reported__lte=on)
    besides = _answered(rows.Recommendation.objects.filter(plan__isnull=True)).filter(
        Q(here) | (reported & ~Exists(made))
    )
    ordered = list(besides.order_by("review_id", "position", "pk"))
    taken, last = {row.number for row in own}, 0
    before = _published_numbers(plan) if ordered else {}
    kept: dict[int, str] = {}
    for row in ordered:
        told = (one for one in before.get(row.text, ()) if one not in taken)
        if number := next(told, ""):
            kept[row.pk] = number
            taken.add(number)
    # What once stood for other words stands for no others, though they are published no more.
    held = taken.union(*before.values())
    for row in ordered:
        row.number = kept.get(row.pk, row.number)
        while row.pk not in kept and (not row.number or row.number in held):
            last += 1
            row.number = f"R{last}"
        held.add(row.number)
        if row.theme is not None and row.theme.strand_id != plan.strand_id:
            row.theme = None
        own.append(row)
    return own


def _published_numbers(plan: rows.Plan) -> Mapping[str, Sequence[str]]:
    """The numbers under which words were recommended in the published editions of a plan.

    By the words, the number that was published last first. An edition knows a recommendation by its
    number and its words, and what no plan holds is never reworded.
    """
    found: dict[str, dict[str, None]] = {}
    published = rows.Edition.objects.filter(plan=plan, published_at__isnull=False)
    for told in published.order_by("-number").values_list("content__recommendations", flat=True):
        for one in told or ():
            found.setdefault(one["words"], {})[one["number"]] = None
    return {words: tuple(numbers) for words, numbers in found.items()}


def _answered(found: QuerySet[rows.Recommendation]) -> QuerySet[rows.Recommendation]:
    last = rows.Response.objects.filter(recommendation=OuterRef("pk")).order_by("-pk")
    return found.select_related("theme", "review").annotate(
        response_words=Subquery(last.values("words")[:1]),
        response_reason=Subquery(last.values("reason")[:1]),
    )


def answering(
    plan: rows.Plan, found: Sequence[rows.Recommendation], on: date
) -> Mapping[str, tuple[str, ...]]:
    """The numbers of what no plan holds that links say an action of this plan answers, by its id.

    No query where every recommendation is the plan's own.
    """
    besides = {row.public_id: row.number for row in found if row.plan_id is None}
    if not besides:
        return {}
    links = rows.Link.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on),
        since__lte=on,
        from_kind="action",
        from_id__in=rows.Action.objects.filter(plan=plan).values("public_id"),
        to_kind="recommendation",
        to_id__in=besides,
        meaning__in=("answers", "serves"),
    )
    joined: dict[str, dict[str, None]] = {}
    for link in links.order_by("since", "id"):
        joined.setdefault(link.from_id, {})[besides[link.to_id]] = None
    return {action: tuple(numbers) for action, numbers in joined.items()}


def public_inquiries(found: Iterable[rows.Recommendation]) -> tuple[edition.Inquiry, ...]:
    """The reviews that made these recommendations, in their order, each with all that it made."""
    made: dict[int, list[str]] = {}
    reviews: dict[int, rows.Review] = {}
    for rec in found:
        if rec.review is not None:
            reviews[rec.review.pk] = rec.review
            made.setdefault(rec.review.pk, []).append(rec.number)
    return tuple(
        edition.Inquiry(
            title=row.title,
            made_by=row.reviewer,
            terms=row.terms,
            began=row.began,
            reported=row.reported,
            standing=word(row.standing),
            independence=row.independence,
            report=row.report_url,
            report_on=row.report_on,
            recommendations=tuple(made[row.pk]),
        )
        for row in reviews.values()
    )


def public_recommendation(rec: rows.Recommendation) -> edition.Recommendation:
    """A recommendation with the answer that the body gave, and the reason where it has one.

    It is one of :func:`answered`, which has its last response beside it.
    """
    answer = None
    if rec.answer_position:
        said = (rec.answer, "")
        last: tuple[str, str] = (
            getattr(rec, "response_words", None) or "",
            getattr(rec, "response_reason", None) or "",
        )
        # The row of the recommendation repeats both; an answer of a document has no reason apart.
        if " ".join(filter(None, last)) == rec.answer:
            said = last
        answer = edition.Answer(
            cast(edition.Position, rec.answer_position),
            said[0],
            by=rec.answered_by,
            on=rec.answered_on,
            reason=said[1],
        )
    return edition.Recommendation(
        number=rec.number,
        words=rec.text,
        made_by=rec.review.reviewer if rec.review else "",
        made_on=rec.review.reported if rec.review else None,
        theme=letter(rec.theme) if rec.theme else "",
        answer=answer,
    )


def letter(theme: rows.Theme) -> str:
    """How pages call a theme: A, B, … Z, then numbers; it never changes, since places do not."""
    return chr(65 + theme.position) if theme.position < 26 else str(theme.position + 1)
