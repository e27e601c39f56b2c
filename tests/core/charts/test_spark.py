import pytest

from core.charts.examples import ANSWERS, NAMED, PANELS, elements, words
from goldenthread.charts import control_chart, ink, sparkline


@pytest.mark.parametrize("figures", NAMED.values(), ids=NAMED)
def test_a_sparkline_has_no_words_in_it_but_all_of_those_beside_it(figures):
    small, large = sparkline(figures), control_chart(figures)
    assert words(small) == []
    assert (small.sentence, small.rows, small.title) == (large.sentence, large.rows, large.title)
    assert (small.width, small.height) == (120, 28)


def test_the_latest_figure_has_the_shape_of_what_it_means():
    assert elements(sparkline(PANELS), "path")[-1].get("fill") == ink.BETTER
    assert elements(sparkline(ANSWERS), "path")[-1].get("fill") == ink.WORSE
    assert len(elements(sparkline(NAMED["days"]), "circle")) == 1
