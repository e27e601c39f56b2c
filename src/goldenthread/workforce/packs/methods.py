"""How the figures of each table of a pack are reckoned, and by whose method.

A table names these sources beside its records; the reference page of packs leads from each table to
the functions that reckon it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Method:
    """The functions that reckon the figures of a table, and the sources of its methods.

    ``functions`` are named by room and name, as in ``rates.composition``. A source that depends on
    what was asked, such as that of a profile or a standard, is named by the table itself.
    """

    functions: tuple[str, ...]
    sources: tuple[str, ...] = ()


_SHARE = (
    "Intervals of shares: E. B. Wilson, Journal of the American Statistical Association 22 (1927), "
    "209-212"
)
_DIFFERENCE = (
    "Intervals of differences: R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10"
)
_RATIO = "Intervals of ratios: D. Katz and others, Biometrics 34 (1978), 469-474"
_FISHER = "Exact test: R. A. Fisher, Journal of the Royal Statistical Society 98 (1935), 39-82"
_BOOTSTRAP = (
    "Intervals of gaps: B. Efron and R. Tibshirani, An Introduction to the Bootstrap, 1993, "
    "chapter 13"
)
_STATUTE = "SI 2017/353, Schedule 1, https://www.legislation.gov.uk/uksi/2017/353/schedule/1/made"
_SHARES = (_SHARE, _DIFFERENCE)

_METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "stands_out": Method(
            ("packs.standing_out", "packs.distance", "packs.distance_of_ratio"),
            ("S. Holm, Scandinavian Journal of Statistics 6 (1979), 65-70",),
        ),
        "composition": Method(("rates.composition", "rates.against_earlier"), _SHARES),
        "composition by": Method(("rates.composition", "rates.against_rest"), _SHARES),
        "composition_pairs": Method(("rates.composition",), (_SHARE,)),
        "population": Method(("rates.composition", "rates.against_benchmark"), (_SHARE,)),
        "declaration": Method(("rates.declarations", "workforce.difference"), _SHARES),
        "declaration by": Method(("rates.declarations", "workforce.difference"), _SHARES),
        "declaration_campaigns": Method(("rates.declarations", "rates.after_campaigns"), _SHARES),
        "gender_pay": Method(
            ("pay.gender_pay_gap", "pay.gap_intervals", "pay.check_figures"),
            (_STATUTE, _BOOTSTRAP, _SHARE),
        ),
        "gender_pay_quarters": Method(("pay.gender_pay_gap", "pay.quarters"), (_STATUTE, _SHARE)),
        "a profile's gaps": Method(("pay.pay_gaps", "pay.gap_intervals"), (_BOOTSTRAP, _SHARE)),
        "gaps by grade": Method(
            ("pay.decompose", "pay.gap_intervals", "pay.regression_gap"),
            (
                "E. M. Kitagawa, Components of a difference between two rates, Journal of the "
                "American Statistical Association 50 (1955)",
                _BOOTSTRAP,
            ),
        ),
        "likelihoods": Method(("rates.outcomes", "rates.both_ways_up"), (_RATIO, _FISHER)),
        "flows": Method(("rates.flows", "rates.reconciled"), (_SHARE,)),
        "a standard": Method(("rates.standard", "rates.answer"), (_SHARE, _DIFFERENCE, _RATIO)),
    }
)
# How the tables of one kind are named; no table is named after the kind itself.
_KINDS: tuple[tuple[str, str], ...] = (
    (r"(composition|declaration)_by_(?:unit|grade)", r"\1 by"),
    (r"population_\d+", "population"),
    (r"(?:sex|ethnicity|disability)_pay_by_grade", "gaps by grade"),
    (r"(?:ethnicity|disability)_pay(?:_\d+)?", "a profile's gaps"),
    (r"sc_wres|nhs_wres|nhs_wdes", "a standard"),
)


def method(table: str) -> Method:
    """How the figures of a table are reckoned, by the table's name.

    Raises KeyError for a name that no pack gives.

    >>> method("ethnicity_pay_2").functions
    ('pay.pay_gaps', 'pay.gap_intervals')
    """
    for shape, kind in _KINDS:
        if re.fullmatch(shape, table):
            return _METHODS[re.sub(shape, kind, table)]
    return _METHODS[table]
