"""Plans that set out objectives: a review, a university, an agency."""

from openpyxl import Workbook

from layouts.draw import bold, bullets, cell, head, office, sheet_rows, word, word_table
from layouts.truth import (
    act,
    by,
    document,
    every,
    month,
    months,
    ongoing,
    plan,
    rec,
    unknown,
    within,
)

STANMERE = plan(
    "Stanmere County Council: peer challenge progress review",
    "2024-01",
    rec(
        "1",
        "Strengthen how the council listens to its workforce",
        act("Widen membership of the staff forum", number="1.1"),
        act("Tell staff what was changed as a result of the survey", number="1.2"),
        act("Make exit interviews business as usual", number="1.3"),
    ),
    rec(
        "2",
        "Put equality at the centre of the transformation programme",
        act("Assess the effect of each project before the business case is agreed", number="2.1"),
        act("Publish a summary of all assessments", number="2.2"),
    ),
    rec(
        "3",
        "Give members better information",
        act("Build a members' dashboard", number="3.1"),
        act("Hold a briefing after each full Council", number="3.2"),
        act("Share the forward plan with group leaders", number="3.3"),
    ),
)


@document("stanmere_progress_review.xlsx", STANMERE)
def stanmere(path):
    """The recommendation spans rows; suggestions of the team stand before actions; no dates."""
    suggestion = "The team suggested that the council look at what its neighbours do."
    rows = [head("Original recommendation", "", "Peer team suggestion", "Action")]
    for item in STANMERE["recommendations"]:
        for i, action in enumerate(item["actions"]):
            first = (
                [cell(f"{item['number']}. {item['text']}", rows=len(item["actions"]))]
                if i == 0
                else []
            )
            rows.append([*first, action["number"], suggestion, action["text"]])
    book = Workbook()
    sheet = book.active
    sheet.title = "Review"
    sheet["A1"] = "Stanmere County Council: peer challenge progress review"
    sheet["A2"] = "January 2024"
    sheet_rows(sheet, rows, top=4)
    for letter, width in zip("ABCD", (40, 6, 44, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    notes = book.create_sheet("Attendance")
    sheet_rows(notes, [head("Meeting", "Members present"), ["November", "9"], ["January", "11"]])
    book.save(path)


EASTHOLME = plan(
    "University of Eastholme: equality objectives and action plan 2012-2016",
    "2012-03",
    rec(
        None,
        "Increase the number of staff who tell the university their ethnicity",
        act(
            "Write to all staff explaining why by June 2012",
            "Head of Personnel",
            by("by June 2012", "2012-06-30"),
            text_alt=["Write to all staff explaining why"],
        ),
        act(
            "Let staff change their own record by 2013",
            "Director of IT",
            by("by 2013", "2013-12-31", "year"),
            text_alt=["Let staff change their own record"],
        ),
    ),
    rec(
        None,
        "Attract students from all parts of the region",
        act(
            "Send student ambassadors to schools in Eastholme and Marsh from September 2012",
            "Head of Recruitment",
            ongoing("from September 2012", "2012-09-01"),
            text_alt=["Send student ambassadors to schools in Eastholme and Marsh"],
        ),
        act(
            "Review entry requirements for the foundation year by December 2013",
            "Deans",
            by("by December 2013", "2013-12-31"),
            text_alt=["Review entry requirements for the foundation year"],
        ),
        act(
            "Open a bursary for refugees by 2014",
            "Director of Finance",
            by("by 2014", "2014-12-31", "year"),
            text_alt=["Open a bursary for refugees"],
        ),
    ),
    rec(
        None,
        "Make the campus welcoming to people of all faiths and none",
        act(
            "Set aside rooms for prayer in both libraries by October 2012",
            "Chaplain",
            by("by October 2012", "2012-10-31"),
            text_alt=["Set aside rooms for prayer in both libraries"],
        ),
        act(
            "Check examination dates against the main festivals each year",
            "Registrar",
            every("each year", "yearly"),
            text_alt=["Check examination dates against the main festivals"],
        ),
    ),
    rec(
        None,
        "Bring down harassment",
        act(
            "Recruit and train twelve dignity advisers by March 2013",
            "Head of Personnel",
            by("by March 2013", "2013-03-31"),
            text_alt=["Recruit and train twelve dignity advisers"],
        ),
    ),
)


@document("eastholme_objectives.docx", EASTHOLME)
def eastholme(path):
    """Header of two rows over ticks, said again on the second table; dates inside the actions."""
    duty = [
        cell("Equality Objective", rows=2, bold=True),
        cell("Action", rows=2, bold=True),
        cell("Lead", rows=2, bold=True),
        cell("Equality Duty Aim", cols=3, bold=True),
        cell("Protected Characteristic", rows=2, bold=True),
    ]
    aims = [cell(name, bold=True) for name in ("Eliminate", "Advance", "Foster")]
    paper = word(landscape=True, furniture="University of Eastholme")
    paper.add_heading("University of Eastholme", 1)
    paper.add_paragraph("Equality objectives and action plan 2012-2016, March 2012")
    items = EASTHOLME["recommendations"]
    for some in (items[:2], items[2:]):
        rows = [duty, aims]
        for item in some:
            count = len(item["actions"])
            rows.append(
                [
                    item["text"],
                    bullets(*(action["text"] for action in item["actions"])),
                    bullets(*(action["leads"][0] for action in item["actions"])),
                    ["✓"] * count,
                    ["", "✓"][:count],
                    "",
                    "Race",
                ]
            )
        word_table(paper, rows, [5, 8, 4.5, 2, 2, 2, 3], heading_rows=2)
        paper.add_page_break()
    paper.save(path)


RIVERMEAD = plan(
    "Rivermead Water and Land Agency: equality action plan 2015",
    "2015-04",
    rec(
        "1.1",
        "Leadership of the board",
        act(
            "Include equality in the objectives of each executive director",
            "Chief Executive",
            by("by end June 2015", "2015-06-30"),
        ),
        act(
            "Review the board's skills and background before each round of appointments",
            "Chair",
            unknown("N/A"),
            timescales_alt=[[]],
        ),
        theme="Leading by example",
    ),
    rec(
        "1.2",
        "Impact assessment",
        act(
            "Train project managers in assessing effects on people",
            "Head of Governance",
            months("between May 2015 to May 2016", "2015-05", "2016-05"),
        ),
        theme="Leading by example",
    ),
    rec(
        "2.1",
        "Apprentices",
        act(
            "Take on twelve apprentices, four of them through community partners",
            "Head of People and Teams",
            month("Sept 2015", "2015-09"),
        ),
        act(
            "Find housing for apprentices who move",
            "Head of People and Teams",
            month("Sept 2015", "2015-09"),
        ),
        theme="A workforce like the country",
    ),
    rec(
        "2.2",
        "Pay",
        act(
            "Carry out an equal pay audit",
            "Head of Finance",
            every(
                "every two years commencing in 2016",
                "every 2 years",
                "2016-01-01",
                kind_alt=["ongoing"],
            ),
        ),
        act(
            "Publish the findings",
            "Head of Finance | Trade Unions",
            month("October 2016", "2016-10"),
        ),
        theme="A workforce like the country",
    ),
    rec(
        "3.1",
        "Visitor centres and forests",
        act(
            "Make signs readable for people who do not speak English or Welsh",
            "Recreation Team",
            by("before March 2017", "2017-02-28"),
        ),
        act(
            "Run guided walks with six groups from the cities",
            "Recreation Team",
            within("Summer 2015", "2015-06-01", "2015-08-31", "season"),
        ),
        act(
            "Ask visitors about themselves",
            "Recreation Team",
            every("Fortnightly", "every 2 weeks"),
        ),
        theme="The outdoors for all",
    ),
)


@document("rivermead_agency_plan.rtf", RIVERMEAD)
def rivermead(path):
    """Themes in bold paragraphs, a table under each, its header only once; saved as RTF."""
    paper = word(furniture="Rivermead Water and Land Agency")
    paper.add_heading("Rivermead Water and Land Agency: equality action plan 2015", 1)
    paper.add_paragraph("Approved by the board, April 2015")
    last = None
    groups = []
    for item in RIVERMEAD["recommendations"]:
        if item["theme"] != last:
            last = item["theme"]
            groups.append((last, []))
        groups[-1][1].append(item)
    for number, (theme, items) in enumerate(groups, 1):
        bold(paper, f"{number}. {theme}")
        rows = [head("Action area", "Detailed Actions", "Lead", "When")] if number == 1 else []
        for item in items:
            for i, action in enumerate(item["actions"]):
                first = []
                if i == 0:
                    area = f"{item['number']} {item['text']}"
                    first = [cell(area, rows=len(item["actions"]))]
                rows.append(
                    [
                        *first,
                        action["text"],
                        " and ".join(action["leads"]),
                        action["timescales"][0]["raw"],
                    ]
                )
        word_table(paper, rows, [4, 6.5, 3.5, 3.2])
        paper.add_paragraph("")
    draft = path.with_suffix(".docx")
    paper.save(draft)
    office(draft, "rtf", path)
    draft.unlink()
