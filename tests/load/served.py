"""A site of its own that ``goldenthread run`` serves, to be killed, stopped and looked into."""

import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

INSIDE = Path(__file__).with_name("inside.py")


class Site:
    """One site in a folder; on PostgreSQL where ``database`` is an address of an empty one."""

    def __init__(self, folder, database="", **settings):
        self.folder, self.server = Path(folder), None
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.port = 0
        self.environment = {
            **{
                k: v for k, v in os.environ.items() if not k.startswith(("GOLDENTHREAD_", "DJANGO"))
            },
            "GOLDENTHREAD_DATA": str(self.folder),
            "GOLDENTHREAD_SECRET_KEY": secrets.token_hex(32),
            "GOLDENTHREAD_HTTPS": "0",
            # Those who are at work here sign in without a browser; second factors have tests.
            "GOLDENTHREAD_SECOND_FACTOR": "0",
            "DATABASE_URL": database,
            **settings,
        }
        if not database:
            del self.environment["DATABASE_URL"]
        self.log = self.folder.parent / f"{self.folder.name}.log"

    def inside(self, *asked):
        """What ``inside.py`` finds in the site, as plain values."""
        done = subprocess.run(
            [sys.executable, str(INSIDE), *map(str, asked)],
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=1_200,
        )
        if done.returncode:
            raise AssertionError(done.stderr[-4000:])
        return json.loads(done.stdout.splitlines()[-1])

    def command(self, *words):
        """What a command of ours says in this site: its exit status, and what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "goldenthread.cli", *words],
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=120,
        )
        return done.returncode, done.stdout + done.stderr

    def begin(self, *words):
        """A command of ours at work in this site, in a process of its own."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "goldenthread.cli", *words],
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )

    def start(self, *words):
        """Serve, at the same port as before or a free one; back when it answers."""
        for _ in range(20):
            port = self.port or random.randint(20_000, 32_000)
            self.server = self.begin("run", "--port", str(port), *words)
            if self._answers(port):
                self.port = port
                return self
        raise AssertionError(self.said())

    def said(self):
        """The end of what the server printed."""
        return self.log.read_text(errors="replace")[-4000:]

    def _answers(self, port):
        until = time.monotonic() + 90
        while time.monotonic() < until:
            if self.server.poll() is not None:
                if f"Port {port}" in self.said():
                    return False
                raise AssertionError(self.said())
            try:
                asked = HTTPConnection("127.0.0.1", port, timeout=5)
                asked.request("GET", "/health")
                if asked.getresponse().status == 200:
                    return True
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(self.said())

    def processes(self):
        """The server's process and all that serve under it."""
        serving = [pid for pid in _under(self.server.pid) if b"gunicorn" in _said_by(pid)]
        return [self.server.pid, *serving]

    def keepers(self):
        """The keeper of the jobs and the worker under it, where they are there."""
        found = []
        for keeper in _under(self.server.pid):
            if b"--beside" in _said_by(keeper):
                found += [keeper, *_under(keeper)]
        return found

    def kill(self):
        """End every process of the server at once, as a power cut would."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(timeout=30)

    def stop(self):
        """Ask the server to stop, and wait until it has; its exit status."""
        if self.server is None or self.server.poll() is not None:
            return None
        self.server.terminate()
        return self.server.wait(timeout=120)


def _under(parent):
    """The processes that a process began."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            status = (entry / "status").read_text()
        except OSError:
            continue
        if re.search(rf"^PPid:\s+{parent}$", status, re.M):
            found.append(int(entry.name))
    return found


def _said_by(process):
    """The command line of a process."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
