"""Pay in a release: what is told, what is not, and that nobody's can be worked out."""

import csv
import json
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.awkward import MAKERS
from core.disclosure.council import EVERY, ORG, Staff, dims, org, spec_of, table
from goldenthread.disclosure.attack import attack
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import hide
from goldenthread.disclosure.protect.pay import INTERNAL, PUBLIC, asks_for_pay, protect_pay
from goldenthread.disclosure.spec import specification
from goldenthread.disclosure.verify import verify
from goldenthread.errors import Unreadable

SEEDS = (1, 2, 3)


def _released(folder, spec, rows, policy="internal", rules=INTERNAL):
    told = specification(spec)
    people = people_of(rows, told)
    hidden = hide(told, people, told.threshold)
    assert asks_for_pay(told)
    paid = protect_pay(hidden, people, rules)
    folder = Path(folder) / "release"
    write_release(folder, told, hidden, policy, told.threshold, paid)
    return folder


def _cells(folder):
    with (folder / "cells.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _rewrite(place, change):
    """Write a CSV file again with one row changed by a function; None leaves the row out."""
    with place.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        heads, rows = reader.fieldnames, list(reader)
    kept = [one for one in (change(number, row) for number, row in enumerate(rows)) if one]
    with place.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def _told(folder, measure="mean", **codes):
    (found,) = {
        row["value"] or row["symbol"]
        for row in _cells(folder)
        if row["measure"] == measure
        and all(row[dim] == codes.get(dim, "") for dim in ("org", "sex", "ethnicity") if dim in row)
    }
    return found


def _teams(seed, *sizes, least=2, measures=("count", "mean", "median"), **said):
    """One directorate's teams of these sizes, and a second directorate of one large team."""
    staff = Staff(seed)
    units = [("Homes", "Div 1", f"Team {number}") for number, _ in enumerate(sizes, 1)]
    for unit, size in zip(units, sizes, strict=True):
        staff.join(unit, size, **said)
    staff.join(("Parks", "Div 1", "Team 1"), 25)
    spec = spec_of(
        "pay", dims(org(*units, ("Parks", "Div 1", "Team 1"))), table(*measures, org=ORG),
        threshold=least,
    )  # fmt: skip
    return spec, staff.rows


def _team(number):
    return f"Homes / Div 1 / Team {number}"


@pytest.mark.parametrize("name", ["dominant_earner", "empty_unit"])
@pytest.mark.parametrize("seed", SEEDS)
def test_of_an_awkward_workforce_pay_is_told_and_nobodys_given_away(name, seed, tmp_path):
    case = MAKERS[name](seed)
    folder = _released(tmp_path, case.spec, case.rows)
    assert verify(folder) == []
    assert attack([folder]).exposures == ()
    body = [row for row in _cells(folder) if row["measure"] == "mean"
            and " / " not in row["org"] and not row.get("sex")]  # fmt: skip
    assert body and all(row["value"] or row["symbol"] == "[z]" for row in body)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_one_who_earns_most_of_a_team_hides_its_mean(seed, tmp_path):
    case = MAKERS["dominant_earner"](seed)
    folder = _released(tmp_path, case.spec, case.rows)
    assert _told(folder, org="Finance / Div 1 / Team 1") == "[c]"
    assert _told(folder, org="Finance") != "[c]"


def test_a_mean_that_leaves_six_people_is_hidden_and_telling_it_is_found(tmp_path):
    spec, rows = _teams(1, 12, 6)
    folder = _released(tmp_path, spec, rows)
    assert verify(folder) == [] and attack([folder]).exposures == ()
    assert (_told(folder, org=_team(1)), _told(folder, org=_team(2))) == ("[c]", "[c]")
    assert _told(folder, org="Homes") != "[c]"
    pence = [round(float(row["hourly_pay"]) * 100) for row in rows if row["team"] == _team(1)]
    mean = f"{sum(pence) / 100 / len(pence):.2f}"

    def plant(_number, row):
        planted = row["measure"] == "mean" and row["org"] == _team(1)
        return {**row, "value": mean, "symbol": "", "dp": "2"} if planted else row

    _rewrite(folder / "cells.csv", plant)
    (one,) = attack([folder]).exposures
    assert one.kind == "salary" and "Team 2" in one.says
    assert any("what is left" in fault or "Team 2" in fault for fault in verify(folder))


def test_two_teams_of_few_hide_each_other(tmp_path):
    spec, rows = _teams(2, 12, 6, 5, 14)
    folder = _released(tmp_path, spec, rows)
    told = [_told(folder, org=_team(number)) for number in (1, 2, 3, 4)]
    assert told[1:3] == ["[c]", "[c]"] and "[c]" not in (told[0], told[3])
    assert verify(folder) == [] and attack([folder]).exposures == ()


def test_what_two_small_teams_leave_together_is_few_people_too(tmp_path):
    spec, rows = _teams(3, 12, 3, 2, 14)
    folder = _released(tmp_path, spec, rows)
    told = [_told(folder, org=_team(number)) for number in (1, 4)]
    assert "[c]" in told
    assert verify(folder) == [] and attack([folder]).exposures == ()


def test_means_medians_and_gaps_are_what_the_people_earn(tmp_path):
    spec, rows = _teams(4, 20, 31)
    spec["tables"].append(table("count", "mean", "gap:sex=Male", sex=EVERY))
    folder = _released(tmp_path, spec, rows)

    def pay(where):
        return [Fraction(row["hourly_pay"]) for row in rows if where(row)]

    held = pay(lambda row: row["team"] == _team(2))
    assert _told(folder, org=_team(2)) == f"{float(sum(held) / len(held)):.2f}"
    assert _told(folder, "median", org=_team(2)) == f"{float(median(held)):.1f}"
    women, men = (pay(lambda row, sex=sex: row["sex"] == sex) for sex in ("Female", "Male"))
    gap = 100 * (1 - (sum(women) / len(women)) / (sum(men) / len(men)))
    assert _told(folder, "gap", sex="Female") == f"{float(gap):.1f}"
    assert _told(folder, "gap", sex="Male") == "[z]"


def test_a_gap_for_everybody_is_of_fifty_people_on_each_side(tmp_path):
    spec, rows = _teams(5, 20, 31)
    spec["tables"].append(table("count", "gap:sex=Male", sex=EVERY))
    assert _told(_released(tmp_path / "a", spec, rows), "gap", sex="Female") != "[c]"
    public = _released(tmp_path / "b", spec, rows, "public", PUBLIC)
    assert _told(public, "gap", sex="Female") == "[c]" and verify(public) == []
    lenient = _released(tmp_path / "c", spec, rows, "public", INTERNAL)
    assert any("fewer than 50" in fault for fault in verify(lenient))


def test_where_one_persons_pay_is_not_known_no_cell_with_them_tells_of_pay(tmp_path):
    spec, rows = _teams(6, 20, 31)
    rows[0] = {**rows[0], "hourly_pay": ""}
    folder = _released(tmp_path, spec, rows)
    for unit in ("", "Homes", "Homes / Div 1", _team(1)):
        assert (_told(folder, org=unit), _told(folder, "median", org=unit)) == ("[x]", "[x]")
    assert _told(folder, org=_team(2)) not in ("[c]", "[x]")
    assert verify(folder) == []


def test_pay_of_a_count_that_no_table_gives_says_nothing_of_it(tmp_path):
    spec, rows = _teams(7, 20, 6, 3, measures=("mean",))
    folder = _released(tmp_path, spec, rows)
    assert [_told(folder, org=_team(number)) for number in (2, 3)] == ["[x]", "[x]"]
    assert verify(folder) == [] and attack([folder]).exposures == ()


def _two_quarters(seed, rise):
    """Two teams, in the later quarter with one more person; everybody's pay rises by so much."""
    staff = Staff(seed, "2025Q4")
    units = [("Homes", "Div 1", "Team 1"), ("Parks", "Div 1", "Team 1")]
    for unit, size in zip(units, (20, 30), strict=True):
        staff.join(unit, size)
    for row in staff.stay(list(staff.rows), "2026Q1"):
        row["hourly_pay"] = f"{float(row['hourly_pay']) * rise:.2f}"
    staff.join(units[0])
    spec = spec_of(
        "quarters", dims(org(*units)), table("count", "mean", "median", org=ORG[:2]),
        threshold=1, periods=["2025Q4", "2026Q1"],
    )  # fmt: skip
    return spec, staff.rows


def test_where_nobody_elses_pay_changed_two_quarters_do_not_give_a_joiners(tmp_path):
    told = {}
    for rise in (1.0, 1.03):
        spec, rows = _two_quarters(3, rise)
        folder = _released(tmp_path / str(rise), spec, rows)
        assert verify(folder) == [] and attack([folder]).exposures == ()
        told[rise] = [row["value"] or row["symbol"] for row in _cells(folder)
                      if row["measure"] == "mean"]  # fmt: skip
    assert "[c]" in told[1.0] and "[c]" not in told[1.03]
    hidden = next(at for at, one in enumerate(told[1.0]) if one == "[c]")
    folder = tmp_path / "1.0" / "release"
    means = iter(range(6))
    true = _mean_of(spec, _two_quarters(3, 1.0)[1], hidden)

    def plant(_at, row):
        planted = row["measure"] == "mean" and next(means) == hidden
        return {**row, "value": true, "symbol": "", "dp": "2"} if planted else row

    _rewrite(folder / "cells.csv", plant)
    assert any("it would change" in fault for fault in verify(folder))


def _mean_of(spec, rows, number):
    quarter, unit = divmod(number, 3)
    held = [float(row["hourly_pay"]) for row in rows if row["period"] == spec["periods"][quarter]
            and (not unit or row["directorate"] == ("Homes", "Parks")[unit - 1])]  # fmt: skip
    return f"{sum(held) / len(held):.2f}"


def test_a_median_that_is_one_persons_pay_to_the_penny_is_hidden(tmp_path):
    told = {}
    for name, middle in (("alone", ["20.00"]), ("not alone", ["20.00", "20.00", "20.00"])):
        spec, rows = _teams(8, 21, 30)
        team = [at for at, row in enumerate(rows) if row["team"] == _team(1)]
        around = (21 - len(middle)) // 2
        pay = [f"15.{n:02}" for n in range(around)] + middle + [f"25.{n:02}" for n in range(around)]
        for at, each in zip(team, pay, strict=True):
            rows[at] = {**rows[at], "hourly_pay": each}
        folder = _released(tmp_path / name, spec, rows)
        assert verify(folder) == []
        told[name] = _told(folder, "median", org=_team(1))
    assert told == {"alone": "[c]", "not alone": "20.0"}


def test_every_figure_of_pay_and_every_row_of_its_proof_is_held_to_the_rest(tmp_path):
    case = MAKERS["dominant_earner"](2)
    folder = _released(tmp_path, case.spec, case.rows)
    told = [at for at, row in enumerate(_cells(folder))
            if row["measure"] in ("mean", "median", "gap") and row["value"]]  # fmt: skip
    inside = folder / "certificate"
    with (inside / "pay_changes.csv").open(encoding="utf-8", newline="") as stream:
        proofs = sum(1 for _ in csv.DictReader(stream))

    def more(row, key, by):
        return {**row, key: str(type(by)(float(row[key])) + by)}

    places = [(folder / "cells.csv", at, lambda row: more(row, "value", 0.1)) for at in told[::3]]
    places += [(inside / "pay_changes.csv", at, lambda row: more(row, "by", 400))
               for at in range(0, proofs, 9)]  # fmt: skip
    places += [(inside / "pay_changes.csv", at, lambda _row: None) for at in range(0, proofs, 9)]
    places += [
        (inside / "pay.csv", at, lambda row: more(row, "pence", 300)) for at in range(0, 99, 9)
    ]
    places += [(inside / "pay.csv", at, lambda _row: None) for at in (0, 50, 98)]
    assert verify(folder) == []
    for place, wanted, change in places:
        held = place.read_bytes()
        _rewrite(place, lambda at, row, w=wanted, c=change: c(row) if at == w else row)
        try:
            assert verify(folder), (place.name, wanted)
        except Unreadable as refusal:
            assert place.name in str(refusal.file)
        place.write_bytes(held)
    (inside / "pay.csv").unlink()
    assert verify(folder) == ["Pay is told, and nothing proves it."]


def test_a_proof_left_out_is_missed(tmp_path):
    spec, rows = _teams(1, 12, 6, 5, 14)
    folder = _released(tmp_path, spec, rows)
    place = folder / "certificate" / "pay_changes.csv"
    _rewrite(place, lambda _at, _row: None)
    assert any("nothing proves" in fault for fault in verify(folder))


def test_the_same_people_give_the_same_release_every_time(tmp_path):
    case = MAKERS["dominant_earner"](5)
    one, other = (_released(tmp_path / name, case.spec, case.rows) for name in "ab")
    for name in ("cells.csv", "certificate/pay.csv", "certificate/pay_changes.csv"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_limits_come_from_the_rules(tmp_path):
    spec, rows = _teams(9, 20, 31)
    folder = _released(tmp_path, spec, rows, rules=replace(INTERNAL, mean_least=25, mean_dp=1))
    assert _told(folder, org=_team(1)) == "[c]"
    assert len(_told(folder, org="Homes").partition(".")[2]) == 1


def test_a_percentage_of_nobody_is_not_marked_as_of_somebody(tmp_path):
    staff = Staff(1)
    staff.join(("Homes",), 30, disability="No")
    staff.join(("Homes",), 10, disability="Yes")
    staff.join(("Parks",), 40)
    told = specification(spec_of(
        "shares", dims(org(("Homes",), ("Parks",))),
        table("count", "percent:disability", org=["Total", "directorate"], disability=EVERY),
    ))  # fmt: skip
    hidden = hide(told, people_of(staff.rows, told), 5)
    figures = hidden.marks.figures
    flags = hidden.hidden.copy()
    for codes in ({"org": "Homes"}, {"org": "Homes", "disability": "Yes"}):
        flags[[cell for cell in figures.find_codes(0, codes) if cell >= 0]] = True
    write_release(tmp_path / "release", told, replace(hidden, hidden=flags), "internal", 5)
    symbols = {row["disability"]: row["symbol"] for row in _cells(tmp_path / "release")
               if row["org"] == "Homes" and row["measure"] == "percent"}  # fmt: skip
    assert symbols == {"": "[c]", "Yes": "[c]", "No": "[x]", "Not declared": "[x]"}


# Any small body: what is told, and a bound that needs no programme.

PAY = st.integers(900, 6000)


@st.composite
def bodies(draw):
    """Up to eight teams of up to fourteen; in half of them a second quarter after few changes."""
    sizes = draw(st.lists(st.integers(1, 14), min_size=2, max_size=5))
    other = draw(st.lists(st.integers(1, 14), min_size=1, max_size=3))
    staff = Staff(draw(st.integers(0, 9)), "2025Q4")
    units = [("Homes", "Div 1", f"Team {at}") for at, _ in enumerate(sizes)]
    units += [("Parks", "Div 1", f"Team {at}") for at, _ in enumerate(other)]
    many = len(staff.rows)
    for unit, size in zip(units, (*sizes, *other), strict=True):
        many += size
        for pence in draw(st.lists(PAY, min_size=size, max_size=size)):
            staff.join(unit, hourly_pay=f"{pence / 100:.2f}")
    periods = ["2025Q4"]
    if draw(st.booleans()):
        periods.append("2026Q1")
        left = draw(st.sets(st.integers(0, many - 1), max_size=3))
        rises = draw(st.sets(st.integers(0, many - 1), max_size=2))
        before = list(staff.rows)
        stayed = staff.stay((row for at, row in enumerate(before) if at not in left), "2026Q1")
        for at in rises & set(range(len(stayed))):
            stayed[at]["hourly_pay"] = f"{float(stayed[at]['hourly_pay']) * 1.1:.2f}"
        for unit in draw(st.lists(st.sampled_from(units), max_size=2)):
            staff.join(unit)
    tables = [table("count", "mean", "median", org=ORG)]
    if draw(st.booleans()):
        tables.append(table("count", "mean", "gap:sex=Male", org=ORG[:2], sex=EVERY))
    return spec_of("small", dims(org(*units)), *tables, threshold=1, periods=periods), staff.rows


def _earners(rows, told):
    """Who is in a cell, each with what they earn: alike in two quarters is the same twice."""
    return frozenset(
        (row["person"], round(float(row["hourly_pay"]) * 100)) for row in rows
        if row["period"] == told["period"]
        and told["org"] in ("", row["directorate"], row["division"], row["team"])
        and told.get("sex", "") in ("", row["sex"])
    )  # fmt: skip


def _known(folder, rows):
    """What is known of each set of people by the means told: the least and the most pence."""
    found = {}
    for told in _cells(folder):
        if told["measure"] == "mean" and told["value"]:
            inside = _earners(rows, told)
            pence, half = Fraction(told["value"]) * 100, Fraction(1, 2)
            bounds = (len(inside) * (pence - half), len(inside) * (pence + half))
            assert found.setdefault(inside, bounds) == bounds
    return found


def _worked_out(known):
    """What follows by taking parts from wholes, and putting parts together, three times over."""
    for _ in range(3):
        new = dict(known)
        for (one, (low, high)), (other, (least, most)) in combinations(known.items(), 2):
            whole, part = (one, other) if one > other else (other, one)
            if whole > part:
                (low, high), (least, most) = known[whole], known[part]
                _narrow(new, whole - part, max(low - most, Fraction(0)), high - least)
            elif not one & other:
                _narrow(new, one | other, low + least, high + most)
        if new == known or len(new) > 250:
            return new
        known = new
    return known


def _narrow(known, people, low, high):
    before = known.get(people, (Fraction(0), high))
    known[people] = (max(low, before[0]), min(high, before[1]))


@settings(max_examples=25, deadline=None)
@given(body=bodies())
def test_of_any_small_body_nobodys_pay_comes_within_a_tenth(body, tmp_path_factory):
    spec, rows = body
    folder = _released(tmp_path_factory.mktemp("pay"), spec, rows)
    assert verify(folder) == []
    assert [one for one in attack([folder]).exposures if one.kind == "salary"] == []
    for people, (low, high) in _worked_out(_known(folder, rows)).items():
        true = sum(pence for _, pence in people)
        assert low <= true <= high
        if len(people) < 8 and true:
            assert high > Fraction(11, 10) * true and low < Fraction(9, 10) * true


def test_the_bound_sees_what_a_mean_too_many_gives(tmp_path):
    spec, rows = _teams(1, 12, 6)
    folder = _released(tmp_path, spec, rows)
    known = _known(folder, rows)
    small, team = (_earners(rows, {"period": "2026Q1", "org": _team(number)}) for number in (2, 1))
    assert small not in _worked_out(known)
    true = Fraction(sum(pence for _, pence in team))
    low, high = _worked_out({**known, team: (true, true)})[small]
    assert high - low < low / 10


def test_what_is_written_says_its_decimals_and_its_reference(tmp_path):
    case = MAKERS["dominant_earner"](1)
    folder = _released(tmp_path, case.spec, case.rows)
    decimals = {(row["measure"], row["dp"]) for row in _cells(folder) if row["value"]}
    assert decimals == {("count", ""), ("mean", "2"), ("median", "1"), ("gap", "1")}
    assert {row["of"] for row in _cells(folder) if row["measure"] == "gap"} == {
        "sex=Male", "ethnicity=White",
    }  # fmt: skip
    assert json.loads((folder / "release.json").read_text())["policy"] == "internal"
