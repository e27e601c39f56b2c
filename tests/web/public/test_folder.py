"""The static site: whole or not at all, links that lead somewhere, never over another's work."""

import json
import posixpath
import stat
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from editions import AS_AT, action, edition
from goldenthread.cli.site import site
from goldenthread.errors import Unreadable, Unsafe
from goldenthread.plan import cells
from goldenthread.plan import edition as ed
from goldenthread.web.pages import folder
from web_pages import Page


@pytest.fixture(scope="session")
def series(example):
    """The example's edition after two earlier ones, the first of which held a promise more."""
    lost = action("Z9", short="A lost promise")
    first, second = (
        replace(
            example,
            number=one.number,
            as_at=one.as_at,
            published=ed.Deed("Head of Policy", one.published_on),
            earlier=example.earlier[: one.number - 1],
        )
        for one in example.earlier
    )
    return example, (replace(first, actions=(*first.actions, lost)), second), lost


@pytest.fixture(scope="session")
def series_files(series):
    """Every file of the site of three editions."""
    newest, earlier, _ = series
    return folder.files(newest, earlier)


@pytest.mark.parametrize("fixture", ["site_files", "series_files", "tiers_files"])
def test_every_link_leads_to_a_file_of_the_site_and_every_anchor_to_a_place(fixture, request):
    site_files = request.getfixturevalue(fixture)
    found = {n: Page(f) for n, f in site_files.items() if n.endswith(".html")}
    lost = []
    for name, page in found.items():
        for link in page.links:
            if link.startswith("https://brackenford.example/"):
                continue
            path, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path or name))
            target = target if path else name
            if target not in site_files or (anchor and anchor not in found[target].ids):
                lost.append((name, link))
    assert lost == []


@pytest.mark.parametrize("fixture", ["site_files", "series_files", "tiers_files"])
def test_every_page_is_reached_from_the_first(fixture, request):
    site_files = request.getfixturevalue(fixture)
    seen, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in site_files:
            continue
        seen.add(name)
        if name.endswith(".html"):
            links = [link.partition("#")[0] for link in Page(site_files[name]).links]
            here = posixpath.dirname(name)
            waiting += [posixpath.normpath(posixpath.join(here, link)) for link in links if link]
    never = {"404.html", folder.MARKER, "static/LICENCE-govuk-frontend.txt"}
    assert set(site_files) - seen == never


def test_each_edition_stands_under_its_number_and_says_what_it_is(series_files, example):
    for number, told in ((1, "21 April 2026"), (2, "14 July 2026")):
        for path in ("index", "plan", "plan/late", "about", "editions"):
            page = Page(series_files[f"editions/{number}/{path}.html"])
            assert f"This is an earlier edition, as published on {told}." in page.text, path
    newest = Page(series_files["editions/3/plan.html"])
    assert "This is the permanent address of edition 3" in newest.text
    assert "earlier edition" not in Page(series_files["plan.html"]).text
    for name, content in series_files.items():
        if name.startswith("editions/3/") and name.endswith((".json", ".csv")):
            assert content == series_files[name.removeprefix("editions/3/")]
    old = ed.from_json(json.loads(series_files["editions/2/plan.json"]))
    assert (old.number, old.as_at) == (2, example.earlier[1].as_at)


def test_the_latest_is_one_link_away_from_each_page_of_an_earlier_edition(series_files):
    for name, wanted in (
        ("editions/2/index.html", "../../index.html"),
        ("editions/2/plan/late.html", "../../../plan/late.html"),
        ("editions/2/plan/repeats.html", "../../../plan.html"),
        ("editions/2/changes/since-1.html", "../../../index.html"),
    ):
        assert wanted in Page(series_files[name]).links, name


def test_a_promise_that_is_gone_keeps_its_address_and_says_so(series_files, series):
    lost = series[2]
    for name in (f"actions/{lost.id}.html", f"editions/2/actions/{lost.id}.html"):
        page = Page(series_files[name])
        assert "It last stood in edition 1, as at 31 March 2026." in page.text
    assert "no longer in the plan" in Page(series_files[f"actions/{lost.id}.html"]).text
    assert "not in this edition" in Page(series_files[f"editions/2/actions/{lost.id}.html"]).text
    whole = Page(series_files[f"editions/1/actions/{lost.id}.html"])
    assert "not in this edition" not in whole.text
    assert "Do what Z9 says" in whole.text


