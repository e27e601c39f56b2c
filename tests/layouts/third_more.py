"""The rest of the third set: workbooks, web page, LibreOffice, values, PDF and plain text."""

import csv
import datetime

from openpyxl import Workbook

from layouts.draw import cell, head, html_table, office, sheet_rows, solid, word, word_table
from layouts.drawn import TITLE, gap, over_two_pages, pages, words
from layouts.third import both, claims, told
from layouts.truth import (
    act,
    by,
    day,
    document,
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
    unknown,
    within,
)

# A county's tracker: due date first, a revised date, status only in the fill, closed ones apart.

_TINTS = {"green": "92D050", "amber": "FFC000", "red": "FF0000", "blue": "5B9BD5"}
_MEANT = {
    "green": "in_progress",
    "amber": "delayed",
    "red": "delayed",
    "blue": "completed",
}
_D = datetime.date
_WOLDSHIRE = [
    ("Open", "Fair pay and progression", [
        (_D(2025, 6, 30), None, "Head of Reward", "Publish the ethnicity pay gap by grade",
         "green"),
        (_D(2025, 3, 31), _D(2025, 7, 31), "Head of Reward",
         "Check honoraria for differences by ethnic group", "amber"),
        (_D(2025, 9, 1), None, "Learning Manager", "Keep half the leadership places open to all "
         "grades", "green"),
        (_D(2024, 12, 20), _D(2025, 5, 16), "Employee Relations Lead",
         "Rewrite the grievance policy with the networks", "red"),
    ]),
    ("Open", "Inclusive commissioning", [
        (_D(2025, 10, 1), None, "Head of Procurement",
         "Ask bidders for their race equality action", "green"),
        (_D(2025, 4, 30), None, "Category Managers", "Monitor ten large contracts for outcomes",
         "red"),
        (_D(2026, 1, 31), None, "Head of Procurement",
         "Hold two open days for minority-led firms", "green"),
        (_D(2025, 5, 30), _D(2025, 11, 28), "Social Value Officer",
         "Set a target for spend with social enterprises", "amber"),
    ]),
    ("Open", "Children and schools", [
        (_D(2025, 7, 18), None, "Virtual School Head",
         "Report exclusions of looked-after children by ethnicity", "green"),
        (_D(2025, 12, 12), None, "Principal Educational Psychologist",
         "Offer training on racial trauma to every cluster", "green"),
        (_D(2025, 2, 28), _D(2025, 6, 27), "Governor Services Manager",
         "Recruit twenty governors from communities that are missing", "amber"),
    ]),
    ("Closed", "Fair pay and progression", [
        (_D(2024, 9, 30), None, "Head of Reward", "Agree categories for pay reporting", "blue"),
        (_D(2024, 11, 1), None, "Learning Manager", "Launch the mentoring circles", "blue"),
    ]),
    ("Closed", "Children and schools", [
        (_D(2024, 7, 31), None, "Virtual School Head", "Map supplementary schools", "blue"),
    ]),
]  # fmt: skip


def _long(when):
    return f"{when:%d/%m/%Y}"


def _woldshire(due, revised, owner, text, colour):
    late = (revised or due).isoformat()
    return act(text, owner, day(_long(revised or due), late), status=_MEANT[colour], rag=colour)


WOLDSHIRE = plan(
    "Woldshire County Council – race equality tracker",
    "2025-05-02",
    *(
        rec(None, goal, *(
            _woldshire(*row) for _, other, rows in _WOLDSHIRE if other == goal for row in rows
        ))
        for goal in dict.fromkeys(goal for _, goal, _ in _WOLDSHIRE)
    ),
    leave_out=[("Translate the staff handbook", "a hidden row"), ("Slipping", "the key")],
)  # fmt: skip


