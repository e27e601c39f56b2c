"""What may leave the council. It begins with the table that may not: ``RawTable``."""

from goldenthread.disclosure.raw import (
    MARK,
    SCHEMA,
    Cell,
    Column,
    Figure,
    Kind,
    NotSaid,
    RawTable,
    from_json,
    to_csv,
    to_json,
)

__all__ = [
    "MARK",
    "SCHEMA",
    "Cell",
    "Column",
    "Figure",
    "Kind",
    "NotSaid",
    "RawTable",
    "from_json",
    "to_csv",
    "to_json",
]
