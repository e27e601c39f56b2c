"""The reference page of policies: every number by which something is hidden, and whose it is."""

from __future__ import annotations

from formula_pages import table

from goldenthread.disclosure.policy import Policy, Source, policies

OPENING = """# Policies: whose numbers hold for what is published

Made from the code by `scripts/write_reference.py`.

`goldenthread protect --policy internal` or `public` holds a release to these numbers. A policy may
only raise what the specification asks for, never lower it. The numbers are data, in
`disclosure/policies.toml`, and `disclosure.policy.policy(name)` gives them to a program.

Where it says *not verified*, the source itself was not read; what was read in its place is named.
Hold it against the source before you rely on it."""
CLOSING = """## What is not enforced

- No more than one protected characteristic may be shown beside answers to a survey, below the
  whole council. A specification says that a dimension is sensitive, and not whether it is an answer
  or a characteristic. So `protect` cannot tell, and whoever writes the specification has to. Small
  counts, groups and percentages are held to their rules there as everywhere.
- Whether a body has 250 employees is for whoever makes the return.
"""


def policies_reference() -> str:
    """The page, from the data."""
    held = policies().values()
    parts = [OPENING, *(_policy(one) for one in held), "## Sources", _sources()]
    return "\n\n".join([*parts, CLOSING])


def _policy(one: Policy) -> str:
    rows = [
        [
            f"`{name}`",
            f"{rule.number:,}",
            f"at {rule.bound}",
            rule.unit,
            f"{rule.says[0].upper()}{rule.says[1:]}. {rule.reason}".strip(),
            "; ".join(_named(source) for source in rule.sources) or "ours",
        ]
        for name, rule in one.rules.items()
    ]
    heads = ["Rule", "Number", "Bound", "Unit", "Of what", "Source"]
    return f"## `{one.name}`: {one.title}\n\n{one.about}\n\n{table(heads, rows)}"


def _named(source: Source) -> str:
    return source.organisation if source.verified else f"{source.organisation} (not verified)"


def _sources() -> str:
    found: dict[Source, None] = {}
    for one in policies().values():
        for rule in one.rules.values():
            found.update(dict.fromkeys(rule.sources))
    rows = [
        [
            source.organisation,
            f"[{source.title}]({source.address})" if source.address else source.title,
            source.read or "not verified",
            source.note,
        ]
        for source in found
    ]
    return table(["Organisation", "Title", "Read", "What it says"], rows)
