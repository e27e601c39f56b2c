"""The invented workforce holds what was planted in it, and does not contradict itself."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean

import numpy as np
import pytest

from goldenthread.example_data import borough as planted
from goldenthread.example_data.borough import CHARACTERISTICS, GRADES, MISSING, WHITE, borough
from goldenthread.warehouse import TABLES

WHO = ("unit", *CHARACTERISTICS)


@pytest.fixture(scope="module")
def made():
    return {name: list(table) for name, table in borough().items()}


@pytest.fixture(scope="module")
def days(made):
    return sorted({row["snapshot"] for row in made["people"]})


@pytest.fixture(scope="module")
def on(made, days):
    found = {day: {} for day in days}
    for row in made["people"]:
        found[row["snapshot"]][row["person"]] = row
    return found


def directorate(row):
    return row["unit"].rsplit("_", 2)[0]


def declared(rows):
    return sum(row["ethnicity"] not in MISSING for row in rows) / len(rows)


def test_it_has_6000_people_over_eight_quarters(made, on, days):
    assert days == [
        date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31),
        date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31),
    ]  # fmt: skip
    assert {len(people) for people in on.values()} == {6000}
    assert len(made["people"]) == 48_000


def test_its_tables_have_the_columns_of_the_contract(made):
    for name, rows in made.items():
        assert tuple(rows[0]) == TABLES[name].names


def test_the_same_seed_makes_the_same_people_and_another_makes_others():
    first, second, other = (
        {name: list(table) for name, table in borough(people=200, quarters=2, seed=seed).items()}
        for seed in (1, 1, 2)
    )
    assert first == second
    assert first["people"] != other["people"]


# The truths, by plain counting.


def test_women_are_paid_less_in_one_grade_and_in_no_other(on, days):
    gaps = {}
    for grade in GRADES:
        paid = defaultdict(list)
        for row in on[days[-1]].values():
            if row["grade"] == grade and row["hourly_pence"] is not None:
                paid[row["sex"]].append(row["hourly_pence"])
        gaps[grade] = 1 - mean(paid["female"]) / mean(paid["male"])
    assert gaps.pop(planted.GAP_GRADE) == pytest.approx(planted.GAP, abs=0.015)
    # The highest grades have few people, whose points differ by chance.
    assert all(abs(gap) < 0.025 for gap in gaps.values())


def test_other_than_white_staff_are_paid_more_in_every_grade_and_less_over_all(on, days):
    grades, whole = defaultdict(lambda: defaultdict(list)), defaultdict(list)
    for day in days[-4:]:
        for row in on[day].values():
            if row["ethnicity"] not in MISSING and row["hourly_pence"] is not None:
                group = "white" if row["ethnicity"] in WHITE else "other"
                if row["grade"] != planted.GAP_GRADE or row["sex"] == "male":
                    grades[row["grade"]][group].append(row["hourly_pence"])
                whole[group].append(row["hourly_pence"])
    within = {g: mean(paid["other"]) / mean(paid["white"]) - 1 for g, paid in grades.items()}
    assert len(within) == len(GRADES)
    assert all(0 < more < 2 * planted.TRAP for more in within.values())
    assert mean(whole["other"]) / mean(whole["white"]) - 1 < -0.05


def test_one_directorate_answers_less_than_every_other_in_every_quarter(on, days):
    for day in days:
        parts = defaultdict(list)
        for row in on[day].values():
            parts[directorate(row)].append(row)
        rates = {name: declared(rows) for name, rows in parts.items()}
        silent = rates.pop(planted.SILENT)
        assert len(rates) == 5
        assert silent < min(rates.values()) - 0.2


def test_a_campaign_worked_in_one_quarter_and_no_other(on, days):
    rates = [
        declared([r for r in on[day].values() if directorate(r) != planted.SILENT]) for day in days
    ]
    steps = [after - before for before, after in pairwise(rates)]
    assert steps.pop(planted.CAMPAIGN - 1) > 0.08
    assert all(abs(step) < 0.01 for step in steps)


def test_the_campaign_did_not_move_the_silent_directorate(on, days):
    rates = [
        declared([r for r in on[day].values() if directorate(r) == planted.SILENT]) for day in days
    ]
    assert all(abs(after - before) < 0.015 for before, after in pairwise(rates))


def test_formal_disciplinary_cases_are_likelier_for_other_than_white_staff():
    # Of many people, so that chance does not speak louder than what was planted.
    made = borough(people=60_000)
    cases = Counter(
        row["ethnicity"] in WHITE
        for row in made["cases"]
        if row["kind"] == "disciplinary" and row["formal"] and row["ethnicity"] not in MISSING
    )
    codes = made["people"].column("ethnicity")
    white = int(np.isin(codes, WHITE).sum())
    other = int((~np.isin(codes, [*WHITE, *MISSING])).sum())
    ratio = (cases[False] / other) / (cases[True] / white)
    assert ratio == pytest.approx(planted.FORMAL, rel=0.15)


# Its tables speak of the same people.


def test_moves_explain_every_difference_between_two_snapshots(made, on, days):
    for before, after in pairwise(days):
        moves = [row for row in made["moves"] if before < row["on_day"] <= after]
        who = {
            kind: {row["person"] for row in moves if row["kind"] == kind}
            for kind in ("joiner", "leaver", "promotion")
        }
        assert who["joiner"] == set(on[after]) - set(on[before])
        assert who["leaver"] == set(on[before]) - set(on[after])
        assert who["promotion"] == {
            person
            for person in set(on[after]) & set(on[before])
            if on[after][person]["grade_order"] > on[before][person]["grade_order"]
        }
        for row in moves:
            held = on[before if row["kind"] == "leaver" else after][row["person"]]
            assert {c: row[c] for c in (*WHO, "grade")} == {c: held[c] for c in (*WHO, "grade")}
            assert (row["reason"] is not None) == (row["kind"] == "leaver")
        assert len(moves) == sum(map(len, who.values()))


def test_who_joins_or_rises_was_appointed_on_an_application(made, on, days):
    for before, after in pairwise(days):
        moves = [row for row in made["moves"] if before < row["on_day"] <= after]
        for kind, internal in (("joiner", False), ("promotion", True)):
            appointed = [
                row
                for row in made["applications"]
                if row["period"] == after and row["appointed"] and row["internal"] == internal
            ]
            said = (*WHO, "grade")
            assert Counter(tuple(row[c] for c in said) for row in appointed) == Counter(
                tuple(row[c] for c in said) for row in moves if row["kind"] == kind
            )


def test_whoever_was_appointed_was_shortlisted(made):
    assert all(row["shortlisted"] for row in made["applications"] if row["appointed"])
    numbers = [row["applicant"] for row in made["applications"]]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(("table", "day"), [("cases", "opened"), ("training", "on_day")])
def test_cases_and_courses_are_of_people_in_that_quarters_snapshot(made, on, days, table, day):
    for row in made[table]:
        quarter = next(end for end in days if row[day] <= end)
        assert quarter - row[day] < timedelta(days=92)
        held = on[quarter][row["person"]]
        assert {c: row[c] for c in WHO} == {c: held[c] for c in WHO}
        assert row[day] >= held["started"]


def test_every_unit_is_below_the_council(made, on, days):
    lines = defaultdict(dict)
    for row in made["unit_lines"]:
        lines[row["snapshot"], row["unit"]][row["depth"]] = row["ancestor"]
    for day in days:
        for unit in {row["unit"] for row in on[day].values()}:
            above = lines[day, unit]
            assert (above[0], above[3]) == (unit, "council")
            assert (day, above[1]) in lines
    assert lines[days[0], "public_health_2_1"] == {
        0: "public_health_2_1", 1: "public_health_2", 2: "public_health", 3: "council",
    }  # fmt: skip


def test_a_borough_too_small_to_be_one_is_refused():
    with pytest.raises(ValueError, match="at least 100 people"):
        borough(people=99)
