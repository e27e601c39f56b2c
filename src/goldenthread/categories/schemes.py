"""What the codes of other systems mean: the NHS, the police, schools, payroll.

A scheme says of each of its codes a meaning, a state of missing, or that a person must decide and
from what. What could not be read in a source is never a meaning.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class SchemeCode:
    """One code of a scheme: a ``means``, or a ``state``, or ``review`` (meanings) and ``why``.

    ``state`` is one of the four of missing, or ``not_stated``: the record says that nothing was
    stated, and not whether the person was asked.
    """

    code: str
    label: str
    means: str | None = None
    state: str | None = None
    review: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Scheme:
    """The codes that a system writes, with their source.

    ``detect`` is false for a scheme that is only ever given. ``local_suffix`` says that a code may
    be followed by one character for local use.
    """

    name: str
    characteristic: str
    title: str
    source: str
    address: str
    dated: str
    verified: bool
    detect: bool
    local_suffix: bool
    note: str
    codes: tuple[SchemeCode, ...]

    def find(self, code: str) -> SchemeCode | None:
        """What a code says, written in capitals and without blanks; None where it is not one.

        >>> scheme("nhs_2001").find("A1").means, scheme("police_sde").find("A1").means
        ('white_british', 'asian_indian')
        """
        known = self._codes
        if code in known:
            return known[code]
        if self.local_suffix and len(code) == 2 and code.isascii():
            letter = known.get(code[0])
            return letter if letter is not None and letter.means else None
        return None

    @cached_property
    def _codes(self) -> dict[str, SchemeCode]:
        return {code.code: code for code in self.codes}


@cache
def all_schemes() -> tuple[Scheme, ...]:
    """Every scheme, by characteristic and name."""
    folder = files("goldenthread.categories").joinpath("data/schemes")
    paths = (path for path in folder.iterdir() if path.name.endswith(".json"))
    read = (_scheme(json.loads(path.read_text("utf-8"))) for path in paths)
    return tuple(sorted(read, key=lambda one: (one.characteristic, one.name)))


def scheme(name: str) -> Scheme:
    """A scheme by its name. Raises KeyError, naming those that there are."""
    for one in all_schemes():
        if one.name == name:
            return one
    raise KeyError(f"no scheme {name!r}; there are {', '.join(o.name for o in all_schemes())}")


def schemes_of(characteristic: str) -> tuple[Scheme, ...]:
    """The schemes of one characteristic.

    >>> [one.name for one in schemes_of("sex")]
    ['dfe_gender', 'nhs_gender']
    """
    return tuple(one for one in all_schemes() if one.characteristic == characteristic)


def _scheme(data: dict[str, Any]) -> Scheme:
    plain = ("name", "characteristic", "title", "source", "address", "dated", "verified", "detect")
    return Scheme(
        **{name: data[name] for name in plain},
        local_suffix=data.get("local_suffix", False),
        note=data.get("note", ""),
        codes=tuple(
            SchemeCode(
                code=code["code"],
                label=code["label"],
                means=code.get("means"),
                state=code.get("state"),
                review=tuple(code.get("review", ())),
                why=code.get("why", ""),
            )
            for code in data["codes"]
        ),
    )
