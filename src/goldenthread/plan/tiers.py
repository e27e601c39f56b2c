"""Two tiers that meet: the body's own actions above, those of its directorates below, their links.

A directorate's action *serves* actions and recommendations of the body, many to many. What is read
here is what does not meet: a promise that no directorate serves, an action that serves none, and
two ends of a link that disagree. Everything is counted, and the worst standing is always shown: one
that is on track never hides one that is late, and nothing is an average.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from goldenthread.plan.edition.language import ENGLISH, Say, day
from goldenthread.plan.edition.standing import Standing
from goldenthread.plan.edition.telling import standing_words

# The worst first. One that was given up helps nobody, so it is worse than one that is to come.
WORST_FIRST: tuple[Standing, ...] = (
    *("late", "at_risk", "withdrawn", "not_due", "on_track", "done"),
)
_BAD = {standing: place for place, standing in enumerate(WORST_FIRST)}
State = Literal["served", "nothing", "not_needed", "over"]
Quarrel = Literal["withdrawn", "replaced", "later", "worse"]


@dataclass(frozen=True)
class Above:
    """An action of the body's own plan, as it stands on a day.

    ``due`` is the date that is promised now; ``theme``, ``recommendation`` and ``strands`` are the
    keys of what it belongs to. ``needs_none`` is true where somebody said that it needs no
    directorate, and ``gave_way`` says what took its place.
    """

    id: str
    number: str
    words: str
    standing: Standing
    due: date | None = None
    theme: str = ""
    recommendation: str = ""
    strands: frozenset[str] = frozenset()
    needs_none: bool = False
    gave_way: str = ""


@dataclass(frozen=True)
class Below:
    """An action of a directorate, as it stands on a day.

    ``directorate`` is the key of the column that it stands in, and ``unit`` the name of the part
    whose plan it is, where that is another. ``red`` is true where its lead rates it red, ``local``
    where it is kept as the directorate's own, serving nothing above.
    """

    id: str
    number: str
    words: str
    directorate: str
    standing: Standing
    due: date | None = None
    strands: frozenset[str] = frozenset()
    red: bool = False
    local: bool = False
    gave_way: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Tiers:
    """Both tiers on a day: what a reader may see of them, and nothing else.

    ``serves`` are pairs of keys, an action below and what it serves: an action above, a
    recommendation, or another action below, as a division's serves its directorate's. A link to a
    thing that is not here counts as serving it. ``recommendations`` gives the theme of each, and
    ``not_needed`` are pairs of an action above and a directorate that has nothing to do for it.
    """

    above: tuple[Above, ...] = ()
    below: tuple[Below, ...] = ()
    serves: frozenset[tuple[str, str]] = frozenset()
    directorates: tuple[str, ...] = ()
    not_needed: frozenset[tuple[str, str]] = frozenset()
    recommendations: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _behind(self) -> Mapping[str, tuple[Below, ...]]:
        """The actions below behind each thing that is served, but for those that were withdrawn."""
        found: dict[str, list[Below]] = {}
        served = self._uppers
        for one in self.below:
            if one.standing != "withdrawn":
                for upper in served.get(one.id, ()):
                    found.setdefault(upper, []).append(one)
        return {upper: tuple(rows) for upper, rows in found.items()}

    @cached_property
    def _uppers(self) -> Mapping[str, tuple[str, ...]]:
        return {
            lower: tuple(sorted(uppers)) if len(uppers) > 1 else tuple(uppers)
            for lower, uppers in _grouped(self.serves).items()
        }

    @cached_property
    def _gone(self) -> frozenset[str]:
        every: tuple[Above | Below, ...] = (*self.above, *self.below)
        return frozenset(one.id for one in every if one.standing == "withdrawn")

    @cached_property
    def _serving(self) -> frozenset[str]:
        """The keys of the actions below that serve something which was not withdrawn."""
        gone = self._gone
        return frozenset(lower for lower, upper in self.serves if upper not in gone)

    def is_serving(self, key: str) -> bool:
        """Whether an action below serves something that was not withdrawn."""
        return key in self._serving

    def behind(self, key: str) -> tuple[Below, ...]:
        """The directorates' actions that serve a thing, those that were withdrawn left out."""
        return self._behind.get(key, ())


@dataclass(frozen=True)
class Cell:
    """What one directorate does for one action above: how many serve it, and the worst of them.

    ``nothing`` is a gap; ``not_needed`` was said with a reason; ``over`` is nothing where nothing
    is wanted any more, since the action above is done or was withdrawn. ``at_worst`` of ``count``
    stand at the worst.
    """

    state: State
    count: int = 0
    worst: Standing | None = None
    at_worst: int = 0


@dataclass(frozen=True)
class Row:
    """One action above with a cell for each directorate, in their order."""

    action: Above
    cells: tuple[Cell, ...]

    @property
    def gaps(self) -> int:
        """How many directorates it needs that do nothing for it."""
        return sum(cell.state == "nothing" for cell in self.cells)


