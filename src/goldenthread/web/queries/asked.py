"""What a round asks for and what came back: one row for each action, in the same few queries.

Every count of a round, its frozen figures and its chase screen are made of these rows, so that
they cannot disagree. Rows are light, and are worked out in Python: of thousands of actions each
has one state, and a database would count the same conditions many times over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, reduce
from operator import or_
from typing import Any, Literal

from django.conf import settings
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from goldenthread.timescale import Period, Rhythm
from goldenthread.web.models import Action, Evidence, Grant, Lead, Round, Unit, Update
from goldenthread.web.models.tree import part_of
from goldenthread.web.permissions import current, units_above
from goldenthread.web.queries.cadences import Cadences, cadences

State = Literal["answered", "late", "due", "overdue", "waiting", "nobody"]
STATES: tuple[State, ...] = ("due", "overdue", "waiting", "nobody", "answered", "late")
"""Where an action stands in a round; each has exactly one. See :func:`state_of`."""

Trouble = Literal["", "no_lead", "no_post", "no_holder", "no_address"]


@dataclass(frozen=True, slots=True)
class Who:
    """Who is asked for an action: its accountable post and whoever holds it; or why nobody can be.

    ``person`` is the key of the holder, 0 where there is none or no mail reaches them; ``unit`` is
    the key of the post's unit, 0 where there is no post.
    """

    post: int = 0
    title: str = ""
    unit: int = 0
    person: int = 0
    director: bool = False
    trouble: Trouble = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One action in a round: who is asked, and what came back.

    ``missed`` is how many of its periods passed without a word, this one counted once its window
    has opened; ``bare`` and ``same`` are of what was answered: without evidence, and in the words
    of last time.
    """

    action: int
    public_id: str
    number: str
    title: str
    unit: int
    who: Who
    state: State
    missed: int
    said_on: date | None = None
    bare: bool = False
    same: bool = False

    @property
    def silent(self) -> bool:
        """Whether nobody has said a word for as long as the council bears."""
        return self.missed >= settings.SILENT_AFTER

    @property
    def answers(self) -> bool:
        """Whether an answer came, in time or late."""
        return self.state in ("answered", "late")


@dataclass(frozen=True)
class Answer:
    """What was said of an action in a round, the last of it that stands."""

    on: date
    bare: bool


def state_of(
    who: Who, answer: Answer | None, *, on: date, teams: date, directors: date, closes: date
) -> State:
    """Where one action stands in a round on a day.

    ``answered`` until the day it closes and ``late`` after it; without an answer ``nobody`` where
    nobody can be asked, ``waiting`` while the window has not opened for its lead, ``due`` until it
    closes and ``overdue`` from then on.
    """
    if answer is not None:
        return "answered" if answer.on <= closes else "late"
    if who.trouble:
        return "nobody"
    if on < (directors if who.director else teams):
        return "waiting"
    return "due" if on <= closes else "overdue"


def figures(rows: Iterable[Row]) -> dict[str, int]:
    """The figures of a round, as they are frozen when it closes.

    ``asked`` is the sum of ``answered``, ``late``, ``silent`` and ``nobody`` (who could not be
    asked); of the answers so many came ``without_evidence`` and ``unchanged`` since last time.
    """
    found = list(rows)
    states = Counter(row.state for row in found)
    return {
        "asked": len(found),
        "answered": states["answered"],
        "late": states["late"],
        "silent": states["due"] + states["overdue"] + states["waiting"],
        "nobody": states["nobody"],
        "without_evidence": sum(row.answers and row.bare for row in found),
        "unchanged": sum(row.answers and row.same for row in found),
    }


def asked(
    round_: Round, *, on: date, known: Cadences | None = None, actions: Q | None = None
) -> tuple[Row, ...]:
    """Every action that a round asks for, in the order of its plans, as it stands on a day.

    An action that was completed or withdrawn, or that begins only after the period, is asked for
    where something was said of it in the round, and not otherwise. ``actions`` narrows them. Five
    queries, whatever the number of actions.
    """
    return asked_in([round_], on=on, known=known, actions=actions)[0]


def asked_in(
    rounds: Sequence[Round], *, on: date, known: Cadences | None = None, actions: Q | None = None
) -> tuple[tuple[Row, ...], ...]:
    """What each of these rounds asks for, as :func:`asked`, in as many queries as one asks.

    They follow one day's tree and cadences, as all do that are open.
    """
    if not rounds:
        return ()
    known = cadences(day_of(rounds[0], on)) if known is None else known
    asking = [_Asking(one, units, known) for one, units in _units(rounds, known)]
    found = _actions(asking, known).order_by("plan_id", "position", "pk")
    if actions is not None:
        found = found.filter(actions)
    values = list(
        found.values_list(
            *("pk", "public_id", "number", "title", "text", "plan__unit_id", "plan__begins"),
            *("plan__ends", "every", "status", "updated_at", "same_words", "starts"),
        )
    )
    answers = _answers(asking)
    whos = _whos([value[0] for value in values], on, narrowed=actions is not None)
    return tuple(
        tuple(_rows(one, values, said, whos, on)) for one, said in zip(asking, answers, strict=True)
    )


