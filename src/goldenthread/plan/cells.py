"""Cells that a spreadsheet cannot take for formulas: the one rule, and the one writer of CSV.

Source: OWASP Application Security Verification Standard 5, requirement 1.2.10, and OWASP "CSV
Injection": a cell that begins with = + - @, a tab, a line end or a null gets an apostrophe in
front. The wide forms of the four signs, which some spreadsheets fold, and signs behind blanks are
treated alike.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_SIGNS = tuple("=+-@＝＋－＠﹢﹣﹦﹫−")
_CONTROLS = tuple("\t\r\n\0\v\f")


def guard(text: str) -> str:
    """The text as a cell that no spreadsheet computes; :func:`unguard` gives it back.

    >>> guard("=1+1"), guard("Done"), guard("'=1")
    ("'=1+1", 'Done', "''=1")
    """
    return f"'{text}" if computes(text) else text


def unguard(cell: str) -> str:
    """The text that :func:`guard` was given.

    >>> unguard("'=1+1"), unguard("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and computes(cell[1:]) else cell


def computes(text: str) -> bool:
    """Whether a spreadsheet may take these words for a formula.

    >>> computes("=1+1"), computes("1+1")
    (True, False)
    """
    # Apostrophes in front are looked through, so that every guarded text can be told from others.
    bare = text.lstrip("'")
    inside = bare.lstrip()
    return bare.startswith(_CONTROLS) or inside.startswith(_SIGNS)


def write(rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV (RFC 4180): every cell guarded and quoted, lines ended by CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[guard(cell) for cell in row] for row in rows])
    return out.getvalue()


def read(text: str) -> list[list[str]]:
    """The rows that :func:`write` wrote, cell by cell as they were given."""
    return [[unguard(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
