"""The server is killed under load: what it said it had done is there, whole, and once."""

import random

import pytest

from load.at_work import Office
from load.cluster import Cluster, programs
from load.crash import Losses, crash, cut
from load.served import Site

FEW = 2
pytestmark = pytest.mark.enable_socket


@pytest.fixture
def cluster():
    if programs() is None:
        pytest.skip("PostgreSQL is missing: install the system's package postgresql.")
    made = Cluster()
    yield made
    made.remove()


def _at_work(folder, database=""):
    site = Site(folder, database)
    founded = site.inside("found", 60)
    site.start()
    return site, Office(site, founded)


def _killed(site, office, kills):
    losses, dice = Losses(), random.Random()
    try:
        for _ in range(kills):
            crash(site, office, dice, losses, site.kill)
    finally:
        site.kill()
    assert losses.wrong == []
    assert losses.crashes == kills
    assert losses.acknowledged >= kills


def test_what_was_answered_survives_a_killed_server(tmp_path, pytestconfig):
    site, office = _at_work(tmp_path / "site")
    _killed(site, office, pytestconfig.getoption("--kills"))


def test_what_was_answered_survives_a_killed_server_on_postgresql(tmp_path, pytestconfig, cluster):
    site, office = _at_work(tmp_path / "site", cluster.database("killed"))
    _killed(site, office, pytestconfig.getoption("--kills"))
    assert cluster.faults("killed") == ""


def test_what_was_answered_survives_a_database_that_is_cut_off(tmp_path, pytestconfig, cluster):
    if pytestconfig.getoption("--kills") <= FEW:
        pytest.skip("Half a minute of waiting for the disk: run it with --kills 20.")
    site, office = _at_work(tmp_path / "site", cluster.database("cut"))
    losses = Losses()
    try:
        crash(site, office, random.Random(), losses, lambda: cut(office, cluster))
    finally:
        site.kill()
    assert losses.wrong == []
    assert losses.acknowledged
    assert cluster.faults("cut") == ""


def test_the_look_after_a_crash_sees_what_is_lost_or_half_done(tmp_path):
    """The checks above would see each fault: one of each kind is made, and found."""
    site, office = _at_work(tmp_path / "site")
    try:
        office.begin()
        office.wait_for(30)
        office.end()
    finally:
        site.kill()
    whole = site.inside("state")
    assert (whole["faults"], office.lost(whole)) == ([], [])
    assert whole["evidence"]
    officer = next(one for one in office.officers if any(s.kind == "update" for s in one.done))
    lost = next(sent for sent in officer.done if sent.kind == "update")
    assert office.lost(whole | {"updates": [u for u in whole["updates"] if u[2] != lost.words]})
    assert office.lost(whole | {"updates": [*whole["updates"], *whole["updates"]]})
    (site.folder / "evidence" / ("0" * 32)).write_bytes(b"nobody's")
    assert site.inside("state")["faults"] == [f"file {'0' * 32} is nobody's evidence"]
    (site.folder / "evidence" / ("0" * 32)).unlink()
    for harm, found in site.inside("harmed").items():
        assert found, harm
