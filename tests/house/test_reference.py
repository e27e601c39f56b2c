"""The reference pages are those that the code makes, and no command is missing from them."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from write_reference import pages  # noqa: E402

PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_reference_page_is_current(path):
    assert path.read_text(encoding="utf-8") == PAGES[path], "run scripts/write_reference.py"
