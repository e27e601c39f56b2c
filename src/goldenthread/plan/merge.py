"""A plan read again: the last reading, the plan that is kept, and the new reading, put together.

People went on with the kept plan while somebody else changed the document. What only one side
changed is told from what both changed, part by part, and nothing is taken over here: every
difference is a proposal that a person takes or leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from goldenthread.plan.compare import led_by, meaning, tidy
from goldenthread.plan.model import Action, Plan, Recommendation
from goldenthread.plan.pairing import (
    Item,
    Where,
    items_of,
    pair_actions,
    pair_recommendations,
    place_of,
)
from goldenthread.plan.wording import NAMED_PERSON, fold


@dataclass(frozen=True)
class Difference:
    """One part of a thing in which the document differs from the kept plan.

    ``part`` is number, text, theme, response, recommendation (an action that moved), leads,
    timescales, measures, status, updates or evidence; ``last``, ``mine`` and ``theirs`` are that
    part of the model as the document had it, as it is kept, and as the document has it now.
    ``both`` is true where the kept plan was changed as well: somebody must choose.
    """

    part: str
    last: Any
    mine: Any
    theirs: Any
    both: bool = False


@dataclass(frozen=True)
class Met:
    """A thing that the kept plan and the document both hold, and how they differ."""

    mine: Where
    theirs: Where
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Merge:
    """What a new reading would change in a kept plan; false where it would change nothing.

    ``recommendations`` and ``actions`` are all that both hold, in the document's order, those
    without a difference too. ``…_added`` stand in the document alone; ``…_gone`` stood in it last
    time and do not now; ``…_left_out`` were in it last time too, and somebody left them out of the
    kept plan. What the kept plan alone ever had is not the document's business.
    """

    recommendations: tuple[Met, ...] = ()
    actions: tuple[Met, ...] = ()
    recommendations_added: tuple[Where, ...] = ()
    actions_added: tuple[Where, ...] = ()
    recommendations_gone: tuple[Where, ...] = ()
    actions_gone: tuple[Where, ...] = ()
    recommendations_left_out: tuple[Where, ...] = ()
    actions_left_out: tuple[Where, ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.recommendations_added
            or self.actions_added
            or self.recommendations_gone
            or self.actions_gone
            or any(met.differences for met in (*self.recommendations, *self.actions))
        )


def merge(
    last: Plan,
    mine: Plan,
    theirs: Plan,
    *,
    known: Mapping[tuple[int, int], tuple[int, int]] | None = None,
) -> Merge:
    """What a document that was read again would change in the plan that is kept.

    ``last`` is the document as it was read before, ``mine`` the plan that is kept since, and
    ``theirs`` the document as it is read now. A part that the document still says as it did is no
    difference, whatever became of it in the kept plan; nor is one that it says as the kept plan
    does. A document that no longer gives a number, a lead, a measure or a status says nothing about it, one
    that says "Completed" in place of a date moves no date, and updates and evidence only ever add. ``known`` gives, where it is known, which action of
    ``mine`` came of which of ``last``, each as its recommendation's and its own place from 0; the
    rest is known again by numbers and words, as in :func:`compare`. The result depends on nothing
    but what is given.

    >>> from goldenthread.plan import Action, Plan, Recommendation
    >>> def plan(*words):
    ...     return Plan(recommendations=(Recommendation("Train", "1", actions=tuple(map(Action, words))),))
    >>> found = merge(plan("Brief managers"), plan("Brief managers"), plan("Brief all managers", "Ask staff"))
    >>> [(d.part, d.theirs, d.both) for met in found.actions for d in met.differences]
    [('text', 'Brief all managers', False)]
    >>> [added.text for added in found.actions_added]
    ['Ask staff']
    """  # noqa: E501
    recs = _recommendations(last, mine, theirs)
    before, kept, new = items_of(last), items_of(mine), items_of(theirs)
    acts = _actions(before, kept, new, recs, known or {})
    rec_met = tuple(
        Met(
            place_of(mine, m),
            place_of(theirs, t),
            tuple(
                _recommendation_differences(
                    last.recommendations[was] if was is not None else None,
                    mine.recommendations[m],
                    theirs.recommendations[t],
                )
            ),
        )
        for t, m, was in recs.met()
    )
    homes = {t: m for t, m, _ in recs.met()}
    act_met = []
    for t, m, was in acts.met():
        differences = list(
            _action_differences(
                before[was].action if was is not None else None, kept[m].action, new[t].action
            )
        )
        home = homes.get(new[t].rec)
        stayed = was is not None and recs.now.get(before[was].rec) == new[t].rec
        if home != kept[m].rec and not stayed:
            differences.append(
                Difference(
                    "recommendation",
                    place_of(last, before[was].rec) if was is not None else None,
                    place_of(mine, kept[m].rec),
                    place_of(theirs, new[t].rec),
                    both=was is None or recs.kept.get(before[was].rec) != kept[m].rec,
                )
            )
        act_met.append(Met(kept[m].where(mine), new[t].where(theirs), tuple(differences)))
    return Merge(
        recommendations=rec_met,
        actions=tuple(act_met),
        recommendations_added=tuple(place_of(theirs, t) for t in recs.added()),
        actions_added=tuple(new[t].where(theirs) for t in acts.added()),
        recommendations_gone=tuple(place_of(mine, m) for m in recs.gone()),
        actions_gone=tuple(kept[m].where(mine) for m in acts.gone()),
        recommendations_left_out=tuple(place_of(theirs, t) for t in recs.left_out()),
        actions_left_out=tuple(new[t].where(theirs) for t in acts.left_out()),
    )


def take_over(
    found: Merge,
    mine: Plan,
    theirs: Plan,
    *,
    wanted: Callable[[Where, Difference], bool] = lambda _, difference: not difference.both,
    gone: Callable[[Where], bool] = lambda _: False,
) -> Plan:
    """The kept plan with what a person wants of the document.

    Every difference that ``wanted`` says yes to (those that only the document changed, unless told
    otherwise) and all that was added; what is gone from the document stays unless ``gone`` says
    yes, and what was left out before stays out. Added recommendations follow those of ``mine``.
    """
    recs = list(mine.recommendations)
    met_at = {met.theirs.rec: met.mine.rec for met in found.recommendations}
    for where in found.recommendations_added:
        met_at[where.rec] = len(recs)
        recs.append(replace(theirs.recommendations[where.rec], actions=()))
    for met in found.recommendations:
        for difference in met.differences:
            if wanted(met.theirs, difference):
                recs[met.mine.rec] = _with(recs[met.mine.rec], difference)
    dropped = {(x.rec, x.act) for x in found.actions_gone if gone(x)}
    taken = {(met.mine.rec, met.mine.act): met for met in found.actions}
    actions: dict[int, list[Action]] = {}
    moved: list[tuple[int, Action]] = []

    def home_of(rec: int) -> int:
        """Where an action of the document's recommendation goes: one left out comes in with it."""
        if rec not in met_at:
            met_at[rec] = len(recs)
            recs.append(replace(theirs.recommendations[rec], actions=()))
        return met_at[rec]

    for r, rec in enumerate(mine.recommendations):
        for a, action in enumerate(rec.actions):
            if (r, a) in dropped:
                continue
            home = r
            if (r, a) in taken:
                here = taken[r, a]
                for difference in here.differences:
                    if not wanted(here.theirs, difference):
                        continue
                    if difference.part == "recommendation":
                        home = home_of(here.theirs.rec)
                    else:
                        action = _with(action, difference)
            if home == r:
                actions.setdefault(home, []).append(action)
            else:
                moved.append((home, action))
    for home, action in moved:
        actions.setdefault(home, []).append(action)
    for where in found.actions_added:
        if where.act is not None:
            new = theirs.recommendations[where.rec].actions[where.act]
            actions.setdefault(home_of(where.rec), []).append(new)
    empty = {x.rec for x in found.recommendations_gone if gone(x)}
    return replace(
        mine,
        recommendations=tuple(
            replace(rec, actions=tuple(actions.get(r, ())))
            for r, rec in enumerate(recs)
            if actions.get(r) or r not in empty
        ),
    )


