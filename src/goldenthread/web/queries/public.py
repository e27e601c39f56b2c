"""What the public may read: published editions, the newest and those before it, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.timezone import localdate

from goldenthread.plan import edition as ed
from goldenthread.web import bridge
from goldenthread.web.models import Action, Edition, Unit
from goldenthread.web.queries.kept import Kept

# In actions, over all editions that a process keeps: as many as a large county has.
_MOST_ACTIONS = 20_000


@dataclass(frozen=True)
class Shown:
    """An edition that the public reads: where it is, without its content."""

    key: int
    plan: str
    title: str
    unit: str
    whole_body: bool
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
    """Every published edition of one plan, the oldest first; never none."""

    editions: tuple[Shown, ...]

    @property
    def newest(self) -> Shown:
        """The one that the public reads where no number is asked for."""
        return self.editions[-1]

    @property
    def plan(self) -> str:
        """The public identifier of the plan."""
        return self.newest.plan

    @property
    def tag(self) -> str:
        """What changes whenever any page of the plan may have changed."""
        return f"{self.newest.tag}-{len(self.editions)}"

    def numbered(self, number: int) -> Shown | None:
        """The edition with that number, where it was published."""
        return next((one for one in self.editions if one.number == number), None)


def published() -> tuple[Published, ...]:
    """Each plan with its published editions: the whole body's first, then by unit. One query."""
    found = (
        Edition.objects.filter(published_at__isnull=False)
        .select_related("plan", "unit")
        .defer("content")
        .order_by("plan_id", "number")
    )
    made = [
        Shown(
            key=row.pk,
            plan=row.plan.public_id,
            title=row.plan.title,
            unit=row.unit.name,
            whole_body=row.unit.parent_id is None,
            number=row.number,
            as_at=row.as_at,
            published_at=row.published_at,
            sha256=row.sha256,
        )
        for row in found
        if row.published_at is not None
    ]
    plans = [Published(tuple(group)) for _, group in groupby(made, key=lambda one: one.plan)]
    return tuple(
        sorted(
            plans,
            key=lambda plan: (
                not plan.newest.whole_body,
                plan.newest.unit,
                -plan.newest.published_at.timestamp(),
            ),
        )
    )


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


def _read(asked: tuple[int, str, datetime | None]) -> ed.Edition:
    key, _sha256, _published_at = asked
    return bridge.edition_of(Edition.objects.select_related("published_by").get(pk=key))


# Content is frozen when it is adopted, and what publishing adds is frozen with its moment.
_content = Kept(_read, most=_MOST_ACTIONS, weigh=lambda edition: 1 + len(edition.actions))


def body() -> str:
    """The name of the public body; empty before it is founded."""
    return Unit.objects.filter(parent__isnull=True).values_list("name", flat=True).first() or ""
