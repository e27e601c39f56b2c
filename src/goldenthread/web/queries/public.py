"""What the public may read: published editions that stand, the newest and those before it.

An edition that was taken down, or is hidden while it is checked, is known by its notice alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.utils.timezone import localdate, localtime

from goldenthread.plan import edition as ed
from goldenthread.web import bridge
from goldenthread.web.models import Action, Edition, Unit
from goldenthread.web.queries import kept
from goldenthread.web.queries.kept import Kept

# In actions, over all editions that a process keeps: as many as a large county has.
_MOST_ACTIONS = 20_000


@dataclass(frozen=True)
class Shown:
    """An edition that the public reads: where it is, without its content."""

    key: int
    number: int
    as_at: date
    published_at: datetime
    sha256: str

    @property
    def tag(self) -> str:
        """What changes whenever a page of this edition may have changed."""
        return self.sha256[:24]

    @property
    def known(self) -> ed.Earlier:
        """What other editions say of this one."""
        return ed.Earlier(self.number, self.as_at, localdate(self.published_at))


@dataclass(frozen=True)
class Published:
    """The published editions of one plan, the oldest first: those that stand, and notices.

    ``editions`` are those that the public reads, which may be none; ``down`` says of the others
    when and why they went. There is at least one in either.
    """

    plan: str
    title: str
    unit: str
    whole_body: bool
    editions: tuple[Shown, ...]
    down: tuple[Down, ...] = ()

    @property
    def newest(self) -> Shown | None:
        """The one that the public reads where no number is asked for; None where none stands."""
        return self.editions[-1] if self.editions else None

    @property
    def tag(self) -> str:
        """What changes whenever any page of the plan may have changed."""
        gone = "".join(
            f"-{one.number}{'c' if one.notice.being_checked else 'd'}" for one in self.down
        )
        return f"{self.newest.tag if self.newest else ''}-{len(self.editions)}{gone}"

    def numbered(self, number: int) -> Shown | None:
        """The edition with that number, where it stands."""
        return next((one for one in self.editions if one.number == number), None)

    def down_numbered(self, number: int) -> Down | None:
        """What is said in place of the edition with that number, where it is down."""
        return next((one for one in self.down if one.number == number), None)

    def down_with(self, action: str) -> Down | None:
        """What is said in place of the newest edition that held an action, of those down."""
        return next((one for one in reversed(self.down) if action in _held(one.key)), None)


@dataclass(frozen=True)
class Down:
    """An edition that the public does not read any more, or not now, and what is said instead."""

    key: int
    number: int
    notice: ed.TakenDown


def published(at: datetime) -> tuple[Published, ...]:
    """Each plan with its published editions: the whole body's first, then by unit. One query;
    two where an edition is down.

    ``at`` is the moment of asking: an edition that was hidden while it is checked comes back.
    """
    # At most one of its requests has not ended: a constraint holds it.
    asked = FilteredRelation("takedowns", condition=Q(takedowns__stands_at__isnull=True))
    found = (
        Edition.objects.filter(published_at__isnull=False)
        .select_related("plan", "unit")
        .annotate(
            asked=asked,
            asked_at=F("asked__asked_at"),
            hidden_until=F("asked__hidden_until"),
            agreed_at=F("asked__agreed_at"),
            why=F("asked__public_reason"),
            decided_alone=F("asked__alone"),
        )
        .defer("content")
        .order_by("plan_id", "number")
    )
    rows = [list(group) for _, group in groupby(found, key=lambda row: row.plan_id)]
    rows.sort(
        key=lambda of_plan: (
            of_plan[-1].unit.parent_id is not None,
            of_plan[-1].unit.name,
            -max(row.published_at.timestamp() for row in of_plan if row.published_at),
        )
    )
    name = body() if any(row.asked_at for of_plan in rows for row in of_plan) else ""
    plans = tuple(_one_plan(of_plan, name, at) for of_plan in rows)
    _forget_what_went(frozenset(one.key for plan in plans for one in plan.down))
    return plans


def _one_plan(rows: Sequence[Any], body: str, at: datetime) -> Published:
    """The editions of one plan, put where they belong at a moment."""
    last = rows[-1]
    whole = last.unit.parent_id is None
    standing: list[Shown] = []
    down: list[Down] = []
    for row in rows:
        hidden = row.hidden_until is not None and at < row.hidden_until
        if row.agreed_at is None and not hidden:
            standing.append(_shown(row))
            continue
        checked = None if row.agreed_at is not None else localtime(row.hidden_until)
        notice = ed.TakenDown(
            body=body,
            plan=row.plan.title,
            number=row.number,
            as_at=row.as_at,
            published_on=localdate(row.published_at),
            on=localdate(row.agreed_at or row.asked_at),
            # One person's words are read by a second before the public reads them.
            reason="" if checked else row.why,
            unit="" if whole else row.unit.name,
            two_people=not row.decided_alone,
            until=checked,
        )
        down.append(Down(row.pk, row.number, notice))
    return Published(
        last.plan.public_id, last.plan.title, last.unit.name, whole, tuple(standing), tuple(down)
    )


def _shown(row: Edition) -> Shown:
    return Shown(
        key=row.pk,
        number=row.number,
        as_at=row.as_at,
        published_at=row.published_at,  # type: ignore[arg-type]
        sha256=row.sha256,
    )


_gone: list[frozenset[int]] = [frozenset()]


def _forget_what_went(down: frozenset[int]) -> None:
    """Throw away what this process keeps once it hears that an edition went, from whichever other.

    Keys say which editions stand, so nothing of it could be shown; it shall not lie about either.
    """
    if not down <= _gone[0]:
        kept.forget_all()
    _gone[0] = down


def content(one: Shown) -> ed.Edition:
    """The edition itself. It is read once: what was published never changes."""
    return _content((one.key, one.sha256, one.published_at))


def plan_that_had(action: str) -> str:
    """The identifier of the plan that an action stands in, published or not; empty for none.

    So that an address that never was costs one query, and not the reading of every edition.
    """
    found = Action.objects.filter(public_id=action).values_list("plan__public_id", flat=True)
    return found.first() or ""


def read(row: Edition) -> ed.Edition:
    """An edition of the workspace, published or not: who may read it is asked before."""
    return _content((row.pk, row.sha256, row.published_at))


def read_apart(row: Edition) -> ed.Edition:
    """An edition that was taken down, read for this once and kept nowhere."""
    return _read((row.pk, row.sha256, row.published_at))


def _read(asked: tuple[int, str, datetime | None]) -> ed.Edition:
    key, _sha256, _published_at = asked
    return bridge.edition_of(Edition.objects.select_related("published_by").get(pk=key))


# Content is frozen when it is adopted, and what publishing adds is frozen with its moment.
_content = Kept(_read, most=_MOST_ACTIONS, weigh=lambda edition: 1 + len(edition.actions))


def _ids(key: int) -> frozenset[str]:
    content = Edition.objects.values_list("content", flat=True).get(pk=key)
    return frozenset(str(action["id"]) for action in content["actions"])


# Of an edition that is down only which promises it held is known to the public pages.
_held = Kept(_ids, most=_MOST_ACTIONS, weigh=len)


def body() -> str:
    """The name of the public body; empty before it is founded."""
    return Unit.objects.filter(parent__isnull=True).values_list("name", flat=True).first() or ""
