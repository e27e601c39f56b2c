"""The register of actions: narrowed by links and a form, a page at a time, and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goldenthread.plan import cells
from goldenthread.plan import edition as ed
from goldenthread.timescale import quarter
from goldenthread.web.forms.labels import STATUS_WORDS, status_words
from goldenthread.web.queries import plan, ratings, register
from goldenthread.web.views.declared import needs, who

_NAMED = (
    *("search", "theme", "recommendation", "plan", "strand", "lead", "contributor"),
    *("status", "rating"),
)
_ORDERS = ("plan", "due", "standing", "updated")


@dataclass(frozen=True)
class Asked:
    """What an address asks of the register. What it misspells is as if it were not said."""

    filters: plan.Filters
    due: str
    by: str
    page: int

    def address(self, **changed: str) -> str:
        """The query of an address like this one but for what is changed; the first page of it."""
        said = {name: getattr(self.filters, name) for name in (*_NAMED, "standing", "mark")}
        said |= {"due": self.due, "by": "" if self.by == "plan" else self.by} | changed
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


def _asked(given: Mapping[str, str], today: date) -> Asked:
    def chosen(name: str, among: tuple[str, ...]) -> str:
        return given.get(name, "") if given.get(name, "") in among else ""

    due = given.get("due", "")
    periods = {start.isoformat(): (start, until) for start, until in _quarters(today)}
    since, until = periods.get(due, (None, None))
    page = given.get("page", "1")
    named = {name: given.get(name, "").replace("\0", "").strip()[:200] for name in _NAMED}
    return Asked(
        plan.Filters(
            **named,
            standing=chosen("standing", plan.STANDINGS),
            mark=chosen("mark", plan.MARKS),
            due_from=since,
            due_to=until,
        ),
        due if due in periods else "",
        chosen("by", _ORDERS) or "plan",
        int(page) if page.isdecimal() and len(page) < 7 else 1,
    )


def _quarters(today: date) -> Iterator[tuple[date, date | None]]:
    """This quarter and the three after it, each with its last day; then all that comes later."""
    start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    for _ in range(4):
        after = date(start.year + (start.month > 9), (start.month + 2) % 12 + 1, 1)
        yield start, date.fromordinal(after.toordinal() - 1)
        start = after
    yield start, None


@needs("read_register")
def register_page(request: HttpRequest) -> HttpResponse:
    """The actions that this person may see, with every way to narrow them, 50 to a page."""
    today, rated = timezone.localdate(), ratings.scales()
    asked = _asked(request.GET, today)
    found = plan.register(
        for_=who(request),
        as_at=today,
        filters=asked.filters,
        page=asked.page,
        by=asked.by,
        rated=rated,
    )
    due = [
        (start.isoformat(), quarter(start) if until else f"{quarter(start)} or later")
        for start, until in _quarters(today)
    ]
    narrowed = any((*(getattr(asked.filters, name) for name in _NAMED), asked.due))
    return render(
        request,
        "workspace/register.html",
        {
            "found": found,
            "asked": asked,
            "narrowed": narrowed,
            "offered": register.offered(for_=who(request), as_at=today),
            "statuses": [(code, str(words)) for code, words in STATUS_WORDS.items()],
            "rated": rated,
            "ratings": [(one.colour, one.word) for one in rated.now.ratings],
            "due": due,
            "first": (found.page - 1) * plan.PAGE + 1,
            "marks": plan.MARKS,
            "standings": plan.STANDINGS,
        },
    )


CSV_COLUMNS = (
    *("id", "number", "action", "short name", "theme", "recommendation", "lead", "holder"),
    *("standing", "status", "rating", "first promised", "now promised", "times moved"),
    *("done on", "next review", "last update", "plan", "unit"),
    *("rating before", "rating moved", "recovery given"),
    *("contributors", "next milestone", "next milestone due", "milestones missed"),
)


@needs("read_register")
def register_csv(request: HttpRequest) -> HttpResponse:
    """The same actions as a table for spreadsheets, all pages in one; no cell is a formula."""
    today = timezone.localdate()
    asked, rated = _asked(request.GET, today), ratings.scales()
    found = plan.register(
        for_=who(request),
        as_at=today,
        filters=asked.filters,
        page=None,
        by=asked.by,
        rated=rated,
    )
    scale = rated.now
    text = cells.write([CSV_COLUMNS, *(_row(action, scale, today) for action in found.actions)])
    # Spreadsheets take a table for UTF-8 only where it begins with this mark.
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="register-{today}.csv"'
    return response


def _row(action: plan.Action, scale: ratings.Scale, today: date) -> tuple[str, ...]:
    rec, leads = action.recommendation, getattr(action, "leads_now", [])
    answers = [lead for lead in leads if lead.role == "accountable"]
    posts = [lead.post.title if lead.post else lead.text for lead in answers]
    held = [holding.person.name for lead in answers if lead.post for holding in lead.post.now]
    helping = [
        lead.post.title if lead.post else lead.team.name if lead.team else lead.text
        for lead in leads
        if lead.role == "supporting"
    ]
    steps = getattr(action, "milestones_open", [])
    missed = sum(one.first_due < today for one in steps)
    stands = str(getattr(action, "standing", ""))
    updated = action.updated_at
    movement: ed.Movement | None = getattr(action, "movement", None)
    return (
        action.public_id,
        action.number,
        action.text,
        action.title,
        rec.theme.name if rec and rec.theme else "",
        rec.number if rec else "",
        "; ".join(posts),
        "; ".join(held),
        standing_words(stands),
        status_words(action.status),
        scale.word(action.rag) if action.rag else "",
        _iso(action.first_due),
        _iso(action.now_due),
        str(action.moves),
        _iso(action.completed_on),
        _iso(action.next_review),
        _iso(timezone.localdate(updated) if updated else None),
        action.plan.title,
        action.plan.unit.name,
        movement.was.label if movement and movement.was else "",
        ed.movement_words(movement) if movement else "",
        _recovery_given(action, scale),
        "; ".join(helping),
        steps[0].words if steps else "",
        _iso(steps[0].now_due if steps else None),
        str(missed),
    )


def _recovery_given(action: plan.Action, scale: ratings.Scale) -> str:
    """Whether the rating that stands was answered; nothing where it needs no answer."""
    if action.rag not in scale.needing or action.status in ("completed", "withdrawn"):
        return ""
    return "no" if getattr(action, "is_unanswered", False) else "yes"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def standing_words(standing: str) -> str:
    """The word for a standing; a withdrawn action has one that no public page needs.

    >>> standing_words("late"), standing_words("withdrawn")
    ('Late', 'Withdrawn')
    """
    known = {str(name): words for name, words in ed.STANDING_WORDS.items()}
    return known.get(standing, standing.capitalize())
