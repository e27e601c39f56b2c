"""``goldenthread demo``: set up once, gone on with, begun again, and refused with what to do."""

import os
import sqlite3
import subprocess
import sys

import pytest

from goldenthread.example_data import cast


def demo(folder, *more):
    return subprocess.run(
        [sys.executable, "-m", "goldenthread.cli", "demo", "--folder", str(folder), *more],
        capture_output=True,
        text=True,
        timeout=120,
        env={k: v for k, v in os.environ.items() if not k.startswith("GOLDENTHREAD_")},
    )


def actions(folder):
    database = sqlite3.connect(folder / "goldenthread.sqlite3")
    # Those of the whole council's plan; the directorates have theirs besides.
    found = [
        row[0]
        for row in database.execute(
            "SELECT action.public_id FROM goldenthread_action action"
            " JOIN goldenthread_plan plan ON plan.id = action.plan_id"
            " JOIN goldenthread_unit unit ON unit.id = plan.unit_id WHERE unit.parent_id IS NULL"
        )
    ]
    database.close()
    return sorted(found)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "data"
    return folder, demo(folder, "--no-serve")


def test_it_says_who_is_who_and_where(made):
    _, done = made
    assert done.returncode == 0
    assert "http://127.0.0.1:8000/" in done.stdout
    for one in cast.one_for_each_role().values():
        assert f"{one.name} " in done.stdout
        assert one.email in done.stdout


def test_its_folder_is_for_nobody_else(made):
    folder, _ = made
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / ".key").stat().st_mode & 0o077 == 0
    assert {file.stat().st_mode & 0o777 for file in folder.glob("*.sqlite3*")} == {0o600}
    assert len(actions(folder)) == 31


def test_started_again_it_goes_on_where_it_was(made):
    folder, _ = made
    before = actions(folder)
    assert demo(folder, "--no-serve").returncode == 0
    assert actions(folder) == before


def test_reset_begins_again(made):
    folder, _ = made
    before = actions(folder)
    assert demo(folder, "--no-serve", "--reset").returncode == 0
    assert len(actions(folder)) == 31
    assert not set(actions(folder)) & set(before)


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    for more in ((), ("--reset",)):
        done = demo(tmp_path, "--no-serve", *more)
        assert done.returncode == 2
        assert "was left as it is" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_while_it_is_open_a_second_start_says_what_to_do(demonstration, tmp_path):
    port = demonstration.address.rpartition(":")[2]
    for more in ((), ("--reset",)):
        done = demo(demonstration.folder, "--port", port, *more)
        assert done.returncode == 3
        assert "open already, in another window" in done.stderr
    done = demo(tmp_path / "other", "--port", port)
    assert done.returncode == 3
    assert f"goldenthread demo --port {int(port) + 1}" in done.stderr
