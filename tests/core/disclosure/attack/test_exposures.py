"""Every kind of exposure, worked by hand, with the sentence that a person can check."""

import pytest

from core.disclosure.attack.tables import ORG, about, count, grid, pay, percent, written
from goldenthread.disclosure.attack import Attacked, Trust, attack, to_json
from goldenthread.errors import Unreadable

C, X = "[c]", "[x]"


def found(folder, rows, **changes):
    """Each exposure as kind, codes and bounds."""
    return {
        (one.kind, " / ".join(code for _, code in one.codes), one.low, one.high)
        for one in attack([written(folder, rows, **changes)]).exposures
    }


def says(folder, rows, kind, **changes):
    exposures = attack([written(folder, rows, **changes)]).exposures
    return [one.says for one in exposures if one.kind == kind]


ALONE = [
    count("", "", 60),
    count("Place", "", 41),
    count("Homes", "", 19),
    count("Parks", "", 17),
    count("Roads", "", 22),
    count("Waste", "", C),
]


def test_what_the_others_leave_is_the_hidden_one(tmp_path):
    assert found(tmp_path, ALONE) == {("exact", "Waste", 2, 2)}
    assert says(tmp_path, ALONE, "exact") == [
        "Place 41, less Roads 22, less Parks 17, leaves 2 in Waste."
    ]


def test_two_hidden_of_a_small_sum_are_both_small(tmp_path):
    rows = [count("Roads", "", C) if row[2] == "Roads" else row for row in ALONE]
    rows = [count("Place", "", 21) if row[2] == "Place" else row for row in rows]
    rows = [count("", "", 40) if row[2] == "" else row for row in rows]
    assert found(tmp_path, rows) == {("small", "Roads", 1, 3), ("small", "Waste", 1, 3)}
    assert says(tmp_path, rows, "small")[0] == (
        "Place 21, less Parks 17, less Waste at least 1 (hidden), leaves at most 3 in Roads, "
        "and a hidden count is at least 1."
    )


def test_two_hidden_of_a_large_sum_are_safe(tmp_path):
    rows = [count("Roads", "", C) if row[2] == "Roads" else row for row in ALONE]
    attacked = attack([written(tmp_path, rows)])
    assert attacked == Attacked((), cells=6, hidden=2, unsettled=0, trust="")


def test_a_small_count_that_is_shown_is_found(tmp_path):
    rows = [count("Waste", "", 2) if row[2] == "Waste" else row for row in ALONE]
    assert says(tmp_path, rows, "exact") == ["Waste: 2 is shown."]


def test_a_cell_hidden_in_one_table_and_shown_in_another_is_found(tmp_path):
    rows = [*ALONE, count("Waste", "", 2, table="teams")]
    assert says(tmp_path, rows, "exact") == [
        "Waste: 2 is shown in one table and marked as hidden in another."
    ]


def test_two_tables_share_their_margins(tmp_path):
    """Nowhere are Place and Homes shown alone, and yet one table's sum is the other's."""
    rows = [
        *[count("Place", code, n) for code, n in (("White", 30), ("Asian", 9), ("Black", C))],
        count("Place", "Not declared", 0),
        *[count(team, "", n, table="teams") for team, n in
          (("Parks", 17), ("Roads", 18), ("Waste", 8))],
    ]  # fmt: skip
    assert found(tmp_path, rows) == {("exact", "Place / Black", 4, 4)}


HIDDEN = {
    "": (60, 40, 8, 8, 4),
    "Place": (41, 30, C, C, 3),
    "Homes": (19, 10, C, C, 1),
}


def test_a_count_left_almost_no_room_is_narrow(tmp_path):
    """Asian in Place is 6 or 7: large enough to tell, and told almost exactly."""
    rows = grid({
        "": (60, 40, 8, 8, 4 + 0),
        "Place": (43, 30, 7, C, C),
        "Homes": (17, 10, C, C, 0),
    })  # fmt: skip
    kinds = {(kind, where) for kind, where, _, _ in found(tmp_path, rows)}
    assert ("exact", "Homes / Asian") in kinds
    rows = grid({
        "": (60, 30, 20, 10, 0),
        "Place": (36, 24, C, C, 0),
        "Homes": (24, 6, C, C, 0),
    })  # fmt: skip
    # Twelve in Place are Asian or Black, at most ten of them Black: nothing is close.
    assert found(tmp_path, rows) == set()
    rows = grid({
        "": (60, 30, 28, 2, 0),
        "Place": (37, 30, C, C, 0),
        "Homes": (23, 0, C, C, 0),
    })  # fmt: skip
    assert ("narrow", "Homes / Asian", 22, 22) in found(tmp_path, rows)


