"""Every figure of the page on safe tables comes from the code: releases, attacks, proofs."""

import csv
import json
import re
from collections import Counter
from itertools import product

import pytest

from core.disclosure.counted import cell, publish, read
from goldenthread.disclosure.attack import attack
from goldenthread.disclosure.explain import explain, public_sentence
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import hide
from goldenthread.disclosure.spec import specification
from goldenthread.disclosure.verify import verify
from house.pages import ROOT, blocks

PAGE = ROOT / "docs" / "explanation" / "how-tables-are-made-safe.md"
HOW_TO = ROOT / "docs" / "how-to" / "publish-a-release.md"
WORDS = PAGE.read_text(encoding="utf-8")
EXAMPLES = ROOT / "docs" / "examples"
ALL = "Everybody"
QUARTERS = ("First quarter", "Second quarter")
PERIOD = "2026Q1"


def table(name):
    """A table of the page, by the words in its first corner: what it prints, by row and column."""
    lines = [[one.strip() for one in line.strip("|").split("|")]
             for line in WORDS.splitlines() if line.startswith("|")]  # fmt: skip
    at = next(number for number, line in enumerate(lines) if line[0] == name)
    found = {}
    for line in lines[at + 2 :]:
        if len(line) != len(lines[at]) or set(line[0]) <= {"-"}:
            break
        found |= {(line[0], head): one for head, one in zip(lines[at][1:], line[1:], strict=True)}
        if line[0] == ALL:
            break
    return found


def quoted():
    """What the page quotes, each quotation whole."""
    found = re.findall(r"(?:^> .*\n)+", WORDS, flags=re.MULTILINE)
    return [" ".join(line[2:] for line in one.splitlines()) for one in found]


def prose():
    return " ".join(WORDS.split())


def row(number, period, unit, **said):
    blank = {"division": "", "team": "", "hourly_pay": "", "ethnicity": "", "sex": ""}
    return {"person": f"P{number}", "period": period, "directorate": unit, **blank, **said}


def spec(units, dim, codes, *measures, periods=(PERIOD,), **more):
    """One table of units by one dimension."""
    told = {"children": {"Total": list(codes)}, "sensitive": True}
    levels = ["Total", "broad"] if dim == "ethnicity" else ["Total", "all"]
    by = {"org": ["Total", "directorate"], dim: levels}
    return {
        "name": "page", "threshold": 5, "periods": list(periods), "suppressed_never_zero": True,
        "dims": {"org": {"children": {"Total": list(units)}}, dim: told},
        "tables": [{"name": "staff", "dims": by, "measures": list(measures or ("count",))}],
        **more,
    }  # fmt: skip


def printed(release, dim, measure="count"):
    """What a release prints of one measure, by period, unit and code."""
    return {
        (one["period"], one["org"] or ALL, one[dim] or ALL): one["value"] or one["symbol"]
        for one in release.cells
        if one["measure"] == measure
    }


def protected(told, rows, folder):
    held = specification(told)
    found = hide(held, people_of(rows, held), held.threshold)
    assert not found.unproved
    write_release(folder, held, found, "internal", held.threshold)
    assert verify(folder) == []
    return folder


@pytest.fixture(scope="module")
def staff():
    """The specification and the people of the example that the how-to gives too."""
    told = json.loads((EXAMPLES / "tables.json").read_text(encoding="utf-8"))
    with (EXAMPLES / "people.csv").open(encoding="utf-8", newline="") as stream:
        return told, list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def safe(staff, tmp_path_factory):
    return protected(*staff, tmp_path_factory.mktemp("safe") / "release")


def counted(rows):
    found = Counter()
    for one in rows:
        for at in product((one["directorate"], ALL), (one["ethnicity"], ALL)):
            found[at] += 1
    return {at: str(count) for at, count in found.items()}


def test_the_staff_as_they_are_are_those_of_the_example(staff):
    assert table("Staff, as they are") == counted(staff[1])


def test_the_how_to_prints_the_specification_that_it_protects(staff):
    (told,) = (block.text for block in blocks(HOW_TO) if block.language == "json")
    assert json.loads(told) == staff[0]


