"""Who the programme answers to: the bodies that meet, what they ask, and what they say of a plan.

A body's terms of reference, answers, stances and the words chosen for groups are only ever added
to: triggers refuse to change or remove them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.web.models.people import Person, Post, Unit
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.release import Edition
from goldenthread.web.models.thread import Action, Plan, Recommendation

COMMITTEES = [
    (word, word)
    for word in (
        *("cabinet", "council", "scrutiny", "equality_group", "joint_union_committee"),
        *("trade_union", "management_team", "staff_forum", "other"),
    )
]
PARTS = [(word, word) for word in ("chair", "member", "adviser", "officer")]
STANCES = [
    (word, word) for word in ("supports", "supports_with_objections", "objects", "no_position")
]


class Committee(Thing):
    """A body that meets, by the council's own name: Cabinet, scrutiny, a management team, a forum.

    ``letter`` begins the numbers of what it asks ("S" in S14); ``asked_before`` is how many it had
    given out before they were kept here. ``public`` says that its meetings are open, so that public
    pages may name their days.
    """

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=24, choices=COMMITTEES)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="committees")
    letter = models.CharField(max_length=4)
    asked_before = models.PositiveIntegerField(default=0)
    public = models.BooleanField(default=False)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        """By name; the numbers of two bodies' asks are never the same, even once one has ended."""

        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter"], name="committee_letter_once"),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(ends__isnull=True),
                name="committee_one_name_in_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                name="committee_ends_after_it_begins",
            ),
        ]


class Remit(models.Model):
    """What a body is for: its terms of reference as agreed on a day; rows are only ever added.

    ``review_on`` is the day on which they are to be looked at again.
    """

    public_id = PublicIdField()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="remits")
    words = models.TextField()
    link = models.URLField(max_length=1000, blank=True)
    agreed_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="remits_kept")

    class Meta:
        """In the order of time; looked at again after they were agreed; they say something."""

        ordering: ClassVar = ["agreed_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="remit_says_something"),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True) | Q(review_on__gt=F("agreed_on")),
                name="remit_reviewed_after_it_is_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"remit {self.public_id}"


class Membership(Thing):
    """A seat in a body, by role: a post of the council, or words where it is none ("UNISON").

    Who holds the post holds the seat. A seat in words names a role too, and never a person.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="memberships")
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    words = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=8, choices=PARTS)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        """A post or words; ended after it began; a post or the same words sit once at a time."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, words="") | (Q(post__isnull=True) & ~Q(words="")),
                name="membership_of_a_post_or_in_words",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["committee", "post"],
                condition=Q(until__isnull=True, post__isnull=False),
                name="membership_of_a_post_once",
            ),
            models.UniqueConstraint(
                fields=["committee", "words"],
                condition=Q(until__isnull=True, post__isnull=True),
                name="membership_in_words_once",
            ),
        ]


class Meeting(Thing):
    """A meeting of a body: a day, its hours where it has them, and when its papers are due.

    Calendars count its changes by ``version``; ``changed_at`` is when the last one was made. One
    that is cancelled stays, with the reason.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    finishes = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    papers_due = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.TextField(blank=True)

    class Meta:
        """In the order of time; papers come before, and a cancellation says why."""

        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["committee", "on"],
                condition=Q(cancelled_at__isnull=True),
                name="meeting_one_a_day",
            ),
            models.CheckConstraint(
                condition=Q(papers_due__isnull=True) | Q(papers_due__lte=F("on")),
                name="meeting_papers_come_before",
            ),
            models.CheckConstraint(
                condition=Q(finishes__isnull=True)
                | Q(starts__isnull=False, finishes__gt=F("starts")),
                name="meeting_finishes_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_why="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_why="")),
                name="meeting_cancelled_says_why",
            ),
        ]


class Ask(Thing):
    """What a body asked for or resolved: numbered within it, and followed until it is answered.

    ``words`` never change. ``member`` is a Member's name where one asked, and nobody else's.
    ``follows`` is the ask that this one opens again, ``reason`` why; ``withdrawn_on`` the day on
    which the body asked for it no more.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="asks")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="asks"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(w, w) for w in ("request", "resolution")])
    words = models.TextField()
    member = models.CharField(max_length=120, blank=True)
    asked_on = models.DateField()
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="asks"
    )
    due = models.DateField(null=True, blank=True)
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="asks"
    )
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="asks"
    )
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    reason = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="asks_recorded")

    class Meta:
        """In the order asked; it says something, of one thing; one opened again says why."""

        ordering: ClassVar = ["committee_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["committee", "number"], name="ask_numbered"),
            models.CheckConstraint(condition=~Q(words=""), name="ask_says_something"),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(due__gte=F("asked_on")),
                name="ask_due_after_it_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True) | Q(recommendation__isnull=True),
                name="ask_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True, reason="")
                | (Q(follows__isnull=False) & ~Q(reason="")),
                name="ask_opened_again_says_why",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_why="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
                name="ask_withdrawn_says_why",
            ),
        ]


