from datetime import date

import pytest

from goldenthread.workforce.pay.pay_records import (
    STATEMENTS,
    bonus_pay_sql,
    hourly_pay_sql,
    staff_sql,
)

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
NO_ENGINE_S_OWN = ("::", "quantile_cont", "round(", '"', "ilike", "strftime", ";")


def _person(name, **given):
    return {
        "snapshot": MARCH, "person": name, "unit": "care", "grade": "g1", "grade_order": 1,
        "sex": "female", "ethnicity": "white_irish", "disability": "blank", "relevant": True,
        "full_pay": True, "hourly_pence": 1250, "bonus_pence": None, **given,
    }  # fmt: skip


@pytest.fixture
def staff(records):
    """Six people of two units, of whom one is on reduced pay and one has no hourly rate."""
    records.fill(
        "people",
        [
            _person("a"),
            _person("b", sex="male", ethnicity="asian_indian", bonus_pence=50_000),
            _person("c", full_pay=False, bonus_pence=20_000, ethnicity="prefer_not_to_say"),
            _person("d", hourly_pence=None, bonus_pence=0),
            _person("e", unit="homes", grade="g2", grade_order=2),
            _person("f", relevant=False, full_pay=False, bonus_pence=100),
            _person("a", snapshot=JUNE, hourly_pence=1300),
        ],
    )
    records.fill(
        "unit_lines",
        [
            {"snapshot": day, "unit": unit, "ancestor": above, "depth": depth}
            for day in (MARCH, JUNE)
            for unit, above, depth in [
                ("care", "care", 0), ("homes", "homes", 0), ("homes", "care", 1)
            ]
        ],
    )  # fmt: skip
    records.fill(
        "groups",
        [
            {"characteristic": "ethnicity", "code": code, "grouping": "five", "grp": grp}
            for code, grp in [
                ("white_irish", "white"), ("asian_indian", "asian"), ("blank", "blank")
            ]
        ],
    )  # fmt: skip
    return records


def _rows(staff, sql):
    return sorted(staff.rows(sql))


def test_hourly_pay_counts_people_on_full_pay_by_rate(staff):
    assert _rows(staff, hourly_pay_sql()) == [
        (MARCH, "female", 1250, 2),
        (MARCH, "male", 1250, 1),
        (JUNE, "female", 1300, 1),
    ]


def test_a_snapshot_alone_can_be_asked_for(staff):
    assert _rows(staff, hourly_pay_sql(snapshot=JUNE)) == [(JUNE, "female", 1300, 1)]


def test_a_person_counts_in_their_unit_and_in_each_above(staff):
    assert _rows(staff, hourly_pay_sql(by=("unit", "grade"), snapshot=MARCH)) == [
        (MARCH, "care", "g1", "female", 1250, 1),
        (MARCH, "care", "g1", "male", 1250, 1),
        (MARCH, "care", "g2", "female", 1250, 1),
        (MARCH, "homes", "g2", "female", 1250, 1),
    ]


def test_a_unit_that_no_line_has_loses_nobody(staff):
    staff.fill("people", [_person("z", unit="new", sex="male", hourly_pence=1700)])
    rows = _rows(staff, hourly_pay_sql(by=("unit",), snapshot=MARCH))
    assert (MARCH, "new", "male", 1700, 1) in rows
    assert sum(row[-1] for row in rows if row[1] in ("care", "new")) == 4


def test_bonuses_count_for_everybody_there_on_full_pay_or_not(staff):
    assert _rows(staff, bonus_pay_sql()) == [
        (MARCH, "female", 20_000, 1),
        (MARCH, "male", 50_000, 1),
    ]


def test_who_falls_out_is_counted(staff):
    assert _rows(staff, staff_sql(snapshot=MARCH)) == [
        (MARCH, "female", 4, 3, 1, 1),
        (MARCH, "male", 1, 1, 0, 1),
    ]


def test_a_roll_up_loses_nobody_who_did_not_say(staff):
    sql = staff_sql(characteristic="ethnicity", grouping="five", snapshot=MARCH)
    assert [row[1:3] for row in _rows(staff, sql)] == [
        ("asian", 1),
        ("prefer_not_to_say", 1),
        ("white", 3),
    ]


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_runs_and_uses_nothing_of_one_engine(staff, name):
    assert staff.rows(STATEMENTS[name])
    assert [word for word in NO_ENGINE_S_OWN if word in STATEMENTS[name]] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"characteristic": "sex; drop table people"},
        {"grouping": "five' or 'a'='a"},
        {"by": ("person",)},
        {"by": ("grade", "grade")},
    ],
)
def test_nothing_outside_the_closed_lists_becomes_sql(asked):
    with pytest.raises(ValueError, match="closed list"):
        hourly_pay_sql(**asked)
