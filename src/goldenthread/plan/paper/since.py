"""What happened to a plan since a committee last met, and what it would want to be told.

The rules of standing, slip and change are those of ``plan.edition``; here they are only asked for
two days, and put beside what the council knows besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from goldenthread.plan.edition import (
    Action,
    Changed,
    Counts,
    DateMoved,
    Edition,
    Pair,
    Recovery,
    Span,
    Update,
    by_theme,
    changed,
    changed_headline,
    count,
    is_over,
    moves,
    silent_quarters,
    slipped,
    standing,
    updates,
)
from goldenthread.plan.edition.language import ENGLISH, Say, day
from goldenthread.plan.edition.telling import span_words
from goldenthread.plan.paper.value import Ask, Facts, Stance
from goldenthread.plan.wording import fold

State = Literal["answered", "withdrawn", "in_part", "overdue", "open"]


@dataclass(frozen=True)
class Trouble:
    """An action that came into trouble: newly red in the lead's rating, newly late, or both.

    ``recovery`` is that of the newest rating; None where it was not answered.
    """

    pair: Pair
    red: bool
    late: bool
    recovery: Recovery | None = None


@dataclass(frozen=True)
class Area:
    """A part of the plan with how its actions stand: a theme, or a unit that leads some."""

    kind: Literal["theme", "unit"]
    name: str
    counts: Counts
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Asked:
    """An ask, and how far it has been answered by a day."""

    ask: Ask
    state: State


@dataclass(frozen=True)
class Since:
    """What moved between two days, each part in the order of the plan.

    ``changed`` is the edition's own account. ``evidenced`` were done with something that shows it
    and ``bare`` without. ``troubled`` are explained. ``repeated`` were updated in the words of the
    time before, ``unheard`` are unfinished and nobody spoke of them. ``vacant`` are unfinished and
    nobody holds the post that answers. ``adrift`` are late and promised for no new day. ``worst``
    is the area that the whole hides most, None where none stands out. ``asks`` are those that were
    open at the last meeting or came since, and ``stances`` the newest of each body on each thing.
    """

    changed: Changed
    evidenced: tuple[Pair, ...]
    bare: tuple[Pair, ...]
    troubled: tuple[Trouble, ...]
    repeated: tuple[Action, ...]
    unheard: tuple[Action, ...]
    vacant: tuple[Action, ...]
    adrift: tuple[Action, ...]
    worst: Area | None
    asks: tuple[Asked, ...]
    stances: tuple[Stance, ...]

    def asked(self, *states: State) -> tuple[Asked, ...]:
        """The asks in these states, in their order."""
        return tuple(one for one in self.asks if one.state in states)


def since(facts: Facts) -> Since:
    """What happened between the last meeting and now.

    Missing: where the committee never met on it, nothing has changed, and everything that is so on
    the day (silent, vacant, adrift, troubled, the worst area) is told all the same.
    """
    now, at = facts.now, facts.as_at
    then = facts.then or replace(now, actions=now.actions)
    found = changed(then, now)
    pairs = _pairs(then, now)
    going = tuple(action for action in now.actions if not is_over(action, at))
    done = found.came_to("done")
    new = [Pair(action, action) for action in found.added] if facts.then is not None else []
    return Since(
        changed=found,
        evidenced=tuple(pair for pair in done if has_evidence(pair.after, at)),
        bare=tuple(pair for pair in done if not has_evidence(pair.after, at)),
        troubled=tuple(
            trouble for pair in (*pairs, *new) if (trouble := _trouble(pair, facts)) is not None
        ),
        repeated=tuple(
            pair.after
            for pair in pairs
            if facts.then is not None and _repeats(pair, then.as_at, at)
        ),
        unheard=_unheard(facts, going, pairs),
        vacant=tuple(action for action in going if nobody(action)),
        adrift=tuple(action for action in going if is_adrift(action, at)),
        worst=worst(facts),
        asks=tuple(asked(facts)),
        stances=newest(facts.stances, facts.told_on),
    )


def _pairs(then: Edition, now: Edition) -> tuple[Pair, ...]:
    held = {action.id: action for action in then.actions}
    return tuple(Pair(held[new.id], new) for new in now.actions if new.id in held)


def has_evidence(action: Action, at: date) -> bool:
    """Whether any update of it by a day brought something that shows what was done."""
    return any(update.evidence for update in updates(action, at))


def nobody(action: Action) -> bool:
    """Whether no post answers for it, or nobody holds the post that does."""
    return not action.lead.post or action.lead.vacant_since is not None


def is_adrift(action: Action, at: date) -> bool:
    """Whether it is late and promised for no day to come."""
    slip = slipped(action, at)
    return slip is not None and slip.became == "passed"


def _trouble(pair: Pair, facts: Facts) -> Trouble | None:
    """Why an unfinished action stands among those to be explained; None where it does not.

    Newly red or newly late; at a first meeting, and for a new action, all that are so.
    """
    after, at = pair.after, facts.as_at
    if is_over(after, at):
        return None
    rating = rated(after, at)
    fresh = facts.then is None or facts.then.action(after.id) is None
    late = standing(after, at) == "late"
    red = rating is not None and rating.colour == "red"
    if not fresh and facts.then is not None:
        late = late and standing(pair.before, facts.then.as_at) != "late"
        before = rated(pair.before, facts.then.as_at)
        red = red and not (before is not None and before.colour == "red")
    if not (red or late):
        return None
    return Trouble(pair, red, late, rating.recovery if rating is not None else None)


def rated(action: Action, at: date) -> Update | None:
    """The newest update by a day that rates it with a colour; None where none does."""
    return next((update for update in updates(action, at) if update.colour), None)


def _repeats(pair: Pair, then: date, now: date) -> bool:
    """Whether somebody spoke since, in the words of the time before."""
    if is_over(pair.after, now):
        return False
    old, new = updates(pair.before, then), updates(pair.after, now)
    if not old or not new or new[0] in old:
        return False
    return bool(fold(new[0].done)) and fold(new[0].done) == fold(old[0].done)


def _unheard(
    facts: Facts, going: tuple[Action, ...], pairs: tuple[Pair, ...]
) -> tuple[Action, ...]:
    """Unfinished actions of which nobody spoke since the meeting; at a first one, for a quarter."""
    if facts.then is None:
        return tuple(action for action in going if silent_quarters(action, facts.as_at))
    then, at = facts.then.as_at, facts.as_at
    spoken = {
        pair.after.id
        for pair in pairs
        if set(updates(pair.after, at)) - set(updates(pair.before, then))
    }
    waiting = {pair.after.id for pair in pairs} - spoken
    return tuple(
        action
        for action in going
        if action.id in waiting and not (action.starts_on is not None and action.starts_on > at)
    )


def areas(facts: Facts) -> tuple[Area, ...]:
    """Each theme and each unit with its actions and how they stand, the themes first."""
    at = facts.as_at
    themes = [
        Area("theme", theme.title, count(actions, at), actions)
        for theme, actions in by_theme(facts.now)
        if theme.title
    ]
    led: dict[str, list[Action]] = {}
    unit_of = {led.action: led.unit for led in facts.led if led.unit}
    for action in facts.now.actions:
        if action.id in unit_of:
            led.setdefault(unit_of[action.id], []).append(action)
    units = [Area("unit", name, count(held, at), tuple(held)) for name, held in led.items()]
    return (*themes, *units)


def worst(facts: Facts) -> Area | None:
    """The area that a good average hides: the largest part of its actions late, above the whole.

    It has at least two late, and at least half as many again, in proportion, as the whole plan; of
    two alike the one with more late, then the one that comes first. None where none stands out.
    Our choice: one late action of one is a fact about an action, not about an area.

    >>> from goldenthread.plan.edition import Deed
    >>> deed = Deed("Head of Policy", date(2026, 10, 1))
    >>> worst(Facts("Scrutiny", Edition("B", "P", 1, date(2026, 9, 30), deed, deed))) is None
    True
    """
    whole = count(facts.now.actions, facts.as_at)
    found = [
        area
        for area in areas(facts)
        if area.counts.late >= 2
        and area.counts.total < whole.total
        and 2 * area.counts.late * whole.total >= 3 * whole.late * area.counts.total
    ]
    return max(
        found, key=lambda area: (area.counts.late / area.counts.total, area.counts.late),
        default=None,
    )  # fmt: skip


def asked(facts: Facts) -> Iterable[Asked]:
    """The asks that the committee is told of: open when it last met, or asked or answered since."""
    at, met = facts.told_on, facts.met_on
    for ask in facts.asks:
        if ask.asked_on > at:
            continue
        if met is not None and ask.asked_on < met and _state(ask, met) in ("answered", "withdrawn"):
            continue
        yield Asked(ask, _state(ask, at))


def _state(ask: Ask, at: date) -> State:
    replies = [reply for reply in ask.replies if reply.on <= at]
    if any(reply.whole for reply in replies):
        return "answered"
    if ask.withdrawn_on is not None and ask.withdrawn_on <= at:
        return "withdrawn"
    if ask.due is not None and ask.due < at and not replies:
        return "overdue"
    return "in_part" if replies else "open"


def newest(stances: Iterable[Stance], at: date) -> tuple[Stance, ...]:
    """The newest stance by a day of each body on each thing, in the order first given."""
    found: dict[tuple[str, str], Stance] = {}
    for stance in stances:
        if stance.on > at:
            continue
        key = (stance.body, stance.about)
        if key not in found or found[key].on <= stance.on:
            found[key] = stance
    return tuple(found.values())


def said_since(action: Action, then: date, at: date) -> str:
    """The newest words about an action that were given, or speak of a day, after ``then``."""
    new = (u for u in updates(action, at) if u.given_on > then or u.speaks_of > then)
    return next((update.done for update in new), "")


def slips(moved: Iterable[DateMoved], at: date) -> tuple[tuple[DateMoved, str, int], ...]:
    """Each moved date with how far it is from the first promise, in words, and how often it moved.

    The words are empty where it is not later than first promised.
    """
    told = []
    for move in moved:
        slip = slipped(move.after, at)
        told.append((move, span_words(slip.span) if slip else "", len(moves(move.after, at))))
    return tuple(told)


def since_headline(facts: Facts, found: Since | None = None, *, say: Say = ENGLISH) -> str:
    """The finding of the paper in a line, good and bad.

    “Since you met on 10 June 2026: 2 actions done, 2 newly late, 4 dates moved”; where nothing
    moved, how many actions over how many days. ``found`` is what :func:`since` says of the facts,
    where somebody has asked it already.
    """
    if facts.then is None:
        whole = count(facts.now.actions, facts.as_at)
        how = {"n": whole.total, "done": whole.done, "late": whole.late}
        return (
            say.ngettext(
                "%(n)s action: %(done)s done, %(late)s late",
                "%(n)s actions: %(done)s done, %(late)s late",
                whole.total,
            )
            % how
        )
    found = since(facts) if found is None else found
    moved = found.changed
    met = {"day": day(facts.then.as_at, say=say)}
    if not moved:
        words = {**met, "n": moved.after.total, "days": span_words(Span(0, moved.days), say=say)}
        still = say.ngettext(
            "Since you met on %(day)s: nothing has moved. That is %(n)s action and %(days)s.",
            "Since you met on %(day)s: nothing has moved. That is %(n)s actions and %(days)s.",
            moved.after.total,
        )
        return still % words
    what = changed_headline(moved, say=say, noun=True)
    reds = sum(trouble.red and not trouble.late for trouble in found.troubled)
    if reds:
        red = say.ngettext("%(n)s newly red", "%(n)s newly red", reds) % {"n": reds}
        what = f"{what}, {red}"
    told = {**met, "what": what[:1].lower() + what[1:]}
    return say.gettext("Since you met on %(day)s: %(what)s") % told
