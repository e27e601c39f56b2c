"""Files of invented staff, as HR systems give them."""

import csv
import io

import openpyxl

from goldenthread.workforce.files import read_workforce

PERSON = {
    "Snapshot date": "31/03/2026",
    "Staff number": "1001",
    "Directorate": "Place",
    "Unit": "Highways",
    "Grade": "G7",
    "Grade order": "7",
    "Job title": "Engineer",
    "Sex": "Female",
    "Ethnic origin": "A White - British",
    "Disability": "No",
    "Religion": "",
    "Sexual orientation": "Prefer not to say",
    "Date of birth": "14/02/1981",
    "Working pattern": "Full time",
    "Weekly hours": "36",
    "FTE": "1",
    "Start date": "14/09/2014",
    "Full pay": "Yes",
    "Hourly pay": "22.10",
    "Bonus": "",
    "Board": "No",
    "Leadership": "",
    "Objection": "",
}
"""One person of whom nothing is wrong."""


def people(*changes, count=0):
    """Rows of people, numbered from 1001: one for each dict of changes, and ``count`` unchanged."""
    rows = [*changes, *({} for _ in range(count))]
    return [{**PERSON, "Staff number": str(1001 + at), **row} for at, row in enumerate(rows)]


def as_csv(rows, encoding="utf-8"):
    """The rows with their headings, in the bytes of a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_book(rows, *, title="Staff"):
    """The rows with their headings as a workbook, to be changed before it is saved."""
    book = openpyxl.Workbook()
    book.active.title = title
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    return book


def written(folder, content, name="staff.csv"):
    """The path of a file with these rows, bytes or workbook."""
    path = folder / name
    if isinstance(content, list):
        content = as_csv(content)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path = path.with_suffix(".xlsx")
        content.save(path)
    return path


def checked(folder, content, contract="people", **options):
    """What a file with these rows holds."""
    return read_workforce(written(folder, content), contract, **options)


def found(check):
    """The rule, column and rows of every finding."""
    return [(one.rule, one.column, list(one.rows)) for one in check.findings]