def test_what_changed_is_told_between_any_two_editions(series_files):
    told = {
        name: Page(series_files[f"{name}.html"]).text
        for name in ("changes/since-2", "changes/since-1", "editions/2/changes/since-1")
    }
    assert "From 30 June 2026 to 30 September 2026" in told["changes/since-2"]
    assert "2 newly late, 2 dates moved, 3 newly at risk" in told["changes/since-2"]
    assert "1 no longer listed" in told["changes/since-1"]
    assert "A lost promise" in told["editions/2/changes/since-1"]
    home = Page(series_files["index.html"])
    assert "Since the last edition, as at 30 June 2026:" in home.text
    assert "changes/since-2.html" in home.links


def test_many_changes_of_a_kind_are_counted_and_a_hundred_of_them_told():
    due = AS_AT - timedelta(days=30)
    many = tuple(action(f"N{n}", due=due) for n in range(120))
    old = edition(*many, number=2, as_at=AS_AT - timedelta(days=92))
    page = Page(folder.files(edition(*many), [old])["changes/since-2.html"])
    assert "None done, 120 newly late" in page.text
    assert "And 20 more, in the files of both editions." in page.text
    assert len([link for link in page.links if "actions/" in link]) == 100


def test_a_series_is_sorted_and_one_that_is_none_is_refused(tmp_path, series):
    newest, earlier, _ = series
    files = []
    for one in (newest, *earlier):
        files.append(tmp_path / f"{one.number}.json")
        files[-1].write_text(json.dumps(ed.to_json(one)))
    assert folder.read_series(files) == (newest, earlier)
    with pytest.raises(Unreadable, match="Two of these files are edition 3"):
        folder.read_series([files[0], files[0]])
    other = tmp_path / "other.json"
    other.write_text(json.dumps(ed.to_json(replace(newest, number=4, body="Harrowby"))))
    with pytest.raises(Unreadable, match="two public bodies"):
        folder.read_series([files[0], other])
    given = [word for file in files for word in ("--from", str(file))]
    done = CliRunner().invoke(site, [str(tmp_path / "out"), *given])
    assert "Earlier editions that keep their pages: 1, 2." in done.output
    assert "Note: 1 of their promises is not in edition 3: Z9. Their pages say so." in done.output


def test_nothing_is_fetched_from_elsewhere(site_files):
    for name, content in site_files.items():
        if name.endswith(".html"):
            for tag, attrs in Page(content).elements:
                address = attrs.get("src") or (attrs.get("href") if tag == "link" else "") or ""
                assert "://" not in address
        if name.endswith(".css"):
            assert b"@import" not in content
            assert b"url(http" not in content


def test_the_site_carries_the_same_edition_as_json_and_as_a_table(site_files, example):
    assert ed.from_json(json.loads(site_files["plan.json"])) == example
    rows = cells.read(site_files["plan.csv"].decode("utf-8-sig"))
    assert [row[1] for row in rows[1:]] == [a.number for a in example.actions]


def test_the_same_edition_gives_the_same_bytes(site_files, example):
    assert folder.files(example) == site_files


def test_a_site_is_written_and_written_again(tmp_path, example, site_files):
    out = tmp_path / "site"
    assert folder.write(example, out) == len(site_files)
    (out / "old.html").write_text("from an older edition")
    folder.write(example, out)
    written = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert written == site_files
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert stat.S_IMODE(out.stat().st_mode) & 0o055 == 0o055


def test_a_folder_of_someone_else_is_left_alone(tmp_path, example):
    (tmp_path / "letter.txt").write_text("Dear Councillor")
    with pytest.raises(Unsafe, match="did not write"):
        folder.write(example, tmp_path)
    with pytest.raises(Unsafe):
        folder.write(example, tmp_path / "letter.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_site_that_cannot_be_written_leaves_the_old_one(tmp_path, example, monkeypatch):
    out = tmp_path / "site"
    folder.write(example, out)
    before = (out / "index.html").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "_fill", full)
    with pytest.raises(Unreadable, match="No space left"):
        folder.write(edition(), out)
    assert (out / "index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"null", b"3", b"\xff\xfe", b"[" * 100_000),
        *(b'{"schema": "x"}', b'{"schema": "\\ud800"}'),
    ],
)
def test_a_file_that_holds_no_edition_is_refused(tmp_path, content):
    file = tmp_path / "edition.json"
    file.write_bytes(content)
    with pytest.raises(Unreadable, match=r"edition\.json"):
        folder.read_edition(file)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="could not be opened"):
        folder.read_edition(tmp_path / "none.json")


