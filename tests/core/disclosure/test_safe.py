"""A safe table comes from a release that was verified here and now, and in no other way."""

import copy
import csv
import io
import json
import pickle
import shutil
from dataclasses import FrozenInstanceError, asdict, fields, replace
from decimal import Decimal
from hashlib import sha256

import pytest

from core.disclosure.released import COUNTS, INTERNAL, PERIOD, release, rounded_release, rows, spec
from goldenthread.disclosure import SafeTable, only_safe, safe_tables
from goldenthread.disclosure.raw import RawTable
from goldenthread.disclosure.safe import Line, Measure, to_csv, to_json
from goldenthread.disclosure.shorthand import MEANINGS, Shown
from goldenthread.errors import Unreadable, Unsafe
from goldenthread.plan import cells as plan_cells


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return release(tmp_path_factory.mktemp("safe") / "release")


@pytest.fixture(scope="module")
def tables(made):
    return safe_tables(made)


@pytest.fixture
def folder(made, tmp_path):
    """A copy to break."""
    return shutil.copytree(made, tmp_path / "release")


def _edit(path, change):
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_each_table_of_the_release_comes_with_its_figures_and_marks(tables):
    directorates, by_sex = tables
    assert (directorates.name, by_sex.name) == ("Directorates", "Sex")
    assert directorates.dims == ("org", "ethnicity") and by_sex.dims == ("org", "sex")
    assert directorates.measures == (Measure("count"), Measure("percent", of="ethnicity"))
    assert directorates.lines[0] == Line(
        PERIOD, ("Total", "Total"), (Shown(Decimal(308)), Shown(Decimal(100)))
    )
    assert len(directorates.lines) == 25
    assert directorates.title == (
        "Staff of Brackenford: people and percentages by unit and ethnic group, 2026Q1"
    )


def test_what_is_shown_is_true_and_what_is_small_is_a_mark(tables):
    count = tables[0].measures[0]
    for unit, told in COUNTS.items():
        for answer, many in zip(("White", "Black", "Asian"), told, strict=False):
            shown = tables[0].find(PERIOD, {"org": unit, "ethnicity": answer}, count)
            if 0 < many < 5:
                assert shown == Shown(None, "[c]")
            else:
                assert shown == Shown(None, "[c]") or shown == Shown(Decimal(many))
        assert tables[0].find(PERIOD, {"org": unit}, count) == Shown(Decimal(sum(told)))
    assert tables[0].find(PERIOD, {"org": "Parks"}, count) is None


def test_the_public_is_told_how_many_are_hidden_and_nothing_of_which(tables):
    marks = [str(one) for line in tables[0].lines for one in line.figures].count("[c]")
    assert tables[0].sentence == (
        f"{marks} figures are hidden so that nobody can be worked out, of 50 in this table."
    )
    assert tables[1].sentence == "No figure had to be hidden."
    assert tables[0].markers == (("[c]", MEANINGS["confidential"]),)
    assert tables[0].notes == (
        "No count from 1 to 4 is shown as it is.",
        "No percentage is of fewer than 23 people.",
        "It was made by the rules for readers inside the body, not for the public.",
    )


def test_a_release_for_the_public_says_nothing_of_readers_inside(tmp_path):
    by_sex = spec(tables=spec()["tables"][1:])
    (table,) = safe_tables(release(tmp_path / "r", by_sex, policy="public", threshold=10))
    assert (table.policy, table.threshold) == ("public", 10)
    assert table.notes == ("No count from 1 to 9 is shown as it is.",)


def test_the_fingerprint_is_that_of_the_two_public_files(made, tables):
    both = (made / "cells.csv").read_bytes() + (made / "release.json").read_bytes()
    assert {one.fingerprint for one in tables} == {sha256(both).hexdigest()}


def test_a_release_that_verify_does_not_accept_gives_no_table(folder):
    _edit(
        folder / "cells.csv",
        lambda said: said.replace(",Children,Black,,count,,[c]", ",Children,Black,,count,3,"),
    )
    with pytest.raises(Unsafe, match="does not pass its check") as refused:
        safe_tables(folder)
    assert refused.value.rule == "not verified"


def test_a_certificate_that_was_tampered_with_gives_no_table(folder):
    proofs = folder / "certificate" / "proofs.csv"
    _edit(folder / "certificate" / "changes.csv", lambda said: said.splitlines()[0] + "\n")
    _edit(proofs, lambda said: said.splitlines()[0] + "\n")
    with pytest.raises(Unsafe, match="nothing proves"):
        safe_tables(folder)


def test_what_is_published_alone_gives_no_table_for_it_cannot_be_verified(folder):
    shutil.rmtree(folder / "certificate")
    with pytest.raises(Unsafe, match="no certificate"):
        safe_tables(folder)


def test_a_release_that_changes_while_it_is_read_gives_no_table(folder, monkeypatch):
    from goldenthread.disclosure import safe

    def verify_and_change(place):
        found = verify(place)
        _edit(place / "cells.csv", lambda said: said.replace("[c]", "9", 1))
        return found

    verify = safe.verify
    monkeypatch.setattr(safe, "verify", verify_and_change)
    with pytest.raises(Unsafe, match="changed while it was read"):
        safe_tables(folder)


