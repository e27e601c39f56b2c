"""What happens around every request: headers that shut a browser, and a refusal that is a page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from goldenthread.errors import Missing, NotAllowed, Refusal
from goldenthread.web.permissions import remembered
from goldenthread.web.queries.people import Person
from goldenthread.web.views import kept, refused, telling

# Nothing that a page of ours needs; a browser then gives it to nobody, whatever a page may hold.
_NOT_NEEDED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *(
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
        "idle-detection",
    ),
    *("magnetometer", "microphone", "midi", "payment", "publickey-credentials-get"),
    *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in _NOT_NEEDED)
_A_MINUTE = 60
# A person's own rooms: never kept by a browser or a proxy, whoever asks for them.
_PRIVATE = ("/workspace/", "/account/")
# Its addresses let somebody in, so a browser names them to nobody, ours included.
_BY_LINK = "/update/"


class Headers:
    """Headers that Django and its neighbours do not send: for every answer, of every kind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and add them to what comes back."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(_PRIVATE):
            response.headers["Cache-Control"] = "no-store"
        if request.path.startswith(_BY_LINK):
            response.headers["Cache-Control"] = "no-store"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class Sittings:
    """Ends a sitting that was idle or lasted too long; what is sent after that is kept.

    Times are held in the session: ``began``, and ``seen`` to the minute, so that not every page
    writes a row.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End what is over, pass the request on, and note who was seen.

        The public pages ask nobody who they are, so that one copy in a cache suits all.
        """
        request.lapsed = None  # type: ignore[attr-defined]
        if not request.path.startswith(_PRIVATE):
            return self.get_response(request)
        now = timezone.now().timestamp()
        here = isinstance(request.user, Person)
        why = _over(request, now) if here else ""
        if why:
            request.lapsed = request.user.pk  # type: ignore[attr-defined]
            logout(request)
            request.session["lapsed"] = why
        response = self.get_response(request)
        if isinstance(request.user, Person):
            request.session.reads = request.method in ("GET", "HEAD")  # type: ignore[attr-defined]
            _note(request, now)
        elif here and not why:
            # Not its cookies: that order reaches every site under the council's name.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: object,
        _given: object,
    ) -> HttpResponseBase | None:
        """Keep a form of the workspace that came too late, after its mark was found to be ours."""
        declared = getattr(view, "declared", None)
        if request.method != "POST" or declared is None or not declared.permission:
            return None
        lapsed = request.lapsed  # type: ignore[attr-defined]
        if lapsed is None:
            kept.sent(request)
            return None
        to = reverse("kept_words") if kept.keep(request, lapsed) else request.get_full_path()
        return redirect_to_login(to)


def _over(request: HttpRequest, now: float) -> str:
    """Why a sitting is over, “idle” or “long”; empty while it goes on."""
    session = request.session
    if now - session.get("seen", now) >= settings.SITTING_IDLE:
        return "idle"
    return "long" if now - session.get("began", now) >= settings.SITTING_LONGEST else ""


def _note(request: HttpRequest, now: float) -> None:
    """Note that somebody was seen, once a minute."""
    session = request.session
    if "began" not in session:
        session["began"] = session["seen"] = now
    elif now - session.get("seen", 0) >= _A_MINUTE:
        session["seen"] = now


class Refusals:
    """Answers a refusal with its sentence; want of permission is told to the audit.

    The change that was refused has been undone by then, so the entry has its own transaction.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; nothing that is of a person stays in a shared cache.

        A page that says how it may be kept is the same for everybody, so nobody is looked up.
        """
        reads = request.method in ("GET", "HEAD")
        with remembered() if reads else nullcontext():
            response = self.get_response(request)
        if "Cache-Control" not in response.headers and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The refusal's page; anything else is a fault of ours and goes on."""
        if not isinstance(fault, Refusal):
            return None
        if isinstance(fault, NotAllowed):
            telling.told(
                request, {"permission": fault.permission, "rule": fault.rule}, on=_thing(request)
            )
        elif isinstance(fault, Missing) and _names_a_thing(request):
            # An identifier of nothing: somebody tries addresses. What they tried is not kept.
            telling.told(request, {"rule": "nothing_there"})
        return refused.page(request, fault)


def _names_a_thing(request: HttpRequest) -> bool:
    """Whether somebody who is signed in asked by an identifier."""
    match = request.resolver_match
    return isinstance(request.user, Person) and match is not None and bool(match.kwargs)


def _thing(request: HttpRequest) -> Model | None:
    """The thing of the address that was asked for, where it had one."""
    found = getattr(request, "refused_thing", None)
    return found if isinstance(found, Model) else None
