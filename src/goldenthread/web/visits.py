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
    """Django's own store over ``Visit``, so that a person's browsers can be listed and ended."""

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

    def save_if_free(self) -> bool:
        """Save what is remembered unless that would have to wait for somebody else's save.

        For what is only noted in passing: a page that is read must not wait, and never fails for
        it. Gives back whether it was saved.
        """
        alone = connection.vendor == "sqlite"
        try:
            if alone:
                _wait_for(0)
            self.save()
        except (UpdateError, OperationalError):
            return False
        finally:
            if alone:
                _wait_for(settings.SAVE_WAITS)
        return True


def _wait_for(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {seconds * 1000:d}")


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
