"""What a form sends that would be taken: who sends it, of what thing, and its fields."""

from dataclasses import dataclass, field

from django.utils import timezone

TODAY = timezone.localdate()


def day(name, value=TODAY):
    return {f"{name}-{part}": getattr(value, part) for part in ("day", "month", "year")}


@dataclass(frozen=True)
class Sending:
    """A sending that would be taken: who sends it, of what thing, and its fields.

    ``typed`` are the fields in which somebody writes words.
    """

    make: object
    typed: tuple[str, ...]
    by: str = "manager"
    fields: dict = field(default_factory=dict)
