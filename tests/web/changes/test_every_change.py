"""Every change, made once in the state in which it is allowed; a change that is not there fails.

Who may make each, and from where, is tried with ``ATTEMPTS`` in web/test_authorisation.py.
"""

import importlib
from pathlib import Path

import pytest
from django.db.models import Max

import goldenthread.web.changes
from goldenthread.web.bridge import Rating
from goldenthread.web.changes import (
    again,
    habits,
    people,
    public_words,
    ratings,
    review,
    takedown,
    units,
)
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.deed import CHANGES
from goldenthread.web.models import (
    AuditEntry,
    Grant,
    Link,
    Promise,
    Recommendation,
)
from goldenthread.web.queries.again import put_together
from web import choosing
from web.changes import (
    bodies,
    committee_papers,
    cycles,
    links,
    listened,
    measured,
    organising,
    outbox,
    owning,
    places,
    planned,
    pledging,
    reviewed,
    tiering,
)
from web.changes.attempt import Attempt
from web.test_permissions import TABLE
from web.world import AT, DAY, ON, SHOWN, action, draft_value

FOLDER = Path(goldenthread.web.changes.__file__).parent
MODULES = [p for p in sorted(FOLDER.glob("*.py")) if p.stem not in ("__init__", "demo")]
TENANCY, RESOURCES = "Tenancy Services", "Resources"


def _question(world, unit):
    draft = world.draft(unit=unit, warnings=places.ALIGNMENT)
    return draft.questions.first()


def _grant(world, unit):
    return Grant.objects.create(
        person=world.somebody(), role="councillor", unit=unit, since=ON, given_by=world.manager
    )


def _post(world, unit):
    return people.add_post(
        by=world.administrator, title="Head of Stitching", unit=unit, begins=ON, at=AT
    )


def _later(world, unit):
    return world.later(world.plan(unit=unit), action("Hold listening sessions at night too"))


def _chosen(world, unit):
    draft = _later(world, unit)
    chosen = {one.key: again.Chosen(False) for one in put_together(draft).proposals}
    return again.choose(by=world.manager, draft=draft, version=1, choices=chosen, at=AT)


def _habit(world, unit):
    return places.habit(world, unit)


def _joined(world, unit):
    action = world.action(unit=unit)
    ends = {"to_kind": "recommendation", "to_id": "x", "meaning": "sees", "since": ON}
    return Link.objects.create(from_kind="action", from_id=action.public_id, **ends)


