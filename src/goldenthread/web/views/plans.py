"""Plans at work and their editions: adopted by one person, published by another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.errors import Missing, Unsafe
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from goldenthread.web.changes import plan as changes
from goldenthread.web.forms.asks import SAID_WORDS
from goldenthread.web.permissions import body, may
from goldenthread.web.queries import plan as queries
from goldenthread.web.queries import public, publishing, recommendations, said, takedowns, workspace
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes, page_number, site, version_of


@needs("read_register")
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan, draft and edition that this person may read."""
    me, today = who(request), timezone.localdate()
    return render(
        request,
        "workspace/plans.html",
        {
            "plans": queries.plans(for_=me, as_at=today),
            "drafts": queries.drafts(for_=me, as_at=today),
            "may_bring_several": may(me, "receive_document", body(), today),
            **_editions(queries.editions(for_=me, as_at=today)),
        },
    )


def _editions(found: Iterable[queries.Edition]) -> dict[str, Any]:
    """Editions for a list of them, with those that were asked to be taken down."""
    listed = list(found)
    return {"editions": listed, "went": takedowns.states(listed, timezone.now())}


@needs("read_register", kind="plan")
def plan(request: HttpRequest, plan: queries.Plan) -> HttpResponse:
    """One plan: how it stands, its actions a page at a time, and its editions."""
    me, today = who(request), timezone.localdate()
    register = queries.register(
        for_=me,
        as_at=today,
        filters=queries.Filters(plan=plan.public_id),
        page=page_number(request),
    )
    return render(
        request,
        "workspace/plan.html",
        {
            "plan": plan,
            "register": register,
            "standings": queries.STANDINGS,
            "recommendations": recommendations.of_plan(plan),
            "around": recommendations.around(plan, for_=me, on=today),
            "said": said.said_of(plan, for_=me, on=today),
            "reviews": recommendations.reviews(plan),
            **SAID_WORDS,
            **_editions(queries.editions(for_=me, as_at=today).filter(plan=plan)),
            # Of a unit above: what is not read there is not opened either.
            "is_above": not may(me, "open_evidence", plan, today),
            "may_adopt": may(me, "adopt_edition", plan, today),
            "may_join": plan.unit.parent_id is not None and may(me, "keep_tiers", plan, today),
            "may_measure": may(me, "keep_measures", plan, today),
            "may_word": may(me, "word_public_page", plan, today),
        },
    )


@needs("adopt_edition", kind="plan")
def adopt_edition(request: HttpRequest, plan: queries.Plan) -> HttpResponse:
    """What would be shown to the public, and what a check finds in it; then freeze it."""
    me, today = who(request), timezone.localdate()
    if request.method == "POST":
        made = changes.adopt_edition(
            by=me,
            plan=plan,
            version=version_of(request),
            at=timezone.now(),
            key=request.POST.get("key", ""),
        )
        messages.success(
            request,
            _("Edition %(number)s is adopted. Somebody else must publish it.")
            % {"number": made.number},
        )
        return redirect("edition", edition=made.public_id)
    found = queries.findings(for_=me, plan=plan, as_at=today)
    facts = {
        "plan": plan,
        "grave": [one for one in found if one.severity == "error"],
        "others": len([one for one in found if one.severity != "error"]),
        "untold": publishing.not_to_be_told(plan, by=me, at=timezone.now()),
        "waiting": workspace.waiting(for_=me, as_at=today).filter(plan=plan).first(),
    }
    return render(request, "workspace/adopt_edition.html", facts)


@needs("read_drafts", kind="edition")
def edition(request: HttpRequest, edition: queries.Edition) -> HttpResponse:
    """One edition: who adopted it, what its first page will say, and whether you may publish it."""
    return _edition(request, edition)


def _edition(
    request: HttpRequest, row: queries.Edition, wrong: tuple[Mistake, ...] = ()
) -> HttpResponse:
    me, today = who(request), timezone.localdate()
    asked = takedowns.of_edition(row)
    state = takedowns.state(asked[0], timezone.now()) if asked else ""
    # What was taken down is kept apart: nothing of it stands on a page.
    told = public.read(row) if state != "taken_down" else None
    facts = {
        "edition": row,
        "asked": asked,
        "state": state,
        "headline": ed.headline(ed.counts(told), told.about) if told else "",
        "actions": len(told.actions) if told else 0,
        "may_ask": may(me, "take_down_edition", row, today),
        "may_agree": may(me, "agree_takedown", asked[0], today) if asked else None,
        "may_let_stand": may(me, "let_edition_stand", asked[0], today) if asked else None,
        "may_read_apart": may(me, "read_taken_down", row, today),
        "may_publish": may(me, "publish_edition", row, today),
        "may_set_aside": may(me, "set_aside_edition", row, today),
        "mistakes": wrong,
    }
    return render(request, "workspace/edition.html", facts, status=422 if wrong else 200)


@needs("read_edition", kind="edition")
def as_public(request: HttpRequest, edition: queries.Edition) -> HttpResponse:
    """A page of an edition as the public will see it, for whoever must decide."""
    told, path = public.read(edition), request.GET.get("page", "")
    first = reverse("edition_as_public", kwargs={"edition": edition.public_id})
    if path in pages.DOWNLOADS:
        held = pages.downloads(told).get(path)
        if held is None:
            raise Http404
        return HttpResponse(held, content_type="application/octet-stream")
    drawn = pages.render(
        told, path, site(lambda page: f"{first}?{urlencode({'page': page})}" if page else first)
    )
    if drawn is None:
        raise Http404
    return HttpResponse(drawn)


@needs("publish_edition", kind="edition")
def publish(request: HttpRequest, edition: queries.Edition) -> HttpResponse:
    """Ask once more, and show the edition to the public for good."""
    if request.method == "POST":
        changes.publish_edition(
            by=who(request),
            edition=edition,
            version=version_of(request),
            at=timezone.now(),
            key=request.POST.get("key", ""),
        )
        messages.success(request, _("Published. The public reads it from now on."))
        return redirect("edition", edition=edition.public_id)
    told = public.read(edition)
    facts = {"edition": edition, "headline": ed.headline(ed.counts(told), told.about)}
    return render(request, "workspace/publish.html", facts)


@needs("set_aside_edition", kind="edition")
def set_aside_edition(request: HttpRequest, edition: queries.Edition) -> HttpResponse:
    """Ask for the reason, and decide that the edition will not be published."""
    wrong: tuple[Mistake, ...] = ()
    if request.method == "POST":
        try:
            changes.set_aside_edition(
                by=who(request),
                edition=edition,
                version=version_of(request),
                reason=request.POST.get("reason", ""),
                at=timezone.now(),
                key=request.POST.get("key", ""),
            )
        except (Missing, Unsafe) as refusal:
            wrong = mistakes(refusal, "reason")
        else:
            messages.success(request, _("The edition is set aside. The public never saw it."))
            return redirect("edition", edition=edition.public_id)
    facts = {"edition": edition, "mistakes": wrong, "said": request.POST.get("reason", "")}
    return render(request, "workspace/set_aside_edition.html", facts, status=422 if wrong else 200)
