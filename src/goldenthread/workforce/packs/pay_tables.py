"""The tables of pay: the statutory figures, ethnicity and disability gaps, and what a gap is of."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from goldenthread.disclosure.raw import Cell, Column, NotSaid
from goldenthread.errors import Unreadable
from goldenthread.workforce.packs.asked import (
    SAYS,
    Asked,
    Made,
    Rows,
    exact,
    interval_columns,
    not_said,
    share_cells,
)
from goldenthread.workforce.packs.standing_out import Comparison, distance
from goldenthread.workforce.pay.bootstrap import GapInterval, GapIntervals, gap_intervals
from goldenthread.workforce.pay.decomposition import Decomposition, decompose, grades_of
from goldenthread.workforce.pay.distribution import Distribution, by_group
from goldenthread.workforce.pay.gender_pay import MEN, WOMEN, GenderPayGap, gender_pay_gap
from goldenthread.workforce.pay.pay_gap import LEAST, Gap
from goldenthread.workforce.pay.pay_gap_profiles import Comparison as Sides
from goldenthread.workforce.pay.pay_gaps import GroupPay, PayGaps, pay_gaps
from goldenthread.workforce.pay.pay_records import Column as By
from goldenthread.workforce.pay.pay_records import hourly_pay_sql
from goldenthread.workforce.pay.published_figures import check_figures
from goldenthread.workforce.pay.regression import RegressionGap, lots_of, regression_gap
from goldenthread.workforce.proportion import proportion
from goldenthread.workforce.records import Records
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.staff_columns import Characteristic, GroupingName
from goldenthread.workforce.too_few import TooFew

_GAP = (
    Column("gap", "Gap", "number", "% of the reference group's pay"),
    *interval_columns("% of the reference group's pay"),
)


_NO_INTERVAL = "No interval is reckoned for bonus gaps: read them with how many had a bonus."


def gender_pay_tables(records: Records, asked: Asked) -> Made:
    """The six statutory figures of the snapshot, the quarters, and the gap grade by grade."""
    found = gender_pay_gap(records, asked.as_at, intervals=True)
    made = _six_figures(found, asked) + _quarters(found, asked)
    return made + made_of(records, asked, "sex", "detailed", (MEN, WOMEN), ("men", "women"))


def _six_figures(found: GenderPayGap, asked: Asked) -> Made:
    rows: Rows = []
    comparisons: list[Comparison] = []
    held = found.intervals if isinstance(found.intervals, GapIntervals) else None
    for name, gap, interval in (
        ("Mean hourly pay", found.mean_hourly, _mean(held)),
        ("Median hourly pay", found.median_hourly, _median(held)),
        ("Mean bonus pay", found.mean_bonus, None),
        ("Median bonus pay", found.median_bonus, None),
    ):
        rows.append((name, *_gap_bases(gap), *_gap_cells(gap, interval), _gap_says(gap, interval)))
        comparisons += _gap_compared(name, gap, interval)
    for name, staff, base in (
        ("Men with a bonus", found.men, (found.men.relevant, None)),
        ("Women with a bonus", found.women, (None, found.women.relevant)),
    ):
        share = exact(staff.bonus_share)
        rows.append(
            (name, *base, share, *_share_ends(staff.with_bonus, staff.relevant),
             f"{staff.with_bonus:,} of {staff.relevant:,}.")
        )  # fmt: skip
    columns = (
        Column("figure", "Figure"),
        Column("men", "Base: men", "count"),
        Column("women", "Base: women", "count"),
        Column("figure_value", "Figure", "number", "%"),
        *interval_columns("%"),
        SAYS,
    )
    errors = check_figures(found.figures)
    notes = [
        "A gap is in per cent of men's pay, above nought where men are paid more.",
        f"Employees: {found.employees:,}. Figures must be published: "
        f"{'yes' if found.must_publish else 'no'}; by {found.last_day.isoformat()} if so.",
        f"Left out of the hourly figures: {found.left_out:,}.",
        _NO_INTERVAL,
        *(str(error) for error in errors),
    ]
    table = asked.table(
        "gender_pay",
        "Gender pay gap: the statutory figures",
        columns,
        rows,
        base=found.employees,
        of="relevant employees",
        notes=notes,
    )
    return Made((table,), {"gender_pay": comparisons})


def _quarters(found: GenderPayGap, asked: Asked) -> Made:
    rows: Rows = [
        (
            each.name.capitalize(),
            each.people,
            each.men,
            each.women,
            each.men_per_cent if each.people else NotSaid("Nobody is in it.", "[x]"),
            each.women_per_cent if each.people else NotSaid("Nobody is in it.", "[x]"),
            *_share_ends(each.women, each.people),
        )
        for each in found.quarters
    ]
    columns = (
        Column("quarter", "Quarter"),
        Column("people", "People", "count"),
        Column("men", "Men", "count"),
        Column("women", "Women", "count"),
        Column("men_share", "Men, share", "share", "%"),
        Column("women_share", "Women, share", "share", "%"),
        *interval_columns("share", "women_share"),
    )
    table = asked.table(
        "gender_pay_quarters",
        "Men and women in each pay quarter",
        columns,
        rows,
        of="full-pay relevant employees",
    )
    return Made((table,))


def profile_pay_tables(records: Records, asked: Asked, characteristic: Characteristic) -> Made:
    """Ethnicity or disability pay gaps under the profile that was asked for, grade by grade too."""
    made = Made()
    held = asked.lists.get(characteristic)
    compared = [one for one in asked.profile.comparisons if one.characteristic == characteristic]
    for number, sides in enumerate(compared, 1):
        rolled = [one for one in held.groupings if one.name == sides.grouping] if held else []
        labels = {group.code: group.label for one in rolled for group in one.groups}
        named = sides.named(labels)
        made += _profile(records, asked, sides, named, number)
        # Grade by grade where there are two groups: of five, most grades would have too few.
        others = [code for code in labels if code not in (named.reference, *named.neither)]
        if len(others) == 1:
            pair = (named.reference, others[0])
            names = (named.name(pair[0]), named.name(pair[1]))
            made += made_of(records, asked, characteristic, sides.grouping, pair, names)
    if not made.tables:
        raise Unreadable(
            f"“{asked.profile.title}” says nothing of {characteristic.replace('_', ' ')}.",
            do="Choose another profile.",
        )
    return made


def _profile(records: Records, asked: Asked, sides: Sides, named: Sides, number: int) -> Made:
    found = pay_gaps(
        records,
        asked.profile,
        sides,
        asked.as_at,
        least=asked.least or 0,
        intervals=True,
    )
    name = f"{sides.characteristic}_pay" if number == 1 else f"{sides.characteristic}_pay_{number}"
    rows: Rows = []
    comparisons: list[Comparison] = []
    for group in found.groups:
        label = named.name(group.code)
        rows.append((label, group.code, *_group_cells(found, group)))
        held = group.intervals if isinstance(group.intervals, GapIntervals) else None
        if group.code != sides.reference:
            comparisons += _gap_compared(f"{label}, mean", group.mean_hourly, _mean(held))
            comparisons += _gap_compared(f"{label}, median", group.median_hourly, _median(held))
    unit = f"% of the pay of {named.name(named.reference)}"
    columns = (
        Column("group", "Group"),
        Column("code", "Code"),
        Column("relevant", "Relevant employees", "count"),
        Column("paid", "In the hourly figures", "count"),
        Column("share", "Share of employees", "share", "%"),
        *interval_columns("share"),
        Column("mean", "Mean hourly gap", "number", unit),
        Column("mean_low", "Mean gap, 95% interval from", "number", unit),
        Column("mean_high", "Mean gap, 95% interval to", "number", unit),
        Column("median", "Median hourly gap", "number", unit),
        Column("median_low", "Median gap, 95% interval from", "number", unit),
        Column("median_high", "Median gap, 95% interval to", "number", unit),
        Column("bonus_people", "People with a bonus", "count"),
        Column("mean_bonus", "Mean bonus gap", "number", unit),
        Column("median_bonus", "Median bonus gap", "number", unit),
        Column("with_bonus", "With a bonus", "share", "% of relevant employees"),
        *interval_columns("share", "with_bonus"),
        Column("few", "Rests on few people", "flag"),
        SAYS,
    )
    notes = [
        *found.sentences[-2:],
        f"Reference group: {named.name(named.reference)}. A gap is above nought where it is paid "
        "more.",
        _NO_INTERVAL,
        *asked.profile.unsettled,
    ]
    table = asked.table(
        name,
        f"{sides.characteristic.capitalize()} pay gap against {named.name(named.reference)}",
        columns,
        rows,
        base=found.employees,
        of="relevant employees",
        notes=notes,
        sources=asked.profile.source,
    )
    return Made((table,), {name: comparisons})


def _group_cells(found: PayGaps, group: GroupPay) -> tuple[Cell, ...]:
    held = group.intervals if isinstance(group.intervals, GapIntervals) else None
    reference = group.code == found.comparison.reference
    mean = (
        ("Reference group.",)
        if reference
        else tuple(each.sentence for each in (group.mean_hourly, group.median_hourly))
    )
    share = group.composition
    return (
        not_said(group.relevant) if isinstance(group.relevant, TooFew) else group.relevant,
        not_said(group.paid) if isinstance(group.paid, TooFew) else group.paid,
        *share_cells(share, 0, 0)[2:],
        *_gap_cells(group.mean_hourly, _mean(held)),
        *_gap_cells(group.median_hourly, _median(held)),
        _with_bonus(group),
        _gap_cells(group.mean_bonus, None)[0],
        _gap_cells(group.median_bonus, None)[0],
        *share_cells(group.bonus_share, 0, 0)[2:],
        group.few,
        " ".join(mean),
    )


def _with_bonus(group: GroupPay) -> Cell:
    """How many a bonus gap rests on; said only where the share with a bonus is."""
    share = group.bonus_share
    return not_said(share) if isinstance(share, TooFew) else share.count


def _share_ends(count: int, base: int) -> tuple[Cell, ...]:
    """The interval of a statutory share, which is given of however few."""
    return share_cells(proportion(count, base, "people", least=1), 0, 0)[3:]


def _mean(held: GapIntervals | None) -> GapInterval | None:
    return None if held is None else held.mean


def _median(held: GapIntervals | None) -> GapInterval | None:
    return None if held is None else held.median


def _gap_bases(gap: Gap | TooFew) -> tuple[Cell, ...]:
    if isinstance(gap, TooFew):
        return (None, None)
    return (gap.reference_people, gap.comparison_people)


def _gap_cells(gap: Gap | TooFew, interval: GapInterval | None) -> tuple[Cell, ...]:
    ends: tuple[Cell, ...] = (None, None) if interval is None else (interval.low, interval.high)
    return (not_said(gap) if isinstance(gap, TooFew) else gap.exact, *ends)


def _gap_says(gap: Gap | TooFew, interval: GapInterval | None) -> str:
    return gap.sentence if interval is None else f"{gap.sentence} {interval.sentence}"


def _gap_compared(where: str, gap: Gap | TooFew, interval: GapInterval | None) -> list[Comparison]:
    if isinstance(gap, TooFew) or interval is None:
        return []
    far = distance(float(gap.exact), interval.low, interval.high)
    return [Comparison(where, _gap_says(gap, interval), far)]


def made_of(
    records: Records,
    asked: Asked,
    characteristic: Characteristic,
    grouping: GroupingName,
    groups: tuple[str, str],
    names: tuple[str, str],
) -> Made:
    """The mean gap of two groups grade by grade, in its two parts, and beside a regression."""
    rows_by_grade = _hourly(records, asked, characteristic, grouping, ("grade", "grade_order"))
    grades = grades_of(rows_by_grade, *groups)
    least = asked.least or LEAST
    found = decompose(grades, names, least=least)
    name = f"{characteristic}_pay_by_grade"
    paid = by_group(rows_by_grade)
    sides = {
        (grade, group): rates for (grade, _order, group), rates in paid.items() if group in groups
    }
    rows: Rows = []
    comparisons: list[Comparison] = []
    gaps = {one.name: one.gap for one in found.grades} if isinstance(found, Decomposition) else {}
    for grade in grades:
        one, other = (sides.get((grade.name, group), Distribution()) for group in groups)
        held = gap_intervals(one, other, least=least)
        interval = held.mean if isinstance(held, GapIntervals) else None
        gap = gaps.get(grade.name, TooFew("There are too few people in all.", marker="[c]"))
        says = (
            gap.sentence
            if isinstance(gap, TooFew)
            else _grade_says(asked.grade(grade.name), gap, names, interval)
        )
        cell: Cell = not_said(gap) if isinstance(gap, TooFew) else gap
        ends: tuple[Cell, ...] = (None, None)
        if interval is not None:
            ends = (interval.low, interval.high)
        rows.append(
            (
                asked.grade(grade.name),
                one.people,
                other.people,
                _mean_pay(one, least),
                _mean_pay(other, least),
                cell,
                *ends,
                says,
            )
        )
        if interval is not None and not isinstance(gap, TooFew):
            far = distance(float(gap), interval.low, interval.high)
            comparisons.append(Comparison(f"Grade {asked.grade(grade.name)}", says, far))
    columns = (
        Column("grade", "Grade"),
        Column("reference_people", f"People: {names[0]}", "count"),
        Column("comparison_people", f"People: {names[1]}", "count"),
        Column("reference_mean", f"Mean hourly pay: {names[0]}", "number", "pence"),
        Column("comparison_mean", f"Mean hourly pay: {names[1]}", "number", "pence"),
        *_GAP,
        SAYS,
    )
    notes = [f"Reference group: {names[0]}."]
    readings: tuple[tuple[str, str], ...] = ()
    if isinstance(found, TooFew):
        notes.append(found.sentence)
    else:
        notes.append(found.sentence)
        if found.opposed:
            readings = ((name, found.sentence),)
    notes += _regression(records, asked, characteristic, grouping, groups, names)
    table = asked.table(
        name,
        f"Mean hourly pay of {names[1]} beside {names[0]}, grade by grade",
        columns,
        rows,
        of="full-pay relevant employees",
        notes=notes,
    )
    return Made((table,), {name: comparisons}, readings)


def _mean_pay(paid: Distribution, least: int) -> Cell:
    """A group's mean pay in a grade: of one person it would be what that person is paid."""
    if 0 < paid.people < least:
        return not_said(TooFew(f"Fewer than {least} people.", least=least))
    return exact(paid.mean)


