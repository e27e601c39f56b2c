"""What the cells say of their columns, where a heading means different things in different plans.

"Target", "Outcome" and "Date" are settled by what stands under them, and so is which of several
columns of aims is the theme, which is answered and which answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldenthread.documents import contents
from goldenthread.documents.headings import Role
from goldenthread.documents.numbers import is_number
from goldenthread.intake import Cell
from goldenthread.plan.wording import fold

CORE: frozenset[Role] = frozenset({"action", "recommendation"})
_ROWS_LOOKED_AT = 60

# Headings that say what for, never what is done.
_AIMS = frozenset("aim aims goal goals ambition outcome outcomes".split())  # noqa: SIM905

_ASKED = frozenset(
    "recommendation recommendations objective objectives commitment commitments priority".split()  # noqa: SIM905
)


class Body:
    """The words of each column under the header, each cell once, as far as one looks."""

    def __init__(self, grid: Sequence[Sequence[Cell | None]], first: int) -> None:
        self._rows = grid[first : first + _ROWS_LOOKED_AT]
        self._known: dict[int, list[str]] = {}

    def texts(self, column: int) -> list[str]:
        """The words of each cell of a column (counted from 1) that holds any."""
        if column not in self._known:
            seen: dict[int, str] = {}
            for row in self._rows:
                cell = row[column - 1] if column <= len(row) else None
                if cell is not None and cell.text and cell.column_span < max(2, len(row) - 1):
                    seen[id(cell)] = cell.text
            self._known[column] = list(seen.values())
        return self._known[column]

    def filled(self, column: int) -> int:
        """How many cells of a column are coloured."""
        cells = {id(row[column - 1]): row[column - 1] for row in self._rows if column <= len(row)}
        return sum(1 for cell in cells.values() if cell is not None and cell.fill)

    def merged(self, column: int) -> bool:
        """Whether most cells of a column go over several rows."""
        cells = {id(row[column - 1]): row[column - 1] for row in self._rows if column <= len(row)}
        filled = [cell for cell in cells.values() if cell is not None and cell.text]
        return bool(filled) and sum(cell.row_span > 1 for cell in filled) * 2 >= len(filled)

    def lines(self, column: int) -> list[str]:
        """The printed lines of a column's cells."""
        return [line for text in self.texts(column) for line in text.split("\n")]

    def spans(self, left: int, right: int) -> bool:
        """Whether cells of one column stand beside several cells of another, or are repeated."""
        pairs = [
            (id(a), a.text, id(b))
            for row in self._rows
            if (a := row[left - 1]) is not None and (b := row[right - 1]) is not None and b.text
        ]
        words = {text for _, text, _ in pairs}
        return bool(words) and len(words) < len({b for *_, b in pairs})


def matrix(times: dict[int, str], body: Body) -> tuple[dict[int, str], bool]:
    """The columns of a matrix, and whether they only tick; no columns where it is none.

    Figures under years are data, and one dated column is a column like any other.
    """
    times = {column: words for column, words in times.items() if column > 1}
    if len(times) < 2:
        return {}, False
    texts = [text for column in times for text in body.texts(column)]
    if contents.mostly(texts, contents.is_figure):
        return {}, False
    if contents.mostly(texts, contents.is_tick):
        return times, True
    if not texts:
        return (times, True) if any(body.filled(column) for column in times) else ({}, False)
    steps = contents.mostly(texts, lambda text: len(text.split()) > 1)
    return (times, False) if steps else ({}, False)


def steps_answer_actions(roles: dict[int, Role]) -> None:
    """In a matrix of steps, what is called an action is what the steps answer."""
    actions = [column for column, role in roles.items() if role == "action"]
    if not actions:
        return
    for column, role in list(roles.items()):
        if role == "recommendation":
            roles[column] = "theme"
    roles[actions[0]] = "recommendation"
    for column in actions[1:]:
        roles[column] = "other"


