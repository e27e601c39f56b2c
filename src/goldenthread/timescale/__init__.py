"""The language of *when*, as councils write it."""

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

__all__ = [
    "Assumption",
    "Found",
    "Kind",
    "Setting",
    "Status",
    "Timescale",
    "YearKind",
    "find",
    "from_json",
    "read",
    "status_of",
    "to_json",
]
