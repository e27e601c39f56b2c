"""The reference page of lists and schemes, made from the data that the code reads."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from goldenthread.categories.ages import age_band, age_on
from goldenthread.categories.breaks import breaks
from goldenthread.categories.detection import detect
from goldenthread.categories.disability import from_two_questions
from goldenthread.categories.groups import groups_rows
from goldenthread.categories.lists import (
    DETAILED,
    MISSING_IN_WORDS,
    CodeList,
    all_lists,
    code_list,
)
from goldenthread.categories.mapping import map_column, settle
from goldenthread.categories.reading import RULES, read
from goldenthread.categories.schemes import Scheme, all_schemes

_OPENING = """# Categories: lists, roll-ups and schemes

Made from the code and its data by `scripts/write_reference.py`.

A list is one version of one classification. Every figure keeps the name of the list that it was
counted in. How to map a column: [settle what your systems call
people](../how-to/settle-what-your-systems-call-people.md). Why so: [decision
0035](../decisions/0035-a-column-is-mapped-whole.md).

## States of missing

Four answers are no group, and are told apart in every table:

"""
# What a scheme's codes become is shown in the list that a council in England uses today.
_SHOWN = {"ethnicity": "ethnicity_england_2021", "sex": "sex_2021"}
_BREAKS = (
    ("ethnicity_england_2001", "ethnicity_england_2011"),
    ("ethnicity_england_2011", "ethnicity_england_2021"),
    ("ethnicity_scotland_2011", "ethnicity_scotland_2022"),
    ("ethnicity_northern_ireland_2011", "ethnicity_northern_ireland_2021"),
)
_FUNCTIONS: tuple[Callable[..., Any], ...] = (
    read,
    detect,
    map_column,
    settle,
    breaks,
    groups_rows,
    from_two_questions,
    age_on,
    age_band,
)


def categories_reference() -> str:
    """The page: every list with its source and roll-ups, every scheme, breaks, rules, functions.

    >>> categories_reference().splitlines()[0]
    '# Categories: lists, roll-ups and schemes'
    """
    parts = [_OPENING + "".join(f"- `{code}`: {said}\n" for code, said in MISSING_IN_WORDS.items())]
    parts.append("\n## What was not read in a source\n\n" + _unverified())
    parts.append("\n## Lists\n")
    parts += [_list(one) for one in all_lists()]
    parts.append(
        "\n## Schemes\n\nThe last column is what a code becomes in the list named there.\n"
    )
    parts += [_scheme(one) for one in all_schemes()]
    parts.append("\n## Breaks\n\nWhat can be compared when a list changed.\n")
    parts += [_breaks(code_list(before), code_list(after)) for before, after in _BREAKS]
    parts.append(
        "\n## Rules\n\nEvery result rests on one of these.\n\n| Rule | Means |\n| --- | --- |\n"
    )
    parts += [f"| {rule} | {said} |\n" for rule, said in RULES.items()]
    parts.append("\n## Functions\n")
    parts += [_function(each) for each in _FUNCTIONS]
    return "".join(parts)


def _unverified() -> str:
    lists = [one for one in all_lists() if not one.verified]
    lines = [f"- The list `{one.name}`. {one.note}\n" for one in lists]
    for one in all_schemes():
        codes = [code.code for code in one.codes if "not read" in code.why]
        if codes:
            named = "every code" if len(codes) == len(one.codes) else f"{', '.join(codes)}"
            lines.append(f"- Of the scheme `{one.name}`: {named}. A person decides.\n")
    return "".join(lines)


def _list(one: CodeList) -> str:
    where = f" <{one.address}>" if one.address else ""
    text = f"\n### `{one.name}`\n\n{one.title}. Version {one.version}, {one.dated}.\n\n"
    text += f"Source: {one.source}.{where}\n"
    text += f"\n{one.note}\n" if one.note else ""
    rolled = [grouping for grouping in one.groupings if grouping.name != DETAILED]
    text += "\n" + _row(["Code", "Label", *(f"`{g.name}`" for g in rolled)])
    text += _row(["---"] * (2 + len(rolled)))
    for item in one.items:
        label = f"{item.heading}: {item.label}" if item.heading else item.label
        groups = [one.roll(item.code, grouping.name) for grouping in rolled]
        text += _row([f"`{item.code}`", label, *groups])
    if rolled:
        text += "\n" + "".join(f"- `{each.name}`: {each.title}\n" for each in rolled)
    return text


def _scheme(one: Scheme) -> str:
    where = f" <{one.address}>" if one.address else ""
    into = code_list(_SHOWN[one.characteristic])
    text = f"\n### `{one.name}`\n\n{one.title}.\n\nSource: {one.source}, {one.dated}.{where}\n"
    text += f"\n{one.note}\n" if one.note else ""
    text += "\n" + _row(["Code", "Words", f"In `{into.name}`"]) + _row(["---"] * 3)
    for code in one.codes:
        reading = read(code.code, into, one.name)
        found = f"`{reading.result}`" if reading.result else f"a person decides: {code.why}"
        if not reading.result and not code.why:
            found = "a person decides: the list has no such group of its own"
        text += _row([code.code, code.label, found])
    return text


def _breaks(before: CodeList, after: CodeList) -> str:
    text = f"\n### {before.title} to {after.version}\n\n"
    for name in (grouping.name for grouping in before.groupings):
        found = [one for one in breaks(before, after, name) if not one.comparable]
        said = " ".join(one.sentence for one in found) or "Every group can be compared."
        text += f"- `{name}`: {said}\n"
    return text


def _function(each: Callable[..., Any]) -> str:
    said = inspect.getdoc(each) or ""
    return f"\n### `{each.__name__}`\n\n```text\n{said}\n```\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"
