"""What the next edition of a plan holds: its own rows, and what its directorate says beside them.

Each room says itself what of it may leave: the themes that were heard, the priorities that are
decided, the vision that is signed, the pledges whose makers want them read, the body's one total of
objectives, a closing. Nothing else of a planning is even asked for here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from goldenthread.plan import edition as ed
from goldenthread.plan import evaluation
from goldenthread.web import bridge
from goldenthread.web.models import (
    Closing,
    Committee,
    FollowUp,
    Holding,
    Link,
    Person,
    Plan,
    Planning,
    Pledge,
    Recommendation,
    Stance,
    VisionAnswer,
)
from goldenthread.web.queries import choosing, listening, objectives, pledges, public, visions
from goldenthread.web.queries import planning as steps
from goldenthread.web.queries.outgoing import Outgoing

# The step whose sign-off lets priorities be read, where the council takes it.
_PRIORITIES = "priorities"


def content(plan: Plan, *, number: int, by: Person, at: datetime) -> dict[str, Any]:
    """The public part of a plan as it stands at a moment, as the JSON that an edition keeps.

    ``by`` adopts it. The number of queries does not grow with the plan.
    """
    return ed.to_json(edition(plan, number=number, by=by, at=at))


def edition(plan: Plan, *, number: int, by: Person, at: datetime) -> ed.Edition:
    """The same as a value."""
    on = localdate(at)
    value = bridge.edition_value(plan, number=number, on=on, by=by)
    if not value.unit:
        made = Pledge.objects.filter(unit=plan.unit_id, planning__isnull=True)
        return replace(value, objectives=_objectives(on), pledges=_pledges(made, on))
    planning = plan.plannings.select_related("unit", "strand").order_by("-begins", "-pk").first()
    value = _serving(value, plan, at)
    return value if planning is None else _planned(value, planning, on)


def not_to_be_told(plan: Plan, *, by: Person, at: datetime) -> tuple[str, ...]:
    """What must be put in other words before an edition of this plan can be made; usually nothing.

    A sentence for each place where what the directorate says beside its actions, or what a body
    says of the plan, names somebody whom the site knows, or tells of a session
    (``queries.outgoing``).
    """
    return Outgoing.of_plan(plan).told_by(edition(plan, number=1, by=by, at=at))


def _planned(value: ed.Edition, planning: Planning, on: date) -> ed.Edition:
    """The edition with what its directorate heard, chose and envisions."""
    board = steps.board(planning, on=on)
    signed = {one.word: one.signed is not None for one in board.steps}
    heard = tuple(
        ed.Heard(one.id, one.name, one.weight, one.note)
        for one in listening.public_themes(planning)
    )
    # Until the management team has signed them off, priorities are a draft.
    decided = choosing.decided(planning) if signed.get(_PRIORITIES, True) else ()
    known = {one.code for one in heard}
    priorities = tuple(_priority(one, known) for one in decided)
    numbers = {one.placed.key: one.placed.number for one in decided}
    ties = _ties(value.actions, on)
    return replace(
        value,
        heard=heard,
        priorities=priorities,
        vision=_vision(planning, on),
        pledges=_pledges(Pledge.objects.filter(planning=planning), on),
        closing=_closing(planning, on),
        steps=tuple(
            ed.StepTaken(one.standing.step.name, done=one.signed is not None) for one in board.steps
        ),
        actions=tuple(
            replace(
                action,
                priorities=tuple(
                    numbers[end]
                    for kind, end in ties.get(action.id, ())
                    if kind == "area" and end in numbers
                ),
                heard=tuple(
                    end
                    for kind, end in ties.get(action.id, ())
                    if kind == "heardtheme" and end in known
                ),
            )
            for action in value.actions
        ),
    )


def _priority(one: choosing.Decided, known: set[str]) -> ed.Priority:
    """A priority with those of its themes that may be read themselves."""
    placed = one.placed
    return ed.Priority(
        number=placed.number,
        title=placed.title,
        hardness=placed.hardness,
        difference=placed.difference,
        chosen=placed.choice == "chosen",
        reason=placed.reason,
        horizon=placed.horizon,
        by=placed.by,
        heard=tuple(key for key in dict.fromkeys(one.themes) if key in known),
    )


def _vision(planning: Planning, on: date) -> ed.Vision | None:
    """The vision that stands, with the posts that signed it; a name only where it is published."""
    stands = visions.in_force(planning, on=on)
    if stands is None:
        return None
    return ed.Vision(
        stands.value.words,
        tuple(
            ed.Signature(one.post.title, one.on, one.person.name if one.post.name_public else "")
            for one in stands.signatures
        ),
        stands.value.read_again_on,
        tuple(
            _opinion(one.asked.committee, one.answer)
            for one in stands.bodies
            if one.answer is not None and one.answer.public
        ),
    )


def _opinion(body: Committee, said: Stance | VisionAnswer) -> ed.Opinion:
    """What a body said, with its own name and not that of whoever spoke for it."""
    return ed.Opinion(cast(ed.Agreement, said.stance), body.name, said.on, said.words)


def _opinions_on_closing(planning: int, on: date) -> tuple[ed.Opinion, ...]:
    """The last word of each body on a closing, where it wants the public to read it."""
    given = Stance.objects.filter(consultation__closing__planning=planning, on__lte=on)
    last = {one.committee_id: one for one in given.select_related("committee").order_by("on", "pk")}
    return tuple(_opinion(one.committee, one) for one in last.values() if one.public)


def _pledges(made: QuerySet[Pledge], on: date) -> tuple[ed.Pledge, ...]:
    """Those of these pledges whose makers want them read, first made first, in three queries.

    A name only where the body publishes that of whoever holds the post: who held it on the day.
    """
    found = list(
        made.filter(public=True, made_on__lte=on)
        .select_related("post", "team")
        .prefetch_related(Prefetch("follow_ups", FollowUp.objects.filter(on__lte=on)))
        .order_by("made_on", "pk")
    )
    named = [row.post_id for row in found if row.post is not None and row.post.name_public]
    holds = list(Holding.objects.filter(post__in=named).select_related("person"))
    return tuple(
        ed.Pledge(
            row.words,
            pledges.maker_of(row),
            row.made_on,
            next(
                (
                    hold.person.name
                    for hold in holds
                    if hold.post_id == row.post_id
                    and hold.since <= row.made_on
                    and (hold.until is None or hold.until >= row.made_on)
                ),
                "",
            ),
            tuple(
                ed.FollowUp(one.on, cast(ed.Kept, one.what), one.words)
                for one in row.follow_ups.all()
            ),
        )
        for row in found
    )


def _closing(planning: Planning, on: date) -> ed.Closing | None:
    """How this planning was closed, or the one that it goes on from; None where neither was.

    Files stay inside: of one that shows a claim only its words are told.
    """
    closed = Closing.objects.filter(planning__in=[planning.pk, planning.follows_id], on__lte=on)
    row = closed.select_related("post").order_by("-on", "-pk").first()
    if row is None:
        return None
    held = evaluation.from_json(row.content)
    written = {one.part: one.words for one in held.written}
    return ed.Closing(
        on=row.on,
        by=row.post.title,
        promised=evaluation.headline(held.counts) if held.planned else "",
        changed_for_staff=written.get("staff", ""),
        changed_for_residents=written.get("residents", ""),
        learnt=written.get("learnt", ""),
        statement=held.statement,
        claims=tuple(
            ed.Claim(
                claim.words,
                tuple(
                    ed.Evidence(one.words, one.where if one.shows == "link" else "")
                    for one in claim.evidence
                ),
            )
            for claim in held.claims
            if claim.evidence
        ),
        opinions=_opinions_on_closing(row.planning_id, on),
    )


def _objectives(on: date) -> ed.Objectives | None:
    """The one total of the whole body; None where there is none that may be told."""
    total, up_to = objectives.body_total(on), objectives.body_total_up_to(on)
    if total is None or up_to is None:
        return None
    return ed.Objectives(*total, as_at=up_to)


def _ties(actions: Sequence[ed.Action], on: date) -> Mapping[str, list[tuple[str, str]]]:
    """What actions come from on a day: kinds and identifiers, by the action's identifier."""
    links = Link.objects.filter(
        _holds(on),
        from_kind="action",
        from_id__in=[action.id for action in actions],
        to_kind__in=("area", "heardtheme"),
        meaning="comes_from",
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for link in links.order_by("since", "id"):
        ends = found.setdefault(link.from_id, [])
        if (link.to_kind, link.to_id) not in ends:
            ends.append((link.to_kind, link.to_id))
    return found


def _serving(value: ed.Edition, plan: Plan, at: datetime) -> ed.Edition:
    """The edition with what its actions serve, by the numbers under which that was published.

    What no published edition of a plan of the whole body holds is left out.
    """
    links = list(
        Link.objects.filter(
            _holds(localdate(at)),
            from_kind="action",
            from_id__in=[action.id for action in value.actions],
            to_kind__in=("action", "recommendation"),
            meaning="serves",
        ).order_by("since", "id")
    )
    if not links:
        return value
    things = _published_things(links, plan, at)
    serves: dict[str, list[ed.Serves]] = {}
    for link in links:
        thing = things.get((link.to_kind, link.to_id))
        held = serves.setdefault(link.from_id, [])
        if thing is not None and thing not in held:
            held.append(thing)
    return replace(
        value,
        actions=tuple(
            replace(action, serves=tuple(serves.get(action.id, ()))) for action in value.actions
        ),
    )


def _published_things(
    links: Iterable[Link], plan: Plan, at: datetime
) -> dict[tuple[str, str], ed.Serves]:
    """What these links lead to, as the plans of the whole body publish it."""
    whole = {
        one.plan: public.content(one.newest)
        for one in public.published(at)
        if one.whole_body and one.newest is not None and one.plan != plan.public_id
    }
    found: dict[tuple[str, str], ed.Serves] = {}
    wanted = {link.to_id for link in links if link.to_kind == "action"}
    for held in whole.values():
        for action in held.actions:
            if action.id in wanted:
                found["action", action.id] = ed.Serves(
                    action.number, action=action.id, plan=held.plan
                )
    rows = Recommendation.objects.filter(
        Q(plan__public_id__in=whole) | Q(plan__isnull=True),
        public_id__in=[link.to_id for link in links if link.to_kind == "recommendation"],
    ).values_list("public_id", "number", "text", "plan__public_id")
    for key, number, words, of in rows:
        for held in [whole[of]] if of else whole.values():
            rec = _published_as(held, number, words, of_review=not of)
            if rec is not None:
                found["recommendation", key] = ed.Serves(
                    rec.number, recommendation=rec.number, plan=held.plan
                )
    return found


def _published_as(
    held: ed.Edition, number: str, words: str, *, of_review: bool
) -> ed.Recommendation | None:
    """A recommendation in an edition: by its number, one of no plan by its words.

    An edition numbers anew what a review left without a number, or with one that is taken.
    """
    if not of_review:
        return held.recommendation(number) if number else None
    made = {one for inquiry in held.inquiries for one in inquiry.recommendations}
    return next(
        (rec for rec in held.recommendations if rec.number in made and rec.words == words), None
    )


def _holds(on: date) -> Q:
    """Links that hold on a day."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
