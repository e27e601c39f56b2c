"""The public pages, drawn from an edition alone: the site and the static files share them.

A page has a path ("plan/late", "actions/b6cj24gftk"; the first page has none). How a path becomes
an address is the caller's: a ``Site`` says, and a ``Shelf`` says which other editions there are.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from jinja2 import Environment

from goldenthread.plan import edition as ed
from goldenthread.web.jinja import environment
from goldenthread.web.pages import figures, icalendar, progress, story, tiers
from goldenthread.web.pages import shelf as shelves
from goldenthread.web.pages.choices import Choice, choices
from goldenthread.web.pages.shelf import ALONE, Other, Shelf
from goldenthread.web.queries import kept

__all__ = [
    "ALONE",
    "DOWNLOADS",
    "MOST_CHARTS",
    "Other",
    "Shelf",
    "Site",
    "downloads",
    "gone",
    "not_found",
    "paths",
    "render",
    "taken_down",
]

# More marks than this on one line are not read; the counts in words stay.
_MOST_STITCHES = 60
# More rows than this on one page are not read either, nor sent quickly to a phone.
MOST_ROWS = 250
# More charts than this on one page are not looked at, nor drawn quickly.
MOST_CHARTS = 20
# How many slips the first page tells before it leads to the whole list.
_MOST_SLIPS = 10
# How many events of a recommendation's thread are told; each action tells all of its own.
_MOST_KNOTS = 200
# How many changes of one kind are told; the files tell the rest.
_MOST_CHANGES = 100
# In actions, over all editions whose counts are kept between pages, since they never change.
_MOST_ACTIONS = 20_000
# Lines of a roadmap on one page: more are parts of their own, all on the same axis.
MOST_LINES = 150

# The same data as files, by their paths.
DOWNLOADS = ("plan.csv", "plan.json", "meetings.ics")

Facts = Callable[["Site", Shelf], dict[str, Any]]
Draw = tuple[str, str, Facts]


@dataclass(frozen=True)
class Site:
    """Where things are: ``link`` makes an address from a path, ``static`` from a file's name.

    ``policy`` is a content security policy for pages that no server of ours hands out. ``staff`` is
    where staff sign in; empty where nobody can. ``newest`` makes an address in the newest edition
    for pages that stand under an edition's own number; it is ``link`` where they do not.
    """

    link: Callable[[str], str]
    static: Callable[[str], str]
    policy: str = ""
    templates: Environment = field(default_factory=cache(environment))
    staff: str = ""
    newest: Callable[[str], str] | None = None


def paths(edition: ed.Edition, shelf: Shelf = ALONE) -> tuple[str, ...]:
    """The path of every page that an edition has, the first page's first.

    With a shelf also what changed since each edition before it, and a page for each action that
    only an earlier edition holds.
    """
    return (*_book(edition).pages, *shelves.paths(edition, shelf))


def render(edition: ed.Edition, path: str, site: Site, shelf: Shelf = ALONE) -> str | None:
    """A page as HTML; None where the edition has no page with that path."""
    book = _book(edition)
    if path not in book.pages:
        return _beside(book, path, site, shelf)
    template, here, facts = book.pages[path]
    return _draw(book, site, shelf, path, template, here, **facts(site, shelf))


def not_found(edition: ed.Edition, site: Site, shelf: Shelf = ALONE) -> str:
    """The page that stands where there is none."""
    return _draw(_book(edition), site, shelf, "", "not_found", "")


def taken_down(notice: ed.TakenDown, site: Site, *, stands: bool) -> str:
    """The page that stands in the place of an edition that was taken down or is being checked.

    ``stands`` is whether another edition of the plan can be read at the first page's address.
    """
    return site.templates.get_template("public/taken_down.html").render(
        notice=notice,
        until=_until(notice, _say(site)),
        body=notice.body,
        programme=notice.plan,
        stands=stands,
        link=site.link,
        static=site.static,
        policy=site.policy,
        staff=site.staff,
    )


def _until(notice: ed.TakenDown, say: ed.Say) -> str:
    """The moment until which an edition is hidden at the latest, as a council writes it."""
    if notice.until is None:
        return ""
    return f"{ed.day(notice.until.date(), say=say)}, {notice.until:%H:%M}"


def _beside(book: _Book, path: str, site: Site, shelf: Shelf) -> str | None:
    """A page about this edition and others; None where there is none with that path."""
    edition = book.edition
    if path == "editions":
        listed = shelves.rows(edition, shelf)
        return _draw(book, site, shelf, path, "editions", "about", listed=listed)
    if path == "directorates" and shelf.has_directorates(edition):
        facts = tiers.directorates(edition, shelf)
        return _draw(book, site, shelf, path, "directorates", "directorates", **facts)
    before = shelves.since(path, edition, shelf)
    if before is not None:
        return _draw(book, site, shelf, path, "changes", "changes", **_changes(book, before, site))
    room, _slash, name = path.partition("/")
    held = shelf.last_with(name, edition) if room == "actions" else None
    action = held.action(name) if held is not None else None
    if held is None or action is None:
        return None
    return _draw(
        book,
        site,
        shelf,
        path,
        "gone",
        "plan",
        action=action,
        last=held,
        stood=ed.action_headline(action, held.as_at, say=_say(site)),
    )


def gone(edition: ed.Edition, earlier: Sequence[ed.Edition]) -> tuple[str, ...]:
    """The numbers of the actions that only an earlier edition holds, in their order there."""
    seen = {action.id for action in edition.actions}
    found: dict[str, str] = {}
    for one in reversed(earlier):
        found |= {a.id: a.number for a in one.actions if a.id not in seen | found.keys()}
    return tuple(found.values())


def downloads(edition: ed.Edition) -> dict[str, bytes]:
    """The same data as files, by path: a table for spreadsheets, JSON, and the days for diaries.

    An edition that names no day to come has no file for diaries.
    """
    plain = json.dumps(ed.to_json(edition), ensure_ascii=False, indent=1)
    # Spreadsheets take a table for UTF-8 only where it begins with this mark.
    found = {
        "plan.csv": ed.to_csv(edition).encode("utf-8-sig"),
        "plan.json": (plain + "\n").encode(),
    }
    if edition.coming:
        found["meetings.ics"] = icalendar.of_edition(edition)
    return found


class _Book:
    """What is worked out once for an edition, however many of its pages are drawn.

    ``pages`` holds for each path its template, its place in the menu, and what the template needs.
    """

    def __init__(self, edition: ed.Edition) -> None:
        self.edition = edition
        self.choices = choices(edition)
        self.counts = ed.counts(edition)
        self.measures = progress.measures(edition)
        self.themes = ed.by_theme(edition)
        self.answered = tuple(
            (rec, actions) for rec, actions in ed.by_recommendation(edition) if rec is not None
        )
        self.threads = story.recommendation_paths(edition)
        self.places = tiers.places(edition)
        self.pages = dict(self._pages())
        self._since: dict[int, tuple[ed.Edition, ed.Changed]] = {}

    def changed_since(self, before: ed.Edition) -> ed.Changed:
        """What changed from an earlier edition to this one, worked out once."""
        found = self._since.get(before.number)
        if found is None or found[0] is not before:
            found = self._since[before.number] = (before, ed.changed(before, self.edition))
        return found[1]

    def theme_path(self, theme: ed.Theme) -> str:
        """The path of a theme's own page."""
        found = (choice.slug for choice in self.choices.theme if choice.value == theme.code)
        return f"plan/{next(found)}"

    def _pages(self) -> Iterator[tuple[str, Draw]]:
        first = "directorate" if tiers.is_directorates(self.edition) else "home"
        yield "", (first, "progress", partial(_home, self))
        yield from self._of_directorate()
        for choice in self.choices:
            held = {action.id for action in choice.actions}
            groups = [
                (theme, [action for action in actions if action.id in held])
                for theme, actions in self.themes
            ]
            path = f"plan/{choice.slug}" if choice.slug else "plan"
            more = _plan(self, choice)
            yield from _sheets(
                "plan", path, [group for group in groups if group[1]], more, self._below
            )
        if self.edition.recommendations:
            answered = [(rec, list(found)) for rec, found in ed.by_recommendation(self.edition)]
            yield from _sheets("recommendations", "plan/by-recommendation", answered, {})
        yield from _measure_sheets(self.measures, self.edition.objectives is not None)
        if self.edition.case_studies:
            yield "case-studies", ("case_studies", "measures", _given({}))
        yield from self._roadmaps()
        yield "who-is-who", ("who_is_who", "about", _given({}))
        yield "about", ("about", "about", _given({}))
        for number, action in enumerate(self.edition.actions):
            yield f"actions/{action.id}", ("action", "plan", partial(_action, self, number))
        for number, (rec, _actions) in enumerate(self.answered):
            path = self.threads[rec.number]
            yield path, ("recommendation", "plan", partial(_recommendation, self, number))

    def _of_directorate(self) -> Iterator[tuple[str, Draw]]:
        """What a directorate says beside its actions, each where the edition has it."""
        edition = self.edition
        if edition.heard:
            yield "heard", ("heard", "heard", _given(tiers.heard(edition)))
        if edition.priorities:
            facts = {**tiers.priorities(edition), "rows": ed.matrix(edition)}
            yield "priorities", ("priorities", "priorities", _given(facts))
        if edition.pledges:
            yield "pledges", ("pledges", "about", _given({}))
        if edition.closing:
            yield "closing", ("closing", "about", _given({}))
        if any(action.serves for action in edition.actions):
            yield "serves", ("serves", "plan", self._serves)

    def _below(self, _site: Site, shelf: Shelf) -> dict[str, Any]:
        return {"below": tiers.downwards(self.edition, shelf)}

    def _serves(self, _site: Site, shelf: Shelf) -> dict[str, Any]:
        return {"served": tiers.upwards(self.edition, shelf)}

    def place_of(self, measure: ed.Measure) -> tuple[str, str]:
        """Where a measure stands among all of them: the path of its page, and its place there."""
        at = next(n for n, (_, one) in enumerate(self.measures) if one is measure)
        page = f"/page-{at // MOST_CHARTS + 1}" if at >= MOST_CHARTS else ""
        return f"measures{page}", f"measure-{at % MOST_CHARTS + 1}"

    def _roadmaps(self) -> Iterator[tuple[str, Draw]]:
        """The plan over time, and each of its themes where there are several."""
        themes = [choice for choice in self.choices.theme if choice.actions]
        paths = {choice.value: f"roadmap/{choice.slug}" for choice in themes if len(themes) > 1}
        whole = [action for _theme, actions in self.themes for action in actions]
        parts: list[tuple[str, Choice | None, list[ed.Action]]] = [("roadmap", None, whole)]
        parts += [
            (paths[choice.value], choice, list(choice.actions))
            for choice in themes
            if choice.value in paths
        ]
        for path, choice, actions in parts:
            sheets = [actions[n : n + MOST_LINES] for n in range(0, len(actions), MOST_LINES)]
            for number, (address, turn) in enumerate(_turns(path, len(sheets) or 1)):
                sheet = sheets[number] if sheets else []
                facts = partial(_roadmap, self.edition, sheet, choice, turn, paths)
                yield address, ("roadmap", "roadmap", facts)


