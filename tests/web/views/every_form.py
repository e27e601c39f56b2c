"""Every form of the workspace, with how it is sent once: for the tests that send all of them."""

import re
import secrets
from datetime import timedelta

from goldenthread.plan.steps import SIX
from goldenthread.web.changes import habits, people
from goldenthread.web.changes import plan as plans
from web import choosing, closing, measuring
from web.changes import links, owning, places, planned, pledging, tiering
from web.views.listening_forms import LISTENING_FORMS
from web.views.sending import TODAY, Sending, day
from web.world import AT, DAY, ON, action

PARTS = (
    '{"begins": "2026-10-01", "said": [{"path": ["Homes"], "row": 2, "kind": "", "begins": ""}]}'
)


def _question(world):
    return world.draft(places.ACTION, warnings=places.ALIGNMENT).questions.first()


def _later(world):
    return world.later(world.plan(), action("Hold listening sessions at night too"))


def _measure(world):
    return measuring.measure(world)


def _link(world):
    row = world.action()
    return plans.link(
        by=world.manager, from_=row, to=row.recommendation, meaning="sees", since=ON, at=AT
    )


def _grant(world):
    return world.somebody("councillor").grants.get()


def _habit(world):
    return habits.keep_habit(
        by=world.manager,
        unit=world.unit(),
        about="lead",
        text=f"Reach {secrets.token_hex(4)}",
        meaning="body",
        at=AT,
    )


def _closed(world):
    person = world.somebody()
    people.end_account(by=world.administrator, person=person, version=1, at=AT)
    return person


def _row(world):
    return world.action(action("Train panels"))


def _a_part(world):
    return world.unit("Tenancy Services")


def _a_post(world):
    return world.council.posts["Head of Learning"]


