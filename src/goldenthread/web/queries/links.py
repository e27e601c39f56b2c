"""Dated links between things on the thread: what they mean, what they join, what can be joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db.models import Model, Q, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from goldenthread.web.models import Link, Person
from goldenthread.web.permissions import may, reach
from goldenthread.web.queries.things import KINDS, PLANNED

# What joins two things, said from its start and from its end.
MEANINGS: Mapping[str, tuple[Any, Any]] = {
    "answers": (_("answers"), _("is answered by")),
    "serves": (_("helps to keep"), _("is helped by")),
    "needs": (_("needs first"), _("is needed by")),
    "measured_by": (_("is measured by"), _("measures")),
    "comes_from": (_("comes from"), _("led to")),
    "replaces": (_("takes the place of"), _("gave way to")),
    "sees": (_("see also"), _("see also")),
}
KIND_WORDS: Mapping[str, Any] = {
    "action": _("action"),
    "recommendation": _("recommendation"),
    "measure": _("measure"),
    "plan": _("plan"),
    "theme": _("theme"),
    "unit": _("part of the council"),
    "post": _("post"),
    "area": _("area of a directorate"),
    "heardtheme": _("theme that was heard"),
    "packfinding": _("finding of a data pack"),
}
# How many of each kind a search offers.
_MOST = 10


@dataclass(frozen=True)
class Joined:
    """One link of a thing as its page shows it: the other end, what joins them, for how long.

    ``said`` is the meaning read from this end; ``onward`` is true where the link starts here.
    ``id`` names the other end, whose ``kind`` is a word of KINDS.
    """

    link: str
    kind: str
    id: str
    words: str
    said: str
    onward: bool
    since: date
    until: date | None
    reason: str

    @property
    def kind_words(self) -> str:
        """What the other end is, in words."""
        return str(KIND_WORDS.get(self.kind, self.kind))


def meaning_words(meaning: str, *, onward: bool) -> str:
    """What joins two things, read from the one end or the other; a word of ours as it is."""
    return str(MEANINGS.get(meaning, (meaning, meaning))[not onward])


def links_of(kind: str, public_id: str) -> tuple[Link, ...]:
    """Every link that a thing ever had, in either direction, first made first."""
    here = Q(from_kind=kind, from_id=public_id) | Q(to_kind=kind, to_id=public_id)
    return tuple(Link.objects.filter(here).order_by("since", "id"))


def joined(
    links: Iterable[Link],
    *,
    seen: frozenset[int],
    kind: str,
    public_id: str,
    planned: frozenset[int] = frozenset(),
) -> tuple[Joined, ...]:
    """The links of a thing with their other ends, those alone that exist and that may be seen.

    ``seen`` are the units whose register may be read, ``planned`` those whose planning may be seen.
    """
    ends: dict[str, set[str]] = {}
    found = []
    for link in links:
        onward = (link.from_kind, link.from_id) == (kind, public_id)
        end = (link.to_kind, link.to_id) if onward else (link.from_kind, link.from_id)
        ends.setdefault(end[0], set()).add(end[1])
        found.append((link, onward, end))
    things = called(ends, seen=seen, planned=planned)
    return tuple(
        Joined(
            link=link.public_id,
            kind=end[0],
            id=end[1],
            words=things[end],
            said=meaning_words(link.meaning, onward=onward),
            onward=onward,
            since=link.since,
            until=link.until,
            reason=link.reason,
        )
        for link, onward, end in found
        if end in things
    )


def called(
    wanted: Mapping[str, Iterable[str]], *, seen: frozenset[int], planned: frozenset[int]
) -> dict[tuple[str, str], str]:
    """What those of these things are called that may be seen, by kind and identifier: one query.

    ``seen`` and ``planned`` are as in :func:`joined`.
    """
    each = [
        _seen(kind, seen, planned)
        .filter(public_id__in=wanted[kind])
        .order_by()
        .values_list(Value(kind, TextField()), "public_id", *_named(kind))
        for kind in sorted(wanted)
        if kind in KIND_WORDS
    ]
    rows = each[0].union(*each[1:], all=True) if each else ()
    return {
        (kind, public_id): words_of(SimpleNamespace(**dict(zip(_PARTS, parts, strict=True))))
        for kind, public_id, *parts in rows
    }


# Where a thing may have its name, as :func:`words_of` reads it.
_PARTS = ("number", "title", "name", "text")


def _named(kind: str) -> list[Any]:
    """Each of these columns as words; nothing for one that the kind has not."""
    has = {field.name for field in KINDS[kind]._meta.fields}
    return [Cast(part, TextField()) if part in has else Value("", TextField()) for part in _PARTS]


def ahead(
    links: Iterable[Link], *, seen: frozenset[int], planned: frozenset[int] = frozenset()
) -> dict[str, Joined]:
    """Where links of many things lead, each read from its start, by the link's public identifier.

    Those alone whose end exists and may be seen; ``seen`` and ``planned`` as in :func:`joined`.
    """
    found = list(links)
    ends: dict[str, set[str]] = {}
    for link in found:
        ends.setdefault(link.to_kind, set()).add(link.to_id)
    things = called(ends, seen=seen, planned=planned)
    return {
        link.public_id: Joined(
            link=link.public_id,
            kind=link.to_kind,
            id=link.to_id,
            words=things[link.to_kind, link.to_id],
            said=meaning_words(link.meaning, onward=True),
            onward=True,
            since=link.since,
            until=link.until,
            reason=link.reason,
        )
        for link in found
        if (link.to_kind, link.to_id) in things
    }


@dataclass(frozen=True)
class Found:
    """Something that a link can lead to: its kind and public identifier, and its words."""

    kind: str
    id: str
    words: str

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.kind}:{self.id}"


def findable(*, for_: Person, search: str, on: date, but: Model) -> tuple[Found, ...]:
    """What somebody may see whose words hold every word of a search, ten of each kind at most.

    A number finds its own thing. ``but`` is the thing that the link starts from.
    """
    seen, planned = reach(for_, "read_register", on), reach(for_, "read_planning", on)
    sought = search.split()[:10]
    found: list[Found] = []
    for kind in KIND_WORDS:
        rows = _seen(kind, seen, planned)
        if isinstance(but, KINDS[kind]):
            rows = rows.exclude(pk=but.pk)
        for word in sought:
            rows = rows.filter(_holds(kind, word))
        found += [Found(kind, row.public_id, words_of(row)) for row in rows.order_by("pk")[:_MOST]]
    return tuple(found) if sought else ()


def _holds(kind: str, word: str) -> Q:
    named = {field.name for field in KINDS[kind]._meta.fields}
    holds = Q()
    for part in ("text", "title", "name"):
        if part in named:
            holds |= Q(**{f"{part}__icontains": word})
    return holds | Q(number__iexact=word) if "number" in named else holds


def words_seen(row: Model, *, for_: Person, on: date) -> str:
    """What a thing is called to somebody: no more than its kind where they may not see it."""
    kind = str(row._meta.model_name)
    if kind in PLANNED and not may(for_, "read_planning", row, on):
        return str(KIND_WORDS.get(kind, kind))
    return words_of(row)


def _seen(kind: str, seen: frozenset[int], planned: frozenset[int]) -> Any:  # noqa: ANN401
    """The rows of a kind that stand in these units; none of a kind that cannot be joined."""
    if kind not in KIND_WORDS:
        return KINDS["action"]._default_manager.none()
    if kind in PLANNED:
        return KINDS[kind]._default_manager.filter(**{f"{PLANNED[kind]}__in": planned})
    within: Mapping[str, Q] = {
        "plan": Q(unit__in=seen),
        "unit": Q(pk__in=seen),
        "post": Q(unit__in=seen),
        "theme": Q(recommendations__plan__unit__in=seen)
        | Q(recommendations__review__unit__in=seen),
        # One that is in no plan yet is its review's.
        "recommendation": Q(plan__unit__in=seen) | Q(plan__isnull=True, review__unit__in=seen),
    }
    of_a_plan = Q(plan__unit__in=seen)
    return KINDS[kind]._default_manager.filter(within.get(kind, of_a_plan)).distinct()


def words_of(row: Any) -> str:  # noqa: ANN401
    """What a thing is called in a list: its number and its name, or the beginning of its words."""
    named = [str(getattr(row, part, "") or "") for part in ("number", "title", "name")]
    said = " ".join(part for part in named if part)
    text = str(getattr(row, "text", "") or "")
    return said if named[1] or named[2] or not text else f"{said} {shortened(text, 100)}".strip()


def shortened(text: str, most: int) -> str:
    """The first words of a text, with a mark where it goes on.

    >>> shortened("Hear staff regularly", 12)
    'Hear staff…'
    """
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]}…"
