"""The intruder: what an outsider can work out from releases, and the sum that gives it away.

It reads what is published and nothing else, and shares no code with what protects a release or with
what verifies it, so that a mistake in one is not a mistake in all.
"""

from goldenthread.disclosure.attack.exposures import (
    KINDS,
    SCHEMA,
    Attacked,
    Exposure,
    attack,
    to_json,
)
from goldenthread.disclosure.attack.knowledge import Trust
from goldenthread.disclosure.attack.release import Published, read_release

__all__ = [
    "KINDS",
    "SCHEMA",
    "Attacked",
    "Exposure",
    "Published",
    "Trust",
    "attack",
    "read_release",
    "to_json",
]