@dataclass(frozen=True)
class Disagreement:
    """Two ends of one link that do not agree, and in what.

    ``later``: below is due after above. ``worse``: above is said to be done or on track while below
    is late or red. ``withdrawn`` and ``replaced``: one end is no more, and the other goes on.
    """

    kind: Quarrel
    above: Above
    below: Below


@dataclass(frozen=True)
class Met:
    """How far two tiers meet, or what of it belongs to a theme and a strand where they are named.

    Each list is reckoned when it is asked for, since a page of one list needs no other. ``served``
    and ``unserved`` together are the actions that need directorates. Of the directorates' actions
    that were not withdrawn each is in one of ``serving``, ``local`` and ``unserving``. A theme
    narrows the upper tier, since an action that serves none has none; a strand both. ``whole`` is
    what was narrowed, where it was.
    """

    tiers: Tiers
    theme: str = ""
    strand: str = ""
    whole: Met | None = None

    @property
    def directorates(self) -> tuple[str, ...]:
        """The columns of the weave."""
        return self.tiers.directorates

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The weave: a row for each action above."""
        if self.whole is not None:
            return tuple(row for row in self.whole.rows if self._above(row.action))
        return tuple(_row(self.tiers, one) for one in self.tiers.above)

    @cached_property
    def served(self) -> tuple[Above, ...]:
        """The actions above that a directorate serves."""
        return tuple(row.action for row in self._live if self.tiers.behind(row.action.id))

    @cached_property
    def unserved(self) -> tuple[Above, ...]:
        """The actions above that need directorates, and that none serves."""
        return tuple(
            row.action for row in self._live if row.gaps and not self.tiers.behind(row.action.id)
        )

    @cached_property
    def serving(self) -> tuple[Below, ...]:
        """The actions below that serve something."""
        return tuple(one for one in self._below if self.tiers.is_serving(one.id))

    @cached_property
    def local(self) -> tuple[Below, ...]:
        """Those that serve nothing and are kept as the directorate's own."""
        return tuple(one for one in self._below if one.local and not self.tiers.is_serving(one.id))

    @cached_property
    def unserving(self) -> tuple[Below, ...]:
        """Those that serve nothing, while nobody said that they need not."""
        return tuple(
            one for one in self._below if not one.local and not self.tiers.is_serving(one.id)
        )

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """The links whose two ends do not agree."""
        if self.whole is None:
            return tuple(_disagreements(self.tiers))
        return tuple(
            one
            for one in self.whole.disagreements
            if self._above(one.above)
            and (self._is_below(one.below) or self.strand in one.above.strands)
        )

    @property
    def needing(self) -> int:
        """How many actions above need directorates to act."""
        return len(self.served) + len(self.unserved)

    @property
    def recorded(self) -> int:
        """How many actions below there are, those that were withdrawn left out."""
        return len(self._below)

    @cached_property
    def _live(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.action.standing != "withdrawn")

    @cached_property
    def _below(self) -> tuple[Below, ...]:
        if self.whole is not None:
            return tuple(filter(self._is_below, self.whole._below))
        return tuple(one for one in self.tiers.below if one.standing != "withdrawn")

    def _above(self, one: Above) -> bool:
        return (not self.theme or one.theme == self.theme) and (
            not self.strand or self.strand in one.strands
        )

    def _is_below(self, one: Below) -> bool:
        return not self.strand or self.strand in one.strands


@dataclass(frozen=True)
class Tally:
    """How many actions stand where, and the worst of them; no standing where there are none."""

    counts: tuple[tuple[Standing, int], ...] = ()
    worst: Standing | None = None

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(count for _standing, count in self.counts)


@dataclass(frozen=True)
class Rolled:
    """One theme, recommendation, directorate or strand: both tiers counted, and what is missing.

    ``gaps`` are the cells of the weave in which a directorate does nothing that is needed.
    """

    key: str
    above: Tally
    below: Tally
    unserved: int = 0
    unserving: int = 0
    gaps: int = 0

    @property
    def worst(self) -> Standing | None:
        """The worst standing in either tier."""
        return worst(one for one in (self.above.worst, self.below.worst) if one is not None)


# Most cells of a large weave are one of these.
_NOTHING, _NOT_NEEDED, _OVER = Cell("nothing"), Cell("not_needed"), Cell("over")


def worst(standings: Iterable[Standing]) -> Standing | None:
    """The worst of some standings; None where there are none.

    >>> worst(["done", "on_track", "late", "at_risk"])
    'late'
    >>> worst([]) is None
    True
    """
    return min(standings, key=_BAD.__getitem__, default=None)


