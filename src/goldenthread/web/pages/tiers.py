"""What leads from tier to tier and back: from a theme that was heard to the promise of the body.

Downwards only newest published editions are counted, each on its own day. Upwards an edition says
itself what its actions serve; there is a link where a published edition holds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from goldenthread.plan import edition as ed
from goldenthread.web.pages import story
from goldenthread.web.pages.choices import slug
from goldenthread.web.pages.shelf import Other, Shelf

# How many pledges, themes and things served the first page tells before it leads to the whole list.
MOST_TOLD = 10


@dataclass(frozen=True)
class Behind:
    """What one directorate does for something, and where its pages are."""

    other: Other
    backing: ed.Backing

    @property
    def unit(self) -> str:
        """The name of the directorate."""
        return self.other.edition.unit


@dataclass(frozen=True)
class Up:
    """Something of the body's plan that is served, where its page is, and what serves it.

    ``address`` and ``words`` are empty where no published edition holds it.
    """

    thing: ed.Serves
    address: str = ""
    words: str = ""
    actions: tuple[ed.Action, ...] = ()


def is_directorates(edition: ed.Edition) -> bool:
    """Whether an edition says what a directorate says, beside its actions."""
    return bool(
        edition.vision
        or edition.priorities
        or edition.pledges
        or edition.heard
        or edition.steps
        or edition.closing
    )


def anchors(names: Iterable[str]) -> dict[str, str]:
    """Where each of these stands on its page, by its name; no two share a place.

    >>> anchors(["1", "1.", "Who acts up"])
    {'1': '1', '1.': '1-2', 'Who acts up': 'who-acts-up'}
    """
    taken: set[str] = set()
    return {name: slug(name, taken) for name in names}


def places(edition: ed.Edition) -> dict[str, dict[str, str]]:
    """Where priorities and themes stand on their pages, by their numbers and codes."""
    return {
        "priority_at": anchors(one.number for one in edition.priorities),
        "heard_at": anchors(one.code for one in edition.heard),
    }


def heard(edition: ed.Edition) -> dict[str, Any]:
    """Each theme with the priorities and the actions that come from it."""
    return {
        "themes": [
            (
                theme,
                [one for one in edition.priorities if theme.code in one.heard],
                [one for one in edition.actions if theme.code in one.heard],
            )
            for theme in edition.heard
        ]
    }


def priorities(edition: ed.Edition) -> dict[str, Any]:
    """Each priority with the themes that it answers and the actions that come from it."""
    return {
        "weighed": [
            (
                priority,
                [theme for theme in edition.heard if theme.code in priority.heard],
                [one for one in edition.actions if priority.number in one.priorities],
            )
            for priority in edition.priorities
        ]
    }


def upwards(edition: ed.Edition, shelf: Shelf) -> list[Up]:
    """What an edition's actions serve, each once, with those actions."""
    return [Up(thing, *_found(thing, shelf), actions) for thing, actions in ed.served(edition)]


def of_action(action: ed.Action, shelf: Shelf) -> list[Up]:
    """What one action serves."""
    return [Up(thing, *_found(thing, shelf)) for thing in action.serves]


def _found(thing: ed.Serves, shelf: Shelf) -> tuple[str, str]:
    """Where the page of what is served stands, and its words; empty where no edition holds it.

    An edition that was taken down holds nothing, so its words are gone from here with it.
    """
    for other in shelf.others():
        if other.edition.unit:
            continue
        action = other.edition.action(thing.action) if thing.action else None
        if action is not None:
            return other.link(f"actions/{thing.action}"), action.title
        if thing.recommendation and other.edition.plan == thing.plan:
            rec = other.edition.recommendation(thing.recommendation)
            path = story.recommendation_paths(other.edition).get(thing.recommendation)
            if rec is not None and path is not None:
                return other.link(path), rec.words
    return "", ""


def whole(shelf: Shelf) -> Other | None:
    """The first of the other plans that is of the whole body; None where none is published."""
    return next((one for one in shelf.others() if not one.edition.unit), None)


def behind(
    edition: ed.Edition, shelf: Shelf, *, action: str = "", recommendation: str = ""
) -> tuple[Behind, ...]:
    """What the directorates do for one action or recommendation of the body's plan."""
    found = []
    for other in shelf.directorates(edition):
        at = other.edition.as_at
        actions = tuple(
            one
            for one in other.edition.actions
            if any(
                (link.action, link.recommendation) == (action, recommendation)
                for link in one.serves
            )
        )
        stands = ed.worst(actions, at)
        if stands is not None:
            backing = ed.Backing(other.edition, actions, ed.count(actions, at), stands)
            found.append(Behind(other, backing))
    return tuple(found)


def downwards(edition: ed.Edition, shelf: Shelf) -> dict[tuple[str, str], tuple[Behind, ...]]:
    """What the directorates do for each action and recommendation of the body's plan."""
    others = shelf.directorates(edition)
    known = {id(other.edition): other for other in others}
    return {
        key: tuple(Behind(known[id(one.edition)], one) for one in backed)
        for key, backed in ed.backings(other.edition for other in others).items()
    }


def worst(found: Iterable[Behind]) -> ed.Standing | None:
    """The worst standing over several directorates."""
    return ed.worst_of(one.backing for one in found)


def directorates(edition: ed.Edition, shelf: Shelf) -> dict[str, Any]:
    """Every directorate whose plan is published, what of it serves this, and what none serves."""
    others = shelf.directorates(edition)
    serving = {id(one.edition): one for one in ed.backing(other.edition for other in others)}
    rows = [
        {
            "other": other,
            "counts": ed.counts(other.edition),
            "serving": serving.get(id(other.edition)),
            "worst": ed.worst(other.edition.actions, other.edition.as_at),
        }
        for other in others
    ]
    backed = {
        link.action
        for other in others
        for action in other.edition.actions
        for link in action.serves
    }
    without = [one for one in edition.actions if one.id not in backed]
    return {"rows": rows, "backed": len(edition.actions) - len(without), "without": without}
