"""The house's own rules about rooms, modules and imports."""

import ast
import io
import subprocess
import sys
import tokenize
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from house.sizes import REASONS, dependencies, reasons, rooms

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "goldenthread"
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
MODULES = sorted(PACKAGE.rglob("*.py"))
OURS = [
    path
    for folder in ("src", "tests", "benchmarks", "scripts", "docs")
    for path in sorted((ROOT / folder).rglob("*.py"))
]

# Drawers that everything ends up in, and words that a council has already taken.
BANNED = {
    *("utils", "util", "common", "helpers", "helper", "misc", "core", "base", "lib", "tools"),
    *("services", "service", "manager", "managers", "handlers", "processors", "engine", "engines"),
    *("actions", "members", "sessions"),
}
REASONS_TO_IMPORT_LATE = ("# slow", "# optional extra", "# django from cli")


def _names(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


def _contract(number):
    return next(c for c in CONFIG["importlinter"]["contracts"] if c["name"].startswith(number))


def test_the_import_contracts_hold(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def test_contract_2_keeps_django_out_of_every_room_but_web_and_cli():
    held = {name.removeprefix("goldenthread.") for name in _contract("2.")["source_modules"]}
    assert held == set(rooms(ROOT)) - {"web", "cli"}


def test_contract_1_gives_every_room_a_storey():
    storeys = " | ".join(_contract("1.")["layers"])
    standing = {name for name in storeys.split(" | ") if not name.startswith("(")}
    assert standing == set(rooms(ROOT))


def test_no_module_is_named_after_a_drawer_or_with_a_word_of_the_councils():
    assert _names(p for p in MODULES if {p.stem, p.parent.name} & BANNED) == []


# Tables as Django writes them from the models, which nobody reads from the top.
WRITTEN_BY_DJANGO = [PACKAGE / "web" / "migrations" / "0002_council.py"]
WRITTEN = [path for path in OURS if path not in WRITTEN_BY_DJANGO]


@pytest.mark.parametrize("module", WRITTEN, ids=_names(WRITTEN))
def test_a_module_has_at_most_600_lines(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 600


def _late_imports(path):
    """The lines of imports inside functions, with the comment on each line."""
    source = path.read_text(encoding="utf-8")
    comments = {
        token.start[0]: token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    beside = (comments.get(line, "") for line in (node.lineno, node.end_lineno))
                    yield node.lineno, " ".join(beside).strip()


def test_an_import_inside_a_function_states_its_reason():
    silent = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in MODULES
        for line, comment in _late_imports(path)
        if not comment.startswith(REASONS_TO_IMPORT_LATE)
    ]
    assert silent == [], f"Say why beside the import: one of {', '.join(REASONS_TO_IMPORT_LATE)}."


def _fresh(code):
    """Run code in a new process of the same Python; what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_core_works_where_importing_django_fails():
    core = sorted(set(rooms(ROOT)) - {"web", "cli"})
    assert _fresh(
        "import sys, importlib\n"
        "sys.modules['django'] = None\n"
        f"for room in {core!r}: importlib.import_module('goldenthread.' + room)\n"
        "print('imported')"
    ) == ("imported")


@pytest.mark.parametrize("room", ["timescale", "plan", "spc", "categories", "charts", "errors"])
def test_a_notebook_that_reads_no_file_loads_no_reader_of_files(room):
    heavy = {
        "lxml",
        "openpyxl",
        "pdfplumber",
        "pdfminer",
        "PIL",
        "numpy",
        "pandas",
        "typst",
        "goldenthread.intake",
    }
    loaded = _fresh(f"import sys, goldenthread.{room}; print(*sys.modules)").split()
    assert heavy & set(loaded) == set()


def test_importing_the_package_alone_imports_no_room():
    loaded = _fresh("import sys, goldenthread; print(*sys.modules)").split()
    assert [name for name in loaded if name.startswith("goldenthread.")] == []


def test_every_dependency_has_its_reason_in_a_decision():
    assert set(dependencies(ROOT)) == set(reasons(ROOT)), f"Give the reasons in {REASONS}."
