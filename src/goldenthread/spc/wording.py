"""What a reading says, for somebody who has never heard of a control chart.

Every sentence about charts is here, so that a content designer can read them in one sitting. The
word "significant" is not among them: people hear "important".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median_low

from goldenthread.spc.limits import USEFUL, Limits
from goldenthread.spc.phases import Change, Phase
from goldenthread.spc.series import FIRM, Number, Point, Series, exact, figure
from goldenthread.spc.signals import Mark

IN_WORDS = {
    "improvement high": "a real rise, for the better",
    "improvement low": "a real fall, for the better",
    "concern high": "a real rise, for the worse",
    "concern low": "a real fall, for the worse",
    "neutral high": "a real rise, neither better nor worse",
    "neutral low": "a real fall, neither better nor worse",
    "common cause": "ordinary ups and downs",
    "too few": "not enough to say",
    "will be met": "the target will be met as things are",
    "will be missed": "the target will be missed as things are",
    "hit and miss": "the target will be met and missed by chance",
}
"""What stands beside each icon of variation and assurance: an icon never stands alone."""

_FOR = {
    "better": "for the better",
    "worse": "for the worse",
    "neither": "neither better nor worse",
}
_RULES = {
    "outside": "{beyond} the ordinary range",
    "trend": "part of 7 or more {ways} in a row",
    "two of three": "one of 2 in 3 close to the {edge} edge of the ordinary range",
    "run": "one of 7 or more in a row {beyond} the average",
}


def period(series: Series) -> str:
    """What its periods are, from the days between them: month, quarter, year, or period."""
    days = [(after.on - before.on).days for before, after in pairwise(series.points)]
    usual = median_low(days) if days else 0
    for noun, shortest, longest in (
        ("week", 7, 7),
        ("month", 28, 31),
        ("quarter", 89, 92),
        ("year", 365, 366),
    ):
        if shortest <= usual <= longest:
            return noun
    return "period"


def verdict(
    series: Series,
    phase: Phase | None,
    latest: int | None,
    mark: Mark | None,
    change: Change | None,
) -> str:
    """The one sentence: a real change and which way, no real change, or not enough to say."""
    if phase is None or latest is None:
        return "Not enough to say: there are no figures yet."
    limits, noun = phase.limits, period(series)
    if limits is None or not limits.useful:
        had = sum(point.value is not None for point in series.points[phase.first : phase.last + 1])
        since = " since the limits started anew" if phase.step else ""
        return (
            f"Not enough to say: {had} {_many(had, 'figure')}{since}, and it takes {USEFUL} "
            f"{noun}s in a row, better {FIRM}, to tell a real change from ordinary ups and downs."
        )
    if mark is not None and change is not None:
        why = _reason(series, limits, latest, mark, change)
        return f"{_headline(series, phase, change)}: {why}."
    label, value = series.points[latest].label, _figure(series, latest)
    if limits.average_range == 0:
        before = series.say(limits.mean)
        if _alike(series, phase):
            return f"No change: every figure has been {before}."
        return f"No real change: {series.say(value)} in {label} is what it was at first."
    ordinary = range_of(series, limits, places_of(series, limits, value))
    return (
        f"No real change: {said(series, value, limits)} in {label} is within the ordinary ups and "
        f"downs, {ordinary}."
    )


def about_target(
    series: Series, assurance: str | None, latest: int | None, mark: Mark | None
) -> str:
    """Whether the target will be met as things are; empty without a target or a judgement.

    Where the latest figure is a signal the limits tell what was and not what is, so that only the
    figure itself is compared with the target.
    """
    if assurance is None or latest is None:
        return ""
    target = series.target_at(series.points[latest].on)
    if target is None:
        return ""
    level, noun = series.say(target.value), period(series)
    if mark is not None:
        label, value = series.points[latest].label, _figure(series, latest)
        short = exact(value) != exact(target.value) and (
            (exact(value) < exact(target.value)) == (series.better == "higher")
        )
        return (
            "The latest figures do not fit the ordinary range, so it cannot say whether the target "
            f"of {level} will be met; {series.say(value)} in {label} "
            f"{'does not meet' if short else 'meets'} it."
        )
    side = "below" if (assurance == "will be met") == (series.better == "higher") else "above"
    if assurance == "hit and miss":
        return (
            f"As things are, the target of {level} will be met in some {noun}s and missed in "
            "others by ordinary ups and downs alone."
        )
    end = "" if assurance == "will be met" else ", so something has to change"
    return (
        f"As things are, the target of {level} {assurance} {noun} after {noun}: it lies {side} the "
        f"ordinary ups and downs{end}."
    )


def cautions(
    series: Series, found: Sequence[Phase], latest: int | None, changed: Sequence[Change]
) -> tuple[str, ...]:
    """What to know before relying on it, a sentence each: trial limits, gaps, steps, earlier."""
    said_of: list[str] = []
    limits = found[-1].limits if found else None
    if limits and limits.useful and limits.trial:
        said_of.append(
            f"The ordinary range is provisional: it rests on {limits.based_on} figures, and "
            f"{FIRM} are needed to make it firm."
        )
    if limits and limits.useful and limits.left_out:
        jumps = (
            "One unusually large jump was"
            if limits.left_out == 1
            else (f"{limits.left_out} unusually large jumps were")
        )
        said_of.append(f"{jumps} left out when the ordinary range was reckoned.")
    said_of += [_earlier(series, change) for change in changed if change.last != latest]
    for phase in found:
        if phase.step:
            label, why = series.points[phase.first].label, phase.step.why.strip().rstrip(".")
            said_of.append(f"The ordinary range starts anew with {label}: {why}.")
    gaps = [_gap(point) for point in series.points if point.value is None]
    if gaps:
        said_of.append(f"No figure for {', '.join(gaps)}; no rule reaches across a gap.")
    said_of += _holes(series)
    return tuple(said_of)


def mark_in_words(mark: Mark) -> str:
    """Why one figure is marked, for the table beside a chart.

    >>> mark_in_words(Mark("run", "low", "worse"))
    'one of 7 or more in a row below the average: for the worse'
    """
    high = mark.side == "high"
    rule = _RULES[mark.rule].format(
        beyond="above" if high else "below",
        ways="rises" if high else "falls",
        edge="upper" if high else "lower",
    )
    return f"{rule}: {_FOR[mark.meaning]}"


def range_of(series: Series, limits: Limits, places: int | None = None) -> str:
    """The ordinary range as it may be: no share under 0% or over 100%, no count under nought."""
    low, high = clipped(series, limits)
    places = places_of(series, limits) if places is None else places
    lowest = figure(low, places if low else 0)
    sign = "%" if series.quantity.kind == "share" else ""
    return f"{lowest}{sign} to {series.quantity.say(high, places)}"


def clipped(series: Series, limits: Limits) -> tuple[Fraction, Fraction]:
    """Both limits, cut to what a figure of this kind can be."""
    low, high = limits.lower, limits.upper
    if series.quantity.kind != "number":
        low = max(low, Fraction(0))
    if series.quantity.kind == "share":
        high = min(high, Fraction(100))
    return low, high


def places_of(series: Series, limits: Limits, value: Number | None = None) -> int:
    """The decimals to print of a limit: the figures' own, one more where the range is narrow.

    Beside a value, as many more as tell the two apart.
    """
    narrow = (limits.upper - limits.lower) * 10**series.places < 10
    places = series.places + (narrow and limits.average_range > 0)
    edges = (limits.lower, limits.upper)
    while (
        value is not None
        and places < series.places + 3
        and any(
            exact(value) != edge and figure(value, places) == figure(edge, places) for edge in edges
        )
    ):
        places += 1
    return places


def said(series: Series, value: Number, limits: Limits) -> str:
    """A figure as it stands, or with the decimals of the limits where it would look like one."""
    needed = places_of(series, limits, value)
    alike = needed > places_of(series, limits)
    return series.quantity.say(value, needed if alike else series.places)


def difference(series: Series, by: Fraction) -> str:
    """A difference between two figures, in points where they are shares."""
    number = figure(by, series.places)
    if series.quantity.kind == "share":
        return f"{number} percentage {_many(1 if number == '1' else 2, 'point')}"
    return number


def _headline(series: Series, phase: Phase, change: Change) -> str:
    first = series.points[change.first].label
    when = f"in {first}" if change.first == change.last else f"since {first}"
    # Nothing came before it in this phase, so that it cannot be said to have risen.
    high = change.side == "high"
    if change.first == phase.first and "trend" not in change.rules:
        what = f"Unusually {'high' if high else 'low'}"
    else:
        what = f"A real {'rise' if high else 'fall'}"
    return f"{what} {when}, {_FOR[change.meaning]}"


def _reason(series: Series, limits: Limits, latest: int, mark: Mark, change: Change) -> str:
    point, high = series.points[latest], mark.side == "high"
    beyond = "above" if high else "below"
    amount = _figure(series, latest)
    value, places = said(series, amount, limits), places_of(series, limits)
    if mark.rule == "outside":
        when = "" if change.first == change.last else f" in {point.label}"
        if limits.average_range == 0:
            return f"{value}{when}, where every figure at first was {series.say(limits.mean)}"
        ordinary = range_of(series, limits, places_of(series, limits, amount))
        return f"{value}{when} is {beyond} the ordinary ups and downs, {ordinary}"
    if mark.rule == "trend":
        times = _steps_in_a_row(series, latest, high)
        return f"{'up' if high else 'down'} {times} times in a row, to {value} in {point.label}"
    if mark.rule == "two of three":
        edge = clipped(series, limits)[high]
        return (
            f"at least 2 of the last 3 figures are close to the {'upper' if high else 'lower'} "
            f"edge of the ordinary ups and downs, {series.quantity.say(edge, places)}"
        )
    side = _in_a_row(series, latest, limits, high)
    return (
        f"the last {side} figures are all {beyond} the average of "
        f"{series.quantity.say(limits.mean, places)}"
    )


def _figure(series: Series, place: int) -> Number:
    """The figure at a place that is known to have one."""
    value = series.points[place].value
    if value is None:
        raise AssertionError("a verdict is about a figure")
    return value


def _alike(series: Series, phase: Phase) -> bool:
    """Whether all figures of a phase are the same."""
    points = series.points[phase.first : phase.last + 1]
    return len({exact(point.value) for point in points if point.value is not None}) == 1


def _steps_in_a_row(series: Series, latest: int, high: bool) -> int:
    times = 0
    for place in range(latest, 0, -1):
        now, before = series.points[place].value, series.points[place - 1].value
        if now is None or before is None or (exact(now) > exact(before)) != high or now == before:
            break
        times += 1
    return times


def _in_a_row(series: Series, latest: int, limits: Limits, high: bool) -> int:
    count = 0
    for point in reversed(series.points[: latest + 1]):
        if point.value is None or exact(point.value) == limits.mean:
            break
        if (exact(point.value) > limits.mean) != high:
            break
        count += 1
    return count


def _earlier(series: Series, change: Change) -> str:
    first, last = series.points[change.first].label, series.points[change.last].label
    when = f"in {first}" if first == last else f"from {first} to {last}"
    how = "high" if change.side == "high" else "low"
    return f"Earlier, unusually {how} {when}, {_FOR[change.meaning]}."


def _gap(point: Point) -> str:
    return f"{point.label} ({point.why.strip().rstrip('.')})" if point.why.strip() else point.label


def _holes(series: Series) -> list[str]:
    """A sentence for each place where a period seems to be left out altogether."""
    pairs = list(pairwise(series.points))
    if not pairs:
        return []
    usual = median_low([after.on - before.on for before, after in pairs])
    return [
        f"Between {before.label} and {after.label} a {period(series)} seems to be missing."
        for before, after in pairs
        if usual > timedelta(0) and (after.on - before.on) > usual * 1.6
    ]


def _many(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"
