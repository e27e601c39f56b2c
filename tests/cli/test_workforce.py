"""``goldenthread workforce check`` as a person and as a program meet it."""

import csv
import json
import subprocess
import sys

import pytest

from core.workforce.staff_files import as_csv, people, written

SECRET = "Opensesame"


def run(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "goldenthread.cli", "workforce", "check", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
        check=False,
    )


@pytest.fixture
def broken(tmp_path):
    """Five people of whom one is sound, with a secret in every row."""
    rows = people(
        {"Hourly pay": f"={SECRET}"},
        {"Start date": f"31/02/{SECRET}"},
        {"Grade": f"{SECRET}\ufffd"},
        {"Board": SECRET},
        {},
    )
    return written(tmp_path, [{**row, "Surname": SECRET, "Job title": SECRET} for row in rows])


def test_a_sound_file_ends_with_0_and_says_what_was_read_and_dropped(tmp_path):
    path = written(tmp_path, [{**row, "Surname": SECRET} for row in people(count=3)])
    done = run(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("staff.csv: People. One row is one person on the day")
    assert "\n3 rows can be counted, 0 set apart.\n" in done.stdout
    assert f"  {'Hourly pay':25}  “Hourly pay” (column 19)\n" in done.stdout
    assert "\nDropped, and kept nowhere:\n  “Surname” (column 24)\n" in done.stdout
    assert "Set apart:" not in done.stdout
    assert "\x1b" not in done.stdout
    assert SECRET not in done.stdout
    assert [each.name for each in tmp_path.iterdir()] == ["staff.csv"]


def test_every_fault_is_printed_with_its_rule_column_and_rows_and_no_value(broken):
    done = run(broken)
    assert done.returncode == 1
    assert "1 row can be counted, 4 set apart." in done.stdout
    assert (
        "  Start date, “Start date” (column 17): This is no day.\n    Row 3. To mend it:"
        in done.stdout
    )
    assert SECRET not in done.stdout + done.stderr


def test_the_findings_come_as_json_for_programs(broken):
    done = run(broken, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["schema"]) == (1, "goldenthread.workforce-check/1")
    assert (told["rows"], told["set_apart"], told["asked_not_to_be_monitored"]) == (1, 4, None)
    assert [(one["rule"], one["column"], one["first_rows"]) for one in told["findings"]] == [
        ("encoding", "grade", [4]), ("not_a_day", "started", [3]), ("formula", "hourly_pay", [2]),
        ("not_yes_no", "board", [5]),
    ]  # fmt: skip
    assert SECRET not in done.stdout


def test_every_fault_can_be_written_row_by_row(broken, tmp_path):
    out = tmp_path / "faults.csv"
    assert run(broken, "--faults", out).returncode == 1
    rows = list(csv.reader(out.open(encoding="utf-8")))
    assert [row[:3] for row in rows] == [
        ["Row", "Column", "Rule"], ["2", "hourly_pay", "formula"], ["3", "started", "not_a_day"],
        ["4", "grade", "encoding"], ["5", "board", "not_yes_no"],
    ]  # fmt: skip
    assert SECRET not in out.read_text(encoding="utf-8")
    again = run(broken, "--faults", out)
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_what_is_said_of_columns_is_remembered_beside_the_file(tmp_path):
    rows = [{"Nr": at, "Level": "G5", "Team": "Parks", "Since": "3/4/2015"} for at in range(3)]
    path = written(tmp_path, rows)
    grades = written(tmp_path, b"G4\nG5\n", "grades.csv")
    told = ("--as-at", "2026-03-31", "--grades", grades)
    refused = run(path, *told)
    assert refused.returncode == 3
    assert "staff.csv" in refused.stderr
    said = ("--column", "person=Nr", "--column", "grade=Level", "--column", "started=Since",
            "--day-order", "started=month")  # fmt: skip
    assert run(path, *told, *said).returncode == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "goldenthread-columns.json", "grades.csv", "staff.csv"
    ]  # fmt: skip
    again = run(path, *told, "--json")
    read = json.loads(again.stdout)
    assert (again.returncode, read["rows"], len(read["columns"])) == (0, 3, 4)
    assert [note["code"] for note in read["notes"]] == ["all_full_pay"]
    assert run(path, *told, "--columns", tmp_path / "other.json").returncode == 3


def test_units_grades_and_objectors_come_from_files_of_their_own(tmp_path):
    units = written(tmp_path, b"Directorate,Unit\nPlace,Highways\n", "units.csv")
    grades = written(tmp_path, b"Grade\nG6\nG7\n", "grades.csv")
    rows = people({}, {"Unit": "Parks"}, {"Grade": "G8"}, {"Objection": "yes"}, {})
    path = written(tmp_path, rows)
    told = json.loads(run(path, "--units", units, "--grades", grades, "--json").stdout)
    assert (told["rows"], told["set_apart"]) == (2, 2)
    training = b"Date,Staff no,Mandatory,Team\n" + b"".join(
        b"2026-02-11,100%d,No,Highways\n" % at for at in range(1, 6)
    )
    more = written(tmp_path, training, "training.csv")
    done = run(more, "--as", "training", "--people", path, "--units", units)
    assert done.returncode == 0
    assert "4 rows can be counted, 0 set apart." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("nowhere.csv",), 3, "no such file"),
        (("staff.csv", "--as", "secrets"), 2, "Invalid value"),
        (("staff.csv", "--column", "surname=Surname"), 2, "where NAME is one of snapshot"),
        (("staff.csv", "--day-order", "started=year"), 2, "day or month"),
        (("staff.csv", "--columns", "units.csv"), 3, "units.csv"),
        (("staff.csv", "--units", "staff.csv", "--grades", "units.csv"), 3, "twice"),
        (("wide.csv",), 2, "columns"),
        (("binary.csv",), 3, "not text"),
    ],
)
def test_a_refusal_is_one_sentence_and_says_what_to_do(tmp_path, arguments, status, words):
    written(tmp_path, people({"Job title": SECRET}, count=2))
    written(tmp_path, b"Place\nPlace\n", "units.csv")
    written(tmp_path, as_csv([{f"c{at}": SECRET for at in range(10_000)}]), "wide.csv")
    written(tmp_path, SECRET.encode() + b"\0,\n", "binary.csv")
    before = {each.name for each in tmp_path.iterdir()}
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert done.stdout == ""
    assert {each.name for each in tmp_path.iterdir()} == before
