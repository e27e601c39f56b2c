"""The language of *when*, as councils write it.

From words to claims: ``words`` (the tables) and ``lexer`` make tokens; ``moments`` finds pieces of
calendar among them, ``calendar`` and ``placing`` give those their days, ``when`` adds what "by" and
"from … to" make of them; ``grammar`` reads a clause with one module of rules for each family
(``dates``, ``states``, ``moved``, ``repeats``, ``lengths``, ``events``); ``reading`` gives each
claim its words. ``periods`` are the whole months, quarters and years by which figures are counted.
"""

from goldenthread.timescale.periods import LENGTHS, Period, last_ended, period_of, read_period
from goldenthread.timescale.reading import Found, find, read, status_of
from goldenthread.timescale.value import (
    Assumption,
    Kind,
    Setting,
    Status,
    Timescale,
    YearKind,
    from_json,
    to_json,
)
from goldenthread.timescale.wording import day, financial_year, in_words, quarter

__all__ = [
    "LENGTHS",
    "Assumption",
    "Found",
    "Kind",
    "Period",
    "Setting",
    "Status",
    "Timescale",
    "YearKind",
    "day",
    "financial_year",
    "find",
    "from_json",
    "in_words",
    "last_ended",
    "period_of",
    "quarter",
    "read",
    "read_period",
    "status_of",
    "to_json",
]
