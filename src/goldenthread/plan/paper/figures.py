"""Every figure that a paper prints, with the rule by which it is counted, the day, and its rows.

A paper never counts for itself: it asks for a figure by its key, so that what it prints and what
its appendix explains cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldenthread.plan.edition import (
    STANDINGS,
    Action,
    Pair,
    first_promised,
    is_done,
    is_over,
    is_withdrawn,
    slipped,
    standing,
)
from goldenthread.plan.edition.language import ENGLISH, Say, day
from goldenthread.plan.paper.since import Asked, Since, since
from goldenthread.plan.paper.value import Facts


@dataclass(frozen=True)
class Figure:
    """A figure: what it counts, by what rule, on which day or between which, and the rows counted.

    ``rows`` are the numbers of actions in the plan table, or of asks; ``of`` says which.
    """

    key: str
    value: int
    rule: str
    on: str
    rows: tuple[str, ...]
    of: str = "actions"


def figures(
    facts: Facts, found: Since | None = None, *, say: Say = ENGLISH
) -> Mapping[str, Figure]:
    """Every figure that a paper of these facts can print, by its key.

    ``found`` is what :func:`since` gave, where the caller has it already.
    """
    found = found or since(facts)
    return {
        one.key: one
        for part in (_standing(facts, say), _between(facts, found, say), _asks(facts, found, say))
        for one in part
    }


def _standing(facts: Facts, say: Say) -> Iterable[Figure]:
    """How many stand where on the day, and what became of those that should be finished."""
    at, actions = facts.as_at, facts.now.actions
    on = day(at, say=say)
    yield Figure("total", len(actions), say.gettext("All actions of the plan."), on, ())
    rules = {
        "done": say.gettext("Finished by the day, on time or late."),
        "on_track": say.gettext("Not done, not late, not at risk, and begun or about to begin."),
        "at_risk": say.gettext(
            "Not past the first date promised, but the lead says there is trouble, a later date is "
            "promised than the first, or the day of its review has passed."
        ),
        "late": say.gettext(
            "Past the date first promised and not done, whatever date is promised now."
        ),
        "not_due": say.gettext("Starts on a later day."),
        "withdrawn": say.gettext("Given up by the day, before it was done."),
    }
    for stands in STANDINGS:
        numbers = _numbers(action for action in actions if standing(action, at) == stands)
        yield Figure(stands, len(numbers), rules[stands], on, numbers)
    due = [action for action in actions if _became(action, facts)]
    for name, rule in (
        ("on_time", say.gettext("Done by the date first promised, which has passed.")),
        ("done_late", say.gettext("Done after the date first promised.")),
        ("given_up", say.gettext("Withdrawn, and the date first promised has passed.")),
    ):
        held = _numbers(action for action in due if _became(action, facts) == name)
        yield Figure(name, len(held), rule, on, held)
    rule = say.gettext("The date first promised has passed: done on time or late, given up, late.")
    yield Figure("should_be_done", len(due), rule, on, _numbers(due))


def _became(action: Action, facts: Facts) -> str:
    """What became of a first promise whose day has passed; empty where none has."""
    at = facts.as_at
    first = first_promised(action, at)
    if first is None:
        return ""
    if is_done(action, at):
        return ("done_late" if slipped(action, at) else "on_time") if first <= at else ""
    if is_withdrawn(action, at):
        return "given_up" if first < at else ""
    return "late" if standing(action, at) == "late" else ""


def _between(facts: Facts, found: Since, say: Say) -> Iterable[Figure]:
    """What happened between the two days."""
    at = facts.as_at
    today = day(at, say=say)
    words = {"then": day(facts.met_on, say=say) if facts.met_on else "", "now": today}
    on = say.gettext("%(then)s to %(now)s") % words if facts.met_on else today

    def pairs(key: str, rule: str, these: Iterable[Pair]) -> Figure:
        numbers = _numbers(pair.after for pair in these)
        return Figure(key, len(numbers), rule, on, numbers)

    def actions(key: str, rule: str, these: Iterable[Action], when: str = on) -> Figure:
        numbers = _numbers(these)
        return Figure(key, len(numbers), rule, when, numbers)

    changed = found.changed
    came = say.gettext("Stood elsewhere on %(then)s and is %(word)s on %(now)s.")
    for name, word in (
        ("done", say.gettext("done")),
        ("late", say.gettext("late")),
        ("at_risk", say.gettext("at risk")),
        ("on_track", say.gettext("on track")),
        ("not_due", say.gettext("not due yet")),
        ("withdrawn", say.gettext("withdrawn")),
    ):
        rule = came % {**words, "word": word}
        yield pairs(f"newly_{name}", rule, changed.came_to(name))  # type: ignore[arg-type]
    yield pairs(
        "evidenced", say.gettext("Newly done, and an update of it holds evidence."), found.evidenced
    )
    yield pairs(
        "bare", say.gettext("Newly done, and no update of it holds any evidence."), found.bare
    )
    yield pairs(
        "moved", say.gettext("The date last promised differs between the two days."), changed.moved
    )
    yield pairs(
        "handed_over", say.gettext("Another post answers for it than then."), changed.handed_over
    )
    yield actions("added", say.gettext("In the plan now and not then."), changed.added)
    yield actions("gone", say.gettext("In the plan then and not now."), changed.gone)
    yield actions(
        "repeated",
        say.gettext("Updated since, in the words of the update before; not done or withdrawn."),
        found.repeated,
    )
    yield actions(
        "unheard",
        say.gettext("No update since; not done, not withdrawn, and not yet to begin.")
        if facts.then is not None
        else say.gettext("No update for a whole quarter; not done or withdrawn."),
        found.unheard,
    )
    yield actions(
        "vacant", say.gettext("Nobody holds the post that answers; not done or withdrawn."),
        found.vacant, today,
    )  # fmt: skip
    yield actions(
        "adrift", say.gettext("Past the first date, and no date to come is promised."),
        found.adrift, today,
    )  # fmt: skip
    yield pairs(
        "troubled", say.gettext("Newly red in the lead's rating, or newly late; not done."),
        [trouble.pair for trouble in found.troubled],
    )  # fmt: skip
    bare = [trouble.pair for trouble in found.troubled if trouble.recovery is None]
    yield pairs(
        "unexplained", say.gettext("Newly red or late, without a cause, a step and a date."), bare
    )
    if found.worst is not None:
        held = found.worst.actions
        late = [action for action in held if standing(action, at) == "late"]
        yield actions("worst_total", say.gettext("The actions of that theme or unit."), held, today)
        yield actions("worst_late", say.gettext("Those of them that are late."), late, today)
    going = [action for action in facts.now.actions if not is_over(action, at)]
    yield actions("going", say.gettext("Not done and not withdrawn."), going, today)


def _asks(facts: Facts, found: Since, say: Say) -> Iterable[Figure]:
    today = day(facts.told_on, say=say)

    def asks(key: str, rule: str, these: Iterable[Asked]) -> Figure:
        numbers = tuple(one.ask.number for one in these)
        return Figure(key, len(numbers), rule, today, numbers, of="asks")

    yield asks(
        "asked",
        say.gettext("Asked by the day, and open when the committee last met or asked since."),
        found.asks,
    )
    yield asks("answered", say.gettext("A reply by the day answers all of it."),
               found.asked("answered"))  # fmt: skip
    yield asks(
        "asks_withdrawn",
        say.gettext("Withdrawn by the committee by the day, and not answered in full."),
        found.asked("withdrawn"),
    )
    yield asks("in_part", say.gettext("A reply by the day answers some of it."),
               found.asked("in_part"))  # fmt: skip
    yield asks("overdue", say.gettext("No reply by the day, and it was due before."),
               found.asked("overdue"))  # fmt: skip
    yield asks("open", say.gettext("No reply by the day, and it is not due yet or has no date."),
               found.asked("open"))  # fmt: skip


def _numbers(actions: Iterable[Action]) -> tuple[str, ...]:
    return tuple(action.number for action in actions)
