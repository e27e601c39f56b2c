"""Case studies: what happened, told without names, with the outcome that it serves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.plan.people import find_people
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import words
from goldenthread.web.models import Action, CaseStudy, Measure, Person
from goldenthread.web.permissions import require

TITLE, STORY = 200, 4_000


@change
def tell_case_study(
    *,
    by: Person,
    of: Action | Measure,
    title: str,
    story: str,
    told_on: date | None,
    consent: bool,
    at: datetime,
    nobody_named: bool = False,
    key: str = "",
) -> CaseStudy:
    """Tell what happened, with the action or the measure that it serves.

    ``consent`` is whether whoever it is about agreed to its being published. What changes: one case
    study more. Who may: tell_case_studies; a lead officer for the actions and measures of their own
    post. Recorded: ``case_study.told``. Raises ``Missing`` without a title, words or a day, and
    where the words seem to name somebody and nobody said that they do not (``nobody_named``).
    """
    require(by, "tell_case_studies", of, localdate(at))
    said = _said(title, story, told_on, localdate(at), nobody_named=nobody_named)
    measure = of if isinstance(of, Measure) else None
    action = of if isinstance(of, Action) else None
    told = CaseStudy.objects.create(
        plan=of.plan, action=action, measure=measure, consent=consent, by=by, **said
    )
    facts = {"consent": consent}
    audit.record(by=by, what="case_study.told", on=told, facts=facts, at=at)
    return told


@change
def change_case_study(
    *,
    by: Person,
    case_study: CaseStudy,
    version: int,
    title: str,
    story: str,
    told_on: date | None,
    consent: bool,
    at: datetime,
    nobody_named: bool = False,
    until: date | None = None,
    key: str = "",
) -> CaseStudy:
    """Tell it in other words, take consent back, or tell it no more after a day (``until``).

    Editions that are published keep what they held: to take it out of one, ask for that edition to
    be taken down. Who may: tell_case_studies; a lead officer for the actions and measures of their
    own post. Recorded: ``case_study.changed``. Raises as :func:`tell_case_study`, and ``OutOfStep``
    where somebody changed it first.
    """
    require(by, "tell_case_studies", case_study, localdate(at))
    said = _said(title, story, told_on, localdate(at), nobody_named=nobody_named)
    step(case_study, version, consent=consent, ended_on=until, **said)
    facts = {"consent": consent, "until": until.isoformat() if until else ""}
    audit.record(by=by, what="case_study.changed", on=case_study, facts=facts, at=at)
    return case_study


def seems_to_name(title: str, story: str) -> tuple[str, ...]:
    """The words that read like the name of somebody, as a plan's check finds them, each once.

    >>> seems_to_name("A new start", "Joan Hartley joined a panel."), seems_to_name("A", "A panel.")
    (('Joan Hartley',), ())
    """
    found = [span.text for text in (title, story) for span in find_people(text)]
    return tuple(dict.fromkeys(found))


def _said(
    title: str, story: str, told_on: date | None, on: date, *, nobody_named: bool
) -> dict[str, Any]:
    said = {
        "title": words(title, name="title", most=TITLE),
        "words": words(story, name="story", most=STORY),
    }
    needs: dict[str, str] = {}
    if not said["title"]:
        needs["title"] = "Give it a title."
    if not said["words"]:
        needs["story"] = "Say what happened, and what changed."
    if told_on is None:
        needs["told_on"] = "Give the day on which it was told."
    elif told_on > on:
        needs["told_on"] = "The day lies in the future."
    if not nobody_named and seems_to_name(said["title"], said["words"]):
        needs["nobody_named"] = (
            "It seems to name somebody. Take the name out; or, if it is no person’s, say so here."
        )
    if needs:
        raise Missing("The case study was not kept.", needs=needs)
    return said | {"told_on": told_on}
