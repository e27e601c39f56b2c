"""Plans of universities, colleges and schools."""

from openpyxl import Workbook

from layouts.draw import cell, head, office, sheet_rows, word, word_table
from layouts.truth import (
    act,
    document,
    plan,
    rec,
    span,
    within,
)


def _years(start, end):
    return span(f"{start} {end}", f"{start}-01-01", f"{end}-12-31", "year")


def _ridgeway(number, text, theme, *actions):
    return rec(number, text, *actions, theme=theme)


def _planned(number, text, leads, start, end, measure, **more):
    return act(text, leads, _years(start, end), measure=measure, number=number, **more)


RIDGEWAY = plan(
    "University of Ridgeway: Race Equality Charter silver action plan 2023-2027",
    "2023-02",
    _ridgeway(
        "1",
        "Governance rests on evidence and on people who answer for it",
        "Governance and culture",
        _planned(
            "1.1",
            "Place race equality on the agenda of every meeting of Senate and Council, with a "
            "written report once a term",
            "University Secretary | Vice-Chancellor",
            2023,
            2027,
            "Minutes show a discussion at nine meetings in ten",
        ),
        _planned(
            "1.2",
            "Pay members of the self-assessment team for their time through the workload model",
            "Director of Finance | Deputy Vice-Chancellor",
            2023,
            2024,
            "150 hours a year are recorded for each member",
        ),
        _planned(
            "1.3",
            "Rebuild the data dashboard so that heads of school can see their own figures by "
            "ethnicity, sex and stage of career and can compare them with those of other schools",
            "Head of Planning | University Secretary",
            2023,
            2025,
            "All 22 heads of school use the dashboard each term",
        ),
    ),
    _ridgeway(
        "2",
        "Professional services staff progress on equal terms",
        "Staff recruitment and progression",
        _planned(
            "2.1",
            "Offer secondments at grades 6 to 8, advertised to all",
            "Head of Organisational Development | Chief Operating Officer",
            2024,
            2027,
            "25 secondments a year; one in five taken up by staff from ethnic minorities",
        ),
        _planned(
            "2.2",
            "Check pay on appointment for every post above grade 7",
            "Head of Reward | Chief Operating Officer",
            2023,
            2024,
            "No unexplained gap in starting pay",
        ),
    ),
    _ridgeway(
        "3",
        "Academic promotion is open and understood",
        "Staff recruitment and progression",
        _planned(
            "3.1",
            "Write new criteria for promotion that count citizenship and public engagement",
            "Pro-Vice-Chancellor (People) | Vice-Chancellor",
            2023,
            2024,
            "Criteria approved by Senate",
        ),
        _planned(
            "3.2",
            "Give each applicant who is not successful a named adviser for the next round",
            "Heads of School | Pro-Vice-Chancellor (People)",
            2024,
            2027,
            "Half of those advised apply again within two years",
        ),
        _planned(
            "3.3",
            "Run workshops on promotion for research staff",
            "Research Staff Association | Heads of School",
            2024,
            2026,
            "Six workshops a year with 20 people at each of them",
        ),
    ),
    _ridgeway(
        "4",
        "The awarding gap between White and Black students is halved",
        "Students",
        _planned(
            "4.1",
            "Review assessment in the ten courses with the widest gap",
            "Dean of Education | Deputy Vice-Chancellor",
            2023,
            2025,
            "Gap falls from 14 to 7 points in those courses",
        ),
        _planned(
            "4.2",
            "Employ student partners to look at reading lists",
            "Library Director | Dean of Education",
            2023,
            2027,
            "40 partners a year; 30 lists changed",
        ),
        _planned(
            "4.3",
            "Train personal tutors in talking about race and belonging",
            "Director of Student Services | Dean of Education",
            2024,
            2025,
            "Nine in ten tutors trained",
        ),
        _planned(
            "4.4",
            "Keep in touch with students who interrupt their studies and ask them, through an "
            "independent interviewer, what would have helped them to stay",
            "Director of Student Services | University Secretary",
            2024,
            2027,
            "Report to the Education Committee each year",
        ),
    ),
    _ridgeway(
        "5",
        "More Black British students go on to research degrees",
        "Students",
        _planned(
            "5.1",
            "Fund twelve doctoral scholarships",
            "Dean of the Graduate School | Deputy Vice-Chancellor",
            2024,
            2027,
            "Twelve scholars registered by the end of the plan",
        ),
        _planned(
            "5.2",
            "Open a paid summer research programme",
            "Dean of the Graduate School | Heads of School",
            2024,
            2027,
            "30 places each summer",
        ),
    ),
)


