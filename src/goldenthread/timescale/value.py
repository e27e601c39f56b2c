"""What a timescale says once it has been read: its words, their meaning, and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import msgspec

Kind = Literal[
    "date",
    "period",
    "ongoing",
    "recurring",
    "status",
    "event",
    "relative",
    "conditional",
    "unknown",
]
Status = Literal["not_started", "in_progress", "completed", "delayed", "on_hold", "withdrawn"]
YearKind = Literal["financial", "academic", "calendar"]


@dataclass(frozen=True)
class Assumption:
    """Something the words do not say that the reading had to suppose.

    ``code`` is one of year_inferred, convention, copied, ambiguous, unread; ``message`` is a
    sentence for a person.
    """

    code: str
    message: str


@dataclass(frozen=True)
class Timescale:
    """One claim about *when*, with the words that make it.

    ``end`` is the last day on which the thing would still be in time. ``precision`` is the unit
    that the words name (day, week, month, quarter, season, term, half_year, year, financial_year,
    academic_year, municipal_year, plan_year, phase). ``offset`` is an ISO 8601 duration counted
    from ``anchor``.
    """

    raw: str
    kind: Kind
    start: date | None = None
    end: date | None = None
    precision: str | None = None
    recurrence: str | None = None
    status: Status | None = None
    event: str | None = None
    offset: str | None = None
    anchor: str | None = None
    assumed: tuple[Assumption, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What a phrase alone cannot say, known from the document or the body that wrote it.

    ``year`` is the kind of year meant by "2022/23". ``plan_start`` and ``plan_end`` are the plan's
    own first and last day; years written "2023-2027" are counted from them. ``phases`` gives the
    last day of each named phase or horizon ("Phase 1", "Short term"). ``above`` is the reading in
    the row above in the same column, for "As above" and blank cells. ``in_year`` is the year that
    a heading prints for phrases without one (2024 for "2024/25"). ``academic_start`` is the month
    in which the academic year begins (9, or 8). ``annual_meetings`` are the days of the annual
    council meetings, between which municipal years run.
    """

    year: YearKind = "financial"
    plan_start: date | None = None
    plan_end: date | None = None
    phases: tuple[tuple[str, date], ...] = ()
    above: tuple[Timescale, ...] = ()
    in_year: int | None = None
    academic_start: int = 9
    annual_meetings: tuple[date, ...] = ()


def to_json(timescale: Timescale) -> dict[str, Any]:
    """The timescale as plain values: every field by its name, days in ISO form, None for nothing.

    >>> to_json(Timescale("Ongoing", "ongoing"))["kind"]
    'ongoing'
    """
    plain: dict[str, Any] = msgspec.to_builtins(timescale)
    plain["assumed"] = list(plain["assumed"])
    return plain


def from_json(plain: Mapping[str, Any]) -> Timescale:
    """The timescale that :func:`to_json` wrote, equal to it in every field.

    Raises ``msgspec.ValidationError`` (a ``ValueError``) where a value is of the wrong kind.

    >>> from_json(to_json(Timescale("Ongoing", "ongoing"))) == Timescale("Ongoing", "ongoing")
    True
    """
    return msgspec.convert(dict(plain), Timescale)
