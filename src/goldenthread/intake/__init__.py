"""Reads any untrusted file, bounded, in a limited child process; knows no plan and no staff."""

from goldenthread.intake.document import (
    Block,
    Cell,
    Document,
    LeftOut,
    Paragraph,
    Record,
    Row,
    Table,
)
from goldenthread.intake.limits import Limits
from goldenthread.intake.parent import read, rows

__all__ = [
    "Block",
    "Cell",
    "Document",
    "LeftOut",
    "Limits",
    "Paragraph",
    "Record",
    "Row",
    "Table",
    "read",
    "rows",
]
