"""Every figure of a paper has its rule and its rows, and counts them."""

from hypothesis import given

from goldenthread.plan import edition as ed
from goldenthread.plan import paper as pp
from papers import any_facts, facts


def test_the_figures_of_the_worked_example():
    found = pp.figures(facts())
    assert {key: one.value for key, one in found.items() if one.value} == {
        **{"total": 10, "done": 2, "on_track": 3, "at_risk": 1, "late": 4},
        **{"on_time": 1, "done_late": 1, "should_be_done": 6},
        **{"newly_done": 2, "newly_late": 2, "newly_at_risk": 1, "newly_on_track": 1},
        **{"evidenced": 1, "bare": 1, "moved": 4, "added": 1, "repeated": 1, "unheard": 2},
        **{"vacant": 2, "adrift": 1, "troubled": 2, "unexplained": 1, "going": 8},
        **{"worst_total": 3, "worst_late": 3},
        **{"asked": 3, "answered": 1, "in_part": 1, "overdue": 1},
    }
    assert found["newly_late"].rows == ("B7", "E3")
    assert found["newly_late"].on == "10 June 2026 to 30 September 2026"


@given(any_facts())
def test_a_figure_is_how_many_rows_it_names(facts):
    for key, figure in pp.figures(facts).items():
        assert figure.value == (len(facts.now.actions) if key == "total" else len(figure.rows))
        assert figure.rule.endswith(".")


@given(any_facts())
def test_the_figures_are_those_of_the_edition(facts):
    found = pp.figures(facts)
    counts = ed.counts(facts.now)
    for name in (*ed.STANDINGS, "on_time", "done_late", "given_up", "should_be_done", "total"):
        assert found[name].value == getattr(counts, name), name
