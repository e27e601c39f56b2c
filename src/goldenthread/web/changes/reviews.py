"""Reviews, what they recommend, and what the body answers to each recommendation.

An answer that changes keeps the one before it: who answered what, when and why is only ever added.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Max
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.plan.evaluation import MOST_AT_ONCE, answer_needs, recommendations_in
from goldenthread.timescale import day
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.evidence import KINDS_IN_WORDS, kind_of_file
from goldenthread.web.changes.uploads import Store, file_name
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import (
    Person,
    Plan,
    Recommendation,
    Response,
    Review,
    ReviewReport,
    Strand,
    Theme,
    Unit,
)
from goldenthread.web.models.thread import REVIEWERS
from goldenthread.web.permissions import require

REVIEWER, LONG = 200, 20_000
MOST_REPORTS = 20


@change
def record_review(
    *,
    by: Person,
    plan: Plan,
    title: str,
    at: datetime,
    reviewer: str = "",
    standing: str = "",
    terms: str = "",
    began: date | None = None,
    reported: date | None = None,
    independence: str = "",
    report_url: str = "",
    report_on: date | None = None,
    key: str = "",
) -> Review:
    """The review that made a plan's recommendations, with its terms of reference.

    What changes: every recommendation of the plan that is of no review yet is of this one. Who
    may: keep_reviews. Recorded: ``review.recorded`` with how many recommendations it made. Raises
    ``Missing`` for a review without a title, one that reported before it began, words on the
    reviewer's independence without the answer, and a report without a day, with one to come, or
    with an address that is none.
    """
    require(by, "keep_reviews", plan, localdate(at))
    said = _said(
        title,
        reviewer,
        standing,
        independence,
        terms,
        began,
        reported,
        report_url,
        report_on,
        localdate(at),
    )
    row = Review.objects.create(unit=plan.unit, strand=plan.strand, **said)
    made = Recommendation.objects.filter(plan=plan, review__isnull=True).update(review=row)
    facts = {"plan": plan.public_id, "recommendations": made}
    audit.record(by=by, what="review.recorded", on=row, facts=facts, at=at)
    return row


@change
def enter_review(
    *,
    by: Person,
    unit: Unit,
    strand: Strand,
    title: str,
    at: datetime,
    reviewer: str = "",
    standing: str = "",
    terms: str = "",
    began: date | None = None,
    reported: date | None = None,
    independence: str = "",
    report_url: str = "",
    report_on: date | None = None,
    key: str = "",
) -> Review:
    """A review of a part of the body, in a strand, before any plan answers it.

    Who may: keep_reviews in that part. Recorded: ``review.recorded``. Raises as
    :func:`record_review` does.
    """
    require(by, "keep_reviews", unit, localdate(at))
    said = _said(
        title,
        reviewer,
        standing,
        independence,
        terms,
        began,
        reported,
        report_url,
        report_on,
        localdate(at),
    )
    row = Review.objects.create(unit=unit, strand=strand, **said)
    facts = {"unit": unit.public_id, "strand": strand.public_id}
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
    standing: str = "",
    terms: str = "",
    began: date | None = None,
    reported: date | None = None,
    independence: str = "",
    report_url: str = "",
    report_on: date | None = None,
    strand: Strand | None = None,
    key: str = "",
) -> Review:
    """Say otherwise who reviewed, on what terms or when; editions that are out keep their words.

    ``strand`` is the one it belongs to, None to leave it. Who may: keep_reviews in the unit of the
    review. Recorded: ``review.changed`` with the names of the fields. Raises as
    :func:`record_review` does, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_reviews", review, localdate(at))
    said = _said(
        title,
        reviewer,
        standing,
        independence,
        terms,
        began,
        reported,
        report_url,
        report_on,
        localdate(at),
    )
    if strand is not None:
        said["strand"] = strand
    fields = sorted(name for name, value in said.items() if getattr(review, name) != value)
    step(review, version, **said)
    audit.record(by=by, what="review.changed", on=review, facts={"fields": fields}, at=at)
    return review


