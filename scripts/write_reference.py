"""Write the reference pages from the code: commands, rules, files, contracts, categories, formulas.

Run it after changing a command, a rule, a limit or a contract:
.venv/bin/python scripts/write_reference.py
"""

from __future__ import annotations

import ast
import inspect
import itertools
from pathlib import Path

import click
from pack_tables import packs_reference
from pay_formulas import pay_reference
from policy_tables import policies_reference
from rates_formulas import rates_reference
from shorthand_formulas import shorthand_reference
from vault_tables import vault_reference

from goldenthread.categories.reference import categories_reference
from goldenthread.cli import command
from goldenthread.intake import Limits, limits
from goldenthread.plan import rules_reference
from goldenthread.workforce.files import NAMES, RULES, Column, Contract, contract
from goldenthread.workforce.files.contract import FORMS

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

Staff lists are read by `intake.rows`, of which no more than a part is in memory at a time. It can
give what a workbook holds instead of what it prints. What is not named here is as above.

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
        parts += _sections(click.Context(each, info_name=name, parent=group), each, "##")
    return "\n".join(parts)


def _sections(context: click.Context, each: click.Command, depth: str) -> list[str]:
    """A command, and below a group its own commands."""
    parts = [_section(context, each, depth)]
    for name in each.list_commands(context) if isinstance(each, click.Group) else ():
        inner = each.get_command(context, name)
        if inner is not None:
            below = click.Context(inner, info_name=name, parent=context)
            parts += _sections(below, inner, f"{depth}#")
    return parts


def _section(context: click.Context, each: click.Command, depth: str) -> str:
    lines = [f"{depth} `{context.command_path}`", "", _paragraphs(each.help or ""), ""]
    lines += ["```text", f"{context.command_path} {' '.join(each.collect_usage_pieces(context))}"]
    lines += ["```", ""]
    options = [record for p in each.get_params(context) if (record := p.get_help_record(context))]
    if options:
        lines += ["| Option | What it does |", "| --- | --- |"]
        lines += [f"| `{name}` | {words} |" for name, words in options]
        lines.append("")
    return "\n".join(lines)


WORKFORCE = """# Workforce files: their contracts

Made from the code by `scripts/write_reference.py`.

`goldenthread workforce check FILE` reads these files, as .csv or .xlsx, from any HR system; of .ods it
would have what is printed, which may be rounded, and refuses it
([how to](../how-to/check-a-staff-extract.md); [why so](../decisions/0038-workforce-files.md)). A
column that a contract does not name is dropped before anything looks at it, and named by its heading
alone. No message, report or refusal holds a value of a row.

## What holds for every file

- The headings are looked for in the first 20 rows of each sheet; the first sheet that has them is
  read. Capitals, full stops, underscores and blanks make no difference. Where two columns could be
  the same one, the name that stands first in the contract is read; two of the same name are refused.
- What a file calls its columns can be said once with `--column`, and is remembered in
  `goldenthread-columns.json` beside the file, by the fingerprint of the headings. It holds headings
  and nothing of any row.
- Blank, `-`, `–` and `NULL` are nothing. Of a workbook the value counts and not what the sheet
  prints: the date behind *Jul-24*, the pence behind *£22*. Direction marks and other signs that do
  not print are taken out of CSV, and set a row of a workbook apart.
- Whether the day or the month comes first is decided for a column, never for a value: by any day that
  can only be read one way; else by `--day-order`; else day first, which a note says. A column with
  both is set apart until somebody says which. Of a year in two digits only one of a hundred is
  possible.
- Money is kept in whole pence, a half upwards. `NaN`, `inf` and `1e5` are no numbers.
- A unit is its path, `place / highways / street lighting`. With `--units FILE` (columns Directorate,
  Division, Unit and, where you have them, Unit code) only those may be named, by path, code, or a name
  that no other unit has.
- With `--grades FILE` (one grade in a row, the lowest first) grades have that order. None is guessed
  from names.
- Whoever asked not to be monitored is taken out with all their rows, before anything is counted, and
  is told only as a number from ten people on. `--people FILE` takes them out of a companion file.
- A row that breaks a rule which would make numbers wrong is set apart, and the others go on.
"""  # noqa: E501


def workforce_reference() -> str:
    """The page of the contracts of workforce files, their forms and their rules."""
    parts = [WORKFORCE]
    parts += [_contract(contract(name)) for name in NAMES]
    parts += ["## Forms\n", "| Form | How it is written |", "| --- | --- |"]
    parts += [f"| `{name}` | {words} |" for name, words in FORMS.items()]
    parts += ["\n## Rules\n", "| Rule | What is wrong | What becomes of the row | To mend it |"]
    parts.append("| --- | --- | --- | --- |")
    for name, rule in RULES.items():
        parts.append(f"| `{name}` | {rule.says} | {rule.effect} | {rule.mend} |")
    return "\n".join(parts) + "\n"


def _contract(one: Contract) -> str:
    lines = [f"## {one.title}: `--as {one.name}`\n", f"{one.about} {one.one_row}\n"]
    for group in one.one_of:
        titles = " or ".join(one.column(name).title for name in group)
        lines.append(f"One at least of {titles} must be there.\n")
    lines += ["| Column | Meaning | Form | Needed | Examples | Known as |"]
    lines += ["| --- | --- | --- | --- | --- | --- |"]
    for column in one.columns:
        needed = "yes" if column.needed else "column" if column.needed_in_file else ""
        needed = needed or ("where the column is" if column.needed_in_row else "")
        examples = ", ".join(f"`{example}`" for example in column.examples if example)
        known = ", ".join(column.headers)
        lines.append(
            f"| **{column.title}** `{column.name}` | {column.meaning}{_bounds(column)} "
            f"| {column.form} | {needed} | {examples} | {known} |"
        )
    for column in one.columns:
        if column.choices:
            lines += [f"\n{column.title}:\n", "| Kind | Also written |", "| --- | --- |"]
            lines += [f"| {name} | {', '.join(words)} |" for name, words in column.choices.items()]
    gives = ", ".join(f"`{name}`" for name in one.gives)
    lines.append(f"\nA row gives {gives}.\n")
    return "\n".join(lines)


def _bounds(column: Column) -> str:
    """What a number or a day may be, in a sentence."""
    if column.least is not None and column.most is not None:
        if column.form == "money":
            return f" From £{column.least / 100:,.2f} to £{column.most / 100:,.2f}."
        return f" From {column.least:,} to {column.most:,}."
    if column.earliest is not None:
        last = {"today": "today", "snapshot": "the snapshot date"}[column.latest]
        return f" From {column.earliest.year} to {last}."
    return ""


def _paragraphs(words: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in words.split("\n\n"))


def pages() -> dict[Path, str]:
    """Each generated page with its text."""
    return {
        REFERENCE / "categories.md": categories_reference(),
        REFERENCE / "commands.md": commands_reference(),
        REFERENCE / "rules.md": rules_reference(),
        REFERENCE / "files.md": files_reference(),
        REFERENCE / "packs.md": packs_reference(),
        REFERENCE / "pay.md": pay_reference(),
        REFERENCE / "policies.md": policies_reference(),
        REFERENCE / "shorthand.md": shorthand_reference(),
        REFERENCE / "rates.md": rates_reference(),
        REFERENCE / "vault.md": vault_reference(),
        REFERENCE / "workforce-files.md": workforce_reference(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(REFERENCE.parents[1])}")
