"""What is kept of listening: sessions, one-to-ones and themes, with all that was ever said."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import listening
from goldenthread.web.models import (
    AuditEntry,
    AuditFacts,
    HeardThemeSaid,
    OneToOnes,
    Session,
    SessionSaid,
)
from web.listening import MAY, held, later, planning, session, sessions, theme
from web.world import AT, DAY, ON

JUNE, SEPTEMBER = date(2026, 6, 30), date(2026, 9, 30)


def needs(deed, *given, **more):
    with pytest.raises(Missing) as refused:
        deed(*given, **more)
    return refused.value.needs


def test_a_session_is_kept_with_what_was_said_of_it(world):
    row = session(world)
    assert (row.on, row.place, row.came, row.off_site) == (MAY, "Forward Drive depot", 17, True)
    (said,) = row.said.all()
    assert (said.came, said.reason, said.by) == (17, "", world.manager)


def test_a_correction_says_why_and_what_stood_before_is_kept(world):
    row = session(world)
    given = {"by": world.manager, "session": row, "at": AT}
    wanting = needs(
        listening.correct_session, **given, held=held(came=19), reason=" ", version=row.version
    )
    assert wanting == {"reason": "Say why it changes: what stood before is kept."}
    listening.correct_session(
        **given, held=held(came=19), reason="The list was read twice", version=row.version
    )
    assert [one.came for one in row.said.all()] == [17, 19]
    row.refresh_from_db()
    assert row.came == 19
    with pytest.raises(OutOfStep):
        listening.correct_session(**given, held=held(came=20), reason="Again", version=1)


def test_a_session_that_was_cancelled_says_why_and_nobody_came(world):
    row = session(world, came=None, cancelled_because="The room was flooded", on=ON + DAY)
    assert (row.came, row.cancelled_because) == (0, "The room was flooded")
    wanting = needs(session, world, came=4, cancelled_because="The room was flooded")
    assert wanting == {"came": "Nobody came to a session that was cancelled."}


def test_one_person_alone_is_a_one_to_one_and_has_no_day(world):
    assert "one-to-one" in needs(session, world, came=1)["came"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session(world).pk).update(came=1)


def test_a_session_lies_in_the_past_and_its_facilitator_is_a_post(world):
    wanting = needs(session, world, on=ON + DAY, facilitator="Joan Hartley", place=" ")
    assert set(wanting) == {"on", "facilitator", "place"}
    assert "Hartley" not in str(wanting)


@pytest.mark.parametrize("row", ["said of a session", "said of a theme", "a count"])
def test_what_was_said_is_never_changed_or_removed(world, row):
    of = planning(world)
    made = {
        "said of a session": lambda: session(world, of).said.get(),
        "said of a theme": lambda: theme(world, of).said.get(),
        "a count": lambda: count(world, of, 12),
    }[row]()
    model = type(made)
    for deed in (
        lambda: model.objects.filter(pk=made.pk).update(reason="x"),
        lambda: model.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def count(world, of, total, counted_to=JUNE, version=0, reason="", at=AT):
    return listening.count_one_to_ones(
        by=world.manager,
        planning=of,
        counted_to=counted_to,
        total=total,
        version=version,
        reason=reason,
        at=at,
    )


def test_one_to_ones_are_a_total_at_the_end_of_a_quarter_and_nothing_else(world):
    of = planning(world)
    count(world, of, 64)
    count(world, of, 121, counted_to=SEPTEMBER, version=1)
    assert [(row.total, row.counted_to) for row in of.one_to_ones.all()] == [
        (64, JUNE),
        (121, SEPTEMBER),
    ]
    assert {field.name for field in OneToOnes._meta.fields} == {
        *("id", "public_id", "planning", "counted_to", "total", "reason")
    }


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 9, 29), "no end of a quarter"),
        (date(2026, 12, 31), "a quarter that is not over"),
        (date(2025, 12, 31), "before the planning begins"),
    ],
)
def test_one_to_ones_are_never_counted_from_day_to_day(world, day, why):
    assert set(needs(count, world, planning(world), 64, counted_to=day)) == {"counted_to"}, why


def test_a_count_that_is_corrected_says_why_and_goes_back_to_no_earlier_quarter(world):
    of = planning(world)
    count(world, of, 64, counted_to=SEPTEMBER)
    given = {"counted_to": SEPTEMBER, "version": 1}
    assert set(needs(count, world, of, 66, **given)) == {"reason"}
    assert set(needs(count, world, of, 70, counted_to=JUNE, version=1)) == {"counted_to"}
    assert count(world, of, 66, **given, reason="Two were missed").total == 66
    with pytest.raises(OutOfStep):
        count(world, of, 70, **given, reason="Again")


def test_a_theme_is_kept_with_the_sessions_that_it_is_drawn_from(world):
    of = planning(world)
    drawn = sessions(world, of, 3)
    row = theme(world, of, drawn=drawn, name="Promotion is not open")
    assert set(row.sessions.all()) == set(drawn)
    (said,) = row.said.all()
    assert said.sessions == sorted(one.public_id for one in drawn)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"note": "Joan Hartley would not listen."}, "note"),
        ({"name": "What Cllr Khan said"}, "name"),
        ({"note": "We said so on 12 May."}, "note"),
        ({"note": "It is worse at the Forward Drive depot."}, "note"),
        ({"note": "18 people said so."}, "note"),
        ({"weight": "all"}, "weight"),
        ({"name": ""}, "name"),
        ({"one_to_ones": False}, "sessions"),
    ],
)
def test_a_theme_that_names_somebody_or_tells_a_session_is_refused(world, said, field):
    of = planning(world)
    session(world, of)
    assert set(needs(theme, world, of, **said)) == {field}
    assert not HeardThemeSaid.objects.exists()


def test_whoever_has_an_account_is_known_by_name_however_unusual_it_is(world):
    person = world.somebody()
    assert set(needs(theme, world, note=f"As {person.name.upper()} said.")) == {"note"}


def test_a_theme_is_drawn_from_sessions_of_its_own_directorate_that_were_held(world):
    of = planning(world)
    elsewhere = session(world, unit=world.unit("Housing and Communities"))
    cancelled = session(world, of, came=None, cancelled_because="Flooded")
    for wrong in (elsewhere, cancelled):
        assert set(needs(theme, world, of, drawn=[wrong])) == {"sessions"}


def test_a_theme_says_why_it_changes_and_keeps_what_it_said(world):
    of = planning(world)
    first, second, third = sessions(world, of, 3)
    row = theme(world, of, drawn=[first, second], name="Pay", weight="some")
    listening.change_theme(
        by=world.manager,
        theme=row,
        heard=listening.Heard("Pay and grading", "many", "Nothing follows."),
        sessions=[second, third],
        reason="The third session named grading",
        version=row.version,
        at=AT,
    )
    assert [(one.name, one.weight, len(one.sessions)) for one in row.said.all()] == [
        ("Pay", "some", 2),
        ("Pay and grading", "many", 2),
    ]
    assert set(row.sessions.all()) == {second, third}


def test_a_planning_has_one_theme_of_a_name_whatever_its_capitals(world):
    of = planning(world)
    theme(world, of, name="Pay")
    assert set(needs(theme, world, of, name="PAY")) == {"name"}


def merge(world, one, into, reason="They say the same"):
    one.refresh_from_db()
    into.refresh_from_db()
    return listening.merge_themes(
        by=world.manager, theme=one, into=into, reason=reason, version=one.version, at=later()
    )


def test_themes_that_are_merged_are_drawn_from_the_sessions_of_both_and_keep_both_histories(world):
    of = planning(world)
    first, second, third = sessions(world, of, 3)
    one = theme(world, of, drawn=[first, second], name="Pay")
    other = theme(world, of, drawn=[second, third], name="Grading")
    merge(world, one, other)
    assert set(other.sessions.all()) == {first, second, third}
    assert [len(said.sessions) for said in other.said.all()] == [2, 3]
    assert [said.merged_into for said in one.said.all()] == [None, other]
    assert set(one.sessions.all()) == {first, second}
    with pytest.raises(Missing, match="merged into another"):
        merge(world, one, other)
    # Its name is free again.
    theme(world, of, name="Pay")


def test_a_theme_is_not_merged_into_itself_one_elsewhere_or_one_that_is_none(world):
    of = planning(world)
    one, gone = theme(world, of), theme(world, of)
    elsewhere = theme(world, unit=world.unit("Housing and Communities"))
    listening.withdraw_theme(by=world.manager, theme=gone, reason="Said in jest", version=1, at=AT)
    for into in (one, elsewhere, gone):
        assert set(needs(merge, world, one, into)) == {"into"}
    with pytest.raises(Missing, match="withdrawn"):
        merge(world, gone, one)


def test_nothing_more_is_said_once_the_planning_is_closed(world):
    of = planning(world)
    row, heard = session(world, of), theme(world, of)
    type(of).objects.filter(pk=of.pk).update(closed_on=ON)
    for made in (row, heard):
        made.refresh_from_db()
    of.refresh_from_db()
    for deed in (
        lambda: session(world, of),
        lambda: theme(world, of),
        lambda: count(world, of, 12),
        lambda: listening.withdraw_theme(
            by=world.manager, theme=heard, reason="x", version=1, at=AT
        ),
        lambda: listening.correct_session(
            by=world.manager, session=row, held=held(came=3), reason="x", version=1, at=AT
        ),
    ):
        with pytest.raises(NotAllowed, match="closed with its review"):
            deed()


def test_a_facilitator_records_in_their_own_directorate_alone(world):
    of = planning(world)
    person = world.somebody("facilitator", world.unit("Resources"))
    session(world, of, by=person)
    theme(world, of, by=person)
    with pytest.raises(NotAllowed):
        session(world, unit=world.unit("Housing and Communities"), by=person)


def test_the_audit_tells_that_something_was_recorded_and_nothing_of_a_session(world):
    of = planning(world)
    row = session(world, of)
    listening.correct_session(
        by=world.manager,
        session=row,
        held=held(came=23, place="Canteen of the depot"),
        reason="Counted again in the canteen",
        version=1,
        at=AT,
    )
    theme(world, of, drawn=[row], note="Nobody explains.")
    count(world, of, 47)
    acts = ["session.recorded", "session.corrected", "theme.heard", "one_to_ones.counted"]
    entries = AuditEntry.objects.filter(act__in=acts).order_by("number")
    assert [one.act for one in entries] == acts
    told = str(
        list(
            AuditFacts.objects.filter(number__in=[one.number for one in entries]).values_list(
                "facts", flat=True
            )
        )
    )
    assert "came" in told  # the name of the field, and the search would see its value
    for fact in ("2026-05", "Forward", "anteen", "17", "23", "47", "explains"):
        assert fact not in told
    assert SessionSaid.objects.count() == 2
