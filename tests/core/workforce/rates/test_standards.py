"""The standards' indicators: each of these files', or with what it needs."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest

from core.workforce.staff import NOW, THEN, filled, staff
from goldenthread.workforce.rates.benchmark import Benchmark
from goldenthread.workforce.rates.likelihood import RelativeLikelihood
from goldenthread.workforce.rates.representation import Representation
from goldenthread.workforce.rates.standards import Indicator, Name, answer, standard
from goldenthread.workforce.too_few import TooFew

YEAR = {"snapshot": NOW, "begins": date(2025, 4, 1), "ends": NOW}


def _workforce():
    """200 people on two days: a fifth of all other groups, and one of twenty heads."""
    people = []
    for day in (THEN, NOW):
        for n in range(200):
            grade = "head" if n % 10 == 0 else "g1"
            other = n == 0 if grade == "head" else n % 9 < 2
            ethnic = "asian_indian" if other else "white_british"
            disabled = "disabled" if n % 4 == 0 else "not_disabled"
            people.append(staff(day, f"p{n}", grade=grade, ethnicity=ethnic, disability=disabled))
    records = filled(people)
    others = [f"p{n}" for n in range(200) if people[n]["ethnicity"] == "asian_indian"]
    case = {"opened": date(2025, 7, 1), "kind": "disciplinary", "formal": True}
    records.fill("cases", [case | {"person": person} for person in others[:8]])
    records.fill("cases", [case | {"person": f"p{n}"} for n in (10, 20, 30, 40)])
    for ethnic, shortlisted, appointed in [("white_british", 100, 30), ("black_african", 100, 15)]:
        for n in range(shortlisted):
            asked = {"period": NOW, "ethnicity": ethnic, "shortlisted": True, "internal": False}
            records.fill("applications", [asked | {"appointed": n < appointed}])
    return records, len(others)


@pytest.mark.parametrize(
    ("name", "indicators"), [("sc_wres", 9), ("nhs_wres", 9), ("nhs_wdes", 10)]
)
def test_a_standard_has_all_its_indicators_in_order_with_definition_and_source(name, indicators):
    found = standard(name)
    assert [one.number for one in found.indicators] == [str(n + 1) for n in range(indicators)]
    assert all(one.definition.endswith(".") for one in found.indicators)
    assert found.address.startswith("https://")
    assert found.version


def test_an_indicator_is_given_by_the_files_or_says_what_it_needs():
    records, _ = _workforce()
    for name in get_args(Name):
        for one in answer(standard(name), records, **YEAR):
            if one.indicator.kind == "needs":
                assert one.lines == ()
                assert one.needs in {"Needs a survey.", "Needs regulator data."}
            else:
                assert one.needs is None
                assert one.lines


def test_the_same_data_are_oriented_as_each_standard_prints_them():
    records, _ = _workforce()
    care, health = (
        answer(standard(name), records, **YEAR)[1].lines[0].found
        for name in ("sc_wres", "nhs_wres")
    )
    assert care.two_decimals == Decimal("0.50")
    assert health.two_decimals == Decimal("2.00")
    assert care.orientation == "people of all other ethnic groups / White people"
    assert health.orientation == "White people / people of all other ethnic groups"
    assert care.ratio * health.ratio == 1


def test_discipline_is_all_other_over_white_in_both():
    records, others = _workforce()
    for name in ("sc_wres", "nhs_wres"):
        found = answer(standard(name), records, **YEAR)[2].lines[0].found
        assert isinstance(found, RelativeLikelihood)
        assert (found.numerator.events, found.numerator.total) == (8, others)
        assert (found.denominator.events, found.denominator.total) == (4, 200 - others)
        assert found.beyond_chance


def test_each_grade_stands_beside_the_whole_workforce_lowest_first():
    records, others = _workforce()
    lines = answer(standard("nhs_wres"), records, **YEAR)[0].lines
    assert [line.of for line in lines] == ["g1", "head"]
    low, head = (line.found for line in lines)
    assert isinstance(low, Representation)
    assert low.reference == Fraction(others, 200)
    assert low.name == f"of the whole workforce ({others} of 200)"
    assert isinstance(head, TooFew)


def test_senior_managers_stand_beside_the_population_where_there_is_one():
    records, _ = _workforce()
    population = Benchmark(
        area="Borough",
        taken_on=date(2021, 3, 21),
        ages="working_age",
        age_words="16 to 64",
        characteristic="ethnicity",
        grouping="white_other",
        source="TS021",
        address="",
        shares={"white": Fraction(1, 5), "all_other": Fraction(4, 5)},
        people=None,
    )
    found = answer(standard("sc_wres"), records, benchmark=population, **YEAR)[8]
    assert [line.of for line in found.lines] == [
        "Against the whole workforce",
        "Against the population",
    ]
    beside = found.lines[1].found
    assert (beside.way, beside.to_parity) == ("under", 15)
    assert "people of working age (16 to 64) in Borough" in found.lines[1].sentence


def test_a_board_of_few_is_not_divided():
    records = filled([staff(NOW, f"p{n}", grade="head") for n in range(9)])
    found = answer(standard("nhs_wdes"), records, **YEAR)[9]
    assert isinstance(found.lines[0].found, TooFew)


def test_no_records_at_all_are_too_few_and_never_nought():
    for name in get_args(Name):
        for one in answer(standard(name), filled([]), **YEAR):
            for line in one.lines:
                found = getattr(line.found, "ratio", line.found)
                assert isinstance(found, TooFew)


def test_another_name_is_no_standard():
    with pytest.raises(ValueError, match="no standard"):
        standard("../people")
    assert {field.name for field in fields(Indicator)} >= {"numerator", "denominator", "needs"}
