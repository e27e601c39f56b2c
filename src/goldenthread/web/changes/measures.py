"""What a measure is, what it aims at, and when it ends; and how near to a target is near enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.plan.typed_figures import not_so
from goldenthread.spc.series import FIRM
from goldenthread.web import audit, bridge
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Action, Measure, Person, Plan, Point, Post, Target, Tolerance
from goldenthread.web.permissions import body, require

# What its figures mean rests on these, so that they stay once there are figures.
_FIXED = ("quantity", "months", "system", "places")
_CLOSED = ("characteristic", "unit")
_WORDS: Mapping[str, int] = {
    "number": 40,
    "text": 1000,
    "definition": 4_000,
    "unit_words": 40,
    "unit_one": 40,
    "source": LINE,
}
_CHOSEN = ("quantity", "better", "counts", "system")


@change
def add_measure(
    *,
    by: Person,
    of: Plan | Action,
    said: Mapping[str, Any],
    owner: Post | None,
    at: datetime,
    key: str = "",
) -> Measure:
    """Begin a measure of an action, or of a plan as a whole.

    ``said`` holds its columns by name, as :func:`define_measure` takes them. What changes: one
    measure more. Who may: keep_measures. Recorded: ``measure.added``. Raises ``Missing`` where what
    is said does not make a measure.
    """
    require(by, "keep_measures", of, localdate(at))
    plan, action = (of, None) if isinstance(of, Plan) else (of.plan, of)
    last = Measure.objects.filter(plan=plan).aggregate(last=Max("position"))["last"]
    measure = Measure(plan=plan, action=action, position=(last or 0) + 1, owner=owner)
    values = _tidy(said)
    for name, value in values.items():
        setattr(measure, name, value)
    if needs := _needs(measure, {}):
        raise Missing("The measure was not added.", needs=needs)
    measure.save(force_insert=True)
    facts = {"fields": sorted(name for name, value in values.items() if value not in ("", None))}
    audit.record(by=by, what="measure.added", on=measure, facts=facts, at=at)
    return measure


@change
def define_measure(
    *,
    by: Person,
    measure: Measure,
    version: int,
    said: Mapping[str, Any],
    owner: Post | None,
    at: datetime,
    key: str = "",
) -> Measure:
    """Say what a measure is: its definition, unit, better way, baseline, period and what it counts.

    Once it has figures, how they are meant stays; and what counted people by a characteristic or by
    unit never becomes anything else. Who may: keep_measures. Recorded: ``measure.defined``, naming
    the fields that changed. Raises ``Missing`` where what is said does not make a measure,
    ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_measures", measure, localdate(at))
    before = {name: getattr(measure, name) for name in (*_FIXED, "counts")}
    values = _tidy(said)
    changed = sorted(name for name, value in values.items() if getattr(measure, name) != value)
    if measure.owner_id != (owner.pk if owner else None):
        changed.append("owner")
    now = Measure.objects.get(pk=measure.pk)
    for name, value in values.items():
        setattr(now, name, value)
    has_figures = Point.objects.filter(measure=measure).exists()
    if needs := _needs(now, before if has_figures else {}):
        raise Missing("The measure was not changed.", needs=needs)
    step(measure, version, owner=owner, **values)
    audit.record(by=by, what="measure.defined", on=measure, facts={"fields": changed}, at=at)
    return measure


