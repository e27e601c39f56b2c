"""What the intruder finds of awkward releases before they are protected, and of insiders after."""

import pytest

from core.disclosure.awkward import SMALLER
from core.disclosure.brute import tabled
from core.disclosure.counted import People, cell, publish
from core.disclosure.released import released_or_none
from goldenthread.disclosure.attack import KINDS, attack
from goldenthread.disclosure.attack.judge import Judge
from goldenthread.disclosure.attack.knowledge import Count, Knowledge, Layer, Trust
from goldenthread.disclosure.attack.release import read_release

UNPROTECTED = {
    "tiny_teams": {"exact", "small", "group"},
    "undeclared_teams": {"exact", "small", "group", "insider"},
    "leaver_and_late_declarer": {"exact", "leaver", "declared"},
    "second_quarter": {"exact", "joiner"},
    "dominant_earner": {"exact", "salary"},
    "all_alike": {"exact", "small", "narrow", "group"},
}
"""What is found of the first of each where small counts are hidden and no more is done."""


def alone(case):
    """The cells of one person: their period, and their codes by dimension."""
    people = People(case.spec, case.rows)
    return [(one[0], dict(one[1])) for one in tabled(case.spec) if people.count(one) == 1]


@pytest.mark.parametrize("name", UNPROTECTED)
def test_of_an_unprotected_release_the_intruder_finds_what_there_is(name, tmp_path):
    case = SMALLER[name](1)
    folder = publish(case.spec, case.rows).write(tmp_path / "r")
    assert {one.kind for one in attack([folder], alone=alone(case)).exposures} == UNPROTECTED[name]


def test_every_kind_of_finding_is_found_somewhere():
    assert set().union(*UNPROTECTED.values()) == set(KINDS)


def told_to_insiders(folder, case):
    """What the only person of a cell can work out of other people, as pairs of cells."""
    known, people = Knowledge([read_release(folder)], Trust.DECLARING), People(case.spec, case.rows)
    judge = Judge(known)
    judge.judge()
    found = []
    for period, codes in alone(case):
        layer = known.layer(Layer(Count.PEOPLE, period))
        number = known.number(layer, tuple(codes.get(dim, "Total") for dim in known.names))
        mine = {row["person"] for row in people.of(cell(period, **codes))}
        for one in judge.insiders([number]) if number is not None else ():
            other = known.cells[one.cell]
            where = cell(known.layers[other.layer].period, **known.named(other.codes))
            # To find oneself in another cell, or another quarter, is to learn nothing.
            if {row["person"] for row in people.of(where)} != mine:
                found.append(((period, codes), where))
    return found


INSIDERS = ["undeclared_teams", "percentages_only", "one_person_categories",
            "leaver_and_late_declarer", "two_partitions", "two_audiences"]  # fmt: skip


@pytest.mark.parametrize("name", INSIDERS)
def test_whoever_is_alone_in_a_cell_learns_nothing_of_others(name, tmp_path):
    case = SMALLER[name](1)
    if name in ("undeclared_teams", "percentages_only"):
        assert told_to_insiders(publish(case.spec, case.rows).write(tmp_path / "open"), case)
    folder = released_or_none(tmp_path / "safe", case.spec, case.rows)
    assert told_to_insiders(folder, case) == []
