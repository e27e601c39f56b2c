"""The invented borough's files are those of an HR system, and hold what the borough holds."""

from datetime import date, timedelta

import pytest

from goldenthread.categories import lists_in_use
from goldenthread.example_data.borough import CHARACTERISTICS, borough
from goldenthread.example_data.staff_files import write_staff_files
from goldenthread.warehouse import TABLES
from goldenthread.workforce.files import contract, kind_of, mapped_by, read_workforce, staff_tables

LISTS = lists_in_use()
KINDS = ("people", "applications", "cases", "training", "moves")
MADE = {"people": 400, "quarters": 3}


@pytest.fixture(scope="module", params=[20260331, 3])
def borough_and_files(request, tmp_path_factory):
    """The borough's tables, and the files that were written of it, checked."""
    folder = tmp_path_factory.mktemp("staff") / "of an HR system"
    paths = write_staff_files(folder, seed=request.param, **MADE)
    mapping = mapped_by(LISTS, on=date(2026, 3, 31))
    checked = {
        path.stem: read_workforce(path, path.stem, today=date(2026, 3, 31), mapping=mapping)
        for path in paths
    }
    return borough(seed=request.param, **MADE), checked, paths


@pytest.fixture(scope="module")
def made(borough_and_files):
    return {name: list(table) for name, table in borough_and_files[0].items()}


@pytest.fixture(scope="module")
def checked(borough_and_files):
    return borough_and_files[1]


@pytest.fixture(scope="module")
def tables(checked):
    return staff_tables(checked.values(), LISTS.values())


def path_of(unit):
    """A unit of the borough as the files write it: a path of names."""
    *words, division, team = unit.split("_")
    name = " ".join(words)
    return f"{name} / {name} {division} / {name} {division}.{team}"


def rows_of(columns):
    held = [columns.column(name) for name in columns.names]
    return [dict(zip(columns.names, row, strict=True)) for row in zip(*held, strict=True)]


def of_the_borough(row):
    """A row of the borough, with its unit as a path, and an application in its quarter."""
    return row | {"unit": path_of(row["unit"])}


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_told_by_its_headings_and_is_clean(borough_and_files, checked, kind):
    path = next(path for path in borough_and_files[2] if path.stem == kind)
    assert kind_of(path) == kind
    found = checked[kind]
    assert (found.findings, found.dropped, found.quarantined, found.passed_over) == ((), (), 0, 0)
    assert found.clean
    assert [note.code for note in found.notes if note.code != "day_first"] == []


def test_people_read_back_are_those_of_the_borough(made, tables):
    for day, columns in tables.people.items():
        here = [of_the_borough(row) for row in made["people"] if row["snapshot"] == day]
        assert rows_of(columns) == here
    assert len(tables.people) == 3


@pytest.mark.parametrize("kind", KINDS[1:])
def test_events_read_back_are_those_of_the_borough(made, tables, kind):
    assert tables.events[kind].names == TABLES[kind].names
    assert rows_of(tables.events[kind]) == [of_the_borough(row) for row in made[kind]]


def test_units_read_back_stand_below_one_another_as_in_the_borough(made, tables):
    """The files have no name for the whole council, which every other unit is below."""
    teams = {row["unit"] for row in made["people"]} | {
        row["unit"] for kind in KINDS[1:] for row in made[kind]
    }
    for day, columns in tables.unit_lines.items():
        told = {(row["unit"], row["depth"]): row["ancestor"] for row in rows_of(columns)}
        held = {
            (row["unit"], row["depth"]): row["ancestor"]
            for row in made["unit_lines"]
            if row["snapshot"] == day
        }
        for unit in teams:
            path = path_of(unit)
            assert [told[path, depth] for depth in range(3)] == [
                path, path.rsplit(" / ", 1)[0], path.split(" / ")[0],
            ]  # fmt: skip
            assert held[unit, 2] == path.split(" / ")[0].replace(" ", "_")
            assert (path, 3) not in told


def test_units_and_grades_are_called_as_a_person_writes_them(tables):
    labels = tables.labels
    assert labels["unit"]["public health / public health 2 / public health 2.1"] == (
        "Public health / Public health 2 / Public health 2.1"
    )
    assert labels["grade"]["g07"] == "G07"


def test_the_words_of_the_files_are_those_of_the_lists(borough_and_files):
    head, *lines = borough_and_files[2][0].read_text(encoding="utf-8").splitlines()
    assert head.split(",")[:3] == ["Snapshot date", "Staff number", "Directorate"]
    wanted = contract("people")
    assert set(head.split(",")) <= {column.title for column in wanted.columns}
    assert any("Straight or Heterosexual" in line for line in lines)
    for characteristic in CHARACTERISTICS:
        assert wanted.column(characteristic).title in head


def test_the_same_arguments_write_the_same_files_and_write_over_them(tmp_path):
    paths = write_staff_files(tmp_path, people=120, quarters=1)
    first = [path.read_bytes() for path in paths]
    paths[0].write_text("of another time")
    assert [
        path.read_bytes() for path in write_staff_files(tmp_path, people=120, quarters=1)
    ] == first
    assert [path.name for path in paths] == [f"{kind}.csv" for kind in KINDS]
    other = write_staff_files(tmp_path, people=120, quarters=1, seed=5)
    assert [path.read_bytes() for path in other] != first


def test_no_day_lies_after_the_last_snapshot(made):
    days = {kind: [row[day] for row in made[kind]] for kind, day in (
        ("applications", "period"), ("cases", "opened"), ("training", "on_day"), ("moves", "on_day")
    )}  # fmt: skip
    for found in days.values():
        assert max(found) <= date(2026, 3, 31)
        assert min(found) > date(2025, 6, 30) - timedelta(days=92)


def test_one_quarter_has_files_of_what_did_not_happen_with_headings_alone(tmp_path):
    paths = {path.stem: path for path in write_staff_files(tmp_path, people=100, quarters=1)}
    for kind in ("applications", "moves"):
        assert len(paths[kind].read_text(encoding="utf-8").splitlines()) == 1
        assert kind_of(paths[kind]) == kind
        assert len(read_workforce(paths[kind], kind).rows) == 0