def tally(standings: Iterable[Standing]) -> Tally:
    """Standings counted, the worst first, those that nobody has left out.

    >>> tally(["done", "late", "done"])
    Tally(counts=(('late', 1), ('done', 2)), worst='late')
    """
    found: dict[Standing, int] = {}
    for standing in standings:
        found[standing] = found.get(standing, 0) + 1
    counts = tuple((name, found[name]) for name in WORST_FIRST if name in found)
    return Tally(counts, counts[0][0] if counts else None)


def of_directorate(tiers: Tiers, directorate: str) -> Tiers:
    """The whole upper tier with one directorate alone below it."""
    return replace(
        tiers,
        below=tuple(one for one in tiers.below if one.directorate == directorate),
        directorates=tuple(one for one in tiers.directorates if one == directorate),
    )


def reconcile(tiers: Tiers) -> Met:
    """Where two tiers meet and where they do not; each in the order in which it is given.

    An action above needs directorates while it is neither done nor withdrawn, unless it is said to
    need none or each of them is said not to be needed. Actions that were withdrawn serve nothing.

    >>> b4 = Above("b4", "B4", "Mixed panels", "late")
    >>> h1 = Below("h1", "H1", "Train the panels", "Housing", "on_track")
    >>> met = reconcile(Tiers((b4,), (h1,), frozenset(), ("Housing",)))
    >>> [one.number for one in (*met.unserved, *met.unserving)]
    ['B4', 'H1']
    >>> met = reconcile(Tiers((b4,), (h1,), frozenset({("h1", "b4")}), ("Housing",)))
    >>> met.rows[0].cells
    (Cell(state='served', count=1, worst='on_track', at_worst=1),)
    """
    return Met(tiers)


def _row(tiers: Tiers, action: Above) -> Row:
    by_directorate: dict[str, list[Standing]] = {}
    for one in tiers.behind(action.id):
        by_directorate.setdefault(one.directorate, []).append(one.standing)
    return Row(
        action,
        tuple(
            _cell(tiers, action, name, by_directorate.get(name, [])) for name in tiers.directorates
        ),
    )


def _cell(tiers: Tiers, action: Above, directorate: str, standings: list[Standing]) -> Cell:
    if standings:
        found = tally(standings)
        return Cell("served", found.total, found.worst, found.counts[0][1])
    if action.needs_none or (action.id, directorate) in tiers.not_needed:
        return _NOT_NEEDED
    return _OVER if action.standing in ("done", "withdrawn") else _NOTHING


def _disagreements(tiers: Tiers) -> Iterator[Disagreement]:
    below = {one.id: one for one in tiers.below}
    lowers = _grouped((upper, lower) for lower, upper in tiers.serves)
    for above in tiers.above:
        for lower in sorted(lowers.get(above.id, ())):
            one = below.get(lower)
            if one is not None:
                for kind in _quarrels(above, one):
                    yield Disagreement(kind, above, one)


def _quarrels(above: Above, below: Below) -> tuple[Quarrel, ...]:
    over = ("done", "withdrawn")
    if "withdrawn" in (above.standing, below.standing):
        other = below if above.standing == "withdrawn" else above
        return () if other.standing in over else ("withdrawn",)
    found: list[Quarrel] = []
    if (above.gave_way and below.standing != "done") or (
        below.gave_way and above.standing != "done"
    ):
        found.append("replaced")
    if below.standing == "done":
        return tuple(found)
    if above.standing != "done" and above.due and below.due and below.due > above.due:
        found.append("later")
    if above.standing in ("done", "on_track") and (below.standing == "late" or below.red):
        found.append("worse")
    return tuple(found)


def narrowed(met: Met, *, theme: str = "", strand: str = "") -> Met:
    """What of it belongs to a theme and to a strand; all of it where neither is named."""
    return Met(met.tiers, theme, strand, met) if theme or strand else met


# -- rolled up -------------------------------------------------------------------------------------


def by_theme(tiers: Tiers, met: Met) -> tuple[Rolled, ...]:
    """Each theme with its actions above and whatever serves them or its recommendations."""
    themes: dict[str, list[str]] = {}
    for key, theme in tiers.recommendations:
        themes.setdefault(theme, []).append(key)
    return _rolled(tiers, met, lambda one: (one.theme,), themes)


def by_recommendation(tiers: Tiers, met: Met) -> tuple[Rolled, ...]:
    """Each recommendation with its actions above and whatever serves them or itself."""
    alone = {key: [key] for key, _theme in tiers.recommendations}
    return _rolled(tiers, met, lambda one: (one.recommendation,), alone)


