"""A measure of an edition as a series: the same whatever the order, and never past the wall."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.example_data import example
from goldenthread.plan import edition as ed
from goldenthread.spc import read
from goldenthread.timescale import last_ended, period_of

AT = date(2026, 10, 1)


def measure(values, months=3, **parts):
    """A measure with these figures, one for each period up to the last; None for none."""
    last = last_ended(AT, months)
    readings = tuple(
        ed.Reading(last.after(place - len(values) + 1).ends, value, "x")
        for place, value in enumerate(values)
    )
    given_ = {"quantity": "share", "unit": "%", "better": "higher", "counts": "things"}
    given_ |= {"source": "The panel log", "months": months, "readings": readings}
    return ed.Measure("Mixed panels", **(given_ | parts))


figures = st.lists(
    st.none() | st.floats(0, 100).map(lambda x: round(x, 1)), min_size=1, max_size=20
)


@given(values=figures, data=st.data())
def test_points_given_in_any_order_give_the_same_reading(values, data):
    told = measure(values)
    mixed = replace(told, readings=tuple(data.draw(st.permutations(told.readings))))
    assert ed.series(mixed, AT) == ed.series(told, AT)
    assert read(ed.series(mixed, AT)) == read(ed.series(told, AT))
    assert ed.finding(mixed, AT) == ed.finding(told, AT)


@given(values=figures, months=st.sampled_from([1, 3, 6, 12]))
def test_arrows_are_those_of_the_period_before_and_of_a_year_before(values, months):
    told = measure(values, months)
    known = {one.on: one.value for one in told.readings}
    latest = max((on for on, value in known.items() if value is not None), default=None)
    expected = {}
    if latest is not None:
        here = period_of(latest, months)
        for against, back in (("the period before", 1), ("a year before", 12 // months)):
            other = known.get(here.after(-back).ends)
            if other is not None:
                now = known[latest]
                expected[against] = "up" if now > other else "down" if now < other else "level"
    found = {arrow.against: arrow.way for arrow in read(ed.series(told, AT)).arrows}
    assert found == expected


def test_a_figure_after_the_editions_day_is_not_in_it():
    told = measure([50.0, 60.0])
    assert len(ed.series(told, date(2026, 9, 29)).points) == 1


@pytest.mark.parametrize("without", ["counts", "quantity", "better"])
def test_a_measure_that_does_not_say_is_never_drawn(without):
    told = replace(measure([50.0]), **{without: None})
    assert ed.series(told, AT) is None
    assert ed.finding(told, AT) == ""


def test_figures_that_the_wall_refuses_are_not_drawn():
    few = measure([5.0], quantity="count", unit=" people", counts="everybody")
    assert ed.series(few, AT) is None
    assert ed.series(measure([140.0]), AT) is None


def test_of_several_targets_the_next_to_be_reached_is_in_force():
    aims = (
        ed.Target(95.0, date(2028, 3, 31), "medium", "b"),
        ed.Target(60.0, date(2026, 6, 30), "short", "a"),
        ed.Target(99.0, date(2026, 6, 30), kind="forecast"),
    )
    series = ed.series(measure([50.0, 55.0, 61.0], targets=aims), AT)
    assert [series.target_at(point.on).value for point in series.points] == [60.0, 60.0, 95.0]


def test_with_few_figures_the_headline_is_the_figure_and_no_verdict():
    said = ed.finding(measure([50.0, 61.0]), AT)
    assert said.startswith("61% in Q2 2026/27. Not enough figures yet to tell a real change")


def test_a_period_without_a_figure_stays_empty_with_its_reason():
    series = ed.series(measure([50.0, None]), AT)
    assert [(point.value, point.why) for point in series.points] == [(50.0, ""), (None, "x")]


def test_an_edition_of_an_earlier_version_reads_as_it_did():
    plain = json.loads(example("edition.json").read_text(encoding="utf-8"))
    for schema in ("goldenthread.edition/1", "goldenthread.edition/1.1"):
        old = plain | {"schema": schema}
        for action in old["actions"]:
            action.pop("also_measured_by", None)
            for one in action["measures"]:
                for name in ed.Measure.__dataclass_fields__:
                    if name not in (
                        "words",
                        "number",
                        "unit",
                        "target",
                        "readings",
                        "finding",
                        "note",
                    ):
                        one.pop(name, None)
                one["readings"] = [{"on": r["on"], "value": r["value"]} for r in one["readings"]]
        for name in ("measures", "case_studies"):
            old.pop(name, None)
        found = ed.from_json(old)
        told = next(a for a in found.actions if a.number == "B4").measures[0]
        assert (told.counts, told.readings[-1].value, told.readings[-1].commentary) == (
            None,
            61.0,
            "",
        )
        assert ed.series(told, AT) is None
