"""What the public page says beside the plan: one page for a plan, and one for all of a unit's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.timescale import day
from goldenthread.web.changes import public_words as changes
from goldenthread.web.forms.public_words import PlanWordsForm, UnitWordsForm
from goldenthread.web.permissions import may
from goldenthread.web.queries import public_words as queries
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed


@needs("word_public_page", kind="plan")
def of_plan(request: HttpRequest, plan: queries.Plan) -> HttpResponse:
    """What the public pages of one plan say."""
    said = queries.said(of=plan)
    form = PlanWordsForm(**typed(request), version=said.version, initial=said.answers())
    to = reverse("plan", kwargs={"plan": plan.public_id})
    return _asked(request, plan, said, form, to)


@needs("word_public_page", kind="unit")
def of_unit(request: HttpRequest, unit: queries.Unit) -> HttpResponse:
    """What every plan in a unit says, unless it says something else itself."""
    said = queries.said(of=unit)
    form = UnitWordsForm(**typed(request), version=said.version, initial=said.answers())
    return _asked(request, unit, said, form, reverse("plans"))


def _asked(
    request: HttpRequest,
    of: queries.Plan | queries.Unit,
    said: queries.Said,
    form: UnitWordsForm,
    to: str,
) -> HttpResponse:
    def change(answers: dict[str, Any]) -> None:
        changes.word_public_page(by=who(request), of=of, at=timezone.now(), **answers)

    def stands() -> tuple[Mapping[str, Any], int]:
        now = queries.said(of=of)
        return now.answers(), now.version

    me, today = who(request), timezone.localdate()
    kept = sent(
        request,
        form,
        change,
        done=_("Kept. The public reads it once the next edition is published."),
        to=to,
        stands=stands,
    )
    shown = queries.said(of=of).answers() if form.theirs else {}
    return kept or ask(
        request,
        form,
        "public_words",
        of=of,
        is_plan=isinstance(of, queries.Plan),
        to=to,
        inherited={name: said.inherited(name) for name in ("programme", "contact", "licence")},
        above=[unit for unit, _row in said.above if may(me, "word_public_page", unit, today)],
        theirs=[
            (form.fields[name].label, day(value) if name == "decided_on" else value)
            for name, value in shown.items()
            if name in form.fields and value
        ],
    )
