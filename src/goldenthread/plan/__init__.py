"""The golden thread itself, as frozen values."""

from goldenthread.plan.abbreviations import find_abbreviations
from goldenthread.plan.check import check, chosen, rules_reference
from goldenthread.plan.compare import Changes, compare
from goldenthread.plan.leads import read_leads
from goldenthread.plan.merge import Difference, Merge, Met, merge, take_over
from goldenthread.plan.model import (
    Action,
    Lead,
    Measure,
    Plan,
    ProcessStep,
    Programme,
    Recommendation,
    Response,
    Review,
    Strand,
    Update,
)
from goldenthread.plan.pairing import Where
from goldenthread.plan.people import Span, find_people
from goldenthread.plan.rules import RULES, CheckSettings, Finding, Rule
from goldenthread.plan.schema import from_json, to_json
from goldenthread.plan.sentences import sentences
from goldenthread.plan.trace import Thread, trace

__all__ = [
    "RULES",
    "Action",
    "Changes",
    "CheckSettings",
    "Difference",
    "Finding",
    "Lead",
    "Measure",
    "Merge",
    "Met",
    "Plan",
    "ProcessStep",
    "Programme",
    "Recommendation",
    "Response",
    "Review",
    "Rule",
    "Span",
    "Strand",
    "Thread",
    "Update",
    "Where",
    "check",
    "chosen",
    "compare",
    "find_abbreviations",
    "find_people",
    "from_json",
    "merge",
    "read_leads",
    "rules_reference",
    "sentences",
    "take_over",
    "to_json",
    "trace",
]
