"""A PostgreSQL of our own in a folder that is thrown away, which syncs as a council's does."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path


def programs():
    """The folder of PostgreSQL's programs; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    here = shutil.which("initdb")
    return found[-1].parent if found else Path(here).parent if here else None


class Cluster:
    """PostgreSQL that listens at a socket of its folder alone; it refuses root, so not as root."""

    def __init__(self):
        self.room = Path(tempfile.mkdtemp(prefix="goldenthread-postgres-"))
        self.room.chmod(0o755)
        self.user = {}
        if os.geteuid() == 0:
            self.user = {"user": "postgres", "group": "postgres", "extra_groups": []}
            os.chown(self.room, pwd.getpwnam("postgres").pw_uid, -1)
        self._run("initdb", "-D", self.room / "data", "-A", "trust", "-U", "postgres")
        self.start()

    def _run(self, program, *arguments):
        subprocess.run(
            [programs() / program, *map(str, arguments)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **self.user,
        )

    def start(self):
        ours = f"-c listen_addresses= -c fsync=on -k {self.room}"
        log = self.room / "log"
        self._run("pg_ctl", "-D", self.room / "data", "-w", "-l", log, "-o", ours, "start")

    def cut(self):
        """Stop it as a power cut would: nothing is written that was not on the disk."""
        self._run("pg_ctl", "-D", self.room / "data", "-m", "immediate", "-w", "stop")

    def database(self, name):
        """The address of a new, empty database."""
        self._run("createdb", "-h", self.room, "-U", "postgres", name)
        return f"postgresql://postgres@/{name}?host={self.room}"

    def faults(self, name):
        """What PostgreSQL's own check of its tables and indexes says; empty where all is well."""
        done = subprocess.run(
            [
                *(programs() / "pg_amcheck", "-h", self.room, "-U", "postgres"),
                *("--install-missing", "--heapallindexed", "--parent-check", name),
            ],
            capture_output=True,
            text=True,
            cwd="/",
            **self.user,
        )
        return done.stdout + done.stderr if done.returncode else ""

    def remove(self):
        subprocess.run(
            [programs() / "pg_ctl", "-D", self.room / "data", "-m", "immediate", "stop"],
            capture_output=True,
            cwd="/",
            **self.user,
        )
        shutil.rmtree(self.room, ignore_errors=True)
