"""Which scheme a column is in, from all of its values; a question where two would fit.

One value never says: A1 is White British to the NHS and Indian to the police.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.categories.lists import CodeList
from goldenthread.categories.reading import TEXT, Reading, is_known, read
from goldenthread.categories.schemes import all_schemes, schemes_of

# Of the rows that say something, this share must be of a scheme; the rest are slips of a keyboard.
_FITS = 0.98
# Written words have a long tail that no list knows.
_FITS_TEXT = 0.5
# Fewer different codes than this could be of many schemes by chance.
_DIFFERENT = 4
_DIFFERENT_OF_SEX = 2


@dataclass(frozen=True)
class Fit:
    """How much of a column a scheme explains: its share of the rows that say something."""

    scheme: str
    share: float


@dataclass(frozen=True)
class Detection:
    """The scheme of a column, or None and the question that a person must answer.

    ``fits`` are the schemes that explain it, the best first.
    """

    scheme: str | None
    fits: tuple[Fit, ...]
    question: str = ""


def detect(values: Mapping[str, int], into: CodeList) -> Detection:
    """The scheme of a column, given how many rows hold each distinct value.

    Shape: ``values`` maps each distinct value to its rows. Missing: rows that say that there is no
    answer are set aside, since every scheme reads them alike.

    A scheme fits where 98% of the rows that say something are its codes and four codes or more
    differ (two for sex). Where several fit and read every value alike, the one with fewest codes is
    taken. Where they differ, or none fits, ``scheme`` is None and ``question`` says what to settle.

    >>> from goldenthread.categories import code_list
    >>> england = code_list("ethnicity_england_2021")
    >>> detect({"W1": 90, "A1": 12, "B2": 7, "M1": 3}, england).scheme
    'police_sde'
    >>> detect({"A1": 90, "B1": 12, "M1": 7, "A2": 2}, england).question
    'The column fits nhs_2001 and police_sde, and they read it differently. Say which it is.'
    >>> detect({"White British": 90, "African": 12, "Kurdish": 1}, england).scheme
    'text'
    """
    readings = {
        name: {raw: read(raw, into, name) for raw in values}
        for name in (TEXT, *_detectable(into.characteristic))
    }
    saying = {raw: rows for raw, rows in values.items() if not readings[TEXT][raw].state}
    total = sum(saying.values())
    if not total:
        return Detection(TEXT, ())
    fits = [
        Fit(name, sum(rows for raw, rows in saying.items() if is_known(of[raw])) / total)
        for name, of in readings.items()
    ]
    found = [fit for fit in fits if _explains(fit, readings[fit.scheme], saying, into)]
    found.sort(key=lambda fit: (-fit.share, fit.scheme != TEXT, _size(fit.scheme), fit.scheme))
    by_codes = [fit for fit in found if fit.scheme != TEXT]
    ordered = tuple(found)
    if not found:
        few = len(saying) < _least(into)
        why = "has too few different codes to tell" if few else "fits no scheme that is known"
        return Detection(None, (), f"The column {why}. Say which scheme it is in.")
    if len({_told(readings[fit.scheme], saying) for fit in found}) == 1:
        plain = TEXT if len(by_codes) < len(found) else min(by_codes, key=_fewest).scheme
        return Detection(plain, ordered)
    names = " and ".join(fit.scheme for fit in found)
    question = f"The column fits {names}, and they read it differently. Say which it is."
    return Detection(None, ordered, question)


def _detectable(characteristic: str) -> tuple[str, ...]:
    """The schemes of codes that may be found. A list's labels are words, and are read as words."""
    return tuple(one.name for one in schemes_of(characteristic) if one.detect)


def _least(into: CodeList) -> int:
    return _DIFFERENT_OF_SEX if into.characteristic == "sex" else _DIFFERENT


def _explains(
    fit: Fit, of: Mapping[str, Reading], saying: Mapping[str, int], into: CodeList
) -> bool:
    if fit.scheme == TEXT:
        return fit.share >= _FITS_TEXT
    known = {raw.strip().casefold() for raw in saying if is_known(of[raw])}
    return fit.share >= _FITS and len(known) >= _least(into)


def _told(of: Mapping[str, Reading], saying: Mapping[str, int]) -> tuple[str | None, ...]:
    return tuple(of[raw].result for raw in saying)


def _size(name: str) -> int:
    return next((len(one.codes) for one in all_schemes() if one.name == name), 0)


def _fewest(fit: Fit) -> tuple[int, str]:
    return _size(fit.scheme), fit.scheme
