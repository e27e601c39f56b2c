"""The page that explains timescales says what the reader does."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.timescale import read

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "timescales.md"


def examples() -> list[list[str]]:
    """The rows of the table of kinds: kind, meaning, example, start, end."""
    lines = PAGE.read_text("utf-8").split("| Kind |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]


def printed(day) -> str:
    return f"{day.day} {day:%B %Y}" if day else "–"


@pytest.mark.parametrize("row", examples(), ids=lambda row: row[2])
def test_each_example_of_the_page_reads_as_it_says(row):
    kind, _, example, start, end = row
    (t,) = read(example)
    assert (t.kind, printed(t.start), printed(t.end)) == (kind, start, end)


def test_the_page_shows_every_kind():
    assert [row[0] for row in examples()] == [
        "date", "period", "ongoing", "recurring", "status", "event", "relative", "conditional",
        "unknown",
    ]  # fmt: skip
