"""Small documents in the layouts of published plans, each with what a person reads in it.

A file in ``layouts`` holds a document and, under a line ``~~~``, its true contents, written before
it was ever read: a theme after ``#``, then a recommendation with its number, then its actions as
``- number words | leads | timescales | status | measure``. Lines after ``!`` are codes of warnings
that the document must raise; a line after ``x`` holds words that must not be read into the plan.
"""

from pathlib import Path

import pytest

from core.documents.building import read_words, told
from goldenthread.documents import to_json

CASES = sorted(p for p in (Path(__file__).parent / "layouts").iterdir() if p.suffix != ".py")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_person_and_the_reader_agree(case):
    document, truth = case.read_text(encoding="utf-8").split("\n~~~\n")
    wanted = truth.rstrip("\n").split("\n")
    codes = {line[2:] for line in wanted if line.startswith("! ")}
    banned = [line[2:] for line in wanted if line.startswith("x ")]
    draft = read_words(document, case.suffix[1:])
    assert told(draft) == [line for line in wanted if line[:2] not in ("! ", "x ")]
    assert codes <= {warning.code for warning in draft.warnings}
    plan = str(to_json(draft)["recommendations"])
    assert [words for words in banned if words in plan] == []
