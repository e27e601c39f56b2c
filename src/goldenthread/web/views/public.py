"""What the public reads: the pages of published editions, at addresses that stay.

``/`` is the newest edition of the plan of the whole body, or of the first plan there is; the plans
of other units stand under ``/plans``. Every edition also stands under its plan and its number,
where nothing ever changes. An action keeps its address for good: once the newest edition does not
hold it, the page says so and leads to the last one that did.

An edition that was taken down, or is hidden while it is checked, answers 410 at each of its
addresses, with a page that says so (decision 0022).

Pages of the plan of the whole body lead to those of its directorates and back, and count what is
newest there: so what a cache may keep of one depends on all of them.

No page here asks who reads it: no cookie is set or looked at, so one copy in a cache suits all.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from hashlib import sha256

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.urls import path, re_path, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from goldenthread import __version__
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from goldenthread.web.jinja import compiled
from goldenthread.web.pages import icalendar
from goldenthread.web.queries import public as queries
from goldenthread.web.queries.kept import Kept
from goldenthread.web.views.declared import public
from goldenthread.web.views.drawn import public_templates, site

# A new edition is seen within a minute; until then a page may come from a cache.
_FRESH = "public, max-age=60, stale-if-error=86400"
_TYPES = {
    "plan.csv": "text/csv; charset=utf-8",
    "plan.json": "application/json",
    "meetings.ics": icalendar.MEDIA_TYPE,
}


@public
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The first page; before anything is published, a page that says so."""
    found = queries.published(timezone.now())
    if not found:
        return _cached(_bare("empty", body=queries.body()), "")
    return _newest(request, 0, found, "")


@public
@require_safe
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page or download of the first plan, or an action of whichever plan holds it."""
    found = queries.published(timezone.now())
    room, _slash, name = path.partition("/")
    if room == "actions":
        return _action(request, found, path, name)
    if not found:
        raise Http404
    return _newest(request, 0, found, path)


@public
@require_safe
def plans(request: HttpRequest) -> HttpResponseBase:
    """The plans of the body and its units that are published."""
    found = queries.published(timezone.now())
    body = queries.body()
    if not found:
        return _cached(_bare("empty", body=body), "")
    tag = f'"{"-".join(plan.tag for plan in found)}-{__version__}"'
    known = get_conditional_response(request, etag=tag)
    if known is not None:
        return _cached(known, tag)
    listed = [(plan, _first(place, plan)) for place, plan in enumerate(found)]
    return _cached(_bare("plans", body=body, plans=listed), tag)


@public
@require_safe
def unit_page(request: HttpRequest, plan: str, path: str = "") -> HttpResponseBase:
    """A page or download of another unit's plan."""
    found = queries.published(timezone.now())
    return _newest(request, _place(found, plan), found, path, second=True)


@public
@require_safe
def edition_page(request: HttpRequest, plan: str, number: str, path: str = "") -> HttpResponseBase:
    """A page or download of one edition, at the address that it keeps for good."""
    everything = queries.published(timezone.now())
    place = _place(everything, plan)
    found = everything[place]
    down = found.down_numbered(int(number))
    if down is not None:
        return _gone(place, found, down, path)
    one = found.numbered(int(number))
    if one is None:
        raise Http404
    address = _numbered(found, one.number)
    newest = _first(place, found)
    return _answer(request, place, everything, one, path, address, newest=newest)