def _grade_says(
    grade: str, gap: Fraction, names: tuple[str, str], interval: GapInterval | None
) -> str:
    per_cent = half_up(gap)
    way = f"{abs(per_cent)}% {'lower' if gap > 0 else 'higher'} than"
    if not per_cent:
        way = "within 0.1% of" if gap else "the same as"
    size = f"In {grade} the mean hourly pay of {names[1]} is {way} that of {names[0]}."
    return size if interval is None else f"{size} {interval.sentence}"


def _hourly(
    records: Records,
    asked: Asked,
    characteristic: Characteristic,
    grouping: GroupingName,
    by: tuple[By, By],
) -> list[tuple[Any, ...]]:
    """How many of each group are on each rate, by two columns, on the snapshot that is told."""
    sql = hourly_pay_sql(
        characteristic=characteristic, grouping=grouping, by=by, snapshot=asked.as_at
    )
    return [row[1:] for row in records.rows(sql)]


def _regression(
    records: Records,
    asked: Asked,
    characteristic: Characteristic,
    grouping: GroupingName,
    groups: tuple[str, str],
    names: tuple[str, str],
) -> list[str]:
    """What a regression on grade and working pattern says, with what it cannot say."""
    held = _hourly(records, asked, characteristic, grouping, ("grade", "working_pattern"))
    one, other, left_out = lots_of(held, *groups)
    try:
        found = regression_gap(one, other, ["grade", "working pattern"], names)
    except Unreadable as refusal:
        return [f"No regression: {refusal}"]
    if not isinstance(found, RegressionGap):
        return [f"No regression: {found.sentence}"]
    left = [f"Left out of the regression: {left_out:,} people."] if left_out else []
    return [found.sentence, *found.caveats, *left]
