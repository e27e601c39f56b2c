"""Plans of housing associations, fire services, schools, agencies, sport and faith bodies."""

import datetime

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from layouts.draw import (
    bold,
    cell,
    head,
    office,
    sheet_rows,
    solid,
    word,
    word_table,
)
from layouts.truth import (
    act,
    by,
    day,
    document,
    every,
    financial,
    month,
    ongoing,
    plan,
    rec,
    state,
    within,
)

COLOURS = {"completed": "00B0F0", "in_progress": "92D050", "delayed": "FF0000"}
RAGS = {"completed": "blue", "in_progress": "green", "delayed": "red", "not_started": None}


def _h(text, lead, when, status, **more):
    return act(text, lead, when, status=status, rag=RAGS[status], **more)


BRACKENFIELD = plan(
    "Brackenfield Homes: equality and diversity action plan 2025/26",
    "2025-09",
    rec(
        None,
        "Satisfaction among Asian and Black tenants is lower",
        _h("Hold focus groups on three estates", "HoN", month("Jun-25", "2025-06"), "completed"),
        _h(
            "Change the way repairs appointments are offered",
            "AM(S)",
            month("Oct-25", "2025-10"),
            "in_progress",
        ),
        _h("Survey again and publish the result", "HoN", month("Mar-26", "2026-03"), "not_started"),
        theme="Customers",
    ),
    rec(
        None,
        "Racist abuse by neighbours is not always dealt with",
        _h(
            "Write a hate incident procedure with the police",
            "AM(S)",
            month("May-25", "2025-05"),
            "completed",
        ),
        _h("Train all neighbourhood officers", "AM(S)", month("Jul-25", "2025-07"), "delayed"),
        _h("Review every case after six months", "HoN", ongoing(), "in_progress"),
        theme="Customers",
    ),
    rec(
        None,
        "Letters are hard to understand",
        _h("Test twelve letters with readers", "CM", month("Aug-25", "2025-08"), "delayed"),
        _h("Put translation links on the website", "CM", month("Nov-25", "2025-11"), "in_progress"),
        theme="Customers",
    ),
    rec(
        None,
        "Few managers come from ethnic minorities",
        _h("Join the sector's leadership scheme", "HoP", month("Apr-25", "2025-04"), "completed"),
        _h(
            "Advertise all posts at grade 9 and above outside the company",
            "HoP",
            ongoing("Ongoing from May 2025", "2025-05-01"),
            "in_progress",
        ),
        _h(
            "Publish the ethnicity pay gap",
            "HoP | DoF",
            day("31/03/2026", "2026-03-31"),
            "not_started",
        ),
        theme="People",
    ),
    rec(
        None,
        "Staff do not tell us about themselves",
        _h("Explain on pay slips why we ask", "HoP", month("Sep-25", "2025-09"), "in_progress"),
        _h("Report to Board", "HoP", every("Quarterly", "quarterly"), "in_progress"),
        theme="People",
    ),
    rec(
        None,
        "Contractors are not asked about equality",
        _h(
            "Add questions to all tenders over £50,000",
            "AM(P)",
            month("Dec-25", "2025-12"),
            "not_started",
        ),
        _h("Check five contractors on site", "AM(P)", month("Aug-25", "2025-08"), "delayed"),
        theme="Property",
    ),
    rec(
        None,
        "Homes do not suit large families",
        _h(
            "Include eight five-bedroom homes in the 2026 programme",
            "DoD",
            financial("2026/27", 2026),
            "not_started",
        ),
        _h("Ask applicants what they need", "DoD", month("Jan-26", "2026-01"), "in_progress"),
        theme="Property",
    ),
    leave_out=[
        ("Settlement with the former regional director", "hidden row on the sheet People"),
        ("Close the Eastfield office", "sheet that is hidden"),
        ("Solicitor has advised", "hidden column on the sheet Customers"),
    ],
)


def _paint(status):
    return PatternFill(bgColor=f"FF{COLOURS[status]}")


