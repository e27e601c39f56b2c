"""What the site itself can count for a measure: only what its own register holds."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from goldenthread.timescale import Period
from goldenthread.web.models import Action, Measure, Promise, Update


def counted(measure: Measure, period: Period) -> Decimal:
    """The count of the measure's plan for a period, by the register as it stands now.

    Days are those of the council's own clock. An update that its writer took back is none. Raises
    ``ValueError`` for a measure that the site does not count.
    """
    plan = measure.plan_id
    if measure.system == "actions_done":
        done = Action.objects.filter(
            plan=plan, status="completed", completed_on__lte=period.ends
        ).count()
        return Decimal(done)
    if measure.system == "actions_updated":
        said = Q(said_on__isnull=False, said_on__range=(period.begins, period.ends)) | Q(
            said_on__isnull=True, at__gte=_midnight(period.begins), at__lt=_after(period)
        )
        updates = Update.objects.filter(said, action__plan=plan)
        return Decimal(updates.values("action").distinct().count())
    if measure.system == "dates_moved":
        moved = Promise.objects.filter(
            action__plan=plan,
            replaces__isnull=False,
            given_on__range=(period.begins, period.ends),
        )
        return Decimal(moved.count())
    raise ValueError("the site does not count this measure")


def _midnight(day: object) -> datetime:
    """The first moment of a day on the council's clock, summer time or not."""
    return timezone.make_aware(datetime.combine(day, time.min))  # type: ignore[arg-type]


def _after(period: Period) -> datetime:
    return _midnight(period.ends + timedelta(days=1))
