"""Brackenford's two tiers: two orphans are planted each way, and the page finds them."""

import pytest

from goldenthread.plan import tiers as core
from goldenthread.web.changes import demo
from goldenthread.web.queries.tiers import both
from web.world import ON


@pytest.fixture
def seen(world):
    demo.half_way(world.council)
    demo.directorates(world.council)
    return both(for_=world.manager, on=ON)


def test_two_orphans_are_planted_each_way_and_found(seen):
    assert [one.number for one in seen.met.unserved] == ["B2", "B8"]
    assert [one.words for one in seen.met.unserving] == [
        "Complaints answered in their own language",
        "A quiet room at each depot",
    ]
    assert [one.number for one in seen.met.local] == ["A&H4"]
    assert len(seen.met.directorates) == 7


def test_both_ends_of_some_links_disagree(seen):
    found = {(one.kind, one.above.number, one.below.number) for one in seen.met.disagreements}
    assert {("later", "B4", "RG2"), ("later", "E4", "H3")} <= found


def test_each_of_the_three_strands_has_actions_in_both_tiers(seen):
    found = {
        seen.strands[one.key]: (one.above.total, one.below.total)
        for one in core.by_strand(seen.tiers, seen.met)
    }
    assert len(found) == 3
    assert all(above and below for above, below in found.values())
