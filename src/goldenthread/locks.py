"""Taking turns: a folder that several processes work in is held by one of them, or by readers."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goldenthread.errors import Refusal

_BETWEEN_ASKING = 0.02


@contextmanager
def held(file: Path, *, alone: bool, patience: float, busy: Refusal) -> Iterator[None]:
    """Hold a file that stands for a folder: alone, or with others who only read.

    It is asked for until ``patience`` seconds have passed, then ``busy`` is raised. The system lets
    go of what a process held as soon as that ends, however it ends, so nothing is ever left locked
    by one that was killed. The file must exist, and its content is neither read nor written.

    Raises ``busy``, and ``OSError`` where the file is missing or is not ours to open.
    """
    # A shared folder of a network gives a turn alone only to who may write.
    opened = os.open(file, os.O_RDWR if alone else os.O_RDONLY)
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    until = time.monotonic() + patience
    try:
        while True:
            try:
                fcntl.flock(opened, kind | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise busy from None
                time.sleep(_BETWEEN_ASKING)
        yield
    finally:
        os.close(opened)
