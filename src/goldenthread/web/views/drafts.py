"""A document becomes a plan: brought in, read beside its own words, settled, adopted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.errors import Missing, OutOfStep, Place, Unreadable, Unsafe
from goldenthread.plan import Recommendation
from goldenthread.timescale import Timescale, in_words, read
from goldenthread.web.bridge import LATE_ROLES, MEANT
from goldenthread.web.changes import plan as changes
from goldenthread.web.changes.questions import field_of, lined_up, read_words
from goldenthread.web.forms.labels import COLUMN_WORDS, MEANING_WORDS
from goldenthread.web.permissions import may
from goldenthread.web.queries import people, plan, workspace
from goldenthread.web.views import telling
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes, version_of

# What a reading says of what is known of the council's documents: it stands apart.
_LEARNED = {"habit", "habit_overruled"}
# What the words of each kind of question may mean.
MEANINGS: Mapping[str, list[tuple[str, str]]] = {
    "column": [(key, str(COLUMN_WORDS[key])) for key in (*LATE_ROLES, "other")],
    **{
        about: [(key, str(words)) for key, words in MEANING_WORDS[about].items()]
        for about in ("lead", "status", "colour")
    },
}
_KEPT_WORDS = ("file", "unit", "strand", "dated", "again")


@needs("receive_document")
def receive(request: HttpRequest) -> HttpResponse:
    """The form that brings in a document; what cannot be read is refused and nothing is stored."""
    me, now = who(request), timezone.now()
    units = list(people.units(for_=me, permission="receive_document", on=timezone.localdate()))
    strands = list(workspace.strands())
    plans = [one for one in plan.plans(for_=me, as_at=timezone.localdate()) if one.unit in units]
    wrong: tuple[Mistake, ...] = ()
    if request.method == "POST":
        try:
            again = request.POST.get("again", "")
            before = _chosen(plans, again, "again") if again else None
            row = changes.receive_document(
                by=me,
                unit=before.unit
                if before
                else _chosen(units, request.POST.get("unit", ""), "unit"),
                strand=before.strand
                if before
                else _chosen(strands, request.POST.get("strand", ""), "strand"),
                again=before,
                file=_file(request),
                name=request.FILES["file"].name or "",  # type: ignore[union-attr]
                dated=_day(request.POST.get("dated", "")),
                at=now,
                key=request.POST.get("key", ""),
            )
        except (Unreadable, Unsafe, Missing) as refusal:
            telling.upload(request, refusal)
            wrong = mistakes(refusal, "file")
        else:
            return redirect("again" if before else "draft", draft=row.public_id)
    said = {name: request.POST.get(name, request.GET.get(name, "")) for name in _KEPT_WORDS}
    root = next((unit.public_id for unit in units if unit.parent_id is None), "")
    page = {
        "units": units,
        "plans": plans,
        "strands": strands,
        "root_unit": root,
        "said": said,
        "mistakes": wrong,
    }
    return render(request, "workspace/receive.html", page, status=422 if wrong else 200)


def _chosen(rows: Iterable[Any], public_id: str, field: str) -> Any:  # noqa: ANN401
    found = next((row for row in rows if row.public_id == public_id), None)
    if found is None:
        raise Missing(_("Nothing is chosen."), needs={field: _("Choose one of the list.")})
    return found


def _file(request: HttpRequest) -> Any:  # noqa: ANN401
    file = request.FILES.get("file")
    if file is None:
        raise Missing(_("There is no file."), needs={"file": _("Choose a file.")})
    return file


def _day(words: str) -> date | None:
    if not words.strip():
        return None
    claims = read(words.strip()[:100])
    if len(claims) != 1 or claims[0].end is None:
        raise Missing(
            _("The date could not be read."),
            needs={"dated": _("Write the date like 15 July 2026, or leave it blank.")},
        )
    return claims[0].end


@dataclass(frozen=True)
class Reading:
    """Words on when, how they were read, what was assumed, and of which actions (from 1)."""

    raw: str
    words: str
    assumed: tuple[str, ...]
    actions: tuple[int, ...]


_NOTHING = Timescale("", "unknown")


def _told(claim: Timescale) -> str:
    words = in_words(claim)
    return f"{words[:1].upper()}{words[1:]}." if words else _("Not read as a date.")


@dataclass(frozen=True)
class Pairing:
    """An action of a row, counted from 0, with the words that are read for it, by field."""

    number: int
    text: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One recommendation of a draft: its place in the draft from 1, and what is open in it.

    ``cells`` are the document's own, as printed; none where it stands in no table.
    """

    number: int
    recommendation: Recommendation
    questions: tuple[Any, ...]
    findings: tuple[Any, ...]
    cells: tuple[Any, ...] = ()

    @property
    def left(self) -> int:
        """How many questions must still be settled."""
        return len(self.waiting)

    @property
    def waiting(self) -> tuple[Any, ...]:
        """The questions that must be settled and are not."""
        return tuple(one for one in self.questions if one.must and not one.answer)

    @property
    def pairing(self) -> tuple[Pairing, ...]:
        """The row's actions whose timescale or leads must be told apart; none for one or two."""
        asked = lined_up(self.waiting)
        if len(asked) < 2:
            return ()
        found: dict[int, dict[str, str]] = {}
        for one in asked:
            number = one.action or 0
            action = self.recommendation.actions[number]
            found.setdefault(number, {})[field_of(one)] = read_words(action, field_of(one))
        return tuple(
            Pairing(number, self.recommendation.actions[number].text, words)
            for number, words in sorted(found.items())
        )

    @property
    def single(self) -> tuple[Any, ...]:
        """The questions that are settled one at a time."""
        paired = {one.pk for one in lined_up(self.waiting)} if self.pairing else set()
        return tuple(one for one in self.waiting if one.pk not in paired)

    @property
    def paired(self) -> tuple[Any, ...]:
        """The questions that can be settled together; one alone of each sentence comes first."""
        return tuple(one for one in self.waiting if one not in self.single)

    @property
    def answered(self) -> tuple[Any, ...]:
        """The questions that somebody settled, which can be settled differently."""
        return tuple(one for one in self.questions if one.answer)

    @property
    def optional(self) -> tuple[Any, ...]:
        """What was read by a convention and stands unless somebody says otherwise."""
        return tuple(one for one in self.questions if not one.must and not one.answer)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The row's words on when, once each, with the actions that they stand against."""
        found: dict[str, list[tuple[int, Timescale]]] = {}
        for number, action in enumerate(self.recommendation.actions, 1):
            for claim in action.timescales:
                found.setdefault(claim.raw, []).append((number, claim))
            if not action.timescales:
                found.setdefault("", []).append((number, _NOTHING))
        return tuple(
            Reading(
                raw,
                " ".join(dict.fromkeys(_told(claim) for _, claim in claims if raw)),
                tuple(dict.fromkeys(a.message for _, claim in claims for a in claim.assumed)),
                tuple(dict.fromkeys(number for number, _ in claims)),
            )
            for raw, claims in found.items()
        )

    @property
    def settled(self) -> bool:
        """Whether there were questions and none is left."""
        return any(one.must for one in self.questions) and not self.left


