"""The intruder shares no code with what makes, protects or verifies a release."""

import ast
from pathlib import Path

import goldenthread.disclosure.attack as room

MODULES = sorted(Path(room.__file__).parent.glob("*.py"))


def imported(path):
    """The modules of ours that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
        yield from (name for name in names if name.startswith("goldenthread"))


def test_the_intruder_imports_its_own_modules_and_refusals_alone():
    others = {
        name
        for path in MODULES
        for name in imported(path)
        if not name.startswith("goldenthread.disclosure.attack")
    }
    assert len(MODULES) > 5
    assert others == {"goldenthread.errors"}