@public
@require_safe
def as_a_file(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect:  # noqa: ARG001
    """The address that a page has in the static site leads to the page."""
    return HttpResponsePermanentRedirect("/" if path == "index" else f"/{path}")


@public
@require_safe
def edition_as_a_file(
    request: HttpRequest,  # noqa: ARG001
    number: str,
    path: str = "",
) -> HttpResponseBase:
    """The address that an edition has in the static site leads to that of the first plan."""
    found = queries.published(timezone.now())
    down = found[0].down_numbered(int(number)) if found else None
    if down is not None:
        return _gone(0, found[0], down, path)
    if not found or found[0].numbered(int(number)) is None:
        raise Http404
    path = path.removesuffix(".html")
    first = _numbered(found[0], int(number))
    return HttpResponseRedirect(first if path == "index" else f"{first}{path}")


def not_found(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The page that stands where there is none."""
    found = queries.published(timezone.now())
    newest = found[0].newest if found else None
    if newest is None:
        return _bare("failed", status=404, body=queries.body())
    drawn = pages.not_found(queries.content(newest), _where("/"), _shelf(_Wanted(0, found)))
    return HttpResponse(drawn, status=404)


def failed(status: int, reference: str = "") -> HttpResponse:
    """The page of a fault, or of what could not be understood; it asks the database nothing."""
    return _bare("failed", status=status, reference=reference)


def _newest(
    request: HttpRequest,
    place: int,
    found: tuple[queries.Published, ...],
    path: str,
    *,
    second: bool = False,
) -> HttpResponseBase:
    """A page of the newest edition of a plan that stands; where none does, that there is none.

    ``second`` is where the address names the plan, though it may be the first.
    """
    plan, first = found[place], _first(max(place, int(second)), found[place])
    if plan.newest is not None:
        return _answer(request, place, found, plan.newest, path, first)
    if path:
        return _gone(place, plan, plan.down[-1], path)
    return _kept_by_nobody(_bare("empty", body=queries.body(), notice=plan.down[-1].notice))


def _gone(
    place: int, plan: queries.Published, down: queries.Down, path: str = ""
) -> HttpResponseBase:
    """410: what is said in place of an edition that is down, at any of its addresses.

    No cache keeps it, since one that is checked may come back.
    """
    if path.endswith("plan.json"):
        said = json.dumps(ed.notice_to_json(down.notice), ensure_ascii=False, indent=1)
        return _kept_by_nobody(
            HttpResponse(f"{said}\n", status=410, content_type="application/json")
        )
    first = _where(_first(place, plan))
    drawn = pages.taken_down(down.notice, first, stands=plan.newest is not None)
    return _kept_by_nobody(HttpResponse(drawn, status=410))


def _kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _action(
    request: HttpRequest, found: tuple[queries.Published, ...], path: str, name: str
) -> HttpResponseBase:
    """One action, wherever it is or was published."""
    for place, plan in enumerate(found):
        one = plan.newest
        if one is not None and queries.content(one).action(name) is not None:
            return _answer(request, place, found, one, path, _first(place, plan))
    was_in = queries.plan_that_had(name)
    for place, plan in enumerate(found):
        if plan.plan != was_in:
            continue
        one = plan.newest
        before = plan.editions[:-1]
        if one is not None and any(queries.content(e).action(name) is not None for e in before):
            return _answer(request, place, found, one, path, _first(place, plan))
        down = plan.down_with(name)
        if down is not None:
            return _gone(place, plan, down, path)
    raise Http404


def _place(published: tuple[queries.Published, ...], plan: str) -> int:
    """The place of a plan among those that are published."""
    for place, found in enumerate(published):
        if found.plan == plan:
            return place
    raise Http404


class _Wanted:
    """A plan among all that are published; two are the same where no page of either can differ."""

    def __init__(self, place: int, found: tuple[queries.Published, ...]) -> None:
        self.place, self.found = place, found
        tags = "-".join(f"{one.plan}{one.tag}" for one in found)
        self.tag = f"{self.plan.tag}-{sha256(tags.encode()).hexdigest()[:12]}"

    @property
    def plan(self) -> queries.Published:
        """The plan."""
        return self.found[self.place]

    def __hash__(self) -> int:
        return hash((self.place, self.tag))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Wanted):
            return NotImplemented
        return (self.place, self.tag) == (other.place, other.tag)


def _first(place: int, plan: queries.Published) -> str:
    """The address of a plan's first page: the site's own for the first plan."""
    return f"/plans/{plan.plan}/" if place else "/"


def _answer(
    request: HttpRequest,
    place: int,
    found: tuple[queries.Published, ...],
    one: queries.Shown,
    path: str,
    first: str,
    newest: str = "",
) -> HttpResponseBase:
    """A page of an edition, or “you have it already” where the reader's cache does.

    ``first`` is the address of its first page; ``newest`` that of the plan's, for a page that
    stands under the number of its edition. A comparison with an edition that is down is as gone as
    that edition.
    """
    wanted = _Wanted(place, found)
    plan = wanted.plan
    compared = path.removeprefix("changes/since-")
    down = plan.down_numbered(int(compared)) if compared != path else None
    if down is not None:
        return _gone(place, plan, down)
    tag = f'"{one.tag}-{wanted.tag}-{__version__}-{get_language()}"'
    known = get_conditional_response(request, etag=tag)
    if known is not None:
        return _cached(known, tag)
    if path in _TYPES:
        held = _downloads(one)
        if path not in held:
            raise Http404
        answer = HttpResponse(held[path], content_type=_TYPES[path])
        answer.headers["Content-Disposition"] = f'attachment; filename="{path}"'
        return _cached(answer, tag)
    # An action is one of thousands and quickly drawn: it would push out what everybody reads.
    draw = _draw if "actions/" in path else _drawn
    return _cached(HttpResponse(draw((wanted, one, path, first, newest, get_language()))), tag)


def _draw(asked: tuple[_Wanted, queries.Shown, str, str, str, str | None]) -> bytes:
    """A page of an edition, by its path, where the pages begin, what else is published, and words.

    The language is that of the request: it is asked for so that what is kept is of one language.
    """
    wanted, one, path, first, newest, _language = asked
    drawn = pages.render(queries.content(one), path, _where(first, newest), _shelf(wanted))
    if drawn is None:
        raise Http404
    return drawn.encode()


def draw_ahead() -> int:
    """Draw what is read most of each plan before anybody asks; gives back how many pages.

    The first reader of a page else waits for its templates and for what is worked out of the
    edition, in each process anew.
    """
    compiled(public_templates(), "public/")
    found = queries.published(timezone.now())
    wanted = [
        (_Wanted(place, found), plan.newest, path, _first(place, plan), "", get_language())
        for place, plan in enumerate(found)
        if plan.newest is not None
        for path in ("", "plan")
    ]
    for asked in wanted:
        _drawn(asked)
    return len(wanted)


def _files(one: queries.Shown) -> dict[str, bytes]:
    return pages.downloads(queries.content(one))


# A published edition never changes, nor do its pages while the program stays the same.
_drawn = Kept(_draw, most=8 * 1024 * 1024, weigh=len)
_downloads = Kept(_files, most=16 * 1024 * 1024, weigh=lambda files: sum(map(len, files.values())))


def _cached(answer: HttpResponseBase, tag: str) -> HttpResponseBase:
    """The answer as any cache may keep it; without a tag it may be kept and not asked about."""
    if tag:
        answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = _FRESH
    return answer


def _bare(name: str, status: int = 200, **facts: object) -> HttpResponse:
    """A public page that is of no edition."""
    drawn = (
        public_templates()
        .get_template(f"public/{name}.html")
        .render(
            link=lambda path: f"/{path}",
            static=static,
            staff=reverse("account_login"),
            status=status,
            **facts,
        )
    )
    return HttpResponse(drawn, status=status)


def _where(first: str, newest: str = "") -> pages.Site:
    """Where the pages of an edition stand."""
    return site(
        _links(first, actions_too=bool(newest)),
        newest=_links(newest) if newest else None,
        staff=reverse("account_login"),
    )


def _links(first: str, *, actions_too: bool = False) -> Callable[[str], str]:
    """Addresses of pages from their paths: an action's is the same in every plan.

    Under the number of an edition (``actions_too``) an action's page is that of the edition.
    """

    def link(path: str) -> str:
        return f"/{path}" if path.startswith("actions/") and not actions_too else f"{first}{path}"

    return link


def _numbered(plan: queries.Published, number: int, path: str = "") -> str:
    """The permanent address of a page of an edition."""
    return f"/plans/{plan.plan}/editions/{number}/{path}"


def _shelf(wanted: _Wanted) -> pages.Shelf:
    """The editions of a plan and of those beside it, read only where a page asks for one."""
    plan = wanted.plan
    held = {one.number: one for one in plan.editions}
    beside = [
        (_first(place, other), other.unit, other.whole_body, other.newest)
        for place, other in enumerate(wanted.found)
        if other is not plan and other.newest is not None
    ]
    return pages.Shelf(
        tuple(one.known for one in plan.editions),
        lambda number: queries.content(held[number]),
        partial(_numbered, plan),
        tuple(one.notice for one in plan.down),
        tuple(unit for _first, unit, whole, _newest in beside if not whole),
        lambda: tuple(
            pages.Other(queries.content(newest), _links(first))
            for first, _unit, _whole, newest in beside
        ),
    )


_NAMES = (
    r"plan|about|measures(?:/page-\d{1,4})?|case-studies|editions|changes/since-\d{1,6}|actions/[\w-]+"
    r"|heard|priorities|pledges|serves|closing|directorates"
    r"|recommendations/[\w-]+|who-is-who|roadmap"
    r"|(?:plan|roadmap)/[\w-]+(?:/page-\d{1,4})?"
)
_FILES = r"plan\.csv|plan\.json|meetings\.ics"
_PAGE = rf"(?P<path>{_FILES}|{_NAMES})"
_EDITION = r"editions/(?P<number>[1-9]\d{0,5})/"
urlpatterns = [
    path("", home, name="public_home"),
    path("plans", plans, name="public_plans"),
    path("plans/<slug:plan>/", unit_page, name="public_unit"),
    re_path(rf"^plans/(?P<plan>[\w-]+)/{_PAGE}$", unit_page, name="public_unit_page"),
    re_path(rf"^plans/(?P<plan>[\w-]+)/{_EDITION}$", edition_page, name="public_edition"),
    re_path(
        rf"^plans/(?P<plan>[\w-]+)/{_EDITION}{_PAGE}$", edition_page, name="public_edition_page"
    ),
    re_path(
        rf"^{_EDITION}(?P<path>(?:index|{_NAMES})\.html|{_FILES})$",
        edition_as_a_file,
        name="public_edition_file",
    ),
    re_path(rf"^(?P<path>index|{_NAMES})\.html$", as_a_file, name="public_file"),
    re_path(rf"^{_PAGE}$", page, name="public_page"),
]
