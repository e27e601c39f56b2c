"""What has been confirmed of the body's own documents: its words, and what they mean."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from goldenthread.web.models.people import Person, Unit
from goldenthread.web.models.public_id import Thing
from goldenthread.web.models.release import Draft

ABOUT = ("column", "lead", "status", "colour")


class Habit(Thing):
    """One habit of the documents of a unit and of all below it; what ends is kept.

    ``words`` are as printed and ``folded`` the same without case and punctuation. ``about`` says
    whether they are a heading, a name, a status word or a colour, and ``meaning`` what they mean;
    ``full`` is the name that a short form stands for. ``origin`` is where it was confirmed: by
    hand, in a ``draft``, or in a profile that was brought in. A change ends one row and begins the
    next.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="habits")
    about = models.CharField(max_length=10, choices=[(word, word) for word in ABOUT])
    words = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    meaning = models.CharField(max_length=20)
    full = models.CharField(max_length=300, blank=True)
    origin = models.CharField(
        max_length=10, choices=[(word, word) for word in ("hand", "draft", "profile")]
    )
    draft = models.ForeignKey(
        Draft, null=True, blank=True, on_delete=models.PROTECT, related_name="habits"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="habits_confirmed")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="habits_ended"
    )

    class Meta:
        """One meaning of some words at a time in a unit; an end has somebody and a time."""

        ordering: ClassVar = ["about", "folded", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "about", "folded"],
                condition=Q(ended_at__isnull=True),
                name="habit_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="habit_ended_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(origin="draft") & Q(draft__isnull=False))
                | (~Q(origin="draft") & Q(draft__isnull=True)),
                name="habit_of_a_draft_names_it",
            ),
        ]