def _with(thing: Any, difference: Difference) -> Any:  # noqa: ANN401
    """A recommendation or action with one part as the document has it."""
    if difference.part == "status" and isinstance(thing, Action):
        status, rag, printed = difference.theirs
        return replace(
            thing, status=status or thing.status, rag=rag or thing.rag, status_text=printed
        )
    if difference.part in ("updates", "evidence"):
        return replace(
            thing, **{difference.part: (*getattr(thing, difference.part), *difference.theirs)}
        )
    return replace(thing, **{difference.part: difference.theirs})


# --- which is which -----------------------------------------------------------------------------


@dataclass
class _Paired:
    """How the things of three plans belong together, each by its place in its own plan's list.

    ``kept`` and ``now`` lead from the last reading to the kept plan and to the new reading, and
    ``to_mine`` from the new reading to the kept plan.
    """

    kept: dict[int, int]
    now: dict[int, int]
    to_mine: dict[int, int]
    count: int

    def met(self) -> Iterator[tuple[int, int, int | None]]:
        """Of the new reading, the kept plan and, where it was there, the last reading."""
        was = {m: x for x, m in self.kept.items()}
        for t, m in sorted(self.to_mine.items()):
            yield t, m, was.get(m)

    def added(self) -> Iterator[int]:
        known = set(self.now.values())
        yield from (t for t in range(self.count) if t not in self.to_mine and t not in known)

    def left_out(self) -> Iterator[int]:
        known = set(self.now.values())
        yield from (t for t in range(self.count) if t not in self.to_mine and t in known)

    def gone(self) -> Iterator[int]:
        met = set(self.to_mine.values())
        yield from sorted(m for x, m in self.kept.items() if m not in met and x not in self.now)


