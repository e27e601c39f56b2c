"""Rounded releases add up, are near, and leave every small count in doubt."""

import csv
import json

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from core.disclosure.awkward import MAKERS
from core.disclosure.brute import Workforces, findings
from core.disclosure.counted import People as Counted
from core.disclosure.counted import children, leaves, read
from core.disclosure.small_releases import small_releases
from goldenthread.disclosure.attack import attack
from goldenthread.disclosure.people import people_of, read_people
from goldenthread.disclosure.rounding import conventional, round_off
from goldenthread.disclosure.rounding.folder import write_rounded
from goldenthread.disclosure.spec import specification
from goldenthread.disclosure.verify import verify
from goldenthread.disclosure.verify_rounded import is_rounded

SEEDS = (1, 2)
CASES = [name for name in MAKERS if name not in ("full_council", "threshold_ten")]


def _released(folder, case, threshold=None):
    place = case.write(folder)
    spec = specification(case.spec)
    people = read_people(place / "microdata.csv", spec)
    found = round_off(spec, people, threshold or spec.threshold)
    assert found is not None
    write_rounded(place / "out", spec, found, "internal")
    return found, place / "out"


def _rows(folder, name="cells.csv"):
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _counts(rows, dims):
    """By period and codes what is shown, and that no two tables show it otherwise."""
    found = {}
    for row in rows:
        if row["measure"] == "count":
            where = row["period"], frozenset((dim, row[dim]) for dim in dims if row[dim])
            value = int(row["value"]) if row["value"] else None
            assert found.setdefault(where, value) == value
    return found


def _check_sums(spec, found):
    """Every shown cell is the sum of its parts along each dimension, in each way, where shown."""
    sums = 0
    for (period, told), value in found.items():
        for dim in spec["dims"]:
            code = dict(told).get(dim, "Total")
            rest = frozenset(one for one in told if one[0] != dim)
            for way in children(spec, dim, period).get(code, []):
                parts = [found.get((period, rest | {(dim, one)})) for one in way]
                if value is not None and None not in parts:
                    assert sum(parts) == value
                    sums += 1
    return sums


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("seed", SEEDS)
def test_an_awkward_workforce_is_rounded_near_adds_up_and_gives_nothing_away(name, seed, tmp_path):
    case = MAKERS[name](seed)
    found, folder = _released(tmp_path, case)
    assert found.unproved == ()
    assert verify(folder) == []
    attacked = attack([folder])
    assert attacked.exposures == () and attacked.unsettled == 0
    shown = _counts(_rows(folder), case.spec["dims"])
    people = Counted(case.spec, case.rows)
    for where, value in shown.items():
        true = people.count(where)
        if value is not None:
            assert value % 5 == 0 and abs(value - true) < 5
            assert true or not value
    _check_sums(case.spec, shown)
    hidden = sum(value is None for value in shown.values())
    assert hidden <= len(shown) // 10


def test_all_figures_of_a_release_without_gaps_are_held_to_their_sums(tmp_path):
    case = MAKERS["linked_margins"](1)
    _, folder = _released(tmp_path, case)
    shown = _counts(_rows(folder), case.spec["dims"])
    assert None not in shown.values()
    assert _check_sums(case.spec, shown) > 100


