"""The papers and pages of the project, taken apart: links, headings, code blocks, named paths."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
PAPERS = sorted(ROOT.glob("*.md"))
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [*PAPERS, *DOCS, *(ROOT / folder / "README.md" for folder in ("tests", "benchmarks"))]


def name(path):
    """A page's name as a reader of the repository knows it."""
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Block:
    """A fenced block: its language word, its words, and the line on which it begins."""

    language: str
    text: str
    line: int


def tokens(page):
    """Every token of a page, those inside paragraphs included."""
    for token in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or []


def links(page):
    """Where the page's links and pictures point, pictures last."""
    found = list(tokens(page))
    yield from (t.attrs["href"] for t in found if t.type == "link_open")
    yield from pictures(page)


def pictures(page):
    """The files that the page shows, in Markdown or as an HTML img."""
    for token in tokens(page):
        if token.type == "image":
            yield token.attrs["src"]
        if token.type in ("html_block", "html_inline"):
            yield from re.findall(r'<img[^>]*?\ssrc="([^"]+)"', token.content)


def anchors(page):
    """The addresses of the page's headings, as code-hosting sites make them."""
    found = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    for before, token in pairwise(found):
        if before.type == "heading_open":
            words = re.sub(r"[^\w\- ]", "", token.content.lower())
            yield words.strip().replace(" ", "-")


def blocks(page):
    """The page's fenced blocks."""
    for token in tokens(page):
        if token.type == "fence":
            yield Block(token.info.strip().split(" ")[0], token.content, token.map[0] + 1)


def named_paths(page):
    """The words in code style that name a file or folder of this project."""
    shape = re.compile(r"[\w.-]+/[\w./-]*|[\w-]+\.(?:md|toml|txt|py|yml|svg)|justfile|LICENSE")
    for token in tokens(page):
        words = token.content
        if token.type != "code_inline" or words.startswith((".venv/", "../")):
            continue
        if shape.fullmatch(words):
            yield words
