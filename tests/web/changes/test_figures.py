"""Figures are given whole or not at all; each is judged by one rule, wherever it comes from."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web import bridge
from goldenthread.web.bridge import Figure
from goldenthread.web.changes import figures, measures
from goldenthread.web.models import AuditEntry, AuditFacts, Point, Target, Tolerance
from goldenthread.web.queries import measures as queries
from web.measuring import Q1, Q2, give, measure, target
from web.world import AT, DAY, ON, SHOWN


def needs(deed, **given):
    with pytest.raises(Missing) as refused:
        deed(**given)
    return refused.value.needs


def test_a_figure_is_kept_with_its_period_and_what_it_means(world):
    row = measure(world)
    point = give(world, row, Q2, "61.5", "Every panel but one")
    assert (point.begins, point.ends, point.value) == (date(2026, 7, 1), Q2, Decimal("61.5"))
    assert (point.commentary, point.source, point.by) == (
        "Every panel but one",
        "hand",
        world.manager,
    )


def test_a_figure_without_its_commentary_is_not_kept_at_all(world):
    row = measure(world)
    assert needs(give, world=world, row=row, ends=Q2, value="61", commentary=" ") == {
        "commentary": "Say what the figure means."
    }
    assert Point.objects.count() == 0


def test_a_period_without_a_figure_says_why(world):
    row = measure(world)
    assert needs(give, world=world, row=row, ends=Q2, value=None, commentary="") == {
        "commentary": "Say why there is no figure."
    }
    point = give(world, row, Q2, None, "The log was lost in the move")
    assert point.value is None


def test_a_share_is_reckoned_of_its_part_and_whole(world):
    row = measure(world, places=1)
    point = give(world, row, Q2, None, "Eleven of eighteen", part=11, whole=18)
    assert (point.value, point.part, point.whole) == (Decimal("61.1"), 11, 18)


@pytest.mark.parametrize(
    ("value", "part", "whole", "wrong"),
    [
        (None, 0, 0, {"whole"}),
        (None, 3, None, {"whole"}),
        (None, 19, 18, {"whole"}),
        ("60", 11, 18, {"value"}),
        ("101", None, None, {"value"}),
        ("-1", None, None, {"value"}),
    ],
)
def test_a_share_that_cannot_be_so_is_refused_in_words(world, value, part, whole, wrong):
    row = measure(world)
    found = needs(
        give, world=world, row=row, ends=Q2, value=value, commentary="x", part=part, whole=whole
    )
    assert set(found) == wrong
    assert all(sentence.endswith(".") for sentence in found.values())


def test_a_share_of_nothing_says_so_and_names_no_number(world):
    row = measure(world)
    found = needs(give, world=world, row=row, ends=Q2, value=None, commentary="x", part=0, whole=0)
    assert found["whole"].startswith("There were none to take a share of")


def test_a_rounded_share_agrees_with_its_part_and_whole(world):
    row = measure(world)
    assert give(world, row, Q2, "61", "Eleven of eighteen", part=11, whole=18).value == 61


@pytest.mark.parametrize(
    ("ends", "months"),
    [
        (date(2026, 9, 29), 3),
        (date(2026, 8, 31), 3),
        (date(2026, 9, 30), 12),
        (date(2026, 12, 31), 3),
    ],
)
def test_a_period_is_a_whole_one_of_the_measure_that_has_ended(world, ends, months):
    row = measure(world, months=months)
    assert set(needs(give, world=world, row=row, ends=ends, value="1", commentary="x")) == {"ends"}


def test_the_leap_day_and_the_days_on_which_clocks_change_are_ends_like_any_other(world):
    row = measure(world, months=1)
    for moment, ends in (
        (datetime(2028, 2, 29, 23, 59), date(2028, 1, 31)),
        (datetime(2028, 3, 1, 0, 0), date(2028, 2, 29)),
        # Clocks went forward on 29 March 2026 and go back on 25 October 2026.
        (datetime(2026, 4, 1, 0, 30), date(2026, 3, 31)),
        (datetime(2026, 11, 1, 0, 30), date(2026, 10, 31)),
    ):
        at = timezone.make_aware(moment)
        assert give(world, row, ends, "50", "x", at=at).ends == ends
    early = timezone.make_aware(datetime(2028, 2, 29, 23, 59))
    again = measure(world, months=1)
    assert set(
        needs(
            give,
            world=world,
            row=again,
            ends=date(2028, 2, 29),
            value="1",
            commentary="x",
            at=early,
        )
    ) == {"ends"}


def test_a_period_has_one_figure_and_the_second_is_told_of_the_first(world):
    row = measure(world)
    give(world, row, Q2, "61", "x")
    with pytest.raises(OutOfStep, match="Q2 2026/27 has a figure already"):
        give(world, row, Q2, "62", "y")
    assert Point.objects.get().value == 61


def test_a_measure_that_has_not_said_what_it_counts_takes_no_figure(world):
    row = measure(world, counts="")
    assert set(needs(give, world=world, row=row, ends=Q2, value="1", commentary="x")) == {"measure"}


def test_of_everybody_a_figure_of_few_people_is_not_kept(world):
    row = measure(world, quantity="count", unit_words="people", counts="everybody")
    found = needs(give, world=world, row=row, ends=Q2, value="7", commentary="x")
    assert "fewer than 10 people" in found["value"]
    assert give(world, row, Q2, "12", "x").value == 12


def test_a_measure_that_ended_takes_no_later_figure(world):
    row = measure(world)
    measures.end_measure(
        by=world.manager, measure=row, version=row.version, until=Q1, reason="Replaced", at=AT
    )
    assert set(needs(give, world=world, row=row, ends=Q2, value="1", commentary="x")) == {"ends"}
    assert give(world, row, Q1, "50", "The last").value == 50


def test_a_correction_is_another_point_with_its_reason_and_the_first_stays(world):
    row = measure(world)
    first = give(world, row, Q2, "61", "x")
    changed = figures.correct_figure(
        by=world.manager,
        point=first,
        figure=Figure(Q2, Decimal(59), "Two panels were counted twice"),
        reason="Counted twice",
        at=AT,
    )
    assert (changed.replaces, changed.value, changed.ends) == (first, 59, Q2)
    told = queries.told(for_=world.manager, measure=row, as_at=ON)
    assert [point.value for point in told.points] == [59]
    assert queries.history(row) == {Q2: (first,)}


def test_a_correction_without_a_reason_is_none(world):
    first = give(world, measure(world), Q2, "61", "x")
    assert set(
        needs(
            figures.correct_figure,
            by=world.manager,
            point=first,
            figure=Figure(Q2, Decimal(59), "y"),
            reason=" ",
            at=AT,
        )
    ) == {"reason"}


def test_of_two_corrections_the_second_is_told_of_the_first(world):
    first = give(world, measure(world), Q2, "61", "x")
    given = {"by": world.manager, "point": first, "reason": "Wrong", "at": AT}
    figures.correct_figure(figure=Figure(Q2, Decimal(59), "y"), **given)
    with pytest.raises(OutOfStep, match="before you did"):
        figures.correct_figure(figure=Figure(Q2, Decimal(58), "z"), **given)


def test_a_red_figure_says_what_will_be_done(world):
    row = measure(world)
    target(world, row, "100")
    give(world, row, date(2025, 9, 30), "70", "x", at=AT)
    found = needs(give, world=world, row=row, ends=Q2, value="60", commentary="x")
    assert found == {"remedy": "This makes the measure red. Say what will be done about it."}
    assert give(world, row, Q2, "60", "x", remedy="Train 24 more people").remedy != ""
    # An earlier figure that was given late decides nothing.
    assert give(world, row, Q1, "10", "x").value == 10


def test_what_is_on_record_names_the_period_and_never_the_figure(world):
    row = measure(world)
    give(world, row, Q2, "61.25", "Secret words")
    entry = AuditEntry.objects.order_by("-number").first()
    facts = AuditFacts.objects.get(number=entry.number).facts
    assert (entry.act, facts) == ("figure.given", {"period": "2026-09-30", "figure": True})


def test_the_database_itself_keeps_points_targets_and_tolerances_as_they_were(world):
    row = measure(world)
    give(world, row, Q2, "61", "x")
    target(world, row, "100")
    measures.keep_tolerance(by=world.manager, near=Decimal("0.05"), reason="x", version=0, at=AT)
    for model in (Point, Target, Tolerance):
        for deed in (
            lambda model=model: model.objects.update(at=AT + DAY),
            lambda model=model: model.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(Exception, match=r"only ever added|frozen"), transaction.atomic():
                deed()
    for wrong in (
        {"commentary": ""},
        {"whole": 0, "part": 0},
        {"ends": date(2026, 6, 30)},
        {"replaces": Point.objects.get(), "reason": ""},
    ):
        given = {
            "begins": date(2026, 7, 1),
            "ends": date(2026, 7, 31),
            "value": 1,
            "source": "hand",
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Point.objects.create(
                **(
                    {"measure": row, "commentary": "x", "at": AT, "by": world.manager}
                    | given
                    | wrong
                )
            )
    assert connection.vendor in ("sqlite", "postgresql")


def test_a_lead_officer_gives_the_figures_of_their_own_measures_alone(world):
    officer = world.somebody("lead_officer")
    row, other = measure(world), measure(world)
    world.leads(officer, row.action)
    owned = measure(world, of=world.plan(), owner=row.action.leads.get(until=None).post)
    for mine in (row, owned):
        assert give(world, mine, Q2, "50", "x", by=officer).by == officer
    other.action.leads.filter(role="accountable").update(post=None, kind="person")
    with pytest.raises(NotAllowed) as refused:
        give(world, other, Q2, "50", "x", by=officer)
    assert refused.value.rule == "owns_the_measure"


def test_the_site_counts_what_its_register_holds(world):
    row = measure(
        world, quantity="count", unit_words="actions", system="actions_done", counts="things"
    )
    world.update(row.action, status="completed", completed_on=Q2, evidence=[SHOWN])
    point = figures.give_figure(
        by=world.manager,
        measure=row,
        figure=Figure(Q2, Decimal(99), "One more done"),
        at=AT,
    )
    assert (point.value, point.source) == (1, "system")
    assert (
        figures.settled(row, Figure(Q1, None, "x")).value,
        figures.settled(row, Figure(Q2, None, "x")).value,
    ) == (0, 1)


def test_a_form_sent_twice_keeps_one_point_and_another_figure_is_refused(world):
    row = measure(world)
    first = give(world, row, Q2, "61", "x", key="k" * 8)
    assert give(world, row, Q2, "61", "x", key="k" * 8) == first
    with pytest.raises(OutOfStep, match="other answers"):
        give(world, row, Q2, "62", "x", key="k" * 8)


def test_a_tolerance_holds_from_now_on_and_what_was_before_is_kept(world):
    row = measure(world)
    target(world, row, "100")
    give(world, row, Q2, "93", "x")
    assert queries.told(for_=world.manager, measure=row, as_at=ON).rated.colour == "green"
    measures.keep_tolerance(
        by=world.manager, near=Decimal("0.05"), reason="Cabinet asked", version=0, at=AT
    )
    assert queries.told(for_=world.manager, measure=row, as_at=ON).rated.colour is None
    assert [one.near for one in bridge.tolerances()] == [Decimal("0.05"), Decimal("0.1")]
    with pytest.raises(OutOfStep):
        measures.keep_tolerance(by=world.manager, near=Decimal("0.2"), reason="x", version=0, at=AT)
