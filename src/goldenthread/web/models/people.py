"""People, the body's units, the posts in them, who held each post when, and who may do what."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower

from goldenthread.web.models.public_id import PublicIdField, Thing


class People(BaseUserManager["Person"]):
    """How sign-in finds a person: by address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this e-mail address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who works with the programme; what they may do is in their grants, never here."""

    public_id = PublicIdField()
    version = models.PositiveIntegerField(default=1, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        """One account for one address."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="person_one_account_per_address"),
        ]

    def __str__(self) -> str:
        return f"person {self.public_id}"


class Unit(Thing):
    """A part of the body: the body itself at the root, then directorates, divisions, services.

    A unit that moves under another parent ends, and its successor begins there (``Succession``):
    so what was said of a unit stays true of the unit that it was said of.
    """

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        """One public body in one database."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                Coalesce("parent", Value(0)),
                condition=Q(parent__isnull=True),
                name="unit_one_root",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                name="unit_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="unit_is_not_its_own_parent",
            ),
        ]


class Succession(models.Model):
    """One unit took over from another; a unit may be split, or several joined."""

    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="succeeded_by")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="succeeds")
    on = models.DateField()

    class Meta:
        """Said once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["before", "after"], name="succession_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="succession_of_two_units"),
        ]

    def __str__(self) -> str:
        return f"unit {self.before_id} succeeded by {self.after_id}"


class Post(Thing):
    """A post in a unit: what leads are named by, whoever holds it.

    ``name_public`` lets public pages show the holder's name; it is off at first.
    """

    title = models.CharField(max_length=160)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    name_public = models.BooleanField(default=False)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        """A unit has one post of a title."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "title"], name="post_one_title_in_a_unit"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                name="post_ends_after_it_begins",
            ),
        ]


class Holding(models.Model):
    """Who held a post, from which day to which, both included."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        """Read in the order of time."""

        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="holding_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["post"], condition=Q(until__isnull=True), name="holding_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} held since {self.since}"


class Grant(models.Model):
    """A role given to a person within a unit and all below it, from day to day, both included."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="grants_given"
    )

    class Meta:
        """Nobody holds a role twice in a unit, and nobody gives one to themselves."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("person")),
                name="grant_is_from_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                condition=Q(until__isnull=True),
                name="grant_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"grant {self.public_id}"
