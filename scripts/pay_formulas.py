"""The reference page of pay: how every pay figure is reckoned, and by whose rule."""

from __future__ import annotations

from formula_pages import page, table

from goldenthread.workforce import (
    bootstrap,
    decomposition,
    distribution,
    gender_pay,
    hourly_pay,
    pay_elements,
    pay_gap,
    pay_gap_profiles,
    pay_gaps,
    pay_records,
    published_figures,
    quarters,
    regression,
    reporting_dates,
    rounding,
    withholding,
)

OPENING = """Every figure of pay, with its formula, units, what missing values do and where the rule
comes from. What is in doubt about a source is said beside it. Why it was built so is
[decision 0036](../decisions/0036-pay-gaps.md).

Nothing here is for publication: these functions give internal figures. What may leave the council
is decided elsewhere."""

_GROUPS = {
    "detailed": "every group of the list",
    "five": "five broad groups",
    "white_other": "White, and all other groups",
    "white_british_other": "White British, and all other groups",
}


def pay_reference() -> str:
    """The page, from the docstrings of the modules and from their data."""
    modules = [
        (hourly_pay, _elements()),
        (pay_elements, ""),
        (reporting_dates, ""),
        (pay_records, ""),
        (distribution, ""),
        (pay_gap, ""),
        (quarters, ""),
        (gender_pay, ""),
        (published_figures, ""),
        (pay_gap_profiles, _profiles()),
        (pay_gaps, ""),
        (withholding, ""),
        (bootstrap, ""),
        (decomposition, decomposition.EMPTY_GRADES),
        (regression, "\n".join(f"- {each}" for each in regression.CAVEATS)),
        (rounding, ""),
    ]
    return page("Pay: how every figure is reckoned", OPENING, modules)


def _elements() -> str:
    days = [[each.value, f"{float(each.days):g}"] for each in hourly_pay.Period]
    kinds = [[kind.value, how] for kind, how in hourly_pay.TREATMENT.items()]
    return "\n\n".join(
        [table(["Pay period", "Days"], days), table(["Kind of amount", "Counts as"], kinds)]
    )


def _profiles() -> str:
    told = []
    for profile in pay_gap_profiles.PROFILES.values():
        compared = [
            [
                each.characteristic,
                _GROUPS[each.grouping],
                each.name(each.reference),
                str(profile.least),
            ]
            for each in profile.comparisons
        ]
        told += [
            f"### {profile.title}",
            f"`{profile.code}`: {profile.standing}.",
            table(["Characteristic", "Groups", "Reference group", "At least"], compared),
            "\n".join(f"- {each}" for each in profile.unsettled),
            "\n".join(f"- Source: <{each}>" for each in profile.source),
        ]
    return "\n\n".join(each for each in told if each)
