"""No share without its base and its interval, and no two tables that tell one thing twice apart.

The base is a count in the same row, or the table's own; the sums are those that a reader can do by
hand from what is printed.
"""

from collections import Counter

import pytest

from core.workforce.packs.bodies import rows_of
from goldenthread.disclosure.raw import NotSaid
from goldenthread.example_data.borough import COUNCIL
from goldenthread.workforce.packs import PACKS, make_pack

# What stands for the base of a share in its row, where it is not the column of that name.
BASES = {
    "responded": "people", "declined": "people", "declared": "people", "women_share": "people",
    "declared_before": "people_before", "declared_after": "people_after",
    "with_bonus": "relevant", "joining": "end", "leaving": "start", "promotion": "ranked",
}  # fmt: skip
# What is left of 100, and a census: their intervals are another's, or none.
WITHOUT = {("gender_pay_quarters", "men_share"), ("population", "population")}


@pytest.fixture(scope="module")
def made(council):
    """Every pack of one council, by its name."""
    return {
        name: council.pack
        if name == "quarterly"
        else make_pack(name, council.records, council.asked)
        for name in PACKS
    }


@pytest.fixture(scope="module")
def quarterly(made):
    return {table.name: rows_of(table) for table in made["quarterly"].tables}


def test_every_share_has_its_interval_and_its_base_beside_it(made):
    lacking = set()
    for pack in made.values():
        for table in pack.tables:
            names = [column.name for column in table.columns]
            for place, column in enumerate(table.columns):
                name, after = column.name, names[place + 1 : place + 3]
                if (
                    column.kind != "share"
                    or name.endswith(("low", "high"))
                    or (table.name, name) in WITHOUT
                ):
                    continue
                if not _ends(after):
                    lacking.add((table.name, name, "interval"))
                if BASES.get(name, "base") not in names and table.base is None:
                    lacking.add((table.name, name, "base"))
    assert lacking == set()


def test_every_interval_holds_its_figure(made):
    """But that of a median: resampled, it may end at the figure or beyond it."""
    seen = 0
    for pack in made.values():
        for table in pack.tables:
            names = [column.name for column in table.columns]
            for place in range(len(names) - 2):
                if not _ends(names[place + 1 : place + 3]) or names[place] == "median":
                    continue
                for row in table.rows:
                    figure, low, high = row[place : place + 3]
                    if low is None or (table.name, row[0]) == ("gender_pay", "Median hourly pay"):
                        continue
                    assert not isinstance(figure, NotSaid)
                    seen += 1
                    assert low - 1e-9 <= figure <= high + 1e-9, (table.name, names[place])
    assert seen > 1000


def _ends(names):
    """Whether two columns are the ends of an interval."""
    return len(names) == 2 and names[0].endswith("low") and names[1].endswith("high")


def test_the_units_at_the_top_add_up_to_the_whole(council, quarterly):
    """Directorates are the units of which the council alone is above; they share nobody."""
    codes = {"adults", "children", "place", "housing", "resources", "public_health"}
    directorates = {council.asked.unit(code) for code in codes}
    people, base, top = Counter(), Counter(), {}
    for row in quarterly["composition_by_unit"]:
        of = row["characteristic"], row["code"]
        if row["unit"] in directorates:
            people[of] += row["people"]
            base[of] += row["base"]
        if row["unit"] == COUNCIL:
            top[of] = row["people"], row["base"]
    assert len(top) > 20
    for row in quarterly["composition"]:
        of = row["characteristic"], row["code"]
        if row["base"] is not None:
            assert (people[of], base[of]) == (row["people"], row["base"]) == top[of]
    told = Counter()
    for row in quarterly["declaration_by_unit"]:
        if row["unit"] in directorates:
            for name in ("people", "known", "prefer_not_to_say", "not_asked", "blank", "not_known"):
                told[row["characteristic"], name] += row[name]
    for row in quarterly["declaration"]:
        if row["day"] == council.asked.as_at:
            for name in ("people", "known", "prefer_not_to_say", "not_asked", "blank", "not_known"):
                assert told[row["characteristic"], name] == row[name]


def test_the_grades_add_up_to_the_whole(quarterly):
    people, base = Counter(), Counter()
    for row in quarterly["composition_by_grade"]:
        people[row["characteristic"], row["code"]] += row["people"]
        base[row["characteristic"], row["code"]] += row["base"]
    for row in quarterly["composition"]:
        of = row["characteristic"], row["code"]
        if row["base"] is not None:
            assert (people[of], base[of]) == (row["people"], row["base"])


