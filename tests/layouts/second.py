"""A second set, written after the first reading of the first: other bodies, other habits."""

import datetime

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from layouts.draw import bold, cell, head, office, sheet_rows, word, word_table
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
    span,
    within,
)


def _r(number, text, responsible, accountable, when, measure):
    return act(
        text,
        f"{responsible} | {accountable}",
        when,
        measure=measure,
        number=number,
        leads_alt=[f"{accountable} | {responsible}"],
    )


MARSHGATE = plan(
    "Marshgate University: race equality mark action plan 2015-2018",
    "2015-07",
    rec(
        "1",
        "Organisation and its context",
        _r(
            "1.1",
            "Publish a statement by the Vice-Chancellor each year",
            "Head of Communications",
            "Vice-Chancellor",
            month("October 2015", "2015-10"),
            "Statement on the website",
        ),
        _r(
            "1.2",
            "Put race equality into the terms of every university committee",
            "Clerk to Council",
            "Registrar",
            by("by end of January 2016", "2016-01-31"),
            "All 14 committees",
        ),
    ),
    rec(
        "2",
        "Staff profile",
        _r(
            "2.1",
            "Ask staff to update what we know about them",
            "HR Systems Manager",
            "Director of HR",
            every("Annually", "yearly"),
            "Unknown below 4%",
        ),
        _r(
            "2.2",
            "Report the make-up of fixed-term staff to deans",
            "HR Systems Manager",
            "Director of HR",
            within("2015/16", "2015-08-01", "2016-07-31", "academic_year", end_alt=["2016-08-31"]),
            "Report to each dean",
        ),
    ),
    rec(
        "3",
        "Recruitment, promotion and progression",
        _r(
            "3.1",
            "Use search firms that have signed a code",
            "Resourcing Manager",
            "Director of HR",
            ongoing("From September 2015", "2015-09-01"),
            "Code signed by every firm",
        ),
        _r(
            "3.2",
            "Give applicants for chairs a sponsor",
            "Deans",
            "Provost",
            month("March 2016", "2016-03"),
            "Each applicant has one",
        ),
        _r(
            "3.3",
            "Compare pay at promotion",
            "Reward Manager",
            "Director of HR",
            month("July 2016", "2016-07"),
            "No gap above 3%",
        ),
    ),
    rec(
        "4",
        "Students",
        _r(
            "4.1",
            "Look at admissions by course",
            "Head of Admissions",
            "Academic Registrar",
            month("December 2015", "2015-12"),
            "Report to Senate",
        ),
        _r(
            "4.2",
            "Start a prize for work on race",
            "Dean of Students",
            "Provost",
            by("by June 2017", "2017-06-30"),
            "Prize given each year",
        ),
    ),
)


@document("marshgate_mark_plan.docx", MARSHGATE)
def marshgate(path):
    """Eight columns; R and A share the last, a line each; what was done stands beside what will be."""
    names = (
        "Ref",
        "Objective",
        "Action already taken to date and outcome",
        "Further action planned",
        "Progress log",
        "Timescale",
        "Success measure",
        "Responsible (R) and Accountable (A)",
    )
    done = "A working group met four times and reported to the equality committee."
    rows = [head(*names)]
    for item in MARSHGATE["recommendations"]:
        for i, action in enumerate(item["actions"]):
            first = [cell(item["text"], rows=len(item["actions"]))] if i == 0 else []
            r, a = action["leads"]
            rows.append(
                [
                    action["number"],
                    *first,
                    done,
                    action["text"],
                    "",
                    action["timescales"][0]["raw"],
                    action["measure"],
                    [f"R: {r}", f"A: {a}"],
                ]
            )
    paper = word(landscape=True, furniture="Marshgate University")
    paper.add_heading("Marshgate University: race equality mark action plan 2015-2018", 1)
    paper.add_paragraph("July 2015. Years such as 2015/16 run from August to July.")
    paper.add_paragraph("R and A in column 8 are not to be read across to the other columns.")
    word_table(paper, rows, heading_rows=1)
    paper.save(path)


