"""The language of *when*, as councils write it.

From words to claims: ``words`` (the tables) and ``lexer`` make tokens; ``moments`` finds pieces of
calendar among them, ``calendar`` and ``placing`` give those their days, ``when`` adds what "by" and
"from … to" make of them; ``grammar`` reads a clause with one module of rules for each family
(``dates``, ``states``, ``moved``, ``repeats``, ``lengths``, ``events``); ``reading`` gives each
claim its words. Apart from words: ``period`` has the periods that come round and the days on which
a body asks what happened in one, ``meetings`` a council's municipal year and series of days.
"""

from goldenthread.timescale.meetings import (
    BY_MONTHS,
    BY_WEEKS,
    MunicipalYear,
    municipal_year,
    series,
)
from goldenthread.timescale.period import (
    LENGTHS,
    STANDARD,
    Period,
    Rhythm,
    Window,
    last_ended,
    period_of,
    read_period,
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
    "LENGTHS",
    "STANDARD",
    "Assumption",
    "Found",
    "Kind",
    "MunicipalYear",
    "Period",
    "Rhythm",
    "Setting",
    "Status",
    "Timescale",
    "Window",
    "YearKind",
    "day",
    "financial_year",
    "find",
    "from_json",
    "in_words",
    "last_ended",
    "municipal_year",
    "period_of",
    "quarter",
    "read",
    "read_period",
    "series",
    "status_of",
    "to_json",
]
