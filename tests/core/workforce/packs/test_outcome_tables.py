"""What happened to whom: each cell is what the measure's own function gives, both ways up."""

from datetime import date
from fractions import Fraction

import pytest

from core.workforce.packs.bodies import (
    BEFORE,
    NOW,
    pack_of,
    person,
    rows_of,
    who,
)
from core.workforce.packs.conftest import POPULATION
from goldenthread.disclosure.raw import NotSaid
from goldenthread.workforce import Proportion, TooFew, packs
from goldenthread.workforce.rates import (
    EVENTS,
    RelativeLikelihood,
    Representation,
    answer,
    both_ways_up,
    flows,
    outcomes,
    reconciled,
    standard,
)

SIDES = (
    ("ethnicity", "white_other", "all_other", "white"),
    ("ethnicity", "five", "mixed", "white"),
    ("ethnicity", "five", "asian", "white"),
    ("ethnicity", "five", "black", "white"),
    ("ethnicity", "five", "other", "white"),
    ("disability", "detailed", "disabled", "not_disabled"),
    ("sex", "detailed", "female", "male"),
)
FLOWS = {"sex": "detailed", "ethnicity": "five", "disability": "detailed", "age": "detailed"}


def same(cell, found):
    """Whether a cell has a figure, or says why there is none."""
    if isinstance(found, TooFew):
        assert cell == NotSaid(found.why, found.marker)
    else:
        assert cell == found


def test_each_event_is_told_of_one_group_beside_another_and_the_other_way_up(council):
    asked = council.asked
    rows = rows_of(council.pack.table("likelihoods"))
    expected = []
    for event in EVENTS:
        for characteristic, grouping, one, other in SIDES:
            found = outcomes(
                council.records, event, date(2025, 4, 1), date(2026, 3, 31),
                characteristic=characteristic, grouping=grouping,
            )  # fmt: skip
            names = [asked.label(characteristic, code, grouping) for code in (one, other)]
            both = [
                found.of(code, called=f"“{name}”")
                for code, name in zip((one, other), names, strict=True)
            ]
            expected.append(
                (asked.title(characteristic), names, both_ways_up(EVENTS[event], *both))
            )
    assert len(rows) == len(expected)
    for row, (title, names, (up, down)) in zip(rows, expected, strict=True):
        assert (row["event"], row["characteristic"]) == (up.event, title)
        assert [row["above"], row["below"]] == names
        assert (row["events"], row["total"]) == (up.numerator.events, up.numerator.total)
        assert (row["other_events"], row["other_total"]) == (
            up.denominator.events, up.denominator.total,
        )  # fmt: skip
        same(row["ratio"], up.ratio)
        same(row["other_way_up"], down.ratio)
        same(row["fisher"], up.fisher)
        if isinstance(up.interval, TooFew):
            assert (row["low"], row["high"]) == (None, None)
        else:
            assert (row["low"], row["high"]) == (up.interval.low, up.interval.high)
            assert row["low"] <= row["ratio"] <= row["high"]
        if isinstance(row["ratio"], Fraction) and isinstance(row["other_way_up"], Fraction):
            assert row["ratio"] * row["other_way_up"] == 1
        assert row["says"] == up.sentence


def test_the_days_of_the_year_and_who_is_below_no_line_stand_below_the_table(council):
    notes = council.pack.table("likelihoods").notes
    assert notes[0].startswith("Events from 2025-04-01 to 2026-03-31.")
    for event, what in EVENTS.items():
        found = outcomes(council.records, event, date(2025, 4, 1), date(2026, 3, 31))
        said = [note for note in notes if note.startswith(f"{what.capitalize()}: ")]
        assert [note.split(": ")[1].split()[0] for note in said] == (
            [f"{found.outside:,}"] if found.outside else []
        )


