"""The chase screen: against a slow and obvious reckoning, in few queries, to whoever may see it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes import chase as changes
from goldenthread.web.changes import people, rounds
from goldenthread.web.models import (
    Action,
    DateRequest,
    Evidence,
    Holding,
    Lead,
    LinkUse,
    Mail,
    Round,
    TakenBack,
    Update,
    UpdateLink,
)
from goldenthread.web.queries import asked, chase, plan
from goldenthread.web.queries import rounds as rounds_read
from goldenthread.web.queries.cadences import cadences
from web.changes.test_rounds import Q2, SPRING, at, kept, opened
from web.world import AT, DAY, ON, SHOWN, action

HOUSING, TENANCY = "Housing and Communities", "Tenancy Services"


def _chase(world, row, on=ON, by=None, **narrowed):
    return chase.chase(
        for_=by or world.manager, round_=row, on=on, narrowed=chase.Narrowed(**narrowed)
    )


def _rows(found):
    return {one.row.title: one.row for lead in found.leads for one in lead.actions}


@pytest.fixture
def quarter(world):
    """Six actions of four leads, one of whom is a director, one nobody."""
    world.plan(
        action("Train panels", lead="Head of Learning"),
        action("Talk with leavers", lead="Head of Learning"),
        action("Publish the gap", lead="Head of Policy"),
        action("House people fairly", lead="Director of Housing and Communities"),
        action("Buy fairly", lead="Director of Resources"),
        action("Listen", lead="All managers"),
        at=SPRING,
    )
    post = world.council.posts["Director of Resources"]
    post.refresh_from_db()
    people.appoint_holder(
        by=world.administrator,
        post=post,
        person=None,
        since=date(2026, 7, 17),
        version=post.version,
        at=at(2026, 7, 17),
    )
    return world, opened(world, when=at(2026, 9, 17))


# -- where each action stands ----------------------------------------------------------------------


def test_each_action_has_one_state_and_they_add_up(quarter):
    world, row = quarter
    by_title = {one.text: one for one in Action.objects.all()}
    world.update(by_title["Train panels"], at=at(2026, 9, 20), evidence=[SHOWN])
    world.update(by_title["Publish the gap"], at=at(2026, 10, 15))
    for on, expected in {
        date(2026, 9, 20): ("answered", "due", "late", "waiting", "nobody", "nobody"),
        date(2026, 10, 1): ("answered", "due", "late", "due", "nobody", "nobody"),
        date(2026, 10, 15): ("answered", "overdue", "late", "overdue", "nobody", "nobody"),
    }.items():
        found = _chase(world, row, on)
        stands = {title: one.state for title, one in _rows(found).items()}
        assert tuple(stands[title] for title in by_title) == expected
        assert sum(found.states.values()) == found.total == found.found == 6


def test_why_nobody_can_be_asked_is_told_apart(quarter):
    world, row = quarter
    policy = world.council.people["Aisha Bello"]
    people.end_account(by=world.administrator, person=policy, version=policy.version, at=AT)
    troubles = {one.row.title: one.row.who.trouble for one in _listed(_chase(world, row))}
    assert troubles["Listen"] == "no_post"
    assert troubles["Buy fairly"] == "no_holder"
    assert troubles["Publish the gap"] == "no_address"
    Lead.objects.filter(action__text="Train panels").update(until=ON - DAY)
    troubles = {one.row.title: one.row.who.trouble for one in _listed(_chase(world, row))}
    assert (troubles["Train panels"], troubles["Talk with leavers"]) == ("no_lead", "")


def _listed(found):
    return [one for lead in found.leads for one in lead.actions]


def test_an_action_that_was_done_before_is_not_asked_for_and_one_done_in_the_round_was_answered(
    quarter,
):
    world, row = quarter
    done = {"status": "completed", "evidence": [SHOWN]}
    before, within = Action.objects.filter(leads__text="Head of Learning").order_by("pk")
    world.update(before, at=at(2026, 6, 10), completed_on=date(2026, 6, 9), **done)
    world.update(within, at=at(2026, 9, 30), completed_on=date(2026, 9, 29), **done)
    found = _rows(_chase(world, row))
    assert before.text not in found
    assert found[within.text].state == "answered"


def test_an_update_that_says_of_which_period_it_speaks_answers_that_one(quarter):
    world, row = quarter
    one, two = Action.objects.filter(leads__text="Head of Learning").order_by("pk")
    world.update(one, at=at(2026, 9, 20), about=date(2026, 6, 30))
    world.update(two, at=at(2026, 8, 3), about=Q2)
    found = _rows(_chase(world, row))
    assert (found[one.text].state, found[two.text].state) == ("due", "answered")


def test_an_update_that_was_taken_back_is_no_answer(quarter):
    world, row = quarter
    one = Action.objects.get(text="Publish the gap")
    said = world.update(one, at=at(2026, 9, 20))
    assert _rows(_chase(world, row))[one.text].state == "answered"
    TakenBack.objects.create(update=said, at=at(2026, 9, 21), by=world.manager)
    assert _rows(_chase(world, row))[one.text].state == "due"


def test_a_late_answer_speaks_of_the_round_until_the_next_window_opens(quarter):
    world, row = quarter
    one, two = Action.objects.filter(leads__text="Head of Learning").order_by("pk")
    world.update(one, at=at(2026, 12, 17))
    world.update(two, at=at(2026, 12, 18))
    found = _rows(_chase(world, row, date(2026, 12, 20)))
    assert (found[one.text].state, found[two.text].state) == ("late", "overdue")


@pytest.mark.parametrize(("last", "silent"), [((2026, 6, 16), True), ((2026, 6, 17), False)])
def test_an_owner_is_silent_after_two_quarters_without_a_word(quarter, last, silent):
    world, row = quarter
    one = Action.objects.get(text="Publish the gap")
    world.update(one, at=at(*last))
    found = _rows(_chase(world, row))[one.text]
    assert (found.silent, found.missed) == (silent, 2 if silent else 1)
    with override_settings(SILENT_AFTER=1):
        assert _rows(_chase(world, row))[one.text].silent


def test_the_register_marks_silent_owners_as_the_screen_does(quarter):
    world, _row = quarter
    kept(world, Action.objects.get(text="Listen"), 1)
    for number, one in enumerate(Action.objects.order_by("pk")[:4]):
        world.update(one, at=at(2026, 6, 15 + number))
    for on in (date(2026, 9, 16), ON, date(2026, 12, 17)):
        found = plan.register(for_=world.manager, as_at=on, filters=plan.Filters(mark="no_word"))
        known = cadences()
        naive = {
            one.text
            for one in Action.objects.select_related("plan")
            if known.rhythm_of(one).missed(
                timezone.localdate(one.updated_at) if one.updated_at else one.plan.begins, on
            )
            >= 2
        }
        assert {one.text for one in found.actions} == naive
        assert found.marks["no_word"] == len(naive)


# -- narrowing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", asked.STATES)
def test_a_state_narrows_the_leads_and_not_the_counts(quarter, name):
    world, row = quarter
    every, found = _chase(world, row), _chase(world, row, state=name)
    assert found.states == every.states
    assert found.found == len(_listed(found)) == every.states[name]
    assert {one.row.state for one in _listed(found)} <= {name}


def test_every_mark_finds_as_many_as_it_counts(quarter):
    world, row = quarter
    _everything_happens(world, row)
    every = _chase(world, row)
    for name in chase.MARKS:
        found = _chase(world, row, mark=name)
        assert found.marks == every.marks
        assert found.found == len(_listed(found)) == every.marks[name] > 0, name


def _everything_happens(world, row):
    """Links sent, opened, opened elsewhere, not gone; a date asked for; not mine; old words."""
    changes.send_links(by=world.manager, round=row, at=at(2026, 10, 1))
    learning, policy, housing = (
        UpdateLink.objects.get(person=world.council.people[name])
        for name in ("Joanna Osei", "Aisha Bello", "Colette Mbeki")
    )
    panels, leavers = Action.objects.filter(leads__text="Head of Learning").order_by("pk")
    Mail.objects.filter(about_id=learning.public_id).update(sent_at=AT)
    Mail.objects.filter(about_id=policy.public_id).update(gave_up_at=AT)
    Mail.objects.filter(about_id=housing.public_id).update(sent_at=AT)
    UpdateLink.objects.filter(pk=learning.pk).update(first_opened_at=AT, seen="a" * 64)
    LinkUse.objects.create(link=learning, at=AT, what="opened", elsewhere=True)
    LinkUse.objects.create(link=learning, at=AT, what="not_mine", action=leavers)
    DateRequest.objects.create(
        action=panels, words="31 May 2027", reason="Panels are new", at=AT, by=learning.person
    )
    world.update(panels, at=at(2026, 7, 1), done="Nothing new to say of it")
    world.update(panels, at=at(2026, 10, 1, hour=14), done="Nothing new to say of it")
    other = action("Nobody was sent this", lead="Head of Recruitment")
    world.plan(other, at=SPRING)


def test_what_became_of_each_link_is_told(quarter):
    world, row = quarter
    _everything_happens(world, row)
    changes.remind(by=world.manager, round=row, at=at(2026, 10, 9))
    ways = {lead.name: lead.way for lead in _chase(world, row, date(2026, 10, 9)).leads}
    assert ways["Joanna Osei"].mail == "sent"
    assert ways["Joanna Osei"].opened_at == AT
    assert ways["Joanna Osei"].elsewhere
    assert ways["Aisha Bello"].mail == "failed"
    assert (ways["Colette Mbeki"].mail, ways["Colette Mbeki"].opened_at) == ("sent", None)
    assert ways["Karl Brandt"] == chase.Sending()
    assert {name: way.reminders for name, way in ways.items() if name} == {
        "Joanna Osei": 1,
        "Aisha Bello": 1,
        "Colette Mbeki": 1,
        "Karl Brandt": 0,
    }


def test_a_state_or_mark_that_does_not_exist_is_refused(quarter):
    world, row = quarter
    for narrowed in ({"state": "tardy"}, {"mark": "x"}):
        with pytest.raises(Missing):
            _chase(world, row, **narrowed)


# -- who sees what ---------------------------------------------------------------------------------


def test_a_director_sees_the_plans_and_the_posts_of_their_directorate(quarter):
    world, row = quarter
    world.plan(action("Paint the stairs"), unit=world.unit(TENANCY), at=SPRING)
    director = world.council.people["Colette Mbeki"]
    found = _chase(world, row, by=director)
    assert set(_rows(found)) == {"House people fairly", "Paint the stairs"}
    assert found.total == 2
    assert _chase(world, row, by=world.somebody("auditor")).total == 7
    assert _chase(world, row, by=world.somebody("councillor")).total == 0


def test_leads_are_counted_under_their_own_directorate(quarter):
    world, row = quarter
    found = _chase(world, row)
    counts = {part.name: (every, quiet) for part, every, quiet in found.parts}
    assert counts == {
        "Resources": (4, 4),
        HOUSING: (1, 1),
        world.unit().name: (1, 1),
    }
    resources = world.unit("Resources").public_id
    narrowed = _chase(world, row, part=resources)
    assert narrowed.total == narrowed.found == 4
    assert narrowed.parts == found.parts


# -- against a slow oracle, and in few queries -----------------------------------------------------


def _many(world, actions, quarters):
    """So many actions of every lead, and so many quarters of updates, made by raw rows."""
    leads = ["Head of Learning", "Head of Policy", "Head of Recruitment", "Chief Executive"]
    plan = world.plan(
        *(action(f"Action {n}", lead=leads[n % 4]) for n in range(actions)), at=SPRING
    )
    rows = list(plan.actions.all())
    said, shown = [], []
    for number, one in enumerate(rows):
        for quarter_ in range(quarters):
            if (number + quarter_) % 3:
                moment = AT - timedelta(days=91 * quarter_ + number % 20)
                said.append(
                    Update(
                        action=one,
                        number=quarters - quarter_,
                        at=moment,
                        by=world.manager,
                        done=f"Said {number % 2}",
                    )
                )
    Update.objects.bulk_create(said)
    for one in said:
        if one.action_id % 2:
            shown.append(
                Evidence(
                    action_id=one.action_id,
                    update=one,
                    kind="link",
                    title="x",
                    url="https://a.example/",
                    at=one.at,
                )
            )
    Evidence.objects.bulk_create(shown)
    for one in rows:
        last = max((u.at for u in said if u.action_id == one.pk), default=None)
        Action.objects.filter(pk=one.pk).update(updated_at=last)
    return rows


def test_the_rows_are_those_of_an_obvious_reckoning(world):
    _many(world, 40, 5)
    kept(world, Action.objects.order_by("pk")[3], 6)
    row = opened(world)
    directors = {world.council.people["Tom Ellery"].pk}
    naive = {}
    for one in Action.objects.order_by("pk"):
        if cadences().rhythm_of(one).months != 3:
            continue
        updates = [
            u
            for u in Update.objects.filter(action=one).order_by("number")
            if row.teams_from <= timezone.localdate(u.at) < date(2026, 12, 18)
        ]
        holder = Holding.objects.get(post=one.leads.get().post, until__isnull=True).person_id
        if updates:
            said = timezone.localdate(updates[-1].at)
            state = "answered" if said <= row.closes else "late"
            bare = not Evidence.objects.filter(update=updates[-1]).exists()
        else:
            opens = row.directors_from if holder in directors else row.teams_from
            state, bare = ("due" if opens <= ON else "waiting"), False
        naive[one.public_id] = (state, holder, bare)
    found = {
        one.public_id: (one.state, one.who.person, one.bare) for one in asked.asked(row, on=ON)
    }
    assert found == naive
    assert len(found) == 39


def test_the_screen_takes_the_same_few_queries_with_few_actions_and_with_many(world):
    counts = []
    row = None
    for size in (8, 120):
        _many(world, size, 4)
        row = row or opened(world)
        changes.send_links(by=world.manager, round=row, at=AT)
        with CaptureQueriesContext(connection) as found:
            _chase(world, row)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 20


def test_rounds_that_are_read_together_are_read_as_each_alone(world, django_assert_max_num_queries):
    _many(world, 30, 3)
    for n, name in enumerate(("Resources", HOUSING)):
        world.plan(action(f"Do it here {n}"), unit=world.unit(name), at=SPRING)
    every = [opened(world)]
    kept(world, Action.objects.order_by("pk")[3], 6)
    for name in ("Resources", HOUSING):
        every.append(opened(world, unit=world.unit(name)))
    alone = [asked.asked(one, on=ON) for one in every]
    assert all(alone)
    known = cadences()
    with django_assert_max_num_queries(5):
        together = asked.asked_in(every, on=ON, known=known)
    assert list(together) == alone
    told = rounds_read.today(for_=world.manager, on=ON, led=()).heard
    for one in told:
        screen = _chase(world, one.round)
        assert (one.total, one.quiet) == (screen.total, screen.quiet)
        assert (one.silent, one.nobody) == (screen.marks["silent"], screen.states["nobody"])
    assert {one.round for one in told} == set(every)


# -- sending ---------------------------------------------------------------------------------------


def test_one_button_sends_each_lead_who_is_due_one_link_and_a_second_press_none(quarter):
    world, row = quarter
    before = audit.verify().entries
    assert _chase(world, row, date(2026, 9, 20)).to_send == 2
    sent = changes.send_links(by=world.manager, round=row, at=at(2026, 9, 20))
    assert sent == changes.Sent(2, 0, 2)
    assert {mail.person.name for mail in Mail.objects.all()} == {"Joanna Osei", "Aisha Bello"}
    assert audit.verify().entries == before + 2
    again = changes.send_links(by=world.manager, round=row, at=at(2026, 9, 20, hour=23))
    assert again == changes.Sent(0, 2, 2)
    assert Mail.objects.count() == 2
    assert _chase(world, row, date(2026, 9, 20)).to_send == 0
    # Directors come later, and who is still due is sent a new link on another day.
    later = changes.send_links(by=world.manager, round=row, at=at(2026, 10, 1))
    assert later == changes.Sent(3, 0, 2)
    assert UpdateLink.objects.filter(withdrawn_at__isnull=True).count() == 3


def test_a_link_goes_to_one_lead_alone(quarter):
    world, row = quarter
    joanna = world.council.people["Joanna Osei"]
    for expected in (changes.Sent(1, 0, 2), changes.Sent(0, 1, 2)):
        assert changes.send_links(by=world.manager, round=row, person=joanna, at=AT) == expected
    assert [mail.person for mail in Mail.objects.all()] == [joanna]
    with pytest.raises(Missing):
        changes.send_links(by=world.manager, round=row, person=world.publisher, at=AT)


def test_nobody_who_has_answered_everything_is_sent_a_link(quarter):
    world, row = quarter
    for one in Action.objects.filter(leads__text="Head of Learning"):
        world.update(one, at=at(2026, 9, 18))
    changes.send_links(by=world.manager, round=row, at=at(2026, 9, 20))
    assert [mail.person.name for mail in Mail.objects.all()] == ["Aisha Bello"]


def test_a_round_that_is_over_sends_nothing(quarter):
    world, row = quarter
    for moment in (at(2026, 10, 15), at(2027, 10, 1)):
        with pytest.raises(Missing):
            changes.send_links(by=world.manager, round=row, at=moment)
    rounds.close_round(by=world.manager, round=row, version=1, at=AT)
    for send in (changes.send_links, changes.remind):
        with pytest.raises(Missing):
            send(by=world.manager, round=row, at=AT)
    assert not Mail.objects.exists()


def test_reminders_go_to_who_has_a_link_and_no_answer_and_never_more_than_the_council_set(quarter):
    world, row = quarter
    changes.send_links(by=world.manager, round=row, at=at(2026, 9, 20))
    for one in Action.objects.filter(leads__text="Head of Learning"):
        world.update(one, at=at(2026, 9, 25))
    with pytest.raises(Missing):
        changes.remind(by=world.manager, round=row, at=at(2026, 9, 20, hour=18))
    changes.remind(by=world.manager, round=row, at=at(2026, 10, 5))
    reminded = Mail.objects.filter(kind="reminder")
    assert [mail.person.name for mail in reminded] == ["Aisha Bello"]
    for moment in (at(2026, 10, 5, hour=15), at(2026, 10, 12)):
        with pytest.raises(Missing):
            changes.remind(by=world.manager, round=row, at=moment)
    with override_settings(REMINDERS=2):
        changes.remind(by=world.manager, round=row, at=at(2026, 10, 12))
    assert reminded.all().count() == 2


def test_the_clock_reminds_three_days_before_the_end_once(quarter):
    world, row = quarter
    changes.send_links(by=world.manager, round=row, at=at(2026, 10, 1))
    assert rounds.turn(at=at(2026, 10, 10)).reminded == 0
    assert rounds.turn(at=at(2026, 10, 11)).reminded == 3
    for moment in (at(2026, 10, 11, hour=20), at(2026, 10, 12), at(2025, 10, 12)):
        assert rounds.turn(at=moment).reminded == 0
    with override_settings(REMINDERS=0):
        assert rounds.turn(at=at(2026, 10, 13)).reminded == 0
    assert Mail.objects.filter(kind="reminder").count() == 3
    assert Round.objects.get().version == row.version


def test_a_clock_moved_back_by_a_year_sends_nothing_twice(quarter):
    world, row = quarter
    changes.send_links(by=world.manager, round=row, at=AT)
    sent = changes.send_links(by=world.manager, round=row, at=AT - timedelta(days=1))
    assert sent.links == 0
    assert Mail.objects.count() == 3
