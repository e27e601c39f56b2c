"""An edition said in sentences: the finding first, with the bad half in it.

Every function takes ``say``, the translations to speak with; English where none is given.
"""

from __future__ import annotations

from datetime import date

from goldenthread.plan.edition.directorate import Agreement
from goldenthread.plan.edition.language import ENGLISH, Say, day, month, number_word
from goldenthread.plan.edition.standing import (
    Counts,
    Slip,
    Span,
    Standing,
    first_promised,
    is_done,
    is_over,
    is_withdrawn,
    moves,
    now_promised,
    slipped,
    standing,
)
from goldenthread.plan.edition.value import Action, Measure, Position


def standing_words(standing: Standing, *, say: Say = ENGLISH) -> str:
    """The word for a standing, as it stands beside its mark.

    >>> standing_words("not_due")
    'Not due yet'
    """
    return {
        "done": say.gettext("Done"),
        "on_track": say.gettext("On track"),
        "at_risk": say.gettext("At risk"),
        "late": say.gettext("Late"),
        "not_due": say.gettext("Not due yet"),
        "withdrawn": say.gettext("Withdrawn"),
    }[standing]


def stance_words(stance: Agreement, *, say: Say = ENGLISH) -> str:
    """What a union or a forum says of a thing.

    >>> stance_words("supports_with_objections")
    'Supports with objections'
    """
    return {
        "supports": say.gettext("Supports"),
        "supports_with_objections": say.gettext("Supports with objections"),
        "objects": say.gettext("Objects"),
        "no_position": say.gettext("Takes no position"),
    }[stance]


def position_words(position: Position, *, say: Say = ENGLISH) -> str:
    """What a body answered to a recommendation.

    >>> position_words("partly_accepted")
    'Accepted in part'
    """
    return {
        "accepted": say.gettext("Accepted in full"),
        "partly_accepted": say.gettext("Accepted in part"),
        "not_accepted": say.gettext("Not accepted"),
    }[position]


# In English, for tables that are read by programs and for whoever has no translations at hand.
STANDING_WORDS: dict[Standing, str] = {
    name: standing_words(name)
    for name in ("done", "on_track", "at_risk", "late", "not_due", "withdrawn")
}
POSITION_WORDS: dict[Position, str] = {
    name: position_words(name) for name in ("accepted", "partly_accepted", "not_accepted")
}
STANCE_WORDS: dict[Agreement, str] = {
    name: stance_words(name)
    for name in ("supports", "supports_with_objections", "objects", "no_position")
}


def times(number: int, *, say: Say = ENGLISH) -> str:
    """How often: once, twice, 3 times."""
    if number in (1, 2):
        return {1: say.gettext("once"), 2: say.gettext("twice")}[number]
    return say.ngettext("%(number)s time", "%(number)s times", number) % {"number": number}


def headline(counts: Counts, about: str = "", *, say: Say = ENGLISH) -> str:
    """The finding with its bad half in it; ``about`` says what the promises are on.

    >>> headline(Counts(31, 9, 11, 4, 5, 2, 8, 6, 3))
    'We have kept 9 of our 31 promises. Five are late.'
    >>> headline(Counts(2, 0, 1, 0, 1, 0, 0, 0, 0), "race equality")
    'We have kept none of our 2 promises on race equality. One is late.'
    >>> headline(Counts(3, 1, 1, 0, 0, 0, 0, 1, 0, withdrawn=1))
    'We have kept 1 of our 3 promises. None is late. One was withdrawn.'
    """
    on = say.gettext(" on %(subject)s") % {"subject": about} if about else ""
    kept = str(counts.done) if counts.done else number_word(0, say=say)
    words = {"on": on, "total": counts.total, "kept": kept}
    if counts.total == 0:
        return say.gettext("We have made no promises%(on)s yet.") % words
    if counts.total == 1:
        return _the_one(counts, say) % words
    if counts.done == counts.total:
        return say.gettext("We have kept all %(total)s of our promises%(on)s.") % words
    said = [
        say.gettext("We have kept %(kept)s of our %(total)s promises%(on)s.") % words,
        _so_many(
            counts.late,
            say.gettext("None is late."),
            say.ngettext("%(number)s is late.", "%(number)s are late.", counts.late),
            say,
        ),
    ]
    if counts.withdrawn:
        gone = say.ngettext(
            "%(number)s was withdrawn.", "%(number)s were withdrawn.", counts.withdrawn
        )
        said.append(_so_many(counts.withdrawn, "", gone, say))
    return " ".join(said)


def _the_one(counts: Counts, say: Say) -> str:
    if counts.done:
        return say.gettext("We have kept our one promise%(on)s.")
    if counts.withdrawn:
        return say.gettext("We have withdrawn our one promise%(on)s.")
    if counts.late:
        return say.gettext("We have not yet kept our one promise%(on)s. It is late.")
    return say.gettext("We have not yet kept our one promise%(on)s. It is not late.")


def _so_many(number: int, none: str, some: str, say: Say) -> str:
    return some % {"number": number_word(number, say=say).capitalize()} if number else none


def span_words(span: Span, *, say: Say = ENGLISH) -> str:
    """A length of time as people say it.

    >>> span_words(Span(15, 0)), span_words(Span(0, 1))
    ('15 months', '1 day')
    """
    if span.months:
        words = say.ngettext("%(number)s month", "%(number)s months", span.months)
        return words % {"number": span.months}
    return say.ngettext("%(number)s day", "%(number)s days", span.days) % {"number": span.days}