def test_composition_and_declaration_count_the_same_people(council, made, quarterly):
    """The base of a share is whose answer is known; the states of missing make up the rest."""
    everybody = made["quarterly"].table("composition").base
    known, groups, missing = {}, Counter(), Counter()
    for row in quarterly["composition"]:
        if row["base"] is None:
            missing[row["characteristic"], row["code"]] = row["people"]
        else:
            known[row["characteristic"]] = row["base"]
            groups[row["characteristic"]] += row["people"]
    assert known == dict(groups)
    for row in quarterly["declaration"]:
        if row["day"] == council.asked.as_at and row["characteristic"] in known:
            one = row["characteristic"]
            assert (row["people"], row["known"]) == (everybody, known[one])
            for state in ("prefer_not_to_say", "not_asked", "blank", "not_known"):
                assert missing[one, state] == row[state]


def test_two_characteristics_together_add_up_to_their_base(quarterly):
    people, base = Counter(), {}
    for row in quarterly["composition_pairs"]:
        of = row["characteristic"], row["other_characteristic"]
        people[of] += row["people"]
        base.setdefault(of, row["base"])
        assert row["base"] == base[of]
    assert dict(people) == base


def test_the_quarters_add_up_to_the_employees_on_full_pay(made, quarterly):
    rows = quarterly["gender_pay_quarters"]
    assert all(row["people"] == row["men"] + row["women"] for row in rows)
    assert all(row["men_share"] + row["women_share"] == 100 for row in rows)
    (mean,) = (row for row in quarterly["gender_pay"] if row["figure"] == "Mean hourly pay")
    assert sum(row["men"] for row in rows) == mean["men"]
    assert sum(row["women"] for row in rows) == mean["women"]
    by_grade = quarterly["sex_pay_by_grade"]
    assert sum(row["reference_people"] for row in by_grade) == mean["men"]
    assert sum(row["comparison_people"] for row in by_grade) == mean["women"]
    assert made["gender-pay"].table("gender_pay").rows == made["quarterly"].table("gender_pay").rows


def test_who_was_here_less_who_left_and_more_who_came_are_who_is_here(made, quarterly):
    everybody, ends = made["quarterly"].table("composition").base, Counter()
    for row in quarterly["flows"]:
        came = row["joined"] + row["declared_in"]
        gone = row["left"] + row["declared_out"]
        assert row["start"] + came - gone == row["end"]
        assert row["rose"] <= row["ranked"] <= row["start"] - row["left"]
        ends[row["characteristic"]] += row["end"]
    # Whoever came into a group by answering went out of another.
    for one in ends:
        rows = [row for row in quarterly["flows"] if row["characteristic"] == one]
        assert sum(r["declared_in"] for r in rows) == sum(r["declared_out"] for r in rows)
        assert ends[one] == everybody
    told = {
        (row["characteristic"], row["group"]): row["people"] for row in quarterly["composition"]
    }
    for row in quarterly["flows"]:
        assert told.get((row["characteristic"], row["group"]), 0) == row["end"]


def test_one_base_stands_below_the_line_of_every_likelihood_of_staff(quarterly):
    """Of the same two groups the same people were in post, whatever happened to them."""
    totals = {}
    for row in quarterly["likelihoods"]:
        if row["event"].startswith(("shortlisted", "appointed")):
            continue
        sides = row["characteristic"], row["above"], row["below"]
        told = totals.setdefault(sides, (row["total"], row["other_total"]))
        assert told == (row["total"], row["other_total"])
    appointed = [r for r in quarterly["likelihoods"] if r["event"].startswith("appointed")]
    shortlisted = [r for r in quarterly["likelihoods"] if r["event"].startswith("shortlisted")]
    for row, before in zip(appointed, shortlisted, strict=True):
        assert (row["total"], row["other_total"]) == (before["events"], before["other_events"])


def test_the_population_is_held_against_the_share_that_composition_has(quarterly):
    rows = {row["group"]: row for row in quarterly["population"]}
    (base,) = {row["base"] for row in rows.values()}
    assert sum(row["people"] for row in rows.values()) == base
    known = {r["base"] for r in quarterly["composition"] if r["code"] == "white"}
    assert base in known
