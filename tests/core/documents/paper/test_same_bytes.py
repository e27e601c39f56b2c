"""The same frozen data makes the same bytes, in whatever process and order of hashes."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from goldenthread.documents.paper import PAPER_FORMATS, write_paper
from goldenthread.plan.paper import paper_from_json, paper_to_json
from papers import paper

_PROGRAM = """
import hashlib, json, sys
from goldenthread.documents.paper import write_paper
from goldenthread.plan.paper import paper_from_json
given = paper_from_json(json.load(sys.stdin))
for name in ("docx", "pdf", "html"):
    print(hashlib.sha256(write_paper(given, name)).hexdigest())
"""


def elsewhere(seed):
    """The digests of the three files as another process makes them."""
    made = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input=json.dumps(paper_to_json(paper())),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland"},
    )
    return made.stdout.split()


def test_three_processes_make_the_same_bytes():
    here = [hashlib.sha256(write_paper(paper(), name)).hexdigest() for name in PAPER_FORMATS]
    assert elsewhere("1") == elsewhere("4711") == here


def test_what_was_kept_as_json_makes_the_same_bytes():
    kept = paper_from_json(json.loads(json.dumps(paper_to_json(paper()))))
    assert write_paper(kept, "html") == write_paper(paper(), "html")


def test_a_format_that_there_is_not_is_a_slip_of_ours():
    with pytest.raises(ValueError, match="No such format"):
        write_paper(paper(), "odt")
