"""The calendar of meetings: series, moves, cancellations, and the secret address of a diary."""

from datetime import date, time

import pytest

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web.changes import meetings
from goldenthread.web.models import CalendarLink, Meeting
from goldenthread.web.queries import meetings as queries
from web.world import AT, DAY, ON


def _arranged(world, *days, **more):
    row = world.committee()
    meetings.arrange_meetings(by=world.manager, committee=row, days=days, at=AT, **more)
    return row


def test_a_series_is_arranged_in_one_go_with_its_papers(world):
    row = _arranged(world, ON, ON + 30 * DAY, starts=time(18, 30), place="Hall", papers_before=8)
    found = [(one.on, one.starts, one.place, one.papers_due) for one in row.meetings.all()]
    assert found == [(on, time(18, 30), "Hall", on - 8 * DAY) for on in (ON, ON + 30 * DAY)]


@pytest.mark.parametrize(
    ("days", "more", "field"),
    [
        ((), {}, "on"),
        ([ON + n * DAY for n in range(61)], {}, "on"),
        ([date(2001, 1, 1)], {}, "on"),
        ([ON], {"finishes": time(9)}, "finishes"),
        ([ON], {"starts": time(9), "finishes": time(9)}, "finishes"),
        ([ON], {"papers_before": 91}, "papers_before"),
    ],
)
def test_a_series_that_cannot_be_is_refused_whole(world, days, more, field):
    with pytest.raises(Missing) as refused:
        _arranged(world, *days, **more)
    assert set(refused.value.needs) == {field}
    assert not Meeting.objects.exists()


def test_of_a_series_that_clashes_with_itself_nothing_is_arranged(world):
    row = _arranged(world, ON)
    with pytest.raises(Missing, match=r"Nothing was kept"):
        meetings.arrange_meetings(by=world.manager, committee=row, days=[ON + DAY, ON], at=AT)
    assert [one.on for one in row.meetings.all()] == [ON]


def test_each_change_of_a_meeting_is_a_version_more_and_two_at_once_are_told(world):
    meeting = world.meeting()
    given = {"by": world.manager, "meeting": meeting, "at": AT}
    meetings.change_meeting(**given, on=ON, version=1, place="Hall")
    assert (meeting.version, meeting.on, meeting.place, meeting.changed_at) == (2, ON, "Hall", AT)
    with pytest.raises(OutOfStep):
        meetings.change_meeting(**given, on=ON + DAY, version=1)


def test_a_cancelled_meeting_stays_with_its_reason_and_frees_its_day(world):
    meeting = world.meeting()
    meetings.cancel_meeting(by=world.manager, meeting=meeting, reason="Snow", version=1, at=AT)
    assert (meeting.cancelled_at, meeting.cancelled_why, meeting.version) == (AT, "Snow", 2)
    world.meeting(meeting.committee, meeting.on + DAY)
    with pytest.raises(OutOfStep):
        meetings.change_meeting(by=world.manager, meeting=meeting, on=ON, version=2, at=AT)


def test_papers_are_never_due_after_the_meeting(world):
    with pytest.raises(Missing) as refused:
        meetings.change_meeting(
            by=world.manager,
            meeting=world.meeting(),
            on=ON,
            papers_due=ON + DAY,
            version=1,
            at=AT,
        )
    assert set(refused.value.needs) == {"papers_due"}


def test_a_year_of_meetings_is_told_month_by_month_and_its_clashes_are_seen(world):
    _arranged(world, date(2026, 10, 2), date(2026, 12, 1))
    _arranged(world, date(2026, 10, 2))
    _arranged(world, date(2027, 5, 4))
    found = queries.year_of_meetings(for_=world.manager, on=ON, today=ON)
    assert found.year.words == "2026/27"
    assert [(m.first, len(m.meetings)) for m in found.months] == [
        (date(2026, 10, 1), 2),
        (date(2026, 12, 1), 1),
    ]
    assert (found.clashes, found.count) == ({date(2026, 10, 2)}, 3)
    assert (found.before, found.after) == (False, True)


def test_what_comes_next_leaves_out_what_was_cancelled(world):
    row = _arranged(world, ON + DAY, ON + 9 * DAY, papers_before=3)
    first = row.meetings.first()
    meetings.cancel_meeting(by=world.manager, meeting=first, reason="Snow", version=1, at=AT)
    found = queries.ahead(for_=world.manager, on=ON)
    assert (found.meeting.on, found.papers.papers_due) == (ON + 9 * DAY, ON + 6 * DAY)


# -- the address of a diary ------------------------------------------------------------------------

SECRET, OTHER = "s" * 43, "t" * 43


def _renewed(person, secret=SECRET):
    return meetings.renew_calendar_link(by=person, secret=secret, at=AT)


def test_of_a_secret_a_digest_is_kept_and_nothing_else(world):
    link = _renewed(world.manager)
    held = " ".join(str(getattr(link, field.attname)) for field in CalendarLink._meta.fields)
    assert SECRET not in held
    assert queries.whose(meetings.digest_of(SECRET)) == world.manager


def test_a_new_address_ends_the_one_before(world):
    person = world.somebody("councillor")
    _renewed(person)
    _renewed(person, OTHER)
    assert queries.whose(meetings.digest_of(SECRET)) is None
    assert queries.whose(meetings.digest_of(OTHER)) == person
    meetings.end_calendar_link(by=person, at=AT)
    assert queries.whose(meetings.digest_of(OTHER)) is None
    with pytest.raises(Missing):
        meetings.end_calendar_link(by=person, at=AT)


def test_a_closed_account_and_a_short_secret_lead_nowhere(world):
    person = world.somebody("councillor")
    with pytest.raises(Missing):
        _renewed(person, "short")
    _renewed(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert queries.whose(meetings.digest_of(SECRET)) is None


def test_a_diary_holds_the_meetings_that_somebody_may_see_the_cancelled_too(world):
    seen = world.meeting(world.committee(world.unit("Resources")), ON + DAY)
    gone = world.meeting(seen.committee, ON + 2 * DAY)
    world.meeting(world.committee(world.unit("Housing and Communities")), ON + DAY)
    meetings.cancel_meeting(by=world.manager, meeting=gone, reason="Snow", version=1, at=AT)
    lead = world.somebody("lead_officer", world.unit("Resources"))
    assert queries.diary(for_=lead, on=ON) == (seen, gone)
