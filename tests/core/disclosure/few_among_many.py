"""Small releases with percentages: a few people among so many others that percentages are told.

Percentages are told of 23 people and more, so that a body has to have that many; with two or three
units and answers every workforce that fits can be written down all the same.
"""

from typing import Any

from hypothesis import strategies as st

from core.disclosure.council import Row, Spec, placed
from core.disclosure.counted import TOTAL

PERIODS = ("2025Q4", "2026Q1")
UNITS = ("A", "B")
ANSWERS = (("White", "Black"), ("White", "Black", "Not declared"))
FEW = st.sampled_from([0, 1, 1, 2, 2, 3, 4, 6])
MANY = st.sampled_from([8, 20, 23, 27])
MANY_TWICE = st.sampled_from([8, 23])
"""Fewer where there are two quarters, since all pairs of workforces are tried."""

Place = tuple[str, str]
"""A unit and an answer."""


@st.composite
def few_among_many(
    draw: st.DrawFn, *, periods: int = 1, corrections: bool = False
) -> tuple[Spec, list[Row]]:
    """A specification with percentages of its two units' answers, and its people.

    In each unit most people may have one answer and few have any other, or all are few. Between
    two ``periods`` up to two join, up to two leave, and up to two declare what they had not, or
    with ``corrections`` one may answer otherwise; most often the flow is told, to the person or in
    a range.
    """
    answers = draw(st.sampled_from(ANSWERS))
    many = MANY if periods == 1 else MANY_TWICE
    first: dict[Place, int] = {}
    for unit in UNITS:
        most = draw(st.sampled_from([*answers, "", *answers]))
        for answer in answers:
            first[unit, answer] = draw(many if answer == most else FEW)
    if not any(first.values()):
        first["A", answers[0]] = 1
    when = PERIODS[-periods:]
    rows = [_row(who, when[0], place) for who, place in enumerate(_each(first))]
    spec: Spec = {
        "name": "few among many",
        "threshold": draw(st.sampled_from([3, 5])),
        "periods": list(when),
        "dims": {
            "org": {"children": {TOTAL: list(UNITS)}},
            "ethnicity": {
                "children": {TOTAL: list(answers)},
                "sensitive": True,
                "nonsensitive": [one for one in answers if one == "Not declared"],
            },
        },
        "tables": _tables(draw),
        "suppressed_never_zero": draw(st.booleans()),
    }
    if draw(st.booleans()):
        spec["percent_dp"] = draw(st.integers(0, 1))
    if periods == 2:
        rows += _after(draw, rows, answers, spec, corrections)
    return spec, rows


def _each(people: dict[Place, int]) -> list[Place]:
    return [place for place, many in people.items() for _ in range(many)]


def _row(who: int, period: str, place: Place) -> Row:
    unit, answer = place
    return {
        "person": f"P{who:03d}", "period": period,
        **dict.fromkeys(("directorate", "division", "team"), ""), **placed((unit,)),
        "ethnicity": answer, "ethnicity_broad": "",
    }  # fmt: skip


def _tables(draw: st.DrawFn) -> list[Spec]:
    org, ethnicity = [TOTAL, "directorate"], [TOTAL, "broad"]
    shares = {"org": draw(st.sampled_from([org, org, org[1:]])), "ethnicity": ethnicity}
    measures = draw(st.sampled_from([["percent:ethnicity"], ["count", "percent:ethnicity"]]))
    tables = [
        {"name": "heads", "dims": {"org": org}, "measures": ["count"]},
        {"name": "shares", "dims": shares, "measures": measures},
    ]
    if draw(st.booleans()):
        whole = draw(st.sampled_from([["count"], ["percent:ethnicity"]]))
        tables.append({"name": "body", "dims": {"ethnicity": ethnicity}, "measures": whole})
    return tables


def _after(
    draw: st.DrawFn, rows: list[Row], answers: tuple[str, ...], spec: Spec, corrections: bool
) -> list[Row]:
    """The people of the second period, and what is told of who came and went."""
    left = _people(rows, _some(draw, rows))
    stayed = [row for row in rows if row["person"] not in left]
    silent = [row for row in stayed if corrections or row["ethnicity"] == "Not declared"]
    changed = _people(silent, _some(draw, silent))
    after = []
    for row in stayed:
        answer = row["ethnicity"]
        if row["person"] in changed:
            answer = draw(st.sampled_from(answers))
        after.append({**row, "period": PERIODS[1], "ethnicity": answer})
    places = st.tuples(st.sampled_from(UNITS), st.sampled_from(answers))
    joined = draw(st.lists(places, min_size=0 if after else 1, max_size=2))
    after += [_row(500 + who, PERIODS[1], place) for who, place in enumerate(joined)]
    if draw(st.sampled_from([True, True, True, False])):
        spec["flows"] = [_flow(draw, len(joined), len(left))]
        before = {row["person"]: row["ethnicity"] for row in rows}
        if draw(st.booleans()) and all(
            before.get(row["person"], row["ethnicity"]) == row["ethnicity"] for row in after
        ):
            spec["flows"][0]["answers_may_change"] = False
    return after


def _some(draw: st.DrawFn, rows: list[Row]) -> list[Place]:
    """The places of none, one or two of these people, each as likely to be of few as of many."""
    places = sorted({(row["directorate"], row["ethnicity"]) for row in rows})
    return draw(st.lists(st.sampled_from(places), max_size=2)) if places else []


def _people(rows: list[Row], places: list[Place]) -> set[str]:
    """Somebody of each of these places, as far as there is anybody left."""
    found: set[str] = set()
    for unit, answer in places:
        there = [row["person"] for row in rows
                 if (row["directorate"], row["ethnicity"]) == (unit, answer)
                 and row["person"] not in found]  # fmt: skip
        found.update(there[:1])
    return found


def _flow(draw: st.DrawFn, joined: int, left: int) -> dict[str, Any]:
    slack = draw(st.sampled_from([0, 0, 1, 3]))
    return {
        "from": PERIODS[0], "to": PERIODS[1], "where": {},
        "joiners": [max(0, joined - slack), joined + slack],
        "leavers": [max(0, left - slack), left + slack],
    }  # fmt: skip
