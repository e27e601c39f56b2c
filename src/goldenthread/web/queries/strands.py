"""The strands of the programme, and what belongs to each: by its plan, or besides it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce

from goldenthread.plan import tiers as core
from goldenthread.web.models import Action, InStrand, Measure, Person, Review, Strand
from goldenthread.web.permissions import reach
from goldenthread.web.queries.tiers import Both, both

# How many measures and reviews a strand's own part of the page names.
MOST = 12
# A review that says its strand is of that one; one that was recorded with a plan is of the plan's.
_OF_A_REVIEW = Coalesce("strand__public_id", "recommendations__plan__strand__public_id")


def further(thing: Action | Measure | Review) -> tuple[Strand, ...]:
    """The strands that a thing belongs to besides that of its plan, by name."""
    kind = str(thing._meta.model_name)
    rows = InStrand.objects.filter(ended_at__isnull=True, **{kind: thing})
    return tuple(one.strand for one in rows.select_related("strand").order_by("strand__name"))


def offered(but: int = 0) -> tuple[Strand, ...]:
    """The strands that a thing can belong to besides its plan's, by name."""
    return tuple(Strand.objects.exclude(pk=but).order_by("name"))


@dataclass(frozen=True)
class OneStrand:
    """One strand: both tiers counted with the worst shown, its measures and its reviews.

    ``measures_in_all`` and ``reviews_in_all`` count those that are not named here as well.
    """

    key: str
    name: str
    rolled: core.Rolled
    measures: tuple[Measure, ...]
    measures_in_all: int
    reviews: tuple[Review, ...]
    reviews_in_all: int


def board(*, for_: Person, on: date) -> tuple[Both, tuple[OneStrand, ...]]:
    """Every strand with what belongs to it, as far as somebody may see it; in 16 queries."""
    seen = reach(for_, "read_register", on)
    tiers = both(for_=for_, on=on)
    rolled = {one.key: one for one in core.by_strand(tiers.tiers, tiers.met)}
    measures = _by_strand(
        Measure.objects.filter(ended_on__isnull=True, plan__unit__in=seen).values_list(
            "pk", "plan__strand__public_id"
        ),
        _besides("measure"),
    )
    reviews = _by_strand(
        Review.objects.filter(unit__in=seen)
        .annotate(belongs=_OF_A_REVIEW)
        .values_list("pk", "belongs")
        .distinct(),
        _besides("review"),
    )
    named = {
        "measure": _named(Measure, measures),
        "review": _named(Review, reviews),
    }
    return tiers, tuple(
        OneStrand(
            key=key,
            name=name,
            rolled=rolled.get(key, core.Rolled(key, core.Tally(), core.Tally())),
            measures=tuple(named["measure"][pk] for pk in measures.get(key, ())[:MOST]),
            measures_in_all=len(measures.get(key, ())),
            reviews=tuple(named["review"][pk] for pk in reviews.get(key, ())[:MOST]),
            reviews_in_all=len(reviews.get(key, ())),
        )
        for key, name in tiers.strands.items()
    )


def _besides(kind: str) -> list[tuple[int, str]]:
    rows = InStrand.objects.filter(ended_at__isnull=True, **{f"{kind}__isnull": False})
    return list(rows.values_list(kind, "strand__public_id"))


def _by_strand(
    own: Iterable[tuple[int, str | None]], besides: Iterable[tuple[int, str]]
) -> Mapping[str, tuple[int, ...]]:
    """The keys of rows by strand, each once, in their order; of those alone that may be seen."""
    found: dict[str, dict[int, None]] = {}
    seen = set()
    for key, strand in own:
        seen.add(key)
        if strand:
            found.setdefault(strand, {})[key] = None
    for key, strand in besides:
        if key in seen:
            found.setdefault(strand, {})[key] = None
    return {strand: tuple(sorted(rows)) for strand, rows in found.items()}


def _named(model: type[Measure | Review], rows: Mapping[str, tuple[int, ...]]) -> Mapping[int, Any]:
    wanted = {key for keys in rows.values() for key in keys[:MOST]}
    return model._default_manager.in_bulk(wanted)
