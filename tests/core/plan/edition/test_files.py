"""An edition as JSON and as CSV."""

import json
from datetime import date

import pytest
from hypothesis import given

from editions import action, edition, editions
from goldenthread.errors import Unreadable
from goldenthread.plan import cells
from goldenthread.plan import edition as ed


@given(editions())
def test_json_gives_back_the_same_edition(found):
    written = json.dumps(ed.to_json(found), ensure_ascii=False)
    assert ed.from_json(json.loads(written)) == found


@given(editions())
def test_json_carries_the_counts_and_standings_that_are_counted(found):
    plain = ed.to_json(found)
    assert plain["counts"]["total"] == len(found.actions)
    standings = [ed.standing(a, found.as_at) for a in found.actions]
    assert [a["standing"] for a in plain["actions"]] == standings


def test_json_of_a_later_version_may_add_keys():
    plain = ed.to_json(edition(action())) | {"weather": {"words": "To come."}}
    plain["actions"][0]["clouds"] = []
    assert ed.from_json(plain) == edition(action())


def test_json_of_the_first_version_is_read_as_it_was_meant():
    plain = ed.to_json(edition(action())) | {"schema": "goldenthread.edition/1"}
    del plain["actions"][0]["withdrawn"]
    assert ed.from_json(plain) == edition(action())


@pytest.mark.parametrize("version", ["1", "1.1", "1.2"])
def test_json_of_an_earlier_version_has_nothing_of_a_directorate(version):
    plain = ed.to_json(edition(action())) | {"schema": f"goldenthread.edition/{version}"}
    for key in ("vision", "priorities", "pledges", "heard", "objectives", "steps", "closing"):
        del plain[key]
    for key in ("serves", "priorities", "heard"):
        del plain["actions"][0][key]
    assert ed.from_json(plain) == edition(action())


def test_a_withdrawn_action_is_in_the_files_with_its_day_and_reason():
    gone = ed.Withdrawal(date(2026, 7, 31), "The law changed.")
    found = edition(action(withdrawn=gone))
    plain = ed.to_json(found)
    assert plain["actions"][0]["standing"] == "withdrawn"
    assert plain["actions"][0]["withdrawn"] == {"on": "2026-07-31", "reason": gone.reason}
    [heads, row] = cells.read(ed.to_csv(found))
    told = dict(zip(heads, row, strict=True))
    assert told["standing"] == "Withdrawn"
    assert (told["withdrawn on"], told["why withdrawn"]) == ("2026-07-31", "The law changed.")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: plain.pop("schema"),
        lambda plain: plain.update(schema="goldenthread.plan/1"),
        lambda plain: plain.update(schema="goldenthread.edition/2"),
        lambda plain: plain.pop("body"),
        lambda plain: plain.update(as_at="soon"),
        lambda plain: plain["actions"][0].update(id="../../x"),
        lambda plain: plain["actions"].append(plain["actions"][0]),
    ],
)
def test_json_that_is_no_whole_edition_is_refused(spoil):
    plain = ed.to_json(edition(action()))
    spoil(plain)
    with pytest.raises(Unreadable):
        ed.from_json(plain)


@given(editions())
def test_csv_has_one_row_for_each_action_and_every_word_of_it(found):
    rows = cells.read(ed.to_csv(found))
    assert [row[2] for row in rows[1:]] == [a.words for a in found.actions]
    assert {len(row) for row in rows} == {len(rows[0])}
