"""What the public may read: the latest published edition of each plan, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import OuterRef, Subquery

from goldenthread.plan import edition as ed
from goldenthread.web import bridge
from goldenthread.web.models import Edition, Unit


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
        return f"{self.key}-{self.sha256[:20]}"


def shown() -> tuple[Shown, ...]:
    """The latest published edition of each plan: the whole body's first, then by unit."""
    last = (
        Edition.objects.filter(plan=OuterRef("plan"), published_at__isnull=False)
        .order_by("-number")
        .values("pk")[:1]
    )
    found = (
        Edition.objects.filter(published_at__isnull=False, pk=Subquery(last))
        .select_related("plan", "unit")
        .defer("content")
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
    return tuple(
        sorted(made, key=lambda one: (not one.whole_body, one.unit, -one.published_at.timestamp()))
    )


def content(one: Shown) -> ed.Edition:
    """The edition itself. It is read once: what was published never changes."""
    return _content(one.key, one.sha256, one.published_at)


@lru_cache(maxsize=8)
def _content(key: int, _sha256: str, _published_at: datetime) -> ed.Edition:
    return bridge.edition_of(Edition.objects.select_related("published_by").get(pk=key))


def read(row: Edition) -> ed.Edition:
    """An edition of the workspace, published or not: who may read it is asked before."""
    return bridge.edition_of(row)


def body() -> str:
    """The name of the public body; empty before it is founded."""
    return Unit.objects.filter(parent__isnull=True).values_list("name", flat=True).first() or ""
