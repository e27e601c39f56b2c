"""A council's document in, a typed plan out."""

from goldenthread.documents.draft import PlanDraft, ReadingWarning
from goldenthread.documents.printed import PrintedCell, PrintedRow
from goldenthread.documents.read import draft_from, read_plan
from goldenthread.documents.schema import to_json

__all__ = [
    "PlanDraft",
    "PrintedCell",
    "PrintedRow",
    "ReadingWarning",
    "draft_from",
    "read_plan",
    "to_json",
]
