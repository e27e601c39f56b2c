"""Steps within an action with their days, and what a plan means by short, medium and long term."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.web.models.people import Person
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.thread import Action, Plan

EVENTS = [
    (word, word) for word in ("promised", "moved", "reached", "not_reached", "dropped", "taken_up")
]


class Milestone(Thing):
    """A step within an action. Its days repeat what its events say, so that a list is one query.

    ``first_due`` is the day that was promised first and ``now_due`` the one that stands: it is late
    by the first, whatever the second is. ``changes/milestones.py`` alone works them out.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones")
    words = models.CharField(max_length=300)
    first_due = models.DateField(editable=False, db_index=True)
    now_due = models.DateField(editable=False)
    moves = models.PositiveIntegerField(default=0, editable=False)
    reached_on = models.DateField(null=True, editable=False)
    dropped_on = models.DateField(null=True, editable=False)

    class Meta:
        """In the order of time; reached or dropped, not both."""

        ordering: ClassVar = ["now_due", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | Q(dropped_on__isnull=True),
                name="milestone_reached_or_dropped",
            ),
        ]


class MilestoneEvent(models.Model):
    """What was promised or said of a milestone at a time; rows are only ever added.

    ``day`` is the day promised, reached or dropped; ``reason`` is why it moved, was dropped, or is
    no longer so.
    """

    public_id = PublicIdField()
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=12, choices=EVENTS)
    day = models.DateField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="milestone_events")

    class Meta:
        """In the order in which they were said; all but a promise and a success say why."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(what__in=("promised", "reached")) | ~Q(reason=""),
                name="milestone_event_says_why",
            ),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(what="promised"),
                name="milestone_promised_first_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of milestone {self.milestone_id}"


class Horizon(Thing):
    """What a plan means by short, medium and long term: a name, and its last day.

    Published editions keep the horizons that they were adopted with; ``ended_at`` is when one was
    put aside for another.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="horizons")
    name = models.CharField(max_length=60)
    ends = models.DateField()
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The nearest first; of a plan one has a name, and one a last day."""

        ordering: ClassVar = ["ends", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "name"],
                condition=Q(ended_at__isnull=True),
                name="horizon_one_name_in_a_plan",
            ),
            models.UniqueConstraint(
                fields=["plan", "ends"],
                condition=Q(ended_at__isnull=True),
                name="horizon_one_last_day_in_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("set_at")),
                name="horizon_ends_after_it_was_set",
            ),
        ]
