"""What the public reads: the pages of the latest published editions, at addresses that stay.

``/`` is the plan of the whole body, or the first there is; the plans of other units stand under
``/plans``. An action keeps its address for as long as some current edition holds it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, re_path
from django.utils.cache import get_conditional_response

from goldenthread import __version__
from goldenthread.web import pages
from goldenthread.web.queries import public as queries
from goldenthread.web.views.declared import public
from goldenthread.web.views.drawn import site

# A new edition is seen within a minute; until then a page may come from a cache.
_FRESH = "public, max-age=60, stale-if-error=86400"
_TYPES = {"plan.csv": "text/csv; charset=utf-8", "plan.json": "application/json"}


@public
def home(request: HttpRequest) -> HttpResponseBase:
    """The first page; before anything is published, a page that says so."""
    found = queries.shown()
    if not found:
        return render(request, "public/empty.html", {"body": queries.body()})
    return _answer(request, found[0], "", "/")


@public
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page or download of the first plan, or an action of whichever plan holds it."""
    found = queries.shown()
    room, _slash, name = path.partition("/")
    if room == "actions":
        for place, one in enumerate(found):
            if queries.content(one).action(name) is not None:
                return _answer(request, one, path, "/" if not place else f"/plans/{one.plan}/")
        raise Http404
    if not found:
        raise Http404
    return _answer(request, found[0], path, "/")


@public
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the body and its units that are published."""
    found = queries.shown()
    facts = {"plans": found, "first": found[0] if found else None, "body": queries.body()}
    return render(request, "public/plans.html", facts)


@public
def unit_page(request: HttpRequest, plan: str, path: str = "") -> HttpResponseBase:
    """A page or download of another unit's plan."""
    one = next((one for one in queries.shown() if one.plan == plan), None)
    if one is None:
        raise Http404
    return _answer(request, one, path, f"/plans/{plan}/")


@public
def as_a_file(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect:  # noqa: ARG001
    """The address that a page has in the static site leads to the page."""
    return HttpResponsePermanentRedirect("/" if path == "index" else f"/{path}")


def not_found(request: HttpRequest) -> str | None:  # noqa: ARG001
    """The page that stands where there is none; None before anything is published."""
    found = queries.shown()
    return pages.not_found(queries.content(found[0]), site(_links("/"))) if found else None


def _answer(request: HttpRequest, one: queries.Shown, path: str, first: str) -> HttpResponseBase:
    """A page of an edition, or “you have it already” where the reader's cache does."""
    tag = f'"{one.tag}-{__version__}"'
    known = get_conditional_response(request, etag=tag)
    if known is not None:
        return _cached(known, tag)
    told = queries.content(one)
    if path in _TYPES:
        answer = HttpResponse(pages.downloads(told)[path], content_type=_TYPES[path])
        answer.headers["Content-Disposition"] = f'attachment; filename="{path}"'
        return _cached(answer, tag)
    drawn = pages.render(told, path, site(_links(first)))
    if drawn is None:
        raise Http404
    return _cached(HttpResponse(drawn), tag)


def _cached(answer: HttpResponseBase, tag: str) -> HttpResponseBase:
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = _FRESH
    return answer


def _links(first: str) -> Callable[[str], str]:
    """Addresses of pages from their paths: an action's is the same in every plan."""

    def link(path: str) -> str:
        return f"/{path}" if path.startswith("actions/") else f"{first}{path}"

    return link


_PAGE = r"(?P<path>plan\.csv|plan\.json|plan|about|measures|(?:plan|actions)/[\w-]+)"
urlpatterns = [
    path("", home, name="public_home"),
    path("plans", plans, name="public_plans"),
    path("plans/<slug:plan>/", unit_page, name="public_unit"),
    re_path(rf"^plans/(?P<plan>[\w-]+)/{_PAGE}$", unit_page, name="public_unit_page"),
    re_path(
        r"^(?P<path>index|plan|about|measures|(?:plan|actions)/[\w-]+)\.html$",
        as_a_file,
        name="public_file",
    ),
    re_path(rf"^{_PAGE}$", page, name="public_page"),
]
