"""The bundled edition is what its script makes, and it is Brackenford's programme half way."""

import json
import runpy
from pathlib import Path

from goldenthread.plan import edition as ed

ROOT = Path(__file__).parents[2]
EDITION = ROOT / "src" / "goldenthread" / "example_data" / "edition.json"
DIRECTORATE = EDITION.with_name("directorate.json")


def test_the_example_edition_is_what_its_script_makes(tmp_path):
    script = runpy.run_path(str(ROOT / "scripts" / "make_example_edition.py"))
    script["write"](tmp_path / "edition.json")
    assert (tmp_path / "edition.json").read_bytes() == EDITION.read_bytes()
    script["write"](tmp_path / "directorate.json", script["DIRECTORATE"])
    assert (tmp_path / "directorate.json").read_bytes() == DIRECTORATE.read_bytes()


def test_the_example_directorate_shows_the_good_and_the_bad():
    edition = ed.from_json(json.loads(DIRECTORATE.read_text(encoding="utf-8")))
    counts = ed.counts(edition)
    standings = [counts.of(standing) for standing in ed.STANDINGS]
    assert (counts.total, standings) == (11, [2, 4, 0, 2, 2, 1])
    kept = [ed.pledge_words(pledge, edition.as_at) for pledge in edition.pledges]
    assert set(kept) >= {"Not kept", "Not yet looked at", "Kept, looked at once"}
    whole = ed.from_json(json.loads(EDITION.read_text(encoding="utf-8")))
    for thing, _actions in ed.served(edition):
        assert whole.action(thing.action).number == thing.number


def test_the_example_edition_has_31_promises_in_every_standing():
    edition = ed.from_json(json.loads(EDITION.read_text(encoding="utf-8")))
    counts = ed.counts(edition)
    standings = [counts.of(standing) for standing in ed.STANDINGS]
    assert (counts.total, standings, counts.moved) == (31, [9, 11, 4, 5, 2, 0], 8)
    assert ed.headline(counts, edition.about) == (
        "We have kept 9 of our 31 promises on race equality. Five are late."
    )
    assert (counts.should_be_done, counts.on_time, counts.done_late) == (14, 6, 3)


def test_the_example_edition_shows_silence_repeated_words_and_an_empty_post():
    edition = ed.from_json(json.loads(EDITION.read_text(encoding="utf-8")))
    at = edition.as_at
    assert {a.number for a in edition.actions if ed.silent_quarters(a, at) == 2} == {"B7"}
    assert {a.number for a in edition.actions if ed.silent_quarters(a, at) == 1} == {
        "A4",
        "B9",
        "C6",
    }
    assert {a.number for a in edition.actions if ed.same_words(a, at)} == {"A3", "B8", "C5"}
    assert {a.number for a in edition.actions if a.lead.vacant_since} == {"A2", "B7", "E3"}
