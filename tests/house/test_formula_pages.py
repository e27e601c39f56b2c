"""Every figure of the workforce stands on a reference page, with where its formula comes from."""

import inspect
import pkgutil
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from goldenthread.workforce.packs.methods import method

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from pack_tables import made_packs  # noqa: E402

ROOMS = ("pay", "rates", "packs")
# Public functions without a page of their own, each a step of the one beside it.
STEPS = {
    "by_group": "gap",
    "average": "gap",
    "relative": "gap",
    "read_composition": "composition",
    "read_flows": "flows",
    "read_outcomes": "outcomes",
}
NO_FIGURE = {"ask": "it finds out which snapshots there are, and reckons nothing"}


def sections(page):
    """What a page says under each function's name."""
    text = (ROOT / "docs" / "reference" / f"{page}.md").read_text(encoding="utf-8")
    parts = re.split(r"^### `([\w.]+)`$", text, flags=re.MULTILINE)
    return {
        name: re.split(r"^## ", said, flags=re.MULTILINE)[0]
        for name, said in zip(parts[1::2], parts[2::2], strict=True)
    }


SECTIONS = {page: sections(page) for page in ROOMS}


def reckoners(room):
    """The public functions of a room: of packs those it offers, of the others those of modules."""
    package = import_module(f"goldenthread.workforce.{room}")
    modules = [package]
    if room != "packs":
        names = [one.name for one in pkgutil.iter_modules(package.__path__)]
        modules += [import_module(f"{package.__name__}.{name}") for name in names]
    for module in modules:
        for name in getattr(module, "__all__", vars(module)):
            each = getattr(module, name)
            here = str(getattr(each, "__module__", "")).startswith(package.__name__)
            if inspect.isfunction(each) and here and not name.startswith("_"):
                yield name


@pytest.mark.parametrize("room", ROOMS)
def test_every_function_that_reckons_a_figure_stands_on_its_page_with_a_source(room):
    functions = set(reckoners(room)) - set(STEPS) - set(NO_FIGURE)
    assert len(functions) > 3
    silent = [
        name
        for name in sorted(functions)
        if not re.search(r"^- Source: \S", SECTIONS[room].get(name, ""), re.MULTILINE)
    ]
    assert silent == []


def test_a_step_is_still_there_and_belongs_to_a_function_that_stands_on_a_page():
    assert set(STEPS) <= {name for room in ROOMS for name in reckoners(room)}
    standing = {name for said in SECTIONS.values() for name in said}
    assert set(STEPS.values()) <= standing


def test_the_test_would_see_a_function_without_a_source():
    assert "gap" in SECTIONS["pay"]
    assert "ask" in set(reckoners("packs"))
    assert "ask" not in SECTIONS["packs"]


@pytest.mark.parametrize("pack", made_packs())
def test_every_table_of_a_pack_stands_on_the_page_with_its_columns_its_functions_and_a_source(pack):
    for table in made_packs()[pack].tables:
        said = SECTIONS["packs"][table.name]
        assert f"`{pack}`" in said or table.name == "stands_out"
        assert re.findall(r"^\| `(\w+)` \|", said, re.MULTILINE) == [
            column.name for column in table.columns
        ]
        assert re.search(r"^- Source: \S", said, re.MULTILINE)
        for function in method(table.name).functions:
            page, name = re.search(rf"`{function}`\]\((\w+)\.md#(\w+)\)", said).groups()
            assert "- Source: " in SECTIONS[page][name]


@pytest.mark.parametrize("page", ROOMS)
def test_what_is_in_doubt_is_said_on_the_page(page):
    text = (ROOT / "docs" / "reference" / f"{page}.md").read_text(encoding="utf-8")
    assert re.search(r"^## In doubt\n\n(.+\n)*\n?- ", text, re.MULTILINE)
