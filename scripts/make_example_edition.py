"""Makes the bundled editions: Brackenford's plan half way, and one directorate's; all invented.

Run it again with: .venv/bin/python scripts/make_example_edition.py
"""

# ruff: noqa: E501  (a table of sentences)
from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from goldenthread.plan.edition import (
    Action,
    Answerable,
    Coming,
    Deed,
    Earlier,
    Edition,
    Evidence,
    Horizon,
    Lead,
    Objectives,
    Promise,
    Recovery,
    Review,
    Stance,
    Term,
    Update,
    to_json,
)

# Run by its path, a script finds the one beside it.
sys.path.insert(0, str(Path(__file__).parent))
import example_directorate
from example_measures import DECLARED, PANELS
from example_recommendations import CABINET, RECOMMENDATIONS, REVIEW, THEMES
from example_steps import CONTRIBUTORS, MILESTONES

FILE = Path(__file__).parents[1] / "src" / "goldenthread" / "example_data" / "edition.json"

D = date
Q3, Q4, Q1, Q2 = D(2025, 12, 31), D(2026, 3, 31), D(2026, 6, 30), D(2026, 9, 30)
MARCH = D(2027, 3, 31)
WEB = "https://brackenford.example/race-equality/"

CHIEF = Lead("Chief Executive", "Tom Ellery")
RESOURCES = Lead("Director of Resources", "", D(2026, 7, 17), "Chief Executive")
ADULTS = Lead("Director of Adults and Health")
PEOPLE = Lead("Assistant Director, People", "Marianne Holt")
MONITORING = Lead("Monitoring Officer")
LEARNING = Lead("Head of Learning")
RECRUITMENT = Lead("Head of Recruitment")
DATA = Lead("Head of Workforce Data")
PROCUREMENT = Lead("Head of Procurement")
POLICY = Lead("Head of Policy")
NEWS = Lead("Head of Communications")

STAFF, SERVICES, BOROUGH = "People who work here", "People who use services", "Life in the borough"

Rated = tuple[str, Recovery | None]
GREEN: Rated = ("Green", None)


def promised(due: date | None, words: str, *moves: Promise) -> tuple[Promise, ...]:
    """The date that Cabinet gave, and its moves."""
    return (Promise(CABINET, due, words), *moves)


def moved(on: date, due: date | None, reason: str) -> Promise:
    """A move of a date, agreed by the Chief Executive."""
    return Promise(on, due, "", reason, "Chief Executive")


def said(
    on: date, about: date, done: str, *more: Evidence, changed: str = "", rated: Rated = GREEN
) -> Update:
    """An update for the quarter that ends on ``about``."""
    label, recovery = rated
    return Update(
        on,
        done,
        changed=changed,
        outlook="on_track" if label == "Green" else "at_risk",
        label=label,
        about=about,
        evidence=more,
        colour=label.lower(),  # type: ignore[arg-type]
        recovery=recovery,
    )


def amber(cause: str, step: str, due: date) -> Rated:
    """At risk, and what is done about it."""
    return "Amber", Recovery(cause, step, due)


def red(cause: str, step: str, due: date) -> Rated:
    """Late, or sure to be, and what is done about it."""
    return "Red", Recovery(cause, step, due)


def paper(title: str, name: str) -> Evidence:
    """A document on the council's own site."""
    return Evidence(title, WEB + name)


