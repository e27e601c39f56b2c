"""A row by its kind and public identifier, as addresses name it."""

from __future__ import annotations

from django.db.models import Exists, Model, OuterRef

from goldenthread.errors import Missing
from goldenthread.web import models as rows

KINDS: dict[str, type[Model]] = {
    model.__name__.lower(): model
    for model in (
        *(rows.Action, rows.Draft, rows.Edition, rows.Evidence, rows.Grant, rows.Habit),
        *(rows.Link, rows.Mail, rows.Measure, rows.Person, rows.Plan, rows.Post, rows.Question),
        *(rows.Answerable, rows.Handover, rows.Lead, rows.Milestone),
        *(rows.Recommendation, rows.TakeDown, rows.Theme, rows.Unit, rows.Update),
        *(rows.Cadence, rows.DateRequest, rows.Round, rows.UpdateLink),
        *(rows.Committee, rows.Membership, rows.Meeting, rows.Ask, rows.Consultation),
        *(rows.Paper, rows.PaperFile),
        *(rows.CaseStudy, rows.Point, rows.Target),
        rows.Planning,
        *(rows.Area, rows.Vision, rows.VisionAsked, rows.VisionAnswer, rows.VisionSignature),
        rows.VisionRead,
        *(rows.Apart, rows.InStrand),
        *(rows.Claim, rows.ClaimEvidence, rows.Review, rows.ReviewReport),
        *(rows.Session, rows.HeardTheme, rows.Pack, rows.PackFinding, rows.PackFigure),
        *(rows.Pledge, rows.ServicePlan),
    )
}


# What a sentence calls a kind whose name is no word.
_WORDS = {
    "takedown": "request to take an edition down",
    "casestudy": "case study",
    "point": "figure",
    "daterequest": "request for another date",
    "updatelink": "link",
    "committee": "body",
    "membership": "seat in a body",
    "ask": "request of a body",
    "paperfile": "file of a paper",
    "answerable": "line of who is who",
    "handover": "hand-over",
    "planning": "planning of a directorate",
    "area": "area of a directorate",
    "vision": "version of a vision",
    "visionasked": "question about a vision",
    "visionanswer": "answer about a vision",
    "visionsignature": "signature of a vision",
    "visionread": "reading of a vision",
    "apart": "decision about two tiers",
    "instrand": "strand of a thing",
    "claimevidence": "evidence of a claim",
    "reviewreport": "report of a review",
    "session": "listening session",
    "heardtheme": "theme that was heard",
    "pack": "data pack",
    "packfinding": "finding of a data pack",
    "packfigure": "figure of a data pack",
    "serviceplan": "service plan",
}
# What says to which unit a row belongs, fetched with it.
_OWNER = {
    "action": "plan",
    "cadence": "action__plan",
    "ask": "committee",
    "consultation": "plan",
    "meeting": "committee",
    "membership": "committee",
    "paper": "plan",
    "plan": "unit",
    "paperfile": "paper__plan",
    "planning": "unit",
    "area": "planning__unit",
    "vision": "planning__unit",
    "visionasked": "committee",
    "visionanswer": "asked__vision__planning__unit",
    "visionsignature": "vision__planning__unit",
    "visionread": "vision__planning__unit",
    "apart": "action__plan",
    "review": "unit",
    "claim": "planning",
    "claimevidence": "claim__planning",
    "reviewreport": "review",
    "session": "planning__unit",
    "heardtheme": "planning__unit",
    "pack": "planning__unit",
    "packfinding": "pack__planning__unit",
    "packfigure": "pack__planning__unit",
    "pledge": "unit",
    "serviceplan": "unit",
    "casestudy": "plan",
    "handover": "before",
    "lead": "action__plan",
    "milestone": "action__plan",
    "evidence": "action__plan",
    "measure": "plan",
    "point": "measure__plan",
    "question": "draft",
    "takedown": "edition",
    "target": "measure__plan",
    "update": "action__plan",
    "daterequest": "action__plan",
    "updatelink": "round",
}
# What belongs to a directorate's planning, and by what path to its unit: it is seen by those alone
# who may see how that directorate plans, wherever it is spoken of (links, searches, the audit).
PLANNED = {
    "area": "planning__unit",
    "vision": "planning__unit",
    "visionanswer": "asked__vision__planning__unit",
    "visionasked": "vision__planning__unit",
    "visionread": "vision__planning__unit",
    "visionsignature": "vision__planning__unit",
    "heardtheme": "planning__unit",
    "pack": "planning__unit",
    "packfigure": "pack__planning__unit",
    "packfinding": "pack__planning__unit",
    "session": "planning__unit",
    "claim": "planning__unit",
    "claimevidence": "claim__planning__unit",
}


def _seldom() -> dict[str, Exists]:
    """What may stand around a recommendation: where there is none, its page asks for none."""
    here = {"recommendation": OuterRef("pk")}
    return {
        "has_stances": Exists(rows.Stance.objects.filter(**here)),
        "has_asks": Exists(rows.Ask.objects.filter(**here)),
        "has_consultations": Exists(rows.Consultation.objects.filter(**here)),
        "has_responses": Exists(rows.Response.objects.filter(**here)),
    }


def thing(kind: str, public_id: str) -> Model:
    """The row. Who may see it is asked of it next; raises ``Missing`` where there is none."""
    rows = KINDS[kind]._default_manager.filter(public_id=public_id)
    if kind in _OWNER:
        rows = rows.select_related(_OWNER[kind])
    if kind == "recommendation":
        # It belongs to its plan, or to its review where it is in none.
        rows = rows.select_related("plan", "review", "theme").annotate(**_seldom())
    if kind == "planning":
        rows = rows.select_related("strand", "plan", "follows")
    if kind in ("draft", "edition", "takedown"):
        # Megabytes, which few of their pages need: read when they are asked for.
        rows = rows.defer("edition__content" if kind == "takedown" else "content")
    if kind in ("paper", "paperfile"):
        rows = rows.defer("paper__facts" if kind == "paperfile" else "facts")
    found = rows.first()
    if found is None:
        raise Missing(f"There is no such {_WORDS.get(kind, kind)}.", do="Check the address.")
    return found
