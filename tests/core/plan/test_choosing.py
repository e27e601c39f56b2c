"""The areas of a directorate: their cells, their order, and what a reader is told of them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.choosing import (
    CHOICE_WORDS,
    DIFFERENCE_WORDS,
    HARDNESS_WORDS,
    Counted,
    Placed,
    changed,
    counted,
    finding,
    in_order,
    matrix,
    next_number,
    number_key,
)

AREAS = st.lists(
    st.builds(
        Placed,
        st.integers(1, 60).map("H{}".format),
        st.text(min_size=1, max_size=20),
        st.sampled_from(list(HARDNESS_WORDS)),
        st.sampled_from(list(DIFFERENCE_WORDS)),
        st.sampled_from(list(CHOICE_WORDS)),
        st.sampled_from(["", " ", "Staff said so"]),
        st.sampled_from(["", "Short term"]),
        st.none() | st.just(date(2027, 3, 31)),
    ),
    max_size=30,
)


def area(number="H2", hardness="most", difference="greatest", **more):
    return Placed(number, "Who sits on our interview panels", hardness, difference, **more)


def test_the_matrix_of_a_directorate_has_the_hardest_and_greatest_first():
    held = [
        area("H11", "less", "little", choice="not_chosen"),
        area("H5"),
        area("H2"),
        area("H8", "most", "some"),
    ]
    numbers = [[[one.number for one in cell] for cell in row] for row in matrix(held)]
    assert numbers == [[["H2", "H5"], ["H8"], []], [[], [], []], [[], [], ["H11"]]]


@given(AREAS)
def test_every_area_stands_in_one_cell_and_that_is_its_own(areas):
    rows = matrix(areas)
    assert [len(row) for row in rows] == [3, 3, 3]
    seen = [one for row in rows for cell in row for one in cell]
    assert sorted(map(id, seen)) == sorted(map(id, areas))
    for hardness, row in zip(HARDNESS_WORDS, rows, strict=True):
        for difference, cell in zip(DIFFERENCE_WORDS, row, strict=True):
            assert {(one.hardness, one.difference) for one in cell} <= {(hardness, difference)}
            assert list(cell) == list(in_order(cell))


@given(AREAS)
def test_the_counts_add_up(areas):
    found = counted(areas)
    assert found.areas == len(areas)
    assert found.chosen_with_reason <= found.chosen
    without = [one for one in areas if one.choice != "undecided" and not one.reason.strip()]
    assert found.without_reason == len(without)
    assert found.sentence[0].isupper() or found.sentence[0].isdigit()


def test_a_reader_is_told_how_many_are_chosen_and_what_is_wanting():
    assert Counted(4, 2, 0, 1, 3).sentence == "4 chosen, 2 not, 1 has no reason"
    assert Counted(4, 0, 2, 3, 1).sentence == "4 chosen, 2 not decided yet, 3 have no reason"
    assert Counted(0, 0, 0, 0, 0).sentence == "No area is placed yet"
    assert finding("Housing", []) == "Housing: no area is placed yet"


def test_under_an_area_stands_its_horizon_or_that_it_is_not_chosen():
    chosen = {"choice": "chosen", "horizon": "Short term"}
    assert area(**chosen, by=date(2027, 3, 31)).line == "Short term: by 31 March 2027"
    assert area(**chosen).line == "Short term: no last day is set"
    assert area(choice="chosen").line == "Chosen, no horizon yet"
    assert area(choice="not_chosen", horizon="Short term").line == "Not chosen"
    assert area().line == "Not decided yet"


@given(st.lists(st.integers(1, 400), unique=True, max_size=20), st.text(max_size=20))
def test_a_number_is_never_given_twice(figures, name):
    taken = [f"H{one}" for one in figures]
    assert next_number(taken, name) not in taken
    if figures:
        assert next_number(taken, name) == f"H{max(figures) + 1}"


def test_numbers_of_any_form_can_be_put_in_order():
    assert sorted(["H10", "7", "h2", "H2", "", "H-1"], key=number_key) == [
        "",
        "h2",
        "H2",
        "H10",
        "H-1",
        "7",
    ]


def test_what_became_of_an_area_is_told_change_by_change():
    before = area("H2", "challenging", "some")
    after = area("H2", choice="chosen", reason="Staff said so", horizon="Short term")
    assert changed(before, after) == (
        "Moved to most challenging, greatest difference.",
        "Chosen.",
        "Horizon: Short term.",
        "It was given a reason.",
    )
    assert changed(after, before)[-2:] == ("Without a horizon.", "Its reason was reworded.")


@given(AREAS)
def test_an_area_that_stays_as_it_is_has_nothing_told_of_it(areas):
    assert [changed(one, one) for one in areas] == [()] * len(areas)
