"""A pack written by a process that is killed: ``python packed.py OUT ARGUMENT…``.

The command of these arguments is done in a child that is killed before each step by which it
changes something at OUT or beside it; ``OUT/../steps`` gets what stands there after each. It prints
how many steps there are; the last child came to its end.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

from goldenthread.cli import main, packs  # noqa: F401 - what reckons is loaded once, before forks

STEPS = ("open", "os.mkdir", "os.rename", "os.rmdir", "os.remove", "os.chmod")


def kill_before(number, out):
    """Let this process be killed before its so-manyeth step beside or at ``out``."""
    left = [number]

    def watched(event, arguments):
        # The name of the new folder begins with that of the pack, and so does the old one's.
        if event in STEPS and f"{out.name}" in f"{arguments[0]}":
            writes = event != "open" or arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            left[0] -= bool(writes)
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watched)


def killed(out, arguments):
    """Kill the command at each step in turn, from the same beginning."""
    steps, before = out.parent / "steps", out.parent / "before"
    for number in range(1, 500):
        child = os.fork()
        if not child:
            sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - until it ends
            kill_before(number, out)
            main([*arguments, "--out", str(out)])
        _child, status = os.waitpid(child, 0)
        place = steps / f"{number:03}"
        place.mkdir(parents=True)
        for left in out.parent.iterdir():
            if out.name in left.name:
                left.rename(place / left.name)
        if before.is_dir():
            shutil.copytree(before, out)
        if os.WIFEXITED(status):
            print(number, os.WEXITSTATUS(status))
            return


if __name__ == "__main__":
    killed(Path(sys.argv[1]), sys.argv[2:])
