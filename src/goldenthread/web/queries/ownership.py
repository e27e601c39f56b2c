"""What a post answers for, who stands in for an empty one, and what passed from post to post."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from goldenthread.web.bridge import Vacancy as Vacancy
from goldenthread.web.bridge import vacancies as vacancies
from goldenthread.web.models import (
    Action,
    Answerable,
    Ask,
    Handover,
    Holding,
    Lead,
    Meanwhile,
    Measure,
    Passed,
    Post,
    Unit,
)
from goldenthread.web.models import Person as Person
from goldenthread.web.permissions import ROLES, current, may, reach, roles_of

CLOSED = ("completed", "withdrawn")
# Rows that name a post and no days: what they are called, and the column.
OWNED = (("measure", "owner"), ("ask", "post"))


@dataclass(frozen=True)
class Duty:
    """One thing that a post answers for: its kind, the row that says so, and what it is.

    ``kind`` is action, contribution, answerable (for a plan or a unit), meanwhile (for another
    post that is empty), measure or ask; ``thing`` is the public identifier of what is answered for.
    """

    kind: str
    row: Any
    thing: str
    number: str
    words: str

    @property
    def key(self) -> str:
        """What tells it from others, for a form."""
        return f"{self.kind}-{self.row.public_id}"

    @property
    def since(self) -> date:
        """The day from which the post answers for it; the first of all where that is not kept."""
        found: date = getattr(self.row, "since", date.min)
        return found


def duties(post: Post, on: date) -> tuple[Duty, ...]:
    """Everything that a post answers for and has not passed on yet, in three queries.

    Actions that are done or withdrawn are no duty any more, and one that begins later is.
    """
    leads = (
        Lead.objects.filter(post=post, until__isnull=True)
        .exclude(action__status__in=CLOSED)
        .select_related("action__plan")
        .order_by("action__plan_id", "action__position", "position", "pk")
    )
    found = [
        Duty(
            "action" if lead.role == "accountable" else "contribution",
            lead,
            lead.action.public_id,
            lead.action.number,
            lead.action.title or lead.action.text,
        )
        for lead in leads
    ]
    found.sort(key=lambda duty: duty.kind != "action")
    answers = Answerable.objects.filter(post=post, until__isnull=True)
    found += [
        Duty("answerable", row, row.public_id, "", row.what)
        for row in answers.select_related("plan", "unit")
    ]
    stands_in = Meanwhile.objects.filter(answers=post, until__isnull=True).filter(
        Q(pk__in=Meanwhile.objects.counting(on)) | Q(since__gt=on)
    )
    found += [
        Duty("meanwhile", row, row.post.public_id, "", row.post.title)
        for row in stands_in.select_related("post")
    ]
    found += [
        Duty(kind, row, row.public_id, str(getattr(row, "number", "")), _words(row))
        for kind, rows in owned(post)
        for row in rows
    ]
    return tuple(found)


def owned(post: Post) -> Iterator[tuple[str, QuerySet[Any]]]:
    """What names a post, without days, and is not over: its measures and what it was asked."""
    yield "measure", Measure.objects.filter(owner=post, ended_on__isnull=True).order_by("pk")
    asked = Ask.objects.filter(post=post, withdrawn_on__isnull=True).order_by("pk")
    yield "ask", asked.exclude(answers__whole=True)


def _words(row: Any) -> str:  # noqa: ANN401
    return str(getattr(row, "text", "") or getattr(row, "words", ""))


def sight(found: Iterable[Duty]) -> str:
    """A mark of exactly these duties: a form brings it back, so that none is passed on unseen."""
    keys = ",".join(sorted(duty.key for duty in found))
    return hashlib.sha256(keys.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Leaving:
    """What somebody leaves behind: their posts with what each answers for, and their roles."""

    posts: tuple[tuple[Post, Mapping[str, int]], ...]
    roles: tuple[tuple[str, str], ...]


def leaving(person: Person, on: date) -> Leaving:
    """The posts that somebody holds on a day, how much of each kind hangs on them, and their roles.

    Roles are of the person and pass to nobody: whoever comes after is given their own.
    """
    held = Post.objects.filter(current(on, "holdings__"), holdings__person=person)
    posts = []
    for post in held.select_related("unit").order_by("title").distinct():
        found = duties(post, on)
        posts.append((post, {kind: _count(found, kind) for kind in KINDS if _count(found, kind)}))
    names = dict(Unit.objects.values_list("pk", "name"))
    roles = tuple((ROLES[g.role].title, names[g.unit_id]) for g in roles_of(person, on))
    return Leaving(tuple(posts), roles)


KINDS = ("action", "contribution", "answerable", "meanwhile", "measure", "ask")


def _count(found: Sequence[Duty], kind: str) -> int:
    return sum(duty.kind == kind for duty in found)


def holders(posts: Iterable[Post], on: date) -> dict[int, str]:
    """The names of whoever holds these posts on a day, by the post's key."""
    held = Holding.objects.filter(current(on), post__in=list(posts)).select_related("person")
    return {holding.post_id: holding.person.name for holding in held}


