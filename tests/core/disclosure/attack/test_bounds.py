"""Bounds drawn tight from sum to sum, and the combination behind each."""

from fractions import Fraction

import pytest

from goldenthread.disclosure.attack.bounds import FAR, HIGH, LOW, Bounds, Contradiction, Sum


def whole(bounds, *values):
    """A whole and its parts; a pair is what is told of one, None nothing."""
    numbers = [bounds.add() for _ in values]
    for at, (number, value) in enumerate(zip(numbers, values, strict=True)):
        if value is not None:
            bounds.tell(number, *value, at)
    bounds.join(Sum(((numbers[0], 1), *((number, -1) for number in numbers[1:]))))
    bounds.settle()
    return numbers


def test_a_part_is_what_the_other_parts_leave():
    bounds = Bounds()
    _, part, _ = whole(bounds, (10, 10), None, (7, 7))
    assert (bounds.low[part], bounds.high[part]) == (3, 3)
    why = bounds.why(part, HIGH)
    assert [(step.premise, each) for step, each in why.parts if step.value] == [
        (2, Fraction(-1)), (0, Fraction(1)),
    ]  # fmt: skip
    assert (why.value, why.exact) == (3, True)


def test_a_combination_through_two_sums_names_premises_alone():
    bounds = Bounds()
    _, middle, _ = whole(bounds, (20, 20), None, (8, 8))
    last = [bounds.add() for _ in range(2)]
    bounds.tell(last[0], 5, 5, 9)
    bounds.join(Sum(((middle, 1), (last[0], -1), (last[1], -1))))
    bounds.settle()
    why = bounds.why(last[1], LOW)
    assert sorted((step.premise, int(each)) for step, each in why.parts) == [
        (0, 1), (2, -1), (9, -1),
    ]  # fmt: skip
    assert why.value == 7


def test_what_cannot_be_is_a_contradiction():
    with pytest.raises(Contradiction):
        whole(Bounds(), (5, 5), (6, 9), None)


def test_a_supposition_leaves_no_trace():
    bounds = Bounds()
    _, one, other = whole(bounds, (10, 10), None, None)
    before = list(bounds.low), list(bounds.high), len(bounds.steps)
    with bounds.supposing(one, 4, 4) as possible:
        assert possible
        assert bounds.low[other] == bounds.high[other] == 6
        assert bounds.changed() == {one, other}
    with bounds.supposing(one, 11, 11) as possible:
        assert not possible
    assert (list(bounds.low), list(bounds.high), len(bounds.steps)) == before
    assert bounds.changed() == set()


def test_a_multiple_is_rounded_to_whole_numbers_and_says_so():
    bounds = Bounds()
    part, all_ = bounds.add(), bounds.add()
    bounds.tell(all_, 41, 41, 0)
    bounds.join(Sum(((all_, 2), (part, -10)), 0, FAR))
    bounds.settle()
    assert bounds.high[part] == 8
    why = bounds.why(part, HIGH)
    assert (why.value, why.exact) == (8, False)


def test_sums_that_creep_end():
    """x > y and y >= x: a thousand million small steps, which are left to the linear programme."""
    bounds = Bounds()
    x, y = bounds.add(0, 10**9), bounds.add(0, 10**9)
    bounds.join(Sum(((x, 1), (y, -1)), 1, FAR))
    bounds.join(Sum(((y, 1), (x, -1)), 0, FAR))
    bounds.settle()
    assert len(bounds.steps) < 1_000
