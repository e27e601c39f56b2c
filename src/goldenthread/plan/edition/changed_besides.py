"""What changed between two editions beside the promises: what was heard, chosen, signed, pledged.

Both editions are public, and nothing is told that they do not say. What was taken out of a later
edition is counted and not named again: a maker may have taken a pledge back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, TypeVar

from goldenthread.plan.edition.directorate import (
    Closing,
    FollowUp,
    Heard,
    Pledge,
    Priority,
    Vision,
)
from goldenthread.plan.edition.language import ENGLISH, Say, day
from goldenthread.plan.edition.value import Edition, Recommendation
from goldenthread.plan.wording import fold

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True)
class Weighed:
    """A priority that was decided or placed otherwise than in the edition before."""

    before: Priority
    after: Priority


@dataclass(frozen=True)
class Besides:
    """What changed beside the promises; false where nothing did.

    ``vision`` is whether it was signed for the first time, has other words, was signed by another
    post, or is gone; ``closing`` is there where the planning was closed since. Priorities are the
    same by their number, themes of what was heard by their code, pledges by their maker, their day
    and their words. ``looked_at`` are pledges with what was found of each since. ``recommended``
    are recommendations that the earlier edition did not have. What is gone is a count.
    """

    vision: Literal["first", "reworded", "signed", "gone"] | None = None
    closing: Closing | None = None
    priorities: tuple[Priority, ...] = ()
    decided: tuple[Weighed, ...] = ()
    placed: tuple[Weighed, ...] = ()
    priorities_gone: int = 0
    heard: tuple[Heard, ...] = ()
    heard_otherwise: tuple[Heard, ...] = ()
    heard_gone: int = 0
    pledges: tuple[Pledge, ...] = ()
    looked_at: tuple[tuple[Pledge, tuple[FollowUp, ...]], ...] = ()
    pledges_gone: int = 0
    recommended: tuple[Recommendation, ...] = ()
    recommended_gone: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def changed_besides(before: Edition, after: Edition) -> Besides:
    """What changed beside the promises from ``before`` to ``after``, as each counts it by its day.

    >>> from goldenthread.plan.edition.value import Deed
    >>> deed = Deed("Head of Policy", date(2026, 7, 14))
    >>> old = Edition("Brackenford", "Plan", 1, date(2026, 6, 30), deed, deed)
    >>> new = Edition("Brackenford", "Plan", 2, date(2026, 9, 30), deed, deed, pledges=(
    ...     Pledge("I will not speak first.", "Director", date(2026, 9, 22)),))
    >>> besides_lines(changed_besides(old, new))
    ('1 pledge made',)
    """
    new, both, gone = _apart(before.priorities, after.priorities, lambda one: one.number)
    themes, same, forgotten = _apart(before.heard, after.heard, lambda one: one.code)
    made, kept, lost = _apart(before.pledges, after.pledges, _pledge)
    asked, _same, unasked = _apart(
        before.recommendations, after.recommendations, lambda one: one.number
    )
    closed = after.closing
    if closed is not None and before.closing is not None and before.closing.on == closed.on:
        closed = None
    followed = [(pair[1], _found_since(*pair, before.as_at, after.as_at)) for pair in kept]
    return Besides(
        vision=_vision(before.vision, after.vision),
        closing=closed,
        priorities=new,
        decided=tuple(Weighed(*pair) for pair in both if pair[0].chosen != pair[1].chosen),
        placed=tuple(Weighed(*pair) for pair in both if _place(pair[0]) != _place(pair[1])),
        priorities_gone=gone,
        heard=themes,
        heard_otherwise=tuple(now for then, now in same if _said(then) != _said(now)),
        heard_gone=forgotten,
        pledges=made,
        looked_at=tuple(one for one in followed if one[1]),
        pledges_gone=lost,
        recommended=asked,
        recommended_gone=unasked,
    )


def besides_lines(found: Besides, *, say: Say = ENGLISH) -> tuple[str, ...]:
    """The same in counts and short sentences, in the order of the steps.

    >>> besides_lines(Besides(vision="signed", pledges_gone=2))
    ('The vision was signed by another post', '2 pledges no longer listed')
    """
    chosen = sum(one.chosen for one in found.priorities)
    turned = sum(one.after.chosen for one in found.decided)
    kept = sum(one.kept == "kept" for _pledge, said in found.looked_at for one in said[-1:])
    areas, given_up = len(found.priorities) - chosen, len(found.decided) - turned
    new, otherwise, placed = len(found.heard), len(found.heard_otherwise), len(found.placed)
    made, failed = len(found.pledges), len(found.looked_at) - kept
    asked = len(found.recommended)
    counted = (
        (new, say.ngettext("%(n)s theme newly heard", "%(n)s themes newly heard", new)),
        (
            otherwise,
            say.ngettext("%(n)s theme told otherwise", "%(n)s themes told otherwise", otherwise),
        ),
        (
            found.heard_gone,
            say.ngettext(
                "%(n)s theme no longer listed", "%(n)s themes no longer listed", found.heard_gone
            ),
        ),
        (chosen, say.ngettext("%(n)s priority chosen", "%(n)s priorities chosen", chosen)),
        (
            areas,
            say.ngettext(
                "%(n)s area weighed and not chosen", "%(n)s areas weighed and not chosen", areas
            ),
        ),
        (
            turned,
            say.ngettext(
                "%(n)s priority chosen after all", "%(n)s priorities chosen after all", turned
            ),
        ),
        (given_up, say.ngettext("%(n)s priority given up", "%(n)s priorities given up", given_up)),
        (
            placed,
            say.ngettext("%(n)s priority placed anew", "%(n)s priorities placed anew", placed),
        ),
        (
            found.priorities_gone,
            say.ngettext(
                "%(n)s priority no longer listed",
                "%(n)s priorities no longer listed",
                found.priorities_gone,
            ),
        ),
    )
    pledged = (
        (made, say.ngettext("%(n)s pledge made", "%(n)s pledges made", made)),
        (kept, say.ngettext("%(n)s pledge found kept", "%(n)s pledges found kept", kept)),
        (
            failed,
            say.ngettext(
                "%(n)s pledge found not kept or given up",
                "%(n)s pledges found not kept or given up",
                failed,
            ),
        ),
        (
            found.pledges_gone,
            say.ngettext(
                "%(n)s pledge no longer listed",
                "%(n)s pledges no longer listed",
                found.pledges_gone,
            ),
        ),
        (
            asked,
            say.ngettext("%(n)s recommendation is new", "%(n)s recommendations are new", asked),
        ),
        (
            found.recommended_gone,
            say.ngettext(
                "%(n)s recommendation no longer listed",
                "%(n)s recommendations no longer listed",
                found.recommended_gone,
            ),
        ),
    )
    vision = {
        "first": say.gettext("The vision was signed"),
        "reworded": say.gettext("The vision has other words"),
        "signed": say.gettext("The vision was signed by another post"),
        "gone": say.gettext("The vision is no longer here"),
    }
    told = [words % {"n": number} for number, words in counted if number]
    if found.vision is not None:
        told.append(vision[found.vision])
    told += [words % {"n": number} for number, words in pledged if number]
    if found.closing is not None:
        closed = {"day": day(found.closing.on, say=say)}
        told.append(say.gettext("A planning was closed on %(day)s") % closed)
    return tuple(told)


def _apart(
    before: Iterable[T], after: Iterable[T], key: Callable[[T], K]
) -> tuple[tuple[T, ...], tuple[tuple[T, T], ...], int]:
    """What is new, what stands in both, and how many are gone."""
    held, now = {key(one): one for one in before}, {key(one): one for one in after}
    return (
        tuple(one for name, one in now.items() if name not in held),
        tuple((held[name], one) for name, one in now.items() if name in held),
        sum(name not in now for name in held),
    )


def _vision(
    before: Vision | None, after: Vision | None
) -> Literal["first", "reworded", "signed", "gone"] | None:
    if before is None:
        return "first" if after is not None else None
    if after is None:
        return "gone"
    if fold(before.words) != fold(after.words):
        return "reworded"
    signed = {(one.post, one.on) for one in after.signed}
    return "signed" if signed - {(one.post, one.on) for one in before.signed} else None


def _place(one: Priority) -> tuple[str, str]:
    return one.hardness, one.difference


def _said(one: Heard) -> tuple[str, str, str]:
    return fold(one.name), one.weight, fold(one.note)


def _pledge(one: Pledge) -> tuple[str, str, date]:
    return fold(one.words), fold(one.made_by), one.on


def _found_since(before: Pledge, after: Pledge, then: date, now: date) -> tuple[FollowUp, ...]:
    """What was found of a pledge that the earlier edition did not say, the oldest first."""
    known = {one for one in before.follow_ups if one.on <= then}
    fresh = [one for one in after.follow_ups if one.on <= now and one not in known]
    return tuple(sorted(fresh, key=lambda one: one.on))
