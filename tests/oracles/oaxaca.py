"""Parts of a gap the slow way: sums over grades, and least squares by exact elimination.

It shares nothing with ``goldenthread.workforce`` but the definitions of Kitagawa and of Oaxaca and
Blinder.
"""

from fractions import Fraction


def kitagawa(grades):
    """Between and within, from ``(people, mean)`` of both groups per grade, by counterfactuals.

    Each part is the mean of changing it first and of changing it last.
    """
    men = sum(n for (n, _), _ in grades)
    women = sum(n for _, (n, _) in grades)
    spread_m = [Fraction(n, men) for (n, _), _ in grades]
    spread_f = [Fraction(n, women) for _, (n, _) in grades]
    paid_m = [Fraction(r if n else other) for (n, r), (_, other) in grades]
    paid_f = [Fraction(r if n else other) for (_, other), (n, r) in grades]

    def mean(spread, paid):
        return sum(w * r for w, r in zip(spread, paid, strict=True))

    between = (
        mean(spread_m, paid_m) - mean(spread_f, paid_m)
        + mean(spread_m, paid_f) - mean(spread_f, paid_f)
    ) / 2  # fmt: skip
    within = (
        mean(spread_m, paid_m) - mean(spread_m, paid_f)
        + mean(spread_f, paid_m) - mean(spread_f, paid_f)
    ) / 2  # fmt: skip
    return between, within


def least_squares(rows, pay):
    """Exact coefficients by elimination of the normal equations; None where they are not one."""
    size = len(rows[0])
    table = [
        [sum(Fraction(row[a]) * row[b] for row in rows) for b in range(size)]
        + [sum(Fraction(row[a]) * y for row, y in zip(rows, pay, strict=True))]
        for a in range(size)
    ]
    for place in range(size):
        pivot = next((at for at in range(place, size) if table[at][place]), None)
        if pivot is None:
            return None
        table[place], table[pivot] = table[pivot], table[place]
        table[place] = [each / table[place][place] for each in table[place]]
        for other in range(size):
            if other != place:
                times = table[other][place]
                table[other] = [
                    a - times * b for a, b in zip(table[other], table[place], strict=True)
                ]
    return [line[-1] for line in table]


def twofold(reference, comparison):
    """The gap and its explained part, from ``(values, pay)`` of each person; None where not one."""
    fitted, means, paid = [], [], []
    for people in (reference, comparison):
        rows = [(1, *values) for values, _ in people]
        pay = [y for _, y in people]
        fitted.append(least_squares(rows, pay))
        means.append([Fraction(sum(column), len(people)) for column in zip(*rows, strict=True)])
        paid.append(Fraction(sum(pay), len(people)))
    if None in fitted:
        return None
    explained = sum(
        (a - b) * coefficient
        for a, b, coefficient in zip(means[0], means[1], fitted[0], strict=True)
    )
    return paid[0] - paid[1], explained
