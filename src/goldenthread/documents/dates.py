"""When a document says that it was written, and how its years are meant.

Only the document is asked, never the calendar on the wall: "28th January" in a plan from 2021 is
not next January.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread import timescale
from goldenthread.documents.draft import DateBasis
from goldenthread.timescale import Setting, Timescale, YearKind

# Words by which a document dates itself, and meetings that date the paper before them.
_DATES_ITSELF = re.compile(
    r"\b(?:position (?:at|as at|on)|as at|as of|dated?|date of (?:issue|publication|report)|"
    r"published|updated|version|approved|agreed|adopted|draft|revised|last reviewed|"
    r"report date|effective)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:cabinet|council|committee|board|executive|panel|scrutiny|governing body|court|"
    r"senate|forum|meeting)\b",
    re.IGNORECASE,
)
# Another document's or another event's date is not this document's own.
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:date of [^:]*review|review (?:took place|held)|visit|survey|by|until|due|next review|"
    r"review date|snapshot|census|deadline)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:completed?|launched|held|since|published|started|commenced|achieved|closed)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(20\d\d)\s*(?P<sign>/|[-–—]|\bto\b)\s*((?:20)?\d\d)\b")
_ACADEMIC = re.compile(r"\b(?:university|college|academic year|higher education)\b", re.IGNORECASE)
_LABEL_WORDS = 9  # a line that only dates the document is no longer than this
_EXACTNESS = {"day": 3, "week": 2, "month": 2}
# How exact a date is, whether it stands on a line by itself, its reading, and how it is known.
_Found = tuple[int, bool, Timescale, DateBasis]


@dataclass(frozen=True)
class Dating:
    """A document's date as printed (ISO year, month or day), how it is known, and as a day.

    ``day`` is the last day of what is printed: readings of dates without a year count from it.
    """

    printed: str | None
    basis: DateBasis
    day: date | None


def find_date(opening: Sequence[str], cells: Iterable[str], given: date | None = None) -> Dating:
    """The document's own date from its opening paragraphs, else from the meeting its table names.

    ``opening`` holds the paragraphs and notes outside the plan's rows, ``cells`` the timescales
    in the plan. ``given`` is a person's answer and beats nothing that is printed.
    """
    found = [each for text in opening for each in _own_dates(text)]
    if not found and opening:
        found = _date_of_title(opening[0])
    if found:
        return _dating(*_chosen(found))
    if given is not None:
        return Dating(given.isoformat(), "given", given)
    return _from_table(list(cells))


def _chosen(found: Sequence[_Found]) -> tuple[Timescale, DateBasis]:
    """The most exact of the dates by which a document dates itself, the last where several are.

    A line that only dates the document comes before a sentence or a meeting, unless one of them
    says the same more exactly.
    """
    own = [each for each in found if each[3] == "printed" and each[1]]
    best = max(own or found, key=_exactly)
    if own:
        agreeing = [each for each in found if each[0] > best[0] and _lies_in(each[2], best[2])]
        best = max(agreeing, key=_exactly) if agreeing else best
    return best[2], best[3]


def _exactly(each: _Found) -> tuple[int, bool, date]:
    return each[0], each[1], each[2].end or date.min


def _lies_in(day: Timescale, whole: Timescale) -> bool:
    if day.end is None or whole.end is None:
        return False
    return (whole.start or whole.end) <= day.end <= whole.end


def _own_dates(text: str) -> list[_Found]:
    """Each date by which a text may date its document: how exact, whether a line by itself, the
    reading, and how it is known.
    """
    found: list[_Found] = []
    for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", text):
        own, meeting = _DATES_ITSELF.search(sentence), _MEETING.search(sentence)
        words = len(sentence.split())
        alone = words <= 4
        if not (own or meeting or alone) or (_OF_SOMETHING_ELSE.search(sentence) and not own):
            continue
        basis: DateBasis = "meeting" if meeting and not own else "printed"
        found += [
            (exactness, max(words, len(text.split()) - 3) <= _LABEL_WORDS, reading, basis)
            for reading in _dates_in(sentence)
            if (exactness := _EXACTNESS.get(reading.precision or "", 0))
        ]
    return found


def _date_of_title(title: str) -> list[_Found]:
    """The month or day with which a title ends ("Peer challenge action plan, January 2024")."""
    ends = [f.timescale for f in timescale.find(title) if not title[f.end :].strip(" .)")]
    return [
        (exactness, True, reading, "printed")
        for reading in ends
        if reading.kind == "date" and (exactness := _EXACTNESS.get(reading.precision or "", 0))
    ]


def _dates_in(text: str) -> list[Timescale]:
    if len(text) > 400:
        return []
    return [
        found.timescale
        for found in timescale.find(text)
        if found.timescale.kind in ("date", "event", "status") and found.timescale.end is not None
    ]


def _dating(reading: Timescale, basis: DateBasis) -> Dating:
    if reading.end is None:
        return Dating(None, "none", None)
    iso = reading.end.isoformat()
    return Dating(iso if reading.precision == "day" else iso[:7], basis, reading.end)


def _from_table(cells: Sequence[str]) -> Dating:
    """The first Cabinet or committee that the plan goes to, else the latest day it calls past."""
    meetings, past = [], []
    for text in cells:
        for reading in timescale.read(text):
            if reading.end is None or any(a.code == "year_inferred" for a in reading.assumed):
                continue
            if reading.kind == "event" and _MEETING.search(reading.event or ""):
                if _EXACTNESS.get(reading.precision or ""):
                    meetings.append(reading)
            elif reading.kind == "status" and _PAST.search(text):
                past.append(reading)
    if meetings:
        return _dating(min(meetings, key=lambda r: r.end or date.max), "meeting")
    if past:
        return _dating(max(past, key=lambda r: r.end or date.min), "inferred")
    return Dating(None, "none", None)


def find_setting(title: Sequence[str]) -> Setting:
    """What the document's title and opening say of its kind of year and of its own period.

    >>> find_setting(["Brackenford University race plan 2023-2027"]).year
    'academic'
    >>> find_setting(["Directorate plans 2024/25"]).plan_end
    datetime.date(2025, 3, 31)
    """
    opening = " ".join(title)
    year: YearKind = "academic" if _ACADEMIC.search(opening) else "financial"
    first_month = 9 if year == "academic" else 4
    for text in title[:6]:
        for found in timescale.find(text[:400]):
            start, end = found.timescale.start, found.timescale.end
            days = found.timescale.precision in ("day", "month")
            if days and start and end and (end - start).days >= 2 * _LONG:
                return Setting(year=year, plan_start=start, plan_end=end)
        match = _SPAN.search(text)
        if match is None:
            continue
        begin, last = int(match[1]), int(match[3])
        last += begin // 100 * 100 if last < 100 else 0
        if not begin < last <= begin + 15:
            continue
        end = date(last, first_month, 1) - _ONE_DAY
        return Setting(year=year, plan_start=date(begin, first_month, 1), plan_end=end)
    return Setting(year=year)


_PHASE = re.compile(
    r"\b(?P<name>phase\s+(?:\d|one|two|three|four)|(?:short|medium|long)(?:er)?[- ]term)\b",
    re.IGNORECASE,
)


def find_phases(texts: Iterable[str]) -> tuple[tuple[str, date], ...]:
    """The last day of each phase or horizon that the document itself defines.

    >>> [(name, str(day)) for name, day in find_phases(["Phase 1 runs to May 2025; Phase 2, 2026"])]
    [('Phase 1', '2025-05-31'), ('Phase 2', '2026-12-31')]
    """
    found: dict[str, date] = {}
    for text in texts:
        names = list(_PHASE.finditer(text[:2000]))
        for match, following in zip(names, [*names[1:], None], strict=False):
            until = following.start() if following else len(text)
            words = re.split(r"[;]|\.\s", text[match.end() : until], maxsplit=1)[0]
            ends = [end for r in timescale.read(words.strip(" :=–—-(),")) if (end := r.end)]
            if ends and len(words) < 80:
                found.setdefault(" ".join(match["name"].split()), max(ends))
    return tuple(found.items())


_BEGINS = re.compile(
    r"\b(?:year (?:1|one)|(?:the|this|our) (?:plan|programme|strategy|scheme)|it)\s+"
    r"(?:begins?|began|starts?|started|runs|covers|commences?)\s+(?=(?P<when>.{4,80}))",
    re.IGNORECASE,
)
_LONG = 300  # days: a shorter period is no plan's


def find_plan_years(texts: Iterable[str]) -> tuple[date, date | None] | None:
    """The first day of the plan, and its last where that is printed too; None where neither is.

    >>> find_plan_years(["The plan runs for three years. Year 1 begins on 1 August 2022."])
    (datetime.date(2022, 8, 1), None)
    """
    for text in texts:
        for match in _BEGINS.finditer(text[:2000]):
            words = re.split(r"[.;]\s|,\s", match["when"], maxsplit=1)[0]
            for found in timescale.read(words.strip(" .")):
                if found.start is not None and found.kind in ("date", "period", "ongoing"):
                    far = found.end is not None and (found.end - found.start).days >= _LONG
                    return found.start, found.end if far else None
    return None


_ONE_DAY = date(2000, 1, 2) - date(2000, 1, 1)
