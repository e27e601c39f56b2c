"""How much of a file we are willing to read before we refuse it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The most that one file may ask of us; passing any of these is refused as unsafe."""

    file_bytes: int = 50_000_000
    pages: int = 500
    rows: int = 50_000
    cells: int = 500_000
