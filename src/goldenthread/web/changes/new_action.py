"""An action that is added by hand: what every way of adding one asks for, and the rows of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.models import Max

from goldenthread.errors import Missing
from goldenthread.timescale import read
from goldenthread.web import bridge
from goldenthread.web.changes.standing import standing
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Action, Lead, Person, Plan, Post, Promise, Recommendation

_ENDS_IN_A_NUMBER = re.compile(r"^(.*?)(\d+)$")


def promised(
    *,
    by: Person,
    recommendation: Recommendation,
    text: str,
    when: str,
    post: Post | None,
    on: date,
    number: str,
    title: str,
    next_number: str,
    needs: dict[str, str] | None = None,
) -> Action:
    """A new action of a plan with its promise and its lead, saved.

    ``when`` is read as a document's words are; ``next_number`` is taken without a ``number``.
    ``needs`` is what the caller found missing besides. Raises ``Missing`` without words, without a
    lead, for a time in which nothing or several things can be read, and for a number that another
    action of the plan has.
    """
    said = words(when, name="when", most=LINE)
    claims = read(said, dated=on) if said else ()
    called = words(number, name="number", most=40)
    plan = plan_of(recommendation)
    row = Action(
        plan=plan,
        recommendation=recommendation,
        number=called or next_number,
        title=words(title, name="title", most=200),
        text=words(text, name="text"),
        position=(plan.actions.aggregate(last=Max("position"))["last"] or 0) + 1,
    )
    needs = dict(needs or {})
    if not row.text:
        needs["text"] = "Say what will be done."
    if len(claims) != 1 or claims[0].kind == "unknown":
        needs["when"] = "Write one time, like 31 March 2027, Quarter 4, 2026/27, or Every quarter."
    if post is None:
        needs["post"] = "Choose the post that answers for it."
    if called and plan.actions.filter(number=called).exists():
        needs["number"] = "Another action of this plan has this number."
    if needs or post is None:
        raise Missing("The action was not added.", needs=needs)
    promise = bridge.promise_row(claims[0], action=row, given_on=on, position=0)
    promise.given_by = by
    columns: dict[str, Any] = standing([promise], [])
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    Promise.objects.bulk_create([promise])
    Lead.objects.create(
        action=row, text=post.title, kind="post", role="accountable", post=post, since=on
    )
    return row


def number_in(recommendation: Recommendation) -> str:
    """The recommendation's number with the first place after it that no action of the plan has."""
    taken = _taken(recommendation)
    place = recommendation.actions.count() + 1
    while f"{recommendation.number}.{place}" in taken:
        place += 1
    return f"{recommendation.number}.{place}"


def number_after(recommendation: Recommendation) -> str:
    """The number after the last of the plan's own: H11 after H10, and 1 where there is none."""
    found = [match for one in _taken(recommendation) if (match := _ENDS_IN_A_NUMBER.match(one))]
    if not found:
        return "1"
    last = max(found, key=lambda match: int(match[2]))
    return f"{last[1]}{int(last[2]) + 1}"


def _taken(recommendation: Recommendation) -> set[str]:
    return set(plan_of(recommendation).actions.values_list("number", flat=True))


def plan_of(recommendation: Recommendation) -> Plan:
    """The plan that an action in answer to a recommendation joins.

    Raises ``Missing`` where the recommendation is in none: it is its review's alone.
    """
    if recommendation.plan is None:
        raise Missing(
            "This recommendation is in no plan, so no action can be added to it.",
            do="Join an action of any plan to it.",
        )
    return recommendation.plan
