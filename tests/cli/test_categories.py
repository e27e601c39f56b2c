"""Settling what a system calls people, from the command line: what is printed is never a value."""

import csv
import json
import stat

import pytest

from cli.test_commands import run, write

LIST = "ethnicity_england_2021"
ANSWERS = {
    "White - British": 40, "Asian or Asian British - Indian": 6, "Kurdish of Zakho": 1,
    "=HYPERLINK(1)": 1, "British": 3, "Prefer not to say": 4, "": 2,
}  # fmt: skip
SECRETS = ("Kurdish", "Zakho", "HYPERLINK", "White - British")


def _staff(folder, answers=ANSWERS, heading="Ethnic Origin"):
    rows = ["Ref," + heading]
    values = [value for value, times in answers.items() for _ in range(times)]
    rows += [f'{number},"{value}"' for number, value in enumerate(values, 1)]
    return write(folder, "staff.csv", "\n".join(rows) + "\n")


def _map(folder, file, *more):
    return run(
        "categories", "map", file, "--column", "ethnic origin", "--list", LIST,
        "--out", str(folder / "mapping.json"), "--on", "2026-11-28", *more,
    )  # fmt: skip


def _fill(review, answer):
    """The review list with an answer in each row, as a spreadsheet would save it."""
    with review.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1:]:
        row[-1] = answer(row[1])
    with review.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return rows


def test_a_column_is_mapped_and_what_is_left_is_settled_once(tmp_path):
    review, mapping = tmp_path / "review.csv", tmp_path / "mapping.json"
    done = _map(tmp_path, _staff(tmp_path), "--review", str(review))
    assert done.returncode == 1, done.stderr
    assert "57 rows, read as text" in done.stdout
    assert "7 different values: 4 with a result, 3 for you to settle." in done.stdout
    rows = _fill(review, lambda value: "Any other ethnic group" if "Kurdish" in value else "blank")
    assert rows[0] == ["key", "value", "why", "could be", "answer"]
    assert {row[1] for row in rows[1:]} == {"Kurdish of Zakho", "'=HYPERLINK(1)", "British"}
    settled = run(
        "categories",
        "settle",
        str(mapping),
        str(review),
        "--by",
        "Head of HR",
        "--on",
        "2026-12-01",
    )
    assert (settled.returncode, settled.stderr) == (0, "")
    assert settled.stdout == "Settled 3 values in mapping.json; 0 values left.\n"
    by_value = {e["value"]: e for e in json.loads(mapping.read_text())["entries"]}
    assert by_value["Kurdish of Zakho"] == {
        "value": "Kurdish of Zakho", "result": "other_any", "certainty": "settled",
        "rule": "settled", "mapper": "Head of HR", "on": "2026-12-01",
    }  # fmt: skip
    again = _map(tmp_path, _staff(tmp_path), "--settled", str(mapping), "--replace")
    assert again.returncode == 0
    assert "0 for you to settle" in again.stdout


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_the_terminal_never_shows_a_value(tmp_path, as_json):
    file = _staff(tmp_path)
    done = _map(tmp_path, file, "--review", str(tmp_path / "review.csv"), *as_json)
    kept = (tmp_path / "mapping.json").read_text() + (tmp_path / "review.csv").read_text()
    assert all(secret in kept for secret in SECRETS)
    assert not any(secret in done.stdout + done.stderr for secret in SECRETS)


def test_the_json_gives_counts_and_rules(tmp_path):
    told = json.loads(_map(tmp_path, _staff(tmp_path), "--json").stdout)
    assert told == {
        "file": "staff.csv", "list": LIST, "scheme": "text", "rows": 57, "values": 7,
        "for_review": 3, "left_out": {}, "verified": True,
        "rules": {"already mapped": 2, "label": 1, "no answer": 1, "nationality": 1, "unknown": 2},
    }  # fmt: skip


