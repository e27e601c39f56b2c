"""An edition as a plan: the public words alone, so that they can be written as a document."""

from __future__ import annotations

from datetime import date

from goldenthread import timescale
from goldenthread.plan import model
from goldenthread.plan.edition.standing import (
    Standing,
    by_recommendation,
    given,
    standing,
    updates,
)
from goldenthread.plan.edition.telling import STANDING_WORDS
from goldenthread.plan.edition.value import Action, Edition, Recommendation, Update
from goldenthread.timescale import Status, Timescale, day

NO_RECOMMENDATION = "Actions that answer no recommendation"
_STATUSES: dict[Standing, Status] = {
    "done": "completed",
    "on_track": "in_progress",
    "at_risk": "in_progress",
    "late": "delayed",
    "not_due": "not_started",
    "withdrawn": "withdrawn",
}


def as_plan(edition: Edition) -> model.Plan:
    """The plan that an edition publishes, dated as it stands; nothing that it does not publish.

    Shape: each recommendation with the actions that answer it, so that an action that answers two
    stands under both; those that answer none come last, under a line that says so. The status is
    where the action stands on the edition's day, and the timescale the promise that holds.
    Missing: leads are posts; a name is there only where the edition publishes it.
    """
    return model.Plan(
        title=f"{edition.body}: {edition.plan}",
        document_date=edition.as_at.isoformat(),
        recommendations=tuple(
            _recommendation(edition, rec, actions) for rec, actions in by_recommendation(edition)
        ),
    )


def _recommendation(
    edition: Edition, rec: Recommendation | None, actions: tuple[Action, ...]
) -> model.Recommendation:
    answers = tuple(_action(action, edition.as_at) for action in actions)
    if rec is None:
        return model.Recommendation(NO_RECOMMENDATION, actions=answers)
    theme = edition.theme(rec.theme)
    response = model.Response(rec.answer.words, rec.answer.position) if rec.answer else None
    return model.Recommendation(
        rec.words,
        rec.number,
        theme=theme.title if theme else None,
        response=response,
        actions=answers,
    )


def _action(action: Action, at: date) -> model.Action:
    stands = standing(action, at)
    said = reversed(updates(action, at))
    return model.Action(
        action.words,
        number=action.number,
        leads=(model.Lead(action.lead.post, person=action.lead.person or None),),
        timescales=_timescales(action, at),
        measures=tuple(model.Measure(measure.words) for measure in action.measures),
        status=_STATUSES[stands],
        status_text=STANDING_WORDS[stands],
        updates=tuple(
            model.Update(
                " ".join(
                    words for words in (update.done, update.changed, _answered(update)) if words
                ),
                update.speaks_of,
                evidence="; ".join(shown.title for shown in update.evidence) or None,
            )
            for update in said
        ),
    )


def _answered(update: Update) -> str:
    """What answers a rating that says trouble, in a line of print; nothing where nothing does."""
    said = update.recovery
    if said is None:
        return ""
    return f"Why: {said.cause} What is being done: {said.step} By {day(said.due)}."


def _timescales(action: Action, at: date) -> tuple[Timescale, ...]:
    promises = given(action, at)
    if promises:
        due = promises[-1].due
        words = promises[-1].words or (f"By {day(due)}" if due else "")
    else:
        words = action.repeats
    return timescale.read(words, at) if words else ()
