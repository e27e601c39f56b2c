"""``attack``: releases in, exposures out, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from goldenthread.disclosure.attack.bounds import Contradiction
from goldenthread.disclosure.attack.judge import Found, Judge
from goldenthread.disclosure.attack.knowledge import Count, Knowledge, Layer, Trust
from goldenthread.disclosure.attack.nesting import TOTAL
from goldenthread.disclosure.attack.pay import Pay, Salary
from goldenthread.disclosure.attack.release import Published, read_release
from goldenthread.disclosure.attack.words import Words
from goldenthread.errors import Unreadable

SCHEMA = "goldenthread.attack/1"

KINDS: Mapping[str, str] = {
    "exact": "a small count can be worked out exactly",
    "small": "a count can be worked out to be small",
    "narrow": "a hidden count can be worked out almost exactly",
    "group": "all of a group are in one category",
    "joiner": "what somebody who joined is can be worked out",
    "leaver": "what somebody who left was can be worked out",
    "declared": "what somebody who declared since is can be worked out",
    "insider": "the only person of a cell can work out a neighbouring small count",
    "salary": "pay of few people can be worked out",
}
"""Every kind of exposure, in the order in which they are told, and what it means."""

Alone = Iterable[tuple[str, Mapping[str, str]]]
"""Cells of one person each: a period, and codes by dimension without ``Total``."""


@dataclass(frozen=True)
class Exposure:
    """One thing that can be worked out. ``low`` and ``high`` are what is left possible of a count.

    ``codes`` are by dimension without ``Total``, ``since`` is the earlier period of those who came,
    went or declared. ``tables`` and ``measures`` are those of the figures that give it away;
    ``measures`` are of ``count``, ``percent``, ``mean``, ``median``, ``gap`` and ``flow`` (what is
    told of who came and went).
    """

    kind: str
    period: str
    codes: tuple[tuple[str, str], ...]
    low: int
    high: int
    says: str
    tables: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class Attacked:
    """What came of an attack: the exposures, how many cells were asked about, and what was not.

    ``unsettled`` counts questions that the search was ended on, never counted as safe or as found;
    ``trust`` says what was taken of the stated flows.
    """

    exposures: tuple[Exposure, ...]
    cells: int
    hidden: int
    unsettled: int
    trust: str


def attack(
    releases: Sequence[Published | Path | str],
    *,
    alone: Alone | Literal["possible"] | None = None,
    trust: Trust = Trust.DECLARING,
) -> Attacked:
    """What somebody can work out who holds all these releases and nothing else.

    An outsider knows: the same cell in two tables is one count; parts add up to their whole, in
    every way to divide it, and what overlapping or moved units share; what marks, zeros, rounding
    and percentages tell; the stated joiners and leavers. People who stayed are taken to have kept
    unit and grade, and to have changed an answer only by declaring, unless the figures say
    otherwise.

    ``alone`` are cells of one person (period, codes), whose person knows it; an outsider cannot see
    which cells those are, so by default nobody is an insider, and ``"possible"`` tries every hidden
    cell that may hold one person. ``trust`` is how far the stated flows are trusted at first; less
    so where they do not fit.

    Shape: releases of one body, of any number of periods and audiences; of different thresholds the
    least holds. Missing: a mark that tells nothing leaves a count anywhere from nought. Raises
    ``Unreadable`` for a folder that is no release, and for figures that cannot all be true.
    Deterministic: the same releases give the same answer.

    >>> attack([])
    Traceback (most recent call last):
    ...
    goldenthread.errors.Unreadable: There is no release to attack. Name the folder of one.
    """
    held = [one if isinstance(one, Published) else read_release(one) for one in releases]
    if not held:
        raise Unreadable("There is no release to attack.", do="Name the folder of one.")
    levels = list(Trust)
    for level in levels[levels.index(trust) :]:
        try:
            return _attack(Knowledge(held, level), alone)
        except Contradiction:
            continue
    raise Unreadable(
        "The figures cannot all be true: they do not add up.",
        do="Publish the figures of one release from one set of records.",
    )


def _attack(
    known: Knowledge,
    alone: Alone | Literal["possible"] | None,
) -> Attacked:
    judge, words = Judge(known), Words(known)
    settled = judge.judge()
    found = [_exposure(one, known, words) for one in _each_once(settled.found, known)]
    insiders = judge.insiders(_numbers(known, alone))
    found += [_exposure(one, known, words) for one in insiders]
    found += [_salary(one, known) for one in Pay(known).salaries()]
    order = list(KINDS)
    found.sort(key=lambda one: (order.index(one.kind), one.period, one.codes, one.says))
    return Attacked(
        exposures=tuple(dict.fromkeys(found)),
        cells=len(known.cells),
        hidden=sum(cell.marked and cell.shown is None for cell in known.cells),
        unsettled=settled.open,
        trust=known.trust.value if any(one.flows for one in known.releases) else "",
    )


def _each_once(found: Sequence[Found], known: Knowledge) -> Iterator[Found]:
    """What was found of people who came or went, each of them once.

    That all of them are in one category, or that somebody joined or declared, is no more than what
    is already told of each.
    """
    told: dict[tuple[str, str, tuple[str, ...]], set[Count]] = {}
    for one in found:
        cell = known.cells[one.cell]
        layer = known.layers[cell.layer]
        if one.group is None:
            told.setdefault((layer.since, layer.period, cell.codes), set()).add(layer.count)
    for one in found:
        cell = known.cells[one.cell]
        layer = known.layers[cell.layer]
        already = told.get((layer.since, layer.period, cell.codes), set())
        if layer.count is not Count.PEOPLE and one.group is not None and layer.count in already:
            continue
        if layer.count is Count.APPEARED and already & {Count.JOINERS, Count.DECLARED}:
            continue
        yield one


def _numbers(known: Knowledge, alone: Alone | Literal["possible"] | None) -> list[int]:
    if alone is None:
        return []
    if alone == "possible":
        return [number for number, cell in enumerate(known.cells) if cell.marked]
    found = []
    for period, codes in alone:
        layer = known.layer(Layer(Count.PEOPLE, period))
        named = tuple(codes.get(name, TOTAL) for name in known.names)
        number = None if layer is None else known.number(layer, named)
        if number is not None:
            found.append(number)
    return found


def _exposure(one: Found, known: Knowledge, words: Words) -> Exposure:
    cell = known.cells[one.cell]
    layer = known.layers[cell.layer]
    kind = one.kind
    if kind == "group" and layer.count is not Count.PEOPLE:
        kind = "joiner" if layer.count is Count.JOINERS else "leaver"
    return Exposure(
        kind=kind,
        period=layer.period,
        codes=tuple(known.named(cell.codes).items()),
        low=one.low,
        high=one.high,
        says=words.says(one),
        tables=words.tables(one),
        measures=words.measures(one),
        since=layer.since,
    )


def _salary(one: Salary, known: Knowledge) -> Exposure:
    cell = known.cells[one.cell]
    return Exposure(
        kind="salary",
        period=known.layers[cell.layer].period,
        codes=tuple(known.named(cell.codes).items()),
        low=one.people[0],
        high=one.people[1],
        says=one.says,
        tables=one.tables,
        measures=(one.measure,),
    )


def to_json(attacked: Attacked) -> dict[str, Any]:
    """What came of an attack as plain values ready for JSON, with how many are of each kind."""
    return {
        "schema": SCHEMA,
        "cells": attacked.cells,
        "hidden": attacked.hidden,
        "unsettled": attacked.unsettled,
        "trust": attacked.trust,
        "found": {
            kind: number
            for kind in KINDS
            if (number := sum(one.kind == kind for one in attacked.exposures))
        },
        "exposures": [
            {
                "kind": one.kind,
                "period": one.period,
                **({"since": one.since} if one.since else {}),
                "codes": dict(one.codes),
                "low": one.low,
                "high": one.high,
                "says": one.says,
                "tables": list(one.tables),
                "measures": list(one.measures),
            }
            for one in attacked.exposures
        ],
    }
