"""What is done by the clock: when each job was last begun and ended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Turn(models.Model):
    """One job of the clock by its name; ``worker`` is whoever does them, last seen ``ended_at``.

    A job whose end is not after its beginning is being done, or was cut off.
    """

    name = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"turn of {self.name}"