def _roadmap(
    edition: ed.Edition,
    actions: Sequence[ed.Action],
    chosen: Choice | None,
    turn: dict[str, Any],
    paths: dict[str, str],
    _site: Site,
    _shelf: Shelf,
) -> dict[str, Any]:
    return {
        "road": ed.roadmap(edition, actions),
        "chosen": chosen,
        "turn": turn,
        "paths": paths,
        "most_lines": MOST_LINES,
    }


def _given(facts: dict[str, Any], besides: Facts | None = None) -> Facts:
    """Facts that are the same wherever the page stands, with those that are not."""
    if besides is None:
        return lambda _site, _shelf: facts
    return lambda site, shelf: facts | besides(site, shelf)


def _say(site: Site) -> ed.Say:
    """The language of a site's templates, for what the core says."""
    found: ed.Say = site.templates.globals["say"]  # type: ignore[assignment]
    return found


_books: dict[int, _Book] = {}
_opening = threading.Lock()
kept.empties(_books.clear)


def _book(edition: ed.Edition) -> _Book:
    # Known by identity: to compare two editions would take longer than to draw a page.
    found = _books.get(id(edition))
    if found is not None and found.edition is edition:
        return found
    # One at a time: several threads that open one large book at once take as long each as all.
    with _opening:
        found = _books.get(id(edition))
        if found is None or found.edition is not edition:
            held = 1 + len(edition.actions)
            while _books and held + _weight() > _MOST_ACTIONS:
                _books.pop(next(iter(_books)))
            found = _books[id(edition)] = _Book(edition)
    return found


