"""Worked vectors: what HR systems print, and the group that a person would put it in."""

import json
from datetime import date
from pathlib import Path

import pytest

from goldenthread.categories import age_band, age_on, code_list, detect, read

DATA = Path(__file__).parent / "data"
ETHNICITY = json.loads((DATA / "ethnicity_map.json").read_text(encoding="utf-8"))["vectors"]
OTHERS = json.loads((DATA / "other_characteristics.json").read_text(encoding="utf-8"))["vectors"]
AGES = [v for v in OTHERS if v["inputs"]["characteristic"] == "age_band"]
ANSWERS = [v for v in OTHERS if v["inputs"]["characteristic"] != "age_band"]
ENGLAND = code_list("ethnicity_england_2021")
LISTS_AS_SCHEMES = {
    "scotland_2022": "ethnicity_scotland_2022",
    "northern_ireland_2021": "ethnicity_northern_ireland_2021",
}
LIST_OF = {
    "sex": "sex_2021",
    "disability": "disability_equality_act_2010",
    "sexual_orientation": "orientation_2021",
    "religion": "religion_2021",
}


def _as_the_vectors_say(reading):
    partial = reading.code is not None and ENGLAND.item(reading.code).partial
    certainty = "review" if reading.certainty == "review" else "exact"
    return {
        "status": reading.status,
        "broad": reading.code and ENGLAND.roll(reading.code, "five"),
        "detailed": None if partial else reading.code,
        "certainty": "broad_only" if partial else certainty,
    }


@pytest.mark.parametrize("vector", ETHNICITY, ids=lambda vector: vector["id"])
def test_what_a_system_calls_an_ethnic_group_is_the_group_of_the_2021_list(vector):
    given, expected = vector["inputs"], vector["expected"]
    if given["scheme"] == "unknown_scheme":
        assert detect({given["raw"]: 12}, ENGLAND).scheme is None
        return
    scheme = LISTS_AS_SCHEMES.get(given["scheme"], given["scheme"])
    found = _as_the_vectors_say(read(given["raw"], ENGLAND, scheme))
    if expected["certainty"] == "review" and found["certainty"] == "review":
        assert found["detailed"] is None
    elif expected["certainty"] == "review":
        assert found["detailed"] == expected["detailed"]
    else:
        assert found == expected


@pytest.mark.parametrize("vector", ANSWERS, ids=lambda vector: vector["id"])
def test_an_answer_is_the_code_of_its_list(vector):
    given = vector["inputs"]
    reading = read(given["raw"], code_list(LIST_OF[given["characteristic"]]))
    assert (reading.code or reading.status) == vector["expected"]["code"]


@pytest.mark.parametrize("vector", AGES, ids=lambda vector: vector["id"])
def test_an_age_is_that_of_the_snapshot(vector):
    given, expected = vector["inputs"], vector["expected"]
    age = age_on(date.fromisoformat(given["date_of_birth"]), date.fromisoformat(given["snapshot"]))
    assert (age, age_band(age)) == (expected["age"], expected["band"])
