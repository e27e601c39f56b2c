"""Rounds of updates: how often leads are asked, the links that ask them, and what came back.

What was said stays as it was said: an update that is taken back stays, with a row that says so.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.web.models.people import Person, Unit
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.thread import Action, Plan, Promise, Update

EVERY = [(months, str(months)) for months in (1, 3, 6, 12)]
USES = [
    (word, word)
    for word in (
        *("opened", "updated", "taken_back", "asked_for_a_date", "not_mine"),
        "asked_for_a_link",
    )
]


class Cadence(Thing):
    """How often actions are updated: those of a unit, of one plan, or one action alone.

    The nearest counts: an action's own, its plan's, its unit's or that of the nearest unit above.
    Without any row it is every three months, in the financial year. ``teams_before`` is how many
    days of a period are left when its window opens for leads and their teams, ``directors_before``
    for directors, who answer after them; both may be negative. ``grace`` is how many days after the
    period's end it stays open. The days are a unit's: a plan or an action has its months alone. A
    change ends one row and begins the next.
    """

    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="cadences"
    )
    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="cadences"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="cadences"
    )
    months = models.PositiveIntegerField(choices=EVERY, default=3)
    teams_before = models.IntegerField(default=14)
    directors_before = models.IntegerField(default=0)
    grace = models.PositiveIntegerField(default=14)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cadences_kept")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="cadences_ended"
    )

    class Meta:
        """Of one thing alone, which has one at a time; teams never open after directors."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, plan__isnull=True, action__isnull=True)
                | Q(unit__isnull=True, plan__isnull=False, action__isnull=True)
                | Q(unit__isnull=True, plan__isnull=True, action__isnull=False),
                name="cadence_of_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=[of], condition=Q(ended_at__isnull=True), name=f"cadence_one_of_a_{of}"
                )
                for of in ("unit", "plan", "action")
            ),
            models.CheckConstraint(
                condition=Q(teams_before__gte=F("directors_before")),
                name="cadence_teams_before_directors",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="cadence_ended_by_somebody_at_a_time",
            ),
        ]


class Round(Thing):
    """One round of updates: a period, and the days between which leads say what happened in it.

    It asks for the actions of the unit and of all below it whose cadence has as many months; of two
    rounds of one period the nearer asks. Nobody opened or closed what the daily turn of the clock
    did. ``figures`` are counted when it closes and stay: how many were asked, answered, late,
    silent, without evidence, unchanged, and could not be asked.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rounds")
    months = models.PositiveIntegerField(choices=EVERY, default=3)
    begins = models.DateField()
    ends = models.DateField()
    teams_from = models.DateField()
    directors_from = models.DateField()
    closes = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="rounds_opened"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="rounds_closed"
    )
    figures = models.JSONField(default=dict)

    class Meta:
        """The newest first; a unit has one round for a period of a length."""

        ordering: ClassVar = ["-ends", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "months", "ends"], name="round_once"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins"))
                & Q(directors_from__gte=F("teams_from"))
                & Q(closes__gte=F("directors_from"))
                & Q(closes__gte=F("ends")),
                name="round_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(closed_by__isnull=True),
                name="round_closed_by_somebody_at_a_time",
            ),
        ]


class UpdateLink(Thing):
    """A link by which one person updates the actions of their posts, without an account.

    The address holds a signature over ``public_id`` (``queries/update_links.py``): nothing in this
    row lets anybody in. ``seen`` is a digest of a mark in the first browser that began with it, so
    that a link that was forwarded can be told from one that was not. One that was withdrawn and
    has a later one beside it, of the same person and round, was replaced.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="update_links")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="update_links_issued"
    )
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    first_opened_at = models.DateTimeField(null=True)
    seen = models.CharField(max_length=64, blank=True)

    class Meta:
        """The newest first; a person has one at a time in a round."""

        ordering: ClassVar = ["-issued_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="update_link_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(first_opened_at__isnull=True, seen="")
                | (Q(first_opened_at__isnull=False) & ~Q(seen="")),
                name="update_link_seen_when_opened",
            ),
        ]


class LinkUse(models.Model):
    """One use of a link; rows are only ever added. ``elsewhere``: not in the first browser.

    ``mark`` is the digest of the browser's mark, so that several browsers can be counted; empty
    where it kept none. ``words`` say who should have an action that is not theirs.
    """

    public_id = PublicIdField()
    link = models.ForeignKey(UpdateLink, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField()
    what = models.CharField(max_length=20, choices=USES)
    action = models.ForeignKey(
        Action, null=True, on_delete=models.PROTECT, related_name="link_uses"
    )
    update = models.ForeignKey(
        Update, null=True, on_delete=models.PROTECT, related_name="link_uses"
    )
    words = models.TextField(blank=True)
    mark = models.CharField(max_length=64, blank=True)
    elsewhere = models.BooleanField(default=False)

    class Meta:
        """In the order of time."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"use {self.public_id} of a link"


class TakenBack(models.Model):
    """An update that its writer took back while the round was open: it counts no more."""

    public_id = PublicIdField()
    update = models.OneToOneField(Update, on_delete=models.PROTECT, related_name="taken_back")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="updates_taken_back")

    class Meta:
        """In the order of time."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"update {self.update_id} taken back"


class DateRequest(Thing):
    """A lead asks for another date; somebody else agrees, or refuses with a reason.

    ``words`` are the new date as it was written; ``promise`` is the one that it would replace.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="date_requests")
    promise = models.ForeignKey(
        Promise, null=True, on_delete=models.PROTECT, related_name="date_requests"
    )
    words = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="dates_asked")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="dates_decided"
    )
    agreed = models.BooleanField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        """The newest first; one waits for an action; a decision is whole; a refusal says why."""

        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(decided_at__isnull=True),
                name="date_request_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, agreed__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, agreed__isnull=False),
                name="date_request_decided_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(agreed=False) | ~Q(answer=""), name="date_request_refusal_says_why"
            ),
        ]