def _rows(
    asking: _Asking,
    values: Iterable[tuple[Any, ...]],
    answers: Mapping[int, Answer],
    whos: Mapping[int, Who],
    on: date,
) -> Iterator[Row]:
    round_, missed = asking.round, _Missed(asking.rhythm, on)
    for value in values:
        key, public_id, number, title, text, unit, begins, ends, every = value[:9]
        status, updated, same, starts = value[9:]
        if not asking.holds(unit, begins, ends, every):
            continue
        answer = answers.get(key)
        later = starts is not None and starts > round_.ends
        if answer is None and (later or status in ("completed", "withdrawn")):
            continue
        who = whos.get(key, _NO_LEAD)
        quiet = 0
        if answer is None:
            word = begins if updated is None else timezone.localdate(updated)
            quiet = missed(word if starts is None else max(word, starts))
        yield Row(
            action=key,
            public_id=public_id,
            number=number,
            title=title or (text if len(text) <= 110 else f"{text[:109].rstrip()}…"),
            unit=unit,
            who=who,
            state=state_of(
                *(who, answer),
                on=on,
                teams=round_.teams_from,
                directors=round_.directors_from,
                closes=round_.closes,
            ),
            missed=quiet,
            said_on=answer.on if answer is not None else None,
            bare=answer is not None and answer.bare,
            same=answer is not None and same > 0,
        )


_NO_LEAD = Who(trouble="no_lead")


class _Asking:
    """A round with the units whose plans it asks about, and what speaks of its period."""

    def __init__(self, round_: Round, units: frozenset[int], known: Cadences) -> None:
        self.round, self.units = round_, units
        self.rhythm = known.rhythm(round_.unit_id, round_.months)

    @cached_property
    def moments(self) -> tuple[datetime, datetime, datetime]:
        """When its period began, when its window opened, and when the next one's does."""
        after = self.rhythm.window(period(self.round).after()).teams
        of = self.round
        return _midnight(of.begins), _midnight(of.teams_from), _midnight(after)

    @property
    def actions(self) -> Q:
        """The condition that an action, with its months as ``every``, is of a plan it asks about.

        :meth:`holds` says the same of a row.
        """
        of = self.round
        lasts = Q(plan__ends__isnull=True) | Q(plan__ends__gte=of.begins)
        return lasts & Q(plan__unit__in=self.units, plan__begins__lte=of.ends, every=of.months)

    def holds(self, unit: int, begins: date, ends: date | None, every: int) -> bool:
        of = self.round
        lasts = ends is None or ends >= of.begins
        return lasts and unit in self.units and begins <= of.ends and every == of.months

    @property
    def updates(self) -> Q:
        """The condition that an update speaks of its period; :meth:`hears` says it of a row.

        An update says of which period it speaks; one that does not speaks of the period whose
        window opened last.
        """
        began, opened, after = self.moments
        named = Q(about__gte=self.round.begins, about__lte=self.round.ends)
        silent = Q(about__isnull=True, at__gte=opened, at__lt=after)
        return Q(at__gte=began) & (named | silent)

    def hears(self, about: date | None, at: datetime) -> bool:
        began, opened, after = self.moments
        if at < began:
            return False
        if about is None:
            return opened <= at < after
        return self.round.begins <= about <= self.round.ends


