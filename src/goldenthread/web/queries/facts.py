"""What gates count: each fact is a number inside one query of plannings, however many there are.

Each room says in its ``COUNTED`` what it counts, by the word of the fact; a page of all
directorates then asks once for everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from goldenthread.web.models import Planning

Counted = Mapping[str, Any]


def how_many(
    rows: QuerySet[Any],
    of: str = "planning",
    *,
    by: str = "pk",
    what: Any = None,  # noqa: ANN401
) -> Coalesce:
    """How many of these rows a planning has, inside a query of plannings; 0 where it has none.

    ``of`` is the path from a row to what it is counted of, ``by`` what of the planning that is.
    """
    counts = rows.filter(**{of: OuterRef(by)}).order_by().values(of)
    return Coalesce(Subquery(counts.annotate(n=what or Count("pk")).values("n")), 0)


def facts_for(plannings: Iterable[int], counted: Counted) -> dict[int, dict[str, Any]]:
    """These facts of each of these plannings, by its key and their words: one query for all."""
    keys = list(plannings)
    if not keys:
        return {}
    rows = Planning.objects.filter(pk__in=keys).order_by().values_list("pk", *counted.values())
    return {key: dict(zip(counted, facts, strict=True)) for key, *facts in rows}
