import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts.examples import NAMED, WIDTHS, any_series, elements, words
from core.spc.figures import by_month, by_quarter, series
from goldenthread.charts import bar_chart, control_chart, ink, line_chart
from goldenthread.charts.frame import ends, tick_values, tick_words
from goldenthread.spc import Point, Quantity


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("share", [21, 61, 100], (0, 100, 25)),
        ("share", [2, 11], (0, 15, 5)),
        ("share", [0, 0], (0, 100, 25)),
        ("count", [3, 5], (0, 6, 2)),
        ("count", [1], (0, 1, 1)),
        ("rate", [14.5, 18.1], (0, 20, 5)),
        ("number", [-6, 15], (-10, 20, 10)),
        ("number", [7, 7], (6, 8, 0.5)),
        ("number", [-3, -1], (-3, -1, 0.5)),
        ("number", [1e6, 1e6 + 1e-9], (999999, 1000001, 0.5)),
        ("share", [5e-324], (0, 100, 25)),
    ],
)
def test_a_scale_has_round_ends_and_steps_and_starts_at_nought_where_it_must(
    kind, values, expected
):
    assert ends(by_month([], quantity=Quantity(kind)), values, 4) == pytest.approx(expected)


@given(st.sampled_from(["share", "count", "rate", "number"]), st.data())
def test_every_value_lies_on_its_scale_with_few_ticks(kind, data):
    low = -1e6 if kind == "number" else 0
    high = 100 if kind == "share" else 1e6
    values = data.draw(st.lists(st.floats(low, high), min_size=1))
    bottom, top, step = ends(by_month([], quantity=Quantity(kind)), values, 4)
    slack = step * 1e-6
    assert bottom - slack <= min(values) <= max(values) <= top + slack
    assert 2 <= len(tick_values(bottom, top, step)) <= 8


@given(any_series())
def test_no_two_ticks_have_the_same_words(figures):
    values = [point.value for point in figures.points if point.value is not None]
    low, high, step = ends(figures, values, 4)
    said = [tick_words(figures, value, step) for value in tick_values(low, high, step)]
    assert len(said) == len(set(said))


def _span(element, width):
    wide = ink.width_of(element.text, float(element.get("font-size")))
    x = float(element.get("x"))
    start = x - {"start": 0, "middle": wide / 2, "end": wide}[element.get("text-anchor")]
    return start, start + wide


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", [control_chart, line_chart, bar_chart])
@given(figures=any_series())
def test_no_words_leave_the_drawing(chart, width, figures):
    drawing = chart(figures, width=width)
    for element in elements(drawing, "text"):
        start, end = _span(element, width)
        assert start >= -1, element.text
        assert end <= width + 1, element.text
        assert 0 < float(element.get("y")) <= drawing.height


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMED)
def test_the_names_of_periods_never_touch(name, width):
    texts = [
        element
        for element in elements(control_chart(NAMED[name], width=width), "text")
        if re.fullmatch(r"Q[1-4]|[A-Z][a-z]{2}|20\d\d(/\d\d)?", element.text)
    ]
    rows = {element.get("y") for element in texts}
    assert rows
    for row in rows:
        spans = sorted(_span(element, width) for element in texts if element.get("y") == row)
        assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_quarters_stand_over_their_year_and_months_are_cut_to_three_letters():
    shown = words(line_chart(by_quarter([1, 2, 3, 4, 5])))
    assert [word for word in shown if word[0] == "Q"] == ["Q1", "Q2", "Q3", "Q4", "Q1"]
    assert {"2022/23", "2023/24"} <= set(shown)
    assert {"Apr", "May", "2022"} <= set(words(line_chart(by_month([1, 2]))))


def test_on_a_phone_many_quarters_have_only_years_and_the_last_year_stays():
    shown = words(control_chart(NAMED["answers"], width=300))
    assert "Q1" not in shown
    assert "2027/28" in shown


def test_a_single_quarter_has_its_year():
    assert {"Q1", "2022/23"} <= set(words(control_chart(by_quarter([5]))))


def _meetings(number):
    points = by_month(range(1, number + 1)).points
    return series(
        tuple(
            Point(p.on, f"Listening session in the Town Hall, number {n}", p.value)
            for n, p in enumerate(points, 1)
        )
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", [control_chart, line_chart, bar_chart])
def test_long_names_keep_their_end_and_are_thinned_from_the_last_one_backwards(chart, width):
    texts = elements(chart(_meetings(18), width=width), "text")
    tails = [one for one in texts if re.search(r"^….*number \d+$", one.text)]
    assert tails[0].text.endswith("number 18")
    spans = sorted(_span(one, width) for one in tails)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
