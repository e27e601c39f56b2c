"""Each table of a pack names by whose methods its figures are, beside the records they are of."""

from datetime import date

import pytest

from goldenthread.disclosure.raw import Column
from goldenthread.workforce.packs.asked import Asked
from goldenthread.workforce.packs.methods import method


def asked():
    return Asked(
        as_at=date(2026, 3, 31),
        before=None,
        snapshots=(date(2026, 3, 31),),
        sources=("people.csv: 9 rows of people",),
        lists={},
    )


def test_a_table_names_its_records_then_what_is_its_own_then_its_methods():
    table = asked().table(
        "sc_wres", "A standard", [Column("of", "Of")], [], sources=["Skills for Care"]
    )
    assert table.sources[:2] == ("people.csv: 9 rows of people", "Skills for Care")
    assert table.sources[2:] == method("sc_wres").sources
    assert any("Wilson" in each for each in table.sources)


@pytest.mark.parametrize(
    ("table", "function", "source"),
    [
        ("composition_by_unit", "rates.against_rest", "Newcombe"),
        ("composition_by_grade", "rates.against_rest", "Newcombe"),
        ("declaration_by_unit", "rates.declarations", "Newcombe"),
        ("population_2", "rates.against_benchmark", "Wilson"),
        ("sex_pay_by_grade", "pay.decompose", "Kitagawa"),
        ("disability_pay_by_grade", "pay.decompose", "Kitagawa"),
        ("gender_pay", "pay.gender_pay_gap", "SI 2017/353"),
        ("ethnicity_pay_2", "pay.pay_gaps", "Efron"),
        ("likelihoods", "rates.both_ways_up", "Katz"),
        ("stands_out", "packs.standing_out", "Holm"),
        ("nhs_wdes", "rates.answer", "Wilson"),
    ],
)
def test_the_method_of_a_table_is_found_by_its_name(table, function, source):
    found = method(table)
    assert function in found.functions
    assert any(source in each for each in found.sources)


@pytest.mark.parametrize(
    "name", ["", "pay", "sex_pay", "composition_by_moon", "a standard x", "population_x"]
)
def test_a_table_that_no_pack_gives_has_no_method(name):
    with pytest.raises(KeyError):
        method(name)
