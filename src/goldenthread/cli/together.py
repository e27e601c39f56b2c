"""What the server does where it has the jobs beside it: begins their keeper, and stops it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

from goldenthread.cli import ready, serving

_keeper: list[subprocess.Popen[bytes]] = []
_told: list[float] = []
_STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)


def when_ready(server: object) -> None:
    """Read ahead as ever, and begin the keeper of the jobs, whose end is the server's."""
    ready.when_ready(server)
    command = [sys.executable, "-m", "goldenthread.cli", "jobs", "--beside", str(os.getpid())]
    _keeper.append(subprocess.Popen(command))  # noqa: S603 - our own arguments, no shell
    # Both stop at the same time: each may need most of what a service manager waits.
    for number in _STOPS:
        _tell_too(number)


def _tell_too(number: signal.Signals) -> None:
    """Let the keeper hear a signal that the server hears."""
    theirs: Any = signal.getsignal(number)
    server = os.getpid()

    def both(told: int, frame: object) -> None:
        # A process that the server has just begun still has this handler for a moment.
        if os.getpid() == server:
            _tell()
        theirs(told, frame)

    signal.signal(number, both)


def _tell() -> None:
    if not _told:
        _told.append(time.monotonic())
        _keeper[0].send_signal(signal.SIGTERM)


def on_exit(_server: object) -> None:
    """Wait for the job under way; the keeper itself sees that it does not take too long."""
    if not _keeper:
        return
    _tell()
    left = _told[0] + serving.STOPS_WITHIN + 5 - time.monotonic()
    try:
        _keeper[0].wait(timeout=max(left, 1))
    except subprocess.TimeoutExpired:
        _keeper[0].kill()
