"""The rows, one file for each room of them."""

from goldenthread.web.models.habits import Habit
from goldenthread.web.models.log import AuditEntry, AuditFacts, Parked, Replay, Tally
from goldenthread.web.models.mail import Mail
from goldenthread.web.models.measures import CaseStudy, Point, Target, Tolerance
from goldenthread.web.models.meetings import (
    Answer,
    Ask,
    CalendarLink,
    Committee,
    Consultation,
    Consulted,
    Meeting,
    Membership,
    Remit,
    Stance,
    Term,
)
from goldenthread.web.models.milestones import Horizon, Milestone, MilestoneEvent
from goldenthread.web.models.ownership import Answerable, Handover, Meanwhile, Passed
from goldenthread.web.models.papers import Paper, PaperFile
from goldenthread.web.models.people import Grant, Holding, Person, Post, Succession, Unit
from goldenthread.web.models.planning import Planning, SignOff, StepDay, StepScheme
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
from goldenthread.web.models.tiers import Apart, InStrand
from goldenthread.web.models.turns import Turn
from goldenthread.web.models.visits import Attempt, Visit

__all__ = [
    "Action",
    "Answer",
    "Answerable",
    "Apart",
    "Ask",
    "Attempt",
    "AuditEntry",
    "AuditFacts",
    "Cadence",
    "CalendarLink",
    "CaseStudy",
    "Choice",
    "Committee",
    "Consultation",
    "Consulted",
    "DateRequest",
    "Draft",
    "Edition",
    "Evidence",
    "Grant",
    "Habit",
    "Handover",
    "Holding",
    "Horizon",
    "InStrand",
    "Lead",
    "Link",
    "LinkUse",
    "Mail",
    "Meanwhile",
    "Measure",
    "Meeting",
    "Membership",
    "Milestone",
    "MilestoneEvent",
    "Paper",
    "PaperFile",
    "Parked",
    "Passed",
    "Person",
    "Plan",
    "Planning",
    "Point",
    "Post",
    "Promise",
    "PublicWords",
    "Question",
    "RatingScale",
    "Recommendation",
    "Recovery",
    "Remit",
    "Replay",
    "Review",
    "Round",
    "SignOff",
    "Stance",
    "StepDay",
    "StepScheme",
    "Strand",
    "Succession",
    "TakeDown",
    "TakenBack",
    "Tally",
    "Target",
    "Term",
    "Theme",
    "Tolerance",
    "Turn",
    "Unit",
    "Update",
    "UpdateLink",
    "Visit",
]
