"""What of listening leaves a directorate, and that nobody learns more from it.

An intruder reads every edition there ever was, knows every session that was held, and may be one of
those who came. They must not learn the day, the place or the size of a session, nor that a given
session was among the sources of a theme.
"""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.plan.heard import PublicTheme
from goldenthread.web.changes import listening
from goldenthread.web.models import HeardTheme
from goldenthread.web.queries.facts import facts_for
from goldenthread.web.queries.listening import (
    COUNTED,
    listened,
    one_to_ones,
    public_themes,
    themes_of,
)
from web.listening import held, later, pack, planning, session, sessions, signed, theme
from web.world import AT, DAY


def names(of):
    return [one.name for one in public_themes(of)]


def test_no_theme_leaves_before_listening_is_signed_off(world):
    of = planning(world)
    theme(world, of, drawn=sessions(world, of, 4), name="Pay")
    assert names(of) == []
    signed(world, of)
    assert names(of) == ["Pay"]


def test_a_theme_of_fewer_than_three_sessions_never_leaves(world):
    of = planning(world)
    drawn = sessions(world, of, 5)
    theme(world, of, drawn=drawn[:2], name="Two", one_to_ones=True)
    theme(world, of, drawn=drawn[:3], name="Three")
    signed(world, of)
    assert names(of) == ["Three"]


def test_of_three_sessions_in_all_nothing_leaves_since_everybody_would_know_its_sources(world):
    of = planning(world)
    theme(world, of, drawn=sessions(world, of, 3))
    signed(world, of)
    assert names(of) == []


def test_a_theme_that_a_later_session_completes_does_not_appear_with_it(world):
    of = planning(world)
    drawn = sessions(world, of, 4)
    row = theme(world, of, drawn=drawn[:2], name="Pay")
    theme(world, of, drawn=drawn, name="Being heard")
    signed(world, of)
    signed(world, of, at=later(1), what="reopened")
    fifth = session(world, of, number=8, at=later(2))
    listening.change_theme(
        by=world.manager,
        theme=row,
        heard=listening.Heard("Pay", "many"),
        sessions=[*drawn[:2], fifth],
        reason="The fifth session spoke of it",
        version=1,
        at=later(3),
    )
    theme(world, of, drawn=[*drawn, fifth], name="New", at=later(3))
    signed(world, of, at=later(4))
    assert names(of) == ["Being heard"]
    assert {one.theme.name: listened(of).reads[one.theme.public_id] for one in themes_of(of)} == {
        "Pay": "late",
        "New": "late",
        "Being heard": "public",
    }


def test_a_weight_is_that_of_the_first_sign_off_and_words_those_of_the_newest(world):
    of = planning(world)
    drawn = sessions(world, of, 4)
    row = theme(world, of, drawn=drawn, name="Pay", weight="some")
    signed(world, of)
    fifth = session(world, of, number=8, at=later(1))
    listening.change_theme(
        by=world.manager,
        theme=row,
        heard=listening.Heard("Pay and grading", "many", "Clearer."),
        sessions=[*drawn, fifth],
        reason="It was raised again",
        version=1,
        at=later(2),
    )
    given_ = {"id": row.public_id, "weight": "some"}
    assert public_themes(of) == (PublicTheme(name="Pay", note="Nothing follows.", **given_),)
    signed(world, of, at=later(3))
    assert public_themes(of) == (PublicTheme(name="Pay and grading", note="Clearer.", **given_),)


def test_a_theme_that_was_merged_withdrawn_or_lost_its_sessions_leaves_no_more(world):
    of = planning(world)
    drawn = sessions(world, of, 5)
    merged, gone = (theme(world, of, drawn=drawn[:3], name=name) for name in ("Pay", "Food"))
    theme(world, of, drawn=drawn[2:], name="Few")
    kept = theme(world, of, drawn=drawn[:4], name="Kept")
    signed(world, of)
    assert names(of) == ["Few", "Food", "Kept", "Pay"]
    at = {"by": world.manager, "reason": "x", "at": later()}
    listening.merge_themes(theme=merged, into=kept, version=1, **at)
    listening.withdraw_theme(theme=gone, version=1, **at)
    listening.correct_session(
        session=drawn[4],
        held=held(4, came=None, cancelled_because="It was not held after all"),
        version=1,
        **at,
    )
    assert names(of) == ["Kept"]


def test_what_was_merged_into_it_later_adds_nothing_to_a_theme_of_two_sessions(world):
    of = planning(world)
    drawn = sessions(world, of, 4)
    one = theme(world, of, drawn=drawn[:2], name="Pay")
    other = theme(world, of, drawn=drawn[2:], name="Grading")
    signed(world, of)
    listening.merge_themes(
        by=world.manager, theme=one, into=other, reason="The same", version=1, at=later()
    )
    assert other.sessions.count() == 4
    signed(world, of, at=later(2))
    assert names(of) == []


def test_opening_the_step_again_takes_nothing_out(world):
    of = planning(world)
    theme(world, of, drawn=sessions(world, of, 4), name="Pay")
    signed(world, of)
    signed(world, of, at=later(), what="reopened")
    assert names(of) == ["Pay"]


def test_words_that_tell_of_a_session_entered_later_are_held_back(world):
    of = planning(world)
    row = theme(
        world, of, drawn=sessions(world, of, 4), note="It is worst at Mill Lane.", name="Pay"
    )
    signed(world, of)
    assert names(of) == ["Pay"]
    session(world, of, number=9, place="Mill Lane", at=later())
    assert names(of) == []
    assert listened(of).reads[row.public_id] == "words"


