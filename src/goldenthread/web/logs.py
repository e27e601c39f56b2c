"""How a line of the log is written: an address that lets somebody in is never in it."""

from __future__ import annotations

import logging
import re

# What follows is a signature: of an update link, or of a key by which a password is set anew.
_LETS_IN = re.compile(r"(/update/|/password/reset/key/)[^\s/?#\"'<>]+")


class Line(logging.Formatter):
    """A line with its fault, without the part of an address that lets somebody in."""

    def format(self, record: logging.LogRecord) -> str:
        """The line.

        >>> told = logging.LogRecord("x", 30, "", 0, "Gone: %s", ("/update/k3.c2ln/",), None)
        >>> Line("%(message)s").format(told)
        'Gone: /update/…/'
        """
        return _LETS_IN.sub(r"\1…", super().format(record))
