"""The bundled edition and its site."""

import json
from pathlib import Path

import pytest

from goldenthread.plan import edition as ed
from goldenthread.web.pages import folder

EDITION = Path(__file__).parents[3] / "src" / "goldenthread" / "example_data" / "edition.json"


@pytest.fixture(scope="session")
def example():
    """The edition of Brackenford that comes with the package."""
    return ed.from_json(json.loads(EDITION.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def directorate():
    """The edition of Housing and Communities that comes with the package."""
    file = EDITION.with_name("directorate.json")
    return ed.from_json(json.loads(file.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def tiers_files(example, directorate):
    """Every file of the example site with its directorate, by its name."""
    return folder.files(example, directorates=(folder.Series(directorate),))


@pytest.fixture(scope="session")
def site_files(example):
    """Every file of the example site by its name."""
    return folder.files(example)
