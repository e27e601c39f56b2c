from core.charts.examples import ANSWERS, FEW, PANELS, SURVEYS, elements, words
from goldenthread.charts import bar_chart, ink, line_chart


def _bars(drawing):
    return [one for one in elements(drawing, "rect") if one.get("fill") == ink.BRAND]


def test_a_bar_starts_at_nought_and_is_as_high_as_its_figure():
    three, five, four = (float(bar.get("height")) for bar in _bars(bar_chart(FEW)))
    assert abs(three / five - 3 / 5) < 0.01
    assert abs(four / five - 4 / 5) < 0.01


def test_figures_stand_on_bars_where_all_have_room():
    assert {"3", "4", "5"} <= set(words(bar_chart(FEW)))
    assert "58%" in words(bar_chart(ANSWERS))
    assert "58%" not in words(bar_chart(ANSWERS, width=300))


def test_a_negative_bar_hangs_from_nought():
    bars = _bars(bar_chart(SURVEYS))
    tops = [float(bar.get("y")) for bar in bars]
    nought = tops[0] + float(bars[0].get("height"))
    assert abs(tops[1] - nought) < 0.2
    assert len(bars) == 13


def test_a_gap_has_no_bar():
    assert len(_bars(bar_chart(ANSWERS))) == 20


def test_a_line_chart_marks_no_figure_and_draws_no_range():
    drawing = line_chart(PANELS)
    assert len(elements(drawing, "circle")) == 18
    assert not [one for one in elements(drawing, "line") if one.get("stroke-dasharray")]
    assert "Promised: 100%" in words(drawing)