def test_each_group_is_followed_from_one_snapshot_to_the_other(council):
    asked = council.asked
    rows = rows_of(council.pack.table("flows"))
    titles = {asked.title(name): name for name in FLOWS}
    seen = set()
    for row in rows:
        characteristic = titles[row["characteristic"]]
        grouping = FLOWS[characteristic]
        found = flows(
            council.records, asked.before, asked.as_at,
            characteristic=characteristic, grouping=grouping,
        )  # fmt: skip
        code = next(
            c for c in found.groups if asked.label(characteristic, c, grouping) == row["group"]
        )
        seen.add((characteristic, code))
        one = found.groups[code]
        for name in ("start", "joined", "left", "declared_in", "declared_out", "end", "rose"):
            assert row[name] == getattr(one, name)
        assert (
            row["start"] + row["joined"] + row["declared_in"] - row["left"] - row["declared_out"]
            == (row["end"])
        )
        for name, rate in (
            ("joining", one.joining()), ("leaving", one.leaving()), ("promotion", one.promotion()),
        ):  # fmt: skip
            same(row[name], rate if isinstance(rate, TooFew) else 100 * rate.share)
    assert len(seen) == len(rows)
    for characteristic in FLOWS:
        own = [row for row in rows if titles[row["characteristic"]] == characteristic]
        assert (sum(row["start"] for row in own), sum(row["end"] for row in own)) == (1500, 1500)


def test_what_the_file_of_moves_says_stands_beside_the_snapshots(council):
    asked = council.asked
    moved = reconciled(council.records, asked.before, asked.as_at)
    assert str(moved) in council.pack.table("flows").notes
    readings = [row for row in rows_of(council.pack.tables[0]) if row["table"] == "flows"]
    assert bool(readings) == (not moved.adds_up)


@pytest.mark.parametrize(("pack", "name"), [("sc-wres", "sc_wres"), ("wres", "nhs_wres"),
                                            ("wdes", "nhs_wdes")])  # fmt: skip
def test_a_standard_has_every_indicator_with_its_figures_or_what_it_needs(council, pack, name):
    asked = council.asked
    chosen = standard(name)
    benchmark = POPULATION if POPULATION.grouping == chosen.grouping else None
    told = answer(
        chosen, council.records, snapshot=asked.as_at, begins=date(2025, 4, 1), ends=asked.as_at,
        benchmark=benchmark,
    )  # fmt: skip
    made = packs.make_pack(pack, council.records, asked)
    table = made.table(name)
    rows = rows_of(table)
    expected = [(one.indicator, line) for one in told for line in (one.lines or (None,))]
    assert len(rows) == len(expected)
    assert {row["indicator"] for row in rows} == {one.number for one in chosen.indicators}
    for row, (indicator, line) in zip(rows, expected, strict=True):
        assert (row["indicator"], row["title"]) == (indicator.number, indicator.title)
        if line is None:
            assert row["says"] == f"Needs {indicator.needs}."
            figures = ("people", "base", "share", "low", "high", "ratio", "apart")
            assert {row[each] for each in figures} == {None}
            continue
        assert row["says"] == line.found.sentence
        match line.found:
            case TooFew() as few:
                same(row["share"], few)
            case RelativeLikelihood() as found:
                assert row["of"] == found.label
                same(row["ratio"], found.ratio)
            case Proportion() as found:
                assert (row["people"], row["base"]) == (found.count, found.base)
            case Representation() as found:
                share = found.share
                assert (row["people"], row["base"]) == (share.count, share.base)
                assert row["share"] == 100 * share.share
                assert row["apart"] == 100 * (share.share - found.reference)
                assert row["ratio"] == found.index
    assert f"Version {chosen.version}." in table.notes
    assert f"{chosen.source}, {chosen.address}" in table.sources


# Small bodies, counted by hand


def staff(*, white, asian, on=NOW):
    return [
        person(f"{code}{n}", on, ethnicity=code)
        for code, number in (("white_british", white), ("asian_indian", asian))
        for n in range(number)
    ]


def case(row, day, kind="disciplinary", formal=True):
    return {"opened": day, "person": row["person"], "kind": kind, "formal": formal, **who(row)}


def move(row, kind):
    said = {name: row[name] for name in ("person", "grade")}
    return {"on_day": date(2025, 9, 1), "kind": kind, **said, **who(row)}


def test_one_in_ten_beside_one_in_twenty_is_twice_as_likely():
    body = staff(white=200, asian=100)
    cases = [case(row, date(2025, 6, 1)) for row in [*body[:10], *body[200:210]]]
    table = pack_of("likelihoods", body, {"cases": cases}).table("likelihoods")
    row = rows_of(table)[0]
    assert row["event"] == "entered a formal disciplinary process"
    assert (row["events"], row["total"]) == (10, 100)
    assert (row["other_events"], row["other_total"]) == (10, 200)
    assert (row["ratio"], row["other_way_up"]) == (2, Fraction(1, 2))
    assert row["low"] < 1 < row["high"]  # Katz's interval: 0.86 to 4.65
    assert "Chance alone could explain the difference." in row["says"]


