"""Pay the slow way: one number for each person, and every split of a quarter tried.

It shares nothing with ``goldenthread.workforce`` but the definitions of SI 2017/353 Schedule 1.
"""

from fractions import Fraction
from itertools import product
from statistics import mean, median


def gap(reference, comparison, statistic):
    """``100 x (A - B) / A`` from a list of pence for each person; None where it is not defined."""
    if not reference or not comparison:
        return None
    average = {"mean": mean, "median": median}[statistic]
    men = average([Fraction(each) for each in reference])
    women = average([Fraction(each) for each in comparison])
    return 100 * (men - women) / men if men else None


def ideal_men(people, sizes):
    """The men each quarter would have if people could be split: places of a rate by its share.

    ``people`` are pairs of pence and sex, in any order.
    """
    rates = sorted(pence for pence, _ in people)
    found, start = [], 0
    for size in sizes:
        places = rates[start : start + size]
        men = Fraction(0)
        for pence in places:
            on_rate = [sex for rate, sex in people if rate == pence]
            men += Fraction(on_rate.count("male"), len(on_rate))
        found.append(men)
        start += size
    return found


def nearest_splits(people, sizes):
    """Every whole split of the men that keeps their number, is within 1, and is nearest."""
    ideal = ideal_men(people, sizes)
    men = sum(sex == "male" for _, sex in people)
    scores = {}
    for split in product(*(range(size + 1) for size in sizes)):
        away = [abs(each - wanted) for each, wanted in zip(split, ideal, strict=True)]
        if sum(split) == men and max(away) < 1:
            scores[split] = sum(each * each for each in away)
    return {split for split, score in scores.items() if score == min(scores.values())}


def hourly(ordinary, bonuses, days, hours):
    """Pence an hour: ordinary pay and ``(pence, days)`` of bonuses, a day at a time."""
    in_the_period = Fraction(ordinary)
    for pence, length in bonuses:
        a_day = Fraction(pence) / Fraction(length)
        in_the_period += a_day * Fraction(days)
    return in_the_period / Fraction(days) * 7 / Fraction(hours)
