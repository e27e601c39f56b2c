"""Who answers for one action and who contributes to it: named, and ended with a day.

What came before stays: each lead has a first day and a last one, and nothing is overwritten.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit, bridge
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import words
from goldenthread.web.models import Action, Lead, Person, Post, Unit
from goldenthread.web.permissions import require


@change
def add_contributor(
    *,
    by: Person,
    action: Action,
    since: date,
    at: datetime,
    post: Post | None = None,
    team: Unit | None = None,
    group: str = "",
    remark: str = "",
    key: str = "",
) -> Lead:
    """Say that a post, a part of the body or a group contributes to an action from a day.

    Exactly one of ``post``, ``team`` and ``group`` (its name, for what is no part of the body: a
    network, a partner). ``remark`` is what they contribute. Who may: edit_plan. Recorded:
    ``action.contributor_added``. Raises ``Missing`` for none or several of the three, and for one
    that contributes already or answers for the action.
    """
    require(by, "edit_plan", action, localdate(at))
    called = words(group, name="the group", most=160)
    if sum((post is not None, team is not None, bool(called))) != 1:
        raise Missing(
            "Nobody was added.",
            needs={
                "post": "Choose a post, or a part of the council, or name a group: one of them."
            },
        )
    standing = Lead.objects.filter(action=action, until__isnull=True)
    if post is not None:
        taken = standing.filter(post=post)
    elif team is not None:
        taken = standing.filter(team=team)
    else:
        taken = standing.filter(text__iexact=called, post__isnull=True)
    if taken.exists():
        raise Missing(
            "Nobody was added.",
            needs={"post": "It contributes to this action already, or answers for it."},
        )
    lead = Lead.objects.create(
        action=action,
        text=called or (post.title if post else team.name if team else ""),
        kind="post" if post else "body",
        role="supporting",
        post=post,
        team=team,
        remark=words(remark, name="what they contribute", most=300),
        position=1 + Lead.objects.filter(action=action).count(),
        since=since,
    )
    facts = {
        "since": since.isoformat(),
        "post": post.public_id if post else "",
        "team": team.public_id if team else "",
    }
    audit.record(by=by, what="action.contributor_added", on=action, facts=facts, at=at)
    return lead


@change
def end_contribution(*, by: Person, lead: Lead, until: date, at: datetime, key: str = "") -> Lead:
    """End a contribution with a day, which is its last.

    Who may: edit_plan. Recorded: ``action.contributor_ended``. Raises ``Missing`` for who answers
    for the action, since somebody always does, and for a day before it began; ``OutOfStep`` where
    it has ended already.
    """
    require(by, "edit_plan", lead, localdate(at))
    if lead.role != "supporting":
        raise Missing("This post answers for the action: hand the action over instead.")
    if until < lead.since:
        raise Missing(
            "It cannot end before it began.", needs={"until": "Give a day after it began."}
        )
    if not Lead.objects.filter(pk=lead.pk, until__isnull=True).update(until=until):
        lead.refresh_from_db()
        raise OutOfStep("Somebody ended this before you did.", theirs={"until": lead.until})
    lead.refresh_from_db()
    facts = {"until": until.isoformat(), "lead": lead.public_id}
    audit.record(by=by, what="action.contributor_ended", on=lead.action, facts=facts, at=at)
    return lead


@change
def answer_alone(
    *,
    by: Person,
    action: Action,
    lead: Lead,
    version: int,
    since: date,
    at: datetime,
    key: str = "",
) -> Action:
    """Make one of several posts that answer together answer alone; the others contribute.

    A document may print three leads for one action. From ``since`` on one of them answers, and the
    others are contributors. Who may: edit_plan. Recorded: ``action.answers_alone``. Raises
    ``Missing`` where the lead is not one of several of this action, and for a day on which one of
    them had not begun; ``OutOfStep`` where somebody changed the action first.
    """
    require(by, "edit_plan", action, localdate(at))
    step(action, version)
    together = list(Lead.objects.filter(action=action, role="accountable", until__isnull=True))
    others = [one for one in together if one.pk != lead.pk]
    if len(others) != len(together) - 1 or not others:
        raise Missing(
            "Several posts have to answer for it together first.",
            needs={"lead": "Choose one of the posts that answer now."},
        )
    if any(one.since >= since for one in others):
        raise Missing(
            "One of them began on or after that day.", needs={"since": "Give a later day."}
        )
    Lead.objects.filter(pk__in=[one.pk for one in others]).update(until=bridge.day_before(since))
    Lead.objects.bulk_create(
        Lead(
            action=action,
            text=one.text,
            kind=one.kind,
            role="supporting",
            person=one.person,
            full=one.full,
            remark=one.remark,
            post=one.post,
            team=one.team,
            position=one.position,
            since=since,
        )
        for one in others
    )
    facts = {"lead": lead.public_id, "contributors": len(others), "since": since.isoformat()}
    audit.record(by=by, what="action.answers_alone", on=action, facts=facts, at=at)
    return action


def bump(actions: list[int]) -> None:
    """Make the version of each action the next: whoever is changing one is told."""
    Action.objects.filter(pk__in=actions).update(version=F("version") + 1)