def slip_words(slip: Slip, *, say: Say = ENGLISH) -> str:
    """How late, in one phrase: "15 months later", "3 months late, no new date"."""
    span = {"span": span_words(slip.span, say=say)}
    if slip.became == "done":
        return say.gettext("%(span)s late") % span
    if slip.became == "promised":
        return say.gettext("%(span)s later") % span
    if slip.became == "withdrawn":
        return say.gettext("%(span)s after the date first promised") % span
    return say.gettext("%(span)s late, no new date") % span


def state_lines(action: Action, at: date, *, say: Say = ENGLISH) -> tuple[str, ...]:
    """What a list says under an action's standing: the slip, the dates, the newest figure.

    >>> from goldenthread.plan.edition.value import Lead
    >>> action = Action("a1b2", "A1", "Publish the plan", Lead("Head of Policy"))
    >>> state_lines(action, date(2026, 9, 30))
    ('No date promised',)
    """
    aimed = next((m for m in action.measures if m.target is not None), None)
    so_far = newest_figure(aimed, at) if aimed and not is_over(action, at) else ""
    now = (say.gettext("Now %(figure)s") % {"figure": so_far},) if so_far else ()
    return (*_dates(action, at, say), *now)


def _dates(action: Action, at: date, say: Say) -> tuple[str, ...]:
    first, now, slip = first_promised(action, at), now_promised(action, at), slipped(action, at)
    if is_done(action, at) and action.done_on is not None:
        return (_sentence_start(_done(action, at, say)),)
    if is_withdrawn(action, at):
        gone = (_sentence_start(_gone(action, at, say)),)
        due = (_first(first, say),) if first is not None else ()
        return (*gone, *due)
    if slip is not None and first is not None:
        moved = len(moves(action, at))
        words = slip_words(slip, say=say)
        if moved > 1:
            words = say.gettext("%(slip)s, moved %(times)s") % {
                "slip": words,
                "times": times(moved, say=say),
            }
        new = say.gettext("Now promised %(day)s") % {"day": day(now, say=say)} if now else ""
        return (words, _first(first, say), *((new,) if new else ()))
    if action.next_review is not None:
        words = say.gettext("Next review %(day)s") % {"day": day(action.next_review, say=say)}
        if action.stops_when:
            stops = {"review": words, "test": action.stops_when}
            words = say.gettext("%(review)s; stops when %(test)s") % stops
        return (words,)
    if standing(action, at) == "not_due" and action.starts_on is not None:
        return (say.gettext("Starts %(month)s") % {"month": month(action.starts_on, say=say)},)
    if now is not None:
        return (say.gettext("Due %(day)s") % {"day": day(now, say=say)},)
    return (say.gettext("No date promised"),)


def _first(first: date, say: Say) -> str:
    return say.gettext("First promised %(day)s") % {"day": day(first, say=say)}


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
    known = [one for one in measure.readings if one.on <= at and one.value is not None]
    newest = max(known, key=lambda reading: reading.on, default=None)
    if newest is None or newest.value is None:
        return ""
    return figure(newest.value, measure.unit)


def action_headline(action: Action, at: date, *, say: Say = ENGLISH) -> str:
    """The finding of one action's page: its short name, how far it has come, how it stands.

    "So far" is said of the first measure that has a target, until the action is over.
    """
    aimed = next((m for m in action.measures if m.target is not None), None)
    so_far = newest_figure(aimed, at) if aimed and not is_over(action, at) else ""
    words = {"title": action.title, "figure": so_far, "state": _how_it_stands(action, at, say)}
    if so_far:
        return say.gettext("%(title)s: %(figure)s so far, %(state)s") % words
    return say.gettext("%(title)s: %(state)s") % words


def _how_it_stands(action: Action, at: date, say: Say) -> str:
    slip, now = slipped(action, at), now_promised(action, at)
    if is_done(action, at):
        return _done(action, at, say)
    if is_withdrawn(action, at):
        return _gone(action, at, say)
    if slip is not None and slip.became == "promised":
        words = {"span": span_words(slip.span, say=say)}
        return say.gettext("%(span)s later than first promised") % words
    if slip is not None:
        return slip_words(slip, say=say)
    stands = standing(action, at)
    if now and stands == "on_track":
        return say.gettext("on track for %(day)s") % {"day": day(now, say=say)}
    return standing_words(stands, say=say).lower()


def _done(action: Action, at: date, say: Say) -> str:
    """That it is done, when, and whether the first date was kept; for inside a sentence."""
    slip = slipped(action, at)
    words = {"day": day(action.done_on or at, say=say)}
    if slip:
        return say.gettext("done %(day)s, %(slip)s") % {**words, "slip": slip_words(slip, say=say)}
    if first_promised(action, at):
        return say.gettext("done %(day)s, on time") % words
    return say.gettext("done %(day)s") % words


def _gone(action: Action, at: date, say: Say) -> str:
    """That it was withdrawn, when, and how long after its first date; for inside a sentence."""
    slip = slipped(action, at)
    words = {"day": day(action.withdrawn.on if action.withdrawn else at, say=say)}
    if slip:
        late = {**words, "slip": slip_words(slip, say=say)}
        return say.gettext("withdrawn %(day)s, %(slip)s") % late
    return say.gettext("withdrawn %(day)s") % words


def _sentence_start(words: str) -> str:
    return words[:1].upper() + words[1:]
