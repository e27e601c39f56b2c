"""The editions of one plan beside each other: which there are, what changed, what became of what;
and the newest editions of the body's other plans, for what leads from one tier to the other.

An edition's own address never changes and never leads to another edition. The addresses without a
number always lead to the newest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from goldenthread.plan import edition as ed


def _none(number: int) -> ed.Edition:
    raise LookupError(f"There is no edition {number} here.")


def _nowhere(number: int, path: str) -> str:
    raise LookupError(f"There is no page “{path}” of edition {number} here.")


@dataclass(frozen=True)
class Other:
    """The newest edition of another plan of the body, and the address of a page of it."""

    edition: ed.Edition
    link: Callable[[str], str]


@dataclass(frozen=True)
class Shelf:
    """Every published edition of a plan that has pages, the oldest first.

    ``read`` gives an edition by its number, and ``link`` the permanent address of one of its pages.
    ``down`` says of editions that were taken down when and why. ``units`` are the parts of the body
    whose plans are published too, and ``others`` reads the newest edition of every other plan. An
    empty shelf is that of an edition that stands alone.
    """

    known: tuple[ed.Earlier, ...] = ()
    read: Callable[[int], ed.Edition] = field(default=_none, compare=False)
    link: Callable[[int, str], str] = field(default=_nowhere, compare=False)
    down: tuple[ed.TakenDown, ...] = ()
    units: tuple[str, ...] = ()
    others: Callable[[], tuple[Other, ...]] = field(default=tuple, compare=False)

    @property
    def newest(self) -> ed.Earlier | None:
        """The edition that the public reads now; None where no other is known of."""
        return self.known[-1] if self.known else None

    def before(self, edition: ed.Edition) -> tuple[ed.Earlier, ...]:
        """The editions before this one, the newest of them first."""
        return tuple(one for one in reversed(self.known) if one.number < edition.number)

    def is_newest(self, edition: ed.Edition) -> bool:
        """Whether no later edition has been published."""
        return self.newest is None or self.newest.number <= edition.number

    def later_down(self, edition: ed.Edition) -> ed.TakenDown | None:
        """The notice of the newest edition after this one that was taken down; None without."""
        later = [one for one in self.down if one.number > edition.number]
        return max(later, key=lambda one: one.number, default=None)

    def has_directorates(self, edition: ed.Edition) -> bool:
        """Whether the plans of parts of the body are told of beside this edition.

        Only beside the newest edition of a plan of the whole body: an earlier one never changes.
        """
        return bool(self.units) and not edition.unit and self.is_newest(edition)

    def directorates(self, edition: ed.Edition) -> tuple[Other, ...]:
        """The plans of parts of the body that are told of beside this edition, in their order."""
        if not self.has_directorates(edition):
            return ()
        return tuple(one for one in self.others() if one.edition.unit)

    def last_with(self, action: str, edition: ed.Edition) -> ed.Edition | None:
        """The newest edition before this one that holds an action; None where none does."""
        for one in self.before(edition):
            found = self.read(one.number)
            if found.action(action) is not None:
                return found
        return None


ALONE = Shelf()


def known(edition: ed.Edition) -> ed.Earlier:
    """What other editions say of this one."""
    return ed.Earlier(edition.number, edition.as_at, edition.published.on)


def paths(edition: ed.Edition, shelf: Shelf) -> Iterator[str]:
    """The paths that an edition has because of those before it."""
    yield "editions"
    if shelf.has_directorates(edition):
        yield "directorates"
    for one in shelf.before(edition):
        yield f"changes/since-{one.number}"
    seen = {action.id for action in edition.actions}
    for one in shelf.before(edition):
        for action in shelf.read(one.number).actions:
            if action.id not in seen:
                seen.add(action.id)
                yield f"actions/{action.id}"


def since(path: str, edition: ed.Edition, shelf: Shelf) -> ed.Edition | None:
    """The edition that a path compares with; None where the path names no edition before this."""
    asked = path.removeprefix("changes/since-")
    found = (one for one in shelf.before(edition) if str(one.number) == asked)
    one = next(found, None) if asked != path else None
    return shelf.read(one.number) if one is not None else None


def rows(edition: ed.Edition, shelf: Shelf) -> list[dict[str, Any]]:
    """The editions that there are, the newest first, each with whether it has pages to go to.

    Of one that was taken down ``down`` is its notice.
    """
    have = {one.number for one in shelf.known}
    down = {one.number: one for one in shelf.down}
    gone = (ed.Earlier(one.number, one.as_at, one.published_on) for one in shelf.down)
    earlier = {one.number: one for one in (*edition.earlier, *gone, *shelf.known)}
    earlier[edition.number] = known(edition)
    return [
        {
            "edition": one,
            "this": one.number == edition.number,
            "has_pages": one.number in have,
            "down": down.get(one.number),
            "newest": shelf.newest is not None and one.number == shelf.newest.number,
        }
        for one in sorted(earlier.values(), key=lambda one: -one.number)
    ]


def same_page(path: str) -> str:
    """Where a reader of a page finds its like in another edition.

    A filter by date or theme may not be there, nor a recommendation, so it leads to the whole
    plan; an action always is, or says what became of it.

    >>> [same_page(path) for path in ("actions/a1b2", "plan/due-later", "plan/late")]
    ['actions/a1b2', 'plan', 'plan/late']
    """
    standings = {f"plan/{name.replace('_', '-')}" for name in ed.STANDINGS[:5]}
    kept = {"", "plan", "about", "roadmap", "directorates"}
    if path.startswith("actions/") or path in standings | kept:
        return path
    if path.startswith("roadmap/"):
        return "roadmap"
    return "plan" if path.startswith(("plan/", "recommendations/")) else ""