def test_an_informal_case_or_one_of_the_year_before_is_no_event():
    body = staff(white=200, asian=100)
    cases = [
        case(body[0], date(2025, 6, 1), formal=False),
        case(body[1], date(2025, 3, 31)),
    ]
    pack = pack_of("likelihoods", body, {"cases": cases})
    assert [table.name for table in pack.tables] == ["stands_out"]
    two_years = pack_of("likelihoods", body, {"cases": cases}, years=2)
    assert rows_of(two_years.table("likelihoods"))[0]["other_events"] == 1


def test_without_any_event_there_is_no_table_of_likelihoods():
    pack = pack_of("likelihoods", staff(white=30, asian=30))
    assert [table.name for table in pack.tables] == ["stands_out"]


def test_an_event_that_happened_to_nobody_has_no_rows_beside_others():
    body = staff(white=200, asian=100)
    pack = pack_of("likelihoods", body, {"cases": [case(body[0], date(2025, 6, 1))]})
    events = {row["event"] for row in rows_of(pack.table("likelihoods"))}
    assert events == {"entered a formal disciplinary process"}


def test_nine_in_a_group_have_no_likelihood_either_way_up():
    body = staff(white=200, asian=9)
    cases = [case(row, date(2025, 6, 1)) for row in body[195:205]]
    row = rows_of(pack_of("likelihoods", body, {"cases": cases}).table("likelihoods"))[0]
    assert {row[name].marker for name in ("ratio", "other_way_up", "fisher")} == {"[c]"}
    assert (row["low"], row["high"]) == (None, None)


def test_somebody_in_no_snapshot_is_told_below_the_table():
    body = staff(white=200, asian=100)
    gone = person("gone")
    cases = [case(body[0], date(2025, 6, 1)), case(gone, date(2025, 7, 1))]
    table = pack_of("likelihoods", body, {"cases": cases}).table("likelihoods")
    assert table.notes[1].startswith("Entered a formal disciplinary process: 1 more who were in no")


def test_one_came_one_went_one_rose_and_one_answered():
    then = [person(n, BEFORE, ethnicity="blank" if n == 3 else "white_british") for n in range(40)]
    now = [
        {**row, "snapshot": NOW} | ({"grade": "g2", "grade_order": 2} if at == 2 else {})
        | ({"ethnicity": "asian_indian"} if at == 3 else {})
        for at, row in enumerate(then)
        if at != 1
    ]  # fmt: skip
    now.append(person("new"))
    moves = [
        move(row, kind)
        for kind, row in (("leaver", then[1]), ("joiner", now[-1]), ("promotion", now[1]))
    ]
    pack = pack_of("likelihoods", [*then, *now], {"moves": moves})
    table = pack.table("flows")
    rows = {(row["characteristic"], row["group"]): row for row in rows_of(table)}
    white = rows["Ethnic group, England, 2021", "White"]
    assert [white[n] for n in ("start", "joined", "left", "declared_in", "end", "rose")] == [
        39, 1, 1, 0, 39, 1,
    ]  # fmt: skip
    asian = rows["Ethnic group, England, 2021", "Asian or Asian British"]
    assert (asian["start"], asian["declared_in"], asian["end"]) == (0, 1, 1)
    assert "40 + 1 joiners - 1 leavers = 40, as there are." in table.notes
    assert not [row for row in rows_of(pack.tables[0]) if row["table"] == "flows"]


def test_a_leaver_whom_no_file_of_moves_has_asks_to_be_read():
    then = [person(n, BEFORE) for n in range(40)]
    now = [person(n) for n in range(1, 40)]
    pack = pack_of("likelihoods", [*then, *now], {"moves": [move(now[0], "promotion")]})
    (reading,) = [row for row in rows_of(pack.tables[0]) if row["table"] == "flows"]
    assert reading["strength"] == "to be read"
    assert "Left with no record of it: 1." in reading["says"]


def test_without_a_file_of_moves_the_snapshots_stand_alone():
    pack = pack_of("likelihoods", [person(n, day) for day in (BEFORE, NOW) for n in range(20)])
    assert pack.table("flows").notes[1] == "No file of moves was given to hold this against."
    assert pack.tables[0].rows == ()


def test_with_one_snapshot_nobody_came_or_went():
    assert "flows" not in [t.name for t in pack_of("quarterly", staff(white=20, asian=20)).tables]
