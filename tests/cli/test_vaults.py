"""``goldenthread workforce vault``, and packs made from one, as people and programs meet them."""

import csv
import json
import os
import pty
import shutil
import stat
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from core.workforce.staff_files import PERSON, people, written
from goldenthread.categories import lists_in_use
from goldenthread.warehouse import Vault, keep
from goldenthread.workforce.files import mapped_by, read_workforce, staff_tables

UNTIL = "2040-03-31"
COMMAND = [sys.executable, "-m", "goldenthread.cli", "workforce"]
SECRET = "Opensesame"


def run(*arguments, cwd=None, said=""):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=said, capture_output=True, text=True, cwd=cwd, timeout=120, check=False,
    )  # fmt: skip


def vault(verb, *arguments, **others):
    return run("vault", verb, *arguments, **others)


def told(done, status=0):
    """What a command printed as JSON."""
    assert (done.returncode, done.stderr) == (status, "")
    return json.loads(done.stdout)


def quarter(folder, day, *changes, count=0):
    """Files of one day: people, and what the first of them learnt."""
    folder.mkdir()
    rows = [{**row, "Snapshot date": day} for row in people(*changes, count=count)]
    course = {"Date": day, "Staff number": "1001", "Course": "T1", "Mandatory": "No"}
    course |= {"Directorate": "Place", "Unit": "Highways"}
    return written(folder, rows), written(folder, [course], "training.csv")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A vault with two quarters, made by commands alone, beside the files that they came in."""
    desk = tmp_path_factory.mktemp("desk")
    assert vault("create", desk / "vault").returncode == 0
    for name, day in (("march", "31/03/2026"), ("june", "30/06/2026")):
        files = quarter(desk / name, day, count=4)
        done = vault("keep", desk / "vault", *files, "--keep-until", UNTIL)
        assert (done.returncode, done.stderr) == (0, "")
    return desk


@pytest.fixture
def held(whole, tmp_path):
    """The same vault, to be changed."""
    return shutil.copytree(whole, tmp_path, dirs_exist_ok=True) / "vault"


def days(place):
    """The days of people that a vault holds, with their rows."""
    return {
        one.on.isoformat(): one.rows for one in Vault(place).snapshots() if one.table == "people"
    }


def overdue(place):
    """Keep a quarter in a vault that should have been forgotten since."""
    lists = lists_in_use()
    file = written(place.parent, [{**PERSON, "Snapshot date": "31/03/2019"}], "old.csv")
    mapping = mapped_by(lists, on=date.today())
    tables = staff_tables([read_workforce(file, mapping=mapping)], lists.values())
    at = datetime.now(UTC) - timedelta(days=9)
    until = at.date() + timedelta(days=1)
    keep(Vault(place), tables, lists=lists.values(), keep_until=until, at=at)


def test_a_vault_is_made_filled_shown_and_verified(held, tmp_path):
    assert stat.S_IMODE(held.stat().st_mode) == 0o700
    shown = vault("show", held)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == (
        "vault: 2 snapshots of people.\n\nHeld:\n"
        "  Table     Day            Rows  People  Contract    Keep until\n"
        "  people    31 March 2026     4       4  people/1    31 March 2040\n"
        "  training  31 March 2026     1       1  training/1  31 March 2040\n"
        "  people    30 June 2026      4       4  people/1    31 March 2040\n"
        "  training  30 June 2026      1       1  training/1  31 March 2040\n"
    )
    done = vault("verify", held)
    assert (done.returncode, done.stdout) == (0, "vault: 9 files, all as written.\n")
    assert vault("tidy", held).returncode == 0


def test_what_is_kept_is_told_in_numbers_of_rows_and_no_value(tmp_path):
    vault("create", tmp_path / "vault")
    changes = ({"Job title": SECRET}, {"Hourly pay": f"={SECRET}"}, {"Objection": "yes"}, {})
    files = quarter(tmp_path / "march", "31/03/2026", *changes)
    done = vault("keep", tmp_path / "vault", *files, "--keep-until", UNTIL)
    # A row was set apart, and the others are kept.
    assert (done.returncode, done.stderr) == (1, "")
    assert "staff.csv (people): 2 rows counted, 1 set apart.\n" in done.stdout
    assert "  people    31 March 2026     2       2  people/1    31 March 2040\n" in done.stdout
    assert SECRET not in done.stdout
    assert days(tmp_path / "vault") == {"2026-03-31": 2}


def test_the_same_is_told_to_programs(held, tmp_path):
    files = quarter(tmp_path / "september", "30/09/2026", count=2)
    kept = told(vault("keep", held, *files, "--keep-until", UNTIL, "--json"))
    assert (kept["schema"], kept["vault"]) == ("goldenthread.vault-kept/1", "vault")
    assert [(one["table"], one["rows"]) for one in kept["kept"] if one["people"] is not None] == [
        ("people", 2), ("training", 1),
    ]  # fmt: skip
    shown = told(vault("show", held, "--json"))
    assert (shown["overdue"], {one["keep_until"] for one in shown["held"]}) == ([], {UNTIL})
    assert [one["act"] for one in shown["deeds"]].count("received") == 3
    verified = told(vault("verify", held, "--json"))
    assert (verified["files"], verified["changed"]) == (len(shown["held"]), [])
    gone = told(vault("forget", held, "--day", "2026-09-30", "--yes", "--json"))
    assert {one["table"] for one in gone["forgotten"]} == {
        "people", "training", "unit_lines", "labels",
    }  # fmt: skip
    assert told(vault("tidy", held, "--json"))["vault"] == "vault"
    assert told(vault("create", tmp_path / "new", "--json"))["vault"] == "new"


def test_of_several_files_all_are_kept_or_none(held, tmp_path):
    before = {path: path.read_bytes() for path in held.rglob("*") if path.is_file()}
    staff, training = quarter(tmp_path / "september", "30/09/2026", count=2)
    training.write_text(training.read_text().replace("30/09/2026", "30/06/2026"))
    done = vault("keep", held, staff, training, "--keep-until", UNTIL)
    assert (done.returncode, done.stdout) == (3, "")
    assert "they would be counted twice" in done.stderr
    assert {path: path.read_bytes() for path in held.rglob("*") if path.is_file()} == before


def test_a_quarter_that_is_held_needs_replace(held, tmp_path):
    files = quarter(tmp_path / "again", "30/06/2026", count=3)
    done = vault("keep", held, *files, "--keep-until", UNTIL)
    assert done.returncode == 3
    assert "already holds people of 2026-06-30" in done.stderr
    assert vault("keep", held, *files, "--keep-until", UNTIL, "--replace").returncode == 0
    assert days(held) == {"2026-03-31": 4, "2026-06-30": 3}


def test_what_is_overdue_is_shown_first_stops_a_pack_and_is_forgotten(held, tmp_path):
    overdue(held)
    shown = vault("show", held)
    assert shown.returncode == 1
    assert shown.stdout.index("31 March 2019") < shown.stdout.index("Held:")
    refused = run("pack", "composition", "--vault", held, "--out", tmp_path / "out")
    assert refused.returncode == 2
    assert "should have forgotten" in refused.stderr
    assert not (tmp_path / "out").exists()
    gone = vault("forget", held, "--expired", "--yes")
    assert gone.returncode == 0
    assert "31 March 2019" in gone.stdout
    assert days(held) == {"2026-03-31": 4, "2026-06-30": 4}
    again = vault("forget", held, "--expired", "--yes")
    assert (again.returncode, again.stdout) == (0, "vault: nothing is overdue.\n")
    assert vault("show", held).returncode == 0


def test_a_changed_file_is_named_and_ends_with_1(held):
    table = next((held / "tables").glob("training-*"))
    table.write_bytes(table.read_bytes()[:-1] + b"\0")
    done = vault("verify", held)
    assert done.returncode == 1
    assert f"  tables/{table.name}: It was changed since it was written.\n" in done.stdout
    assert [one["file"] for one in told(vault("verify", held, "--json"), 1)["changed"]] == [
        f"tables/{table.name}"
    ]
    # Of a changed list of what it holds nothing more can be said.
    manifest = held / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"2026-06-30", b"2026-06-29"))
    done = vault("verify", held)
    assert (done.returncode, done.stdout) == (2, "")
    assert "vault/manifest.json" in done.stderr


def test_a_person_is_forgotten_by_a_number_from_a_pipe_which_is_never_repeated(held):
    done = vault("forget", held, "--person", "--yes", said="1002\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Taken out of 2 tables")
    assert days(held) == {"2026-03-31": 3, "2026-06-30": 3}
    again = vault("forget", held, "--person", "--yes", said="1002\n")
    assert (again.returncode, again.stdout) == (3, "")
    assert "holds nobody of this number" in again.stderr
    assert "1002" not in done.stdout + again.stderr
    # An applicant of the number of a colleague is somebody else.
    assert vault("forget", held, "--applicant", "--yes", said="1003").returncode == 3
    assert told(vault("forget", held, "--person", "--yes", "--json", said="1001"))["files"] == 4


def at_a_terminal(arguments, answers):
    """The exit status and everything on the screen of a command whose questions are answered."""
    child, screen = pty.fork()
    if not child:
        os.execv(COMMAND[0], [*COMMAND, *map(str, arguments)])
    shown = ""
    for question, answer in answers:
        until = time.monotonic() + 60
        while question not in shown and time.monotonic() < until:
            shown += os.read(screen, 4096).decode()
        assert question in shown
        # What is typed before the terminal stops echoing would be echoed.
        time.sleep(0.3)
        os.write(screen, f"{answer}\n".encode())
    while True:
        try:
            shown += os.read(screen, 4096).decode()
        except OSError:
            break
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


def test_at_a_terminal_the_number_is_typed_twice_unseen_and_the_deed_confirmed(held):
    typed = [("number", "1002"), ("same again", "1002"), ("everything", "n")]
    status, shown = at_a_terminal(["vault", "forget", held, "--person"], typed)
    assert status == 130
    assert "nothing was changed" in shown
    assert "1002" not in shown
    assert days(held) == {"2026-03-31": 4, "2026-06-30": 4}
    status, shown = at_a_terminal(
        ["vault", "forget", held, "--person"], [*typed[:2], ("everything", "y")]
    )
    assert (status, "1002" in shown) == (0, False)
    assert days(held) == {"2026-03-31": 3, "2026-06-30": 3}


def test_at_a_terminal_a_day_is_shown_before_it_is_forgotten(held):
    asked = ["vault", "forget", held, "--day", "2026-03-31"]
    status, shown = at_a_terminal(asked, [("for good?", "n")])
    assert status == 130
    assert "people of 31 March 2026: 4 rows" in shown
    assert days(held) == {"2026-03-31": 4, "2026-06-30": 4}
    assert at_a_terminal(asked, [("for good?", "y")])[0] == 0
    assert days(held) == {"2026-06-30": 4}


def test_one_table_of_a_day_is_forgotten_alone(held):
    assert (
        vault("forget", held, "--day", "2026-03-31", "--table", "training", "--yes").returncode == 0
    )
    found = {(one.table, one.on.isoformat()) for one in Vault(held).snapshots()}
    assert ("people", "2026-03-31") in found
    assert ("training", "2026-03-31") not in found


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("create", "vault"), 3, "something in this folder already"),
        (("show", "nowhere"), 3, "There is no vault in this folder"),
        (("keep", "vault", "march/staff.csv"), 2, "--keep-until"),
        (("keep", "vault", "march/staff.csv", "--keep-until", "2019-01-01"), 3, "is over"),
        (("keep", "vault", "march/training.csv", "--keep-until", UNTIL), 3, "no file of people"),
        (("keep", "vault", "nowhere.csv", "--keep-until", UNTIL), 3, "no such file"),
        (("forget", "vault", "--yes"), 2, "Say what"),
        (("forget", "vault", "--expired", "--person", "--yes"), 2, "Say what"),
        (("forget", "vault", "--expired"), 2, "add --yes"),
        (("forget", "vault", "--expired", "--table", "people", "--yes"), 2, "goes with --day"),
        (("forget", "vault", "--day", "2020-01-01", "--yes"), 3, "holds nothing of that day"),
        (("forget", "vault", "--person", "--yes"), 2, "one number of one person"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_refusal_is_one_sentence_and_changes_nothing(held, arguments, status, words):
    before = {path: path.read_bytes() for path in held.rglob("*") if path.is_file()}
    done = vault(*arguments, cwd=held.parent)
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in held.rglob("*") if path.is_file()} == before


def test_a_vault_that_others_can_reach_is_refused(held):
    held.chmod(0o750)
    done = vault("show", held)
    assert (done.returncode, done.stdout) == (2, "")
    assert "chmod" in done.stderr


def test_a_pack_of_a_vault_is_that_of_the_files_and_names_every_snapshot(held, tmp_path):
    files = [tmp_path / name / file for name in ("march", "june")
             for file in ("staff.csv", "training.csv")]  # fmt: skip
    assert run("pack", "composition", *files, "--out", tmp_path / "files").returncode == 0
    done = run("pack", "composition", "--vault", held, "--out", tmp_path / "kept", "--json")
    about = told(done)
    assert about["vault"] == "vault"
    marks = {(one.table, one.on.isoformat()): one for one in Vault(held).snapshots()}
    assert [(one["table"], one["on"]) for one in about["snapshots"]] == [
        ("people", "2026-03-31"), ("people", "2026-06-30"),
        ("training", "2026-03-31"), ("training", "2026-06-30"),
    ]  # fmt: skip
    for name in sorted(path.name for path in (tmp_path / "files").glob("*.csv")):
        of_files, of_vault = (
            list(csv.reader((tmp_path / place / name).open(encoding="utf-8-sig")))
            for place in ("files", "kept")
        )
        assert of_vault == of_files
        table = json.loads((tmp_path / "kept" / name).with_suffix(".json").read_text())
        assert table["sources"][: len(about["snapshots"])] == [
            f"Vault vault: {one['table']} of {one['on']}, {one['rows']:,} rows, SHA-256 "
            f"{marks[one['table'], one['on']].fingerprint}"
            for one in about["snapshots"]
        ]


def test_a_pack_of_an_older_day_names_nothing_that_came_later(held, tmp_path):
    done = run(
        "pack", "composition", "--vault", held, "--of", "2026-03-31", "--out", tmp_path / "out",
        "--json",
    )  # fmt: skip
    assert {one["on"] for one in told(done)["snapshots"]} == {"2026-03-31"}


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--vault", "vault", "march/staff.csv"), 2, "Name the files"),
        ((), 2, "Name the files"),
        (("--vault", "vault", "--as-at", "2026-03-31"), 2, "--as-at says how files are read"),
        (("--vault", "vault", "--country", "Wales"), 2, "--country says how files are read"),
        (("--vault", "march"), 3, "There is no vault"),
        (("--vault", "empty"), 3, "does not say which lists"),
    ],
)
def test_a_pack_is_of_files_or_of_a_vault(held, arguments, status, words):
    vault("create", held.parent / "empty")
    done = run("pack", "composition", *arguments, "--out", "out", cwd=held.parent)
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
    assert not (held.parent / "out").exists()


def test_who_objects_in_a_later_file_is_left_out_of_the_earlier_one_too(tmp_path):
    march, _ = quarter(tmp_path / "march", "31/03/2026", count=3)
    june, _ = quarter(tmp_path / "june", "30/06/2026", {"Objection": "yes"}, count=2)
    about = told(run("pack", "composition", march, june, "--out", tmp_path / "out", "--json"))
    assert [one["rows"] for one in about["files"]] == [2, 2]
