"""The reference of an edition's JSON names every key that there is, and no other."""

import dataclasses
import re
from pathlib import Path

import pytest

from goldenthread.plan.edition import files, notice, value

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "edition-json.md"
TEXT = PAGE.read_text(encoding="utf-8")
VALUES = [held for held in vars(value).values() if dataclasses.is_dataclass(held)]
VALUES.append(notice.TakenDown)


@pytest.mark.parametrize("held", VALUES, ids=lambda held: held.__name__)
def test_the_reference_has_a_table_of_every_key_of_a_value(held):
    section = re.search(rf"^## {held.__name__}$(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert section, f"docs/reference/edition-json.md has no heading {held.__name__}."
    keys = re.findall(r"^\| `(\w+)` \|", section[1], re.MULTILINE)
    assert keys == [field.name for field in dataclasses.fields(held)]


def test_the_reference_names_the_columns_of_the_table():
    columns = " ".join(TEXT.split()).partition("these columns: ")[2].partition(". ")[0]
    assert tuple(columns.split(", ")) == files.CSV_COLUMNS


def test_the_reference_names_the_schema():
    assert f"`{files.SCHEMA}`" in TEXT
    assert f"`{notice.NOTICE_SCHEMA}`" in TEXT
