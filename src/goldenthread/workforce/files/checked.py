"""A workforce file that has been checked: its typed rows, and what was found and left out.

Nothing here prints a value: what a program shows of it by accident is counts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldenthread.workforce.files.contract import Contract
from goldenthread.workforce.files.faults import Finding
from goldenthread.workforce.files.headings import Heading, Headings, Layout


class Rows:
    """The rows that may be counted, typed; by row as dicts, or by column as lists.

    Names and types are those of the contract's ``gives``: days are ``date``, money is whole pence,
    hours and shares ``Decimal``, flags ``bool``, all else text; None where there is nothing.
    """

    def __init__(
        self, columns: Mapping[str, tuple[array[int] | None, Sequence[Any]]], rows: array[int]
    ) -> None:
        # Of each column the number of each row's value, None where all rows have the first.
        self._columns, self._rows = columns, rows

    @property
    def names(self) -> tuple[str, ...]:
        """What each row holds, in order."""
        return tuple(self._columns)

    def column(self, name: str) -> list[Any]:
        """The value of each row in one column; raises ``KeyError`` for another name."""
        codes, values = self._columns[name]
        if codes is None:
            return [values[0]] * len(self._rows)
        return [values[codes[row]] for row in self._rows]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        columns = tuple(self._columns.items())
        for row in self._rows:
            yield {
                name: values[0 if codes is None else codes[row]]
                for name, (codes, values) in columns
            }

    def __repr__(self) -> str:
        return f"<Rows: {len(self):,}>"


@dataclass(frozen=True)
class Note:
    """Something that was assumed or left out. ``asks`` where somebody should look at it."""

    code: str
    says: str
    asks: bool = False


@dataclass(frozen=True)
class Checked:
    """What a workforce file holds: the rows that go on, and why others do not.

    ``rows`` may be counted. ``quarantined`` rows break a rule that would make numbers wrong, and
    ``passed_over`` ones are further posts or repeats; ``findings`` say which and why. ``dropped``
    are the columns that no contract names. ``labels`` are the names of units and grades as first
    written, by how they are kept.

    ``asked_not_to`` is how many people asked not to be monitored, None where they are fewer than
    the threshold. They are in no other count. ``objectors`` are their numbers in small letters, so
    that they can be taken out of the companion files too; keep it nowhere.
    """

    file: str
    contract: Contract
    headings: Headings
    layout: Layout
    rows: Rows
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    quarantined: int = 0
    passed_over: int = 0
    asked_not_to: int | None = None
    sheet: str | None = None
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    objectors: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def dropped(self) -> tuple[Heading, ...]:
        """The columns that were not read, by their headings."""
        return self.headings.dropped

    @property
    def clean(self) -> bool:
        """Whether every row goes on and nothing asks for a look."""
        return not self.quarantined and not any(note.asks for note in self.notes)
