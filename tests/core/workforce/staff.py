"""Small invented workforces for these tests, and the slow way to count them."""

from datetime import date

from hypothesis import strategies as st

from core.workforce.conftest import Filled

THEN, NOW = date(2025, 3, 31), date(2026, 3, 31)
# A council, two directorates, and a team in the first of them.
ABOVE = {
    "council": ["council"],
    "adults": ["adults", "council"],
    "place": ["place", "council"],
    "night_team": ["night_team", "adults", "council"],
}
GRADES = {"g1": 1, "g2": 2, "head": 3}
MISSING = ("not_asked", "blank", "prefer_not_to_say", "not_known")
ETHNICITIES = ("white_british", "white_irish", "asian_indian", "black_african", *MISSING)
ROLLED = {"white_british": "white", "white_irish": "white"} | {
    "asian_indian": "all_other",
    "black_african": "all_other",
}
SEXES = ("female", "male", "blank")
DISABILITIES = ("disabled", "not_disabled", "prefer_not_to_say")


@st.composite
def workforces(draw, snapshots=(THEN, NOW)):
    """People with their unit, grade and codes; some of them in both snapshots."""
    person = st.fixed_dictionaries(
        {
            "unit": st.sampled_from(list(ABOVE)),
            "grade": st.sampled_from(list(GRADES)),
            "sex": st.sampled_from(SEXES),
            "ethnicity": st.sampled_from(ETHNICITIES),
            "disability": st.sampled_from(DISABILITIES),
            "age": st.one_of(st.none(), st.integers(16, 75)),
        }
    )
    people = []
    for snapshot in snapshots:
        found = draw(st.dictionaries(st.sampled_from("abcdefghijklmnop"), person, max_size=12))
        people += [staff(snapshot, name, **codes) for name, codes in found.items()]
    return people


def staff(snapshot, person, unit="council", grade="g1", **codes):
    """One row of people."""
    codes = {"sex": "female", "ethnicity": "white_british", "disability": "not_disabled"} | codes
    return {
        "snapshot": snapshot,
        "person": person,
        "unit": unit,
        "grade": grade,
        "grade_order": GRADES[grade],
        "board": grade == "head",
        "leadership": grade == "head",
        **codes,
    }


def filled(people, into=None):
    """Records of these people, with the units and roll-ups that go with them."""
    records = into or Filled()
    records.fill("people", people)
    records.fill(
        "unit_lines",
        [
            {"snapshot": day, "unit": unit, "ancestor": ancestor, "depth": depth}
            for day in (THEN, NOW)
            for unit, above in ABOVE.items()
            for depth, ancestor in enumerate(above)
        ],
    )
    records.fill(
        "groups",
        [
            {
                "characteristic": "ethnicity",
                "code": code,
                "grouping": "white_other",
                "grp": ROLLED.get(code, code),
                "position": place,
            }
            for place, code in enumerate(ETHNICITIES, 1)
        ],
    )
    return records
