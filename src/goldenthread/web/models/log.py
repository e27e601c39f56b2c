"""What was done, by whom and when, in a chain that shows where anybody cut it.

No foreign keys: the log outlives what it tells of. Facts stand apart from the chain, which holds
only a salted commitment to them, so that personal facts can be erased without breaking it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldenthread.web.models.people import Person


class AuditEntry(models.Model):
    """One act, numbered from 1 without gaps; triggers refuse to change or remove a row."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=12, blank=True)
    act = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=30, blank=True)
    object_id = models.CharField(max_length=12, blank=True)
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """In the order of the chain."""

        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["object_kind", "object_id"], name="audit_object"),
            models.Index(fields=["actor"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"audit entry {self.number}"


class AuditFacts(models.Model):
    """What an entry committed to: names of fields and rules, identifiers and dates."""

    number = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"facts of audit entry {self.number}"


class Parked(models.Model):
    """A file of a form that came back with a mistake, so that nobody has to choose it again.

    It belongs to that form, in that session, of that person; ``slot`` is its place in the form. It
    is removed a day later, used or not: a form that is sent twice finds it twice.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parked")
    session = models.CharField(max_length=64)
    form = models.CharField(max_length=64)
    slot = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        """One file in a place."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "session", "form", "slot"], name="parked_one_in_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"parked {self.pk}"


class Tally(models.Model):
    """How often the same was refused within ten minutes; what goes beyond a few is one entry later.

    ``actor`` is the public identifier of whoever was signed in, blank for strangers; ``about`` what
    was asked for, in words of ours: a door of the site, or an account.
    """

    act = models.CharField(max_length=60)
    actor = models.CharField(max_length=12, blank=True)
    about = models.CharField(max_length=40, blank=True)
    began = models.DateTimeField()
    counted = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        """One count for each."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["act", "actor", "about", "began"], name="tally_one_count"
            ),
        ]

    def __str__(self) -> str:
        return f"tally {self.pk}"


class Replay(models.Model):
    """A key sent with a form, and what came of it: sent again it does nothing twice."""

    key = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="replays")
    act = models.CharField(max_length=60)
    asked = models.CharField(max_length=64)
    result_kind = models.CharField(max_length=30, blank=True)
    result_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        """A person's key is used once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key"], name="replay_key_once")
        ]

    def __str__(self) -> str:
        return f"replay {self.pk}"
