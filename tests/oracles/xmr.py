"""An XmR chart the slow way: each rule is asked of each point by looking at every window.

It shares nothing with ``goldenthread.spc`` but the definitions of NHSRplotthedots.
"""

from fractions import Fraction
from itertools import pairwise
from statistics import mean


def limits(values, *, screen=True, baseline=None):
    """Mean, average moving range, lower and upper limit, or None where no two are neighbours."""
    used, figures = [], 0
    for value in values:
        if figures != baseline:
            used.append(value)
            figures += value is not None
    ranges = []
    for place in range(1, len(used)):
        if used[place] is not None and used[place - 1] is not None:
            ranges.append(max(used[place], used[place - 1]) - min(used[place], used[place - 1]))
    if not ranges:
        return None
    if max(ranges) == 0 and len({value for value in used if value is not None}) > 1:
        return None
    if screen:
        kept = [one for one in ranges if one < mean(ranges) * Fraction(3267, 1000)]
        if sum(kept) > 0:
            ranges = kept
    centre = mean(value for value in used if value is not None)
    reach = mean(ranges) * Fraction(266, 100)
    return centre, mean(ranges), centre - reach, centre + reach


def rule_at(values, place, found):
    """The first rule that holds at a place, and whether it speaks of high or low; or None."""
    centre, _, lower, upper = found
    value = values[place]
    if value is None:
        return None
    if value > upper:
        return "outside", "high"
    if value < lower:
        return "outside", "low"
    trend = None
    for window in _windows(values, place, 7):
        if all(a < b for a, b in pairwise(window)):
            trend = "trend", "high"
        if all(a > b for a, b in pairwise(window)):
            trend = "trend", "low"
    if trend:
        return trend
    side = "high" if value > centre else "low"
    third = (upper - centre) / 3

    def near(other):
        return 2 * third < abs(other - centre) <= 3 * third

    for window in _windows(values, place, 3):
        if near(value) and sum(map(near, window)) >= 2 and _one_side(window, centre):
            return "two of three", side
    for window in _windows(values, place, 7):
        if _one_side(window, centre):
            return "run", side
    return None


def _one_side(window, centre):
    return all(one > centre for one in window) or all(one < centre for one in window)


def _windows(values, place, length):
    """Every run of so many neighbours, without a gap, that a place stands in; earliest first."""
    for first in range(len(values) - length + 1):
        window = values[first : first + length]
        if first <= place < first + length and None not in window:
            yield window
