"""What changed from one edition of a plan to a later one, for a reader who knew the earlier.

An action keeps its id from edition to edition, so nothing has to be guessed here: two actions are
the same where their ids are. (``plan.compare`` compares documents, which have no ids.)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from goldenthread.plan.edition.changed_besides import Besides, changed_besides
from goldenthread.plan.edition.language import ENGLISH, Say
from goldenthread.plan.edition.standing import (
    Counts,
    Span,
    Standing,
    between,
    counts,
    standing,
    updates,
)
from goldenthread.plan.edition.value import Action, Edition, Recommendation
from goldenthread.plan.wording import fold


@dataclass(frozen=True)
class Pair:
    """An action as it stands in the earlier edition, and in the later."""

    before: Action
    after: Action


@dataclass(frozen=True)
class DateMoved(Pair):
    """An action whose promised date is another: from ``old`` to ``new``, None for no date.

    ``span`` is how far, and ``reason`` the newest that was given for it.
    """

    old: date | None
    new: date | None
    span: Span | None = None
    reason: str = ""

    @property
    def earlier(self) -> bool:
        """Whether it was brought forward."""
        return self.old is not None and self.new is not None and self.new < self.old


@dataclass(frozen=True)
class Changed:
    """All that changed from one edition to the next; false where nothing did.

    Each action stands under one of ``newly`` at most (the standing that it came to), and besides
    under whatever else happened to it. ``added`` are in the later edition alone and ``gone`` in
    the earlier one alone. ``spoke`` counts the actions that somebody gave a new word on, and
    ``answered`` are recommendations that the body answered, or answers differently.
    ``besides`` is what changed of what was heard, chosen, signed, pledged and recommended.
    """

    before: Counts
    after: Counts
    days: int
    newly: tuple[tuple[Standing, tuple[Pair, ...]], ...] = ()
    moved: tuple[DateMoved, ...] = ()
    handed_over: tuple[Pair, ...] = ()
    reworded: tuple[Pair, ...] = ()
    added: tuple[Action, ...] = ()
    gone: tuple[Action, ...] = ()
    answered: tuple[Recommendation, ...] = ()
    spoke: int = 0
    besides: Besides = field(default_factory=Besides)

    def __bool__(self) -> bool:
        parts = (self.newly, self.moved, self.handed_over, self.reworded)
        return any(parts) or any((self.added, self.gone, self.answered, self.spoke, self.besides))

    def came_to(self, name: Standing) -> tuple[Pair, ...]:
        """The actions of both editions that stand there now, and stood elsewhere."""
        return next((pairs for stands, pairs in self.newly if stands == name), ())


# The order in which a reader wants to know: the good and the bad first, the ordinary last.
_TOLD: tuple[Standing, ...] = ("done", "late", "withdrawn", "at_risk", "on_track", "not_due")


def changed(before: Edition, after: Edition) -> Changed:
    """What changed from ``before`` to ``after``, each action as its own edition's day counts it.

    >>> from goldenthread.plan.edition.value import Deed, Lead
    >>> day, deed = date(2026, 6, 30), Deed("Head of Policy", date(2026, 7, 14))
    >>> old = Edition("Brackenford", "Plan", 1, day, deed, deed)
    >>> new = Edition("Brackenford", "Plan", 2, date(2026, 9, 30), deed, deed, actions=(
    ...     Action("a1b2", "A1", "Publish the plan", Lead("Head of Policy")),))
    >>> [action.number for action in changed(old, new).added]
    ['A1']
    """
    held = {action.id: action for action in before.actions}
    kept = {action.id for action in after.actions}
    asked = {rec.number: rec.answer for rec in before.recommendations}
    pairs = [Pair(held[new.id], new) for new in after.actions if new.id in held]
    ranked = sorted(
        ((stands, pair) for pair in pairs if (stands := _newly(pair, before, after)) is not None),
        key=lambda one: _TOLD.index(one[0]),
    )
    return Changed(
        before=counts(before),
        after=counts(after),
        days=(after.as_at - before.as_at).days,
        newly=tuple(
            (name, tuple(pair for _, pair in group))
            for name, group in groupby(ranked, key=lambda one: one[0])
        ),
        moved=tuple(
            move for pair in pairs if (move := _moved(pair, before.as_at, after.as_at)) is not None
        ),
        handed_over=tuple(
            pair for pair in pairs if fold(pair.before.lead.post) != fold(pair.after.lead.post)
        ),
        reworded=tuple(pair for pair in pairs if fold(pair.before.words) != fold(pair.after.words)),
        added=tuple(action for action in after.actions if action.id not in held),
        gone=tuple(action for action in before.actions if action.id not in kept),
        answered=tuple(
            rec
            for rec in after.recommendations
            if rec.answer is not None and asked.get(rec.number) != rec.answer
        ),
        spoke=sum(
            set(updates(pair.after, after.as_at)) != set(updates(pair.before, before.as_at))
            for pair in pairs
        ),
        besides=changed_besides(before, after),
    )


def _newly(pair: Pair, before: Edition, after: Edition) -> Standing | None:
    old, new = standing(pair.before, before.as_at), standing(pair.after, after.as_at)
    return new if new != old else None


def _moved(pair: Pair, then: date, now: date) -> DateMoved | None:
    """A promise of another date; that a date has passed unkept is no move."""
    old, new = _last_due(pair.before, then), _last_due(pair.after, now)
    if old == new:
        return None
    span = between(*sorted((old, new))) if old is not None and new is not None else None
    reasons = [p.reason for p in pair.after.promises if p.given_on <= now and p.reason]
    return DateMoved(pair.before, pair.after, old, new, span, reasons[-1] if reasons else "")


def _last_due(action: Action, at: date) -> date | None:
    given = [promise.due for promise in action.promises if promise.given_on <= at]
    return given[-1] if given else None


def changed_headline(found: Changed, *, say: Say = ENGLISH, noun: bool = False) -> str:
    """What changed in one line, good and bad: "2 done, 2 newly late, 4 dates moved".

    With ``noun`` it says what was done: "2 actions done, …", for a line that stands alone.

    >>> changed_headline(Changed(Counts(*[0] * 9), Counts(31, *[0] * 8), 92))
    'Nothing has changed'
    """
    late, done = len(found.came_to("late")), len(found.came_to("done"))
    gone, moved = len(found.came_to("withdrawn")), len(found.moved)
    at_risk = len(found.came_to("at_risk"))
    parts = [
        (late, say.ngettext("%(n)s newly late", "%(n)s newly late", late)),
        (gone, say.ngettext("%(n)s withdrawn", "%(n)s withdrawn", gone)),
        (moved, say.ngettext("%(n)s date moved", "%(n)s dates moved", moved)),
        (at_risk, say.ngettext("%(n)s newly at risk", "%(n)s newly at risk", at_risk)),
        (
            len(found.added),
            say.ngettext("%(n)s new promise", "%(n)s new promises", len(found.added)),
        ),
        (
            len(found.gone),
            say.ngettext("%(n)s no longer listed", "%(n)s no longer listed", len(found.gone)),
        ),
    ]
    told = [words % {"n": number} for number, words in parts if number]
    if done and noun:
        words = say.ngettext("%(n)s action done", "%(n)s actions done", done)
        told.insert(0, words % {"n": done})
    elif done:
        told.insert(0, say.gettext("%(n)s done") % {"n": done})
    elif told:
        told.insert(0, say.gettext("No action done") if noun else say.gettext("None done"))
    if told:
        return ", ".join(told)
    if found:
        return say.gettext("Nothing done, nothing newly late, no date moved")
    return say.gettext("Nothing has changed")
