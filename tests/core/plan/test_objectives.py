"""Objectives counted: what is told in words, and an intruder who subtracts one total from another.

The intruder has every total that the public was ever told, and is a director who knows what their
own directorate counted on every day. Whatever they subtract must leave two other directorates or
more, and ten appraisals or more.
"""

from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.objectives import (
    Counted,
    public_total,
    public_totals,
    safe,
    said,
    settled_on,
    share,
    year_of,
)

Q1, Q2, Q3, Q4 = date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31)
NEXT = date(2027, 6, 30)
DAY = timedelta(days=1)
LATER = date(2028, 1, 1)


def counted(part, serving, held, ends=Q2, on=None, group=None):
    return Counted(part, group or part, ends, serving, held, on or ends + 5 * DAY)


THREE = [counted(1, 312, 405), counted(2, 40, 90), counted(3, 20, 30)]


def test_few_are_told_in_words_and_have_no_share():
    told = [(0, 9), (1, 9), (4, 9), (5, 9), (8, 9), (9, 9), (312, 405)]
    assert [said(*one) for one in told] == [
        "none of 9",
        "fewer than 5 of 9",
        "fewer than 5 of 9",
        "all but a few of 9",
        "all but a few of 9",
        "all 9",
        "312 of 405",
    ]
    assert [share(*one) for one in told] == ["0%", "", "", "", "", "100%", "77%"]


@given(st.integers(9, 500), st.integers(0, 500))
def test_words_of_a_few_are_the_same_for_all_of_one_to_four(held, serving):
    alike = [one for one in range(held + 1) if said(one, held) == said(min(serving, held), held)]
    assert alike in ([0], [1, 2, 3, 4], [*range(held - 4, held)], [held], [serving])
    assert (share(min(serving, held), held) == "") == (len(alike) == 4)


def test_the_total_waits_until_its_quarter_is_settled():
    assert public_total(THREE, on=settled_on(Q2) - DAY) is None
    assert public_total(THREE, on=settled_on(Q2)) == (372, 525)


def test_two_directorates_give_no_total_since_each_could_subtract_itself():
    assert public_total(THREE[:2], on=LATER - 300 * DAY) is None


def test_a_large_directorate_cannot_read_two_tiny_ones():
    tiny = [counted(1, 300, 400), counted(2, 4, 5), counted(3, 0, 4 + 1)]
    assert public_total(tiny, on=settled_on(Q2)) == (304, 410)
    assert not safe({1: (300, 400), 2: (3, 5), 3: (0, 4)})


def test_a_late_count_never_changes_a_total_that_was_told():
    late = counted(4, 3, 6, on=settled_on(Q2))
    for on in (settled_on(Q2), Q4):
        assert public_total([*THREE, late], on=on) == public_total(THREE, on=on) == (372, 525)


def test_a_correction_never_changes_a_total_that_was_told():
    mended = counted(1, 311, 405, on=settled_on(Q2) + 9 * DAY)
    assert public_total([*THREE, mended], on=Q4) == (372, 525)


def test_one_directorate_more_waits_for_a_safe_difference():
    again = [counted(n, s, h, ends=Q3) for n, s, h in ((1, 312, 405), (2, 40, 90), (3, 20, 30))]
    newcomer = counted(4, 7, 11, ends=Q3)
    assert public_total([*THREE, *again, newcomer], on=settled_on(Q3)) == (372, 525)


def test_a_quarter_in_which_one_alone_counted_again_tells_nothing_new():
    alone = counted(3, 22, 33, ends=Q3)
    assert public_total([*THREE, alone], on=settled_on(Q3)) == (372, 525)


def test_a_quarter_in_which_all_counted_again_is_told():
    again = [counted(n, s, h, ends=Q3) for n, s, h in ((1, 330, 430), (2, 60, 110), (3, 30, 41))]
    assert public_total([*THREE, *again], on=settled_on(Q3)) == (420, 581)


def test_what_goes_back_to_where_it_was_does_not_lay_one_directorate_bare():
    third = [counted(n, s, h, ends=Q3) for n, s, h in ((1, 330, 430), (2, 60, 110), (3, 30, 41))]
    back = [counted(n, s, h, ends=Q4) for n, s, h in ((1, 319, 412), (2, 40, 90), (3, 20, 30))]
    # Less the second quarter, the fourth would be the change of directorate 1 alone.
    assert public_total([*THREE, *third, *back], on=settled_on(Q4)) == (420, 581)


