"""From what stands in a service plan up to the council's plan and the recommendation."""

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.tiers import WORST_FIRST, Tally
from goldenthread.plan.ways_up import Counted, Rung, Ways, counted, ways_up

RUNGS = (
    Rung("t1", "part", "on_track"),
    Rung("h1", "directorate", "late"),
    Rung("h2", "directorate", "done"),
    Rung("b4", "council", "on_track", "r2"),
    Rung("b5", "council", "at_risk", "r2"),
    Rung("r2", "recommendation"),
    Rung("r3", "recommendation"),
)
SERVES = [("t1", "h1"), ("h1", "b4"), ("h1", "r3"), ("h2", "b4"), ("h2", "b5")]


def test_an_action_leads_through_its_directorate_to_the_council_and_what_it_answers():
    assert ways_up(RUNGS, SERVES, ["t1", "h2"]) == (
        Ways("t1", ("h1",), ("b4",), ("r3", "r2")),
        Ways("h2", ("h2",), ("b4", "b5"), ("r2",)),
    )


def test_each_thing_is_counted_once_and_the_worst_is_shown():
    told = counted(RUNGS, ways_up(RUNGS, SERVES, ["t1", "h1", "h2"]))
    assert told == Counted(
        own=Tally((("late", 1), ("on_track", 1), ("done", 1)), "late"),
        directorate=Tally((("late", 1), ("done", 1)), "late"),
        council=Tally((("at_risk", 1), ("on_track", 1)), "at_risk"),
        recommendations=2,
        reaching=3,
    )
    assert told.worst == "late"


def test_a_red_above_is_never_hidden_by_what_is_on_track_below():
    rungs = (Rung("t1", "part", "done"), Rung("b4", "council", "late"))
    told = counted(rungs, ways_up(rungs, [("t1", "b4")], ["t1"]))
    assert (told.own.worst, told.worst) == ("done", "late")


def test_no_way_goes_through_what_was_withdrawn_or_is_not_to_be_seen():
    gone = (*(one for one in RUNGS if one.id != "h1"), Rung("h1", "directorate", "withdrawn"))
    assert ways_up(gone, SERVES, ["t1", "h1"]) == (Ways("t1"), Ways("h1"))
    unseen = tuple(one for one in RUNGS if one.id != "h1")
    (ways,) = ways_up(unseen, SERVES, ["t1"])
    assert (ways, ways.reaches) == (Ways("t1"), False)


def test_a_way_that_ends_in_the_directorate_does_not_reach_the_council():
    (ways,) = ways_up(RUNGS, [("t1", "h1")], ["t1"])
    assert (ways.directorate, ways.reaches) == (("h1",), False)


def test_links_in_a_circle_are_walked_once():
    (ways,) = ways_up(RUNGS, [("h1", "h2"), ("h2", "h1")], ["h1"])
    assert ways.directorate == ("h1", "h2")


def test_a_service_plan_without_an_action_counts_nothing():
    assert counted(RUNGS, ()) == Counted()
    assert Counted().worst is None


KEYS = st.integers(0, 7).map(str)
TREES = st.lists(
    st.builds(
        Rung,
        KEYS,
        st.sampled_from(["part", "directorate", "council"]),
        st.sampled_from(WORST_FIRST),
        st.sampled_from(["", "r"]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
LINKS = st.lists(st.tuples(KEYS, KEYS), max_size=20)


def slow(rungs, serves, start):
    """Everything that a way leads to, by trying every way as long as there are things."""
    known = {one.id: one for one in rungs if one.standing != "withdrawn"}
    reached = {start} & known.keys()
    for _ in range(10):
        reached |= {upper for lower, upper in serves if lower in reached} & known.keys()
    answers = {known[key].answers for key in reached} - {""}
    return reached, answers & known.keys()


@given(TREES, LINKS, st.lists(KEYS, max_size=4, unique=True))
def test_a_way_leads_to_what_a_slow_search_finds(rungs, serves, of):
    rungs = [*rungs, Rung("r", "recommendation")]
    tiers = {one.id: one.tier for one in rungs}
    found = ways_up(rungs, serves, of)
    assert [ways.id for ways in found] == of
    for ways in found:
        reached, answers = slow(rungs, serves, ways.id)
        for tier in ("directorate", "council"):
            keys = getattr(ways, tier)
            assert len(set(keys)) == len(keys)
            assert set(keys) == {key for key in reached if tiers[key] == tier}
        assert set(ways.recommendations) == answers


@given(TREES, LINKS, st.lists(KEYS, max_size=4, unique=True))
def test_the_worst_is_that_of_everything_counted(rungs, serves, of):
    of = [key for key in of if key in {one.id for one in rungs}]
    ways = ways_up(rungs, serves, of)
    told = counted(rungs, ways)
    standing = {one.id: one.standing for one in rungs}
    seen = {*of, *(key for one in ways for key in (*one.directorate, *one.council))}
    each = [standing[key] for key in seen]
    assert told.worst == min(each, key=WORST_FIRST.index, default=None)
    assert told.own.total == len(of)
    assert told.reaching <= len(of)
