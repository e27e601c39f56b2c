"""The jobs beside a real server: mail goes, dead workers are replaced, no crash sends it twice."""

import os
import signal
import time
from pathlib import Path

import pytest

from load.cluster import Cluster, programs
from load.served import Site
from web.mail_server import MailServer

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def post():
    with MailServer() as server:
        yield server


def _site(folder, post, database=""):
    """A site that is founded, and that sends its mail to the test."""
    made = Site(
        folder / "site",
        database,
        GOLDENTHREAD_MAIL_HOST="127.0.0.1",
        GOLDENTHREAD_MAIL_PORT=str(post.port),
        GOLDENTHREAD_MAIL_TLS="none",
    )
    made.inside("found", 5)
    return made


def _end(site):
    if site.server is not None and site.server.poll() is None:
        site.kill()


@pytest.fixture
def site(tmp_path, post):
    made = _site(tmp_path, post)
    yield made
    _end(made)


@pytest.fixture(params=["sqlite", "postgresql"])
def on_each(request, tmp_path, post):
    """The same on each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("site")
        return
    if programs() is None:
        pytest.skip("PostgreSQL is missing: install the system's package postgresql.")
    cluster = Cluster()
    made = _site(tmp_path, post, cluster.database("mail"))
    yield made
    _end(made)
    cluster.remove()


def _until(true, seconds=180):
    """Whether something comes about in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.2)
    return False


def _gone(processes):
    """Whether none of these is alive."""

    def alive(process):
        try:
            about = Path(f"/proc/{process}/stat").read_text()
        except OSError:
            return False
        return about.rpartition(")")[2].split()[0] != "Z"

    return not any(map(alive, processes))


def _sent(site):
    return [sent for _, sent, *_ in site.inside("mails")]


def test_mail_goes_beside_the_server_and_stops_with_it(site, post):
    site.inside("queue", 5)
    site.start()
    assert _until(lambda: len(post.took) == 5)
    kept = site.keepers()
    assert len(kept) == 2
    assert site.stop() == 0
    assert _gone(kept)
    assert _sent(site) == [True] * 5
    assert len({mail["Message-ID"] for mail in post.took}) == 5


def test_a_mail_in_hand_is_finished_before_the_server_stops(site, post):
    told = []

    def slow():
        if not told:
            told.append(site.server.terminate())
            time.sleep(3)

    post.before_answer = slow
    site.inside("queue", 3)
    site.start()
    assert _until(lambda: post.took)
    assert site.server.wait(timeout=60) == 0
    stand = site.inside("mails")
    assert [row[1:] for row in stand] == [[True, "", 1, False]] + [[False, "", 0, False]] * 2
    assert len(post.took) == 1


def test_a_worker_that_dies_is_begun_again_and_said_so(site, post):
    site.start()
    assert _until(lambda: len(site.keepers()) == 2)
    keeper, worker = site.keepers()
    os.kill(worker, signal.SIGKILL)
    assert _until(lambda: len(site.keepers()) == 2 and worker not in site.keepers())
    assert site.keepers()[0] == keeper
    assert "The worker of the jobs ended (by signal 9). Begun again in 1 s." in site.said()
    site.inside("queue", 1)
    assert _until(lambda: len(post.took) == 1)


def test_the_jobs_end_where_the_server_is_killed_or_their_keeper_is(site):
    site.start()
    assert _until(lambda: len(site.keepers()) == 2)
    kept = site.keepers()
    os.kill(site.server.pid, signal.SIGKILL)
    site.server.wait(timeout=30)
    assert _until(lambda: _gone(kept), 15)
    site.start()
    assert _until(lambda: len(site.keepers()) == 2)
    keeper, worker = site.keepers()
    os.kill(keeper, signal.SIGKILL)
    assert _until(lambda: _gone([worker]), 15)
    assert site.stop() == 0


def test_a_server_without_jobs_sends_nothing_and_another_process_does(site, post):
    site.inside("queue", 2)
    site.start("--no-jobs")
    time.sleep(6)
    assert (site.keepers(), post.took) == ([], [])
    alone = site.begin("jobs")
    assert _until(lambda: len(post.took) == 2)
    alone.terminate()
    assert alone.wait(timeout=30) == 0
    assert _sent(site) == [True] * 2


def test_two_workers_at_once_send_nothing_twice(on_each, post):
    on_each.inside("queue", 120)
    workers = [on_each.begin("jobs") for _ in range(3)]
    assert _until(lambda: len(post.took) >= 120)
    for worker in workers:
        worker.terminate()
    assert [worker.wait(timeout=30) for worker in workers] == [0] * 3
    assert _sent(on_each) == [True] * 120
    assert len(post.took) == len({mail["Message-ID"] for mail in post.took}) == 120


@pytest.mark.parametrize("moment", ["before_answer", "after_answer"])
def test_a_crash_between_handing_over_and_noting_it_sends_nothing_twice(on_each, post, moment):
    """Cut off with the mail in the server's hands: it is in doubt, for a person to decide."""
    on_each.inside("queue", 4)
    crashed = []

    def crash():
        if len(post.took) == 2 and not crashed:
            crashed.append(on_each.kill())

    setattr(post, moment, crash)
    on_each.start()
    assert _until(lambda: crashed)
    on_each.start()
    assert _until(lambda: len(post.took) == 4)
    assert on_each.stop() == 0
    assert on_each.inside("later") == 0
    stand = on_each.inside("mails")
    assert len(post.took) == len({mail["Message-ID"] for mail in post.took}) == 4
    assert [row[1:] for row in (stand[0], *stand[2:])] == [[True, "", 1, False]] * 3
    noted = [True, "", 1, False]
    in_doubt = [False, "doubt", 1, False]
    assert stand[1][1:] in ([in_doubt] if moment == "before_answer" else [in_doubt, noted])


def test_in_the_demonstration_mail_is_written_to_a_folder(tmp_path):
    site = Site(
        tmp_path / "site", GOLDENTHREAD_DEMO="1", GOLDENTHREAD_ADDRESS="http://here.example"
    )
    site.inside("found", 5)
    site.inside("queue", 2)
    worker = site.begin("jobs")
    assert _until(lambda: _sent(site) == [True] * 2)
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    [file] = (site.folder / "mail").iterdir()
    assert file.read_text().count("http://here.example/workspace/") == 2
