"""A reading said back in plain words, with days and quarters as a council writes them."""

from __future__ import annotations

from datetime import date, timedelta

from goldenthread.timescale.value import Status, Timescale

_STATES: dict[Status, str] = {
    "not_started": "not started",
    "in_progress": "in progress",
    "completed": "completed",
    "delayed": "late",
    "on_hold": "on hold",
    "withdrawn": "withdrawn",
}


def in_words(timescale: Timescale) -> str:
    """What a reading means, for a person; the printed words where they have no other meaning.

    >>> from goldenthread.timescale import read
    >>> [in_words(reading) for reading in read("31 March 2022 and ongoing")]
    ['31 March 2022', 'ongoing']
    >>> in_words(read("by the end of September 2025")[0])
    'by 30 September 2025'
    >>> in_words(read("Q2 2024/25")[0])
    'quarter 2, 2024/25'
    """
    start, end = timescale.start, timescale.end
    window = _window(start, end, timescale.precision)
    if timescale.kind == "ongoing":
        state = f"{_STATES[timescale.status]} and ongoing" if timescale.status else "ongoing"
        return f"{state} from {day(start)}" if start else state
    if timescale.kind == "recurring":
        words = timescale.recurrence or timescale.raw
        return f"{words} from {day(start)}" if start else words
    if timescale.kind == "status":
        state = _STATES[timescale.status] if timescale.status else timescale.raw
        if timescale.status == "delayed" and window:
            return f"{state}: was due {window}"
        if timescale.status == "in_progress" and start:
            return f"under way since {day(start)}"
        return f"{state} {window}" if window else state
    if timescale.kind == "event":
        event = timescale.event or timescale.raw
        return f"{event}, {window}" if window else event
    if timescale.kind in ("date", "period") and window:
        return window
    return f"“{timescale.raw}”"


def day(value: date) -> str:
    """A day as a council writes it.

    >>> day(date(2027, 3, 31))
    '31 March 2027'
    """
    return f"{value.day} {value:%B %Y}"


def quarter(value: date) -> str:
    """The financial quarter of a day as a council writes it: April begins quarter 1.

    >>> quarter(date(2026, 9, 30)), quarter(date(2000, 1, 15))
    ('quarter 2, 2026/27', 'quarter 4, 1999/00')
    """
    begins = value.year if value.month >= 4 else value.year - 1
    number = (value.month - 4) % 12 // 3 + 1
    return f"quarter {number}, {financial_year(begins)}"


def financial_year(begins: int) -> str:
    """The name of the financial year that begins in April of a year.

    >>> financial_year(2026), financial_year(1999)
    ('2026/27', '1999/00')
    """
    return f"{begins}/{(begins + 1) % 100:02d}"


def _window(start: date | None, end: date | None, precision: str | None) -> str:
    if start is None:
        return f"by {day(end)}" if end is not None else ""
    if end is None:
        return f"from {day(start)}"
    if start == end:
        return day(start)
    whole = _unit(start, end)
    if whole == "month":
        return f"{start:%B %Y}"
    if whole == "quarter" and precision == "quarter":
        return quarter(start)
    if whole == "year":
        return f"{start.year}"
    if whole == "financial_year":
        return financial_year(start.year)
    if start.year == end.year:
        return f"{start.day} {start:%B} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def _unit(start: date, end: date) -> str | None:
    """The unit of the calendar that a window fills exactly."""
    after = end + timedelta(days=1)
    if start.day != 1 or after.day != 1:
        return None
    months = (after.year - start.year) * 12 + after.month - start.month
    if months == 1:
        return "month"
    if months == 3 and start.month % 3 == 1:
        return "quarter"
    if months == 12 and start.month == 1:
        return "year"
    if months == 12 and start.month == 4:
        return "financial_year"
    return None
