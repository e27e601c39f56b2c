"""A plan over time: every action once, in order, and nothing outside the axis."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import AS_AT, action, edition, editions
from goldenthread.plan import edition as ed
from goldenthread.plan.edition.roadmap import quarter_began

DAY = timedelta(days=1)
Q4 = date(2027, 3, 31)


def line(one, **parts):
    """The only line of an edition of one action."""
    [found] = ed.roadmap(edition(one, **parts)).lines
    return found


def kinds(found):
    return [bar.kind for bar in found.bars]


def test_an_axis_is_made_of_whole_quarters_around_every_day():
    axis = ed.axis_of(edition(action(due=date(2027, 5, 20))))
    assert axis == ed.Axis(date(2025, 7, 1), date(2027, 6, 30))  # promised in September 2025


def test_a_place_is_a_share_of_the_axis():
    axis = ed.Axis(date(2026, 4, 1), date(2027, 3, 31))
    assert axis.place(date(2026, 4, 1)) == 0
    assert axis.end_of(date(2027, 3, 31)) == 100
    assert axis.place(date(2026, 10, 1)) == round(100 * 183 / 365, 2)


def test_what_was_given_is_one_bar_to_the_first_promise():
    found = line(action(due=Q4))
    assert kinds(found) == ["given"]
    assert [mark.kind for mark in found.marks] == ["first"]
    assert found.bars[0].right == found.marks[0].at


def test_a_date_that_passed_shows_the_delay_that_has_been_and_the_delay_to_come():
    found = line(action(due=date(2026, 6, 30), moved_to=[Q4]))
    assert kinds(found) == ["given", "late", "ahead"]
    axis = ed.axis_of(edition(action(due=date(2026, 6, 30), moved_to=[Q4])))
    assert found.bars[1].left == axis.end_of(date(2026, 6, 30))
    assert found.bars[1].right == axis.end_of(AS_AT) == found.bars[2].left
    assert found.bars[2].right == axis.end_of(Q4)
    assert [mark.kind for mark in found.marks] == ["first", "now"]


def test_a_date_that_moved_and_has_not_come_shows_only_delay_to_come():
    found = line(action(due=date(2026, 12, 31), moved_to=[Q4]))
    assert kinds(found) == ["given", "ahead"]


def test_what_was_done_late_ends_at_its_day():
    found = line(action(due=date(2026, 3, 31), done_on=date(2026, 6, 30)))
    assert kinds(found) == ["given", "late"]
    assert [mark.kind for mark in found.marks] == ["first", "done"]


def test_what_was_withdrawn_ends_at_its_day():
    gone = ed.Withdrawal(date(2026, 8, 1), "No money")
    assert kinds(line(action(due=Q4, withdrawn=gone))) == ["given"]


def test_what_has_no_date_has_no_end():
    found = line(action(repeats="Every quarter", next_review=date(2026, 9, 30)))
    assert kinds(found) == ["open"]
    assert found.bars[0].right == 100


def test_a_line_says_in_which_horizon_its_date_falls():
    horizons = (ed.Horizon("Long", date(2030, 3, 31)), ed.Horizon("Short", Q4))
    assert line(action(due=Q4), horizons=horizons).horizon.name == "Short"
    assert line(action(due=Q4 + DAY), horizons=horizons).horizon.name == "Long"
    assert line(action(), horizons=horizons).horizon is None


def test_a_horizon_far_beyond_every_date_is_named_and_not_drawn():
    far = ed.Horizon("Far", date(2090, 3, 31))
    found = ed.roadmap(edition(action(due=Q4), horizons=(far, ed.Horizon("Near", Q4))))
    assert [(one.name, at) for one, at in found.horizons] == [("Near", 100.0), ("Far", None)]


def test_a_date_far_beyond_the_others_stands_at_the_edge_and_says_so():
    found = line(action(due=date(2099, 12, 31)))
    assert found.beyond
    assert found.bars[0].right == 100


def test_milestones_stand_where_they_were_reached_or_are_due():
    steps = (
        ed.Milestone("Half", (ed.Promise(AS_AT - 90 * DAY, AS_AT - DAY),)),
        ed.Milestone("All", (ed.Promise(AS_AT - 90 * DAY, Q4),), reached_on=AS_AT),
        ed.Milestone("Later said", (ed.Promise(AS_AT + DAY, Q4),)),
    )
    found = line(action(due=Q4, milestones=steps))
    stands = [(step.milestone.words, step.standing) for step in found.steps]
    assert stands == [("Half", "missed"), ("All", "reached")]


def test_parts_of_a_plan_share_the_axis_of_the_whole():
    one, two = action("A1", due=Q4), action("A2", due=date(2030, 3, 31))
    whole = edition(one, two)
    part = ed.roadmap(whole, [one])
    assert part.axis == ed.roadmap(whole).axis
    assert [line.action for line in part.lines] == [one]


@given(editions())
def test_every_action_has_one_line_and_the_order_of_the_edition_is_kept(found):
    road = ed.roadmap(found)
    assert sorted(one.action.id for one in road.lines) == sorted(a.id for a in found.actions)
    for theme, lines in road.groups:
        here = [action for action in found.actions if action.theme == theme.code]
        assert [one.action for one in lines] == here
    codes = [theme.code for theme, _ in road.groups]
    assert codes == [code for code in (*"AB", "") if code in codes]


@given(editions())
def test_nothing_lies_outside_the_axis_and_bars_follow_one_another(found):
    road = ed.roadmap(found)
    assert (road.axis.ends - road.axis.begins).days > 360
    assert 0 <= road.today <= 100
    for one in road.lines:
        assert one.bars
        places = [place for bar in one.bars for place in (bar.left, bar.right)]
        assert places == sorted(places)
        assert all(
            0 <= place <= 100
            for place in (*places, *(m.at for m in one.marks), *(s.at for s in one.steps))
        )
        for before, after in zip(one.bars, one.bars[1:], strict=False):
            assert before.right == after.left
    assert [at for _, at in road.coming] == sorted(at for _, at in road.coming)


@given(editions())
def test_quarters_and_years_cover_the_axis_without_gaps(found):
    road = ed.roadmap(found)
    assert road.axis.begins == quarter_began(road.axis.begins)
    assert road.axis.ends + DAY == quarter_began(road.axis.ends + DAY)
    if road.quarters:
        edges = [(quarter.left, quarter.right) for quarter in road.quarters]
        assert (edges[0][0], edges[-1][1]) == (0, 100)
        assert all(a[1] == b[0] for a, b in itertools.pairwise(edges))
    edges = [(year.left, year.right) for year in road.years]
    assert (edges[0][0], edges[-1][1]) == (0, 100)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(edges))


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_plan_of_any_year_has_an_axis(due):
    for at in (date(1, 1, 1), date(9999, 12, 31), AS_AT):
        axis = ed.axis_of(replace(edition(action(due=due)), as_at=at))
        assert axis.begins < axis.ends


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_that_is_odd_has_its_own_place(day):
    axis = ed.axis_of(edition(action(due=date(2028, 6, 30))))
    assert axis.place(day - DAY) < axis.place(day) < axis.place(day + DAY)
