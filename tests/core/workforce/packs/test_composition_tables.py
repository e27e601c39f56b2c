"""Who works here: each cell is what the measure's own function gives, with its base beside it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from core.workforce.packs.bodies import BEFORE, NOW, pack_of, person, rows_of, undeclared
from core.workforce.packs.conftest import POPULATION
from goldenthread.categories import MISSING_IN_WORDS
from goldenthread.disclosure.raw import NotSaid
from goldenthread.errors import Unreadable
from goldenthread.workforce import TooFew
from goldenthread.workforce.packs.asked import SHOWN
from goldenthread.workforce.rates import (
    against_benchmark,
    against_earlier,
    against_rest,
    composition,
)

PAIRS = (("sex", "ethnicity"), ("sex", "disability"), ("ethnicity", "disability"))
STATES = set(MISSING_IN_WORDS)


@pytest.fixture(scope="module")
def counted(council):
    return composition(
        council.records,
        tuple(SHOWN),
        pairs=PAIRS,
        groupings=SHOWN,
        snapshots=[council.asked.before, council.asked.as_at],
    )


def titles(asked):
    return {asked.title(name): name for name in SHOWN}


def held(row, share, people, base):
    """Whether a row has this share with the numbers behind it, or says why it has none."""
    assert (row["people"], row["base"]) == (people, base)
    if isinstance(share, TooFew):
        assert row["share"] == NotSaid(share.why, share.marker)
        assert (row["low"], row["high"]) == (None, None)
    else:
        assert row["share"] == Fraction(100 * people, base) == 100 * share.share
        assert row["low"] == pytest.approx(100 * share.interval.low)
        assert row["high"] == pytest.approx(100 * share.interval.high)
        assert 0 <= row["low"] <= row["share"] <= row["high"] <= 100


def apart(row, found):
    """Whether a row tells this comparison, or says why there is none."""
    if found is None:
        assert (row["apart"], row["apart_low"], row["apart_high"]) == (None, None, None)
        assert row["says"] == ""
    elif isinstance(found, TooFew):
        assert row["apart"] == NotSaid(found.why, found.marker)
        assert (row["apart_low"], row["apart_high"]) == (None, None)
        assert row["says"] == found.sentence
    else:
        assert row["apart"] == 100 * (found.share.share - found.reference)
        assert row["apart_low"] == 100 * found.difference.low
        assert row["apart_high"] == 100 * found.difference.high
        assert row["says"] == found.sentence


def test_every_group_of_every_characteristic_stands_beside_the_year_before(council, counted):
    asked = council.asked
    rows = rows_of(council.pack.table("composition"))
    named = titles(asked)
    assert {(named[row["characteristic"]], row["code"]) for row in rows} == {
        (one, code) for one in SHOWN for code in counted.codes[one]
    }
    for row in rows:
        one, code = named[row["characteristic"]], row["code"]
        assert row["group"] == asked.label(one, code)
        assert row["people_before"] == counted.people(asked.before, {one: code})
        people = counted.people(asked.as_at, {one: code})
        if code in STATES:
            continue
        base = counted.base(asked.as_at, [one])
        held(row, counted.share(asked.as_at, {one: code}), people, base)
        codes = {one: code}
        apart(row, against_earlier(counted, codes, snapshot=asked.as_at, before=asked.before))


def test_states_of_missing_stand_below_the_groups_with_their_numbers_and_no_share(council, counted):
    asked = council.asked
    rows = rows_of(council.pack.table("composition"))
    named = titles(asked)
    missing = [row for row in rows if row["code"] in STATES]
    assert len({row["characteristic"] for row in missing}) == 6  # all but sex and working pattern
    for row in missing:
        one = named[row["characteristic"]]
        assert row["people"] == counted.people(asked.as_at, {one: row["code"]})
        empty = {name: row[name] for name in row if name not in
                 ("characteristic", "group", "code", "people", "people_before")}  # fmt: skip
        assert set(empty.values()) == {None, ""}
    for one in named:
        codes = [row["code"] for row in rows if row["characteristic"] == one]
        assert codes == sorted(codes, key=lambda code: code in STATES)


def test_groups_and_states_of_missing_make_everybody(council):
    table = council.pack.table("composition")
    assert table.base == 1500
    for one in titles(council.asked):
        there = [row["people"] for row in rows_of(table) if row["characteristic"] == one]
        assert sum(there) == 1500


@pytest.mark.parametrize("what", ["unit", "grade"])
def test_each_unit_and_grade_stands_beside_everybody_outside_it(council, counted, what):
    asked = council.asked
    rows = rows_of(council.pack.table(f"composition_by_{what}"))
    named = titles(asked)
    places = counted.units if what == "unit" else counted.grades
    called = asked.unit if what == "unit" else asked.grade
    by_place = {called(place): place for place in places}
    assert len(by_place) == len(places)
    seen = set()
    name = "of everybody outside it" if what == "unit" else "of everybody in other grades"
    for row in rows:
        one, code, place = named[row["characteristic"]], row["code"], by_place[row[what]]
        seen.add((place, one, code))
        assert code not in STATES
        where = {what: place}
        share = counted.share(asked.as_at, {one: code}, **where)
        base = counted.base(asked.as_at, [one], **where)
        held(row, share, counted.people(asked.as_at, {one: code}, **where), base)
        whole = counted.share(asked.as_at, {one: code})
        nobody_outside = isinstance(whole, TooFew) or whole.base == base
        apart(row, None if nobody_outside else against_rest(share, whole, name))
    assert seen == {
        (place, one, code)
        for place in places
        for one in SHOWN
        for code in counted.codes[one]
        if code not in STATES and counted.base(asked.as_at, [one], **{what: place})
    }


def test_the_whole_council_as_a_unit_is_beside_nobody(council):
    rows = [r for r in rows_of(council.pack.table("composition_by_unit")) if r["unit"] == "council"]
    assert rows
    assert {(row["apart"], row["says"]) for row in rows} == {(None, "")}


def test_units_and_grades_are_named_as_they_were_first_written(council):
    units = {row["unit"] for row in rows_of(council.pack.table("composition_by_unit"))}
    grades = [row["grade"] for row in rows_of(council.pack.table("composition_by_grade"))]
    assert "Place" in units
    assert "place" not in units
    assert list(dict.fromkeys(grades))[:2] == ["Grade 1", "g02"]


def test_pairs_are_of_people_of_whom_both_are_known(council, counted):
    asked = council.asked
    rows = rows_of(council.pack.table("composition_pairs"))
    named = titles(asked)
    for row in rows:
        one, other = named[row["characteristic"]], named[row["other_characteristic"]]
        codes = {
            name: next(c for c in counted.codes[name] if asked.label(name, c) == row[label])
            for name, label in ((one, "group"), (other, "other_group"))
        }
        base = counted.base(asked.as_at, [one, other])
        held(row, counted.share(asked.as_at, codes), counted.people(asked.as_at, codes), base)
    for one, other in PAIRS:
        told = [
            row
            for row in rows
            if (named[row["characteristic"]], named[row["other_characteristic"]]) == (one, other)
        ]
        assert {row["base"] for row in told} == {sum(row["people"] for row in told)}


def test_the_population_stands_beside_with_its_source(council):
    asked = council.asked
    table = council.pack.table("population")
    found = composition(
        council.records, ["ethnicity"], groupings={"ethnicity": "five"}, snapshots=[asked.as_at]
    )
    labels = {asked.label("ethnicity", code, "five"): code for code in POPULATION.shares}
    rows = rows_of(table)
    assert [labels[row["group"]] for row in rows] == list(POPULATION.shares)
    for row in rows:
        code = labels[row["group"]]
        beside = against_benchmark(found, POPULATION, code, snapshot=asked.as_at)
        held(
            row,
            found.share(asked.as_at, {"ethnicity": code}),
            found.people(asked.as_at, {"ethnicity": code}),
            found.base(asked.as_at, ["ethnicity"]),
        )
        apart(row, beside)
        assert row["population"] == 100 * POPULATION.shares[code]
        assert row["to_parity"] == beside.to_parity
    assert "an invented census, https://brackenford.example/census" in table.sources
    assert "people of working age (16 to 64) in Brackenford on 21 March 2021" in table.notes[0]


# Small bodies, counted by hand


def hundred(on, women):
    return [person(n, on, sex="female" if n < women else "male") for n in range(100)]


def test_sixty_women_of_a_hundred_who_were_forty():
    table = pack_of("composition", [*hundred(BEFORE, 40), *hundred(NOW, 60)]).table("composition")
    row = next(row for row in rows_of(table) if row["code"] == "female")
    assert (row["people"], row["base"], row["share"], row["people_before"]) == (60, 100, 60, 40)
    assert row["apart"] == 20
    assert 6 < row["apart_low"] < 7  # Newcombe's interval: 6.2 to 33.0
    assert 32 < row["apart_high"] < 34
    (heading,) = [c.title for c in table.columns if c.name == "people_before"]
    assert heading == "People on 31 March 2025"


def test_with_one_snapshot_nothing_stands_beside_it():
    table = pack_of("composition", hundred(NOW, 60)).table("composition")
    for row in rows_of(table):
        assert (row["people_before"], row["apart"], row["says"]) == (None, None, "")


def test_of_nine_whose_answer_is_known_no_share_is_said():
    people = [
        *(person(n, disability="disabled" if n < 4 else "not_disabled") for n in range(9)),
        *(undeclared(n) for n in range(9, 40)),
    ]
    rows = rows_of(pack_of("composition", people).table("composition"))
    (row,) = [row for row in rows if row["code"] == "disabled"]
    assert (row["people"], row["base"]) == (4, 9)
    assert row["share"].marker == "[c]"
    assert row["share"].why.startswith("Fewer than 10 people")


def test_a_body_may_ask_for_more_people_behind_a_share():
    people = hundred(NOW, 60)
    table = pack_of("composition", people, least=101).table("composition")
    assert all(isinstance(row["share"], NotSaid) for row in rows_of(table))
    assert all(row["says"] == "" for row in rows_of(table))


def test_a_population_asks_for_as_many_as_the_rest_of_the_pack():
    people = [person(n, ethnicity="asian_indian" if n < 15 else "white_british") for n in range(30)]
    table = pack_of("composition", people, benchmarks=[POPULATION], least=31).table("population")
    assert all(isinstance(row["apart"], NotSaid) for row in rows_of(table))
    assert not any(f"{row['people']} of 30" in row["says"] for row in rows_of(table))


def test_two_populations_make_two_tables():
    pack = pack_of("composition", hundred(NOW, 60), benchmarks=[POPULATION, POPULATION])
    assert [t.name for t in pack.tables[-2:]] == ["population", "population_2"]


def test_a_population_with_a_group_that_no_list_has_is_refused():
    """Of a group by a wrong name nobody would work here, and everybody would be short of it."""
    wrong = replace(POPULATION, shares={"white": Fraction(3, 5), "blakc": Fraction(2, 5)})
    with pytest.raises(Unreadable) as refused:
        pack_of("composition", hundred(NOW, 60), benchmarks=[wrong])
    said = str(refused.value)
    assert "The population of Brackenford is divided by groups that the list “Ethnic group" in said
    assert "one of its codes there: asian, black, mixed, other, white." in said


def test_a_population_in_another_roll_up_than_any_of_its_list_is_refused():
    wrong = replace(POPULATION, grouping="full_or_part")
    with pytest.raises(Unreadable, match="Divide it by one of: detailed"):
        pack_of("composition", hundred(NOW, 60), benchmarks=[wrong])
