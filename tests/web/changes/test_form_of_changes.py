"""How every change is written: by name, with its actor and moment; nothing else writes rows."""

import ast
from pathlib import Path

import pytest

import goldenthread.web.changes

FOLDER = Path(goldenthread.web.changes.__file__).parent
MODULES = [p for p in sorted(FOLDER.glob("*.py")) if p.stem not in ("__init__", "demo")]


def _changes():
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(d, ast.Name) and d.id == "change" for d in node.decorator_list
            ):
                yield path, node


@pytest.mark.parametrize(
    ("path", "node"), list(_changes()), ids=lambda part: getattr(part, "name", "")
)
def test_a_change_is_keyword_only_names_its_actor_and_moment_and_says_who_may(path, node):
    names = [argument.arg for argument in node.args.kwonlyargs]
    assert (node.args.args, node.args.posonlyargs) == ([], [])
    assert {"by", "at", "key"} <= set(names)
    words = " ".join(ast.get_docstring(node).split())
    assert "Who may:" in words
    assert "Recorded:" in words


def test_nothing_outside_changes_writes_a_row():
    writing = {"save", "create", "bulk_create", "update", "delete", "bulk_update", "get_or_create"}
    # visits.py is Django's own store of sessions, with a column beside them.
    allowed = {"audit.py", "demo.py", "visits.py"}
    found = []
    for path in sorted(FOLDER.parent.rglob("*.py")):
        if FOLDER in path.parents or path.name in allowed or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in writing
                and not isinstance(node.func.value, ast.Name)
            ):
                found.append(f"{path.name}:{node.lineno}")
    assert found == []
