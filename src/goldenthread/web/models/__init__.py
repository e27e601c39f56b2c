"""The rows, one file for each room of them."""

from goldenthread.web.models.habits import Habit
from goldenthread.web.models.log import AuditEntry, AuditFacts, Parked, Replay, Tally
from goldenthread.web.models.mail import Mail
from goldenthread.web.models.measures import CaseStudy, Point, Target, Tolerance
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
    "Attempt",
    "AuditEntry",
    "AuditFacts",
    "Cadence",
    "CaseStudy",
    "Choice",
    "DateRequest",
    "Draft",
    "Edition",
    "Evidence",
    "Grant",
    "Habit",
    "Holding",
    "Lead",
    "Link",
    "LinkUse",
    "Mail",
    "Measure",
    "Parked",
    "Person",
    "Plan",
    "Point",
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
    "Target",
    "Theme",
    "Tolerance",
    "Unit",
    "Update",
    "UpdateLink",
    "Visit",
]
