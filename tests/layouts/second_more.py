"""The rest of the second set."""

import csv

from layouts.draw import cell, head, office, word, word_table
from layouts.drawn import TITLE, gap, grid, pages, words
from layouts.truth import (
    act,
    by,
    day,
    document,
    event,
    every,
    financial,
    month,
    months,
    ongoing,
    perhaps,
    plan,
    quarter,
    rec,
    state,
    within,
)

NORTHWAY = plan(
    "Northway Police: equality, diversity and inclusion delivery plan",
    "2023-03",
    rec(
        "1.1",
        "Reflect the communities that we police",
        act(
            "Attend careers fairs in all fourteen colleges",
            "Positive Action Lead",
            ongoing(),
            status="in_progress",
            number="1.1.1",
        ),
        act(
            "Track each stage of recruitment by ethnic group and explain any difference of more "
            "than five points to the Chief Constable",
            "Head of Workforce Planning",
            every("Monthly", "monthly"),
            status="in_progress",
            number="1.1.2",
        ),
        act(
            "Ask leavers what would have kept them",
            "Head of HR",
            by("by July 2023", "2023-07-31"),
            status="completed",
            number="1.1.3",
        ),
        theme="People",
    ),
    rec(
        "1.2",
        "Lead by example",
        act(
            "Hold chief officers to account for one equality objective each",
            "Chief Constable",
            financial("2023/24", 2023),
            status="in_progress",
            number="1.2.1",
        ),
        act(
            "Publish objectives on the website",
            "Head of Communications",
            month("May 2023", "2023-05"),
            status="delayed",
            number="1.2.2",
        ),
        theme="People",
    ),
    rec(
        "2.1",
        "Use powers fairly",
        act(
            "Record the ethnicity of drivers who are stopped",
            "Roads Policing Inspector",
            month("September 2023", "2023-09"),
            status="not_started",
            number="2.1.1",
        ),
        act(
            "Let the scrutiny panel choose what it looks at",
            "Superintendent Operations",
            state("Completed", "completed"),
            status="completed",
            number="2.1.2",
        ),
        act(
            "Review searches of children within a day",
            "Duty Inspectors",
            ongoing("From April 2023", "2023-04-01"),
            status="in_progress",
            number="2.1.3",
        ),
        theme="Service",
    ),
    rec(
        "2.2",
        "Look after victims",
        act(
            "Give victims of hate crime one point of contact",
            "Victim Services Manager",
            by("by 31 December 2023", "2023-12-31", "day"),
            status="not_started",
            number="2.2.1",
        ),
        act(
            "Test satisfaction by ethnic group",
            "Head of Performance",
            every("Quarterly", "quarterly"),
            status="in_progress",
            number="2.2.2",
        ),
        theme="Service",
    ),
)


@document("northway_delivery_plan.pdf", NORTHWAY)
def northway(path):
    """No rules but grey bands on every other row, which say nothing; objectives as rows; words."""
    told = {
        "in_progress": "In progress",
        "completed": "Completed",
        "delayed": "Overdue",
        "not_started": "Not yet started",
    }
    rows, fills, last = [["Ref", "Action", "Owner", "Deadline", "Status"]], [], None
    for item in NORTHWAY["recommendations"]:
        if item["theme"] != last:
            last = item["theme"]
            rows.append(["", last.upper(), "", "", ""])
        rows.append([item["number"], item["text"], "", "", ""])
        for action in item["actions"]:
            rows.append(
                [
                    action["number"],
                    action["text"],
                    action["leads"][0],
                    action["timescales"][0]["raw"],
                    told[action["status"]],
                ]
            )
            if len(rows) % 2:
                fills += [(c, len(rows) - 1, "EDEDED") for c in range(5)]
    story = [
        words("Northway Police: equality, diversity and inclusion delivery plan", TITLE),
        words("March 2023"),
        gap(),
        grid(rows, [1.6, 7.4, 4, 2.8, 2.2], ruled=False, fills=fills),
    ]
    pages(path, story, ["Northway Police – OFFICIAL"])


