"""What a person must settle before a draft becomes a plan: the questions, and what answers do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from goldenthread.documents import PlanDraft, ReadingWarning
from goldenthread.errors import Missing, Place
from goldenthread.plan import Action, Plan, check, read_leads
from goldenthread.timescale import read
from goldenthread.web import bridge
from goldenthread.web import models as rows
from goldenthread.web.changes.words import words
from goldenthread.web.models.thread import STATUSES

# Warnings that leave a choice to a person. The others only tell what was done.
_MUST = frozenset({"alignment"})
_MAY = frozenset(
    {"year_inferred", "convention", "empty_timescale", "unread_timescale", "lead_from_text"}
)
# Names of people and small numbers in words that are meant for the public.
_FINDINGS_MUST = frozenset({"W601", "W602"})


@dataclass(frozen=True)
class Asked:
    """One question: what it is about, in the draft's own numbering, and whether it must be met."""

    code: str
    message: str
    words: str
    must: bool
    recommendation: int | None
    action: int | None
    place: Place


def questions_of(draft: PlanDraft) -> list[Asked]:
    """Every question of a draft, in its order: what the reader doubted, then names and numbers.

    A question of one action names it, so that an answer can change it. What only the council can
    know of its own words is asked once for the whole document.
    """
    plan = draft.plan
    asked = [
        one
        for warning in draft.warnings
        if warning.code in _MUST | _MAY
        for one in _of_warning(plan, warning)
    ]
    for finding in check(plan):
        if finding.code in _FINDINGS_MUST and finding.severity != "advice":
            rec, act = _where(plan, finding.place)
            asked.append(
                Asked(finding.code, finding.message, finding.words, True, rec, act, finding.place)
            )
    asked += [_of_words(one) for one in bridge.unclear(draft)]
    last = len(plan.recommendations)
    return sorted(
        asked,
        key=lambda one: (
            last if one.recommendation is None else one.recommendation,
            -1 if one.action is None else one.action,
        ),
    )


_OF_WORDS: Mapping[str, str] = {
    "unread_column": "The column “{}” was not read into the plan. What does it hold?",
    "unknown_lead": "“{}” stands as a lead. Is it a post, a body or a person?",
    "unknown_status": "“{}” stands as a status. What does it say?",
    "usual_colour": "The document has no key to its colours. What does {} mean?",
}


def _of_words(one: bridge.Unclear) -> Asked:
    """What some words mean. Who a lead is must be known: names of people are not for the public."""
    message, must = _OF_WORDS[one.code].format(one.words), one.code == "unknown_lead"
    return Asked(one.code, message, one.words, must, None, None, one.place)


def _of_warning(plan: Plan, warning: ReadingWarning) -> Iterator[Asked]:
    """The questions of a warning: one for each action of the row where it is of a whole row."""
    rec, act = _where(plan, warning.place)
    actions: list[int | None] = [act]
    if rec is not None and act is None and warning.code == "alignment":
        found = plan.recommendations[rec].actions
        actions = [n for n, one in enumerate(found) if _same_row(one.place, warning.place)]
    must = warning.code in _MUST
    for number in actions or [None]:
        words = _words(plan, rec, number)
        yield Asked(warning.code, warning.message, words, must, rec, number, warning.place)


def _where(plan: Plan, place: Place) -> tuple[int | None, int | None]:
    """Which recommendation and action stand at a place, as far as their own places say."""
    if not place:
        return None, None
    best: tuple[int | None, int | None] = (None, None)
    for r, rec in enumerate(plan.recommendations):
        for a, action in enumerate(rec.actions):
            if action.place and action.place == place:
                return r, a
            if _same_row(action.place, place):
                alone = len([x for x in rec.actions if _same_row(x.place, place)]) == 1
                same_item = place.item is not None and action.place.item == place.item
                if alone or same_item:
                    return r, a
                best = (r, None)
        if best == (None, None) and _same_row(rec.place, place):
            best = (r, None)
    return best


def _same_row(one: Place, other: Place) -> bool:
    return one.row is not None and (one.table, one.sheet, one.row) == (
        other.table,
        other.sheet,
        other.row,
    )


def _words(plan: Plan, rec: int | None, act: int | None) -> str:
    if rec is None:
        return ""
    found = plan.recommendations[rec]
    return found.text if act is None else found.actions[act].text


# What a question is about decides which words of an action it can change.
_FIELDS = {"lead_from_text": "leads", "W601": "text", "W602": "text"}
_OF_LEADS = re.compile(r"^\d+ leads? for ")


