"""A council's document in, a typed plan out; the plan out again, and safe tables, as documents."""

from goldenthread.documents.carried import carried, lost, without_names
from goldenthread.documents.draft import PlanDraft, ReadingWarning
from goldenthread.documents.habits import (
    Answer,
    Habits,
    LeadHabit,
    habits_from,
    habits_from_json,
    habits_to_json,
)
from goldenthread.documents.offline import Offline, read_update
from goldenthread.documents.printed import PrintedCell, PrintedRow
from goldenthread.documents.read import draft_from, read_plan
from goldenthread.documents.schema import plan_from_json, plan_to_json, to_json
from goldenthread.documents.write import write_plan
from goldenthread.documents.write.safe_pack import write_pack

__all__ = [
    "Answer",
    "Habits",
    "LeadHabit",
    "Offline",
    "PlanDraft",
    "PrintedCell",
    "PrintedRow",
    "ReadingWarning",
    "carried",
    "draft_from",
    "habits_from",
    "habits_from_json",
    "habits_to_json",
    "lost",
    "plan_from_json",
    "plan_to_json",
    "read_plan",
    "read_update",
    "to_json",
    "without_names",
    "write_pack",
    "write_plan",
]
