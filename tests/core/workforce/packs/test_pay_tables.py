"""The tables of pay: each figure is that of the measure, and names whom it is held against."""

from decimal import Decimal
from fractions import Fraction

import pytest

from core.workforce.packs.bodies import (
    LISTS,
    NOW,
    SOURCES,
    pack_of,
    person,
    records_of,
    rows_of,
    undeclared,
)
from goldenthread.disclosure.raw import NotSaid
from goldenthread.errors import Unreadable
from goldenthread.workforce import TooFew, packs
from goldenthread.workforce.pay import (
    PROFILES,
    Decomposition,
    Distribution,
    check_figures,
    decompose,
    gap_intervals,
    gender_pay_gap,
    grades_of,
    pay_gaps,
)
from goldenthread.workforce.pay.bootstrap import GapIntervals
from goldenthread.workforce.pay.pay_records import hourly_pay_sql

PAY_TABLES = (
    "gender_pay", "gender_pay_quarters", "sex_pay_by_grade", "ethnicity_pay",
    "ethnicity_pay_by_grade", "ethnicity_pay_2", "disability_pay", "disability_pay_by_grade",
)  # fmt: skip
BY_GRADE = {
    "sex_pay_by_grade": ("sex", "detailed", "male", "female", ("men", "women")),
    "ethnicity_pay_by_grade": (
        "ethnicity", "white_other", "white", "all_other",
        ("White staff", "staff of all other ethnic groups"),
    ),
    "disability_pay_by_grade": (
        "disability", "detailed", "not_disabled", "disabled",
        ("non-disabled staff", "disabled staff"),
    ),
}  # fmt: skip


def same(cell, found, value):
    """Whether a cell has a figure, or says why there is none."""
    if isinstance(found, TooFew):
        assert cell == NotSaid(found.why, found.marker)
    else:
        assert cell == value(found)


def ends(row, interval, name=""):
    there = (None, None) if interval is None else (interval.low, interval.high)
    assert (row[f"{name}low"], row[f"{name}high"]) == there


# The statutory figures


@pytest.fixture(scope="module")
def gender(council):
    return gender_pay_gap(council.records, council.asked.as_at, intervals=True)


def test_the_six_figures_are_those_of_the_statute(council, gender):
    table = council.pack.table("gender_pay")
    rows = rows_of(table)
    gaps = [gender.mean_hourly, gender.median_hourly, gender.mean_bonus, gender.median_bonus]
    intervals = [gender.intervals.mean, gender.intervals.median, None, None]
    for row, gap, interval in zip(rows, gaps, intervals, strict=False):
        assert row["figure_value"] == gap.exact
        assert (row["men"], row["women"]) == (gap.reference_people, gap.comparison_people)
        assert row["says"].startswith(gap.sentence)
        ends(row, interval)
    men, women = rows[4:]
    assert men["figure_value"] == Fraction(100 * gender.men.with_bonus, gender.men.relevant)
    assert (men["men"], men["women"]) == (gender.men.relevant, None)
    assert women["figure_value"] == Fraction(100 * gender.women.with_bonus, gender.women.relevant)
    assert (women["men"], women["women"]) == (None, gender.women.relevant)
    assert table.base == gender.employees


def test_the_notes_say_how_many_are_left_out_and_what_the_service_would_refuse(council, gender):
    notes = council.pack.table("gender_pay").notes
    assert f"Left out of the hourly figures: {gender.left_out:,}." in notes
    assert any("Figures must be published: yes; by 2027-03-30" in note for note in notes)
    assert notes[4:] == tuple(str(one) for one in check_figures(gender.figures))


def test_quarters_are_those_of_the_statute_and_make_everybody(council, gender):
    rows = rows_of(council.pack.table("gender_pay_quarters"))
    for row, quarter in zip(rows, gender.quarters, strict=True):
        assert row["quarter"] == quarter.name.capitalize()
        assert (row["people"], row["men"], row["women"]) == (
            quarter.people, quarter.men, quarter.women,
        )  # fmt: skip
        assert (row["men_share"], row["women_share"]) == (
            quarter.men_per_cent, quarter.women_per_cent,
        )  # fmt: skip
    assert sum(row["people"] for row in rows) == (
        gender.mean_hourly.reference_people + gender.mean_hourly.comparison_people
    )


