"""Numbers about the people who work here: exact, with their base, their source and their doubt."""

from goldenthread.workforce.check import Mapped, read_workforce
from goldenthread.workforce.checked import Checked, Note, Rows
from goldenthread.workforce.contract import NAMES, Column, Contract, contract
from goldenthread.workforce.faults import RULES, Finding, Rule
from goldenthread.workforce.headings import Layout, Remembered, remembered
from goldenthread.workforce.known import Units, read_grades, read_units, unit_lines

__all__ = [
    "NAMES",
    "RULES",
    "Checked",
    "Column",
    "Contract",
    "Finding",
    "Layout",
    "Mapped",
    "Note",
    "Remembered",
    "Rows",
    "Rule",
    "Units",
    "contract",
    "read_grades",
    "read_units",
    "read_workforce",
    "remembered",
    "unit_lines",
]
