"""The four example releases, published by somebody who hides small counts and thinks no further."""

from collections import Counter
from pathlib import Path

import pytest

from core.disclosure.attack import naive
from goldenthread.disclosure.attack import attack

RELEASES = Path(__file__).parents[1] / "data" / "releases"
FOUND = {
    "01_tiny_teams": {"exact": 62, "small": 37, "group": 7},
    "05_leaver": {"exact": 26, "small": 33, "joiner": 6, "leaver": 6},
    "06_linked_margins": {"exact": 67, "small": 8, "group": 2},
    "09_group_and_percent": {"exact": 129, "group": 8},
}


@pytest.mark.parametrize("name", FOUND)
def test_a_naive_release_is_broken_and_every_finding_holds_the_truth(name, tmp_path):
    spec, rows = naive.read(RELEASES / name)
    attacked = attack([naive.publish(spec, rows, tmp_path)])
    true = naive.truth(spec, rows)
    assert Counter(one.kind for one in attacked.exposures) == FOUND[name]
    assert attacked.unsettled == 0
    for one in attacked.exposures:
        if one.kind in ("exact", "small", "narrow"):
            assert one.low <= true[one.period, frozenset(one.codes)] <= one.high
        if one.kind == "exact":
            assert one.low == one.high
        assert one.says.endswith(".")


def test_the_leaver_and_the_joiner_are_told_apart_from_all_who_stayed(tmp_path):
    spec, rows = naive.read(RELEASES / "05_leaver")
    attacked = attack([naive.publish(spec, rows, tmp_path)])
    people = {period: {row["person"]: row for row in rows if row["period"] == period}
              for period in spec["periods"]}  # fmt: skip
    (left,) = set(people["2026Q1"]) - set(people["2026Q2"])
    (came,) = set(people["2026Q3"]) - set(people["2026Q2"])
    for kind, row in (("leaver", people["2026Q1"][left]), ("joiner", people["2026Q3"][came])):
        codes = {code for one in attacked.exposures if one.kind == kind for _, code in one.codes}
        assert codes <= {row["ethnicity_broad"], row["disability"], row["directorate"],
                         row["division"]}  # fmt: skip
        assert codes >= {row["ethnicity_broad"]} | {row["disability"]}


def test_rounding_every_figure_to_five_still_leaks(tmp_path):
    spec, rows = naive.read(RELEASES / "06_linked_margins")
    folder = naive.publish(spec, rows, tmp_path, hide=lambda *_: False, base="5")
    attacked = attack([folder])
    true = naive.truth(spec, rows)
    assert attacked.exposures
    for one in attacked.exposures:
        if one.kind in ("exact", "small"):
            assert one.low <= true[one.period, frozenset(one.codes)] <= one.high
