"""The tables of what happened to whom: likelihoods, who came and went, and the standards."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.disclosure.raw import Cell, Column
from goldenthread.workforce.intervals import Interval
from goldenthread.workforce.packs.asked import (
    SAYS,
    Asked,
    Made,
    Rows,
    exact,
    interval_columns,
    not_said,
    share_cells,
    share_columns,
)
from goldenthread.workforce.packs.composition_tables import compared
from goldenthread.workforce.packs.standing_out import (
    LEAST_NAMED,
    Comparison,
    distance_of_ratio,
)
from goldenthread.workforce.proportion import Proportion
from goldenthread.workforce.rates.flows import flows, reconciled
from goldenthread.workforce.rates.likelihood import RelativeLikelihood, both_ways_up
from goldenthread.workforce.rates.outcomes import EVENTS, Event, Outcomes, outcomes
from goldenthread.workforce.rates.representation import Representation
from goldenthread.workforce.rates.standards import Answer, Line, Name, answer, standard
from goldenthread.workforce.records import Records
from goldenthread.workforce.staff_columns import Characteristic, GroupingName
from goldenthread.workforce.too_few import TooFew

# Who is compared with whom: the group of a characteristic, and the one that it is held against.
_SIDES: tuple[tuple[Characteristic, GroupingName, str, str], ...] = (
    ("ethnicity", "white_other", "all_other", "white"),
    ("ethnicity", "five", "mixed", "white"),
    ("ethnicity", "five", "asian", "white"),
    ("ethnicity", "five", "black", "white"),
    ("ethnicity", "five", "other", "white"),
    ("disability", "detailed", "disabled", "not_disabled"),
    ("sex", "detailed", "female", "male"),
)
_RATIO = (
    Column("event", "What happened"),
    Column("characteristic", "Characteristic"),
    Column("above", "Group above the line"),
    Column("below", "Group below the line"),
    Column("events", "Of the first: it happened to", "count"),
    Column("total", "Of the first: there were", "count"),
    Column("other_events", "Of the second: it happened to", "count"),
    Column("other_total", "Of the second: there were", "count"),
    Column("ratio", "Times as likely", "number", "first / second"),
    *interval_columns("first / second"),
    Column("other_way_up", "The other way up", "number", "second / first"),
    Column("fisher", "Fisher's exact test, two-sided p", "number"),
    SAYS,
)


def outcome_tables(records: Records, asked: Asked) -> Made:
    """How likely each event of the year was for one group beside another, both ways up."""
    rows: Rows = []
    comparisons: list[Comparison] = []
    outside: dict[str, int] = {}
    asked_for: dict[tuple[Event, Characteristic, GroupingName], Outcomes] = {}
    for event in EVENTS:
        for characteristic, grouping, one, other in _SIDES:
            key = (event, characteristic, grouping)
            if key not in asked_for:
                asked_for[key] = outcomes(
                    records, event, asked.begins, asked.as_at,
                    characteristic=characteristic, grouping=grouping,
                )  # fmt: skip
            found = asked_for[key]
            if not any(events for events, _ in found.counts.values()):
                continue
            outside[EVENTS[event]] = found.outside
            names = [asked.label(characteristic, code, grouping) for code in (one, other)]
            up, down = both_ways_up(
                EVENTS[event],
                *(
                    found.of(code, called=f"“{name}”")
                    for code, name in zip((one, other), names, strict=True)
                ),
                least=asked.least,
            )
            rows.append((EVENTS[event], asked.title(characteristic), *names, *_ratio(up, down)))
            comparisons += _likely(f"{EVENTS[event]}: {up.orientation}", up)
    notes = [
        f"Events from {asked.begins.isoformat()} to {asked.as_at.isoformat()}. Of staff, everybody "
        "who was in post in that time counts once below the line.",
        *(
            f"{what.capitalize()}: {number:,} more who were in no snapshot of that time, or were "
            "not below the line."
            for what, number in outside.items()
            if number
        ),
    ]
    if not rows:
        return Made()
    table = asked.table(
        "likelihoods",
        "How likely it was: one group beside another",
        _RATIO,
        rows,
        of="people, or applications",
        notes=notes,
    )
    return Made((table,), {"likelihoods": comparisons})


def _likely(where: str, found: RelativeLikelihood) -> list[Comparison]:
    if isinstance(found.ratio, TooFew) or isinstance(found.interval, TooFew):
        return []
    far = distance_of_ratio(float(found.ratio), found.interval.low, found.interval.high)
    one, other = found.numerator, found.denominator
    few = 0 < min(one.events, other.events) < LEAST_NAMED
    counts = (one.events, one.total, other.events, other.total)
    return [Comparison(where, found.sentence, far, few, counts)]


def _ratio(up: RelativeLikelihood, down: RelativeLikelihood) -> tuple[Cell, ...]:
    top, under = up.numerator, up.denominator
    return (
        top.events,
        top.total,
        under.events,
        under.total,
        not_said(up.ratio) if isinstance(up.ratio, TooFew) else up.ratio,
        *_ends(up.interval),
        not_said(down.ratio) if isinstance(down.ratio, TooFew) else down.ratio,
        not_said(up.fisher) if isinstance(up.fisher, TooFew) else up.fisher,
        up.sentence,
    )


def flow_tables(records: Records, asked: Asked) -> Made:
    """Who came, who went and who rose since the snapshot before, by group."""
    if asked.before is None:
        return Made()
    rows: Rows = []
    sides: Mapping[Characteristic, GroupingName] = {
        "sex": "detailed", "ethnicity": "five", "disability": "detailed", "age": "detailed",
    }  # fmt: skip
    for characteristic, grouping in sides.items():
        found = flows(
            records, asked.before, asked.as_at, characteristic=characteristic, grouping=grouping
        )
        for _order, code in sorted((asked.order(characteristic, c), c) for c in found.groups):
            one = found.groups[code]
            rates = (
                one.joining(least=asked.least),
                one.leaving(least=asked.least),
                one.promotion(least=asked.least),
            )
            rows.append(
                (
                    asked.title(characteristic),
                    asked.label(characteristic, code, grouping),
                    one.start,
                    one.joined,
                    one.left,
                    one.declared_in,
                    one.declared_out,
                    one.end,
                    one.stayed - one.unranked,
                    one.rose,
                    *(cell for each in rates for cell in share_cells(each, 0, 0)[2:]),
                )
            )
    columns = (
        Column("characteristic", "Characteristic"),
        Column("group", "Group"),
        Column("start", f"People on {asked.before.isoformat()}", "count"),
        Column("joined", "Joined", "count"),
        Column("left", "Left", "count"),
        Column("declared_in", "Came into the group by answering", "count"),
        Column("declared_out", "Went out of the group by answering", "count"),
        Column("end", f"People on {asked.as_at.isoformat()}", "count"),
        Column("ranked", "Stayed, with a grade that has its place", "count"),
        Column("rose", "Of these, in a higher grade", "count"),
        Column("joining", "Joined, share of the end", "share", "%"),
        *interval_columns("share", "joining"),
        Column("leaving", "Left, share of the start", "share", "%"),
        *interval_columns("share", "leaving"),
        Column("promotion", "Rose, share of those who stayed", "share", "%"),
        *interval_columns("share", "promotion"),
    )
    moved = reconciled(records, asked.before, asked.as_at)
    has_moves = records.rows("select count(*) from moves")[0][0]
    said = str(moved) if has_moves else "No file of moves was given to hold this against."
    notes = [
        "A person is the same in both snapshots by their pseudonym alone.",
        said,
        "These shares are of two snapshots. Likelihoods are of what was recorded, among everybody "
        "in post at any snapshot of the year, so the same word may stand by another figure there.",
    ]
    table = asked.table("flows", "Who came, who went and who rose", columns, rows, notes=notes)
    readings = (("flows", said),) if has_moves and not moved.adds_up else ()
    return Made((table,), readings=readings)


def standard_tables(records: Records, asked: Asked, name: Name) -> Made:
    """Every indicator of a published standard, with its figures or with what it needs."""
    chosen = standard(name)
    population = next(
        (
            one
            for one in asked.benchmarks
            if (one.characteristic, one.grouping) == (chosen.characteristic, chosen.grouping)
        ),
        None,
    )
    told = answer(
        chosen,
        records,
        snapshot=asked.as_at,
        begins=asked.begins,
        ends=asked.as_at,
        benchmark=population,
        least=asked.least,
    )
    rows: Rows = []
    comparisons: list[Comparison] = []
    for one in told:
        if one.needs:
            nothing: tuple[Cell, ...] = (None,) * 11
            rows.append((one.indicator.number, one.indicator.title, "", *nothing, one.needs))
        for line in one.lines:
            rows.append((one.indicator.number, one.indicator.title, *_line(line, asked, one)))
            where = f"Indicator {one.indicator.number}, {line.of}"
            if isinstance(line.found, RelativeLikelihood):
                comparisons += _likely(where, line.found)
            elif isinstance(line.found, Representation):
                comparisons += compared(where, line.found)
    columns = (
        Column("indicator", "Indicator"),
        Column("title", "What it is"),
        Column("of", "Of"),
        *share_columns(),
        Column("ratio", "Ratio", "number"),
        *interval_columns("ratio", "ratio"),
        Column("apart", "Difference", "number", "percentage points"),
        *interval_columns("percentage points", "apart"),
        SAYS,
    )
    notes = [chosen.note, f"Version {chosen.version}."]
    table = asked.table(
        name,
        chosen.title,
        columns,
        rows,
        of="people, or applications",
        notes=notes,
        sources=[f"{chosen.source}, {chosen.address}"],
    )
    return Made((table,), {name: comparisons})


def _line(line: Line, asked: Asked, of: Answer) -> tuple[Cell, ...]:
    found = line.found
    by_grade = of.indicator.kind == "share by grade"
    where = asked.grade(line.of) if by_grade else line.of
    if isinstance(found, TooFew):
        return (where, None, None, not_said(found), *(None,) * 8, found.sentence)
    if isinstance(found, RelativeLikelihood):
        ratio = not_said(found.ratio) if isinstance(found.ratio, TooFew) else found.ratio
        ends = _ends(found.interval)
        return (where, *(None,) * 5, ratio, *ends, *(None,) * 3, found.sentence)
    if isinstance(found, Proportion):
        cells = share_cells(found, found.count, found.base)
        return (where, *cells, *(None,) * 6, found.sentence)
    share = found.share
    apart = 100 * (share.share - found.reference)
    return (
        where,
        *share_cells(share, share.count, share.base),
        exact(found.index),
        *_ends(found.ratio),
        apart,
        100 * found.difference.low,
        100 * found.difference.high,
        found.sentence,
    )


def _ends(interval: Interval | TooFew) -> tuple[Cell, Cell]:
    return (None, None) if isinstance(interval, TooFew) else (interval.low, interval.high)
