"""What a ledger reads of a release: plain values, and what contradicts them."""

import csv
import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosure.by_hand import COUNTS, released
from goldenthread.disclosure.earlier import (
    Earlier,
    Shown,
    Told,
    Workforce,
    contradicted,
    distinct,
    name_of,
    read_earlier,
)
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import hide
from goldenthread.disclosure.spec import Hierarchy, specification
from goldenthread.errors import Unreadable


def share(value, dp, symbol=""):
    return ["2026Q1", "shares", "Place", "Female", "percent", value, symbol, "", dp, "sex"]


def test_a_release_is_read_whole(tmp_path):
    folder = released(
        tmp_path / "one",
        hide=[("Place", "Female"), ("Homes", "Female")],
        rows=[share("57.1", 1)],
        structural=[{"org": "Homes", "sex": "Male"}],
    )
    (folder / "certificate" / "changes.csv").write_text("change,kind,by\n0,0,1\n0,2,-1\n1,3,4\n")
    read = read_earlier(folder, folder / "certificate")
    head = (read.name, read.threshold, read.policy, read.method, read.periods, read.never_zero)
    assert head == ("Staff", 5, "internal", "by hand", ("2026Q1",), True)
    assert read.symbols == {"[c]": (1, None), "[x]": None}
    assert read.structural == ({"org": "Homes", "sex": "Male"},)
    assert read.flows == ()
    assert read.dims["org"].of("2026Q1") == Hierarchy({"Total": (("Place", "Homes"),)})
    assert read.tables == (
        Shown(
            "units by sex",
            "2026Q1",
            {"org": ("Total", "Place", "Homes"), "sex": ("Total", "Female", "Male")},
            ("count",),
        ),
        Shown("shares", "2026Q1", {"org": ("Place",), "sex": ("Female",)}, ("percent:sex",)),
    )
    assert [(told.codes, told.value, told.symbol) for told in read.figures] == [
        ({}, 59, ""),
        ({"sex": "Female"}, 19, ""),
        ({"sex": "Male"}, 40, ""),
        ({"org": "Place"}, 21, ""),
        ({"org": "Place", "sex": "Female"}, None, "[c]"),
        ({"org": "Place", "sex": "Male"}, 9, ""),
        ({"org": "Homes"}, 38, ""),
        ({"org": "Homes", "sex": "Female"}, None, "[c]"),
        ({"org": "Homes", "sex": "Male"}, 31, ""),
        ({"org": "Place", "sex": "Female"}, 571, ""),
    ]
    assert read.figures[-1] == Told(
        "2026Q1", {"org": "Place", "sex": "Female"}, "percent", "sex", 571, "", "", dp=1
    )
    assert read.workforce == Workforce(
        (("2026Q1", "org"), ("2026Q1", "sex")),
        tuple(COUNTS),
        tuple(COUNTS.values()),
        (((0, 1), (2, -1)), ((3, 4),)),
    )
    assert distinct(read.figures) == (8, 2)


def test_nobody_is_in_what_a_release_says_of_itself(tmp_path):
    folder = released(tmp_path / "one")
    read = read_earlier(folder, folder / "certificate")
    assert repr(read) == "<Earlier: Staff, 9 figures>"
    assert repr(read.workforce) == "<Workforce: 4 kinds>"


def test_a_figure_in_two_tables_is_one_figure(tmp_path):
    again = ["2026Q1", "headcount", "", "", "count", 59, "", "", "", ""]
    assert len(read_earlier(released(tmp_path / "one", rows=[again])).figures) == 9
    other = ["2026Q1", "headcount", "", "", "count", 60, "", "", "", ""]
    with pytest.raises(Unreadable) as refused:
        read_earlier(released(tmp_path / "other", rows=[other]))
    assert str(refused.value) == "cells.csv: row 11: It tells a figure otherwise than a row above."


