"""What of a plan a document carries: the few and stated differences that writing it makes.

Everything else comes back when the fuller layout is read again. JSON carries the plan whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace

from goldenthread.documents.notation import NAMED, NO_THEME, NO_WORDS
from goldenthread.errors import Place
from goldenthread.intake.words import split_bullet, tidy
from goldenthread.plan import (
    Action,
    Lead,
    Measure,
    Plan,
    ProcessStep,
    Recommendation,
    Response,
    Update,
)
from goldenthread.timescale import Assumption, Timescale


def words(text: str) -> str:
    """A text as a cell can print it: one line, without a bullet typed in front of it.

    Spaces of every kind become one, and characters that nobody sees go, as when any document is
    read (``intake.words``).

    >>> words("- Train\\n  managers")
    'Train managers'
    """
    plain = tidy("".join(c for c in text if c not in "\ufffe\uffff"))
    marker, rest = split_bullet(plain)
    while marker is not None:
        plain = tidy(rest)
        marker, rest = split_bullet(plain)
    return plain


def without_names(plan: Plan) -> Plan:
    """The plan with posts and bodies only: a lead known by name alone is “Named person”.

    >>> from goldenthread.plan import Action, Lead, Recommendation
    >>> lead = Lead("Director of People", person="Joan Example")
    >>> rec = Recommendation("Train", actions=(Action("All", leads=(lead,)),))
    >>> without_names(Plan(recommendations=(rec,))).actions[0].leads[0].person is None
    True
    """
    return _over_leads(plan, _without_name)


def carried(plan: Plan, *, names: bool = False) -> Plan:
    """The plan as a document carries it, and as reading that document gives it back.

    Of every text its printed words (see :func:`words`); of blank things nothing; no places, since
    they are those of another file; no programme, which is the register's and stands in no plan; and
    no names of people unless ``names``. Carrying twice changes nothing more.
    """
    plan = plan if names else without_names(plan)
    return Plan(
        title=_maybe(plan.title),
        document_date=_maybe(plan.document_date),
        recommendations=tuple(_recommendation(rec) for rec in plan.recommendations),
        process_steps=tuple(
            step for step in map(_step, plan.process_steps) if step != ProcessStep("", "", "")
        ),
        abbreviations=tuple(
            (words(short), words(full))
            for short, full in plan.abbreviations
            if words(short) and words(full)
        ),
    )


def lost(written: Plan, read: Plan) -> dict[str, int]:
    """How many values of each kind did not come back from a document, by the name of their field.

    Empty where everything that a document can carry came back.

    >>> lost(Plan("Our plan"), Plan())
    {'title': 1}
    """
    found: dict[str, int] = {}
    _compare(carried(written, names=True), carried(read, names=True), "plan", found)
    return found


def _compare(one: object, other: object, name: str, found: dict[str, int]) -> None:
    if one == other:
        return
    same_kind = type(one) is type(other)
    if same_kind and isinstance(one, Plan | Recommendation | Action | ProcessStep):
        for each in fields(one):
            _compare(getattr(one, each.name), getattr(other, each.name), each.name, found)
    elif (
        name in ("recommendations", "actions", "process_steps")
        and isinstance(one, tuple)
        and isinstance(other, tuple)
        and len(one) == len(other)
    ):
        for mine, theirs in zip(one, other, strict=True):
            _compare(mine, theirs, name, found)
    else:
        found[name] = found.get(name, 0) + 1


def _over_leads(plan: Plan, change: Callable[[Lead], Lead]) -> Plan:
    return replace(
        plan,
        recommendations=tuple(
            replace(
                rec,
                actions=tuple(
                    replace(action, leads=tuple(change(lead) for lead in action.leads))
                    for action in rec.actions
                ),
            )
            for rec in plan.recommendations
        ),
    )


def _without_name(lead: Lead) -> Lead:
    if lead.kind == "person" or not lead.text.strip():
        return replace(lead, text=NAMED, kind="person", person=None, full=None)
    return replace(lead, person=None)


def _recommendation(rec: Recommendation) -> Recommendation:
    response = rec.response
    if response is not None:
        response = Response(words(response.text), response.position)
        response = response if response.text or response.position else None
    return replace(
        rec,
        text=_text(rec.text),
        number=_maybe(rec.number),
        theme=_maybe(rec.theme) if rec.theme != NO_THEME else None,
        response=response,
        actions=tuple(_action(action) for action in rec.actions),
        see=_each(rec.see),
        place=Place(),
    )


def _action(action: Action) -> Action:
    return replace(
        action,
        text=_text(action.text),
        number=_maybe(action.number),
        leads=tuple(lead for lead in map(_lead, action.leads) if lead.text or lead.person),
        timescales=tuple(_timescale(claim) for claim in action.timescales),
        measures=tuple(Measure(text) for text in _each(m.text for m in action.measures)),
        status_text=_maybe(action.status_text),
        updates=tuple(_update(update) for update in action.updates if _says(update)),
        evidence=_each(action.evidence),
        see=_each(action.see),
        place=Place(),
    )


def _lead(lead: Lead) -> Lead:
    return replace(
        lead,
        text=words(lead.text),
        person=_maybe(lead.person),
        full=_maybe(lead.full),
        remark=_maybe(lead.remark),
    )


def _timescale(claim: Timescale) -> Timescale:
    return replace(
        claim,
        raw=words(claim.raw),
        precision=_maybe(claim.precision),
        recurrence=_maybe(claim.recurrence),
        event=_maybe(claim.event),
        offset=_maybe(claim.offset),
        anchor=_maybe(claim.anchor),
        assumed=tuple(
            Assumption(words(a.code), words(a.message))
            for a in claim.assumed
            if words(a.code) and words(a.message)
        ),
    )


def _says(update: Update) -> bool:
    return bool(words(update.text) or update.at or update.status or _maybe(update.evidence))


def _update(update: Update) -> Update:
    return Update(words(update.text), update.at, update.status, _maybe(update.evidence))


def _step(step: ProcessStep) -> ProcessStep:
    return ProcessStep(
        words(step.number),
        words(step.name),
        words(step.text),
        tuple(_timescale(claim) for claim in step.timescales),
    )


def _text(text: str) -> str:
    plain = words(text)
    return plain if plain != NO_WORDS else ""


def _maybe(text: str | None) -> str | None:
    return (words(text) or None) if text is not None else None


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain for text in texts if (plain := words(text)))
