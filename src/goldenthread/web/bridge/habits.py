"""What has been confirmed of documents, as the value that reading takes; and what answers mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from goldenthread import timescale
from goldenthread.documents import Habits, PlanDraft, ReadingWarning
from goldenthread.documents.habits import SCHEMA, habits_from_plain
from goldenthread.documents.keys import USUAL, is_mark
from goldenthread.errors import Place, Unreadable
from goldenthread.plan import Action, Lead, Measure, Plan, Update, read_leads
from goldenthread.plan.lead_phrases import kind_of
from goldenthread.plan.wording import fold
from goldenthread.web import models as rows
from goldenthread.web.bridge.reading import dated

# Which kind of habit each question of a draft could become, by the question's code.
MEANT: Mapping[str, str] = {
    "unread_column": "column",
    "unknown_lead": "lead",
    "unknown_status": "status",
    "usual_colour": "colour",
}
# What a column that was left out may turn out to hold, once the draft has been read.
LATE_ROLES = ("lead", "supporting", "timescale", "measure", "status", "update", "evidence")
NOTHING = "none"
_PART = {"column": "columns", "lead": "leads", "status": "statuses", "colour": "colours"}
_QUOTED = re.compile(r"“(.+)”")


# -- rows to a value -------------------------------------------------------------------------------


def habits_value(found: Iterable[rows.Habit]) -> Habits:
    """The habits of rows, which are those of one unit, or of several from the widest down."""
    value = Habits()
    for row in found:
        value = value.and_also(one_habit(row.about, row.words, row.meaning, row.full))
    return value


def one_habit(about: str, words: str, meaning: str, full: str = "") -> Habits:
    """A profile of one entry. Raises ``Unreadable`` for a meaning or a colour that there is not.

    >>> one_habit("status", "Live", "in_progress").statuses
    {'Live': 'in_progress'}
    """
    said: Any = {"kind": meaning, **({"full": full} if full else {})}
    entry = {words: said if about == "lead" else meaning}
    if about not in _PART:
        raise Unreadable("A habit is of a column, a lead, a status or a colour.")
    return habits_from_plain({"schema": SCHEMA, _PART[about]: entry})


def entries(habits: Habits) -> list[tuple[str, str, str, str]]:
    """Each entry of a profile as what it is about, its words, their meaning and the full name."""
    found: list[tuple[str, str, str, str]] = []
    found += [("column", words, role, "") for words, role in habits.columns.items()]
    found += [("lead", words, one.kind, one.full or "") for words, one in habits.leads.items()]
    found += [("status", words, status, "") for words, status in habits.statuses.items()]
    found += [("colour", words, status, "") for words, status in habits.colours.items()]
    return found


# -- what a draft leaves to be understood ----------------------------------------------------------


@dataclass(frozen=True)
class Unclear:
    """Words of a document whose meaning only its council knows: a code of ``MEANT`` and the words.

    ``place`` is where they first stand.
    """

    code: str
    words: str
    place: Place


def unclear(draft: PlanDraft) -> list[Unclear]:
    """The columns, leads, status words and colours that reading did not know, once each."""
    found: dict[tuple[str, str], Unclear] = {}

    def note(code: str, words: str, place: Place) -> None:
        found.setdefault((code, fold(words)), Unclear(code, words[:300], place))

    habits = [warning for warning in draft.warnings if warning.code == "habit"]
    known = {warning.place for warning in habits}
    names = {fold(_quoted(warning)) for warning in habits}
    for warning in draft.warnings:
        if warning.code == "unread_column" and warning.place in known:
            continue
        if warning.code in ("unread_column", "usual_colour"):
            note(warning.code, _quoted(warning), warning.place)
    for action in draft.plan.actions:
        for lead in action.leads:
            if _is_unknown(lead) and fold(lead.text) not in names:
                note("unknown_lead", lead.text, action.place)
        if action.status_text and action.status is None and fold(action.status_text):
            note("unknown_status", action.status_text, action.place)
    return [one for one in found.values() if fold(one.words)]


def _is_unknown(lead: Lead) -> bool:
    """Whether the words alone do not say if a lead is a post, a body or a person."""
    if not lead.text or lead.person or lead.full or lead.kind == "person":
        return False
    return len(lead.text.split()) <= 2 and kind_of(tuple(lead.text.split())) is None


def _quoted(warning: ReadingWarning) -> str:
    match = _QUOTED.search(warning.message)
    return match[1] if match else ""


# -- what somebody said they mean ------------------------------------------------------------------


def understood(draft: PlanDraft, questions: Iterable[rows.Question]) -> Plan:
    """The draft's plan with what people said of its words: columns first, then single words."""
    answers = [q for q in questions if q.answer == "means" and q.code in MEANT]
    actions = {
        (r, a): action
        for r, rec in enumerate(draft.plan.recommendations)
        for a, action in enumerate(rec.actions)
    }
    for question in sorted(answers, key=lambda q: list(MEANT).index(q.code)):
        meaning, about = question.change["meaning"], MEANT[question.code]
        if about == "column":
            for where, lines in _cells(draft, question.words)[0]:
                actions[where] = _held(actions[where], meaning, lines, draft.plan)
            continue
        for where, action in actions.items():
            actions[where] = _meant(action, about, question.words, question.change)
    return replace(
        draft.plan,
        recommendations=tuple(
            replace(rec, actions=tuple(actions[r, a] for a in range(len(rec.actions))))
            for r, rec in enumerate(draft.plan.recommendations)
        ),
    )