def test_a_nonsensitive_code_may_be_narrow_but_not_small(tmp_path):
    rows = grid({
        "": (60, 40, 10, 0, 10),
        "Place": (40, 30, 5, 0, 5),
        "Homes": (20, 10, 5, 0, C),
    })  # fmt: skip
    assert found(tmp_path, rows) == set()


def test_all_of_a_group_in_one_category(tmp_path):
    rows = grid({"": (60, 41, 19, 0, 0), "Place": (41, 41, 0, 0, 0), "Homes": (19, 0, 19, 0, 0)})
    assert found(tmp_path, rows) == {
        ("group", "Place / White", 41, 41), ("group", "Homes / Asian", 19, 19),
    }  # fmt: skip
    assert says(tmp_path, rows, "group")[1] == (
        "Place (41): all of them are “White” by ethnicity. "
        "Every other figure of theirs is nought, or leaves nobody."
    )


def test_all_of_a_group_may_be_undeclared(tmp_path):
    rows = grid({"": (60, 31, 10, 0, 19), "Place": (41, 31, 10, 0, 0), "Homes": (19, 0, 0, 0, 19)})
    assert found(tmp_path, rows) == set()


def test_a_withdrawn_row_hides_that_all_are_alike(tmp_path):
    rows = grid({"": (60, 41, 19, 0, 0), "Place": (41, X, X, X, X), "Homes": (19, X, X, X, X)})
    assert found(tmp_path, rows) == set()


def test_a_mark_that_may_be_nought_says_less(tmp_path):
    rows = [count("Roads", "", C) if row[2] == "Roads" else row for row in ALONE]
    rows = [count("Place", "", 21) if row[2] == "Place" else row for row in rows]
    rows = [count("", "", 40) if row[2] == "" else row for row in rows]
    silent = {"symbols": {"[c]": None}, "suppressed_never_zero": False}
    assert found(tmp_path, rows, **silent) == set()


def test_a_structural_zero_protects_nobody(tmp_path):
    rows = grid({"": (60, 40, 16, 4, 0), "Place": (41, 30, C, C, 0), "Homes": (19, 10, C, C, 0)})
    assert ("exact", "Place / Black", 4, 4) not in found(tmp_path, rows)
    nobody = {"structural": [{"org": "Homes", "ethnicity": "Black"}],
              "symbols": {"[c]": None}, "suppressed_never_zero": False}  # fmt: skip
    assert ("exact", "Place / Black", 4, 4) in found(tmp_path, rows, **nobody)


def test_a_percentage_gives_a_count_back(tmp_path):
    rows = [count("", "", 60), count("Place", "", 41), percent("Place", "Asian", "4.9")]
    assert found(tmp_path, rows) == {("exact", "Place / Asian", 2, 2)}
    assert says(tmp_path, rows, "exact") == ["Place, Asian: 4.9% of 41 can only be 2."]
    (one,) = attack([tmp_path]).exposures
    assert (one.tables, one.measures) == (("shares",), ("percent",))


def test_a_whole_per_cent_of_many_gives_no_count_back(tmp_path):
    rows = [count("", "", 900), count("Place", "", 800), percent("Place", "Asian", "1", dp=0)]
    assert found(tmp_path, rows) == set()


def test_rounding_each_figure_to_five_still_leaks(tmp_path):
    rows = [
        count("Place", "", 20, base="5"),
        *[count(team, "", 5, base="5") for team in ("Parks", "Roads", "Waste")],
    ]
    assert found(tmp_path, rows) == set()
    # 25 is 23 at least, and 10 and 10 are 24 at most: never less than nought, at most 7.
    rows = [count("Place", "", 5, base="5"), count("Parks", "", 5, base="5"),
            count("Roads", "", 0, base="5"), count("Waste", "", "[low]", base="5")]  # fmt: skip
    kinds = found(tmp_path, rows, symbols={"[low]": [1, 2]})
    assert ("small", "Waste", 1, 2) in kinds


def test_additive_rounding_leaves_more_room(tmp_path):
    rows = [
        count("Place", "", 5, base="r5"),
        count("Parks", "", 5, base="r5"),
        *[count(team, "", 0, base="r5") for team in ("Roads", "Waste")],
    ]
    assert found(tmp_path, rows) == set()