for _item in MARSHGATE["recommendations"]:
    _item["number"] = None


BRYNAFON = plan(
    "Brynafon County Borough Council: Strategic Equality Plan 2012-2016",
    "2012-04",
    rec(
        "1",
        "Transportation",
        act(
            "Consult disabled and minority ethnic users about bus routes",
            "Group Manager Transportation",
            month("September 2012", "2012-09"),
            measure="Report to Cabinet",
        ),
        act(
            "Make timetables available in community languages",
            "Group Manager Transportation",
            by("by March 2013", "2013-03-31"),
            measure="Ten timetables",
        ),
    ),
    rec(
        "2",
        "Fostering good relations and awareness raising",
        act(
            "Carry out an awareness campaign on hate crime",
            "Communications Manager",
            within("Autumn 2012", "2012-09-01", "2012-11-30", "season"),
            measure="Reports rise by a tenth",
        ),
        act(
            "Hold a schools' competition",
            "Head of Learning | Youth Service Manager",
            every("Every year in March", "yearly in March"),
            measure="Thirty entries",
        ),
        act(
            "Meet faith leaders",
            "Leader of the Council",
            every("Twice a year", "every 6 months"),
            measure="Notes are published",
        ),
    ),
    rec(
        "3",
        "Our role as an employer",
        act(
            "Collect information on all protected characteristics",
            "HR Manager",
            by("By 31 March 2013", "2013-03-31", "day"),
            measure="80% of records complete",
        ),
        act(
            "Offer training to school governors",
            "Governor Support Officer",
            ongoing(),
            measure="One governor from each school",
        ),
    ),
)


@document("brynafon_equality_plan.pdf", BRYNAFON)
def brynafon(path):
    """Objective as heading, paragraphs about it, then a table of its own; tagged, over pages."""
    paper = word(furniture="Brynafon County Borough Council")
    paper.add_heading("Brynafon County Borough Council", 0)
    paper.add_heading("Strategic Equality Plan 2012-2016", 1)
    paper.add_paragraph("Adopted April 2012")
    for item in BRYNAFON["recommendations"]:
        paper.add_heading(f"Objective {item['number']}: {item['text']}", 2)
        bold(paper, "What are we trying to achieve?")
        for _ in range(3):
            paper.add_paragraph(
                "People told us in the engagement events of 2011 that this matters to them, and "
                "the evidence from the regional partnership says the same. We want to see change "
                "in every community in the county borough by the end of the plan."
            )
        bold(paper, "How will we get there?")
        rows = [
            head(
                "What will we do?", "Who will do it?", "When will it be done?", "How will we know?"
            )
        ]
        rows += [
            [a["text"], " and ".join(a["leads"]), a["timescales"][0]["raw"], a["measure"]]
            for a in item["actions"]
        ]
        word_table(paper, rows, [6, 4.5, 3.5, 3.4], heading_rows=1)
    draft = path.with_suffix(".docx")
    paper.save(draft)
    office(draft, "pdf", path)
    draft.unlink()


SELWICK = plan(
    "Selwick Adult Social Care: race equality standard, our plan",
    "2022-05",
    rec(
        None,
        "Metric 2: appointment from shortlisting",
        act(
            "Train panel chairs in fair selection",
            "Recruitment Manager",
            by("by September 2022", "2022-09-30"),
        ),
        act(
            "Record the reasons for each appointment",
            "All hiring managers",
            ongoing("from June 2022", "2022-06-01"),
        ),
    ),
    rec(
        None,
        "Metric 3: entering disciplinary proceedings",
        act(
            "Introduce a triage meeting before any investigation",
            "Head of People",
            months("between May 2022 and May 2023", "2022-05", "2023-05"),
        ),
        act(
            "Publish the ratio every six months",
            "Workforce Analyst",
            every("every six months", "every 6 months"),
        ),
    ),
    rec(
        None,
        "Metric 6: harassment by people who use services",
        act(
            "Write a policy with providers and people who use services",
            "Commissioning Manager",
            month("December 2022", "2022-12"),
        ),
        act("Support staff after each incident", "Team Managers", ongoing("ongoing")),
        act(
            "Bring a report to the Director's board",
            "Principal Social Worker",
            day("14 March 2023", "2023-03-14"),
        ),
    ),
)


