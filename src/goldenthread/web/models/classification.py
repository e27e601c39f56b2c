"""What each column holds: how sensitive, kept how long, whether it may be logged or leave.

A column that is not here fails a test (after job-server's ADR 0035, widened), so nobody can add
one without saying what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["public", "internal", "personal", "secret"]
Keep = Literal["programme", "account", "post", "form", "audit"]

LEVELS: Mapping[Level, str] = {
    "public": "may be read by anybody once it stands in a published edition",
    "internal": "for people with a role in the programme",
    "personal": "says something about a person who can be told apart",
    "secret": "lets somebody in, or stands for something that does; nobody reads it",
}
KEPT: Mapping[Keep, str] = {
    "programme": "while the programme lasts and six years after it",
    "account": "while the person has an account and one year after it was closed",
    "post": "while the programme lasts: who answered for what is part of its record",
    "form": "for 30 days: a form that is sent twice is sent soon",
    "audit": "as long as the programme's own record; personal facts may be erased apart from it",
}


@dataclass(frozen=True)
class Held:
    """What a column holds; ``log`` and ``export`` say whether it may be logged, or may leave."""

    level: Level
    kept: Keep
    log: bool
    export: bool


KEY = Held("internal", "programme", True, False)
NAME = Held("public", "programme", True, True)
WORDS = Held("public", "programme", False, True)
INSIDE = Held("internal", "programme", False, True)
STATE = Held("internal", "programme", True, True)
# What was heard and counted in a directorate: for those who may see how it plans, for good.
WITHIN = Held("internal", "programme", False, False)
DOCUMENT = Held("personal", "programme", False, False)
ACTOR = Held("personal", "post", False, False)
IDENTITY = Held("personal", "account", False, False)
ACCOUNT = Held("internal", "account", True, False)
SECRET = Held("secret", "account", False, False)
FORM = Held("internal", "form", False, False)
CHAIN = Held("internal", "audit", True, True)
FACTS = Held("personal", "audit", False, False)


def _each(held: Held, names: str) -> dict[str, Held]:
    return dict.fromkeys(names.split(), held)


_THING = _each(KEY, "id version") | _each(NAME, "public_id")
_ROW = _each(KEY, "id") | _each(NAME, "public_id")

COLUMNS: Mapping[str, Mapping[str, Held]] = {
    "Person": _each(KEY, "id")
    | _each(ACCOUNT, "public_id version is_active joined")
    | _each(IDENTITY, "email name last_login")
    | _each(SECRET, "password"),
    "Unit": _THING | _each(NAME, "name kind parent begins ends"),
    "Succession": _each(KEY, "id") | _each(NAME, "before after on"),
    "Post": _THING | _each(NAME, "title unit name_public begins ends"),
    "Holding": _each(KEY, "id") | _each(ACTOR, "post person since until"),
    "Grant": _ROW | _each(ACTOR, "person role unit since until given_by"),
    "Strand": _THING | _each(NAME, "name"),
    "Review": _THING
    | _each(WORDS, "title reviewer standing independence terms began reported")
    | _each(WORDS, "report_url report_on")
    | _each(NAME, "unit strand"),
    "Theme": _THING | _each(WORDS, "name strand position"),
    "Plan": _THING
    | _each(WORDS, "title document_date abbreviations")
    | _each(NAME, "unit strand begins ends"),
    "Recommendation": _THING
    | _each(WORDS, "number text answer answer_position answered_on answered_by")
    | _each(NAME, "plan review theme position")
    | _each(STATE, "status see place"),
    "Action": _THING
    | _each(WORDS, "number title text printed_status")
    | _each(NAME, "plan recommendation position")
    | _each(STATE, "see confidence place status rag at_risk starts first_due now_due moves recurs")
    | _each(STATE, "completed_on next_review updated_at same_words"),
    "Lead": _ROW
    | _each(WORDS, "text full remark")
    | _each(NAME, "action kind role post team position since until")
    | _each(DOCUMENT, "person"),
    "Promise": _ROW
    | _each(WORDS, "words reason agreed_by")
    | _each(NAME, "action kind start end reading given_on replaces position")
    | _each(ACTOR, "given_by"),
    "Measure": _THING
    | _each(WORDS, "number text baseline target definition unit_words unit_one source")
    | _each(NAME, "plan action position owner quantity better contextual months places baseline_on")
    | _each(WORDS, "baseline_value ended_because")
    | _each(STATE, "counts system tolerance limits_from ended_on"),
    "Target": _ROW
    | _each(NAME, "measure kind horizon on at replaces")
    | _each(WORDS, "value rationale")
    | _each(ACTOR, "by"),
    "Point": _ROW
    | _each(NAME, "measure begins ends source at replaces")
    | _each(WORDS, "value part whole commentary")
    | _each(INSIDE, "remedy reason")
    | _each(ACTOR, "by"),
    "Tolerance": _ROW | _each(WORDS, "number near reason at") | _each(ACTOR, "by"),
    "CaseStudy": _THING
    | _each(WORDS, "title words told_on")
    | _each(NAME, "plan action measure")
    | _each(STATE, "consent ended_on")
    | _each(ACTOR, "by"),
    "Update": _ROW
    | _each(WORDS, "done changed stops_when")
    | _each(
        STATE, "action number at said_on about status rag forecast next_review completed_on place"
    )
    | _each(ACTOR, "by"),
    "Paper": _THING
    | _each(NAME, "meeting plan number since as_at made_at issued_at sha256 made_with left_out")
    | _each(INSIDE, "facts headline words")
    | _each(ACTOR, "made_by issued_by"),
    "PaperFile": _ROW | _each(STATE, "paper format stored sha256 size at"),
    "Recovery": _ROW | _each(WORDS, "cause step due") | _each(NAME, "update"),
    "Cadence": _THING
    | _each(STATE, "unit plan action months teams_before directors_before grace at ended_at")
    | _each(ACTOR, "by ended_by"),
    "Round": _THING
    | _each(STATE, "unit months begins ends teams_from directors_from closes")
    | _each(STATE, "opened_at closed_at figures")
    | _each(ACTOR, "opened_by closed_by"),
    # Its public_id lets nobody in: that takes the signature, which is never kept.
    "UpdateLink": _each(KEY, "id public_id version round issued_at expires_at withdrawn_at")
    | _each(KEY, "first_opened_at")
    | _each(ACTOR, "person issued_by")
    | _each(SECRET, "seen"),
    "LinkUse": _ROW
    | _each(STATE, "link at what action update elsewhere")
    | _each(DOCUMENT, "words")
    | _each(SECRET, "mark"),
    "TakenBack": _ROW | _each(STATE, "update at") | _each(ACTOR, "by"),
    "DateRequest": _THING
    | _each(WORDS, "words reason answer")
    | _each(STATE, "action promise at decided_at agreed")
    | _each(ACTOR, "by decided_by"),
    "Mail": _THING
    | _each(STATE, "kind about_kind made_at not_before tries tried_at in_hand fault")
    | _each(STATE, "sent_at gave_up_at left_at")
    | _each(ACTOR, "person")
    | _each(SECRET, "key about_id"),
    "Answerable": _THING
    | _each(NAME, "part post plan unit position since until")
    | _each(WORDS, "what forum"),
    "Meanwhile": _THING | _each(NAME, "post answers since until") | _each(INSIDE, "reason"),
    "Handover": _ROW
    | _each(NAME, "before on at undoes")
    | _each(INSIDE, "reason")
    | _each(ACTOR, "by"),
    "Passed": _ROW | _each(NAME, "handover duty thing after left taken"),
    "Milestone": _THING
    | _each(WORDS, "words")
    | _each(NAME, "action first_due now_due moves reached_on dropped_on"),
    "MilestoneEvent": _ROW
    | _each(NAME, "milestone what day at")
    | _each(WORDS, "reason")
    | _each(ACTOR, "by"),
    "Horizon": _THING | _each(NAME, "plan name ends") | _each(STATE, "set_at ended_at"),
    "StepScheme": _ROW | _each(WORDS, "number steps in_order reason at") | _each(ACTOR, "by"),
    "Planning": _THING | _each(NAME, "unit strand plan follows begins closed_on"),
    "StepDay": _ROW
    | _each(STATE, "planning step due at")
    | _each(INSIDE, "reason")
    | _each(ACTOR, "by"),
    "SignOff": _ROW
    | _each(STATE, "planning step what post on at")
    | _each(INSIDE, "words")
    | _each(ACTOR, "by"),
    "Apart": _THING
    | _each(STATE, "action what unit at undone_at")
    | _each(INSIDE, "reason undone_because")
    | _each(ACTOR, "by undone_by"),
    "ProposalAnswer": _ROW
    | _each(STATE, "action above recommendation wordings refused at")
    | _each(ACTOR, "by"),
    "InStrand": _THING
    | _each(NAME, "strand action measure review at ended_at")
    | _each(ACTOR, "by ended_by"),
    "Session": _THING
    | _each(KEY, "planning")
    | _each(WITHIN, "kind on place off_site came facilitator open_to cancelled_because"),
    "SessionSaid": _ROW
    | _each(KEY, "session at")
    | _each(WITHIN, "kind on place off_site came facilitator open_to cancelled_because reason")
    | _each(ACTOR, "by"),
    "OneToOnes": _ROW | _each(KEY, "planning") | _each(WITHIN, "counted_to total reason"),
    "HeardTheme": _THING
    | _each(WORDS, "name weight note")
    | _each(KEY, "planning merged_into")
    | _each(WITHIN, "one_to_ones withdrawn_because"),
    "HeardIn": _each(KEY, "id") | _each(WITHIN, "theme session"),
    "HeardThemeSaid": _ROW
    | _each(WORDS, "name weight note")
    | _each(KEY, "theme merged_into at")
    | _each(WITHIN, "one_to_ones withdrawn_because sessions reason")
    | _each(ACTOR, "by"),
    "Pack": _THING
    | _each(KEY, "planning format stored sha256 size at")
    | _each(WITHIN, "title discussed_on file set_aside_because")
    | _each(ACTOR, "by"),
    "PackFinding": _THING
    | _each(KEY, "pack position at")
    | _each(WITHIN, "text withdrawn_because")
    | _each(ACTOR, "by"),
    "PackFigure": _THING
    | _each(KEY, "pack position at")
    | _each(DOCUMENT, "words value unit")
    | _each(WITHIN, "withdrawn_because")
    | _each(ACTOR, "by"),
    "PlanningHorizon": _THING | _each(NAME, "planning name ends") | _each(STATE, "set_at ended_at"),
    "Area": _THING
    | _each(WORDS, "title reason")
    | _each(NAME, "planning number hardness difference choice horizon")
    | _each(INSIDE, "evidence withdrawn_because"),
    "AreaSaid": _ROW
    | _each(WORDS, "title reason")
    | _each(NAME, "area hardness difference choice horizon ends")
    | _each(STATE, "on at")
    | _each(INSIDE, "evidence withdrawn_because why")
    | _each(ACTOR, "by"),
    "Vision": _ROW
    | _each(WORDS, "words")
    | _each(NAME, "planning number read_again_on")
    | _each(INSIDE, "written_with why")
    | _each(STATE, "at")
    | _each(ACTOR, "by"),
    "VisionSigner": _ROW | _each(STATE, "vision post turn at") | _each(ACTOR, "by"),
    "SignerWithdrawn": _ROW
    | _each(STATE, "signer at")
    | _each(INSIDE, "reason")
    | _each(ACTOR, "by"),
    "VisionSignature": _ROW
    | _each(NAME, "vision post on")
    | _each(STATE, "at")
    | _each(INSIDE, "paper")
    | _each(ACTOR, "person by"),
    "VisionAsked": _ROW
    | _each(STATE, "vision committee asked_on wanted_by at")
    | _each(INSIDE, "words")
    | _each(ACTOR, "by"),
    "VisionAnswer": _ROW
    | _each(NAME, "asked stance on public at")
    | _each(WORDS, "words")
    | _each(INSIDE, "source")
    | _each(ACTOR, "by"),
    "VisionRead": _ROW
    | _each(NAME, "vision on again_on at")
    | _each(INSIDE, "words")
    | _each(ACTOR, "by"),
    "ServicePlan": _THING
    | _each(NAME, "title unit begins ends")
    | _each(INSIDE, "place link")
    | _each(STATE, "review_on ended_on"),
    "InServicePlan": _ROW | _each(STATE, "service_plan action reference since until"),
    "WhatGood": _ROW
    | _each(WORDS, "words")
    | _each(NAME, "action measure at")
    | _each(ACTOR, "by"),
    "Pledge": _THING
    | _each(WORDS, "words team_words")
    | _each(NAME, "unit planning post team made_on")
    | _each(STATE, "public at")
    | _each(ACTOR, "by"),
    "FollowUp": _ROW
    | _each(NAME, "pledge what on at")
    | _each(WORDS, "words")
    | _each(ACTOR, "by"),
    # Counts of objectives: never logged, and but for one total of the whole body never let out.
    "ObjectiveCount": _ROW
    | _each(STATE, "planning action ends replaces at")
    | _each(Held("internal", "programme", False, False), "serving held reason")
    | _each(ACTOR, "by"),
    "ReviewReport": _ROW
    | _each(NAME, "review")
    | _each(WORDS, "title url")
    | _each(WITHIN, "name")
    | _each(KEY, "kind stored sha256 size at")
    | _each(ACTOR, "by"),
    "Response": _ROW
    | _each(NAME, "recommendation at")
    | _each(WORDS, "position words reason decided_by on")
    | _each(ACTOR, "by"),
    "EvaluationPart": _ROW
    | _each(STATE, "planning part number at")
    | _each(WITHIN, "words")
    | _each(ACTOR, "by"),
    "Claim": _THING
    | _each(STATE, "planning number at withdrawn_at")
    | _each(WITHIN, "text withdrawn_because")
    | _each(ACTOR, "by withdrawn_by"),
    "ClaimEvidence": _ROW
    | _each(STATE, "claim kind measure evidence at")
    | _each(WITHIN, "words url name")
    | _each(KEY, "stored sha256 size")
    | _each(ACTOR, "by"),
    "EvidenceWithdrawn": _ROW
    | _each(STATE, "shown at")
    | _each(WITHIN, "reason")
    | _each(ACTOR, "by"),
    "Look": _ROW
    | _each(STATE, "planning on next_look at")
    | _each(WITHIN, "decided")
    | _each(ACTOR, "by"),
    "ClosingConsultation": _ROW | _each(STATE, "planning consultation"),
    "Closing": _ROW
    | _each(STATE, "planning post on sha256 at")
    | _each(WITHIN, "content")
    | _each(ACTOR, "by"),
    "Correction": _ROW
    | _each(STATE, "planning on at")
    | _each(WITHIN, "words")
    | _each(ACTOR, "by"),
    "CarriedOver": _ROW
    | _each(STATE, "planning kind of stays into at")
    | _each(WITHIN, "words reason")
    | _each(ACTOR, "by"),
    "Turn": _each(KEY, "id name begun_at ended_at"),
    "Committee": _THING | _each(NAME, "name kind unit letter asked_before public begins ends"),
    "Remit": _ROW
    | _each(NAME, "committee agreed_on review_on at")
    | _each(WORDS, "words link")
    | _each(ACTOR, "by"),
    "Membership": _THING | _each(NAME, "committee post words part since until"),
    "Meeting": _THING
    | _each(NAME, "committee on starts finishes place papers_due changed_at cancelled_at")
    | _each(WORDS, "cancelled_why"),
    "Ask": _THING
    | _each(NAME, "committee meeting number kind asked_on post due action recommendation")
    | _each(NAME, "follows withdrawn_on at")
    | _each(WORDS, "words member reason withdrawn_why")
    | _each(ACTOR, "by"),
    "Answer": _ROW
    | _each(NAME, "ask whole on at")
    | _each(WORDS, "words link")
    | _each(ACTOR, "by"),
    "Consultation": _THING
    | _each(NAME, "plan recommendation action edition asked_on wanted_by outcome_on at")
    | _each(WORDS, "words outcome")
    | _each(ACTOR, "by"),
    "Consulted": _ROW | _each(NAME, "consultation committee"),
    "Stance": _ROW
    | _each(NAME, "committee plan recommendation action consultation stance on public at")
    | _each(WORDS, "words")
    | _each(ACTOR, "by"),
    "Term": _ROW
    | _each(NAME, "stands_for words chosen_by since at")
    | _each(WORDS, "reason")
    | _each(ACTOR, "by"),
    "CalendarLink": _each(ACCOUNT, "id public_id version made_at ended_at")
    | _each(ACTOR, "person")
    | _each(SECRET, "digest"),
    "Evidence": _ROW
    | _each(WORDS, "title url")
    | _each(INSIDE, "name")
    | _each(KEY, "action update kind stored sha256 size at")
    | _each(ACTOR, "by"),
    "Link": _ROW
    | _each(WORDS, "reason")
    | _each(NAME, "from_kind from_id to_kind to_id meaning since until")
    | _each(ACTOR, "by"),
    "Draft": _THING
    | _each(KEY, "unit strand format sha256 state received_at adopted_at plan")
    | _each(INSIDE, "file")
    | _each(DOCUMENT, "content")
    | _each(ACTOR, "received_by adopted_by"),
    "Question": _THING
    | _each(KEY, "draft position code must recommendation action place answer answered_at")
    | _each(DOCUMENT, "message words change")
    | _each(ACTOR, "answered_by"),
    "Habit": _THING
    | _each(KEY, "unit about meaning origin draft at ended_at")
    | _each(DOCUMENT, "words folded full")
    | _each(ACTOR, "by ended_by"),
    "RatingScale": _ROW | _each(WORDS, "number labels reason at") | _each(ACTOR, "by"),
    "Choice": _each(KEY, "id draft about take at") | _each(WORDS, "reason") | _each(ACTOR, "by"),
    "Edition": _THING
    | _each(NAME, "unit plan number as_at sha256 adopted_at published_at alone set_aside_at")
    | _each(WORDS, "content")
    | _each(ACTOR, "adopted_by published_by"),
    "TakeDown": _THING
    | _each(NAME, "edition agreed_at alone asked_at hidden_until")
    | _each(WORDS, "public_reason")
    | _each(INSIDE, "reason stands_because")
    | _each(STATE, "stands_at")
    | _each(ACTOR, "asked_by agreed_by stands_by"),
    "PublicWords": _THING
    | _each(NAME, "unit plan decided_on")
    | _each(NAME, "programme contact licence")
    | _each(WORDS, "about summary decided_by coming"),
    "AuditEntry": _each(CHAIN, "number at actor act object_kind object_id commitment previous")
    | _each(CHAIN, "hash"),
    "AuditFacts": _each(CHAIN, "number") | _each(FACTS, "facts") | _each(SECRET, "salt"),
    "Parked": _each(FORM, "id person session form slot name stored sha256 size at"),
    "Visit": _each(ACCOUNT, "began seen expire_date")
    | _each(IDENTITY, "person")
    | _each(SECRET, "session_key session_data"),
    "Attempt": _each(SECRET, "cache_key value") | _each(ACCOUNT, "expires"),
    "Tally": _each(FORM, "id act actor about began counted told"),
    "Replay": _each(FORM, "id key person act asked result_kind result_id at"),
}
