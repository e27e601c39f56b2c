"""What is known of the body's own documents, for whoever may see it and for reading the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from goldenthread.documents import Habits
from goldenthread.web.bridge import habits_value
from goldenthread.web.models import Habit, Person
from goldenthread.web.models import Unit as Unit
from goldenthread.web.models.habits import ABOUT as ABOUT
from goldenthread.web.permissions import line_of, lineage, reach, units_above


def of_unit(unit: Unit) -> Habits:
    """The habits with which a document of a unit is read: those of the whole body first.

    A unit nearer to the document has the last word.
    """
    line = line_of(unit.pk, units_above())
    rows = Habit.objects.filter(unit__in=line, ended_at=None)
    return habits_value(sorted(rows, key=lambda row: (-line.index(row.unit_id), row.pk)))


def seen(*, for_: Person, on: date) -> QuerySet[Habit]:
    """The habits that somebody may read: of the units in reach, and of those above that they obey.

    In the order of what they are about; three queries.
    """
    return (
        Habit.objects.filter(unit__in=_units(for_, on), ended_at=None)
        .select_related("unit", "by", "draft")
        .order_by("about", "folded", "unit_id", "pk")
    )


def ended(*, for_: Person, on: date) -> QuerySet[Habit]:
    """The same of those that were changed or removed, the last first."""
    return (
        Habit.objects.filter(unit__in=_units(for_, on), ended_at__isnull=False)
        .select_related("unit", "by", "ended_by", "draft")
        .order_by("-ended_at", "-pk")
    )


def units_read(*, for_: Person, on: date) -> Sequence[Unit]:
    """The units whose habits somebody may read, the whole body first."""
    return tuple(Unit.objects.filter(pk__in=_units(for_, on)).order_by("parent_id", "name", "pk"))


def profile(*, for_: Person, unit: Unit, on: date) -> Habits:
    """The habits of a unit as a file takes them away: without names of people.

    Those of the units above are in it, as in reading. A unit out of reach has an empty profile.
    """
    known = of_unit(unit) if unit.pk in _units(for_, on) else Habits()
    leads = {words: one for words, one in known.leads.items() if one.kind != "person"}
    root = Unit.objects.filter(parent__isnull=True).values_list("name", flat=True).first()
    return Habits(root, known.columns, leads, known.statuses, known.colours)


def _units(person: Person, on: date) -> frozenset[int]:
    within = reach(person, "read_drafts", on)
    parents = units_above(on)
    return within.union(*(lineage(unit, parents) for unit in within))
