"""What stands about a plan or what is in it: what bodies say, asked, and were asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.web.models import Action, Committee, Person, Plan, Recommendation, VisionAsked
from goldenthread.web.permissions import Known, may, reach
from goldenthread.web.queries import asks, committees, consultation, meetings, visions

# More of one kind are not read on a first page; the list of requests has them all.
_MOST = 10


@dataclass(frozen=True)
class Said:
    """What a page shows beside a thing, and what it offers whoever reads it.

    ``plan`` is the public identifier of its plan; ``bodies`` those for which the reader may speak,
    ``asking`` those of them whose requests they may record; ``keeps_asks`` whether they record what
    any body asks.
    """

    positions: tuple[consultation.Position, ...]
    asks: tuple[asks.Told, ...]
    consultings: tuple[consultation.Listed, ...]
    plan: str
    may_consult: bool
    bodies: tuple[Committee, ...]
    asking: tuple[Committee, ...]
    keeps_asks: bool


def said_of(
    thing: Plan | Recommendation | Action, *, for_: Person, on: date, known: Known | None = None
) -> Said:
    """What bodies say of a thing and asked about it; of a plan all that was put to them."""
    known = known or Known.of(for_, on)

    def has(name: str) -> bool:
        # Whoever asked for an action or a recommendation knows already whether there is any.
        return bool(getattr(thing, f"has_{name}", True))

    asked: tuple[asks.Told, ...] = ()
    if isinstance(thing, Plan):
        positions = consultation.on_plan(thing)
    elif isinstance(thing, Recommendation):
        positions = consultation.on_recommendation(thing) if has("stances") else ()
        asked = asks.of_recommendation(thing, on) if has("asks") else ()
    else:
        positions = consultation.on_action(thing) if has("stances") else ()
        asked = asks.of_action(thing, on) if has("asks") else ()
    plan = thing if isinstance(thing, Plan) else thing.plan
    bodies, asking = committees.voices(for_=for_, on=on, known=known)
    return Said(
        positions=positions,
        asks=asked,
        consultings=consultation.about(thing) if has("consultations") else (),
        plan=plan.public_id if plan is not None else "",
        # What is in no plan yet cannot be put to anybody.
        may_consult=plan is not None and bool(may(for_, "consult", plan, on, known)),
        bodies=bodies,
        asking=asking,
        keeps_asks=bool(reach(for_, "keep_committees", on, known)),
    )


@dataclass(frozen=True)
class ForHome:
    """What bodies and meetings have for somebody today: what waits for them, and what comes.

    ``overdue`` is what nobody has answered, for whoever keeps the bodies.
    """

    ahead: meetings.Ahead
    asked: tuple[asks.Told, ...]
    overdue: tuple[asks.Told, ...]
    consulted: tuple[consultation.Consulting, ...]
    visions: tuple[VisionAsked, ...]


def for_home(*, for_: Person, on: date) -> ForHome:
    """What was asked of somebody's posts, what their bodies were asked, and what comes next."""
    bodies = committees.speaks_for(for_=for_, on=on)
    return ForHome(
        ahead=meetings.ahead(for_=for_, on=on),
        asked=asks.waiting_for(for_=for_, as_at=on),
        overdue=asks.overdue(for_=for_, as_at=on, most=_MOST)
        if reach(for_, "keep_committees", on)
        else (),
        consulted=consultation.of_person(for_=for_, bodies=bodies, on=on) if bodies else (),
        visions=visions.waiting_for(bodies) if bodies else (),
    )
