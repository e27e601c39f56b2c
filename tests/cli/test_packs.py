"""``goldenthread workforce pack`` as a person and as a program meet it."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.workforce.staff_files import as_csv, people, written
from goldenthread.cli import main
from goldenthread.cli.packs import WARNING
from goldenthread.disclosure.raw import MARK, from_json, to_csv
from goldenthread.example_data.staff_files import write_staff_files
from goldenthread.workforce.packs import PACKS

SECRET = "Zq7Secret"
KINDS = ("people", "applications", "cases", "training", "moves")


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    """The files of 300 invented people on two days."""
    folder = tmp_path_factory.mktemp("staff")
    write_staff_files(folder, people=300, quarters=2)
    return folder


@pytest.fixture
def run(capsys):
    """Does the command in this process, and gives its status, output and errors."""

    def done(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["workforce", "pack", *map(str, arguments)])
        told = capsys.readouterr()
        return ended.value.code, told.out, told.err

    return done


def every(staff):
    return [staff / f"{kind}.csv" for kind in KINDS]


def tables(out):
    return {
        path.stem: from_json(json.loads(path.read_text("utf-8")))
        for path in out.glob("*.json")
        if path.name != "pack.json"
    }


def held(folder):
    """Every file of a folder with what it holds."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# What is made


