"""The body's own ratings, for the pages that offer, show or change them."""

from __future__ import annotations

from datetime import date

from goldenthread.web.bridge import COLOURS as COLOURS
from goldenthread.web.bridge import Scale as Scale
from goldenthread.web.bridge import Scales as Scales
from goldenthread.web.bridge import scales as every_scale
from goldenthread.web.models import Person
from goldenthread.web.permissions import Verdict, body, may, once


def scales() -> Scales:
    """Every scale there was, the newest first; asked for once where a request only reads."""
    return once("scales", every_scale)


def may_keep(*, for_: Person, on: date) -> Verdict:
    """Whether somebody may change the ratings: a role that reaches the whole body, or why not."""
    return may(for_, "keep_ratings", body(), on)
