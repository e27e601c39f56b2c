"""What shows that a claim is true."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """Something that shows a claim is true: its name and, where it is on the web, its address."""

    title: str
    link: str = ""
