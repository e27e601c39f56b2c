"""A published edition is taken down: asked for by one person, agreed by another."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.errors import Missing, Unsafe
from goldenthread.plan import edition as ed
from goldenthread.web.changes import takedown as changes
from goldenthread.web.queries import plan as queries
from goldenthread.web.queries import public, takedowns
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes, version_of


@needs("take_down_edition", kind="edition")
def take_down(request: HttpRequest, edition: queries.Edition) -> HttpResponse:
    """Ask for the two reasons and whether it is urgent, and put it before a second person."""
    wrong: tuple[Mistake, ...] = ()
    if request.method == "POST":
        try:
            made = changes.ask_takedown(
                by=who(request),
                edition=edition,
                version=version_of(request),
                public_reason=request.POST.get("public_reason", ""),
                reason=request.POST.get("reason", ""),
                hide=request.POST.get("hide") == "on",
                at=timezone.now(),
                key=request.POST.get("key", ""),
            )
        except (Missing, Unsafe) as refusal:
            wrong = mistakes(refusal, "public_reason")
        else:
            told = (
                _("The edition is hidden. A second person must decide within 72 hours.")
                if made.hidden_until
                else _("Asked. The public reads the edition until a second person agrees.")
            )
            messages.success(request, told)
            return redirect("edition", edition=edition.public_id)
    facts = {"edition": edition, "mistakes": wrong, "said": request.POST}
    return render(request, "workspace/take_down.html", facts, status=422 if wrong else 200)


@needs("agree_takedown", kind="takedown")
def agree(request: HttpRequest, takedown: takedowns.TakeDown) -> HttpResponse:
    """Show both reasons, ask once more, and take the edition down."""
    if request.method == "POST":
        changes.agree_takedown(
            by=who(request),
            takedown=takedown,
            version=version_of(request),
            at=timezone.now(),
            key=request.POST.get("key", ""),
        )
        messages.success(request, _("Taken down. Each of its public addresses says so now."))
        return redirect("edition", edition=takedown.edition.public_id)
    return render(request, "workspace/agree_takedown.html", _facts(takedown))


@needs("let_edition_stand", kind="takedown")
def let_stand(request: HttpRequest, takedown: takedowns.TakeDown) -> HttpResponse:
    """Ask for the reason, and let the edition stand after all."""
    wrong: tuple[Mistake, ...] = ()
    if request.method == "POST":
        try:
            changes.let_stand(
                by=who(request),
                takedown=takedown,
                version=version_of(request),
                reason=request.POST.get("reason", ""),
                at=timezone.now(),
                key=request.POST.get("key", ""),
            )
        except (Missing, Unsafe) as refusal:
            wrong = mistakes(refusal, "reason")
        else:
            messages.success(request, _("The edition stands. The public reads it."))
            return redirect("edition", edition=takedown.edition.public_id)
    facts = _facts(takedown) | {"mistakes": wrong, "said": request.POST.get("reason", "")}
    return render(request, "workspace/let_stand.html", facts, status=422 if wrong else 200)


def _facts(takedown: takedowns.TakeDown) -> dict[str, Any]:
    return {
        "takedown": takedown,
        "edition": takedown.edition,
        "state": takedowns.state(takedown, timezone.now()),
    }


@needs("read_taken_down", kind="edition")
def taken_down(request: HttpRequest, edition: queries.Edition) -> HttpResponse:
    """For an auditor: what was taken down as the file that the public had, put on record."""
    if request.method != "POST":
        facts = {"edition": edition, "asked": takedowns.of_edition(edition)}
        return render(request, "workspace/taken_down.html", facts)
    changes.read_apart(
        by=who(request), edition=edition, at=timezone.now(), key=request.POST.get("key", "")
    )
    said = json.dumps(ed.to_json(public.read_apart(edition)), ensure_ascii=False, indent=1)
    answer = HttpResponse(f"{said}\n", content_type="application/json")
    name = f"taken-down-edition-{edition.number}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