def test_what_two_divisions_share_is_worked_out(tmp_path):
    """Parks is all that Place has outside the North: Place less North leaves it."""
    children = {
        "Total": [["Place", "Homes"], ["North", "South"]],
        "Place": ["Parks", "Roads"],
        "Homes": ["Rents"],
        "North": ["Roads", "Rents"],
        "South": ["Parks"],
    }
    dims = about()["dims"] | {"org": {"children": children}}
    rows = [count("", "", 60), count("Place", "", 41), count("Homes", "", 19),
            count("North", "", 57), count("South", "", C)]  # fmt: skip
    assert found(tmp_path, rows, dims=dims) == {
        ("exact", "South", 3, 3), ("exact", "Parks", 3, 3),
    }  # fmt: skip


FLOW = {"from": "2026Q1", "to": "2026Q2", "where": {}, "joiners": [0, 0], "leavers": [0, 0]}


def periods(first, then, **flow):
    rows = grid(first, "2026Q1") + grid(then, "2026Q2")
    return rows, {"periods": ["2026Q1", "2026Q2"], "flows": [FLOW | flow]}


def test_a_leaver_is_what_the_figures_lost(tmp_path):
    rows, told = periods({"": (60, 40, 12, 8, 0)}, {"": (59, 40, 11, 8, 0)}, leavers=[1, 1])
    assert found(tmp_path, rows, **told) == {("leaver", "Asian", 1, 1)}
    assert says(tmp_path, rows, "leaver", **told)[0].endswith(
        "Asian: all in 2026Q1 12, less all in 2026Q2 11, leaves at least 1 in leavers from 2026Q1 "
        "to 2026Q2."
    )


def test_a_joiner_is_what_the_figures_gained(tmp_path):
    rows, told = periods(
        {"": (60, 40, 12, 8, 0)}, {"": (61, 40, 13, 8, 0)},
        joiners=[1, 1], answers_may_change=False,
    )  # fmt: skip
    assert found(tmp_path, rows, **told) == {("joiner", "Asian", 1, 1)}


def test_who_joined_or_declared_since_is_told_as_one_of_the_two(tmp_path):
    rows, told = periods({"": (60, 35, 12, 8, 5)}, {"": (61, 35, 13, 8, 5)}, joiners=[1, 1])
    assert found(tmp_path, rows, **told) == {("joiner", "Asian", 1, 1)}
    assert says(tmp_path, rows, "joiner", **told) == [
        "Asian: all in 2026Q2 13, less all in 2026Q1 12, leaves 1 in joined or newly declared from "
        "2026Q1 to 2026Q2."
    ]


def test_who_declared_since_is_what_the_figures_gained(tmp_path):
    rows, told = periods({"": (60, 35, 12, 8, 5)}, {"": (60, 35, 13, 8, 4 + 1 - 1)})
    assert ("declared", "Asian", 1, 1) in found(tmp_path, rows, **told)


def test_two_safe_quarters_with_other_patterns_reveal_all(tmp_path):
    """The worked example: A and B are hidden, then A and C, and the same people are there."""
    dims = about()["dims"] | {"org": {"children": {"Total": ["A", "B", "C"]}}}
    codes = {"dims": dims, "periods": ["2026Q1", "2026Q2"]}

    def quarter(period, hidden):
        held = {"A": (10, 9, 1), "B": (14, 8, 6), "C": (12, 5, 7)}
        return [
            row
            for unit, (whole, white, asian) in held.items()
            for row in (
                count(unit, "", whole, period),
                count(unit, "White", C if unit in hidden else white, period),
                count(unit, "Asian", C if unit in hidden else asian, period),
                count(unit, "Black", 0, period),
                count(unit, "Not declared", 0, period),
            )
        ] + [count("", "", 36, period), count("", "Asian", 14, period)]

    rows = quarter("2026Q1", "AB") + quarter("2026Q2", "AC")
    assert found(tmp_path, rows, **codes) == set()
    flow = FLOW | {"answers_may_change": False}
    assert ("exact", "A / Asian", 1, 1) in found(tmp_path, rows, **codes, flows=[flow])


def test_a_team_that_moved_is_what_its_directorate_lost(tmp_path):
    before = {"Total": ["Place", "Homes"], "Place": ["Parks", "Roads"], "Homes": ["Rents"]}
    after = {"Total": ["Place", "Homes"], "Place": ["Parks"], "Homes": ["Rents", "Roads"]}
    dims = about()["dims"] | {
        "org": {"children": before, "by_period": {"2026Q1": before, "2026Q2": after}}
    }
    rows, told = periods(
        {"": (60, 40, 12, 8, 0), "Place": (40, 25, 8, 7, 0), "Homes": (20, 15, 4 + 0, 1 + 0, 0)},
        {"": (60, 40, 12, 8, 0), "Place": (33, 20, 6, 7, 0), "Homes": (27, 20, 6, 1 + 0, 0)},
        answers_may_change=False,
    )
    moved = found(tmp_path, rows, **told, dims=dims)
    assert ("exact", "Roads / Asian", 2, 2) in moved
    assert ("exact", "Roads / Black", 0, 0) not in moved


