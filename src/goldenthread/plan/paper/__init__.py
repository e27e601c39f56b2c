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
    since,
    since_headline,
    slips,
    worst,
)
from goldenthread.plan.paper.value import (
    Ask,
    AskKind,
    Beside,
    Facts,
    Implications,
    Level,
    Measured,
    MeasurePoint,
    Paper,
    Purpose,
    Recovery,
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
    "Beside",
    "Facts",
    "Figure",
    "Implications",
    "Level",
    "MeasurePoint",
    "Measured",
    "Paper",
    "Purpose",
    "Recovery",
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
    "since",
    "since_headline",
    "slips",
    "worst",
]
