"""The notice of an edition that was taken down: what it says, and that it says nothing else."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import words
from goldenthread.errors import Unreadable
from goldenthread.plan import edition as ed

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
notices = st.builds(
    ed.TakenDown,
    body=words,
    plan=words,
    number=st.integers(1, 9999),
    as_at=days,
    published_on=days,
    on=days,
    reason=words.filter(bool),
    unit=words,
    two_people=st.booleans(),
    until=st.none() | moments,
)


@given(notices)
def test_a_notice_comes_back_from_its_json_as_it_was(notice):
    assert ed.notice_from_json(json.loads(json.dumps(ed.notice_to_json(notice)))) == notice


def test_a_notice_that_is_final_has_a_reason_and_one_that_is_being_checked_needs_none():
    told = ("Brackenford", "Race plan", 2, date(2026, 6, 30), date(2026, 7, 14), date(2026, 8, 3))
    with pytest.raises(ValueError, match="has a reason"):
        ed.TakenDown(*told)
    assert ed.TakenDown(*told, until=datetime(2026, 8, 6, 12, tzinfo=UTC)).being_checked
    assert not ed.TakenDown(*told, reason="It pointed at one person.").being_checked


@pytest.mark.parametrize("plain", [{}, {"schema": "goldenthread.taken-down/1"}, [], "x"])
def test_what_is_no_notice_is_refused_with_a_sentence(plain):
    with pytest.raises(Unreadable, match="notice"):
        ed.notice_from_json(plain)
