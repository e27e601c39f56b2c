"""The linear programme: what it says is possible is checked, what it says is not is added up."""

import numpy as np
import pytest

from goldenthread.disclosure.attack.bounds import FAR, Bounds, Contradiction, Sum
from goldenthread.disclosure.attack.programme import parts


def square(rows, columns, *, drawn=True):
    """Two by two unknowns with the sums of rows and columns; ``drawn`` is whether bounds are."""
    bounds = Bounds()
    cells = [[bounds.add(), bounds.add()] for _ in range(2)]
    ways = [*cells, *map(list, zip(*cells, strict=True))]
    for way, total in zip(ways, (*rows, *columns), strict=True):
        whole = bounds.add()
        bounds.tell(whole, total, total, None)
        bounds.join(Sum(((whole, 1), *((cell, -1) for cell in way))))
    if drawn:
        bounds.settle()
    return bounds, cells


def test_what_bounds_see_is_seen_by_the_programme():
    bounds, cells = square((10, 10), (12, 8))
    (part,) = parts(bounds, range(len(bounds.low)))
    first = {part.column[cells[0][0]]: 1}
    assert part.ask(first, most=True).value == 10
    answer = part.ask(first, most=False)
    assert answer.value == 2
    why = part.why(first, answer, most=False)
    assert why is not None and why.value == 2


def test_a_combination_of_sums_is_found_and_added_up():
    """Of three that are no more than 10 in pairs, all three are no more than 15."""
    bounds = Bounds()
    cells = [bounds.add(0, 10) for _ in range(3)]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        bounds.tell(pair := bounds.add(), 10, 10, None)
        bounds.join(Sum(((pair, 1), (cells[one], -1), (cells[other], -1))))
    bounds.settle()
    (part,) = parts(bounds, cells)
    every = {part.column[cell]: 1 for cell in cells}
    answer = part.ask(every, most=True)
    assert answer.value == 15
    assert part.why(every, answer, most=True).value == 15
    first = {part.column[cells[0]]: 1}
    answer = part.ask(first, most=True)
    assert (answer.value, answer.whole.tolist()) == (5, [5, 5, 5])


def test_what_only_all_sums_together_deny_is_a_contradiction():
    bounds, _ = square((10, 10), (12, 9), drawn=False)
    (part,) = parts(bounds, range(len(bounds.low)))
    with pytest.raises(Contradiction):
        part.ask({0: 1}, most=True)


def test_whole_numbers_may_be_impossible_where_fractions_are_not():
    """x + y, y + z and x + z are 5 each: two and a half of each, and nothing else."""
    bounds = Bounds()
    cells = [bounds.add(0, 5) for _ in range(3)]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        bounds.tell(pair := bounds.add(), 5, 5, None)
        bounds.join(Sum(((pair, 1), (cells[one], -1), (cells[other], -1))))
    bounds.settle()
    (part,) = parts(bounds, cells)
    answer = part.ask({0: 1}, most=True)
    assert (answer.value, answer.whole) == (2.5, None)
    assert part.mended(answer.values, 3) is None
    assert part.possible({0: 1}, 1) is False


def test_whole_numbers_near_a_fraction_are_found_and_checked():
    bounds, _ = square((11, 9), (10, 10))
    (part,) = parts(bounds, range(len(bounds.low)))
    whole = part.mended(np.array([5.5, 5.5, 4.5, 4.5]), 1)
    assert whole is not None
    assert whole[0] + whole[1] == 11 and whole[0] + whole[2] == 10


def test_unknowns_without_a_common_sum_are_parts_of_their_own():
    bounds = Bounds()
    for _ in range(2):
        bounds.tell(pair := bounds.add(), 7, 7, None)
        bounds.join(Sum(((pair, 1), (bounds.add(), -1), (bounds.add(), -1))))
    bounds.settle()
    assert [len(part.cells) for part in parts(bounds, range(len(bounds.low)))] == [2, 2]


def test_a_sum_that_bounds_keep_is_left_out():
    bounds = Bounds()
    one, other = bounds.add(0, 3), bounds.add(0, 3)
    bounds.join(Sum(((one, 1), (other, 1)), 0, FAR))
    bounds.join(Sum(((one, 1), (other, 1)), 0, 6))
    assert [part.sums for part in parts(bounds, (one, other))] == [[], []]