GREYFRIARS = plan(
    "Greyfriars Sixth Form College: equality and race action plan 2024-2026",
    "2024-01",
    rec(
        "1",
        "Students from every background feel that they belong",
        act(
            "Train tutors in talking about race",
            "Vice Principal",
            within("Spring term 2024", "2024-01-01", "2024-03-31", "term"),
            measure="All 60 tutors",
        ),
        act(
            "Set up a student equality board",
            "Head of Student Life",
            month("February 2024", "2024-02"),
            measure="Board meets each half term",
        ),
        act(
            "Survey students",
            "Head of Student Life",
            every("Each June", "yearly in June"),
            measure="85% feel that they belong",
        ),
    ),
    rec(
        "2",
        "Results do not depend on who you are",
        act(
            "Look at predicted grades by group",
            "Director of Data",
            every("Termly", "each term"),
            measure="Gap below two points",
        ),
        act(
            "Offer study skills to students who work",
            "Head of Learning Support",
            ongoing("From September 2024", "2024-09-01"),
            measure="120 students a year",
        ),
    ),
    rec(
        "3",
        "Our staff look like our students",
        act(
            "Advertise through the Black teachers' network",
            "HR Manager",
            ongoing(),
            measure="One applicant in five",
        ),
        act(
            "Offer two training posts a year",
            "Vice Principal | HR Manager",
            by("by September 2025", "2025-09-30"),
            measure="Four people trained",
        ),
    ),
)


@document("greyfriars_college_plan.docx", GREYFRIARS)
def greyfriars(path):
    """One long table in which each objective is a row across and the header is said again below it."""
    names = ("Actions", "By whom", "By when", "Impact/ how we will know", "RAG")
    rows = []
    for item in GREYFRIARS["recommendations"]:
        rows.append(
            [cell(f"Objective {item['number']}: {item['text']}", cols=5, bold=True, fill="FFF2CC")]
        )
        rows.append(head(*names))
        for action in item["actions"]:
            rows.append(
                [
                    action["text"],
                    action["leads"],
                    action["timescales"][0]["raw"],
                    action["measure"],
                    "",
                ]
            )
    paper = word(landscape=True)
    paper.add_heading("Greyfriars Sixth Form College", 1)
    paper.add_paragraph("Equality and race action plan 2024-2026")
    paper.add_paragraph("January 2024")
    word_table(
        paper,
        [head("Monitoring", "Autumn", "Spring", "Summer"), ["Governor link", "Yes", "Yes", "Yes"]],
        [6, 3, 3, 3],
    )
    paper.add_paragraph("")
    word_table(paper, rows, [9, 5, 4.5, 5, 2])
    paper.save(path)


HOLLOWAY = plan(
    "Holloway Vale Council: race equality actions",
    "2024-06",
    rec(
        "A",
        "Listen",
        act(
            "Meet the Somali women's group each quarter",
            "Community Officer",
            every("Quarterly", "quarterly"),
            status="in_progress",
        ),
        act(
            "Pay residents for their time",
            "Finance Manager | Community Officer",
            by("by 1 September 2024", "2024-09-01", "day"),
            status="completed",
        ),
    ),
    rec(
        "B",
        "Learn",
        act(
            "Add race to the induction of councillors",
            "Democratic Services Manager",
            event(
                "Annual Council May 2025",
                "Annual Council",
                "2025-05-01",
                "2025-05-31",
                "month",
                kind_alt=["date"],
            ),
            status="not_started",
        ),
        act(
            "Read every complaint of racism from the last five years",
            "Monitoring Officer",
            months("July 2024 – December 2024", "2024-07", "2024-12"),
            status="in_progress",
        ),
        act(
            "Share what was learnt with partners",
            "Monitoring Officer",
            within("early 2025", "2025-01-01", "2025-04-30", "year"),
            status="not_started",
        ),
    ),
    rec(
        "C",
        "Lead",
        act(
            "Put race equality in the chief executive's appraisal",
            "Leader of the Council",
            month("Mar-25", "2025-03"),
            status="not_started",
        ),
        act(
            "Support a regional network of Black and Asian managers",
            "Head of HR",
            perhaps("Subject to funding"),
            status="on_hold",
        ),
    ),
)


@document("holloway_vale_actions.csv", HOLLOWAY)
def holloway(path):
    """Semicolons, an old code page, lists inside cells, a column for each kind of officer."""
    told = {
        "in_progress": "Amber",
        "completed": "Blue",
        "not_started": "Not started",
        "on_hold": "On hold",
    }
    rows = [
        ["Ref", "Priority", "Task", "Responsible officer", "Due", "BRAG / status"],
    ]
    for item in HOLLOWAY["recommendations"]:
        for i, action in enumerate(item["actions"]):
            rows.append(
                [
                    item["number"] if i == 0 else "",
                    item["text"] if i == 0 else "",
                    action["text"],
                    "\n".join(action["leads"]),
                    action["timescales"][0]["raw"],
                    told[action["status"]],
                ]
            )
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            ["Holloway Vale Council: race equality actions", "", "", "", "June 2024", ""]
        )
        writer.writerows(rows)


