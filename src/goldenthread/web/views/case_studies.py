"""Case studies: the list, and the forms that tell one or change it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.web.changes import case_studies as changes
from goldenthread.web.forms.case_studies import CaseStudyForm
from goldenthread.web.permissions import may
from goldenthread.web.queries import measures
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_register")
def case_studies_page(request: HttpRequest) -> HttpResponse:
    """Every case study that this person may see, with the outcome that it serves."""
    me, today = who(request), timezone.localdate()
    found = measures.case_studies(for_=me, as_at=today)
    facts = {
        "told": [(one, bool(may(me, "tell_case_studies", one, today))) for one in found[:_MOST]],
        "more": max(0, len(found) - _MOST),
        "counted": len(found),
        "consented": sum(one.consent and one.ended_on is None for one in found),
    }
    return render(request, "workspace/case_studies.html", facts)


# More are not read on one page.
_MOST = 100


@needs("tell_case_studies", kind="action")
def tell_of_action(request: HttpRequest, action: measures.Action) -> HttpResponse:
    """Tell a case study that serves an action."""
    return _tell(
        request, action, action.text, reverse("action", kwargs={"action": action.public_id})
    )


@needs("tell_case_studies", kind="measure")
def tell_of_measure(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """Tell a case study that serves a measure."""
    back = reverse("measure_page", kwargs={"measure": measure.public_id})
    return _tell(request, measure, measure.text, back)


def _tell(request: HttpRequest, of: Any, text: str, back: str) -> HttpResponse:  # noqa: ANN401
    form = CaseStudyForm(**typed(request), new=True, initial={"told_on": timezone.localdate()})

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.tell_case_study(by=who(request), of=of, at=timezone.now(), **answers)

    done = _("The case study was kept.")
    return sent(request, form, change, done=done, to=back, room="measures") or ask(
        request,
        form,
        "one_form",
        title=_("Tell a case study"),
        lead=[_("It serves: %(outcome)s") % {"outcome": text}],
        button=_("Keep this case study"),
        room="measures",
        back_to=back,
        back_words=_("Back"),
        theirs=[],
    )


@needs("tell_case_studies", kind="casestudy")
def change_case_study(request: HttpRequest, casestudy: measures.CaseStudy) -> HttpResponse:
    """Tell it in other words, take consent back, or tell it no more."""
    form = CaseStudyForm(
        **typed(request),
        version=casestudy.version,
        initial={
            "title": casestudy.title,
            "story": casestudy.words,
            "told_on": casestudy.told_on,
            "consent": casestudy.consent,
            "until": casestudy.ended_on,
        },
    )

    def change(answers: dict[str, Any]) -> None:
        changes.change_case_study(
            by=who(request), case_study=casestudy, at=timezone.now(), **answers
        )

    def stands() -> tuple[dict[str, Any], int]:
        casestudy.refresh_from_db()
        return {_("Title"): casestudy.title, _("Words"): casestudy.words}, casestudy.version

    done = _("The case study was changed. Editions that are published keep what they held.")
    back = reverse("case_studies_page")
    return sent(request, form, change, done=done, to=back, stands=stands, room="measures") or ask(
        request,
        form,
        "one_form",
        title=_("Change a case study"),
        lead=[
            _(
                "Editions that are published keep what they held. To take it out of one, ask for "
                "that edition to be taken down."
            )
        ],
        button=_("Keep this"),
        room="measures",
        back_to=back,
        back_words=_("Case studies"),
        theirs=list(form.theirs.items()),
    )