def settle(
    roles: Mapping[int, Role],
    headings: Mapping[int, str],
    body: Body,
    times: Mapping[int, str],
) -> dict[int, Role]:
    """Let the cells decide where a heading means different things in different plans.

    Columns under one heading are one: the first is settled and the others follow it.
    """
    follows = {
        column: column - 1
        for column in roles
        if headings.get(column) and headings.get(column) == headings.get(column - 1)
    }
    settled = {column: role for column, role in roles.items() if column not in follows}
    roles = dict(settled)
    _settle_number(settled, headings, body)
    for column, role in roles.items():
        words = fold(headings[column])
        if words in ("target", "targets", "milestone", "milestones"):
            settled[column] = _target(settled, column, body)
        elif words in ("outcome", "outcomes") and _before_actions(settled, column):
            settled[column] = "recommendation"
        elif words in ("measure", "measures", "outputs", "output") and not _has(
            settled, "action", "recommendation"
        ):
            settled[column] = "action"
        elif role == "update" and not _has(settled, "status") and len(body.texts(column)) > 1:
            if contents.mostly(body.texts(column), contents.is_status):
                settled[column] = "status"
        elif role == "status" and contents.mostly(body.texts(column), _is_report):
            settled[column] = "update"
        elif role == "number" and words in ("item", "indicator", "metric", "ref", "reference"):
            if contents.mostly(body.texts(column), lambda text: len(text.split()) > 6):
                settled[column] = "recommendation"
        elif role == "lead" and not _has(settled, "action") and _is_action_column(column, body):
            settled[column] = "action"
        elif role == "action" and _has_another(settled, "action", column):
            lines = body.lines(column)
            if contents.mostly(lines, contents.is_lead) and not _has(settled, "lead"):
                settled[column] = "lead"
            elif words.startswith("next step"):
                settled[column] = "update"
        elif words in ("outcome", "outcomes") and _is_merged_over_actions(settled, column, body):
            settled[column] = "recommendation"
    _settle_aims_aside(settled, headings, body)
    _settle_nameless(settled, headings, body, times)
    _settle_hierarchy(settled, headings, body, times)
    _settle_dates(settled, headings)
    for column, first in sorted(follows.items()):
        if first in settled:
            settled[column] = settled[first]
    return settled


def _settle_aims_aside(settled: dict[int, Role], headings: Mapping[int, str], body: Body) -> None:
    """An aim, often a note beside the objective, is what is answered where nothing else is."""
    actions = [column for column, role in settled.items() if role == "action"]
    if not actions or _has(settled, "recommendation", "theme"):
        return
    for column, role in sorted(settled.items()):
        worded = contents.mostly(body.texts(column), lambda text: len(text.split()) > 1)
        if role == "other" and column < actions[0] and worded and _AIM & _tokens(headings, column):
            settled[column] = "recommendation"
            return


_AIM = frozenset(("aim", "aims", "objective", "goal"))


def _tokens(headings: Mapping[int, str], column: int) -> set[str]:
    return set(fold(headings[column]).split())


def _settle_number(settled: dict[int, Role], headings: Mapping[int, str], body: Body) -> None:
    """A column without a name that holds numbers."""
    for column in sorted(headings):
        nameless = column not in settled and not headings[column]
        if not nameless or _has(settled, "number"):
            continue
        if contents.mostly(body.texts(column), is_number):
            settled[column] = "number"


def _target(settled: Mapping[int, Role], column: int, body: Body) -> Role:
    """What "Target" and "Milestone" mean here: a day, a thing to do, or how one will know."""
    if contents.mostly(body.texts(column), contents.is_time):
        return "timescale"
    others = {role for c, role in settled.items() if c != column}
    return "measure" if others & CORE else "action"


def _before_actions(settled: Mapping[int, Role], column: int) -> bool:
    """Whether a column stands left of the actions, and nothing else is what they answer."""
    actions = [c for c, role in settled.items() if role == "action"]
    return bool(actions) and column < min(actions) and not _has(settled, "recommendation")


def _is_merged_over_actions(settled: Mapping[int, Role], column: int, body: Body) -> bool:
    """Whether a column's cells each stand beside several actions that nothing else joins."""
    actions = [c for c, role in settled.items() if role == "action"]
    if not actions or _has(settled, "recommendation", "theme"):
        return False
    return body.merged(column) and body.spans(column, actions[0])


