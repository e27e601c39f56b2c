"""How many people there have to be before something is said: data, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

Name = Literal[
    "share", "change", "likelihood", "survey_answers", "survey_option", "survey_small_body"
]


@dataclass(frozen=True)
class Threshold:
    """At least so many people, what is counted, and whose rule it is."""

    least: int
    counts: str
    source: str
    address: str


@cache
def thresholds() -> Mapping[str, Threshold]:
    """Every threshold by its name, as ``thresholds.toml`` has them.

    >>> thresholds()["share"].least
    10
    """
    text = resources.files(__package__).joinpath("thresholds.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: Threshold(**row) for name, row in tomllib.loads(text).items()})


def least(name: Name, chosen: int | None = None) -> int:
    """The number to use: the one that was chosen, else the one in the data.

    >>> least("share"), least("share", 50)
    (10, 50)
    """
    return thresholds()[name].least if chosen is None else chosen
