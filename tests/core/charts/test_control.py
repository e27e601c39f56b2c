from datetime import date
from itertools import pairwise

from core.charts.examples import ANSWERS, DAYS, FEW, PANELS, SURVEYS, elements, words
from core.spc.figures import by_month
from goldenthread.charts import control_chart, ink
from goldenthread.spc import Quantity, Step, Target, read


def _filled(drawing, colour):
    return [one for one in elements(drawing, "path") if one.get("fill") == colour]


def _dashed(drawing):
    return [one for one in elements(drawing, "line") if one.get("stroke-dasharray") == "5 4"]


def test_every_figure_has_a_point_and_every_signal_another_shape():
    drawing, reading = control_chart(PANELS), read(PANELS)
    signals = sum(mark is not None for mark in reading.marks)
    # One of each shape stands in the key.
    assert len(_filled(drawing, ink.BETTER)) == signals + 1
    assert len(elements(drawing, "circle")) == len(PANELS.points) - signals


def test_better_and_worse_are_told_apart_in_words_too():
    shown = words(control_chart(ANSWERS))
    assert "More than ordinary ups and downs, for the better" in shown
    assert "More than ordinary ups and downs, for the worse" in shown
    assert "More than ordinary ups and downs" in words(control_chart(SURVEYS))
    narrow = words(control_chart(ANSWERS, width=300))
    assert {"For the better", "For the worse"} <= set(narrow)


def test_without_signals_there_is_no_key():
    steady = by_month([61, 60, 62, 61, 60, 61, 62, 60, 61, 62, 60, 61], quantity=Quantity("share"))
    assert not [word for word in words(control_chart(steady)) if "More than" in word]


def test_lines_are_named_beside_them_and_on_a_phone_by_their_numbers():
    assert {"Upper 48%", "Average 34%", "Lower 21%", "Promised: 100%", "61%"} <= set(
        words(control_chart(PANELS))
    )
    narrow = set(words(control_chart(PANELS, width=300)))
    assert {"48%", "34%", "21%", "100%", "61%"} <= narrow
    assert "Shaded: ordinary ups and downs, 21% to 48%." in narrow


def test_the_names_of_lines_never_lie_over_each_other():
    for figures in (PANELS, ANSWERS, DAYS, SURVEYS):
        for width in (300, 600, 900):
            drawing = control_chart(figures, width=width)
            right = [one for one in elements(drawing, "text") if one.get("text-anchor") == "start"]
            edge = max(float(one.get("x")) for one in right)
            heights = sorted(float(one.get("y")) for one in right if float(one.get("x")) == edge)
            gaps = [b - a for a, b in pairwise(heights)]
            assert min(gaps, default=99) >= 13


def test_limits_are_dashed_and_each_phase_has_its_own():
    assert len(_dashed(control_chart(PANELS))) == 2
    assert len(_dashed(control_chart(DAYS))) == 4
    assert "New limits from Q1 2025/26" in words(control_chart(DAYS))
    assert "New limits" in words(control_chart(DAYS, width=300))


def test_limits_that_rest_on_too_few_figures_are_not_drawn():
    drawing = control_chart(FEW)
    assert _dashed(drawing) == []
    assert "Not enough figures yet to show an ordinary range." in words(drawing)


def test_a_gap_breaks_the_line_and_has_a_cross():
    drawn = [one for one in elements(control_chart(ANSWERS), "path") if one.get("fill") == "none"]
    assert [one.get("d").count("L") + 1 for one in drawn] == [11, 9]
    crossed = [
        one
        for one in elements(control_chart(ANSWERS), "line")
        if one.get("stroke") == ink.INK_SOFT and one.get("stroke-width") == "1.5"
    ]
    assert len(crossed) == 2


def test_a_target_is_drawn_for_the_periods_in_which_it_was_in_force():
    levels = [
        one
        for one in elements(control_chart(ANSWERS), "line")
        if one.get("stroke") == ink.INK and one.get("stroke-width") == "2"
    ]
    (first, second) = levels
    assert float(first.get("x2")) == float(second.get("x1"))
    assert float(first.get("y1")) > float(second.get("y1"))


def test_the_unit_of_a_rate_stands_over_the_plot():
    assert "Days" in words(control_chart(DAYS))
    assert "Percentage points" in words(control_chart(SURVEYS))


def test_names_of_new_limits_give_way_to_each_other():
    steps = (Step(date(2022, 10, 1), "a new form"), Step(date(2023, 4, 1), "a new desk"))
    twice = by_month([50, 52] * 12, quantity=Quantity("share"), steps=steps)
    for width in (300, 600, 900):
        drawing = control_chart(twice, width=width)
        named = [one for one in elements(drawing, "text") if one.text.startswith("New limits")]
        spans = sorted(
            (float(one.get("x")), ink.width_of(one.text, float(one.get("font-size"))))
            for one in named
            if one.get("text-anchor") == "start"
        )
        assert len(named) == len(spans)
        assert all(x + wide < after[0] for (x, wide), after in pairwise(spans))
    assert {one for one in words(control_chart(twice)) if one.startswith("New")} == {
        "New limits",
        "New limits from April 2023",
    }


def test_a_target_whose_name_has_no_room_is_called_target_and_never_cut():
    promise = "Promised to the forum in the autumn of 2024 by the Leader"
    figures = by_month([50, 52] * 6, quantity=Quantity("share"), targets=(Target(99, promise),))
    shown = words(control_chart(figures))
    assert "Target: 99%" in shown
    assert not [word for word in shown if word.startswith("Promised") or "…" in word]


def test_a_target_without_a_name_is_called_target():
    figures = by_month([50, 52] * 6, quantity=Quantity("share"), targets=(Target(99, " "),))
    assert "Target: 99%" in words(control_chart(figures))


def test_figures_that_never_vary_have_an_average_and_no_range():
    shown = words(control_chart(by_month([7] * 12)))
    assert "Average 7" in shown
    assert not [word for word in shown if word.startswith(("Upper", "Lower", "Shaded"))]
