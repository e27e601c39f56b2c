"""``goldenthread explain``: exit status, sentences and JSON; and what ``protect`` counts."""

import json
import shutil

import pytest

from core.disclosure.test_explain import written
from goldenthread.cli import main
from goldenthread.cli.protecting import lines
from goldenthread.disclosure.explain import INTERNAL


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["explain", *map(str, arguments)])
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_a_figure_is_explained_to_the_data_officer_and_says_that_it_is_internal(tmp_path, capsys):
    folder = written(tmp_path / "r")
    status, out, err = run(capsys, folder, "--cell", "org=Parks,ethnicity=Black")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == INTERNAL
    assert "This could be 2 or 5." in out.splitlines()


def test_json_is_one_value_and_says_that_it_is_internal(tmp_path, capsys):
    folder = written(tmp_path / "r")
    status, out, _ = run(capsys, folder, "--cell", "org=Parks,ethnicity=Black", "--json")
    told = json.loads(out)
    assert status == 0
    assert (told["schema"], told["internal"]) == ("goldenthread.explanation/1", INTERNAL)
    assert (told["first"], told["second"]) == (2, 5)


def test_everybody_is_told_one_sentence_without_any_certificate(tmp_path, capsys):
    folder = written(tmp_path / "r")
    shutil.rmtree(folder / "certificate")
    says = "4 figures are hidden so that nobody can be worked out from them."
    assert run(capsys, folder, "--public") == (0, f"{says}\n", "")
    status, out, _ = run(capsys, folder, "--public", "--json")
    assert (status, json.loads(out)) == (0, {"hidden": 4, "says": says})


def test_without_a_certificate_it_ends_with_two(tmp_path, capsys):
    folder = written(tmp_path / "r")
    shutil.rmtree(folder / "certificate")
    status, out, err = run(capsys, folder, "--cell", "org=Parks,ethnicity=Black")
    assert (status, out) == (2, "")
    assert err == (
        "goldenthread: r: The release has no certificate, and without it nothing is explained. Ask "
        "whoever made the release: it stays with them.\n"
    )


@pytest.mark.parametrize("cell", ["org=Leisure", "unit=Parks", "Parks"])
def test_a_figure_that_there_is_not_ends_with_two(tmp_path, capsys, cell):
    status, out, err = run(capsys, written(tmp_path / "r"), "--cell", cell)
    assert (status, out) == (2, "")
    assert "--cell" in err


@pytest.mark.parametrize("asked", [[], ["--public", "--cell", "org=Parks"]])
def test_it_is_asked_for_one_thing(tmp_path, capsys, asked):
    status, out, err = run(capsys, written(tmp_path / "r"), *asked)
    assert (status, out) == (2, "")
    assert "Say --cell with a figure, or --public." in err


@pytest.mark.parametrize("asked", [["--public"], ["--cell", "org=Parks"]])
def test_a_folder_that_is_no_release_ends_with_three(tmp_path, capsys, asked):
    status, out, err = run(capsys, tmp_path, *asked)
    assert (status, out) == (3, "")
    assert err == "goldenthread: release.json: It cannot be opened (No such file or directory).\n"


def test_what_protect_counts_is_said_of_one_as_of_many(tmp_path):
    about = {"shown": 1, "hidden_first": 1, "hidden_to_protect": 1, "people_hidden_to_protect": 1}
    assert list(lines(about, tmp_path))[:3] == [
        "1 figure is shown.",
        "1 is hidden because it is small or would tell of a whole group.",
        "1 more is hidden to protect it, with 1 person in all.",
    ]
    about = dict.fromkeys(about, 1200)
    assert list(lines(about, tmp_path))[:3] == [
        "1,200 figures are shown.",
        "1,200 are hidden because they are small or would tell of a whole group.",
        "1,200 more are hidden to protect them, with 1,200 people in all.",
    ]
