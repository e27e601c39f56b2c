"""Who answers for more than one action: who is who, who stands in, what passed between posts.

Who answers for one action is a ``Lead``. What is here is dated and never overwritten, so that a
page can say who answered on any day.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from goldenthread.web.models.people import Holding, Person, Post, Unit
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.thread import Plan

PARTS = [
    (word, word)
    for word in ("strategic_lead", "operational_lead", "member_champion", "sponsor", "other")
]
DUTIES = [
    (word, word) for word in ("action", "contribution", "answerable", "meanwhile", "measure", "ask")
]


class Answerable(Thing):
    """A post that answers for a whole plan, or for every plan of a unit and below: who is who.

    ``what`` says for what, in words that follow the post ("is accountable to Cabinet"), and
    ``forum`` names what a sponsor sponsors. ``until`` is the last day.
    """

    part = models.CharField(max_length=20, choices=PARTS)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="answerable")
    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="answerable"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="answerable"
    )
    what = models.CharField(max_length=300)
    forum = models.CharField(max_length=160, blank=True)
    position = models.PositiveIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        """Of a plan or of a unit; a sponsor sponsors something."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(plan__isnull=True, unit__isnull=False)
                | Q(plan__isnull=False, unit__isnull=True),
                name="answerable_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(part="sponsor") | ~Q(forum=""),
                name="answerable_sponsor_of_something",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="answerable_ends_after_it_begins",
            ),
        ]


class StandIns(models.QuerySet["Meanwhile"]):
    """The rows of ``Meanwhile``, and those of them that count on a day."""

    def counting(self, on: date) -> StandIns:
        """Those of a day: of posts that nobody holds, and that nobody has held since they began."""
        held = Holding.objects.filter(post=OuterRef("post"), since__lte=on).filter(
            Q(until__isnull=True) | Q(until__gte=on) | Q(since__gte=OuterRef("since"))
        )
        return self.filter(~Exists(held), Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


class Meanwhile(Thing):
    """Which post answers for an empty one, until somebody holds it again.

    It counts only while the post is empty, and no longer once somebody has held it since: nobody
    has to remember to end it. One whose last day lies before its first never began.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="meanwhile")
    answers = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="stands_in")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.TextField()

    objects = StandIns.as_manager()

    class Meta:
        """One at a time, and no post stands in for itself."""

        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(until__isnull=True), name="meanwhile_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(post=F("answers")), name="meanwhile_of_two_posts"),
        ]


class Handover(models.Model):
    """Much or all that a post answered for, passed on in one step; rows are only ever added.

    ``undoes`` is the hand-over that this one gave back.
    """

    public_id = PublicIdField()
    before = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="handed_over")
    on = models.DateField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handovers")
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    class Meta:
        """In the order of time; it says why."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="handover_says_why"),
        ]

    def __str__(self) -> str:
        return f"handover {self.public_id}"


class Passed(models.Model):
    """One thing that passed from post to post in a hand-over; rows are only ever added.

    ``thing`` is the public identifier of what is answered for; ``left`` that of the row that ended
    with it, and ``taken`` that of the row that began, where rows of a post end and begin.
    """

    public_id = PublicIdField()
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="passed")
    duty = models.CharField(max_length=12, choices=DUTIES)
    thing = models.CharField(max_length=12, db_index=True)
    after = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="taken_over")
    left = models.CharField(max_length=12, blank=True)
    taken = models.CharField(max_length=12, blank=True)

    class Meta:
        """In the order in which they were listed; each passes once."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["handover", "duty", "thing", "left"], name="passed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.thing} passed on"
