"""The fictional council, Brackenford: what the demo, the docs and the tests read.

All people, bodies and sentences are invented.
"""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

# The day on which the demonstration looks at the plan, so that it reads the same every day.
AS_AT = date(2026, 9, 30)


def example(name: str) -> Path:
    """The path of a file of the fictional council.

    >>> example("plan.docx").name
    'plan.docx'
    """
    return Path(str(resources.files(__name__).joinpath(name)))