def _recommendations(last: Plan, mine: Plan, theirs: Plan) -> _Paired:
    before, kept, new = (
        [replace(rec, actions=()) for rec in plan.recommendations] for plan in (last, mine, theirs)
    )
    return _paired(
        pair_recommendations(before, kept),
        pair_recommendations(before, new),
        lambda m, t: pair_recommendations([kept[i] for i in m], [new[j] for j in t]),
        [fold(rec.text) for rec in before],
        [fold(rec.text) for rec in kept],
        [fold(rec.text) for rec in new],
    )


def _actions(
    before: Sequence[Item],
    kept: Sequence[Item],
    new: Sequence[Item],
    recs: _Paired,
    known: Mapping[tuple[int, int], tuple[int, int]],
) -> _Paired:
    at = {(x.rec, x.act): m for m, x in enumerate(kept)}
    sure = {
        i: at[known[x.rec, x.act]] for i, x in enumerate(before) if known.get((x.rec, x.act)) in at
    }
    taken = set(sure.values())
    left = [i for i in range(len(before)) if i not in sure]
    right = [m for m in range(len(kept)) if m not in taken]
    found = pair_actions([before[i] for i in left], [kept[m] for m in right], recs.kept)
    mine_to_new = {m: t for t, m in recs.to_mine.items()}
    return _paired(
        sure | {left[i]: right[m] for i, m in found},
        dict(pair_actions(before, new, recs.now)),
        lambda m, t: dict(pair_actions([kept[i] for i in m], [new[j] for j in t], mine_to_new)),
        [x.words for x in before],
        [x.words for x in kept],
        [x.words for x in new],
    )


def _paired(
    kept: dict[int, int],
    now: dict[int, int],
    pair: Callable[[list[int], list[int]], Mapping[int, int]],
    before_words: Sequence[str],
    kept_words: Sequence[str],
    new_words: Sequence[str],
) -> _Paired:
    """Three lists put together, from certain to likely.

    First through the last reading where the document kept its words; then the kept plan and the
    document directly, since a document may come from the kept plan; then through the last reading
    whatever the words are.
    """
    to_mine: dict[int, int] = {}

    def through(same_words: bool) -> None:
        taken = set(to_mine.values())
        for x, m in kept.items():
            t = now.get(x)
            if t is None or t in to_mine or m in taken:
                continue
            if same_words and before_words[x] != new_words[t]:
                continue
            to_mine[t] = m

    through(same_words=True)
    taken = set(to_mine.values())
    left = [m for m in range(len(kept_words)) if m not in taken]
    # What the document says as it did and the plan does not hold was left out: it is no addition.
    as_it_was = {t for x, t in now.items() if before_words[x] == new_words[t]}
    right = [t for t in range(len(new_words)) if t not in to_mine and t not in as_it_was]
    to_mine.update({right[j]: left[i] for i, j in pair(left, right).items()})
    through(same_words=False)
    return _Paired(kept, now, to_mine, len(new_words))