@pytest.mark.parametrize(
    "row",
    [
        ["2026Q2", "t", "", "", "count", 9, "", "", "", ""],
        ["2026Q1", "t", "Parks", "", "count", 9, "", "", "", ""],
        ["2026Q1", "t", "", "", "number", 9, "", "", "", ""],
        ["2026Q1", "t", "", "", "count", "nine", "", "", "", ""],
        ["2026Q1", "t", "", "", "count", "9.5", "", "", "", ""],
        ["2026Q1", "t", "", "", "count", 9, "[c]", "", "", ""],
        ["2026Q1", "t", "", "", "count", "", "", "", "", ""],
        ["2026Q1", "t", "", "", "count", 9, "", "7", "", ""],
        ["2026Q1", "t", "", "", "mean", "9.123", "", "", "2", ""],
        ["2026Q1", "t", "", "", "mean", "9", "", "", "-2", ""],
        ["2026Q1", "t", "", "", "count"],
    ],
)
def test_a_damaged_row_is_named_and_its_value_is_not(row, tmp_path):
    with pytest.raises(Unreadable) as refused:
        read_earlier(released(tmp_path / "one", rows=[row]))
    assert str(refused.value) == "cells.csv: row 11: The row is damaged."


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cells": ["cells.csv", "more.csv"]}, "Its figures are in other files than cells.csv."),
        ({"symbols": {"[c]": [3, 1]}}, "its least and its greatest count"),
        ({"suppressed_never_zero": 1}, "neither true nor false"),
        ({"periods": []}, "at least one"),
        ({"policy": 7}, "“policy” is not text"),
    ],
)
def test_what_describes_no_release_is_refused(change, says, tmp_path):
    with pytest.raises(Unreadable, match=says) as refused:
        read_earlier(released(tmp_path / "one", **change))
    assert refused.value.file == "release.json"


def test_a_damaged_workforce_is_refused(tmp_path):
    folder = released(tmp_path / "one")
    inside = folder / "certificate"
    with (inside / "workforce.csv").open("a", newline="") as stream:
        csv.writer(stream).writerow([4, -1, "Place", "Male"])
    with pytest.raises(Unreadable, match=r"workforce.csv: row 6: The row is damaged."):
        read_earlier(folder, inside)


# What contradicts what: of one figure, as an earlier release and a new one tell it.

ONE = {"[c]": (1, None), "[low]": (1, 2), "[x]": None}


def told(value, measure="count", symbol="", base="", dp=0):
    return Told("2026Q1", {"org": "Place"}, measure, "", value, symbol, base, dp)


def release(*figures):
    return Earlier("R", 5, "", "", ("2026Q1",), {}, (), (), ONE, True, (), figures, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told(12), told(13)),
        (told(0), told(None, symbol="[c]")),
        (told(3), told(None, symbol="[low]")),
        (told(13), told(10, base="5")),
        (told(15, base="5"), told(10, base="5")),
        (told(15, base="r5"), told(10, base="r5")),
        (told(15), told(10, base="r5")),
        (told(471, "percent", dp=1), told(48, "percent")),
        (told(47, "percent"), told(48, "percent")),
        (told(1802, "mean", dp=2), told(1803, "mean", dp=2)),
    ],
)
def test_what_cannot_be_true_together_or_is_told_otherwise_contradicts(one, other):
    for new, old in ((one, other), (other, one)):
        assert list(contradicted(release(new), release(old))) == [new]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told(12), told(12)),
        (told(12), told(None, symbol="[c]")),
        (told(0), told(None, symbol="[x]")),
        (told(12), told(10, base="5")),
        (told(14), told(10, base="r5")),
        (told(15, base="5"), told(10, base="r5")),
        (told(2), told(None, symbol="[low]")),
        (told(471, "percent", dp=1), told(47, "percent")),
        (told(47, "mean"), told(48, "median")),
        (told(47), told(48, "mean")),
        (told(None, "mean", symbol="[c]"), told(0, "mean")),
    ],
)
def test_what_may_be_true_together_contradicts_nothing(one, other):
    for new, old in ((one, other), (other, one)):
        assert list(contradicted(release(new), release(old))) == []


