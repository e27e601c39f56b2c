"""The public pages, drawn from an edition alone: the site and the static files share them.

A page has a path ("plan/late", "actions/b6cj24gftk"; the first page has none). How a path becomes
an address is the caller's: a ``Site`` says.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment

from goldenthread.plan import edition as ed
from goldenthread.web.jinja import environment
from goldenthread.web.pages import progress, story
from goldenthread.web.pages.choices import Choice, choices

__all__ = ["Site", "downloads", "not_found", "paths", "render"]

# More marks than this on one line are not read; the counts in words stay.
_MOST_STITCHES = 60


@dataclass(frozen=True)
class Site:
    """Where things are: ``link`` makes an address from a path, ``static`` from a file's name.

    ``policy`` is a content security policy for pages that no server of ours hands out.
    """

    link: Callable[[str], str]
    static: Callable[[str], str]
    policy: str = ""
    templates: Environment = field(default_factory=cache(environment))


def paths(edition: ed.Edition) -> tuple[str, ...]:
    """The path of every page that an edition has, the first page's first."""
    found = ["", "plan", "about"]
    found += [f"plan/{choice.slug}" for choice in choices(edition) if choice.slug]
    if edition.recommendations:
        found.append("plan/by-recommendation")
    if progress.measures(edition):
        found.append("measures")
    return (*found, *(f"actions/{action.id}" for action in edition.actions))


def render(edition: ed.Edition, path: str, site: Site) -> str | None:
    """A page as HTML; None where the edition has no page with that path."""
    if path not in paths(edition):
        return None
    if path == "":
        return _draw(edition, site, "home", "progress", **_home(edition))
    if path == "about":
        return _draw(edition, site, "about", "about")
    if path == "measures":
        return _draw(edition, site, "measures", "measures", measures=progress.measures(edition))
    if path == "plan/by-recommendation":
        groups = ed.by_recommendation(edition)
        return _draw(edition, site, "recommendations", "plan", groups=groups)
    room, _, name = path.partition("/")
    if room == "plan":
        chosen = next(choice for choice in choices(edition) if choice.slug == name)
        return _draw(edition, site, "plan", "plan", **_plan(edition, chosen))
    action = edition.action(name)
    assert action is not None  # noqa: S101  (the path was found among those of the edition)
    return _draw(edition, site, "action", "plan", **_action(edition, action))


def not_found(edition: ed.Edition, site: Site) -> str:
    """The page that stands where there is none."""
    return _draw(edition, site, "not_found", "")


def downloads(edition: ed.Edition) -> dict[str, bytes]:
    """The same data as files, by path: a table for spreadsheets, and JSON."""
    plain = json.dumps(ed.to_json(edition), ensure_ascii=False, indent=1)
    # Spreadsheets take a table for UTF-8 only where it begins with this mark.
    return {
        "plan.csv": ed.to_csv(edition).encode("utf-8-sig"),
        "plan.json": (plain + "\n").encode(),
    }


def _draw(edition: ed.Edition, site: Site, page: str, here: str, **facts: Any) -> str:  # noqa: ANN401
    return site.templates.get_template(f"public/{page}.html").render(
        edition=edition,
        at=edition.as_at,
        counts=ed.counts(edition),
        choices=choices(edition),
        here=here,
        link=site.link,
        static=site.static,
        policy=site.policy,
        has_measures=bool(progress.measures(edition)),
        most_stitches=_MOST_STITCHES,
        ed=ed,
        said_of_measure=lambda measure: progress.said_of_measure(measure, edition.as_at),
        figure=ed.figure,
        theme_anchor=lambda theme: _anchor(edition, theme),
        **facts,
    )


def _anchor(edition: ed.Edition, theme: ed.Theme) -> str:
    """A theme's place on the plan's page: its code may hold what an address cannot."""
    codes = [one.code for one in edition.themes]
    return str(codes.index(theme.code) + 1) if theme.code in codes else "0"


def _home(edition: ed.Edition) -> dict[str, Any]:
    positions = [rec.answer.position for rec in edition.recommendations if rec.answer]
    return {
        "headline": ed.headline(ed.counts(edition), edition.about),
        "late": progress.late(edition),
        "moved": progress.moved_but_not_late(edition),
        "newly_done": progress.newly_done(edition),
        "measures": [pair for pair in progress.measures(edition) if pair[1].finding][:3],
        "coming": progress.coming(edition),
        "positions": [(p, positions.count(p)) for p in ed.POSITION_WORDS if p in positions],
        "reviewers": list(dict.fromkeys(r.made_by for r in edition.recommendations if r.made_by)),
        "reported": [rec.made_on for rec in edition.recommendations if rec.made_on],
    }


def _plan(edition: ed.Edition, chosen: Choice) -> dict[str, Any]:
    groups = [
        (theme, [action for action in actions if action in chosen.actions])
        for theme, actions in ed.by_theme(edition)
    ]
    troubles = [
        (ed.count(actions, edition.as_at), theme)
        for theme, actions in ed.by_theme(edition)
        if theme.code
    ]
    worst = max(troubles, key=lambda pair: pair[0].late + pair[0].at_risk, default=None)
    return {
        "chosen": chosen,
        "groups": [(theme, actions) for theme, actions in groups if actions],
        "worst": worst if worst and worst[0].late + worst[0].at_risk else None,
    }


def _action(edition: ed.Edition, action: ed.Action) -> dict[str, Any]:
    at = edition.as_at
    return {
        "action": action,
        "theme": edition.theme(action.theme),
        "headline": ed.action_headline(action, at),
        "standing": ed.standing(action, at),
        "first": ed.first_promised(action, at),
        "now": ed.now_promised(action, at),
        "moves": len(ed.moves(action, at)),
        "slip": ed.slipped(action, at),
        "updates": ed.updates(action, at),
        "silent": ed.silent_quarters(action, at),
        "same": ed.same_words(action, at),
        "knots": story.knots(edition, action),
    }
