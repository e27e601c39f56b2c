"""What happens around every request: headers that shut a browser, and a refusal that is a page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from goldenthread.errors import Missing, NotAllowed, Refusal
from goldenthread.web.permissions import remembered
from goldenthread.web.views import refused, telling

# Nothing that a page of ours needs; a browser then gives it to nobody, whatever a page may hold.
_NOT_NEEDED = (
    *("accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture"),
    *(
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
        "idle-detection",
    ),
    *("magnetometer", "microphone", "midi", "payment", "publickey-credentials-get"),
    *("screen-wake-lock", "serial", "usb", "web-share", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in _NOT_NEEDED)
# A person's own rooms: never kept by a browser or a proxy, whoever asks for them.
_PRIVATE = ("/workspace/", "/account/")


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
        return response


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
        elif (
            isinstance(fault, Missing) and request.resolver_match and request.resolver_match.kwargs
        ):
            # An identifier of nothing: somebody tries addresses. What they tried is not kept.
            telling.told(request, {"rule": "nothing_there"})
        return refused.page(request, fault)


def _thing(request: HttpRequest) -> Model | None:
    """The thing of the address that was asked for, where it had one."""
    found = getattr(request, "refused_thing", None)
    return found if isinstance(found, Model) else None
