"""The commands of the site, run as a person runs them, each with a data folder of its own."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

GOLDENTHREAD = Path(sys.executable).parent / "goldenthread"
KEY = {"GOLDENTHREAD_SECRET_KEY": "k" * 50}


def _run(folder, *words, **env):
    plain = {k: v for k, v in os.environ.items() if not k.startswith("GOLDENTHREAD_")}
    plain.pop("DATABASE_URL", None)
    return subprocess.run(
        [GOLDENTHREAD, *words],
        env=plain | {"GOLDENTHREAD_DATA": str(folder / "data"), "GOLDENTHREAD_HTTPS": "0"} | env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def site(tmp_path):
    """A data folder with a database of a founded council."""
    code = (
        "from goldenthread.cli.serving import wake; wake()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from goldenthread.web.changes import demo; demo.found_brackenford()\n"
    )
    env = {**os.environ, **KEY, "GOLDENTHREAD_DATA": str(tmp_path / "data")}
    env.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", code], env=env, check=True, timeout=120)
    return tmp_path


def test_a_site_without_a_key_does_not_start_and_makes_nothing(tmp_path):
    done = _run(tmp_path, "run")
    assert done.returncode == 3
    assert "GOLDENTHREAD_SECRET_KEY" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_audit_of_a_council_is_whole_and_its_head_can_be_checked_later(site):
    done = _run(site, "audit", "verify", **KEY)
    assert (done.returncode, done.stderr) == (0, "")
    head = done.stdout.strip().rpartition(" ")[2]
    assert _run(site, "audit", "verify", "--head", head, **KEY).returncode == 0
    number, _, digest = head.partition(":")
    later = f"{int(number) + 1}:{digest}"
    cut = _run(site, "audit", "verify", "--head", later, **KEY)
    assert (cut.returncode, "written down earlier" in cut.stdout) == (1, True)


def test_the_audit_as_json_and_a_bad_head(site):
    done = _run(site, "audit", "verify", "--json", **KEY)
    told = json.loads(done.stdout)
    assert (told["schema"], told["whole"]) == ("goldenthread.audit/1", True)
    assert _run(site, "audit", "verify", "--head", "yesterday", **KEY).returncode == 2


def test_tampering_is_named_and_ends_with_1(site):
    database = site / "data" / "goldenthread.sqlite3"
    code = (
        f"import pysqlite3 as s; c = s.connect({str(database)!r})\n"
        "c.execute('DROP TRIGGER goldenthread_auditentry_no_update')\n"
        "c.execute(\"UPDATE goldenthread_auditentry SET act = 'other' WHERE number = 7\")\n"
        "c.commit()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    done = _run(site, "audit", "verify", **KEY)
    assert done.returncode == 1
    assert "Entry 7 was changed." in done.stdout


def test_a_data_folder_that_everybody_may_read_is_refused(site):
    (site / "data").chmod(0o755)
    done = _run(site, "audit", "verify", **KEY)
    assert (done.returncode, "chmod" in done.stderr) == (2, True)


def test_a_second_factor_that_nobody_has_is_not_taken_away(site):
    done = _run(site, "people", "forget-second-factor", "nobody@brackenford.example", **KEY)
    assert done.returncode == 3
    assert "Nobody with this address has a second factor." in done.stderr
    assert (site / "data" / "goldenthread.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_port_in_use_says_what_to_do(site, socket_enabled):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _run(site, "run", "--port", str(port), **KEY)
    assert done.returncode == 3
    assert f"goldenthread run --port {port + 1}" in done.stderr