def field_of(question: rows.Question) -> str:
    """Which words of an action a question is about: text, leads or timescale.

    >>> field_of(rows.Question(code="alignment", message="3 leads for 5 actions: …"))
    'leads'
    """
    if question.code == "alignment" and _OF_LEADS.match(question.message):
        return "leads"
    return _FIELDS.get(question.code, "timescale")


def read_words(action: Action, field: str) -> str:
    """The words of an action that a question is about, as a form shows them to be changed."""
    if field == "timescale":
        return "; ".join(dict.fromkeys(claim.raw for claim in action.timescales))
    if field == "leads":
        return "; ".join(lead.text for lead in action.leads)
    return action.text


def lined_up(questions: Iterable[rows.Question]) -> list[rows.Question]:
    """The questions that ask which of a row's words belong to which of its actions, still open."""
    return [
        one
        for one in questions
        if one.code == "alignment" and one.action is not None and not one.answer
    ]


# -- answers ---------------------------------------------------------------------------------------

# What an answer may put in place of the reading of an action, and what the words become.
CHANGEABLE = ("text", "number", "timescale", "leads")


def checked(change: Mapping[str, Any], dated: date | None) -> dict[str, str]:
    """A change as it will be kept: words by the field that they replace.

    Raises ``Missing`` for a field that an answer cannot change and for a timescale or lead in
    which nothing can be read.
    """
    kept = {name: words(str(value), name=name) for name, value in change.items()}
    needs = {name: "This cannot be changed here." for name in kept if name not in CHANGEABLE}
    if "text" in kept and not kept["text"]:
        needs["text"] = "An action has words."
    if kept.get("timescale") and all(
        claim.kind == "unknown" for claim in read(kept["timescale"], dated=dated)
    ):
        needs["timescale"] = "No date could be read in this. Write it like 31 March 2027."
    if kept.get("leads") and not read_leads(kept["leads"]):
        needs["leads"] = "No lead could be read in this. Give the title of a post."
    if not kept:
        needs["change"] = "Say what should stand instead."
    if needs:
        raise Missing("The answer cannot be kept as it is.", needs=needs)
    return kept


def meant(question: rows.Question, meaning: str, full: str) -> dict[str, str]:
    """What somebody says the words of a question mean, as it will be kept.

    Raises ``Missing`` where the question is not of a word's meaning, or it has no such meaning.
    """
    about = bridge.MEANT.get(question.code)
    known: tuple[str, ...] = {
        "column": (*bridge.LATE_ROLES, "other"),
        "lead": ("post", "body", "person"),
        "status": (*dict(STATUSES), bridge.NOTHING),
        "colour": tuple(dict(STATUSES)),
    }.get(about or "", ())
    if meaning not in known:
        raise Missing("The answer cannot be kept.", needs={"meaning": "Choose what it means."})
    if about != "lead" or meaning == "person":
        return {"meaning": meaning}
    name = words(full, name="full", most=300)
    return {"meaning": meaning} | ({"full": name} if name else {})


def as_rows(draft: rows.Draft, asked: list[Asked]) -> Iterator[rows.Question]:
    """Questions as rows that are not yet saved."""
    for position, one in enumerate(asked):
        yield rows.Question(
            draft=draft,
            position=position,
            code=one.code,
            message=one.message,
            words=one.words,
            must=one.must,
            recommendation=one.recommendation,
            action=one.action,
            place={
                name: value
                for name, value in msgspec.to_builtins(one.place).items()
                if value is not None
            },
        )


def settled_before(
    plan: rows.Plan | None, asked: Iterator[rows.Question]
) -> Iterator[rows.Question]:
    """Unsaved questions, with the answer that the last reading of the plan's document was given.

    The same question of the same words is not asked twice; who answered it, and when, stays true.
    """
    before: dict[tuple[str, str, str], rows.Question] = {}
    if plan is not None:
        answered = rows.Question.objects.filter(draft__plan=plan, draft__state="adopted")
        for one in answered.exclude(answer="").order_by("answered_at", "pk"):
            before[one.code, one.message, one.words] = one
    for question in asked:
        known = before.get((question.code, question.message, question.words))
        if known is not None:
            question.answer, question.change = known.answer, known.change
            question.answered_at, question.answered_by = known.answered_at, known.answered_by
        yield question


def all_settled(draft: rows.Draft) -> list[rows.Question]:
    """The questions of a draft. Raises ``Missing`` while one that must be settled is open."""
    questions = list(draft.questions.all())
    waiting = [question for question in questions if question.must and not question.answer]
    if waiting:
        count = len(waiting)
        raise Missing(
            f"{count} question{'' if count == 1 else 's'} must be settled before adoption.",
            needs={question.public_id: question.message for question in waiting},
        )
    return questions
