"""Measures: from their rows to the value that an edition holds, and the colours of their targets.

What counts people by a characteristic or by unit has its words here and never a reading, so that
nothing made of this value can show one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goldenthread.plan import edition
from goldenthread.plan.rating import NEAR, Rated, rate
from goldenthread.timescale import day, period_of
from goldenthread.web import models as rows
from goldenthread.web.bridge.reading import word

# What a series may count: the marks of spc.Counts. Nothing else leaves the workspace.
OPEN = ("things", "everybody")

SYSTEM_WORDS: Mapping[str, Any] = {
    "actions_done": lazy("Actions of the plan that are done by the end of the period"),
    "actions_updated": lazy("Actions of the plan that had an update in the period"),
    "dates_moved": lazy("Dates of the plan that were moved in the period"),
}
"""What the site itself can count for a measure."""


@dataclass(frozen=True)
class Figure:
    """What is to be kept of one period, by its last day: a figure, or none, with what it means."""

    ends: date
    value: Decimal | None
    commentary: str
    part: Decimal | None = None
    whole: Decimal | None = None
    remedy: str = ""


@dataclass(frozen=True)
class Near:
    """A tolerance: its number (0 is the one that comes with the site), since when, by whom, why."""

    number: int
    near: Decimal
    since: datetime | None = None
    by: str = ""
    reason: str = ""


def tolerances() -> tuple[Near, ...]:
    """Every tolerance there was, the newest first and that of the code last, in one query."""
    kept = [
        Near(row.number, row.near, row.at, row.by.name, row.reason)
        for row in rows.Tolerance.objects.select_related("by").order_by("-number")
    ]
    return (*kept, Near(0, NEAR))


def near_in_sql() -> Subquery:
    """What annotates measures with ``near_of_all``, so that :func:`near_now` asks for nothing."""
    return Subquery(rows.Tolerance.objects.order_by("-number").values("near")[:1])


def near_now(measures: Sequence[rows.Measure] = ()) -> Decimal:
    """The tolerance that the body keeps now: as it came with these rows, else in one query."""
    if measures and hasattr(measures[0], "near_of_all"):
        near: Decimal | None = measures[0].near_of_all
        return NEAR if near is None else near
    return tolerances()[0].near


def is_open(measure: rows.Measure) -> bool:
    """Whether its figures may be drawn and published: of things, or of everybody together.

    A measure that does not say is not.
    """
    return measure.counts in OPEN


def standing_points(measures: Iterable[rows.Measure]) -> dict[int, list[rows.Point]]:
    """The points of these measures that nothing replaced, oldest first, by the measure's key."""
    found: dict[int, list[rows.Point]] = {}
    points = rows.Point.objects.filter(measure__in=list(measures), replaced_by__isnull=True)
    for point in points.order_by("ends", "id"):
        found.setdefault(point.measure_id, []).append(point)
    return found


def standing_targets(measures: Iterable[rows.Measure]) -> dict[int, list[rows.Target]]:
    """The targets of these measures that nothing replaced, soonest first, by the measure's key."""
    found: dict[int, list[rows.Target]] = {}
    targets = rows.Target.objects.filter(measure__in=list(measures), replaced_by__isnull=True)
    for target in targets.order_by("on", "id"):
        found.setdefault(target.measure_id, []).append(target)
    return found


def rated(
    measure: rows.Measure,
    figures: Iterable[tuple[date, Decimal | None]],
    targets: Sequence[rows.Target],
    near: Decimal,
) -> Rated:
    """The colour of a measure by its figures, by the last days of their periods, in any order.

    ``near`` is the body's tolerance; the measure's own goes before it. A contextual measure is
    forecast and not aimed at, so it has none.
    """
    known = {ends: value for ends, value in figures if value is not None}
    ends = max(known, default=None)
    if measure.contextual:
        return Rated(None, _("Not rated: it is forecast, and not aimed at."))
    aim = edition.target_on(tuple(map(_target, targets)), ends or date.min)
    year_before = None
    if ends is not None:
        year_before = known.get(period_of(ends, measure.months).after(-12 // measure.months).ends)
    return rate(
        known.get(ends) if ends else None,
        Decimal(str(aim.value)) if aim else None,
        measure.better or "neither",  # type: ignore[arg-type]  # the column allows no other
        near=near if measure.tolerance is None else measure.tolerance,
        year_before=year_before,
    )


def measure_value(
    measure: rows.Measure,
    points: Sequence[rows.Point],
    targets: Sequence[rows.Target],
    *,
    on: date,
    near: Decimal,
) -> edition.Measure:
    """The public part of a measure as it stands on a day.

    ``points`` and ``targets`` are those that nothing replaced. Of a measure that counts people by a
    characteristic or by unit, or that does not say, readings, targets and finding are left out.
    """
    words = edition.Measure(
        words=measure.text,
        number=measure.number,
        unit=_unit(measure),
        note=_note(measure, bool(targets), on),
        id=measure.public_id,
        definition=measure.definition,
        quantity=word(measure.quantity),
        unit_one=measure.unit_one,
        places=measure.places if measure.quantity else None,
        better=word(measure.better),
        source=_source(measure),
        owner=measure.owner.title if measure.owner else "",
        contextual=measure.contextual,
        months=measure.months,
        limits_from=measure.limits_from,
    )
    if not is_open(measure):
        return words
    known = [point for point in points if point.ends <= on]
    aims = tuple(map(_target, targets))
    # In force on the day of the latest figure, as the rating and the series take it.
    latest = max((p.ends for p in known if p.value is not None), default=on)
    aim = edition.target_on(aims, latest)
    colour = rated(measure, [(p.ends, p.value) for p in known], targets, near)
    value = edition.Measure(
        **{
            **{name: getattr(words, name) for name in edition.Measure.__dataclass_fields__},
            "counts": word(measure.counts),
            "target": aim.value if aim else None,
            "targets": aims,
            "readings": tuple(_reading(point) for point in known),
            "baseline": _number(measure.baseline_value),
            "baseline_on": measure.baseline_on,
            "rating": colour.colour,
            "rating_because": colour.because if known else "",
        }
    )
    return edition.with_finding(value, on)


def _unit(measure: rows.Measure) -> str:
    """What stands after each figure: the sign of a share, or the words with a blank before them."""
    if measure.quantity == "share":
        return "%"
    return f" {measure.unit_words}" if measure.unit_words else ""


def _note(measure: rows.Measure, aimed: bool, on: date) -> str:
    """What a reader must know besides: the target as printed, and that it is counted no more."""
    said = [] if aimed or not measure.target else [measure.target]
    if measure.ended_on is not None and measure.ended_on <= on:
        ended = _("Counted until %(day)s. %(why)s")
        said.append(ended % {"day": day(measure.ended_on), "why": measure.ended_because})
    return " ".join(said)


def _source(measure: rows.Measure) -> str:
    if measure.source:
        return measure.source
    if measure.system:
        return _("Counted by Golden Thread from the register of this plan")
    return ""


def _target(row: rows.Target) -> edition.Target:
    return edition.Target(
        float(row.value), row.on, word(row.horizon), row.rationale, word(row.kind)
    )


def _reading(point: rows.Point) -> edition.Reading:
    return edition.Reading(
        point.ends,
        _number(point.value),
        point.commentary,
        int(point.whole) if point.whole is not None and point.whole == int(point.whole) else None,
    )


def _number(value: Decimal | None) -> float | None:
    """A figure as JSON holds it: the decimal that it prints as."""
    return None if value is None else float(value)