def _any_of(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def _actions(asking: Iterable[_Asking], known: Cadences) -> QuerySet[Any]:
    """The actions of the plans that rounds ask about, at the cadence that they have."""
    every = Action.objects.annotate(every=known.in_sql())
    return every.filter(_any_of(one.actions for one in asking))


def asks_anything(round_: Round, known: Cadences) -> bool:
    """Whether there is an action that a round, which need not be saved, would ask about."""
    return _of(round_, known).exclude(status__in=("completed", "withdrawn")).exists()


def _of(round_: Round, known: Cadences) -> QuerySet[Any]:
    return _actions([_Asking(round_, units_asked(round_, known), known)], known)


def round_asking(action: Action, on: date) -> Round | None:
    """The round that is open on a day and asks about an action; None where none does."""
    known = cadences()
    waiting = Round.objects.filter(closed_at__isnull=True, teams_from__lte=on, closes__gte=on)
    return next((one for one in waiting if _of(one, known).filter(pk=action.pk).exists()), None)


class _Missed:
    """Periods without a word by the day of the last, each reckoned once."""

    def __init__(self, rhythm: Rhythm, on: date) -> None:
        self._rhythm, self._on = rhythm, on
        self._found: dict[date, int] = {}

    def __call__(self, word: date) -> int:
        if word not in self._found:
            self._found[word] = self._rhythm.missed(word, self._on)
        return self._found[word]


def period(round_: Round) -> Period:
    """The period that a round asks about."""
    return Period(round_.begins, round_.ends)


def units_asked(round_: Round, known: Cadences) -> frozenset[int]:
    """The units whose plans a round asks about: its own and all below, but for a nearer round's."""
    return _units([round_], known)[0][1]


def _units(rounds: Sequence[Round], known: Cadences) -> list[tuple[Round, frozenset[int]]]:
    """Each of these rounds with its :func:`units_asked`, in one query."""
    others = Round.objects.filter(
        months__in={one.months for one in rounds}, ends__in={one.ends for one in rounds}
    ).values_list("pk", "unit_id", "months", "ends")
    beside = list(others)
    below: dict[int | None, list[int]] = {}
    for unit, above in known.parents.items():
        below.setdefault(above, []).append(unit)
    each = []
    for one in rounds:
        of = (one.months, one.ends)
        nearer = {unit for key, unit, *when in beside if tuple(when) == of and key != one.pk}
        found, waiting = {one.unit_id}, [one.unit_id]
        while waiting:
            more = [unit for unit in below.get(waiting.pop(), []) if unit not in nearer]
            found.update(more)
            waiting += more
        each.append((one, frozenset(found)))
    return each


def _answers(asking: Sequence[_Asking]) -> list[dict[int, Answer]]:
    """The last thing that a person said of each action in the period of each round, in one query.

    What was taken back was not said.
    """
    said = (
        Update.objects.filter(by__isnull=False)
        .filter(_any_of(one.updates for one in asking))
        .annotate(shown=Exists(Evidence.objects.filter(update=OuterRef("pk"))))
        .order_by("number")
        .values_list("action_id", "at", "about", "shown")
    )
    # Asked for once: for thousands of moments it would be most of the work.
    zone = timezone.get_current_timezone()
    found: list[dict[int, Answer]] = [{} for _ in asking]
    for action, at, about, shown in said:
        for one, answers in zip(asking, found, strict=True):
            if one.hears(about, at):
                answers[action] = Answer(at.astimezone(zone).date(), bare=not shown)
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _whos(actions: list[int], on: date, *, narrowed: bool) -> dict[int, Who]:
    """Who is asked for each action: the first accountable lead who can be, or why none can."""
    leads = Lead.objects.filter(current(on), role="accountable")
    if narrowed:
        leads = leads.filter(action__in=actions)
    holds = FilteredRelation("post__holdings", condition=current(on, "post__holdings__"))
    directors = Grant.objects.filter(current(on), role="director", person=OuterRef("now__person"))
    found: dict[int, Who] = {}
    known: dict[int, Who] = {}
    rows = leads.annotate(now=holds).order_by("action_id", "position", "pk")
    for action, post, title, unit, text, person, active, email, directs in rows.values_list(
        *("action_id", "post_id", "post__title", "post__unit_id", "text"),
        *("now__person_id", "now__person__is_active", "now__person__email", Exists(directors)),
    ):
        best = found.get(action)
        if best is not None and not best.trouble:
            continue
        if post is None:
            who = Who(title=text, trouble="no_post")
        elif post in known:
            who = known[post]
        elif person is None:
            who = known[post] = Who(post, title, unit, trouble="no_holder")
        elif not (active and email.strip()):
            who = known[post] = Who(post, title, unit, trouble="no_address")
        else:
            who = known[post] = Who(post, title, unit, person, directs)
        if best is None or not who.trouble:
            found[action] = who
    return found


@dataclass(frozen=True)
class Part:
    """A part of the council in which leads are counted: the body, or a unit right below it."""

    public_id: str
    name: str


def parts(on: date) -> Mapping[int, Part]:
    """The directorate of every unit on a day, by the key of the unit; the body's own is the body.

    What was of a unit that has moved since is counted where it stood on the day.
    """
    units = {unit.pk: unit for unit in Unit.objects.only("pk", "public_id", "name")}
    parents = units_above(on)
    found: dict[int, Part] = {}
    for key in units:
        here = units[part_of(key, parents)]
        found[key] = Part(here.public_id, here.name)
    return found


def day_of(round_: Round, on: date) -> date:
    """The day whose tree and cadences a round follows: that of its closing, once it is closed.

    So the screen of a round that is closed stays as it was, whatever moves afterwards.
    """
    return on if round_.closed_at is None else min(on, timezone.localdate(round_.closed_at))
