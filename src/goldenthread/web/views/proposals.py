"""What actions of directorates may serve, proposed by words in common and decided by a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web.changes import proposals as changes
from goldenthread.web.queries import plan as plans
from goldenthread.web.queries import proposals as queries
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes, page_number

# Actions of a page, each with three proposals at most.
_PAGE = 25
_LISTS = ("proposed", "without", "refused")
_DEEDS: Mapping[str, Callable[..., Any]] = {
    "join": changes.join_proposed,
    "refuse": changes.refuse_proposed,
    "again": changes.propose_again,
}


@needs("keep_tiers")
def plans_proposed(request: HttpRequest) -> HttpResponse:
    """The plans of which this person may say what they serve, with what waits in each."""
    found = queries.plans(for_=who(request), on=timezone.localdate())
    return render(request, "workspace/plans_proposed.html", {"found": found})


@needs("keep_tiers", kind="plan")
def proposed(request: HttpRequest, plan: plans.Plan) -> HttpResponse:
    """Each action of a plan with what its words are like: some joined, others refused, at once."""
    me, today = who(request), timezone.localdate()
    which = request.GET.get("which", "")
    which = which if which in _LISTS else _LISTS[0]
    wrong: tuple[Mistake, ...] = ()
    ticked = request.POST.getlist("pair")[: changes.MOST + 1]
    status = 200
    if request.method == "POST":
        deed = request.POST.get("deed", "")
        try:
            change = _DEEDS.get(deed)
            if change is None:
                raise Missing(_("Nothing was done."), needs={"pair": _("Choose what to do.")})
            chosen = queries.pairs(plan, ticked, for_=me, on=today)
            change(
                by=me,
                plan=plan,
                pairs=chosen,
                at=timezone.now(),
                key=request.POST.get("key", "").replace("\0", "")[:64],
            )
        except Missing as refusal:
            wrong, status = mistakes(refusal, "form"), 422
        except OutOfStep as refusal:
            wrong, status = mistakes(refusal, "form"), 409
        else:
            messages.success(request, _done(deed, len(chosen)))
            here = reverse("proposed", kwargs={"plan": plan.public_id})
            return redirect(f"{here}?which={which}" if which != _LISTS[0] else here)
    found = queries.of_plan(plan, for_=me, on=today)
    every: tuple[Any, ...] = getattr(found, which)
    pages = max(1, -(-len(every) // _PAGE))
    page = min(max(page_number(request), 1), pages)
    facts = {
        "plan": plan,
        "found": found,
        "which": which,
        "listed": every[(page - 1) * _PAGE : page * _PAGE],
        "page": page,
        "pages": pages,
        "ticked": ticked,
        "mistakes": wrong,
        "degrees": {
            "same": _("The same words"),
            "most": _("Most of the words"),
            "many": _("Many words in common"),
            "some": _("Some words in common"),
        },
    }
    return render(request, "workspace/proposed.html", facts, status=status)


def _done(deed: str, count: int) -> str:
    if deed == "join":
        words = ngettext(
            "%(count)s link was joined. The two tiers count it from now on.",
            "%(count)s links were joined. The two tiers count them from now on.",
            count,
        )
    elif deed == "refuse":
        words = ngettext(
            "%(count)s proposal was refused. It comes again only if the wording changes.",
            "%(count)s proposals were refused. They come again only if the wording changes.",
            count,
        )
    else:
        words = ngettext(
            "%(count)s link is proposed again.", "%(count)s links are proposed again.", count
        )
    return words % {"count": count}