@needs("read_drafts", kind="draft")
def draft(request: HttpRequest, draft: plan.Draft) -> HttpResponse:
    """A draft: whole, or one row of it (``?row=4``) beside the document's own words."""
    return _review(request, draft, request.GET.get("row", ""))


def _review(
    request: HttpRequest,
    row: plan.Draft,
    chosen: str,
    wrong: tuple[Mistake, ...] = (),
    status: int = 200,
) -> HttpResponse:
    me, today = who(request), timezone.localdate()
    found = plan.draft(for_=me, row=row, as_at=today)
    rows = _rows(found)
    here = next((one for one in rows if str(one.number) == chosen), None)
    placed = {id(one) for each in rows for one in each.findings}
    asked = {question.code for question in found.questions}
    general = [one for one in found.questions if one.recommendation is None]
    facts = {
        "draft": row,
        "plan": found.plan,
        "rows": rows,
        "row": here,
        "left": sum(1 for one in found.questions if one.must and not one.answer),
        "questions": found.questions,
        "whole": [one for one in found.findings if id(one) not in placed],
        "general": [q for q in general if q.code not in MEANT],
        "meant": [q for q in general if q.code in MEANT],
        "about": MEANT,
        "meanings": MEANINGS,
        "stands": found.stands,
        "learned": [one for one in found.warnings if one.code in _LEARNED],
        "left_out": [one for one in found.warnings if one.code not in asked | _LEARNED],
        "may_answer": may(me, "answer_question", row, today),
        "may_remember": may(me, "keep_habits", row, today),
        "may_adopt": may(me, "adopt_draft", row, today),
        "may_set_aside": may(me, "set_aside_draft", row, today),
        "field_of": field_of,
        "mistakes": wrong,
        "said": request.POST,
    }
    page = "workspace/draft_row.html" if here else "workspace/draft.html"
    return render(request, page, facts, status=status)


