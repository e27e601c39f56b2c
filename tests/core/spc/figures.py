"""Series for the tests: figures of things by month or quarter, in a line each."""

from datetime import date, timedelta

from goldenthread.spc import Counts, Point, Quantity, Series

APRIL = date(2022, 4, 1)


def months(number, start=APRIL):
    """The first days of so many months."""
    first = start.year * 12 + start.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(first, first + number)]


def quarters(number, year=2022):
    """The last day and the council's name of so many quarters, from April of a year."""
    for place in range(number):
        begins, quarter = year + place // 4, place % 4 + 1
        after = (
            date(begins, 4 + 3 * quarter, 1)
            if quarter < 3
            else date(begins + 1, 3 * quarter - 8, 1)
        )
        last = after - timedelta(1)
        yield last, f"Q{quarter} {begins}/{(begins + 1) % 100:02}"


def by_month(values, **more):
    """A series of numbers by month; None is a gap."""
    points = tuple(
        Point(day, f"{day:%B %Y}", value)
        for day, value in zip(months(len(values)), values, strict=True)
    )
    return series(points, **more)


def by_quarter(values, **more):
    """A series by financial quarter, from Q1 2022/23; None is a gap."""
    named = quarters(len(values))
    points = tuple(
        Point(day, label, value) for (day, label), value in zip(named, values, strict=True)
    )
    return series(points, **more)


def series(points, **more):
    """A series of things with points of its own."""
    ordinary = {
        "title": "Interview panels that were mixed and trained",
        "quantity": Quantity("number"),
        "better": "higher",
        "counts": Counts.THINGS,
        "source": "The panel log",
    }
    return Series(points=points, **(ordinary | more))