@dataclass(frozen=True)
class Stands:
    """Where unclear words stand: in how many places, some of what stands there, and what cannot be
    told apart between the actions of a row (cells of a column alone).
    """

    count: int
    examples: tuple[str, ...]
    untold: int = 0


def stands(draft: PlanDraft, code: str, words: str) -> Stands:
    """Where the words of a question of ``MEANT`` stand in its draft, for whoever answers it."""
    if code == "unread_column":
        found, left = _cells(draft, words)
        texts = [" ".join(lines) for _where, lines in found] + left
        return Stands(len(texts), _some(texts), len(left))
    texts = [action.text for action in draft.plan.actions if _has(action, code, words)]
    return Stands(len(texts), _some(texts))


def _some(texts: Iterable[str], most: int = 3) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:most]


def _has(action: Action, code: str, words: str) -> bool:
    if code == "unknown_lead":
        return any(fold(lead.text) == fold(words) for lead in action.leads)
    if code == "unknown_status":
        return fold(action.status_text or "") == fold(words)
    return action.rag == words


def _cells(
    draft: PlanDraft, heading: str
) -> tuple[list[tuple[tuple[int, int], list[str]]], list[str]]:
    """The words under a heading by the action that they stand beside; then those of no action."""
    columns = {
        (w.place.table, w.place.sheet, w.place.column)
        for w in draft.warnings
        if w.code == "unread_column" and fold(_quoted(w)) == fold(heading)
    }
    in_row: dict[tuple[Any, Any, Any], list[tuple[int, int]]] = {}
    for r, rec in enumerate(draft.plan.recommendations):
        for a, action in enumerate(rec.actions):
            key = (action.place.table, action.place.sheet, action.place.row)
            in_row.setdefault(key, []).append((r, a))
    found: list[tuple[tuple[int, int], list[str]]] = []
    left: list[str] = []
    for row in draft.printed:
        for cell in row.cells:
            at = cell.place
            if cell.role != "other" or (at.table, at.sheet, at.column) not in columns:
                continue
            here = in_row.get((at.table, at.sheet, at.row), [])
            if len(here) == 1:
                found.append((here[0], list(cell.lines)))
            elif here and len(here) == len(cell.lines):
                found += [(where, [line]) for where, line in zip(here, cell.lines, strict=True)]
            else:
                left.append(" ".join(cell.lines))
    return found, left


def _held(action: Action, role: str, lines: Sequence[str], plan: Plan) -> Action:
    """The action with what a column of this role says of it, beside what it has already."""
    words = " ".join(lines)
    if role in ("lead", "supporting"):
        said = read_leads(
            list(lines), plan.abbreviations, "supporting" if role == "supporting" else "accountable"
        )
        return replace(action, leads=tuple(dict.fromkeys((*action.leads, *said))))
    if role == "timescale":
        on: date | None = dated(plan.document_date)
        return replace(action, timescales=(*action.timescales, *timescale.read(words, on)))
    if role == "measure":
        return replace(action, measures=(*action.measures, *map(Measure, lines)))
    if role == "update":
        return replace(action, updates=(*action.updates, Update(words)))
    if role == "evidence":
        return replace(action, evidence=(*action.evidence, words))
    if role == "status" and action.status_text is None:
        status = timescale.status_of(words) or action.status
        return replace(action, status_text=words, status=status)
    return action


def _meant(action: Action, about: str, words: str, change: Mapping[str, Any]) -> Action:
    """The action with the meaning of some words, wherever they stand in it."""
    meaning: Any = change["meaning"]
    if about == "lead":
        leads = tuple(
            _named(lead, meaning, change.get("full") or None)
            if fold(lead.text) == fold(words) and not lead.person
            else lead
            for lead in action.leads
        )
        return replace(action, leads=leads)
    if meaning == NOTHING:
        return action
    if about == "status":
        same = action.status_text is not None and fold(action.status_text) == fold(words)
        return replace(action, status=meaning) if same and action.status is None else action
    alone = action.status_text is None or is_mark(action.status_text)
    if action.rag == words and alone and action.status == USUAL[action.rag]:
        return replace(action, status=meaning)
    return action


def _named(lead: Lead, kind: Any, full: str | None) -> Lead:  # noqa: ANN401
    if kind == "person":
        return replace(lead, text="", kind=kind, person=lead.text, full=None)
    return replace(lead, kind=kind, full=full or lead.full)
