import typing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.spc.figures import by_month, by_quarter, series
from goldenthread.errors import Unreadable, Unsafe
from goldenthread.spc import Counts, Point, Quantity, Series, Step, Target, read, share
from goldenthread.spc.series import decimals, figure

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    "mark",
    ["people by characteristic", "people by unit", "staff by ethnic group", "people", "", None, 3],
)
def test_a_series_cannot_be_marked_as_counting_people_by_characteristic_or_unit(mark):
    with pytest.raises(Unsafe) as refused:
        by_month([1, 2], counts=mark)
    assert refused.value.rule == "people in a series"
    assert not mark or str(mark) not in str(refused.value).replace("people", "")


def test_the_wall_is_a_type_with_no_word_for_people_by_anything():
    assert typing.get_type_hints(Series)["counts"] is Counts
    assert [mark.value for mark in Counts] == ["things", "everybody"]


def test_whoever_makes_a_series_says_what_it_counts():
    with pytest.raises(TypeError, match="counts"):
        Series(
            title="Panels",
            quantity=Quantity("share"),
            better="higher",
            points=(),
            source="The panel log",
        )


def test_a_series_cannot_be_changed_into_another():
    things = by_month([1, 2])
    with pytest.raises(AttributeError):
        things.counts = "people by unit"
    with pytest.raises(Unsafe):
        replace(things, counts="people by unit")


@pytest.mark.parametrize("people", [1, 9])
def test_few_people_are_refused_though_counted_all_together(people):
    with pytest.raises(Unsafe) as refused:
        by_month([people], counts=Counts.EVERYBODY, quantity=Quantity("count", "people"))
    assert refused.value.rule == "few people"
    assert "April 2022" in str(refused.value)


def test_no_people_or_ten_people_are_shown():
    people = by_month([0, 10], counts=Counts.EVERYBODY, quantity=Quantity("count", "people"))
    assert [point.value for point in people.points] == [0, 10]


@pytest.mark.parametrize(
    ("value", "of"), [(50, None), (50, 9), (Fraction(100, 400), 400), (Fraction(900, 400), 400)]
)
def test_a_share_of_people_says_of_how_many_and_is_not_of_few(value, of):
    with pytest.raises(Unsafe):
        series(
            (Point(DAY, "Q1 2026/27", value, of=of),),
            counts=Counts.EVERYBODY,
            quantity=Quantity("share"),
        )


def test_a_share_of_many_people_is_kept():
    point = share(DAY, "Q1 2026/27", 310, 400)
    people = series((point,), counts=Counts.EVERYBODY, quantity=Quantity("share"))
    assert people.points == (Point(DAY, "Q1 2026/27", Fraction(155, 2), of=400),)


def test_things_may_be_few():
    assert by_month([1, 2, 0], quantity=Quantity("count", "panels")).points[0].value == 1


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("share", 101, "a share lies between 0% and 100%"),
        ("share", -0.1, "a share lies between 0% and 100%"),
        ("count", -1, "a count cannot be less than nought"),
        ("count", 2.5, "a count is a whole number"),
        ("rate", -3, "a rate cannot be less than nought"),
        ("number", float("nan"), "this is not a number"),
        ("number", float("inf"), "this is not a number"),
        ("number", Decimal("NaN"), "this is not a number"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_by_its_period_and_never_repeated(kind, value, sentence):
    with pytest.raises(Unreadable) as refused:
        by_month([value], quantity=Quantity(kind))
    assert f"April 2022: {sentence}" in str(refused.value)
    assert str(value) not in str(refused.value).replace("0% and 100%", "")


@pytest.mark.parametrize("value", [True, "61%", [61]])
def test_a_figure_that_is_no_number_is_a_mistake_of_the_program(value):
    with pytest.raises(TypeError):
        by_month([value])


def test_a_negative_number_is_a_figure_where_the_unit_allows_it():
    assert by_month([-3, 2], quantity=Quantity("number", "percentage points")).say(-3) == (
        "−3 percentage points"
    )


def test_a_share_of_nothing_is_a_gap_that_says_why():
    nothing = share(DAY, "Q1 2026/27", 0, 0)
    assert (nothing.value, nothing.of) == (None, 0)
    assert nothing.why == "there were none to take a share of"


def test_a_figure_given_for_a_share_of_nothing_is_refused():
    with pytest.raises(Unreadable, match="a share of nothing is no figure"):
        series((Point(DAY, "Q1 2026/27", 0, of=0),), quantity=Quantity("share"))


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 4), (0, -1)])
def test_a_part_larger_than_its_whole_is_refused(part, whole):
    with pytest.raises(Unreadable, match="Q1 2026/27: the part is more than the whole"):
        share(DAY, "Q1 2026/27", part, whole)


