"""What the web needs before Django wakes: a folder, a key for this run, and which database."""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

import django
import pytest

# In memory where the system has such a folder: the database waits for the disk at every change.
_memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_data = tempfile.mkdtemp(prefix="goldenthread-test-", dir=_memory if _memory.is_dir() else None)
atexit.register(shutil.rmtree, _data, ignore_errors=True)

os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.web.settings"
os.environ["GOLDENTHREAD_DATA"] = _data
os.environ["GOLDENTHREAD_SECRET_KEY"] = secrets.token_hex(32)
os.environ["GOLDENTHREAD_HTTPS"] = "0"
os.environ.pop("DATABASE_URL", None)
if _postgres := os.environ.get("GOLDENTHREAD_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = _postgres

for _folder in ("quarantine", "evidence", "static"):
    (Path(_data) / _folder).mkdir(mode=0o700)

# Rows cannot be imported before, and pytest reads conftests and doctests that import them.
django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each worker read the settings with a folder of its own.

    A worker inherits what is set above, and would load the settings, with the first process's
    folder, before it comes to this file: then the files of one test lie in another's quarantine.
    """
    del os.environ["DJANGO_SETTINGS_MODULE"]
