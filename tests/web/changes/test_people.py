"""People, units, posts and roles: joining, leaving, succeeding, and what stays on the record."""

from datetime import date

import pytest

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.example_data import cast
from goldenthread.web.changes import people, units
from goldenthread.web.models import Grant, Holding, Person, Unit
from goldenthread.web.permissions import ROLES, may
from goldenthread.web.queries import people as queries
from web.world import AT, DAY, ON


def test_the_cast_has_one_person_for_each_role():
    assert set(cast.one_for_each_role()) == set(ROLES)
    assert len({one.email for one in cast.PEOPLE}) == len(cast.PEOPLE)


def test_the_council_is_the_one_of_the_cast(world):
    assert {p.name: p.email for p in Person.objects.all()} == {
        one.name: one.email for one in cast.PEOPLE
    }
    assert Unit.objects.get(parent=None).name == cast.BODY
    held = queries.roles(for_=world.manager, on=ON)
    assert [(one.title, one.unit) for one in held] == [("Programme manager", cast.BODY)]


def test_a_site_is_begun_once(world):
    with pytest.raises(NotAllowed):
        people.begin_site(by=None, body="X", name="A", email="a@b.example", at=AT, begins=ON)


def test_a_person_joins_without_a_password_and_without_a_role(world):
    person = people.add_person(
        by=world.administrator, name=" Ann  Lee ", email="ann@brackenford.example", at=AT
    )
    assert not person.has_usable_password()
    assert queries.permissions(for_=person, on=ON) == frozenset()


@pytest.mark.parametrize(
    ("name", "email", "wanted"),
    [
        ("A", "nobody", "email"),
        ("A", "", "email"),
        ("", "a@b.example", "name"),
        ("A", "PRIYA.RAMAN@brackenford.example", "email"),
        ("A", "a@b.example\nBcc: x@y.example", "email"),
    ],
)
def test_a_person_without_a_name_or_an_address_of_their_own_is_refused(world, name, email, wanted):
    with pytest.raises(Missing) as refused:
        people.add_person(by=world.administrator, name=name, email=email, at=AT)
    assert list(refused.value.needs) == [wanted]


def test_closing_an_account_ends_every_role_that_day(world):
    person = world.somebody("director")
    people.end_account(by=world.administrator, person=person, version=1, at=AT)
    assert Grant.objects.get(person=person).until == ON
    assert not may(person, "read_register", world.unit(), ON)


def test_a_role_is_given_and_ended_and_both_stay_on_the_record(world):
    person = world.somebody()
    given = {"person": person, "role": "councillor", "unit": world.unit(), "since": ON, "at": AT}
    grant = people.grant_role(by=world.administrator, **given)
    assert people.grant_role(by=world.administrator, **given) == grant
    people.end_role(by=world.administrator, grant=grant, until=ON + DAY, at=AT)
    assert may(person, "read_register", None, ON + DAY)
    assert not may(person, "read_register", None, ON + 2 * DAY)
    with pytest.raises(Missing):
        people.end_role(by=world.administrator, grant=grant, until=ON - DAY, at=AT)


def test_nobody_gives_a_role_to_themselves_or_ends_their_own(world):
    by = world.administrator
    with pytest.raises(NotAllowed) as refused:
        people.grant_role(by=by, person=by, role="auditor", unit=world.unit(), since=ON, at=AT)
    assert refused.value.rule == "not_oneself"
    with pytest.raises(NotAllowed):
        people.end_role(by=by, grant=Grant.objects.get(person=by), until=ON, at=AT)


def test_a_role_that_does_not_exist_is_refused(world):
    with pytest.raises(Missing):
        people.grant_role(
            by=world.administrator,
            person=world.manager,
            role="king",
            unit=world.unit(),
            since=ON,
            at=AT,
        )


def test_a_post_passes_from_hand_to_hand_without_a_gap_or_an_overlap(world):
    post = world.council.posts["Head of Learning"]
    person = world.somebody()
    people.appoint_holder(
        by=world.administrator, post=post, person=person, since=ON, version=post.version, at=AT
    )
    held = Holding.objects.filter(post=post).values_list("person__name", "since", "until")
    assert list(held) == [
        ("Joanna Osei", cast.BEGAN, ON - DAY),
        (person.name, ON, None),
    ]


def test_two_appointments_at_once_are_not_both_made(world):
    post = world.council.posts["Head of Learning"]
    given = {"by": world.administrator, "post": post, "version": post.version, "at": AT}
    people.appoint_holder(person=world.manager, since=ON, **given)
    with pytest.raises(OutOfStep):
        people.appoint_holder(person=None, since=ON + DAY, **given)


def test_a_holder_cannot_begin_before_the_last_one_did(world):
    post = world.council.posts["Head of Learning"]
    with pytest.raises(Missing):
        people.appoint_holder(
            by=world.administrator,
            post=post,
            person=None,
            since=date(2020, 1, 1),
            version=post.version,
            at=AT,
        )


def test_a_unit_that_is_succeeded_ends_the_day_before(world):
    before, after = world.unit("Tenancy Services"), world.unit("Place and Environment")
    units.succeed_unit(
        by=world.administrator, before=before, after=after, on=ON, version=before.version, at=AT
    )
    before.refresh_from_db()
    assert before.ends == ON - DAY
    assert [s.after for s in before.succeeded_by.all()] == [after]
    offered = queries.units(for_=world.administrator, permission="appoint", on=ON)
    assert before not in offered
    assert after in offered


def test_the_council_itself_cannot_be_succeeded(world):
    with pytest.raises(Missing):
        units.succeed_unit(
            by=world.administrator,
            before=world.unit(),
            after=world.unit("Resources"),
            on=ON,
            version=1,
            at=AT,
        )


def test_the_list_of_people_is_for_those_who_read_it(world):
    assert queries.people(for_=world.administrator, on=ON).count() == len(cast.PEOPLE)
    assert list(queries.people(for_=world.council.holding("councillor"), on=ON)) == []
    director = world.council.people["Colette Mbeki"]
    assert {post.unit.name for post in queries.posts(for_=director, on=ON)} == {
        "Housing and Communities"
    }
