"""A vault's deed, killed at each call that changes the disk: ``python killed.py FOLDER DEED``.

For each such call a copy of the vault ``FOLDER/before`` is made, and a child process does the deed
and is killed before that call. It prints how many copies there are; the last child came to its end.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

from core.warehouse.held import AT, JULY, JUNE, MARCH, arrival, receive, staff, training
from goldenthread.warehouse import Vault

CALLS = ("replace", "fsync", "unlink", "open", "fchmod", "mkdir", "rmdir")
DEEDS = {
    "receive": lambda vault: receive(vault, "training", [training("103", JUNE)], JUNE),
    "replace": lambda vault: receive(vault, "people", [staff("104")], MARCH, instead=True),
    "receive_all": lambda vault: vault.receive_all(
        [
            arrival("people", [staff("104", JULY)], JULY),
            arrival("people", [staff("105")], MARCH, instead=True),
            arrival("training", [training("104", JULY)], JULY),
        ],
        at=AT,
        objectors={"person": ["102"]},
    ),
    "forget": lambda vault: vault.forget(MARCH, at=AT),
    "forget_person": lambda vault: vault.forget_person("102", at=AT),
}


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


def main(folder, deed):
    """Kill the deed at each call in turn."""
    for number in range(1, 200):
        copy = folder / f"{number:03}"
        shutil.copytree(folder / "before", copy)
        child = os.fork()
        if not child:
            kill_before(number)
            DEEDS[deed](Vault(copy))
            os._exit(0)
        _child, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            print(number)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
