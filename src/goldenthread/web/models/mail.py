"""The outbox: what is to be sent to whom, kept until a mail server takes it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from goldenthread.web.models.people import Person
from goldenthread.web.models.public_id import Thing

_WAITS = Q(sent_at__isnull=True, gave_up_at__isnull=True)


class Mail(Thing):
    """A mail to send: to whom and about what, never what it says.

    It is worded when it goes out, so that no signed link and no content ever lies here. ``key``
    tells the same mail from another, so that nothing is sent twice. ``in_hand`` while it is being
    handed to the server: whoever set it sends it, and nobody else. ``fault`` is the kind of the
    last failure, one of ``mails.FAULTS``, never what a server said. ``left_at`` is when somebody
    decided that one which was given up stays unsent.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mails")
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    in_hand = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=30, blank=True)

    class Meta:
        """In the order made; sent or given up, not both; in hand only while it waits."""

        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["not_before", "id"], name="mail_waits", condition=_WAITS),
            models.Index(fields=["-sent_at"], name="mail_sent"),
            models.Index(
                fields=["-gave_up_at"],
                name="mail_given_up",
                condition=Q(gave_up_at__isnull=False, left_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(gave_up_at__isnull=True),
                name="mail_sent_or_given_up",
            ),
            models.CheckConstraint(
                condition=Q(in_hand=False) | _WAITS, name="mail_in_hand_while_it_waits"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(gave_up_at__isnull=False),
                name="mail_left_when_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.public_id}"
