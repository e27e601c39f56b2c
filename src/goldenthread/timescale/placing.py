"""Moments into windows: the first and last day of a piece of calendar in its document.

A year that is not printed is looked for from the document's date, the heading above, or the other
end of a period; what had to be supposed is noted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from goldenthread.timescale import calendar
from goldenthread.timescale.calendar import Moment, Window
from goldenthread.timescale.moments import View
from goldenthread.timescale.value import Assumption

CONVENTION_PARTS = "Early, mid and late are thirds by a convention of ours."
NO_YEAR = "The words print no year and no date of the document is known: the days are left empty."


@dataclass(frozen=True)
class Dated:
    """A moment with the window that it names in its document; None where that cannot be known."""

    moment: Moment
    window: Window | None
    assumed: tuple[Assumption, ...] = ()


def place(moment: Moment, view: View, *, past: bool = False) -> Dated:
    """The window of a moment in its document, with what had to be assumed for it."""
    setting, assumed = view.setting, moment.assumed
    if moment.part:
        assumed = (*assumed, Assumption("convention", CONVENTION_PARTS))
    if moment.unit == "span":
        moment = replace(moment, unit=calendar.kind_of_year(setting))
        if setting.year == "calendar" and moment.year:
            whole = date(moment.year, 1, 1), date(moment.year + 1, 12, 31)
            return Dated(moment, whole, assumed)
    if moment.fixed is not None:
        window: Window | None = moment.fixed
        if window and moment.part:
            window = calendar.part_of(window, moment.part)
        return Dated(moment, window, assumed)
    if moment.unit in ("plan_year", "phase", "years"):
        return Dated(moment, None, assumed)
    if moment.unit == "municipal_year" and moment.year:
        note = "Municipal years run from one annual meeting to the next, whose days are not known."
        window = calendar.window(moment, moment.year, setting)
        return Dated(moment, window, assumed if window else _more(assumed, "ambiguous", note))
    if moment.year is not None:
        find = calendar.in_span if moment.spans else calendar.window
        return _week_of(moment, find(moment, moment.year, setting), assumed)
    if not moment.number and moment.unit in ("week", "month", "quarter", "term"):
        # "end of term" names the one we are in, and nothing says where we are
        return Dated(moment, None, _more(assumed, "ambiguous", NO_YEAR))
    if setting.in_year is not None:
        year = setting.in_year
        find = calendar.window if setting.year == "calendar" else calendar.in_span
        note = f"No year is printed; the heading's, {year}, is taken."
        window = find(moment, year, setting)
        return _week_of(moment, window, _more(assumed, "year_inferred", note))
    dated = view.dated or view.neighbour
    if dated is None or not moment.unit:
        return Dated(moment, None, _more(assumed, "ambiguous", NO_YEAR))
    window = calendar.without_year(moment, dated, past, setting)
    whose = "document's date" if view.dated else "date beside it"
    note = f"No year is printed; seen from the {whose}, {dated.isoformat()}."
    return _week_of(moment, window, _more(assumed, "year_inferred", note))


def _more(assumed: tuple[Assumption, ...], code: str, message: str) -> tuple[Assumption, ...]:
    return (*assumed, Assumption(code, message))


def _week_of(moment: Moment, window: Window | None, assumed: tuple[Assumption, ...]) -> Dated:
    """A week that begins or ends on the day; anything else as it is."""
    if window and moment.last == 7 and moment.unit == "day":
        six = timedelta(6)
        if moment.name == "from":
            window = window[0], window[0] + six
        else:
            window = window[0] - six, window[1]
    return Dated(moment, window, assumed)


def place_pair(first: Moment, second: Moment, view: View, *, past: bool) -> tuple[Dated, Dated]:
    """Two ends of a period: the one without a year borrows it from the other."""
    if first.year is None and first.fixed is None and (second.year is not None or second.fixed):
        end = place(second, view)
        if end.window and first.unit not in ("plan_year", "phase"):
            window = calendar.without_year(first, end.window[1], True, view.setting)
            return Dated(first, window, first.assumed), end
        return place(first, view, past=past), end
    if second.year is None and second.fixed is None and (first.year is not None or first.fixed):
        start = place(first, view)
        if start.window and second.unit not in ("plan_year", "phase"):
            window = calendar.without_year(second, start.window[0], False, view.setting)
            return start, Dated(second, window, second.assumed)
        return start, place(second, view, past=past)
    end = place(second, view, past=past)
    if end.window and second.year is None and second.fixed is None:
        window = calendar.without_year(first, end.window[1], True, view.setting)
        return Dated(first, window, first.assumed), end
    return place(first, view, past=past), end
