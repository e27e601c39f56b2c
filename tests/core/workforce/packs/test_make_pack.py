"""A pack is made of any body whatever, says what stands out first, and names nobody."""

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.workforce.packs.bodies import (
    BEFORE,
    LISTS,
    NOW,
    SOURCES,
    pack_of,
    person,
    records_of,
    rows_of,
    undeclared,
    who,
)
from goldenthread.disclosure.raw import MARK, NotSaid, from_json, to_csv, to_json
from goldenthread.workforce import packs

DAYS = (BEFORE, NOW)
QUARTERLY = (
    "stands_out", "composition", "composition_by_unit", "composition_by_grade",
    "composition_pairs", "declaration", "declaration_by_unit", "gender_pay",
    "gender_pay_quarters", "sex_pay_by_grade", "ethnicity_pay", "ethnicity_pay_by_grade",
    "ethnicity_pay_2", "disability_pay", "disability_pay_by_grade",
)  # fmt: skip


def both(number):
    """Women and men by turns."""
    return {"sex": ("female", "male")[number % 2], "hourly_pence": 1500 + number}


BODIES = {
    "one person": [person(1)],
    "one person on two days": [person(1, day) for day in DAYS],
    "no men": [person(n, day, hourly_pence=1500 + n) for day in DAYS for n in range(30)],
    "no women": [person(n, day, sex="male") for day in DAYS for n in range(30)],
    "everybody undeclared": [undeclared(n, day, **both(n)) for day in DAYS for n in range(40)],
    "nobody asked, sex neither": [
        undeclared(n, day, "not_asked", sex="not_known") for day in DAYS for n in range(40)
    ],
    "one grade": [person(n, day, **both(n)) for day in DAYS for n in range(40)],
    "units of one person": [
        person(n, day, unit=f"place / team {n}", **both(n)) for day in DAYS for n in range(40)
    ],
    "a grade for each": [
        person(n, grade=f"g{n}", grade_order=n, **both(n)) for n in range(40)
    ],
    "nobody is paid": [
        person(n, day, **both(n) | {"hourly_pence": None}) for day in DAYS for n in range(40)
    ],
    "everybody is paid nothing": [
        person(n, day, **both(n) | {"hourly_pence": 0}) for day in DAYS for n in range(40)
    ],
    "everybody is paid the same": [
        person(n, day, **both(n) | {"hourly_pence": 1500}) for day in DAYS for n in range(40)
    ],
    "nobody is relevant": [
        person(n, day, relevant=False, full_pay=False, **both(n)) for day in DAYS for n in range(40)
    ],
    "nobody stayed": [person(f"{day}{n}", day, **both(n)) for day in DAYS for n in range(40)],
    "codes that no list has": [
        person(n, ethnicity=f"of {n % 3}", disability="of none", **both(n)) for n in range(40)
    ],
    "the longest of ages and the greatest of pays": [
        person(n, **both(n) | {"age": 100, "hourly_pence": 10**11}) for n in range(40)
    ],
}  # fmt: skip


def well_made(pack):
    """Whether every table can be written and read again, with its mark and its sources."""
    names = [table.name for table in pack.tables]
    assert len(set(names)) == len(names)
    assert names[0] == "stands_out"
    for table in pack.tables:
        assert from_json(json.loads(json.dumps(to_json(table)))) == table
        assert to_csv(table).count(MARK) == max(len(table.rows), 1)
        assert set(SOURCES) <= set(table.sources)
        assert table.as_at == NOW


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", [name for name in packs.PACKS if name != "quarterly"])
def test_every_pack_can_be_made_of_every_body(name, body):
    well_made(pack_of(name, BODIES[body]))


@pytest.mark.parametrize("body", BODIES)
def test_a_quarter_can_be_told_of_every_body(body):
    pack = pack_of("quarterly", BODIES[body])
    well_made(pack)
    flows = ("flows",) if {row["snapshot"] for row in BODIES[body]} == set(DAYS) else ()
    assert tuple(table.name for table in pack.tables) == (*QUARTERLY, *flows)


@pytest.mark.parametrize("body", ["one person", "one person on two days"])
def test_of_one_person_no_share_no_gap_and_no_pay_is_said(body):
    for table in pack_of("quarterly", BODIES[body]).tables:
        for row in rows_of(table):
            for column in table.columns:
                figure = column.kind in ("share", "number", "pence")
                if figure and (table.name, row.get("figure")) != (
                    "gender_pay",
                    "Women with a bonus",
                ):
                    quarter = table.name == "gender_pay_quarters"
                    assert isinstance(row[column.name], NotSaid | None) or quarter


def test_nothing_stands_out_where_all_are_alike():
    for body in ("one person", "everybody is paid the same", "no men", "one grade"):
        assert pack_of("quarterly", BODIES[body]).tables[0].rows == ()


