"""The strands of the programme: what belongs to each, and to which further ones a thing belongs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.web.changes import strands as changes
from goldenthread.web.forms.tiers import StrandsForm
from goldenthread.web.permissions import reach
from goldenthread.web.queries import links, plan, strands
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_register")
def strands_page(request: HttpRequest) -> HttpResponse:
    """Every strand with its actions in both tiers, its measures and its reviews."""
    me, today = who(request), timezone.localdate()
    seen, found = strands.board(for_=me, on=today)
    facts = {
        "seen": seen,
        "strands": found,
        "keeps_reviews": reach(me, "keep_reviews", today),
    }
    return render(request, "workspace/strands.html", facts)


@needs("edit_plan", kind="action")
def action_strands(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Say to which strands an action belongs besides its plan's."""
    return _asked(
        request,
        action,
        changes.put_action_in_strands,
        own=action.plan.strand,
        to=reverse("action", kwargs={"action": action.public_id}),
    )


@needs("keep_measures", kind="measure")
def measure_strands(request: HttpRequest, measure: Any) -> HttpResponse:  # noqa: ANN401
    """Say to which strands a measure belongs besides its plan's."""
    return _asked(
        request,
        measure,
        changes.put_measure_in_strands,
        own=measure.plan.strand,
        to=reverse("measure_page", kwargs={"measure": measure.public_id}),
    )


@needs("keep_reviews", kind="review")
def review_strands(request: HttpRequest, review: Any) -> HttpResponse:  # noqa: ANN401
    """Say to which strands a review belongs besides its own, or those of the plans it led to."""
    return _asked(
        request,
        review,
        changes.put_review_in_strands,
        own=review.strand,
        to=reverse("strands_page"),
    )


def _asked(
    request: HttpRequest,
    thing: Any,  # noqa: ANN401
    deed: Callable[..., object],
    *,
    own: Any,  # noqa: ANN401
    to: str,
) -> HttpResponse:
    kind = str(thing._meta.model_name)
    offered = {one.public_id: one for one in strands.offered(own.pk if own else 0)}
    form = StrandsForm(
        **typed(request),
        version=thing.version,
        strands=[(key, one.name) for key, one in offered.items()],
        initial={"strands": [one.public_id for one in strands.further(thing)]},
    )

    def change(answers: dict[str, Any]) -> None:
        chosen = [offered[key] for key in answers.pop("strands")]
        deed(by=who(request), strands=chosen, at=timezone.now(), **{kind: thing}, **answers)

    def stands() -> tuple[dict[str, Any], int]:
        thing.refresh_from_db()
        names = ", ".join(one.name for one in strands.further(thing)) or _("None besides")
        return {"strands": names}, thing.version

    lead = [links.words_of(thing)]
    if own is not None:
        words = (
            _("It belongs to “%(name)s” itself.")
            if kind == "review"
            else _("It belongs to “%(name)s” by its plan.")
        )
        lead.append(words % {"name": own.name})
    done = _("Kept. It is counted in each of its strands from now on.")
    return sent(request, form, change, done=done, to=to, stands=stands) or ask(
        request,
        form,
        "one_form",
        title=_("Strands besides its own") if kind == "review" else _("Strands besides its plan’s"),
        lead=lead,
        button=_("Keep these"),
        room="two_tiers",
        back_to=to,
        back_words=_("Back, and leave it as it is"),
        theirs=[(_("Strands"), str(form.theirs["strands"]))] if form.theirs else [],
    )
