"""The tables of who says what they are: over time, by unit, and after each campaign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from goldenthread.disclosure.raw import Cell, Column
from goldenthread.workforce.packs.asked import (
    SAYS,
    SHOWN,
    Asked,
    Made,
    Rows,
    interval_columns,
    not_said,
    share_cells,
)
from goldenthread.workforce.packs.standing_out import Comparison, distance
from goldenthread.workforce.proportion import Difference, difference, proportion
from goldenthread.workforce.rates.declaration import (
    Campaign,
    Declaration,
    after_campaigns,
    declarations,
)
from goldenthread.workforce.records import Records
from goldenthread.workforce.staff_columns import in_words
from goldenthread.workforce.too_few import TooFew

_COUNTED = (
    Column("people", "People", "count"),
    Column("known", "Answer known", "count"),
    Column("prefer_not_to_say", "Prefer not to say", "count"),
    Column("not_asked", "Not asked", "count"),
    Column("blank", "Blank", "count"),
    Column("not_known", "Not known", "count"),
    Column("declared", "Declared", "share", "% of people"),
    *interval_columns("share"),
    Column("responded", "Responded", "share", "% of people"),
    *interval_columns("share", "responded"),
    Column("declined", "Prefer not to say, share", "share", "% of people"),
    *interval_columns("share", "declined"),
)
_NOTE = (
    "Declared is whose answer is known; responded counts those as well who would rather not say. "
    "The base is everybody in post."
)


def declaration_tables(records: Records, asked: Asked) -> Made:
    """Declaration, response and prefer-not-to-say rates, and what moved them."""
    found = declarations(records, tuple(SHOWN), snapshots=asked.snapshots)
    whole = [one for one in found if one.unit is None]
    return _over_time(whole, asked) + _by_unit(found, asked) + _after_campaigns(whole, asked)


def _cells(one: Declaration, asked: Asked) -> tuple[Cell, ...]:
    least = asked.least
    told = (one.declared(least=least), one.responded(least=least), one.declined(least=least))
    return (
        one.headcount,
        one.known,
        one.prefer_not_to_say,
        one.not_asked,
        one.blank,
        one.not_known,
        *(cell for each in told for cell in share_cells(each, 0, 0)[2:]),
    )


def _compared(where: str, held: Difference | TooFew, says: str) -> list[Comparison]:
    if isinstance(held, TooFew):
        return []
    one, other = held.first, held.other
    far = distance(float(one.share - other.share), held.interval.low, held.interval.high)
    counts = (one.count, one.base, other.count, other.base)
    return [Comparison(where, says, far, counts=counts)]


def _changed(held: Difference | TooFew | None) -> tuple[Cell, ...]:
    if held is None:
        return (None, None, None, "")
    if isinstance(held, TooFew):
        return (not_said(held), None, None, held.sentence)
    apart = 100 * (held.first.share - held.other.share)
    return (apart, 100 * held.interval.low, 100 * held.interval.high, held.sentence)


def _over_time(whole: Sequence[Declaration], asked: Asked) -> Made:
    rows: Rows = []
    comparisons: list[Comparison] = []
    for name in SHOWN:
        days = [one for one in whole if one.characteristic == name]
        changes: list[Difference | TooFew | None] = [None]
        for before, after in pairwise(days):
            now, then = (one.declared(least=asked.least) for one in (after, before))
            held = difference(now, then, least=asked.least)
            changes.append(held)
            where = (
                f"{asked.title(name)}, {in_words(before.snapshot)} to {in_words(after.snapshot)}"
            )
            if isinstance(held, Difference):
                comparisons += _compared(where, held, held.sentence)
        for one, change in zip(days, changes, strict=False):
            rows.append((asked.title(name), one.snapshot, *_cells(one, asked), *_changed(change)))
    columns = (
        Column("characteristic", "Characteristic"),
        Column("day", "Snapshot", "day"),
        *_COUNTED,
        Column("change", "Change since the snapshot before", "number", "percentage points"),
        Column("change_low", "Change, from", "number", "percentage points"),
        Column("change_high", "Change, to", "number", "percentage points"),
        SAYS,
    )
    table = asked.table(
        "declaration", "Who says what they are, over time", columns, rows, notes=[_NOTE]
    )
    return Made((table,), {"declaration": comparisons})


def _by_unit(found: Iterable[Declaration], asked: Asked) -> Made:
    rows: Rows = []
    comparisons: list[Comparison] = []
    now = [one for one in found if one.snapshot == asked.as_at]
    whole = {one.characteristic: one for one in now if one.unit is None}
    for one in sorted(now, key=lambda each: each.unit or ""):
        if one.unit is None:
            continue
        every = whole[one.characteristic]
        others = proportion(
            every.known - one.known,
            every.headcount - one.headcount,
            "people elsewhere",
            least=asked.least,
        )
        held = difference(one.declared(least=asked.least), others, least=asked.least)
        title = asked.title(one.characteristic)
        if isinstance(held, Difference):
            comparisons += _compared(f"{asked.unit(one.unit)}, {title}", held, held.sentence)
        rows.append((asked.unit(one.unit), title, *_cells(one, asked), *_changed(held)))
    columns = (
        Column("unit", "Unit"),
        Column("characteristic", "Characteristic"),
        *_COUNTED,
        Column("apart", "Difference from everybody elsewhere", "number", "percentage points"),
        Column("apart_low", "Difference, from", "number", "percentage points"),
        Column("apart_high", "Difference, to", "number", "percentage points"),
        SAYS,
    )
    notes = [_NOTE, "A unit holds everybody in the units below it."]
    table = asked.table(
        "declaration_by_unit", "Who says what they are, by unit", columns, rows, notes=notes
    )
    return Made((table,), {"declaration_by_unit": comparisons})


def _declared_on(one: Declaration, asked: Asked) -> tuple[Cell, ...]:
    told = share_cells(one.declared(least=asked.least), 0, 0)[2:]
    return (one.snapshot, one.headcount, *told)


def _after_campaigns(whole: Sequence[Declaration], asked: Asked) -> Made:
    if not asked.campaigns:
        return Made()
    rows: Rows = []
    comparisons: list[Comparison] = []
    for name in SHOWN:
        days = [one for one in whole if one.characteristic == name]
        for each in after_campaigns(days, asked.campaigns, least=asked.least):
            campaign: Campaign = each.campaign
            where = f"{campaign.name}, {asked.title(name)}"
            comparisons += _compared(where, each.change, each.sentence)
            rows.append(
                (
                    campaign.name,
                    campaign.began,
                    asked.title(name),
                    *_declared_on(each.before, asked),
                    *_declared_on(each.after, asked),
                    *_changed(each.change)[:3],
                    each.sentence,
                )
            )
    columns = (
        Column("campaign", "Campaign"),
        Column("began", "Began on", "day"),
        Column("characteristic", "Characteristic"),
        Column("before", "Snapshot before", "day"),
        Column("people_before", "People before", "count"),
        Column("declared_before", "Declared before", "share", "% of people"),
        *interval_columns("share", "declared_before"),
        Column("after", "Snapshot after", "day"),
        Column("people_after", "People after", "count"),
        Column("declared_after", "Declared after", "share", "% of people"),
        *interval_columns("share", "declared_after"),
        Column("change", "Change", "number", "percentage points"),
        Column("change_low", "Change, from", "number", "percentage points"),
        Column("change_high", "Change, to", "number", "percentage points"),
        SAYS,
    )
    notes = [
        "A rise after a campaign is no proof that it came from it: look at units that it did not "
        "reach."
    ]
    table = asked.table(
        "declaration_campaigns", "Declaration after each campaign", columns, rows, notes=notes
    )
    return Made((table,), {"declaration_campaigns": comparisons})
