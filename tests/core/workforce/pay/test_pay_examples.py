"""Worked vectors of the statutory figures, through the public functions."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from goldenthread.workforce.pay.distribution import Distribution
from goldenthread.workforce.pay.gender_pay import read_gender_pay_gap
from goldenthread.workforce.pay.hourly_pay import (
    Kind,
    PayElement,
    Period,
    average_hours,
    hourly_pay,
)
from goldenthread.workforce.pay.pay_gap import gap
from goldenthread.workforce.pay.pay_records import bonus_pay_sql, hourly_pay_sql, staff_sql
from goldenthread.workforce.pay.published_figures import SixFigures, check_figures
from goldenthread.workforce.pay.quarters import quarters, sizes
from goldenthread.workforce.rounding import half_up

DATA = Path(__file__).parents[1] / "data"
DAY = date(2026, 3, 31)
SEXES = {"M": "male", "F": "female"}


def _vectors(file, *topics):
    vectors = json.loads((DATA / file).read_text(encoding="utf-8"))["vectors"]
    found = [each for each in vectors if each["topic"] in topics]
    assert found
    return pytest.mark.parametrize("vector", found, ids=lambda each: each["id"])


def _pence(pounds):
    return int(Fraction(str(pounds)) * 100)


def _distribution(pounds):
    return Distribution.of(_pence(each) for each in pounds)


@_vectors("gpg.json", "hourly_gap")
def test_an_hourly_gap(vector):
    given, expected = vector["inputs"], vector["expected"]
    men, women = _distribution(given["male"]), _distribution(given["female"])
    for statistic in ("mean", "median"):
        found = gap(men, women, ("men", "women"), statistic=statistic)
        assert float(found.exact) == pytest.approx(expected[f"{statistic}_gap_pct"], abs=1e-6)
        assert found.per_cent == Decimal(str(expected[f"{statistic}_gap_pct_1dp"]))
        assert str(found.per_cent) != "-0.0"


@_vectors("gpg.json", "all_statutory_measures")
def test_a_whole_payroll(vector, records):
    given, expected = vector["inputs"]["employees"], vector["expected"]
    records.fill(
        "people",
        [
            {
                "snapshot": DAY,
                "person": each["employee"],
                "sex": SEXES[each["sex"]],
                "relevant": True,
                "full_pay": each["full_pay"],
                "hourly_pence": _pence(each["hourly_pay"]),
                "bonus_pence": _pence(each["bonus"]),
            }
            for each in given
        ],
    )
    found = read_gender_pay_gap(
        DAY,
        records.rows(hourly_pay_sql()),
        records.rows(bonus_pay_sql()),
        records.rows(staff_sql()),
    )
    exact = {
        "mean_hourly_gap_pct": found.mean_hourly.exact,
        "median_hourly_gap_pct": found.median_hourly.exact,
        "mean_bonus_gap_pct": found.mean_bonus.exact,
        "median_bonus_gap_pct": found.median_bonus.exact,
        "male_bonus_proportion_pct": found.men.bonus_share,
        "female_bonus_proportion_pct": found.women.bonus_share,
    }
    assert {name: float(value) for name, value in exact.items()} == pytest.approx(
        {name: expected[name] for name in exact}, abs=1e-6
    )
    figures = found.figures
    assert {
        "mean_hourly": figures.mean_hourly,
        "median_hourly": figures.median_hourly,
        "mean_bonus": figures.mean_bonus,
        "median_bonus": figures.median_bonus,
        "male_bonus": figures.men_with_bonus,
        "female_bonus": figures.women_with_bonus,
    } == {name: Decimal(str(value)) for name, value in expected["one_dp"].items()}
    assert found.men.full_pay + found.women.full_pay == expected["full_pay_relevant"]
    names = [each.name.replace(" ", "_") for each in found.quarters]
    assert (
        dict(zip(names, (each.people for each in found.quarters), strict=True))
        == (expected["quarter_sizes"])
    )
    assert {
        name: float(each.ideal_men) for name, each in zip(names, found.quarters, strict=True)
    } == (pytest.approx(expected["quarter_male_ideal"]))
    assert all(abs(each.men - each.ideal_men) < 1 for each in found.quarters)
    assert check_figures(figures) == ()


@_vectors("gpg.json", "bonus_gap")
def test_a_bonus_gap(vector):
    given, expected = vector["inputs"], vector["expected"]
    bonus = [(DAY, "male", _pence(each), 1) for each in given["male_bonus"]]
    bonus += [(DAY, "female", _pence(each), 1) for each in given["female_bonus"]]
    staff = [
        (DAY, "male", given["male_relevant"], 0, 0, len(given["male_bonus"])),
        (DAY, "female", given["female_relevant"], 0, 0, len(given["female_bonus"])),
    ]
    found = read_gender_pay_gap(DAY, [], bonus, staff)
    assert float(found.mean_bonus.exact) == expected["mean_bonus_gap_pct"]
    assert float(found.median_bonus.exact) == expected["median_bonus_gap_pct"]
    assert float(found.figures.men_with_bonus) == expected["male_bonus_proportion_pct_1dp"]
    assert float(found.figures.women_with_bonus) == expected["female_bonus_proportion_pct_1dp"]


@_vectors("gpg.json", "hourly_pay")
def test_an_hourly_rate(vector):
    given, expected = vector["inputs"], vector["expected"]
    elements = [PayElement(Kind.BASIC, _pence(given["ordinary"]))]
    if "bonus" in given:
        days = Fraction(str(given["bonus_days"]))
        elements.append(PayElement(Kind.PERFORMANCE, _pence(given["bonus"]), bonus_period=days))
    weeks = given.get("weekly_hours_last_12_complete_weeks")
    hours = average_hours(weeks) if weeks else Decimal(str(given["hours"]))
    found = hourly_pay(elements, Period(given["period"]), hours)
    assert float(found.exact / 100) == pytest.approx(expected["hourly_pay"], abs=1e-6)
    if "hourly_pay_2dp" in expected:
        assert found.pence == _pence(expected["hourly_pay_2dp"])
    if weeks:
        assert float(hours.hours) == pytest.approx(expected["weekly_hours"], abs=1e-6)


@_vectors("gpg.json", "rounding")
def test_a_quarter_s_pair_makes_100(vector):
    given, expected = vector["inputs"], vector["expected"]
    men, women = Distribution.of([1] * given["male"]), Distribution.of([1] * given["female"])
    everybody = (given["male"] + given["female"]) * 3
    above = Distribution.of([2] * everybody)
    lower = quarters(men, women + above)[0]
    pair = [float(lower.men_per_cent), float(lower.women_per_cent)]
    assert pair in expected["allowed_pairs_1dp"]
    for forbidden in expected["forbidden_pairs_1dp"]:
        found = check_figures(_return_with(*forbidden))
        assert [each.rule for each in found] == ["quarter does not make 100"]


def _return_with(men, women):
    """A return that is right but for its lower quarter."""
    half = Decimal("50.0")
    return SixFigures(
        half, half, half, half, half, half,
        men_in_quarters=(Decimal(str(men)), half, half, half),
        women_in_quarters=(Decimal(str(women)), half, half, half),
    )  # fmt: skip


@_vectors("quarters.json", "quarter_sizes")
def test_quarter_sizes(vector):
    given = vector["inputs"]["n"]
    assert [list(sizes(people)) for people in given] == vector["expected"]["sizes_lower_to_upper"]


@_vectors("quarters.json", "quarter_split")
def test_a_quarter_split(vector):
    given, expected = vector["inputs"]["employees"], vector["expected"]
    men = _distribution(each["hourly_pay"] for each in given if each["sex"] == "M")
    women = _distribution(each["hourly_pay"] for each in given if each["sex"] == "F")
    found = quarters(men, women)
    assert [each.people for each in found] == expected["sizes_lower_to_upper"]
    ideal = [float(each.ideal_men) for each in found]
    assert ideal == pytest.approx(expected["male_ideal_lower_to_upper"])
    assert sum(each.men for each in found) == men.people
    assert all(abs(each.men - each.ideal_men) < 1 for each in found)
    if expected["exact_integer_solution"]:
        assert [each.men for each in found] == expected["male_counts_lower_to_upper"]
        assert [half_up(Fraction(100 * each.men, each.people)) for each in found] == [
            Decimal(str(each)) for each in expected["male_pct_lower_to_upper_1dp"]
        ]