THORPE = plan(
    "Thorpe Regis Town Council: equality action list",
    "2025-02",
    rec(
        None,
        "Make meetings open to all",
        act(
            "Hold two meetings a year in the community hall",
            "Town Clerk",
            every("Twice a year", "every 6 months"),
        ),
        act("Publish minutes in plain English", "Town Clerk", ongoing()),
    ),
    rec(
        None,
        "Use our buildings well",
        act(
            "Offer the hall free of charge to new groups",
            "Facilities Officer",
            by("by April 2025", "2025-04-30"),
        ),
        act(
            "Check access with a user group",
            "Facilities Officer | Access Group",
            quarter("Q2 2025/26", "2025-07"),
        ),
    ),
    rec(
        None,
        "Mark the days that matter to people",
        act(
            "Agree a calendar of flags and events",
            "Events Committee",
            event(
                "Council, 11 March 2025",
                "Council",
                "2025-03-11",
                "2025-03-11",
                "day",
                kind_alt=["date"],
            ),
        ),
        act("Support the Windrush event", "Events Committee", day("22 June 2025", "2025-06-22")),
    ),
)


@document("thorpe_regis_list.md", THORPE)
def thorpe(path):
    """A table in Markdown, the objective given once and then left blank."""
    lines = [
        "# Thorpe Regis Town Council: equality action list",
        "",
        "February 2025",
        "",
        "| Objective | Action | Lead | When |",
        "|---|---|---|---|",
    ]
    for item in THORPE["recommendations"]:
        for i, action in enumerate(item["actions"]):
            aim = f"**{item['text']}**" if i == 0 else ""
            lines.append(
                f"| {aim} | {action['text']} | {' / '.join(action['leads'])} | "
                f"{action['timescales'][0]['raw']} |"
            )
    path.write_text("\n".join([*lines, "", "Approved by the council.", ""]), encoding="utf-8")


CORBRIDGE = plan(
    "Corbridge and Tyne Housing: anti-racism commitments",
    "2023-01",
    rec(
        "1",
        "Be a landlord that everybody can trust",
        act(
            "Review every eviction of the last three years for bias",
            "Director of Homes",
            by("By 30 June 2023", "2023-06-30", "day"),
            status="in_progress",
            measure="Report to the Board with the figures",
        ),
        act(
            "Give residents a say in how racist abuse is dealt with",
            "Resident Voice Manager",
            month("October 2023", "2023-10"),
            status="not_started",
            measure="Policy agreed by the residents' panel",
        ),
    ),
    rec(
        "2",
        "Be an employer that people recommend",
        act(
            "Publish pay by ethnic group",
            "Head of Reward",
            every("Each April", "yearly in April"),
            status="completed",
            measure="First report published",
        ),
        act(
            "Change how managers are chosen",
            "Director of People | Head of Reward",
            within("Spring 2024", "2024-03-01", "2024-05-31", "season"),
            status="on_hold",
            measure="Half of shortlists are mixed",
        ),
        act(
            "Meet the staff network each quarter",
            "Chief Executive",
            every("Quarterly", "quarterly"),
            status="in_progress",
            measure="Notes on the intranet",
        ),
    ),
    rec(
        "3",
        "Be a neighbour that speaks up",
        act(
            "Join the city's campaign",
            "Head of Communications",
            state("Done", "completed"),
            status="completed",
            measure="Pledge signed",
        ),
    ),
)


@document("corbridge_commitments.odt", CORBRIDGE)
def corbridge(path):
    """A form for each action: a table of two columns, labels on the left."""
    said = {
        "in_progress": "On track",
        "not_started": "Not started",
        "completed": "Complete",
        "on_hold": "Paused",
    }
    paper = word(furniture="Corbridge and Tyne Housing")
    paper.add_heading("Corbridge and Tyne Housing: anti-racism commitments", 1)
    paper.add_paragraph("January 2023")
    for item in CORBRIDGE["recommendations"]:
        paper.add_heading(f"Commitment {item['number']}: {item['text']}", 2)
        for action in item["actions"]:
            word_table(
                paper,
                [
                    [cell(label, bold=True, fill="EEEEEE"), text]
                    for label, text in (
                        ("Action", action["text"]),
                        ("Lead", action["leads"]),
                        ("Deadline", action["timescales"][0]["raw"]),
                        ("How we will measure success", action["measure"]),
                        ("Status", said[action["status"]]),
                    )
                ],
                [5, 12],
            )
            paper.add_paragraph("")
    draft = path.with_suffix(".docx")
    paper.save(draft)
    office(draft, "odt", path)
    draft.unlink()
