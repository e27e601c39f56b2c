"""The papers keep their forms: decisions, commands, versions; and no machine leaves a trace."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import goldenthread

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
FORM = ["Status", "Context", "Decision", "Consequences", "Alternatives"]
SET_UP = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e "
DEMO = SET_UP + ". && .venv/bin/goldenthread demo"
TEST = SET_UP + "'.[test]' && .venv/bin/pytest"


def test_decisions_are_numbered_one_by_one_from_0001():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_keeps_the_form_and_is_short(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == FORM
    assert "We will " in text
    assert len(text.split()) < 400


def test_the_index_of_decisions_names_each_once():
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index) == [path.name for path in DECISIONS]


def test_the_readme_prints_both_commands_alone_on_their_lines():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("python3 ")] == [DEMO, TEST]


def test_continuous_integration_takes_the_test_command_from_the_readme():
    pattern = re.search(r"grep -m1 -E '([^']+)' README\.md", (ROOT / ".ci" / "run").read_text())
    assert re.fullmatch(pattern[1], TEST)


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == goldenthread.__version__
    metadata = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    assert f'softwareVersion: "{goldenthread.__version__}"' in metadata


def test_constraints_are_pins_without_addresses():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.match(r"[\w.-]+==[\w.]+( ; |$)", line)] == []


def test_no_tracked_file_names_a_machines_folder_or_a_package_registry():
    traces = [
        r"(^|[^[:alnum:]_./-])/(work|home|Users|root)/",
        r"/tmp/[[:alnum:]]",
        r"[A-Z]:\\\\Users",
        r"p[y]pi\.(org|io)|python[h]osted|npm[j]s\.|registry\.[y]arn|crates\.[i]o",
    ]
    here = f":!{Path(__file__).relative_to(ROOT)}"
    found = subprocess.run(
        ["git", "-c", "safe.directory=*", "grep", "-nIE", "|".join(traces), "--", ".", here],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stderr == ""
    assert found.stdout.splitlines() == []
