"""A slow, obvious search for the year that a day or month without one means: walk day by day."""

from __future__ import annotations

from datetime import date, timedelta


def nearest_day(month: int, day: int, dated: date, *, past: bool) -> date:
    """The latest such day up to the document's date, or the first from it on."""
    step = timedelta(-1 if past else 1)
    here = dated
    while (here.month, here.day) != (month, day):
        here += step
    return here


def nearest_month(month: int, dated: date, *, past: bool) -> tuple[date, date]:
    """First and last day of the latest such month begun by the date, or the first not ended."""
    here = dated
    while here.month != month:
        here += timedelta(-1 if past else 1)
    first = here
    while (first - timedelta(1)).month == month:
        first -= timedelta(1)
    last = first
    while (last + timedelta(1)).month == month:
        last += timedelta(1)
    return first, last
