"""The process of the scrutiny update in a real browser: seven directorates, six steps, two tiers.

On the demonstration each of the seven stands where its work left it. Regeneration and Growth begins
once more from nothing, in another strand of the programme: its facilitator, its director, the
programme manager, the staff network and the union carry it through all six steps, form by form, to
a review that is closed and a year that goes on from it. The two tiers say what nobody serves.
"""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.changes import demo, demo_bodies, demo_tiers, people
from goldenthread.web.models import (
    Action,
    Area,
    Consultation,
    HeardTheme,
    Pack,
    Planning,
    VisionAsked,
)
from web.screens.browsing import Desk

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

UNIT, STRAND = "Regeneration and Growth", demo_tiers.SERVICES
POST, HEAD = f"Director of {UNIT}", "Head of Economy"
DIRECTOR = "Stephen Mallory"
BEGAN = date(2026, 12, 1)
# Where the process left each directorate of the demonstration, as its board says it.
LEFT = {
    "Adults and Health": "is at step 4 of 6: the leadership has not signed a vision yet",
    "Children’s Services": "is at step 3 of 6: no priority is chosen yet",
    "Education and Skills": "is at step 6 of 6: 3 of 5 parts of the review are not told yet",
    "Housing and Communities": "is at step 5 of 6: 4 of 11 actions cannot yet be measured",
    "Place and Environment": "is at step 1 of 6: nothing is missing, and it waits to be signed off",
    "Regeneration and Growth": "is at step 3 of 6: no priority is chosen yet",
    "Resources": "is at step 2 of 6: no data pack has been discussed yet",
}
DAYS = {
    "listen": date(2026, 12, 18),
    "figures": date(2027, 1, 15),
    "priorities": date(2027, 1, 29),
    "vision": date(2027, 2, 26),
    "measures": date(2027, 3, 31),
    "review": date(2027, 12, 10),
}