@document("woldshire_tracker.xlsx", WOLDSHIRE)
def woldshire(path):
    book = Workbook()
    notes = book.active
    notes.title = "Read me"
    notes["A1"] = "Woldshire County Council – race equality tracker"
    notes["A2"] = "As at 2 May 2025"
    for r, (colour, meaning) in enumerate(
        [("green", "On time"), ("amber", "Slipping"), ("red", "Overdue"), ("blue", "Closed")], 4
    ):
        notes.cell(r, 1).fill = solid(_TINTS[colour])
        notes.cell(r, 2).value = meaning
    for name in ("Open", "Closed"):
        sheet = book.create_sheet(f"{name} tasks")
        sheet["B1"] = f"{name} tasks"
        names = ("Due", "Revised due", "Owner", "Task", "Goal", "BRAG")
        sheet_rows(sheet, [head(*names)], top=3)
        row = 4
        listed = [(goal, one) for of, goal, rows in _WOLDSHIRE if of == name for one in rows]
        if name == "Open":
            extra = (_D(2025, 8, 1), None, "Head of HR", "Translate the staff handbook", "green")
            listed.insert(3, ("Fair pay and progression", extra))
        for goal, (due, revised, owner, text, colour) in listed:
            sheet_rows(sheet, [["", "", owner, text, goal, ""]], top=row)
            for column, when in ((1, due), (2, revised)):
                sheet.cell(row, column).value = when
                sheet.cell(row, column).number_format = "dd/mm/yyyy"
            sheet.cell(row, 6).fill = solid(_TINTS[colour])
            if text == "Translate the staff handbook":
                sheet.row_dimensions[row].hidden = True
            row += 1
        sheet.cell(row + 2, 4).value = "Tasks leave this list once the Board has agreed"
        for letter, size in zip("ABCDE", (12, 12, 26, 50, 28), strict=True):
            sheet.column_dimensions[letter].width = size
    book.save(path)


# A police force's year: financial years over quarters, the person at the far right.

_HARROWBY = [
    ("Stop and search", "Superintendent, Operations", {
        0: ["Publish each division's figures"],
        2: ["Body-worn video reviewed by lay members"],
        4: ["Train all sergeants in scrutiny of grounds"],
    }),
    ("Recruitment", "Head of People Services", {
        0: ["Outreach with six colleges"],
        1: ["Positive action workshops"],
        3: ["Review of vetting by ethnic group"],
        5: ["Second outreach round"],
    }),
    ("Retention", "Deputy Chief Constable", {
        1: ["Exit interviews by an independent body"],
        4: ["Sponsorship for sergeants of colour"],
    }),
    ("Victims of hate crime", "Head of Crime", {
        0: ["One point of contact for each victim"],
        3: ["Survey of victims' satisfaction", "Review of cases filed without result"],
        5: ["Report to the Police and Crime Panel"],
    }),
]  # fmt: skip
_QUARTERS = ["2023-04", "2023-07", "2023-10", "2024-01", "2024-04", "2024-07"]
_NAMES = ["Q1", "Q2", "Q3", "Q4", "Q1", "Q2"]

HARROWBY = plan(
    "Harrowby Constabulary: race action timetable",
    "2023-04",
    *(
        rec(None, strand, *(
            act(text, lead, quarter(_NAMES[at], _QUARTERS[at]))
            for at, texts in cells.items() for text in texts
        ))
        for strand, lead, cells in _HARROWBY
    ),
)  # fmt: skip


