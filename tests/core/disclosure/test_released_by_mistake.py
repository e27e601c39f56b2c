"""What was once released and gave somebody away, each as small as it was found."""

import pytest

from core.disclosure.council import flow
from core.disclosure.few_among_many import PERIODS, UNITS
from core.disclosure.given_away import given_away
from core.disclosure.released import released_or_none
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.spec import specification
from goldenthread.errors import Unreadable

ANSWERS = ("White", "Black", "Not declared")


def quarters(before, after, **told):
    """A release of units A and B in two quarters, by how many gave each answer, and its people.

    Of those with one answer in one unit as many stayed as are there in both quarters.
    """
    rows = [
        {"person": f"{unit} {answer} {n}", "period": period, "directorate": unit,
         "division": "", "team": "", "ethnicity": answer, "ethnicity_broad": ""}
        for period, units in zip(PERIODS, (before, after), strict=True)
        for unit, numbers in zip(UNITS, units, strict=True)
        for answer, number in zip(ANSWERS, numbers, strict=False)
        for n in range(number)
    ]  # fmt: skip
    spec = {
        "name": "quarters",
        "threshold": 5,
        "periods": list(PERIODS),
        "dims": {
            "org": {"children": {"Total": list(UNITS)}},
            "ethnicity": {
                "children": {"Total": list(ANSWERS)},
                "sensitive": True,
                "nonsensitive": ["Not declared"],
            },
        },
        "tables": [{
            "name": "units", "measures": ["count"],
            "dims": {"org": ["Total", "directorate"], "ethnicity": ["Total", "broad"]},
        }],
        "suppressed_never_zero": True,
        "flows": [{**flow(*PERIODS, 0, 0, answers_may_change=False), **told}],
    }  # fmt: skip
    return spec, rows


def renamed(spec, rows):
    """The same with new numbers for everybody in the second quarter."""
    return spec, [
        {**row, "person": f"{row['person']} again"} if row["period"] == PERIODS[1] else row
        for row in rows
    ]


def moved(spec, rows):
    """The same where one more who is Black in B came from A, where there is one less."""
    new, old = "B Black 20", "A Black 19"
    assert any(row["person"] == old and row["period"] == PERIODS[0] for row in rows)
    return spec, [{**row, "person": old} if row["person"] == new else row for row in rows]


def answered_otherwise(spec, rows):
    """The same where one more of A says in the second quarter that they are Black."""
    new = next(row for row in rows if row["period"] == PERIODS[1] and row["ethnicity"] != "Black")
    return spec, [{**row, "ethnicity": "Black"} if row is new else row for row in rows]


def two_ways(first, second, third):
    """Directorates A and B, and the sites North and South that divide the same teams otherwise."""
    teams = {("A", "A / 1"): first, ("A", "A / 2"): second, ("B", "B / 1"): third}
    rows = [
        {"person": f"{team} {n}", "period": PERIODS[1], "directorate": unit, "division": "",
         "team": team}
        for (unit, team), many in teams.items()
        for n in range(many)
    ]  # fmt: skip
    children = {
        "Total": [["A", "B"], ["North", "South"]], "A": ["A / 1", "A / 2"], "B": ["B / 1"],
        "North": ["A / 1"], "South": ["A / 2", "B / 1"],
    }  # fmt: skip
    spec = {
        "name": "two ways", "threshold": 5, "periods": [PERIODS[1]],
        "dims": {"org": {"children": children}}, "suppressed_never_zero": True,
        "tables": [{"name": "heads", "dims": {"org": ["Total", "directorate"]},
                    "measures": ["count"]}],
    }  # fmt: skip
    return spec, rows


EVEN = ((20, 20), (20, 20))
ONE_MORE = ((20, 21), (20, 20))
BY_MISTAKE = {
    "all six who joined are Black": quarters(
        EVEN, ((20, 26), (20, 20)), joiners=[6, 6]
    ),
    "all eight who left are White, and all of A": quarters(
        EVEN, ((15, 20), (17, 20)), leavers=[8, 8]
    ),
    "one joined where many left": quarters(
        EVEN, ((10, 21), (20, 10)), joiners=[1, 1], leavers=[20, 20]
    ),
    "one left where many joined": quarters(
        EVEN, ((30, 19), (20, 30)), joiners=[20, 20], leavers=[1, 1]
    ),
    "that one joined follows from the headcounts": quarters(
        EVEN, ONE_MORE, joiners=[0, 21]
    ),
    "that nobody left follows from the headcounts": quarters(
        EVEN, ONE_MORE, joiners=[1, 1], leavers=[0, 20]
    ),
    "people have new numbers in the second quarter": renamed(
        *quarters(EVEN, ONE_MORE, joiners=[1, 1])
    ),
    "one moved from A to B": moved(*quarters(EVEN, ((20, 19), (20, 21)))),
    "somebody's answer changed where none does": answered_otherwise(*quarters(EVEN, EVEN)),
    "a team is what two directorates leave": two_ways(9, 2, 9),
}  # fmt: skip


def test_records_that_say_otherwise_than_a_flow_are_refused_without_a_number():
    spec, rows = BY_MISTAKE["people have new numbers in the second quarter"]
    with pytest.raises(Unreadable, match="other numbers of people joined") as refused:
        people_of(rows, specification(spec))
    assert "81" not in str(refused.value) and "give everybody the same number" in refused.value.do


def test_an_answer_that_changed_where_a_flow_says_that_none_does_is_refused():
    spec, rows = BY_MISTAKE["somebody's answer changed where none does"]
    with pytest.raises(Unreadable, match="answers of people who stayed changed"):
        people_of(rows, specification(spec))
    spec["flows"][0].pop("answers_may_change")
    assert len(people_of(rows, specification(spec))) == len(rows)


@pytest.mark.parametrize("name", BY_MISTAKE)
def test_it_is_refused_or_released_and_gives_nobody_away(name, tmp_path):
    folder = released_or_none(tmp_path / "r", *BY_MISTAKE[name])
    if folder is not None:
        assert given_away(folder, *BY_MISTAKE[name]) == []