ATTEMPTS = {
    "add_person": Attempt(
        "add_person",
        lambda w, u: lambda by: people.add_person(by=by, name="A", email="a@b.example", at=AT),
        asked_of="nothing",
    ),
    "end_account": Attempt(
        "add_person",
        lambda w, u, p=None: (
            lambda who: lambda by: people.end_account(by=by, person=who, version=1, at=AT)
        )(w.somebody()),
        asked_of="body",
    ),
    "grant_role": Attempt(
        "grant_role",
        lambda w, u: (
            lambda who: (
                lambda by: people.grant_role(
                    by=by, person=who, role="councillor", unit=u, since=ON, at=AT
                )
            )
        )(w.somebody()),
    ),
    "end_role": Attempt(
        "grant_role",
        lambda w, u: (
            lambda grant: lambda by: people.end_role(by=by, grant=grant, until=ON, at=AT)
        )(_grant(w, u)),
    ),
    "add_unit": Attempt(
        "change_units",
        lambda w, u: (
            lambda by: people.add_unit(
                by=by, name="Stitching", kind="Team", parent=u, begins=ON, at=AT
            )
        ),
    ),
    "succeed_unit": Attempt(
        "change_units",
        lambda w, u: (
            lambda by: units.succeed_unit(
                by=by,
                before=u,
                after=w.unit("Place and Environment"),
                on=ON,
                version=u.version,
                at=AT,
            )
        ),
    ),
    "open_account_again": Attempt(
        "add_person",
        lambda w, u: (
            lambda who: lambda by: people.open_account_again(by=by, person=who, version=1, at=AT)
        )(w.somebody()),
        asked_of="body",
    ),
    "rename_unit": Attempt(
        "change_units",
        lambda w, u: (
            lambda by: units.rename_unit(
                by=by, unit=u, name="Stitching", kind="Team", version=u.version, at=AT
            )
        ),
    ),
    "end_unit": Attempt(
        "change_units",
        lambda w, u: lambda by: units.end_unit(by=by, unit=u, until=ON, version=u.version, at=AT),
    ),
    "move_unit": Attempt(
        "change_units",
        lambda w, u: (
            lambda by: units.move_unit(
                by=by, unit=u, parent=w.unit(RESOURCES), on=ON, version=u.version, at=AT
            )
        ),
        asked_of="both",
    ),
    "change_post": Attempt(
        "appoint",
        lambda w, u: (
            lambda post: (
                lambda by: units.change_post(
                    by=by,
                    post=post,
                    title="Stitcher",
                    unit=u,
                    name_public=True,
                    version=post.version,
                    at=AT,
                )
            )
        )(_post(w, u)),
    ),
    "end_post": Attempt(
        "appoint",
        lambda w, u: (
            lambda post: (
                lambda by: units.end_post(
                    by=by, post=post, until=ON, heir=None, version=post.version, at=AT
                )
            )
        )(_post(w, u)),
    ),
    "add_post": Attempt(
        "appoint",
        lambda w, u: lambda by: people.add_post(by=by, title="Stitcher", unit=u, begins=ON, at=AT),
    ),
    "appoint_holder": Attempt(
        "appoint",
        lambda w, u: (
            lambda post: (
                lambda by: people.appoint_holder(
                    by=by, post=post, person=w.manager, since=ON, version=post.version, at=AT
                )
            )
        )(_post(w, u)),
    ),
    "add_strand": Attempt(
        "change_units",
        lambda w, u: lambda by: people.add_strand(by=by, name="Life outcomes", at=AT),
        asked_of="body",
    ),
    "keep_draft": Attempt(
        "receive_document",
        lambda w, u: (
            lambda by: plans.keep_draft(
                by=by, unit=u, strand=w.council.strand, draft=draft_value(places.ACTION), at=AT
            )
        ),
    ),
    "answer_question": Attempt(
        "answer_question",
        lambda w, u: (
            lambda q: (
                lambda by: plans.answer_question(
                    by=by, question=q, version=1, answer="as_read", at=AT
                )
            )
        )(_question(w, u)),
    ),
    "settle_row": Attempt(
        "answer_question",
        lambda w, u: (
            lambda d: lambda by: plans.settle_row(by=by, draft=d, recommendation=0, put={}, at=AT)
        )(w.draft(places.ACTION, unit=u, warnings=places.ALIGNMENT)),
    ),
    "set_aside_draft": Attempt(
        "set_aside_draft",
        lambda w, u: (lambda d: lambda by: plans.set_aside_draft(by=by, draft=d, version=1, at=AT))(
            w.draft(unit=u)
        ),
    ),
    "adopt_draft": Attempt(
        "adopt_draft",
        lambda w, u: (lambda d: lambda by: plans.adopt_draft(by=by, draft=d, version=1, at=AT))(
            w.draft(unit=u)
        ),
    ),
    "add_action": Attempt(
        "edit_plan",
        lambda w, u: (
            lambda rec: (
                lambda by: plans.add_action(
                    by=by,
                    recommendation=rec,
                    text="Publish it",
                    when="31 March 2027",
                    post=w.council.posts["Head of Policy"],
                    at=AT,
                )
            )
        )(w.plan(unit=u).recommendations.first()),
    ),
    "choose": Attempt(
        "answer_question",
        lambda w, u: (
            lambda d: (
                lambda by: again.choose(
                    by=by,
                    draft=d,
                    version=1,
                    choices={one.key: again.Chosen(True) for one in put_together(d).proposals},
                    at=AT,
                )
            )
        )(_later(w, u)),
    ),
    "take_over": Attempt(
        "adopt_draft",
        lambda w, u: (
            lambda d: lambda by: again.take_over(by=by, draft=d, version=d.version, at=AT)
        )(_chosen(w, u)),
    ),
    "record_export": Attempt(
        "export_plan",
        lambda w, u: (
            lambda p: (
                lambda by: plans.record_export(by=by, plan=p, format="docx", layout="full", at=AT)
            )
        )(w.plan(unit=u)),
    ),
    "reword_action": Attempt(
        "edit_plan",
        lambda w, u: (
            lambda a: lambda by: plans.reword_action(by=by, action=a, version=1, text="B", at=AT)
        )(w.action(unit=u)),
    ),
    "hand_over": Attempt(
        "edit_plan",
        lambda w, u: (
            lambda a: (
                lambda by: plans.hand_over(
                    by=by,
                    action=a,
                    version=1,
                    post=w.council.posts["Head of Policy"],
                    since=ON + DAY,
                    at=AT,
                )
            )
        )(w.action(unit=u)),
    ),
    "link": Attempt(
        "edit_plan",
        lambda w, u: (
            lambda a: (
                lambda by: plans.link(
                    by=by,
                    from_=a,
                    to=Recommendation.objects.filter(plan=a.plan).first(),
                    meaning="sees",
                    since=ON,
                    at=AT,
                )
            )
        )(w.action(unit=u)),
    ),
    "end_link": Attempt(
        "edit_plan",
        lambda w, u: (
            lambda j: (
                lambda by: plans.end_link(by=by, joined=j, until=ON, reason="Done with", at=AT)
            )
        )(_joined(w, u)),
    ),
    "word_public_page": Attempt(
        "word_public_page",
        lambda w, u: (
            lambda p: lambda by: public_words.word_public_page(by=by, of=p, version=1, at=AT)
        )(w.plan(unit=u)),
    ),
    "keep_ratings": Attempt(
        "keep_ratings",
        lambda w, u: (
            lambda by: ratings.keep_ratings(
                by=by,
                ratings=[Rating("green", "Well", "x"), Rating("red", "Ill", "y")],
                reason="Why",
                version=0,
                at=AT,
            )
        ),
        asked_of="body",
    ),
    **outbox.ATTEMPTS,
    **measured.ATTEMPTS,
    "keep_habit": Attempt(
        "keep_habits",
        lambda w, u: (
            lambda by: habits.keep_habit(
                by=by, unit=u, about="status", text="Live", meaning="in_progress", at=AT
            )
        ),
    ),
    "change_habit": Attempt(
        "keep_habits",
        lambda w, u: (
            lambda h: (
                lambda by: habits.change_habit(by=by, habit=h, version=1, meaning="on_hold", at=AT)
            )
        )(_habit(w, u)),
    ),
    "remove_habit": Attempt(
        "keep_habits",
        lambda w, u: (lambda h: lambda by: habits.remove_habit(by=by, habit=h, version=1, at=AT))(
            _habit(w, u)
        ),
    ),
    "take_profile": Attempt(
        "keep_habits",
        lambda w, u: lambda by: habits.take_profile(by=by, unit=u, profile=places.PROFILE, at=AT),
    ),
    **bodies.ATTEMPTS,
    **committee_papers.ATTEMPTS,
    "adopt_edition": Attempt(
        "adopt_edition",
        lambda w, u: (lambda p: lambda by: plans.adopt_edition(by=by, plan=p, version=1, at=AT))(
            w.plan(unit=u)
        ),
    ),
    "publish_edition": Attempt(
        "publish_edition",
        lambda w, u: (
            lambda e: lambda by: plans.publish_edition(by=by, edition=e, version=1, at=AT)
        )(w.edition(unit=u)),
    ),
    "set_aside_edition": Attempt(
        "set_aside_edition",
        lambda w, u: (
            lambda e: (
                lambda by: plans.set_aside_edition(
                    by=by, edition=e, version=1, reason="Wait", at=AT
                )
            )
        )(w.edition(unit=u)),
    ),
    "ask_takedown": Attempt(
        "take_down_edition",
        lambda w, u: (
            lambda e: (
                lambda by: takedown.ask_takedown(
                    by=by, edition=e, version=e.version, public_reason="Y", reason="X", at=AT
                )
            )
        )(w.published(unit=u)),
    ),
    "agree_takedown": Attempt(
        "agree_takedown",
        lambda w, u: (
            lambda t: lambda by: takedown.agree_takedown(by=by, takedown=t, version=1, at=AT)
        )(w.asked_down(w.published(unit=u))),
    ),
    "let_stand": Attempt(
        "let_edition_stand",
        lambda w, u: (
            lambda t: (
                lambda by: takedown.let_stand(by=by, takedown=t, version=1, reason="Fine", at=AT)
            )
        )(w.asked_down(w.published(unit=u))),
    ),
    "read_apart": Attempt(
        "read_taken_down",
        lambda w, u: (lambda e: lambda by: takedown.read_apart(by=by, edition=e, at=AT))(
            w.taken_down(w.published(unit=u))
        ),
    ),
    "add_update": Attempt(
        "add_update",
        lambda w, u: (
            lambda a: (
                lambda by: review.add_update(
                    by=by, action=a, version=1, done="Held two", evidence=[SHOWN], at=AT
                )
            )
        )(w.action(unit=u)),
    ),
    "move_date": Attempt(
        "move_date",
        lambda w, u: (
            lambda a: (
                lambda by: review.move_date(
                    by=by,
                    action=a,
                    version=1,
                    promise=Promise.objects.filter(action=a).first(),
                    new="30 June 2027",
                    reason="No money yet",
                    at=AT,
                )
            )
        )(w.action(unit=u)),
    ),
}
ATTEMPTS |= {name: Attempt(*one) for name, one in links.ATTEMPTS.items()}
ATTEMPTS |= cycles.ATTEMPTS | planned.ATTEMPTS | organising.ATTEMPTS | tiering.ATTEMPTS
ATTEMPTS |= listened.ATTEMPTS | reviewed.ATTEMPTS
ATTEMPTS |= {name: Attempt(*one) for name, one in choosing.ATTEMPTS.items()}
ATTEMPTS |= {name: Attempt(*one) for name, one in owning.ATTEMPTS.items()}
ATTEMPTS |= {name: Attempt(*one) for name, one in pledging.ATTEMPTS.items()}
# Of one's own account, for everybody; and what only whoever runs the command can ask for.
OF_ONESELF = {"change_password", "sign_out_elsewhere", "close_own_account"}
BY_COMMAND = {"forget_second_factor"}
# By whoever has a link, for its own person: test_by_link asks each of them as the table does here.
BY_LINK = {
    *("begin", "update_by_link", "take_back", "ask_for_date", "say_not_mine", "ask_for_link"),
}
# A lead officer holds no post here, so their own narrower permission lets them nothing.
NARROWED = {
    "lead_officer": {
        *("add_update", "move_date", "give_figures", "read_figures", "tell_case_studies"),
    }
}


def _expected(name, role):
    attempt = ATTEMPTS[name]
    allowed = role in TABLE[attempt.permission]
    return allowed and attempt.permission not in NARROWED.get(role, ())


def test_every_change_is_attempted():
    for path in MODULES:
        importlib.import_module(f"goldenthread.web.changes.{path.stem}")
    assert set(ATTEMPTS) == set(CHANGES) - {"begin_site"} - OF_ONESELF - BY_COMMAND - BY_LINK


@pytest.mark.parametrize("name", ATTEMPTS)
def test_a_change_writes_one_entry_of_the_audit_and_names_its_actor(world, name):
    allowed = sorted(r for r in TABLE[ATTEMPTS[name].permission] if _expected(name, r))
    by = world.somebody(allowed[0], world.unit())
    deed = ATTEMPTS[name].make(world, world.unit(TENANCY))
    before = AuditEntry.objects.aggregate(last=Max("number"))["last"]
    deed(by)
    entries = AuditEntry.objects.filter(number__gt=before)
    assert [(entry.number, entry.actor) for entry in entries] == [(before + 1, by.public_id)]
