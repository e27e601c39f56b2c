"""Broken and hostile files: refused or set apart, with the row, and nothing is stored or told."""

import pytest

from core.workforce.broken_files import READ, REFUSED, SECRET, SET_APART, one_bad
from core.workforce.staff_files import checked, found, people, written
from goldenthread.cli.workforce import as_data, lines
from goldenthread.errors import Refusal, Unreadable, Unsafe
from goldenthread.workforce.files import RULES, read_workforce


@pytest.mark.parametrize("kind", SET_APART)
def test_a_broken_row_is_set_apart_with_its_row_column_and_rule(tmp_path, kind):
    content, rule, column = SET_APART[kind]
    suffix = ".xlsx" if isinstance(content, bytes) and content.startswith(b"PK") else ".csv"
    path = written(tmp_path, content, "staff" + suffix)
    before = {each.name: each.stat().st_mtime_ns for each in tmp_path.iterdir()}
    check = read_workforce(path)
    assert found(check) == [(rule, column, [3])]
    assert (check.quarantined, check.rows.column("person")) == (1, ["1001", "1003"])
    assert not check.clean
    assert SECRET not in "\n".join(lines(check)) + str(as_data(check)) + repr(check)
    assert {each.name: each.stat().st_mtime_ns for each in tmp_path.iterdir()} == before


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_trusted_is_refused_by_name_and_row(tmp_path, kind):
    content, row = REFUSED[kind]
    path = written(tmp_path, content, "staff.csv")
    with pytest.raises((Unreadable, Unsafe)) as refused:
        read_workforce(path)
    said = refused.value
    assert said.file == path.name
    assert said.place.row == row
    assert SECRET not in f"{said}{said!r}{said.args}"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("kind", READ)
def test_a_strange_and_sound_file_is_read(tmp_path, kind):
    path = written(tmp_path, READ[kind])
    check = read_workforce(path)
    assert (check.findings, check.quarantined) == ((), 0)
    assert len(check.rows) in (1, 3)


def test_every_rule_that_sets_a_row_apart_is_shown_by_a_broken_file():
    elsewhere = {  # these need more than one broken row, a list beside, or another contract
        "repeated", "day_order", "grade_order", "grade_orders", "unknown_unit", "birth_after_start",
        "not_yes_no", "not_one_of", "not_whole", "appointed_unlisted",
    }  # fmt: skip
    shown = {rule for _, rule, _ in SET_APART.values()}
    assert shown | elsewhere == {code for code, rule in RULES.items() if rule.effect == "set apart"}


def test_300_faults_or_3_make_a_report_of_the_same_length(tmp_path):
    def report(bad):
        rows = people(*[{"Hourly pay": "NaN", "Start date": "31/02/2014"}] * bad, count=5)
        return lines(checked(tmp_path, rows))

    assert len(report(3)) == len(report(300))
    assert max(map(len, report(300))) < 400


def test_a_refusal_after_many_rows_gives_none_of_them(tmp_path):
    content = b"\r\n".join([one_bad("Grade", "G7"), b"x" * 1_200_000])
    with pytest.raises(Refusal):
        checked(tmp_path, content)


def test_a_report_names_headings_that_try_to_reach_the_terminal_without_their_signs(tmp_path):
    rows = [{**row, "\x1b[2J\x07Evil\u202e": "1"} for row in people(count=1)]
    check = checked(tmp_path, rows)
    said = "\n".join(lines(check)) + str(as_data(check))
    assert "Evil" in said
    assert [sign for sign in said if not sign.isprintable() and sign != "\n"] == []
