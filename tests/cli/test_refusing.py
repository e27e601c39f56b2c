"""``goldenthread protect`` where a release cannot be made as it was asked for."""

import json
import stat

import pytest

from core.disclosure.awkward import Awkward
from core.disclosure.council import DIRECTORATES, EVERY, GROUPS, Staff, dims, org, spec_of, table
from goldenthread.cli import main


@pytest.fixture
def council(tmp_path):
    """The two files of a council with a directorate of three."""
    staff = Staff(1)
    units = {("Audit",): 3, ("Legal",): 40, ("Place",): 50}
    for unit, people in units.items():
        staff.join(unit, people)
    tables = [table(org=DIRECTORATES, ethnicity=GROUPS), table(org=DIRECTORATES, sex=EVERY)]
    case = Awkward("asked", (spec_of("Staff", dims(org(*units)), *tables),), staff.rows, "It.")
    place = case.write(tmp_path)
    return [place / "spec.json", place / "microdata.csv", "--out", tmp_path / "out"]


def run(capfd, command, *arguments):
    with pytest.raises(SystemExit) as ended:
        main([command, *map(str, arguments)])
    # What HiGHS prints of itself comes from below Python: capfd would see it.
    out, err = capfd.readouterr()
    return ended.value.code, out, err


def test_a_refusal_writes_its_report_and_nothing_else(council, capfd):
    status, out, err = run(capfd, "protect", *council)
    folder = council[-1]
    assert (status, out) == (2, "")
    assert err == (
        "goldenthread: 5 figures cannot be protected while the headcounts of the body and its "
        "directorates stay open: the first is Audit, in 2026Q1. This would work: Publish “Audit” "
        "and “Legal” as one directorate. Give --accept-coarsening as well to do so. "
        f"{folder / 'report.md'} has the sum that gives it away; nothing else was written.\n"
    )
    assert [one.name for one in folder.iterdir()] == ["report.md"]
    assert stat.S_IMODE((folder / "report.md").stat().st_mode) == 0o600
    assert [one.name for one in folder.parent.iterdir() if one.name.startswith(".")] == []
    assert "so Audit has 3" in (folder / "report.md").read_text(encoding="utf-8")


def test_what_would_work_is_accepted_in_the_place_of_the_report(council, capfd):
    assert run(capfd, "protect", *council)[0] == 2
    status, out, err = run(capfd, "protect", *council, "--accept-coarsening")
    folder = council[-1]
    assert (status, err) == (0, "")
    assert out.startswith(
        "It could not be protected as it was asked for. Changed: Publish “Audit” and “Legal” as "
        "one directorate.\n"
    )
    assert run(capfd, "verify", folder)[0] == run(capfd, "attack", folder)[0] == 0
    children = json.loads((folder / "release.json").read_text())["dims"]["org"]["children"]
    assert children["Total"] == ["Audit and Legal", "Place"]
    assert "This change was accepted" in (folder / "report.md").read_text(encoding="utf-8")
    assert run(capfd, "protect", *council, "--accept-coarsening")[0] == 2


def test_the_specification_of_the_report_is_ready_to_use(council, capfd, tmp_path):
    run(capfd, "protect", *council)
    text = (council[-1] / "report.md").read_text(encoding="utf-8")
    spec = tmp_path / "coarser.json"
    spec.write_text(text.partition("```json\n")[2].partition("\n```")[0], encoding="utf-8")
    assert run(capfd, "protect", spec, *council[1:3], tmp_path / "other")[0] == 0


def test_programs_are_told_the_same(council, capfd):
    status, out, _ = run(capfd, "protect", *council, "--json")
    told = json.loads(out)
    assert status == 2 and told["refused"] == "no safe pattern"
    assert told["unproved"][0] == {
        "period": "2026Q1",
        "codes": {"org": "Audit"},
        "why": "The whole body has 93 people and its directorates other than Audit 90, so Audit "
        "has 3.",
    }
    assert told["coarsening"]["words"] == "Publish “Audit” and “Legal” as one directorate."
    status, out, _ = run(capfd, "protect", *council, "--json", "--accept-coarsening")
    accepted = json.loads(out)
    assert status == 0 and accepted["accepted"] == told["coarsening"]
    assert accepted["report"] == str(council[-1] / "report.md")


def test_a_folder_with_more_than_a_report_is_not_replaced(council, capfd):
    run(capfd, "protect", *council)
    (council[-1] / "mine.txt").write_text("mine")
    status, _, err = run(capfd, "protect", *council, "--accept-coarsening")
    assert status == 2 and "The folder is there already." in err
    assert (council[-1] / "mine.txt").read_text() == "mine"


def test_a_release_that_is_made_has_its_report(tmp_path, capfd, council):
    spec = json.loads(council[0].read_text())
    spec["tables"] = [table(sex=EVERY)]
    council[0].write_text(json.dumps(spec))
    assert run(capfd, "protect", *council)[0] == 0
    report = council[-1] / "report.md"
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert report.read_text(encoding="utf-8").startswith("# Staff: what was hidden, and why\n")
