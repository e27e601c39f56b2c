"""The rows that roll codes up inside a database."""

import duckdb
import pytest

from goldenthread.categories import MISSING, all_lists, code_list, groups_rows

CHOSEN = [
    code_list(name)
    for name in (
        "ethnicity_england_2021",
        "disability_harmonised_2019",
        "sex_2021",
        "gender_identity_2021",
        "religion_2021",
        "orientation_2021",
        "age_ten_year",
        "working_pattern_1",
    )
]


@pytest.mark.parametrize("one", all_lists(), ids=lambda one: one.name)
def test_every_code_and_every_state_of_missing_is_in_every_roll_up_once(one):
    rows = groups_rows([one])
    codes = [*(item.code for item in one.items), *MISSING]
    for grouping in one.groupings:
        of = [row for row in rows if row[2] == grouping.name]
        assert sorted(row[1] for row in of) == sorted(codes)
        assert {row[3] for row in of if row[1] in MISSING} == set(MISSING)
        assert all(row[1] == row[3] for row in of if row[1] in MISSING)
        groups = {row[3]: row[4] for row in of}
        assert sorted(groups.values()) == list(range(1, len(groups) + 1))


def test_a_join_loses_nobody_and_counts_nobody_twice():
    rows = groups_rows(CHOSEN)
    with duckdb.connect() as db:
        db.execute(
            "create table groups (characteristic text, code text, grouping text, grp text,"
            " position int)"
        )
        db.executemany("insert into groups values (?, ?, ?, ?, ?)", rows)
        db.execute("create table people (ethnicity text)")
        db.executemany(
            "insert into people values (?)",
            [["asian_chinese"], ["white_irish"], ["white_not_detailed"], ["blank"], ["not_asked"]],
        )
        found = db.execute(
            "select g.grp, count(*) from people p join groups g on g.characteristic = 'ethnicity'"
            " and g.grouping = 'white_british_other' and g.code = p.ethnicity"
            " group by g.grp, g.position order by g.position"
        ).fetchall()
    assert found == [
        ("all_other", 2), ("white_not_detailed", 1), ("not_asked", 1), ("blank", 1),
    ]  # fmt: skip


def test_two_lists_of_one_characteristic_are_a_mistake():
    with pytest.raises(ValueError, match="one list for each"):
        groups_rows([code_list("age_three"), code_list("age_ten_year")])
