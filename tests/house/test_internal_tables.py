"""No function that draws, prints or serves takes an internal table: the rule of the house."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "goldenthread"
# Whatever shows something to somebody: charts, documents, plans and pages.
SHOWING = ("charts", "documents", "plan", "web")
MODULES = [path for room in SHOWING for path in sorted((PACKAGE / room).rglob("*.py"))]


def takers(source):
    """The lines that name an internal table, in a signature or anywhere else, or import its module.

    Nothing that shows may say its name at all: so no annotation, no alias and no ``isinstance``
    lets one in. A whole-room import would bring it along, so the room is imported by names.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id="RawTable") | ast.Attribute(attr="RawTable"):
                yield node.lineno
            case ast.Constant(value=str(words)) if "RawTable" in words and "\n" not in words:
                yield node.lineno
            case ast.ImportFrom(module=str(module), names=names) if (
                module.startswith("goldenthread.disclosure.raw")
                or (
                    module == "goldenthread.disclosure"
                    and {n.name for n in names} & {"RawTable", "*"}
                )
                or (module == "goldenthread" and "disclosure" in {n.name for n in names})
            ):
                yield node.lineno
            case ast.Import(names=names) if any(
                n.name.startswith("goldenthread.disclosure") for n in names
            ):
                yield node.lineno


@pytest.mark.parametrize("room", SHOWING)
def test_nothing_that_shows_takes_an_internal_table(room):
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for line in takers(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "An internal table may not be drawn, printed or served."


@pytest.mark.parametrize(
    "source",
    [
        "from goldenthread.disclosure import RawTable",
        "from goldenthread.disclosure.raw import RawTable as T",
        "from goldenthread.disclosure import *",
        "from goldenthread import disclosure",
        "import goldenthread.disclosure as d",
        "def draw(table: RawTable) -> str: ...",
        "def draw(table: 'RawTable | None') -> str: ...",
        "def draw(table) -> str: return d.RawTable",
    ],
)
def test_this_test_would_see_it(source):
    assert list(takers(source)) == [1]
