"""What protect makes, whatever it is of: verified, and nothing in it for an intruder."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, event, given, settings

from core.disclosure.awkward import SMALLER
from core.disclosure.brute import Workforces, findings, needed, tabled
from core.disclosure.counted import People as Counted
from core.disclosure.counted import read
from core.disclosure.least_hidden import hidden_by, optimum
from core.disclosure.occasions import occasions
from core.disclosure.released import released_or_none
from core.disclosure.small_releases import small_releases
from goldenthread.disclosure.attack import attack
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.people import read_people
from goldenthread.disclosure.protect import hide
from goldenthread.disclosure.spec import read_specification
from goldenthread.disclosure.verify import verify

GIVEN = Path(__file__).parent / "data" / "releases"
# The full council takes a minute, so that one of it is made.
CASES = [
    (name, seed) for name in SMALLER for seed in ((1,) if name == "full_council" else (1, 2, 3))
]
MANY = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)


def protected(place, out, seconds=None):
    spec = read_specification(place / "spec.json")
    people = read_people(place / "microdata.csv", spec)
    found = hide(spec, people, spec.threshold, seconds)
    assert not found.unproved
    write_release(out, spec, found, "internal", spec.threshold)
    return found


def rewrite(place, change):
    """Change the rows of a file of figures or of a certificate."""
    with place.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    change(rows)
    with place.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


@pytest.mark.parametrize("name", sorted(one.name for one in GIVEN.iterdir()))
def test_an_example_release_is_made_and_gives_nothing_away(name, tmp_path):
    protected(GIVEN / name, tmp_path / "out")
    assert verify(tmp_path / "out") == []
    assert attack([tmp_path / "out"]).exposures == ()


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_an_awkward_workforce_is_released_and_gives_nothing_away(name, seed, tmp_path):
    place = SMALLER[name](seed).write(tmp_path)
    protected(place, tmp_path / "out")
    assert verify(tmp_path / "out") == []
    attacked = attack([tmp_path / "out"])
    assert (attacked.exposures, attacked.unsettled) == ((), 0)


def test_the_same_people_give_the_same_release(tmp_path):
    place = SMALLER["leaver_and_late_declarer"](5).write(tmp_path)
    for name in ("one", "other"):
        protected(place, tmp_path / name)
    for file in ("cells.csv", "certificate/changes.csv"):
        one, other = ((tmp_path / name / file).read_bytes() for name in ("one", "other"))
        assert one == other


def test_where_time_runs_out_less_is_told_and_nothing_given_away(tmp_path):
    place = SMALLER["linked_margins"](1).write(tmp_path)
    whole = protected(place, tmp_path / "whole")
    short = protected(place, tmp_path / "short", seconds=0.0)
    assert verify(tmp_path / "short") == []
    assert attack([tmp_path / "short"]).exposures == ()
    open_ = [int((one.marks.shown & ~one.hidden).sum()) for one in (whole, short)]
    assert open_[1] < open_[0]


@pytest.mark.parametrize("name", ["tiny_teams", "linked_margins", "two_partitions"])
def test_one_figure_too_many_is_caught(name, tmp_path):
    place = SMALLER[name](6).write(tmp_path)
    found = protected(place, tmp_path / "out")
    figures = found.marks.figures
    small = {
        tuple(sorted(figures.codes(int(cell)).items())): int(figures.value[cell])
        for cell in found.marks.small.nonzero()[0]
    }

    def tell(rows):
        head, chosen = rows[0], None
        for row in rows[1:]:
            told = dict(zip(head, row, strict=True))
            codes = tuple(sorted((dim, told[dim]) for dim in figures.dims if told[dim]))
            if told["symbol"] == "[c]" and told["measure"] == "count" and codes in small:
                chosen = chosen or codes
                if codes == chosen:
                    row[head.index("symbol")] = ""
                    row[head.index("value")] = str(small[codes])

    rewrite(tmp_path / "out" / "cells.csv", tell)
    assert verify(tmp_path / "out") != []
    assert attack([tmp_path / "out"]).exposures != ()


@pytest.mark.parametrize("name", ["structural_zeros", "undeclared_teams"])
def test_a_certificate_that_was_tampered_with_is_caught(name, tmp_path):
    place = SMALLER[name](6).write(tmp_path)
    protected(place, tmp_path / "out")

    def shift(rows):
        rows[1][2] = str(int(rows[1][2]) + 1)

    rewrite(tmp_path / "out" / "certificate" / "changes.csv", shift)
    assert verify(tmp_path / "out") != []


def test_a_certificate_that_lacks_its_changes_is_caught(tmp_path):
    protected(SMALLER["threshold_ten"](6).write(tmp_path), tmp_path / "out")

    def take(rows):
        del rows[1:]

    rewrite(tmp_path / "out" / "certificate" / "changes.csv", take)
    assert verify(tmp_path / "out") != []


def test_readers_learn_in_fifties_alone_how_many_people_are_hidden(tmp_path):
    found = protected(SMALLER["tiny_teams"](2).write(tmp_path), tmp_path / "out")
    about = json.loads((tmp_path / "out" / "release.json").read_text(encoding="utf-8"))["figures"]
    hidden = found.hidden & ~found.marks.small & ~found.marks.withdrawn
    people = int(found.marks.figures.value[hidden].sum())
    assert abs(about["people_hidden_to_protect"] - people) <= 25
    assert about["people_hidden_to_protect"] % 50 == 0
    assert about["hidden_to_protect"] == int(hidden.sum())


def test_whoever_changed_units_is_as_safe_as_who_joined_and_left(tmp_path):
    """Three people, of whom one moved to B and another answers otherwise: nobody learns who."""
    told = {
        "name": "small", "threshold": 2, "periods": ["2025Q4", "2026Q1"],
        "dims": {
            "org": {"children": {"Total": ["A", "B"]}},
            "ethnicity": {
                "children": {"Total": ["White", "Black", "Not declared"]},
                "sensitive": True, "nonsensitive": ["Not declared"],
            },
        },
        "tables": [{
            "name": "table 1", "measures": ["percent:ethnicity"],
            "dims": {"org": ["Total", "directorate"], "ethnicity": ["Total", "broad"]},
        }],
        "suppressed_never_zero": False,
        "flows": [{
            "from": "2025Q4", "to": "2026Q1", "where": {}, "joiners": [0, 0], "leavers": [0, 0],
        }],
    }  # fmt: skip
    where = {"2025Q4": ("AAA", "WWW"), "2026Q1": ("AAB", "BWW")}
    rows = [
        {
            "person": f"P{number}", "period": period, "directorate": unit, "division": "",
            "team": "", "ethnicity": {"W": "White", "B": "Black"}[answer], "ethnicity_broad": "",
        }
        for period, (units, answers) in where.items()
        for number, (unit, answer) in enumerate(zip(units, answers, strict=True))
    ]  # fmt: skip
    folder = released_or_none(tmp_path / "out", told, rows)
    assert verify(folder) == []


@settings(MANY, max_examples=60)
@given(release=small_releases(percentages=False, periods=2, people=(3, 8), thresholds=(2, 3)))
def test_no_release_is_called_safe_by_mistake(tmp_path_factory, release):
    """Held to every workforce that fits what is published: no small count is left all but known."""
    told, rows = release
    folder = released_or_none(tmp_path_factory.mktemp("release") / "r", told, rows)
    assume(folder is not None)
    for happens in occasions(told, rows, read(folder)):
        event(happens)
    assert verify(folder) == []
    fit, people = Workforces(told, read(folder)), Counted(told, rows)
    for cell in tabled(told):
        true = people.count(cell)
        if 0 < true < told["threshold"]:
            assert max(fit.possible(cell)) >= needed(true, told["threshold"])
    assert [one for one in findings(fit, rows) if one.kind in ("exact", "narrow", "group")] == []


@settings(MANY, max_examples=25)
@given(release=small_releases(percentages=False, periods=1, people=(5, 8), thresholds=(2, 3)))
def test_no_less_is_hidden_than_the_least_that_is_safe(tmp_path_factory, release):
    told, rows = release
    folder = released_or_none(tmp_path_factory.mktemp("release") / "r", told, rows)
    assume(folder is not None)
    ours, withdrawn = hidden_by(told, rows, read(folder))
    best = optimum(told, rows, withdrawn=withdrawn)
    assert best is not None
    assert (ours.people, ours.cells) >= (best.people, best.cells)
