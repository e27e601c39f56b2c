"""A workbook that was typed into away from here comes back: row by row, and somebody chooses.

Nothing of it is kept between two pages: what was typed travels in the form, and what is taken goes
through the same change as an update typed on the site, with the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.documents import Offline
from goldenthread.errors import Missing, NotAllowed, OutOfStep, Refusal, Unreadable, Unsafe
from goldenthread.web.changes import review
from goldenthread.web.changes.workbooks import read_workbook
from goldenthread.web.forms.labels import status_words
from goldenthread.web.queries import plan as plans
from goldenthread.web.queries import ratings
from goldenthread.web.queries import workbooks as queries
from goldenthread.web.views import telling
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes

# How many rows one page holds, for its form must not have too many boxes; the rest comes when the
# same workbook is sent again.
MOST = 100


@dataclass(frozen=True)
class Line:
    """One row of a workbook as the page shows it: what was typed, and what the register holds.

    ``wants`` is what the update lacks, in sentences; ``wrong`` why it was not taken just now.
    """

    action: plans.Action
    version: int
    said: Mapping[str, Any]
    last: Any = None
    moved: bool = False
    wants: tuple[str, ...] = ()
    wrong: str = ""
    take: bool = True


@needs("receive_document", kind="plan")
def bring_back(request: HttpRequest, plan: plans.Plan) -> HttpResponse:
    """Ask for the workbook; show what was typed in it; take what is ticked."""
    if request.method != "POST":
        return render(request, "workspace/bring_back.html", {"plan": plan})
    if "taking" in request.POST:
        return _take(request, plan)
    me, now = who(request), timezone.now()
    try:
        file = request.FILES.get("file")
        if file is None:
            raise Missing(_("There is no file."), needs={"file": _("Choose the workbook.")})
        said = read_workbook(by=me, plan=plan, file=file, name=file.name or "", at=now)
    except (Missing, Unreadable, Unsafe) as refusal:
        telling.upload(request, refusal)
        facts = {"plan": plan, "mistakes": mistakes(refusal, "file")}
        return render(request, "workspace/bring_back.html", facts, status=422)
    today = timezone.localdate(now)
    found = queries.brought(for_=me, plan=plan, said=said, as_at=today)
    lines = [_line(one, today) for one in found.rows]
    return _page(request, plan, lines, said=said, new=found.new)


def _line(one: queries.Typed, today: date) -> Line:
    said = {
        "done": one.typed.done,
        "status": one.typed.status or "",
        "rag": one.typed.rag or "",
        "forecast": one.typed.forecast,
        "cause": one.typed.cause,
        "step": one.typed.step,
        "due": one.typed.due,
    }
    wants = _wants(one.action, said, today)
    moved = one.typed.moved
    return Line(
        one.action, one.action.version, said, one.last, moved, wants, take=not (moved or wants)
    )


def _wants(action: plans.Action, said: Mapping[str, Any], today: date) -> tuple[str, ...]:
    """What an update lacks that the workbook has no column for, or that was left blank in it."""
    answers = dict(said) | {"completed_on": None, "next_review": None}
    return tuple(review.wants(action, answers, 0, today).values())


def _page(
    request: HttpRequest,
    plan: plans.Plan,
    lines: list[Line],
    *,
    said: Offline | None = None,
    new: tuple[queries.Proposed, ...] = (),
    status: int = 200,
) -> HttpResponse:
    facts = {
        "plan": plan,
        "lines": lines[:MOST],
        "later": len(lines[MOST:]),
        "said": said,
        "new": new,
        "scales": ratings.scales(),
        "status_words": status_words,
        "mistakes": tuple(
            Mistake(f"done-{one.action.public_id}", f"{_named(one.action)}: {one.wrong}")
            for one in lines
            if one.wrong
        ),
    }
    return render(request, "workspace/brought_back.html", facts, status=status)


def _named(action: plans.Action) -> str:
    return f"{action.number} {action.title or action.text[:60]}".strip()


def _take(request: HttpRequest, plan: plans.Plan) -> HttpResponse:
    """Take each row that is ticked, alone; those that lack something stay on the page."""
    me, now = who(request), timezone.now()
    today = timezone.localdate(now)
    names = [name.removeprefix("version-") for name in request.POST if name.startswith("version-")]
    rows = queries.actions(for_=me, plan=plan, public_ids=names[:MOST], as_at=today)
    last = queries.last_updates(rows)
    taken, left = 0, []
    for action in rows:
        sent = _sent(request, action)
        wrong, moved = "", bool(request.POST.get(f"moved-{action.public_id}"))
        if sent.take:
            try:
                _update(request, action, sent, now)
            except OutOfStep:
                action.refresh_from_db()
                wrong, moved = _("Somebody updated it meanwhile. Read both, and choose."), True
            except NotAllowed:
                raise
            except Refusal as refusal:
                wrong = _told(refusal)
            else:
                taken += 1
                continue
        left.append(
            Line(
                action,
                action.version,
                sent.said,
                queries.last_updates([action]).get(action.pk) if moved else last.get(action.pk),
                moved,
                _wants(action, sent.said, today),
                wrong,
                sent.take and not wrong,
            )
        )
    if taken:
        words = ngettext(
            "%(count)s update of the workbook is in the register.",
            "%(count)s updates of the workbook are in the register.",
            taken,
        )
        messages.success(request, words % {"count": taken})
    if not left:
        return redirect("plan", plan=plan.public_id)
    wrong_now = any(one.wrong for one in left)
    if not (taken or wrong_now):
        messages.info(request, _("No row was ticked, so nothing was taken."))
    return _page(request, plan, left, status=422 if wrong_now else 200)


@dataclass(frozen=True)
class _Sent:
    """What one row of the form says."""

    take: bool
    version: int
    said: Mapping[str, Any]


def _sent(request: HttpRequest, action: plans.Action) -> _Sent:
    def typed(name: str) -> str:
        return request.POST.get(f"{name}-{action.public_id}", "")

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(typed(name)) if typed(name) else None
        except ValueError:
            return None

    version = typed("version")
    said: dict[str, Any] = {
        name: typed(name) for name in ("done", "status", "rag", "cause", "step")
    }
    return _Sent(
        typed("take") == "on",
        int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1,
        said | {"forecast": day("forecast"), "due": day("due")},
    )


def _update(request: HttpRequest, action: plans.Action, sent: _Sent, now: datetime) -> None:
    key = request.POST.get("key", "")[:40]
    review.add_update(
        by=who(request),
        action=action,
        version=sent.version,
        at=now,
        key=f"{key}-{action.public_id}" if key else "",
        **sent.said,
    )


def _told(refusal: Refusal) -> str:
    """Why an update was refused, in one line."""
    wanted = refusal.needs if isinstance(refusal, Missing) else {}
    return " ".join(wanted.values()) or str(refusal)
