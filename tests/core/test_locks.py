"""One process at a time, or several that only read; and nobody who was killed holds anything."""

import signal
import subprocess
import sys

import pytest

from goldenthread.errors import Busy
from goldenthread.locks import held

BUSY = Busy("Another process is working here.", do="Try again.")
# Holds the file, says so, and waits for as long as it is let.
HOLDS = """
import sys, time
from pathlib import Path
from goldenthread.errors import Busy
from goldenthread.locks import held

busy = Busy("Busy.", do="Wait.")
with held(Path(sys.argv[1]), alone=sys.argv[2] == "alone", patience=0, busy=busy):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "a.lock"
    file.write_bytes(b"")
    return file


def turn(file, *, alone, patience=0):
    return held(file, alone=alone, patience=patience, busy=BUSY)


@pytest.fixture
def other(file):
    """Start another process that holds the file."""
    running = []

    def start(how):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDS, file, how], stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.wait(timeout=30)
        process.stdout.close()


@pytest.mark.parametrize(
    ("theirs", "ours", "may"),
    [("alone", "alone", False), ("alone", "shared", False), ("shared", "alone", False),
     ("shared", "shared", True)],
)  # fmt: skip
def test_readers_share_and_who_writes_is_alone(file, other, theirs, ours, may):
    other(theirs)
    if may:
        with turn(file, alone=ours == "alone"):
            return
    with pytest.raises(Busy) as refused, turn(file, alone=ours == "alone"):
        pytest.fail("Both had it.")
    assert refused.value is BUSY


@pytest.mark.parametrize("theirs", ["alone", "shared"])
def test_a_process_that_is_killed_while_it_holds_a_folder_leaves_it_free(file, other, theirs):
    process = other(theirs)
    with pytest.raises(Busy), turn(file, alone=True):
        pytest.fail("Both had it.")
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=30) == -signal.SIGKILL
    with turn(file, alone=True):
        pass


def test_who_waits_has_it_as_soon_as_the_one_who_held_it_was_killed(file, other):
    process = other("alone")
    killer = subprocess.Popen(["/bin/sh", "-c", f"sleep 0.3; kill -9 {process.pid}"])
    with turn(file, alone=True, patience=60):
        assert process.wait(timeout=30) == -signal.SIGKILL
    assert killer.wait(timeout=30) == 0


def test_what_goes_wrong_inside_lets_go_as_well(file):
    with pytest.raises(ValueError, match="inside"), turn(file, alone=True):
        raise ValueError("inside")
    with turn(file, alone=True):
        pass
    assert file.read_bytes() == b""


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(FileNotFoundError), turn(tmp_path / "none.lock", alone=True):
        pytest.fail("There was nothing to hold.")
    assert list(tmp_path.iterdir()) == []
