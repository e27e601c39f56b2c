"""Every form of the workspace, every field: hostile text is refused or kept as the words it is.

``FORMS`` makes each form's thing and a sending that would be taken; each of its words is then put
in place of each hostile one. A form that is not there fails a test. What is asked of every answer:
no fault of ours, no element that the words themselves made, and nothing kept but what ``words``
allows.
"""

import csv
import io
import re
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.web.changes import habits, people
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.words import words
from goldenthread.web.models import AuditEntry, Update
from goldenthread.web.views.declared import addresses
from hostile import VECTORS
from web import measuring
from web.changes import links, owning, places
from web.changes.test_habits import receive
from web.world import AT, DAY, ON, action
from web_pages import Page

TODAY = timezone.localdate()
BIDI = "\u202e\u2066\u2069\u200f"
INVISIBLE = "\u200b\u200c\u200d\ufeff\u2060"
CONTROL = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, 0x85, 0x9F]))
FORMULAS = ('=HYPERLINK("https://elsewhere.example/")', "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(1)")
MEGABYTE = "long words " * 95_000
HOSTILE = (
    *VECTORS,
    *FORMULAS,
    f"left{BIDI}right",
    f"no{INVISIBLE}thing",
    f"bell{CONTROL}bell",
    "nul\0nul",
    "lone\ud800surrogate",
    "e\u0301" * 900,
    "\U0001f9f5" * 900,
    "W" * 900,
    " \u00a0\u3000\u2028 ",
    MEGABYTE,
)


def day(name, value=TODAY):
    return {f"{name}-{part}": getattr(value, part) for part in ("day", "month", "year")}


@dataclass(frozen=True)
class Sending:
    """A sending that would be taken: who sends it, of what thing, and its fields.

    ``typed`` are the fields in which somebody writes words.
    """

    make: object
    typed: tuple[str, ...]
    by: str = "manager"
    fields: dict = field(default_factory=dict)


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
        ("meeting", "plan"),
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
}
# Pages that ask nothing, and the demonstration's own menu.
NO_FORM = re.compile(
    r"_page$|^(habits_profile|workspace_home|switch_person|plans|plan|draft|edition|edition_as_public|register"
    r"|register_csv|action|action_history|evidence_file|people|posts|units|who_may|ratings"
    r"|recommendation|outbox|round|rounds|cadences|audit|audit_checked|audit_verified"
    r"|kept_words|round_links|date_requests|committees|committee|meetings|meeting|asks|ask"
    r"|consultation|consulted_edition|terms|figures_csv|inside_figures_csv)$"
)
ASKED = {"key": "k" * 32}


def _client(world, who):
    client = Client(raise_request_exception=False)
    client.force_login(getattr(world, who))
    return client


def _address(name, thing):
    kind = next(a.declared.kind for a in addresses() if a.name == name)
    return reverse(name, kwargs={kind: thing.public_id} if kind else {})


def _send(world, name, /, **more):
    """The answer to a sending, and the thing that it is of."""
    form = FORMS[name]
    thing = form.make(world) if form.make else None
    version = getattr(thing, "version", 0)
    given = {"key": secrets.token_hex(16), "version": version} | form.fields | more
    return _client(world, form.by).post(_address(name, thing), given), thing


def _harmless(answer, hostile):
    """Nothing runs, nothing points elsewhere, and no fault of ours is shown."""
    assert answer.status_code in (200, 302, 400, 403, 404, 409, 422), answer.status_code
    if answer.status_code == 302 or not answer.content:
        return
    for tag, attributes in Page(answer.content).elements:
        assert tag not in ("script", "iframe", "base", "math", "img", "object"), (tag, hostile)
        assert not [name for name in attributes if name.startswith("on")], (tag, hostile)
        target = attributes.get("href") or attributes.get("action") or ""
        assert not target.lower().startswith(("javascript:", "data:", "vbscript:")), target
        assert "elsewhere.example" not in target


def test_every_form_of_the_workspace_is_here():
    guarded = {a.name for a in addresses() if a.declared and a.declared.permission}
    assert {name for name in guarded if not NO_FORM.search(name)} == set(FORMS)


# Fields that are chosen, not written: a few hostile words say as much as all of them.
CHOSEN = {
    *(
        "unit",
        "strand",
        "answer",
        "agreed",
        "row",
        "without_actions",
        "status",
        "rag",
        "papers",
        "pieces",
    ),
    *("owner", "counts", "quantity", "places", "better", "months", "system", "horizon", "ends"),
    *("unit", "strand", "answer", "row", "without_actions", "status", "rag", "papers", "pieces"),
    *(
        "hide",
        "post",
        "to",
        "meaning",
        "format",
        "layout",
        "left",
        "person",
        "role",
        "parent",
        "heir",
        "months",
    ),
    *("sort", "part", "every", "kind_of_ask", "meeting", "about", "whole", "committees", "stance"),
}


@pytest.mark.parametrize("name", FORMS)
def test_hostile_words_in_any_field_do_no_harm(world, name):
    for typed in FORMS[name].typed:
        for hostile in HOSTILE[::6] if typed in CHOSEN else HOSTILE[::2]:
            answer, _thing = _send(world, name, **{typed: _sendable(hostile)})
            _harmless(answer, hostile)


