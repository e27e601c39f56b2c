"""The command line as a person and as a program meet it: what it prints and how it ends."""

import json
import subprocess
import sys
import zipfile

import pytest

from goldenthread.example_data import example

PLAN = """No.,Recommendation,Action,Timescale,Lead,Measure
1,Say who leads,Appoint a lead officer,31 March 2025,Chief Executive,Lead named on the website
"""


def run(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "goldenthread.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
    )


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_import_prints_the_plan_typed_as_a_person_would_want_to_see_it():
    done = run("import", str(example("plan.docx")))
    assert done.returncode == 0
    assert done.stdout.startswith("Brackenford Borough Council: Race Equality Action Plan\n")
    assert "Late: was due 31 March 2026" in done.stdout
    assert done.stderr == ""


def test_output_that_is_piped_is_plain():
    output = run("import", str(example("plan.docx"))).stdout
    assert output.startswith("Brackenford Borough Council: Race Equality Action Plan\n")
    assert "\x1b" not in output
    assert [line for line in output.splitlines() if line != line.rstrip()] == []


def test_import_prints_json_for_programs():
    done = run("import", str(example("plan.docx")), "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["schema"] == "goldenthread.plan/1"


def test_import_uses_a_profile_of_habits_and_says_so(tmp_path):
    file = write(tmp_path, "plan.csv", PLAN.replace("Lead,", "Minder,"))
    habits = {"schema": "goldenthread.habits/1", "columns": {"Minder": "lead"}}
    profile = write(tmp_path, "ours.json", json.dumps(habits))
    output = json.loads(run("import", file, "--json", "--habits", profile).stdout)
    assert output["recommendations"][0]["actions"][0]["leads"] == ["Chief Executive"]
    assert [w["message"] for w in output["warnings"] if w["code"] == "habit"] == [
        "“Minder” was read as the column of the lead: a habit confirmed before."
    ]


@pytest.mark.parametrize("content", ["{", '{"schema": "other"}', b"\xff\xfe", None])
def test_a_file_that_is_no_profile_is_refused_by_name(tmp_path, content):
    profile = tmp_path / "ours.json"
    if content is not None:
        write(tmp_path, "ours.json", content)
    done = run("import", str(example("plan.docx")), "--habits", str(profile))
    assert done.returncode == 3
    assert "ours.json" in done.stderr
    assert "Traceback" not in done.stderr


def test_import_takes_the_documents_date_from_the_command(tmp_path):
    file = write(tmp_path, "plan.csv", PLAN.replace("31 March 2025", "28th January"))
    output = json.loads(run("import", file, "--json", "--date", "2021-10-05").stdout)
    (action,) = output["recommendations"][0]["actions"]
    assert output["document_date_basis"] == "given"
    assert action["timescales"][0]["end"] == "2022-01-28"


def test_check_plan_ends_with_1_when_it_finds_something():
    done = run("check-plan", str(example("plan.docx")))
    assert done.returncode == 1
    assert "T302" in done.stdout


def test_check_plan_ends_with_0_when_every_rule_holds(tmp_path):
    done = run("check-plan", write(tmp_path, "plan.csv", PLAN))
    assert (done.returncode, done.stdout) == (
        0,
        "plan.csv: nothing found. Every rule that was asked for holds.\n",
    )


def test_check_plan_looks_at_the_rules_asked_for():
    file = str(example("plan.docx"))
    only = json.loads(run("check-plan", file, "--select", "T", "--json").stdout)
    less = json.loads(run("check-plan", file, "--ignore", "T3,W", "--json").stdout)
    assert {f["code"][0] for f in only["findings"]} == {"T"}
    assert not {f["code"][0] for f in less["findings"]} & {"T", "W"}


def test_check_plan_calls_nothing_late_without_a_day():
    file = str(example("plan.docx"))
    without = json.loads(run("check-plan", file, "--json").stdout)
    on_a_day = json.loads(run("check-plan", file, "--json", "--as-at", "2026-09-30").stdout)
    assert "T306" not in {f["code"] for f in without["findings"]}
    assert "T306" in {f["code"] for f in on_a_day["findings"]}


def test_a_slip_in_a_rules_code_is_said_and_never_a_clean_plan(tmp_path):
    done = run("check-plan", write(tmp_path, "plan.csv", PLAN), "--select", "Z9")
    assert done.returncode == 2
    assert "Z9" in done.stderr


def test_compare_says_what_changed_and_ends_with_1(tmp_path):
    before = write(tmp_path, "before.csv", PLAN)
    after = write(tmp_path, "after.csv", PLAN.replace("31 March 2025", "30 June 2025"))
    done = run("compare", before, after)
    assert done.returncode == 1
    assert "31 March 2025 became 30 June 2025" in done.stdout


def test_compare_of_the_same_plan_ends_with_0(tmp_path):
    file = write(tmp_path, "plan.csv", PLAN)
    assert run("compare", file, file).returncode == 0


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("empty.docx", b"", 3),
        ("noise.pdf", b"\x00\x01\x02noise" * 40, 3),
        ("damaged.docx", b"PK\x03\x04" + b"\x00" * 200, 3),
        ("minutes.txt", b"Minutes of the meeting. Nothing was decided.", 3),
        ("figures.csv", b"Grade,Headcount\n1,20\n2,30\n", 3),
        ("entity.html", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>', 2),
    ],
)
def test_bad_files_end_with_a_sentence_that_names_the_file(tmp_path, name, content, status):
    done = run("import", write(tmp_path, name, content))
    assert done.returncode == status
    assert done.stdout == ""
    assert done.stderr.startswith(f"goldenthread: {name}:")
    assert "Traceback" not in done.stderr


def test_macros_are_refused_with_2(tmp_path):
    path = tmp_path / "plan.docm"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
        package.writestr("word/vbaProject.bin", b"\x00")
    done = run("import", str(path))
    assert done.returncode == 2
    assert "macros" in done.stderr


def test_a_missing_file_ends_with_3(tmp_path):
    done = run("import", str(tmp_path / "nothing.docx"))
    assert done.returncode == 3
    assert "nothing.docx" in done.stderr


def test_an_unknown_command_is_refused_with_2():
    done = run("expotr")
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_help_tells_every_exit_status():
    assert "0 done, 1 something was found, 2 refused, 3 cannot be read" in run("--help").stdout
