"""Whose rules hold for what is published: numbers as data, each with where it comes from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal, get_args

RuleName = Literal[
    "counts", "percentages", "means", "medians", "gaps", "largest", "two_largest", "answers",
    "crossed", "body",
]  # fmt: skip
"""What a policy may have a number for."""

Kind = Literal["release", "return"]
"""A ``release`` policy holds for tables that a council chooses; a ``return`` is asked for by law
or by guidance, of the whole body."""

_NOT_VERIFIED = "[NV] not verified"


@dataclass(frozen=True)
class Source:
    """Where a number comes from. ``read`` says when it was read, and is empty where it was not."""

    organisation: str
    title: str
    address: str
    read: str
    note: str

    @property
    def verified(self) -> bool:
        """Whether the source itself was read."""
        return bool(self.read)

    def __str__(self) -> str:
        said = f"read {self.read}" if self.read else _NOT_VERIFIED
        return f"{self.organisation}, {self.title} ({said})"


@dataclass(frozen=True)
class Rule:
    """One number of a policy, what it is a number of, and its sources.

    ``bound`` says whether it is the least or the most; ``unit`` what is counted. ``reason`` is why
    we chose it, where no source gives it.
    """

    number: int
    says: str
    sources: tuple[Source, ...]
    bound: Literal["least", "most"] = "least"
    unit: str = "people"
    reason: str = ""


@dataclass(frozen=True)
class Policy:
    """The rules that hold for one kind of reader, or for one return; ``rules`` are by name.

    A rule that a policy does not have is not asked for by it.
    """

    name: str
    title: str
    kind: Kind
    about: str
    rules: Mapping[RuleName, Rule] = field(repr=False)

    def number(self, rule: RuleName) -> int | None:
        """The number of a rule, None where the policy has no such rule.

        >>> policy("public").number("gaps"), policy("gender-pay-2017").number("gaps")
        (50, None)
        """
        held = self.rules.get(rule)
        return None if held is None else held.number

    def threshold(self, asked: int) -> int:
        """The first count that may be shown: what was asked for, raised where the policy has more.

        Units: people. A policy never lowers what was asked.

        >>> policy("internal").threshold(3), policy("internal").threshold(12)
        (5, 12)
        """
        return max(asked, self.number("counts") or 0)


@cache
def policies() -> Mapping[str, Policy]:
    """Every policy by its name, as ``policies.toml`` has them, in its order.

    Raises ``ValueError`` where the data names a rule, a kind or a source that there is not.

    >>> list(policies())[:2]
    ['internal', 'public']
    """
    text = resources.files(__package__).joinpath("policies.toml").read_text(encoding="utf-8")
    return policies_of(tomllib.loads(text))


def policies_of(told: Mapping[str, Any]) -> Mapping[str, Policy]:
    """The policies that plain data says, such as a council's own file of the same shape.

    Raises ``ValueError`` as ``policies`` does.
    """
    sources = {name: Source(**row) for name, row in told["source"].items()}
    return MappingProxyType(
        {name: _policy(name, row, sources) for name, row in told["policy"].items()}
    )


def policy(name: str) -> Policy:
    """A policy by its name.

    Shape: its numbers by rule, each with its sources. Units: people, or as the rule says.
    Missing: a rule that it does not have is not there.
    Raises ``ValueError`` for a name that there is not, with those that there are.

    Source: each rule names its own; `policies.toml` holds them.

    >>> held = policy("internal")
    >>> held.number("counts"), held.number("percentages"), held.rules["percentages"].sources[0].read
    (5, 23, 'November 2026')
    """
    held = policies().get(name)
    if held is None:
        raise ValueError(f"There is no policy of this name: there are {', '.join(policies())}.")
    return held


def for_releases() -> tuple[str, ...]:
    """The names of the policies under which tables are released.

    >>> for_releases()
    ('internal', 'public')
    """
    return tuple(name for name, one in policies().items() if one.kind == "release")


def _policy(name: str, row: Mapping[str, Any], sources: Mapping[str, Source]) -> Policy:
    rules: dict[RuleName, Rule] = {}
    for rule, told in row["rule"].items():
        if rule not in get_args(RuleName):
            raise ValueError(f"{name}: “{rule}” is no rule.")
        if strange := [one for one in told["sources"] if one not in sources]:
            raise ValueError(f"{name}, {rule}: there is no source “{strange[0]}”.")
        if not told["sources"] and not told.get("reason"):
            raise ValueError(f"{name}, {rule}: neither a source nor a reason is given.")
        if type(told["number"]) is not int or told["number"] < 1:
            raise ValueError(f"{name}, {rule}: the number is no whole number above nought.")
        rules[rule] = Rule(**{**told, "sources": tuple(sources[one] for one in told["sources"])})
    if row["kind"] not in get_args(Kind):
        raise ValueError(f"{name}: “{row['kind']}” is no kind of policy.")
    return Policy(name, row["title"], row["kind"], row["about"], MappingProxyType(rules))
