"""Recommendations and process steps that stand in a document's prose and lists, not in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from goldenthread import timescale
from goldenthread.documents.lists import references
from goldenthread.intake import Block, Paragraph
from goldenthread.plan import ProcessStep, Recommendation
from goldenthread.timescale import Setting

_ASKS = re.compile(
    r"\b(?:recommendations?|recommended|recommends|objectives|commitments|priorities|asks)\b",
    re.IGNORECASE,
)
_STEPS = re.compile(r"\b(?:steps?|stages?|phases?|process)\b|\d-step", re.IGNORECASE)
_NAME_END = re.compile(r"\s+[–—-]\s+|:\s+")
_LONGEST_NAME = 70


def lists_in(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Paragraph]]]:
    """Every numbered list outside tables, with the words of the line that introduces it."""
    introduction = ""
    items: list[Paragraph] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            if items:
                yield introduction, items
            introduction, items = "", []
            continue
        if not block.text:
            continue
        numbered = block.marker is not None and any(c.isdigit() for c in block.marker)
        begins_again = numbered and items and block.marker == "1"
        if numbered and not begins_again:
            items.append(block)
            continue
        if items:
            yield introduction, items
            items = []
        if begins_again:
            items = [block]
        elif block.list_level is None:
            introduction = block.text
    if items:
        yield introduction, items


def read_recommendations(blocks: Sequence[Block]) -> list[Recommendation]:
    """The recommendations that a numbered list gives after a line that calls them so."""
    return [
        Recommendation(
            text=item.text,
            number=item.marker,
            see=references(item.text),
            place=item.place,
        )
        for introduction, items in lists_in(blocks)
        if _ASKS.search(introduction) and not _STEPS.search(introduction)
        for item in items
    ]


def read_steps(blocks: Sequence[Block], dated: date | None, setting: Setting) -> list[ProcessStep]:
    """The steps of a process: a numbered list after a line that calls them steps or stages.

    A step's name is its bold opening, or what stands before its first dash or colon.
    """
    return [
        _step(item, dated, setting)
        for introduction, items in lists_in(blocks)
        if _STEPS.search(introduction) and len(items) > 1
        for item in items
    ]


def _step(item: Paragraph, dated: date | None, setting: Setting) -> ProcessStep:
    name, text = "", item.text
    if item.bold_lead and item.text.startswith(item.bold_lead):
        name = item.bold_lead
        text = item.text[len(name) :]
    else:
        match = _NAME_END.search(item.text)
        if match and match.start() <= _LONGEST_NAME:
            name, text = item.text[: match.start()], item.text[match.end() :]
    return ProcessStep(
        number=item.marker or "",
        name=name.strip(" :–—-"),
        text=text.strip(" :–—-"),
        timescales=tuple(found.timescale for found in timescale.find(item.text, dated, setting)),
        place=item.place,
    )