@pytest.mark.parametrize("days", [(2, 1), (1, 1)])
def test_periods_come_once_and_in_order(days):
    with pytest.raises(Unreadable, match="B does not come after A"):
        series(tuple(Point(date(2026, 6, d), n, 1) for d, n in zip(days, "AB", strict=True)))


def test_a_period_without_a_name_is_refused():
    with pytest.raises(Unreadable, match="A period has no name"):
        series((Point(DAY, "  ", 1),))


@pytest.mark.parametrize("field", ["title", "source"])
def test_a_series_has_a_title_and_a_source(field):
    with pytest.raises(Unreadable):
        by_month([1], **{field: " "})


def test_limits_never_start_anew_without_a_reason():
    with pytest.raises(Unreadable, match="without a reason"):
        by_month([1, 2], steps=(Step(DAY, " "),))


def test_limits_are_fixed_from_twelve_figures_or_more():
    with pytest.raises(Unreadable, match="12 figures or more"):
        by_month([1, 2], baseline=11)


def test_a_target_is_checked_as_a_figure_is_but_need_not_be_whole():
    with pytest.raises(Unreadable, match="Promised: a share lies"):
        by_month([1], quantity=Quantity("share"), targets=(Target(120, "Promised"),))
    assert by_month([1], quantity=Quantity("count"), targets=(Target(2.5),)).targets[0].value == 2.5


@pytest.mark.parametrize("better", ["up", "", None])
def test_an_unknown_way_of_better_is_a_mistake_of_the_program(better):
    with pytest.raises(ValueError, match="better"):
        by_month([1], better=better)


def test_the_target_in_force_is_the_last_that_has_begun():
    promised = by_quarter(
        [50] * 4,
        targets=(Target(60), Target(100, since=date(2023, 1, 1)), Target(80, since=DAY)),
    )
    assert [promised.target_at(point.on).value for point in promised.points] == [60, 60, 60, 100]
    assert by_quarter([1], targets=(Target(9, since=DAY),)).target_at(date(2022, 1, 1)) is None


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (0.125, 2, "0.13"),
        (2.675, 2, "2.68"),
        (-0.04, 1, "0.0"),
        (-0.05, 1, "−0.1"),
        (1234567, 0, "1,234,567"),
        (Fraction(1, 3), 1, "0.3"),
        (Decimal("99.95"), 1, "100.0"),
    ],
)
def test_figures_are_rounded_half_up_as_decimals(value, places, said):
    assert figure(value, places) == said


def test_a_series_prints_the_decimals_that_its_figures_have():
    assert by_month([61.25, 60]).places == 2
    assert by_month([61, 60]).places == 0
    assert by_month([0.123, 60]).places == 2
    assert by_month([61, 60], quantity=Quantity("share", places=1)).say(61) == "61.0%"
    assert [decimals(value) for value in (1, 1.5, Fraction(1, 3), 1 / 3)] == [0, 1, 1, 2]


def test_an_empty_series_is_allowed_and_says_so():
    assert read(series(())).sentence == "Not enough to say: there are no figures yet."
