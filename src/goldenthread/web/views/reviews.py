"""Reviews: recorded by hand or with the plan that answers them, their reports, and the answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.timescale import day
from goldenthread.web.changes import reviews as changes
from goldenthread.web.changes.uploads import Store
from goldenthread.web.forms.reviews import (
    STANDING_WORDS,
    AnswerForm,
    ChangeReviewForm,
    EnterReviewForm,
    RecommendationsForm,
    ReportForm,
    ReviewForm,
)
from goldenthread.web.queries import recommendations
from goldenthread.web.queries import reviews as queries
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import page_number
from goldenthread.web.views.evaluation import handed_out
from goldenthread.web.views.sending import ask, sent, typed

_FIELDS = (
    *("title", "reviewer", "standing", "independence", "terms", "began", "reported"),
    *("report_url", "report_on"),
)


@needs("read_register")
def reviews_page(request: HttpRequest) -> HttpResponse:
    """Every review that somebody may see, with how much of it was answered."""
    found, count, pages = queries.reviews(
        for_=who(request), on=timezone.localdate(), page=page_number(request)
    )
    facts = {
        "found": found,
        "count": count,
        "here_page": page_number(request),
        "pages": pages,
        "standings": STANDING_WORDS,
    }
    return render(request, "workspace/reviews/reviews.html", facts)


@needs("read_register", kind="review")
def review_page(request: HttpRequest, review: queries.Review) -> HttpResponse:
    """One review: what it recommended by theme, what was answered, and how the actions stand."""
    page = queries.page(review, for_=who(request), on=timezone.localdate())
    facts = {"page": page, "review": review, "standings": STANDING_WORDS}
    return render(request, "workspace/reviews/review.html", facts)


@needs("keep_reviews")
def enter_review(request: HttpRequest) -> HttpResponse:
    """Record a review before any plan answers it."""
    me, today = who(request), timezone.localdate()
    units, strands = queries.to_enter(for_=me, on=today)
    offered: dict[str, dict[str, Any]] = {
        "unit": {one.public_id: one for one in units},
        "strand": {one.public_id: one for one in strands},
    }
    form = EnterReviewForm(
        **typed(request),
        choices={
            name: [(key, one.name) for key, one in found.items()] for name, found in offered.items()
        },
        initial={"strand": strands[0].public_id if len(strands) == 1 else ""},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers |= {name: found[answers[name]] for name, found in offered.items()}
        changes.enter_review(by=me, at=timezone.now(), **answers)

    to = reverse("reviews")
    return sent(
        request, form, change, done=_("The review was recorded."), to=to, room="plans"
    ) or _ask(
        request,
        form,
        to,
        _("Reviews"),
        title=_("Record a review"),
        lead=[
            _("Its recommendations are entered afterwards, theme by theme."),
            _("If a plan holds them already, record the review on the page of the plan."),
        ],
        button=_("Record it"),
    )


@needs("keep_reviews", kind="plan")
def record_review(request: HttpRequest, plan: Any) -> HttpResponse:  # noqa: ANN401
    """Record the review that made a plan's recommendations, or change what is said of it."""
    row = next(iter(recommendations.reviews(plan)), None)
    form = ReviewForm(
        **typed(request),
        version=row.version if row else 0,
        initial={name: getattr(row, name) for name in _FIELDS} if row else {},
    )

    def change(answers: dict[str, Any]) -> None:
        if row is not None:
            changes.change_review(by=who(request), review=row, at=timezone.now(), **answers)
            return
        answers.pop("version")
        changes.record_review(by=who(request), plan=plan, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        return ({}, 0) if row is None else _stands(row)

    to = reverse("plan", kwargs={"plan": plan.public_id})
    done = _("The review was recorded. The public reads it in the next edition.")
    return sent(request, form, change, done=done, to=to, stands=stands) or _ask(
        request,
        form,
        to,
        _("The plan"),
        title=_("The review that this plan answers"),
        lead=[plan.title],
        button=_("Keep this"),
    )


@needs("keep_reviews", kind="review")
def change_review(request: HttpRequest, review: queries.Review) -> HttpResponse:
    """Say otherwise who reviewed, on what terms, when, and in which strand."""
    strands = {one.public_id: one for one in queries.strands()}
    form = ChangeReviewForm(
        **typed(request),
        choices={"strand": [(key, one.name) for key, one in strands.items()]},
        version=review.version,
        initial={name: getattr(review, name) for name in _FIELDS}
        | {"strand": review.strand.public_id if review.strand else ""},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["strand"] = strands.get(answers["strand"])
        changes.change_review(by=who(request), review=review, at=timezone.now(), **answers)

    return _sent(
        request,
        review,
        form,
        change,
        done=_("The review was changed. Editions that are out keep their words."),
        stands=lambda: _stands(review),
    ) or _of(
        request,
        review,
        form,
        title=_("Change what is said of the review"),
        lead=[],
        button=_("Keep this"),
    )


@needs("keep_reviews", kind="review")
def keep_report(request: HttpRequest, review: queries.Review) -> HttpResponse:
    """Keep the report of a review, as a link or a file."""
    form = ReportForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        file = answers.pop("file")
        with Store() as store:
            changes.keep_report(
                by=who(request),
                review=review,
                at=timezone.now(),
                file=file or None,
                name=file.name if file else "",
                store=store,
                **answers,
            )

    return _sent(request, review, form, change, done=_("The report is kept.")) or _of(
        request,
        review,
        form,
        title=_("Keep its report"),
        lead=[
            _(
                "A report can hold what staff said in confidence. Give a link only to what its "
                "reviewer meant for anybody to read."
            )
        ],
        button=_("Keep this report"),
    )


@needs("open_evidence", kind="reviewreport")
def report_file(request: HttpRequest, reviewreport: queries.ReviewReport) -> HttpResponseBase:  # noqa: ARG001
    """The file of a report, always as an attachment."""
    return handed_out(reviewreport)


@needs("keep_reviews", kind="review")
def record_recommendations(request: HttpRequest, review: queries.Review) -> HttpResponse:
    """Enter what a review recommends under one theme."""
    form = RecommendationsForm(**typed(request), themes=queries.themes_of(review))

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.record_recommendations(by=who(request), review=review, at=timezone.now(), **answers)

    return _sent(request, review, form, change, done=_("The recommendations are recorded.")) or _of(
        request,
        review,
        form,
        title=_("Enter what it recommends"),
        lead=[_("They belong to no plan until actions answer them. Join actions of any plan.")],
        button=_("Record them"),
    )


@needs("keep_reviews", kind="recommendation")
def answer_recommendation(
    request: HttpRequest, recommendation: recommendations.Recommendation
) -> HttpResponse:
    """Record what the council answers to a recommendation; the answer before it is kept."""
    last = next(iter(recommendations.answers(recommendation)), None)
    form = AnswerForm(
        **typed(request),
        version=recommendation.version,
        initial={
            "position": recommendation.answer_position,
            "text": last.words if last else recommendation.answer,
            "reason": last.reason if last else "",
            "decided_by": recommendation.answered_by,
        },
    )

    def change(answers: dict[str, Any]) -> None:
        changes.answer_recommendation(
            by=who(request), recommendation=recommendation, at=timezone.now(), **answers
        )

    def stands() -> tuple[dict[str, Any], int]:
        recommendation.refresh_from_db()
        told = {
            _("Answer"): recommendation.answer,
            _("Who decided"): recommendation.answered_by,
            _("On"): day(recommendation.answered_on) if recommendation.answered_on else "",
        }
        return told, recommendation.version

    to = reverse("recommendation", kwargs={"recommendation": recommendation.public_id})
    done = _("The answer was recorded. The public reads it in the next edition.")
    return sent(request, form, change, done=done, to=to, stands=stands, room="plans") or _ask(
        request,
        form,
        to,
        _("The recommendation"),
        title=_("What does the council answer?"),
        lead=[recommendation.text],
        button=_("Record this answer"),
    )


def _stands(row: Any) -> tuple[dict[str, Any], int]:  # noqa: ANN401
    row.refresh_from_db()
    told = {
        _("Title"): row.title,
        _("Made by"): row.reviewer,
        _("Independence"): row.independence,
        _("Terms"): row.terms,
        _("Report"): row.report_url,
    }
    return told, row.version


def _page(review: queries.Review) -> str:
    return reverse("review", kwargs={"review": review.public_id})


def _sent(
    request: HttpRequest,
    review: queries.Review,
    form: Any,  # noqa: ANN401
    change: Any,  # noqa: ANN401
    **more: Any,  # noqa: ANN401
) -> HttpResponse | None:
    return sent(request, form, change, to=_page(review), room="plans", **more)


def _of(
    request: HttpRequest,
    review: queries.Review,
    form: Any,  # noqa: ANN401
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    return _ask(request, form, _page(review), _("The review"), **facts)


def _ask(
    request: HttpRequest,
    form: Any,  # noqa: ANN401
    back_to: str,
    back_words: str,
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    facts |= {"room": "plans", "back_to": back_to, "back_words": back_words, "theirs": theirs}
    return ask(request, form, "one_form", **facts)
