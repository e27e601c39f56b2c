"""The docs are true: links lead somewhere, pictures are used, code blocks run as printed.

A ``python`` block runs; blocks of one page share their names, and a block ``output`` straight
after one is what it prints. In a ``console`` block every line ``$ goldenthread …`` runs and prints
what stands below it, where a line of three full stops stands for any lines; ``$ echo $?`` shows the
exit status, which without it must be 0 or 1. Each page runs in a folder of its own that
holds the bundled plan as ``plan.docx`` and the files of ``docs/examples``.
"""

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from house.pages import (
    DOCS,
    PAGES,
    ROOT,
    anchors,
    blocks,
    links,
    name,
    named_paths,
    pictures,
)
from house.sizes import rooms

PYTHON_PAGES = [page for page in PAGES if any(b.language == "python" for b in blocks(page))]
CONSOLE_PAGES = [
    page for page in PAGES if any(b.text.startswith("$ goldenthread") for b in blocks(page))
]


@pytest.fixture
def desk(tmp_path, monkeypatch, bundled_plan):
    """A folder with the files that the docs speak of."""
    shutil.copy(bundled_plan, tmp_path / "plan.docx")
    examples = ROOT / "docs" / "examples"
    if examples.is_dir():
        shutil.copytree(examples, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_inside_the_project_leads_somewhere(page):
    lost = []
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in anchors(target)
        ):
            lost.append(link)
    assert lost == []


def test_every_page_of_the_docs_is_reached_from_the_map():
    seen, waiting = set(), [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
    assert [name(page) for page in DOCS if page not in seen] == []


def test_every_picture_is_used_and_says_what_it_shows():
    used = {(page.parent / link).resolve() for page in PAGES for link in pictures(page)}
    kept = {path for path in (ROOT / "docs" / "images").rglob("*") if path.is_file()}
    assert used == kept
    for picture in kept:
        if picture.suffix == ".svg":
            text = picture.read_text(encoding="utf-8")
            assert 'role="img"' in text
            assert "<title" in text
            assert "<desc" in text


@pytest.mark.parametrize("paper", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])
def test_every_path_that_a_paper_names_exists(paper):
    places = (ROOT, ROOT / "src" / "goldenthread")
    named = set(named_paths(ROOT / paper))
    assert [path for path in named if not any((place / path).exists() for place in places)] == []


def test_the_architecture_names_a_path_for_every_room():
    named = {path.rstrip("/").removesuffix(".py") for path in named_paths(ROOT / "ARCHITECTURE.md")}
    assert set(rooms(ROOT)) <= named


@pytest.mark.parametrize("page", PYTHON_PAGES, ids=name)
def test_every_python_block_runs_and_prints_what_the_page_shows(page, desk):
    names, found = {"__name__": "__docs__"}, list(blocks(page))
    for block, after in zip(found, [*found[1:], None], strict=True):
        if block.language != "python":
            continue
        if ">>>" in block.text:
            case = doctest.DocTestParser().get_doctest(
                block.text, names, name(page), None, block.line
            )
            outcome = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(
                case, clear_globs=False
            )
            names |= case.globs
            assert outcome.failed == 0
            continue
        printed = io.StringIO()
        # Blank lines in front make a traceback name the page's own line.
        code = compile("\n" * block.line + block.text, name(page), "exec")
        with contextlib.redirect_stdout(printed):
            exec(code, names)
        if after is not None and after.language == "output":
            assert _alike(after.text, printed.getvalue())


@pytest.mark.parametrize("page", CONSOLE_PAGES, ids=name)
def test_every_console_block_prints_what_the_page_shows(page, desk):
    for block in blocks(page):
        if block.language != "console" or not block.text.startswith("$ goldenthread"):
            continue
        status = 0
        for command, shown in _commands(block.text):
            if command == "echo $?":
                assert shown.strip() == str(status), f"{name(page)}, line {block.line}"
                status = 0
                continue
            assert status in (0, 1), f"{name(page)}, line {block.line}: exit status {status}"
            done = _run(command, desk)
            status = done.returncode
            if shown:
                assert _alike(shown, done.stdout), f"$ {command}\n{done.stdout}"
        assert status in (0, 1), f"{name(page)}, line {block.line}: exit status {status}"


@pytest.mark.parametrize("script", sorted((ROOT / "docs").rglob("*.py")), ids=name)
def test_every_script_of_the_docs_runs(script, desk):
    done = _run(f"{sys.executable} {script}", desk)
    assert done.returncode == 0, done.stdout
    assert done.stdout


def _commands(text):
    """Each command of a console block with the words that it is said to print."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command.strip(), shown


def _run(command, folder):
    """Run a command line as a reader would, plain and 80 columns wide; errors with the rest."""
    programs = Path(sys.executable).parent
    wide = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80"}
    plain = {"NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | wide | plain,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )


def _alike(shown, printed):
    """Whether the page shows what was printed, blanks at line ends apart."""
    shown, printed = (
        re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).rstrip("\n") + "\n"
        for text in (shown, printed)
    )
    pieces = [re.escape(piece) for piece in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(pieces), printed) is not None


@pytest.mark.parametrize(
    ("shown", "printed", "alike"),
    [
        ("a\nb\n", "a  \nb\n\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n...\nz\n", "a\nb\nc\nz\n", True),
        ("a\n...\nz\n", "b\nz\n", False),
        ("a\n...\n", "a\nb\n", True),
        ("...\n", "b\n", True),
        ("a.c\n", "abc\n", False),
    ],
)
def test_the_comparison_of_shown_and_printed_words(shown, printed, alike):
    assert _alike(shown, printed) is alike
