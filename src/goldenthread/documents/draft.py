"""What reading a document gives: a draft plan, where it came from, and what is left to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goldenthread.documents.printed import PrintedRow
from goldenthread.errors import Place
from goldenthread.plan import Plan

DateBasis = Literal["printed", "meeting", "inferred", "given", "none"]


@dataclass(frozen=True)
class ReadingWarning:
    """Something that a person should know before trusting the draft, and where it is.

    ``code`` is stable: those of intake's ``LeftOut``, or alignment, year_inferred, convention,
    empty_timescale, unread_timescale, unread_table, unread_column, unread_words, unread_text,
    dropped_row, joined_row, lead_from_text, timescale_from_text, habit, habit_overruled (the
    document's own key was believed instead), usual_colour (it has no key) or no_date.
    """

    code: str
    message: str
    place: Place = Place()


@dataclass(frozen=True)
class PlanDraft:
    """A plan as read from a document: nothing is settled until a person has looked.

    ``document_date_basis`` says how the document's date is known; ``printed`` holds the cells
    of each recommendation, by its place, where it stands in a table.
    """

    plan: Plan
    file: str
    format: str
    sha256: str
    document_date_basis: DateBasis
    warnings: tuple[ReadingWarning, ...] = ()
    printed: tuple[PrintedRow, ...] = ()
