"""How the body rates its actions: its own words and rules for each colour, scale after scale."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldenthread.web.models.people import Person
from goldenthread.web.models.public_id import PublicIdField


class RatingScale(models.Model):
    """One scale of ratings, in force from ``at`` until the next; rows are only ever added.

    ``labels`` is a list of a colour, its word, its rule and whether it needs a recovery, best first
    (those kept before that was asked say nothing of it: red and amber need one). So what an update
    was called when it was given can always be said. Without any row the scale is that of the code.
    """

    public_id = PublicIdField()
    number = models.PositiveIntegerField(unique=True)
    labels = models.JSONField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scales_kept")

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"rating scale {self.number}"
