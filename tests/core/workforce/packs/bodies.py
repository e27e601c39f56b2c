"""Bodies of staff for packs: some like a council, some as small or strange as a body can be."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from goldenthread.categories import groups_rows, lists_in_use
from goldenthread.warehouse import TABLES, in_memory
from goldenthread.workforce import packs

BEFORE, NOW = date(2025, 3, 31), date(2026, 3, 31)
LISTS = lists_in_use("England")
SOURCES = ("staff.csv: some rows of people",)
WHO = ("sex", "ethnicity", "disability", "religion", "orientation", "gender_identity")


class Given:
    """Rows from dicts, as a warehouse receives them; what a dict does not say is None."""

    def __init__(self, table, rows):
        self.names = TABLES[table].names
        self._rows = list(rows)

    def column(self, name):
        return [row.get(name) for row in self._rows]

    def __len__(self):
        return len(self._rows)


def person(number, on=NOW, **others):
    """One row of people of whom nothing is strange."""
    row = {
        "snapshot": on, "person": f"{number}", "unit": "place / parks", "grade": "g1",
        "grade_order": 1, "sex": "female", "ethnicity": "white_british",
        "disability": "not_disabled", "religion": "no_religion",
        "orientation": "straight_or_heterosexual", "gender_identity": "same_as_sex", "age": 41,
        "working_pattern": "full_time", "hours": Decimal("36.00"), "fte": Decimal("1.0000"),
        "started": date(2019, 9, 2), "relevant": True, "full_pay": True, "hourly_pence": 1500,
        "board": False, "leadership": False,
    }  # fmt: skip
    return row | others


def undeclared(number, on=NOW, state="blank", **others):
    """Somebody of whom nothing is known but their sex."""
    return person(number, on, **dict.fromkeys(WHO[1:], state), age=None, **others)


def who(row):
    """The codes of a person, as an event of theirs holds them."""
    return {name: row[name] for name in (*WHO, "unit")}


def lines(people):
    """Each unit of each snapshot with itself and all that stands above it."""
    for day, unit in sorted({(row["snapshot"], row["unit"]) for row in people}):
        names = unit.split(" / ")
        for up in range(len(names)):
            above = " / ".join(names[: len(names) - up])
            yield {"snapshot": day, "unit": unit, "ancestor": above, "depth": up}


def groups():
    """How the codes of the lists in use roll up."""
    names = ("characteristic", "code", "grouping", "grp", "position")
    return Given(
        "groups", [dict(zip(names, row, strict=True)) for row in groups_rows(LISTS.values())]
    )


@contextmanager
def records_of(people, **events):
    """Records that hold these people, with their units, the roll-ups, and what happened to them."""
    people = list(people)
    tables = [
        ("people", Given("people", people)),
        ("unit_lines", Given("unit_lines", lines(people))),
        ("groups", groups()),
        *((name, Given(name, rows)) for name, rows in events.items()),
    ]
    with in_memory(tables) as records:
        yield records


def pack_of(name, people, events=None, **options):
    """The pack of this name that is made of these people."""
    with records_of(people, **(events or {})) as records:
        asked = packs.ask(records, lists=LISTS, sources=SOURCES, **options)
        return packs.make_pack(name, records, asked)


def rows_of(table):
    """The rows of a table by the names of its columns."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]
