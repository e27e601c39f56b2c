"""Whose records lie in each engine: a small borough, a body of hard cases, one person, nobody."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import cycle, product

from goldenthread.categories import groups_rows, lists_in_use
from goldenthread.example_data.borough import borough
from goldenthread.warehouse import TABLES
from goldenthread.workforce.packs import PACKS, ask, make_pack
from goldenthread.workforce.rates.benchmark import Benchmark
from goldenthread.workforce.rates.declaration import Campaign

NOW, BETWEEN, THEN = date(2026, 3, 31), date(2025, 9, 30), date(2025, 3, 31)
GROUPS = tuple(
    dict(zip(TABLES["groups"].names, row, strict=True))
    for row in groups_rows(lists_in_use().values())
)
POPULATION = Benchmark(
    area="Brackenford",
    taken_on=date(2021, 3, 21),
    ages="working_age",
    age_words="16 to 64",
    characteristic="ethnicity",
    grouping="white_other",
    source="Invented",
    address="https://example.org/population",
    shares={"white": Fraction(61, 100), "all_other": Fraction(39, 100)},
    people=None,
)


@dataclass(frozen=True)
class Body:
    """A body's records, and the packs that are made of them."""

    name: str
    tables: dict[str, list[dict]] = field(repr=False)
    packs: tuple[str, ...] = ()

    def pack(self, name, records):
        """A pack of it, as the command asks for it with everything that there is to give."""
        asked = ask(
            records,
            lists=lists_in_use(),
            sources=["Invented records"],
            as_at=NOW,
            benchmarks=[POPULATION],
            campaigns=[Campaign(date(2025, 7, 1), "Count me in")],
        )
        return make_pack(name, records, asked)


# What tempts an engine to differ: a null, an edge, a name that another alphabet sorts, a number
# that no float holds, a code that no list has.
AGES = (None, 0, 15, 16, 24, 25, 34, 35, 44, 45, 54, 55, 64, 65, 120)
PENCE = (None, 0, 1, 1250, 1251, 1840, 1840, 2**31, 2**53 + 1)
BONUSES = (None, 0, 1, 30_000, 2**53 + 1)
UNITS = ("council", "adults", "night team", "élan", "zoo", "", "o'neill", "no_line", "late_line")
ABOVE = {
    "council": ("council",),
    "adults": ("adults", "council"),
    "night team": ("night team", "adults", "council"),
    "élan": ("élan", "adults", "council"),
    "zoo": ("zoo", "council"),
    "": ("", "zoo", "council"),
    "o'neill": ("o'neill", "zoo", "council"),
}
STATES = ("not_asked", "blank", "prefer_not_to_say", "not_known")
CODES = {
    "sex": ("female", "male", "female", "male", "blank", "of_another_list"),
    "ethnicity": (
        "white_british", "white_irish", "asian_chinese", "black_african", "other_arab",
        "mixed_white_and_asian", "of_another_list", *STATES,
    ),
    "disability": ("disabled", "not_disabled", "not_disabled", *STATES),
    "religion": ("none", "christian", "muslim", *STATES),
    "orientation": ("straight_or_heterosexual", "bisexual", *STATES),
    "gender_identity": ("same_as_sex", "trans_woman", *STATES),
}  # fmt: skip
PATTERNS = ("full_time", "part_time", "term_time", "casual", "of_another_list")
GRADES = (("g1", 1), ("g2", 2), ("g3", 3), ("gx", 3), ("head", 9))


