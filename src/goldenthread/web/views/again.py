"""A later version of a plan's document: what differs, what somebody chooses, and taking it over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldenthread.errors import Missing, OutOfStep, Unsafe
from goldenthread.web.bridge import Scales
from goldenthread.web.changes import again as changes
from goldenthread.web.forms.labels import status_words
from goldenthread.web.permissions import may
from goldenthread.web.queries import again as queries
from goldenthread.web.queries import plan as plans
from goldenthread.web.queries import ratings
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes, page_number, version_of

# How many proposals one page shows.
PAGE = 20

PART_WORDS: Mapping[str, Any] = {
    "number": gettext_lazy("The number"),
    "text": gettext_lazy("The wording"),
    "theme": gettext_lazy("The theme"),
    "response": gettext_lazy("The council’s answer"),
    "recommendation": gettext_lazy("The recommendation that it answers"),
    "leads": gettext_lazy("Who leads"),
    "timescales": gettext_lazy("When"),
    "measures": gettext_lazy("How it is measured"),
    "status": gettext_lazy("Where it stands"),
    "updates": gettext_lazy("What was done"),
    "evidence": gettext_lazy("What shows it"),
}


@dataclass(frozen=True)
class Shown:
    """A proposal as a page shows it: each side in words, nothing where there is none."""

    proposal: queries.Proposal
    part: str
    last: str
    mine: str
    theirs: str
    take_words: str
    keep_words: str


@needs("read_drafts", kind="draft")
def again(request: HttpRequest, draft: plans.Draft) -> HttpResponse:
    """What a later version of the document would change, and the choosing of it."""
    wrong: tuple[Mistake, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            sent = _sent(request, draft)
            changes.choose(
                by=who(request),
                draft=draft,
                version=version_of(request),
                choices=sent,
                at=timezone.now(),
                key=request.POST.get("key", ""),
            )
        except (Missing, Unsafe, OutOfStep) as refusal:
            wrong = mistakes(refusal, "choices")
            status = 409 if isinstance(refusal, OutOfStep) else 422
            draft.refresh_from_db()
        else:
            messages.success(
                request,
                ngettext("%(count)s choice is kept.", "%(count)s choices are kept.", len(sent))
                % {"count": len(sent)},
            )
            return redirect(reverse("again", kwargs={"draft": draft.public_id}))
    return _page(request, draft, wrong, status)


def _sent(request: HttpRequest, draft: plans.Draft) -> dict[str, changes.Chosen]:
    """The choices of the form; the button for all takes what only the document changed."""
    if request.POST.get("all"):
        found = queries.again(for_=who(request), row=draft, as_at=timezone.localdate())
        why = request.POST.get("reason-all", "")
        return {
            one.key: changes.Chosen(True, why if one.needs_reason else "")
            for one in found.undecided
            if not one.both and one.kind != "gone"
        }
    return {
        name.removeprefix("choice-"): changes.Chosen(
            value == "take", request.POST.get(f"reason-{name.removeprefix('choice-')}", "")
        )
        for name, value in request.POST.items()
        if name.startswith("choice-") and value in ("take", "keep")
    }


def _page(
    request: HttpRequest, draft: plans.Draft, wrong: tuple[Mistake, ...] = (), status: int = 200
) -> HttpResponse:
    me, today = who(request), timezone.localdate()
    if draft.plan is None or draft.state != "open":
        return render(request, "workspace/nothing_differs.html", {"draft": draft}, status=status)
    found = queries.again(for_=me, row=draft, as_at=today)
    left = found.undecided
    chosen = [one for one in found.proposals if one.choice is not None]
    everything = request.GET.get("show") == "chosen"
    listed: Sequence[queries.Proposal] = chosen if everything else left
    pages = max(1, -(-len(listed) // PAGE))
    page = min(max(page_number(request), 1), pages)
    rated = ratings.scales()
    alone = [one for one in left if not one.both and one.kind != "gone"]
    facts = {
        "draft": draft,
        "plan": draft.plan,
        "found": found,
        "left": left,
        "chosen": chosen,
        "showing_chosen": everything,
        "shown": [shown(one, rated) for one in listed[(page - 1) * PAGE : page * PAGE]],
        "page": page,
        "pages": pages,
        "alone": alone,
        "alone_needs_reason": any(one.needs_reason for one in alone),
        "open_questions": draft.questions.filter(must=True, answer="").count(),
        "may_choose": may(me, "answer_question", draft, today),
        "may_adopt": may(me, "adopt_draft", draft, today),
        "may_set_aside": may(me, "set_aside_draft", draft, today),
        "mistakes": tuple(_of_reason(one) for one in wrong),
        "said": request.POST,
    }
    return render(request, "workspace/again.html", facts, status=status)


def _of_reason(one: Mistake) -> Mistake:
    """A mistake about one proposal stands beside the reason that it lacks."""
    return Mistake(f"reason-{one.field}", one.text) if len(one.field) == 64 else one


def shown(one: queries.Proposal, rated: Scales) -> Shown:
    """A proposal in words; ratings in those of the council."""
    if one.difference is None:
        if one.kind == "added":
            part, take, keep = (
                _("New in the document"),
                _("Take it into the plan"),
                _("Leave it out"),
            )
        else:
            part = _("No longer in the document")
            take, keep = _("Withdraw it, and say so in public"), _("Keep it in the plan")
        return Shown(one, part, "", "", "", take, keep)
    difference = one.difference
    words = _WORDS.get(difference.part, str)
    if difference.part == "status":
        words = partial(_status_words, rated)
    last, mine, theirs = (
        words(side) if side else ""
        for side in (difference.last, difference.mine, difference.theirs)
    )
    if difference.part in ("updates", "evidence"):
        take, keep = _("Add it"), _("Leave it out")
    else:
        take, keep = _("Take what the document says now"), _("Keep what the plan says")
    return Shown(one, str(PART_WORDS[difference.part]), last, mine, theirs, take, keep)


def _status_words(rated: Scales, value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        return status_words(value)
    status, rag, printed = value
    said = [status_words(status) if status else "", rated.word(rag) if rag else ""]
    plain = ", ".join(part for part in said if part)
    return f"{plain} (“{printed}”)" if printed and printed.casefold() != plain.casefold() else plain


def _lead_words(lead: Any) -> str:  # noqa: ANN401
    beside = [
        lead.person if lead.text else "",
        _("supporting") if lead.role == "supporting" else "",
    ]
    told = ", ".join(word for word in beside if word)
    return f"{lead.text or lead.person} ({told})" if told else lead.text or lead.person or ""


# How a part of the model is said; what is not here is its own words.
_WORDS: Mapping[str, Callable[[Any], str]] = {
    "response": lambda value: value.text,
    "recommendation": lambda value: f"{value.label.capitalize()}: {value.text}",
    "leads": lambda value: "; ".join(_lead_words(lead) for lead in value),
    "timescales": lambda value: "; ".join(dict.fromkeys(claim.raw for claim in value)),
    "measures": lambda value: "; ".join(measure.text for measure in value),
    "updates": lambda value: " ".join(update.text for update in value),
    "evidence": "; ".join,
}


@needs("adopt_draft", kind="draft")
def take_over(request: HttpRequest, draft: plans.Draft) -> HttpResponse:
    """Ask once more, and bring what was chosen into the plan."""
    me = who(request)
    if draft.plan is None:
        return render(request, "workspace/nothing_differs.html", {"draft": draft})
    wrong: tuple[Mistake, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            plan = changes.take_over(
                by=me,
                draft=draft,
                version=version_of(request),
                at=timezone.now(),
                key=request.POST.get("key", ""),
            )
        except Missing as refusal:
            wrong, status = (Mistake("", refusal.what),), 422
            draft.refresh_from_db()
        else:
            messages.success(request, _("What you chose of the later version is in the plan."))
            return redirect("plan", plan=plan.public_id)
    found = queries.again(for_=me, row=draft, as_at=timezone.localdate())
    taken = [one for one in found.proposals if one.choice is not None and one.choice.take]
    rated = ratings.scales()
    facts = {
        "draft": draft,
        "plan": draft.plan,
        "left": len(found.undecided),
        "open_questions": draft.questions.filter(must=True, answer="").count(),
        "taken": [shown(one, rated) for one in taken],
        "kept": sum(one.choice is not None and not one.choice.take for one in found.proposals),
        "mistakes": wrong,
    }
    return render(request, "workspace/take_over.html", facts, status=status)
