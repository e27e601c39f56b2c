"""``goldenthread pack``: what is written, how it ends, and that nothing unverified is written."""

import io
import json
import shutil

import openpyxl
import pytest

from core.disclosure.released import release
from goldenthread.cli import main
from goldenthread.disclosure import safe_tables
from goldenthread.documents import write_pack


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return release(tmp_path_factory.mktemp("pack") / "release")


def run(capfd, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["pack", *map(str, arguments)])
    out, err = capfd.readouterr()
    return ended.value.code, out, err


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_verified_release_is_written_whole(made, tmp_path, capfd, ending):
    out = tmp_path / f"pack.{ending}"
    status, said, err = run(capfd, made, "--out", out)
    assert (status, err) == (0, "")
    tables = safe_tables(made)
    assert out.read_bytes() == write_pack(tables, ending)
    assert said == (
        f"Directorates: {tables[0].sentence}\nSex: No figure had to be hidden.\n"
        f"Written to {out}, of release {tables[0].fingerprint[:12]}, which was verified.\n"
        "It was made for readers inside: protect it with --policy public to publish it.\n"
    )


def test_contact_and_day_stand_on_the_cover(made, tmp_path, capfd):
    out = tmp_path / "pack.xlsx"
    run(capfd, made, "--out", out, "--contact", "ask@brackenford.example", "--published",
        "2026-12-01")  # fmt: skip
    cover = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))["Cover"]
    said = [row[0].value for row in cover.iter_rows()]
    assert "Published: 1 December 2026." in said
    assert "Questions: ask@brackenford.example" in said


def test_json_is_one_value_with_the_fingerprint_of_the_release(made, tmp_path, capfd):
    status, said, _ = run(capfd, made, "--out", tmp_path / "pack.csv", "--json")
    told = json.loads(said)
    assert status == 0
    assert told["release"] == safe_tables(made)[0].fingerprint
    assert [one["name"] for one in told["tables"]] == ["Directorates", "Sex"]


def test_a_folder_that_does_not_verify_is_refused_and_nothing_is_written(made, tmp_path, capfd):
    folder = shutil.copytree(made, tmp_path / "release")
    cells = folder / "cells.csv"
    cells.write_text(
        cells.read_text().replace(",Children,Black,,count,,[c]", ",Children,Black,,count,3,")
    )
    status, said, err = run(capfd, folder, "--out", tmp_path / "pack.xlsx")
    assert (status, said) == (2, "")
    assert err.startswith("goldenthread: release: The release does not pass its check")
    assert not (tmp_path / "pack.xlsx").exists()


def test_what_is_published_cannot_be_made_into_a_pack_again(made, tmp_path, capfd):
    folder = shutil.copytree(made, tmp_path / "release")
    shutil.rmtree(folder / "certificate")
    assert run(capfd, folder, "--out", tmp_path / "pack.csv")[0] == 2
    assert not (tmp_path / "pack.csv").exists()


def test_a_folder_that_is_no_release_ends_with_three(tmp_path, capfd):
    (tmp_path / "certificate").mkdir()
    assert run(capfd, tmp_path, "--out", tmp_path / "pack.csv")[0] == 3


def test_a_file_that_is_there_is_not_written_over_unless_told(made, tmp_path, capfd):
    out = tmp_path / "pack.csv"
    out.write_text("mine")
    assert run(capfd, made, "--out", out)[0] == 2 and out.read_text() == "mine"
    assert run(capfd, made, "--out", out, "--replace")[0] == 0 and out.read_text() != "mine"


def test_another_ending_is_not_understood(made, tmp_path, capfd):
    status, _, err = run(capfd, made, "--out", tmp_path / "pack.pdf")
    assert status == 2 and "FILE must end in .xlsx or .csv." in err
