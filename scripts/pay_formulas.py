"""The reference page of pay: how every pay figure is reckoned, and by whose rule."""

from __future__ import annotations

from formula_pages import page, table

from goldenthread.workforce.pay import (
    bootstrap,
    decomposition,
    hourly_pay,
    pay_gap,
    pay_gap_profiles,
    regression,
    reporting_dates,
)

OPENING = """Every figure of pay, with its formula, units, what missing values do and where the rule
comes from. What is in doubt about a source is said beside it. Why it was built so is
[decision 0036](../decisions/0036-pay-gaps.md).

Nothing here is for publication: these functions give internal figures. What may leave the council
is decided elsewhere."""

DOUBTS = """
## In doubt

What was not read in its own source, and is to be held against it before anybody relies on it:

- The order of the six steps of paragraph 6, as said at the top of this page.
- That mean and median bonus are of those who had one: GOV.UK's guidance and the national service agree, and
  the exact paragraph was not read.
- Of the 2023 guidance: White British as the usual reference group, and 50 people in a group.
- Of the 2026 response: 10 people in a group, and when it becomes law. No source that could be read names a
  minimum of 20.
- How the national service rounds a half is not said in the regulations; ours goes away from nought.
"""  # noqa: E501
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
    body = page("Pay: how every figure is reckoned", OPENING, modules)
    return "\n".join([body, "## How many people there have to be\n", _least(), DOUBTS])


def _least() -> str:
    profiles = [
        [f"a gap under `{each.code}`", str(each.least), "on either side", each.standing]
        for each in pay_gap_profiles.PROFILES.values()
    ]
    rows = [
        ["a statutory gap", "1", "on either side", "the statute knows no least number"],
        *profiles,
        ["a gap by grade or unit", str(pay_gap.LEAST), "on either side", "ours (decision 0036)"],
        ["an interval", str(bootstrap.LEAST), "on either side", "ours (decision 0036)"],
        ["a gap taken apart", str(decomposition.LEAST), "on either side", "ours (decision 0036)"],
        ["a regression", str(regression.LEAST), "on either side", "ours: few people fit anything"],
        ["a duty to publish", str(reporting_dates.EMPLOYEES), "relevant employees",
         "SI 2017/353 regulation 2"],
    ]  # fmt: skip
    return table(["What is said", "At least", "People", "Whose rule"], rows)


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
