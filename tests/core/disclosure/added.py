"""An adding to a ledger, killed at each call that changes the disk: ``python added.py FOLDER``.

For each such call a copy of ``FOLDER/before`` is made, and a child process adds ``FOLDER/release``
to it and is killed before that call. It prints how many copies there are; the last child came to
its end.
"""

import os
import shutil
import signal
import sys
from datetime import date
from pathlib import Path

from goldenthread.disclosure.ledger import add

CALLS = ("rename", "replace", "fsync", "unlink", "open", "fchmod", "mkdir", "rmdir")
DAY = date(2026, 11, 29)


def kill_before(number):
    """Let this process be killed before its so-manyeth call that changes the disk."""
    left = [number]

    def watched(call):
        def counted(*args, **named):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **named)

        return counted

    for name in CALLS:
        setattr(os, name, watched(getattr(os, name)))


def main(folder):
    """Kill the adding at each call in turn."""
    for number in range(1, 300):
        copy = folder / f"{number:03}"
        if (folder / "before").exists():
            shutil.copytree(folder / "before", copy)
        child = os.fork()
        if not child:
            kill_before(number)
            add(copy, folder / "release", on=DAY)
            os._exit(0)
        _child, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            print(number)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
