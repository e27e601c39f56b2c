"""``goldenthread protect --method rounding`` and ``conventional``: status, sentences, JSON."""

import json

import pytest

from core.disclosure.awkward import MAKERS
from goldenthread.cli import main


def run(capfd, *arguments):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments)])
    out, err = capfd.readouterr()
    return ended.value.code, out, err


@pytest.fixture
def place(tmp_path):
    return MAKERS["tiny_teams"](1).write(tmp_path)


def protect(place, *more):
    return ("protect", place / "spec.json", place / "microdata.csv", "--out", place / "out", *more)


def test_a_rounded_release_is_written_verified_and_withstands_the_intruder(place, capfd):
    status, out, err = run(capfd, *protect(place, "--method", "rounding"))
    assert (status, err) == (0, "")
    assert "figures are shown, multiples of 5" in out and out.endswith("It was verified.\n")
    assert run(capfd, "verify", place / "out")[0] == 0
    assert run(capfd, "attack", place / "out")[0] == 0
    told = json.loads((place / "out" / "release.json").read_text(encoding="utf-8"))
    assert told["policy"] == "internal" and told["percentages"] == "of the rounded figures"


def test_json_says_how_far_figures_are_away(place, capfd):
    status, out, _ = run(capfd, *protect(place, "--method", "rounding", "--json"))
    told = json.loads(out)
    assert status == 0 and told["shown"] > 161 and told["hidden_to_protect"] == 0
    assert 0 < told["people_away_on_average"] < 3 and told["headcounts_away_at_most"] < 5


def test_conventional_rounding_is_refused_with_the_sum_that_gives_it_away(place, capfd):
    status, out, err = run(capfd, *protect(place, "--method", "conventional"))
    assert (status, out) == (2, "")
    assert "Rounded each by itself, figures give something away." in err
    assert "--method rounding" in err
    assert {each.name for each in place.iterdir()} == {"spec.json", "microdata.csv"}


def test_conventional_rounding_of_one_plain_table_is_released(tmp_path, capfd):
    rows = ["person,period,directorate,division,team,sex"]
    for number, (unit, sex) in enumerate(
        [*[("Place", "Female")] * 41, *[("Place", "Male")] * 37, *[("Homes", "Female")] * 3]
    ):
        rows.append(f"P{number},2026Q1,{unit},,,{sex}")
    spec = {
        "name": "plain", "threshold": 5, "periods": ["2026Q1"],
        "dims": {"org": {"children": {"Total": ["Place", "Homes"]}},
                 "sex": {"children": {"Total": ["Female", "Male"]}}},
        "tables": [{"name": "by sex", "dims": {"sex": ["all"]}, "measures": ["count"]}],
    }  # fmt: skip
    (tmp_path / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    (tmp_path / "microdata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    status, out, _ = run(capfd, *protect(tmp_path, "--method", "conventional"))
    assert status == 0 and "2 figures are shown" in out
    assert run(capfd, "verify", tmp_path / "out")[0] == 0


def test_the_public_policy_raises_the_threshold(place, capfd):
    status, out, _ = run(capfd, *protect(place, "--method", "rounding", "--policy", "public"))
    assert status == 0 and "are withdrawn as [x]" in out
    told = json.loads((place / "out" / "release.json").read_text(encoding="utf-8"))
    assert (told["threshold"], told["policy"]) == (10, "public")