def test_the_same_people_are_rounded_the_same_every_time(tmp_path):
    case = MAKERS["tiny_teams"](1)
    _, one = _released(tmp_path / "a", case)
    _, other = _released(tmp_path / "b", case)
    for name in ("cells.csv", "release.json", "certificate/changes.csv"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_no_figure_leaves_only_small_counts_where_the_threshold_is_ten(tmp_path):
    found, folder = _released(tmp_path, MAKERS["threshold_ten"](1))
    assert found.unproved == () and verify(folder) == []
    assert attack([folder]).exposures == ()
    # A 5 would say from 1 to 9: whoever reads it would know that it is small.
    assert 5 not in {int(row["value"]) for row in _rows(folder) if row["value"]}
    assert found.withdrawn.any()


def test_a_cell_that_did_not_change_keeps_its_figure_where_sums_allow():
    case = MAKERS["second_quarter"](1)
    spec = specification(case.spec)
    found = round_off(spec, people_of(case.rows, spec), spec.threshold)
    pairs = found.cube.beside()
    same = pairs[found.cube.value[pairs[:, 0]] == found.cube.value[pairs[:, 1]]]
    assert len(same)
    assert (found.shown[same[:, 0]] == found.shown[same[:, 1]]).all()


def test_percentages_are_of_the_rounded_figures_and_of_no_fewer_than_23(tmp_path):
    case = MAKERS["percentages_only"](1)
    found, folder = _released(tmp_path, case)
    rows = [row for row in _rows(folder) if row["measure"] == "percent"]
    assert any(row["value"] for row in rows) and any(row["symbol"] == "[x]" for row in rows)
    for row in rows:
        told = {dim: row[dim] for dim in found.cube.dims if row[dim]}
        whole = {dim: code for dim, code in told.items() if dim != row["of"]}
        part, base = (
            int(found.shown[found.cube.cell(found.cube.spec.periods.index(row["period"]), one)])
            for one in (told, whole)
        )
        if row["value"]:
            # At worst there are 4 fewer than the base says.
            assert base - 4 >= 23
            assert abs(int(row["value"]) - 100 * part / base) <= 0.5
        else:
            assert base - 4 < 23 or found.withdrawn.any()


def test_no_pay_is_shown_beside_rounded_counts(tmp_path):
    _, folder = _released(tmp_path, MAKERS["dominant_earner"](1))
    pay = [row for row in _rows(folder) if row["measure"] in ("mean", "median", "gap")]
    assert pay and {row["symbol"] for row in pay} == {"[x]"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(small_releases(percentages=False, periods=1, people=(3, 8)))
def test_no_rounded_release_is_safe_by_mistake(tmp_path_factory, release):
    """Held against every workforce that fits: what is called proved is never to be worked out."""
    given_, rows = release
    size = 1
    for dim in given_["dims"]:
        size *= len(leaves(given_, dim, given_["periods"][-1]))
    assume(size <= 6)
    spec = specification(given_)
    found = round_off(spec, people_of(rows, spec), spec.threshold)
    assume(found is not None and not found.unproved)
    folder = tmp_path_factory.mktemp("rounded") / "out"
    write_rounded(folder, spec, found, "internal")
    assert verify(folder) == []
    fit = Workforces(given_, read(folder), spare=10)
    assert fit.holds(rows)
    assert findings(fit, rows) == []
    assert attack([folder]).exposures == ()


# What is planted is found.


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    case = MAKERS["linked_margins"](1)
    return _released(tmp_path_factory.mktemp("sound"), case)[1]


def _copy(sound, tmp_path):
    folder = tmp_path / "out"
    (folder / "certificate").mkdir(parents=True)
    for name in ("cells.csv", "release.json", *(f"certificate/{one}.csv" for one in
                                                ("workforce", "changes", "rounded"))):  # fmt: skip
        (folder / name).write_bytes((sound / name).read_bytes())
    return folder


def _rewrite(folder, name, change):
    rows = _rows(folder, name)
    heads = list(rows[0])
    change(rows)
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _bump(by):
    def change(rows):
        same = [dict(row) for row in rows]
        first = next(row for row in same if int(row["value"] or 0) >= 20)
        dims = [name for name in first if name not in ("table", "value")]
        for row in rows:
            if all(row[dim] == first[dim] for dim in dims):
                row["value"] = str(int(row["value"]) + by)

    return change


def test_a_sound_release_is_known_for_a_rounded_one_and_passes(sound, tmp_path):
    folder = _copy(sound, tmp_path)
    assert is_rounded(folder) and verify(folder) == []
    assert not is_rounded(tmp_path)


@pytest.mark.parametrize("by", [5, -5, 10])
def test_one_figure_moved_is_seen(sound, tmp_path, by):
    folder = _copy(sound, tmp_path)
    _rewrite(folder, "cells.csv", _bump(by))
    assert any("does not add up" in one or "not that of" in one for one in verify(folder))


def test_a_true_figure_in_place_of_a_rounded_one_is_seen(sound, tmp_path):
    folder = _copy(sound, tmp_path)
    _rewrite(folder, "cells.csv", _bump(1))
    assert any("not that of the certificate" in one for one in verify(folder))


def test_a_change_that_is_missing_is_seen(sound, tmp_path):
    folder = _copy(sound, tmp_path)
    _rewrite(folder, "certificate/changes.csv", lambda rows: rows.__delitem__(slice(None)))
    assert any("nothing proves" in one for one in verify(folder))


def test_a_change_that_breaks_what_is_shown_is_seen(sound, tmp_path):
    folder = _copy(sound, tmp_path)
    _rewrite(folder, "certificate/changes.csv", lambda rows: rows[0].update(by="40"))
    assert any("could not be shown as it is" in one for one in verify(folder))


def test_a_workforce_with_one_person_more_is_seen(sound, tmp_path):
    folder = _copy(sound, tmp_path)

    def more(rows):
        for row in rows[:5]:
            row["people"] = str(int(row["people"]) + 5)

    _rewrite(folder, "certificate/workforce.csv", more)
    assert any("not that of the certificate" in one for one in verify(folder))


def test_two_bases_in_one_release_are_refused(sound, tmp_path):
    folder = _copy(sound, tmp_path)
    _rewrite(folder, "cells.csv", lambda rows: rows[3].update(base="5"))
    with pytest.raises(Exception, match="Row 5 is damaged"):
        verify(folder)


def test_conventional_rounding_is_seen_through_where_it_gives_something_away(tmp_path):
    case = MAKERS["tiny_teams"](1)
    spec = specification(case.spec)
    place = case.write(tmp_path)
    found = conventional(spec, read_people(place / "microdata.csv", spec), spec.threshold)
    write_rounded(place / "out", spec, found, "internal")
    told = json.loads((place / "out" / "release.json").read_text(encoding="utf-8"))
    assert told["method"].startswith("conventional")
    away = np.abs(found.shown - found.cube.value)
    assert away.max() == 2
    # Whoever is found by the intruder has no proof either.
    if attack([place / "out"]).exposures:
        assert found.unproved
