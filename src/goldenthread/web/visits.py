"""Where Django keeps what it remembers of a browser: in a row that says whose it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Rows

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


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
