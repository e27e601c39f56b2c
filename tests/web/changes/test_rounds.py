"""Cadences, and rounds that a person or the clock opens, keeps open and closes: each once."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes import rounds
from goldenthread.web.models import AuditEntry, AuditFacts, Cadence, Mail, Round
from goldenthread.web.queries.cadences import Head, cadences
from web.world import AT, DAY, SHOWN, action

HOUSING, TENANCY = "Housing and Communities", "Tenancy Services"
Q2 = date(2026, 9, 30)


def at(*day, hour=12):
    return timezone.make_aware(datetime(*day, hour))


SPRING = at(2026, 4, 2)


def opened(world, unit=None, when=AT, **more):
    """Quarter 2 of 2026/27, open from 17 September until 14 October."""
    given_days = {
        "months": 3,
        "ends": Q2,
        "teams_from": date(2026, 9, 17),
        "directors_from": date(2026, 10, 1),
        "closes": date(2026, 10, 14),
    }
    return rounds.open_round(
        by=world.manager, unit=unit or world.unit(), at=when, **(given_days | more)
    )


def kept(world, of, months=3, version=0, **days):
    return rounds.keep_cadence(
        by=world.manager, of=of, months=months, version=version, at=AT, **days
    )


def _facts(act):
    number = AuditEntry.objects.filter(act=act).order_by("-number").values_list("number")[:1]
    return AuditFacts.objects.get(number__in=number).facts


# -- cadences --------------------------------------------------------------------------------------


def test_without_a_cadence_everything_is_asked_about_each_quarter(world):
    row = world.action()
    found = cadences()
    assert found.rhythm_of(row).months == 3
    assert found.heads == {Head(world.unit().pk, 3)}


def test_the_nearest_cadence_counts(world):
    plan = world.plan(action("One"), action("Two"), unit=world.unit(TENANCY))
    one, two = plan.actions.all()
    kept(world, world.unit(HOUSING), 6)
    assert cadences().rhythm_of(one).months == 6
    kept(world, world.unit(TENANCY), 1, teams_before=3, grace=5)
    rhythm = cadences().rhythm_of(one)
    assert (rhythm.months, rhythm.teams_before, rhythm.grace) == (1, 3, 5)
    kept(world, plan, 12)
    assert cadences().rhythm_of(one).months == 12
    kept(world, one, 3)
    assert [cadences().rhythm_of(row).months for row in (one, two)] == [3, 12]
    assert cadences().heads == {
        Head(world.unit().pk, 3),
        Head(world.unit(HOUSING).pk, 6),
        *(Head(world.unit(TENANCY).pk, months) for months in (1, 3, 12)),
    }


def test_a_change_of_cadence_keeps_what_it_was_before(world):
    first = kept(world, world.unit(), 6)
    second = kept(world, world.unit(), 3, version=1)
    ended = rounds.end_cadence(by=world.manager, cadence=second, version=1, at=AT)
    assert [row.ended_by for row in Cadence.objects.all()] == [world.manager] * 2
    assert ended.ended_at == AT
    first.refresh_from_db()
    assert (first.months, first.ended_at) == (6, AT)
    assert cadences().units == {}


def test_of_two_who_change_a_cadence_one_is_told(world):
    kept(world, world.unit(), 6)
    for version in (0, 7):
        with pytest.raises(OutOfStep):
            kept(world, world.unit(), 3, version=version)
    with pytest.raises(OutOfStep):
        kept(world, world.unit(HOUSING), 3, version=1)
    assert Cadence.objects.filter(ended_at__isnull=True).get().months == 6


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"months": 2}, "months"),
        ({"teams_before": 0, "directors_before": 5}, "directors_before"),
        ({"teams_before": 89}, "teams_before"),
        ({"grace": 900}, "grace"),
    ],
)
def test_days_that_make_no_window_are_refused(world, days, wrong):
    with pytest.raises(Missing) as refused:
        kept(world, world.unit(), **days)
    assert list(refused.value.needs) == [wrong]
    assert not Cadence.objects.exists()


def test_a_plan_or_an_action_has_no_days_of_its_own(world):
    with pytest.raises(Missing):
        kept(world, world.plan(), 1, grace=3)


# -- opening ---------------------------------------------------------------------------------------


def test_a_round_is_opened_once_for_a_period(world):
    world.action(at=SPRING)
    row = opened(world)
    assert (row.begins, row.months, row.opened_by) == (date(2026, 7, 1), 3, world.manager)
    with pytest.raises(Missing):
        opened(world)
    assert Round.objects.count() == 1
    assert _facts("round.opened") == {
        "period": "Q2 2026/27",
        "closes": "2026-10-14",
        "asked": 1,
    }


def test_a_round_that_would_ask_nobody_is_not_opened(world):
    before = AuditEntry.objects.count()
    with pytest.raises(Missing):
        opened(world)
    assert not Round.objects.exists()
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"ends": date(2026, 9, 29)}, "ends"),
        ({"months": 5}, "ends"),
        ({"months": 12, "ends": date(2028, 3, 31), "closes": date(2028, 4, 9)}, "ends"),
        ({"teams_from": date(2026, 6, 30)}, "teams_from"),
        ({"directors_from": date(2026, 9, 16)}, "directors_from"),
        ({"closes": date(2026, 9, 29), "directors_from": date(2026, 9, 18)}, "closes"),
        ({"closes": date(2026, 9, 30), "directors_from": date(2026, 9, 18)}, "closes"),
    ],
)
def test_days_of_a_round_that_cannot_be_are_refused_by_their_name(world, days, wrong):
    world.action(at=SPRING)
    with pytest.raises(Missing) as refused:
        opened(world, **days)
    assert wrong in refused.value.needs
    assert not Round.objects.exists()


# -- closing ---------------------------------------------------------------------------------------


def test_a_round_closes_with_its_figures_frozen_and_a_late_update_is_still_kept(world):
    plan = world.plan(*(action(f"Action {n}") for n in range(4)), at=SPRING)
    first, second, third, _silent = plan.actions.all()
    row = opened(world)
    world.update(first, at=at(2026, 10, 2), evidence=[SHOWN])
    world.update(second, at=at(2026, 10, 14, hour=23), done="The same words as ever")
    closed = rounds.close_round(by=world.manager, round=row, version=1, at=at(2026, 10, 15))
    frozen = {
        "asked": 4,
        "answered": 2,
        "late": 0,
        "silent": 2,
        "nobody": 0,
        "without_evidence": 1,
        "unchanged": 0,
    }
    assert closed.figures["all"] == frozen
    assert (closed.closed_by, closed.closed_at) == (world.manager, at(2026, 10, 15))
    world.update(third, at=at(2026, 10, 16))
    closed.refresh_from_db()
    assert closed.figures["all"] == frozen
    live = rounds.counts(closed, on=date(2026, 10, 17))["all"]
    assert (live["answered"], live["late"], live["silent"]) == (2, 1, 1)
    assert live["asked"] == sum(live[name] for name in ("answered", "late", "silent", "nobody"))


def test_a_round_closes_once(world):
    world.action(at=SPRING)
    row = opened(world)
    rounds.close_round(by=world.manager, round=row, version=1, at=AT)
    with pytest.raises(Missing):
        rounds.close_round(by=world.manager, round=row, version=row.version, at=AT)
    row.closed_at = None
    with pytest.raises(OutOfStep):
        rounds.close_round(by=world.manager, round=row, version=1, at=AT)


def test_a_round_that_was_closed_too_early_opens_again_and_is_counted_anew(world):
    one = world.action(at=SPRING)
    row = opened(world)
    rounds.close_round(by=world.manager, round=row, version=1, at=AT)
    assert row.figures["all"]["silent"] == 1
    rounds.keep_round_open(
        by=world.manager, round=row, version=2, closes=date(2026, 10, 20), at=AT + DAY
    )
    row.refresh_from_db()
    assert (row.closed_at, row.closed_by, row.figures) == (None, None, {})
    assert _facts("round.kept_open")["figures"]["all"]["silent"] == 1
    world.update(one, at=at(2026, 10, 19))
    rounds.close_round(by=world.manager, round=row, version=3, at=at(2026, 10, 21))
    assert row.figures["all"]["answered"] == 1


@pytest.mark.parametrize("closes", [date(2026, 9, 1), date(2026, 9, 30), date(2027, 1, 1)])
def test_a_round_is_not_kept_open_until_a_day_that_passed_or_the_next_but_one(world, closes):
    world.action(at=SPRING)
    row = opened(world)
    with pytest.raises(Missing):
        rounds.keep_round_open(by=world.manager, round=row, version=1, closes=closes, at=AT)


# -- the turn of the clock -------------------------------------------------------------------------


def test_the_turn_of_the_clock_opens_what_is_due_and_closes_what_is_over_once(world):
    world.action(at=SPRING)
    assert rounds.turn(at=at(2026, 9, 16)) == rounds.Turned()
    (row,) = rounds.turn(at=at(2026, 9, 17)).opened
    assert (row.teams_from, row.directors_from, row.closes) == (
        date(2026, 9, 17),
        date(2026, 10, 1),
        date(2026, 10, 14),
    )
    for day in (at(2026, 9, 17, hour=13), at(2026, 9, 30), at(2026, 10, 14, hour=23)):
        assert rounds.turn(at=day) == rounds.Turned()
    (closed,) = rounds.turn(at=at(2026, 10, 15, hour=0)).closed
    assert (closed, closed.closed_by) == (row, None)
    assert closed.figures["all"]["silent"] == 1
    assert rounds.turn(at=at(2026, 10, 15)) == rounds.Turned()
    entry = AuditEntry.objects.filter(act="round.closed").get()
    assert entry.actor == ""
    assert _facts("round.closed")["done_by"] == "the daily turn of the clock"
    assert audit.verify()


def test_a_round_that_somebody_opened_is_not_opened_again_by_the_clock(world):
    world.action(at=SPRING)
    opened(world)
    assert rounds.turn(at=AT).opened == ()


def test_the_clock_opens_a_round_for_each_unit_that_has_days_of_its_own(world):
    world.action(at=SPRING)
    plan = world.plan(action("Ours"), unit=world.unit(TENANCY), at=SPRING)
    kept(world, world.unit(HOUSING), 3, teams_before=7, grace=7)
    kept(world, plan.actions.first(), 1)
    found = {
        (row.unit.name, row.months, row.closes) for row in rounds.turn(at=at(2026, 9, 28)).opened
    }
    body = world.unit().name
    assert found == {(body, 3, date(2026, 10, 14)), (HOUSING, 1, date(2026, 10, 7))}
    kept(world, plan.actions.first(), 3, version=1)
    rounds.turn(at=at(2026, 9, 28))
    assert {(row.unit.name, row.months) for row in Round.objects.all()} == {
        (body, 3),
        (HOUSING, 1),
        (HOUSING, 3),
    }


def test_a_clock_moved_by_a_year_and_back_does_nothing_twice(world):
    world.action(at=SPRING)
    rounds.turn(at=at(2026, 10, 2))
    ahead = rounds.turn(at=at(2027, 10, 2))
    assert [len(ahead.opened), len(ahead.closed)] == [1, 1]
    for moment in (at(2026, 10, 2), at(2026, 10, 3), at(2027, 10, 2), at(2025, 10, 2)):
        assert rounds.turn(at=moment) == rounds.Turned()
    assert Round.objects.count() == 2
    early = Round.objects.get(ends=Q2)
    rounds.keep_round_open(
        by=world.manager, round=early, version=2, closes=date(2026, 10, 14), at=at(2026, 10, 3)
    )
    assert rounds.turn(at=at(2026, 10, 3)) == rounds.Turned()


@pytest.mark.parametrize("night", [(2026, 3, 29), (2026, 10, 25)])
def test_both_changes_of_summer_time_open_and_close_on_their_own_day(world, night):
    """The window of a month closes and opens at midnight on the council's clock."""
    world.action(at=at(2026, 1, 5))
    kept(world, world.unit(), 1, teams_before=7, grace=7)
    seen = []
    start = timezone.make_aware(datetime(*night)) - timedelta(days=9)
    for hour in range(0, 24 * 20, 6):
        moment = start + timedelta(hours=hour)
        turned = rounds.turn(at=moment)
        seen += [(timezone.localdate(moment), "opened") for _ in turned.opened]
        seen += [(timezone.localdate(moment), "closed") for _ in turned.closed]
    (row,) = Round.objects.all()
    assert seen == [(row.teams_from, "opened")] + (
        [(row.closes + DAY, "closed")] if row.closed_at else []
    )


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(jumps=st.lists(st.integers(-400, 400), min_size=1, max_size=12))
def test_however_the_clock_jumps_a_period_is_opened_and_closed_once(world, jumps):
    Round.objects.all().delete()
    if not world.council.strand.plans.exists():
        world.action(at=at(2025, 1, 5))
    seen = []
    for jump in jumps:
        turned = rounds.turn(at=at(2026, 10, 2) + timedelta(days=jump))
        seen += [("opened", row.ends) for row in turned.opened]
        seen += [("closed", row.ends) for row in turned.closed]
    assert len(seen) == len(set(seen))
    assert not Mail.objects.exists()
