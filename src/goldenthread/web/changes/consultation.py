"""Plans put to unions and forums with a timetable, and what each of them says in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import words
from goldenthread.web.models import (
    Action,
    Committee,
    Consultation,
    Consulted,
    Edition,
    Person,
    Plan,
    Recommendation,
    Stance,
)
from goldenthread.web.models.meetings import STANCES
from goldenthread.web.permissions import require
from goldenthread.web.queries.outgoing import Outgoing

Subject = Plan | Recommendation | Action | Edition


@change
def consult(
    *,
    by: Person,
    about: Subject,
    committees: Sequence[Committee],
    text: str,
    asked_on: date,
    wanted_by: date,
    at: datetime,
    key: str = "",
) -> Consultation:
    """Put a plan, or something in it, to unions and forums: in these words, with a timetable.

    An edition may be put to them while it waits to be published. Who may: consult, in the plan's
    unit. Recorded: ``consultation.begun`` with the bodies. Raises ``Missing`` for blank words,
    nobody asked, a body that has ended, days in the wrong order, and an edition that is out.
    """
    require(by, "consult", about, localdate(at))
    said = words(text, name="text", needed=True)
    needs = {}
    if not committees:
        needs["committees"] = "Choose at least one body."
    if any(one.ends is not None and one.ends < asked_on for one in committees):
        needs["committees"] = "One of these has ended. Choose bodies that stand."
    if wanted_by < asked_on:
        needs["wanted_by"] = "Give a day after they are asked."
    if isinstance(about, Edition) and (about.published_at or about.set_aside_at):
        needs["text"] = "This edition was published or set aside, so it waits for nobody."
    if needs:
        raise Missing("Nobody was consulted.", needs=needs)
    row = Consultation.objects.create(
        plan=_plan_of(about),
        recommendation=about if isinstance(about, Recommendation) else None,
        action=about if isinstance(about, Action) else None,
        edition=about if isinstance(about, Edition) else None,
        words=said,
        asked_on=asked_on,
        wanted_by=wanted_by,
        at=at,
        by=by,
    )
    asked = {one.pk: one for one in committees}
    Consulted.objects.bulk_create(
        [Consulted(consultation=row, committee=one) for one in asked.values()]
    )
    facts = {"bodies": [one.public_id for one in asked.values()]}
    audit.record(by=by, what="consultation.begun", on=row, facts=facts, at=at)
    return row


@change
def say_outcome(
    *,
    by: Person,
    consultation: Consultation,
    text: str,
    version: int,
    at: datetime,
    key: str = "",
) -> Consultation:
    """Say what came of a consultation: what was agreed, what was not, and what changes.

    What the bodies said stays beside it, word for word. Who may: consult. Recorded:
    ``consultation.outcome``. Raises ``Missing`` for blank words and a second outcome,
    ``OutOfStep`` where somebody said one first.
    """
    require(by, "consult", consultation, localdate(at))
    said = words(text, name="text", needed=True)
    if consultation.outcome_on is not None:
        raise OutOfStep(
            "An outcome was said already.", do="Consult again where something new came up."
        )
    step(consultation, version, outcome=said, outcome_on=localdate(at))
    audit.record(by=by, what="consultation.outcome", on=consultation, at=at)
    return consultation


@change
def record_stance(
    *,
    by: Person,
    committee: Committee,
    about: Plan | Recommendation | Action | Consultation,
    stance: str,
    said_on: date,
    public: bool,
    at: datetime,
    text: str = "",
    key: str = "",
) -> Stance:
    """What a body says, in its own words, which nobody else can change or take away.

    A later stance on the same thing takes the place of an earlier one, which stays on the record.
    ``public`` is the body's own choice: only then may an edition carry it. Who may: record_stance,
    by a seat in the body that their post holds, and read_register for what it is about. Recorded:
    ``stance.recorded``. Raises ``Missing`` for an objection without words, a day to come, a
    consultation that did not ask this body, and words for the public that it may not read
    (``queries.outgoing``): the body words them anew, or keeps them inside.
    """
    on = localdate(at)
    require(by, "record_stance", committee, on)
    _can_read(by, about, on)
    said = words(text, name="text")
    needs = {}
    if stance not in dict(STANCES):
        needs["stance"] = "Choose what the body says."
    elif stance in ("supports_with_objections", "objects") and not said:
        needs["text"] = "Say what the body objects to, in its own words."
    if said_on > on:
        needs["said_on"] = "Give a day that has been."
    if isinstance(about, Consultation) and not about.consulted.filter(committee=committee).exists():
        needs["about"] = "This body was not asked about that."
    if needs:
        raise Missing("Nothing was recorded.", needs=needs)
    subject = _subject(about)
    if public and said and (sentences := Outgoing.of_plan(subject["plan"]).faults(said)):
        raise Missing("Nothing was recorded.", needs={"text": sentences})
    row = Stance.objects.create(
        committee=committee,
        stance=stance,
        words=said,
        on=said_on,
        public=public,
        at=at,
        by=by,
        **subject,
    )
    facts = {"of": committee.public_id, "stance": stance, "public": public}
    audit.record(by=by, what="stance.recorded", on=row, facts=facts, at=at)
    return row


def _can_read(by: Person, about: Plan | Recommendation | Action | Consultation, on: date) -> None:
    require(by, "read_register", about, on)


def _plan_of(about: Subject | Consultation) -> Plan:
    """The plan that a thing is in. Raises ``Missing`` for a recommendation that is in none."""
    plan = about if isinstance(about, Plan) else about.plan
    if plan is None:
        raise Missing(
            "This recommendation is in no plan yet.",
            needs={"about": "Choose a plan, or something in one."},
        )
    return plan


def _subject(about: Plan | Recommendation | Action | Consultation) -> dict[str, Any]:
    """What a stance is on, as its columns: that of the consultation where it answers one."""
    if isinstance(about, Plan):
        return {"plan": about}
    if isinstance(about, Recommendation):
        return {"plan": _plan_of(about), "recommendation": about}
    if isinstance(about, Action):
        return {"plan": about.plan, "action": about}
    return {
        "plan": about.plan,
        "recommendation": about.recommendation,
        "action": about.action,
        "consultation": about,
    }
