"""The page of what councils asked for: each line has tests that exist, or says it is coming."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "what-was-asked.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]


def test_every_ask_has_its_line():
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, 28)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_ask_is_shown_by_tests_that_exist_or_is_coming(row):
    shown = re.findall(r"`([^`]+)`", row[4])
    assert bool(shown) is not row[3].startswith("Coming")
    for named in shown:
        file, _, test = named.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert f"def {test or 'test_'}" in text


def test_as_many_are_answered_as_the_page_says():
    answered = sum(1 for row in ROWS if row[4])
    assert PAGE.read_text(encoding="utf-8").splitlines()[-1].startswith("Fifteen of them")
    assert answered == 15
