"""Cells of a table of figures that no spreadsheet takes for formulas.

The rule is that of OWASP ASVS 5, 1.2.10, which the plan's own writer of CSV follows too. This room
may not look up at it, so a test holds the two together.
"""

from __future__ import annotations

_SIGNS = tuple("=+-@＝＋－＠﹢﹣﹦﹫−")
_CONTROLS = tuple("\t\r\n\0\v\f")


def guard(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet might compute it.

    >>> guard("=1+1"), guard("Women")
    ("'=1+1", 'Women')
    """
    bare = text.lstrip("'")
    computes = bare.startswith(_CONTROLS) or bare.lstrip().startswith(_SIGNS)
    return f"'{text}" if computes else text