def test_a_new_year_begins_afresh_and_an_old_total_is_told_for_a_year():
    again = [counted(n, 5, 10, ends=NEXT) for n in (1, 2, 3)]
    assert public_total([*THREE, *again], on=settled_on(NEXT)) == (15, 30)
    assert public_total(THREE, on=Q2 + 366 * DAY) == (372, 525)
    assert public_total(THREE, on=Q2 + 367 * DAY) is None


def test_strands_of_a_directorate_and_parts_of_it_are_not_counted_twice():
    strand = counted(1, 100, 405, group=9)
    division = counted(7, 50, 60)
    took_over = {7: (1,), 1: (), 2: (), 3: ()}
    assert public_total([*THREE, strand, division], took_over, on=settled_on(Q2)) == (372, 525)


def test_a_part_that_did_not_count_again_stands_with_its_last_count_of_the_year():
    first = [counted(1, 10, 20, ends=Q1), counted(2, 10, 20, ends=Q1)]
    second = [counted(3, 10, 20), counted(1, 15, 30)]
    (told,) = public_totals([*first, *second], settled_on(Q2))
    assert (told.ends, dict(told.parts)) == (Q2, {1: (15, 30), 2: (10, 20), 3: (10, 20)})


COUNTS = st.lists(
    st.builds(
        lambda part, ends, held, share, late: counted(
            part, held * share // 4, held, ends=ends, on=ends + late * DAY
        ),
        st.integers(1, 5),
        st.sampled_from([Q1, Q2, Q3, Q4, NEXT]),
        st.integers(5, 40),
        st.integers(0, 4),
        st.sampled_from([1, 20, 30, 31, 60, 120]),
    ),
    max_size=24,
)


def _knows(counts, part, ends):
    """What a directorate knows it gave to a total, worked out the slow way."""
    given = [
        one
        for one in sorted(counts, key=lambda one: one.on)
        if one.part == part
        and one.ends <= ends
        and year_of(one.ends) == year_of(ends)
        and one.on < settled_on(ends)
    ]
    newest = max((one.ends for one in given), default=None)
    last = [one for one in given if one.ends == newest]
    return (last[-1].serving, last[-1].held) if last else (0, 0)


@given(COUNTS)
def test_no_intruder_lays_bare_fewer_than_two_directorates_or_ten_appraisals(counts):
    told = public_totals(counts, LATER)
    parts = {one.part for one in counts}
    years = defaultdict(list)
    for total in told:
        years[year_of(total.ends)].append(total)
        gave = {part: _knows(counts, part, total.ends) for part in parts}
        assert total.serving == sum(serving for serving, _held in gave.values())
        assert total.held == sum(held for _serving, held in gave.values())
    for totals in years.values():
        pairs = [(None, total) for total in totals] + list(combinations(totals, 2))
        for before, after in pairs:
            change = {}
            for part in parts:
                now = _knows(counts, part, after.ends)
                was = _knows(counts, part, before.ends) if before else (0, 0)
                if now != was:
                    change[part] = now[1] - was[1]
            for intruder in [None, *parts]:
                others = [abs(held) for part, held in change.items() if part != intruder]
                assert not change or (len(others) >= 2 and sum(others) >= 10)


def test_a_quarter_that_was_counted_too_late_has_no_total():
    timely = [counted(part, 4, 10, ends=Q1, on=Q1 + DAY) for part in (1, 2, 3)]
    late = counted(1, 4, 10, ends=Q3, on=Q3 + 60 * DAY)
    assert public_totals([*timely, late], LATER) == public_totals(timely, LATER)


@given(COUNTS, st.integers(0, 700))
def test_what_was_told_stays_told_whatever_is_recorded_after(counts, days):
    on = Q1 + days * DAY
    known_then = [one for one in counts if one.on <= on]
    assert public_totals(known_then, on) == tuple(
        total for total in public_totals(counts, LATER) if settled_on(total.ends) <= on
    )
