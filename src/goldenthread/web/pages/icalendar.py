"""Meetings as an iCalendar file (RFC 5545), for any diary to follow.

Hours are written in UTC, worked out on the council's own clock for each day, so that both changes
of summer time are right without a table of time zones in the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from goldenthread.plan import edition as ed

MEDIA_TYPE = "text/calendar; charset=utf-8"
_CLOCK = ZoneInfo("Europe/London")
_WHO = "-//Golden Thread//Meetings//EN"
# RFC 5545, section 3.1: a line has at most 75 octets before its end.
_MOST_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Event:
    """One meeting as a diary shows it, and nothing else of it.

    ``uid`` stays the same however it changes; ``sequence`` grows with each change, the last of
    which was made at ``changed_at``. A meeting without an hour is of the whole day.
    """

    uid: str
    on: date
    title: str
    changed_at: datetime
    starts: time | None = None
    finishes: time | None = None
    place: str = ""
    link: str = ""
    sequence: int = 0
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """A calendar of this name with these events, as the bytes of a ``.ics`` file.

    Two calls with the same events give the same bytes. What is cancelled stays, with the status
    that tells a diary so.

    >>> told = calendar("Meetings", [Event("a@b", date(2026, 7, 1), "Cabinet",
    ...     datetime(2026, 6, 1, tzinfo=UTC), starts=time(18, 30))])
    >>> b"DTSTART:20260701T173000Z" in told
    True
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_WHO}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def of_edition(edition: ed.Edition) -> bytes:
    """The days that an edition names, as a calendar: what the public learns of meetings.

    A meeting keeps its name through every edition; of words that somebody wrote the name is made
    of the day and the words, so that it stays the same for as long as they do.
    """
    return calendar(
        f"{edition.plan}, {edition.body}",
        (
            Event(
                uid=uid(one.id or _made_of(edition, one)),
                on=one.on,
                title=one.words,
                changed_at=datetime.combine(edition.as_at, time(), UTC),
                starts=one.starts,
                place=one.place,
                sequence=one.sequence,
                cancelled=one.cancelled,
            )
            for one in edition.coming
        ),
    )


def uid(name: str) -> str:
    """The name by which every diary knows a meeting, whatever the address of the site."""
    return f"{name}@goldenthread"


def _made_of(edition: ed.Edition, one: ed.Coming) -> str:
    told = "\n".join((edition.body, edition.plan, one.on.isoformat(), one.words))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def _event(event: Event) -> Iterator[str]:
    changed = _utc(event.changed_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{event.sequence}"
    if event.starts is None:
        yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    else:
        yield f"DTSTART:{_hour(event.on, event.starts)}"
        if event.finishes is not None:
            yield f"DTEND:{_hour(event.on, event.finishes)}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    if event.link:
        yield f"URL:{_shown(event.link)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT" if event.cancelled or event.starts is None else "TRANSP:OPAQUE"
    yield "END:VEVENT"


def _hour(on: date, at: time) -> str:
    return _utc(datetime.combine(on, at, _CLOCK))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Words as a value of type TEXT (RFC 5545, section 3.3.11)."""
    tidy = _shown(words.replace("\r\n", "\n").replace("\r", "\n"), keep="\n")
    for sign in ("\\", ";", ","):
        tidy = tidy.replace(sign, f"\\{sign}")
    return tidy.replace("\n", "\\n")


def _shown(words: str, keep: str = "") -> str:
    """The words without control characters, with which a line could be ended early."""
    return "".join(sign for sign in words if sign in keep or not _CONTROL.fullmatch(sign))


def _folded(line: str) -> bytes:
    """A line with its end, folded after 75 octets and never inside a letter."""
    parts: list[bytes] = []
    held = b""
    for sign in line:
        letter = sign.encode()
        # Every line but the first begins with a space, which is one of its octets.
        if len(held) + len(letter) > _MOST_OCTETS - bool(parts):
            parts.append(held)
            held = b""
        held += letter
    return b"\r\n ".join([*parts, held]) + b"\r\n"
