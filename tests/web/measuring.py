"""Measures and their figures for tests, made by the changes."""

from datetime import date
from decimal import Decimal

from goldenthread.web.bridge import Figure
from goldenthread.web.changes import case_studies, figures, measures
from web.world import AT, ON

Q1, Q2 = date(2026, 6, 30), date(2026, 9, 30)
MARCH = date(2027, 3, 31)


def measure(world, of=None, unit=None, owner=None, **said):
    """A measure of things in per cent, of a new action where ``of`` is not given."""
    given = {
        "text": "Share of panels that were mixed and trained",
        "quantity": "share",
        "better": "higher",
        "counts": "things",
        "source": "The panel log",
        "months": 3,
    }
    of = of or world.action(unit=unit)
    given |= said
    if given["counts"]:
        return measures.add_measure(by=world.manager, of=of, said=given, owner=owner, at=AT)
    # As a document brings it: nobody has said anything yet.
    return measures.add_measure(
        by=world.manager, of=of, said={"text": given["text"]}, owner=owner, at=AT
    )


def give(world, row, ends, value, commentary="As expected", *, by=None, at=AT, key="", **more):
    """A figure of a measure, as the programme manager gives it."""
    figure = Figure(
        ends,
        None if value is None else Decimal(value),
        commentary,
        **{name: Decimal(one) if isinstance(one, int) else one for name, one in more.items()},
    )
    return figures.give_figure(by=by or world.manager, measure=row, figure=figure, at=at, key=key)


def target(world, row, value, on=MARCH, horizon="short", rationale="Half of what the best reach"):
    """A target of a measure."""
    return measures.set_target(
        by=world.manager,
        measure=row,
        value=Decimal(value),
        on=on,
        horizon=horizon,
        rationale=rationale,
        at=AT,
    )


def case_study(world, unit=None, of=None, consent=True, **said):
    """A case study of a new measure where ``of`` is not given."""
    given = {"title": "A panel of three", "story": "It heard me out.", "told_on": ON} | said
    of = of or measure(world, unit=unit)
    return case_studies.tell_case_study(by=world.manager, of=of, consent=consent, at=AT, **given)