@document("harrowby_timetable.xlsx", HARROWBY)
def harrowby(path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Timetable"
    sheet["A1"] = "Harrowby Constabulary: race action timetable"
    sheet["A2"] = "Agreed April 2023. Quarters are those of the financial year."
    rows = [
        [cell("Strand", rows=2, bold=True), cell("2023/24", cols=4, bold=True),
         cell("2024/25", cols=2, bold=True), cell("Strand lead", rows=2, bold=True)],
        [cell(name, bold=True) for name in _NAMES],
    ]  # fmt: skip
    for strand, lead, cells in _HARROWBY:
        rows.append([strand, *("\n".join(cells.get(at, [])) for at in range(6)), lead])
    sheet_rows(sheet, rows, top=4)
    for letter in "ABCDEFGH":
        sheet.column_dimensions[letter].width = 24
    book.save(path)


# A health board's page: goal as heading, date first, a table for each, one as a list of terms.

_MEREWATER = [
    ("Goal 1", "People find our services easy to reach", [
        (by("by 31 October 2024", "2024-10-31", "day"), "Provide interpreters within two hours",
         "Patient Services Manager", "Waits under two hours in 95% of cases"),
        (ongoing("ongoing from January 2025", "2025-01-01"),
         "Offer letters in the ten languages most asked for",
         "Head of Communications", "Fewer missed appointments"),
        (within("Spring 2025", "2025-03-01", "2025-05-31", "season"),
         "Hold clinics in three community centres", "Public Health Consultant",
         "600 people seen"),
    ]),
    ("Goal 2", "Data tell us where care is unequal", [
        (quarter("Q4 2024/25", "2025-01"), "Complete ethnic coding in maternity",
         "Head of Midwifery", "98% complete"),
        (every("monthly", "monthly"), "Send wards their coding figures",
         "Information Manager", "Every ward above 95%"),
        (by("end of Q2 2025/26", "2025-09-30", "quarter"),
         "Study waiting times by ethnic group", "Medical Director", "Report to the Board"),
        (day("14.02.25", "2025-02-14"), "Share the method with general practices",
         "Primary Care Lead", "All 42 practices sent it"),
    ]),
    ("Goal 3", "Our staff are safe and go far", [
        (month("November 2024", "2024-11"), "Sign the anti-racism pledge",
         "Chief Executive | Staff Side Chair", "Pledge on display"),
        (months("February – April 2025", "2025-02", "2025-04"),
         "Train 60 cultural ambassadors", "Workforce Lead", "One on each senior panel"),
        (financial("2025-26", 2025), "Rotate international nurses through specialties",
         "Director of Nursing", "Equal access to band 6"),
        (both("July 2025 and yearly thereafter", month("July 2025", "2025-07"),
              every("yearly thereafter", "yearly")),
         "Review disciplinary cases for bias", "Workforce Lead", "Ratio below 1.25"),
    ]),
]  # fmt: skip

MEREWATER = plan(
    "Merewater Health Board: anti-racist action plan",
    "2024-09",
    *(
        rec(goal.split()[1], text, *(
            act(words_, who, *claims(when), measure=outcome)
            for when, words_, who, outcome in actions
        ))
        for goal, text, actions in _MEREWATER
    ),
    leave_out=[("Accept all cookies", "the page's own")],
)  # fmt: skip


@document("merewater_action_plan.html", MEREWATER)
def merewater(path):
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8>",
        "<title>Merewater Health Board: anti-racist action plan</title></head><body>",
        "<div id=cookies><p>We use cookies.</p><button>Accept all cookies</button></div>",
        "<nav><ul><li><a href=/>Home</a></li><li><a href=/about>About us</a></li></ul></nav>",
        "<main><h1>Merewater Health Board: anti-racist action plan</h1>",
        "<p>Published September 2024</p>",
        "<p>This page sets out our three goals and what we shall do.</p>",
    ]
    for goal, text, actions in _MEREWATER:
        parts.append(f"<h2>{goal}: {text}</h2>")
        parts.append("<p>Why this matters: patients told us so in 2023.</p>")
        if goal == "Goal 2":
            for when, words_, who, outcome in actions:
                parts.append(
                    f"<h3>{words_}</h3><dl><dt>By when</dt><dd>{told(when)}</dd><dt>Who</dt>"
                    f"<dd>{who}</dd><dt>Intended outcome</dt><dd>{outcome}</dd></dl>"
                )
            continue
        rows = [["Deadline", "Activity", "Owner(s)", "Intended outcome"]]
        for when, words_, who, outcome in actions:
            rows.append([told(when), words_, who.split(" | "), outcome])
        parts.append(html_table(rows, 'class="plan"', heading_rows=1))
    parts.append("<h2>More information</h2><p>Contact the Equality Team.</p></main>")
    parts.append("<footer><p>© Merewater Health Board</p></footer></body></html>")
    path.write_text("\n".join(parts), encoding="utf-8")


# A housing association in LibreOffice: pillar as heading, header once, progress in sentences.

_ASHCOMBE = [
    ("Pillar one: Homes", "1", [
        ("1.1", "Study lettings by ethnicity and bedroom need", "Yearly study", month(
            "August 2023", "2023-08"), "Head of Lettings", "Completed. Report went to Board.",
         "completed"),
        ("1.2", "Answer damp reports from large families first", "Median under ten days",
         by("by Dec 2023", "2023-12-31"), "Repairs Director", "On track; median is now twelve days",
         "in_progress"),
        ("1.3", "Check rent arrears letters for plain language", "All letters",
         by("end Feb 2024", "2024-02-29"), "Income Manager", "Not started", "not_started"),
    ]),
    ("Pillar two: Neighbours", "2", [
        ("2.1", "Open a racist harassment helpline", "Answered day and night",
         day("2 October 2023", "2023-10-02"), "Safer Homes Manager",
         "Underway: supplier chosen", "in_progress"),
        ("2.2", "Take legal action within 28 days of evidence", "All cases", ongoing("Ongoing"),
         "Safer Homes Manager / Legal Team", "On track", "in_progress"),
        ("2.3", "Hold a summer festival with tenants of every estate", "Five estates",
         within("Summer 2024", "2024-06-01", "2024-08-31", "season"), "Estates Lead",
         "Paused until budgets are set", "on_hold"),
        ("2.4", "Fund tenant groups led by people of colour", "£40,000 a year",
         perhaps("If grant is renewed"), "Community Fund Manager", "Not started", "not_started"),
    ]),
    ("Pillar three: Colleagues", "3", [
        ("3.1", "Raise the share of managers of colour", "25%", by("by 2026", "2026-12-31", "year"),
         "Executive Team", "Slipped: recruitment was frozen", "delayed"),
        ("3.2", "Give each director a reverse mentor", "Eight pairs", month("May 2023", "2023-05"),
         "People Director", "Completed", "completed"),
        ("3.3", "Review the dress code with staff", "New code", unknown("TBC"),
         "People Director", "Withdrawn, no longer relevant", "withdrawn"),
        ("3.4", "Report hate incidents by contractors", "Every quarter",
         every("Quarterly", "quarterly"), "Procurement Lead", "On track", "in_progress"),
    ]),
]  # fmt: skip

