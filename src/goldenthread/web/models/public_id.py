"""Names of rows that may stand in an address: short, random, and easy to read out.

No vowels, so that no word appears by chance; no 0, 1 or l, which are taken for one another.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
LENGTH = 12  # 28 to the 12th: over 57 bits
_MANY = len(ALPHABET) ** LENGTH


def new_public_id() -> str:
    """A new name that nobody could have guessed.

    >>> len(new_public_id()), set(new_public_id()) <= set(ALPHABET)
    (12, True)
    """
    rest, signs = secrets.randbelow(_MANY), []
    for _ in range(LENGTH):
        rest, sign = divmod(rest, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


class PublicIdField(models.CharField):  # type: ignore[type-arg]
    """The random name by which addresses, links and the audit know a row."""

    description = "A random public identifier"

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        options |= {
            "max_length": LENGTH,
            "unique": True,
            "editable": False,
            "default": new_public_id,
        }
        super().__init__(**options)

    def deconstruct(self) -> Any:  # noqa: ANN401
        """What a migration writes of the field: nothing but its name."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "unique", "editable", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


class Thing(models.Model):
    """What every row that has an address shares.

    ``version`` grows by one with each change: a form sends back the one that it was made from, so
    that two people never overwrite each other.
    """

    public_id = PublicIdField()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.public_id}"
