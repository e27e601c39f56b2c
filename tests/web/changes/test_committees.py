"""Bodies that meet: what they are, who sits in them, and that nothing of them is rewritten."""

import pytest
from django.db import DatabaseError, transaction

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import committees
from goldenthread.web.models import Committee, Remit
from goldenthread.web.queries import committees as queries
from web.world import AT, DAY, ON


def _begun(world, **more):
    given = {"name": "Scrutiny", "kind": "scrutiny", "letter": "s", "public": True, "begins": ON}
    return committees.begin_committee(by=world.manager, unit=world.unit(), at=AT, **given | more)


def test_a_body_is_begun_with_the_letters_of_its_numbers(world):
    row = _begun(world, asked_before=13)
    assert (row.name, row.letter, row.asked_before, row.public) == ("Scrutiny", "S", 13, True)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "  "}, "name"),
        ({"kind": "guild"}, "kind"),
        ({"letter": "S1"}, "letter"),
        ({"letter": "ABCDE"}, "letter"),
        ({"letter": ""}, "letter"),
        ({"asked_before": -1}, "asked_before"),
    ],
)
def test_a_body_that_is_not_whole_is_refused(world, said, field):
    with pytest.raises(Missing) as refused:
        _begun(world, **said)
    assert set(refused.value.needs) == {field}
    assert not Committee.objects.exists()


def test_no_two_bodies_share_letters_even_when_one_has_ended(world):
    row = _begun(world)
    committees.end_committee(by=world.manager, committee=row, until=ON, version=1, at=AT)
    with pytest.raises(Missing) as refused:
        _begun(world, name="Another")
    assert set(refused.value.needs) == {"letter"}


def test_letters_stay_once_something_was_asked(world):
    row = world.committee(letter="S")
    world.ask(row)
    with pytest.raises(Missing) as refused:
        committees.change_committee(
            by=world.manager,
            committee=row,
            name="Scrutiny",
            kind="scrutiny",
            letter="T",
            public=False,
            version=1,
            at=AT,
        )
    assert set(refused.value.needs) == {"letter"}


def test_a_body_that_ends_ends_its_seats_and_never_twice(world):
    row = world.committee()
    committees.end_committee(by=world.manager, committee=row, until=ON, version=1, at=AT)
    assert {seat.until for seat in row.memberships.all()} == {ON}
    with pytest.raises(OutOfStep):
        committees.end_committee(by=world.manager, committee=row, until=ON, version=2, at=AT)


def test_a_body_does_not_end_while_it_has_a_meeting_to_come(world):
    row = world.committee()
    world.meeting(row, ON + DAY)
    with pytest.raises(Missing):
        committees.end_committee(by=world.manager, committee=row, until=ON, version=1, at=AT)


def test_earlier_terms_stay_beside_those_that_took_their_place(world):
    row = world.committee()
    for text, days in (("To look", 20), ("To look twice", 10)):
        committees.agree_remit(
            by=world.manager,
            committee=row,
            text=text,
            agreed_on=ON - days * DAY,
            review_on=ON - 5 * DAY,
            at=AT,
        )
    found = queries.body(row, for_=world.manager, on=ON)
    assert (found.remit.words, [one.words for one in found.earlier]) == (
        "To look twice",
        ["To look"],
    )
    assert found.overdue
    with pytest.raises(DatabaseError), transaction.atomic():
        Remit.objects.filter(pk=found.remit.pk).update(words="To look away")


def test_a_seat_is_of_a_post_or_in_words_and_taken_once(world):
    row, post = world.committee(), world.council.posts["Chief Executive"]
    given = {"by": world.manager, "committee": row, "part": "member", "since": ON, "at": AT}
    for seats in ({}, {"post": post, "text": "UNISON"}):
        with pytest.raises(Missing) as refused:
            committees.seat(**given, **seats)
        assert set(refused.value.needs) == {"text"}
    for seats, field in (({"post": post}, "post"), ({"text": "UNISON"}, "text")):
        committees.seat(**given, **seats)
        with pytest.raises(Missing) as refused:
            committees.seat(**given, **seats)
        assert set(refused.value.needs) == {field}


def test_who_holds_the_post_holds_the_seat(world):
    row, person = world.committee(), world.somebody()
    post = world.holding(person)
    world.seat(row, post)
    found = queries.body(row, for_=world.manager, on=ON)
    assert (post.title, (person.name,)) in [(one.role, one.held_by) for one in found.seats]


def test_a_seat_that_ended_stays_on_the_page(world):
    row = world.committee()
    seat = row.memberships.first()
    committees.end_seat(by=world.manager, membership=seat, until=ON - DAY, version=1, at=AT)
    found = queries.body(row, for_=world.manager, on=ON)
    assert [one.row for one in found.former] == [seat]
    with pytest.raises(OutOfStep):
        committees.end_seat(by=world.manager, membership=seat, until=ON, version=2, at=AT)


def test_bodies_are_kept_by_whoever_keeps_them_and_read_by_readers(world):
    row = world.committee()
    with pytest.raises(NotAllowed):
        committees.end_committee(
            by=world.somebody("councillor"), committee=row, until=ON, version=1, at=AT
        )
    standing, _ended = queries.committees(for_=world.somebody("councillor"), on=ON)
    assert [one.row for one in standing] == [row]
    assert queries.committees(for_=world.somebody(), on=ON) == ((), ())
