"""Service plans of directorates and divisions, and which actions stand in them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Action, InServicePlan, Person, ServicePlan, Unit
from goldenthread.web.permissions import lineage, require, units_above

_ADDRESS = URLValidator(schemes=["https", "http"])
REFERENCE = 60


@change
def add_service_plan(
    *,
    by: Person,
    unit: Unit,
    title: str,
    begins: date | None,
    ends: date | None,
    at: datetime,
    place: str = "",
    link: str = "",
    review_on: date | None = None,
    key: str = "",
) -> ServicePlan:
    """Say that a directorate or a division has a service plan, for which time, and where it is.

    Who may: keep_planning in the unit. Recorded: ``service_plan.added``. Raises ``Missing`` without
    a title, a time or a place, and for one of the same title that begins on the same day.
    """
    require(by, "keep_planning", unit, localdate(at))
    said = _said(title, begins, ends, place, link, review_on)
    try:
        with transaction.atomic():
            row = ServicePlan.objects.create(unit=unit, **said)
    except IntegrityError:
        raise Missing(
            "The service plan was not added.",
            needs={"title": "There is a service plan of this title from that day."},
        ) from None
    facts = {"unit": unit.public_id}
    audit.record(by=by, what="service_plan.added", on=row, facts=facts, at=at)
    return row


@change
def change_service_plan(
    *,
    by: Person,
    service_plan: ServicePlan,
    version: int,
    title: str,
    begins: date | None,
    ends: date | None,
    at: datetime,
    place: str = "",
    link: str = "",
    review_on: date | None = None,
    key: str = "",
) -> ServicePlan:
    """Say otherwise what a service plan is called, where it is, or when it is looked at again.

    Who may: keep_planning in its unit. Recorded: ``service_plan.changed``, naming what changed.
    Raises what :func:`add_service_plan` does, and ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_planning", service_plan, localdate(at))
    said = _said(title, begins, ends, place, link, review_on)
    changed = sorted(name for name, value in said.items() if getattr(service_plan, name) != value)
    try:
        with transaction.atomic():
            step(service_plan, version, **said)
    except IntegrityError:
        raise Missing(
            "The service plan was not changed.",
            needs={"title": "There is a service plan of this title from that day."},
        ) from None
    facts = {"fields": changed}
    audit.record(by=by, what="service_plan.changed", on=service_plan, facts=facts, at=at)
    return service_plan


@change
def end_service_plan(
    *, by: Person, service_plan: ServicePlan, version: int, on: date, at: datetime, key: str = ""
) -> ServicePlan:
    """Count a service plan no more from a day; what stood in it stays in the history.

    Who may: keep_planning in its unit. Recorded: ``service_plan.ended``. Raises ``Missing`` for one
    that has ended, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_planning", service_plan, localdate(at))
    if service_plan.ended_on is not None:
        raise Missing("This service plan has ended already.")
    step(service_plan, version, ended_on=on)
    facts = {"on": on.isoformat()}
    audit.record(by=by, what="service_plan.ended", on=service_plan, facts=facts, at=at)
    return service_plan


@change
def put_in_service_plan(
    *,
    by: Person,
    service_plan: ServicePlan,
    action: Action | None,
    at: datetime,
    reference: str = "",
    key: str = "",
) -> ServicePlan:
    """Say that an action stands in a service plan, and under which reference.

    An action that stands in it already gets the new reference. The action is of the unit of the
    service plan, of one above it or of one below. Who may: keep_planning in the service plan's
    unit. Recorded: ``service_plan.filled``. Raises ``Missing`` for an action of elsewhere, and for
    what stands there already.
    """
    on = localdate(at)
    require(by, "keep_planning", service_plan, on)
    called = words(reference, name="reference", most=REFERENCE)
    if action is None or not near(action, service_plan):
        needs = {"action": "Choose an action of this part of the council, or of one it belongs to."}
        raise Missing("Nothing was put in the service plan.", needs=needs)
    if service_plan.ended_on is not None:
        raise Missing("This service plan has ended: put it in the next one.")
    stands = service_plan.entries.filter(action=action, until__isnull=True).first()
    if stands is not None and stands.reference == called:
        needs = {"reference": "It stands in this plan under this reference already."}
        raise Missing("Nothing changes.", needs=needs)
    if stands is not None:
        _end(stands, on)
    InServicePlan.objects.create(
        service_plan=service_plan, action=action, reference=called, since=on
    )
    facts = {"action": action.public_id}
    audit.record(by=by, what="service_plan.filled", on=service_plan, facts=facts, at=at)
    return service_plan


@change
def take_out_of_service_plan(
    *,
    by: Person,
    service_plan: ServicePlan,
    action: Action | None,
    at: datetime,
    key: str = "",
) -> ServicePlan:
    """Say that an action stands in a service plan no longer; that it did stays in the history.

    Who may: keep_planning in the service plan's unit. Recorded: ``service_plan.taken_out``. Raises
    ``OutOfStep`` where it does not stand there.
    """
    on = localdate(at)
    require(by, "keep_planning", service_plan, on)
    stands = service_plan.entries.filter(action=action, until__isnull=True).first()
    if action is None or stands is None:
        raise OutOfStep("This action does not stand in the service plan now.")
    _end(stands, on)
    facts = {"action": action.public_id}
    audit.record(by=by, what="service_plan.taken_out", on=service_plan, facts=facts, at=at)
    return service_plan


def near(action: Action, service_plan: ServicePlan) -> bool:
    """Whether an action's unit is that of a service plan, or above or below it."""
    parents = units_above()
    there, here = action.plan.unit_id, service_plan.unit_id
    return there in lineage(here, parents) or here in lineage(there, parents)


def _end(entry: InServicePlan, on: date) -> None:
    """End an entry the day before ``on``; one that began on that day ends on it."""
    entry.until = max(entry.since, on - timedelta(days=1))
    entry.save(update_fields=["until"])


def _said(
    title: str,
    begins: date | None,
    ends: date | None,
    place: str,
    link: str,
    review_on: date | None,
) -> dict[str, Any]:
    """The columns of a service plan. Raises ``Missing`` for what is not whole."""
    said: dict[str, Any] = {
        "title": words(title, name="title", most=200),
        "place": words(place, name="place", most=LINE),
        "link": words(link, name="link", most=1000),
        "begins": begins,
        "ends": ends,
        "review_on": review_on,
    }
    needs: dict[str, str] = {}
    if not said["title"]:
        needs["title"] = "Give its title, as it is called in the directorate."
    if begins is None:
        needs["begins"] = "Give the first day of its time."
    if ends is None:
        needs["ends"] = "Give the last day of its time."
    elif begins is not None and ends < begins:
        needs["ends"] = "It ends before it begins."
    if not said["place"] and not said["link"]:
        needs["place"] = "Say where somebody finds it, or give a link."
    if said["link"]:
        try:
            _ADDRESS(said["link"])
        except ValidationError:
            needs["link"] = "Give an address that begins with https://."
    if needs:
        raise Missing("The service plan was not kept.", needs=needs)
    return said
