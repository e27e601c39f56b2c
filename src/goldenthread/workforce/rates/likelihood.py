"""How many times as likely one group is as another: which way up is part of the figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from scipy.special import gammaln

from goldenthread.workforce.intervals import CONFIDENCE, Interval, katz_log
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.thresholds import least as at_least
from goldenthread.workforce.too_few import TooFew

NO_EVENTS = "Nobody of one group had it happen, so no interval can be given."
FOREIGN = (
    "The four-fifths rule is a convention of the United States (Uniform Guidelines on Employee "
    "Selection Procedures, 1978). It is no test in the law of the United Kingdom."
)


@dataclass(frozen=True)
class Outcome:
    """How often something happened in one group: ``events`` of ``total`` people.

    ``group`` is in the plural, as a sentence needs it: ``White applicants``.
    """

    group: str
    events: int
    total: int

    def __post_init__(self) -> None:
        """Raises ValueError where more had it happen than there are."""
        if not 0 <= self.events <= self.total:
            raise ValueError("events lie between 0 and the people of the group")

    @property
    def rate(self) -> Fraction | None:
        """The likelihood, exact; None where there is nobody."""
        return Fraction(self.events, self.total) if self.total else None


@dataclass(frozen=True)
class RelativeLikelihood:
    """One likelihood over another. ``numerator`` stands above the line, and ``label`` says so.

    ``ratio`` is exact, ``interval`` is Katz's; either is ``TooFew`` where it cannot be had.
    ``fisher`` is the two-sided p of Fisher's exact test, the companion for small counts.
    """

    event: str
    numerator: Outcome
    denominator: Outcome
    ratio: Fraction | TooFew
    interval: Interval | TooFew
    fisher: float | TooFew

    @property
    def orientation(self) -> str:
        """Which group's likelihood is divided by which."""
        return f"{self.numerator.group} / {self.denominator.group}"

    @property
    def label(self) -> str:
        """What the figure is, for the head of a column."""
        return f"Relative likelihood: {self.event} ({self.orientation})"

    @property
    def two_decimals(self) -> Decimal | TooFew:
        """The ratio as it is published."""
        return self.ratio if isinstance(self.ratio, TooFew) else half_up(self.ratio, 2)

    @property
    def beyond_chance(self) -> bool | None:
        """Whether the interval excludes 1; None where there is none."""
        return None if isinstance(self.interval, TooFew) else self.interval.excludes(1)

    @property
    def sentence(self) -> str:
        """What it says, with both counts and what chance could do."""
        top, under = self.numerator, self.denominator
        base = (
            f"{top.events:,} of {top.total:,} {top.group} against "
            f"{under.events:,} of {under.total:,} {under.group}"
        )
        if isinstance(self.ratio, TooFew):
            return f"{self.ratio.sentence} ({self.event}, {self.orientation})"
        said = (
            f"{top.group} were {half_up(self.ratio, 2)} times as likely as {under.group}: "
            f"{self.event} ({base}"
        )
        if isinstance(self.interval, TooFew):
            return f"{said}). {self.interval.why}"
        low, high = (half_up(Fraction(end), 2) for end in (self.interval.low, self.interval.high))
        close = "" if self.beyond_chance else " Chance alone could explain the difference."
        return f"{said}; {self.interval.confidence * 100:g}% interval {low} to {high}).{close}"

    def __str__(self) -> str:
        return self.sentence


