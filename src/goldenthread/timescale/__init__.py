"""The language of *when*, as councils write it.

From words to claims: ``words`` (the tables) and ``lexer`` make tokens; ``moments`` finds pieces of
calendar among them, ``calendar`` and ``placing`` give those their days, ``when`` adds what "by" and
"from … to" make of them; ``grammar`` reads a clause with one module of rules for each family
(``dates``, ``states``, ``moved``, ``repeats``, ``lengths``, ``events``); ``reading`` gives each
claim its words. ``meetings`` says when a council meets: its municipal year, and series of days.
"""

from goldenthread.timescale.meetings import (
    BY_MONTHS,
    BY_WEEKS,
    MunicipalYear,
    municipal_year,
    series,
)
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
    "BY_MONTHS",
    "BY_WEEKS",
    "Assumption",
    "Found",
    "Kind",
    "MunicipalYear",
    "Setting",
    "Status",
    "Timescale",
    "YearKind",
    "day",
    "financial_year",
    "find",
    "from_json",
    "in_words",
    "municipal_year",
    "quarter",
    "read",
    "series",
    "status_of",
    "to_json",
]
