"""Calendars that any diary can read: what we write, read back by somebody else's parser."""

import unicodedata
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import icalendar as other
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import edition
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from goldenthread.web.pages.icalendar import Event, calendar, of_edition

CHANGED = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def _event(**more):
    given_ = {"uid": "b6cj24gftk8d@goldenthread", "on": date(2026, 10, 21), "title": "Cabinet"}
    return Event(**given_ | {"changed_at": CHANGED} | more)


def _read(*events):
    return other.Calendar.from_ical(calendar("Meetings", events)).walk("VEVENT")


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2026, 3, 28), "20260328T183000Z"),  # the evening before summer time
        (date(2026, 3, 29), "20260329T173000Z"),
        (date(2026, 10, 24), "20261024T173000Z"),  # the evening before it ends
        (date(2026, 10, 25), "20261025T183000Z"),
    ],
)
def test_the_hour_is_right_on_both_sides_of_both_changes_of_summer_time(on, written):
    told = calendar("Meetings", [_event(on=on, starts=time(18, 30))])
    assert f"DTSTART:{written}\r\n".encode() in told
    [event] = _read(_event(on=on, starts=time(18, 30)))
    assert event.decoded("DTSTART").astimezone(LONDON) == datetime.combine(on, time(18, 30), LONDON)


def test_a_meeting_has_its_day_hours_place_link_and_nothing_else():
    [event] = _read(
        _event(
            starts=time(18, 30),
            finishes=time(20, 0),
            place="Council Chamber; Town Hall, 1st floor",
            link="https://brackenford.example/workspace/meetings/b6cj24gftk8d/",
            sequence=3,
        )
    )
    assert {name: str(event.get(name)) for name in ("UID", "SUMMARY", "LOCATION", "URL")} == {
        "UID": "b6cj24gftk8d@goldenthread",
        "SUMMARY": "Cabinet",
        "LOCATION": "Council Chamber; Town Hall, 1st floor",
        "URL": "https://brackenford.example/workspace/meetings/b6cj24gftk8d/",
    }
    assert event.decoded("DTEND") == datetime(2026, 10, 21, 19, 0, tzinfo=UTC)
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == CHANGED
    assert (event["SEQUENCE"], event["STATUS"]) == (3, "CONFIRMED")
    assert set(event) == {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"),
        *("LOCATION", "URL", "STATUS", "TRANSP"),
    }


def test_a_meeting_without_an_hour_is_of_the_whole_day_and_keeps_nobody_busy():
    [event] = _read(_event())
    assert event.decoded("DTSTART") == date(2026, 10, 21)
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_cancelled_meeting_stays_and_says_so():
    [event] = _read(_event(sequence=1, cancelled=True))
    assert (event["STATUS"], event["SEQUENCE"], event["TRANSP"]) == ("CANCELLED", 1, "TRANSPARENT")


def test_the_same_events_give_the_same_bytes():
    assert calendar("A", [_event()]) == calendar("A", [_event()])


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=120))
def test_no_words_end_a_line_or_are_lost_and_no_line_is_too_long(title, place, name):
    told = calendar(name, [_event(title=title, place=place)])
    assert told.endswith(b"END:VCALENDAR\r\n")
    lines = told.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None for line in lines)  # no letter is cut in two
    assert not any(c in line for line in lines for c in (b"\n", b"\r", b"\0"))
    found = other.Calendar.from_ical(told).walk("VEVENT")
    assert len(found) == 1
    kept = "".join(str(found[0]["SUMMARY"]).split())
    assert kept == "".join(_shown(title).split())


def _shown(text):
    """The words as they are kept: without control characters, which nobody can read."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))


# -- the public calendar ---------------------------------------------------------------------------


def _coming(**more):
    return ed.Coming(date(2026, 10, 21), "Cabinet meets", **more)


def test_the_public_calendar_is_made_of_the_edition_alone():
    told = edition(
        coming=(
            _coming(id="b6cj24gftk8d", starts=time(19), place="Chamber", sequence=2),
            ed.Coming(date(2026, 11, 3), "The review reports"),
        )
    )
    first, second = other.Calendar.from_ical(of_edition(told)).walk("VEVENT")
    assert str(first["UID"]) == "b6cj24gftk8d@goldenthread"
    assert first.decoded("DTSTART") == datetime(2026, 10, 21, 18, 0, tzinfo=UTC)
    assert (first["SEQUENCE"], str(first["LOCATION"])) == (2, "Chamber")
    assert second.decoded("DTSTART") == date(2026, 11, 3)
    assert pages.downloads(told)["meetings.ics"] == of_edition(told)


def test_words_that_stay_the_same_keep_their_name_through_editions():
    once = of_edition(edition(coming=(_coming(),), number=1))
    again = of_edition(edition(coming=(_coming(),), number=2))
    names = [str(other.Calendar.from_ical(one).walk("VEVENT")[0]["UID"]) for one in (once, again)]
    assert names[0] == names[1]


def test_an_edition_with_no_day_to_come_has_no_file_for_diaries():
    assert "meetings.ics" not in pages.downloads(edition())
