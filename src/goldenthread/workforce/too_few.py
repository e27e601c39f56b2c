"""“Not enough to say” is an answer of its own, and never a number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TooFew:
    """That a figure is not given, and why, in words that name no number of people.

    ``marker`` is what a table shows instead: ``[c]`` where the figure is withheld because few
    people stand behind it, ``[x]`` where there is nothing to reckon it from. ``least`` is how many
    there have to be, where that is the reason.

    Source: the shorthand of the Government Statistical Service,
    https://gss.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help/

    >>> print(TooFew("Fewer than 10 people are on one side.", least=10))
    Not enough to say. Fewer than 10 people are on one side.
    """

    why: str
    least: int | None = None
    marker: str = "[c]"

    @property
    def sentence(self) -> str:
        """The same, as a sentence."""
        return f"Not enough to say. {self.why}"

    def __str__(self) -> str:
        return self.sentence
