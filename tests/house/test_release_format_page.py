"""The page on the files of a release names every key and column that the code knows."""

import csv
import json

import pytest

from goldenthread.disclosure import people, spec
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.protect import hide
from house.pages import ROOT, tokens

PAGE = ROOT / "docs" / "reference" / "release-format.md"
EXAMPLES = ROOT / "docs" / "examples"
NAMED = {token.content for token in tokens(PAGE) if token.type == "code_inline"}


@pytest.mark.parametrize(
    "keys",
    [spec._SPEC, spec._DIM, spec._TABLE, spec._FLOW, {*people._ALWAYS, *people._KNOWN},
     {"Total", "all", *(level for levels in spec.LEVELS.values() for level in levels)},
     {*spec.MEASURES, "percent:DIM", "gap:DIM=CODE"}],
    ids=["specification", "dimension", "table", "flow", "people", "levels", "measures"],
)  # fmt: skip
def test_every_key_that_is_read_is_named(keys):
    assert keys - NAMED == set()


def test_every_file_and_column_that_is_written_is_named(tmp_path):
    told = spec.read_specification(EXAMPLES / "tables.json")
    found = hide(told, people.read_people(EXAMPLES / "people.csv", told), told.threshold)
    write_release(tmp_path / "release", told, found, "internal", told.threshold)
    about = json.loads((tmp_path / "release" / "release.json").read_text(encoding="utf-8"))
    written = {*about, *about["figures"], *about["symbols"], about["schema"]}
    for path in (tmp_path / "release").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            columns = next(csv.reader(stream))
        written |= {path.name, *(one for one in columns if ":" not in one and one not in told.dims)}
    assert written - NAMED == set()