ADMIN = "administrator"
MEASURE_WORDS = (
    *("text", "number", "definition", "owner", "source", "counts", "quantity", "unit_words"),
    *("unit_one", "places", "better", "months", "system", "baseline_value", "tolerance"),
    "limits_from",
)
CASE_WORDS = ("title", "story")
# A row of a file of figures, as the page that shows it sends it on.
LINES = (
    '[{"row": 2, "period": "Q2 2026/27", "value": "61", "part": "", "whole": "", '
    '"commentary": "As expected", "remedy": ""}]'
)
UNIT_WORDS = ("programme", "contact", "licence")
FORMS = {
    "enter_review": Sending(None, ("title", "reviewer", "terms"), fields={"title": "Review"}),
    "change_review": Sending(
        closing.review, ("title", "reviewer", "terms"), fields={"title": "Review"}
    ),
    "keep_report": Sending(
        closing.review, ("title", "url"), fields={"title": "Report", "url": closing.LINK}
    ),
    "record_recommendations": Sending(
        closing.review, ("theme", "text"), fields={"theme": "Pay", "text": "1. Publish the gap"}
    ),
    "answer_recommendation": Sending(
        lambda w: closing.recommended(w)[0],
        ("position", "text", "reason", "decided_by"),
        fields={"position": "not_accepted", "text": "No", "reason": "Why", "decided_by": "Cabinet"}
        | day("answered_on"),
    ),
    # Which part is named by the address: test_evaluation writes each of them.
    "write_part": Sending(closing.planned, ("text",), fields={"text": "Ask first"}),
    "make_claim": Sending(closing.planned, ("text",), fields={"text": "It is mixed"}),
    "withdraw_claim": Sending(
        lambda w: closing.the_claim(w, closing.planned(w)), ("reason",), fields={"reason": "Not so"}
    ),
    "show_claim": Sending(
        lambda w: closing.the_claim(w, closing.planned(w)),
        ("text", "url", "measure", "evidence"),
        fields={"text": "The report", "url": closing.LINK},
    ),
    "withdraw_evidence": Sending(
        lambda w: closing.show(w, closing.the_claim(w, closing.planned(w))),
        ("reason",),
        fields={"reason": "Another report"},
    ),
    "record_look": Sending(closing.planned, ("decided",), fields={"decided": "Go on"} | day("on")),
    "put_closing": Sending(
        lambda w: (w.committee(), closing.told(w, closing.planned(w)))[1],
        ("committees",),
        fields=day("wanted_by", TODAY + 30 * DAY),
    ),
    "close_planning": Sending(closing.ready, ("post",), by="director"),
    "carry_over": Sending(closing.following, ("reason",), fields={"stays": "yes"}),
    "correct_review": Sending(
        lambda w: w.planning(closed=True), ("text",), fields={"text": "It was 11."}
    ),
    "receive_several": Sending(None, ("strand",)),
    "whose_drafts": Sending(None, ()),
    "receive": Sending(None, ("unit", "strand", "dated")),
    "question": Sending(
        _question, ("answer", "text", "timescale", "leads"), fields={"answer": "changed"}
    ),
    "settle_row": Sending(
        lambda w: w.draft(places.ACTION, warnings=places.ALIGNMENT),
        ("row", "timescale-0"),
        fields={"row": "1"},
    ),
    "adopt": Sending(lambda w: w.draft(), ("without_actions",)),
    "again": Sending(_later, (), fields={"all": "yes", "reason-all": "Why"}),
    "take_over": Sending(_later, ()),
    "export_plan": Sending(
        lambda w: w.plan(), ("format", "layout"), fields={"format": "csv", "layout": "full"}
    ),
    # Its boxes are named after actions: test_workbooks types into them.
    "bring_back": Sending(lambda w: w.plan(), (), fields={"taking": "yes"}),
    "public_words": Sending(lambda w: w.plan(), (*UNIT_WORDS, "about", "summary", "coming")),
    "unit_public_words": Sending(lambda w: w.unit(), UNIT_WORDS),
    "add_contributor": Sending(
        lambda w: w.action(), ("post", "team", "group", "remark"), fields=day("since")
    ),
    "end_contribution": Sending(lambda w: owning.contributor(w, w.unit()), (), fields=day("until")),
    "answer_alone": Sending(
        lambda w: owning.joint(w, w.unit()), ("lead",), fields=day("since", TODAY + DAY)
    ),
    "hand_over_work": Sending(
        lambda w: owning.post(w, w.unit()),
        ("to", "meanwhile", "reason", "seen"),
        fields=day("on", TODAY + DAY),
    ),
    "hand_back": Sending(
        lambda w: owning.handover(w, w.unit()),
        ("reason",),
        fields=day("on", TODAY + DAY) | {"checked": "yes"},
    ),
    "name_for_plan": Sending(
        lambda w: w.plan(), ("part", "post", "what", "forum"), fields=day("since")
    ),
    "name_for_unit": Sending(
        lambda w: w.unit(), ("part", "post", "what", "forum"), fields=day("since")
    ),
    "end_answerable": Sending(lambda w: owning.answerable(w, w.unit()), (), fields=day("until")),
    "add_milestone": Sending(lambda w: w.action(), ("text",), fields=day("due")),
    "move_milestone": Sending(
        lambda w: owning.milestone(w, w.unit()), ("reason",), fields=day("due", TODAY + DAY)
    ),
    "reach_milestone": Sending(lambda w: owning.milestone(w, w.unit()), (), fields=day("on")),
    "drop_milestone": Sending(lambda w: owning.milestone(w, w.unit()), ("reason",)),
    "reopen_milestone": Sending(lambda w: owning.reached(w, w.unit()), ("reason",)),
    "add_area": Sending(
        lambda w: w.planning(),
        ("number", "title", "reason", "evidence", "hardness", "horizon", "choice"),
        fields=choosing.PLACED | {"number": "H1"} | day("on", ON),
    ),
    "weigh_area": Sending(
        choosing.the_area,
        ("title", "reason", "evidence", "why", "difference"),
        fields=choosing.PLACED | {"why": "Staff said so", "hardness": "less"} | day("on", ON),
    ),
    "withdraw_area": Sending(
        choosing.area, ("reason",), fields={"reason": "It is one with another"}
    ),
    "ground_area": Sending(choosing.area, ("ground",)),
    "act_on_area": Sending(choosing.area, ("action",)),
    "unjoin_area": Sending(
        choosing.grounded, ("joined", "reason"), fields={"reason": "It was another"}
    ),
    "planning_horizons": Sending(
        lambda w: w.planning(), ("name_1",), fields={"name_1": "Short term"} | day("ends_1")
    ),
    "write_vision": Sending(
        lambda w: w.planning(),
        ("text", "written_with"),
        fields={"text": choosing.SAME, "version": 0} | day("read_again_on", TODAY + 300 * DAY),
    ),
    "ask_about_vision": Sending(
        choosing.vision,
        ("committees", "text"),
        fields={"text": "Would you hold us to it?"} | day("wanted_by", TODAY + DAY),
    ),
    "record_vision_answer": Sending(
        lambda w: choosing.asked(w).vision,
        ("asked", "stance", "text", "source"),
        fields={"stance": "supports", "source": "Minutes"} | day("said_on"),
    ),
    "ask_signatures": Sending(choosing.vision, ("posts",)),
    "withdraw_signer": Sending(choosing.to_sign, ("post", "reason"), fields={"reason": "Empty"}),
    "sign_vision": Sending(
        lambda w: choosing.to_sign(w) if w.director else None, ("post",), by="director"
    ),
    "record_signature": Sending(
        choosing.to_sign, ("post", "paper"), fields={"paper": "Minutes"} | day("on")
    ),
    "read_vision_again": Sending(
        choosing.signed,
        ("text",),
        fields={"text": "It holds"} | day("again_on", TODAY + 300 * DAY),
    ),
    "vision_asked": Sending(
        lambda w: choosing.asked(w) if w.union else None,
        ("stance", "text"),
        by="union",
        fields={"stance": "supports"},
    ),
    "horizons": Sending(lambda w: w.plan(), ("name_1", "name_4"), fields=day("ends_1")),
    "set_aside_draft": Sending(lambda w: w.draft(), ()),
    "adopt_edition": Sending(lambda w: w.plan(), ()),
    "publish": Sending(lambda w: w.edition(), (), "publisher"),
    "set_aside_edition": Sending(lambda w: w.edition(), ("reason",)),
    "take_down": Sending(
        lambda w: w.published(),
        ("public_reason", "reason", "hide"),
        "publisher",
        {"public_reason": "It pointed at somebody", "reason": "A1 names her"},
    ),
    "make_paper": Sending(
        lambda w: w.meeting(on=TODAY + timedelta(days=9)).committee,
        ("meeting", "plan", "strand"),
        fields=day("as_at", TODAY),
    ),
    "word_paper": Sending(
        lambda w: w.paper(),
        (
            *("purpose", "item", "author", "contact", "lead_member", "wards", "summary"),
            *("decisions", "background", "finance", "legal", "people", "equality", "risk"),
        ),
        fields={"purpose": "decision", "author": "Chief Executive", "decisions": "Note it"},
    ),
    "issue_paper": Sending(lambda w: w.worded(), ("look",), fields={"look": "ours"}),
    "agree_takedown": Sending(lambda w: w.asked_down(w.published()), ()),
    "let_stand": Sending(lambda w: w.asked_down(w.published()), ("reason",)),
    "taken_down": Sending(lambda w: w.taken_down(w.published()), (), "judge"),
    "add_update": Sending(
        _row,
        (
            *("done", "changed", "status", "rag", "cause", "step", "stops_when"),
            *("title_1", "link_1", "papers", "pieces"),
        ),
        fields={"done": "Held two", "pieces": "1"},
    ),
    "move_date": Sending(
        _row,
        ("new", "reason", "agreed_by"),
        fields={"new": "31 March 2099", "reason": "No money"},
    ),
    "reword_action": Sending(_row, ("number", "title", "text"), fields={"text": "Train them"}),
    "hand_over": Sending(_row, ("post",), fields=day("since", TODAY + timedelta(days=1))),
    "join_action": Sending(_row, ("to", "meaning"), fields={"meaning": "sees"} | day("since")),
    "begin_planning": Sending(None, ("unit", "strand"), fields=day("begins")),
    "name_plan": Sending(lambda w: w.planning(), ("plan",)),
    "plan_step": Sending(lambda w: w.planning(), (), fields={"version": 0} | day("due")),
    "sign_step": Sending(
        planned.waiting, ("post", "came"), fields={"version": 0, "came": "41 came"} | day("on", ON)
    ),
    "reopen_step": Sending(
        planned.signed_once, ("reason",), fields={"version": 1, "reason": "One more group"}
    ),
    "change_step": Sending(
        None,
        ("name", "asks", "fact_1", "every_1", "least_1", "lacks_1", "reason"),
        fields={
            **{"name": "Ask the unions", "asks": "Put it to them.", "reason": "Asked"},
            **{"fact_1": "pledges", "least_1": "1", "lacks_1": "No pledge yet."},
        },
    ),
    "order_steps": Sending(
        None,
        ("reason",),
        fields={f"place_{word}": place for place, word in enumerate(SIX.words)}
        | {"place_listen": 9, "reason": "Asked"},
    ),
    "join_measure": Sending(_measure, ("to", "meaning"), fields={"meaning": "sees"} | day("since")),
    "join_plan": Sending(
        lambda w: w.plan(), ("to", "meaning"), fields={"meaning": "sees"} | day("since")
    ),
    "join_recommendation": Sending(
        lambda w: w.plan().recommendations.get(),
        ("to", "meaning"),
        fields={"meaning": "sees"} | day("since"),
    ),
    "end_link": Sending(_link, ("reason",), fields=day("until")),
    "action_strands": Sending(lambda w: w.action(), ("strands",)),
    "measure_strands": Sending(_measure, ("strands",)),
    "review_strands": Sending(closing.review, ("strands",)),
    "serve": Sending(lambda w: tiering.below(w)[0], ("to",)),
    "keep_local": Sending(lambda w: tiering.below(w)[0], ("reason",)),
    "need_not": Sending(
        lambda w: tiering.above(w)[0], ("units", "reason"), fields={"units": "none"}
    ),
    "stop_serving": Sending(lambda w: tiering.served(w, w.unit("Resources")), ("reason",)),
    "proposed": Sending(
        lambda w: tiering.proposed(w)[0].plan, ("pair", "deed"), fields={"deed": "join"}
    ),
    "undo_apart": Sending(lambda w: tiering.kept_local(w, w.unit("Resources")), ("reason",)),
    "add_action": Sending(
        lambda w: w.plan().recommendations.get(),
        ("text", "title", "number", "when", "post"),
        fields={"text": "Train", "when": "31 March 2099"},
    ),
    "withdraw_link": Sending(lambda w: links.a_link(w, w.somebody()), ()),
    "decide_date": Sending(links.asked_date, ("agreed", "answer"), fields={"agreed": "no"}),
    "change_ratings": Sending(
        None,
        ("word_green", "rule_green", "reason"),
        fields={
            "word_green": "Well",
            "rule_green": "x",
            "word_red": "Ill",
            "rule_red": "y",
            "reason": "Asked",
        },
    ),
    "begin_plan": Sending(
        lambda w: w.planning(), ("title", "heading"), fields={"title": "Our plan"}
    ),
    "add_planned_action": Sending(
        pledging.planned,
        (
            *("text", "title", "number", "post", "support", "when", "measure", "baseline"),
            *("target", "good"),
        ),
        fields={"text": "Train all panels", "when": "31 March 2027"},
    ),
    "good_of_action": Sending(_row, ("text",), fields={"text": "All feel heard"}),
    "good_of_measure": Sending(measuring.measure, ("text",), fields={"text": "All feel heard"}),
    "make_pledge": Sending(
        lambda w: w.planning(),
        ("text", "post", "team", "team_words", "public"),
        fields={"text": "We will listen", "team_words": "Night shift"} | day("made_on"),
    ),
    "make_pledge_of_unit": Sending(
        lambda w: w.unit(),
        ("text", "team_words", "public"),
        fields={"text": "We will listen", "team_words": "Members on equality"} | day("made_on"),
    ),
    "follow_up": Sending(
        pledging.pledge, ("what", "text"), fields={"what": "kept", "text": "So"} | day("on")
    ),
    "choose_reader": Sending(pledging.pledge, ("public",), fields={"public": "public"}),
    "count_objectives": Sending(
        lambda w: w.planning(),
        ("ends", "action", "serving", "held", "reason"),
        fields={"ends": "2026-09-30", "serving": "312", "held": "405", "reason": "Again"},
    ),
    "add_service_plan": Sending(
        lambda w: w.planning(),
        ("unit", "title", "place", "link"),
        fields={"title": "Service plan", "place": "Folder"} | day("begins") | day("ends"),
    ),
    "change_service_plan": Sending(
        pledging.service_plan,
        ("title", "place", "link"),
        fields={"title": "Service plan", "place": "Folder"} | day("begins") | day("ends"),
    ),
    "end_service_plan": Sending(pledging.service_plan, (), fields=day("on")),
    "put_in_service_plan": Sending(pledging.service_plan, ("action", "reference")),
    "take_out_of_service_plan": Sending(pledging.service_plan, ("action",)),
    "try_mail_again": Sending(lambda w: w.mail(), ()),
    "leave_mail": Sending(lambda w: w.mail(), ()),
    "try_all_again": Sending(None, ()),
    "send_trial": Sending(None, ()),
    "add_plan_measure": Sending(
        lambda w: w.plan(), MEASURE_WORDS, fields={"text": "Panels", "months": "3"}
    ),
    "add_action_measure": Sending(_row, MEASURE_WORDS, fields={"text": "Panels", "months": "3"}),
    "define_measure": Sending(
        measuring.measure,
        MEASURE_WORDS,
        fields={"text": "Panels", "quantity": "share", "better": "higher", "counts": "things"},
    ),
    "end_measure": Sending(measuring.measure, ("reason",), fields=day("until")),
    "set_target": Sending(
        measuring.measure,
        ("value", "rationale", "horizon"),
        fields={"value": "60", "rationale": "Half way", "horizon": "short"} | day("on"),
    ),
    "replace_target": Sending(
        lambda w: measuring.target(w, measuring.measure(w), "50"),
        ("value", "rationale", "horizon"),
        fields={"value": "60", "rationale": "Half way", "horizon": "short"} | day("on"),
    ),
    "change_tolerance": Sending(None, ("near", "reason"), fields={"near": "5", "reason": "Asked"}),
    "give_figure": Sending(
        measuring.measure,
        ("ends", "value", "part", "whole", "commentary", "remedy"),
        fields={"ends": "2026-09-30", "value": "61", "commentary": "As expected"},
    ),
    "correct_figure": Sending(
        lambda w: measuring.give(w, measuring.measure(w), measuring.Q2, "60"),
        ("value", "part", "whole", "commentary", "remedy", "reason"),
        fields={"value": "61", "commentary": "As expected", "reason": "Counted twice"},
    ),
    "bring_figures": Sending(measuring.measure, ("lines",), fields={"lines": LINES}),
    "tell_of_action": Sending(
        _row, CASE_WORDS, fields={"title": "A", "story": "B"} | day("told_on")
    ),
    "tell_of_measure": Sending(
        measuring.measure, CASE_WORDS, fields={"title": "A", "story": "B"} | day("told_on")
    ),
    "change_case_study": Sending(
        measuring.case_study, CASE_WORDS, fields={"title": "A", "story": "B"} | day("told_on")
    ),
    "add_habit": Sending(
        None,
        ("unit", "text", "meaning"),
        fields={"text": "Kitty", "meaning": "other", "checked": "yes"},
    ),
    "change_habit": Sending(
        _habit, ("meaning", "full"), fields={"meaning": "post", "checked": "yes"}
    ),
    "remove_habit": Sending(_habit, ()),
    "bring_profile": Sending(
        None, ("unit", "profile"), fields={"profile": places.PROFILE, "checked": "yes"}
    ),
    "add_committee": Sending(
        None,
        ("name", "sort", "letter", "asked_before", "unit"),
        fields={"name": "Panel", "sort": "other", "letter": "QQ"} | day("begins"),
    ),
    "change_committee": Sending(
        lambda w: w.committee(),
        ("name", "sort", "letter"),
        fields={"name": "Panel", "sort": "other", "letter": "QQQ"},
    ),
    "end_committee": Sending(lambda w: w.committee(), (), fields={"checked": "yes"} | day("until")),
    "agree_remit": Sending(
        lambda w: w.committee(),
        ("text", "link"),
        fields={"text": "To look at it"} | day("agreed_on", ON),
    ),
    "seat": Sending(
        lambda w: w.committee(),
        ("post", "text", "part"),
        fields={"text": "UNISON", "part": "member"} | day("since"),
    ),
    "end_seat": Sending(lambda w: w.committee().memberships.first(), (), fields=day("until")),
    "arrange_meetings": Sending(
        lambda w: w.committee(),
        ("every", "starts", "finishes", "place", "papers_before"),
        fields={"every": "once", "place": "Hall", "checked": "yes"} | day("on"),
    ),
    "change_meeting": Sending(
        lambda w: w.meeting(), ("starts", "finishes", "place"), fields={"place": "Hall"} | day("on")
    ),
    "cancel_meeting": Sending(lambda w: w.meeting(), ("reason",), fields={"reason": "Snow"}),
    "record_ask": Sending(
        lambda w: w.committee(),
        ("text", "kind_of_ask", "meeting", "member", "post", "about"),
        fields={"text": "Why?", "kind_of_ask": "request"} | day("asked_on", ON),
    ),
    "direct_ask": Sending(lambda w: w.ask(), ("post", "about"), fields=day("due")),
    "answer_ask": Sending(
        lambda w: w.ask(),
        ("text", "whole", "link"),
        fields={"text": "So", "whole": "yes"} | day("answered_on", ON),
    ),
    "ask_again": Sending(
        lambda w: w.answer(w.ask()).ask,
        ("text", "reason", "meeting"),
        fields={"text": "Why?", "reason": "Not said"} | day("asked_on", ON),
    ),
    "withdraw_ask": Sending(lambda w: w.ask(), ("reason",), fields={"reason": "Seen"}),
    # What is asked of whom is chosen among things of the moment: test_consultation_pages chooses.
    "consult": Sending(
        lambda w: w.plan(), ("about", "committees", "text"), fields={"text": "Well?"}
    ),
    "say_outcome": Sending(lambda w: w.consultation(), ("text",), fields={"text": "Agreed"}),
    "record_stance": Sending(
        lambda w: (w.union, w.committee())[1],
        ("about", "stance", "text"),
        "union",
        {"stance": "objects"},
    ),
    "choose_term": Sending(
        None,
        ("stands_for", "text", "chosen_by", "reason"),
        fields={"stands_for": "Us", "text": "We", "chosen_by": "The network"} | day("since", ON),
    ),
    "my_calendar": Sending(None, (), fields={"renew": "yes"}),
    "record_review": Sending(
        lambda w: w.plan(), ("title", "reviewer", "terms"), fields={"title": "Review"}
    ),
    "add_person": Sending(
        None, ("name", "email"), ADMIN, {"name": "Ann", "email": "ann@brackenford.example"}
    ),
    "close_account": Sending(lambda w: w.somebody(), ("left",), ADMIN, {"checked": "yes"}),
    "open_account_again": Sending(_closed, (), ADMIN),
    "give_role": Sending(None, ("person", "role", "unit"), ADMIN, day("since")),
    "end_role": Sending(_grant, (), ADMIN, day("until")),
    "add_post": Sending(None, ("title", "unit"), ADMIN, {"title": "Head"} | day("begins")),
    "appoint_holder": Sending(_a_post, ("person",), ADMIN, day("since")),
    "change_post": Sending(_a_post, ("title", "unit"), ADMIN, {"title": "Head of Skills"}),
    "end_post": Sending(_a_post, ("heir",), ADMIN, {"checked": "yes"} | day("until")),
    "add_unit": Sending(None, ("name", "sort", "parent"), ADMIN, {"name": "Homes"} | day("begins")),
    "bring_units": Sending(None, ("lines",), ADMIN, {"lines": PARTS, "sure": "on"}),
    "rename_unit": Sending(_a_part, ("name", "sort"), ADMIN, {"name": "Homes"}),
    "move_unit": Sending(_a_part, ("parent",), ADMIN, {"checked": "yes"} | day("on")),
    "end_unit": Sending(_a_part, ("heir",), ADMIN, {"checked": "yes"} | day("until")),
    "open_round": Sending(None, (), fields=day("closes")),
    "keep_round_open": Sending(lambda w: w.round(), (), fields=day("closes")),
    "close_round": Sending(lambda w: w.round(), ()),
    "send_links": Sending(lambda w: w.round(), ()),
    "remind": Sending(lambda w: w.round(), ()),
    "unit_cadence": Sending(
        _a_part, ("months", "teams_before", "grace"), fields={"months": "6", "checked": "yes"}
    ),
    "plan_cadence": Sending(
        lambda w: w.plan(), ("months",), fields={"months": "6", "checked": "yes"}
    ),
    "action_cadence": Sending(_row, ("months",), fields={"months": "6", "checked": "yes"}),
    "end_cadence": Sending(lambda w: w.cadence(), ()),
} | LISTENING_FORMS
# Pages that ask nothing, and the demonstration's own menu.
NO_FORM = re.compile(
    r"_page$|^(habits_profile|workspace_home|switch_person|plans|plan|draft|edition|edition_as_public|register"
    r"|register_csv|action|action_history|evidence_file|people|posts|units|who_may|ratings"
    r"|recommendation|outbox|round|rounds|cadences|audit|audit_checked|audit_verified"
    r"|kept_words|round_links|date_requests|committees|committee|meetings|meeting|asks|ask"
    r"|consultation|consulted_edition|terms|figures_csv|inside_figures_csv"
    r"|two_tiers|two_tiers_list|plans_proposed"
    r"|directorates|directorate|steps|planning_step"
    r"|planning_review|planning_left|learnt|reviews|review|report_file|claim_file"
    r"|session|heard_theme|pack_file|finding"
    r"|priorities|priorities_picture|area|vision"
    r"|planning_measures|pledges|pledge|service_plan"
    r"|milestones_csv|units_csv|who_is_who|papers|paper|paper_file|paper_drawn|roadmap|since|leaving)$"
)
