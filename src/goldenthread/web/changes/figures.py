"""Figures of a measure: given with their commentary or not at all, and corrected by another.

One rule judges a figure wherever it comes from: a form, a file, or the site's own register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from goldenthread import spc
from goldenthread.errors import Missing, OutOfStep, Unreadable, Unsafe
from goldenthread.plan.typed_figures import not_so, share_of
from goldenthread.timescale import day, period_of
from goldenthread.web import audit, bridge
from goldenthread.web.bridge import Figure
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Measure, Person, Point
from goldenthread.web.permissions import require
from goldenthread.web.queries.counted import counted

# As many periods as one file may bring: ten years of months.
MOST = 120


@change
def give_figure(
    *, by: Person, measure: Measure, figure: Figure, at: datetime, key: str = ""
) -> Point:
    """Keep the figure of one period, or that it has none and why; what the site counts, it counts.

    What changes: one point more. Who may: give_figures; a lead officer for measures that their own
    post owns or of actions that it leads. Recorded: ``figure.given``, with the period and never the
    figure. Raises ``Missing`` where anything is not as :func:`wants` asks, ``OutOfStep`` where the
    period has a figure already.
    """
    require(by, "give_figures", measure, localdate(at))
    judged = settled(measure, figure)
    if needs := wants(measure, judged, on=localdate(at), kept=kept(measure)):
        raise Missing("The figure was not kept.", needs=needs)
    point = _keep(measure, judged, by=by, at=at, source="system" if measure.system else "hand")
    facts = {"period": judged.ends.isoformat(), "figure": judged.value is not None}
    audit.record(by=by, what="figure.given", on=measure, facts=facts, at=at)
    return point


@change
def correct_figure(
    *, by: Person, point: Point, figure: Figure, reason: str, at: datetime, key: str = ""
) -> Point:
    """Keep another figure in the place of one, with the reason; the earlier one stays to be read.

    What changes: one point more, for the same period. Who may: give_figures; a lead officer for
    measures that their own post owns or of actions that it leads. Recorded: ``figure.corrected``.
    Raises ``Missing`` without a reason or where anything is not as :func:`wants` asks,
    ``OutOfStep`` where somebody corrected it first.
    """
    require(by, "give_figures", point, localdate(at))
    measure = point.measure
    judged = settled(measure, replace(figure, ends=point.ends))
    why = words(reason, name="reason", most=LINE)
    others = {ends: value for ends, value in kept(measure).items() if ends != point.ends}
    needs = wants(measure, judged, on=localdate(at), kept=others)
    if not why:
        needs["reason"] = "Say why it changes."
    if needs:
        raise Missing("The figure was not changed.", needs=needs)
    if Point.objects.filter(replaces=point).exists():
        raise _corrected(point)
    source = "system" if measure.system else "hand"
    try:
        with transaction.atomic():
            made = _keep(measure, judged, by=by, at=at, source=source, of=point, reason=why)
    except IntegrityError:
        raise _corrected(point) from None
    audit.record(
        by=by, what="figure.corrected", on=measure, facts={"period": point.ends.isoformat()}, at=at
    )
    return made


@change
def take_figures(
    *, by: Person, measure: Measure, figures: Sequence[Figure], at: datetime, key: str = ""
) -> Measure:
    """Keep the figures of a file, all of them or none.

    What changes: a point for each. Who may: give_figures; a lead officer for measures that their
    own post owns or of actions that it leads. Recorded: ``figures.taken``, with how many. Raises
    ``Missing`` where one is not as :func:`wants` asks, for a period that is there twice and for no
    figure at all, ``OutOfStep`` where a period has a figure already. The names of what is missing
    are those of :func:`wants` with the place of the figure: ``value-0``.
    """
    require(by, "give_figures", measure, localdate(at))
    if not 0 < len(figures) <= MOST:
        raise Missing(f"A file brings 1 to {MOST} figures.", needs={"file": "Give another file."})
    needs: dict[str, str] = {}
    known = kept(measure)
    judged = [settled(measure, figure) for figure in figures]
    everything = known | {figure.ends: figure.value for figure in judged}
    for place, figure in enumerate(judged):
        others = {ends: value for ends, value in everything.items() if ends != figure.ends}
        found = wants(measure, figure, on=localdate(at), kept=others)
        needs |= {f"{name}-{place}": sentence for name, sentence in found.items()}
    if len({figure.ends for figure in judged}) < len(judged):
        needs["file"] = "A period is there twice."
    if needs:
        raise Missing("Nothing was kept.", needs=needs)
    for figure in judged:
        _keep(measure, figure, by=by, at=at, source="file")
    audit.record(by=by, what="figures.taken", on=measure, facts={"figures": len(judged)}, at=at)
    return measure


def kept(measure: Measure) -> dict[date, Decimal | None]:
    """The figures that stand, by the last day of their period; None for a period without one."""
    return {
        point.ends: point.value
        for points in bridge.standing_points([measure]).values()
        for point in points
    }


def settled(measure: Measure, figure: Figure) -> Figure:
    """The figure as it would be kept: words tidied, a share reckoned of its part and whole."""
    tidy = replace(
        figure,
        commentary=words(figure.commentary, name="commentary"),
        remedy=words(figure.remedy, name="remedy"),
    )
    if measure.system:
        period = period_of(figure.ends, measure.months)
        return replace(tidy, value=counted(measure, period), part=None, whole=None)
    share = share_of(figure.part, figure.whole, measure.places)
    if tidy.value is None and isinstance(share, Decimal):
        return replace(tidy, value=share)
    return tidy


def wants(
    measure: Measure, figure: Figure, *, on: date, kept: Mapping[date, Decimal | None]
) -> dict[str, str]:
    """What a figure still wants before it can be kept, by the names of its parts; or nothing.

    ``kept`` are the measure's other figures, by the last days of their periods. A figure has its
    commentary, a period without one its reason; a share agrees with its part and whole; a figure
    that makes the measure red says what will be done.
    """
    needs: dict[str, str] = {}
    if not (measure.counts and measure.quantity and measure.better):
        needs["measure"] = (
            "Nobody has said yet what this measure counts, how its figures are meant and which way "
            "is better. That comes first."
        )
        return needs
    if sentence := _wrong_period(measure, figure.ends, on):
        needs["ends"] = sentence
    if not figure.commentary:
        needs["commentary"] = (
            "Say why there is no figure." if figure.value is None else "Say what the figure means."
        )
    needs |= _wrong_value(measure, figure)
    if not needs and not figure.remedy and _is_red(measure, figure, kept):
        needs["remedy"] = "This makes the measure red. Say what will be done about it."
    return needs


def _wrong_period(measure: Measure, ends: date, on: date) -> str:
    period = period_of(ends, measure.months)
    if period.ends != ends:
        return "Choose a period of this measure."
    if ends >= on:
        return f"The period ends on {day(ends)}. Give its figure after that day."
    if measure.ended_on is not None and period.begins > measure.ended_on:
        return f"The measure is counted no more after {day(measure.ended_on)}."
    return ""


def _wrong_value(measure: Measure, figure: Figure) -> dict[str, str]:
    share = share_of(figure.part, figure.whole, measure.places)
    if share is not None and measure.quantity != "share":
        return {"part": "Only a share has a part and a whole."}
    if isinstance(share, str):
        return {"whole": share}
    if figure.value is None:
        return {}
    if sentence := not_so(figure.value, measure.quantity):  # type: ignore[arg-type]
        return {"value": sentence}
    if share is not None and not _agree(figure.value, figure.part, figure.whole):
        return {"value": "It is not what the part is of the whole. Leave it blank to reckon it."}
    if bridge.is_open(measure):
        return _too_few(measure, figure)
    return {}


def _agree(value: Decimal, part: Decimal | None, whole: Decimal | None) -> bool:
    """Whether a share is what its part and whole give, with as many decimals as it has."""
    exponent = value.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return share_of(part, whole, places) == value


def _too_few(measure: Measure, figure: Figure) -> dict[str, str]:
    """What the wall of a series says to one figure: of everybody, never of a few."""
    try:
        spc.Series(
            title=measure.text,
            quantity=spc.Quantity(measure.quantity),  # type: ignore[arg-type]
            better=measure.better,  # type: ignore[arg-type]
            counts=spc.Counts(measure.counts),
            points=(
                spc.Point(
                    figure.ends,
                    period_of(figure.ends, measure.months).name,
                    figure.value,
                    of=None if figure.whole is None else int(figure.whole),
                ),
            ),
            source=measure.text,
        )
    except (Unsafe, Unreadable) as refusal:
        return {"value": str(refusal)}
    return {}


def _is_red(measure: Measure, figure: Figure, kept: Mapping[date, Decimal | None]) -> bool:
    """Whether a figure is the latest and makes its measure red."""
    if figure.value is None:
        return False
    if any(ends > figure.ends and value is not None for ends, value in kept.items()):
        return False
    targets = bridge.standing_targets([measure]).get(measure.pk, [])
    figures = [*kept.items(), (figure.ends, figure.value)]
    near = bridge.tolerances()[0].near
    return bridge.rated(measure, figures, targets, near).colour == "red"


def _keep(
    measure: Measure,
    figure: Figure,
    *,
    by: Person,
    at: datetime,
    source: str,
    of: Point | None = None,
    reason: str = "",
) -> Point:
    """Keep one figure; of two at once for one period the first is kept and the other is told."""
    period = period_of(figure.ends, measure.months)
    try:
        with transaction.atomic():
            return Point.objects.create(
                measure=measure,
                begins=period.begins,
                ends=period.ends,
                value=figure.value,
                part=figure.part,
                whole=figure.whole,
                commentary=figure.commentary,
                remedy=figure.remedy,
                source=source,
                at=at,
                by=by,
                replaces=of,
                reason=reason,
            )
    except IntegrityError:
        if of is not None:
            raise
        raise OutOfStep(
            f"{period.name} has a figure already.",
            theirs={"ends": period.ends},
            do="Correct that one, with a reason.",
        ) from None


def _corrected(point: Point) -> OutOfStep:
    return OutOfStep(
        "Somebody corrected this figure before you did.",
        theirs={"ends": point.ends},
        do="Read what now stands, and correct that.",
    )