def test_a_public_theme_has_no_room_for_anything_of_a_session():
    assert {field.name for field in fields(PublicTheme)} == {"id", "name", "weight", "note"}


# -- the intruder ----------------------------------------------------------------------------------

MOST = 5
sources = st.lists(
    st.frozensets(st.integers(0, MOST - 1), min_size=0, max_size=MOST), min_size=1, max_size=3
)


def _told(world, drawn, facts, added, changed=None):
    """Every edition of a planning whose themes are drawn from sessions by their number.

    The first is taken at the sign-off, the next after another session and its themes, and the last
    after one more sign-off. ``facts`` are the days, places and sizes of the sessions.
    """
    editions = []
    with transaction.atomic():
        of = planning(world)
        rows = [
            session(
                world,
                of,
                on=held(0).on + timedelta(days=day),
                place=f"Place {place}",
                came=came,
            )
            for day, place, came in facts
        ]
        for number, numbers in enumerate(drawn):
            theme(
                world,
                of,
                name=f"Theme {chr(65 + number)}",
                drawn=[rows[one] for one in sorted(numbers)],
                one_to_ones=not numbers,
            )
        signed(world, of)
        editions.append(_edition(of))
        if added:
            more = session(world, of, number=20, at=later(1))
            for row in HeardTheme.objects.filter(planning=of):
                listening.change_theme(
                    by=world.manager,
                    theme=row,
                    heard=listening.Heard(row.name, row.weight, row.note, row.one_to_ones),
                    sessions=[*row.sessions.all(), more],
                    reason="Heard once more",
                    version=row.version,
                    at=later(2),
                )
            editions.append(_edition(of))
            signed(world, of, at=later(3))
            editions.append(_edition(of))
        transaction.set_rollback(True)
    return editions


def _edition(of):
    """What the public reads, without identifiers, which are random in each world."""
    return [(one.name, one.weight, one.note) for one in public_themes(of)]


fact = st.tuples(st.integers(0, 40), st.integers(0, 90), st.integers(2, 90))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=sources,
    facts=st.lists(fact, min_size=MOST, max_size=MOST),
    others=st.lists(fact, min_size=MOST, max_size=MOST),
)
def test_editions_are_the_same_whatever_the_day_place_and_size_of_any_session(
    world, drawn, facts, others
):
    assert _told(world, drawn, facts, added=True) == _told(world, drawn, others, added=True)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=sources)
def test_a_session_that_is_added_changes_no_edition_so_none_tells_what_it_said(world, drawn):
    facts = [(number, number, 10) for number in range(MOST)]
    first, second, third = _told(world, drawn, facts, added=True)
    assert first == second == third


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=sources, doubted=st.integers(0, MOST - 1))
def test_for_any_session_there_is_a_world_without_it_that_reads_the_same(world, drawn, doubted):
    """Whoever knows all sessions that were held cannot say that one was among the sources."""
    facts = [(number, number, 10) for number in range(MOST)]
    rest = frozenset(range(MOST)) - {doubted}
    without = [(numbers | rest if len(numbers) >= 3 else numbers) - {doubted} for numbers in drawn]
    assert all(doubted not in numbers for numbers in without)
    assert _told(world, without, facts, added=False) == _told(world, drawn, facts, added=False)


def test_the_intruder_would_see_a_leak(world):
    """The same search against a rule that looks at what stands now alone."""

    def naive(drawn, held_now):
        return {name for name, numbers in drawn.items() if len(numbers & held_now) >= 3}

    before, after = {"A": {0, 1}}, {"A": {0, 1, 5}}
    assert naive(before, {0, 1, 2, 3}) != naive(after, {0, 1, 2, 3, 5})


# -- what gates and pages ask ----------------------------------------------------------------------


def test_facts_count_what_stands_for_any_number_of_plannings(world, django_assert_num_queries):
    of = planning(world)
    elsewhere = planning(world, world.unit("Housing and Communities"))
    drawn = sessions(world, of, 4)
    theme(world, of, drawn=drawn[:3])
    merged, into = theme(world, of, drawn=drawn[:3]), theme(world, of, drawn=drawn[:1])
    gone = theme(world, of, drawn=drawn)
    at = {"by": world.manager, "reason": "x", "version": 1, "at": AT}
    listening.withdraw_theme(theme=gone, **at)
    listening.merge_themes(theme=merged, into=into, **at)
    listening.correct_session(
        session=drawn[2], held=held(2, came=None, cancelled_because="Not held"), **at
    )
    pack(world, of, findings=["Fewer stay.", "More apply."])
    with django_assert_num_queries(1):
        found = facts_for([of.pk, elsewhere.pk], COUNTED)
    assert found == {
        of.pk: {
            "sessions": 3,
            "themes": 2,
            "themes_of_three": 0,
            "packs": 1,
            "pack_findings": 2,
        },
        elsewhere.pk: dict.fromkeys(
            ("sessions", "themes", "themes_of_three", "packs", "pack_findings"), 0
        ),
    }
    assert facts_for([], COUNTED) == {}


@pytest.mark.parametrize(("total", "shown"), [(9, None), (10, 10), (121, 121)])
def test_one_to_ones_are_shown_as_a_number_from_ten_on(world, total, shown):
    of = planning(world)
    assert one_to_ones(of).version == 0
    listening.count_one_to_ones(
        by=world.manager,
        planning=of,
        counted_to=(AT - DAY).date(),
        total=total,
        version=0,
        at=AT,
    )
    found = one_to_ones(of)
    assert (found.total, found.version, found.quarter.name) == (shown, 1, "Q2 2026/27")
