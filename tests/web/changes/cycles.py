"""How to make each change of cadences and rounds once, in the state in which it is allowed."""

from datetime import date

from goldenthread.web.changes import chase, rounds
from goldenthread.web.queries.rounds import cadence_of
from web.changes.attempt import Attempt
from web.world import AT, DAY, ON


def _round_with_links(world, unit):
    row = world.round(unit)
    chase.send_links(by=world.manager, round=row, at=AT - DAY)
    return row


def _version(unit):
    """The version of the cadence that stands; 0 where none does."""
    row = cadence_of(unit)
    return row.version if row is not None else 0


ATTEMPTS = {
    "keep_cadence": Attempt(
        "keep_rounds",
        lambda w, u: (
            lambda by: rounds.keep_cadence(by=by, of=u, months=6, version=_version(u), at=AT)
        ),
    ),
    "end_cadence": Attempt(
        "keep_rounds",
        lambda w, u: (
            lambda row: lambda by: rounds.end_cadence(by=by, cadence=row, version=1, at=AT)
        )(w.cadence(u)),
    ),
    "open_round": Attempt(
        "keep_rounds",
        lambda w, u: (
            lambda _plan: (
                lambda by: rounds.open_round(
                    by=by,
                    unit=u,
                    months=3,
                    ends=date(2026, 12, 31),
                    teams_from=ON,
                    directors_from=ON,
                    closes=date(2026, 12, 31),
                    at=AT,
                )
            )
        )(w.plan(unit=u, at=AT - 180 * DAY)),
    ),
    "keep_round_open": Attempt(
        "keep_rounds",
        lambda w, u: (
            lambda row: (
                lambda by: rounds.keep_round_open(
                    by=by, round=row, version=1, closes=ON + 20 * DAY, at=AT
                )
            )
        )(w.round(u)),
    ),
    "close_round": Attempt(
        "keep_rounds",
        lambda w, u: (
            lambda row: lambda by: rounds.close_round(by=by, round=row, version=1, at=AT)
        )(w.round(u)),
    ),
    "remind": Attempt(
        "send_links",
        lambda w, u: (lambda row: lambda by: chase.remind(by=by, round=row, at=AT))(
            _round_with_links(w, u)
        ),
    ),
}
