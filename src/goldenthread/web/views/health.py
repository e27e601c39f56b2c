"""Whether the site is alive, its database answers and its worker is there: for a monitor."""

from __future__ import annotations

from datetime import UTC

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from goldenthread.web.queries import outbox
from goldenthread.web.views.declared import public


@public
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 and ``alive`` where the database answers, 503 otherwise.

    ``worker_seen`` is when whoever does the jobs last gave a sign of life, to the minute, in UTC;
    null where nobody ever did. A monitor should speak up where it is older than ten minutes.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        seen = outbox.worker_seen()
    except DatabaseError:
        return JsonResponse({"alive": False}, status=503)
    told = None if seen is None else f"{seen.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    return JsonResponse({"alive": True, "worker_seen": told})