ASHCOMBE = plan(
    "Ashcombe Housing: Race and belonging work programme",
    "2023-09",
    *(
        rec(number, pillar.split(": ")[1],
            *(act(text, lead.replace(" / ", " | "), when, measure=measure, status=status, number=n)
              for n, text, measure, when, lead, _, status in actions),
            text_alt=[pillar])
        for pillar, number, actions in _ASHCOMBE
    ),
)  # fmt: skip
for _item in ASHCOMBE["recommendations"]:
    _item["number"] = None


@document("ashcombe_programme.odt", ASHCOMBE)
def ashcombe(path):
    paper = word(landscape=True, furniture="Ashcombe Housing")
    paper.add_heading("Ashcombe Housing: Race and belonging work programme", 0)
    paper.add_paragraph("Update for tenants, September 2023")
    for i, (pillar, _, actions) in enumerate(_ASHCOMBE):
        paper.add_heading(pillar, 1)
        rows = [head("No", "Task", "Target", "Due", "Named lead", "Update")] if i == 0 else []
        rows += [[n, text, measure, told(when), lead, said]
                 for n, text, measure, when, lead, said, _ in actions]  # fmt: skip
        word_table(paper, rows, [1.4, 7, 4, 3.6, 4.4, 5.4])
    paper.add_paragraph("Targets are those that the Board set in April 2023.")
    source = path.with_suffix(".docx")
    paper.save(source)
    office(source, "odt", path)
    source.unlink()


# A district's list as values: title rows, objective said once, lines inside cells, totals below.

_PENNARD = [
    ("EO1", "Everyone can take part in public life", [
        ("Run councillor shadowing for forty residents", "Democratic Services Manager",
         "01/05/2024", "30/11/2024", "2024-11-30", "2024-05-01", "On course"),
        ("Hold surgeries in three gurdwaras, mosques and churches", "Community Development Lead",
         "01/04/2024", "31/03/2025", "2025-03-31", "2024-04-01", "On course"),
        ("Check polling places for distance from estates", "Electoral Services Manager",
         "01/06/2024", "31/01/2025", "2025-01-31", "2024-06-01", "To do"),
        ("Print consultation papers in easy read", "Communications Manager",
         "01/04/2024", "30/06/2024", "2024-06-30", "2024-04-01", "Delivered"),
    ]),
    ("EO2", "Gypsy, Roma and Traveller residents are treated as neighbours", [
        ("Agree negotiated stopping places with the county", "Head of Housing\nHead of Planning",
         "01/07/2024", "30/06/2025", "2025-06-30", "2024-07-01", "Behind"),
        ("Brief all members on the law on encampments", "Monitoring Officer",
         "01/05/2024", "31/07/2024", "2024-07-31", "2024-05-01", "Delivered"),
        ("Appoint a liaison worker", "Head of Housing", "01/09/2024", "31/12/2024", "2024-12-31",
         "2024-09-01", "To do"),
    ]),
    ("EO3", "The council employs the district it serves", [
        ("Advertise through community groups, not only online", "HR Manager",
         "01/04/2024", "31/05/2024", "2024-05-31", "2024-04-01", "Delivered"),
        ("Guarantee interviews to local apprentices", "HR Manager",
         "01/10/2024", "30/09/2025", "2025-09-30", "2024-10-01", "To do"),
        ("Ask leavers about fairness", "HR Manager", "01/06/2024", "31/08/2024", "2024-08-31",
         "2024-06-01", "Behind"),
        ("Set up a staff race network with a budget", "Chief Executive",
         "15/04/2024", "15/10/2024", "2024-10-15", "2024-04-15", "On course"),
    ]),
]  # fmt: skip
_WHERE = {
    "On course": "in_progress",
    "To do": "not_started",
    "Delivered": "completed",
    "Behind": "delayed",
}


