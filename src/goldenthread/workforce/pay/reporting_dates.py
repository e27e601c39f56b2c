"""Which day a pay gap is of, by when it is to be published, and whether it has to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Regime:
    """A set of regulations: the day of the year that they take, and who is under them."""

    name: str
    month: int
    day: int
    source: str


PUBLIC = Regime(
    "public authorities",
    3,
    31,
    "SI 2017/353 Schedule 1 paragraph 1(1), https://www.legislation.gov.uk/uksi/2017/353/schedule/1/made",
)
PRIVATE = Regime(
    "other employers",
    4,
    5,
    "SI 2017/172 regulation 1(2), https://www.legislation.gov.uk/uksi/2017/172/regulation/1/made",
)
# SI 2017/353 Schedule 1 paragraph 1(1): “250 or more employees on the snapshot date”.
EMPLOYEES = 250


def snapshot_date(year: int, regime: Regime = PUBLIC) -> date:
    """The day that a year's figures are of: 31 March for public authorities, 5 April for others.

    Source: SI 2017/353 Schedule 1 paragraph 1(1); SI 2017/172 regulation 1(2).

    >>> snapshot_date(2026), snapshot_date(2026, PRIVATE)
    (datetime.date(2026, 3, 31), datetime.date(2026, 4, 5))
    """
    return date(year, regime.month, regime.day)


def last_day_to_publish(snapshot: date) -> date:
    """The last day of the 12 months that begin with the snapshot: the day before it comes again.

    Source: SI 2017/353 Schedule 1 paragraph 2(2); for 5 April, 4 April is the day that
    https://newlandsofstow.co.uk/gender-pay-gap gives.

    >>> last_day_to_publish(date(2026, 3, 31)), last_day_to_publish(date(2024, 4, 5))
    (datetime.date(2027, 3, 30), datetime.date(2025, 4, 4))
    """
    if (snapshot.month, snapshot.day) == (2, 29):
        return date(snapshot.year + 1, 2, 28)
    return snapshot.replace(year=snapshot.year + 1) - timedelta(days=1)


def must_publish(employees: int) -> bool:
    """Whether a body with so many employees on the snapshot date has to publish: 250 or more.

    Units: people by head, not full-time equivalents; each of two who share a job is one. Staff of
    an English council's maintained schools are their governing body's (SI 2017/353 regulation
    2(3)) and are not counted here.

    Source: SI 2017/353 Schedule 1 paragraph 1(1) and regulation 2.

    >>> must_publish(249), must_publish(250)
    (False, True)
    """
    return employees >= EMPLOYEES
