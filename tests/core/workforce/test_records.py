"""What these tests fill is something that a measure can ask."""

from datetime import date

from goldenthread.workforce.records import Records


def test_rows_come_back_as_plain_values(records):
    asked: Records = records
    records.fill("people", [{"snapshot": date(2026, 3, 31), "person": "a", "hourly_pence": 1554}])
    sql = "select snapshot, person, hourly_pence, bonus_pence from people"
    assert asked.rows(sql) == [(date(2026, 3, 31), "a", 1554, None)]