def test_other_periods_and_codes_contradict_nothing():
    here = told(12)
    there = Told("2026Q1", {"org": "Homes"}, "count", "", 13, "", "")
    then = Told("2026Q2", {"org": "Place"}, "count", "", 13, "", "")
    assert list(contradicted(release(here), release(there, then))) == []


@given(st.integers(0, 60), st.sampled_from(["", "5", "r5"]), st.sampled_from(["", "5", "r5"]))
def test_one_true_count_told_in_two_ways_never_contradicts_itself(true, one, other):
    ways = {"": [true], "5": [5 * ((true + 2) // 5)], "r5": [5 * (true // 5), -(-true // 5) * 5]}
    for first in ways[one]:
        for second in ways[other]:
            if one != other or first == second:
                new, old = told(first, base=one), told(second, base=other)
                assert list(contradicted(release(new), release(old))) == []


def test_a_figure_is_named_without_its_value():
    assert name_of(told(1802, "mean", dp=2)) == "2026Q1, Place: mean"
    everybody = Told("2026Q1", {}, "percent", "sex", 47, "", "")
    assert name_of(everybody) == "2026Q1, everybody: percent of sex"


def test_a_cell_that_is_shown_anywhere_is_shown():
    assert distinct([told(12), told(None, symbol="[c]"), told(47, "mean")]) == (2, 0)


def test_json_that_is_none_is_refused(tmp_path):
    folder = released(tmp_path / "one")
    (folder / "release.json").write_text(json.dumps([]))
    with pytest.raises(Unreadable, match="This describes no release"):
        read_earlier(folder)


def test_what_protect_writes_is_read_as_it_was_asked_for(tmp_path):
    # Lettings moved from Homes to Place between the quarters, and two people with it.
    spec = specification(
        {
            "name": "Two quarters",
            "threshold": 5,
            "periods": ["2026Q1", "2026Q2"],
            "dims": {
                "org": {
                    "children": {"Total": ["Place", "Homes"], "Homes": ["Lets", "Care"]},
                    "by_period": {
                        "2026Q2": {"Total": ["Place", "Homes"], "Place": ["Parks", "Lets"]}
                    },
                },
                "sex": {"children": {"Total": ["Female", "Male"]}, "sensitive": True},
            },
            "tables": [
                {"name": "heads", "dims": {"org": ["Total", "all"]}, "measures": ["count"]},
                {
                    "name": "shares",
                    "dims": {"org": ["Total", "directorate"], "sex": ["all"]},
                    "measures": ["count", "percent:sex"],
                },
            ],
        }
    )
    now = [
        ("Place", "Female", 30),
        ("Place", "Male", 12),
        ("Lets", "Female", 2),
        ("Care", "Male", 6),
        ("Care", "Female", 22),
    ]
    then = [
        ("Parks", "Female", 30),
        ("Parks", "Male", 12),
        ("Lets", "Female", 2),
        ("Homes", "Male", 6),
        ("Homes", "Female", 22),
    ]
    rows = [
        {"person": f"{number}/{one}", "period": period, "team": team, "sex": sex}
        for period, held in zip(spec.periods, (now, then), strict=True)
        for number, (team, sex, people) in enumerate(held)
        for one in range(people)
    ]
    hidden = hide(spec, people_of(rows, spec), 5)
    write_release(tmp_path / "out", spec, hidden, "internal", 5)
    read = read_earlier(tmp_path / "out", tmp_path / "out" / "certificate")
    assert read.dims == spec.dims
    assert read.tables == tuple(
        Shown(
            table.name,
            period,
            {
                name: dim.codes(period, table.dims.get(name, ("Total",)))
                for name, dim in spec.dims.items()
            },
            table.measures,
        )
        for period in spec.periods
        for table in spec.tables
    )
    held = read.workforce
    for number, true in enumerate((now, then)):
        at = [held.columns.index((spec.periods[number], dim)) for dim in ("org", "sex")]
        counted = Counter()
        for kind, people in zip(held.kinds, held.people, strict=True):
            counted[tuple(kind[one] for one in at)] += people
        del counted["", ""]
        assert +counted == {(team, sex): people for team, sex, people in true}