def test_nobody_else_may_read_what_is_kept(tmp_path):
    _map(tmp_path, _staff(tmp_path), "--review", str(tmp_path / "review.csv"))
    for name in ("mapping.json", "review.csv"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 3


def test_a_column_that_fits_two_schemes_is_asked_about_and_nothing_is_written(tmp_path):
    file = _staff(tmp_path, {"A1": 5, "A2": 4, "B1": 3, "M1": 2})
    asked = _map(tmp_path, file)
    assert asked.returncode == 1
    assert "fits nhs_2001 and police_sde" in asked.stdout
    assert not (tmp_path / "mapping.json").exists()
    assert json.loads(_map(tmp_path, file, "--json").stdout)["question"].startswith("The column")
    told = _map(tmp_path, file, "--scheme", "police_sde")
    assert (told.returncode, told.stderr) == (0, "")
    assert "read as police_sde" in told.stdout


def test_a_column_with_too_many_different_values_is_no_list_of_answers(tmp_path):
    file = _staff(tmp_path, {f"Surname {number}": 1 for number in range(1100)})
    refused = _map(tmp_path, file)
    assert refused.returncode == 2
    assert "more than 1,000 different values" in refused.stderr
    assert "Surname" not in refused.stderr
    assert not (tmp_path / "mapping.json").exists()


def test_a_heading_that_is_not_there_or_stands_twice_is_refused(tmp_path):
    absent = _map(tmp_path, _staff(tmp_path, heading="Ethnicity"))
    assert (absent.returncode, "No column has this heading" in absent.stderr) == (3, True)
    twice = _map(tmp_path, write(tmp_path, "twice.csv", "Ethnic Origin,Ethnic origin\nA,B\n"))
    assert (twice.returncode, "Two columns have this heading" in twice.stderr) == (3, True)


def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(tmp_path):
    (tmp_path / "mapping.json").write_text("mine")
    refused = _map(tmp_path, _staff(tmp_path))
    assert refused.returncode == 2
    assert (tmp_path / "mapping.json").read_text() == "mine"
    assert _map(tmp_path, _staff(tmp_path), "--replace").returncode == 1


def test_an_answer_that_is_none_changes_nothing_and_is_not_repeated(tmp_path):
    review, mapping = tmp_path / "review.csv", tmp_path / "mapping.json"
    _map(tmp_path, _staff(tmp_path), "--review", str(review))
    before = mapping.read_bytes()
    _fill(review, lambda value: "Martian" if "Kurdish" in value else "blank")
    refused = run("categories", "settle", str(mapping), str(review), "--by", "Head of HR")
    assert refused.returncode == 3
    assert "row 3" in refused.stderr or "row 4" in refused.stderr
    assert "Martian" not in refused.stderr
    assert mapping.read_bytes() == before


def test_a_part_of_the_review_list_may_be_settled_first(tmp_path):
    review, mapping = tmp_path / "review.csv", tmp_path / "mapping.json"
    _map(tmp_path, _staff(tmp_path), "--review", str(review))
    _fill(review, lambda value: "not_known" if value == "British" else "")
    done = run("categories", "settle", str(mapping), str(review), "--by", "Head of HR", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {"file": "mapping.json", "settled": 1, "for_review": 2}


@pytest.mark.parametrize("content", ["{", '{"schema": "other"}', b"\xff\xfe", None])
def test_a_file_that_is_no_mapping_is_refused_by_name(tmp_path, content):
    if content is not None:
        write(tmp_path, "ours.json", content)
    review = write(tmp_path, "review.csv", "key,answer\nv1,blank\n")
    done = run("categories", "settle", str(tmp_path / "ours.json"), review, "--by", "Head of HR")
    assert done.returncode == 3
    assert "ours.json" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_lists_and_the_schemes_are_printed():
    done = run("categories", "lists")
    assert done.returncode == 0
    assert "ethnicity_england_2021: Ethnic group, England, 2021\n" in done.stdout
    assert "gender_identity_2021: Gender identity (not verified)\n" in done.stdout
    assert "police_sde: Police self-defined ethnicity, 18+1\n" in done.stdout
    named = {
        row["list"]: row["schemes"]
        for row in json.loads(run("categories", "lists", "--json").stdout)
    }
    assert named["sex_2021"] == ["text", "dfe_gender", "nhs_gender", "sex_2021"]


def test_a_list_or_a_scheme_that_there_is_not_is_refused(tmp_path):
    file = _staff(tmp_path)
    wrong = run("categories", "map", file, "--column", "x", "--list", "x", "--out", "y.json")
    assert (wrong.returncode, "ethnicity_england_2021" in wrong.stderr) == (2, True)
    assert _map(tmp_path, file, "--scheme", "dfe_gender").returncode == 2