def _is_action_column(column: int, body: Body) -> bool:
    """Whether a column that is called a responsibility holds what is to be done."""
    lines = body.lines(column)
    return contents.mostly(lines, contents.is_sentence)


def _is_report(text: str) -> bool:
    return len(text.split()) > 12


def _has(settled: Mapping[int, Role], *roles: Role) -> bool:
    return any(role in roles for role in settled.values())


def _has_another(settled: Mapping[int, Role], role: Role, column: int) -> bool:
    return any(r == role for c, r in settled.items() if c != column)


def _settle_nameless(
    settled: dict[int, Role],
    headings: Mapping[int, str],
    body: Body,
    times: Mapping[int, str],
) -> None:
    """The first column with sentences in it and a heading that says nothing, or no heading.

    In a matrix it names the work; in another table it is what the actions beside it answer.
    """
    if _has(settled, "recommendation", "theme"):
        return
    if not times and not _has(settled, "action"):
        return
    for column in sorted(headings):
        if column in settled or column in times:
            continue
        nameless = not headings[column] or times
        if nameless and body.texts(column) and not contents.mostly(body.texts(column), is_number):
            settled[column] = "recommendation"
        return


def _settle_hierarchy(
    settled: dict[int, Role],
    headings: Mapping[int, str],
    body: Body,
    times: Mapping[int, str],
) -> None:
    """Which of several columns of aims is the theme, which is answered and which answers."""
    actions = [c for c, r in sorted(settled.items()) if r == "action"]
    wanted = [c for c, r in sorted(settled.items()) if r == "recommendation"]
    answered = _has(settled, "lead", "timescale", "start", "end", "status")
    if wanted and not actions and not times and (len(wanted) > 1 or answered):
        # An objective with its own lead or date is what the body will do.
        doing = [c for c in wanted if not _AIMS & set(fold(headings[c]).split())] or wanted
        for column in wanted:
            if column > doing[-1]:
                settled[column] = "rationale"
        settled[doing[-1]] = "action"
        actions, wanted = [doing[-1]], [c for c in wanted if c < doing[-1]]
    if len(actions) > 1 and not wanted:
        settled[actions[0]] = "recommendation"
        wanted, actions = [actions[0]], actions[1:]
    if len(wanted) > 1 and _outranks(headings[wanted[0]], headings[wanted[-1]]):
        # What the review asked stands before what others suggested, found or said of it.
        for column in wanted[1:]:
            settled[column] = "rationale"
    elif len(wanted) > 1:
        last = wanted[-1]
        for column in wanted[:-1]:
            over = body.spans(column, last)
            settled[column] = "theme" if over and not _has(settled, "theme") else "rationale"
        if all(settled[column] == "rationale" for column in wanted[:-1]):
            # Nothing stands over anything: the first is what was asked, the others say why.
            settled[wanted[0]], settled[last] = "recommendation", "rationale"
    themes = [c for c, r in sorted(settled.items()) if r == "theme"]
    if themes and not _has(settled, "recommendation"):
        left = [c for c in themes if not actions or c < actions[0]]
        if left:
            settled[left[-1]] = "recommendation"
        for column in themes:
            if column not in left:
                settled[column] = "other"
    elif themes and wanted:
        for column in themes:
            if column > wanted[-1] and not body.spans(column, wanted[-1]):
                settled[column] = "other"


def _outranks(first: str, second: str) -> bool:
    """Whether of two headings only the first says that it holds what is answered."""
    return bool(_ASKED & set(fold(first).split())) and not _ASKED & set(fold(second).split())


def _settle_dates(settled: dict[int, Role], headings: Mapping[int, str]) -> None:
    """Of several date columns, a bare "Date" beside a named one is when the row was written."""
    dates = [c for c, r in settled.items() if r == "timescale"]
    named = [c for c in dates if fold(headings[c]) not in ("date", "dates")]
    if named and len(named) < len(dates):
        for column in dates:
            if column not in named:
                settled[column] = "other"
