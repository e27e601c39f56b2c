"""A hidden figure explained: hand-made certificates in words, and every one of tiny releases."""

import csv
import json
import shutil

import pytest
from hypothesis import HealthCheck, assume, given, settings

from core.disclosure.brute import Workforces
from core.disclosure.counted import read
from core.disclosure.small_releases import small_releases
from goldenthread.disclosure.explain import (
    INTERNAL,
    Differing,
    Explanation,
    Row,
    explain,
    hidden_figures,
    lines,
    named,
    public_sentence,
    to_json,
)
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.instead import Kind, Words, instead
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import hide
from goldenthread.disclosure.spec import specification
from goldenthread.disclosure.verify import verify
from goldenthread.errors import Missing, Unreadable, Unsafe

ANSWERS = ("White", "Asian", "Black")
STAFF = {"Homes": (20, 9, 8), "Parks": (18, 7, 2), "Roads": (15, 12, 10)}
HIDDEN = {(unit, answer) for unit in ("Homes", "Parks") for answer in ("Asian", "Black")}
SWAP = [(1, 3), (2, -3), (4, -3), (5, 3)]


def written(
    folder, *, staff=STAFF, hidden=HIDDEN, withdrawn=(), changes=(SWAP,), tables=("staff",)
):
    """A release of units by ethnicity as ``protect`` writes it, with these changes of people."""
    (folder / "certificate").mkdir(parents=True)
    dims = {
        "org": {"children": {"Total": list(staff)}},
        "ethnicity": {"children": {"Total": list(ANSWERS)}, "sensitive": True},
    }
    about = {"name": "By hand", "threshold": 5, "periods": ["2026Q1"], "dims": dims,
             "cells": ["cells.csv"], "symbols": {"[c]": [1, None], "[x]": None}}  # fmt: skip
    (folder / "release.json").write_text(json.dumps(about), encoding="utf-8")
    rows = []
    for table in tables:
        for unit in ("", *staff):
            for answer in ("", *ANSWERS):
                count = sum(
                    number
                    for one, numbers in staff.items()
                    for other, number in zip(ANSWERS, numbers, strict=True)
                    if unit in ("", one) and answer in ("", other)
                )
                at = (unit, answer)
                mark = "[c]" if at in hidden else "[x]" if at in withdrawn else ""
                value = "" if mark else count
                rows.append(["2026Q1", table, unit, answer, "count", value, mark, "", "", ""])
    put(folder / "cells.csv", "period table org ethnicity measure value symbol base dp of", rows)
    kinds = [(unit, answer) for unit in staff for answer in ANSWERS]
    sizes = [number for numbers in staff.values() for number in numbers]
    put(
        folder / "certificate" / "workforce.csv",
        "kind people 2026Q1:org 2026Q1:ethnicity",
        [[at, size, *kind] for at, (kind, size) in enumerate(zip(kinds, sizes, strict=True))],
    )
    put(
        folder / "certificate" / "changes.csv",
        "change kind by",
        [[at, kind, by] for at, change in enumerate(changes) for kind, by in change],
    )
    return folder


def alike(folder):
    """A release of a unit all of whose people are in one group, so that its row is withdrawn."""
    staff = {"Homes": (20, 9, 8), "Parks": (0, 0, 6), "Roads": (15, 12, 10)}
    row = {("Parks", answer) for answer in ANSWERS}
    beside = {("Homes", answer) for answer in ("Asian", "Black")}
    swaps = [[(4, by), (5, -by), (1, -by), (2, by)] for by in (1, 2)]
    return written(folder, staff=staff, hidden=beside, withdrawn=row, changes=swaps)


def put(path, head, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head.split(), *rows])


