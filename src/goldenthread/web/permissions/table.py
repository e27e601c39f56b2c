"""Every permission and every role, in one table that explains itself.

What the state of a thing allows besides is in the rules that a permission names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Permission:
    """One thing that somebody may be allowed to do, in words that finish “You may not …”.

    ``rules`` names what must be true besides the role, in ``RULES``. ``whole`` is for what cannot
    be done in a part of the body: only a role held at the root carries it (decision 0014).
    ``above`` is for what a role also lets one do to the units above its own, as to the whole
    council's plan that a directorate serves, and never to the other units below them.
    ``guarded`` asks for a second factor of whoever holds it (decision 0013).
    """

    name: str
    words: str
    rules: tuple[str, ...] = ()
    whole: bool = False
    above: bool = False
    guarded: bool = False


@dataclass(frozen=True)
class Role:
    """A role, what it is called, what it is for in plain English, and what it carries.

    ``only`` names a rule that narrows one permission for this role alone.
    """

    name: str
    title: str
    description: str
    permissions: frozenset[str]
    only: Mapping[str, str] = field(default_factory=dict)


_PERMISSIONS = (
    Permission("open_workspace", "open the workspace"),
    Permission("read_register", "read the register and the history of its actions", above=True),
    Permission("export_plan", "take a plan away as a file"),
    Permission("open_evidence", "open the files that show what was done"),
    Permission("read_drafts", "read plans that are still drafts"),
    Permission("receive_document", "bring in a plan from a document"),
    Permission("answer_question", "settle a question of a draft", ("draft_is_open",)),
    Permission("adopt_draft", "adopt a draft as a plan", ("draft_is_open",)),
    Permission("set_aside_draft", "set a draft aside", ("draft_is_open",)),
    Permission("add_update", "update this action"),
    Permission("move_date", "move a date of this action"),
    Permission("send_links", "send leads the links by which they update, or withdraw one"),
    Permission(
        "decide_date", "decide whether this date moves", ("date_waits", "second_to_ask_a_date")
    ),
    Permission("edit_plan", "change who leads, what is linked and how an action is worded"),
    Permission("hand_over_work", "pass on what a post answers for"),
    Permission("word_public_page", "say what the public pages say beside the plan"),
    Permission("keep_measures", "say what a measure is, what it aims at, and when it ends"),
    Permission("give_figures", "give the figures of this measure"),
    Permission("read_figures", "read figures that count people by characteristic or by unit"),
    Permission("tell_case_studies", "tell a case study of this"),
    Permission("keep_ratings", "change the words and rules of the ratings"),
    Permission("keep_habits", "say how the council's documents are read"),
    Permission("read_rounds", "see who has answered a round of updates", above=True),
    Permission("keep_rounds", "say how often leads are asked, and open, send and close rounds"),
    Permission("keep_committees", "keep the bodies that meet, their members and their meetings"),
    Permission("record_ask", "record what this body asks for"),
    Permission("answer_ask", "answer what a body asked for", above=True),
    Permission("consult", "put a plan to unions and forums, and say what came of it"),
    Permission("record_stance", "record what this body says of a plan"),
    Permission(
        "read_papers",
        "read papers that were issued to bodies that meet",
        ("paper_is_issued",),
        above=True,
    ),
    Permission("make_paper", "make a paper for a meeting and word it", ("paper_waits",)),
    Permission("issue_paper", "issue a paper for a meeting", ("paper_waits",)),
    Permission("read_planning", "see how this directorate plans, and its drafts"),
    Permission(
        "keep_planning",
        "carry out the steps of a directorate's planning",
        ("planning_is_open",),
    ),
    Permission(
        "keep_sessions",
        "record listening sessions and what was heard in them",
        ("planning_is_open",),
    ),
    Permission("open_pack", "open the data pack of this directorate"),
    Permission("sign_step", "sign off a step of this directorate", ("planning_is_open",)),
    Permission("sign_vision", "sign the vision of this directorate", ("planning_is_open",)),
    Permission("keep_pledges", "record pledges and whether they were kept"),
    Permission("count_objectives", "say how many objectives serve an action"),
    Permission("close_planning", "close this planning with its review", ("planning_is_open",)),
    Permission("correct_review", "note a correction beside a review that is closed"),
    Permission("keep_steps", "say which steps directorates take", whole=True),
    Permission("keep_tiers", "say which actions of directorates serve which of the council's"),
    Permission("keep_reviews", "record reviews, and what the council answers to each of them"),
    Permission("keep_terms", "say which words the council uses, and who chose them"),
    Permission("adopt_edition", "adopt an edition of this plan for publication"),
    Permission(
        "publish_edition", "publish this edition", ("edition_waits", "second_person"), guarded=True
    ),
    Permission("set_aside_edition", "set this edition aside", ("edition_waits",)),
    Permission(
        "read_edition", "read an edition before the public does", ("edition_not_taken_down",)
    ),
    Permission(
        "take_down_edition",
        "ask for this edition to be taken down",
        ("edition_may_go",),
        guarded=True,
    ),
    Permission(
        "agree_takedown",
        "agree that this edition is taken down",
        ("takedown_waits", "second_to_ask"),
    ),
    Permission("let_edition_stand", "let this edition stand after all", ("takedown_waits",)),
    Permission(
        "read_taken_down",
        "read an edition that was taken down",
        ("edition_is_taken_down",),
        guarded=True,
    ),
    Permission(
        "keep_outbox",
        "see which emails wait, went or were given up, and send them again",
        whole=True,
    ),
    Permission("read_people", "see who holds which post and role"),
    Permission("add_person", "add a person or close an account", guarded=True),
    Permission("appoint", "say who holds a post", guarded=True),
    Permission("grant_role", "give or end a role", ("not_oneself",), guarded=True),
    Permission("change_units", "begin, rename, move or end a part of the council", guarded=True),
    Permission("read_audit", "read and verify the audit", whole=True, guarded=True),
)
PERMISSIONS: Mapping[str, Permission] = {p.name: p for p in _PERMISSIONS}

_READING = frozenset(
    {"open_workspace", "read_register", "export_plan", "open_evidence", "read_papers"}
)
_FOR_THEIR_BODY = {"record_ask": "sits_in_the_body", "record_stance": "sits_in_the_body"}
_ROLES = (
    Role(
        "programme_manager",
        "Programme manager",
        "Runs the programme: brings plans in, keeps every action current, and adopts editions. "
        "Somebody else publishes them.",
        _READING
        | {
            *("read_drafts", "receive_document", "answer_question", "adopt_draft"),
            *("set_aside_draft", "add_update", "move_date", "edit_plan", "word_public_page"),
            *("keep_measures", "give_figures", "read_figures", "tell_case_studies"),
            "hand_over_work",
            *("keep_ratings", "keep_habits", "adopt_edition", "set_aside_edition"),
            *("read_rounds", "keep_rounds"),
            *("read_edition", "agree_takedown", "let_edition_stand"),
            *("read_people", "keep_outbox", "send_links", "decide_date"),
            *("keep_committees", "record_ask", "answer_ask", "consult", "keep_terms"),
            *("make_paper", "issue_paper"),
            *("read_planning", "keep_planning", "keep_sessions", "open_pack", "sign_step"),
            *("keep_pledges", "count_objectives", "keep_steps", "keep_tiers", "keep_reviews"),
            "correct_review",
        },
        only={"answer_ask": "asked_of_their_part"},
    ),
    Role(
        "publisher",
        "Publishing officer",
        "Reads what the programme manager adopted and publishes it, or sets it aside. Never "
        "publishes what they adopted themselves. Asks for an edition to be taken down.",
        _READING
        | {
            *("read_drafts", "read_edition", "publish_edition", "set_aside_edition"),
            *("take_down_edition", "agree_takedown", "let_edition_stand"),
        },
    ),
    Role(
        "director",
        "Director",
        "Answers for a directorate: reads and updates every action in it, and agrees moved dates.",
        _READING
        | {
            *("add_update", "move_date", "decide_date", "answer_ask", "read_people"),
            *("read_rounds", "give_figures", "read_figures", "tell_case_studies"),
            *("read_planning", "keep_planning", "keep_sessions", "open_pack", "sign_step"),
            *("sign_vision", "keep_pledges", "count_objectives", "close_planning", "keep_tiers"),
            "correct_review",
        },
        only={"answer_ask": "asked_of_their_part"},
    ),
    Role(
        "lead_officer",
        "Lead officer",
        "Updates the actions that their own post leads, gives the figures of its measures, and "
        "reads the rest of the register.",
        _READING
        | {
            *("add_update", "move_date", "answer_ask"),
            *("give_figures", "read_figures", "tell_case_studies"),
        },
        only={
            **dict.fromkeys(("add_update", "move_date"), "leads_the_action"),
            **dict.fromkeys(("give_figures", "read_figures"), "owns_the_measure"),
            "tell_case_studies": "owns_the_measure",
            "answer_ask": "asked_of_their_post",
        },
    ),
    Role(
        "facilitator",
        "Facilitator",
        "Runs listening sessions in a directorate, and records that they were held and what was "
        "heard, never who said it.",
        frozenset({"open_workspace", "read_planning", "keep_sessions"}),
    ),
    Role(
        "democratic_services",
        "Democratic services officer",
        "Keeps the bodies that meet, their members and the calendar of meetings, and records what "
        "they ask for, in their words.",
        _READING | {"keep_committees", "record_ask"},
    ),
    Role(
        "staff_forum_chair",
        "Staff forum chair",
        "Sees what became of what staff asked for, action by action. Says what the forum thinks of "
        "a plan and asks for what it wants to know, in its own words.",
        _READING | {"record_ask", "record_stance"},
        only=_FOR_THEIR_BODY,
    ),
    Role(
        "union_representative",
        "Trade union representative",
        "Reads the register and its history for the joint committee. Says what their union or "
        "committee thinks of a plan and asks for what it wants to know, in its own words.",
        _READING | {"record_ask", "record_stance"},
        only=_FOR_THEIR_BODY,
    ),
    Role(
        "councillor",
        "Councillor",
        "Reads what moved, what slipped and why, before and between meetings.",
        _READING,
    ),
    Role(
        "auditor",
        "Auditor",
        "Reads the register and, in the whole council, the audit, and checks that nothing in it "
        "was changed.",
        _READING
        | {
            *("read_drafts", "read_people", "read_audit", "read_edition", "read_taken_down"),
            *("read_rounds", "read_planning"),
        },
    ),
    Role(
        "administrator",
        "Administrator",
        "Adds people, appoints holders of posts, gives roles and keeps the units. Changes no plan.",
        frozenset(
            {
                *("open_workspace", "read_people", "add_person", "appoint", "grant_role"),
                *("change_units", "read_audit", "keep_outbox"),
            }
        ),
    ),
)
ROLES: Mapping[str, Role] = {role.name: role for role in _ROLES}