def posts_to_take(post: Post, on: date) -> tuple[Post, ...]:
    """The posts that what a post answers for can be passed to, its own unit's first."""
    standing = Post.objects.filter(Q(ends__isnull=True) | Q(ends__gte=on), begins__lte=on)
    return tuple(
        sorted(
            standing.exclude(pk=post.pk).select_related("unit"),
            key=lambda one: (one.unit_id != post.unit_id, one.unit.name, one.title),
        )
    )


@dataclass(frozen=True)
class Told:
    """One hand-over as a page tells it: who took how many things on, and whether it may go back."""

    row: Handover
    took: tuple[tuple[str, int], ...]
    undone: bool
    may_undo: bool
    passed: int = field(default=0)


def handovers(post: Post, *, for_: Person, on: date) -> tuple[Told, ...]:
    """The hand-overs from a post, the newest first."""
    found = (
        Handover.objects.filter(before=post)
        .select_related("by", "undone_by", "before")
        .prefetch_related("passed__after")
        .order_by("-pk")
    )
    allowed = bool(may(for_, "hand_over_work", post, on))
    told = []
    for row in found:
        took: dict[str, int] = {}
        passed = list(row.passed.all())
        for one in passed:
            took[one.after.title] = took.get(one.after.title, 0) + 1
        undone = hasattr(row, "undone_by")
        undoable = allowed and not undone and row.undoes_id is None
        told.append(Told(row, tuple(took.items()), undone, undoable, len(passed)))
    return tuple(told)


def reasons(action: Action) -> dict[str, Handover]:
    """The hand-overs that an action was part of, by the public identifier of the lead that began.

    One that was given back before its day left the lead as it was: the later of the two is told.
    """
    passed = Passed.objects.filter(
        duty__in=("action", "contribution"), thing=action.public_id
    ).select_related("handover__before")
    return {one.taken: one.handover for one in passed.order_by("pk") if one.taken}


def contributing(*, for_: Person, on: date) -> tuple[tuple[str, str], ...]:
    """The posts that contribute to an action that somebody may see: (public identifier, title)."""
    seen = reach(for_, "read_register", on)
    leads = Lead.objects.filter(
        current(on), role="supporting", action__plan__unit__in=seen, post__isnull=False
    )
    return tuple(
        Post.objects.filter(pk__in=leads.values("post"))
        .order_by("title")
        .values_list("public_id", "title")
    )


def contributors(leads: Iterable[Lead], on: date) -> tuple[Lead, ...]:
    """Those of an action's leads who contribute on a day, or will."""
    return tuple(
        lead
        for lead in leads
        if lead.role == "supporting" and (lead.until is None or lead.until >= on)
    )
