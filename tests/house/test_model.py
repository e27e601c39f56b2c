"""The data model: every column classified, and its drawing that of the code."""

import ast
import re
import runpy
from pathlib import Path

from django.apps import apps

from goldenthread.web.models.classification import COLUMNS, KEPT, LEVELS

ROOT = Path(__file__).parents[2]
MODELS = list(apps.get_app_config("goldenthread").get_models())
SETTINGS = ROOT / "src" / "goldenthread" / "web" / "settings.py"


def test_every_column_is_classified_and_nothing_else_is():
    assert {name: set(columns) for name, columns in COLUMNS.items()} == {
        model.__name__: {field.name for field in model._meta.fields} for model in MODELS
    }


def test_every_class_of_column_is_explained():
    held = [one for columns in COLUMNS.values() for one in columns.values()]
    assert {one.level for one in held} == set(LEVELS)
    assert {one.kept for one in held} == set(KEPT)


def test_nothing_personal_or_secret_may_be_logged_or_leave():
    held = [one for columns in COLUMNS.values() for one in columns.values()]
    assert [
        one for one in held if one.level in ("personal", "secret") and (one.log or one.export)
    ] == []


def test_the_drawing_of_the_model_is_that_of_the_code():
    drawing = runpy.run_path(str(ROOT / "scripts" / "draw_model.py"))["drawing"]()
    page = ROOT / "docs" / "reference" / "model.md"
    assert [m.__name__ for m in MODELS if f"### {m.__name__}\n" not in drawing] == []
    assert page.read_text(encoding="utf-8") == drawing, "Run scripts/draw_model.py."


def test_every_variable_of_the_environment_is_in_the_reference():
    asked = set()
    for node in ast.walk(ast.parse(SETTINGS.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = getattr(node.func.value, "id", "")
            if owner in ("env", "_plain") and node.args and isinstance(node.args[0], ast.Constant):
                asked.add(("GOLDENTHREAD_" if owner == "env" else "") + node.args[0].value)
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == asked


def test_the_page_of_roles_is_the_table_of_the_code():
    page = ROOT / "docs" / "reference" / "roles.md"
    who_may = runpy.run_path(str(ROOT / "scripts" / "draw_model.py"))["who_may"]()
    assert page.read_text(encoding="utf-8") == who_may, "Run scripts/draw_model.py."
