"""The golden thread itself, as frozen values."""

from goldenthread.plan.abbreviations import find_abbreviations
from goldenthread.plan.leads import read_leads
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
from goldenthread.plan.people import Span, find_people

__all__ = [
    "Action",
    "Lead",
    "Measure",
    "Plan",
    "ProcessStep",
    "Programme",
    "Recommendation",
    "Response",
    "Review",
    "Span",
    "Strand",
    "Update",
    "find_abbreviations",
    "find_people",
    "read_leads",
]