@document("selwick_social_care.html", SELWICK)
def selwick(path):
    """Chapters of a web page: each bullet ends with a bracket that holds lead and date."""
    parts = []
    for item in SELWICK["recommendations"]:
        points = "".join(
            f"<li>{a['text']} (Lead: {' and '.join(a['leads'])}; {a['timescales'][0]['raw']})</li>"
            for a in item["actions"]
        )
        parts.append(
            f"<h3>{item['text']}</h3><p>Our figure is worse than last year's.</p>"
            f"<h4>What we will do</h4><ul>{points}</ul>"
        )
    path.write_text(
        f"""<!doctype html><html lang="en"><head><title>Our plan</title></head><body>
<nav><a href="#">Skip to content</a></nav><ul class="breadcrumb"><li>Home</li><li>Policies</li></ul>
<main><h1>Selwick Adult Social Care: race equality standard, our plan</h1><p>May 2022</p>
<h2>Monitoring</h2><p>The steering group meets each month.</p>
{"".join(parts)}<h2>Contact us</h2><ul><li>Telephone</li><li>Email</li></ul></main></body></html>
""",
        encoding="utf-8",
    )


_QUARTERS = ("Q1 2024/25", "Q2 2024/25", "Q3 2024/25", "Q4 2024/25")
_FIRST = ("2024-04", "2024-07", "2024-10", "2025-01")


def _marked(text, lead, *places):
    claims = [quarter(_QUARTERS[p], _FIRST[p]) for p in places]
    other = []
    if len(places) > 1:
        first, last = claims[0], claims[-1]
        other = [[span(f"{first['raw']} – {last['raw']}", first["start"], last["end"], "quarter")]]
    return act(text, lead, *claims, timescales_alt=other)


PIKEHALL = plan(
    "Pikehall District Council: year of action on race 2024/25",
    "2024-04",
    rec(
        None,
        "Understand",
        _marked("Buy the regional data pack", "Policy Officer", 0),
        _marked("Hold eight listening sessions", "Community Manager", 0, 1),
        _marked("Write up what was said", "Policy Officer", 1),
    ),
    rec(
        None,
        "Act",
        _marked("Change the lettings policy", "Housing Manager", 2),
        _marked("Train all staff", "HR Manager", 1, 2, 3),
        _marked("Open a small grants fund", "Community Manager", 2, 3),
    ),
    rec(
        None,
        "Account",
        _marked("Report to Overview and Scrutiny", "Policy Officer", 1, 3),
        _marked("Publish the annual report", "Policy Officer", 3),
    ),
)


@document("pikehall_year_of_action.ods", PIKEHALL)
def pikehall(path):
    """Marks under quarters say when; the theme is merged down on the left."""
    rows = [head("Theme", "Action", "Lead", *_QUARTERS)]
    for item in PIKEHALL["recommendations"]:
        for i, action in enumerate(item["actions"]):
            first = [cell(item["text"], rows=len(item["actions"]))] if i == 0 else []
            marks = {claim["raw"] for claim in action["timescales"]}
            ticks = ["x" if name in marks else "" for name in _QUARTERS]
            rows.append([*first, action["text"], action["leads"][0], *ticks])
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "Pikehall District Council: year of action on race 2024/25"
    sheet_rows(sheet, rows, top=3)
    draft = path.with_suffix(".xlsx")
    book.save(draft)
    office(draft, "ods", path)
    draft.unlink()


def _y(text, lead, support, start, end, status, **more):
    made = span(f"{start} – {end}", start, end)
    return act(
        text,
        f"{lead} | {support}" if support else lead,
        made,
        status=status,
        leads_alt=[lead],
        **more,
    )