def test_a_small_count_is_told_with_two_workforces(tmp_path):
    told = explain(written(tmp_path / "r"), {"org": "Parks", "ethnicity": "Black"})
    assert told == Explanation(
        "2026Q1, org “Parks”, ethnicity “Black”",
        "[c]",
        2,
        5,
        instead=(
            "3 people in Parks (ethnicity “Asian”) would have ethnicity “Black” instead",
            "3 people in Homes (ethnicity “Black”) would have ethnicity “Asian” instead",
        ),
        differing=(
            Differing("2026Q1, org “Homes”, ethnicity “Asian”", 9, 12),
            Differing("2026Q1, org “Homes”, ethnicity “Black”", 8, 5),
            Differing("2026Q1, org “Parks”, ethnicity “Asian”", 7, 4),
            Differing("2026Q1, org “Parks”, ethnicity “Black”", 2, 5),
        ),
        agreeing=12,
    )
    assert told.could_be == (2, 5)
    assert list(lines(told)) == [
        INTERNAL,
        "",
        "2026Q1, org “Parks”, ethnicity “Black”: hidden as [c].",
        "This could be 2 or 5.",
        "",
        "The first workforce is the true one, and it is 2 there.",
        "The second agrees with all 12 counts and percentages that are shown, and it is 5 there.",
        "In the second:",
        "  - 3 people in Parks (ethnicity “Asian”) would have ethnicity “Black” instead;",
        "  - 3 people in Homes (ethnicity “Black”) would have ethnicity “Asian” instead.",
        "",
        "Hidden counts that differ, in the first and in the second:",
        "  - 2026Q1, org “Homes”, ethnicity “Asian”: 9 and 12",
        "  - 2026Q1, org “Homes”, ethnicity “Black”: 8 and 5",
        "  - 2026Q1, org “Parks”, ethnicity “Asian”: 7 and 4",
        "  - 2026Q1, org “Parks”, ethnicity “Black”: 2 and 5",
    ]
    assert to_json(told)["internal"] == INTERNAL
    assert to_json(told)["differing"][-1] == {
        "figure": "2026Q1, org “Parks”, ethnicity “Black”", "first": 2, "second": 5
    }  # fmt: skip


def test_what_is_hidden_for_another_is_told_like_it(tmp_path):
    told = explain(written(tmp_path / "r"), {"org": "Homes", "ethnicity": "Black"})
    assert (told.first, told.second, told.could_be) == (8, 5, (5, 8))


def test_the_workforce_that_changes_fewest_people_is_told_and_what_the_others_make_of_it(tmp_path):
    wide = [(kind, by // 3 * 4) for kind, by in SWAP]
    for order in ([SWAP, wide], [wide, SWAP]):
        folder = written(tmp_path / str(order[0][0][1]), changes=order)
        told = explain(folder, {"org": "Parks", "ethnicity": "Black"})
        assert (told.second, told.others) == (5, (6,))
        assert list(lines(told))[-1] == "In other workforces of the certificate it is 6."


def test_a_small_count_is_told_as_large_even_where_a_smaller_change_moves_it(tmp_path):
    one = [(kind, by // 3) for kind, by in SWAP]
    folder = written(tmp_path / "r", changes=[one, SWAP])
    told = explain(folder, {"org": "Parks", "ethnicity": "Black"})
    assert (told.second, told.others) == (5, (3,))


def test_a_figure_that_is_shown_has_no_other_workforce(tmp_path):
    told = explain(written(tmp_path / "r"), {"org": "Parks"})
    assert list(lines(told))[2:] == ["2026Q1, org “Parks”: it is not hidden."]
    assert told.second is None


def test_a_group_all_alike_is_told_with_a_workforce_in_which_it_is_not(tmp_path):
    folder = alike(tmp_path / "r")
    told = explain(folder, {"org": "Parks", "ethnicity": "Black"})
    assert (told.symbol, told.first, told.second, told.others) == ("[x]", 6, 5, (4,))
    assert told.row == Row("2026Q1, org “Parks”", 5, 6)
    assert (
        "In the first everybody of 2026Q1, org “Parks” is among them. Not so in every workforce of "
        "the certificate: in one it is 5 of 6."
    ) in list(lines(told))


def test_what_is_withdrawn_and_empty_needs_no_other_workforce(tmp_path):
    folder = alike(tmp_path / "r")
    told = explain(folder, {"org": "Parks", "ethnicity": "White"})
    assert (told.first, told.second) == (0, None)
    assert list(lines(told))[-1] == (
        "It is 0. The certificate keeps no other workforce for it and needs none: [x] says nothing "
        "of it."
    )


def test_a_release_without_its_certificate_explains_nothing(tmp_path):
    folder = written(tmp_path / "r")
    shutil.rmtree(folder / "certificate")
    with pytest.raises(Unsafe) as refused:
        explain(folder, {"org": "Parks"})
    assert refused.value.rule == "no certificate"
    assert public_sentence(folder).startswith("4 figures are hidden")


def test_a_certificate_that_proves_nothing_explains_nothing(tmp_path):
    with pytest.raises(Unsafe) as refused:
        explain(written(tmp_path / "r", changes=[]), {"org": "Parks", "ethnicity": "Black"})
    assert refused.value.rule == "not verified"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"unit": "Parks"}, "The release has no “unit”. It has org, ethnicity."),
        ({"org": "Leisure"}, "In 2026Q1 “Leisure” is no code of org."),
        ({"period": "2025Q4"}, "Say of which period. There are 2026Q1."),
    ],
)
def test_a_figure_that_there_is_not_is_missing(tmp_path, told, says):
    with pytest.raises(Missing) as refused:
        explain(written(tmp_path / "r"), told)
    assert str(refused.value) == says