def test_a_quarter_is_written_as_json_and_csv_beside_a_warning(staff, run, tmp_path):
    out = tmp_path / "q4"
    status, said, wrong = run("quarterly", *every(staff), "--out", out)
    assert (status, wrong) == (0, "")
    made = tables(out)
    assert {"stands_out", "composition", "gender_pay", "likelihoods", "flows"} <= set(made)
    assert {path.name for path in out.iterdir()} == {
        WARNING, "pack.json", *(f"{name}.{kind}" for name in made for kind in ("json", "csv")),
    }  # fmt: skip
    assert "Do not publish them" in (out / WARNING).read_text("utf-8")
    for name, table in made.items():
        text = (out / f"{name}.csv").read_bytes().decode("utf-8-sig")
        assert text == to_csv(table)
        assert MARK in text
        assert (out / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert said.startswith("Everything that staff records say of one quarter, as at 31 March 2026.")
    assert f"{MARK}.\n" in said
    assert said.endswith("q4. Begin with stands_out.csv.\n")


def test_only_its_owner_can_reach_it(staff, run, tmp_path):
    before = os.umask(0)
    try:
        run("composition", staff / "people.csv", "--out", tmp_path / "out")
    finally:
        os.umask(before)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {0o600}


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_can_be_made(staff, run, tmp_path, name):
    status, said, wrong = run(name, *every(staff), "--out", tmp_path / "out")
    assert (status, wrong) == (0, "")
    assert said.startswith(f"{PACKS[name]}, as at 31 March 2026.")
    assert "stands_out" in tables(tmp_path / "out")


def test_files_may_be_given_in_any_order_and_by_kind(staff, run, tmp_path):
    run("quarterly", *every(staff), "--out", tmp_path / "one")
    renamed = shutil.copy(staff / "cases.csv", tmp_path / "export.csv")
    told = [f"cases={renamed}", *(staff / f"{kind}.csv" for kind in reversed(KINDS)
                                 if kind != "cases")]  # fmt: skip
    run("quarterly", *told, "--out", tmp_path / "other")
    one, other = (tables(tmp_path / name) for name in ("one", "other"))
    assert {name: table.rows for name, table in one.items()} == {
        name: table.rows for name, table in other.items()
    }


def test_tables_say_which_files_they_come_from_and_how_many_rows(staff, run, tmp_path):
    run("quarterly", *every(staff), "--out", tmp_path / "out")
    assert tables(tmp_path / "out")["composition"].sources[0] == "people.csv: 600 rows of people"


def test_people_alone_make_a_pack_without_what_they_cannot_tell(staff, run, tmp_path):
    status, _said, _wrong = run("quarterly", staff / "people.csv", "--out", tmp_path / "out")
    made = tables(tmp_path / "out")
    assert status == 0
    assert "likelihoods" not in made
    assert "No file of moves was given to hold this against." in made["flows"].notes


def test_an_older_snapshot_can_be_told(staff, run, tmp_path):
    _status, said, _wrong = run(
        "composition", staff / "people.csv", "--of", "2025-12-31", "--out", tmp_path / "out"
    )
    assert "as at 31 December 2025" in said


def test_a_campaign_and_a_population_have_tables_of_their_own(staff, run, tmp_path):
    about = "Brackenford,2021-03-21,working_age,ethnicity,white_other,A census,https://c.example"
    population = tmp_path / "population.csv"
    population.write_text(
        "area,taken_on,ages,characteristic,grouping,source,address,code,people\n"
        f"{about},white,700\n{about},all_other,300\n"
    )
    run(
        "quarterly", staff / "people.csv", "--out", tmp_path / "out", "--campaign",
        "2026-01-12=Count me in", "--population", population,
    )  # fmt: skip
    made = tables(tmp_path / "out")
    assert made["declaration_campaigns"].rows[0][0] == "Count me in"
    assert [row[0] for row in made["population"].rows] == ["White", "All other ethnic groups"]


# What is said


def figures(out):
    """Every figure that a table of the pack holds, as it might be printed."""
    found = set()
    for table in tables(out).values():
        for row in table.rows:
            for cell, column in zip(row, table.columns, strict=True):
                if column.kind in ("share", "number", "pence") and isinstance(cell, float):
                    found |= {f"{cell:.1f}", f"{cell:.2f}"}
    return found


def test_no_figure_is_printed_but_numbers_of_rows(staff, run, tmp_path):
    _status, said, _wrong = run("quarterly", *every(staff), "--out", tmp_path / "out")
    made = tables(tmp_path / "out")
    numbers = set(re.findall(r"\d+(?:\.\d+)?", said.replace(",", "").replace(str(tmp_path), "")))
    rows = {f"{len(table.rows)}" for table in made.values()}
    read = {"600", *(f"{len((staff / f'{k}.csv').read_text().splitlines()) - 1}" for k in KINDS)}
    assert numbers <= rows | read | {"31", "2026", "2"}  # the day, and ethnicity_pay_2
    assert len(figures(tmp_path / "out")) > 500
    assert not figures(tmp_path / "out") & {n for n in numbers if "." in n}
    assert "%" not in said


def test_programs_are_told_the_same_as_the_folder_holds(staff, run, tmp_path):
    status, said, wrong = run("gender-pay", *every(staff), "--out", tmp_path / "out", "--json")
    told = json.loads(said)
    assert (status, wrong) == (0, "")
    assert told == json.loads((tmp_path / "out" / "pack.json").read_text("utf-8"))
    assert (told["schema"], told["status"]) == ("goldenthread.workforce-pack/1", MARK)
    assert told["as_at"] == "2026-03-31"
    assert [one["contract"] for one in told["files"]] == sorted(
        KINDS, key=("people", "pay", "applications", "cases", "training", "moves").index
    )
    assert [one["name"] for one in told["tables"]] == [
        "stands_out", "gender_pay", "gender_pay_quarters", "sex_pay_by_grade",
    ]  # fmt: skip
    assert set(told["tables"][0]) == {"name", "title", "rows"}


def test_rows_set_apart_are_counted_and_end_with_1(run, tmp_path):
    rows = people(
        {"Hourly pay": f"={SECRET}"},
        {"Start date": f"31/02/{SECRET}"},
        *[{"Job title": SECRET}] * 20,
    )
    path = written(tmp_path, rows)
    status, said, wrong = run("composition", path, "--out", tmp_path / "out")
    assert (status, wrong) == (1, "")
    assert "staff.csv (people): 20 rows counted, 2 set apart." in said
    assert "What is wrong with rows set apart: goldenthread workforce check FILE." in said
    assert SECRET not in said
    assert not [name for name, text in held(tmp_path / "out").items() if SECRET.encode() in text]


def test_a_note_that_asks_for_a_look_ends_with_1_and_is_printed(run, tmp_path):
    rows = people({"Religion": SECRET}, *[{"Religion": "Christian"}] * 30)
    status, said, _wrong = run("composition", written(tmp_path, rows), "--out", tmp_path / "out")
    assert status == 1
    assert "  - Nobody has settled yet what 1 different values of “Religion or belief” mean" in said
    assert SECRET not in said


def test_who_has_no_hourly_pay_is_told_by_the_rule_in_the_way(run, tmp_path):
    pay = [{"Snapshot date": "31/03/2026", "Staff number": "1001", "Element": "Basic pay",
            "Amount": "2,700.00", "Period": "Month", "Weekly hours": ""}]  # fmt: skip
    staff = written(tmp_path, people(count=12))
    paid = written(tmp_path, pay, "pay.csv")
    _status, said, _wrong = run("gender-pay", staff, paid, "--out", tmp_path / "out")
    assert "No hourly pay: 1 people, no weekly hours." in said


def test_who_objected_is_in_no_table_and_no_number(run, tmp_path):
    rows = people({"Objection": "Yes", "Grade": SECRET, "Grade order": "9"}, count=20)
    staff = written(tmp_path, rows)
    course = {"Date": "11/02/2026", "Mandatory": "No", "Unit": "Highways", "Directorate": "Place"}
    training = written(
        tmp_path, [{"Staff number": f"{1001 + at}", **course} for at in range(3)], "training.csv"
    )
    status, said, _wrong = run("quarterly", training, staff, "--out", tmp_path / "out")
    assert status == 0
    assert "staff.csv (people): 20 rows counted." in said
    assert "training.csv (training): 2 rows counted." in said
    text = b"".join(held(tmp_path / "out").values()).decode("utf-8", "replace").casefold()
    assert SECRET.casefold() not in text


# What is refused


REFUSALS = {
    "no such file": (["nowhere.csv"], 3, "nowhere.csv"),
    "two files of one snapshot": (["staff.csv", "again.csv"], 3, "is already in a file before"),
    "no people": (["training.csv"], 3, "There is no file of people"),
    "headings of nothing": (["colours.csv"], 3, "The headings fit no contract."),
    "a kind that it is not": (["cases=staff.csv"], 3, "staff.csv"),
    "no snapshot of that day": (["staff.csv", "--of", "2025-01-01"], 3, "There is no snapshot of"),
    "a day that is none": (["staff.csv", "--of", "soon"], 2, "--of"),
    "a campaign without a day": (["staff.csv", "--campaign", "Count me in"], 2, "--campaign"),
    "a campaign without a name": (["staff.csv", "--campaign", "2026-01-12="], 2, "--campaign"),
    "no population": (["staff.csv", "--population", "nowhere.csv"], 3, "nowhere.csv"),
    "a population that is a folder": (["staff.csv", "--population", "."], 3, "could not be opened"),
    "a population that is none": (["staff.csv", "--population", "staff.csv"], 3, "staff.csv"),
    "a population of no list": (["staff.csv", "--population", "height.csv"], 3, "height.csv"),
    "no mapping": (["staff.csv", "--mapping", "nowhere.json"], 3, "nowhere.json"),
    "a mapping that is none": (["staff.csv", "--mapping", "staff.csv"], 3, "staff.csv"),
    "columns that are none": (["staff.csv", "--columns", "staff.csv"], 3, "staff.csv"),
    "a list of grades that is none": (
        ["staff.csv", "--grades", "doubled.csv"],
        3,
        "A grade stands twice",
    ),
    "a list of units that is none": (["staff.csv", "--units", "colours.csv"], 3, "colours.csv"),
    "another profile": (["staff.csv", "--profile", "mine"], 2, "--profile"),
    "no years": (["staff.csv", "--years", "0"], 2, "--years"),
    "words in two encodings": (["binary.csv"], 3, "binary.csv"),
    "ten thousand columns": (["wide.csv"], 2, "wide.csv"),
    "an answer of no scheme": (["strange.csv"], 3, "fit no scheme of codes"),
}


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Files with a secret in each of them; the folder that holds them is the current one."""
    written(tmp_path, people({"Job title": SECRET}, count=12))
    written(tmp_path, people({"Job title": SECRET}, count=12), "again.csv")
    course = {"Date": "11/02/2026", "Mandatory": "No", "Unit": SECRET, "Staff number": SECRET}
    written(tmp_path, [course], "training.csv")
    written(tmp_path, [{"Colour": SECRET, "Size": SECRET}], "colours.csv")
    about = "area,taken_on,ages,characteristic,grouping,source,address,code,people\n"
    height = f"{about}B,2021-03-21,all_ages,height,detailed,{SECRET},c,tall,700\n"
    written(tmp_path, height.encode(), "height.csv")
    written(tmp_path, b"G7\nG8\nG7\n", "doubled.csv")
    written(tmp_path, SECRET.encode() + b"\0,\n", "binary.csv")
    written(tmp_path, as_csv([{f"c{at}": SECRET for at in range(10_000)}]), "wide.csv")
    strange = [
        {**row, "Ethnic origin": f"{SECRET} {at}"} for at, row in enumerate(people(count=40))
    ]
    written(tmp_path, strange, "strange.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("why", REFUSALS)
def test_a_refusal_is_a_sentence_that_tells_no_value_and_writes_nothing(files, run, why):
    arguments, status, words = REFUSALS[why]
    before = held(files)
    ended, said, wrong = run("quarterly", *arguments, "--out", "out")
    assert (ended, said) == (status, "")
    assert words in wrong
    assert "a fault in Golden Thread itself" not in wrong
    assert "Traceback" not in wrong
    assert SECRET.casefold() not in wrong.casefold()
    assert held(files) == before


def test_a_pack_of_another_name_is_refused_with_those_there_are(files, run):
    status, _said, wrong = run("yearly", "staff.csv", "--out", "out")
    assert status == 2
    assert "quarterly" in wrong


def test_grades_without_an_order_are_refused_and_a_list_gives_it(files, run):
    rows = [{name: row[name] for name in row if name != "Grade order"} for row in people(count=12)]
    written(files, rows, "unordered.csv")
    status, _said, wrong = run("composition", "unordered.csv", "--out", "out")
    assert status == 3
    assert "Nothing says which grade is higher." in wrong
    written(files, b"Grade\nG7\n", "grades.csv")
    status, _said, _wrong = run(
        "composition", "unordered.csv", "--grades", "grades.csv", "--out", "out"
    )
    assert status == 0


# Whole or not at all


def test_a_folder_that_is_there_is_left_as_it_is(files, run):
    kept = files / "kept"
    kept.mkdir()
    (kept / "minutes.txt").write_text("of ours")
    for more in ([], ["--replace"]):
        status, _said, wrong = run("composition", "staff.csv", "--out", "kept", *more)
        assert status == 2
        assert "The folder is there already." in wrong
        assert held(kept) == {"minutes.txt": b"of ours"}
    status, _said, _wrong = run("composition", "staff.csv", "--out", "again.csv", "--replace")
    assert status == 2
    assert (files / "again.csv").is_file()


def test_a_pack_is_replaced_only_where_that_is_asked_and_then_whole(files, run):
    run("declaration", "staff.csv", "--out", "out")
    first = held(files / "out")
    status, _said, _wrong = run("composition", "staff.csv", "--out", "out")
    assert (status, held(files / "out")) == (2, first)
    status, _said, _wrong = run("composition", "staff.csv", "--out", "out", "--replace")
    assert status == 0
    assert "composition.csv" in held(files / "out")
    assert "declaration.csv" not in held(files / "out")
    assert not [path.name for path in files.iterdir() if path.name.startswith(".")]


def test_an_empty_folder_is_written_into_where_that_is_asked(files, run):
    (files / "out").mkdir()
    assert run("composition", "staff.csv", "--out", "out")[0] == 2
    assert run("composition", "staff.csv", "--out", "out", "--replace")[0] == 0


def test_a_folder_above_that_is_not_there_is_said_and_not_made(files, run):
    status, _said, wrong = run("composition", "staff.csv", "--out", "not/there")
    assert status == 3
    assert "Check that the folder above it is there" in wrong
    assert not (files / "not").exists()


_FULL = """
import resource, sys
from goldenthread.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
main(sys.argv[1:])
"""


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_is_full_half_way_leaves_what_was_there(files, run, there):
    if there:
        run("declaration", "staff.csv", "--out", "out")
    rows = [{**row, "Unit": f"Team {at}"} for at, row in enumerate(people(count=60))]
    path = written(files, rows, "many.csv")
    before = {path.name for path in files.iterdir()}, there and held(files / "out")
    command = ["workforce", "pack", "composition", path, "--out", "out", "--replace"]
    done = subprocess.run(
        [sys.executable, "-c", _FULL, *command],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert "The pack could not be written (File too large)." in done.stderr
    after = {path.name for path in files.iterdir()}, there and held(files / "out")
    assert after == before


@pytest.mark.parametrize("there", [False, True])
def test_killed_at_any_step_a_pack_is_whole_or_not_there(files, run, there):
    if there:
        run("declaration", "staff.csv", "--out", "out")
        shutil.copytree(files / "out", files / "before")
    run("composition", "again.csv", "--out", "after")
    wanted = {
        "after": set(held(files / "after")),
        "before": held(files / "out") if there else None,
    }
    arguments = ["workforce", "pack", "composition", "staff.csv", "--replace"]
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("packed.py"), files / "out", *arguments],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    steps, status = map(int, done.stdout.split())
    assert (steps > 10, status) == (True, 0)
    found = []
    for number in range(1, steps + 1):
        place = files / "steps" / f"{number:03}"
        out = place / "out"
        aside = [path for path in place.iterdir() if path.name != "out"]
        # Whatever lies beside was its owner's alone from the first moment.
        assert {path.stat().st_mode & 0o777 for path in aside} <= {0o700}
        if not out.exists():
            # Between two exchanges of a name the old one lies beside, and is whole.
            assert not there or wanted["before"] in [held(path) for path in aside]
            found.append("none")
        elif there and held(out) == wanted["before"]:
            found.append("before")
        else:
            assert set(held(out)) == wanted["after"]
            assert tables(out).keys() == tables(files / "after").keys()
            found.append("after")
    if there:
        assert found.count("none") <= 1
        assert [one for one in dict.fromkeys(found) if one != "none"] == ["before", "after"]
    else:
        assert list(dict.fromkeys(found)) == ["none", "after"]


def test_what_a_killed_command_left_beside_is_brought_back_or_taken_away(files, run):
    run("declaration", "staff.csv", "--out", "out")
    whole = held(files / "out")
    half = files / ".out.0123abcd"
    half.mkdir()
    (half / WARNING).write_text("")
    (files / "out").rename(files / ".out.deadbeef")
    # The pack is there again before anything else is done, and is not written over unasked.
    assert run("declaration", "staff.csv", "--out", "out")[0] == 2
    assert held(files / "out") == whole
    assert [path.name for path in files.iterdir() if path.name.startswith(".out")] == []


def test_what_is_not_of_a_pack_stays_beside_it(files, run):
    other = files / ".out.deadbeef"
    other.mkdir()
    assert run("declaration", "staff.csv", "--out", "out")[0] == 0
    assert other.is_dir()


def test_a_spreadsheet_computes_nothing_of_a_pack(run, tmp_path):
    """What a unit or grade is called comes from a file, and might be a formula."""
    rows = people({}, {"Unit": "+cmd|' /C calc'!A0"}, {"Unit": "=1+1"}, count=15)
    status, _said, _wrong = run("composition", written(tmp_path, rows), "--out", tmp_path / "out")
    assert status == 1
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [c for c in cells if c.lstrip()[:1] in "=+@" and c.strip() and not
                    re.fullmatch(r"[+-]?[\d.e+-]+", c)]  # fmt: skip
