"""A committee's paper as frozen values: what moved since it last met, counted, and what is asked.

``Facts`` hold the plan as it stood and as it stands; ``since`` says what happened between, and
``figures`` every number with its rule and rows. ``documents`` prints a ``Paper``.
"""

from goldenthread.plan.paper.figures import Figure, figures
from goldenthread.plan.paper.files import PAPER_SCHEMA, paper_from_json, paper_to_json
from goldenthread.plan.paper.since import (
    Area,
    Asked,
    Since,
    State,
    Trouble,
    areas,
    has_evidence,
    newest,
    nobody,
    rated,
    said_since,
    since,
    since_headline,
    slips,
    worst,
)
from goldenthread.plan.paper.value import (
    Ask,
    AskKind,
    Facts,
    Implications,
    Led,
    Level,
    Measured,
    MeasurePoint,
    Paper,
    Purpose,
    Reply,
    Stance,
    Stand,
)

__all__ = [
    "PAPER_SCHEMA",
    "Area",
    "Ask",
    "AskKind",
    "Asked",
    "Facts",
    "Figure",
    "Implications",
    "Led",
    "Level",
    "MeasurePoint",
    "Measured",
    "Paper",
    "Purpose",
    "Reply",
    "Since",
    "Stance",
    "Stand",
    "State",
    "Trouble",
    "areas",
    "figures",
    "has_evidence",
    "newest",
    "nobody",
    "paper_from_json",
    "paper_to_json",
    "rated",
    "said_since",
    "since",
    "since_headline",
    "slips",
    "worst",
]