def test_a_threshold_of_one_protects_nobody(tmp_path):
    folder = release(tmp_path / "r", spec(threshold=1), threshold=1)
    with pytest.raises(Unsafe, match="below 2"):
        safe_tables(folder)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda said: "\n".join(said.splitlines()[:-1]) + "\n", "lacks some of its rows"),
        (lambda said: said.replace("count,308,", "count,3_08,"), "damaged"),
        (lambda said: said + said.splitlines()[-1] + "\n", "repeats a figure"),
        (lambda said: said.replace(",of\n", ",of,note\n", 1), "does not fit the headings|columns"),
        (lambda said: said.replace("percent,100,,,0,", "percent,100,,,x,", 1), "damaged"),
    ],
)  # fmt: skip
def test_cells_that_are_not_whole_give_no_table(folder, change, says):
    _edit(folder / "cells.csv", change)
    with pytest.raises(Unreadable, match=says):
        safe_tables(folder)


def test_cells_that_no_proof_covers_are_not_read(folder):
    _edit(folder / "release.json", lambda said: said.replace('"cells.csv"', '"cells.csv", "b.csv"'))
    with pytest.raises(Unreadable, match="one file of cells"):
        safe_tables(folder)


def test_plain_rows_make_no_safe_table(tables):
    told = {one.name: getattr(tables[0], one.name) for one in fields(SafeTable)}
    with pytest.raises(TypeError, match="made by safe_tables alone"):
        SafeTable(**told, seal=None)
    with pytest.raises(TypeError):
        SafeTable(**told)


def test_a_safe_table_is_not_changed_nor_made_into_another(tables):
    with pytest.raises(FrozenInstanceError):
        tables[0].lines = ()
    with pytest.raises((TypeError, ValueError), match="seal"):
        replace(tables[0], lines=())
    with pytest.raises(TypeError, match="made by safe_tables alone"):
        replace(tables[0], lines=(), seal=object())
    with pytest.raises(TypeError):
        tables[0].below[PERIOD, "org"] = {}


def test_no_subclass_passes_for_a_safe_table():
    with pytest.raises(TypeError, match="made by safe_tables alone"):
        type("Mine", (SafeTable,), {})


def test_a_safe_table_is_not_read_back_from_a_file(tables):
    with pytest.raises(TypeError, match="made by safe_tables alone"):
        pickle.dumps(tables[0])
    assert copy.copy(tables[0]) is tables[0] and copy.deepcopy(tables[0]) is tables[0]


def test_only_a_safe_table_passes(tables):
    only_safe(tables[0])
    for other in (INTERNAL, tables, None, tables[0].lines, asdict(tables[0].lines[0])):
        with pytest.raises(TypeError, match="is a SafeTable"):
            only_safe(other)


def test_csv_has_a_row_for_each_figure_and_no_empty_cell(tables):
    read = list(csv.DictReader(io.StringIO(to_csv(tables))))
    assert len(read) == 50 + 15
    assert all(all(row.values()) for row in read)
    assert {row["Figure"] for row in read if not row["Figure"].isdigit()} == {"[c]"}
    assert read[0] | {"Fingerprint": ""} == {
        "Table": "Directorates", "Period": PERIOD, "Unit": "Total", "Ethnic group": "Total",
        "Sex": "Total", "Measure": "People", "Measured in": "people", "Figure": "308",
        "Rounding": "none", "Release": "Staff of Brackenford", "Fingerprint": "",
    }  # fmt: skip


def test_csv_of_anything_else_is_refused(tables):
    with pytest.raises(TypeError, match="is a SafeTable"):
        to_csv([tables[0], INTERNAL])


def test_a_name_that_a_spreadsheet_would_compute_is_guarded(tmp_path):
    folder = release(tmp_path / "r", spec(name="=1+1"))
    held = list(csv.DictReader(io.StringIO(to_csv(safe_tables(folder)))))
    assert {row["Release"] for row in held} == {plan_cells.guard("=1+1")}


def test_json_holds_the_shorthand_the_sentence_and_the_fingerprint(tables):
    told = json.loads(json.dumps(to_json(tables[0])))
    assert told["schema"] == "goldenthread.safe-table/1"
    assert told["fingerprint"] == tables[0].fingerprint
    assert told["hidden"] == tables[0].sentence
    assert told["markers"] == {"[c]": MEANINGS["confidential"]}
    assert told["rows"][0] == {
        "period": PERIOD, "codes": ["Total", "Total"],
        "figures": [{"figure": "308"}, {"figure": "100"}],
    }  # fmt: skip
    assert {"marker": "[c]"} in [one for row in told["rows"] for one in row["figures"]]


def test_a_true_nought_is_0_and_a_withdrawn_breakdown_is_marked(tmp_path):
    alike = {**COUNTS, "Resources": (70, 0, 0, 0)}
    table = safe_tables(release(tmp_path / "r", people=rows(alike)))[0]
    marks = {str(one) for line in table.lines for one in line.figures}
    assert "[x]" in marks
    assert dict(table.markers)["[x]"] == MEANINGS["not_available"]
    hidden = sum(str(one) in ("[c]", "[x]") for line in table.lines for one in line.figures)
    assert table.hidden == hidden


def test_a_rounded_table_says_so_and_not_that_nothing_was_done(tmp_path):
    (table,) = safe_tables(rounded_release(tmp_path / "r"))
    assert table.measures == (Measure("count", base="r5"),) and table.rounded
    assert table.sentence == "Every count is rounded so that nobody can be worked out."
    assert table.notes[1] == "Counts are rounded to multiples of 5 so that every table adds up."


def test_an_internal_table_is_no_text():
    assert "Secret" not in repr(INTERNAL) and "4711" not in repr(INTERNAL)
    for show in (str, "{}".format, "%s".__mod__, lambda one: one.__html__()):
        with pytest.raises(TypeError, match="internal figures is not shown"):
            show(INTERNAL)
    assert isinstance(INTERNAL, RawTable)
