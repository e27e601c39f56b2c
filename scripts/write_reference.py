"""Write the reference pages from the code: commands, rules, files, categories, formulas.

Run it after changing a command, a rule or a limit:
.venv/bin/python scripts/write_reference.py
"""

from __future__ import annotations

import ast
import inspect
import itertools
from pathlib import Path

import click
from pay_formulas import pay_reference
from rates_formulas import rates_reference

from goldenthread.categories.reference import categories_reference
from goldenthread.cli import command
from goldenthread.intake import Limits, limits
from goldenthread.plan import rules_reference

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
OPENING = """# Commands

Made from the code by `scripts/write_reference.py`.

Every command ends with one of these statuses, so that it can stand in a script:

| Status | Meaning |
| --- | --- |
| 0 | done |
| 1 | something was found: a finding, a difference |
| 2 | refused: the file holds macros, reaches outside itself, is a bomb or passes a limit; or the command was not understood |
| 3 | cannot be read, or holds no plan, recommendation or process step |

A refusal is one sentence on the error stream that names the file and the place. Long work shows its
progress in a terminal and nothing when piped.
"""  # noqa: E501


FILES = """# Files that are read, and their limits

The tables of limits are made from the code by `scripts/write_reference.py`.

## What is read

A file is known by its bytes, whatever its name says. Each is read in a child process without
network, without files to write, and within the limits below ([why](../decisions/0003-untrusted-files.md)).

| Kind | Kept | Left out, and named |
| --- | --- | --- |
| Word (.docx, also the ISO strict form) | merged cells, lists and their numbers, blank lines, colours behind cells and behind words, headings, pages, text boxes | deleted, hidden and struck-out words, hidden rows, comments, notes, pictures, headers and footers; a table style's bands are no colour |
| LibreOffice text (.odt) | the same | the same, and text boxes |
| Rich text (.rtf) | the same, printed list marks | the same, files set inside, text boxes |
| Excel (.xlsx, also strict) | values as printed, merged cells, colours, also those of rules that compare | hidden rows, columns and sheets, comments, struck-out words, pictures; rules that need a calculation |
| LibreOffice sheet (.ods) | the same | the same |
| Web page (.html) | tables in layout tables, lists (Word's too), colours and bold by class | what classes or styles hide, deletions, pictures, the page's own links |
| PDF | with good tags their structure, else what measuring finds: tables with and without rules, sideways, over pages | furniture of pages, words that a line strikes out, watermarks, pictures |
| PDF that is a scan | its words, rules and colours, where the program `tesseract` is installed; all of it marked as uncertain | what cannot be made out; without the program the file is refused |
| Text, Markdown (.txt, .md), separated values (.csv, .tsv) | paragraphs, lists, tables with tabs or bars | – |

Refused with advice: .docm, .xlsm and anything else with macros, .doc, .xls, .ppt, .xlsb, slides,
pictures, archives, programs, and files locked by a password. A page saved as HTML by LibreOffice
prints deleted words as if they stood, so a reading of it says so.

## What is refused, and by which rule

`rule` is what a program may ask of a refusal (`Unsafe.rule`); a file that is only broken is
`Unreadable`. Every message names the file, and page, sheet, row or column where there is one.

| Kind of harm | Rule |
| --- | --- |
| an archive that unpacks to much more than it is; many parts; a size that lies | `limit` |
| parts with the same name, a name outside the archive, a link | `archive` |
| a document type with entities, inside or outside, in any part, in UTF-16 too | `external entity` |
| macros by part, by content type, in a renamed file; scripts | `macros` |
| a cell, row, merge or link in the far corner; rows or cells repeated without end | `limit` |
| elements, groups, lists, selectors or tables too deep in one another | `limit` |
| 10,000 columns, a million letters in one cell | `limit` |
| a PDF stream packed twice that unpacks to hundreds of megabytes | `limit` |
| a PDF with pages in a circle, a drawing of itself, a vast page, false tables of places, JBIG2 | Unreadable |
| a file cut short, noise, a NUL in text, characters in no encoding | Unreadable |
| links, pictures and templates elsewhere, programs set inside | read, and never followed or run |

## Limits of a reading

| Limit | Value | Of what |
| --- | --- | --- |
"""  # noqa: E501
LONG = """
## Limits of a long file, row by row

Staff lists are read by `intake.rows`, of which no more than a part is in memory at a time. What is
not named here is as above.

| Limit | Value |
| --- | --- |
"""


def files_reference() -> str:
    """The page of the kinds of file that are read, and of the limits on them."""
    body = ast.parse(inspect.getsource(limits)).body
    fields = next(n for n in body if isinstance(n, ast.ClassDef) and n.name == "Limits").body
    rows = [
        (each.target.id, " ".join(said.value.value.split()))
        for each, said in itertools.pairwise(fields)
        if isinstance(each, ast.AnnAssign)
        and isinstance(each.target, ast.Name)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
    ]
    usual, long = Limits(), limits.long_file()
    text = FILES
    for name, words in rows:
        text += f"| `{name}` | {_amount(getattr(usual, name))} | {words} |\n"
    text += LONG
    for name, _ in rows:
        if getattr(long, name) != getattr(usual, name):
            text += f"| `{name}` | {_amount(getattr(long, name))} |\n"
    return text


def _amount(number: int) -> str:
    mega = limits.MEGABYTE
    return f"{number // mega:,} MB" if number >= mega and number % mega == 0 else f"{number:,}"


def commands_reference() -> str:
    """The page of every command, its arguments and its options."""
    parts = [OPENING]
    group = click.Context(command, info_name="goldenthread")
    for name in command.list_commands(group):
        each = command.get_command(group, name)
        if each is None:
            continue
        context = click.Context(each, info_name=name, parent=group)
        parts.append(_section(context, each))
        # A group's own commands stand below it.
        for inner in each.list_commands(context) if isinstance(each, click.Group) else ():
            verb = each.get_command(context, inner)
            if verb is not None:
                below = click.Context(verb, info_name=inner, parent=context)
                parts.append(_section(below, verb, "###"))
    return "\n".join(parts)


def _section(context: click.Context, each: click.Command, depth: str = "##") -> str:
    lines = [f"{depth} `{context.command_path}`", "", _paragraphs(each.help or ""), ""]
    lines += ["```text", f"{context.command_path} {' '.join(each.collect_usage_pieces(context))}"]
    lines += ["```", ""]
    options = [record for p in each.get_params(context) if (record := p.get_help_record(context))]
    if options:
        lines += ["| Option | What it does |", "| --- | --- |"]
        lines += [f"| `{name}` | {words} |" for name, words in options]
        lines.append("")
    return "\n".join(lines)


def _paragraphs(words: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in words.split("\n\n"))


def pages() -> dict[Path, str]:
    """Each generated page with its text."""
    return {
        REFERENCE / "categories.md": categories_reference(),
        REFERENCE / "commands.md": commands_reference(),
        REFERENCE / "rules.md": rules_reference(),
        REFERENCE / "files.md": files_reference(),
        REFERENCE / "pay.md": pay_reference(),
        REFERENCE / "rates.md": rates_reference(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(REFERENCE.parents[1])}")