WYVERN = plan(
    "Wyvern Valley Community Trust: WRES and inclusion plan",
    "2024-11",
    rec(
        None,
        "Recruitment and progression",
        _y(
            "Replace references with skills tests",
            "Head of Resourcing",
            "Staff-side Chair",
            "2024-04-01",
            "2024-09-30",
            "completed",
        ),
        _y(
            "Run a band 6 development programme",
            "Head of Learning",
            "",
            "2024-06-03",
            "2025-05-30",
            "in_progress",
        ),
        _y(
            "Publish acting-up opportunities",
            "Head of Resourcing",
            "Divisional Leads",
            "2024-09-02",
            "2024-10-31",
            "delayed",
        ),
    ),
    rec(
        None,
        "Safety at work",
        _y(
            "Offer body cameras to community nurses",
            "Security Manager",
            "Chief Nurse",
            "2025-01-06",
            "2025-06-30",
            "not_started",
        ),
        _y(
            "Review how incidents are closed",
            "Risk Manager",
            "",
            "2024-10-01",
            "2024-12-20",
            "in_progress",
        ),
    ),
    rec(
        None,
        "Voice",
        _y(
            "Give network chairs a seat at the People Committee",
            "Company Secretary",
            "",
            "2024-04-01",
            "2024-07-31",
            "completed",
        ),
        _y(
            "Start reverse mentoring for directors",
            "Inclusion Lead",
            "Executive Directors",
            "2024-11-04",
            "2025-10-31",
            "in_progress",
        ),
        _y(
            "Survey bank workers",
            "Temporary Staffing Manager",
            "Inclusion Lead",
            "2025-02-03",
            "2025-03-31",
            "not_started",
        ),
    ),
    leave_out=[("Legal claim of a former nurse", "hidden row")],
)


@document("wyvern_inclusion_plan.xlsx", WYVERN)
def wyvern(path):
    """A theme merged down, start and end as days, letters painted by a rule, a legend below."""
    letters = {"completed": "C", "in_progress": "O", "delayed": "L", "not_started": "N"}
    book = Workbook()
    sheet = book.active
    sheet.title = "WRES"
    sheet["A1"] = "Wyvern Valley Community Trust: WRES and inclusion plan"
    sheet["A2"] = "Last updated: November 2024"
    sheet["A4"] = "Column G is filled in by the programme office. Do not sort this sheet."
    rows = [
        [
            cell("Priority area", rows=2, bold=True),
            cell("Action", rows=2, bold=True),
            cell("Ownership", cols=2, bold=True),
            cell("Dates", cols=2, bold=True),
            cell("Status", rows=2, bold=True),
        ],
        head("Lead", "Support", "Start", "End"),
    ]
    order = []
    for item in WYVERN["recommendations"]:
        for i, action in enumerate(item["actions"]):
            first = [cell(item["text"], rows=len(item["actions"]))] if i == 0 else []
            lead, *support = action["leads"]
            order.append(action)
            rows.append(
                [
                    *first,
                    action["text"],
                    lead,
                    support[0] if support else "",
                    "",
                    "",
                    letters[action["status"]],
                ]
            )
    end = sheet_rows(sheet, rows, top=6)
    for r, action in enumerate(order, 8):
        claim = action["timescales"][0]
        for column, key in ((5, "start"), (6, "end")):
            sheet.cell(r, column).value = datetime.date.fromisoformat(claim[key])
            sheet.cell(r, column).number_format = "dd/mm/yyyy"
    sheet.cell(end, 2).value = "Legal claim of a former nurse"
    sheet.cell(end, 3).value = "Company Secretary"
    sheet.row_dimensions[end].hidden = True
    fill = PatternFill(bgColor="FF92D050")
    sheet.conditional_formatting.add(f"G8:G{end}", FormulaRule(formula=['G8="C"'], fill=fill))
    for r, (letter, meaning) in enumerate(
        (("C", "Complete"), ("O", "On track"), ("L", "Late"), ("N", "Not started")), end + 2
    ):
        sheet.cell(r, 1).value, sheet.cell(r, 2).value = letter, meaning
    book.save(path)
