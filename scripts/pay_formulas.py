"""The reference page of pay: how every pay figure is reckoned, and by whose rule."""

from __future__ import annotations

from formula_pages import page, table

from goldenthread.workforce.pay import decomposition, hourly_pay, pay_gap_profiles, regression

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
        ("workforce.pay.hourly_pay", _elements()),
        ("workforce.pay.pay_elements", ""),
        ("workforce.pay.reporting_dates", ""),
        ("workforce.pay.pay_records", ""),
        ("workforce.pay.distribution", ""),
        ("workforce.pay.pay_gap", ""),
        ("workforce.pay.quarters", ""),
        ("workforce.pay.gender_pay", ""),
        ("workforce.pay.published_figures", ""),
        ("workforce.pay.pay_gap_profiles", _profiles()),
        ("workforce.pay.pay_gaps", ""),
        ("workforce.pay.withholding", ""),
        ("workforce.pay.bootstrap", ""),
        ("workforce.pay.decomposition", decomposition.EMPTY_GRADES),
        ("workforce.pay.regression", "\n".join(f"- {each}" for each in regression.CAVEATS)),
        ("workforce.rounding", ""),
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
