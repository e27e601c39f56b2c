"""What a link asks of its person: their actions of a round, and what was said of each so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Q
from django.utils.timezone import localdate

from goldenthread.web.models import (
    Action,
    DateRequest,
    Evidence,
    Lead,
    LinkUse,
    Person,
    Promise,
    PublicWords,
    Recovery,
    Round,
    Update,
    UpdateLink,
)
from goldenthread.web.permissions import current, line_of, units_above
from goldenthread.web.queries.asked import Row
from goldenthread.web.queries.asked import asked as asked_of_round

State = Literal["open", "answered", "not_mine"]


def led_by(person: Person, on: date) -> Q:
    """The condition that an action is answered for by a post that this person holds on a day."""
    leads = Lead.objects.filter(
        current(on),
        current(on, "post__holdings__"),
        role="accountable",
        post__holdings__person=person,
    )
    return Q(pk__in=leads.values("action"))


def actions_of(link: UpdateLink, on: date, only: str = "") -> list[tuple[Action, Row]]:
    """The actions that a link asks about on a day, with where each stands in its round.

    Those that the round asks this very person about: whoever holds the accountable post that day.
    In the order of their plans; with ``only`` the one of that public identifier alone.
    """
    where = led_by(link.person, on)
    if only:
        where &= Q(public_id=only)
    rows = asked_of_round(link.round, on=on, actions=where)
    found = [row for row in rows if row.who.person == link.person_id]
    by_key = (
        Action.objects.filter(pk__in=[row.action for row in found])
        .select_related("plan__unit", "recommendation")
        .in_bulk()
    )
    return [(by_key[row.action], row) for row in found]


def action_of(link: UpdateLink, public_id: str, on: date) -> Action | None:
    """One of the actions that a link asks about; None for any other."""
    return next((action for action, _row in actions_of(link, on, only=public_id)), None)


@dataclass(frozen=True)
class Asked:
    """One action as a link shows it: how far it is, and what was said of it.

    ``answer`` is the last update of the round's period, ``before`` the last one before that;
    ``mine`` is whether the answer came from the link's person by a link of this round,
    so that they can take it back. ``request`` is the last request of another date, and
    ``taken_back`` what they took back last, while nothing stands in its place.
    """

    action: Action
    answer: Update | None
    before: Update | None
    mine: bool
    told_not_mine: LinkUse | None
    request: DateRequest | None
    taken_back: Update | None = None

    @property
    def state(self) -> State:
        """Whether anything is still to be said of it."""
        if self.answer is not None:
            return "answered"
        return "not_mine" if self.told_not_mine is not None else "open"


def asked(link: UpdateLink, at: datetime) -> tuple[Asked, ...]:
    """Everything that a link asks, in the order of its page, in as many queries at any length."""
    listed = actions_of(link, localdate(at))
    actions = [action for action, _row in listed]
    said: dict[int, list[Update]] = {}
    for update in Update.objects.filter(action__in=actions).order_by("number"):
        said.setdefault(update.action_id, []).append(update)
    uses = LinkUse.objects.filter(
        link__round=link.round_id, link__person=link.person_id, action__in=actions
    ).order_by("id")
    mine = {use.update_id for use in uses if use.what == "updated"}
    undone = {
        use.action_id: use.update for use in uses.filter(what="taken_back").select_related("update")
    }
    others = {use.action_id: use for use in uses if use.what == "not_mine"}
    requests = {
        one.action_id: one
        for one in DateRequest.objects.filter(action__in=actions).order_by("at", "id")
    }
    found = []
    for action, row in listed:
        updates = said.get(action.pk, [])
        answers = [one for one in updates if row.answers and _answers(one, link.round)]
        before = [one for one in updates if one not in answers]
        answer = answers[-1] if answers else None
        found.append(
            Asked(
                action,
                answer,
                before[-1] if before else None,
                answer is not None and answer.pk in mine,
                others.get(action.pk),
                requests.get(action.pk),
                undone.get(action.pk) if answer is None else None,
            )
        )
    return tuple(found)


def _answers(update: Update, round_: Round) -> bool:
    """Whether somebody said an update of the period of a round, or without one while it is open."""
    if update.by_id is None:
        return False
    if update.about is None:
        return localdate(update.at) >= round_.teams_from
    return round_.begins <= update.about <= round_.ends


def last_answers(action: Action) -> Mapping[str, Any]:
    """What was answered last, by the names of the form's fields; empty before the first update.

    Status and rating are those that stand, whoever gave them last. It is what “same as last time”
    says again.
    """
    last = Update.objects.filter(action=action).order_by("-number").first()
    if last is None:
        return {}
    return answers_of(last) | {"status": action.status, "rag": action.rag, "changed": ""}


def answers_of(update: Update) -> dict[str, Any]:
    """What an update answers, taken back or not, by the names of the form's fields."""
    recovery = Recovery.every.filter(update=update).first()
    return {
        "done": update.done,
        "changed": update.changed,
        "status": update.status,
        "rag": update.rag,
        "completed_on": update.completed_on,
        "forecast": update.forecast,
        "next_review": update.next_review,
        "stops_when": update.stops_when,
        "cause": recovery.cause if recovery else "",
        "step": recovery.step if recovery else "",
        "due": recovery.due if recovery else None,
    }


def sent_by(link: UpdateLink, public_id: str) -> Update | None:
    """An update that was sent by a link of this person in this round, taken back or not."""
    use = (
        LinkUse.objects.filter(
            what="updated",
            update__public_id=public_id,
            link__round=link.round_id,
            link__person=link.person_id,
        )
        .select_related("update")
        .first()
    )
    return use.update if use is not None else None


def evidence_of(update: Update) -> tuple[Evidence, ...]:
    """What was given with an update."""
    return tuple(Evidence.objects.filter(update=update))


def promised(action: Action) -> Promise | None:
    """The promise that another date would replace: the last to end of those that stand."""
    standing = Promise.objects.filter(action=action, replaced_by__isnull=True)
    return max(standing, key=lambda one: (one.end or date.min, one.pk), default=None)


def contact(unit: int) -> str:
    """Whom to tell that something is amiss, as the nearest unit's public pages say; else empty."""
    line = line_of(unit, units_above())
    said = dict(
        PublicWords.objects.filter(unit__in=line, plan__isnull=True).values_list("unit", "contact")
    )
    return next((said[key] for key in line if said.get(key)), "")
