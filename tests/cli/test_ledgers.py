"""``goldenthread ledger`` and ``protect --ledger``: exit status, sentences and JSON."""

import csv
import json
from datetime import date

import pytest

from core.disclosure.by_hand import COUNTS, released
from goldenthread.cli import ledgers, main, show
from goldenthread.disclosure.ledger import read_ledger

TODAY = show.day(date.today().isoformat())
# Of three teams one has three people: it is hidden, and so is the smaller of the others.
TEAMS = {"Parks": 17, "Roads": 8, "Waste": 3, "Homes": 24}
BY_TEAM = {"Total": ["Place", "Homes"], "Place": ["Parks", "Roads", "Waste"]}
# The same directorate, with two of its teams put together: safe by itself.
BY_DIVISION = {"Total": ["Place", "Homes"], "Place": ["Open", "Roads"], "Open": ["Parks", "Waste"]}


def run(capfd, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(list(map(str, arguments)))
    # What HiGHS says of itself is no concern of ours.
    out, err = capfd.readouterr()
    told = [line for line in out.splitlines() if not line.startswith(("Running HiGHS", "Includes"))]
    return ended.value.code, "\n".join(told), err


def asked(folder, name, org=BY_TEAM, levels=("Total", "all"), period="2026Q1", **changes):
    """A specification and its people, as a council has them; the arguments of ``protect``."""
    folder.mkdir(exist_ok=True)
    spec = {
        "name": name,
        "threshold": 5,
        "periods": [period],
        "dims": {"org": {"children": org}},
        "tables": [{"name": name, "dims": {"org": list(levels)}, "measures": ["count"]}],
    }
    (folder / f"{name}.json").write_text(json.dumps(spec), encoding="utf-8")
    with (folder / f"{name}.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["person", "period", "team"])
        for team, people in (TEAMS | changes).items():
            writer.writerows([f"{team}{n}", period, team] for n in range(people))
    return folder / f"{name}.json", folder / f"{name}.csv", "--out", folder / f"{name}-out"


@pytest.fixture
def teams(tmp_path, capfd):
    """A ledger that holds the release by team."""
    arguments = asked(tmp_path, "teams")
    assert run(capfd, "protect", *arguments)[0] == 0
    assert run(capfd, "ledger", "add", tmp_path / "ledger", arguments[-1])[0] == 0
    return tmp_path / "ledger"


def test_a_release_is_added_and_listed(tmp_path, capfd):
    status, out, err = run(capfd, "ledger", "add", tmp_path / "ledger", released(tmp_path / "one"))
    (entry,) = read_ledger(tmp_path / "ledger").entries
    assert (status, err) == (0, "")
    assert out == f"{tmp_path / 'ledger'}: “Staff” is entry 1.\nHash: {entry.hash}"
    second = released(tmp_path / "two", periods=["2026Q2", "2026Q3"], period="2026Q2", name="Next")
    assert run(capfd, "ledger", "add", tmp_path / "ledger", second)[0] == 0
    first, next_ = read_ledger(tmp_path / "ledger").entries
    status, out, err = run(capfd, "ledger", "list", tmp_path / "ledger")
    assert (status, err) == (0, "")
    wide = len(TODAY)
    assert out.splitlines() == [
        f"{tmp_path / 'ledger'}: 2 entries, all as written.",
        "",
        f"  No  {'Added':{wide}}  Name   Periods           Policy    From  Shown  Hidden  Hash",
        f"   1  {TODAY}  Staff  2026Q1            internal     5      9       0  {first.hash[:12]}",
        f"   2  {TODAY}  Next   2026Q2 to 2026Q3  internal     5      9       0  {next_.hash[:12]}",
        "",
        f"Newest hash: {next_.hash}",
    ]


def test_json_is_one_value_and_nothing_else(tmp_path, capfd):
    folder = tmp_path / "ledger"
    status, out, _ = run(capfd, "ledger", "add", "--json", folder, released(tmp_path / "one"))
    (entry,) = read_ledger(folder).entries
    told = {
        "number": 1,
        "added": date.today().isoformat(),
        "name": "Staff",
        "periods": ["2026Q1"],
        "policy": "internal",
        "threshold": 5,
        "method": "by hand",
        "shown": 9,
        "hidden": 0,
        "release": entry.release,
        "hash": entry.hash,
    }
    assert status == 0
    expected = {"schema": "goldenthread.ledger-added/1", "ledger": str(folder), **told}
    assert json.loads(out) == expected
    status, out, _ = run(capfd, "ledger", "list", "--json", folder)
    assert status == 0
    expected = {"schema": "goldenthread.ledger-list/1", "ledger": str(folder), "entries": [told]}
    assert json.loads(out) == expected


def test_what_is_refused_ends_with_two_and_adds_nothing(tmp_path, capfd):
    folder, one = tmp_path / "ledger", released(tmp_path / "one")
    run(capfd, "ledger", "add", folder, one)
    assert run(capfd, "ledger", "add", folder, one) == (
        2, "", "goldenthread: one: It is there already, as entry 1. Nothing was added.\n"
    )  # fmt: skip
    status, _, err = run(
        capfd, "ledger", "add", folder,
        released(tmp_path / "other", counts={**COUNTS, ("Place", "Male"): 10}),
    )  # fmt: skip
    assert status == 2
    assert "2026Q1, everybody: count was released otherwise in entry 1 (“Staff”)" in err
    changed = released(tmp_path / "changed", period="2026Q2")
    (changed / "certificate" / "workforce.csv").write_text("kind,people\n")
    status, _, err = run(capfd, "ledger", "add", folder, changed)
    assert status == 2
    assert "It does not verify" in err
    assert len(read_ledger(folder).entries) == 1


def test_a_ledger_that_was_changed_ends_with_three_and_names_the_entry(tmp_path, capfd):
    folder = tmp_path / "ledger"
    run(capfd, "ledger", "add", folder, released(tmp_path / "one"))
    (kept,) = read_ledger(folder).releases
    (kept / "cells.csv").write_bytes((kept / "cells.csv").read_bytes().replace(b"12", b"13"))
    says = (
        "goldenthread: ledger: Entry 1: cells.csv was changed. Bring the ledger back from a "
        "backup, and find out who changed it.\n"
    )
    assert run(capfd, "ledger", "list", folder) == (3, "", says)
    arguments = asked(tmp_path, "teams")
    assert run(capfd, "protect", *arguments, "--ledger", folder) == (3, "", says)
    assert not arguments[-1].exists()


def test_no_ledger_and_no_release_end_with_three(tmp_path, capfd):
    status, _, err = run(capfd, "ledger", "list", tmp_path / "none")
    assert status == 3
    assert err.startswith("goldenthread: none: There is no ledger in this folder.")
    status, _, err = run(capfd, "ledger", "add", tmp_path / "ledger", tmp_path / "none")
    assert status == 3
    assert err.startswith("goldenthread: none: There is no release.json in it.")


def test_where_the_disk_refuses_there_is_a_sentence(tmp_path, capfd):
    (tmp_path / "file").touch()
    status, _, err = run(
        capfd, "ledger", "add", tmp_path / "file" / "ledger", released(tmp_path / "one")
    )
    assert status == 3
    assert "The ledger could not be read or written (Not a directory)" in err


def test_a_name_cannot_steer_the_terminal(tmp_path, capfd):
    release = released(tmp_path / "one", name="Staff\x1b[2J\nand more")
    _, out, _ = run(capfd, "ledger", "add", tmp_path / "ledger", release)
    assert "“Staff[2J and more” is entry 1." in out


# What one release gives away beside another.


def test_two_releases_that_are_safe_apart_are_not_released_together(teams, tmp_path, capfd):
    arguments = asked(tmp_path, "divisions", BY_DIVISION, ["Total", "directorate", "division"])
    says = (
        "1 thing could be worked out of the release together with what was released before. "
        "2026Q1. Place 28, less Parks 17, less Roads 8, leaves 3 in Waste. Hide more, or publish "
        "it coarser. Nothing was"
    )
    assert run(capfd, "protect", *arguments, "--ledger", teams) == (
        2, "", f"goldenthread: {says} written.\n"
    )  # fmt: skip
    assert not arguments[-1].exists()
    assert {one.name for one in tmp_path.iterdir() if one.name.startswith(".")} == set()
    # Alone it is safe: only the ledger knows of the other.
    assert run(capfd, "protect", *arguments)[0] == 0
    assert run(capfd, "attack", arguments[-1])[0] == 0
    assert run(capfd, "ledger", "add", teams, arguments[-1]) == (
        2, "", f"goldenthread: divisions-out: {says} added.\n"
    )  # fmt: skip
    assert len(read_ledger(teams).entries) == 1
    (found,) = ledgers.gate(read_ledger(teams), arguments[-1])
    assert (found.kind, found.codes, found.low, found.high) == ("exact", (("org", "Waste"),), 3, 3)


def test_what_gives_nothing_more_away_is_released_and_the_ledger_is_only_read(
    teams, tmp_path, capfd
):
    before = read_ledger(teams).entries
    arguments = asked(tmp_path, "heads", BY_DIVISION, ["Total", "directorate"])
    status, out, err = run(capfd, "protect", *arguments, "--ledger", teams)
    assert (status, err) == (0, "")
    assert out.endswith(f"It gives nothing more away beside what {teams} holds.")
    assert read_ledger(teams).entries == before
    assert run(capfd, "ledger", "add", teams, arguments[-1])[0] == 0
    assert [one.name for one in read_ledger(teams).entries] == ["teams", "heads"]


def test_the_next_quarter_is_released_beside_the_last(teams, tmp_path, capfd):
    arguments = asked(tmp_path, "next", period="2026Q2", Parks=30, Homes=40, Waste=2, Roads=9)
    status, out, _ = run(capfd, "protect", *arguments, "--ledger", teams, "--json")
    assert status == 0
    assert json.loads(out)["earlier_releases"] == 1
    assert run(capfd, "ledger", "add", teams, arguments[-1])[0] == 0


def test_a_figure_that_was_told_otherwise_is_not_released(teams, tmp_path, capfd):
    arguments = asked(tmp_path, "again", Homes=25)
    status, _, err = run(capfd, "protect", *arguments, "--ledger", teams)
    assert status == 2
    assert "2026Q1, everybody: count was released otherwise in entry 1 (“teams”)" in err
    assert not arguments[-1].exists()


def test_an_empty_ledger_is_said_aloud_and_not_made(tmp_path, capfd):
    arguments = asked(tmp_path, "teams")
    status, _, err = run(capfd, "protect", *arguments, "--ledger", tmp_path / "mistyped")
    assert status == 0
    assert err == f"{tmp_path / 'mistyped'} holds nothing: this is taken for the first release.\n"
    assert not (tmp_path / "mistyped").exists()


def test_a_reader_of_public_releases_alone_is_tried_apart(tmp_path, capfd):
    # An internal release at 5 tells of the 8 openly, which breaks no promise to its own readers;
    # of two public ones at 10 the second gives the 8 away that the first hides.
    folder = tmp_path / "ledger"
    for name, policy in (("internal", "internal"), ("public", "public")):
        arguments = asked(tmp_path, name, Waste=14)
        assert run(capfd, "protect", *arguments, "--policy", policy)[0] == 0
        assert run(capfd, "ledger", "add", folder, arguments[-1])[0] == 0
    hidden = {
        row["org"] for row in csv.DictReader((tmp_path / "public-out" / "cells.csv").open())
        if row["symbol"]
    }  # fmt: skip
    assert hidden == {"Roads", "Waste"}
    org = {"Total": ["Place", "Homes"], "Place": ["Green", "Parks"], "Green": ["Roads", "Waste"]}
    other = {"Total": ["Place", "Homes"], "Place": ["Mix", "Waste"], "Mix": ["Roads", "Parks"]}
    safe = asked(tmp_path, "safe", org, ["Total", "directorate", "division"], Waste=14)
    assert run(capfd, "protect", *safe, "--policy", "public", "--ledger", folder)[0] == 0
    bad = asked(tmp_path, "bad", other, ["Total", "directorate", "division"], Waste=14)
    status, _, err = run(capfd, "protect", *bad, "--policy", "public", "--ledger", folder)
    assert status == 2
    assert "leaves 8 in Roads" in err


def test_figures_that_do_not_add_up_beside_what_was_released_are_refused(tmp_path, capfd):
    # No single cell is told twice: only their sum differs.
    folder = tmp_path / "ledger"
    heads = asked(tmp_path, "heads", levels=["Total", "directorate"])
    assert run(capfd, "protect", *heads)[0] == 0
    assert run(capfd, "ledger", "add", folder, heads[-1])[0] == 0
    parts = asked(tmp_path, "parts", levels=["division"], Waste=9)
    status, _, err = run(capfd, "protect", *parts, "--ledger", folder)
    assert (status, err) == (
        2,
        "goldenthread: The release cannot be true beside what was released before: the figures "
        "cannot all be true: those of “heads” do not fit the others. Publish the figures of one "
        "release from one set of records.\n",
    )