def noon(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


@pytest.fixture
def clock():
    with time_machine.travel(noon(BEGAN), tick=True) as at:
        yield at


@pytest.fixture
def council(world, clock):
    demo.half_way(world.council)
    demo.directorates(world.council)
    # A head of service, who has no account of the workspace and signs on paper.
    given = {"by": world.administrator, "at": timezone.now()}
    head = people.add_person(name="Nadia Kerr", email="nadia.kerr@brackenford.example", **given)
    post = people.add_post(title=HEAD, unit=world.unit(UNIT), begins=BEGAN, **given)
    people.appoint_holder(post=post, person=head, since=BEGAN, version=post.version, **given)
    return world


@pytest.fixture
def sit(chromium, council):
    """A function that gives somebody of the cast at a desk of their own, by their role or name."""
    desks = {}

    def sit(who):
        person = council.council.people.get(who) or council.council.holding(who)
        if person.pk not in desks:
            desks[person.pk] = Desk(chromium, person)
        return desks[person.pk]

    sit.desks = desks
    yield sit
    for desk in desks.values():
        desk.browser.context.close()


def to(name, row=None, of=""):
    given = {row._meta.model_name: row.public_id} if row is not None else {}
    return reverse(name, kwargs=given) + (f"?of={of}" if of else "")


def standing(desk):
    """What the overview says of each directorate: its steps, by the row's heading."""
    desk.open(to("directorates"))
    rows = desk.main.locator(".gt-overview tbody tr").all()
    return {
        " ".join(row.locator("th").inner_text().split()): [
            cell.inner_text().split("\n")[0].strip() for cell in row.locator("td").all()
        ]
        for row in rows
    }


def orphans(desk):
    """The ends that do not meet, each way, by the numbers on the page of the two tiers."""
    desk.open(to("two_tiers"))
    found = {
        which: [
            one.inner_text()
            for one in desk.main.locator(f"section[aria-labelledby={which}] a > strong").all()
        ]
        for which in ("unserved", "unserving")
    }
    return desk.heading, found


def signed(desk, planning, word, came):
    """The director signs a step off on its own page."""
    desk.open(to("sign_step", planning, word))
    assert "cannot be signed off yet" not in desk.words
    said = desk.send("Sign it off", {"What came of it?": came})
    assert "The step is signed off." in said
    return said


def begin(manager):
    """The programme manager begins the planning and plans the day of each step."""
    manager.open(to("directorates"))
    manager.press("Begin the planning of a directorate")
    manager.send(
        "Begin it",
        {
            "Which directorate plans?": UNIT,
            "In which strand of the programme?": STRAND,
            "From which day?": BEGAN,
        },
    )
    assert "The planning has begun." in manager.words
    row = Planning.objects.get(unit__name=UNIT, strand__name=STRAND)
    for word, due in DAYS.items():
        manager.open(to("plan_step", row, word))
        manager.send("Plan this day", {"By which day will it be done?": due})
    manager.open(to("directorate", row))
    assert manager.heading == f"{UNIT} is at step 1 of 6: no listening session is recorded yet"
    return row


def listen(facilitator, director, row, clock):
    """Step 1: three sessions, two themes, one-to-ones counted once the quarter is over."""
    director.open(to("sign_step", row, "listen"))
    refused = director.send("Sign it off", {"What came of it?": "We listened."})
    assert "No listening session is recorded yet." in refused
    clock.move_to(noon(date(2026, 12, 17)))
    for on, place, off_site in (
        (date(2026, 12, 8), "Town Hall, Committee Room 2", False),
        (date(2026, 12, 10), "Northgate market office", True),
        (date(2026, 12, 15), "By video", False),
    ):
        facilitator.open(to("listen_page", row))
        facilitator.press("Enter a session")
        said = {
            "Focus group": True,
            "On which day?": on,
            "Where?": place,
            "Which staff could come?": "Everybody in the directorate",
            "How many came?": "12",
            "Who ran it?": "Organisational Development Adviser",
        }
        if off_site:
            said["The place is no office"] = True
        facilitator.send("Keep this session", said)
    for name, weight in (
        ("Grants go to groups that know the form", "Raised by many"),
        ("Traders are told of works in English only", "Raised by some"),
    ):
        facilitator.open(to("hear_theme", row))
        for box in facilitator.main.get_by_role("checkbox").all():
            box.check()
        facilitator.send("See how it reads", {"What was heard?": name, weight: True})
        facilitator.press("Keep this theme")
        assert "The theme is kept." in facilitator.words
    clock.move_to(noon(date(2027, 1, 8)))
    facilitator.open(to("count_one_to_ones", row))
    counted = {
        "Up to the end of which quarter?": "Quarter 3, 2026/27 (31 December 2026)",
        "How many in all?": "14",
    }
    assert "The one-to-ones are counted." in facilitator.send("Keep this count", counted)
    signed(director, row, "listen", "3 focus groups were held, one of them at the market.")


def look_at_figures(director, row, clock):
    """Step 2: a pack with its file, findings and a figure."""
    clock.move_to(noon(date(2027, 1, 14)))
    director.open(to("figures_page", row))
    director.press("Keep a data pack")
    table = b"Ward,Share of grants\nNorthgate,4\nHillside,31\n"
    file = {"name": "Grants.csv", "mimeType": "text/csv", "buffer": table}
    director.page.set_input_files("[name=file]", file)
    director.send(
        "Keep this pack",
        {
            "What is the pack called?": "Grants and contracts by ward",
            "When did the management team discuss it?": date(2027, 1, 12),
            "What was found in it?": "Northgate has the most groups and the fewest grants.",
        },
    )
    pack = Pack.objects.get(planning=row)
    director.open(to("enter_figure", pack))
    director.send(
        "Keep this figure",
        {
            "What is the figure of?": "Grants that went to Northgate",
            "The figure": "4",
            "What stands behind it?": "per cent",
        },
    )
    director.open(to("add_finding", pack))
    director.send("Keep this finding", {"What was found?": "No letter about works was translated."})
    assert director.read(to("pack_file", pack)) == table
    signed(director, row, "figures", "The management team wrote down what the pack shows.")


def choose(director, row, clock):
    """Step 3: three areas weighed, two chosen with their reason, each with what it comes from."""
    clock.move_to(noon(date(2027, 1, 28)))
    director.open(to("planning_horizons", row))
    director.fill({"Name 1": "Short term", "Name 2": "Medium term"})
    for place, year in ((1, "2027"), (2, "2029")):
        for part, typed in (("day", "31"), ("month", "12"), ("year", year)):
            director.page.locator(f"[name=ends_{place}-{part}]").fill(typed)
    director.press("Keep these")
    for title, hardness, difference, chosen, reason in (
        (
            "Who knows of our grants",
            *("Most challenging", "Greatest difference", "Yes, we start with it"),
            "The form and where it is shown are ours to change.",
        ),
        (
            "Letters about works",
            *("Less so", "Greatest difference", "Yes, we start with it"),
            "It costs little, and traders lose days of trade.",
        ),
        (
            "Who owns the empty shops",
            *("Most challenging", "Little difference", "No, not now"),
            "Most belong to others, and the law gives us no say.",
        ),
    ):
        director.open(to("add_area", row))
        said = director.send(
            "Place it",
            {
                "What is the area?": title,
                hardness: True,
                difference: True,
                chosen: True,
                "Why is it chosen, or why not?": reason,
            },
        )
        assert "The area was placed." in said
    for title, theme in (
        ("Who knows of our grants", "Grants go to groups that know the form"),
        ("Letters about works", "Traders are told of works in English only"),
    ):
        director.open(to("ground_area", Area.objects.get(planning=row, title=title)))
        director.choose("What does it come from?", theme)
        director.press("Join them")
        assert theme in director.words
    director.open(to("priorities", row))
    assert director.heading == f"{UNIT}: 2 areas chosen, 1 not"
    signed(director, row, "priorities", "2 of 3 areas chosen, the reason for each written down.")


def agree_on_a_vision(sit, row, clock):
    """Step 4: drafted, put to the network, written anew for it, signed by two posts, published."""
    director, network, manager = (
        *(sit(DIRECTOR), sit("staff_forum_chair")),
        sit("programme_manager"),
    )
    clock.move_to(noon(date(2027, 2, 2)))
    director.open(to("write_vision", row))
    director.send("Keep the draft", {"The vision, word for word": "Growth that everybody sees."})
    director.follow("Put it to bodies")
    director.send(
        "Ask them",
        {
            demo_bodies.NETWORK: True,
            "By when is an answer wanted?": date(2027, 2, 19),
        },
    )
    asked = VisionAsked.objects.get(vision__planning=row)
    network.open(to("committee", asked.committee))
    assert "Growth that everybody sees." not in network.words
    network.main.locator(f'a[href="{to("vision_asked", asked)}"]').click()
    assert "Growth that everybody sees." in network.words
    network.send(
        "Record it",
        {
            "Supports with objections": True,
            "In its own words": "Sees is too little. Say who has a part in it.",
        },
    )
    assert "It was recorded as you wrote it." in network.words
    clock.move_to(noon(date(2027, 2, 22)))
    director.open(to("vision", row))
    assert "Say who has a part in it." in director.words
    director.press("Write a new version")
    director.send(
        "Keep the draft",
        {
            "The vision, word for word": "Growth in which every ward has a part.",
            "What does this version change, and why?": "The network asked who has a part in it.",
        },
    )
    director.follow("Ask for signatures")
    director.send("Ask them", {POST: True, HEAD: True})
    director.press(f"Sign it as {POST}")
    director.press("Sign it")
    director.open(to("sign_step", row, "vision"))
    refused = director.send("Sign it off", {"What came of it?": "I signed."})
    assert "The leadership has not signed a vision yet." in refused
    manager.open(to("vision", row))
    manager.follow(f"Signed on paper: {HEAD}")
    manager.send(
        "Record it",
        {
            "On which day was it given?": date(2027, 2, 22),
            "Where is the signed paper kept?": "Minutes of the management team, 22 February 2027",
        },
    )
    assert manager.heading == f"{UNIT}: vision signed 22 February 2027"
    signed(director, row, "vision", "The vision is signed by two posts.")


def define_measures(director, row, clock):
    """Step 5: actions from themes, by five words; a pledge, a service plan, objectives counted."""
    clock.move_to(noon(date(2027, 3, 3)))
    director.open(to("planning_measures", row))
    director.press("Begin the plan by hand")
    director.send("Begin it", {"What is the plan called?": f"{UNIT}: the services we run, 2027"})
    for text, area, when, measure, baseline, target in (
        (
            "Help 40 groups of all five wards to ask for a grant",
            "Who knows of our grants",
            "30 September 2027",
            *("Wards in which a group has a grant", "2 of 5 in January 2027", "All 5"),
        ),
        (
            "Send every letter about works in the five languages most spoken there",
            "Letters about works",
            "31 March 2028",
            *("Letters about works that were translated", "None in 2026/27", "9 in 10"),
        ),
    ):
        director.open(to("area", Area.objects.get(planning=row, title=area)))
        director.follow("Make an action of it")
        director.fill({"What will be done?": text})
        director.press("See how it reads")
        assert "of the five words are not met yet" in director.words
        number = Area.objects.get(planning=row, title=area).number
        director.send(
            "Promise this",
            {
                "Which priority does it come from? (optional)": f"{number} {area}",
                "Which post answers for it?": f"{POST}, {UNIT}",
                "By when?": when,
                "How will anyone know that it worked?": measure,
                "Where does that stand today?": baseline,
                "How much would be enough?": target,
            },
        )
        assert "The action was added." in director.words
    assert director.heading == f"{UNIT}: all 2 of its actions can be measured"
    first = row_of(row, "Help 40 groups")
    director.open(to("good_of_action", first))
    director.send("Keep this", {"What does good look like?": "A new group gets its first grant."})
    theme = HeardTheme.objects.get(planning=row, name__startswith="Grants go")
    director.open(to("heard_theme", theme))
    director.press("Say what came of it")
    director.choose("Which action comes from it?", first.text[:20])
    director.press("Join them")
    assert "Help 40 groups" in director.words
    director.open(to("make_pledge", row))
    director.send(
        "Record it",
        {
            "What was pledged?": "I will take the form to one market each quarter.",
            "Which post made it?": f"{POST}, {UNIT}",
            "On which day?": date(2027, 3, 2),
            "Everybody: whoever made it chose that": True,
            "No person is named in the words": True,
        },
    )
    director.open(to("add_service_plan", row))
    director.send(
        "Add it",
        {
            "What is it called?": f"{UNIT} service plan 2027/28",
            "On which day does it begin?": date(2027, 4, 1),
            "On which day does it end?": date(2028, 3, 31),
            "Where does somebody find it?": "The directorate’s shared folder",
        },
    )
    director.follow(f"{UNIT} service plan 2027/28")
    director.press("Put an action in it")
    director.choose("Which action?", first.text[:20])
    director.press("Put it in")
    director.open(to("count_objectives", row))
    director.send(
        "Keep these two numbers",
        {
            "How many appraisals were held in the year so far?": "60",
            "In how many of them does an objective serve it?": "45",
        },
    )
    assert "45 of 60" in director.words
    signed(director, row, "measures", "Both actions can be measured, and a pledge is made.")


def row_of(planning, begins):
    planning.refresh_from_db()
    return Action.objects.get(plan=planning.plan, text__startswith=begins)


def meet(manager, director, row):
    """Both tiers: two orphans each way stand beside what the new plan has not joined yet."""
    first, second = row_of(row, "Help 40 groups"), row_of(row, "Send every letter")
    heading, found = orphans(manager)
    assert heading == (
        "2 corporate actions have no directorate behind them. 4 directorate actions serve none."
    )
    assert found["unserved"] == ["B2", "B8"]
    assert set(found["unserving"]) == {"H6", "P3", first.number, second.number}
    director.open(to("serve", first))
    director.send("Look for it", {"Words or a number to look for": "D5"})
    director.main.get_by_role("radio").first.check()
    director.press("Join them")
    director.open(to("keep_local", second))
    said = "Traders of the borough asked for it, and no recommendation speaks of them."
    director.main.locator("[name=reason]").fill(said)
    director.press("Keep it as local")
    heading, found = orphans(manager)
    assert heading == (
        "2 corporate actions have no directorate behind them. 2 directorate actions serve none."
    )
    assert found == {"unserved": ["B2", "B8"], "unserving": ["H6", "P3"]}


def review(sit, row, clock):
    """Step 6: looked at, told, claimed with evidence, put to the union, closed for good."""
    director, manager, union = sit(DIRECTOR), sit("programme_manager"), sit("union_representative")
    clock.move_to(noon(date(2027, 9, 28)))
    pledge = row.pledges.get()
    director.open(to("follow_up", pledge))
    director.send(
        "Say so",
        {
            "Kept so far": True,
            "On which day was that so?": date(2027, 9, 25),
            "No person is named in the words": True,
        },
    )
    director.open(to("record_look", row))
    director.send("Record this look", {"What was decided?": "Go on as planned."})
    clock.move_to(noon(date(2027, 11, 29)))
    for part, text in (
        ("staff", "Officers answer groups in the language in which they ask."),
        ("residents", "Groups of four wards had a grant, of two the year before."),
        ("learnt", "A form that is shown on a market is filled in."),
        ("statement", "We kept one of two promises. The letters come next year."),
    ):
        director.open(to("write_part", row, part))
        assert "It is written." in director.send("Keep this", {"What do you say?": text})
    director.press("Make a claim")
    director.send("Claim this", {"What is claimed?": "Groups of four wards have a grant"})
    director.open(to("planning_review", row))
    assert "No evidence yet" in director.words
    director.follow("Give evidence: Groups of four wards have a grant")
    director.send(
        "Keep this evidence",
        {
            "Or a link": "https://brackenford.example/grants-2027",
            "What it is, and what it shows": "The list of grants of 2027",
        },
    )
    manager.open(to("put_closing", row))
    manager.send(
        "Ask them",
        {demo_bodies.STAFF_SIDE: True, "Until which day do they have?": date(2027, 12, 3)},
    )
    director.open(to("close_planning", row))
    assert "It cannot be closed yet." in director.words
    asked = Consultation.objects.latest("pk")
    union.open(to("consultation", asked))
    union.press(f"Say what {demo_bodies.STAFF_SIDE} thinks")
    union.send("Record it", {"Supports": True, "In its own words": "It says what was not done."})
    clock.move_to(noon(date(2027, 12, 6)))
    signed(director, row, "review", "The year is told, and its claim has its evidence.")
    director.open(to("planning_review", row))
    director.press("Close this planning")
    director.press("Go on")
    director.press("Close it")
    director.open(to("planning_review", row))
    assert (
        "What stands here is what was said that day, and nothing opens it again." in director.words
    )
    assert "It says what was not done." in director.words


def go_on(director, row):
    """Next year begins from the review: what it left is decided, thing by thing."""
    director.open(to("planning_review", row))
    director.press("Begin the next planning from it")
    director.send(
        "Begin it",
        {"In which strand of the programme?": STRAND, "From which day?": date(2027, 12, 6)},
    )
    after = Planning.objects.get(follows=row)
    director.open(to("directorate", after))
    assert director.heading == f"{UNIT} is at step 1 of 6: no listening session is recorded yet"
    director.follow("What last year left, and what goes on")
    left = director.main.get_by_role("link", name="Choose").count()
    assert left >= 2
    for _ in range(left):
        director.open(to("carry_over", after))
        director.send("Keep this choice", {"It goes on": True})
    assert director.heading == f"All {left} things that last year left are decided"
    return after


def test_the_process_of_the_scrutiny_update_from_nothing_to_the_year_after(council, sit, clock):
    manager, director = sit("programme_manager"), sit(DIRECTOR)
    # Each of the seven stands where its work left it, on its own board and beside the others.
    before = standing(manager)
    assert len(before) == 7
    for name, at in LEFT.items():
        row = Planning.objects.get(unit__name=name, closed_on__isnull=True)
        manager.open(to("directorate", row))
        assert manager.heading == f"{name} {at}"
        steps = next(steps for heading, steps in before.items() if heading.startswith(name))
        place = int(at.split(" of ")[0][-1])
        assert steps[: place - 1] == ["Done"] * (place - 1)
        assert steps[place - 1] in ("Now", "Behind", "Due soon")
    assert orphans(manager)[1] == {"unserved": ["B2", "B8"], "unserving": ["H6", "P3"]}

    row = begin(manager)
    listen(sit("facilitator"), director, row, clock)
    look_at_figures(director, row, clock)
    choose(director, row, clock)
    agree_on_a_vision(sit, row, clock)
    define_measures(director, row, clock)
    meet(manager, director, row)
    review(sit, row, clock)
    after = go_on(director, row)

    # The closed year is the record of what was said; the next one stands beside the other seven.
    manager.open(to("directorate", row))
    assert manager.heading == f"{UNIT} has signed off every step"
    assert "Closed with its review on 6 December 2027" in manager.words
    now = standing(manager)
    assert len(now) == 8
    mine = [steps for heading, steps in now.items() if STRAND in heading and UNIT in heading]
    assert len(mine) == 1
    assert "Done" not in mine[0]
    assert after.follows == row
    # What the browser noted are the two sign-offs that were refused while something was missing.
    noted = [one for desk in sit.desks.values() for one in desk.complaints]
    assert len(noted) == 2
    assert all("422" in one for one in noted)
