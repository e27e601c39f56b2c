"""Parts of the body and their posts: renamed, moved, ended, and who takes over from whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import words
from goldenthread.web.models import Action, Answerable, Lead, Person, Post, Succession, Unit
from goldenthread.web.permissions import lineage, require, units_above

_CLOSED = ("completed", "withdrawn")


@change
def rename_unit(
    *, by: Person, unit: Unit, name: str, kind: str, version: int, at: datetime, key: str = ""
) -> Unit:
    """Call a unit otherwise; it stays the same unit, and all that was said of it stays its own.

    Who may: change_units in the unit. Recorded: ``unit.renamed``. Raises ``OutOfStep`` where
    somebody changed it first.
    """
    require(by, "change_units", unit, localdate(at))
    called = words(name, name="name", most=160, needed=True)
    step(unit, version, name=called, kind=words(kind, name="kind", most=60))
    audit.record(by=by, what="unit.renamed", on=unit, at=at)
    return unit


@change
def move_unit(
    *, by: Person, unit: Unit, parent: Unit, on: date, version: int, at: datetime, key: str = ""
) -> Unit:
    """Move a unit under another from a day, with its posts and everything below it.

    What changes: the unit ends the day before, its successor of the same name begins under
    ``parent``, and so does each unit below; posts go along with their holders and actions. Plans
    and roles stay with the unit that they were given to; what it owned is reached from where its
    successor stands. Who may: change_units in both. Recorded:
    ``unit.moved``. Gives back the successor. Raises ``Missing`` for the body itself, for a parent
    inside the unit or not there on the day, and for a day before one of them began.
    """
    require(by, "change_units", unit, localdate(at))
    _reaches(by, parent, at)
    if unit.parent_id is None or unit.pk in lineage(parent.pk, units_above(on)):
        raise Missing(
            "A unit cannot be moved into itself, nor the body anywhere.",
            needs={"parent": "Choose a part of the council outside it."},
        )
    if unit.parent_id == parent.pk:
        raise Missing("It is there already.", needs={"parent": "Choose another part."})
    _stands(parent, on, "parent")
    _stands(unit, on - timedelta(days=1), "on")
    step(unit, version, ends=on - timedelta(days=1))
    made = _carry(unit, parent, on)
    audit.record(by=by, what="unit.moved", on=unit, facts={"to": parent.public_id}, at=at)
    return made


@change
def end_unit(
    *, by: Person, unit: Unit, until: date, version: int, at: datetime, key: str = ""
) -> Unit:
    """End a unit with a day, nobody taking over.

    Who may: change_units in the unit. Recorded: ``unit.ended``. What it owned stays its own. Raises
    ``Missing`` for the body itself and while units or posts still stand in it.
    """
    require(by, "change_units", unit, localdate(at))
    can_end(unit, until)
    step(unit, version, ends=until)
    audit.record(by=by, what="unit.ended", on=unit, facts={"until": until.isoformat()}, at=at)
    return unit


@change
def succeed_unit(
    *, by: Person, before: Unit, after: Unit, on: date, version: int, at: datetime, key: str = ""
) -> Succession:
    """End a unit with the day before ``on``, another taking over.

    Who may: change_units in the unit that ends. Recorded: ``unit.succeeded``. What the old unit
    owned stays its own, and is reached from what took over. A unit that has ended may be given a
    second successor. Raises ``Missing`` as :func:`end_unit` does.
    """
    require(by, "change_units", before, localdate(at))
    if before.parent_id is None or before.pk == after.pk:
        raise Missing("The body itself cannot be succeeded, nor a unit by itself.")
    _stands(after, on, "after")
    if before.ends is None:
        can_end(before, on - timedelta(days=1))
        step(before, version, ends=on - timedelta(days=1))
    if Succession.objects.filter(before=before, after=after).exists():
        raise Missing("It took over already.", needs={"after": "Choose another part."})
    succession = Succession.objects.create(before=before, after=after, on=on)
    audit.record(by=by, what="unit.succeeded", on=before, facts={"by": after.public_id}, at=at)
    return succession


@change
def change_post(
    *,
    by: Person,
    post: Post,
    title: str,
    unit: Unit,
    name_public: bool,
    version: int,
    at: datetime,
    key: str = "",
) -> Post:
    """Give a post another title or unit, or show its holder's name in public, or no longer.

    Who may: appoint in its unit, and in the one that it goes to. Recorded: ``post.changed``, with
    the names of the fields. Editions that were published keep the old words.
    """
    require(by, "appoint", post, localdate(at))
    if unit.pk != post.unit_id:
        _appoints(by, unit, at)
    said: dict[str, Any] = {
        "title": words(title, name="title", most=160, needed=True),
        "unit": unit,
        "name_public": name_public,
    }
    if Post.objects.filter(unit=unit, title=said["title"]).exclude(pk=post.pk).exists():
        raise Missing("The unit has a post of this title.", needs={"title": "Give another title."})
    fields = sorted(name for name, value in said.items() if getattr(post, name) != value)
    step(post, version, **said)
    audit.record(by=by, what="post.changed", on=post, facts={"fields": fields}, at=at)
    return post


@change
def end_post(
    *,
    by: Person,
    post: Post,
    until: date,
    heir: Post | None,
    version: int,
    at: datetime,
    key: str = "",
) -> Post:
    """End a post with a day; its holder leaves it, and ``heir`` answers for what it led.

    What changes: the post, its holding, and the lead of every open action that it led, from the day
    after. That the work goes to another post is a fact of the organisation and no change of the
    plan, so no permission for the plan is asked. Who may: appoint in the post's unit. Recorded:
    ``post.ended``, with how many actions went over. Raises ``Missing`` where it leads open actions
    and no other post takes them, while it is named in who is who, and for a day before it, its
    holder or a lead of its began.
    """
    require(by, "appoint", post, localdate(at))
    leads = list(led_by_post(post))
    holdings = post.holdings.filter(until__isnull=True)
    latest = [post.begins, *(lead.since for lead in leads), *(held.since for held in holdings)]
    if post.ends is not None:
        raise Missing("This post has ended already.", needs={"until": "Nothing is left to end."})
    if until < max(latest):
        raise Missing(
            "Something of this post began after that day.", needs={"until": "Give a later day."}
        )
    if leads and (heir is None or heir.pk == post.pk or heir.ends is not None):
        raise Missing(
            f"It answers for {len(leads)} open action{'' if len(leads) == 1 else 's'}.",
            needs={"heir": "Choose the post that answers for them next."},
        )
    if Answerable.objects.filter(post=post, until__isnull=True).exists():
        raise Missing(
            "It is named in who is who.",
            needs={"until": "Pass on what it answers for first, or end its lines there."},
        )
    step(post, version, ends=until)
    holdings.update(until=until)
    if heir is not None:
        Lead.objects.filter(pk__in=[lead.pk for lead in leads]).update(until=until)
        Lead.objects.bulk_create(
            Lead(
                action=lead.action,
                text=heir.title,
                kind="post",
                role=lead.role,
                post=heir,
                position=lead.position,
                since=until + timedelta(days=1),
            )
            for lead in leads
        )
        actions = [lead.action_id for lead in leads]
        Action.objects.filter(pk__in=actions).update(version=F("version") + 1)
    facts = {"heir": heir.public_id if heir else "", "actions": len(leads)}
    audit.record(by=by, what="post.ended", on=post, facts=facts, at=at)
    return post


def led_by_post(post: Post) -> list[Lead]:
    """The leads of a post that have no last day, of actions that are open."""
    leads = Lead.objects.filter(post=post, until__isnull=True).select_related("action")
    return list(leads.exclude(action__status__in=_CLOSED))


def can_end(unit: Unit, until: date) -> None:
    """Nothing where a unit can end with a day; raises ``Missing`` with what stands in its way."""
    if unit.parent_id is None:
        raise Missing("The body itself does not end.")
    _stands(unit, until, "until")
    later = Q(ends__isnull=True) | Q(ends__gt=until)
    left = [
        (unit.children.filter(later).count(), "part of the council", "parts of the council"),
        (unit.posts.filter(later).count(), "post", "posts"),
    ]
    said = " and ".join(f"{n} {one if n == 1 else many}" for n, one, many in left if n)
    if said:
        raise Missing(
            f"{said[0].upper()}{said[1:]} would still stand in it.",
            needs={"until": f"Move or end what stands in it first: {said}."},
        )


def _stands(unit: Unit, on: date, field: str) -> None:
    if unit.begins > on or (unit.ends is not None and unit.ends < on):
        raise Missing(
            "A part of the council is not there on that day.",
            needs={field: "Choose a day, or a part of the council, so that it is."},
        )


def _carry(unit: Unit, parent: Unit, on: date) -> Unit:
    """The successor of a unit that has just ended, with its posts and all that was below it."""
    made = Unit.objects.create(name=unit.name, kind=unit.kind, parent=parent, begins=on)
    Succession.objects.create(before=unit, after=made, on=on)
    unit.posts.filter(Q(ends__isnull=True) | Q(ends__gte=on)).update(
        unit=made, version=F("version") + 1
    )
    for below in unit.children.filter(Q(ends__isnull=True) | Q(ends__gte=on), begins__lt=on):
        step(below, below.version, ends=on - timedelta(days=1))
        _carry(below, made, on)
    return made


def _reaches(by: Person, unit: Unit, at: datetime) -> None:
    require(by, "change_units", unit, localdate(at))


def _appoints(by: Person, unit: Unit, at: datetime) -> None:
    require(by, "appoint", unit, localdate(at))
