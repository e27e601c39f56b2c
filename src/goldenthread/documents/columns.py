"""Which column of a plan's table holds what: read from the headings, with the cells' own help.

Headings lead. What stands in a column may settle a heading that means different things in
different councils ("Target", "Outcome", "Date") but never makes a plan of a table by itself.
The phrases are those of forty-four published plans and near variants of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from goldenthread import timescale
from goldenthread.documents.numbers import is_number
from goldenthread.intake import Cell, Table
from goldenthread.plan.wording import fold

Role = Literal[
    "number",
    "theme",
    "recommendation",
    "rationale",
    "action",
    "lead",
    "supporting",
    "timescale",
    "start",
    "end",
    "measure",
    "status",
    "update",
    "evidence",
    "response",
    "other",
]


def _phrases(words: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in words.split(","))


# What each kind of column is called. A heading that is one of these phrases is sure; a heading
# that contains one is nearly so, and the longer and earlier phrase wins.
PHRASES: Mapping[Role, tuple[str, ...]] = {
    "number": _phrases("""
        no, number, nr, ref, ref no, reference, target reference, item, item no, action
        no, action number, action ref, rec no, recommendation no, recommendation number,
        objective no, id, indicator, wres metric, metric
    """),
    "theme": _phrases("""
        theme, strand, workstream, pillar, priority area, area, category, protected
        characteristic, protected characteristics, section
    """),
    "recommendation": _phrases("""
        recommendation, recommendations, original recommendation, peer team suggestion,
        objective, objectives, equality objective, objective area, aim, 5 year aim,
        goal, principle, priority, commitment, key area, action area, area for
        improvement, area specific task, item issue, issue, equalityduty, equality duty,
        what we want to achieve, what we want to do, finding, ambition, what the review
        team told us, told us, review team, what the review said, what you said, you
        said, promise, pledge
    """),
    "rationale": _phrases("""
        rationale, issue identified, issues identified, why this is an important issue,
        why, background, reason, context, evidence base
    """),
    "action": _phrases("""
        action, actions, key action, key actions, detailed action, detailed actions,
        action required, action measure, action development, planned action, planned
        actions, steps, next steps, step, task, tasks, activity, activities, what we
        will do, what we are going to do, what will we do, how we intend to do it, how
        we will do it, how will we do it, how we will achieve, we will, what needs to be
        done, what will be done, our response, deliverable, deliverables, key outputs
        and milestones, intervention, initiative, we did, actions to be taken, proposed
        action
    """),
    "lead": _phrases("""
        lead, leads, lead officer, lead responsible, lead responsibility, owner, action
        owner, responsible officer, responsible, responsibility, who, who is
        responsible, who will do it, who is going to do it, by whom, whom, person
        responsible, team responsible, accountable, accountable people, accountability,
        accountable officer, action by, actionee, sponsor, officer, senior management
        responsible, lead director, directorate lead, owned by, led by, delivery lead,
        service, assigned to, implementation
    """),
    "supporting": _phrases("""
        other supporting actors, supporting, supported by, support, partners, supporting
        officers, contributors, oversight, other leads, working with
    """),
    "timescale": _phrases("""
        timescale, timescales, timeframe, time frame, timetable, timeline, timing, when,
        by when, target date, target dates, due, due date, due by, deadline, delivery
        date, completion date, date for completion, completion year, date due, date,
        dates, target, targets, milestone, milestones, complete by, target completion,
        milestone date, end of, start end date, start and end date
    """),
    "start": _phrases("""
        start, start date, from, begins, starting, commence, commencement
    """),
    "end": _phrases("""
        end, end date, finish, to, ends, finish date, complete
    """),
    "measure": _phrases("""
        measure, measures, success measure, success measures, measure of success,
        measures of success, success criteria, success criterion, success, what success
        will look like, what success looks like, what good looks like, how we will know,
        how will we know, how we will know it worked, how we will know we have done it,
        key performance indicator, key performance indicators, performance indicator,
        performance measure, kpi, kpis, indicator measure, outcome, outcomes, expected
        outcome, expected outcomes, intended outcome, desired outcome, outcomes targets,
        impact, outputs, result, evidence of success, what will be different, what will
        change
    """),
    "status": _phrases("""
        status, rag, brag, rag rating, brag rating, rag status, brag status, current
        status, rating, colour, r a g, complete y n, percent complete
    """),
    "update": _phrases("""
        update, updates, progress, progress update, latest update, position, current
        position, where we are, whats happened, what has happened, comment, comments,
        commentary, notes, progress to date, progress so far, latest, achievements,
        actions since last award
    """),
    "evidence": _phrases("""
        evidence, evidence of completion, proof
    """),
    "response": _phrases("""
        response, council response, high level response, management response, accepted,
        accept reject
    """),
    "other": _phrases("""
        links to strategy, resources, cost, budget, links, risk, priority h m l
    """),
}

_EXACT = {fold(phrase): role for role, phrases in PHRASES.items() for phrase in phrases}
_CORE: frozenset[Role] = frozenset({"action", "recommendation"})
_COMPANIONS: frozenset[Role] = frozenset(
    {"lead", "timescale", "start", "end", "measure", "status", "update", "number", "supporting"}
)
_HEADER_ROWS_LOOKED_AT = 12
_LONGEST_HEADING = 90


@dataclass(frozen=True)
class Layout:
    """How a table is to be read.

    ``roles`` gives each column's role (columns count from 1; a column without one is not in it).
    ``headings`` keeps the words above each column. The plan's rows are those from ``first_row``
    (an index into the table's rows) on.
    """

    roles: Mapping[int, Role]
    headings: Mapping[int, str]
    first_row: int
    width: int

    def columns(self, *roles: Role) -> tuple[int, ...]:
        """The columns that have one of these roles, left to right."""
        return tuple(column for column, role in sorted(self.roles.items()) if role in roles)

    def ignored(self) -> tuple[tuple[int, str], ...]:
        """Columns that have a heading and no role that a plan can hold."""
        return tuple(
            (column, words)
            for column, words in sorted(self.headings.items())
            if words and self.roles.get(column, "other") == "other"
        )


def heading_role(words: str) -> Role | None:
    """What a heading says its column holds; None when it says nothing that we know.

    >>> heading_role("Lead SLT Officer / Comments")
    'lead'
    >>> heading_role("Comment/Key Action")
    'action'
    >>> heading_role("Colour of the cover") is None
    False
    >>> heading_role("Telephone") is None
    True
    """
    folded = fold(words.replace("#", " number "))
    if folded in _EXACT:
        return _EXACT[folded]
    if not folded or len(folded) > _LONGEST_HEADING:
        return None
    tokens = folded.split()
    best: tuple[int, Role] | None = None
    for role, phrases in PHRASES.items():
        for phrase in phrases:
            parts = phrase.split()
            position = _position(parts, tokens)
            if position is None:
                continue
            score = 10 * len(parts) - position
            if best is None or score > best[0]:
                best = (score, role)
    return best[1] if best else None


def _position(parts: Sequence[str], tokens: Sequence[str]) -> int | None:
    """Where ``parts`` stand as whole words in ``tokens``; None when they do not.

    The shortest words ("to", "no", "who") mean nothing in the middle of a longer heading.
    """
    if len(parts) == 1 and len(parts[0]) <= 4 and parts[0] in ("to", "from", "end", "no", "why"):
        return 0 if tokens[0] == parts[0] and len(tokens) <= 2 else None
    for index in range(len(tokens) - len(parts) + 1):
        if tokens[index : index + len(parts)] == list(parts):
            return index
    return None


def recognise(table: Table, grid: Sequence[Sequence[Cell | None]]) -> Layout | None:
    """The layout of a plan's table, or None when its headings are not those of a plan.

    A plan's table names actions or recommendations, and at least one thing about them.
    """
    best: tuple[tuple[int, int], Layout] | None = None
    for index in range(min(_HEADER_ROWS_LOOKED_AT, len(grid))):
        layout = _layout_at(table, grid, index)
        if layout is None:
            continue
        known = {role for role in layout.roles.values() if role != "other"}
        declared = 1 if table.rows[index].header else 0
        score = (len(known) + declared, -index)
        if best is None or score > best[0]:
            best = (score, layout)
    return best[1] if best else None


def _layout_at(table: Table, grid: Sequence[Sequence[Cell | None]], index: int) -> Layout | None:
    """The layout that follows from taking row ``index``, and perhaps the next, as the header."""
    cells = {id(cell): cell for cell in grid[index] if cell is not None}
    if len(cells) < 2 or any(len(cell.text) > 2 * _LONGEST_HEADING for cell in cells.values()):
        return None
    depth = _header_depth(table, grid, index)
    roles: dict[int, Role] = {}
    headings: dict[int, str] = {}
    for column in range(table.width):
        above = grid[index][column]
        below = grid[index + depth - 1][column] if depth > 1 else None
        upper = above.text if above else ""
        lower = below.text if below is not None and below is not above else ""
        headings[column + 1] = " ".join(f"{upper} {lower}".split())
        role = _column_role(upper, lower)
        if role:
            roles[column + 1] = role
    if not _is_plan(set(roles.values())):
        return None
    first = index + depth
    roles = _settle(roles, headings, grid, first)
    return Layout(roles, headings, first, table.width) if _is_plan(set(roles.values())) else None


def _is_plan(roles: set[Role]) -> bool:
    return bool(roles & _CORE) and len(roles & (_CORE | _COMPANIONS)) >= 2


def _column_role(upper: str, lower: str) -> Role | None:
    """The role of a column that has a heading and perhaps a second one under it."""
    parent, child = heading_role(upper), heading_role(lower) if lower else None
    if child in ("start", "end"):
        return child
    if parent == "timescale" and child == "timescale":
        return child
    if parent in ("lead", "supporting") and child in ("lead", "supporting"):
        return child
    return parent or child


def _header_depth(table: Table, grid: Sequence[Sequence[Cell | None]], index: int) -> int:
    """1, or 2 where one heading stands over two columns that have headings of their own."""
    if index + 1 >= len(grid):
        return 1
    wide = [
        cell
        for cell in table.rows[index].cells
        if 1 < cell.column_span < table.width and cell.row_span == 1
    ]
    for cell in wide:
        under = {
            id(c): c
            for c in grid[index + 1][cell.column - 1 : cell.column - 1 + cell.column_span]
            if c is not None
        }
        if len(under) > 1 and all(heading_role(c.text) for c in under.values() if c.text):
            return 2
    return 2 if any(cell.row_span == 2 for cell in table.rows[index].cells) and wide else 1


def _settle(
    roles: dict[int, Role],
    headings: Mapping[int, str],
    grid: Sequence[Sequence[Cell | None]],
    first: int,
) -> dict[int, Role]:
    """Let the cells decide where a heading means different things in different plans."""
    settled = dict(roles)

    def texts(column: int) -> list[str]:
        seen: dict[int, str] = {}
        for row in grid[first : first + 60]:
            cell = row[column - 1]
            if cell is not None and cell.text:
                seen[id(cell)] = cell.text
        return list(seen.values())

    if 1 not in settled and not headings[1]:
        below = texts(1)
        if below and sum(map(is_number, below)) * 2 > len(below):
            settled[1] = "number"
    taken = list(settled.values())
    for column, role in roles.items():
        words = fold(headings[column])
        if words in ("target", "targets", "milestone", "milestones"):
            settled[column] = "timescale" if _mostly_dates(texts(column)) else "measure"
        elif role == "update" and "status" not in taken and _mostly_status(texts(column)):
            settled[column] = "status"
        elif role == "number" and fold(headings[column]) in ("item", "indicator", "metric"):
            if any(len(text.split()) > 6 for text in texts(column)):
                settled[column] = "recommendation"
        elif role == "lead" and "action" not in taken and "recommendation" not in taken:
            settled[column] = "action"
    if "action" not in settled.values():
        # An objective with its own lead and date is what the body will do.
        doing = [c for c, r in sorted(settled.items()) if r == "recommendation"]
        if len(doing) > 1:
            settled[doing[-1]] = "action"
        elif doing:
            settled[doing[0]] = "action"
    return settled


def _mostly_dates(texts: Sequence[str]) -> bool:
    read = [timescale.read(text)[0].kind != "unknown" for text in texts if len(text) < 80]
    return bool(texts) and sum(read) * 2 > len(texts)


def _mostly_status(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(
        timescale.status_of(text) is not None and len(text.split()) <= 3 for text in texts
    ) * 2 > len(texts)