def _sendable(text):
    """A lone surrogate cannot leave a browser; what arrives in its place is a question mark."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def test_what_is_kept_of_hostile_words_is_what_words_allows(world):
    for hostile in HOSTILE:
        if hostile in (MEGABYTE,) or not words(_sendable(hostile), name="x").strip():
            continue
        before = Update.objects.count()
        answer, row = _send(world, "add_update", done=_sendable(hostile))
        if "\0" in hostile:
            assert answer.status_code == 422  # no keyboard types it: the form says so
            continue
        assert answer.status_code == 302
        assert Update.objects.count() == before + 1
        said = Update.objects.get(action=row).done
        assert said == words(_sendable(hostile), name="done")
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", said)


def test_no_cell_of_the_register_is_a_formula_whatever_was_typed(world):
    for formula in FORMULAS:
        assert _send(world, "reword_action", title=formula, text=formula)[0].status_code == 302
    table = _client(world, "manager").get(reverse("register_csv")).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@"))] == []
    assert len([cell for cell in cells if cell.endswith(FORMULAS)]) == 2 * len(FORMULAS)


@pytest.mark.parametrize("name", [n for n, form in FORMS.items() if form.typed])
def test_words_that_are_far_too_long_are_refused_and_nothing_is_changed(world, name):
    form = FORMS[name]
    for typed in form.typed:
        if typed in ("without_actions", "left", "papers", "pieces", "hide"):
            continue  # a tick and two marks of the form itself: no words are kept of them
        thing = form.make(world) if form.make else None
        before = AuditEntry.objects.count()
        given_ = {"key": secrets.token_hex(16), "version": getattr(thing, "version", 0)}
        given_ |= form.fields | {typed: "long " * 60_000}
        answer = _client(world, form.by).post(_address(name, thing), given_)
        assert (typed, answer.status_code in (200, 422)) == (typed, True)
        assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_forged_is_refused_and_changes_nothing(world, name):
    form = FORMS[name]
    thing = form.make(world) if form.make else None
    client = Client(enforce_csrf_checks=True)
    client.force_login(getattr(world, form.by))
    before = AuditEntry.objects.count()
    given = ASKED | form.fields | {"version": getattr(thing, "version", 0)}
    answer = client.post(_address(name, thing), given)
    assert answer.status_code == 403
    assert "nothing was done" in answer.content.decode()
    made = AuditEntry.objects.order_by("-number")[: AuditEntry.objects.count() - before]
    assert {entry.act for entry in made} == {"form.refused"}


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name].make])
@pytest.mark.parametrize(
    "other", ["nonesuch", "' or 1=1 --", "../../../etc/passwd", "%00", "x" * 5000]
)
def test_an_identifier_that_is_none_is_not_found(world, name, other):
    thing = FORMS[name].make(world)
    address = _address(name, thing).replace(thing.public_id, other)
    answer = _client(world, FORMS[name].by).post(address, ASKED)
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name].make])
def test_the_thing_of_another_unit_is_refused_and_the_audit_says_so(world, name):
    form = FORMS[name]
    thing = form.make(world)
    held = {
        "manager": "programme_manager",
        "judge": "auditor",
        "union": "union_representative",
    }
    role = held.get(form.by, form.by)
    client = Client()
    client.force_login(world.somebody(role, world.unit("Place and Environment")))
    given = ASKED | form.fields | {"version": getattr(thing, "version", 0)}
    before = AuditEntry.objects.count()
    assert client.post(_address(name, thing), given).status_code == 403
    made = [entry.act for entry in AuditEntry.objects.order_by("number")[before:]]
    assert made == ["refused"]


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 40, "1; drop table"])
def test_a_version_that_no_row_has_is_out_of_step_and_nothing_is_lost(world, version):
    answer, row = _send(world, "add_update", version=version)
    assert answer.status_code in (409, 422)
    assert "Held two" in Page(answer.content).text
    assert not Update.objects.filter(action=row).exists()


def test_a_file_with_a_hostile_name_is_kept_under_a_plain_one(world):
    for name in (*VECTORS[:6], "../../x.pdf", "a\u202efdp.exe", "con.pdf", "x" * 190 + ".pdf"):
        file = SimpleUploadedFile("list.pdf", b"%PDF-1.7")
        file.name = name.replace("/", "_")
        answer, row = _send(world, "add_update", file_1=file)
        assert answer.status_code in (302, 422)
        for one in row.evidence.all():
            assert not re.search(r'[<>"\'/\\\x00-\x1f]', one.name)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    done=st.text(min_size=1, max_size=60), changed=st.text(max_size=60), title=st.text(max_size=60)
)
def test_whatever_is_typed_the_page_shows_words_alone(world, done, changed, title):
    given_ = {"done": _sendable(done), "changed": _sendable(changed), "title_1": _sendable(title)}
    answer, row = _send(world, "add_update", **given_)
    _harmless(answer, done)
    page = _client(world, "manager").get(reverse("action", kwargs={"action": row.public_id}))
    assert page.status_code == 200
    _harmless(page, done)


def test_hostile_words_about_a_name_do_no_harm(world):
    asked = receive(world).questions.get(words="Reach")
    for hostile in HOSTILE[::2]:
        asked.refresh_from_db()
        given_ = {"key": secrets.token_hex(16), "version": asked.version, "answer": "means"}
        given_ |= {"meaning": "post", "full": _sendable(hostile), "remember": "on"}
        client = _client(world, "manager")
        _harmless(client.post(_address("question", asked), given_), hostile)
        _harmless(client.get(reverse("draft", kwargs={"draft": asked.draft.public_id})), hostile)
        _harmless(client.get(reverse("habits_page")), hostile)
