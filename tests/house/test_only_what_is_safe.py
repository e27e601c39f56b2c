"""Nothing that draws, prints or renders takes an internal table: by type, contract and trying."""

import ast
import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
import tomllib
import typing
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import django.template
import pytest
from jinja2 import Environment

from core.disclosure.released import INTERNAL
from goldenthread import charts, documents
from goldenthread.disclosure import SafeTable
from goldenthread.spc import Series
from goldenthread.web import jinja

ROOT = Path(__file__).parents[2]
SECRETS = ("Secret", "4711")
TABLES = {SafeTable, Series, Sequence[SafeTable]}


def modules(room):
    yield room
    for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        yield importlib.import_module(found.name)


def functions(room):
    """Every public function of every module of a room, once, and the public ones of its classes."""
    found = {}
    for module in modules(room):
        for name, member in vars(module).items():
            if name.startswith("_") or getattr(member, "__module__", "") != module.__name__:
                continue
            if inspect.isfunction(member) or inspect.isclass(member):
                found[f"{module.__name__}.{name}"] = member
    return found


FUNCTIONS = {name: each for room in (charts, documents) for name, each in functions(room).items()}
# A matrix draws words in their places, and takes no table.
DRAWN = [
    name
    for name in charts.__all__
    if inspect.isfunction(getattr(charts, name)) and name != "matrix_picture"
]


