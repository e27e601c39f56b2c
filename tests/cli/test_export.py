"""Exporting from the command line: what is written, what is refused, and how it ends."""

import json
import stat
import zipfile

import pytest

from cli.test_commands import run, write
from goldenthread.documents import carried, read_plan
from goldenthread.example_data import example

PLAN, EDITION = str(example("plan.docx")), str(example("edition.json"))


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "json", "html", "pdf"])
def test_each_format_is_written_and_gives_the_same_plan(ending, tmp_path):
    out = tmp_path / f"plan.{ending}"
    done = run("export", PLAN, str(out))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Wrote plan.{ending}: 12 recommendations, 31 actions.\n")
    assert "Read again, it gives the same plan." in done.stdout
    assert carried(read_plan(out).plan) == carried(read_plan(PLAN).plan)
    assert [file.name for file in tmp_path.iterdir()] == [out.name]


def test_the_councils_table_says_what_it_has_no_column_for(tmp_path):
    done = run("export", PLAN, str(tmp_path / "plan.docx"), "--layout", "council", "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert set(report["not_carried"]) == {"measures", "status", "rag", "confidence"}
    assert report["file"] == "plan.docx"
    assert report["actions"] == 31


def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(tmp_path):
    out = tmp_path / "plan.csv"
    out.write_text("mine")
    refused = run("export", PLAN, str(out))
    assert refused.returncode == 2
    assert "there already" in refused.stderr
    assert out.read_text() == "mine"
    assert run("export", PLAN, str(out), "--replace").returncode == 0
    assert out.read_text(encoding="utf-8-sig").startswith('"Key"')
    assert [file.name for file in tmp_path.iterdir()] == ["plan.csv"]


def test_a_written_file_may_be_read_by_whom_the_system_says(tmp_path):
    out = tmp_path / "plan.csv"
    run("export", PLAN, str(out))
    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE(out.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_names_are_left_out_and_counted_or_kept_when_asked(tmp_path):
    plan = write(
        tmp_path,
        "named.csv",
        "No.,Recommendation,Action,Timescale,Lead\n"
        '1,Say who leads,Appoint,March 2027,"Joan Hartley, Director of People"\n',
    )
    without, kept = tmp_path / "without.html", tmp_path / "kept.html"
    said = run("export", plan, str(without))
    assert "1 name of people left out." in said.stdout
    assert "Hartley" not in without.read_text()
    run("export", plan, str(kept), "--names")
    assert "Hartley" in kept.read_text()


def test_texts_that_name_somebody_are_counted_and_not_changed(tmp_path):
    plan = write(
        tmp_path,
        "named.csv",
        "No.,Recommendation,Action,Timescale,Lead\n"
        "1,Say who leads,Appoint Joan Hartley as champion,March 2027,Head of HR\n",
    )
    done = run("export", plan, str(tmp_path / "plan.html"))
    assert "1 text may name a person" in done.stdout
    assert "Hartley" not in done.stdout
    assert "Joan Hartley" in (tmp_path / "plan.html").read_text()


def test_only_an_edition_is_public(tmp_path):
    out = tmp_path / "plan.html"
    refused = run("export", PLAN, str(out), "--public")
    assert refused.returncode == 2
    assert "not an edition" in refused.stderr
    assert not out.exists()
    done = run("export", EDITION, str(out), "--public", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["public"] is True


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ((PLAN, "plan.doc"), 2, "must end in one of"),
        ((PLAN, "plan.xlsx", "--template", PLAN), 2, "for .docx only"),
        ((PLAN, "plan.docx", "--template", "none.docx"), 3, "template cannot be opened"),
        ((PLAN, "none/plan.docx"), 3, "cannot be written there"),
        (("none.docx", "plan.docx"), 3, "none.docx"),
        ((PLAN, "plan.docx", "--public", "--names"), 2, "Use --public or --names"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_leaves_nothing(
    arguments, status, words, tmp_path
):
    done = run("export", *arguments, cwd=tmp_path)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_template_gives_its_look_and_words(tmp_path):
    import docx

    frame = docx.Document()
    frame.add_heading("Report to Cabinet", 1)
    frame.add_paragraph("{{plan}}")
    frame.add_paragraph("Contact: the equality team.")
    frame.sections[0].header.paragraphs[0].text = "Brackenford Borough Council"
    frame.save(tmp_path / "frame.docx")
    out = tmp_path / "plan.docx"
    done = run("export", PLAN, str(out), "--template", str(tmp_path / "frame.docx"))
    assert done.returncode == 0, done.stdout + done.stderr
    words = [p.text for p in docx.Document(out).paragraphs if p.text]
    assert words[0] == "Report to Cabinet"
    assert words[-1] == "Contact: the equality team."
    with zipfile.ZipFile(out) as parts:
        headers = [parts.read(n) for n in parts.namelist() if "header" in n and "rels" not in n]
    assert any(b"Brackenford Borough Council" in header for header in headers)
