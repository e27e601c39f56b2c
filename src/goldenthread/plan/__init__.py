"""The golden thread itself, as frozen values."""

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
    "Strand",
    "Update",
]