def test_a_figure_that_no_table_counts_is_missing(tmp_path):
    folder = written(tmp_path / "r")
    kept = (folder / "cells.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "cells.csv").write_text(
        "".join(row for row in kept if "Roads,Asian" not in row), encoding="utf-8"
    )
    with pytest.raises(Missing) as refused:
        explain(folder, {"org": "Roads", "ethnicity": "Asian"})
    assert str(refused.value).startswith("No table counts 2026Q1, org “Roads”, ethnicity “Asian”.")


@pytest.mark.parametrize("spoilt", ["release.json", "cells.csv", "certificate/changes.csv"])
def test_a_damaged_file_is_unreadable_and_named(tmp_path, spoilt):
    folder = written(tmp_path / "r")
    (folder / spoilt).write_text("{\nx", encoding="utf-8")
    with pytest.raises(Unreadable) as refused:
        explain(folder, {"org": "Parks", "ethnicity": "Black"})
    assert refused.value.file == spoilt.rpartition("/")[2]


def test_the_public_is_told_how_many_are_hidden_each_once_and_no_more(tmp_path):
    folder = written(tmp_path / "a", tables=("staff", "the same again"))
    assert hidden_figures(folder) == 4
    assert public_sentence(folder) == (
        "4 figures are hidden so that nobody can be worked out from them."
    )
    one = written(tmp_path / "b", hidden={("Parks", "Black")})
    assert public_sentence(one) == "1 figure is hidden so that nobody can be worked out from it."
    assert public_sentence(written(tmp_path / "c", hidden=())) == "No figure is hidden."


def test_the_public_sentence_is_the_same_whichever_of_them_is_small(tmp_path):
    other = {"Homes": (20, 9, 2), "Parks": (18, 7, 8), "Roads": (15, 12, 10)}
    one, two = written(tmp_path / "a"), written(tmp_path / "b", staff=other)
    assert public_sentence(one) == public_sentence(two)


def test_a_cell_is_named_as_a_person_types_it():
    assert named("period=2026Q1, org=Legal / Div 1,ethnicity=English, Welsh or British") == {
        "period": "2026Q1", "org": "Legal / Div 1", "ethnicity": "English, Welsh or British"
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["", "org", "org=", "=Parks", "org=Parks,org=Homes"])
def test_what_names_no_cell_is_refused(typed):
    with pytest.raises(Missing):
        named(typed)