def _weight() -> int:
    return sum(1 + len(book.edition.actions) for book in _books.values())


def _sheets(
    template: str,
    path: str,
    groups: Sequence[tuple[Any, Sequence[ed.Action]]],
    more: dict[str, Any],
    besides: Facts | None = None,
) -> Iterator[tuple[str, Draw]]:
    """One page, or as many as it takes: each holds at most MOST_ROWS rows of the groups.

    A page's groups are (head, the actions on this page, all actions of the group).
    """
    sheets: list[list[tuple[Any, Sequence[ed.Action], Sequence[ed.Action]]]] = [[]]
    room = MOST_ROWS
    for head, actions in groups:
        start = 0
        while start < max(1, len(actions)):
            if room == 0:
                sheets.append([])
                room = MOST_ROWS
            part = actions[start : start + room]
            sheets[-1].append((head, part, actions))
            start += max(1, len(part))
            room -= min(room, max(1, len(part)))
    for sheet, (address, turn) in zip(sheets, _turns(path, len(sheets)), strict=True):
        yield address, (template, "plan", _given(more | {"groups": sheet, "turn": turn}, besides))


def _measure_sheets(
    found: Sequence[tuple[ed.Action | None, ed.Measure]], has_objectives: bool
) -> Iterator[tuple[str, Draw]]:
    """The measures with their charts, so many to a page; no page where nothing is measured."""
    parts = [found[start : start + MOST_CHARTS] for start in range(0, len(found), MOST_CHARTS)]
    if has_objectives and not parts:
        parts = [()]
    addresses = ["measures", *(f"measures/page-{n}" for n in range(2, len(parts) + 1))]
    for place, (address, part) in enumerate(zip(addresses, parts, strict=False)):
        turn = {
            "number": place + 1,
            "of": len(parts),
            "before": addresses[place - 1] if place else None,
            "after": addresses[place + 1] if place + 1 < len(parts) else None,
        }
        facts = {"measures": part, "measured": len(found), "turn": turn}
        yield address, ("measures", "measures", _given(facts))


