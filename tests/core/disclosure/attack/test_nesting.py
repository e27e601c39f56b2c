"""How codes lie inside one another, and what overlapping ones share."""

import pytest

from goldenthread.disclosure.attack.nesting import Nesting, linked, moved_atoms, shared_atoms

TWO_WAYS = Nesting(
    {
        "Total": (("A", "B"), ("North", "South")),
        "A": (("a", "b", "c"),),
        "B": (("d",),),
        "North": (("a", "d"),),
        "South": (("b", "c"),),
    }
)


def test_codes_of_two_ways_are_cut_where_they_cross():
    assert shared_atoms(TWO_WAYS, ["A", "B", "North", "South"]) == {
        "A": ("a", "South"),
        "North": ("a", "B"),
    }


def test_codes_that_do_not_cross_are_not_cut():
    assert shared_atoms(TWO_WAYS, ["A", "B"]) == {}


def test_a_part_without_a_code_is_named_by_what_it_holds():
    wide = Nesting(
        {
            "Total": (("A", "B"), ("North", "South")),
            "A": (("a", "b", "c"),),
            "B": (("d", "e"),),
            "North": (("a", "b", "d"),),
            "South": (("c", "e"),),
        }
    )
    atoms = shared_atoms(wide, ["A", "B", "North", "South"])
    assert atoms["A"] == ("a together with b", "c")
    cut = wide.with_atoms(atoms)
    assert cut.is_within("a together with b", "A")
    assert cut.is_within("a together with b", "North")
    assert not cut.is_within("a together with b", "B")


BEFORE = Nesting({"Total": (("A", "B"),), "A": (("a", "b"),), "B": (("c",),)})
AFTER = Nesting({"Total": (("A", "B"),), "A": (("a",),), "B": (("b", "c"),)})


def test_a_team_that_moved_is_an_atom_of_both_quarters():
    first, then = moved_atoms(BEFORE, AFTER, ["A", "B"])
    assert first == {"A": ("a", "b"), "B": ("c",)}
    assert then == {"A": ("a",), "B": ("b", "c")}


def test_codes_with_the_same_parts_are_linked_and_others_are_not():
    assert linked(BEFORE, AFTER) == {"Total", "a", "b", "c"}
    assert linked(BEFORE, BEFORE) == set(BEFORE.codes)


def test_a_team_that_began_since_is_a_part_of_its_quarter_alone():
    later = Nesting({"Total": (("A", "B"),), "A": (("a", "b", "new"),), "B": (("c",),)})
    assert moved_atoms(BEFORE, later, ["A", "B"]) == ({}, {})
    assert linked(BEFORE, later) == {"Total", "A", "B", "a", "b", "c"}


def test_a_team_that_moved_and_was_named_anew_is_taken_from_both_directorates():
    later = Nesting({"Total": (("A", "B"),), "A": (("a",),), "B": (("c", "b2"),)})
    first, then = moved_atoms(BEFORE, later, ["A", "B"])
    assert first == {"A": ("a", "b"), "B": ("c",)}
    assert then == {"A": ("a",), "B": ("b2", "c")}
    assert linked(BEFORE, later) == {"Total", "a", "c"}


def test_two_releases_may_divide_one_code_in_two_ways():
    sites = Nesting({"Total": (("a", "b", "c"),)})
    assert BEFORE.joined(sites).ways["Total"] == (("A", "B"), ("a", "b", "c"))
    assert BEFORE.joined(Nesting(BEFORE.ways)) is BEFORE


@pytest.mark.parametrize(
    "ways",
    [
        {"A": (("a",),)},
        {"Total": (("A",),), "A": (("Total",),)},
        {"Total": (("A",),), "B": (("b",),)},
        {"Total": (("A", "A"),)},
        {"Total": ((),)},
        {"Total": (("A", "a"),), "A": (("a",),)},
    ],
)
def test_codes_that_do_not_nest_are_refused(ways):
    with pytest.raises(ValueError):
        Nesting(ways)
