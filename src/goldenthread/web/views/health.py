"""Whether the site is alive and its database answers: for a monitor, and of nobody."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from goldenthread.web.views.declared import public


@public
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 and ``alive`` where the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"alive": False}, status=503)
    return JsonResponse({"alive": True})