def _turns(path: str, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The address of each of several pages, with what its reader turns to."""
    addresses = [path, *(f"{path}/page-{number}" for number in range(2, count + 1))]
    for number, address in enumerate(addresses):
        yield (
            address,
            {
                "number": number + 1,
                "of": count,
                "before": addresses[number - 1] if number else None,
                "after": addresses[number + 1] if number + 1 < count else None,
            },
        )


def _draw(
    book: _Book,
    site: Site,
    shelf: Shelf,
    path: str,
    page: str,
    here: str,
    **facts: Any,  # noqa: ANN401
) -> str:
    edition = book.edition
    before = shelf.before(edition)
    newest = site.newest or site.link
    return site.templates.get_template(f"public/{page}.html").render(
        edition=edition,
        at=edition.as_at,
        counts=book.counts,
        choices=book.choices,
        here=here,
        link=site.link,
        static=site.static,
        policy=site.policy,
        staff=site.staff,
        shelf=shelf,
        previous=before[0] if before else None,
        # Under its own number an edition says whether it is still the newest.
        numbered=site.newest is not None,
        is_newest=shelf.is_newest(edition),
        later_down=shelf.later_down(edition),
        newest_page=newest(shelves.same_page(path)),
        has_measures=bool(book.measures) or edition.objectives is not None,
        has_directorates=shelf.has_directorates(edition),
        has_serves="serves" in book.pages,
        threads=book.threads,
        **book.places,
        most_stitches=_MOST_STITCHES,
        ed=ed,
        drawn=lambda measure: figures.drawn(measure, edition.as_at),
        said_of_measure=lambda measure: progress.said_of_measure(measure, edition.as_at),
        figure=ed.figure,
        theme_link=lambda theme: site.link(book.theme_path(theme)),
        **facts,
    )


def _home(book: _Book, site: Site, shelf: Shelf) -> dict[str, Any]:
    edition = book.edition
    before, since = shelf.before(edition), ""
    if before:
        found = book.changed_since(shelf.read(before[0].number))
        since = ed.changed_headline(found, say=_say(site))
    positions = [rec.answer.position for rec in edition.recommendations if rec.answer]
    late, moved = progress.late(edition), progress.moved_but_not_late(edition)
    return {
        "rows": ed.matrix(edition) if edition.priorities else (),
        "served": tiers.upwards(edition, shelf),
        "below": tiers.directorates(edition, shelf) if shelf.has_directorates(edition) else None,
        "up": tiers.whole(shelf),
        "most_told": tiers.MOST_TOLD,
        "headline": ed.headline(book.counts, edition.about, say=_say(site)),
        "since": since,
        "late": late[:_MOST_SLIPS],
        "late_more": len(late[_MOST_SLIPS:]),
        "moved": moved[:_MOST_SLIPS],
        "moved_more": len(moved[_MOST_SLIPS:]),
        "newly_done": progress.newly_done(edition),
        "withdrawn": progress.withdrawn(edition),
        "measures": [pair for pair in book.measures if pair[1].finding][:3],
        "coming": progress.coming(edition),
        "positions": [(p, positions.count(p)) for p in ed.POSITION_WORDS if p in positions],
        "reviewers": list(dict.fromkeys(r.made_by for r in edition.recommendations if r.made_by)),
        "reported": [rec.made_on for rec in edition.recommendations if rec.made_on],
    }


def _plan(book: _Book, chosen: Choice) -> dict[str, Any]:
    troubles = [
        (ed.count(actions, book.edition.as_at), theme)
        for theme, actions in book.themes
        if theme.code
    ]
    worst = max(troubles, key=lambda pair: pair[0].late + pair[0].at_risk, default=None)
    return {
        "chosen": chosen,
        "worst": worst if worst and worst[0].late + worst[0].at_risk else None,
    }


def _changes(book: _Book, before: ed.Edition, site: Site) -> dict[str, Any]:
    found = book.changed_since(before)
    return {
        "before": before,
        "found": found,
        "most": _MOST_CHANGES,
        "headline": ed.changed_headline(found, say=_say(site)),
        "besides": ed.besides_lines(found.besides, say=_say(site)),
    }


def _recommendation(book: _Book, number: int, _site: Site, shelf: Shelf) -> dict[str, Any]:
    edition = book.edition
    rec, actions = book.answered[number]
    knots = story.recommended(edition, rec, actions)
    return {
        "rec": rec,
        "behind": tiers.behind(edition, shelf, recommendation=rec.number),
        "measured": [(one, *book.place_of(one)) for action in actions for one in action.measures],
        "theme": edition.theme(rec.theme),
        "actions": actions,
        "found": ed.count(actions, edition.as_at),
        "knots": (*knots[:2], *knots[2:][-_MOST_KNOTS:]),
        "left_out": len(knots[2:][:-_MOST_KNOTS]),
        "around": _neighbours(
            [(book.threads[r.number], r.number, r.words) for r, _ in book.answered], number
        ),
    }


def _neighbours(
    things: Sequence[tuple[str, str, str]], number: int
) -> tuple[tuple[str, str, str] | None, tuple[str, str, str] | None]:
    """What stands before and after a thing: each a path, a number and words, or None."""
    before = things[number - 1] if number else None
    return before, things[number + 1] if number + 1 < len(things) else None


def _action(book: _Book, number: int, site: Site, shelf: Shelf) -> dict[str, Any]:
    edition = book.edition
    action, at = edition.actions[number], edition.as_at
    near = edition.actions[max(0, number - 1) : number + 2]
    return {
        "up": tiers.of_action(action, shelf),
        "behind": tiers.behind(edition, shelf, action=action.id),
        "around": _neighbours(
            [(f"actions/{a.id}", a.number, a.title) for a in near], 1 if number else 0
        ),
        "action": action,
        "theme": edition.theme(action.theme),
        "headline": ed.action_headline(action, at, say=_say(site)),
        "standing": ed.standing(action, at),
        "first": ed.first_promised(action, at),
        "now": ed.now_promised(action, at),
        "moves": len(ed.moves(action, at)),
        "slip": ed.slipped(action, at),
        "updates": ed.updates(action, at),
        "silent": ed.silent_quarters(action, at),
        "horizon": ed.horizon_of(
            edition.horizons, ed.now_promised(action, at) or ed.first_promised(action, at)
        ),
        "next_milestone": ed.next_milestone(action, at),
        "same": ed.same_words(action, at),
        "movement": ed.movement(action, at),
        "by_quarter": ed.ratings_by_period(action, at, say=_say(site)),
        "knots": story.knots(edition, action),
        "stances": edition.stances_on(action=action.id),
    }