somebody = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["adults", "place", "place / parks", "place / parks / trees"]),
        "grade": st.sampled_from(["g1", "g2", "g3"]),
        "sex": st.sampled_from(["female", "male", "prefer_not_to_say"]),
        "ethnicity": st.sampled_from(
            ["white_british", "white_irish", "asian_indian", "black_african", "not_asked", "blank"]
        ),
        "disability": st.sampled_from(["disabled", "not_disabled", "prefer_not_to_say"]),
        "age": st.one_of(st.none(), st.integers(14, 100)),
        "working_pattern": st.sampled_from(["full_time", "part_time", "casual"]),
        "hourly_pence": st.one_of(st.none(), st.integers(0, 5000)),
        "bonus_pence": st.sampled_from([None, 0, 10_000]),
        "relevant": st.booleans(),
        "full_pay": st.booleans(),
        "board": st.booleans(),
    }
)
copies = st.integers(1, 15)


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(DAYS), copies, somebody), max_size=10), st.data())
def test_a_quarter_can_be_told_of_any_body(held, data):
    people = [person("first", NOW)]
    for at, (day, number, said) in enumerate(held):
        said["grade_order"] = int(said["grade"][1:])
        people += [person(f"{at}-{n}", day, **said) for n in range(number)]
    now = [row for row in people if row["snapshot"] == NOW]
    happened = data.draw(st.lists(st.sampled_from(now), max_size=12))
    cases = [
        {"opened": NOW, "person": row["person"], "kind": "disciplinary", "formal": True, **who(row)}
        for row in happened
    ]
    for name in ("quarterly", "sc-wres", "wres", "wdes"):
        well_made(pack_of(name, people, {"cases": cases}))


def test_nobodys_number_is_in_any_table():
    people = [person(f"Zq7Secret{n}", day, **both(n)) for day in DAYS for n in range(40)]
    cases = [
        {"opened": NOW, "person": row["person"], "kind": "grievance", "formal": True, **who(row)}
        for row in people[40:60]
    ]
    pack = pack_of("quarterly", people, {"cases": cases})
    assert len(pack.table("likelihoods").rows) > 0
    assert "zq7secret" not in json.dumps([to_json(table) for table in pack.tables]).casefold()


# Which packs there are


def test_a_pack_of_another_name_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="there are the packs quarterly, composition"):
        pack_of("yearly", [person(1)])


def test_a_table_is_had_by_its_name(council):
    assert council.pack.table("flows").name == "flows"
    with pytest.raises(KeyError):
        council.pack.table("nothing")


def test_the_quarter_holds_the_tables_of_every_pack_but_the_standards(council):
    quarter = {table.name: table for table in council.pack.tables[1:]}
    found = {}
    for name in packs.PACKS:
        if name in ("quarterly", "sc-wres", "wres", "wdes"):
            continue
        made = packs.make_pack(name, council.records, council.asked)
        assert made.title == packs.PACKS[name]
        found |= {table.name: table for table in made.tables[1:]}
    assert found == quarter


def test_the_same_records_make_the_same_pack(council):
    assert packs.make_pack("quarterly", council.records, council.asked) == council.pack


# What stands out


def made_in(table):
    """How many comparisons a table shows, by its own cells."""
    rows = rows_of(table)

    def told(*ends):
        return sum(isinstance(row[ends[0]], int | float) for row in rows)

    match table.name:
        case name if name.startswith(("composition", "population")):
            return told("apart_low") if "apart_low" in rows[0] else 0
        case "declaration" | "declaration_campaigns":
            return told("change_low")
        case "declaration_by_unit":
            return told("apart_low")
        case "gender_pay":
            # The share of one sex with a bonus has an interval, and is compared with nothing.
            rows = [row for row in rows if row["figure"].endswith("pay")]
            return told("low")
        case "likelihoods":
            return told("low")
        case name if name.endswith("_by_grade"):
            return told("low")
        case name if "_pay" in name and name != "gender_pay_quarters":
            return told("mean_low") + told("median_low")
    return 0


def test_every_comparison_of_every_table_is_counted(council):
    first = council.pack.tables[0]
    made = sum(made_in(table) for table in council.pack.tables[1:])
    assert made > 1000
    assert (first.base, first.of) == (made, "comparisons")
    assert first.notes[0].startswith(f"{made:,} comparisons were made. By chance alone about")


def test_what_stands_out_says_what_its_table_says(council):
    rows = rows_of(council.pack.tables[0])
    assert rows
    for row in rows:
        table = council.pack.table(row["table"])
        assert row["title"] == table.title
        words = " ".join(
            [*(told["says"] for told in rows_of(table) if "says" in told), *table.notes]
        )
        # Of ethnicity and disability the table has the interval in cells of its own.
        assert row["says"].split(" By chance alone")[0] in words


def test_what_is_to_be_read_stands_first_then_what_is_firm_the_furthest_first(council):
    rows = rows_of(council.pack.tables[0])
    order = ["to be read", "firm", "alone"]
    assert [order.index(row["strength"]) for row in rows] == sorted(
        order.index(row["strength"]) for row in rows
    )
    for strength in order[1:]:
        far = [row["distance"] for row in rows if row["strength"] == strength]
        assert far == sorted(far, reverse=True)
        assert all(1.959 < one <= 1e6 for one in far)
    own = Counter(row["table"] for row in rows if row["strength"] != "to be read")
    assert max(own.values()) <= 8
    assert set(own) <= {table.name for table in council.pack.tables}


def test_where_more_stand_out_than_are_shown_a_note_says_how_many(council):
    first = council.pack.tables[0]
    shown = Counter(row["table"] for row in rows_of(first) if row["strength"] != "to be read")
    for name, number in shown.items():
        title = council.pack.table(name).title
        said = [note for note in first.notes if note.startswith(f"“{title}”: the 8 furthest of ")]
        assert not said or number == 8
    assert any("furthest of" in note for note in first.notes)


def test_records_that_are_empty_are_refused():
    with records_of([]) as records, pytest.raises(Exception, match="no snapshot of people"):
        packs.ask(records, lists=LISTS, sources=SOURCES)
