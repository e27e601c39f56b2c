"""How the table of every change says one of them."""

from dataclasses import dataclass
from types import FunctionType


@dataclass(frozen=True)
class Attempt:
    """How to make a change: its permission, the call, and where a role must reach for it.

    ``asked_of`` is "unit" (that of the thing), "body" (the whole council), "both"
    (that of the thing and another far from it) or "nothing".
    """

    permission: str
    make: FunctionType
    asked_of: str = "unit"
