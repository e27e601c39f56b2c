"""Where Django keeps what it remembers of a browser: in a row that says whose it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Rows
from django.db import OperationalError, connection

from goldenthread.web.models import Visit


class SessionStore(Rows):
    """Django's own store over ``Visit``, so that a person's browsers can be listed and ended.

    ``reads`` is whether the request only reads.
    """

    reads = False

    @classmethod
    def get_model_class(cls) -> type[Visit]:
        """The rows."""
        return Visit

    def create_model_instance(self, data: dict[str, Any]) -> Visit:
        """The row of what is remembered, with its person and times beside it."""
        row = super().create_model_instance(data)
        assert isinstance(row, Visit)  # noqa: S101 - of our own class
        row.person_id = data.get(SESSION_KEY)
        row.began, row.seen = _moment(data.get("began")), _moment(data.get("seen"))
        return row

    def save(self, must_create: bool = False) -> None:
        """Save what is remembered; for a page that is only read, unless that would have to wait.

        What such a page changes is noted in passing (when somebody was seen, that a message was
        shown), so it neither waits for somebody else's save nor fails for it: a later page does it.
        """
        if must_create or not self.reads:
            super().save(must_create)
            return
        alone = connection.vendor == "sqlite"
        try:
            if alone:
                _wait_for(0)
            super().save()
        except (UpdateError, OperationalError):
            pass
        finally:
            if alone:
                _wait_for(settings.SAVE_WAITS)


def _wait_for(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {seconds * 1000:d}")


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