# --- what differs -------------------------------------------------------------------------------


def _recommendation_differences(
    last: Recommendation | None, mine: Recommendation, theirs: Recommendation
) -> Iterator[Difference]:
    yield from _differing(last, mine, theirs, "number", lambda x: x.number, silent=True)
    yield from _differing(last, mine, theirs, "text", lambda x: tidy(x.text))
    yield from _differing(last, mine, theirs, "theme", lambda x: x.theme, silent=True)
    yield from _differing(last, mine, theirs, "response", lambda x: x.response, silent=True)
    yield from _differing(last, mine, theirs, "status", lambda x: x.status, silent=True)


def _action_differences(last: Action | None, mine: Action, theirs: Action) -> Iterator[Difference]:
    yield from _differing(last, mine, theirs, "number", lambda x: x.number, silent=True)
    yield from _differing(last, mine, theirs, "text", lambda x: tidy(x.text))
    if theirs.leads and not any(
        _led_alike(theirs, other) for other in (mine, last) if other is not None
    ):
        yield Difference(
            "leads",
            last.leads if last is not None else None,
            mine.leads,
            theirs.leads,
            both=last is None or led_by(mine) != led_by(last),
        )
    if not theirs.timescales or _when(theirs):
        yield from _differing(last, mine, theirs, "timescales", _when)
    yield from _differing(
        last,
        mine,
        theirs,
        "measures",
        lambda x: tuple(tidy(m.text) for m in x.measures),
        silent=True,
    )
    if _says_otherwise(theirs, mine) and (last is None or _says_otherwise(theirs, last)):
        yield Difference(
            "status",
            (last.status, last.rag, last.status_text) if last else None,
            (mine.status, mine.rag, mine.status_text),
            (theirs.status, theirs.rag, theirs.status_text),
            both=last is None or _status(mine) != _status(last),
        )
    for part, of in _ADDED.items():
        known = {of(x) for one in (last, mine) if one for x in getattr(one, part)}
        new = tuple(x for x in getattr(theirs, part) if of(x) not in known)
        if new:
            yield Difference(part, getattr(last, part, ()), getattr(mine, part), new)


# What is only ever added to, and what makes two of its words the same.
_ADDED: Mapping[str, Callable[[Any], Hashable]] = {
    "updates": lambda update: fold(update.text),
    "evidence": fold,
}


def _led_alike(theirs: Action, other: Action) -> bool:
    """Whether a document names the same leads; one that prints a post alone hides its holder.

    A lead who is known by name alone may stand as NAMED_PERSON, since exports leave names out.
    """
    if led_by(theirs) == led_by(other):
        return True
    names = {(fold(lead.text), lead.role): lead.person for lead in other.leads}
    nameless = [lead for lead in other.leads if not lead.text]
    told = []
    for lead in theirs.leads:
        if lead.text == NAMED_PERSON and nameless:
            told.append(nameless.pop(0))
        elif lead.person is None and lead.text:
            told.append(replace(lead, person=names.get((fold(lead.text), lead.role))))
        else:
            told.append(lead)
    return led_by(replace(theirs, leads=tuple(told))) == led_by(other)


def _when(action: Action) -> tuple[Hashable, ...]:
    """What an action promises; "Completed 3 May" in its place tells how it stands, and no date."""
    return tuple(meaning(claim) for claim in action.timescales if claim.kind != "status")


def _status(action: Action) -> tuple[str | None, str | None]:
    return action.status, action.rag


def _says_otherwise(action: Action, before: Action) -> bool:
    """Whether an action gives a status or a colour that is not the one before."""
    return any(
        said and said != was for said, was in zip(_status(action), _status(before), strict=True)
    )


def _differing(
    last: Any,  # noqa: ANN401
    mine: Any,  # noqa: ANN401
    theirs: Any,  # noqa: ANN401
    part: str,
    of: Callable[[Any], Hashable],
    *,
    silent: bool = False,
) -> Iterator[Difference]:
    """The difference in one part, if there is one; ``silent`` where an empty part says nothing."""
    says = of(theirs)
    if says == of(mine) or (silent and not says) or (last is not None and says == of(last)):
        return
    yield Difference(
        part,
        getattr(last, part) if last is not None else None,
        getattr(mine, part),
        getattr(theirs, part),
        both=last is None or of(mine) != of(last),
    )