def test_hiding_the_small_count_alone_is_what_the_intruder_undoes(staff, tmp_path):
    naive = publish(*staff)
    shown = printed(naive, "ethnicity")
    assert table("Staff, small counts hidden") == {at[1:]: one for at, one in shown.items()}
    (found,) = attack([naive.write(tmp_path / "naive")]).exposures
    assert (found.kind, found.low, found.high) == ("exact", 2, 2)
    assert quoted()[0] == found.says
    true = table("Staff, as they are")
    every, homes, roads, parks = (true[unit, "Black"] for unit in (ALL, "Homes", "Roads", "Parks"))
    assert f"{every} − {homes} − {roads} = {parks}" in prose()


def test_what_is_published_is_what_the_gate_makes_and_gives_nothing_away(staff, safe):
    shown = printed(read(safe), "ethnicity")
    assert table("Staff, as published") == {at[1:]: one for at, one in shown.items()}
    assert attack([safe]).exposures == ()
    assert quoted()[1] == public_sentence(safe)
    about = json.loads((safe / "release.json").read_text(encoding="utf-8"))["figures"]
    true = counted(staff[1])
    hidden = [int(true[at[1:]]) for at, one in shown.items() if one == "[c]"]
    people = sum(hidden) - min(hidden)
    assert f"{people} people are in the three figures that are hidden to protect" in prose()
    assert about["hidden_to_protect"] == 3


def test_how_many_people_are_hidden_is_told_to_readers_in_fifties_alone(staff, safe):
    true = counted(staff[1])
    marks = printed(read(safe), "ethnicity")
    hidden = [int(true[at[1:]]) for at, one in marks.items() if one == "[c]"]
    about = json.loads((safe / "release.json").read_text(encoding="utf-8"))["figures"]
    assert about["people_hidden_to_protect"] % 50 == 0
    words = " ".join(HOW_TO.read_text(encoding="utf-8").split())
    exact = sum(hidden) - min(hidden)
    assert f"are hidden that come to {sum(hidden)}: had it said {exact}," in words
    assert f"the fourth would be {min(hidden)}." in words


def test_the_second_workforce_is_the_one_of_the_certificate(safe):
    told = explain(safe, {"org": "Parks", "ethnicity": "Black"})
    other = dict(table("Staff, as they are"))
    for one in told.differing:
        _period, unit, answer = (part.split("“")[-1].strip("”") for part in one.says.split(", "))
        assert other[unit, answer] == str(one.first)
        other[unit, answer] = str(one.second)
    assert table("Staff, a second workforce") == other
    assert f"In one, {told.first} Black people work in Parks; in the other {told.second}" in prose()
    hidden = sorted(one.first for one in told.differing if one.first != told.first)
    assert "the 7, 8 and 9 that are hidden to protect it" in prose()
    assert hidden == [7, 8, 9]


def quarters():
    """The people of both quarters, from the page's table, and what was said of who came."""
    true, rows = table("Disabled, as they are"), []
    for period in QUARTERS:
        number = 0
        for unit, answer in product(("Homes", "Parks", "Roads"), ("Yes", "No")):
            for _ in range(int(true[unit, f"{period}: {answer.lower()}"])):
                number += 1
                rows.append(row(f"{unit}{answer}{number}", period, unit, disability=answer))
    flow = {"from": QUARTERS[0], "to": QUARTERS[1], "where": {}, "joiners": [1, 1],
            "leavers": [0, 0], "answers_may_change": False}  # fmt: skip
    return true, rows, flow


def of(rows, flow, hidden, folder, periods=QUARTERS):
    more = {"flows": [flow]} if len(periods) > 1 else {}
    told = spec(("Homes", "Parks", "Roads"), "disability", ("Yes", "No"), periods=periods, **more)
    cells = {
        cell(period, org=unit, disability=answer)
        for period in periods
        for unit, answer in product(hidden[period], ("Yes", "No"))
    }
    return publish(told, [one for one in rows if one["period"] in periods], cells).write(folder)


