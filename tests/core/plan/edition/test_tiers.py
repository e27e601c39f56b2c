"""Two tiers: what directorates do for a promise of the whole body, with the worst shown."""

from datetime import date

import pytest
from hypothesis import given

from editions import AS_AT, action, edition, editions
from goldenthread.plan import edition as ed

B4 = ed.Serves("B4", "463jtq4gsr")
B10 = ed.Serves("B10", "463jtq4gsx")
B2 = ed.Serves("B2", "463jtq4gsy")
REC = ed.Serves("4", recommendation="4")
PAST, TO_COME = date(2026, 6, 30), date(2027, 3, 31)
GONE = ed.Withdrawal(PAST, "The law changed.")


def late(number, *serves):
    return action(number, due=PAST, serves=serves)


def done(number, *serves):
    return action(number, due=PAST, done_on=PAST, serves=serves)


def test_one_that_is_late_is_never_hidden_by_those_that_are_done():
    housing = edition(done("H1", B4), late("H2", B4), done("H3"), unit="Housing")
    place = edition(done("P1", B4, REC), unit="Place")
    idle = edition(late("R1", B10), unit="Resources")
    others = (housing, place, idle)
    found = ed.backings(others)
    assert {
        key: [(one.edition.unit, one.counts.total, one.worst) for one in backed]
        for key, backed in found.items()
    } == {
        (B4.action, ""): [("Housing", 2, "late"), ("Place", 1, "done")],
        ("", "4"): [("Place", 1, "done")],
        (B10.action, ""): [("Resources", 1, "late")],
    }
    assert ed.worst_of(found[B4.action, ""]) == "late"
    assert ed.worst_of(()) is None
    assert [one.counts.total for one in ed.backing(others)] == [2, 1, 1]


def test_each_directorate_is_counted_on_the_day_of_its_own_edition():
    due = action("H1", due=AS_AT.replace(day=1), serves=(B4,))
    then = edition(due, unit="Housing", as_at=AS_AT.replace(month=8))
    now = edition(due, unit="Place")
    assert [one.worst for one in ed.backing((then, now))] == ["on_track", "late"]


@pytest.mark.parametrize(
    ("actions", "worst"),
    [
        ((), None),
        ((done("A1"), action("A2", withdrawn=GONE)), "withdrawn"),
        ((action("A1", starts_on=TO_COME), action("A2", due=TO_COME)), "not_due"),
        ((action("A1", due=PAST, moved_to=(TO_COME,)), done("A2")), "late"),
    ],
)
def test_the_worst_of_some_actions(actions, worst):
    assert ed.worst(actions, AS_AT) == worst


def test_what_a_directorate_serves_is_in_the_order_of_the_plan_it_serves():
    found = ed.served(edition(late("H1", B10, REC), done("H2", B4, B2), done("H3", B4)))
    assert [(thing.number, [a.number for a in actions]) for thing, actions in found] == [
        ("B2", ["H2"]),
        ("B4", ["H2", "H3"]),
        ("B10", ["H1"]),
        ("4", ["H1"]),
    ]


@given(editions())
def test_every_action_that_serves_stands_under_each_thing_that_it_serves(found):
    told = {
        (thing.action, thing.recommendation, one.id)
        for thing, actions in ed.served(found)
        for one in actions
    }
    assert told == {
        (link.action, link.recommendation, one.id) for one in found.actions for link in one.serves
    }
    backings = ed.backings([found])
    assert set(backings) == {(action, number) for action, number, _id in told}
    for key, [backing] in backings.items():
        assert {one.id for one in backing.actions} == {
            id_ for *thing, id_ in told if key == tuple(thing)
        }
        assert backing.counts.of(backing.worst) > 0
