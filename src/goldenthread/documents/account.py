"""An account of every word in a plan's table: it is in the draft, or a warning counts it.

Whatever the rules do to a table, this looks at the cells again afterwards. So a rule that loses a
word is found out in the document at hand and told to the person who reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from goldenthread.documents.columns import Layout
from goldenthread.documents.contents import is_tick
from goldenthread.documents.draft import ReadingWarning
from goldenthread.documents.headings import Role
from goldenthread.documents.keys import is_mark
from goldenthread.documents.records import Record
from goldenthread.errors import Place
from goldenthread.intake import Cell, Table
from goldenthread.plan import Recommendation
from goldenthread.plan.lead_words import NOBODY
from goldenthread.plan.wording import fold

# Words that number what follows ("Recommendation 4"), and words that join or label leads.
_NUMBERED = frozenset(
    """
    recommendation objective action aim priority commitment theme principle goal step indicator
    metric outcome ambition pledge rec no
    """.split()  # noqa: SIM905
)
_OF_LEADS = frozenset(
    """
    lead support supporting supported by with and the our as above ditto same in to of for from
    chaired led via through together along working assisted accountable responsible owner sponsor
    officer oversight service implementation others partners contributors consulted also
    """.split()  # noqa: SIM905
)
_OF_TIMES = frozenset("as above ditto same start end date".split())  # noqa: SIM905


@dataclass
class Account:
    """The draft's words by the row they were read from, those of its titles, and rows left out."""

    held: dict[Place, list[set[str]]] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    dropped: set[Place] = field(default_factory=set)

    def add(self, record: Record, recommendation: Recommendation) -> None:
        """Enter what was read from a record under every row that it came from."""
        words = set(_words(_texts(recommendation)))
        title = (recommendation.number or "", recommendation.text, recommendation.theme or "")
        self.titles.update(_words(title))
        for line in record.lines:
            shares = self.held.setdefault(line.home, [])
            if not shares or shares[-1] is not words:
                shares.append(words)


def unread_words(
    table: Table,
    grid: Sequence[Sequence[Cell | None]],
    layout: Layout,
    account: Account,
) -> list[ReadingWarning]:
    """A warning for every cell with words that the draft does not hold, with their number.

    Columns that hold nothing of a plan and rows left out have warnings of their own.
    """
    unread_columns = {column for column, _ in layout.ignored()}
    header = [[fold(c.text) if c else "" for c in row] for row in grid[: layout.first_row]]
    titles = account.titles
    warnings = []
    for index in range(layout.first_row, len(table.rows)):
        row = table.rows[index]
        if (
            row.place in account.dropped
            or [fold(c.text) if c else "" for c in grid[index]] in header
        ):
            continue
        for cell in row.cells:
            if cell.column in unread_columns or not cell.text:
                continue
            if _says_nothing(cell.text, is_read_as_mark(cell.column, layout)):
                continue
            covered = table.rows[index : index + cell.row_span]
            known = [words for r in covered for words in account.held.get(r.place, ())]
            labels = _labels(layout.roles.get(cell.column))
            lost = [
                word
                for word in _words((cell.text,))
                if word not in labels and not any(word in words for words in known or [titles])
            ]
            if lost:
                count = len(lost)
                warnings.append(
                    ReadingWarning(
                        "unread_words",
                        f"{count} word{'s' if count != 1 else ''} of this cell "
                        f"{'are' if count != 1 else 'is'} not in what was read: "
                        f"{_shown(lost)}.",
                        row.place.at(column=cell.column),
                    )
                )
    return warnings


def _labels(role: Role | None) -> frozenset[str]:
    """The words that may stand in a column without being part of what it says."""
    if role in ("lead", "supporting"):
        return _OF_LEADS
    return _OF_TIMES if role in ("timescale", "start", "end") else _NUMBERED


def _shown(lost: Sequence[str]) -> str:
    first = "“" + " ".join(lost[:12]) + "”"
    return first if len(lost) <= 12 else f"{first} and {len(lost) - 12} more"


def is_read_as_mark(column: int, layout: Layout) -> bool:
    """Whether marks in a column are read for what they mean."""
    return column in layout.times or layout.roles.get(column) == "status"


def _says_nothing(text: str, marks_are_read: bool) -> bool:
    """Whether a cell only holds a place for words, or a mark whose meaning was read."""
    if text.strip().casefold() in NOBODY:
        return True
    return marks_are_read and (is_tick(text) or is_mark(text))


def _words(texts: Iterable[str]) -> list[str]:
    return [word.rstrip(".,") for text in texts for word in fold(text).split()]


def _texts(recommendation: Recommendation) -> Iterator[str]:
    yield recommendation.text
    yield recommendation.number or ""
    yield recommendation.theme or ""
    if recommendation.response is not None:
        yield recommendation.response.text
    for action in recommendation.actions:
        yield action.text
        yield action.number or ""
        yield action.status_text or ""
        for lead in action.leads:
            yield from (lead.text, lead.person or "", lead.full or "", lead.remark or "")
        for reading in action.timescales:
            yield reading.raw
        yield from (measure.text for measure in action.measures)
        yield from (update.text for update in action.updates)
        yield from action.evidence