ACTIONS = (
    Action(
        "dzvb3cks8z", "A1", "Apologise to staff and residents for what the review found", CHIEF,
        "A", ("1",), strand=BOROUGH, short="An apology for what the review found",
        promises=promised(D(2025, 9, 30), "End September 2025"),
        done_on=D(2025, 9, 30),
        updates=(said(D(2025, 10, 7), D(2025, 9, 30),
            "The Leader and the Chief Executive apologised in full Council and in writing to all "
            "staff.", paper("The apology, as read out", "apology"),
            changed="Every member of staff received it, on paper at the depots."),),
    ),
    Action(
        "9j95mdxpzf", "A2",
        "Write to everyone who left after raising a race complaint since 2019 and offer to meet",
        RESOURCES, "A", ("1",), strand=STAFF,
        short="Letters to people who left after a race complaint",
        promises=promised(Q3, "December 2025",
            moved(D(2025, 12, 9), D(2026, 2, 28), "Addresses had to be found for people who left "
                  "before 2021.")),
        done_on=D(2026, 2, 27),
        updates=(
            said(D(2026, 1, 9), Q3, "Letters drafted with the staff network.",
                 rated=red("Addresses had to be found for people who left before 2021.",
                     "Payroll finds the last known addresses, and the letters go out in two posts.",
                     D(2026, 2, 27))),
            said(D(2026, 4, 8), Q4, "All letters sent. Meetings are offered with someone from "
                 "outside the council.", paper("The letter", "letter-to-leavers"),
                 changed="People who left can say what happened and be heard."),
        ),
    ),
    Action(
        "cxg453nmpj", "A3", "Publish an account of how past race complaints were handled",
        MONITORING, "A", ("2",), strand=STAFF,
        short="A public account of how past race complaints were handled",
        promises=promised(Q4, "31 March 2026",
            moved(D(2026, 8, 20), D(2027, 1, 31),
                  "The people it is about asked for more time to read it first.")),
        updates=(
            said(D(2026, 1, 12), Q3, "41 case files read by someone from outside.",
                 rated=amber("There were 41 case files, and 25 had been expected.",
                       "A second reader from outside starts in January.", D(2026, 1, 31))),
            said(D(2026, 4, 13), Q4, "First draft written and sent to those it is about.",
                 rated=red("The people it is about had not yet read it.",
                     "Each of them is offered a meeting to go through the draft.", D(2026, 5, 29))),
            said(D(2026, 7, 8), Q1, "Discussions are continuing.",
                 rated=red("The people it is about have asked for more time to read it first.",
                     "Agree with each of them what is printed, and a date.", D(2026, 8, 31))),
            said(D(2026, 10, 6), Q2, "Discussions are continuing.",
                 rated=red("Two of those it is about have not yet agreed what is printed.",
                     "The Monitoring Officer meets both, with someone of their choice.",
                     D(2026, 11, 13))),
        ),
        next_step="Publish the account, with what those it is about want said of it",
    ),
    Action(
        "zpw3w7n7tz", "A4",
        "Have someone from outside the council sit in on every open race grievance", PEOPLE,
        "A", ("2",), strand=STAFF, short="Someone from outside in every race grievance",
        promises=promised(MARCH, "31 March 2027"),
        updates=(
            said(D(2026, 4, 9), Q4, "Two people from neighbouring councils have agreed."),
            said(D(2026, 7, 7), Q1, "Both have started."),
        ),
    ),
    Action(
        "5f4qvtv2zm", "B1", "Advertise every acting-up and secondment post to all staff", PEOPLE,
        "B", ("3",), strand=STAFF, short="Acting-up and secondment posts advertised to all",
        promises=promised(D(2026, 1, 31), "January 2026"),
        done_on=D(2026, 1, 30),
        updates=(said(D(2026, 4, 9), Q4, "The recruitment system refuses an acting-up post that has "
            "not been advertised.", paper("The rule, as sent to managers", "acting-up"),
            changed="Staff in every grade see these posts, also on paper at the depots."),),
    ),
    Action(
        "ws9spnncjk", "B2",
        "Hold a careers conversation with everyone in Grades 1 to 5 who asks for one", LEARNING,
        "B", ("3",), strand=STAFF, short="Careers conversations for Grades 1 to 5",
        promises=promised(MARCH, "Q4 2026/27"),
        updates=(
            said(D(2026, 7, 9), Q1, "A guide for managers is ready."),
            said(D(2026, 10, 8), Q2, "No directorate has taken it on. Directors answer by 30 "
                 "November.",
                 rated=amber("No directorate has said who will hold the conversations.",
                       "Each director names somebody to hold them.", D(2026, 11, 30))),
        ),
        next_step="Directors say by 30 November who will hold the conversations",
    ),
    Action(
        "c4dn25tvr4", "B3", "Shortlist without names for every post up to Grade 12", RECRUITMENT,
        "B", ("4",), strand=STAFF, short="Shortlisting without names",
        promises=promised(Q3, "31 December 2025",
            moved(D(2025, 12, 15), Q4, "The supplier delivered the change to the recruitment "
                  "system late.")),
        done_on=D(2026, 4, 1),
        updates=(
            said(D(2026, 1, 8), Q3, "Tested in two services.",
                 rated=red("The supplier delivered the change to the recruitment system late.",
                     "The supplier has promised the last part, and we test it in a week.",
                     D(2026, 3, 16))),
            said(D(2026, 4, 10), D(2026, 4, 1), "In use for every post up to Grade 12 since 1 April.",
                 paper("How shortlisting works now", "shortlisting"),
                 changed="No one who shortlists sees a name, an age or a school."),
        ),
    ),
    Action(
        "463jtq4gsr", "B4", "Use a mixed, trained panel for every interview at Grade 10 and above",
        PEOPLE, "B", ("4",), strand=STAFF, short="Mixed panels for senior interviews",
        promises=promised(Q3, "31 December 2025",
            moved(D(2025, 12, 12), Q1, "41 people had been trained for panels and 120 were "
                  "needed."),
            moved(D(2026, 6, 24), MARCH, "The recruitment system could not record who sat on a "
                  "panel, so nobody could show it had been mixed. It can since 1 September 2026.")),
        updates=(
            said(D(2026, 1, 9), Q3, "41 people trained for panels.",
                 rated=red("120 people are needed for panels, and 41 had been trained.",
                     "Six more courses, two of them in the evening.", Q4)),
            said(D(2026, 4, 8), Q4, "70 of 120 panel members trained.",
                 rated=red("Managers could not be released for the courses in the autumn.",
                     "Three courses a month, in half days.", Q1)),
            said(D(2026, 7, 9), Q1, "88 of 120 trained. System change due in September.",
                 rated=red("The recruitment system cannot record who sits on a panel.",
                     "The supplier adds it to the release of September.", D(2026, 9, 1))),
            said(D(2026, 10, 9), Q2, "96 of 120 panel members are trained. Since 1 September the "
                 "recruitment system records who sat on each panel. From 2 November it will not confirm an interview date until the panel is complete.",
                 paper("Training register, summary", "panel-training"),
                 rated=red("24 people are still to be trained, and interviews were confirmed without a full panel.",
                     "From 2 November no interview date is confirmed until the panel is complete.",
                     D(2026, 11, 2))),
        ),
        measures=(PANELS,),
        next_step="24 more people trained, and no senior interview booked without a mixed panel",
    ),
    Action(
        "7qmnc7xcng", "B5", "Publish who applies, who is shortlisted and who is appointed, by grade",
        DATA, "B", ("4",), strand=STAFF, short="Who applies, is shortlisted and is appointed",
        promises=promised(D(2026, 12, 31), "End December 2026"),
        updates=(said(D(2026, 10, 5), Q2, "Figures for 2025/26 are being checked so that they "
            "point at no one."),),
    ),
    Action(
        "59h3mhhxnh", "B6", "Offer 40 places on a sponsorship scheme for Grades 8 to 11", LEARNING,
        "B", ("5",), strand=STAFF, short="Sponsorship scheme, 40 places",
        promises=promised(MARCH, "31 March 2027",
            moved(D(2026, 9, 7), D(2027, 9, 30), "18 of the 40 places have money. The rest is asked "
                  "for in the 2027/28 budget.")),
        updates=(
            said(D(2026, 7, 10), Q1, "18 people started."),
            said(D(2026, 10, 8), Q2, "18 of 40 places funded. Bid in the 2027/28 budget.",
                 rated=amber("22 of the 40 places have no money this year.",
                       "The bid goes to Cabinet with the budget.", D(2027, 2, 9))),
        ),
    ),
    Action(
        "srz2npzm9p", "B7", "Fill no manager post by word of mouth, including agency cover",
        RESOURCES, "B", ("5",), strand=STAFF, short="No manager post filled by word of mouth",
        promises=promised(Q1, "30 June 2026"),
        updates=(
            said(D(2026, 1, 8), Q3, "Rule agreed by directors."),
            said(D(2026, 4, 14), Q4, "Agencies have been told of the rule."),
        ),
    ),
    Action(
        "f8gd3bz9rn", "B8", "Offer every leaver a talk with someone outside their team", PEOPLE,
        "B", ("5",), strand=STAFF, short="A talk for every leaver",
        promises=promised(MARCH, "31 March 2027"),
        updates=(
            said(D(2026, 4, 9), Q4, "Offer being designed."),
            said(D(2026, 7, 7), Q1, "Offer being designed."),
            said(D(2026, 10, 9), Q2, "Offer being designed."),
        ),
    ),
    Action(
        "6pv88sr9v5", "B9", "Ask every search firm for a mixed shortlist", PROCUREMENT,
        "B", ("5",), strand=STAFF, short="Mixed shortlists from search firms",
        promises=promised(MARCH, "31 March 2027"),
        updates=(said(D(2026, 7, 2), Q1, "The words are in each new contract."),),
    ),
    Action(
        "44ffp45b67", "C1", "Train all 74 heads of service and directors in race and leadership",
        LEARNING, "C", ("6",), strand=STAFF, short="Race and leadership training for 74 leaders",
        promises=promised(Q4, "31 March 2026"),
        done_on=D(2026, 3, 24),
        updates=(said(D(2026, 4, 8), Q4, "74 of 74 trained by 24 March.",
            paper("Training register, summary", "leaders-training"),
            changed="Each has written down one thing to do differently, and is asked about it."),),
    ),
    Action(
        "2569nfx5qf", "C2", "Train all 51 councillors in race and leadership", MONITORING,
        "C", ("6",), strand=SERVICES, short="Race and leadership training for all 51 councillors",
        promises=promised(Q1, "30 June 2026"),
        done_on=D(2026, 6, 30),
        updates=(
            said(D(2026, 4, 7), Q4, "37 of 51 councillors trained."),
            said(D(2026, 7, 6), Q1, "51 of 51 trained by 30 June 2026.",
                 paper("Attendance, by training and councillor", "members-training"),
                 changed="All 51 councillors have taken race and leadership training."),
        ),
    ),
    Action(
        "658hrdmzrt", "C3", "Put an equality objective in every manager’s appraisal", PEOPLE,
        "C", ("7",), strand=STAFF, short="An equality objective in every manager’s appraisal",
        promises=promised(Q4, "31 March 2026",
            moved(D(2026, 3, 19), D(2026, 5, 31), "The appraisal form could not be changed in the "
                  "middle of a round.")),
        done_on=D(2026, 5, 31),
        updates=(
            said(D(2026, 4, 9), Q4, "Form changed for the round that begins in April.",
                 rated=red("The appraisal form could not be changed in the middle of a round.",
                     "The new form is the only one from the first appraisal of the year.",
                     D(2026, 5, 31))),
            said(D(2026, 7, 7), Q1, "The form cannot be closed without one.",
                 paper("The appraisal form", "appraisal-form"),
                 changed="Every manager’s appraisal now has an equality objective."),
        ),
    ),
    Action(
        "t8jw89nthz", "C4", "Train every team, managers first", LEARNING, "C", ("7",),
        strand=STAFF, promises=promised(D(2028, 3, 31), "31 March 2028"),
        updates=(
            said(D(2026, 7, 9), Q1, "All managers booked."),
            said(D(2026, 10, 8), Q2, "212 of 340 managers trained. Teams begin in January."),
        ),
    ),
    Action(
        "gcdprqkkmh", "C5", "Check every service plan for race equality", POLICY, "C", ("8",),
        strand=SERVICES, short="Race equality check on every service plan",
        promises=promised(D(2026, 12, 31), "End December 2026"),
        updates=(
            said(D(2026, 7, 8), Q1, "Guidance to be issued shortly.",
                 rated=amber("The guidance waits for the service plans of two directorates.",
                       "Issue it with the two examples that there are.", D(2026, 9, 11))),
            said(D(2026, 10, 7), Q2, "Guidance to be issued shortly.",
                 rated=amber("The guidance has not been issued, and plans are being written without it.",
                       "Issue it, and check the plans that are written already.", D(2026, 10, 30))),
        ),
    ),
    Action(
        "cr5q846j6r", "C6", "Pair each director with a mentor from the Race Equality Staff Network",
        CHIEF, "C", ("8",), strand=STAFF, short="Mentors for directors",
        promises=promised(MARCH, "31 March 2027"),
        updates=(said(D(2026, 7, 9), Q1, "All directors are now paired."),),
    ),
    Action(
        "wc3d2m48vc", "C7", "Publish each directorate’s vision and pledges", CHIEF, "C", ("8",),
        strand=SERVICES, short="Directorate visions and pledges",
        promises=promised(D(2026, 12, 31), "End December 2026"),
        updates=(said(D(2026, 10, 1), Q2, "Two of seven directorates have signed theirs."),),
    ),
    Action(
        "325bhtxq7k", "C8", "Have the training judged by someone outside the council", POLICY,
        "C", ("7",), strand=STAFF, promises=promised(D(2028, 3, 31), "2027/28"),
        starts_on=D(2027, 4, 1),
    ),
    Action(
        "xqd3x7h4fq", "D1", "Hold listening sessions every quarter, including depots and night "
        "shifts", NEWS, "D", ("9",), strand=STAFF, short="Listening sessions every quarter",
        promises=(Promise(CABINET, None, "Quarterly"),),
        repeats="Every quarter", next_review=MARCH,
        stops_when="two surveys in a row show 80% feel heard",
        reviews=(
            Review(Q4, "Go on. 52% feel heard in the first survey since we began.", MARCH),
        ),
        updates=(
            said(D(2026, 7, 6), Q1, "5 sessions, one at each depot."),
            said(D(2026, 10, 6), Q2, "4 sessions, one of them between night shifts."),
        ),
    ),
    Action(
        "83sjkm2jpw", "D2", "Open an outside route to report racism at work", MONITORING,
        "D", ("10",), strand=STAFF, short="An outside route to report racism at work",
        promises=promised(Q4, "31 March 2026",
            moved(D(2026, 3, 17), D(2026, 11, 30), "The first contract drew one bidder.")),
        updates=(
            said(D(2026, 4, 13), Q4, "Contract advertised again, in a shorter form.",
                 rated=red("The first contract drew one bidder.",
                     "A shorter contract, and a meeting for those who may bid.", D(2026, 6, 5))),
            said(D(2026, 7, 8), Q1, "Four bids received.",
                 rated=red("The contract had to be advertised twice.",
                     "Let the contract, with staff networks on the panel that chooses.",
                     D(2026, 9, 18))),
            said(D(2026, 10, 6), Q2, "Contract let. Staff networks are testing the route.",
                 rated=red("The contract was let six months after the route was promised.",
                     "Staff networks finish their test, and the route opens to everyone.",
                     D(2026, 11, 30))),
        ),
    ),
    Action(
        "cctv3w55rq", "D3", "Give staff networks paid time and a budget", CHIEF, "D", ("9",),
        strand=STAFF, promises=promised(D(2025, 10, 1), "1 October 2025"),
        done_on=D(2025, 10, 1),
        updates=(said(D(2026, 1, 9), Q3, "Half a day a week for each chair, and £12,000 a year for "
            "each network.", paper("Chief Executive’s letter to managers", "network-time"),
            changed="Chairs no longer do this in their own time."),),
    ),
    Action(
        "2xgb2km29q", "D4", "Offer support to staff who meet racism from the public", ADULTS,
        "D", ("10",), strand=STAFF, short="Support after racism from the public",
        promises=promised(D(2027, 1, 31), "31 January 2027"),
        updates=(
            said(D(2026, 7, 8), Q1, "Staff in home care asked what would help."),
            said(D(2026, 10, 8), Q2, "Only one directorate has said how it will do this.",
                 rated=amber("Six of seven directorates have not said how they will do this.",
                       "Directors answer in the next round, and the Chief Executive asks those who do not.",
                       D(2026, 11, 20))),
        ),
    ),
    Action(
        "4b3mttqpjm", "D5", "Publish what you said and what we did, every quarter", NEWS,
        "D", ("9",), strand=SERVICES, short="You said, we did",
        promises=(Promise(CABINET, None, "Every quarter"),),
        repeats="Every quarter", next_review=MARCH, stops_when="the programme closes",
        updates=(
            said(D(2026, 7, 6), Q1, "Published on 29 June.", paper("You said, we did, June",
                 "you-said-june")),
            said(D(2026, 10, 6), Q2, "Published on 28 September.", paper("You said, we did, "
                 "September", "you-said-september")),
        ),
    ),
    Action(
        "qcvftcpvxv", "E1", "Report to scrutiny every six months", CHIEF, "E", ("11",),
        strand=SERVICES, promises=(Promise(CABINET, None, "Every 6 months"),),
        repeats="Every six months", next_review=D(2026, 10, 21), stops_when="the programme closes",
        updates=(
            said(D(2026, 7, 1), Q1, "Reported to the Overview and Scrutiny Committee on 10 June "
                 "2026. It asked five questions."),
            said(D(2026, 10, 8), Q2, "The next report is written."),
        ),
    ),
    Action(
        "zdbwc5chhf", "E2", "Name one accountable officer for each promise", CHIEF, "E", ("11",),
        strand=STAFF, promises=promised(D(2025, 9, 30), "30 September 2025"),
        done_on=D(2025, 9, 30),
        updates=(said(D(2025, 10, 7), D(2025, 9, 30), "One post answers for each of the 31.",
            changed="Anyone can see whom to ask."),),
    ),
    Action(
        "b6cj24gftk", "E3", "Publish the pay gap by ethnicity every year", RESOURCES, "E", ("12",),
        strand=STAFF, short="Pay gap by ethnicity, published every year",
        promises=promised(Q1, "30 June 2026",
            moved(D(2026, 6, 26), D(2026, 12, 31),
                  "One in nine staff had not told us their ethnicity.")),
        updates=(
            said(D(2026, 7, 3), Q1, "Held until more staff have told us.",
                 rated=red("One in nine staff had not told us their ethnicity, so the figure would not be sound.",
                     "Paper forms at the depots, with time to fill them in at work.", Q2)),
            said(D(2026, 10, 2), Q2, "89% of staff have told us. Figures are being worked out.",
                 rated=red("The figure had to wait for more staff to tell us.",
                     "The figures are worked out and checked by someone outside the team.",
                     D(2026, 12, 11))),
        ),
    ),
    Action(
        "s8j645883b", "E4", "Know the ethnicity of 92% of staff, by their own choice to tell us",
        DATA, "E", ("12",), strand=STAFF, short="92% of staff have told us their ethnicity",
        promises=promised(MARCH, "31 March 2027"),
        measures=(DECLARED,),
        updates=(
            said(D(2026, 7, 6), Q1, "Paper forms taken to both depots: 88%."),
            said(D(2026, 10, 5), Q2, "89%, from 88% in June."),
        ),
    ),
    Action(
        "cn4fjbx6wc", "E5", "Commission a second independent review", CHIEF, "E", ("12",),
        strand=BOROUGH, promises=promised(D(2028, 9, 30), "2028"), starts_on=D(2028, 1, 3),
    ),
)  # fmt: skip


