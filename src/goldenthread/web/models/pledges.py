"""Measures and objectives of a directorate: service plans, what good looks like, pledges, counts.

Follow-ups, counts and words of what good looks like are only ever added to. An objective of a
person is never here: only how many there are, of how many appraisals.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.web.models.people import Person, Post, Unit
from goldenthread.web.models.planning import Planning
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.thread import Action, Measure

BECAME = [(word, word) for word in ("kept", "not_kept", "no_longer")]


class ServicePlan(Thing):
    """The plan by which a directorate or a division runs its services for a time, and where it is.

    It is kept elsewhere; ``place`` or ``link`` says where. ``ended_on`` is the day from which it
    counts no more.
    """

    title = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="service_plans")
    begins = models.DateField()
    ends = models.DateField()
    place = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=1000, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        """The newest first; its period has an end."""

        ordering: ClassVar = ["-begins", "unit_id", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="service_plan_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["unit", "title", "begins"],
                condition=Q(ended_on__isnull=True),
                name="service_plan_once_in_a_period",
            ),
        ]


class InServicePlan(models.Model):
    """That an action stands in a service plan, under its reference there, from a day to a day."""

    public_id = PublicIdField()
    service_plan = models.ForeignKey(ServicePlan, on_delete=models.PROTECT, related_name="entries")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="in_service_plans")
    reference = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        """Once at a time."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service_plan", "action"],
                condition=Q(until__isnull=True),
                name="in_service_plan_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="in_service_plan_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.public_id} of service plan {self.service_plan_id}"


class WhatGood(models.Model):
    """What good looks like, of an action or of one of its measures; rows are only ever added.

    The newest of a thing stands; blank words take the last ones back.
    """

    public_id = PublicIdField()
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="what_good")
    measure = models.ForeignKey(
        Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="what_good"
    )
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="what_good_said")

    class Meta:
        """In the order in which it was said."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"what good looks like {self.public_id}"


class Pledge(Thing):
    """What a post or a team promised of itself, in its own words, on a day.

    Exactly one of ``post``, ``team`` and ``team_words`` says who made it, never a person's name.
    ``public`` is the maker's own choice. A pledge of Members is of the whole body and belongs to no
    planning.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="pledges")
    planning = models.ForeignKey(
        Planning, null=True, blank=True, on_delete=models.PROTECT, related_name="pledges"
    )
    words = models.TextField()
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="pledges"
    )
    team = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="team_pledges"
    )
    team_words = models.CharField(max_length=160, blank=True)
    made_on = models.DateField()
    public = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pledges_recorded")

    class Meta:
        """In the order in which they were made; each has words and one maker."""

        ordering: ClassVar = ["made_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="pledge_has_words"),
            models.CheckConstraint(
                condition=Q(post__isnull=False, team__isnull=True, team_words="")
                | Q(post__isnull=True, team__isnull=False, team_words="")
                | (Q(post__isnull=True, team__isnull=True) & ~Q(team_words="")),
                name="pledge_has_one_maker",
            ),
        ]


class FollowUp(models.Model):
    """What became of a pledge by a day: kept so far, not kept, or no longer meant; and the words.

    Rows are only ever added; the newest counts.
    """

    public_id = PublicIdField()
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="follow_ups")
    what = models.CharField(max_length=10, choices=BECAME)
    words = models.TextField(blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="follow_ups")

    class Meta:
        """In the order in which they were said; whatever is not kept is told in words."""

        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(what="kept") | ~Q(words=""), name="follow_up_not_kept_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.public_id}"


class ObjectiveCount(models.Model):
    """Of so many appraisals held in a year so far, how many have an objective that serves this.

    Of a planning as a whole, or of one of its actions. ``ends`` is the last day of a quarter; the
    year is the financial year that it lies in. Rows are only ever added: a correction replaces
    another and says why. Neither whose appraisals nor what stands in them is ever kept.
    """

    public_id = PublicIdField()
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="counts")
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="objective_counts"
    )
    ends = models.DateField()
    serving = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="objectives_counted")

    class Meta:
        """In the order of time; not more serve than were held, and few people are not counted."""

        ordering: ClassVar = ["ends", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(serving__lte=F("held")), name="objective_count_of_those_held"
            ),
            models.CheckConstraint(condition=Q(held__gte=5), name="objective_count_not_of_a_few"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""),
                name="objective_count_that_replaces_another_says_why",
            ),
            models.UniqueConstraint(
                fields=["planning", "ends"],
                condition=Q(replaces__isnull=True, action__isnull=True),
                name="objective_count_first_of_a_planning_once",
            ),
            models.UniqueConstraint(
                fields=["planning", "action", "ends"],
                condition=Q(replaces__isnull=True, action__isnull=False),
                name="objective_count_first_of_an_action_once",
            ),
        ]

    def __str__(self) -> str:
        return f"count of objectives {self.public_id}"
