"""The reference page of rates: shares, likelihoods, flows and standards, and by whose rule."""

from __future__ import annotations

from typing import get_args

from formula_pages import page, table

from goldenthread.workforce import thresholds
from goldenthread.workforce.rates import EVENTS, standards

OPENING = """Every share, likelihood and flow of the workforce, with its formula, units, what
missing values do and where the rule comes from. Why it was built so is
[decision 0037](../decisions/0037-rates-say-how-sure-they-are.md).

Nothing here is for publication: these functions give internal figures. What may leave the council
is decided elsewhere."""

DOUBTS = """
## In doubt

What was not read in its own source, and is to be held against it before anybody relies on it:

- That people of working age are the fairer population to hold a workforce against is general opinion. So
  there is no default: a population's file says which ages it counts.
- The least number of 10 for likelihoods is that of the 2026 response on pay gaps, as reported.
- A standard of the Local Government Association beside the Social Care WRES was looked for and not found.
- NHS reports speak of a band from 0.80 to 1.25 as no adverse impact. Its source was not found, and nothing
  here uses it; four fifths is marked as a foreign convention.
- Katz's interval is rough where few events stand behind it; Fisher's test stands beside it.
"""  # noqa: E501


def rates_reference() -> str:
    """The page, from the docstrings of the modules and from their data."""
    modules = [
        ("workforce.intervals", ""),
        ("workforce.proportion", ""),
        ("workforce.thresholds", _thresholds()),
        ("workforce.rates.composition", ""),
        ("workforce.rates.representation", ""),
        ("workforce.rates.benchmark", ""),
        ("workforce.rates.declaration", ""),
        ("workforce.rates.likelihood", ""),
        ("workforce.rates.outcomes", _events()),
        ("workforce.rates.flows", ""),
        ("workforce.rates.standards", _standards()),
    ]
    return page("Rates: how every share and likelihood is reckoned", OPENING, modules) + DOUBTS


def _thresholds() -> str:
    rows = [
        [f"`{name}`", str(one.least), one.counts, _linked(one.source, one.address)]
        for name, one in thresholds.thresholds().items()
    ]
    return table(["Threshold", "At least", "Of what", "Source"], rows)


def _events() -> str:
    rows = [[f"`{event}`", words] for event, words in EVENTS.items()]
    return table(["Event", "In words"], rows)


def _standards() -> str:
    told = []
    for name in get_args(standards.Name):
        one = standards.standard(name)
        rows = [[each.number, each.title, each.definition, _given(each)] for each in one.indicators]
        told += [
            f"### {one.title}",
            f"`{name}`, {one.version}. {one.note}",
            table(["", "Indicator", "Definition", "Given by"], rows),
            f"- Source: {_linked(one.source, one.address)}",
        ]
    return "\n\n".join(told)


def _given(indicator: standards.Indicator) -> str:
    if indicator.needs:
        return f"needs {indicator.needs}"
    if indicator.event:
        return f"`{indicator.event}`: {indicator.numerator} / {indicator.denominator}"
    return f"{indicator.kind}: {indicator.group}"


def _linked(source: str, address: str) -> str:
    return f"{source}, <{address}>" if address else source
