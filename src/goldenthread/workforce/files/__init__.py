"""A file of staff records against its contract: what may be counted, and why the rest may not.

``read_workforce`` reads and checks one file; ``contract`` is what it is held to; ``read_units`` and
``read_grades`` read the lists of what may be named; ``mapped_by`` says what its words mean.
``staff_tables`` makes checked files the tables that measures read.
"""

from goldenthread.workforce.files.answers import mapped_by
from goldenthread.workforce.files.check import Mapped, read_workforce
from goldenthread.workforce.files.checked import Checked, Note, Rows
from goldenthread.workforce.files.contract import NAMES, Column, Contract, contract
from goldenthread.workforce.files.faults import RULES, Finding, Rule
from goldenthread.workforce.files.headings import Layout, Remembered, remembered
from goldenthread.workforce.files.kind import kind_of
from goldenthread.workforce.files.known import Units, read_grades, read_units, unit_lines
from goldenthread.workforce.files.tables import Columns, StaffTables, staff_tables

__all__ = [
    "NAMES",
    "RULES",
    "Checked",
    "Column",
    "Columns",
    "Contract",
    "Finding",
    "Layout",
    "Mapped",
    "Note",
    "Remembered",
    "Rows",
    "Rule",
    "StaffTables",
    "Units",
    "contract",
    "kind_of",
    "mapped_by",
    "read_grades",
    "read_units",
    "read_workforce",
    "remembered",
    "staff_tables",
    "unit_lines",
]