def paid(sex, *pence, grade="g1", order=1, first=0, **others):
    return [
        person(f"{sex}{grade}{first + n}", sex=sex, hourly_pence=each, grade=grade,
               grade_order=order, **others)
        for n, each in enumerate(pence)
    ]  # fmt: skip


def test_four_men_and_four_women_by_hand():
    body = [*paid("male", 1000, 1200, 1400, 2400), *paid("female", 1000, 1000, 1200, 1600)]
    mean, median, *_bonus, men, women = rows_of(pack_of("gender-pay", body).table("gender_pay"))
    assert mean["figure_value"] == 20  # 15 pounds and 12
    assert median["figure_value"] == Fraction(100 * 200, 1300)  # 13 and 11
    assert (mean["low"], mean["high"]) == (None, None)
    assert (men["men"], men["women"], women["men"], women["women"]) == (4, None, None, 4)


def test_as_many_men_as_women_stand_each_under_their_own_heading():
    body = [
        *paid("male", *[1500] * 20, bonus_pence=100), *paid("female", *[1500] * 20, bonus_pence=100)
    ]  # fmt: skip
    *_gaps, men, women = rows_of(pack_of("gender-pay", body).table("gender_pay"))
    assert (men["men"], men["women"]) == (20, None)
    assert (women["men"], women["women"]) == (None, 20)


def test_without_men_no_gap_is_said_and_nobody_had_a_bonus():
    pack = pack_of("gender-pay", paid("female", *range(1000, 1040)))
    *gaps, men, women = rows_of(pack.table("gender_pay"))
    assert all(isinstance(row["figure_value"], NotSaid) for row in gaps)
    assert men["figure_value"] == NotSaid("There is nobody to reckon it from.", "[x]")
    assert (women["figure_value"], women["women"]) == (0, 40)
    for row in rows_of(pack.table("gender_pay_quarters")):
        assert (row["men"], row["women"], row["women_share"]) == (0, 10, Decimal(100))


def test_an_empty_quarter_has_no_share():
    rows = rows_of(pack_of("gender-pay", paid("male", 1000)).table("gender_pay_quarters"))
    assert [row["people"] for row in rows] == [1, 0, 0, 0]
    assert rows[1]["men_share"] == NotSaid("Nobody is in it.", "[x]")


# Ethnicity and disability


@pytest.mark.parametrize(
    ("table", "characteristic", "number"),
    [("ethnicity_pay", "ethnicity", 0), ("ethnicity_pay_2", "ethnicity", 1),
     ("disability_pay", "disability", 0)],
)  # fmt: skip
def test_each_group_stands_against_its_reference_under_the_profile(
    council, table, characteristic, number
):
    asked = council.asked
    sides = [c for c in asked.profile.comparisons if c.characteristic == characteristic][number]
    found = pay_gaps(council.records, asked.profile, sides, asked.as_at, intervals=True)
    told = council.pack.table(table)
    rows = rows_of(told)
    assert [row["code"] for row in rows] == [group.code for group in found.groups]
    assert rows[0]["code"] == sides.reference
    assert rows[0]["says"] == "Reference group."
    for row, group in zip(rows, found.groups, strict=True):
        same(row["relevant"], group.relevant, lambda count: count)
        same(row["paid"], group.paid, lambda count: count)
        same(row["share"], group.composition, lambda share: 100 * share.share)
        for name, gap in (
            ("mean", group.mean_hourly), ("median", group.median_hourly),
            ("mean_bonus", group.mean_bonus), ("median_bonus", group.median_bonus),
        ):  # fmt: skip
            same(row[name], gap, lambda gap: gap.exact)
        same(row["with_bonus"], group.bonus_share, lambda share: 100 * share.share)
        held = group.intervals if isinstance(group.intervals, GapIntervals) else None
        ends(row, held and held.mean, "mean_")
        ends(row, held and held.median, "median_")
        assert row["few"] == group.few
        if group.code != sides.reference:
            assert row["says"] == f"{group.mean_hourly.sentence} {group.median_hourly.sentence}"
    assert told.base == found.employees
    assert told.notes[:2] == found.sentences[-2:]
    assert set(asked.profile.unsettled) <= set(told.notes)
    assert set(asked.profile.source) <= set(told.sources)


