"""Plans of police forces: timelines, trackers and delivery plans, all published as PDF."""

from layouts.drawn import TITLE, gap, grid, over_two_pages, pages, words
from layouts.truth import (
    act,
    by,
    day,
    document,
    every,
    month,
    months,
    ongoing,
    plan,
    quarter,
    rec,
    state,
)

ONE, TWO, THREE = "Q1 Apr - Jun 2025", "Q2 Jul - Sept 2025", "Q3/4 Oct 2025 - Mar 2026"


def _one():
    return quarter(ONE, "2025-04")


def _two():
    return quarter(TWO, "2025-07")


def _half():
    return months(THREE, "2025-10", "2026-03", "quarter", kind_alt=["date"])


FENBURY = plan(
    "Fenbury Constabulary: race action plan timeline 2025/26",
    "2025-04",
    rec(
        None,
        "Represented",
        act("Recruitment open days held at three mosques and two churches", "", _one()),
        act("Mentors matched with officers who sit the sergeants' exam", "", _one()),
        act("Exit interviews moved to an outside body", "", _two()),
        act("Retention figures published by ethnic group and rank", "", _half()),
    ),
    rec(
        None,
        "Not over-policed",
        act("Stop and search scrutiny panel given body-worn video at random", "", _one()),
        act("New threshold for strip search of children in force", "", _two()),
        act("Use of force data shared with universities for study", "", _two()),
        act("Community check of the traffic stop pilot", "", _half()),
        act("Policy on handcuffing rewritten with the panel", "", _half()),
    ),
    rec(
        None,
        "Involved",
        act("Community reference group agrees its terms", "", _one()),
        act("Paid advisers join the training design team", "", _two()),
        act("First annual public meeting held", "", _half()),
    ),
    rec(
        None,
        "Not under-protected",
        act("Hate crime victims offered a choice of contact", "", _one()),
        act("Missing persons reviewed for bias", "", _two()),
        act("Homicide prevention plan agreed with the two cities", "", _half()),
        act("Stalking cases checked by the independent advisers", "", _half()),
    ),
)


@document("fenbury_timeline.pdf", FENBURY)
def fenbury(path):
    """Workstreams down, quarters across; drawn sideways, ruled, no structure."""
    rows = [["Workstream", ONE, TWO, THREE]]
    for item in FENBURY["recommendations"]:
        row = [item["text"]]
        for name in (ONE, TWO, THREE):
            found = [a["text"] for a in item["actions"] if a["timescales"][0]["raw"] == name]
            row.append("\n".join(f"\u2022 {text}" for text in found))
        rows.append(row)
    story = [
        words("Fenbury Constabulary: race action plan timeline 2025/26", TITLE),
        words("April 2025. What we plan to do in each quarter under the four workstreams."),
        gap(),
        grid(rows, [4.5, 7, 7, 7], fills=[(c, 0, "D9D9D9") for c in range(4)]),
    ]
    pages(path, story, ["Fenbury Constabulary"], sideways=True)


AMBLETON = plan(
    "Ambleton Police: Equality and Diversity Strategy, race and asylum plan 2009-10",
    "2009-04",
    rec(
        None,
        "People who seek asylum trust the police enough to report crime",
        act(
            "Train a liaison officer in each of the six divisions",
            "Divisional Commanders",
            month("October 2009", "2009-10"),
            measure="Six officers trained; reports by asylum seekers rise",
        ),
        act(
            "Produce a welcome leaflet in eleven languages with the refugee council",
            "Head of Media",
            by("By end June 2009", "2009-06-30"),
            measure="Leaflet handed out at every dispersal address",
        ),
    ),
    rec(
        None,
        "Our workforce includes people from all the communities that we serve",
        act(
            "Hold familiarisation days for applicants who do not know anybody in the service",
            "Head of Recruitment",
            month("October 2009", "2009-10"),
            month("March 2010", "2010-03"),
            measure="Share of minority ethnic applicants that pass the assessment",
        ),
        act(
            "Support members of the Black police association to attend its national conference",
            "Deputy Chief Constable",
            every("Annually", "yearly"),
            measure="Attendance and a report back to the diversity board",
        ),
        act(
            "Examine why probationers resign, using interviews held by somebody outside the force",
            "Director of Human Resources; Staff Associations",
            month("January 2010", "2010-01"),
            measure="Findings go to the chief officer group",
        ),
    ),
    rec(
        None,
        "Racist incidents are dealt with to the satisfaction of victims",
        act(
            "Introduce a quality call to every victim within ten days of the first report, made "
            "by a sergeant who was not involved in the case, with the answers written down and "
            "gone through each month by the divisional performance meeting so that poor service "
            "is noticed and put right while it still matters to the person who told us about it",
            "Divisional Commanders",
            ongoing("Ongoing from April 2009", "2009-04-01"),
            measure="Satisfaction of victims of racist incidents is equal to that of all victims",
        ),
        act(
            "Agree a protocol on sharing information with councils and housing associations",
            "Head of Criminal Justice",
            month("September 2009", "2009-09"),
            measure="Protocol signed by all 14 partners",
        ),
        act(
            "Open third-party reporting centres in colleges",
            "Community Safety Inspector",
            by("By 31 March 2010", "2010-03-31", "day"),
            measure="Five centres open",
        ),
    ),
    rec(
        None,
        "Stop and search is used fairly and explained well",
        act(
            "Publish figures for each division every three months",
            "Head of Performance",
            every("Quarterly", "quarterly"),
            measure="Figures on the website within six weeks of the quarter's end",
        ),
        act(
            "Give every supervisor a checklist for dip sampling",
            "Superintendent Operations",
            state("Completed", "completed"),
            measure="All supervisors sample five forms a month",
            status="completed",
        ),
    ),
    leave_out=[("NOT PROTECTIVELY MARKED", "marking at the head of each page")],
)
for _item in AMBLETON["recommendations"]:
    for _action in _item["actions"]:
        _action["leads"] = [part for lead in _action["leads"] for part in lead.split("; ")]


