"""Pay and the gaps in it: hourly pay, the statutory figures, profiles, and what a gap is made of.

``pay_of_people`` makes hourly pay from pay elements; ``gender_pay_gap`` and ``pay_gaps`` ask the
records; ``check_figures`` holds anybody's published figures to the rules; ``decompose`` and
``regression_gap`` take a gap apart.
"""

from goldenthread.workforce.pay.bootstrap import gap_intervals
from goldenthread.workforce.pay.decomposition import Decomposition, decompose, grades_of
from goldenthread.workforce.pay.distribution import Distribution
from goldenthread.workforce.pay.gender_pay import GenderPayGap, gender_pay_gap
from goldenthread.workforce.pay.pay_elements import PersonPay, not_reckoned, pay_of_people
from goldenthread.workforce.pay.pay_gap import Gap, gap, gaps_by
from goldenthread.workforce.pay.pay_gap_profiles import PROFILES, Comparison, Profile
from goldenthread.workforce.pay.pay_gaps import PayGaps, pay_gaps
from goldenthread.workforce.pay.published_figures import (
    SixFigures,
    check_figures,
    check_quarter_sizes,
)
from goldenthread.workforce.pay.quarters import quarters
from goldenthread.workforce.pay.regression import RegressionGap, lots_of, regression_gap
from goldenthread.workforce.pay.reporting_dates import last_day_to_publish, snapshot_date

__all__ = [
    "PROFILES",
    "Comparison",
    "Decomposition",
    "Distribution",
    "Gap",
    "GenderPayGap",
    "PayGaps",
    "PersonPay",
    "Profile",
    "RegressionGap",
    "SixFigures",
    "check_figures",
    "check_quarter_sizes",
    "decompose",
    "gap",
    "gap_intervals",
    "gaps_by",
    "gender_pay_gap",
    "grades_of",
    "last_day_to_publish",
    "lots_of",
    "not_reckoned",
    "pay_gaps",
    "pay_of_people",
    "quarters",
    "regression_gap",
    "snapshot_date",
]
