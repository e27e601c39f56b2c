"""Two tiers made to meet: what serves what, and what is kept apart on purpose, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Action, Apart, Link, Person, Recommendation, Unit
from goldenthread.web.permissions import lineage, require, unit_of

_OF_THE_COUNCIL = "This is an action of the council itself."
_OF_A_DIRECTORATE = "This is an action of a directorate, and no promise of the whole council."


@change
def serve(
    *, by: Person, action: Action, serves: Action | Recommendation, at: datetime, key: str = ""
) -> Link:
    """Say that an action of a directorate serves something above it, from today.

    ``serves`` is an action or a recommendation of a unit above the action's own, as of the whole
    council. A link that stands is given back as it is. What changes besides: that the action was
    kept as local is undone. Who may: keep_tiers for the action; whoever may reads what stands above
    it. Recorded: ``link.made``. Raises ``Missing`` for an action of the council itself, and for
    what does not stand above it.
    """
    require(by, "keep_tiers", action, localdate(at))
    joined, new = joined_to(by=by, action=action, above=serves, at=at)
    if new:
        facts = {
            name: getattr(joined, name)
            for name in ("from_kind", "from_id", "to_kind", "to_id", "meaning")
        }
        audit.record(by=by, what="link.made", on=joined, facts=facts, at=at)
    return joined


def joined_to(
    *, by: Person, action: Action, above: Action | Recommendation, at: datetime
) -> tuple[Link, bool]:
    """The link by which an action serves something above it, and whether it is made now.

    For a change, which asks who may and records it. That the action was kept as local is undone by
    a link that is made. Raises ``Missing`` as :func:`serve` does.
    """
    ends = {
        "from_kind": "action",
        "from_id": action.public_id,
        "to_kind": audit.kind_of(above),
        "to_id": above.public_id,
        "meaning": "serves",
    }
    stands = Link.objects.filter(**ends, until__isnull=True).first()
    if stands is not None:
        return stands, False
    unit, over = action.plan.unit, unit_of(above)
    if unit.parent_id is None:
        raise Missing(_OF_THE_COUNCIL, needs={"to": "Choose an action of a directorate."})
    if over == unit.pk or over not in lineage(unit.pk):
        raise Missing(
            "An action serves what stands above it.",
            needs={"to": "Choose an action or a recommendation of the council."},
        )
    made = Link.objects.create(**ends, since=localdate(at), by=by)
    for kept in Apart.objects.filter(action=action, what="local", undone_at__isnull=True):
        _undo(kept, kept.version, "It serves something now.", by, at)
    return made, True


@change
def stop_serving(*, by: Person, joined: Link, reason: str, at: datetime, key: str = "") -> Link:
    """End that an action serves something, with a reason; it counts no more from now on.

    Yesterday was its last day, or the day on which it was made. It stays in the story of both.
    Who may: keep_tiers for the action that served. Recorded: ``link.ended``. Raises ``Missing`` for
    a link of another meaning and without a reason, ``OutOfStep`` where it has ended already.
    """
    on = localdate(at)
    require(by, "keep_tiers", joined, on)
    why = words(reason, name="reason", most=LINE, needed=True)
    if joined.meaning != "serves":
        raise Missing("This link does not say that something serves another.")
    until = max(joined.since, on - timedelta(days=1))
    ended = Link.objects.filter(pk=joined.pk, until__isnull=True).update(until=until, reason=why)
    joined.refresh_from_db()
    if not ended:
        raise OutOfStep(
            "Somebody ended this link before you did.",
            theirs={"until": joined.until, "reason": joined.reason},
        )
    audit.record(by=by, what="link.ended", on=joined, facts={"until": until.isoformat()}, at=at)
    return joined


@change
def keep_local(*, by: Person, action: Action, reason: str, at: datetime, key: str = "") -> Apart:
    """Keep an action as its directorate's own: it serves none of the council's, and here is why.

    Who may: keep_tiers for the action. Recorded: ``action.kept_local``. Raises ``Missing`` without
    a reason, for an action of the council itself, and for one that is kept as local already or
    serves something.
    """
    require(by, "keep_tiers", action, localdate(at))
    why = words(reason, name="reason", most=LINE, needed=True)
    if action.plan.unit.parent_id is None:
        raise Missing(_OF_THE_COUNCIL)
    if serving(action, localdate(at)):
        raise Missing("It serves something: end that first.")
    made = _apart(action, "local", None, why, by, at)
    audit.record(by=by, what="action.kept_local", on=action, at=at)
    return made


@change
def need_no_directorate(
    *, by: Person, action: Action, reason: str, at: datetime, key: str = ""
) -> Apart:
    """Say that an action of the council is carried out without directorates, and why.

    Who may: keep_tiers for the action. Recorded: ``action.needs_no_directorate``. Raises
    ``Missing`` without a reason, for an action of a directorate, and where that was said already.
    """
    require(by, "keep_tiers", action, localdate(at))
    why = words(reason, name="reason", most=LINE, needed=True)
    if action.plan.unit.parent_id is not None:
        raise Missing(_OF_A_DIRECTORATE)
    made = _apart(action, "no_directorate", None, why, by, at)
    audit.record(by=by, what="action.needs_no_directorate", on=action, at=at)
    return made


@change
def need_not(
    *,
    by: Person,
    action: Action,
    units: Sequence[Unit],
    reason: str,
    at: datetime,
    key: str = "",
) -> Action:
    """Say that an action of the council needs nothing of these directorates, and why.

    One that was said not to be needed already stays so, with its first reason. Who may: keep_tiers
    for the action. Recorded: ``action.needs_not``, with their names. Raises ``Missing`` without a
    reason or a directorate, and for an action of a directorate.
    """
    require(by, "keep_tiers", action, localdate(at))
    why = words(reason, name="reason", most=LINE, needed=True)
    if action.plan.unit.parent_id is not None:
        raise Missing(_OF_A_DIRECTORATE)
    said = set(
        Apart.objects.filter(action=action, what="not_needed", undone_at__isnull=True).values_list(
            "unit", flat=True
        )
    )
    new = [unit for unit in units if unit.pk not in said]
    if not new or any(unit.parent_id != action.plan.unit_id for unit in new):
        raise Missing(
            "Nothing was said of any directorate.",
            needs={"units": "Choose at least one directorate of the council."},
        )
    for unit in new:
        _apart(action, "not_needed", unit, why, by, at)
    facts = {"directorates": ", ".join(unit.name for unit in new)}
    audit.record(by=by, what="action.needs_not", on=action, facts=facts, at=at)
    return action


@change
def undo_apart(
    *, by: Person, apart: Apart, version: int, reason: str, at: datetime, key: str = ""
) -> Apart:
    """Take back what keeps an action apart from the other tier, with a reason; both stay known.

    Who may: keep_tiers for its action. Recorded: ``action.apart_undone``. Raises ``Missing``
    without a reason, ``OutOfStep`` where somebody undid it first.
    """
    require(by, "keep_tiers", apart, localdate(at))
    why = words(reason, name="reason", most=LINE, needed=True)
    if apart.undone_at is not None:
        raise OutOfStep(
            "Somebody undid this before you did.", theirs={"reason": apart.undone_because}
        )
    _undo(apart, version, why, by, at)
    facts = {"apart": apart.what}
    audit.record(by=by, what="action.apart_undone", on=apart.action, facts=facts, at=at)
    return apart


def serving(action: Action, on: date) -> bool:
    """Whether an action serves anything on a day."""
    found = Link.objects.filter(
        from_kind="action", from_id=action.public_id, meaning="serves", since__lte=on
    )
    return found.filter(until__isnull=True).exists()


def _apart(
    action: Action, what: str, unit: Unit | None, why: str, by: Person, at: datetime
) -> Apart:
    found = Apart.objects.filter(action=action, what=what, unit=unit, undone_at__isnull=True)
    if found.exists():
        raise Missing("This was said already, and stands.")
    return Apart.objects.create(action=action, what=what, unit=unit, reason=why, at=at, by=by)


def _undo(apart: Apart, version: int, why: str, by: Person, at: datetime) -> None:
    step(
        apart,
        version,
        yours={"reason": why},
        theirs=lambda: {"reason": apart.undone_because},
        undone_at=at,
        undone_by=by,
        undone_because=why,
    )