def relative_likelihood(
    event: str,
    numerator: Outcome,
    denominator: Outcome,
    *,
    least: int = 1,
    confidence: float = CONFIDENCE,
) -> RelativeLikelihood:
    """``(a / n1) / (c / n2)``: how many times as likely the first group is as the second.

    Shape: the group above the line first. The NHS standard puts white over BME for shortlisting
    and training and BME over white for discipline; the social-care standard puts minority over
    white throughout. So the same counts are printed as 1.79 or 0.56, and the orientation is part
    of the value.
    Units: a ratio; 1 is no difference.
    Missing: people whose group is not known are on neither side. ``ratio`` is ``TooFew`` where
    either group has fewer than ``least`` people (``thresholds.toml`` has 10 for packs) or the
    second group's likelihood is nought; ``interval`` also where nobody of the first had it happen.

    Source: NHS England, Workforce Race Equality Standard indicators 2 to 4, as
    https://peoplefirst.nhsbt.nhs.uk/Diversity-and-Inclusion/workforce-race-equality-standard.htm
    gives them; interval ``intervals.katz_log``; ``fisher_exact``. The example is published in
    SciPy's documentation (scipy.stats.contingency.relative_risk): 10 of 75 against 12 of 225.

    >>> print(relative_likelihood("seen", Outcome("Men", 10, 75), Outcome("Women", 12, 225)))
    Men were 2.50 times as likely as Women: seen (10 of 75 Men against 12 of 225 Women; 95% interval 1.13 to 5.55).
    """  # noqa: E501
    needed = max(least, 1)
    empty = [one.group for one in (numerator, denominator) if not one.total]
    why: TooFew | None = None
    if empty:
        why = TooFew("No people in the group.", marker="[x]")
    elif min(numerator.total, denominator.total) < needed:
        why = TooFew(f"Fewer than {needed} people in a group.", least=needed)
    if why is not None:
        return RelativeLikelihood(event, numerator, denominator, why, why, why)
    a, n1, c, n2 = numerator.events, numerator.total, denominator.events, denominator.total
    fisher = fisher_exact(a, n1, c, n2)
    if not c:
        why = TooFew("Nobody of the second group had it happen, so no ratio exists.", marker="[x]")
        return RelativeLikelihood(event, numerator, denominator, why, why, fisher)
    interval = katz_log(a, n1, c, n2, confidence) or TooFew(NO_EVENTS, marker="[x]")
    return RelativeLikelihood(
        event, numerator, denominator, Fraction(a * n2, n1 * c), interval, fisher
    )


def both_ways_up(
    event: str,
    one: Outcome,
    other: Outcome,
    *,
    least: int | None = None,
    confidence: float = CONFIDENCE,
) -> tuple[RelativeLikelihood, RelativeLikelihood]:
    """The ratio of the first over the second, and of the second over the first.

    Units, Missing and Source as ``relative_likelihood``; ``least`` is the threshold ``likelihood``
    unless another is chosen.

    >>> up, down = both_ways_up("appointed", Outcome("White", 212, 1050), Outcome("BME", 61, 540))
    >>> up.two_decimals, down.two_decimals, down.orientation
    (Decimal('1.79'), Decimal('0.56'), 'BME / White')
    """
    needed = at_least("likelihood", least)
    return (
        relative_likelihood(event, one, other, least=needed, confidence=confidence),
        relative_likelihood(event, other, one, least=needed, confidence=confidence),
    )


def fisher_exact(events: int, total: int, other_events: int, other_total: int) -> float:
    """The two-sided p of Fisher's exact test: how often chance alone gives a table so unlikely.

    The sum of the probabilities of all tables with the same margins that are no more likely than
    this one. Beside an interval it guards small counts, where Katz's interval is rough.

    Units: a probability.
    Missing: people of no known group are on neither side.
    Raises ValueError where events are not from 0 to their total.

    Source: R. A. Fisher, The logic of inductive inference, Journal of the Royal Statistical Society
    98 (1935), 39-82. The example is his: of 13 identical twins 10 were convicted, of 17 others 2,
    which is 0.000537 as SciPy and R print it.

    >>> round(fisher_exact(10, 13, 2, 17), 6)
    0.000537
    """
    Outcome("", events, total), Outcome("", other_events, other_total)
    happened = events + other_events
    least, most = max(0, happened - other_total), min(happened, total)
    # Logarithms of the hypergeometric probabilities, up to what all of them have in common:
    # scipy.stats has this ready, but takes seconds to load.
    places = np.arange(least, most + 1)
    logs = -(
        gammaln(places + 1)
        + gammaln(total - places + 1)
        + gammaln(happened - places + 1)
        + gammaln(other_total - happened + places + 1)
    )
    weights = np.exp(logs - logs.max())
    # A table as likely as this one counts, however its last digits came out.
    as_rare = weights <= weights[events - least] * (1 + 1e-7)
    return min(1.0, float(weights[as_rare].sum() / weights.sum()))


