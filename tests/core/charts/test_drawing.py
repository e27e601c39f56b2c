"""What holds of every chart: safe to put in a page, the same bytes, its name, words and table."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import given

from core.charts.examples import ANSWERS, FEW, NAMED, PANELS, SVG, any_series, elements
from core.spc.figures import by_month, series
from goldenthread.charts import bar_chart, control_chart, line_chart, sparkline
from goldenthread.spc import Point, Quantity, read
from hostile import VECTORS

CHARTS = (control_chart, line_chart, bar_chart, sparkline)
ELEMENTS = {"svg", "title", "desc", "rect", "line", "path", "circle", "text"}
ATTRIBUTES = {
    *("viewBox", "role", "aria-labelledby", "font-family", "id", "width", "height", "fill"),
    *("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "stroke", "stroke-width"),
    *("stroke-dasharray", "stroke-linejoin", "paint-order", "font-size", "font-weight"),
    "text-anchor",
}
EACH = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)


def _inert(drawing):
    """Fail unless the drawing is well-formed and has nothing that could run or reach out."""
    root = ElementTree.fromstring(drawing.svg)
    assert {element.tag for element in root.iter()} <= {SVG + name for name in ELEMENTS}
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    assert not re.search("url|nan|inf", " ".join(e.get("d", "") for e in root.iter()))
    return root


@EACH
@given(any_series())
def test_any_series_is_drawn_as_inert_elements_with_presentation_attributes_alone(chart, figures):
    _inert(chart(figures))


@EACH
@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_words_stay_words(chart, vector):
    drawing = chart(
        series(
            (Point(PANELS.points[0].on, vector, 1), Point(PANELS.points[1].on, vector, 2)),
            title=vector,
            source=vector,
            quantity=Quantity("rate", vector),
        )
    )
    root = _inert(drawing)
    heard = root.find(SVG + "title").text
    assert "".join(heard.split())[:9] == re.sub("[\u202e\u2066\\s]", "", vector)[:9]


@EACH
def test_a_chart_is_one_image_named_by_its_title_and_description(chart):
    root = ElementTree.fromstring(chart(PANELS).svg)
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    assert [root.find(f"*[@id='{one}']").tag for one in named] == [SVG + "title", SVG + "desc"]
    title, description = (root.find(f"*[@id='{one}']").text for one in named)
    assert title == f"{PANELS.title}. {chart(PANELS).sentence}"
    assert (title, description) == (chart(PANELS).title, chart(PANELS).description)


def test_the_description_gives_the_reach_the_range_the_latest_and_the_target():
    assert control_chart(ANSWERS).description == (
        "Control chart by quarter from Q1 2022/23 to Q1 2027/28. The ordinary range is 50% to 62%, "
        "around an average of 56%. The latest figure is 49% in Q1 2027/28. The target is 75%. "
        "1 period has no figure. 18 figures are marked as more than ordinary ups and downs. "
        "The figures are in the table."
    )
    assert line_chart(FEW).description == (
        "Line chart by quarter from Q1 2022/23 to Q3 2022/23. The latest figure is 4 sessions in "
        "Q3 2022/23. The figures are in the table."
    )


@EACH
def test_no_two_drawings_in_a_page_share_an_id(chart):
    ids = [
        element.get("id")
        for figures in NAMED.values()
        for element in ElementTree.fromstring(chart(figures).svg).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids)) == 2 * len(NAMED)


@EACH
def test_a_chart_is_the_same_bytes_in_every_process(chart):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from goldenthread import charts; "
        "from core.charts.examples import ANSWERS; "
        "sys.stdout.buffer.write(getattr(charts, sys.argv[2])(ANSWERS).svg.encode())"
    )
    tests = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tests), chart.__name__],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "LC_ALL": "C"},
        timeout=60,
    )
    assert done.stdout.decode() == chart(ANSWERS).svg


@EACH
@pytest.mark.parametrize("given", [[1, 2, 3], {"points": [1]}, None, "61%"])
def test_a_chart_draws_a_series_and_nothing_else(chart, given):
    with pytest.raises(TypeError, match=r"spc\.Series"):
        chart(given)


@pytest.mark.parametrize("chart", [control_chart, sparkline])
def test_a_chart_refuses_the_reading_of_another_series(chart):
    with pytest.raises(ValueError, match="another series"):
        chart(PANELS, read(ANSWERS))
    assert chart(PANELS, read(PANELS)) == chart(PANELS)


def test_the_table_has_a_row_for_each_period_and_explains_its_shorthand():
    drawing = control_chart(ANSWERS)
    assert drawing.columns == ("Period", "Figure", "Target", "More than ordinary ups and downs?")
    assert [row[:3] for row in drawing.rows[:5]] == [
        ("Q1 2022/23", "58%", "[z]"),
        ("Q2 2022/23", "60%", "[z]"),
        ("Q3 2022/23", "57%", "[z]"),
        ("Q4 2022/23", "61%", "[z]"),
        ("Q1 2023/24", "59%", "65%"),
    ]
    assert drawing.rows[11] == ("Q4 2024/25", "[x]", "65%", "[x]")
    assert drawing.rows[12][3] == "No"
    assert drawing.rows[20][3] == "Yes: below the ordinary range: for the worse"
    assert drawing.notes[0] == "Source: The panel log."
    assert drawing.notes[-2:] == (
        "[x] not available: there is no figure.",
        "[z] not applicable: no target was in force.",
    )


def test_the_table_prints_what_a_share_is_of_and_says_when_it_is_too_early():
    points = tuple(Point(p.on, p.label, p.value, of=18) for p in PANELS.points[:2])
    drawing = control_chart(series(points, quantity=Quantity("share")))
    assert drawing.columns == ("Period", "Figure", "Out of", "More than ordinary ups and downs?")
    assert drawing.rows[0] == ("April 2022", "31%", "18", "Not enough to say")


@given(any_series())
def test_every_table_is_whole(figures):
    for chart in CHARTS:
        drawing = chart(figures)
        assert len(drawing.rows) == len(figures.points)
        assert {len(row) for row in drawing.rows} <= {len(drawing.columns)}
        assert drawing.sentence


def test_a_plain_chart_says_the_first_and_the_latest_figure_and_judges_nothing():
    assert line_chart(PANELS).sentence == "31% in April 2022, 61% in September 2023."
    assert bar_chart(by_month([7])).sentence == "7 in April 2022."
    assert bar_chart(by_month([None])).sentence == "There are no figures yet."
    assert line_chart(PANELS).columns == ("Period", "Figure", "Target")


def test_a_drawing_fills_what_it_is_put_in():
    root = ElementTree.fromstring(control_chart(PANELS).svg)
    assert root.get("width") is root.get("height") is None
    drawing = control_chart(PANELS)
    assert root.get("viewBox") == f"0 0 {drawing.width} {drawing.height}"
    assert elements(drawing, "rect")[0].get("fill") == "#ffffff"
