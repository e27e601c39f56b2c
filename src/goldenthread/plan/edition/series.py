"""A measure's readings as a series: the only way from an edition to a chart or a verdict.

A measure that does not say what it counts has no series, so it is never drawn.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from goldenthread.errors import Refusal
from goldenthread.plan.edition.value import Measure, Target
from goldenthread.spc import Counts, Point, Quantity, Reading, Series, read
from goldenthread.spc import Target as Level
from goldenthread.timescale import LENGTHS, day, period_of


def series(measure: Measure, at: date) -> Series | None:
    """The readings up to a day in the order of time, with the targets; None where none may be made.

    That is so where a measure does not say what it counts, how its figures are meant or which way
    is better, has no reading, or holds figures that the wall of a series refuses.

    >>> from goldenthread.plan.edition.value import Reading
    >>> told = Measure("Panels held", quantity="count", better="higher", counts="things",
    ...                months=3, source="The panel log",
    ...                readings=(Reading(date(2026, 6, 30), 4.0), Reading(date(2026, 3, 31), 3.0)))
    >>> [point.label for point in series(told, date(2026, 9, 30)).points]
    ['Q4 2025/26', 'Q1 2026/27']
    >>> series(Measure("Panels held", readings=told.readings), date(2026, 9, 30)) is None
    True
    """
    known = sorted((one for one in measure.readings if one.on <= at), key=lambda one: one.on)
    if not known or not (measure.counts and measure.quantity and measure.better):
        return None
    unit = "" if measure.quantity == "share" else measure.unit.strip()
    try:
        return Series(
            title=measure.words,
            quantity=Quantity(measure.quantity, unit, measure.unit_one, measure.places),
            better=measure.better,
            counts=Counts(measure.counts),
            points=tuple(
                Point(
                    one.on,
                    label(measure, one.on),
                    one.value,
                    of=one.of,
                    why=one.commentary if one.value is None else "",
                )
                for one in known
            ),
            source=measure.source or measure.owner or measure.words,
            targets=tuple(_levels(measure)),
            baseline=measure.limits_from,
        )
    except Refusal:
        return None


def label(measure: Measure, on: date) -> str:
    """What the body calls the period that ends on a day: Q1 2026/27; the day where it is none.

    >>> label(Measure("Panels", months=3), date(2026, 6, 30)), label(Measure("x"), date(2026, 5, 1))
    ('Q1 2026/27', '1 May 2026')
    """
    if measure.months in LENGTHS:
        period = period_of(on, measure.months)
        if period.ends == on:
            return period.name
    return day(on)


def _levels(measure: Measure) -> list[Level]:
    """The targets as levels in force one after another; the one to reach first from the start."""
    aims = sorted((one for one in measure.targets if one.kind == "target"), key=lambda one: one.on)
    levels: list[Level] = []
    since: date | None = None
    for aim in aims:
        if levels and aim.on < (since or aim.on):
            continue  # of two for one day the first stands
        levels.append(Level(aim.value, f"Target for {day(aim.on)}", since))
        since = aim.on + timedelta(days=1)
    if not levels and measure.target is not None:
        levels.append(Level(measure.target))
    return levels


def target_on(targets: tuple[Target, ...], on: date) -> Target | None:
    """The target in force on a day: the next to be reached, or the last once all are past.

    >>> aims = (Target(60.0, date(2027, 3, 31)), Target(100.0, date(2029, 3, 31)))
    >>> [target_on(aims, date(year, 6, 30)).value for year in (2026, 2027, 2030)]
    [60.0, 100.0, 100.0]
    """
    aims = sorted((one for one in targets if one.kind == "target"), key=lambda one: one.on)
    return next((one for one in aims if one.on >= on), aims[-1] if aims else None)


def with_finding(measure: Measure, at: date) -> Measure:
    """The measure with what its readings say in its own ``finding``."""
    return replace(measure, finding=finding(measure, at))


def finding(measure: Measure, at: date) -> str:
    """What the readings say, in a sentence for a headline; nothing without a series of them.

    With too few figures to judge it says the latest and no more.
    """
    found = series(measure, at)
    if found is None:
        return ""
    reading = read(found)
    return headline(reading)


def headline(reading: Reading) -> str:
    """The sentence of a reading, with its figure first where it is not enough to say more."""
    found = reading.series
    if reading.variation != "too few" or reading.latest is None:
        return reading.sentence
    point = found.points[reading.latest]
    if point.value is None:
        return reading.sentence
    return (
        f"{found.say(point.value)} in {point.label}. Not enough figures yet to tell a real change "
        "from ordinary ups and downs."
    )
