"""Who works here and what happens to whom: shares, declaration, likelihoods, flows, standards.

Each of ``composition``, ``declarations``, ``outcomes`` and ``flows`` asks the records once and
gives values that know their base and how sure they are; ``answer`` fills one of the standards.
"""

from goldenthread.workforce.rates.benchmark import Benchmark, read_benchmark
from goldenthread.workforce.rates.composition import Composition, composition
from goldenthread.workforce.rates.declaration import (
    Campaign,
    Declaration,
    after_campaigns,
    declarations,
    survey_response,
)
from goldenthread.workforce.rates.flows import Flows, flows, reconciled
from goldenthread.workforce.rates.likelihood import (
    Outcome,
    RelativeLikelihood,
    both_ways_up,
    four_fifths,
    misprinted_ratio,
    ratio_of_shares,
    relative_likelihood,
)
from goldenthread.workforce.rates.outcomes import EVENTS, Outcomes, outcomes
from goldenthread.workforce.rates.representation import (
    Representation,
    against_benchmark,
    against_counted,
    against_earlier,
    against_figure,
    against_rest,
)
from goldenthread.workforce.rates.standards import Answer, Standard, answer, standard

__all__ = [
    "EVENTS",
    "Answer",
    "Benchmark",
    "Campaign",
    "Composition",
    "Declaration",
    "Flows",
    "Outcome",
    "Outcomes",
    "RelativeLikelihood",
    "Representation",
    "Standard",
    "after_campaigns",
    "against_benchmark",
    "against_counted",
    "against_earlier",
    "against_figure",
    "against_rest",
    "answer",
    "both_ways_up",
    "composition",
    "declarations",
    "flows",
    "four_fifths",
    "misprinted_ratio",
    "outcomes",
    "ratio_of_shares",
    "read_benchmark",
    "reconciled",
    "relative_likelihood",
    "standard",
    "survey_response",
]
