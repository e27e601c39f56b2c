"""The static site: whole or not at all, links that lead somewhere, never over another's work."""

import json
import posixpath
import stat

import pytest
from click.testing import CliRunner

from editions import action, edition
from goldenthread.cli.site import site
from goldenthread.errors import Unreadable, Unsafe
from goldenthread.plan import cells
from goldenthread.plan import edition as ed
from goldenthread.web.pages import folder
from web_pages import Page


def test_every_link_leads_to_a_file_of_the_site_and_every_anchor_to_a_place(site_files):
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


def test_every_page_is_reached_from_the_first(site_files):
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


def test_the_command_without_an_edition_writes_the_example_and_says_so(tmp_path):
    done = CliRunner().invoke(site, [str(tmp_path / "out")])
    assert "This is the example council, Brackenford, which does not exist." in done.output
    assert "We have kept 9 of our 31 promises on race equality. Five are late." in done.output
