"""Who says what they are: each cell is what the measure's own function gives, of everybody."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from core.workforce.packs.bodies import BEFORE, NOW, pack_of, person, rows_of, undeclared
from core.workforce.packs.conftest import CAMPAIGN
from goldenthread.disclosure.raw import NotSaid
from goldenthread.workforce import Difference, TooFew, difference, proportion
from goldenthread.workforce.packs.asked import SHOWN
from goldenthread.workforce.rates import Campaign, after_campaigns, declarations

COUNTS = ("known", "prefer_not_to_say", "not_asked", "blank", "not_known")


@pytest.fixture(scope="module")
def told(council):
    """Every declaration by characteristic, unit and day."""
    found = declarations(council.records, tuple(SHOWN))
    return {(one.characteristic, one.unit, one.snapshot): one for one in found}


def titles(asked):
    return {asked.title(name): name for name in SHOWN}


def counted(row, one):
    """Whether a row has the numbers and the rates of a declaration."""
    assert row["people"] == one.headcount
    assert {name: row[name] for name in COUNTS} == {name: getattr(one, name) for name in COUNTS}
    assert sum(row[name] for name in COUNTS) == row["people"]
    for name, rate in (
        ("declared", one.declared()), ("responded", one.responded()), ("declined", one.declined()),
    ):  # fmt: skip
        if isinstance(rate, TooFew):
            assert row[name] == NotSaid(rate.why, rate.marker)
        else:
            assert row[name] == 100 * rate.share
    declared = one.declared()
    ends = (None, None)
    if not isinstance(declared, TooFew):
        ends = (100 * declared.interval.low, 100 * declared.interval.high)
    assert (row["low"], row["high"]) == ends


def changed(row, found, name):
    """Whether a row tells this difference with its interval, or says why there is none."""
    if found is None:
        assert (row[name], row[f"{name}_low"], row[f"{name}_high"], row["says"]) == (
            None, None, None, "",
        )  # fmt: skip
    elif isinstance(found, TooFew):
        assert row[name] == NotSaid(found.why, found.marker)
        assert (row[f"{name}_low"], row[f"{name}_high"]) == (None, None)
        assert row["says"] == found.sentence
    else:
        assert row[name] == 100 * (found.first.share - found.other.share)
        assert row[f"{name}_low"] == 100 * found.interval.low
        assert row[f"{name}_high"] == 100 * found.interval.high
        assert row["says"] == found.sentence


def test_each_characteristic_is_followed_from_snapshot_to_snapshot(council, told):
    asked = council.asked
    rows = rows_of(council.pack.table("declaration"))
    named = titles(asked)
    assert [(named[row["characteristic"]], row["day"]) for row in rows] == [
        (one, day) for one in SHOWN for day in asked.snapshots
    ]
    for row in rows:
        counted(row, told[named[row["characteristic"]], None, row["day"]])
    for one in SHOWN:
        own = [row for row in rows if named[row["characteristic"]] == one]
        changed(own[0], None, "change")
        for before, after in pairwise(own):
            now, then = (told[one, None, row["day"]].declared() for row in (after, before))
            changed(after, difference(now, then), "change")


def test_each_unit_stands_beside_everybody_elsewhere(council, told):
    asked = council.asked
    rows = rows_of(council.pack.table("declaration_by_unit"))
    named = titles(asked)
    units = {
        asked.unit(unit): unit for _c, unit, day in told if unit is not None and day == asked.as_at
    }
    assert {(row["unit"], named[row["characteristic"]]) for row in rows} == {
        (unit, one) for unit in units for one in SHOWN
    }
    for row in rows:
        one, unit = named[row["characteristic"]], units[row["unit"]]
        its, whole = told[one, unit, asked.as_at], told[one, None, asked.as_at]
        counted(row, its)
        others = proportion(
            whole.known - its.known, whole.headcount - its.headcount, "people elsewhere"
        )
        changed(row, difference(its.declared(), others), "apart")
        if isinstance(difference(its.declared(), others), Difference):
            assert "people elsewhere" in row["says"]


def test_each_campaign_is_followed_from_the_snapshot_before_to_the_last(council, told):
    asked = council.asked
    rows = rows_of(council.pack.table("declaration_campaigns"))
    named = titles(asked)
    assert [named[row["characteristic"]] for row in rows] == list(SHOWN)
    for row in rows:
        one = named[row["characteristic"]]
        over_time = [told[one, None, day] for day in asked.snapshots]
        (found,) = after_campaigns(over_time, [CAMPAIGN])
        assert (row["campaign"], row["began"]) == ("Count me in", date(2025, 4, 1))
        assert (row["before"], row["after"]) == (date(2025, 3, 31), date(2026, 3, 31))
        assert row["declared_before"] == 100 * found.before.declared().share
        assert row["declared_after"] == 100 * found.after.declared().share
        if isinstance(found.change, Difference):
            change = found.change
            assert row["change"] == 100 * (change.first.share - change.other.share)
            assert row["change_low"] == 100 * change.interval.low
            assert row["change_high"] == 100 * change.interval.high
        else:
            assert isinstance(row["change"], NotSaid)
        assert row["says"] == found.sentence
    assert "no proof that it came from it" in council.pack.table("declaration_campaigns").notes[0]


# Small bodies, counted by hand


def people(on, known, declined=0, blank=0):
    return [
        *(person(n, on) for n in range(known)),
        *(undeclared(1000 + n, on, "prefer_not_to_say") for n in range(declined)),
        *(undeclared(2000 + n, on, "blank") for n in range(blank)),
    ]


def test_thirty_of_fifty_who_became_forty_five():
    body = [*people(BEFORE, 30, 5, 15), *people(NOW, 45, 5)]
    table = pack_of("declaration", body).table("declaration")
    then, now = (row for row in rows_of(table) if row["characteristic"] == "Religion or belief")
    assert (then["declared"], then["responded"], then["declined"]) == (60, 70, 10)
    assert (now["declared"], now["responded"], now["declined"]) == (90, 100, 10)
    assert (now["known"], now["people"], now["change"]) == (45, 50, 30)
    assert now["says"].endswith("It is higher by more than chance.")


def test_declined_is_an_answer_and_blank_is_none():
    body = people(NOW, 0, 40, 0)
    (row, *_) = rows_of(pack_of("declaration", body).table("declaration"))[1:]
    assert (row["declared"], row["responded"], row["declined"]) == (0, 100, 100)


def test_without_a_campaign_there_is_no_table_of_campaigns():
    names = [table.name for table in pack_of("declaration", people(NOW, 30)).tables]
    assert names == ["stands_out", "declaration", "declaration_by_unit"]


def test_a_campaign_that_no_snapshot_follows_has_no_row():
    later = Campaign(date(2026, 6, 1), "Later")
    body = [*people(BEFORE, 30), *people(NOW, 30)]
    pack = pack_of("declaration", body, campaigns=[later])
    assert pack.table("declaration_campaigns").rows == ()


def test_a_body_that_asks_for_more_people_behind_a_figure_is_told_no_other_figure():
    body = [*people(BEFORE, 20, 0, 30), *people(NOW, 45, 0, 15)]
    campaign = Campaign(date(2025, 9, 1), "Count me in")
    pack = pack_of("declaration", body, campaigns=[campaign], least=55)
    for name in ("declaration", "declaration_campaigns"):
        for row in rows_of(pack.table(name)):
            if row.get("day") == BEFORE:
                assert row["declared"] == NotSaid("Fewer than 55 people in post on 31 March 2025.")
            else:
                assert isinstance(row["change"], NotSaid)
                assert "%" not in row["says"]


def test_one_unit_alone_has_nobody_elsewhere():
    rows = rows_of(pack_of("declaration", people(NOW, 20, 0, 20)).table("declaration_by_unit"))
    assert {row["unit"] for row in rows} == {"place", "place / parks"}
    assert {row["apart"] for row in rows} == {NotSaid("There are no people elsewhere.", "[x]")}


def test_a_unit_that_answers_less_is_told_with_both_rates():
    body = [
        *(person(n, unit="adults / care") for n in range(50)),
        *(undeclared(100 + n, unit="place / parks") for n in range(30)),
        *(person(200 + n, unit="place / parks") for n in range(20)),
    ]
    rows = rows_of(pack_of("declaration", body).table("declaration_by_unit"))
    row = next(
        row
        for row in rows
        if (row["unit"], row["characteristic"]) == ("place", "Religion or belief")
    )
    assert (row["declared"], row["apart"]) == (Fraction(40), Fraction(-60))
    assert row["says"].startswith("40.0% (20 of 50 people in post in place on 31 March 2026)")
    assert "against 100.0% (50 of 50 people elsewhere)" in row["says"]