def told(value):
    """All that a person could read in what a function gave back."""
    if inspect.isgenerator(value):
        value = list(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else repr(value)


def required(function):
    held = inspect.signature(function).parameters.values()
    return [one for one in held if one.default is one.empty and one.kind not in (
        one.VAR_POSITIONAL, one.VAR_KEYWORD
    )]  # fmt: skip


def tried(function, thing):
    """What comes back where the thing is handed over for everything that is asked for."""
    placed = [one for one in required(function) if one.kind != one.KEYWORD_ONLY]
    named = [one.name for one in required(function) if one.kind == one.KEYWORD_ONLY]
    return told(function(*[thing] * len(placed), **dict.fromkeys(named, thing)))


def test_there_are_functions_to_try():
    assert len(FUNCTIONS) > 200
    assert {"goldenthread.charts.groups.group_chart", "goldenthread.charts.plain.bar_chart",
            "goldenthread.documents.write.safe_pack.write_pack"} <= set(FUNCTIONS)  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_signature_takes_an_internal_table_or_just_anything_called_one(name):
    if inspect.isclass(FUNCTIONS[name]):
        return
    for one in inspect.signature(FUNCTIONS[name]).parameters.values():
        assert "RawTable" not in str(one.annotation)
        if one.name in ("table", "tables", "series"):
            assert str(one.annotation) not in ("Any", "object")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_function_gives_back_a_cell_of_an_internal_table(name):
    try:
        said = tried(FUNCTIONS[name], INTERNAL)
    except Exception as refused:
        # Whatever it is called, the refusal repeats no cell either.
        said = str(refused)
    assert not any(secret in said for secret in SECRETS)


def test_this_would_see_a_function_that_does():
    assert "Secret" in tried(lambda table: [row[0] for row in table.rows], INTERNAL)
    assert "Secret" in tried(lambda table: (row for row in table.rows), INTERNAL)


@pytest.mark.parametrize("name", [*DRAWN, "write_pack"])
def test_what_takes_a_table_or_a_series_refuses_another_with_a_sentence(name):
    function = getattr(charts, name, None) or getattr(documents, name)
    first, *more = required(function)
    hints = typing.get_type_hints(function)
    assert hints[first.name] in TABLES | {charts.Drawing}
    handed = [INTERNAL] if name == "write_pack" else INTERNAL
    with pytest.raises(TypeError, match=r"is a SafeTable|nothing else"):
        function(handed, **{one.name: "x" for one in more})


def test_the_contract_keeps_internal_tables_and_people_from_all_that_shows():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    (contract,) = [one for one in contracts if one["name"].startswith("13.")]
    assert contract["type"] == "forbidden" and "ignore_imports" not in contract
    assert {"goldenthread.charts", "goldenthread.documents", "goldenthread.web"} <= set(
        contract["source_modules"]
    )
    assert {f"goldenthread.disclosure.{one}" for one in ("raw", "protect", "people")} <= set(
        contract["forbidden_modules"]
    )


def test_charts_and_documents_run_without_any_of_them():
    names = [f"goldenthread.disclosure.{one}" for one in ("raw", "protect", "people", "figures")]
    done = subprocess.run(
        [sys.executable, "-c", "import sys, goldenthread.charts, goldenthread.documents\n"
         f"print(*set(sys.modules) & set({names!r}))"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == ""


WAYS = [
    "{{ t }}", "{{ t | string }}", "{{ t | e }}", "{{ t | safe }}", "{{ 'x' ~ t }}",
    "{{ '%s' | format(t) }}", "{{ t.rows }}", "{{ t['rows'] }}", "{{ t | attr('rows') }}",
    "{{ [t] | map(attribute='rows') | list }}", "{% for row in t.rows %}{{ row }}{% endfor %}",
    "{% for row in t %}{{ row }}{% endfor %}", "{{ t | list }}", "{{ t | tojson }}",
    "{{ t | pprint }}", "{{ t.rows[0][0] }}", "{{ [t] }}", "{{ {'a': t} }}", "{{ t.__dict__ }}",
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_template_shows_nothing_of_an_internal_table(way):
    try:
        said = jinja.environment().from_string(way).render(t=INTERNAL)
    except TypeError as refused:
        said = str(refused)
    assert not any(secret in said for secret in SECRETS)


@pytest.mark.parametrize("name", sorted(jinja.environment().filters))
def test_no_filter_of_a_template_shows_anything_of_it(name):
    template = jinja.environment().from_string(f"{{{{ t | {name} }}}}")
    try:
        said = template.render(t=INTERNAL)
    except Exception as refused:
        said = str(refused)
    assert not any(secret in said for secret in SECRETS)


def test_these_ways_would_show_what_is_no_internal_table():
    plain = SimpleNamespace(rows=INTERNAL.rows)
    loose = Environment(autoescape=True)
    by_row = [way for way in WAYS if "rows" in way]
    assert all("Secret" in loose.from_string(way).render(t=plain) for way in by_row)
    assert len(by_row) == 6


def test_a_template_of_django_stops_at_one():
    engine = django.template.Engine()
    with pytest.raises(TypeError, match="internal figures is not shown"):
        engine.from_string("{{ t }}").render(django.template.Context({"t": INTERNAL}))


# -- what mypy says ----------------------------------------------------------------------------


BY_TYPE = ROOT / "tests" / "house" / "handed_over.py"


def test_every_function_that_draws_or_writes_is_asked_of_mypy():
    handed = {
        node.func.attr
        for node in ast.walk(ast.parse(BY_TYPE.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    writes = {name for name in documents.__all__ if name.startswith("write_")}
    assert handed == {*DRAWN, "matrix_picture", *writes}
    check = (ROOT / "justfile").read_text(encoding="utf-8")
    assert f"mypy src {BY_TYPE.relative_to(ROOT)}\n" in check


def test_the_types_of_charts_let_no_internal_table_in(tmp_path):
    # Charts alone, which are quickly read; `just check` asks of all of them.
    asked = tmp_path / "asked.py"
    asked.write_text(
        "from goldenthread.charts import line_chart\n"
        "from goldenthread.disclosure.raw import RawTable\n"
        "def hand(table: RawTable) -> None:\n"
        "    line_chart(table)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file=", "--strict", "--follow-imports=silent",
         "--ignore-missing-imports", f"--cache-dir={tmp_path / 'cache'}", asked],
        capture_output=True, text=True, check=False, timeout=600,
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        f'{asked}:4: error: Argument 1 to "line_chart" has incompatible type "RawTable"; '
        'expected "Series"  [arg-type]',
        "Found 1 error in 1 file (checked 1 source file)",
    ]