@document("brackenfield_homes.xlsx", BRACKENFIELD)
def brackenfield(path):
    """A sheet for each directorate; status only in fills and in one conditional format."""
    book = Workbook()
    front = book.active
    front.title = "Front sheet"
    front["B2"] = "Brackenfield Homes: equality and diversity action plan 2025/26"
    front["B4"] = "Position at September 2025"
    front["B6"] = "KEY"
    names = (
        ("00B0F0", "Completed"),
        ("92D050", "Current"),
        ("FF0000", "Overdue"),
        (None, "Future"),
    )
    for r, (colour, name) in enumerate(names, 7):
        if colour:
            front.cell(r, 2).fill = solid(colour)
        front.cell(r, 3).value = name
    front["B12"] = "Please update your own sheet only and send it to the Policy Officer each month."
    secret = book.create_sheet("Old ideas")
    sheet_rows(
        secret,
        [head("Item/issue", "Action", "Lead"), ["Costs", "Close the Eastfield office", "CEO"]],
    )
    secret.sheet_state = "hidden"
    for theme in ("Customers", "People", "Property"):
        sheet = book.create_sheet(theme)
        items = [item for item in BRACKENFIELD["recommendations"] if item["theme"] == theme]
        names = ["Item/issue", "Comment", "Action", "Priority H/M/L", "Lead", "Completion date"]
        rows = [head(*names, *(["Position"] if theme == "Property" else []))]
        statuses = []
        for item in items:
            for i, action in enumerate(item["actions"]):
                first = []
                if i == 0:
                    first = [cell(item["text"], rows=len(item["actions"]))]
                rows.append(
                    [
                        *first,
                        "Solicitor has advised" if theme == "Customers" else "",
                        action["text"],
                        "HML"[i % 3],
                        "/".join(action["leads"]),
                        action["timescales"][0]["raw"],
                    ]
                )
                statuses.append(action)
        sheet["A1"] = f"{theme} directorate"
        end = sheet_rows(sheet, rows, top=3)
        for r, action in enumerate(statuses, 4):
            claim = action["timescales"][0]
            if claim["kind"] == "date" and claim["precision"] in {"day", "month"}:
                sheet.cell(r, 6).value = datetime.date.fromisoformat(claim["start"])
                sheet.cell(r, 6).number_format = (
                    "mmm-yy" if claim["precision"] == "month" else "dd/mm/yyyy"
                )
            if theme == "Property":
                sheet.cell(r, 7).value = list(RAGS).index(action["status"])
            elif colour := COLOURS.get(action["status"]):
                sheet.cell(r, 3).fill = solid(colour)
        if theme == "Property":
            for number, status in enumerate(COLOURS):
                rule = CellIsRule(operator="equal", formula=[number], fill=_paint(status))
                sheet.conditional_formatting.add(f"G4:G{end}", rule)
        if theme == "Customers":
            sheet.column_dimensions["B"].hidden = True
        if theme == "People":
            sheet.cell(end, 1).value = "Legal"
            sheet.cell(end, 3).value = "Settlement with the former regional director"
            sheet.cell(end, 5).value = "CEO"
            sheet.row_dimensions[end].hidden = True
        for letter, width in zip("ABCDEF", (34, 20, 48, 10, 12, 20), strict=True):
            sheet.column_dimensions[letter].width = width
    book.save(path)


def _d(text, lead, when, status, measure):
    return act(text, lead, when, status=status, rag=RAGS[status], measure=measure)


DUNMERE = plan(
    "Dunmere Sport: Equality Standard action plan April 2011",
    "2011-04",
    *(
        rec(
            number,
            text,
            *(act(step, "", financial(f"{year}-{year + 1}", year)) for year, step in steps.items()),
        )
        for number, text, steps in (
            (
                "1",
                "LEADERSHIP",
                {
                    2011: "Appoint an equality champion to the board",
                    2012: "Train board members; elect two members from minority communities",
                    2014: "Review with members at the annual meeting",
                },
            ),
            (
                "2",
                "TAKING PART",
                {
                    2011: "Run six taster sessions in the south side of the city",
                    2012: "Start women-only swimming with two leisure trusts",
                    2013: "Extend to four islands",
                    2014: "Measure who takes part and publish the result",
                },
            ),
            (
                "3",
                "COACHES AND VOLUNTEERS",
                {
                    2012: "Pay course fees for twenty coaches from minority communities",
                    2013: "Match new coaches with mentors",
                },
            ),
            (
                "4",
                "SAFE SPORT",
                {
                    2011: "Adopt the anti-racism charter",
                    2012: "Train club welfare officers",
                    2013: "Audit reports of racist behaviour at competitions",
                    2014: "Take part in the national campaign",
                },
            ),
        )
    ),
)