def test_a_team_that_moved_and_was_named_anew_is_worked_out_too(tmp_path):
    before = {"Total": ["Place", "Homes"], "Place": ["Parks", "Roads", "Old"], "Homes": ["Rents"]}
    after = {"Total": ["Place", "Homes"], "Place": ["Parks", "Roads"], "Homes": ["Rents", "New"]}
    dims = about()["dims"] | {"org": {"children": before, "by_period": {"2026Q2": after}}}
    rows, told = periods(
        {"": (60, 40, 12, 8, 0), "Place": (40, 25, 8, 7, 0), "Homes": (20, 15, C, C, 0)},
        {"": (60, 40, 12, 8, 0), "Place": (33, 20, 6, 7, 0), "Homes": (27, 20, 6, C, 0)},
        answers_may_change=False,
    )
    (one,) = (e for e in attack([written(tmp_path, rows, **told, dims=dims)]).exposures
              if dict(e.codes) == {"org": "Old", "ethnicity": "Asian"})  # fmt: skip
    assert (one.kind, one.low, one.high) == ("exact", 2, 2)
    assert "(Parks and Roads)" not in one.says
    assert one.says == (
        "Asian: Place in 2026Q1 8, less Place in 2026Q2 6, leaves 2 in Old in 2026Q1."
    )


def test_flows_that_cannot_be_are_left_aside_and_said_to_be(tmp_path):
    rows, told = periods({"": (60, 40, 12, 8, 0)}, {"": (70, 48, 13, 9, 0)})
    attacked = attack([written(tmp_path, rows, **told)])
    assert attacked.exposures == ()
    assert attacked.trust == "the stated flows do not fit the figures, and were left aside"


def test_flows_may_be_trusted_less(tmp_path):
    rows, told = periods({"": (60, 40, 12, 8, 0)}, {"": (59, 40, 11, 8, 0)}, leavers=[1, 1])
    attacked = attack([written(tmp_path, rows, **told)], trust=Trust.NONE)
    assert attacked.exposures == ()


def test_answers_that_went_back_are_taken_as_they_are(tmp_path):
    rows, told = periods({"": (60, 40, 12, 8, 0)}, {"": (60, 41, 11, 8, 0)})
    attacked = attack([written(tmp_path, rows, **told)])
    assert attacked.trust == "who stayed kept unit and grade, and may have answered otherwise"


def test_whoever_is_alone_in_a_cell_works_out_their_neighbours(tmp_path):
    """Asian in Place and Asian in Homes are alike but for a known difference."""
    rows = grid({
        "": (60, 36, 12, 12, 0),
        "Place": (31, 18, C, C, 0),
        "Homes": (29, 18, C, C, 0),
    })  # fmt: skip
    folder = written(tmp_path, rows)
    assert attack([folder]).exposures == ()
    me = [("2026Q1", {"org": "Homes", "ethnicity": "Black"})]
    exposed = attack([folder], alone=me).exposures
    assert {one.kind for one in exposed} <= {"insider"}
    rows = grid({
        "": (31, 18, 7, 6, 0),
        "Place": (18, 11, C, C, 0),
        "Homes": (13, 7, C, C, 0),
    })  # fmt: skip
    # Place: Asian and Black are 7, Homes: 6; Asian are 7 in all. If Black in Place is 1, Asian is
    # 6 there, 1 in Homes, and Black in Homes is 5.
    folder = written(tmp_path / "next", rows)
    assert attack([folder]).exposures == ()
    me = [("2026Q1", {"org": "Place", "ethnicity": "Black"})]
    (one,) = attack([folder], alone=me).exposures
    assert (one.kind, one.codes, one.low) == (
        "insider", (("org", "Homes"), ("ethnicity", "Asian")), 1,
    )  # fmt: skip
    assert one.says.startswith("Whoever is alone in Place, Black knows it, and so can tell: ")
    assert attack([folder], alone="possible").exposures != ()


def test_a_mean_of_few_is_found(tmp_path):
    rows = [*ALONE[:3], count("Parks", "", 34), count("Roads", "", 7), count("Waste", "", 0),
            pay("Roads", "", "17.20"), pay("Parks", "", "15.10")]  # fmt: skip
    assert says(tmp_path, rows, "salary") == ["Roads: the mean pay shown in “pay” is of 7 people."]