def _turning(number):
    """The codes of somebody, of whom each characteristic turns at its own pace."""
    return {
        name: codes[(number * (place + 1) + number // len(codes)) % len(codes)]
        for place, (name, codes) in enumerate(CODES.items())
    }


def _person(number, snapshot):
    # Between the snapshots people answer, rise, move and are paid otherwise.
    later = (NOW - snapshot).days // 180
    grade, order = GRADES[(number + (number % 7 == 0) * (2 - later)) % len(GRADES)]
    pence = PENCE[number % len(PENCE)]
    return {
        "snapshot": snapshot,
        "person": f"p{number:04}",
        "unit": UNITS[(number + (number % 11 == 0) * later) % len(UNITS)],
        "grade": grade,
        "grade_order": order,
        "role": (None, "role", "clerk")[number % 3],
        **_turning(number + (number % 5 == 0) * later),
        "age": AGES[number % len(AGES)],
        "working_pattern": PATTERNS[number % len(PATTERNS)],
        "hours": (None, "36.00", "0.25", "9999.99")[number % 4],
        "fte": (None, "1.0000", "0.0001")[number % 3],
        "started": (None, date(1960, 1, 1), snapshot)[number % 3],
        "relevant": number % 13 != 0,
        "full_pay": number % 6 != 0,
        "hourly_pence": pence if pence is None or pence > 5000 else pence + number % 4,
        "bonus_pence": BONUSES[number % len(BONUSES)],
        "board": grade == "head" and number % 2 == 0,
        "leadership": grade == "head",
    }


def _hard():
    people = [
        _person(number, snapshot)
        for snapshot, numbers in (
            (THEN, range(300)),
            (BETWEEN, range(20, 320)),
            (NOW, range(40, 360)),
        )
        for number in numbers
    ]
    lines = [
        {"snapshot": day, "unit": unit, "ancestor": ancestor, "depth": depth}
        for day, (unit, above) in product((THEN, NOW), ABOVE.items())
        for depth, ancestor in enumerate(above)
    ]
    # A unit that has its line in another snapshot than its people's.
    lines.append({"snapshot": THEN, "unit": "late_line", "ancestor": "late_line", "depth": 0})
    # Roll-ups that lack a group, and one that lacks a state of missing.
    groups = [
        row
        for row in GROUPS
        if (row["code"], row["grouping"]) not in {("asian_chinese", "five"), ("blank", "five")}
        and row["code"] != "other_arab"
    ]
    # The first and last days of the year, the days before and after, and a day long ago.
    year = (THEN, THEN + timedelta(1), BETWEEN, NOW, NOW + timedelta(1), date(1900, 1, 1))
    days = cycle(year)
    kinds = cycle(("disciplinary", "grievance", "capability", "of_another_list"))
    moves = cycle(("promotion", "leaver", "joiner", "promotion", "leaver"))
    # Some people are in no snapshot, and to some it happens more than once.
    whom = [*range(0, 420, 2), *range(0, 420, 7)]

    def who(number):
        unit = UNITS[number % len(UNITS)]
        return {"person": f"p{number:04}", "unit": unit, **_turning(number)}

    return {
        "people": people,
        "groups": groups,
        "unit_lines": lines,
        "applications": [
            {
                "period": (THEN, BETWEEN, NOW)[number % 3],
                "applicant": f"a{number:04}",
                "unit": UNITS[number % len(UNITS)],
                "grade": GRADES[number % len(GRADES)][0],
                **_turning(number),
                "shortlisted": number % 3 != 0,
                # Some are appointed without having been shortlisted.
                "appointed": number % 4 == 0,
                "internal": number % 5 == 0,
            }
            for number in range(300)
        ],
        "cases": [
            {"opened": next(days), "kind": next(kinds), "formal": number % 5 != 0, **who(number)}
            for number in whom
        ],
        "training": [
            {
                "on_day": next(days),
                "mandatory": number % 4 == 0,
                "funded": number % 3 == 0,
                **who(number),
            }
            for number in whom
        ],
        "moves": [
            {
                "on_day": next(days),
                "kind": next(moves),
                "grade": GRADES[number % len(GRADES)][0],
                "reason": (None, "retirement")[number % 2],
                **who(number),
            }
            for number in whom
        ],
    }


def _of_one():
    nobody = {name: [] for name in TABLES}
    return {**nobody, "groups": list(GROUPS), "people": [_person(3, NOW)]}


@cache
def bodies():
    """Every body; of one, every pack is made on every engine, and of another the largest."""
    small = {name: list(table) for name, table in borough(people=800, quarters=6).items()}
    return (
        Body("a small borough", {**small, "groups": list(GROUPS)}, ("quarterly",)),
        Body("hard cases", _hard(), tuple(PACKS)),
        Body("one person", _of_one()),
        Body("nobody", {name: [] for name in TABLES}),
    )
