"""The parts of a council at the command line: each fault where it stands, and nobody's facts."""

import json
import subprocess
import sys
import zipfile

import pytest
from openpyxl import Workbook

GOOD = "Directorate,Division,Kind,Begins\nPlace,,Directorate,1 April 2024\nPlace,Parks,,\n"
BAD = "Dept,Division,Begins\nPlace,Parks,\n,Streets,soon\nPeople,a@b,\nPeople,people,\n"
STAFF = "Employee,Ethnicity,Department,Division\n" + "".join(
    f"Ann Quennelle {n},Black Caribbean,{'Place' if n % 2 else 'People'},Parks\n" for n in range(30)
)


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "goldenthread.cli", "units", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def file(tmp_path):
    def write(content, name="units.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def test_a_whole_table_has_no_fault_and_ends_with_0(file):
    done = run("check", file(GOOD))
    assert (done.returncode, done.stderr) == (0, "")
    assert "units.csv: nothing found. It names 2 parts of a council." in done.stdout


def test_every_fault_is_said_with_its_row_and_column_and_ends_with_1(file):
    done = run("check", file(BAD))
    assert done.returncode == 1
    assert done.stdout.splitlines()[-5:] == [
        "- row 3, column “Dept”: It names a division and no directorate.",
        "- row 3, column “Begins”: Its first day is no day like 1 April 2026.",
        "- row 4, column “Division”: A name is no name of a part of the council.",
        "- row 5, column “Division”: It names a part below another of the same name.",
        "units.csv: 4 faults in 3 rows.",
    ]


def test_faults_beyond_those_that_a_page_shows_are_said_too(file):
    done = run("check", file("Directorate,Division\n" + ",Parks\n" * 120), "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, len(said["faults"]), said["bad_rows"]) == (1, 120, 120)


def test_programs_are_told_the_same_as_people(file):
    done = run("check", file(BAD), "--json")
    assert done.returncode == 1
    said = json.loads(done.stdout)
    why = "Its first day is no day like 1 April 2026."
    assert said.pop("faults")[1] == {"row": 3, "column": "Begins", "why": why}
    assert said == {
        "schema": "goldenthread.units/1",
        "file": "units.csv",
        "columns": {"directorate": "Dept", "division": "Division", "begins": "Begins"},
        "rows": 4,
        "blank": 0,
        "bad_rows": 3,
    }


def test_the_parts_are_printed_below_one_another(file):
    done = run("read", file(GOOD))
    assert done.returncode == 0
    assert done.stdout.splitlines()[-4:] == [
        "Place (Directorate, from 1 April 2024)",
        "  Parks",
        "",
        "2 parts of a council.",
    ]


def test_the_parts_are_read_by_programs_and_faults_are_never_hidden(file):
    done = run("read", file(BAD), "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, len(said["faults"])) == (1, 4)
    assert said["units"][1] == {"path": ["Place", "Parks"], "kind": "", "begins": None, "row": 2}
    plain = run("read", file(BAD))
    assert plain.returncode == 1
    assert "2 parts of a council. 4 faults besides: goldenthread units check says" in plain.stdout


def test_a_workbook_is_read_and_headings_can_be_named(tmp_path):
    book = Workbook()
    for row in (["Cost centre", "Area"], ["Place", "Parks"]):
        book.active.append(row)
    path = tmp_path / "units.xlsx"
    book.save(path)
    done = run("read", str(path), "--directorate", "Cost centre", "--division", "Area", "--json")
    assert [one["path"] for one in json.loads(done.stdout)["units"]] == [
        ["Place"],
        ["Place", "Parks"],
    ]


@pytest.mark.parametrize("verb", ["check", "read"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_of_a_staff_list_nothing_about_anybody_is_printed(file, verb, form):
    path = file(STAFF, "staff.csv")
    done = run(verb, path, *form)
    assert done.returncode == 0
    assert "Parks" in done.stdout or verb == "check"
    named = run(verb, path, "--directorate", "Employee", *form)
    assert named.returncode == 3
    for said in (done.stdout, done.stderr, named.stdout, named.stderr):
        assert "Quennelle" not in said and "Caribbean" not in said


@pytest.mark.parametrize("verb", ["check", "read"])
def test_what_is_no_table_and_what_is_not_there_end_with_3(file, verb):
    none = run(verb, file("Ann Quennelle,Black African\n"))
    assert (none.returncode, none.stdout) == (3, "")
    assert none.stderr.startswith("goldenthread: units.csv: It is no table of the parts")
    assert "Quennelle" not in none.stderr
    gone = run(verb, "gone.csv")
    assert gone.returncode == 3
    assert "gone.csv" in gone.stderr


def test_a_file_that_is_refused_and_a_slip_of_the_tongue_end_with_2(file, tmp_path):
    macros = tmp_path / "units.xlsm"
    with zipfile.ZipFile(macros, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/vbaProject.bin", b"\x00")
    done = run("check", str(macros))
    assert (done.returncode, "macros" in done.stderr) == (2, True)
    assert run("mend", file(GOOD)).returncode == 2
    assert run("check", file(GOOD), "--team", "x").returncode == 2


def test_more_parts_than_any_council_has_are_one_fault_of_the_whole_file(file):
    lines = "".join(f"Part {n},,x\n" for n in range(1_001))
    done = run("check", file("Directorate,Division,Kind\n" + lines), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["faults"] == [
        {
            "row": None,
            "column": None,
            "why": "It names more than 1,000 parts. Say which columns hold them.",
        }
    ]