def test_the_reference_group_is_named_in_every_table_of_pay(council):
    references = {
        "gender_pay": "men", "gender_pay_quarters": "men", "sex_pay_by_grade": "men",
        "ethnicity_pay": "White staff", "ethnicity_pay_2": "White staff",
        "ethnicity_pay_by_grade": "White staff", "disability_pay": "non-disabled staff",
        "disability_pay_by_grade": "non-disabled staff",
    }  # fmt: skip
    assert {t.name for t in council.pack.tables if "pay" in t.name} == set(PAY_TABLES)
    for name in PAY_TABLES:
        table = council.pack.table(name)
        words = " ".join([table.title, *table.notes, *(c.title for c in table.columns)])
        assert references[name].casefold() in words.casefold()
        if name not in ("gender_pay", "gender_pay_quarters"):
            assert f"Reference group: {references[name]}." in " ".join(table.notes)


def of_groups(**counts):
    """So many people of each ethnic group, all on pay of their own."""
    return [
        person(f"{code}{n}", ethnicity=code, hourly_pence=1500 + 7 * n)
        for code, count in counts.items()
        for n in range(count)
    ]


def test_nine_of_a_group_have_no_gap_and_no_number():
    pack = pack_of("ethnicity-pay", of_groups(white_british=60, asian_indian=9))
    _white, other = rows_of(pack.table("ethnicity_pay"))
    for name in ("relevant", "paid", "share", "mean", "median", "with_bonus"):
        assert other[name].marker == "[c]"
    assert other["says"].startswith("Not enough to say.")


def test_another_profile_compares_others():
    body = of_groups(white_british=60, white_irish=60, asian_indian=60)
    rows = rows_of(
        pack_of("ethnicity-pay", body, profile=PROFILES["consultation-2025"]).table("ethnicity_pay")
    )
    assert [(row["code"], row["relevant"]) for row in rows] == [
        ("white_british", 60), ("all_other", 120),
    ]  # fmt: skip


def test_a_profile_that_says_nothing_of_disability_is_refused():
    with pytest.raises(Unreadable, match=r"says nothing of disability\. Choose another profile"):
        pack_of("disability-pay", of_groups(white_british=20), profile=PROFILES["guidance-2023"])


# Grade by grade


@pytest.mark.parametrize("name", BY_GRADE)
def test_grade_by_grade_is_the_decomposition_with_an_interval_for_each(council, name):
    characteristic, grouping, one, other, names = BY_GRADE[name]
    asked = council.asked
    told = council.pack.table(name)
    rows_by_grade = [
        row[1:]
        for row in council.records.rows(
            hourly_pay_sql(
                characteristic=characteristic, grouping=grouping, by=("grade", "grade_order"),
                snapshot=asked.as_at,
            )
        )
    ]  # fmt: skip
    grades = grades_of(rows_by_grade, one, other)
    found = decompose(grades, names)
    assert isinstance(found, Decomposition)
    rows = rows_of(told)
    assert [row["grade"] for row in rows] == [asked.grade(grade.name) for grade in grades]
    for row, grade, gap in zip(rows, grades, found.grades, strict=True):
        sides = {one: grade.reference, other: grade.comparison}
        for side, code in (("reference", one), ("comparison", other)):
            pay = [pence for g, _o, code_, pence, n in rows_by_grade
                   if (g, code_) == (grade.name, code) for _ in range(n)]  # fmt: skip
            assert row[f"{side}_people"] == len(pay) == sides[code].people
            if 0 < len(pay) < 10:
                assert row[f"{side}_mean"] == NotSaid("Fewer than 10 people.")
            elif pay:
                assert row[f"{side}_mean"] == Fraction(sum(pay), len(pay))
        same(row["gap"], gap.gap, lambda gap: gap)
        if isinstance(gap.gap, TooFew):
            assert (row["low"], row["high"]) == (None, None)
            continue
        both = [
            Distribution.of(
                [pence for g, _o, code, pence, n in rows_by_grade
                 if (g, code) == (grade.name, wanted) for _ in range(n)]
            )
            for wanted in (one, other)
        ]  # fmt: skip
        ends(row, gap_intervals(*both).mean)
        way = "lower" if gap.gap > 0 else "higher"
        assert f"{way} than that of {names[0]}" in row["says"]
    assert found.sentence in told.notes


