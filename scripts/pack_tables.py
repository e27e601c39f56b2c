"""The reference page of packs: every pack, every table with its columns, and by whose method.

The tables are those that packs really make, of a small invented body with a population and a
campaign, so that each is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, get_args

from formula_pages import page, table

from goldenthread import categories, warehouse
from goldenthread.disclosure import raw
from goldenthread.disclosure.raw import Kind, RawTable
from goldenthread.example_data.borough import borough
from goldenthread.workforce import packs
from goldenthread.workforce.files import Columns
from goldenthread.workforce.packs.methods import method
from goldenthread.workforce.rates import Benchmark, Campaign

OPENING = """What `goldenthread workforce pack NAME` and `packs.make_pack` give: every pack, every table in
it with its columns, and the functions and sources behind its figures. How to make one is in
[Make a workforce pack](../how-to/make-a-workforce-pack.md); why it is as it is, in
[decision 0041](../decisions/0041-what-stands-out-of-a-pack.md).

Nothing here is for publication: these tables are internal. What may leave the council is decided
elsewhere.

## The packs

A table of which the records hold nothing is left out: no population, campaign or event, no table. A
second population is `population_2`, and so on."""  # noqa: E501
_IN_EVERY = f"""## What is in every table

Every row of a CSV file, and every JSON file, says “{raw.MARK}”. A table has its day, what it
counts, notes that belong to its figures, and its sources: the files or snapshots that were read, and
whose methods were used. An empty cell says nothing; a figure that is not given is marked: `[c]` few
people stand behind it, `[x]` there is nothing to reckon it from, `[z]` it does not apply. JSON says
why beside the mark, and keeps fractions exact."""  # noqa: E501
_KINDS = {
    "words": "words",
    "count": "a whole number, nought or more",
    "share": "per cent, from 0 to 100",
    "pence": "whole pence",
    "number": "any figure, in the unit that the head names",
    "day": "a day, as 2026-03-31 in a file",
    "flag": "yes or no",
}
_DOUBTS = """## In doubt

- *Firm* is a promise for each table: if there were nothing to find, at worst one table in twenty would hold
  a firm line all the same. Over a whole pack it is none.
- A distance is read off a 95% interval as if chance were normal. Beyond four standard errors that is rough,
  and an interval of a median in steps of a pay scale has flat places.
- Most people are in both of two snapshots, so an interval of a change is wider than need be, and a change
  that it does not see may be one.
- How few people may stand behind a figure is each measure's own rule ([rates](rates.md), [pay](pay.md)),
  unless `--least` asks for more of all. It keeps chance
  from being told as a figure. It protects nobody: that is the work of the gate."""  # noqa: E501
_PLACE = {"rates": "rates.md", "pay": "pay.md", "workforce": "rates.md", "packs": "packs.md"}
# In the place of a day, since the days are those of the body that is asked.
_DAYS = {"31 December 2025": "the snapshot before", "2025-12-31": "the snapshot before",
         "2026-03-31": "the snapshot"}  # fmt: skip


class _Once:
    """Records that are asked each question once, however many packs ask it."""

    def __init__(self, records: warehouse.LockedRecords) -> None:
        self.rows = cache(records.rows)


@contextmanager
def _asked() -> Iterator[tuple[Any, packs.Asked]]:
    lists = categories.lists_in_use("England")
    rows = zip(*categories.groups_rows(lists.values()), strict=True)
    groups = Columns(dict(zip(warehouse.TABLES["groups"].names, rows, strict=True)))
    population = Benchmark(
        "an area", date(2021, 3, 21), "working_age", "", "ethnicity", "white_other",
        "the file of the population names its own", "",
        {"white": Fraction(3, 5), "all_other": Fraction(2, 5)}, None,
    )  # fmt: skip
    tables = [*borough(people=100, quarters=2).items(), ("groups", groups)]
    with warehouse.in_memory(tables) as records:
        yield _Once(records), packs.ask(
            records, lists=lists, sources=[""], benchmarks=[population],
            campaigns=[Campaign(date(2026, 1, 1), "")],
        )  # fmt: skip


@cache
def made_packs() -> dict[str, packs.Pack]:
    """Every pack, by its name, of the small body."""
    with _asked() as (records, asked):
        return {name: packs.make_pack(name, records, asked) for name in packs.PACKS}


def packs_reference() -> str:
    """The page, from packs that are made and from the docstrings of what stands out."""
    made = made_packs()
    tables = {one.name: one for each in made.values() for one in each.tables}
    held = [
        [f"`{name}`", each.title, ", ".join(_link(one.name) for one in each.tables)]
        for name, each in made.items()
    ]
    formulas = page("", "", [("workforce.packs", ""), ("workforce.packs.standing_out", "")])
    formulas = formulas[formulas.index("## ") :]
    parts = [
        "# Packs: every table, its columns, and by whose method",
        "Made from the code by `scripts/write_reference.py`.",
        OPENING,
        table(["Pack", "What it holds", "Tables"], held),
        _IN_EVERY,
        table(["Kind of column", "Holds"], [[f"`{k}`", _KINDS[k]] for k in get_args(Kind)]),
        "## The tables",
        *(part for one in tables.values() for part in _told(one, made)),
        formulas.strip("\n"),
        _DOUBTS,
    ]
    return "\n\n".join(parts) + "\n"


def _told(one: RawTable, made: dict[str, packs.Pack]) -> list[str]:
    how = method(one.name)
    within = ", ".join(f"`{name}`" for name, each in made.items() if one in each.tables)
    if one.name == "stands_out":
        within = "every pack, first"
    columns = [
        [f"`{each.name}`", _undated(each.title), f"`{each.kind}`", each.unit]
        for each in one.columns
    ]
    reckoned = ", ".join(f"[`{name}`]({_address(name)})" for name in how.functions)
    # The first source is the records that were asked.
    sources = [f"- Source: {_linked(each)}" for each in one.sources[1:]]
    return [
        f"### `{one.name}`",
        f"{_undated(one.title)}. In: {within}. Counts: {one.of}.",
        table(["Column", "Head", "Kind", "Unit"], columns),
        f"Reckoned by {reckoned}.",
        "\n".join(sources),
    ]


def _link(name: str) -> str:
    return f"[`{name}`](#{name})"


def _address(function: str) -> str:
    room, name = function.split(".")
    return f"{_PLACE[room]}#{name}"


def _undated(words: str) -> str:
    for day, said in _DAYS.items():
        words = words.replace(day, said)
    return words


def _linked(source: str) -> str:
    words = source.split("http", 1)
    address = f"<http{words[1]}>" if len(words) == 2 else ""
    return f"{words[0]}{address}".strip(" ,") if words[0].strip(" ,") else address
