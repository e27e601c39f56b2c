"""The reference page of the vault: the tables that measures read, and how internal figures lie."""

from __future__ import annotations

import inspect
from typing import get_args

from formula_pages import page, plain, table

from goldenthread import warehouse
from goldenthread.disclosure import raw
from goldenthread.warehouse.manifest import Act
from goldenthread.workforce.files import NAMES, contract

OPENING = """Staff records lie outside the database, in a vault or, for as long as one question takes, in
memory. Measures read them by standard SQL from the tables below, whoever holds them: DuckDB over a
vault, PostgreSQL, or Spark over the records of a region
([decision 0039](../decisions/0039-the-vault.md), [decision 0040](../decisions/0040-one-sql-for-every-engine.md)).

Nothing in these tables is for publication, and nothing that is reckoned from them is before it has
passed the gate."""  # noqa: E501
_DATED = {
    "snapshot": "as things stood on one day; a file holds one day",
    "events": "what happened in a span of days; no day is held twice",
    "once": "a list; each newer one replaces it",
}
_MEANS = {
    "people": "One row for one person on the day of the snapshot. Whoever objected is not in it.",
    "groups": "How the codes of each list are rolled up, the states of missing into themselves.",
    "unit_lines": "Each unit with every unit above it; itself at depth 0.",
    "applications": "One row for one application, in the quarter that ends with the day.",
    "cases": "One row for one case, on the day when it was opened.",
    "training": "One row for one person on one course.",
    "moves": "One row for one person who joined, left or was promoted.",
}
# What a column means that no contract of a file names so.
_COLUMNS = {
    "characteristic": "Which list the code is of.",
    "code": "A code of the list, or a state of missing.",
    "grouping": "The roll-up, such as `five` or `white_other`.",
    "grp": "The group that the code belongs to in that roll-up.",
    "position": "Where the group stands in the roll-up, from 1.",
    "ancestor": "A unit that it lies under, or itself.",
    "depth": "How many steps up: 0 is the unit itself.",
    "hourly_pence": "Hourly pay in whole pence, reckoned by paragraph 6 ([pay](pay.md)).",
    "bonus_pence": "Bonus of the twelve months that end with the snapshot, in whole pence.",
    "period": "The last day of the quarter of the application.",
    "unit": "The path of the unit, lower case.",
    "snapshot": "The day on which things stood so.",
}
_PERSON = """A person is known by a pseudonym alone: HMAC-SHA-256 of their number under the key of the
vault, in 128 bits. The key stands in the vault's folder and never leaves it; in memory it is made anew
and kept by nobody. Codes are those of [categories](categories.md), or one of `not_asked`, `blank`,
`prefer_not_to_say`, `not_known`."""  # noqa: E501


def vault_reference() -> str:
    """The page, from the tables of the warehouse and the docstrings of what holds them."""
    held = [
        ("warehouse.vault", _acts()),
        ("warehouse.manifest", _in_words(warehouse.Snapshot, warehouse.Deed)),
        ("warehouse.memory", _in_words(warehouse.in_memory)),
        ("disclosure.raw", _raw()),
    ]
    rooms = page("", "", held)
    parts = [
        "# The vault: its tables, and internal figures",
        "Made from the code by `scripts/write_reference.py`.",
        OPENING,
        "## The tables",
        _PERSON,
        *(_table(one) for one in warehouse.TABLES.values()),
        rooms[rooms.index("## ") :].strip("\n"),
    ]
    return "\n\n".join(parts) + "\n"


def _table(one: warehouse.Table) -> str:
    rows = [
        [f"`{each.name}`", f"`{each.type}`", _meaning(one.name, each.name), _null(each)]
        for each in one.columns
    ]
    unique = ", ".join(f"`{name}`" for name in one.unique)
    more = [
        f"{_MEANS[one.name]} Dated: {_DATED[one.dated]}.",
        f"A pseudonym stands in `{one.key}`." if one.key else "",
        f"No two rows of a file share {unique}." if unique else "",
    ]
    said = " ".join(each for each in more if each)
    return (
        f"### `{one.name}`\n\n{said}\n\n{table(['Column', 'Type', 'Means', 'May be NULL'], rows)}"
    )


def _meaning(table: str, column: str) -> str:
    if column in _COLUMNS:
        return _COLUMNS[column]
    return contract(table).column(column).meaning if table in NAMES else ""


def _null(column: warehouse.Column) -> str:
    return "yes" if column.may_be_null else ""


def _acts() -> str:
    """What can be done with a vault, from the methods of the class and of its room."""
    rows = []
    for name, each in vars(warehouse.Vault).items():
        if not name.startswith("_") and inspect.isfunction(each):
            rows.append([f"`{name}`", _first(each)])
    acts = ", ".join(f"*{each}*" for each in get_args(Act))
    return "\n\n".join(
        [
            _in_words(warehouse.Vault),
            table(["`Vault`", "What it does"], [["`create`", _first(warehouse.create)], *rows]),
            f"The record of what was done knows {acts}, each with its moment, and nobody's name.",
        ]
    )


def _raw() -> str:
    kinds = ", ".join(f"`{each}`" for each in get_args(raw.Kind))
    rows = [
        [f"`{name}`", _first(getattr(raw, name))]
        for name in ("RawTable", "Column", "NotSaid", "to_json", "from_json", "to_csv")
    ]
    return "\n\n".join(
        [
            table(["Name", "What it is"], rows),
            f"Every JSON file is of the schema `{raw.SCHEMA}` and, like every row of a CSV "
            f"file, says “{raw.MARK}”. A column is of one of the kinds {kinds}.",
        ]
    )


def _in_words(*told: object) -> str:
    """What docstrings say, without their examples."""
    parts = [part for each in told for part in (inspect.getdoc(each) or "").split("\n\n")]
    return "\n\n".join(plain(part) for part in parts if not part.startswith(">>>"))


def _first(each: object) -> str:
    """The first paragraph of a docstring in one line."""
    return plain((inspect.getdoc(each) or "").split("\n\n")[0])
