"""A division moves between directorates in mid-year: what was reported stays, what is is right.

Tenancy Services stands below Housing and Communities, and moves below Resources on 1 October 2026,
the first day of a quarter. Before it moves it has a plan with leads and updates, a round that was
closed, an issued paper and an edition; after it everything is looked at again.
"""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.errors import NotAllowed
from goldenthread.timescale import Rhythm, period_of
from goldenthread.web.changes import people, public_words, rounds, units
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import (
    AuditEntry,
    Edition,
    Holding,
    Link,
    Paper,
    Round,
    Succession,
    Unit,
)
from goldenthread.web.models.tree import Node, above, part_of
from goldenthread.web.permissions import may, reach, units_above
from goldenthread.web.queries import chase, papers, plan, register, roadmap
from goldenthread.web.queries import units as tree
from goldenthread.web.queries.cadences import cadences
from web.world import DAY, action

HOUSING, RESOURCES, TENANCY = "Housing and Communities", "Resources", "Tenancy Services"
MOVED = date(2026, 10, 1)
LAST, NOW = MOVED - DAY, date(2026, 11, 16)


def at(year, month, day):
    return timezone.make_aware(datetime(year, month, day, 10))


SPRING, AUTUMN, LATER = at(2026, 4, 2), at(2026, 9, 29), at(2026, 11, 16)


@pytest.fixture(autouse=True)
def today():
    """It is the middle of the quarter in which the division has moved."""
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def council(world):
    """Tenancy Services before it moves, with all that was said of it."""
    tenancy = world.unit(TENANCY)
    world.lead = world.somebody("lead_officer", tenancy, since=date(2026, 4, 1))
    post = people.add_post(
        by=world.administrator,
        title="Head of Tenancy",
        unit=tenancy,
        begins=date(2026, 4, 1),
        at=SPRING,
    )
    people.appoint_holder(
        by=world.administrator,
        post=post,
        person=world.lead,
        since=date(2026, 4, 1),
        version=post.version,
        at=SPRING,
    )
    world.here = people_of(world, HOUSING)
    world.there = people_of(world, RESOURCES)
    for name, words in ((HOUSING, "Ask Housing"), (RESOURCES, "Ask Resources")):
        public_words.word_public_page(
            by=world.manager, of=world.unit(name), version=1, contact=words, at=SPRING
        )
    world.of_council = world.plan(action("Train every manager"), at=SPRING)
    world.of_tenancy = world.plan(
        action("Hear tenants at the depot", lead="Head of Tenancy"),
        action("Train tenancy managers", lead="Head of Tenancy"),
        unit=tenancy,
        at=SPRING,
    )
    first, second = world.of_tenancy.actions.all()
    plans.link(
        by=world.manager,
        from_=second,
        to=world.of_council.actions.get(),
        meaning="serves",
        since=date(2026, 4, 2),
        at=SPRING,
    )
    closed = a_round(world, date(2026, 6, 30), at(2026, 6, 17))
    world.update(first, by=world.lead, at=at(2026, 6, 20), about=date(2026, 6, 30))
    rounds.close_round(by=world.manager, round=closed, version=closed.version, at=at(2026, 7, 20))
    world.closed = closed
    world.update(second, by=world.lead, at=AUTUMN, done="Twelve managers were trained")
    committee = world.committee(tenancy, public=True)
    world.paper_was = world.issued(
        world.worded(
            world.paper(
                world.of_tenancy, world.meeting(committee, on=MOVED), as_at=LAST - DAY, at=AUTUMN
            ),
            at=AUTUMN,
        ),
        at=AUTUMN,
    )
    world.committee_was = committee
    world.edition_was = world.next_edition(world.of_tenancy, at=AUTUMN)
    return world


def people_of(world, name):
    """A director of a directorate, since long before."""
    return world.somebody("director", world.unit(name), since=date(2026, 4, 1))


def a_round(world, ends, opened):
    window = Rhythm().window(period_of(ends))
    return rounds.open_round(
        by=world.manager,
        unit=world.unit(),
        months=3,
        ends=ends,
        teams_from=window.teams,
        directors_from=window.directors,
        closes=window.closes,
        at=opened,
    )