@change
def keep_report(
    *,
    by: Person,
    review: Review,
    title: str,
    at: datetime,
    url: str = "",
    file: IO[bytes] | None = None,
    name: str = "",
    store: Store | None = None,
    key: str = "",
) -> ReviewReport:
    """Keep the report of a review: a link that anybody may follow, or a file that stays inside.

    A report that was corrected stands beside the first. Who may: keep_reviews. Recorded:
    ``review.report_kept`` with its kind. Raises ``Missing`` without a title, for neither a link nor
    a file or for both; ``Unsafe`` for a file that is too large.
    """
    require(by, "keep_reviews", review, localdate(at))
    called = words(title, name="title", most=LINE)
    link = words(url, name="the link", most=1000)
    needs: dict[str, str] = {}
    if not called:
        needs["title"] = "Say what the report is called."
    if bool(link) == (file is not None):
        needs["url"] = "Give a link that anybody may follow, or a file that stays inside."
    elif link and not _is_address(link):
        needs["url"] = _ADDRESS
    elif file is not None and kind_of_file(file) is None:
        needs["file"] = f"Give a {KINDS_IN_WORDS}."
    if ReviewReport.objects.filter(review=review).count() >= MOST_REPORTS:
        needs["title"] = f"A review has {MOST_REPORTS} reports at most."
    if needs:
        raise Missing("The report was not kept.", needs=needs)
    row = ReviewReport(review=review, kind="link", title=called, url=link, at=at, by=by)
    if file is not None and store is not None:
        copied = store.keep(file)
        row.kind, row.name, row.stored = "file", file_name(name), copied.path.name
        row.sha256, row.size = copied.sha256, copied.size
    row.save(force_insert=True)
    facts = {"kind": row.kind}
    audit.record(by=by, what="review.report_kept", on=review, facts=facts, at=at)
    return row


@change
def record_recommendations(
    *,
    by: Person,
    review: Review,
    theme: str,
    text: str,
    at: datetime,
    key: str = "",
) -> Review:
    """What a review recommends under a theme, word for word: one in each paragraph.

    ``text`` is read by ``plan.evaluation.recommendations_in``, so the report's own numbers are
    kept. They belong to no plan until actions of any plan answer them. The theme is of the review's
    strand, and made where there is none of that name. Who may: keep_reviews. Recorded:
    ``review.recommendations_recorded`` with how many. Raises ``Missing`` without a theme, without a
    recommendation, for a review without a strand, for too many at once, and for a number that
    another one has.
    """
    require(by, "keep_reviews", review, localdate(at))
    named = words(theme, name="theme", most=LINE)
    found = recommendations_in(words(text, name="text", most=LONG))
    Review.objects.select_for_update().get(pk=review.pk)
    needs: dict[str, str] = {}
    strand = review.strand
    if strand is None:
        needs["theme"] = "Say first which strand the review belongs to."
    elif not named:
        needs["theme"] = "Say which theme they stand under, as the report names it."
    numbers = [one.number for one in found if one.number]
    taken = set(
        Recommendation.objects.filter(review=review, number__in=numbers).values_list(
            "number", flat=True
        )
    )
    if not found:
        needs["text"] = "Write what it recommends, word for word."
    elif len(found) > MOST_AT_ONCE:
        needs["text"] = f"Enter {MOST_AT_ONCE} at most at once."
    elif taken or len(set(numbers)) < len(numbers):
        twice = sorted(taken) or sorted({one for one in numbers if numbers.count(one) > 1})
        needs["text"] = f"The number {twice[0]} stands there already."
    if needs or strand is None:
        raise Missing("Nothing was recorded.", needs=needs)
    under = Theme.objects.filter(strand=strand, name=named).first()
    if under is None:
        last = Theme.objects.filter(strand=strand).aggregate(last=Max("position"))["last"]
        under = Theme.objects.create(
            strand=strand, name=named, position=0 if last is None else last + 1
        )
    last = Recommendation.objects.filter(review=review).aggregate(last=Max("position"))["last"]
    Recommendation.objects.bulk_create(
        [
            Recommendation(
                review=review,
                theme=under,
                number=one.number,
                text=one.words,
                position=place,
            )
            for place, one in enumerate(found, 0 if last is None else last + 1)
        ]
    )
    facts = {"recommendations": len(found), "theme": under.public_id}
    audit.record(by=by, what="review.recommendations_recorded", on=review, facts=facts, at=at)
    return review


