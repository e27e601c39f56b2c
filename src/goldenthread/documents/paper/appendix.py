"""The plan action by action, and where each figure of the paper comes from."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.documents.paper.sheet import (
    Block,
    Cell,
    Column,
    Grid,
    Words,
    cell,
    paragraphs,
    plain,
)
from goldenthread.documents.paper.telling import Telling, captioned, day, day_or, standing_cell, who
from goldenthread.plan.edition import (
    Action,
    first_promised,
    moves,
    now_promised,
    standing,
    times,
)
from goldenthread.plan.paper import Figure

# Rows listed for a figure; beyond this the plan's table is quicker to read than a list.
_LISTED = 40


def plan(telling: Telling) -> Iterable[Block]:
    """The plan, a row for each action under its number, as it stood on the day."""
    at = telling.facts.as_at
    mark = telling.table_mark(
        "table_plan",
        "The plan's table",
        "Each row: the promises, updates and days of that action, as known on the day.",
    )
    yield captioned(f"Every action as it stood on {day(at)}", mark)
    yield Grid(
        f"Every action as it stood on {day(at)}",
        (
            Column("No.", 9),
            Column("Action", 34),
            Column("Who answers", 19),
            Column("First promised", 13),
            Column("Now promised", 13),
            Column("Stands", 12),
        ),
        tuple(_plan_row(telling, action) for action in telling.facts.now.actions),
    )


def _plan_row(telling: Telling, action: Action) -> tuple[Cell, ...]:
    at = telling.facts.as_at
    stands = standing(action, at)
    often = len(moves(action, at))
    done = [f"Done {day(action.done_on)}"] if stands == "done" and action.done_on else []
    return (
        cell(action.number, names=True),
        cell(*(paragraphs(action.words) or (action.title,))),
        cell(who(action)),
        cell(day_or(first_promised(action, at), "No date")),
        cell(
            *(done or [day_or(now_promised(action, at), "No date to come")]),
            *([f"Moved {times(often)}"] if often else []),
        ),
        standing_cell(stands),
    )


def sources(telling: Telling) -> Iterable[Block]:
    """Every mark that was used: the figure, how it is reckoned, the day, and the rows counted."""
    yield Words(
        plain(
            "Each number in square brackets in this report points to a line of this table. The "
            "rows are the numbers of actions in the plan, or of what you asked."
        )
    )
    rows = []
    for key, (mark, text) in telling.used.items():
        if key in telling.tables:
            rule = telling.tables[key]
            on, counted = day(telling.facts.as_at), "The rows of the table"
        else:
            figure = telling.figures[key]
            rule, on, counted = figure.rule, figure.on, _rows(figure)
        rows.append(
            (
                cell(f"[{mark}]", names=True, anchor=mark),
                cell(text),
                cell(rule),
                cell(on),
                cell(counted),
            )
        )
    yield Grid(
        "Where each figure comes from",
        (
            Column("Mark", 9),
            Column("Figure", 20),
            Column("How it is reckoned", 31),
            Column("On, or from and to", 17),
            Column("Rows counted", 23),
        ),
        tuple(rows),
    )


def _rows(figure: Figure) -> str:
    if figure.key == "total":
        return "Every action of the plan" if figure.value else "None"
    if not figure.rows:
        return "None"
    if len(figure.rows) > _LISTED:
        return f"{len(figure.rows):,} actions, each of them in the table of the plan"
    return ", ".join(figure.rows)