def _id(number: str) -> str:
    """The id of an action, by its number."""
    return next(action.id for action in ACTIONS if action.number == number)


EDITION = Edition(
    body="Brackenford Borough Council",
    programme="Race Equality Programme",
    plan="Race Equality Action Plan",
    about="race equality",
    number=3,
    as_at=Q2,
    adopted=Deed("Programme Manager, Race Equality", D(2026, 10, 12)),
    published=Deed("Head of Policy", D(2026, 10, 13)),
    decided_by="Cabinet",
    decided_on=CABINET,
    summary="In 2025 staff told us what racism at work looks like in Brackenford, and an "
    "independent review told us what to do. This page follows each promise from the recommendation "
    "that asked for it to what has changed.",
    themes=THEMES,
    recommendations=RECOMMENDATIONS,
    actions=tuple(
        replace(
            action,
            milestones=MILESTONES.get(action.number, ()),
            contributors=CONTRIBUTORS.get(action.number, ()),
        )
        for action in ACTIONS
    ),
    answerable=(
        Answerable(
            "Chief Executive",
            "is accountable to Cabinet for every promise",
            "Tom Ellery",
            part="strategic_lead",
        ),
        Answerable(
            "Race Equality Programme Manager",
            "runs it from day to day",
            part="operational_lead",
        ),
        Answerable(
            "Member Champion",
            "speaks for the programme among councillors",
            "Councillor Farah Siddiqui",
            part="member_champion",
        ),
        Answerable(
            "Director of Adults and Health",
            "takes what it asks for to the directors",
            part="sponsor",
            forum="Staff race equality network",
        ),
        Answerable(
            "Director of Resources",
            "answers for the money that the promises need",
            vacant_since=D(2026, 7, 17),
            meanwhile="Chief Executive",
        ),
    ),
    horizons=(
        Horizon("Short term", MARCH),
        Horizon("Medium term", D(2028, 3, 31)),
        Horizon("Long term", D(2030, 3, 31)),
    ),
    coming=(
        Coming(D(2026, 10, 21), "Overview and Scrutiny Committee asks why five promises are late"),
    ),
    earlier=(
        Earlier(1, Q4, D(2026, 4, 21)),
        Earlier(2, Q1, D(2026, 7, 14)),
    ),
    stances=(
        Stance(
            "supports",
            "Race Equality Staff Network",
            D(2026, 10, 2),
            "We see the difference in the rooms we sit in. Keep going.",
            action=_id("B4"),
        ),
        Stance(
            "supports_with_objections",
            "Staff side, Joint Consultative Committee",
            D(2026, 10, 7),
            "A date that has moved twice is a hope. We support the aim and do not accept the delay.",
            action=_id("B4"),
        ),
    ),
    terms=(
        Term(
            "people from minority ethnic groups, all together",
            "Black, Asian and other minority ethnic groups",
            "the Race Equality Staff Network",
            D(2025, 5, 1),
            "They asked for no initials, and for each group by its name wherever figures allow it.",
        ),
    ),
    inquiries=(REVIEW,),
    contact="Programme team, 01632 960 140",
    licence="Free to reuse under the Open Government Licence v3.0, except where we say so.",
    objectives=Objectives(1846, 2411, Q2),
)
DIRECTORATE = example_directorate.edition({action.number: action for action in ACTIONS})


def write(file: Path, edition: Edition = EDITION) -> None:
    """Write an edition to a file."""
    text = json.dumps(to_json(edition), ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(FILE)
    write(FILE.with_name("directorate.json"), DIRECTORATE)
