"""What the words of a characteristic mean: a whole column is read into its list, or refused."""

from datetime import date

import pytest

from core.workforce.staff_files import as_csv, people, written
from goldenthread.categories import lists_in_use, map_column, settle
from goldenthread.errors import Unreadable
from goldenthread.workforce.files import mapped_by, read_workforce

DAY = date(2026, 3, 31)
LISTS = lists_in_use()
SECRET = "Zq7Secret"


def read(folder, rows, **settled):
    path = written(folder, as_csv(rows))
    return read_workforce(path, mapping=mapped_by(LISTS, on=DAY, settled=settled))


def test_each_characteristic_is_read_into_the_code_of_its_list(tmp_path):
    (row,) = read(tmp_path, people(count=1)).rows
    assert [row[name] for name in ("sex", "ethnicity", "disability", "orientation")] == [
        "female", "white_british", "not_disabled", "prefer_not_to_say",
    ]  # fmt: skip


def test_four_ways_of_missing_are_told_apart(tmp_path):
    rows = people({"Religion": "Not known"}, {"Religion": ""}, {"Religion": "Prefer not to say"},
                  {"Religion": "Christian"})  # fmt: skip
    check = read(tmp_path, rows)
    assert check.rows.column("religion") == [
        "not_known", "blank", "prefer_not_to_say", "christian",
    ]  # fmt: skip
    assert set(check.rows.column("gender_identity")) == {"not_asked"}  # there is no column for it


def test_a_word_that_nobody_has_settled_is_not_known_and_asks_for_a_look(tmp_path):
    rows = people({"Religion": SECRET}, *[{"Religion": "Christian"}] * 20)
    check = read(tmp_path, rows)
    assert check.rows.column("religion")[0] == "not_known"
    (note,) = [note for note in check.notes if note.code == "unsettled"]
    assert note.asks
    assert "1 different values of “Religion or belief”" in note.says
    assert SECRET not in str(check.notes)


def test_what_a_person_has_settled_goes_before_any_rule(tmp_path):
    words = {SECRET: 1, "Christian": 20}
    open_ = map_column(words, LISTS["religion"], on=DAY)
    (entry,) = open_.review
    kept = settle(open_, {entry.key: "muslim"}, by="Head of HR", on=DAY)
    rows = people({"Religion": SECRET}, *[{"Religion": "Christian"}] * 20)
    check = read(tmp_path, rows, religion=kept)
    assert check.rows.column("religion")[:2] == ["muslim", "christian"]
    assert [note for note in check.notes if note.code == "unsettled"] == []


def test_a_column_that_fits_no_scheme_is_refused_whole_and_without_a_word_of_it():
    mapping = mapped_by(LISTS, on=DAY)
    with pytest.raises(Unreadable) as refused:
        mapping("ethnicity", {f"{SECRET} {at}": 1 for at in range(40)})
    said = str(refused.value)
    assert "fit no scheme of codes, or several that differ." in said
    assert "goldenthread categories map" in said
    assert SECRET not in said
    assert refused.value.__cause__ is None


def test_a_characteristic_without_a_list_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="There is no list for height"):
        mapped_by(LISTS, on=DAY)("height", {"tall": 1})


def test_every_word_that_is_asked_has_an_answer():
    words = {"Female": 3, "m": 2, "F": 1, "unknown": 1}
    codes = mapped_by(LISTS, on=DAY)("sex", words)
    assert set(codes) == set(words)
