"""The outbox: what is to be sent to whom, kept until a mail server takes it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from goldenthread.web.models.people import Person
from goldenthread.web.models.public_id import PublicIdField


class Mail(models.Model):
    """A mail to send: to whom and about what, never what it says.

    It is worded when it goes out, so that no signed link and no content ever lies here. ``key``
    tells the same mail from another, so that nothing is sent twice; ``fault`` is a kind of failure
    ("refused", "no_answer"), never what a server said.
    """

    public_id = PublicIdField()
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mails")
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=30, blank=True)

    class Meta:
        """In the order made; sent or given up, not both."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(gave_up_at__isnull=True),
                name="mail_sent_or_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.public_id}"