@change
def answer_recommendation(
    *,
    by: Person,
    recommendation: Recommendation,
    position: str,
    text: str,
    reason: str,
    decided_by: str,
    answered_on: date | None,
    version: int,
    at: datetime,
    key: str = "",
) -> Response:
    """What the body answers to a recommendation: accepted, in part, or not, and by whom.

    The answer before it is kept, that of a document too. Who may: keep_reviews. Recorded:
    ``recommendation.answered`` with the position. Raises ``Missing`` where it is not accepted, or
    only in part, without a reason; without who decided; for a day to come or before the review
    reported; and where nothing would change; ``OutOfStep`` where somebody answered first.
    """
    on = localdate(at)
    require(by, "keep_reviews", recommendation, on)
    said, why = words(text, name="text"), words(reason, name="reason")
    whose = words(decided_by, name="who decided", most=REVIEWER)
    needs = answer_needs(position, said, why)
    if not whose:
        needs["decided_by"] = "Say who decided: Cabinet, the Chief Executive."
    if answered_on is None or answered_on > on:
        needs["answered_on"] = "Give a day that has been."
    reported = recommendation.review.reported if recommendation.review is not None else None
    if answered_on is not None and reported is not None and answered_on < reported:
        needs["answered_on"] = f"The review reported on {day(reported)}. Give a day after it."
    last = recommendation.responses.last()
    if last is not None and (
        (last.position, last.words, last.reason, last.decided_by, last.on)
        == (position, said, why, whose, answered_on)
    ):
        needs["position"] = "Nothing would change."
    if needs or answered_on is None:
        raise Missing("The answer was not recorded.", needs=needs)
    if recommendation.version != version:
        raise OutOfStep(
            "Somebody answered while you were writing.",
            theirs={"position": recommendation.answer_position, "text": recommendation.answer},
            do="Read what now stands, and send what should stand.",
        )
    keep_answer(recommendation, at=at)
    row = Response.objects.create(
        recommendation=recommendation,
        position=position,
        words=said,
        reason=why,
        decided_by=whose,
        on=answered_on,
        at=at,
        by=by,
    )
    step(
        recommendation,
        version,
        answer=" ".join(part for part in (said, why) if part),
        answer_position=position,
        answered_on=answered_on,
        answered_by=whose,
    )
    facts = {"position": position, "on": answered_on.isoformat()}
    audit.record(by=by, what="recommendation.answered", on=recommendation, facts=facts, at=at)
    return row


def keep_answer(recommendation: Recommendation, *, at: datetime) -> None:
    """Keep the answer that stands on a recommendation, where no row tells of it: a document's."""
    said, position = recommendation.answer, recommendation.answer_position
    if not said and not position:
        return
    last = recommendation.responses.last()
    if last is not None:
        joined = " ".join(part for part in (last.words, last.reason) if part)
        if (joined, last.position) == (said, position):
            return
    Response.objects.create(
        recommendation=recommendation,
        position=position,
        words=said,
        decided_by=recommendation.answered_by,
        on=recommendation.answered_on,
        at=at,
    )


_ADDRESS = "Give an address that begins with https://, as the browser shows it."


def _is_address(link: str) -> bool:
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError:
        return False
    return True


def _said(
    title: str,
    reviewer: str,
    standing: str,
    independence: str,
    terms: str,
    began: date | None,
    reported: date | None,
    report_url: str,
    report_on: date | None,
    today: date,
) -> dict[str, Any]:
    how = words(independence, name="independence")
    link = words(report_url, name="the link", most=1000)
    needs: dict[str, str] = {}
    if began is not None and reported is not None and reported < began:
        needs["reported"] = "Give a day after the review began."
    if standing and standing not in dict(REVIEWERS):
        needs["standing"] = "Choose whether the reviewer is of the council or independent of it."
    elif how and not standing:
        needs["standing"] = "Choose one of these as well, so that the answer is plain."
    if link and not _is_address(link):
        needs["report_url"] = _ADDRESS
    if link and report_on is None:
        needs["report_on"] = "Say on which day it was published."
    elif report_on is not None and report_on > today:
        needs["report_on"] = "Give a day that has been."
    elif report_on is not None and began is not None and report_on < began:
        needs["report_on"] = "Give a day after the review began."
    if needs:
        raise Missing("Nothing was kept.", needs=needs)
    return {
        "title": words(title, name="title", most=LINE, needed=True),
        "reviewer": words(reviewer, name="reviewer", most=REVIEWER),
        "standing": standing,
        "independence": how,
        "terms": words(terms, name="terms", most=LONG),
        "began": began,
        "reported": reported,
        "report_url": link,
        "report_on": report_on,
    }
