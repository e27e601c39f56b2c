"""The review that a plan answers, as the form of it: recorded, and said otherwise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.web.changes import reviews as changes
from goldenthread.web.forms.reviews import ReviewForm
from goldenthread.web.queries import recommendations
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed

_FIELDS = ("title", "reviewer", "terms", "began", "reported")


@needs("edit_plan", kind="plan")
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
        if row is None:
            return {}, 0
        row.refresh_from_db()
        told = {_("Title"): row.title, _("Made by"): row.reviewer, _("Terms"): row.terms}
        return told, row.version

    to = reverse("plan", kwargs={"plan": plan.public_id})
    done = _("The review was recorded. The public reads it in the next edition.")
    return sent(request, form, change, done=done, to=to, stands=stands) or ask(
        request,
        form,
        "one_form",
        room="plans",
        back_to=to,
        back_words=_("The plan"),
        theirs=[(str(name), str(value)) for name, value in form.theirs.items()],
        title=_("The review that this plan answers"),
        lead=[plan.title],
        button=_("Keep this"),
    )