def test_two_quarters_each_safe_are_not_safe_together(tmp_path):
    true, rows, flow = quarters()
    for head in {head for _unit, head in true}:
        units = [int(true[unit, head]) for unit in ("Homes", "Parks", "Roads")]
        assert int(true[ALL, head]) == sum(units)
    hidden = dict(zip(QUARTERS, (("Homes", "Parks"), ("Homes", "Roads")), strict=True))
    both = of(rows, flow, hidden, tmp_path / "both")
    shown = printed(read(both), "disability")
    assert table("Disabled, as published") == {
        (unit, f"{period}: {answer.lower()}"): one
        for (period, unit, answer), one in shown.items()
        if answer != ALL
    }
    for period in QUARTERS:
        assert attack([of(rows, flow, hidden, tmp_path / period, (period,))]).exposures == ()
    found = attack([both]).exposures
    homes = [(one.period, one.low, one.high) for one in found if one.kind == "exact"]
    assert homes == [(QUARTERS[0], 1, 1), (QUARTERS[1], 2, 2)]
    counts = [one for one in found if one.kind in ("exact", "narrow")]
    assert f"In both it finds {len(counts)} counts, and the answer of the person" in prose()
    assert {one.kind for one in found} == {"exact", "narrow", "joiner"}
    for period, said in zip(QUARTERS, ("14 − 7 − 6 = 1", "15 − 6 − 7 = 2"), strict=True):
        head = f"{period}: yes"
        first, *rest = ("Roads", "Parks") if period == QUARTERS[0] else ("Parks", "Roads")
        numbers = [true[unit, head] for unit in (ALL, first, *rest, "Homes")]
        assert said == "{} − {} − {} = {}".format(*numbers)
        assert said in prose()


def test_the_same_figures_hidden_twice_still_tell_who_joined(tmp_path):
    true, rows, flow = quarters()
    hidden = dict.fromkeys(QUARTERS, ("Homes", "Parks"))
    found = attack([of(rows, flow, hidden, tmp_path / "both")]).exposures
    assert {one.kind for one in found} == {"joiner"}
    before, after = (true[ALL, f"{period}: yes"] for period in QUARTERS)
    assert f"those who say yes rose from {before} to {after} when one person came" in prose()


def test_a_percentage_gives_a_count_back_and_the_gate_hides_it(tmp_path):
    shares = table("Shares")
    people = {"Homes": (30, 12), "Parks": (22, 3), "Roads": (28, 11)}
    rows = [
        row(f"{unit}{answer}{number}", PERIOD, unit, ethnicity=answer)
        for unit, counts in people.items()
        for answer, count in zip(("White", "Black"), counts, strict=True)
        for number in range(count)
    ]
    told = spec(people, "ethnicity", ("White", "Black"))
    told["tables"] = [
        {"name": "headcount", "dims": {"org": ["directorate"]}, "measures": ["count"]},
        {"name": "shares", "dims": {"org": ["directorate"], "ethnicity": ["broad"]},
         "measures": ["percent:ethnicity"]},
    ]  # fmt: skip
    naive = publish(told, rows, hidden=())
    whole = {at[1]: one for at, one in printed(naive, "ethnicity").items()}
    part = {at[1:]: f"{one}%" for at, one in printed(naive, "ethnicity", "percent").items()}
    assert shares == part | {(unit, "Staff"): one for unit, one in whole.items()}
    (found,) = attack([naive.write(tmp_path / "naive")]).exposures
    assert quoted()[2] == found.says
    folder = protected(told, rows, tmp_path / "safe")
    marks = printed(read(folder), "ethnicity", "percent")
    assert marks[PERIOD, "Parks", "Black"] in ("[c]", "[x]")
    assert attack([folder]).exposures == ()


def test_two_means_give_a_salary_back_and_the_gate_lets_none_through(tmp_path):
    pay = (14.0, 14.5, 14.5, 15.0, 15.5, 16.0, 16.5, 18.0)
    rows = [row(at, PERIOD, "", sex="Female", hourly_pay=f"{one}") for at, one in enumerate(pay)]
    rows.append(row(9, PERIOD, "", sex="Male", hourly_pay="29.00"))
    told = spec((), "sex", ("Female", "Male"))
    del told["dims"]["org"]
    told["tables"] = [
        {"name": "pay", "dims": {"sex": ["Total", "all"]}, "measures": ["count", "mean"]}
    ]
    naive = publish(told, rows)
    said = {"Female": "Women", "Male": "Men", "": ALL}
    shown = {}
    for one in naive.cells:
        head, money = ("Staff", "") if one["measure"] == "count" else ("Mean pay", "£")
        shown[said[one["sex"]], head] = f"{money}{one['value']}" if one["value"] else one["symbol"]
    assert table("Pay") == shown
    found = attack([naive.write(tmp_path / "naive")]).exposures
    (salary,) = [one for one in found if one.kind == "salary"]
    assert quoted()[3:] == [salary.says]
    assert "The man earns £29." in prose()
    folder = protected(told, rows, tmp_path / "safe")
    assert attack([folder]).exposures == ()