@document("ambleton_race_asylum_plan.pdf", AMBLETON)
def ambleton(path):
    """No rules; headings of two lines on every page; marking lines; a row cut by a page's end."""
    rows = [
        [
            "What we want to achieve (Outcomes)",
            "How we intend to do it (Action)",
            "How we will know we have done it (Indicator/ Measure)",
            "Who is going to do it (Owner)",
            "By when (Target Dates & Milestones)",
        ]
    ]
    for item in AMBLETON["recommendations"]:
        for i, action in enumerate(item["actions"]):
            rows.append(
                [
                    item["text"] if i == 0 else "",
                    action["text"],
                    action["measure"],
                    "\n".join(action["leads"]),
                    " and ".join(claim["raw"] for claim in action["timescales"]),
                ]
            )
    story = [
        words("Ambleton Police", TITLE),
        words("Equality and Diversity Strategy, race and asylum plan 2009-10", TITLE),
        words("April 2009"),
        gap(),
        *over_two_pages(
            rows,
            6,
            {1: "with the answers written down and", 2: "Satisfaction of victims of racist"},
            [4, 4.6, 3.9, 2.9, 2.6],
            ruled=False,
        ),
    ]
    pages(path, story, ["NOT PROTECTIVELY MARKED", "Ambleton Police"])


RAG = {"red": "FF0000", "amber": "FFC000", "green": "00B050", "blue": "0070C0", None: None}


def _k(text, leads, when, status, rag, **more):
    return act(text, leads, when, status=status, rag=rag, **more)