def test_one_mans_pay_is_not_told_as_the_mean_of_men():
    body = [*paid("male", 1234), *paid("female", *[1500] * 20)]
    pack = pack_of("gender-pay", body)
    (row,) = rows_of(pack.table("sex_pay_by_grade"))
    assert (row["reference_people"], row["comparison_people"]) == (1, 20)
    assert row["reference_mean"] == NotSaid("Fewer than 10 people.")
    assert (row["comparison_mean"], row["gap"].marker) == (1500, "[c]")


def test_nobody_in_a_grade_has_no_mean():
    (row,) = rows_of(pack_of("gender-pay", paid("female", *[1500] * 20)).table("sex_pay_by_grade"))
    assert row["reference_mean"] == NotSaid("There is nobody to reckon it from.", "[x]")


def test_two_parts_that_hide_each_other_are_to_be_read_first():
    """Women are paid more in both grades, and less over all."""
    low = [*paid("male", *range(1000, 1020)), *paid("female", *range(1020, 1080))]
    high = [
        *paid("male", *range(3000, 3060), grade="g2", order=2),
        *paid("female", *range(3060, 3080), grade="g2", order=2),
    ]
    pack = pack_of("gender-pay", [*low, *high])
    rows = rows_of(pack.table("sex_pay_by_grade"))
    assert all(row["gap"] < 0 for row in rows)
    assert rows_of(pack.table("gender_pay"))[0]["figure_value"] > 0
    first = rows_of(pack.tables[0])[0]
    assert (first["table"], first["strength"]) == ("sex_pay_by_grade", "to be read")
    assert "The two parts point in different directions" in first["says"]


def test_one_grade_alone_has_no_part_between_grades():
    body = [*paid("male", *range(1500, 1530)), *paid("female", *range(1400, 1430))]
    table = pack_of("gender-pay", body).table("sex_pay_by_grade")
    (row,) = rows_of(table)
    assert row["gap"] == Fraction(100 * 100 * 2, 2 * 1514 + 1)
    assert any("0.0 percentage points come from who is in which grade" in n for n in table.notes)


def test_a_body_without_enough_on_either_side_says_so_in_place_of_the_parts():
    body = [*paid("male", *[1500] * 4), *paid("female", *[1400] * 30)]
    table = pack_of("gender-pay", body).table("sex_pay_by_grade")
    assert any("Fewer than 10 on one side" in note for note in table.notes)
    assert any(note.startswith("No regression:") for note in table.notes)


def test_everybody_undeclared_is_on_neither_side():
    pack = pack_of("ethnicity-pay", [undeclared(n) for n in range(40)])
    table = pack.table("ethnicity_pay")
    (row,) = rows_of(table)
    assert row["says"] == "Reference group."
    assert (row["relevant"], row["mean"].marker) == (0, "[x]")
    assert any("100.0% (40 of 40 employees" in note for note in table.notes)
    assert pack.table("ethnicity_pay_by_grade").rows == ()


def test_a_snapshot_before_is_told_as_it_was():
    body = [*paid("male", *[1500] * 20), *paid("female", *[1200] * 20)]
    earlier = [{**row, "snapshot": NOW.replace(year=2025), "hourly_pence": 1500} for row in body]
    with records_of([*body, *earlier]) as records:
        asked = packs.ask(records, lists=LISTS, sources=SOURCES, as_at=NOW.replace(year=2025))
        table = packs.make_pack("gender-pay", records, asked).table("gender_pay")
    assert rows_of(table)[0]["figure_value"] == 0
