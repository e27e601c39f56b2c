"""Lists of units and of grades."""

import pytest

from core.workforce.staff_files import written
from goldenthread.errors import Unreadable
from goldenthread.workforce.files import read_grades, read_units, unit_lines
from goldenthread.workforce.files.known import unit_path


def test_a_unit_is_known_by_its_path_its_code_or_a_name_that_no_other_has(tmp_path):
    path = written(
        tmp_path,
        b"Our units\n\nDirectorate,Division,Team,Unit code\n"
        b"Place,Highways,Street Lighting,P-01\nPlace,Highways,Parks,\nPeople,,Parks,Q-7\n,,,\n",
    )
    units = read_units(path)
    lighting = "place / highways / street lighting"
    assert [units.path(said) for said in (lighting, "p-01", "street lighting")] == [lighting] * 3
    assert units.path("q-7") == "people / parks"
    assert units.path("highways") == "place / highways"
    assert [units.path(said) for said in ("parks", "", "p-02")] == [None] * 3


def test_a_unit_whose_name_holds_the_sign_between_names_is_still_one():
    assert unit_path(["Place", "IT / Digital"]) == "place / it/digital"


def test_lines_lead_from_each_unit_to_all_above_it():
    assert unit_lines(["a / b / c", "a", "a"]) == [
        ("a", "a", 0),
        ("a / b / c", "a / b / c", 0),
        ("a / b / c", "a / b", 1),
        ("a / b / c", "a", 2),
    ]


def test_a_file_without_units_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="no list of units"):
        read_units(written(tmp_path, b"Name,Address\nSomebody,Somewhere\n"))


def test_grades_are_listed_from_the_lowest(tmp_path):
    assert read_grades(written(tmp_path, b"Grade,Note\nG1,\n\nG2,x\nSpot  Salary,\n")) == {
        "g1": 1, "g2": 2, "spot salary": 3
    }  # fmt: skip


def test_a_grade_that_stands_twice_is_refused_without_saying_which(tmp_path):
    with pytest.raises(Unreadable) as refused:
        read_grades(written(tmp_path, b"G1\nG2\ng1\n"))
    assert "g1" not in str(refused.value).casefold()
    assert "row 3" in str(refused.value)