PARKS, HOMES = ("Parks", "Asian"), ("Homes", "Asian")
TWO = "2 people in Parks (ethnicity “Asian”)"
OTHER, SILENT = ("Parks", "Black"), ("Parks", "Not declared")


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ((PARKS, PARKS), (OTHER, OTHER),
         f"{TWO} in every period would have ethnicity “Black” instead"),
        ((PARKS, None), (OTHER, None),
         f"{TWO} in Q1 would have ethnicity “Black” instead"),
        ((PARKS, PARKS), (HOMES, HOMES),
         f"{TWO} in every period would be in Homes instead"),
        ((OTHER, OTHER), (HOMES, HOMES),
         "2 people in Parks (ethnicity “Black”) in every period would be in Homes and have "
         "ethnicity “Asian” instead"),
        ((SILENT, PARKS), (SILENT, OTHER),
         "2 people in Parks (ethnicity “Not declared”) in Q1, then in Parks (ethnicity “Asian”) in "
         "Q2 would have ethnicity “Black” instead in Q2"),
        ((None, PARKS), (PARKS, None),
         f"{TWO} in Q2 would instead be in Parks (ethnicity “Asian”) in Q1"),
    ],
)  # fmt: skip
def test_who_would_be_something_else_is_told_period_by_period(one, other, says):
    assert Words(["Q1", "Q2"], ["org", "ethnicity"]).instead(2, one, other) == says


def test_people_without_a_unit_are_told_by_what_they_are():
    words = Words(["Q1"], ["sex", "survey_q1"])
    assert words.instead(1, [("Female", "Yes")], [("Female", "No")]) == (
        "1 person with sex “Female”, survey q1 “Yes” would have survey q1 “No” instead"
    )


def test_who_goes_is_set_beside_who_differs_least_and_the_rest_come_or_go():
    kinds = [
        Kind(3, (PARKS,)),
        Kind(0, (OTHER,)),
        Kind(2, (HOMES,)),
        Kind(0, (("Homes", "Black"),)),
    ]
    words = Words(["Q1"], ["org", "ethnicity"])
    told = instead(words, kinds, [(2, -1), (0, -2), (3, 1), (1, 1)], [True, False, False, False])
    assert list(told) == [
        "1 person in Parks (ethnicity “Asian”) would have ethnicity “Black” instead",
        "1 person in Homes (ethnicity “Asian”) would have ethnicity “Black” instead",
        "1 person in Parks (ethnicity “Asian”) would not be there",
    ]
    told = instead(words, kinds, [(1, 2)], [False] * 4)
    assert list(told) == ["2 more would be in Parks (ethnicity “Black”)"]


@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(small_releases(percentages=False, periods=1, people=(6, 8), thresholds=(2, 3)))
def test_every_workforce_that_is_told_is_one_that_fits(tmp_path_factory, release):
    told, rows = release
    spec = specification(told)
    found = hide(spec, people_of(rows, spec), spec.threshold)
    assume(not found.unproved and found.hidden.any())
    folder = tmp_path_factory.mktemp("release") / "r"
    write_release(folder, spec, found, "internal", spec.threshold)
    published = read(folder)
    # What does not verify is never released, and never explained.
    assume(not verify(folder))
    fit = Workforces(told, published)
    for row in published.cells:
        if row["symbol"] in ("[c]", "[x]"):
            codes = {dim: row[dim] for dim in told["dims"] if row[dim]}
            said = explain(folder, {"period": row["period"], **codes})
            possible = fit.possible((row["period"], frozenset(codes.items())))
            assert {said.first, *said.could_be, *said.others} <= set(possible)
            if row["symbol"] == "[c]":
                assert said.second not in (None, said.first)
            if 0 < said.first < spec.threshold:
                assert said.second >= max(spec.threshold, said.first + 2)