@document("ridgeway_charter_plan.pdf", RIDGEWAY)
def ridgeway(path):
    """Two header rows on every page; start and end columns; rows cut by page ends; tagged PDF."""
    top = [
        cell("Ref", rows=2, fill="D9E2F3", bold=True),
        cell("Planned action / objective", rows=2, fill="D9E2F3", bold=True),
        cell("Rationale", rows=2, fill="D9E2F3", bold=True),
        cell("Timeframe", cols=2, fill="D9E2F3", bold=True),
        cell("Person responsible", cols=2, fill="D9E2F3", bold=True),
        cell("Success criteria and outcomes", rows=2, fill="D9E2F3", bold=True),
    ]
    rows = [top, head("Start", "End", "Implementation", "Oversight", fill="D9E2F3")]
    why = (
        "Respondents to the 2022 survey said that this mattered to them; the focus groups gave "
        "the same picture and asked for visible change within a year."
    )
    last = None
    for item in RIDGEWAY["recommendations"]:
        if item["theme"] != last:
            last = item["theme"]
            rows.append([cell(last, cols=8, fill="F2F2F2", bold=True)])
        rows.append([cell(item["number"], bold=True), cell(item["text"], cols=7, bold=True)])
        for action in item["actions"]:
            start, end = action["timescales"][0]["raw"].split()
            rows.append(
                [
                    action["number"],
                    action["text"],
                    why,
                    start,
                    end,
                    *action["leads"],
                    action["measure"],
                ]
            )
    paper = word(
        landscape=True, furniture="University of Ridgeway – Race Equality Charter – silver"
    )
    paper.add_heading("University of Ridgeway", 1)
    paper.add_heading("Race Equality Charter silver action plan 2023-2027", 2)
    paper.add_paragraph("February 2023")
    word_table(paper, rows, [1.3, 5.2, 4.6, 1.5, 1.5, 3.8, 3.8, 4.3], heading_rows=2)
    draft = path.with_suffix(".docx")
    paper.save(draft)
    office(
        draft,
        "pdf",
        path,
        'writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
    )
    draft.unlink()


def _year(number, start, **more):
    """A year of a plan that begins on 1 August."""
    return within(f"Year {number}", f"{start}-08-01", f"{start + 1}-07-31", "plan_year", **more)


def _one(start=2022):
    return _year(1, start)


def _two(start=2022):
    return _year(2, start + 1)


def _three(start=2022):
    return _year(3, start + 2)


LOWFELL = plan(
    "Lowfell University Race Equality Plan, 1 August 2022 to 31 July 2025",
    "2022-08",
    rec(
        "1.1",
        "Recruit people from ethnic minorities to governing bodies",
        act("Write a role profile with the Students' Union", "University Secretary", _one()),
        act("Advertise through community partners", "University Secretary", _two()),
        act("Evaluate and report to Council", "University Secretary", _three()),
        theme="Leadership",
    ),
    rec(
        "1.2",
        "Senior leaders sponsor the plan",
        act("Name a sponsor in each faculty", "Pro Vice-Chancellors", _one()),
        act("Sponsors report to staff forum", "Pro Vice-Chancellors", _two()),
        theme="Leadership",
    ),
    rec(
        "2.1",
        "Report and support",
        act("Launch the online reporting tool", "Director of Student Support", _one()),
        act("Publish the first annual report", "Director of Student Support", _two()),
        act("Commission an outside review of the tool", "Director of Student Support", _three()),
        theme="Campus and community",
    ),
    rec(
        "2.2",
        "Celebrate the languages and faiths of our students",
        act("Agree a calendar of events", "Chaplaincy | Students' Union", _one()),
        act("Open a multi-faith room in the town campus", "Chaplaincy | Students' Union", _three()),
        theme="Campus and community",
    ),
    rec(
        "3.1",
        "Broaden the curriculum",
        act("Pilot the curriculum toolkit in four departments", "Academic Registrar", _one()),
        act("All departments use the toolkit at periodic review", "Academic Registrar", _two()),
        theme="Learning and teaching",
    ),
)


@document("lowfell_three_years.xlsx", LOWFELL)
def lowfell(path):
    """Year columns hold the steps; the number is said again in every cell to key them."""
    rows = [
        head(
            "Theme",
            "Commitments",
            "Person / Team Responsible",
            "Year 1",
            "Year 2",
            "Year 3",
            "Progress",
            fill="BDD7EE",
        )
    ]
    items = LOWFELL["recommendations"]
    last = None
    for item in items:
        first = []
        if item["theme"] != last:
            last = item["theme"]
            first = [cell(last, rows=sum(other["theme"] == last for other in items))]
        key = item["number"]
        steps = {action["timescales"][0]["raw"]: action["text"] for action in item["actions"]}
        years = [
            f"{key} {steps[year]}" if year in steps else ""
            for year in ("Year 1", "Year 2", "Year 3")
        ]
        leads = "\n".join(item["actions"][0]["leads"])
        rows.append([*first, f"{key} {item['text']}", f"{key} {leads}", *years, ""])
    book = Workbook()
    about = book.active
    about.title = "About"
    about["A1"] = "Lowfell University Race Equality Plan, 1 August 2022 to 31 July 2025"
    about["A3"] = "The plan runs for three years. Year 1 begins on 1 August 2022."
    about["A4"] = "Please do not change the numbering."
    sheet = book.create_sheet("Plan")
    sheet["A1"] = "Lowfell University Race Equality Plan"
    sheet_rows(sheet, rows, top=3)
    for letter, width in zip("ABCDEFG", (20, 34, 26, 30, 30, 30, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    book.save(path)
