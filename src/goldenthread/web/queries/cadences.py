"""How often each action is asked about: the nearest cadence, in Python and in SQL alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from goldenthread.timescale import STANDARD, Rhythm
from goldenthread.web.models import Action, Cadence
from goldenthread.web.permissions import once, standing_for, units_above

_QUARTERLY = STANDARD[3]


@dataclass(frozen=True)
class Head:
    """Who asks together: a unit, and the months of the periods that it asks about."""

    unit: int
    months: int


@dataclass(frozen=True)
class Cadences:
    """The cadences that stand, by the key of what they are of; a unit's has days as well."""

    units: Mapping[int, Rhythm]
    plans: Mapping[int, int]
    actions: Mapping[int, int]
    parents: Mapping[int, int | None]
    root: int
    # The heads that plans and actions with months of their own are asked under.
    beside: frozenset[Head] = field(default=frozenset())

    def head(self, unit: int) -> int:
        """The nearest unit, this one or above it, that has a cadence; else the whole body."""
        here: int | None = unit
        while here is not None and here not in self.units:
            here = self.parents.get(here)
        return self.root if here is None else here

    def months(self, *, action: int, plan: int, unit: int) -> int:
        """The months of an action's periods: its own, its plan's, or those of the nearest unit."""
        if action in self.actions:
            return self.actions[action]
        if plan in self.plans:
            return self.plans[plan]
        return self.units.get(self.head(unit), _QUARTERLY).months

    def rhythm(self, unit: int, months: int) -> Rhythm:
        """The days on which a unit asks about periods of so many months.

        Its own where it keeps such periods, else the standard ones.
        """
        own = self.units.get(self.head(unit), _QUARTERLY)
        return own if own.months == months else STANDARD[months]

    def rhythm_of(self, action: Action) -> Rhythm:
        """The days on which an action, with its plan, is asked about."""
        unit = action.plan.unit_id
        months = self.months(action=action.pk, plan=action.plan_id, unit=unit)
        return self.rhythm(unit, months)

    @property
    def heads(self) -> frozenset[Head]:
        """Everybody who asks together."""
        own = {Head(unit, rhythm.months) for unit, rhythm in self.units.items()}
        if self.root not in self.units:
            own.add(Head(self.root, _QUARTERLY.months))
        return frozenset(own) | self.beside

    def in_sql(self) -> Case:
        """The months of an action's periods, worked out by the database."""
        whens = []
        for where, of in (("pk__in", self.actions), ("plan__in", self.plans)):
            for months in sorted(set(of.values())):
                keys = [key for key, value in of.items() if value == months]
                whens.append(When(**{where: keys}, then=Value(months)))
        by_unit: dict[int, list[int]] = {}
        for unit in self.parents:
            by_unit.setdefault(self.units.get(self.head(unit), _QUARTERLY).months, []).append(unit)
        whens += [
            When(plan__unit__in=units, then=Value(months))
            for months, units in sorted(by_unit.items())
            if months != _QUARTERLY.months
        ]
        return Case(*whens, default=Value(_QUARTERLY.months), output_field=IntegerField())

    def silent(self, as_at: date, periods: int | None = None) -> Q:
        """The condition that nobody has said a word of an action for so many of its periods.

        One that was never spoken of is silent since its plan began, or since it was to begin. It is
        asked of actions that carry ``every`` (:meth:`in_sql`); without ``periods`` it is the
        council's own number.
        """
        periods = settings.SILENT_AFTER if periods is None else periods
        by_days: dict[Rhythm, list[int]] = {}
        for unit in self.parents:
            for months in STANDARD:
                by_days.setdefault(self.rhythm(unit, months), []).append(unit)
        found = Q(pk__in=[])
        for rhythm, units in by_days.items():
            since = rhythm.silent_since(as_at, periods)
            began = timezone.make_aware(datetime.combine(since, time.min))
            quiet = Q(updated_at__lt=began) | Q(updated_at__isnull=True, plan__begins__lt=since)
            asked = Q(every=rhythm.months) & (Q(starts__isnull=True) | Q(starts__lt=since))
            # Where every unit keeps the same days, which is nearly always, none need be named.
            if len(units) < len(self.parents):
                asked &= Q(plan__unit__in=units)
            found |= asked & quiet
        return found


def cadences(on: date | None = None) -> Cadences:
    """Every cadence that stands, in two queries; one where the units are known already.

    With a day that is over the cadences and the tree of units are those of its end.
    """
    past = on if on is not None and on < timezone.localdate() else None
    return once(("cadences", past), lambda: _cadences(past))


def _cadences(on: date | None) -> Cadences:
    parents = units_above(on)
    root = next((unit for unit, above in parents.items() if above is None), 0)
    kept, plans, actions = {}, {}, {}
    asked = []
    stands = Q(ended_at__isnull=True)
    if on is not None:
        end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
        stands = Q(at__lt=end) & (stands | Q(ended_at__gte=end))
    standing = Cadence.objects.filter(stands).values_list(
        *("unit", "plan", "action", "plan__unit", "action__plan__unit"),
        *("months", "teams_before", "directors_before", "grace"),
    )
    for unit, plan, action, plan_unit, action_unit, months, *days in standing:
        if unit is not None:
            kept[unit] = Rhythm(months, *days)
        elif plan is not None:
            plans[plan] = months
            asked.append((plan_unit, months))
        else:
            actions[action] = months
            asked.append((action_unit, months))
    # What a unit kept that has moved, its successor keeps, unless that keeps its own.
    units = {standing_for(unit, on): rhythm for unit, rhythm in kept.items()} | kept
    units = {unit: rhythm for unit, rhythm in units.items() if standing_for(unit, on) == unit}
    found = Cadences(units, plans, actions, parents, root)
    beside = frozenset(Head(found.head(unit), months) for unit, months in asked)
    return Cadences(units, plans, actions, parents, root, beside)
