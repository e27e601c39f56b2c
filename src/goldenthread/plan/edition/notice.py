"""What stands in the place of an edition that was taken down: that it was, when, by whom and why.

Nothing of the edition's content is in it. As JSON it is ``goldenthread.taken-down/1``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from goldenthread.errors import Unreadable

NOTICE_SCHEMA = "goldenthread.taken-down/1"


@dataclass(frozen=True)
class TakenDown:
    """That an edition is not shown to the public any more, or not while it is checked.

    ``on`` is the day since when it is hidden. While it is being checked it is hidden ``until`` a
    moment at the latest, and ``reason`` is empty: nobody but the person who asked has read it yet.
    ``two_people`` is false where the body lets one person decide alone.

    >>> notice = TakenDown("Brackenford", "Race plan", 2, date(2026, 6, 30), date(2026, 7, 14),
    ...     date(2026, 8, 3), "It held words that pointed at one person.")
    >>> notice.being_checked
    False
    """

    body: str
    plan: str
    number: int
    as_at: date
    published_on: date
    on: date
    reason: str = ""
    unit: str = ""
    two_people: bool = True
    until: datetime | None = None

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("An edition's number begins at 1.")
        if not self.reason and self.until is None:
            raise ValueError("An edition that was taken down has a reason.")

    @property
    def being_checked(self) -> bool:
        """Whether it may come back: nobody has decided yet."""
        return self.until is not None


def notice_to_json(notice: TakenDown) -> dict[str, Any]:
    """The notice as plain values ready for JSON, days and moments in ISO form."""
    plain: dict[str, Any] = {"schema": NOTICE_SCHEMA, **msgspec.to_builtins(notice)}
    return plain


def notice_from_json(plain: Mapping[str, Any]) -> TakenDown:
    """The notice that :func:`notice_to_json` wrote. Raises Unreadable where it is none.

    >>> notice_from_json({"schema": "goldenthread.edition/1"})
    Traceback (most recent call last):
    ...
    goldenthread.errors.Unreadable: This is not the notice of an edition that was taken down. \
Save what the edition's address answers as plan.json.
    """
    if not isinstance(plain, Mapping) or plain.get("schema") != NOTICE_SCHEMA:
        raise Unreadable(
            "This is not the notice of an edition that was taken down.",
            do="Save what the edition's address answers as plan.json.",
        )
    try:
        return msgspec.convert(dict(plain), TakenDown)
    except msgspec.ValidationError as wrong:
        raise Unreadable(
            f"The notice is not whole: {wrong}.".replace("..", "."),
            do="Save what the edition's address answers as plan.json.",
        ) from wrong
