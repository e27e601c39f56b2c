"""Rows to core values and back, for the whole site: the one place where both are known."""

from goldenthread.web.bridge.answers import answered
from goldenthread.web.bridge.editions import edition_content, edition_of
from goldenthread.web.bridge.plans import (
    PlanRows,
    completed_on,
    draft_from_json,
    draft_to_json,
    lead_row,
    moved_from,
    place_json,
    plan_of,
    promise_row,
    rows_in_order,
    rows_of,
)
from goldenthread.web.bridge.ratings import COLOURS, Rating, Scale, Scales, scales
from goldenthread.web.bridge.reading import (
    can_be_late,
    dated,
    day_before,
    last_day,
    numbered,
    says_trouble,
)

__all__ = [
    "COLOURS",
    "PlanRows",
    "Rating",
    "Scale",
    "Scales",
    "answered",
    "can_be_late",
    "completed_on",
    "dated",
    "day_before",
    "draft_from_json",
    "draft_to_json",
    "edition_content",
    "edition_of",
    "last_day",
    "lead_row",
    "moved_from",
    "numbered",
    "place_json",
    "plan_of",
    "promise_row",
    "rows_in_order",
    "rows_of",
    "says_trouble",
    "scales",
]
