"""An edition said in sentences: the finding first, with the bad half in it."""

from __future__ import annotations

from datetime import date

from goldenthread.plan.edition.standing import (
    Counts,
    Slip,
    Span,
    Standing,
    first_promised,
    is_done,
    moves,
    now_promised,
    slipped,
    standing,
)
from goldenthread.plan.edition.value import Action, Measure, Position
from goldenthread.timescale import day

STANDING_WORDS: dict[Standing, str] = {
    "done": "Done",
    "on_track": "On track",
    "at_risk": "At risk",
    "late": "Late",
    "not_due": "Not due yet",
}
POSITION_WORDS: dict[Position, str] = {
    "accepted": "Accepted in full",
    "partly_accepted": "Accepted in part",
    "not_accepted": "Not accepted",
}
_UNITS = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def number_word(number: int) -> str:
    """A number in words, for the start of a sentence; nought is "none".

    >>> [number_word(number) for number in (0, 5, 40, 31, 120)]
    ['none', 'five', 'forty', 'thirty-one', 'one hundred and twenty']
    """
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_UNITS[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_UNITS[hundreds]} hundred" + (f" and {number_word(rest)}" if rest else "")
    return f"{number:,}"


def times(number: int) -> str:
    """How often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def headline(counts: Counts, about: str = "") -> str:
    """The finding with its bad half in it; ``about`` says what the promises are on.

    >>> headline(Counts(31, 9, 11, 4, 5, 2, 8, 6, 3))
    'We have kept 9 of our 31 promises. Five are late.'
    >>> headline(Counts(2, 0, 1, 0, 1, 0, 0, 0, 0), "race equality")
    'We have kept none of our 2 promises on race equality. One is late.'
    """
    on = f" on {about}" if about else ""
    if counts.total == 0:
        return f"We have made no promises{on} yet."
    if counts.total == 1:
        if counts.done:
            return f"We have kept our one promise{on}."
        late = "It is late." if counts.late else "It is not late."
        return f"We have not yet kept our one promise{on}. {late}"
    if counts.done == counts.total:
        return f"We have kept all {counts.total} of our promises{on}."
    kept = counts.done or "none"
    late = f"{number_word(counts.late).capitalize()} {'is' if counts.late < 2 else 'are'} late."
    return f"We have kept {kept} of our {counts.total} promises{on}. {late}"


def span_words(span: Span) -> str:
    """A length of time as people say it.

    >>> span_words(Span(15, 0)), span_words(Span(0, 1))
    ('15 months', '1 day')
    """
    number, unit = (span.months, "month") if span.months else (span.days, "day")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def slip_words(slip: Slip) -> str:
    """How late, in one phrase: "15 months later", "3 months late, no new date"."""
    span = span_words(slip.span)
    if slip.became == "done":
        return f"{span} late"
    if slip.became == "promised":
        return f"{span} later"
    return f"{span} late, no new date"


def state_lines(action: Action, at: date) -> tuple[str, ...]:
    """What a list says under an action's standing: the slip, the dates, the newest figure.

    >>> from goldenthread.plan.edition.value import Lead
    >>> action = Action("a1b2", "A1", "Publish the plan", Lead("Head of Policy"))
    >>> state_lines(action, date(2026, 9, 30))
    ('No date promised',)
    """
    aimed = next((m for m in action.measures if m.target is not None), None)
    so_far = newest_figure(aimed, at) if aimed and not is_done(action, at) else ""
    return (*_dates(action, at), *((f"Now {so_far}",) if so_far else ()))


def _dates(action: Action, at: date) -> tuple[str, ...]:
    first, now, slip = first_promised(action, at), now_promised(action, at), slipped(action, at)
    if is_done(action, at) and action.done_on is not None:
        kept = slip_words(slip) if slip else "on time"
        return (f"Done {day(action.done_on)}" + (f", {kept}" if first else ""),)
    if slip is not None and first is not None:
        moved = len(moves(action, at))
        words = slip_words(slip) + (f", moved {times(moved)}" if moved > 1 else "")
        dates = (f"First promised {day(first)}",)
        return (words, *dates, *((f"Now promised {day(now)}",) if now else ()))
    if action.next_review is not None:
        stops = f"; stops when {action.stops_when}" if action.stops_when else ""
        return (f"Next review {day(action.next_review)}{stops}",)
    if standing(action, at) == "not_due" and action.starts_on is not None:
        return (f"Starts {action.starts_on:%B %Y}",)
    return (f"Due {day(now)}",) if now is not None else ("No date promised",)


def figure(value: float, unit: str) -> str:
    """A figure of a measure as it is printed, without an idle nought.

    >>> figure(61.0, "%"), figure(1.5, " times"), figure(12000.0, " people")
    ('61%', '1.5 times', '12,000 people')
    """
    return f"{value:,.0f}{unit}" if value == round(value) else f"{value:,}{unit}"


def newest_figure(measure: Measure, at: date) -> str:
    """A measure's newest figure by a day with its unit; nothing where there is none.

    >>> newest_figure(Measure("Staff who told us", unit="%"), date(2026, 9, 30))
    ''
    """
    known = [reading for reading in measure.readings if reading.on <= at]
    newest = max(known, key=lambda reading: reading.on, default=None)
    return figure(newest.value, measure.unit) if newest else ""


def action_headline(action: Action, at: date) -> str:
    """The finding of one action's page: its short name, how far it has come, how it stands.

    "So far" is said of the first measure that has a target, until the action is done.
    """
    aimed = next((m for m in action.measures if m.target is not None), None)
    so_far = newest_figure(aimed, at) if aimed and not is_done(action, at) else ""
    parts = [f"{so_far} so far"] if so_far else []
    return f"{action.title}: {', '.join([*parts, _how_it_stands(action, at)])}"


def _how_it_stands(action: Action, at: date) -> str:
    slip, now = slipped(action, at), now_promised(action, at)
    if is_done(action, at) and action.done_on is not None:
        done = f"done {day(action.done_on)}"
        if slip:
            return f"{done}, {slip_words(slip)}"
        return f"{done}, on time" if first_promised(action, at) else done
    if slip is not None and slip.became == "promised":
        return f"{span_words(slip.span)} later than first promised"
    if slip is not None:
        return slip_words(slip)
    state = STANDING_WORDS[standing(action, at)].lower()
    return f"{state} for {day(now)}" if now and state == "on track" else state
