"""Pages of formulas from the docstrings of functions: what each gives, its units, its source.

``write_reference.py`` asks for them. A function without a source is a step of another, and is not
on the page; one whose source is that of another shows it as well.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

_LABEL = re.compile(r"(Shape|Units|Missing|Source): |(Raises) ")
_ADDRESS = re.compile(r"https?://[^\s,;)]*[^\s,;).]")
_OF_ANOTHER = re.compile(r"Source as ``(\w+)``")


def page(title: str, opening: str, modules: list[tuple[str, str]]) -> str:
    """A page: each module, by its name, with its public functions and what else is to be said."""
    parts = [f"# {title}", "Made from the code by `scripts/write_reference.py`.", opening]
    for called, more in modules:
        # By name: a room may give a function the name of the module that holds it.
        module = import_module(f"goldenthread.{called}")
        head, *rest = _paragraphs(inspect.getdoc(module) or "")
        parts.append(f"## {plain(head).rstrip('.')}")
        parts += [plain(each) for each in rest]
        parts.append(f"`{module.__name__}`")
        if more:
            parts.append(more)
        for name, each in _sourced(module):
            parts += [f"### `{name}`", *_told(name, each)]
    # Lists that stand apart in a docstring are one list on the page.
    return re.sub(r"(\n- [^\n]*)\n\n(?=- )", r"\1\n", "\n\n".join(parts)) + "\n"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _sourced(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """What a module defines whose docstring gives a source, in its order."""
    for name, each in vars(module).items():
        if name.startswith("_") or getattr(each, "__module__", "") != module.__name__:
            continue
        inside = vars(each).items() if inspect.isclass(each) else ()
        held = [("", each), *inside]
        for inner, one in held:
            asked = getattr(one, "fget", one)
            said = getattr(asked, "__doc__", "") or ""
            if "Source:" in said or _OF_ANOTHER.search(said):
                yield f"{name}.{inner}".rstrip("."), asked


def _told(name: str, function: Any) -> list[str]:
    """A docstring as Markdown: sentences, a list of what is labelled, formulas and the example."""
    told: list[str] = []
    if inspect.isfunction(function) and "." not in name:
        words = [
            str(each).split(":")[0] for each in inspect.signature(function).parameters.values()
        ]
        told.append(f"`{name}({', '.join(words)})`")
    for paragraph in _paragraphs(inspect.getdoc(function) or ""):
        lines = paragraph.split("\n")
        if lines[0].startswith(">>>"):
            told.append("\n".join(["```pycon", *lines, "```"]))
        elif lines[0].startswith("    "):
            told.append("\n".join(["```text", *(line[4:] for line in lines), "```"]))
        else:
            told += _labelled(lines)
            another = _OF_ANOTHER.search(" ".join(lines))
            told += [_source_of(another[1], function)] if another else []
    return told


def _source_of(name: str, beside: Any) -> str:
    """The source of a function that another one's docstring leads to, as an item of a list."""
    doc = inspect.getdoc(getattr(inspect.getmodule(beside), name)) or ""
    parts = (part for each in _paragraphs(doc) for part in _labelled(each.split("\n")))
    lines = (line for part in parts for line in part.split("\n"))
    return next(line for line in lines if line.startswith("- Source: "))


def _labelled(lines: list[str]) -> list[str]:
    """The parts of a paragraph that begin with a label, as a list; others as they are."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if _LABEL.match(line) and parts[-1]:
            parts.append([])
        parts[-1].append(line)
    said = []
    for part in parts:
        words = " ".join(part)
        label = _LABEL.match(words)
        if label is None:
            said.append(plain(words))
        elif label[1]:
            said.append(f"- {label[1]}: {plain(words[label.end() :])}")
        else:
            said.append(f"- {plain(words)}")
    return ["\n".join(said)] if said[0].startswith("- ") else said


def _paragraphs(text: str) -> list[str]:
    return [each.strip("\n") for each in re.split(r"\n\s*\n", text) if each.strip()]


def plain(words: str) -> str:
    """Markdown for the marks of a docstring: code, addresses, the colon before a formula."""
    words = re.sub(r":\w+:(?=`)", "", " ".join(words.split())).replace("``", "`")
    words = _ADDRESS.sub(lambda found: f"<{found[0]}>", words)
    return re.sub(r"::$", ":", words)
