"""What a document says, in the shape of its truth file: typed by hand, never by our reader."""

import calendar
from datetime import date


def _claim(raw, kind, start=None, end=None, precision=None, **more):
    plain = {
        "raw": raw,
        "kind": kind,
        "start": start,
        "end": end,
        "precision": precision,
        "recurrence": None,
        "status": None,
    }
    return plain | {key: value for key, value in more.items() if value is not None}


def _window(first, last=None):
    """The first and the last day of a month, or of a run of months, each as ``2024-03``."""
    year, month = map(int, (last or first).split("-"))
    return f"{first}-01", date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def day(raw, when, **more):
    return _claim(raw, "date", when, when, "day", **more)


def month(raw, when, **more):
    return _claim(raw, "date", *_window(when), "month", **more)


def by(raw, end, precision="month", **more):
    return _claim(raw, "date", None, end, precision, **more)


def within(raw, start, end, precision, **more):
    return _claim(raw, "date", start, end, precision, **more)


def months(raw, first, last, precision="month", **more):
    return _claim(raw, "period", *_window(first, last), precision, **more)


def span(raw, start, end, precision="day", **more):
    return _claim(raw, "period", start, end, precision, **more)


def quarter(raw, first, **more):
    """Three months from ``2024-04``."""
    year, number = map(int, first.split("-"))
    return _claim(raw, "date", *_window(first, f"{year}-{number + 2:02}"), "quarter", **more)


def financial(raw, year, **more):
    return _claim(raw, "date", f"{year}-04-01", f"{year + 1}-03-31", "financial_year", **more)


def academic(raw, year, **more):
    return _claim(raw, "date", f"{year}-09-01", f"{year + 1}-08-31", "academic_year", **more)


def ongoing(raw="Ongoing", start=None, **more):
    return _claim(raw, "ongoing", start, None, None, **more)


def every(raw, recurrence, start=None, end=None, **more):
    return _claim(raw, "recurring", start, end, None, recurrence=recurrence, **more)


def state(raw, status, start=None, end=None, **more):
    precision = None if start is None else ("day" if start == end else "month")
    return _claim(raw, "status", start, end, precision, status=status, **more)


def event(raw, name, start=None, end=None, precision=None, **more):
    return _claim(raw, "event", start, end, precision, event=name, **more)


def after(raw, offset, anchor, end=None, **more):
    return _claim(raw, "relative", None, end, None, offset=offset, anchor=anchor, **more)


def perhaps(raw, **more):
    return _claim(raw, "conditional", **more)


def unknown(raw, **more):
    return _claim(raw, "unknown", **more)


def act(text, leads="", *when, measure=None, status=None, rag=None, **other):
    """One action; leads are parted by “ | ”.

    Other readings that a careful person may give: ``leads_alt`` (texts like ``leads``),
    ``timescales_alt`` (lists of claims), ``status_alt``, ``text_alt``, ``split_alt``, ``optional``.
    """
    if "leads_alt" in other:
        other["leads_alt"] = [_leads(words) for words in other["leads_alt"]]
    return {
        "text": text,
        "leads": _leads(leads),
        "timescales": list(when),
        "measure": measure,
        "status": status,
        "rag": rag,
    } | other


def _leads(words):
    return [lead for lead in words.split(" | ") if lead]


def rec(number, text, *actions, theme=None, **other):
    return {
        "number": number,
        "text": text,
        "theme": theme,
        "status": other.pop("status", None),
        "actions": list(actions),
    } | other


def plan(title, document_date, *recommendations, leave_out=(), abbreviations=None):
    """A whole truth; ``leave_out`` has pairs of words that must not be read, and why."""
    whole = {
        "title": title,
        "document_date": document_date,
        "recommendations": list(recommendations),
    }
    if abbreviations:
        whole["abbreviations"] = abbreviations
    if leave_out:
        whole["must_not_import"] = [{"text": text, "why": why} for text, why in leave_out]
    return whole


DOCUMENTS = {}


def document(name, truth):
    """Register the function that draws a file of that name; its only argument is the path."""

    def registered(drawing):
        DOCUMENTS[name] = (drawing, truth)
        return drawing

    return registered