class Answer(models.Model):
    """What was answered to an ask, in full (``whole``) or in part; rows are only ever added."""

    public_id = PublicIdField()
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField()
    whole = models.BooleanField()
    link = models.URLField(max_length=1000, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="answers_given")

    class Meta:
        """In the order given; it says something."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"answer {self.public_id}"


class Consultation(Thing):
    """A plan, or something in it, put to unions and forums: when, by when, and what came of it.

    About ``edition`` where it is one that has not been published, about ``recommendation`` or
    ``action`` where one is given, else about the whole plan.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="consultations")
    recommendation = models.ForeignKey(
        Recommendation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consultations",
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations"
    )
    edition = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations"
    )
    words = models.TextField()
    asked_on = models.DateField()
    wanted_by = models.DateField()
    outcome = models.TextField(blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consultations_begun")

    class Meta:
        """The newest first; about one thing; an outcome has its day."""

        ordering: ClassVar = ["-asked_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(recommendation__isnull=True, action__isnull=True)
                | Q(recommendation__isnull=True, edition__isnull=True)
                | Q(action__isnull=True, edition__isnull=True),
                name="consultation_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(wanted_by__gte=F("asked_on")), name="consultation_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True)
                | (~Q(outcome="") & Q(outcome_on__isnull=False)),
                name="consultation_outcome_has_a_day",
            ),
        ]


class Consulted(models.Model):
    """A body that was consulted; rows are only ever added."""

    public_id = PublicIdField()
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="consulted"
    )
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="consulted")

    class Meta:
        """Each body once."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "committee"], name="consulted_each_once"
            ),
        ]

    def __str__(self) -> str:
        return f"consulted {self.public_id}"


class Stance(models.Model):
    """What a body says of a plan, a recommendation or an action; rows are only ever added.

    ``words`` are its own, word for word. A later stance of the same body on the same thing takes
    the place of an earlier one, which stays on the record. ``public`` is the body's own choice.
    """

    public_id = PublicIdField()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="stances")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="stances")
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="stances"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="stances"
    )
    consultation = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="stances"
    )
    stance = models.CharField(max_length=24, choices=STANCES)
    words = models.TextField(blank=True)
    on = models.DateField()
    public = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stances_recorded")

    class Meta:
        """In the order given; about one thing; an objection says what it objects to."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stance__in=("supports", "no_position")) | ~Q(words=""),
                name="stance_that_objects_says_why",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True) | Q(recommendation__isnull=True),
                name="stance_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"stance {self.public_id}"


class Term(models.Model):
    """The words that the council uses for people or things, from a day on; rows are only added.

    ``stands_for`` is what they are used for, ``chosen_by`` who chose them, ``reason`` why: terms
    are contested and they change, so they are data with a history.
    """

    public_id = PublicIdField()
    stands_for = models.CharField(max_length=160)
    words = models.CharField(max_length=160)
    chosen_by = models.CharField(max_length=160)
    reason = models.TextField(blank=True)
    since = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="terms_kept")

    class Meta:
        """In the order of time; one a day for the same thing; it says all three."""

        ordering: ClassVar = ["stands_for", "since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stands_for", "since"], name="term_one_a_day"),
            models.CheckConstraint(
                condition=~Q(stands_for="") & ~Q(words="") & ~Q(chosen_by=""),
                name="term_says_what_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"term {self.public_id}"


class CalendarLink(Thing):
    """A secret address at which one person's meetings are read by their calendar.

    ``digest`` is made of the secret, which is shown once and kept nowhere.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calendar_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; a person has one at a time."""

        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="calendar_link_one_at_a_time",
            ),
        ]
