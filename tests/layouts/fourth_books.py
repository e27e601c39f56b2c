"""The fourth set goes on: workbooks."""

import tempfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.properties import PageSetupProperties

from layouts.draw import cell, head, office, sheet_rows, solid
from layouts.fourth import shown, step
from layouts.third import both, told
from layouts.truth import (
    by,
    day,
    document,
    every,
    financial,
    month,
    months,
    ongoing,
    plan,
    quarter,
    rec,
    span,
    unknown,
    within,
)


def _widths(sheet, *widths):
    for letter, width in zip("ABCDEFGH", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _day(text):
    return datetime.strptime(text, "%Y-%m-%d")


def _dated(sheet, row, column, when):
    """Put a true date, shown as a day or as a month, where the phrase is one."""
    box = sheet.cell(row, column)
    if isinstance(when, dict) and when["kind"] == "date" and when["start"]:
        if when["precision"] == "day":
            box.value, box.number_format = _day(when["start"]), "dd/mm/yyyy"
        elif when["precision"] == "month":
            box.value, box.number_format = _day(when["start"]), "mmm-yy"


# A housing association: a band for each directorate, status is a colour that the key explains.

_KEY = {
    "C": ("Completed", "92D050", "completed", "green"),
    "N": ("Current", "FFC000", "in_progress", "amber"),
    "O": ("Overdue", "FF0000", "delayed", "red"),
    "F": ("Future", "9DC3E6", "not_started", "blue"),
}
_MOORVALE = [
    ("Customer Services", [
        ("Black and Asian tenants wait longer for a transfer", [
            ("Audit of 12 months' transfer decisions by ethnicity", "H", "HoH",
             day("30/06/2022", "2022-06-30"), "C", "Went to Board in July"),
            ("Rewrite the letters that ask for evidence", "M", "AM(S)",
             month("Nov-22", "2022-11"), "N", ""),
            ("Publish waiting times by ethnic group", "M", "HoH",
             month("Apr-23", "2023-04"), "F", "Needs the new system"),
        ]),
        ("Few complaints come from tenants whose first language is not English", [
            ("Voice message complaints service in top 8 languages", "H", "CSM",
             day("30/09/2022", "2022-09-30"), "O", "Supplier changed"),
            ("Telephone a sample of tenants", "L", "CSM",
             every("Quarterly from January 2023", "quarterly", "2023-01-01"), "F", ""),
        ]),
    ]),
    ("Property and Repairs", [
        ("Racist graffiti is not always removed quickly", [
            ("Set a target of 24 hours in the repairs contract", "H", "AM(N)",
             day("31/03/2022", "2022-03-31"), "C", ""),
            ("Spot checks with residents on the Fairhill and Quay estates", "M", "AM(N) | AM(S)",
             month("Dec-22", "2022-12"), "N", "Fairhill visited"),
        ]),
        ("Large families are refused adaptations more often", [
            ("Go through the adaptations policy with an occupational therapist", "M", "HoP",
             month("Feb-23", "2023-02"), "F", ""),
            ("Train surveyors in how to ask about the whole household", "L", "HoP",
             within("Summer 2023", "2023-06-01", "2023-08-31", "season"), "F", ""),
        ]),
    ]),
    ("People and Governance", [
        ("No Board member and few managers are from an ethnic minority", [
            ("Advertise Board vacancies through community networks", "H", "Company Secretary",
             day("31/05/2022", "2022-05-31"), "C", "Two people appointed"),
            ("Start a shadow Board of six tenants and staff", "M", "Chief Executive",
             month("Jan-23", "2023-01"), "N", ""),
            ("Report the ethnicity pay gap", "M", "HR Manager", every("Annually", "yearly"), "N",
             "First report in May"),
        ]),
        ("Staff on estates meet racist abuse", [
            ("De-brief by line manager within 2 working days of any incident", "H", "All managers",
             ongoing(), "N", ""),
            ("Buy personal alarms for lone workers", "H", "Health & Safety Adviser",
             day("31/08/2022", "2022-08-31"), "O", "Out of stock"),
        ]),
    ]),
]  # fmt: skip
_POSTS = {
    "HoH": "Head of Housing",
    "HoP": "Head of Property",
    "CSM": "Customer Services Manager",
    "AM(S)": "Area Manager (South)",
    "AM(N)": "Area Manager (North)",
}

MOORVALE = plan(
    "Moorvale Homes: race equality action plan 2022–24",
    "2022-10",
    *(
        rec(None, issue, *(step(text, lead, when, status=_KEY[mark][2], rag=_KEY[mark][3])
                           for text, _, lead, when, mark, _ in rows), theme=theme)
        for theme, issues in _MOORVALE
        for issue, rows in issues
    ),
    abbreviations=_POSTS,
    leave_out=[("Settle the claim of the former area manager", "a hidden row")],
)  # fmt: skip


@document("moorvale_homes_plan.xlsx", MOORVALE)
def moorvale(path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Action plan"
    _widths(sheet, 32, 44, 10, 24, 13, 18, 9, 26)
    sheet["A1"], sheet["A2"] = MOORVALE["title"], "Updated October 2022"
    sheet["A4"] = "KEY"
    for row, (name, colour, _, _) in enumerate(_KEY.values(), 5):
        sheet.cell(row, 1).fill = solid(colour)
        sheet.cell(row, 2).value = name
    top = sheet_rows(sheet, [head("Item / issue", "What we will do", "Priority H/M/L", "Lead",
                                  "Date raised", "Completion date", "Status",
                                  "Comment")], 10)  # fmt: skip
    for theme, issues in _MOORVALE:
        top = sheet_rows(sheet, [[cell(theme, cols=8, fill="D9E1F2", bold=True)]], top)
        for number, (issue, rows) in enumerate(issues):
            extra = theme.startswith("People") and number == 0
            if extra:
                rows = [*rows, ("Settle the claim of the former area manager", "H", "HR Manager",
                                day("31/12/2022", "2022-12-31"), "N", "")]  # fmt: skip
            lines = []
            for i, (text, priority, lead, when, mark, comment) in enumerate(rows):
                first = [cell(issue, rows=len(rows))] if i == 0 else []
                lines.append([*first, text, priority, shown(lead, " / "), "", told(when),
                              cell("", fill=_KEY[mark][1]), comment])  # fmt: skip
            sheet_rows(sheet, lines, top)
            for row, (_, _, _, when, _, _) in enumerate(rows, top):
                sheet.cell(row, 5).value = date(2022, 1 + row % 3, 14)
                sheet.cell(row, 5).number_format = "dd/mm/yyyy"
                _dated(sheet, row, 6, when)
            top += len(rows)
            if extra:
                sheet.row_dimensions[top - 1].hidden = True
    sheet.cell(top + 1, 1).value = "Looked at by the Equality Forum every two months."
    posts = book.create_sheet("Leads")
    _widths(posts, 14, 34)
    sheet_rows(posts, [head("Short name", "Post"), *([a, b] for a, b in _POSTS.items())])
    book.save(path)


# A police force: workstreams down, quarters across, two things in some cells.

_Q = [
    ("Q2 Jul - Sept 2024", quarter("Q2 Jul - Sept 2024", "2024-07")),
    ("Q3 Oct - Dec 2024", quarter("Q3 Oct - Dec 2024", "2024-10")),
    ("Q4 Jan - Mar 2025", quarter("Q4 Jan - Mar 2025", "2025-01")),
    ("Q1 Apr - Jun 2025", quarter("Q1 Apr - Jun 2025", "2025-04")),
    ("Q2/3 Jul - Dec 2025", span("Q2/3 Jul - Dec 2025", "2025-07-01", "2025-12-31", "quarter",
                                 kind_alt=["date"])),
]  # fmt: skip
_WREXBURY = [
    ("1", "A workforce that represents Wrexbury", "Head of People Services", [
        ["Set up a positive action team of three officers"],
        ["Insight days (Northgate, Quayside)", "Buddy scheme for Black and Asian applicants"],
        ["Analysis of early leavers (0-2 yrs service) by ethnicity"],
        ["New route into the detective pathway"],
        [],
    ]),
    ("2", "Fair use of our powers", "Superintendent Local Policing", [
        ["Body-worn video reviewed for one in ten searches"],
        ["Stop & search and use of force data published at ward level"],
        ["Train all response officers in explaining a search"],
        [],
        ["Independent evaluation of the training"],
    ]),
    ("3", "Trust among Black communities", "Superintendent Communities", [
        ["Recruit a chair for the Independent Scrutiny Panel"],
        ["Panel meets in public for the first time"],
        ["Community conversations in six places"],
        ["Community-led training for new recruits"],
        ["Second survey of trust and confidence"],
    ]),
    ("4", "Protection from hate crime and violence", "Head of Public Protection", [
        [],
        ["Third-party reporting points in mosques, churches and the gurdwara"],
        ["Victims to be offered a named officer", "Dip sample of closed hate crime cases"],
        ["Share findings with the Crown Prosecution Service"],
        [],
    ]),
]  # fmt: skip

WREXBURY = plan(
    "Wrexbury Police: Race Action Plan timeline",
    "2024-06",
    *(
        rec(number, text, *(step(words, lead, when)
                            for cells, (_, when) in zip(places, _Q, strict=True)
                            for words in cells))
        for number, text, lead, places in _WREXBURY
    ),
)  # fmt: skip


@document("wrexbury_police_timeline.xlsx", WREXBURY)
def wrexbury(path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Timeline"
    _widths(sheet, 28, 22, 30, 30, 30, 30, 30)
    sheet["A1"], sheet["A2"] = WREXBURY["title"], "As at June 2024"
    sheet["A3"] = "What we will do in the next eighteen months, by workstream"
    rows = [head("Workstream", "Lead", *(name for name, _ in _Q), fill="1F3864")]
    for number, text, lead, places in _WREXBURY:
        cells = [[f"• {one}" for one in place] or "" for place in places]
        rows.append([f"{number}. {text}", lead, *cells])
    rows[0] = [cell(one.lines, fill="BDD7EE", bold=True) for one in rows[0]]
    end = sheet_rows(sheet, rows, 5)
    sheet.cell(end + 1, 1).value = "Quarters are those of the financial year."
    notes = book.create_sheet("Governance")
    _widths(notes, 34, 26, 20)
    sheet_rows(notes, [
        head("Meeting", "Chair", "How often"),
        ["Race Action Plan Board", "Deputy Chief Constable", "Monthly"],
        ["Independent Scrutiny Panel", "To be appointed", "Every two months"],
        ["Strategic Performance Board", "Chief Constable", "Quarterly"],
    ])  # fmt: skip
    book.save(path)


# An environment agency: cover, guidance, then a sheet for each theme; a row of the template left.

_TIRLAS = [
    ("1", "Our people", [
        ("1.1", "Recruitment and retention", [
            ("Guaranteed interview scheme for candidates from our 3 placement partners", "Head of Talent",
             month("Sept 2025", "2025-09"), "30 people on placements", "In progress"),
            ("Replace competency questions in adverts for entry-level posts", "Head of Talent",
             by("By end of Q2 2025/26", "2025-09-30", "quarter"), "Used in all adverts",
             "Not started"),
            ("Track leavers by ethnicity and length of service", "People Analyst",
             every("Every quarter", "quarterly"), "Report to each People Committee",
             "In progress"),
        ]),
        ("1.2", "Safety of field staff", [
            ("Agree with the police how abuse of field officers is reported",
             "Operations Director", day("30 May 2025", "2025-05-30"), "Protocol signed",
             "Complete"),
            ("Add racist abuse to the lone-working risk assessment",
             "Health and Safety Manager", financial("FY 2025/26", 2025), "New form in use",
             "In progress"),
        ]),
    ]),
    ("2", "Our customers", [
        ("2.1", "Flood warnings that everybody understands", [
            ("Record warnings in Polish, Romanian, Bengali and Arabic",
             "Incident Communications Lead", by("Before October 2025", "2025-09-30"),
             "Four recordings live", "In progress"),
            ("Test warnings with 50 households in three valleys",
             "Incident Communications Lead",
             months("October 2025 – March 2026", "2025-10", "2026-03"),
             "Nine in ten know what to do", "Not started"),
            ("Find volunteer flood wardens in each community", "Community Resilience Officers",
             ongoing(), "40 wardens", "In progress"),
        ]),
        ("2.2", "Access to land and water", [
            ("Baseline study of who visits our reserves (and who doesn't)", "Evidence Team", financial("2025-26", 2025),
             "Study published", "Paused"),
            ("Fund six walking groups for Black and Asian women", "Access Manager",
             within("Spring 2026", "2026-03-01", "2026-05-31", "season"), "300 walkers",
             "Not started"),
        ]),
    ]),
    ("3", "Our partners", [
        ("3.1", "Procurement and grants", [
            ("EDI questions to be included in all tenders > £100k", "Head of Procurement",
             ongoing("From 1 July 2025", "2025-07-01"), "Asked in every tender", "Not started"),
            ("Publish who gets our grants", "Grants Manager", every("Every June", "yearly in June"),
             "Published on time", "Not started"),
            ("Simplify the small grants form", "Grants Manager", month("March 2025", "2025-03"),
             "Two pages in place of nine", "Complete"),
        ]),
        ("3.2", "Working together", [
            ("Join the public bodies' anti-racism forum", "Chief Executive",
             month("April 2025", "2025-04"), "Place on the steering group", "Complete"),
            ("Hold a joint conference for land managers", "Communications Manager",
             within("H2 2025/26", "2025-10-01", "2026-03-31", "half_year"), "150 people attend",
             "Not started"),
            ("Report on this plan to the Commission", "Equality Adviser | Board Secretary",
             every("31 March each year", "yearly on 31 March"), "Report accepted", "Not started"),
        ]),
    ]),
]  # fmt: skip
_SAYS = {
    "Complete": "completed",
    "In progress": "in_progress",
    "Not started": "not_started",
    "Paused": "on_hold",
}

TIRLAS = plan(
    "Tirlas Environment Agency: race equality plan 2025-26",
    "2025-04",
    *(
        rec(number, area, *(step(text, lead, when, measure=good, status=_SAYS[said])
                            for text, lead, when, good, said in rows), theme=theme)
        for _, theme, areas in _TIRLAS
        for number, area, rows in areas
    ),
    leave_out=[
        ("Insert action", "a row of the template that was not filled in"),
        ("Use one row for each action", "an instruction"),
    ],
)  # fmt: skip


@document("tirlas_race_equality_plan.xlsx", TIRLAS)
def tirlas(path):
    book = Workbook()
    cover = book.active
    cover.title = "Cover"
    cover["B3"], cover["B5"] = TIRLAS["title"], "Published April 2025"
    cover["B7"] = "Owner: Equality Adviser"
    guide = book.create_sheet("Guidance")
    _widths(guide, 16, 70)
    sheet_rows(guide, [
        head("Column", "What to put in it"),
        ["Action area", "The part of the strategy that the action serves"],
        ["Detailed actions", "Use one row for each action. Begin with a verb."],
        ["Lead", "A post, not a name"],
        ["Timescale", "When the action will be finished"],
        ["Progress", "Not started, In progress, Complete or Paused"],
    ])  # fmt: skip
    for n, theme, areas in _TIRLAS:
        sheet = book.create_sheet(f"{n} {theme}")
        _widths(sheet, 8, 26, 46, 26, 24, 28, 14)
        sheet["A1"] = f"{n}. {theme}"
        rows = [head("Ref", "Action area", "Detailed actions", "Lead", "Timescale",
                     "How we will know", "Progress", fill="C6E0B4")]  # fmt: skip
        for number, area, actions in areas:
            for i, (text, lead, when, good, said) in enumerate(actions):
                tall = len(actions)
                first = [cell(number, rows=tall), cell(area, rows=tall)] if i == 0 else []
                rows.append([*first, text, shown(lead), told(when), good, said])
        if n == "1":
            rows.append(["1.x", "[Action area]", "[Insert action]", "[Insert lead]", "By xx",
                         "", ""])  # fmt: skip
        sheet_rows(sheet, rows, 3)
    book.save(path)


# An ambulance service: indicator and objective merged down, true dates.

_SEVERNMOUTH = [
    ("1", "Increase the share of minority ethnic staff in Bands 6 and above", [
        ("Hold career days at the four largest depots", "Head of Talent | Head of Operations",
         day("30/11/2024", "2024-11-30")),
        ("Pay for the paramedic degree of ten emergency care assistants", "Head of Education",
         day("01/09/2025", "2025-09-01")),
        ("Give each sector its own figures by band", "Workforce Information Manager",
         every("Quarterly", "quarterly")),
    ]),
    ("2", "Bring the likelihood of appointment down to 1.0", [
        ("Train inclusive recruitment partners in all sectors", "Head of Resourcing",
         day("31/12/2024", "2024-12-31")),
        ("All adverts to be run through the gender / ethnicity decoder before going live", "Resourcing Team", unknown("N/A")),
        ("Ask candidates how the process felt to them", "Resourcing Team | Staff Network Leads",
         day("28/02/2025", "2025-02-28")),
    ]),
    ("3", "Fewer minority ethnic staff enter the disciplinary process", [
        ("Bring in a just culture decision tree", "Head of Employee Relations",
         day("31/10/2024", "2024-10-31")),
        ("Suspension to be a last resort and reviewed by a Director in every case", "Director of People", ongoing()),
    ]),
    ("5", "Crews are protected from racist abuse by the public", [
        ("Address flags to be placed on CAD where crews have been racially abused", "Head of Clinical Operations",
         day("31/01/2025", "2025-01-31")),
        ("Seek prosecution in every case that the member of staff supports",
         "Security Management Specialist", ongoing()),
        ("Publish the results of Operation Shield", "Head of Communications",
         both("30/04/2025 and annually", day("30/04/2025", "2025-04-30"),
              every("annually", "yearly"))),
    ]),
    ("8", "Managers deal well with discrimination between colleagues", [
        ("All team leaders to go on the inclusive leadership course", "Head of Education",
         day("31/03/2025", "2025-03-31")),
        ("Short culture surveys in the two sectors with the worst scores", "Culture Lead",
         ongoing("From October 2024", "2024-10-01")),
    ]),
]  # fmt: skip

SEVERNMOUTH = plan(
    "Severnmouth Ambulance Service: WRES action plan 2024–25",
    "2024-08",
    *(
        rec(number, text, *(step(*row) for row in rows))
        for number, text, rows in _SEVERNMOUTH
    ),
)  # fmt: skip


@document("severnmouth_wres_plan.ods", SEVERNMOUTH)
def severnmouth(path):
    book = Workbook()
    sheet = book.active
    sheet.title = "WRES 2024-25"
    _widths(sheet, 12, 34, 46, 18, 34, 22)
    sheet["A1"], sheet["A2"] = SEVERNMOUTH["title"], "August 2024"
    rows = [head("WRES indicator", "Objective", "Action", "Delivery date", "Leads",
                 "People Plan priority", fill="00A499")]  # fmt: skip
    dates, top = [], 5
    for number, text, actions in _SEVERNMOUTH:
        for i, (words, lead, when) in enumerate(actions):
            tall = len(actions)
            first = [cell(number, rows=tall), cell(text, rows=tall)] if i == 0 else []
            last = [cell("Looking after our people" if number in "58" else "Growing for the future",
                         rows=tall)] if i == 0 else []  # fmt: skip
            rows.append([*first, words, told(when), shown(lead, " & "), *last])
            dates.append(when)
    end = sheet_rows(sheet, rows, top - 1)
    for row, when in enumerate(dates, top):
        _dated(sheet, row, 4, when)
    sheet.cell(end + 1, 1).value = "Indicators 4, 6, 7 and 9 are in the Inclusion Strategy."
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plan.xlsx"
        book.save(source)
        office(source, "ods", path)
