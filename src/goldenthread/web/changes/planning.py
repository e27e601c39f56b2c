"""A directorate's planning in steps: begun, its days planned, its steps signed off or reopened.

What was planned and signed is only ever added to. Whether a step may be signed is asked of its
gates, which count what has been done (``queries.planning.facts``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.plan.steps import Scheme, Step, faults, missing, to_json
from goldenthread.timescale import day
from goldenthread.web import audit
from goldenthread.web.bridge import scheme as scheme_now
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.deed import step as next_version
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import (
    Holding,
    Person,
    Plan,
    Planning,
    Post,
    SignOff,
    StepDay,
    StepScheme,
    Strand,
    Unit,
)
from goldenthread.web.permissions import body, current, require
from goldenthread.web.queries.directorates import parts_of
from goldenthread.web.queries.planning import DIRECTORATE, facts


@change
def begin_planning(
    *,
    by: Person,
    unit: Unit,
    strand: Strand,
    begins: date,
    at: datetime,
    follows: Planning | None = None,
    key: str = "",
) -> Planning:
    """Begin the planning of a directorate in a strand; ``follows`` is the one that it goes on from.

    Who may: keep_planning in the directorate. Recorded: ``planning.begun``. Raises ``Missing`` for
    a unit that is no directorate or has ended, where one is open in that strand, and for one before
    it that is of another directorate or strand, is not closed, or was gone on from already.
    """
    require(by, "keep_planning", unit, localdate(at))
    needs: dict[str, str] = {}
    if unit.kind.casefold() != DIRECTORATE:
        needs["unit"] = "Only a directorate plans in steps: its divisions plan within it."
    elif (unit.ends is not None and unit.ends < begins) or unit.begins > begins:
        needs["begins"] = f"{unit.name} does not stand on that day."
    if Planning.objects.filter(unit=unit, strand=strand, closed_on__isnull=True).exists():
        needs["strand"] = "A planning in this strand is open here: it is closed with its review."
    if follows is not None:
        if (follows.unit_id, follows.strand_id) != (unit.pk, strand.pk):
            needs["follows"] = "That planning is of another directorate or strand."
        elif follows.closed_on is None:
            needs["follows"] = "That planning is not closed yet."
        elif follows.closed_on > begins:
            needs["begins"] = f"The one before it was closed on {day(follows.closed_on)}."
        elif Planning.objects.filter(follows=follows).exists():
            needs["follows"] = "Another planning has gone on from that one."
    if needs:
        raise Missing("The planning was not begun.", needs=needs)
    try:
        with transaction.atomic():
            begun = Planning.objects.create(
                unit=unit, strand=strand, begins=begins, follows=follows
            )
    except IntegrityError:
        # Somebody else began it at the same moment.
        raise OutOfStep(
            "Somebody began this planning while you were writing.", do="Look at its board."
        ) from None
    told = {"unit": unit.public_id, "strand": strand.public_id, "begins": begins.isoformat()}
    if follows is not None:
        told["follows"] = follows.public_id
    audit.record(by=by, what="planning.begun", on=begun, facts=told, at=at)
    return begun


@change
def name_plan(
    *, by: Person, planning: Planning, plan: Plan, version: int, at: datetime, key: str = ""
) -> Planning:
    """Say which plan came of a planning: its actions are those that are counted.

    Who may: keep_planning. Recorded: ``planning.plan_named``. Raises ``Missing`` for a plan of
    another part of the council, ``OutOfStep`` where somebody changed the planning first.
    """
    require(by, "keep_planning", planning, localdate(at))
    if plan.unit_id not in parts_of(planning.unit_id):
        raise Missing(
            "The plan was not named.",
            needs={"plan": "Choose a plan of this directorate or of a part of it."},
        )
    next_version(planning, version, plan=plan)
    told = {"plan": plan.public_id}
    audit.record(by=by, what="planning.plan_named", on=planning, facts=told, at=at)
    return planning


@change
def plan_step(
    *,
    by: Person,
    planning: Planning,
    step: str,
    due: date,
    version: int,
    at: datetime,
    reason: str = "",
    key: str = "",
) -> StepDay:
    """Plan the day by which a step is done: the first is the promise, each later has its reason.

    ``version`` is how many days this step was given before. Who may: keep_planning. Recorded:
    ``step.planned``. Raises ``Missing`` for a step that is not taken or is signed, for a day before
    the planning begins, for the day that stands, and for a later one without a reason;
    ``OutOfStep`` where somebody planned it first.
    """
    require(by, "keep_planning", planning, localdate(at))
    _taken(step)
    before = _days(planning, step)
    why = words(reason, name="reason", most=LINE)
    if len(before) != version:
        raise OutOfStep(
            "Somebody planned this step while you were writing.",
            theirs={"due": day(before[-1].due)} if before else {},
            do="Read the day that now stands, and send the day that should.",
        )
    needs: dict[str, str] = {}
    if due < planning.begins:
        needs["due"] = f"The planning begins on {day(planning.begins)}."
    elif before and before[-1].due == due:
        needs["due"] = "This is the day that stands."
    if before and not why:
        needs["reason"] = "Say why the day moves: the first one stays on record."
    if _signed(planning, step):
        needs["due"] = "This step is signed off. Open it again first."
    if needs:
        raise Missing("The day was not planned.", needs=needs)
    row = StepDay.objects.create(planning=planning, step=step, due=due, reason=why, at=at, by=by)
    told = {"step": step, "due": due.isoformat(), "times": len(before) + 1}
    audit.record(by=by, what="step.planned", on=planning, facts=told, at=at)
    return row


@change
def sign_step(
    *,
    by: Person,
    planning: Planning,
    step: str,
    post: Post,
    on: date,
    came: str,
    version: int,
    at: datetime,
    key: str = "",
) -> SignOff:
    """Sign a step off: by which post, on which day, and what came of it.

    ``version`` is how often it was signed or opened again before. Who may: sign_step. Recorded:
    ``step.signed``. Raises ``Missing`` with a sentence for each thing that its gates lack, for an
    earlier step that must be signed first where the council wants them in order, for a post that
    the signer did not hold on that day, and for a day to come; ``OutOfStep`` where somebody signed
    it first.
    """
    require(by, "sign_step", planning, localdate(at))
    scheme, asked = _taken(step)
    _locked(planning)
    _in_step(planning, step, version)
    result = words(came, name="came", most=LINE)
    needs: dict[str, str] = {}
    if _signed(planning, step):
        raise Missing("This step is signed off already.", do="Open it again first.")
    done = {word for word in scheme.words if _signed(planning, word)}
    for earlier in scheme.before(step, done):
        needs[f"before_{earlier.word}"] = f"“{earlier.name}” comes before it and is not signed off."
    for lacking in missing(asked, facts([planning.pk])[planning.pk]):
        needs[f"gate_{lacking.fact}"] = lacking.sentence
    if not planning.begins <= on <= localdate(at):
        needs["on"] = f"Give a day from {day(planning.begins)} to today."
    elif not Holding.objects.filter(current(on), post=post, person=by).exists():
        needs["post"] = "Sign by a post that you held on that day."
    if not result:
        needs["came"] = "Say what came of the step."
    if needs:
        raise Missing("The step was not signed off.", needs=needs)
    row = SignOff.objects.create(
        planning=planning, step=step, what="signed", post=post, on=on, words=result, at=at, by=by
    )
    told = {"step": step, "post": post.public_id, "on": on.isoformat()}
    audit.record(by=by, what="step.signed", on=planning, facts=told, at=at)
    return row


@change
def reopen_step(
    *,
    by: Person,
    planning: Planning,
    step: str,
    reason: str,
    version: int,
    at: datetime,
    key: str = "",
) -> SignOff:
    """Open a step again that was signed off; who signed it, when and why it was opened is kept.

    ``version`` is how often it was signed or opened again before. Who may: sign_step. Recorded:
    ``step.reopened``. Raises ``Missing`` for a step that is not signed and without a reason,
    ``OutOfStep`` where somebody signed or opened it first.
    """
    require(by, "sign_step", planning, localdate(at))
    _taken(step)
    _locked(planning)
    _in_step(planning, step, version)
    why = words(reason, name="reason", most=LINE)
    if not _signed(planning, step):
        raise Missing("This step is not signed off, so there is nothing to open again.")
    if not why:
        raise Missing("The step was not opened.", needs={"reason": "Say why it is opened again."})
    row = SignOff.objects.create(
        planning=planning, step=step, what="reopened", on=localdate(at), words=why, at=at, by=by
    )
    audit.record(by=by, what="step.reopened", on=planning, facts={"step": step}, at=at)
    return row


@change
def keep_steps(
    *,
    by: Person,
    steps: Sequence[Step],
    in_order: bool,
    reason: str,
    version: int,
    at: datetime,
    key: str = "",
) -> StepScheme:
    """Have every directorate take these steps from now on, in this order.

    A step that is dropped keeps what was planned and signed under it, and regains it when it comes
    back under its own word. ``version`` is the number of the scheme that the form was made from.
    Who may: keep_steps in the whole body. Recorded: ``steps.kept``. Raises ``Missing`` without a
    reason, where nothing changes, and for whatever ``plan.steps.faults`` finds; ``OutOfStep`` where
    somebody kept another scheme first.
    """
    require(by, "keep_steps", body(), localdate(at))
    now = scheme_now()
    if now.number != version:
        raise OutOfStep(
            "Somebody changed the steps while you were writing.",
            theirs={step.name: step.asks for step in now.steps},
            do="Read the steps that now stand, and send what should stand.",
        )
    tidy = Scheme(tuple(_tidy(step) for step in steps), in_order, now.number)
    why = words(reason, name="reason", most=LINE)
    needs = faults(tidy)
    if not needs and tidy == now:
        needs["steps"] = "Nothing would change."
    if not why:
        needs["reason"] = "Say why the steps change."
    if needs:
        raise Missing("The steps were not changed.", needs=needs)
    row = StepScheme.objects.create(
        number=now.number + 1, steps=to_json(tidy), in_order=in_order, reason=why, at=at, by=by
    )
    dropped = [word for word in now.words if word not in tidy.words]
    added = [word for word in tidy.words if word not in now.words]
    told = {"number": row.number, "steps": list(tidy.words), "dropped": dropped, "added": added}
    audit.record(by=by, what="steps.kept", on=row, facts=told, at=at)
    return row


def _tidy(step: Step) -> Step:
    """A step with its words as they will be kept."""
    return Step(
        step.word,
        words(step.name, name="name", most=LINE),
        words(step.asks, name="asks", most=LINE),
        tuple(
            replace(gate, lacks=words(gate.lacks, name="lacks", most=LINE)) for gate in step.gates
        ),
    )


def _taken(step: str) -> tuple[Scheme, Step]:
    """The scheme in force and its step. Raises ``Missing`` for one that is not taken."""
    scheme = scheme_now()
    found = scheme.step(step)
    if found is None:
        raise Missing("The council takes no such step any more.", do="Go back to the board.")
    return scheme, found


def _locked(planning: Planning) -> None:
    """Wait for whoever signs a step of this planning at the same moment."""
    Planning.objects.select_for_update().get(pk=planning.pk)


def _days(planning: Planning, step: str) -> list[StepDay]:
    """The days that a step was given, in order, once nobody else is giving it one."""
    _locked(planning)
    return list(StepDay.objects.filter(planning=planning, step=step).order_by("id"))


def _signed(planning: Planning, step: str) -> bool:
    last = SignOff.objects.filter(planning=planning, step=step).order_by("-id").first()
    return last is not None and last.what == "signed"


def _in_step(planning: Planning, step: str, version: int) -> None:
    """Refuse where the step was signed or opened since somebody saw it."""
    signs = SignOff.objects.filter(planning=planning, step=step)
    if signs.count() != version:
        last = signs.order_by("-id").first()
        raise OutOfStep(
            "Somebody signed or opened this step while you were writing.",
            theirs={last.what: day(last.on)} if last is not None else {},
            do="Read what now stands, and send what should stand.",
        )
