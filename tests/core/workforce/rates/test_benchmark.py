"""Census figures from a file that says what it counts, or is refused."""

import json
from fractions import Fraction

import pytest

from goldenthread.errors import Unreadable
from goldenthread.workforce.rates.benchmark import read_benchmark

ABOUT = {
    "area": "Havering",
    "taken_on": "2021-03-21",
    "ages": "all_ages",
    "characteristic": "ethnicity",
    "grouping": "white_other",
    "source": "Census 2021, TS021",
    "address": "https://www.nomisweb.co.uk/",
}


def _csv(groups, column="people", **changes):
    about = ABOUT | changes
    lines = [",".join([*about, "code", column])]
    lines += [
        ",".join([*(f'"{value}"' for value in about.values()), code, str(amount)])
        for code, amount in groups.items()
    ]
    return "\n".join(lines)


def _read(folder, text, name="census.csv"):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_benchmark(folder / name)


def test_a_csv_and_a_json_file_say_the_same(tmp_path):
    groups = {"white": 197_300, "all_other": 64_700, "prefer_not_to_say": 100}
    found = _read(tmp_path, _csv(groups))
    same = _read(tmp_path, json.dumps(ABOUT | {"groups": groups}), "census.json")
    assert found == same
    assert found.shares == {
        "white": Fraction(1973, 2620),
        "all_other": Fraction(647, 2620),
    }
    assert found.people == 262_000
    assert found.name == "of people of all ages in Havering on 21 March 2021 (Census 2021, TS021)"


def test_percentages_that_add_up_are_taken_as_shares(tmp_path):
    found = _read(tmp_path, _csv({"white": "75.3", "all_other": "24.7"}, "per_cent"))
    assert (found.shares["all_other"], found.people) == (Fraction(247, 1000), None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_csv({"white": 1}, ages="both"), "working age"),
        (_csv({"white": 1}, ages=""), "its ages"),
        (_csv({"white": 1}, source=""), "its source"),
        (_csv({"white": 1}, characteristic="height"), "characteristic is none that is counted"),
        (_csv({"white": 1}, grouping="mine"), "Write detailed, five, six,"),
        (_csv({"white": 1}, taken_on="21 March 2021"), "no date"),
        (_csv({"white": "many"}), "no number"),
        (_csv({"white": "NaN"}), "no number"),
        (_csv({"white": "1e999"}), "no number"),
        (_csv({"white": -1}), "below nought"),
        (_csv({"white": 1.5}), "part of a person"),
        (_csv({"white": 0}), "nobody"),
        (_csv({"": 5}), "without a code"),
        (_csv({"white": 60, "all_other": 30}, "per_cent"), "do not add up to 100"),
        (_csv({"white": 1}) + "\n" + _csv({"white": 2}).splitlines()[1], "two rows"),
        (_csv({"white": 1}) + "\n" + _csv({"x": 2}, area="Harrow").splitlines()[1], "Row 3"),
        ("", "no rows"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_population_that_does_not_say_what_it_counts_is_refused(tmp_path, text, told):
    with pytest.raises(Unreadable, match=told) as refused:
        _read(tmp_path, text)
    assert str(refused.value).startswith("census.csv: ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "no groups"),
        ('{"groups": {"white": 1, "white": 2}}', "twice"),
        (json.dumps(ABOUT | {"groups": {"white": [1]}}), "no number"),
        (json.dumps(ABOUT | {"groups": {}}), "nobody"),
    ],
)
def test_a_json_file_that_is_no_population_is_refused(tmp_path, text, told):
    with pytest.raises(Unreadable, match=told):
        _read(tmp_path, text, "census.json")


def test_a_file_of_more_than_a_megabyte_is_not_read(tmp_path):
    with pytest.raises(Unreadable, match="1 MB"):
        _read(tmp_path, " " * 1_000_001)


def test_a_population_that_is_not_there_is_refused_by_name(tmp_path):
    for name in ("nowhere.csv", "."):
        with pytest.raises(Unreadable, match="It could not be opened"):
            read_benchmark(tmp_path / name)
