"""The notebooks of the docs say what their code says today, and lead where they say.

Each runs from its first cell to its last in one namespace, without Jupyter; what it prints is
compared with what its file holds. ``scripts/run_notebook.py`` writes it again.
"""

import copy
import json
import re
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from run_notebook import NOTEBOOKS, run, written  # noqa: E402

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@each_notebook
def test_a_notebook_holds_what_its_code_prints(path):
    assert written(run(read(path))) == path.read_text(encoding="utf-8"), "run scripts/run_notebook"


def test_a_figure_that_is_no_longer_true_is_seen():
    notebook = {"cells": [code_cell("print(6 * 7)\n6 * 7")]}
    ran = run(notebook)
    assert ran["cells"][0]["outputs"] == [
        {"name": "stdout", "output_type": "stream", "text": ["42\n"]},
        {
            "data": {"text/plain": ["42"]},
            "execution_count": 1,
            "metadata": {},
            "output_type": "execute_result",
        },
    ]
    stale = copy.deepcopy(ran)
    stale["cells"][0]["outputs"][0]["text"] = ["41\n"]
    assert run(stale) == ran
    assert run(stale) != stale


def test_cells_share_their_names_and_an_error_is_no_output():
    ran = run({"cells": [code_cell("a = 1"), code_cell("a + 1")]})
    assert [cell["execution_count"] for cell in ran["cells"]] == [1, 2]
    assert ran["cells"][1]["outputs"][0]["data"]["text/plain"] == ["2"]
    with pytest.raises(ZeroDivisionError):
        run({"cells": [code_cell("1 / 0")]})


@each_notebook
def test_a_notebook_is_of_format_4_5(path):
    # As https://github.com/jupyter/nbformat, nbformat.v4.5.schema.json, asks of what we write.
    notebook = read(path)
    assert set(notebook) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    names = [cell["id"] for cell in notebook["cells"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in names)
    for cell in notebook["cells"]:
        common = {"cell_type", "id", "metadata", "source"}
        own = {"markdown": set(), "code": {"execution_count", "outputs"}}[cell["cell_type"]]
        assert set(cell) == common | own
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        assert cell["source"]


@each_notebook
def test_every_link_of_a_notebook_leads_somewhere(path):
    lost = []
    for cell in read(path)["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        for token in MarkdownIt().enable("table").parse("".join(cell["source"])):
            for inner in token.children or []:
                link = str(inner.attrs.get("href", ""))
                if inner.type == "link_open" and not re.match(r"[a-z]+:", link):
                    lost += [link] if not (path.parent / link.partition("#")[0]).exists() else []
    assert lost == []


def test_every_notebook_is_reached_from_the_map_of_the_docs():
    said = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert PATHS
    assert [path.name for path in PATHS if f"(notebooks/{path.name})" not in said] == []


@pytest.mark.parametrize(
    "figure",
    [
        *("230 of 635", "1,405", "from 16% to 71%", "2.05 times as likely"),
        *("0.49", "0.3%", "7.5%", "Three people", "95% interval"),
    ],
)
def test_a_figure_that_the_explanation_takes_from_the_notebook_stands_in_it(figure):
    explanation = ROOT / "docs" / "explanation" / "what-a-workforce-number-says.md"
    cells = read(NOTEBOOKS / "what-a-borough-tells.ipynb")["cells"]
    printed = [out.get("text", []) for cell in cells for out in cell.get("outputs", [])]
    said = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
    told = " ".join(line for lines in (*printed, *said) for line in lines)
    for text in (told, explanation.read_text(encoding="utf-8")):
        assert figure in " ".join(text.split())


def code_cell(code):
    return {"cell_type": "code", "source": code.splitlines(keepends=True)}