@dataclass(frozen=True)
class FourFifths:
    """Whether a group's rate is below four fifths of the highest, and that this is no UK law."""

    group: Outcome
    highest: Outcome
    below: bool
    convention: str = FOREIGN

    @property
    def sentence(self) -> str:
        """What was found, and whose rule it is."""
        found = "below" if self.below else "not below"
        return (
            f"The rate of {self.group.group} is {found} four fifths of that of "
            f"{self.highest.group}. {self.convention}"
        )


def four_fifths(outcomes: Sequence[Outcome]) -> tuple[FourFifths, ...]:
    """For each group, whether its rate is below 80% of the highest group's.

    In whole numbers: ``5 a N < 4 A n`` for a of n here and A of N in the highest, so that exactly
    four fifths is not below.

    Shape: one per group that has people, in the order given; none where nobody had it happen.
    Units: people in, and whether or not out.
    Missing: a group of nobody is left out; people of no known group belong to none.

    Source: Questions and Answers on the Uniform Guidelines on Employee Selection Procedures, USA,
    44 FR 11996 (1979): where the highest rate is 60%, a rate of 45% is below, and 48% and 51% are
    not. A foreign convention, and marked as one.

    >>> rates = [Outcome("A", 60, 100), Outcome("B", 45, 100), Outcome("C", 48, 100)]
    >>> [one.below for one in four_fifths(rates)]
    [False, True, False]
    """
    people = [one for one in outcomes if one.total]
    highest = max(people, key=lambda one: Fraction(one.events, one.total), default=None)
    if highest is None or not highest.events:
        return ()
    return tuple(
        FourFifths(one, highest, 5 * one.events * highest.total < 4 * highest.events * one.total)
        for one in people
    )


def ratio_of_shares(
    after: Fraction | Decimal | int, before: Fraction | Decimal | int
) -> Fraction | TooFew:
    """A group's share of hires over its share of applicants, as Business in the Community has it.

    Also the ratio of two rates that were published without their counts: it has no interval then.

    Units: both in per cent or both in proportions; the ratio is exact.
    Missing: ``TooFew`` where the share before is nought.
    Raises ValueError for a share below nought.

    Source: https://age.bitc.org.uk/news-opinion/opinion/diversity-benchmark-brings-clarity-disparities
    where 15% of hires from 30% of applicants is 0.5; two rates: The Christie prints 46.99% and
    14.65% as 3.2 times.

    >>> ratio_of_shares(15, 30)
    Fraction(1, 2)
    >>> half_up(ratio_of_shares(Decimal("46.99"), Decimal("14.65")))
    Decimal('3.2')
    """
    top, under = Fraction(after), Fraction(before)
    if min(top, under) < 0:
        raise ValueError("a share is not below nought")
    return top / under if under else TooFew("The share before is nought.", marker="[x]")


def misprinted_ratio(printed: Decimal, found: RelativeLikelihood) -> str | None:
    """What is wrong with a printed ratio, given its counts; None where it is right.

    Units: to as many decimals as are printed; a half may have been rounded either way.
    Missing: a ratio printed where none exists is wrong.

    Source: ours; that the same data are published both ways up is in the NHS and social-care
    standards, see ``relative_likelihood``.

    >>> found = relative_likelihood("appointed", Outcome("White", 212, 1050), Outcome("BME", 61, 540))
    >>> print(misprinted_ratio(Decimal("0.56"), found))
    0.56 is printed, which is the other way up: BME / White. White / BME is 1.79.
    """  # noqa: E501
    if isinstance(found.ratio, TooFew):
        return f"{printed} is printed where there is no ratio. {found.ratio.why}"
    exponent = printed.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    slack = Fraction(1, 2 * 10**places)
    if abs(Fraction(printed) - found.ratio) <= slack:
        return None
    right = f"{found.orientation} is {half_up(found.ratio, max(places, 2))}."
    if found.ratio and abs(Fraction(printed) - 1 / found.ratio) <= slack:
        other = f"{found.denominator.group} / {found.numerator.group}"
        return f"{printed} is printed, which is the other way up: {other}. {right}"
    return f"{printed} is printed. {right}"