def _pennard(text, lead, start, due, end, begun, said):
    both_ends = {
        "raw": f"{start} – {due}", "kind": "period", "start": begun, "end": end,
        "precision": "day", "recurrence": None, "status": None,
    }  # fmt: skip
    return act(text, lead.replace("\n", " | "), both_ends, status=_WHERE[said])


PENNARD = plan(
    "Pennard District Council equality objectives action log",
    "2024-09",
    *(
        rec(number, text, *(_pennard(*row) for row in actions))
        for number, text, actions in _PENNARD
    ),
    leave_out=[("Total actions", "a sum")],
)


@document("pennard_action_log.csv", PENNARD)
def pennard(path):
    with path.open("w", encoding="utf-8-sig", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(["Pennard District Council equality objectives action log"])
        writer.writerow(["Position at September 2024", "", "", "", "", "", ""])
        writer.writerow([])
        writer.writerow(["Obj. no.", "Equality Objective", "Where we are", "Activity",
                         "Start", "Finish", "Officer(s)"])  # fmt: skip
        for number, text, actions in _PENNARD:
            for i, (words_, lead, start, due, _, _, said) in enumerate(actions):
                first = [number, text] if i == 0 else ["", ""]
                writer.writerow([*first, said, words_, start, due, lead])
        writer.writerow([])
        writer.writerow(["Total actions", "11"])
        writer.writerow(["Exported by the performance system"])


# A fire authority's PDF, drawn: rules, bands for aims, heading on each page, a row cut in two.

_STANNER = [
    ("Aim 1. Firefighters from every community", [
        ("1.1", "Hold have-a-go days at eight stations with community hosts",
         "Station Managers", quarter("Q1 2025/26", "2025-04"), "Visitors reflect the county"),
        ("1.2", "Replace the fitness sift with a coached programme so that candidates who narrowly "
         "miss the standard are helped to reach it and may try once more in the same round",
         "Head of Training", by("by December 2025", "2025-12-31"), "Equal pass rates"),
        ("1.3", "Take part in the regional apprenticeship fair", "Recruitment Officer",
         every("Annually", "yearly"), "Fifty contacts"),
    ]),
    ("Aim 2. A culture where racism is challenged", [
        ("2.1", "Give every watch a facilitated session on language and banter",
         "Area Commanders", months("June to November 2025", "2025-06", "2025-11"),
         "All 38 watches"),
        ("2.2", "Bring in a confidential line that is run from outside",
         "Monitoring Officer", state("In place since March 2025", "in_progress", "2025-03-01",
         "2025-03-31"), "Calls answered in a day"),
        ("2.3", "Check promotion boards for fairness", "Head of HR",
         day("30 January 2026", "2026-01-30"),
         "Observer at each board"),
        ("2.4", "Report all cases to the Fire Authority", "Monitoring Officer",
         every("Six monthly", "every 6 months"), "Two reports a year"),
    ]),
    ("Aim 3. Prevention that reaches everyone", [
        ("3.1", "Visit homes with the highest risk in languages that people speak",
         "Prevention Manager", ongoing("Ongoing"), "2,000 visits"),
        ("3.2", "Work with mosques and temples on cooking and candle safety",
         "Prevention Manager", within("Autumn 2025", "2025-09-01", "2025-11-30", "season"),
         "Twenty sessions"),
        ("3.3", "Map smoke alarm ownership by ethnicity", "Data Analyst",
         by("end of Q3 2025/26", "2025-12-31", "quarter"), "Map agreed"),
        ("3.4", "Translate safety leaflets with community readers", "Communications Officer",
         day("1 August 2025", "2025-08-01"), "Six languages"),
    ]),
]  # fmt: skip

STANNER = plan(
    "Stanner and Weald Fire Authority: equality, race and belonging plan",
    "2025-03",
    *(
        rec(aim[4], aim[7:], *(
            act(text, lead, when, measure=measure, number=n, status=when["status"])
            for n, text, lead, when, measure in actions
        ))
        for aim, actions in _STANNER
    ),
    leave_out=[("OFFICIAL", "protective marking")],
)  # fmt: skip


@document("stanner_fire_plan.pdf", STANNER)
def stanner(path):
    rows = [["Item", "Action required", "Complete by", "Action by", "Success looks like"]]
    for aim, actions in _STANNER:
        rows.append(["", aim, "", "", ""])
        rows += [[n, text, told(when), lead, m] for n, text, lead, when, m in actions]
    fills = [(c, r, "DDDDDD") for r, row in enumerate(rows) if not row[0] for c in range(5)]
    widths = [1.4, 10, 4, 4, 5.2]
    story = [
        words("Stanner and Weald Fire Authority: equality, race and belonging plan", TITLE),
        words("March 2025"), gap(),
        *over_two_pages(rows, 3, {1: "who narrowly miss"}, widths, fills=fills),
        gap(), words("* Dates follow the financial year, April to March."),
    ]  # fmt: skip
    pages(path, story, ["OFFICIAL", "Stanner and Weald Fire Authority"], landscape=True)


# A borough's PDF as Word prints it: objective above each table, labels differ from one to the next.

_EASTMERE = [
    ("Objective 1", "Know our communities better",
     ("Milestones and tasks", "Target date", "Responsible officer", "KPI"), [
        ("Refresh the community profile with census results", month("January 2022", "2022-01"),
         "Policy Manager", "Profile online"),
        ("Collect ethnicity at first contact in adult care", by("by April 2022", "2022-04-30"),
         "Head of Adult Care", "90% known"),
        ("Run a residents' survey with boosted samples",
         within("Spring 2022", "2022-03-01", "2022-05-31", "season"), "Policy Manager",
         "1,500 replies"),
    ]),
    ("Objective 2", "Treat people fairly in enforcement",
     ("Task", "When", "Owner", "Performance measure"), [
        ("Review fixed penalties by ethnicity and ward", by("end October 2021", "2021-10-31"),
         "Head of Regulatory Services", "Report to scrutiny"),
        ("Train wardens in de-escalation", months("Nov 2021 – Feb 2022", "2021-11", "2022-02"),
         "Enforcement Manager", "All wardens"),
        ("Set up a lay scrutiny panel for complaints", day("28/02/2022", "2022-02-28"),
         "Monitoring Officer", "Four meetings a year"),
        ("Publish the panel's findings", every("Every quarter", "quarterly"),
         "Monitoring Officer", "On the website"),
    ]),
    ("Objective 3", "Support Black and minority ethnic businesses",
     ("Task", "When", "Owner", "Performance measure"), [
        ("Offer start-up advice in community venues", financial("2022/23", 2022),
         "Economic Growth Manager", "200 people advised"),
        ("Simplify the market trader licence", within("mid-2022", "2022-05-01", "2022-08-31",
         "year"), "Markets Officer", "Form of two pages"),
        ("Keep one in five kiosks for new traders", ongoing("From September 2022", "2022-09-01"),
         "Markets Officer", "20% let"),
    ]),
]  # fmt: skip

EASTMERE = plan(
    "London Borough of Eastmere: Race Equality Scheme 2021-23",
    "2021-09",
    *(
        rec(label.split()[1], text, *(
            act(words_, who, when, measure=measure) for words_, when, who, measure in actions
        ))
        for label, text, _, actions in _EASTMERE
    ),
    leave_out=[("Population by ethnic group", "a table of figures")],
)  # fmt: skip


@document("eastmere_scheme.pdf", EASTMERE)
def eastmere(path):
    paper = word(furniture="London Borough of Eastmere")
    paper.add_heading("London Borough of Eastmere: Race Equality Scheme 2021-23", 0)
    paper.add_paragraph("September 2021")
    paper.add_heading("Population by ethnic group", 2)
    word_table(paper, [head("Group", "2011", "2021"), ["White", "61%", "54%"],
                       ["Asian", "21%", "25%"], ["Black", "12%", "14%"]])  # fmt: skip
    paper.add_page_break()
    for label, text, names, actions in _EASTMERE:
        paper.add_heading(f"{label}: {text}", 1)
        paper.add_paragraph("We chose this objective because residents asked for it.")
        rows = [head(*names)]
        rows += [[words_, told(when), who, measure] for words_, when, who, measure in actions]
        word_table(paper, rows, [7, 3.4, 3.6, 3.4], heading_rows=1)
    source = path.with_suffix(".docx")
    paper.save(source)
    office(source, "pdf", path)
    source.unlink()