@change
def end_measure(
    *,
    by: Person,
    measure: Measure,
    version: int,
    until: date,
    reason: str,
    at: datetime,
    key: str = "",
) -> Measure:
    """Count a measure no more after a day, with the reason; its figures stay.

    Who may: keep_measures. Recorded: ``measure.ended``. Raises ``Missing`` without a reason, or for
    a measure that has ended, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_measures", measure, localdate(at))
    why = words(reason, name="reason", most=LINE)
    if measure.ended_on is not None:
        raise Missing("The measure has ended already.")
    if not why:
        raise Missing("The measure was not ended.", needs={"reason": "Say why it ends."})
    step(measure, version, ended_on=until, ended_because=why)
    audit.record(by=by, what="measure.ended", on=measure, facts={"until": until.isoformat()}, at=at)
    return measure


@change
def set_target(
    *,
    by: Person,
    measure: Measure,
    value: Decimal | None,
    on: date | None,
    rationale: str,
    at: datetime,
    horizon: str = "",
    replaces: Target | None = None,
    key: str = "",
) -> Target:
    """Say what a measure is to reach by a day, or what it is forecast to be, and why that much.

    A contextual measure is forecast; any other has targets at a short, medium or long term. What
    changes: one target more, in the place of another where ``replaces`` names one. Who may:
    keep_measures. Recorded: ``target.set``. Raises ``Missing`` without a rationale, figure or day,
    ``OutOfStep`` where somebody replaced that target first.
    """
    require(by, "keep_measures", measure, localdate(at))
    why = words(rationale, name="rationale")
    kind = "forecast" if measure.contextual else "target"
    needs: dict[str, str] = {}
    if not measure.quantity:
        needs["measure"] = "Say first how the figures of this measure are meant."
    elif value is None:
        needs["value"] = "Give the figure."
    elif sentence := not_so(value, measure.quantity):  # type: ignore[arg-type]
        needs["value"] = sentence
    if on is None:
        needs["on"] = "Give the day by which."
    if not why:
        needs["rationale"] = "Say why this much, and compared with what."
    if kind == "target" and horizon not in ("short", "medium", "long"):
        needs["horizon"] = "Choose the short, medium or long term."
    if replaces is not None and replaces.measure_id != measure.pk:
        raise Missing("This target is not one of this measure's.")
    if needs or value is None or on is None:
        raise Missing("The target was not set.", needs=needs)
    try:
        with transaction.atomic():
            target = Target.objects.create(
                measure=measure,
                kind=kind,
                horizon=horizon if kind == "target" else "",
                on=on,
                value=value,
                rationale=why,
                at=at,
                by=by,
                replaces=replaces,
            )
    except IntegrityError:
        raise OutOfStep(
            "Somebody replaced this target before you did.",
            theirs={"on": on},
            do="Read what now stands, and replace that.",
        ) from None
    facts = {"on": on.isoformat(), "replaces": replaces is not None}
    audit.record(by=by, what="target.set", on=measure, facts=facts, at=at)
    return target


@change
def keep_tolerance(
    *, by: Person, near: Decimal | None, reason: str, version: int, at: datetime, key: str = ""
) -> Tolerance:
    """Say how near to its target a measure is still green, from now on; what was before is kept.

    ``near`` is a share of the target (0.1 is ten per cent); ``version`` is the number of the
    tolerance that the form was made from. Who may: keep_ratings in the whole body. Recorded:
    ``tolerance.kept``. Raises ``Missing`` without a reason or for a share that is none,
    ``OutOfStep`` where somebody kept another first.
    """
    require(by, "keep_ratings", body(), localdate(at))
    now = bridge.tolerances()[0]
    why = words(reason, name="reason", most=LINE)
    needs: dict[str, str] = {}
    if near is None or not 0 <= near <= 1:
        needs["near"] = "Give a figure from 0 to 100."
    if not why:
        needs["reason"] = "Say why it changes."
    if needs or near is None:
        raise Missing("The tolerance was not changed.", needs=needs)
    if now.number != version:
        raise OutOfStep(
            "Somebody changed the tolerance while you were writing.",
            theirs={"near": now.near},
            do="Read what now stands, and send what should stand.",
        )
    kept = Tolerance.objects.create(number=now.number + 1, near=near, reason=why, at=at, by=by)
    audit.record(by=by, what="tolerance.kept", on=kept, facts={"number": kept.number}, at=at)
    return kept


def _tidy(said: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that were said, as they would be kept."""
    values = dict(said)
    for name, most in _WORDS.items():
        if name in values:
            values[name] = words(str(values[name] or ""), name=name, most=most)
    return values


def _needs(measure: Measure, before: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each thing that is wrong, by the field of the form.

    ``before`` is what its figures rest on, where it has any.
    """
    needs: dict[str, str] = {}
    if not measure.text:
        needs["text"] = "Say what is measured."
    for name in _CHOSEN:
        chosen = getattr(measure, name)
        if chosen and chosen not in dict(getattr(Measure._meta.get_field(name), "choices", ())):
            needs[name] = "Choose one of those listed."
    if measure.quantity in ("count", "rate") and not measure.unit_words:
        needs["unit_words"] = "Say of what: panels, days, per 1,000 staff."
    if measure.quantity and not measure.better:
        needs["better"] = "Say which way is better; neither is an answer."
    if measure.quantity and not measure.counts:
        needs["counts"] = "Say what it counts. Until then nobody can give a figure."
    if measure.system and (measure.counts, measure.quantity) != ("things", "count"):
        needs["system"] = "What Golden Thread counts is a count, and of things."
    for name in _FIXED:
        if name in before and getattr(measure, name) != before[name]:
            needs[name] = (
                "It has figures already, and they would mean something else. End this measure, and "
                "begin another."
            )
    was = before.get("counts")
    if was and was != measure.counts and measure.counts not in _CLOSED:
        needs["counts"] = (
            "It has figures that were given as something else. End this measure, and begin another."
        )
    if (measure.baseline_value is None) != (measure.baseline_on is None):
        missing = "baseline_on" if measure.baseline_on is None else "baseline_value"
        needs[missing] = "A baseline has its figure and its day."
    elif measure.baseline_value is not None and measure.quantity:
        sentence = not_so(measure.baseline_value, measure.quantity)  # type: ignore[arg-type]
        needs |= {"baseline_value": sentence} if sentence else {}
    if measure.tolerance is not None and not 0 <= measure.tolerance <= 1:
        needs["tolerance"] = "Give a figure from 0 to 100."
    if measure.limits_from is not None and not FIRM <= measure.limits_from <= 1000:
        needs["limits_from"] = f"Give {FIRM} or more."
    return needs
