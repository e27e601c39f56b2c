"""Shuts the child process in: memory, time, no files, no network, no other program.

Each fence stands on its own, since not every system offers every one: the kernel's limits, an
empty network where the kernel lets us have one, and Python's own audit hook everywhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys

from goldenthread.intake.limits import Limits

# From <linux/sched.h> and <linux/prctl.h>.
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES, _DIE_WITH_PARENT = 38, 1

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "os.putenv",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.kill",
    "pty.",
    "shutil.",
    "tempfile.",
    "urllib.",
    "http.client.",
    "ftplib.",
    "smtplib.",
    "sqlite3.",
    "webbrowser.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Forbidden(BaseException):
    """Reading a file tried something that no reading needs; no parser may catch it."""


def confine(limits: Limits) -> None:
    """Give up, for the rest of this process, whatever reading a file does not need."""
    _leave_the_network()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CPU, limits.seconds)
    _limit(resource.RLIMIT_AS, limits.memory)
    # Root passes this one by; the audit hook below still holds.
    _limit(resource.RLIMIT_NPROC, 0)
    sys.addaudithook(_refuse)


def _limit(what: int, most: int) -> None:
    # A limit may already be lower, or unknown to this system (macOS has no address space limit).
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _leave_the_network() -> None:
    with contextlib.suppress(OSError, AttributeError):
        kernel = ctypes.CDLL(None, use_errno=True)
        kernel.prctl(_DIE_WITH_PARENT, 9, 0, 0, 0)
        kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        if kernel.unshare(_NEW_USER | _NEW_NETWORK) != 0:
            kernel.unshare(_NEW_NETWORK)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        _, mode, flags = (*arguments, None, None, None)[:3]
        writes = isinstance(mode, str) and any(letter in mode for letter in "wax+")
        writes = writes or (isinstance(flags, int) and bool(flags & _WRITING))
        if writes:
            raise Forbidden(event)
    elif event.startswith(_FORBIDDEN):
        raise Forbidden(event)
