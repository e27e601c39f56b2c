"""The server when it is told to stop, when a process of it dies, and when a save must wait."""

import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from load.at_work import Browser, hidden
from load.served import Site
from web_pages import Page

# The one that the site uses: two of different age should not write to one database.
sqlite3 = importlib.import_module(
    "pysqlite3" if importlib.util.find_spec("pysqlite3") else "sqlite3"
)
pytestmark = pytest.mark.enable_socket
DAY = {"next_review-day": "1", "next_review-month": "3", "next_review-year": "2090"}


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("served") / "site")
    return site, site.inside("found", 10)


@pytest.fixture
def serving(founded):
    site, found = founded
    site.start()
    yield site, found
    if site.server.poll() is None:
        site.kill()


@pytest.fixture
def held(founded):
    """Somebody else's connection: a transaction that it begins is one nobody can write beside."""
    other = sqlite3.connect(founded[0].folder / "goldenthread.sqlite3", isolation_level=None)
    yield other
    other.close()


class Saving(threading.Thread):
    """Somebody who sends an update and waits for the answer."""

    def __init__(self, site, found, words):
        super().__init__(daemon=True)
        self.browser = Browser(site.port).sign_in(found["people"][1], found["password"])
        self.path = f"/workspace/actions/{found['actions'][3]}/update/"
        page = self.browser.get(self.path)
        self.fields = {"done": words, "status": "in_progress", "rag": "green", **DAY}
        self.fields |= {name: hidden(page, name) for name in ("key", "version")}
        self.answer = None

    def run(self):
        self.answer = self.browser.send(self.path, self.fields)


def _said(site):
    return [words for _, _, words in site.inside("state")["updates"]]


def test_a_request_under_way_is_finished_before_the_server_stops(serving, held):
    site, found = serving
    saving = Saving(site, found, "Sent before the server was told to stop")
    held.execute("BEGIN IMMEDIATE")
    saving.start()
    time.sleep(0.5)
    site.server.terminate()
    time.sleep(1)
    assert site.server.poll() is None
    assert saving.answer is None
    held.execute("ROLLBACK")
    saving.join(timeout=30)
    assert saving.answer.status == 302
    assert site.server.wait(timeout=30) == 0
    assert "Sent before the server was told to stop" in _said(site)


def test_a_server_without_work_stops_at_once(serving):
    site, _ = serving
    begun = time.monotonic()
    assert site.stop() == 0
    assert time.monotonic() - begun < 20


def test_a_process_that_dies_is_replaced(serving):
    site, _ = serving
    one = site.processes()[-1]
    os.kill(one, signal.SIGKILL)
    for _ in range(200):
        if one not in site.processes() and len(site.processes()) == 3:
            break
        time.sleep(0.1)
    assert one not in site.processes()
    for _ in range(8):
        assert Browser(site.port).get("/health").status == 200


def test_a_save_waits_for_somebody_elses_long_one(serving, held):
    site, found = serving
    saving = Saving(site, found, "Sent while something large was being saved")
    held.execute("BEGIN IMMEDIATE")
    saving.start()
    time.sleep(2)
    assert saving.answer is None
    held.execute("ROLLBACK")
    saving.join(timeout=30)
    assert saving.answer.status == 302


def test_a_save_that_waits_too_long_is_told_so_and_loses_no_word(serving, held):
    site, found = serving
    saving = Saving(site, found, "Sent while something very large was being saved")
    held.execute("BEGIN IMMEDIATE")
    saving.start()
    # Signing in writes too, and has no form of ours to say it in.
    officer, given = (
        Browser(site.port),
        {"login": found["people"][4], "password": found["password"]},
    )
    officer.get("/account/sign-in/")
    refused = officer.send("/account/sign-in/", given)
    saving.join(timeout=60)
    assert (saving.answer.status, refused.status) == (503, 503)
    assert "Something large is being saved" in Page(refused.words).text
    page = Page(saving.answer.words)
    assert "Something large is being saved" in page.text
    assert "Sent while something very large was being saved" in page.text
    held.execute("ROLLBACK")
    assert officer.send("/account/sign-in/", given).status == 302
    again = saving.browser.send(saving.path, saving.fields)
    assert again.status == 302
    assert _said(site).count("Sent while something very large was being saved") == 1


def test_people_read_while_somebody_saves_something_large(serving, held):
    site, found = serving
    officer = Browser(site.port).sign_in(found["people"][2], found["password"])
    held.execute("BEGIN IMMEDIATE")
    assert officer.get("/").status == 200
    assert officer.get("/workspace/register/").status == 200
    assert officer.get(f"/workspace/actions/{found['actions'][3]}/").status == 200


@pytest.mark.parametrize("set_up", [False, True])
def test_what_is_read_ahead_leaves_no_connection_to_be_shared(founded, tmp_path, set_up):
    site = founded[0] if set_up else Site(tmp_path / "empty")
    code = (
        "import django; django.setup(); from django.db import connections; "
        "from goldenthread.cli.ready import read_ahead; "
        "print(read_ahead(), connections['default'].connection)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**site.environment, "DJANGO_SETTINGS_MODULE": "goldenthread.web.settings"},
        timeout=60,
    )
    assert (done.stdout.split(), done.returncode) == ([str(int(set_up)), "None"], 0), done.stderr