def _rows(found: plan.DraftRead) -> tuple[Row, ...]:
    """The draft row by row, each with its questions and what a check found in it."""
    findings: dict[int, list[Any]] = {}
    places = {
        _line(place): number
        for number, rec in enumerate(found.plan.recommendations)
        for place in (rec.place, *(action.place for action in rec.actions))
        if place
    }
    for finding in found.findings:
        number = places.get(_line(finding.place))
        if number is not None and finding.place:
            findings.setdefault(number, []).append(finding)
    cells = {one.place: one.cells for one in found.printed if one.place}
    return tuple(
        Row(
            number + 1,
            rec,
            tuple(q for q in found.questions if q.recommendation == number),
            tuple(findings.get(number, ())),
            cells.get(rec.place, ()),
        )
        for number, rec in enumerate(found.plan.recommendations)
    )


def _line(place: Place) -> Place:
    """The row or paragraph that a place lies in."""
    return place.at(column=None, item=None)


@needs("answer_question", kind="question")
def question(request: HttpRequest, question: plan.Question) -> HttpResponse:
    """Settle one question; the row that it stands in is shown with what is wrong in an answer."""
    row = "" if question.recommendation is None else str(question.recommendation + 1)
    if request.method != "POST":
        return _review(request, question.draft, row)
    answer = request.POST.get("answer", "")
    put = {}
    if answer == "changed":
        put = {
            name: request.POST[name]
            for name in ("text", "timescale", "leads")
            if name in request.POST
        }
    elif answer == "means":
        put = {name: request.POST.get(name, "") for name in ("meaning", "full")}
    try:
        changes.answer_question(
            by=who(request),
            question=question,
            version=version_of(request),
            answer=answer,
            put=put,
            remember=request.POST.get("remember") == "on",
            at=timezone.now(),
            key=request.POST.get("key", ""),
        )
    except (Missing, Unsafe, OutOfStep) as refusal:
        wrong = tuple(
            Mistake(f"{one.field or 'answer'}-{question.public_id}", one.text)
            for one in mistakes(refusal, "answer")
        )
        # What was sent stands in the form again, beside what somebody else has settled meanwhile.
        status = 409 if isinstance(refusal, OutOfStep) else 422
        return _review(request, question.draft, row, wrong, status)
    left = question.draft.questions.filter(must=True, answer="").count()
    messages.success(
        request,
        ngettext(
            "Settled. %(count)s question is left.", "Settled. %(count)s questions are left.", left
        )
        % {"count": left}
        if left
        else _("Settled. Nothing is left to settle: the draft can be adopted."),
    )
    return redirect(_address(question.draft, row))


