"""Papers for meetings: what they reckon from, frozen; what was written around it; what was issued.

Triggers refuse to change the facts of a paper, anything of one that was issued, and its files.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.web.models.meetings import Meeting
from goldenthread.web.models.people import Person
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.thread import Plan


class Paper(Thing):
    """A paper on a plan for a meeting: the facts as they stood, and an author's words.

    ``facts`` are frozen when it is made, from ``since`` (empty where the body never met on it) to
    ``as_at``. ``words`` may change until it is issued; then all of it stays, and ``sha256`` is the
    digest of facts and words together. ``left_out`` names the sections that the template has not.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()
    since = models.DateField(null=True)
    as_at = models.DateField()
    facts = models.JSONField()
    headline = models.TextField()
    words = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="papers_made")
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="papers_issued"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    made_with = models.CharField(max_length=20, blank=True)
    left_out = models.JSONField(default=list)

    class Meta:
        """The newest first; issued by somebody at a time, with its digest; days in order."""

        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "plan", "number"], name="paper_numbered"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, issued_by__isnull=True, sha256="")
                | (Q(issued_at__isnull=False, issued_by__isnull=False) & ~Q(sha256="")),
                name="paper_issued_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(as_at__gte=F("since")),
                name="paper_days_in_order",
            ),
        ]


class PaperFile(models.Model):
    """One file of an issued paper as it was issued, or the template that it was made with.

    ``stored`` is its random name in the folder of files; rows are only ever added.
    """

    public_id = PublicIdField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(
        max_length=8, choices=[(w, w) for w in ("docx", "pdf", "html", "template")]
    )
    stored = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """One of a format."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "format"], name="paper_file_once"),
        ]

    def __str__(self) -> str:
        return f"file {self.public_id} of a paper"
