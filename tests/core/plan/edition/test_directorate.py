"""What a directorate says in an edition: what may be said, what is refused, and in which words."""

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given

from editions import AS_AT, action, days, edition, editions
from goldenthread.errors import Unreadable
from goldenthread.plan import choosing
from goldenthread.plan import edition as ed

DAY = date(2026, 9, 22)
HEARD = ed.Heard("1", "Who gets to act up", "many", "People said that posts went to friends.")
PRIORITY = ed.Priority("H1", "Acting-up by word of mouth", "most", "greatest", True, heard=("1",))
PLEDGE = ed.Pledge("I will not speak first.", "Director", DAY)


def of_directorate(**parts):
    """An edition of one directorate with something of each kind."""
    given = {
        "unit": "Housing and Communities",
        "vision": ed.Vision("Met with respect.", (ed.Signature("Director", DAY),), AS_AT),
        "heard": (HEARD,),
        "priorities": (PRIORITY,),
        "pledges": (PLEDGE,),
        "steps": (ed.StepTaken("Listen", True), ed.StepTaken("Review")),
        "closing": ed.Closing(AS_AT, claims=(ed.Claim("More act up.", (ed.Evidence("Log"),)),)),
    }
    one = action(priorities=("H1",), heard=("1",), serves=(ed.Serves("B1", "5f4qvtv2zm"),))
    return edition(one, **{**given, **parts})


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda plain: plain["vision"].update(signed=[]), "nobody signed"),
        (lambda plain: plain["priorities"].append(plain["priorities"][0]), "priority H1 twice"),
        (lambda plain: plain["heard"].append(plain["heard"][0]), "what was heard 1 twice"),
        (lambda plain: plain["priorities"][0].update(heard=["2"]), "theme that is not"),
        (lambda plain: plain["actions"][0].update(heard=["2"]), "theme that is not"),
        (lambda plain: plain["actions"][0].update(priorities=["H2"]), "priority that is not"),
        (lambda plain: plain["pledges"][0].update(made_by=" "), "which post nor which team"),
        (lambda plain: plain["heard"][0].update(drawn_from="two sessions"), "Invalid enum value"),
        (lambda plain: plain["heard"][0].update(weight="4 of 5"), "Invalid enum value"),
        (lambda plain: plain["actions"][0]["serves"][0].update(action=""), "one action or one"),
        (lambda plain: plain["actions"][0]["serves"][0].update(recommendation="4"), "one action"),
        (lambda plain: plain["closing"]["claims"][0].update(evidence=[]), "nothing that shows it"),
        (
            lambda plain: plain.update(
                objectives={"serving": 312, "held": 405, "as_at": "2026-09-30"}
            ),
            "part of it",
        ),
    ],
)
def test_json_of_a_directorate_that_does_not_fit_is_refused_with_a_sentence(spoil, sentence):
    plain = json.loads(json.dumps(ed.to_json(of_directorate())))
    assert ed.from_json(plain) == of_directorate()
    spoil(plain)
    with pytest.raises(Unreadable, match=sentence):
        ed.from_json(plain)


@pytest.mark.parametrize(("serving", "held"), [(3, 9), (0, 0), (11, 10), (-1, 10)])
def test_objectives_of_fewer_than_ten_or_of_more_than_all_are_refused(serving, held):
    plain = ed.to_json(edition()) | {
        "objectives": {"serving": serving, "held": held, "as_at": "2026-09-30"}
    }
    with pytest.raises(Unreadable, match="fewer"):
        ed.from_json(plain)


def test_what_was_heard_has_no_place_for_a_session():
    """Nothing of a session can be said: neither when, nor where, nor how many, nor of whom."""
    fields = {field.name: field.type for field in dataclasses.fields(ed.Heard)}
    assert fields == {
        "code": "str",
        "name": "str",
        "weight": "Weight",
        "note": "str",
        "drawn_from": "Literal['three_or_more_sessions']",
    }
    assert {field.name for field in dataclasses.fields(ed.StepTaken)} == {"name", "done"}
    assert {field.name for field in dataclasses.fields(ed.Objectives)} == {
        "serving",
        "held",
        "as_at",
    }


@given(editions())
def test_each_priority_stands_in_one_cell_of_nine(found):
    rows = ed.matrix(found)
    assert [(row.hardness, [cell.difference for cell in row.cells]) for row in rows] == [
        (hardness, list(ed.DIFFERENCES)) for hardness in ed.HARDNESSES
    ]
    held = [one.number for row in rows for cell in row.cells for one in cell.priorities]
    assert sorted(held) == sorted(one.number for one in found.priorities)


def followed(*kept):
    """A pledge looked at once a month with these results, the newest last."""
    return dataclasses.replace(
        PLEDGE,
        follow_ups=tuple(ed.FollowUp(date(2026, 1 + n, 1), how) for n, how in enumerate(kept)),
    )


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ((), "Not yet looked at"),
        (("kept",), "Kept, looked at once"),
        (("kept", "kept"), "Kept each time, looked at 2 times"),
        (("kept", "not_kept"), "Not kept"),
        (("not_kept", "kept"), "Kept"),
        (("not_kept", "no_longer"), "Given up"),
    ],
)
def test_a_pledge_is_kept_each_time_or_as_it_was_found_last(kept, words):
    assert ed.pledge_words(followed(*kept), AS_AT) == words


@given(days)
def test_what_became_of_a_pledge_after_a_day_is_not_told_on_it(at):
    made = followed("kept", "not_kept", "no_longer")
    assert [one.on for one in ed.follow_ups(made, at)] == sorted(
        (one.on for one in made.follow_ups if one.on <= at), reverse=True
    )


@pytest.mark.parametrize(
    ("serving", "held", "share"),
    [(312, 405, "77%"), (0, 10, "0%"), (1, 999, "1%"), (999, 1000, "99%")],
)
def test_only_all_objectives_are_all_and_only_none_are_none(serving, held, share):
    told = ed.objectives_words(ed.Objectives(serving, held, AS_AT))
    assert told.startswith(f"{serving:,} of {held:,} appraisals")
    assert told.endswith(share)


def test_the_matrix_is_in_the_same_words_inside_and_in_public():
    assert {one: ed.hardness_words(one) for one in ed.HARDNESSES} == choosing.HARDNESS_WORDS
    assert {one: ed.difference_words(one) for one in ed.DIFFERENCES} == choosing.DIFFERENCE_WORDS
