"""A worker is kept at work: begun again where it dies, and stopped when it is told to."""

import signal
import subprocess
import sys
import time


def _keep(work, within=30):
    """A keeper in a process of its own; ``work`` is the body of what its worker does."""
    code = (
        "import sys, time\n"
        "from goldenthread.cli.keeping import keep\n"
        f"def work(told):\n    {work}\n"
        f"sys.exit(keep(work, what='The worker', stops_within={within}))\n"
    )
    return subprocess.Popen(
        [sys.executable, "-u", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_worker_that_cannot_begin_is_begun_after_longer_and_longer_pauses():
    keeper = _keep("raise ValueError('Ms A of the flat above the shop')")
    said = [keeper.stderr.readline() for _ in range(4)]
    keeper.terminate()
    assert keeper.wait(timeout=30) == 0
    assert said == [
        "goldenthread: ValueError stopped the worker.\n",
        "The worker ended (with status 1). Begun again in 1 s.\n",
        "goldenthread: ValueError stopped the worker.\n",
        "The worker ended (with status 1). Begun again in 2 s.\n",
    ]


def test_a_worker_finishes_what_it_has_in_hand_whatever_it_is_told():
    keeper = _keep("print('begun'); told.wait(60); time.sleep(1); print('done')")
    assert keeper.stdout.readline() == "begun\n"
    for _ in range(3):
        keeper.send_signal(signal.SIGTERM)
        time.sleep(0.2)
    assert keeper.wait(timeout=30) == 0
    assert keeper.stdout.read() == "done\n"


def test_a_worker_that_does_not_stop_in_time_is_ended():
    keeper = _keep("print('begun'); time.sleep(600)", within=1)
    assert keeper.stdout.readline() == "begun\n"
    begun = time.monotonic()
    keeper.terminate()
    assert keeper.wait(timeout=60) == 1
    assert time.monotonic() - begun < 30