def test_the_command_writes_the_edition_it_is_given(tmp_path):
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(ed.to_json(edition(action("A1")))))
    done = CliRunner().invoke(site, [str(tmp_path / "out"), "--from", str(file)])
    assert done.exit_code == 0
    assert "edition 3 of Brackenford Borough Council, as at 30 September 2026" in done.output
    assert (tmp_path / "out" / "actions" / "a1-x7k2.html").exists()


def test_the_command_writes_directorates_below_their_plan(tmp_path):
    whole, mine, older = tmp_path / "whole.json", tmp_path / "two.json", tmp_path / "one.json"
    whole.write_text(json.dumps(ed.to_json(edition(action("A1")))))
    mine.write_text(json.dumps(ed.to_json(edition(action("H1"), unit="Housing", number=2))))
    older.write_text(json.dumps(ed.to_json(edition(action("H1"), unit="Housing", number=1))))
    given = ["--from", str(whole), "--directorate", str(mine), "--directorate", str(older)]
    done = CliRunner().invoke(site, [str(tmp_path / "out"), *given])
    assert "With edition 2 of Housing, as at 30 September 2026." in done.output
    for name in ("directorates", "plans/housing/index", "plans/housing/editions/1/plan"):
        assert (tmp_path / "out" / f"{name}.html").exists(), name


def test_an_edition_that_is_of_no_directorate_of_the_body_is_refused(tmp_path):
    file = tmp_path / "edition.json"
    for spoil in ({"unit": ""}, {"unit": "Housing", "body": "Another Council"}):
        file.write_text(json.dumps(ed.to_json(edition(action("A1"))) | spoil))
        with pytest.raises(Unreadable, match=r"edition\.json.*not of a directorate of Brackenford"):
            folder.read_directorates([file], edition())


def test_a_directorates_edition_that_was_taken_down_is_said_to_be_and_of_no_other_plan(tmp_path):
    one = edition(action("H1"), unit="Housing", number=2)
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(ed.to_json(one)))
    day = one.published.on
    notice = ed.TakenDown(one.body, one.plan, 1, day, day, day, "It named somebody.", "Housing")
    [series] = folder.read_directorates([file], edition(), [notice])
    assert series == folder.Series(one, (), (notice,))
    made = folder.files(edition(), directorates=[series])
    assert "It named somebody." in Page(made["plans/housing/editions/1/index.html"]).text
    assert made[folder.GONE] == b"plans/housing/editions/1/\n"
    with pytest.raises(Unreadable, match="another plan"):
        folder.read_directorates([file], edition(), [replace(notice, unit="Place")])


def test_the_command_without_an_edition_writes_the_example_and_says_so(tmp_path):
    done = CliRunner().invoke(site, [str(tmp_path / "out")])
    assert "This is the example council, Brackenford, which does not exist." in done.output
    assert "We have kept 9 of our 31 promises on race equality. Five are late." in done.output


def test_what_changed_beside_the_promises_is_told_in_words_and_lists():
    pledge = ed.Pledge("I will not speak first.", "Director", date(2026, 6, 1))
    area = ed.Priority("P1", "Panels", "most", "some", True, "Named most")
    signed = (ed.Signature("Director", date(2026, 9, 2)),)
    old = replace(edition(number=2, as_at=date(2026, 6, 30)), pledges=(pledge,), priorities=(area,))
    found = edition(
        pledges=(replace(pledge, follow_ups=(ed.FollowUp(AS_AT, "not_kept", "Spoke twice"),)),),
        priorities=(replace(area, hardness="less", chosen=False, reason="Done elsewhere"),),
        heard=(ed.Heard("t1", "Who sits on panels", "many"),),
        vision=ed.Vision("Met with respect.", signed),
    )
    page = Page(folder.files(found, [old])["changes/since-2.html"])
    for words in (
        "1 pledge found not kept or given up.",
        "Not kept. I will not speak first.",
        "Spoke twice",
        "Not chosen any more. P1 Panels. Done elsewhere",
        "Most challenging, Some difference",
        "Less so, Some difference",
        "Who sits on panels",
        "The vision was signed.",
        "Met with respect.",
    ):
        assert words in page.text