def test_a_median_of_nine_is_found_and_of_ten_is_not(tmp_path):
    rows = [*ALONE[:3], count("Parks", "", 22), count("Roads", "", 9), count("Waste", "", 10),
            pay("Roads", "", "17.20", "median"), pay("Waste", "", "17.20", "median")]  # fmt: skip
    assert says(tmp_path, rows, "salary") == [
        "Roads: the median pay shown in “pay” is of 9 people."
    ]


def test_one_mean_taken_from_another_leaves_one_persons_pay(tmp_path):
    rows = [count("", "", 60), count("Place", "", 59), count("Homes", "", C),
            pay("", "", "20.00"), pay("Place", "", "19.50")]  # fmt: skip
    # 60 x 20.00 less 59 x 19.50 is 49.50, to 119 halfpennies either way.
    assert says(tmp_path, rows, "salary") == [
        "all 60 × 20.00, less Place 59 × 19.50, leaves 1 person's pay between 48.91 and 50.09 in "
        "Homes."
    ]


def test_means_of_many_leave_nobodys_pay(tmp_path):
    rows = [count("", "", 60), count("Place", "", 30), count("Homes", "", 30),
            pay("", "", "20.00"), pay("Place", "", "19.50")]  # fmt: skip
    assert found(tmp_path, rows) == set()


def test_a_gap_gives_the_mean_of_the_other_group(tmp_path):
    rows = [count("", "", 60), count("", "White", 52), count("", "Asian", 5),
            count("", "Black", 3), count("", "Not declared", 0),
            pay("", "White", "20.00"),
            pay("", "Black", "10.00", "gap", "ethnicity=White")]  # fmt: skip
    exposed = found(tmp_path, rows)
    assert ("salary", "Black", 3, 3) in exposed


def test_several_releases_are_added_up_together(tmp_path):
    one = written(tmp_path / "a", [count("", "", 60), count("Place", "", 41)])
    other = written(
        tmp_path / "b",
        [count("Parks", "", 17), count("Roads", "", 21), count("Waste", "", C)],
        threshold=10,
    )
    assert attack([one]).exposures == ()
    assert attack([other]).exposures == ()
    (both,) = attack([one, other]).exposures
    assert (both.kind, both.codes, both.low) == ("exact", (("org", "Waste"),), 3)


def test_a_finer_release_gives_away_what_a_coarser_one_hides(tmp_path):
    coarse = about()["dims"] | {"org": {"children": {"Total": ["Place", "Homes"]}}}
    rows = [count("", "", 60), count("Place", "", 41), count("Place", "Asian", C)]
    one = written(tmp_path / "a", rows, dims=coarse)
    other = written(tmp_path / "b", [count(team, "Asian", 8) for team in ORG["Place"]])
    assert attack([one]).exposures == ()
    (both,) = attack([one, other]).exposures
    assert (both.kind, both.low, both.high) == ("narrow", 24, 24)
    assert both.says == "Asian: Parks 8, and Roads 8, and Waste 8, makes 24 in Place."


def test_how_a_directorate_was_divided_says_nothing_of_a_later_quarter(tmp_path):
    # Two directorates became one: before and after are two releases, each true.
    before = {"Total": ["Place", "Homes"], "Place": ["Parks"], "Homes": ["Lets"]}
    after = {"Total": ["Place"], "Place": ["Parks", "Lets"]}
    ethnicity = about()["dims"]["ethnicity"]
    one = written(
        tmp_path / "a",
        [count("", "", 60), *(count(unit, "", 41) for unit in ("Place", "Parks")),
         *(count(unit, "", 19) for unit in ("Homes", "Lets"))],
        dims={"org": {"children": before}, "ethnicity": ethnicity},
    )  # fmt: skip
    other = written(
        tmp_path / "b",
        [
            count(unit, "", people, "2026Q2")
            for unit, people in (("", 61), ("Place", 61), ("Parks", 41), ("Lets", 20))
        ],
        periods=["2026Q2"],
        dims={"org": {"children": after}, "ethnicity": ethnicity},
    )
    assert attack([one, other]).exposures == attack([other, one]).exposures == ()


def test_figures_that_cannot_all_be_true_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="cannot all be true"):
        attack([written(tmp_path, [*ALONE, count("Parks", "", 50, table="teams")])])
    with pytest.raises(Unreadable, match="cannot all be true"):
        attack([written(tmp_path, [*ALONE[:3], count("Parks", "", 45)])])


def test_the_same_release_gives_the_same_answer(tmp_path):
    folder = written(tmp_path, grid(HIDDEN))
    assert to_json(attack([folder])) == to_json(attack([folder]))