def by_strand(tiers: Tiers, met: Met) -> tuple[Rolled, ...]:
    """Each strand with the actions of both tiers that belong to it; one may belong to several."""
    unserving = _count(strand for one in met.unserving for strand in one.strands)
    below: dict[str, list[Standing]] = {}
    for one in tiers.below:
        for strand in one.strands:
            below.setdefault(strand, []).append(one.standing)
    found = {one.key: one for one in _rolled(tiers, met, lambda one: tuple(one.strands), {})}
    return tuple(
        replace(
            found.get(key, Rolled(key, Tally(), Tally())),
            below=tally(below.get(key, ())),
            unserving=unserving.get(key, 0),
        )
        for key in sorted({*found, *below})
    )


def by_directorate(tiers: Tiers, met: Met) -> tuple[Rolled, ...]:
    """Each directorate with its actions, the actions above that they serve, and what is missing."""
    own: dict[str, list[Standing]] = {}
    for one in tiers.below:
        own.setdefault(one.directorate, []).append(one.standing)
    unserving = _count(one.directorate for one in met.unserving)
    found = []
    for place, name in enumerate(met.directorates):
        cells = [(row.action.standing, row.cells[place].state) for row in met.rows]
        found.append(
            Rolled(
                key=name,
                above=tally(standing for standing, state in cells if state == "served"),
                below=tally(own.get(name, ())),
                unserving=unserving.get(name, 0),
                gaps=sum(state == "nothing" for _standing, state in cells),
            )
        )
    return tuple(found)


def _rolled(
    tiers: Tiers,
    met: Met,
    keys: Callable[[Above], tuple[str, ...]],
    besides: Mapping[str, list[str]],
) -> tuple[Rolled, ...]:
    """The upper tier by a key, with whatever serves its actions or the things ``besides``."""
    rows: dict[str, list[Row]] = {key: [] for key in besides}
    for row in met.rows:
        for key in keys(row.action):
            rows.setdefault(key, []).append(row)
    unserved = {one.id for one in met.unserved}
    found = []
    for key, of in rows.items():
        served = [*(row.action.id for row in of), *besides.get(key, ())]
        behind = {one.id: one.standing for upper in served for one in tiers.behind(upper)}
        found.append(
            Rolled(
                key=key,
                above=tally(row.action.standing for row in of),
                below=tally(behind.values()),
                unserved=sum(row.action.id in unserved for row in of),
                gaps=sum(row.gaps for row in of),
            )
        )
    return tuple(found)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def _count(keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
    return found


# -- told ------------------------------------------------------------------------------------------


def told(one: Disagreement, *, say: Say = ENGLISH) -> str:
    """A disagreement in one sentence that gives both its sides.

    >>> b4 = Above("b4", "B4", "Mixed panels", "on_track", date(2026, 12, 31))
    >>> h1 = Below("h1", "H1", "Train the panels", "Housing", "late", date(2027, 3, 31))
    >>> told(Disagreement("later", b4, h1))
    'B4 is promised for 31 December 2026, and H1 of Housing, which serves it, for 31 March 2027.'
    >>> told(Disagreement("worse", b4, h1))
    'B4 is on track, while H1 of Housing, which serves it, is late.'
    """
    above, below = one.above, one.below
    words = {
        "above": _called(above),
        "below": _called(below),
        "unit": below.unit or below.directorate,
        "above_stands": _stands(above.standing, say),
        "below_stands": _stands(below.standing, say),
        "above_due": day(above.due, say=say) if above.due else "",
        "below_due": day(below.due, say=say) if below.due else "",
        "next": above.gave_way or below.gave_way,
    }
    if one.kind == "later":
        sentence = say.gettext(
            "%(above)s is promised for %(above_due)s, and %(below)s of %(unit)s, which serves it, "
            "for %(below_due)s."
        )
    elif one.kind == "worse" and below.standing == "late":
        sentence = say.gettext(
            "%(above)s is %(above_stands)s, while %(below)s of %(unit)s, which serves it, is late."
        )
    elif one.kind == "worse":
        sentence = say.gettext(
            "%(above)s is %(above_stands)s, while the lead of %(below)s of %(unit)s, which serves "
            "it, rates it red."
        )
    elif one.kind == "replaced" and above.gave_way:
        sentence = say.gettext(
            "%(above)s gave way to %(next)s, while %(below)s of %(unit)s still serves it."
        )
    elif one.kind == "replaced":
        sentence = say.gettext(
            "%(above)s is served by %(below)s of %(unit)s, which gave way to %(next)s."
        )
    elif above.standing == "withdrawn":
        sentence = say.gettext(
            "%(above)s was withdrawn, while %(below)s of %(unit)s, which serves it, is "
            "%(below_stands)s."
        )
    else:
        sentence = say.gettext(
            "%(above)s is %(above_stands)s, while %(below)s of %(unit)s, which served it, was "
            "withdrawn."
        )
    return sentence % words


def _called(one: Above | Below) -> str:
    return one.number or f"“{one.words}”"


def _stands(standing: Standing, say: Say) -> str:
    words = standing_words(standing, say=say)
    return words[:1].lower() + words[1:]
