"""Awkward invented workforces, each with the release that somebody wants of it.

Each maker gives the same people for the same seed and other people of the same awkwardness for
another, so that nothing can be fitted to one file. Nobody here is real. ``write`` puts one on disk
in the format that councils use: ``spec.json`` (a second audience's in ``spec_2.json``) and
``microdata.csv``.
"""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from core.disclosure.council import (
    BRITISH,
    COLUMNS,
    DETAILED,
    DIRECTORATES,
    DIVISIONS,
    EVERY,
    GROUPS,
    ORG,
    QUARTERS,
    SHARES,
    Row,
    Spec,
    Staff,
    dims,
    flow,
    grid,
    org,
    placed,
    spec_of,
    table,
)


@dataclass(frozen=True)
class Awkward:
    """A workforce, the releases wanted of it in their order, and what must not come out."""

    name: str
    specs: tuple[Spec, ...]
    rows: list[Row]
    must_not: str

    @property
    def spec(self) -> Spec:
        return self.specs[0]

    def write(self, folder: Path) -> Path:
        """The folder of this case, newly made below another."""
        place = folder / self.name
        place.mkdir(parents=True)
        for number, spec in enumerate(self.specs, 1):
            name = "spec.json" if number == 1 else f"spec_{number}.json"
            (place / name).write_text(json.dumps(spec, indent=1), encoding="utf-8")
        with (place / "microdata.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)
        return place


def tiny_teams(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Chief Executive", "Place", "Resources")
    sizes = [1, 2, 3, 4, 40, 31, 2, 1]
    for number, unit in enumerate(units):
        staff.join(unit, sizes[number % 8])
    told = spec_of(
        "tiny_teams",
        dims(org(*units)),
        table(org=ORG, ethnicity=GROUPS),
        table(org=ORG, disability=EVERY),
        table(org=ORG, sex=EVERY),
    )
    return Awkward(
        "tiny_teams", (told,), staff.rows,
        "What anybody of a team of one to four people said, nor by taking them from a division.",
    )  # fmt: skip


def one_person_categories(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Adults", "Children", "Housing", teams=1)
    rare = ["Roma", "Gypsy or Irish Traveller", "Arab", "Chinese", "White and Black African"]
    common = [BRITISH, "Indian", "African", "Caribbean", "Any other White"]
    for unit in units:
        for _ in range(staff.random.randint(18, 30)):
            staff.join(unit, ethnicity=staff.random.choice(common))
    for group, unit in zip(rare, staff.random.sample(units, len(rare)), strict=True):
        staff.join(unit, ethnicity=group)
    told = spec_of(
        "one_person_categories",
        dims(org(*units)),
        table(org=DIRECTORATES, ethnicity=DETAILED),
        table(ethnicity=DETAILED, sex=EVERY),
        table(ethnicity=DETAILED, grade=EVERY),
    )
    return Awkward(
        "one_person_categories", (told,), staff.rows,
        "Where the only person of an ethnic group works, and that person's sex and grade; nor may "
        "the one of two such people who knows of themselves work out the other.",
    )  # fmt: skip


def undeclared_teams(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Depots", "Offices", divisions=1, teams=4)
    for number, unit in enumerate(units):
        people = staff.random.randint(8, 25)
        match number % 4:
            case 0:
                staff.join(unit, people, ethnicity="", disability="Not declared")
            case 1:
                staff.join(unit, people - 1, ethnicity="Not declared")
                staff.join(unit, ethnicity=staff.random.choice(["Indian", "African", "Arab"]))
            case _:
                staff.join(unit, people)
    told = spec_of(
        "undeclared_teams",
        dims(org(*units)),
        table(org=ORG, ethnicity=GROUPS),
        table(org=ORG, disability=EVERY),
    )
    return Awkward(
        "undeclared_teams", (told,), staff.rows,
        "The answer of the one person of a team who gave one. That nobody of a team declared may "
        "be told.",
    )  # fmt: skip


def moved_unit(seed: int) -> Awkward:
    staff = Staff(seed, "2025Q4")
    fixed, moving = grid("Place", "People", divisions=1, teams=3), ("Place", "Div 1", "Team 9")
    for unit in fixed:
        staff.join(unit, staff.random.randint(9, 30))
    staff.join(moving, 4)
    after = ("People", "Div 1", "Team 9")
    stayed = staff.stay(list(staff.rows), "2026Q1")
    for row in stayed:
        if row["team"] == " / ".join(moving):
            row.update(placed(after))
    told = spec_of(
        "moved_unit",
        dims(org(*fixed, moving), **{"2026Q1": org(*fixed, after)}),
        table(org=DIRECTORATES, ethnicity=GROUPS),
        table(org=DIRECTORATES, disability=EVERY),
        periods=["2025Q4", "2026Q1"],
        flows=[flow("2025Q4", "2026Q1", 0, 0, answers_may_change=False)],
    )
    return Awkward(
        "moved_unit", (told,), staff.rows,
        "What the four people of the team that moved said, by taking one quarter's directorate "
        "from the other's.",
    )  # fmt: skip


def leaver_and_late_declarer(seed: int) -> Awkward:
    staff, units = Staff(seed, "2025Q3"), grid("Legal", "Revenues", teams=2)
    for unit in units:
        staff.join(unit, staff.random.randint(12, 30))
    late = staff.join(units[1], ethnicity="Not declared")[0]
    gone = staff.join(units[0], ethnicity="Caribbean", disability="Yes")[0]
    second = staff.stay([row for row in staff.rows if row is not gone], "2025Q4")
    third = staff.stay(second, "2026Q1")
    for row in third:
        if row["person"] == late["person"]:
            row.update(ethnicity="Pakistani", ethnicity_broad="Asian")
    told = spec_of(
        "leaver_and_late_declarer",
        dims(org(*units)),
        table(org=DIVISIONS, ethnicity=GROUPS),
        table(org=DIVISIONS, disability=EVERY),
        periods=["2025Q3", "2025Q4", "2026Q1"],
        flows=[flow("2025Q3", "2025Q4", 0, 1, answers_may_change=False),
               flow("2025Q4", "2026Q1", 0, 0)],
    )  # fmt: skip
    return Awkward(
        "leaver_and_late_declarer", (told,), staff.rows,
        "The ethnic group and disability of the one who left, and what the one who declared since "
        "declared.",
    )  # fmt: skip


def linked_margins(seed: int) -> Awkward:
    names = [f"{letter} Services" for letter in "ABCDE"]
    staff, units = Staff(seed), [(name,) for name in names]
    for unit in units:
        staff.join(unit, staff.random.randint(40, 160))
    told = spec_of(
        "linked_margins",
        dims(org(*units)),
        table(org=DIRECTORATES, ethnicity=GROUPS),
        table(org=DIRECTORATES, grade=EVERY),
        table(ethnicity=GROUPS, grade=EVERY),
        table(org=DIRECTORATES, sex=EVERY, disability=EVERY),
        table(ethnicity=DETAILED, disability=EVERY),
        table(org=DIRECTORATES, ethnicity=GROUPS, sex=EVERY),
    )
    return Awkward(
        "linked_margins",
        (told,),
        staff.rows,
        "Any count of one to four, by putting together tables that share their margins.",
    )


def structural_zeros(seed: int) -> Awkward:
    staff, units = Staff(seed), [("Care",), ("Works",), ("Policy",), ("Schools",)]
    nobody = [("Care", "G5"), ("Works", "G4"), ("Works", "G5"), ("Policy", "G1")]
    for (name,) in units:
        grades = {g: s for g, s in SHARES["grade"].items() if (name, g) not in nobody}
        for _ in range(staff.random.randint(25, 60)):
            staff.join((name,), grade=staff.random.choices(list(grades), list(grades.values()))[0])
    staff.join(("Policy",), grade="G2", ethnicity="African")
    told = spec_of(
        "structural_zeros",
        dims(org(*units)),
        table(org=DIRECTORATES, grade=EVERY),
        table(org=DIRECTORATES, grade=EVERY, ethnicity=GROUPS),
        structural=[{"org": unit, "grade": grade} for unit, grade in nobody],
    )
    return Awkward(
        "structural_zeros", (told,), staff.rows,
        "A small count whose only partner in its row or column is a grade that everybody knows "
        "the directorate does not have.",
    )  # fmt: skip


def dominant_earner(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Finance", "Streets", divisions=2, teams=2)
    for number, unit in enumerate(units):
        staff.join(unit, [9, 12, 1, 30, 25, 8, 11, 3][number])
    for row in staff.join(units[0], grade="G5", sex="Male", ethnicity=BRITISH):
        row["hourly_pay"] = f"{staff.random.randint(260, 340)}.00"
    told = spec_of(
        "dominant_earner",
        dims(org(*units)),
        table("count", "mean", "median", org=ORG),
        table("count", "mean", org=DIRECTORATES, sex=EVERY),
        table("gap:sex=Male", "count", org=DIRECTORATES, sex=EVERY),
        table("gap:ethnicity=White", org=DIRECTORATES, ethnicity=GROUPS),
    )
    return Awkward(
        "dominant_earner", (told,), staff.rows,
        "Anybody's pay: the one who earns more than the team together, the team of one by taking "
        "its division's other team from the division, or the person in the middle of a few.",
    )  # fmt: skip


def percentages_only(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Leisure", "Libraries", "Parks", divisions=1, teams=3)
    for unit in units:
        staff.join(unit, staff.random.randint(6, 48))
    told = spec_of(
        "percentages_only",
        dims(org(*units)),
        table(org=ORG),
        table("percent:ethnicity", org=ORG, ethnicity=GROUPS),
        table("percent:disability", org=ORG, disability=EVERY),
        percent_dp=1,
    )
    return Awkward(
        "percentages_only",
        (told,),
        staff.rows,
        "Any count of one to four, from a percentage to one decimal and a headcount.",
    )


def two_partitions(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Housing", "Transport", "Waste", divisions=1, teams=3)
    children = org(*units)
    teams = [" / ".join(unit) for unit in units]
    sites: dict[str, list[str]] = {"North depot": [], "South depot": [], "Town hall": []}
    for number, team in enumerate(teams):
        sites[list(sites)[(number + number // 3) % 3]].append(team)
    children["Total"] = [children["Total"], list(sites)]
    children.update(sites)
    for unit in units:
        staff.join(unit, staff.random.randint(2, 30))
    told = spec_of(
        "two_partitions",
        dims(children),
        table(org=ORG, ethnicity=GROUPS),
        table(org=DIRECTORATES, ethnicity=GROUPS, sex=EVERY),
    )
    return Awkward(
        "two_partitions",
        (told,),
        staff.rows,
        "A small count of a directorate, by what the sites add up to, or the other way round.",
    )


def survey(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Contact", "Digital", "People", divisions=1, teams=3)
    for number, unit in enumerate(units):
        people = staff.random.randint(10, 35)
        if number % 3 == 0:
            staff.join(unit, people - 2, survey_q1="No response")
            staff.join(unit, 2, survey_q1="Disagree")
        elif number % 3 == 1:
            staff.join(unit, people, survey_q1="Disagree")
        else:
            staff.join(unit, people)
    told = spec_of(
        "survey",
        dims(org(*units)),
        table("count", "percent:survey_q1", org=ORG, survey_q1=EVERY),
        table(org=DIRECTORATES, ethnicity=GROUPS, survey_q1=EVERY),
    )
    return Awkward(
        "survey", (told,), staff.rows,
        "How the two who answered in a team answered, that all of a team disagreed, and how a "
        "small ethnic group of a directorate did.",
    )  # fmt: skip


def all_alike(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Catering", "Cleaning", divisions=1, teams=4)
    alike: list[dict[str, str]] = [
        {"ethnicity": BRITISH}, {"disability": "Yes"}, {"ethnicity": "Bangladeshi"},
        {"ethnicity": "Not declared"}, {}, {"disability": "No"}, {}, {},
    ]  # fmt: skip
    for unit, said in zip(units, alike, strict=True):
        staff.join(unit, staff.random.randint(7, 30), **said)
    told = spec_of(
        "all_alike",
        dims(org(*units)),
        table(org=ORG, ethnicity=GROUPS),
        table(org=ORG, disability=EVERY),
        table(org=DIRECTORATES, ethnicity=GROUPS, disability=EVERY),
    )
    return Awkward(
        "all_alike", (told,), staff.rows,
        "That everybody of a team is of one ethnic group or gave one answer, however many they "
        "are.",
    )  # fmt: skip


def all_but_one(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Markets", "Museums", "Music", divisions=1, teams=2)
    for number, unit in enumerate(units):
        people = staff.random.randint(8, 25)
        if number % 2:
            staff.join(unit, people)
        else:
            staff.join(unit, people - 1, ethnicity=BRITISH, disability="No")
            staff.join(unit, ethnicity="African", disability="Yes")
    told = spec_of(
        "all_but_one",
        dims(org(*units)),
        table(org=ORG, ethnicity=GROUPS),
        table(org=ORG, disability=EVERY),
    )
    return Awkward(
        "all_but_one", (told,), staff.rows,
        "The one person of a team who differs; nor may that person learn that all the others are "
        "alike.",
    )  # fmt: skip


def one_team_directorate(seed: int) -> Awkward:
    staff = Staff(seed)
    chain, units = ("Audit", "Div 1", "Team 1"), grid("Arts", "Sport", divisions=1, teams=3)
    staff.join(chain, 5)
    staff.join(chain, ethnicity="Arab", disability="Yes")
    for unit in units:
        staff.join(unit, staff.random.randint(3, 24))
    told = spec_of(
        "one_team_directorate",
        dims(org(chain, *units)),
        table(org=ORG, ethnicity=GROUPS),
        table(org=DIRECTORATES, disability=EVERY),
        table(org=DIVISIONS, sex=EVERY),
    )
    return Awkward(
        "one_team_directorate", (told,), staff.rows,
        "A figure hidden for a team and open for the division or the directorate that is the same "
        "people.",
    )  # fmt: skip


def empty_unit(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Ports", "Roads", "Canals", divisions=1, teams=3)
    for number, unit in enumerate(units):
        if unit[0] != "Canals" and number % 3 != 1:
            staff.join(unit, staff.random.randint(2, 20))
    told = spec_of(
        "empty_unit",
        dims(org(*units)),
        table(org=ORG, ethnicity=GROUPS),
        table("count", "mean", org=ORG),
        table("percent:disability", org=DIRECTORATES, disability=EVERY),
    )
    return Awkward(
        "empty_unit",
        (told,),
        staff.rows,
        "Anything hidden whose only partner is a team or a directorate with nobody in it.",
    )


def threshold_ten(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Culture", "Growth", "Safety", "Youth", divisions=1)
    for unit in units:
        staff.join(unit, staff.random.randint(15, 90))
    told = spec_of(
        "threshold_ten",
        dims(org(*units)),
        table(org=ORG, ethnicity=GROUPS),
        table("count", "percent:disability", org=DIRECTORATES, disability=EVERY),
        table(org=DIRECTORATES, grade=EVERY),
        threshold=10,
    )
    return Awkward(
        "threshold_ten",
        (told,),
        staff.rows,
        "Any count of one to nine, five to nine among them.",
    )


def full_council(
    seed: int, people: int = 3_200, directorates: int = 8, divisions: int = 3, teams: int = 4
) -> Awkward:
    staff = Staff(seed, QUARTERS[0])
    names = ["Adults", "Children", "Corporate", "Environment", "Finance", "Housing", "Place", "Law"]
    units = grid(*names[:directorates], divisions=divisions, teams=teams)
    weights = [staff.random.lognormvariate(0, 0.9) for _ in units]
    for unit in staff.random.choices(units, weights, k=people):
        staff.join(unit)
    present, flows = list(staff.rows), []
    for before, after in pairwise(QUARTERS):
        gone = set(staff.random.sample(range(len(present)), people // 40))
        stayed = staff.stay((row for n, row in enumerate(present) if n not in gone), after)
        for row in staff.random.sample(stayed, max(1, people // 400)):
            if row["ethnicity"] == "Not declared":
                row.update(ethnicity="Indian", ethnicity_broad="Asian")
        joined = staff.random.randint(people // 50, people // 40)
        for unit in staff.random.choices(units, weights, k=joined):
            stayed += staff.join(unit)
        flows.append(flow(before, after, joined, len(gone)))
        present = stayed
    told = spec_of(
        "full_council",
        dims(org(*units)),
        table(org=ORG, ethnicity=GROUPS),
        table(org=DIVISIONS, disability=EVERY),
        table(org=DIVISIONS, sex=EVERY, grade=EVERY),
        table(org=DIRECTORATES, ethnicity=DETAILED),
        table("percent:ethnicity", org=DIVISIONS, ethnicity=GROUPS),
        periods=QUARTERS,
        flows=flows,
    )
    return Awkward(
        "full_council", (told,), staff.rows,
        "Any count of one to four in any quarter, and any of those who joined, left or declared "
        "between two, by taking one quarter from another.",
    )  # fmt: skip


def two_audiences(seed: int) -> Awkward:
    staff, units = Staff(seed), grid("Assets", "Benefits", "Care", divisions=2, teams=2)
    for unit in units:
        staff.join(unit, staff.random.randint(4, 40))
    told = dims(org(*units))
    inside = spec_of(
        "internal detail",
        told,
        table(org=ORG, ethnicity=GROUPS),
        table(org=DIRECTORATES, ethnicity=GROUPS, sex=EVERY),
    )
    public = spec_of(
        "public",
        told,
        table(org=DIRECTORATES, ethnicity=GROUPS),
        table("count", "percent:ethnicity", org=DIRECTORATES, ethnicity=GROUPS),
        table(ethnicity=DETAILED),
        threshold=10,
    )
    return Awkward(
        "two_audiences", (inside, public), staff.rows,
        "To one who holds both: a count that the second shows and the first hides, or the other "
        "way round.",
    )  # fmt: skip


def second_quarter(_seed: int) -> Awkward:
    """The worked case of a second quarter: one joiner of the minority, all headcounts open."""
    staff, units = Staff(0, "2025Q4"), [("A",), ("B",), ("C",)]
    for unit, minority, others in zip(units, (1, 6, 7), (9, 8, 5), strict=True):
        staff.join(unit, minority, ethnicity="African")
        staff.join(unit, others, ethnicity=BRITISH)
    staff.stay(list(staff.rows), "2026Q1")
    staff.join(units[0], ethnicity="African")
    told = spec_of(
        "second_quarter",
        dims(org(*units)),
        table(org=DIRECTORATES, ethnicity=GROUPS),
        periods=["2025Q4", "2026Q1"],
        flows=[flow("2025Q4", "2026Q1", 1, 0, answers_may_change=False)],
    )
    return Awkward(
        "second_quarter",
        (told,),
        staff.rows,
        "The ethnic group of the one who joined, which the council's own total gives away.",
    )


MAKERS: Mapping[str, Callable[[int], Awkward]] = {
    maker.__name__: maker
    for maker in (
        tiny_teams, one_person_categories, undeclared_teams, moved_unit, leaver_and_late_declarer,
        linked_margins, structural_zeros, dominant_earner, percentages_only, two_partitions, survey,
        all_alike, all_but_one, one_team_directorate, empty_unit, threshold_ten, full_council,
        two_audiences, second_quarter,
    )
}  # fmt: skip
"""Every maker by its name. ``full_council`` is the large one; give it fewer people in a test."""

SMALLER: Mapping[str, Callable[[int], Awkward]] = {
    **MAKERS,
    "full_council": partial(full_council, people=300, directorates=2, divisions=2, teams=2),
}
"""The same with a full council that is quickly made."""
