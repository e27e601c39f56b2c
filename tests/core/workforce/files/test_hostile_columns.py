"""Every column of every kind of file, with each value that is none: set apart, and never told."""

import json

import pytest

from core.workforce.broken_files import SECRET
from core.workforce.staff_files import as_csv, written
from goldenthread.cli.workforce import as_data, lines
from goldenthread.workforce.files import NAMES, contract, read_workforce

# What is wrong in whatever column it stands, and what in columns of one form.
ANYWHERE = {
    f"=HYPERLINK({SECRET})": "formula",
    f"@{SECRET}": "formula",
    "#REF!": "error_value",
    f"{SECRET}\n7": "control",
    f"{SECRET}\ufffd": "encoding",
    SECRET * 40: "too_long",
}
OF_FORM = {
    "day": {"31/12/9999": "impossible_day", "01/01/0001": "impossible_day", "31/02/2026":
            "impossible_day", f"{SECRET}": "not_a_day", "NaN": "not_a_day"},
    "money": {"NaN": "not_a_number", "-Infinity": "not_a_number", "1e308": "not_a_number",
              "9" * 12: "impossible_number", SECRET: "not_a_number"},
    "hours": {"NaN": "not_a_number", "-1": "impossible_number", "169": "impossible_number"},
    "share": {"inf": "not_a_number", "-0.5": "impossible_number", "1e9": "not_a_number"},
    "whole": {"1.5": "not_whole", "nan": "not_a_number", "9" * 12: "impossible_number"},
    "yes_no": {"perhaps": "not_yes_no", SECRET: "not_yes_no", "2": "not_yes_no"},
    "choice": {SECRET: "not_one_of", "nan": "not_one_of"},
    "reference": {"1.2E+11": "shortened"},
}  # fmt: skip
OF_SOMEBODY = {
    "Invented Person": "names_somebody",
    f"{SECRET}@council.example": "names_somebody",
    "QQ 12 34 56 C": "names_somebody",
}
COLUMNS = [(kind, column.name) for kind in NAMES for column in contract(kind).columns]


def sound(kind, number):
    """A row of which nothing is wrong and that no other repeats, by the titles of its contract."""
    row = {}
    for column in contract(kind).columns:
        value = next(filter(None, column.examples))
        row[column.name] = f"{value}{number}" if column.form == "reference" else value
    row |= {"objection": "", "unit": f"team {number}", "grade": "G7", "grade_order": "7"}
    row |= {
        "age": "41",
        "birth_date": "14/02/1981",
        "snapshot": "31/03/2026",
        "started": "1/2/2010",
    }
    row |= {"shortlisted": "Yes", "reduced_pay": "No", "main_post": "Yes", "full_pay": "Yes"}
    return {name: row[name] for name in row if name in contract(kind)}


def wrong(column):
    """Values that are none in this column, with the rule that each breaks."""
    values = ANYWHERE | OF_FORM.get(column.form, {})
    if column.form in ("money", "hours", "share", "whole"):
        values |= {f"+{SECRET}": "not_a_number"}
    elif column.form != "day":
        values |= {f"-{SECRET}": "formula", f"+{SECRET}": "formula"}
    if column.of_somebody:
        values |= OF_SOMEBODY
    if column.needed or column.needed_in_row:
        values |= {"": "blank"}
    return values


def titled(kind, row):
    return {contract(kind).column(name).title: value for name, value in row.items()}


@pytest.mark.parametrize("kind", NAMES)
def test_what_is_sound_in_these_tests_is_sound(tmp_path, kind):
    path = written(tmp_path, as_csv([titled(kind, sound(kind, at)) for at in range(3)]))
    check = read_workforce(path, kind)
    assert (check.findings, len(check.rows), check.dropped) == ((), 3, ())


@pytest.mark.parametrize(("kind", "name"), COLUMNS)
def test_each_value_that_is_none_sets_its_row_apart_and_no_other(tmp_path, kind, name):
    column = contract(kind).column(name)
    values = wrong(column)
    rows, expected = [], {}
    for value, rule in values.items():
        rows.append(sound(kind, len(rows)))
        rows.append(sound(kind, len(rows)) | {name: value})
        expected.setdefault(rule, []).append(len(rows) + 1)
    path = written(tmp_path, as_csv([titled(kind, row) for row in rows]))
    check = read_workforce(path, kind)
    told = {}
    for one in check.findings:
        assert one.column == name
        assert one.heading.words == column.title
        told.setdefault(one.rule, []).extend(one.rows)
    assert told == expected
    assert (len(check.rows), check.quarantined) == (len(values), len(values))
    said = "\n".join([*lines(check), json.dumps(as_data(check)), repr(check)])
    assert SECRET not in said
    assert "Invented Person" not in said
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_every_form_of_a_column_has_values_that_are_none():
    forms = {column.form for kind in NAMES for column in contract(kind).columns}
    assert forms - set(OF_FORM) == {"words", "code"}  # of which only what is wrong anywhere is


@pytest.mark.parametrize("kind", NAMES)
def test_a_file_in_which_every_row_is_broken_gives_no_row_and_no_word(tmp_path, kind):
    name = next(c.name for c in contract(kind).columns if c.of_somebody)
    rows = [titled(kind, sound(kind, at) | {name: f"={SECRET}{at}"}) for at in range(30)]
    check = read_workforce(written(tmp_path, as_csv(rows)), kind)
    assert (len(check.rows), check.quarantined) == (0, 30)
    assert SECRET not in "\n".join(lines(check))


# Of pay a row may come twice: an element can be paid twice. What differs in the last row of each.
TWICE = {
    "people": {"hours": "18"},
    "applications": {"internal": "No"},
    "cases": {"formal": "No"},
    "training": {"mandatory": "No"},
    "moves": {"grade": "G8"},
}


@pytest.mark.parametrize("kind", TWICE)
def test_the_same_row_twice_counts_once_and_one_that_differs_counts_neither(tmp_path, kind):
    first, second = sound(kind, 1), sound(kind, 2)
    if kind in ("cases", "training", "applications"):
        (name,) = TWICE[kind]
        second[name] = "Yes"
    rows = [first, first, second, second | TWICE[kind], sound(kind, 3)]
    check = read_workforce(written(tmp_path, as_csv([titled(kind, row) for row in rows])), kind)
    found = {(one.rule, tuple(one.rows)) for one in check.findings}
    assert found == {("same_again", (3,)), ("repeated", (4, 5))}
    assert (len(check.rows), check.quarantined, check.passed_over) == (2, 2, 1)


def test_pay_that_is_alike_is_counted_twice_and_told(tmp_path):
    rows = [titled("pay", sound("pay", 1))] * 2
    check = read_workforce(written(tmp_path, as_csv(rows)), "pay")
    assert [(one.rule, list(one.rows)) for one in check.findings] == [("alike", [3])]
    assert (len(check.rows), check.quarantined) == (2, 0)
