"""Rows as a checked file gives them, and vaults that hold some."""

from datetime import UTC, date, datetime
from decimal import Decimal

from goldenthread.warehouse import TABLES, Arrival, create

MARCH, JUNE, JULY = date(2026, 3, 31), date(2026, 6, 30), date(2026, 7, 1)
AT = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
UNTIL = date(2032, 3, 31)
WHO = {
    "sex": "female",
    "ethnicity": "white_british",
    "disability": "not_asked",
    "religion": "no_religion",
    "orientation": "prefer_not_to_say",
    "gender_identity": "blank",
}


class Given:
    """Rows from dicts; what a dict does not say is None."""

    def __init__(self, table, rows, names=None):
        self.names = names or TABLES[table].names
        self._rows = rows

    def column(self, name):
        return [row.get(name) for row in self._rows]

    def __len__(self):
        return len(self._rows)


def staff(number, on=MARCH, **others):
    """One row of people."""
    row = {
        "snapshot": on, "person": number, "unit": "libraries", "grade": "g5", "grade_order": 5,
        **WHO, "age": 41, "working_pattern": "full_time", "hours": Decimal("36.25"),
        "fte": Decimal("1.0000"), "started": date(2019, 9, 2), "relevant": True, "full_pay": True,
        "hourly_pence": 1554, "board": False, "leadership": False,
    }  # fmt: skip
    return row | others


def training(number, on=MARCH, **others):
    """One row of training."""
    row = {"on_day": on, "person": number, "mandatory": False, "funded": True, "unit": "libraries"}
    return row | WHO | others


def arrival(table, rows, on, **others):
    """Rows on their way into a vault."""
    said = {"contract": f"{table}/1", "keep_until": UNTIL} | others
    return Arrival(table, on, Given(table, rows), **said)


def receive(vault, table, rows, on, **others):
    """Have a vault keep rows."""
    said = {"contract": f"{table}/1", "keep_until": UNTIL, "at": AT} | others
    return vault.receive(table, Given(table, rows), on=on, **said)


def filled(folder):
    """A vault with two days of three people, and what one of them learnt."""
    vault = create(folder)
    for on in (MARCH, JUNE):
        receive(vault, "people", [staff(n, on) for n in ("101", "102", "103")], on)
    receive(vault, "training", [training("101"), training("102")], MARCH)
    return vault


def people(vault):
    """How many people each day holds."""
    with vault.records() as records:
        return dict(
            records.rows(
                "select snapshot, count(*) from people group by snapshot order by snapshot"
            )
        )
