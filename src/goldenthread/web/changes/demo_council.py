"""Brackenford’s units, posts, people and roles, each made by the change that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from goldenthread.example_data import cast
from goldenthread.web.changes import people
from goldenthread.web.models import Person, Post, Strand, Unit


@dataclass(frozen=True)
class Brackenford:
    """The council as it was set up: units, posts and people by name, and its strand."""

    units: dict[str, Unit]
    posts: dict[str, Post]
    people: dict[str, Person]
    strand: Strand

    def holding(self, role: str) -> Person:
        """The first person of the cast with this role."""
        return self.people[cast.one_for_each_role()[role].name]


def found_brackenford(at: datetime | None = None) -> Brackenford:
    """The council with its units, posts, people and roles, and no plan yet."""
    at = at or noon(cast.BEGAN)
    on = timezone.localdate(at)
    first = cast.one_for_each_role()["administrator"]
    by = people.begin_site(
        by=None, body=cast.BODY, name=first.name, email=first.email, at=at, begins=on
    )
    root = Unit.objects.get(parent__isnull=True)
    units = {"": root, cast.BODY: root}
    for unit in cast.UNITS:
        units[unit.name] = people.add_unit(
            by=by, name=unit.name, kind=unit.kind, parent=units[unit.under], begins=on, at=at
        )
    strand = people.add_strand(by=by, name=cast.STRAND, at=at)
    known, posts = {first.name: by}, {}
    for one in cast.PEOPLE:
        person = known.get(one.name) or people.add_person(
            by=by, name=one.name, email=one.email, at=at
        )
        known[one.name] = person
        given = [(one.role, one.role_unit)] if one.role and person != by else []
        for role, unit_name in [*given, *([("lead_officer", "")] if one.leads else [])]:
            people.grant_role(
                by=by, person=person, role=role, unit=units[unit_name], since=on, at=at
            )
        if one.post:
            post = people.add_post(
                by=by,
                title=one.post,
                unit=units[one.unit],
                begins=on,
                name_public=one.named,
                at=at,
            )
            posts[one.post] = people.appoint_holder(
                by=by, post=post, person=person, since=on, version=post.version, at=at
            )
    return Brackenford(units, posts, known, strand)


def noon(day: date) -> datetime:
    """The middle of a day, by the council’s own clock."""
    return timezone.make_aware(datetime.combine(day, time(12)))
