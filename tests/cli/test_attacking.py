"""``goldenthread attack``: exit status, sentences and JSON."""

import json

import pytest

from core.disclosure.attack.tables import count, written
from goldenthread.cli import main

SAFE = [count("", "", 60), count("Place", "", 41), count("Homes", "", 19)]
BROKEN = [*SAFE, count("Parks", "", 17), count("Roads", "", 22), count("Waste", "", "[c]")]


def run(capfd, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["attack", *map(str, arguments)])
    # What HiGHS prints of itself comes from below Python: capfd would see it.
    out, err = capfd.readouterr()
    return ended.value.code, out, err


def test_a_release_that_gives_nothing_away_ends_with_nought(tmp_path, capfd):
    status, out, err = run(capfd, written(tmp_path, SAFE))
    assert (status, err) == (0, "")
    assert out == "Nothing can be worked out: 3 cells were tried, 0 hidden.\n"


def test_what_can_be_worked_out_is_told_with_its_sum(tmp_path, capfd):
    status, out, _ = run(capfd, written(tmp_path, BROKEN))
    assert status == 1
    assert out == (
        "1 thing can be worked out (6 cells tried, 1 hidden).\n\n"
        "A small count can be worked out exactly: 1\n"
        "  - 2026Q1. Place 41, less Roads 22, less Parks 17, leaves 2 in Waste.\n"
    )


def test_json_is_one_value_and_nothing_else(tmp_path, capfd):
    rows = [*SAFE, *[count(u, e, "[c]") for u in ("Place", "Homes") for e in ("White", "Asian")]]
    status, out, _ = run(capfd, "--json", written(tmp_path, [*rows, *BROKEN[3:]]))
    told = json.loads(out)
    assert status == 1
    assert told["schema"] == "goldenthread.attack/1"
    assert told["found"]["exact"] == 1
    assert told["exposures"][0]["codes"] == {"org": "Waste"}


def test_several_folders_are_one_reader(tmp_path, capfd):
    one, other = written(tmp_path / "a", BROKEN[:3]), written(tmp_path / "b", BROKEN[3:])
    assert run(capfd, one)[0] == run(capfd, other)[0] == 0
    assert run(capfd, one, other)[0] == 1


def test_a_folder_that_is_no_release_ends_with_three(tmp_path, capfd):
    status, out, err = run(capfd, tmp_path)
    assert (status, out) == (3, "")
    assert err == (
        "goldenthread: release.json: There is no such file. Name the folder of a release.\n"
    )