KELDERBY = plan(
    "Kelderby Police and Crime Commissioner: tracker of recommendations on race and policing",
    "2025-01-31",
    rec(
        "1",
        "Explain disproportion in the use of tasers",
        _k(
            "Publish a yearly analysis",
            "Head of Analysis",
            day("30/09/2024", "2024-09-30"),
            "completed",
            "blue",
        ),
        _k(
            "Ask the ethics committee to review twenty cases",
            "Ethics Committee Chair",
            day("31/03/2025", "2025-03-31"),
            "in_progress",
            "green",
        ),
    ),
    rec(
        "2",
        "Improve complaints handling",
        _k(
            "Send every complaint of discrimination to a trained investigator",
            "Head of Professional Standards",
            day("31/12/2024", "2024-12-31"),
            "delayed",
            "red",
        ),
        _k(
            "Tell complainants how far their case has got every 28 days",
            "Head of Professional Standards",
            ongoing(),
            "in_progress",
            "amber",
        ),
        _k(
            "Publish outcomes in a form that can be searched",
            "Head of Communications",
            day("30/06/2025", "2025-06-30"),
            "not_started",
            None,
        ),
    ),
    rec(
        "3",
        "Recruit cadets from every ward",
        _k(
            "Open cadet units in the four wards that have none",
            "Citizens in Policing Manager",
            day("01/09/2025", "2025-09-01"),
            "in_progress",
            "green",
        ),
        _k(
            "Pay travel costs",
            "Citizens in Policing Manager",
            day("01/04/2024", "2024-04-01"),
            "completed",
            "blue",
        ),
    ),
    rec(
        "4",
        "Hear from young people about stop and search",
        _k(
            "Hold six sessions in schools and youth clubs, run by young people who have been "
            "trained and paid, and bring what was said to the Commissioner's public meeting with "
            "an answer from the Chief Constable to each point that was raised",
            "Youth Commission; Superintendent Operations",
            month("March 2025", "2025-03"),
            "in_progress",
            "amber",
        ),
        _k(
            "Publish the answers in video",
            "Head of Communications",
            month("May 2025", "2025-05"),
            "not_started",
            None,
        ),
    ),
    rec(
        "5",
        "Check vetting decisions for bias",
        _k(
            "Have a panel look at all refusals for the last two years",
            "Head of Vetting",
            day("31/10/2024", "2024-10-31"),
            "delayed",
            "red",
        ),
        _k(
            "Give reasons in writing to each applicant who is refused",
            "Head of Vetting",
            day("01/02/2025", "2025-02-01"),
            "in_progress",
            "green",
        ),
        _k(
            "Report the figures to the Police and Crime Panel",
            "Chief Executive of the OPCC",
            every("Every six months", "every 6 months"),
            "in_progress",
            "green",
        ),
    ),
    rec(
        "6",
        "Support officers who report racism by colleagues",
        _k(
            "Set up a fund for independent advice",
            "Chief Finance Officer",
            day("31/01/2025", "2025-01-31"),
            "completed",
            "blue",
        ),
        _k(
            "Survey those who reported after six and after twelve months",
            "Director of People; Staff Associations",
            day("31/07/2025", "2025-07-31"),
            "not_started",
            None,
        ),
        _k(
            "Bring in a rule that no officer is moved without agreement after a report",
            "Deputy Chief Constable",
            day("30/11/2024", "2024-11-30"),
            "delayed",
            "red",
        ),
    ),
    rec(
        "7",
        "Buy from businesses that reflect the county",
        _k(
            "Hold two supplier days with the chambers of commerce",
            "Head of Procurement",
            day("30/04/2025", "2025-04-30"),
            "in_progress",
            "green",
        ),
        _k(
            "Publish contracts under £25,000",
            "Head of Procurement",
            ongoing(),
            "in_progress",
            "amber",
        ),
    ),
)
for _item in KELDERBY["recommendations"]:
    for _action in _item["actions"]:
        _action["leads"] = [part for lead in _action["leads"] for part in lead.split("; ")]


@document("kelderby_commissioner_tracker.pdf", KELDERBY)
def kelderby(path):
    """Status is the colour of a rectangle; a key says what colours mean; pages turned by flag."""
    original = {"31/12/2024": "30/09/2024", "31/10/2024": "31/08/2024"}
    update = {
        "completed": "Closed by the Commissioner's board.",
        "delayed": "Resources were moved to the summer events. A new plan goes to the board in "
        "the spring, and the Commissioner has asked for an explanation in writing.",
        "in_progress": "Work is going on as planned; the lead officer reports each month and the "
        "next report is due in the third week of February.",
        "not_started": "",
    }
    rows = [
        [
            "No.",
            "Recommendation",
            "Action",
            "Owner",
            "Revised date",
            "Original date",
            "RAG",
            "Update",
        ]
    ]
    fills = [(c, 0, "BFBFBF") for c in range(8)]
    for item in KELDERBY["recommendations"]:
        for i, action in enumerate(item["actions"]):
            raw = action["timescales"][0]["raw"]
            if RAG[action["rag"]]:
                fills.append((6, len(rows), RAG[action["rag"]]))
            rows.append(
                [
                    item["number"] if i == 0 else "",
                    item["text"] if i == 0 else "",
                    action["text"],
                    "; ".join(action["leads"]),
                    raw,
                    original.get(raw, raw),
                    "",
                    update[action["status"]],
                ]
            )
    key = grid(
        [
            ["", "Complete"],
            ["", "On track"],
            ["", "Slippage, but can be recovered"],
            ["", "Late"],
            ["", "Not started (no colour)"],
        ],
        [1.2, 6],
        header=0,
        fills=[(0, 0, RAG["blue"]), (0, 1, RAG["green"]), (0, 2, RAG["amber"]), (0, 3, RAG["red"])],
    )
    story = [
        words("Kelderby Police and Crime Commissioner", TITLE),
        words("Tracker of recommendations on race and policing", TITLE),
        words("Position at 31 January 2025"),
        gap(),
        key,
        gap(),
        *over_two_pages(
            rows,
            8,
            {
                2: "trained and paid, and bring what",
                3: "Youth Commission;",
                7: "as planned; the lead",
            },
            [1, 4, 6, 3.5, 2.2, 2.2, 1.2, 6],
            fills=fills,
        ),
    ]
    pages(path, story, ["OFFICIAL"], sideways=True, flag=90)