@needs("answer_question", kind="draft")
def settle_row(request: HttpRequest, draft: plan.Draft) -> HttpResponse:
    """Settle at once which words of a row belong to which of its actions."""
    row = request.POST.get("row", request.GET.get("row", ""))
    number = int(row) if row.isascii() and row.isdigit() and len(row) < 5 else 0
    found = plan.draft(for_=who(request), row=draft, as_at=timezone.localdate())
    if request.method != "POST" or not 0 < number <= len(found.plan.recommendations):
        return _review(request, draft, row)
    put: dict[int, dict[str, str]] = {}
    for place in range(len(found.plan.recommendations[number - 1].actions)):
        for field in ("timescale", "leads"):
            said = request.POST.get(f"{field}-{place}")
            if said is not None:
                put.setdefault(place, {})[field] = said
    try:
        changes.settle_row(
            by=who(request),
            draft=draft,
            recommendation=number - 1,
            put=put,
            at=timezone.now(),
            key=request.POST.get("key", ""),
        )
    except (Missing, Unsafe, OutOfStep) as refusal:
        status = 409 if isinstance(refusal, OutOfStep) else 422
        return _review(request, draft, row, mistakes(refusal), status)
    messages.success(request, _("The row is settled."))
    return redirect(_address(draft, row))


def _address(draft: plan.Draft, row: str = "") -> str:
    address = reverse("draft", kwargs={"draft": draft.public_id})
    return f"{address}?row={row}" if row else address


@needs("adopt_draft", kind="draft")
def adopt(request: HttpRequest, draft: plan.Draft) -> HttpResponse:
    """Ask once more, and make the draft the plan of its unit."""
    me = who(request)
    wrong: tuple[Mistake, ...] = ()
    if request.method == "POST":
        try:
            made = changes.adopt_draft(
                by=me,
                draft=draft,
                version=version_of(request),
                at=timezone.now(),
                without_actions=request.POST.get("without_actions") == "on",
                key=request.POST.get("key", ""),
            )
        except Missing as refusal:
            asked = refusal.needs.get("without_actions", "")
            wrong = (Mistake("without_actions" if asked else "", asked or refusal.what),)
        else:
            messages.success(
                request, _("The draft is now the plan of %(unit)s.") % {"unit": draft.unit.name}
            )
            # A directorate's plan goes on to what its actions may serve in the council's.
            joins = draft.unit.parent_id is not None and may(
                me, "keep_tiers", made, timezone.localdate()
            )
            return redirect("proposed" if joins else "plan", plan=made.public_id)
    found = plan.draft(for_=me, row=draft, as_at=timezone.localdate())
    facts = {
        "draft": draft,
        "plan": found.plan,
        "left": sum(1 for one in found.questions if one.must and not one.answer),
        "actions": _taken_over(found),
        "answers": [q for q in found.questions if q.answer and q.answer != "as_read"],
        "findings": found.findings,
        "mistakes": wrong,
    }
    return render(request, "workspace/adopt.html", facts, status=422 if wrong else 200)


def _taken_over(found: plan.DraftRead) -> int:
    """How many actions the plan will have: those that nobody left out."""
    gone = {(q.recommendation, q.action) for q in found.questions if q.answer == "left_out"}
    return len(found.plan.actions) - len(gone)


@needs("set_aside_draft", kind="draft")
def set_aside(request: HttpRequest, draft: plan.Draft) -> HttpResponse:
    """Ask once more, and put the draft aside."""
    if request.method == "POST":
        changes.set_aside_draft(
            by=who(request),
            draft=draft,
            version=version_of(request),
            at=timezone.now(),
            key=request.POST.get("key", ""),
        )
        messages.success(request, _("The draft is set aside. Nothing of it became a plan."))
        return redirect("plans")
    return render(request, "workspace/set_aside_draft.html", {"draft": draft})