def move(world):
    """Tenancy Services moves below Resources; gives back its successor."""
    unit = Unit.objects.get(name=TENANCY, ends=None)
    return units.move_unit(
        by=world.administrator,
        unit=unit,
        parent=world.unit(RESOURCES),
        on=MOVED,
        version=unit.version,
        at=LATER,
    )


def of_last_quarter(world):
    """Every byte that was reported of the quarter before the move, for who could read it then."""
    paper = Paper.objects.get(pk=world.paper_was.pk)
    edition = Edition.objects.get(pk=world.edition_was.pk)
    found = {
        "the round's figures": Round.objects.get(pk=world.closed.pk).figures,
        "the paper": papers.drawn(paper),
        "the paper's facts": paper.facts,
        "the edition": edition.content,
        "the edition's digest": plans.digest(edition.content),
        "a new paper as at then": papers.told_since(
            world.committee_was, world.of_tenancy, on=LAST
        ).facts,
    }
    for file in paper.files.all():
        kept = Path(settings.MEDIA_ROOT, file.stored).read_bytes()
        found[f"the paper as {file.format}"] = hashlib.sha256(kept).hexdigest()
    for name in ("manager", "here", "there"):
        person = getattr(world, name)
        listed = plan.register(for_=person, as_at=LAST)
        found[f"the register as at then, to {name}"] = [
            (one.public_id, one.standing, one.plan.unit.name) for one in listed.actions
        ]
        seen = chase.chase(for_=person, round_=world.closed, on=NOW)
        found[f"the closed round, to {name}"] = (
            seen.states,
            [(part.public_id, part.name, every, quiet) for part, every, quiet in seen.parts],
            [(lead.name, lead.part.name) for lead in seen.leads],
        )
        found[f"the tree of then, to {name}"] = [
            (one.unit.name, one.depth) for one in tree.tree(for_=person, on=LAST, today=NOW).now
        ]
    return found


def test_last_quarter_is_unchanged_byte_for_byte(council):
    before = of_last_quarter(council)
    # What is compared tells of the division, so that a change would be seen.
    assert len(before["the register as at then, to here"]) == 3
    assert len(before["the register as at then, to there"]) == 1
    assert before["the closed round, to here"][2] == [(council.lead.name, HOUSING)]
    assert [part["name"] for part in before["the round's figures"]["parts"]] == [
        HOUSING,
        "Resources",
    ]
    assert "Ask Housing" in str(before["the edition"])
    move(council)
    after = of_last_quarter(council)
    assert {name for name in before if before[name] != after[name]} == set()


def test_this_quarter_stands_under_the_new_directorate(council):
    row = a_round(council, date(2026, 12, 31), LATER)
    parts = dict(where_asked(council, row))
    assert parts == {"Head of Tenancy": HOUSING, "Head of Learning": RESOURCES}
    move(council)
    assert dict(where_asked(council, row)) == {
        "Head of Tenancy": RESOURCES,
        "Head of Learning": RESOURCES,
    }
    listed = plan.register(for_=council.there, as_at=NOW).actions
    assert [one.text for one in listed if one.plan.unit.name == TENANCY] == [
        "Hear tenants at the depot",
        "Train tenancy managers",
    ]
    assert [one.plan.unit.name for one in plan.register(for_=council.here, as_at=NOW).actions] == [
        council.unit().name
    ]
    assert counted(rounds.counts(row, on=NOW)) == {RESOURCES: 3}
    found = roadmap.roadmap(for_=council.manager, plan=council.of_tenancy, as_at=NOW)
    assert [(name, count) for _id, name, count in found.units] == [(RESOURCES, 2)]


def where_asked(world, row):
    seen = chase.chase(for_=world.manager, round_=row, on=NOW)
    return [(lead.title, lead.part.name) for lead in seen.leads]


def counted(figures):
    return {part["name"]: part["asked"] for part in figures["parts"]}


