"""The rows, one file for each room of them."""

from goldenthread.web.models.habits import Habit
from goldenthread.web.models.log import AuditEntry, AuditFacts, Parked, Replay, Tally
from goldenthread.web.models.mail import Mail
from goldenthread.web.models.milestones import Horizon, Milestone, MilestoneEvent
from goldenthread.web.models.ownership import Answerable, Handover, Meanwhile, Passed
from goldenthread.web.models.people import Grant, Holding, Person, Post, Succession, Unit
from goldenthread.web.models.ratings import RatingScale
from goldenthread.web.models.release import (
    Choice,
    Draft,
    Edition,
    PublicWords,
    Question,
    TakeDown,
)
from goldenthread.web.models.rounds import (
    Cadence,
    DateRequest,
    LinkUse,
    Round,
    TakenBack,
    UpdateLink,
)
from goldenthread.web.models.thread import (
    Action,
    Evidence,
    Lead,
    Link,
    Measure,
    Plan,
    Promise,
    Recommendation,
    Recovery,
    Review,
    Strand,
    Theme,
    Update,
)
from goldenthread.web.models.visits import Attempt, Visit

__all__ = [
    "Action",
    "Answerable",
    "Attempt",
    "AuditEntry",
    "AuditFacts",
    "Cadence",
    "Choice",
    "DateRequest",
    "Draft",
    "Edition",
    "Evidence",
    "Grant",
    "Habit",
    "Handover",
    "Holding",
    "Horizon",
    "Lead",
    "Link",
    "LinkUse",
    "Mail",
    "Meanwhile",
    "Measure",
    "Milestone",
    "MilestoneEvent",
    "Parked",
    "Passed",
    "Person",
    "Plan",
    "Post",
    "Promise",
    "PublicWords",
    "Question",
    "RatingScale",
    "Recommendation",
    "Recovery",
    "Replay",
    "Review",
    "Round",
    "Strand",
    "Succession",
    "TakeDown",
    "TakenBack",
    "Tally",
    "Theme",
    "Unit",
    "Update",
    "UpdateLink",
    "Visit",
]