@document("dunmere_sport_matrix.ods", DUNMERE)
def dunmere(path):
    """Key areas down, years across: the header is the timescale; saved as an open spreadsheet."""
    years = [f"{year}-{year + 1}" for year in range(2011, 2015)]
    rows = [head("", "KEY AREA", *years, fill="FFE699")]
    for item in DUNMERE["recommendations"]:
        steps = {action["timescales"][0]["raw"]: action["text"] for action in item["actions"]}
        rows.append([item["number"], item["text"], *(steps.get(year, "") for year in years)])
    book = Workbook()
    sheet = book.active
    sheet.title = "Action plan"
    sheet["A1"] = "Dunmere Sport: Equality Standard action plan April 2011"
    sheet_rows(sheet, rows, top=3)
    for letter, width in zip("ABCDEF", (5, 24, 30, 30, 30, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    draft = path.with_suffix(".xlsx")
    book.save(draft)
    office(draft, "ods", path)
    draft.unlink()


HAVENSHIRE = plan(
    "Havenshire Fire and Rescue Service: race equality action plan 2023/24",
    "2023-05",
    rec(
        "1.1",
        "Recruitment of on-call firefighters",
        act(
            "Hold two-day taster courses for women and people from ethnic minorities",
            "Recruitment Manager",
            within("Summer 2023", "2023-06-01", "2023-08-31", "season"),
            measure="40 people attend; ten apply",
        ),
        act(
            "Agree with employers how staff are released for calls",
            "Area Manager East",
            by("By 30 September 2023", "2023-09-30", "day"),
            measure="Agreements with five large employers",
        ),
    ),
    rec(
        "1.2",
        "Promotion to crew manager and watch manager",
        act(
            "Use assessors from outside the service",
            "Head of People",
            month("October 2023", "2023-10"),
            measure="Each centre has two",
        ),
        act(
            "Give written feedback to every candidate within ten days",
            "Head of People",
            ongoing("From October 2023", "2023-10-01"),
            measure="All candidates",
            timescales_alt=[[month("From October 2023", "2023-10")]],
        ),
    ),
    rec(
        "2.1",
        "Language and behaviour on station",
        act(
            "Visit every watch to talk about the culture review",
            "Deputy Chief Fire Officer | Area Managers",
            month("July 2023", "2023-07"),
            measure="46 watches visited",
            status="in_progress",
            timescales_alt=[
                [
                    month("July 2023", "2023-07"),
                    state("30 watches visited so far", "in_progress"),
                ]
            ],
        ),
        act(
            "Set up a reporting line run by an outside body",
            "Head of Professional Standards",
            by("by December 2023", "2023-12-31"),
            measure="Line open day and night",
        ),
    ),
    rec(
        "2.2",
        "Facilities and kit",
        act(
            "Buy fire hoods that fit over a hijab or turban",
            "Technical Services",
            month("January 2024", "2024-01"),
            measure="Hoods tested and issued",
        ),
    ),
    leave_out=[("Insert action here", "a template's row that nobody filled in")],
)


@document("havenshire_fire_plan.docx", HAVENSHIRE)
def havenshire(path):
    """Sub-heading rows; columns that differ; template rows not filled in; time and progress."""
    items = HAVENSHIRE["recommendations"]
    paper = word(landscape=True, furniture="OFFICIAL")
    paper.add_heading("Havenshire Fire and Rescue Service", 1)
    paper.add_paragraph("Race equality action plan 2023/24, agreed May 2023")
    paper.add_paragraph(
        "Guidance: replace the text in grey. Avoid “on going”. Repeat the headings on every page."
    )
    bold(paper, "Principle 1: We recruit and promote fairly")
    names = ("Ref", "Action", "Responsibility", "Timescale", "Success Measure")
    rows = [head(*names)]
    for item in items[:2]:
        rows.append([item["number"], cell(item["text"], cols=4, bold=True, fill="EEEEEE")])
        for number, action in enumerate(item["actions"], 1):
            rows.append(
                [
                    f"{item['number']}.{number}",
                    action["text"],
                    "\n".join(action["leads"]),
                    action["timescales"][0]["raw"],
                    action["measure"],
                ]
            )
    rows.append(["1.2.3", "Insert action here", "Name/role", "By xx", "Insert measure"])
    word_table(paper, rows, [1.5, 9, 5, 4, 6], heading_rows=1)
    bold(paper, "Principle 2: Everyone is safe and respected at work")
    rows = [head("Ref", "Steps", "Outcomes", "Who is responsible", "Timescale/Progress")]
    for item in items[2:]:
        rows.append([item["number"], cell(item["text"], cols=4, bold=True, fill="EEEEEE")])
        for number, action in enumerate(item["actions"], 1):
            when = [action["timescales"][0]["raw"]]
            if action["status"]:
                when.append("30 watches visited so far, work is underway")
            rows.append(
                [
                    f"{item['number']}.{number}",
                    action["text"],
                    action["measure"],
                    action["leads"],
                    when,
                ]
            )
    word_table(paper, rows, [1.5, 8, 6, 5, 5], heading_rows=1)
    paper.add_paragraph("")
    bold(paper, "Budget")
    word_table(
        paper,
        [
            head("Item", "2023/24", "2024/25"),
            ["Fire hoods", "£14,000", "£0"],
            ["Reporting line", "£9,500", "£19,000"],
        ],
        [8, 4, 4],
    )
    paper.save(path)