def test_the_next_edition_asks_readers_to_turn_to_the_new_directorate(council):
    move(council)
    edition = council.next_edition(council.of_tenancy, at=LATER)
    assert edition.content["unit"] == TENANCY
    assert edition.content["contact"] == "Ask Resources"
    assert Edition.objects.get(pk=council.edition_was.pk).content["contact"] == "Ask Housing"


def test_who_may_follows_the_day(council):
    row = council.of_tenancy.actions.first()
    assert may(council.here, "add_update", row, NOW)
    assert not may(council.there, "add_update", row, NOW)
    move(council)
    row.refresh_from_db()
    assert not may(council.here, "add_update", row, NOW)
    assert may(council.there, "add_update", row, NOW)
    assert (row.plan.unit_id in reach(council.here, "read_register", LAST)) is True
    assert (row.plan.unit_id in reach(council.there, "read_register", LAST)) is False
    # Whoever worked in the division goes on with what it owned.
    assert may(council.lead, "add_update", row, NOW)
    with pytest.raises(NotAllowed):
        council.update(row, by=council.here, at=LATER)
    council.update(row, by=council.there, at=LATER)


def test_every_page_of_the_division_is_the_new_directors_and_no_longer_the_old_ones(
    council, client
):
    row = council.of_tenancy.actions.first()
    addresses = [
        reverse("plan", kwargs={"plan": council.of_tenancy.public_id}),
        reverse("action", kwargs={"action": row.public_id}),
        reverse("add_update", kwargs={"action": row.public_id}),
    ]
    for moved in (False, True):
        if moved:
            move(council)
        for person in (council.here, council.there):
            client.force_login(person)
            told = [client.get(address).status_code for address in addresses]
            theirs = (person == council.there) == moved
            assert told == ([200, 200, 200] if theirs else [403, 403, 403]), (moved, person.name)


def test_the_thread_is_walked_over_the_succession(council, client):
    made = move(council)
    entries = AuditEntry.objects.count()
    second = council.of_tenancy.actions.last()
    history = plan.history(for_=council.there, action=second, as_at=NOW)
    around = register.around(
        history, for_=council.there, as_at=NOW, known=register.Known.of(council.there, NOW)
    )
    assert [(one.words, one.said) for one in around.links] == [
        (around.links[0].words, "helps to keep")
    ]
    assert [lead.post.title for lead, _holders in around.answering] == ["Head of Tenancy"]
    assert [update.done for update in history.updates] == ["Twelve managers were trained"]
    assert Link.objects.get().until is None
    succession = Succession.objects.get(after=made)
    assert (succession.before.name, succession.on) == (TENANCY, MOVED)
    client.force_login(council.manager)
    page = client.get(reverse("action", kwargs={"action": second.public_id}))
    to = reverse("action", kwargs={"action": council.of_council.actions.get().public_id})
    assert to in page.content.decode()
    back = client.get(to).content.decode()
    assert reverse("action", kwargs={"action": second.public_id}) in back
    assert AuditEntry.objects.count() == entries


def test_what_the_division_plans_next_and_what_it_planned_are_reached_alike(council):
    made = move(council)
    new = council.plan(action("Go on", lead="Head of Tenancy"), unit=made, at=LATER)
    assert new.actions.get().leads.get().post.unit == made
    assert {council.of_tenancy.unit_id, new.unit_id} <= reach(council.there, "add_update", NOW)
    assert Holding.objects.get(post__title="Head of Tenancy").until is None


def test_a_cadence_of_its_own_goes_along(council):
    rounds.keep_cadence(
        by=council.manager, of=council.unit(TENANCY), months=1, version=0, grace=7, at=SPRING
    )
    made = move(council)
    found = cadences(NOW)
    assert found.units.keys() == {made.pk}
    assert found.rhythm_of(council.of_tenancy.actions.first()).months == 1
    assert cadences(LAST).units.keys() == {council.unit(TENANCY).pk}
    rounds.turn(at=at(2026, 11, 27))
    assert Round.objects.filter(unit=made, months=1).exists()


