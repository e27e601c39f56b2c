"""The ledger: only ever added to, and every byte that was changed or is missing is found."""

import fcntl
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from core.disclosure.added import DAY
from core.disclosure.by_hand import COUNTS, released
from goldenthread.disclosure.earlier import read_earlier
from goldenthread.disclosure.ledger import Ledger, add, read_ledger
from goldenthread.disclosure.verify import verify
from goldenthread.errors import Busy, Missing, Refusal, Unreadable, Unsafe

TESTS = Path(__file__).parents[2]
NEXT = date(2026, 12, 1)


@pytest.fixture
def release(tmp_path):
    return released(tmp_path / "release")


@pytest.fixture
def two(tmp_path):
    """A ledger with two entries."""
    folder = tmp_path / "two"
    add(folder, released(tmp_path / "q1"), on=DAY)
    add(folder, released(tmp_path / "q2", period="2026Q2", name="Staff again"), on=NEXT)
    return folder


def content(folder):
    """Every file of a ledger but its lock, with what is in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "ledger.lock"
    }


def listed(folder):
    return [(one.number, one.name) for one in read_ledger(folder).entries]


def test_there_is_nothing_in_a_ledger_that_is_not_there_yet(tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("absent", "empty"):
        assert read_ledger(tmp_path / name) == Ledger(tmp_path / name, ())
    assert not (tmp_path / "absent").exists()


def test_the_first_release_makes_the_ledger_for_its_owner_alone(release, tmp_path):
    folder = tmp_path / "ledgers" / "ledger"
    entry = add(folder, release, on=DAY)
    assert (entry.number, entry.before) == (1, "")
    rights = {oct(path.stat().st_mode & 0o777) for path in (folder, *folder.rglob("*"))}
    assert rights == {"0o700", "0o600"}
    assert list((folder / "aside").iterdir()) == []


def test_an_entry_says_what_was_released(tmp_path):
    release = released(tmp_path / "one", hide=[("Place", "Female"), ("Homes", "Female")])
    folder = tmp_path / "ledger"
    added = add(folder, release, on=DAY)
    (entry,) = read_ledger(folder).entries
    assert entry == added
    assert (entry.added, entry.name, entry.periods) == (DAY, "Staff", ("2026Q1",))
    assert (entry.policy, entry.threshold, entry.method) == ("internal", 5, "by hand")
    assert (entry.shown, entry.hidden) == (7, 2)


def test_what_was_published_is_kept_as_it_was_and_verifies_for_ever(release, tmp_path):
    add(tmp_path / "ledger", release, on=DAY)
    (kept,) = read_ledger(tmp_path / "ledger").releases
    for name in ("release.json", "cells.csv", "certificate/workforce.csv"):
        assert (kept / name).read_bytes() == (release / name).read_bytes()
    assert verify(kept) == []


def test_of_a_certificate_only_what_later_proofs_need_is_kept(release, tmp_path):
    (release / "certificate" / "pay.csv").write_text("what one person earns")
    add(tmp_path / "ledger", release, on=DAY)
    (kept,) = read_ledger(tmp_path / "ledger").releases
    inside = sorted(path.name for path in (kept / "certificate").iterdir())
    assert inside == ["changes.csv", "proofs.csv", "workforce.csv"]


def test_a_report_and_other_files_are_left_where_they_are(release, tmp_path):
    (release / "report.md").write_text("internal")
    entry = add(tmp_path / "ledger", release, on=DAY)
    assert "report.md" not in {one.file for one in entry.files}


def test_earlier_releases_are_values_in_the_order_in_which_they_were_added(two, tmp_path):
    earlier = read_ledger(two).earlier
    assert earlier == tuple(
        read_earlier(tmp_path / name, tmp_path / name / "certificate") for name in ("q1", "q2")
    )
    assert [one.workforce.people for one in earlier] == [tuple(COUNTS.values())] * 2


def test_each_entry_has_the_hash_of_the_one_before_it(two):
    first, second = read_ledger(two).entries
    assert second.before == first.hash
    assert [path.name for path in read_ledger(two).releases] == [
        f"0001-{first.hash[:16]}",
        f"0002-{second.hash[:16]}",
    ]


def test_adding_changes_no_byte_of_what_is_there(two, tmp_path):
    before = content(two)
    add(two, released(tmp_path / "q3", period="2026Q3"), on=NEXT)
    after = content(two)
    assert {name: after[name] for name in before if name != "head.json"} == {
        name: held for name, held in before.items() if name != "head.json"
    }


# Whatever is changed is found.


def test_any_byte_that_was_changed_is_found(two):
    assert len(listed(two)) == 2
    tried = 0
    for name, held in content(two).items():
        path = two / name
        # Every byte of a small file, and one of every three of the others, besides the last.
        for at in {*range(0, len(held), 1 if len(held) < 300 else 3), len(held) - 1} - {-1}:
            path.write_bytes(held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :])
            with pytest.raises(Unreadable) as refused:
                read_ledger(two)
            assert "ntry" in str(refused.value)
            tried += 1
        path.write_bytes(held)
    assert tried > 500
    assert len(listed(two)) == 2


def test_a_file_that_is_missing_longer_or_shorter_is_found_and_named(two):
    for name, held in content(two).items():
        path = two / name
        for wrong in (None, held + b"\n", held[:-1]):
            path.unlink()
            if wrong is not None and wrong != held:
                path.write_bytes(wrong)
                path.chmod(0o600)
            with pytest.raises(Unreadable) as refused:
                read_ledger(two)
            if name != "head.json":
                number = int(Path(name).parts[1][:4])
                assert f"two: Entry {number}" in str(refused.value)
                assert Path(name).name in str(refused.value)
            path.write_bytes(held)
            path.chmod(0o600)


@pytest.mark.parametrize("number", [1, 2])
def test_an_entry_that_was_taken_away_is_found(number, two):
    shutil.rmtree(read_ledger(two).releases[number - 1])
    with pytest.raises(Unreadable) as refused:
        read_ledger(two)
    says = {
        1: "two: Entry 1 is missing.",
        2: "two: It does not end with entry 1, as head.json says",
    }
    assert str(refused.value).startswith(says[number])


def test_all_entries_taken_away_are_found(two):
    shutil.rmtree(two / "entries")
    with pytest.raises(Unreadable, match="It does not end with entry 0"):
        read_ledger(two)


def test_an_entry_written_anew_is_found_by_the_one_after_it(two, tmp_path):
    other = tmp_path / "other"
    add(other, released(tmp_path / "forged", counts=dict.fromkeys(COUNTS, 20)), on=DAY)
    shutil.rmtree(read_ledger(two).releases[0])
    (forged,) = read_ledger(other).releases
    shutil.copytree(forged, two / "entries" / forged.name)
    with pytest.raises(Unreadable, match="Entry 2 does not follow entry 1: one was changed"):
        read_ledger(two)


def test_a_file_that_is_none_of_an_entrys_is_found(two):
    strange = read_ledger(two).releases[0] / "certificate" / "more.csv"
    strange.touch(mode=0o600)
    with pytest.raises(Unreadable, match=r"Entry 1: certificate/more.csv is none of its files"):
        read_ledger(two)


def test_nothing_is_added_to_a_ledger_that_was_changed(two, tmp_path):
    (two / "head.json").write_bytes(b"{}")
    before = content(two)
    with pytest.raises(Unreadable, match="Bring the ledger back from a backup"):
        add(two, released(tmp_path / "q3", period="2026Q3"), on=NEXT)
    assert content(two) == before


# What is refused changes nothing.


def refused(folder, release, match, **named):
    before = content(folder)
    with pytest.raises(Refusal, match=match) as caught:
        add(folder, release, on=NEXT, **named)
    assert content(folder) == before
    assert list((folder / "aside").iterdir()) == []
    return caught.value


def test_the_same_release_is_not_added_twice(two, tmp_path):
    again = shutil.copytree(tmp_path / "q1", tmp_path / "copy")
    wrong = refused(two, again, "It is there already, as entry 1")
    assert (wrong.file, wrong.rule) == ("copy", "already there")


def test_a_release_that_does_not_verify_is_not_added(two, tmp_path):
    release = released(tmp_path / "q3", period="2026Q3")
    cells = release / "cells.csv"
    cells.write_text(cells.read_text().replace("Place,Female,count,12", "Place,Female,count,13"))
    wrong = refused(two, release, "It does not verify: 2026Q3, Place, Female: the figure shown")
    assert wrong.rule == "not verified"


def test_a_release_without_its_certificate_is_not_added(two, tmp_path):
    release = released(tmp_path / "q3", period="2026Q3")
    shutil.rmtree(release / "certificate")
    wrong = refused(two, release, "It cannot be opened")
    assert wrong.file == "q3/workforce.csv"


def test_figures_that_no_certificate_covers_are_not_added(two, tmp_path):
    release = released(tmp_path / "q3", period="2026Q3", cells=["cells.csv", "more.csv"])
    refused(two, release, "Its figures are in other files")


def test_a_contradiction_names_the_cell_and_no_value(two, tmp_path):
    counts = {**COUNTS, ("Homes", "Male"): 33}
    wrong = refused(two, released(tmp_path / "new", counts=counts), "released otherwise")
    assert wrong.rule == "contradiction"
    assert str(wrong) == (
        "new: 2026Q1, everybody: count was released otherwise in entry 1 (“Staff”). So are 3 more "
        "figures. Make it of the records that the entry was made of, or leave that period out."
    )


def test_the_same_period_may_be_released_again_where_nothing_contradicts(two, tmp_path):
    more = released(tmp_path / "more", hide=[("Place", "Female"), ("Homes", "Female")])
    assert add(two, more, on=NEXT).number == 3


def test_what_the_gate_refuses_is_not_added(two, tmp_path):
    release = released(tmp_path / "q3", period="2026Q3")
    seen = []

    def gate(held, copy):
        seen.append((len(held.entries), read_earlier(copy).periods))
        raise Unsafe("Somebody could be worked out.", rule="by hand")

    refused(two, release, r"q3: Somebody could be worked out\.", gate=gate)
    assert seen == [(2, ("2026Q3",))]


def test_a_folder_that_is_no_release_makes_no_ledger(tmp_path):
    with pytest.raises(Unreadable, match=r"There is no release\.json in it"):
        add(tmp_path / "ledger", tmp_path, on=DAY)
    assert not (tmp_path / "ledger").exists()


def test_a_release_is_never_read_through_a_link(two, tmp_path):
    release = released(tmp_path / "q3", period="2026Q3")
    inside = release / "certificate" / "workforce.csv"
    inside.rename(tmp_path / "elsewhere.csv")
    inside.symlink_to(tmp_path / "elsewhere.csv")
    refused(two, release, "It cannot be opened")


# Whose folder it is.


def test_a_folder_with_something_else_in_it_is_no_ledger(release):
    for deed in (read_ledger, lambda folder: add(folder, release, on=DAY)):
        with pytest.raises(Missing, match="There is no ledger in this folder, but something else"):
            deed(release)


@pytest.mark.parametrize("place", [".", "entries", "head.json"])
def test_a_ledger_that_others_can_reach_is_refused(place, two):
    (two / place).chmod(0o750)
    with pytest.raises(Unsafe, match=r"chmod -R go= on the ledger's folder") as refused_:
        read_ledger(two)
    assert refused_.value.rule == "ledger permissions"


def test_a_link_in_a_ledger_is_refused(two, tmp_path):
    entry = read_ledger(two).releases[0]
    entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unsafe, match="It is a link"):
        read_ledger(two)


# Several at once, and killed.


def held(folder, kind):
    opened = os.open(folder / "ledger.lock", os.O_RDONLY)
    fcntl.flock(opened, kind)
    return opened


def test_readers_share_and_who_adds_is_alone(two, tmp_path):
    release = released(tmp_path / "q3", period="2026Q3")
    reader = held(two, fcntl.LOCK_SH)
    assert len(read_ledger(two, patience=0).entries) == 2
    with pytest.raises(Busy, match="Another process is working in the ledger"):
        add(two, release, on=NEXT, patience=0)
    os.close(reader)
    writer = held(two, fcntl.LOCK_EX)
    with pytest.raises(Busy):
        read_ledger(two, patience=0)
    os.close(writer)
    assert add(two, release, on=NEXT, patience=0).number == 3


def test_several_that_add_at_once_all_get_their_entry_once(tmp_path):
    lines = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from goldenthread.disclosure.ledger import add;"
        "from goldenthread.errors import Unsafe\n"
        "try: add(Path(sys.argv[1]), Path(sys.argv[2]), on=date(2026, 11, 29))\n"
        "except Unsafe as refusal: print(refusal.rule)"
    )
    folder = tmp_path / "ledger"
    releases = [released(tmp_path / f"q{n}", period=f"2026Q{n}") for n in (1, 2, 3)]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", lines, folder, release],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for release in [*releases, releases[0]]
    ]
    told = [one.communicate(timeout=120) for one in running]
    assert sorted(told) == [("", ""), ("", ""), ("", ""), ("already there\n", "")]
    entries = read_ledger(folder).entries
    assert [one.number for one in entries] == [1, 2, 3]
    assert {one.periods for one in entries} == {("2026Q1",), ("2026Q2",), ("2026Q3",)}


@pytest.mark.parametrize("first", [True, False])
def test_killed_at_any_step_the_ledger_is_as_it_was_or_has_the_entry(first, tmp_path):
    if not first:
        add(tmp_path / "before", released(tmp_path / "q1"), on=DAY)
    release = released(tmp_path / "release", period="2026Q2", name="New")
    before = [] if first else [(1, "Staff")]
    after = [*before, (len(before) + 1, "New")]
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("added.py"), tmp_path],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=os.environ | {"PYTHONPATH": str(TESTS)},
    )
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    assert steps > 20
    found = []
    for number in range(1, steps + 1):
        folder = tmp_path / f"{number:03}"
        found.append(listed(folder))
        assert found[-1] in (before, after)
        # Whatever comes next takes away what was left lying, and the entry is there once.
        try:
            add(folder, release, on=DAY)
        except Unsafe as refusal:
            assert (refusal.rule, found[-1]) == ("already there", after)
        assert listed(folder) == after
        assert list((folder / "aside").iterdir()) == []
        shutil.rmtree(folder)
    assert found == sorted(found)
    assert (found[0], found[-1]) == (before, after)
