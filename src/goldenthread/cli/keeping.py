"""Keeping a worker at work: begun again where it dies, and stopped when it is told to.

Two processes: the keeper, which does nothing that could fail, and under it the worker, which shares
its memory. Told to stop, the worker finishes what it has in hand.
"""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable

import click

# Seconds that a worker lasts before its death is no longer taken for a failure to begin.
_LASTS = 60.0
_LONGEST_PAUSE = 60.0
_STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)


class Told:
    """Whether this process was told to stop, by a signal or by the end of the one it works for.

    A second signal changes nothing: a mail that is half handed over is finished.
    """

    def __init__(self, parent: int | None = None) -> None:
        self._parent = parent
        self._stop = False
        self._ear, mouth = os.pipe()
        for end in (self._ear, mouth):
            os.set_blocking(end, False)
        for number in _STOPS:
            # nohup lets its program ignore the end of a terminal, and so do we.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._hear)
        # Ends the waiting where the worker dies.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)

    def _hear(self, *_told: object) -> None:
        self._stop = True

    def __call__(self) -> bool:
        """Whether to stop."""
        return self._stop or (self._parent is not None and os.getppid() != self._parent)

    def wait(self, seconds: float) -> None:
        """Wait, or less where a signal comes or the process that it works for ends."""
        until = time.monotonic() + seconds
        while not self() and (left := until - time.monotonic()) > 0:
            if select.select([self._ear], [], [], min(left, 1.0))[0]:
                os.read(self._ear, 4096)
                return


def keep(
    work: Callable[[Told], None], *, what: str, stops_within: float, beside: int | None = None
) -> int:
    """Keep a worker at ``work`` until told to stop; the exit status, 0 where it stopped by itself.

    ``what`` begins the sentence that says that it died. A worker that is told to stop has
    ``stops_within`` seconds to do so. ``beside`` is the process whose end is this one's too.
    """
    told, pause = Told(beside), 1.0
    while not told():
        begun = time.monotonic()
        worker = _begin(work)
        ended = _wait_for(worker, told)
        if ended is None:
            return _stop(worker, stops_within)
        if time.monotonic() - begun >= _LASTS:
            pause = 1.0
        click.echo(f"{what} ended ({_why(ended)}). Begun again in {pause:.0f} s.", err=True)
        # A signal that comes meanwhile is seen by the loop.
        until = time.monotonic() + pause
        while not told() and (left := until - time.monotonic()) > 0:
            told.wait(left)
        pause = min(pause * 2, _LONGEST_PAUSE)
    return 0


def _begin(work: Callable[[Told], None]) -> int:
    """A worker, in a process of its own; its number."""
    keeper = os.getpid()
    worker = os.fork()
    if worker:
        return worker
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        work(Told(keeper))
        status = 0
    except BaseException as fault:
        # Its kind alone: a fault's words may hold what somebody wrote.
        click.echo(f"goldenthread: {type(fault).__name__} stopped the worker.", err=True)
    finally:
        # Nothing of the keeper's is to be ended a second time.
        os._exit(status)


def _wait_for(worker: int, told: Told) -> int | None:
    """How a worker ended; None where it goes on and this process was told to stop."""
    while True:
        ended, status = os.waitpid(worker, os.WNOHANG)
        if ended:
            return status
        if told():
            return None
        told.wait(1.0)


def _stop(worker: int, within: float) -> int:
    os.kill(worker, signal.SIGTERM)
    until = time.monotonic() + within
    while time.monotonic() < until:
        ended, status = os.waitpid(worker, os.WNOHANG)
        if ended:
            return 0 if status == 0 else 1
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    return 1


def _why(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"by signal {os.WTERMSIG(status)}"
    return f"with status {os.waitstatus_to_exitcode(status)}"