def test_a_unit_that_moves_twice_is_found_where_it_stands(council):
    made = move(council)
    again = units.move_unit(
        by=council.administrator,
        unit=made,
        parent=council.unit(),
        on=NOW,
        version=made.version,
        at=LATER,
    )
    parents, root = units_above(NOW), council.unit().pk
    assert part_of(council.of_tenancy.unit_id, parents) == again.pk
    assert parents[again.pk] == root
    assert part_of(council.of_tenancy.unit_id, units_above(NOW - DAY)) == council.unit(RESOURCES).pk
    assert part_of(again.pk, units_above(LAST)) == council.unit(HOUSING).pk


def test_two_units_that_are_joined_are_both_reached_from_the_one(world):
    one, two = (a_unit(world, name, HOUSING) for name in ("North", "South"))
    joined = a_unit(world, "Both", RESOURCES, begins=MOVED)
    for unit in (one, two):
        succeed(world, unit, joined)
    director = world.somebody("director", joined, since=date(2026, 4, 1))
    assert {one.pk, two.pk, joined.pk} == reach(director, "add_update", NOW)
    assert reach(director, "add_update", LAST) == {joined.pk}


def test_what_a_split_unit_owned_is_read_by_neither_half(world):
    whole = a_unit(world, "Whole", HOUSING)
    halves = [
        a_unit(world, "Half", HOUSING, begins=MOVED),
        a_unit(world, "Other half", RESOURCES, begins=MOVED),
    ]
    for half in halves:
        succeed(world, whole, half)
    for half in halves:
        director = world.somebody("director", half, since=date(2026, 4, 1))
        assert whole.pk not in reach(director, "add_update", NOW)
    # The whole council stands above both halves, and neither directorate does.
    assert units_above(NOW)[whole.pk] == world.unit().pk
    assert units_above(LAST)[whole.pk] == world.unit(HOUSING).pk


def test_what_nothing_took_over_stays_where_it_stood(world):
    gone = a_unit(world, "Gone", HOUSING)
    units.end_unit(by=world.administrator, unit=gone, until=LAST, version=gone.version, at=LATER)
    assert units_above(NOW)[gone.pk] == world.unit(HOUSING).pk


def a_unit(world, name, under, begins=date(2026, 4, 1)):
    return people.add_unit(
        by=world.administrator,
        name=name,
        kind="Division",
        parent=world.unit(under),
        begins=begins,
        at=SPRING,
    )


def succeed(world, before, after):
    before.refresh_from_db()
    units.succeed_unit(
        by=world.administrator,
        before=before,
        after=after,
        on=MOVED,
        version=before.version,
        at=LATER,
    )


FIRST = date(2026, 4, 1)


@st.composite
def organisations(draw):
    """Any units under one body, moved, joined, split and ended on any days, in order or not."""
    days = st.integers(0, 8).map(lambda n: FIRST + timedelta(days=n))
    count = draw(st.integers(1, 7))
    found = {0: Node(0, None, "body", FIRST, None)}
    for key in range(1, count):
        begins, ends = draw(days), draw(st.none() | days)
        heirs = draw(st.lists(st.tuples(st.integers(1, count - 1), days), max_size=3))
        found[key] = Node(
            key,
            draw(st.integers(0, key - 1)),
            "",
            begins,
            ends,
            tuple((heir, since) for heir, since in heirs if heir != key),
        )
    return found


@given(organisations(), st.integers(-1, 9))
def test_every_way_up_ends_at_the_body_whatever_the_days_say(found, day):
    on = FIRST + timedelta(days=day)
    parents = above(found, on)
    assert parents.keys() == found.keys()
    for key in found:
        way, here = [], key
        while here is not None:
            assert here not in way
            way.append(here)
            here = parents[here]
        assert way[-1] == 0
        assert part_of(key, parents) == (way[-2] if len(way) > 1 else 0)


@given(organisations(), st.integers(-1, 9))
def test_a_unit_that_stands_hangs_where_it_was_put(found, day):
    on = FIRST + timedelta(days=day)
    parents = above(found, on)
    for key, unit in found.items():
        if unit.begins <= on and (unit.ends is None or unit.ends >= on):
            assert parents[key] == unit.parent
