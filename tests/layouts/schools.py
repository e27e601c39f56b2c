"""A school's plan and a university's list of tasks."""

import datetime

from openpyxl import Workbook

from layouts.draw import bullets, cell, head, office, sheet_rows, word, word_table
from layouts.truth import (
    act,
    by,
    day,
    document,
    every,
    month,
    ongoing,
    perhaps,
    plan,
    rec,
    unknown,
    within,
)

CASTLEGATE = plan(
    "Castlegate Community School: accessibility and equality plan 2016/17",
    "2016-09",
    rec(
        None,
        "Eliminate discrimination, harassment and victimisation",
        act(
            "Review the anti-bullying policy with pupils and parents",
            "Deputy Head Teacher",
            month("November 2016", "2016-11"),
        ),
        act(
            "Log racist incidents and report them to governors",
            "Deputy Head Teacher",
            every("Termly", "each term"),
        ),
        act(
            "Train lunchtime supervisors in dealing with name calling",
            "Deputy Head Teacher",
            within("Spring term 2017", "2017-01-01", "2017-03-31", "term"),
        ),
    ),
    rec(
        None,
        "Advance equality of opportunity",
        act("Assess needs of new pupils", "SENCo", month("Sept 2016", "2016-09")),
        act(
            "Buy dual language books",
            "SENCo",
            month("October 2016", "2016-10"),
            perhaps("or when budget allows"),
        ),
        act(
            "Provide a homework club with transport",
            "SENCo",
            ongoing("From January 2017", "2017-01-01"),
        ),
        act(
            "Track progress of every group of pupils",
            "SENCo",
            every("Half-termly", "every half term"),
        ),
        act(
            "Meet parents whose children have poor attendance",
            "SENCo",
            ongoing("Ongoing"),
        ),
        act("Report results to governors", "SENCo", month("July 2017", "2017-07")),
    ),
    rec(
        None,
        "Foster good relations",
        act(
            "Hold an international evening",
            "Head of Humanities",
            month("June 2017", "2017-06"),
        ),
        act(
            "Link with a school in another part of the county",
            "Head of Humanities",
            unknown("(tbc)"),
        ),
    ),
    rec(
        None,
        "Improve access to the building",
        act(
            "Fit a ramp at the hall door",
            "Site Manager",
            by("No later than December 2016", "2016-12-31"),
            status="completed",
        ),
        act(
            "Mark steps and edges in yellow",
            "Site Manager",
            by("No later than December 2016", "2016-12-31"),
            status="completed",
        ),
    ),
)


@document("castlegate_school_plan.rtf", CASTLEGATE)
def castlegate(path):
    """The lead stands before the action; six bullets against six; “As above”; saved as RTF."""
    items = CASTLEGATE["recommendations"]

    def what(item):
        return bullets(*(action["text"] for action in item["actions"]))

    def when(item):
        raws = (
            " ".join(claim["raw"] for claim in action["timescales"]) for action in item["actions"]
        )
        return bullets(*raws)

    rows = [
        head("EqualityDuty", "Action By", "Action Required", "Target date", "Progress"),
        [items[0]["text"], "Deputy Head Teacher", what(items[0]), when(items[0]), ""],
        [items[1]["text"], "SENCo", what(items[1]), when(items[1]), ""],
        [items[2]["text"], "Head of Humanities", what(items[2]), when(items[2]), ""],
        [
            items[3]["text"],
            "Site Manager",
            items[3]["actions"][0]["text"],
            "No later than December 2016",
            "Completed",
        ],
        ["As above", "As above", items[3]["actions"][1]["text"], "As above", "Completed"],
    ]
    paper = word(landscape=True)
    paper.add_heading("Castlegate Community School", 1)
    paper.add_paragraph("Accessibility and equality plan 2016/17")
    paper.add_paragraph("Agreed by the governing body, September 2016")
    word_table(paper, rows, [5, 4, 8, 5, 3.5])
    paper.add_paragraph("Signed (Chair of Governors): ........................")
    draft = path.with_suffix(".docx")
    paper.save(draft)
    office(draft, "rtf", path)
    draft.unlink()


SWINBROOK = plan(
    "Swinbrook University: race action plan task list",
    "2023-11-01",
    rec(
        "A1",
        "Build an inclusive culture in which staff and students can talk about race",
        act(
            "Commission anti-racism training for heads of department",
            "PD | PAS",
            day("01/11/2023", "2023-11-01"),
            status="completed",
            number="A1.1",
        ),
        act(
            "Add a race equality page to the staff intranet",
            "DCM",
            day("15/01/2024", "2024-01-15"),
            status="in_progress",
            number="A1.2",
        ),
        act(
            "Hold a listening event in every college",
            "HoC | PD",
            month("Mar-24", "2024-03"),
            status="not_started",
            number="A1.3",
        ),
        theme=None,
    ),
    rec(
        "B1",
        "Recruit and keep staff from every background",
        act(
            "Rewrite person specifications for research posts",
            "HRM",
            day("30/04/2024", "2024-04-30"),
            status="in_progress",
            number="B1.1",
        ),
        act(
            "Review fixed-term contracts that have been renewed twice",
            "HRM | DoR",
            day("31/07/2024", "2024-07-31"),
            status="not_started",
            number="B1.2",
        ),
        act(
            "Survey staff who leave",
            "HRM",
            ongoing(),
            status="in_progress",
            number="B1.3",
        ),
        act(
            "Publish shortlisting data by college",
            "HRM | PAS",
            month("Dec-24", "2024-12"),
            status="not_started",
            number="B1.4",
        ),
    ),
    rec(
        "C1",
        "Help students to finish their degrees and to do well",
        act(
            "Start a peer mentoring scheme",
            "SSD",
            within("Autumn term 2024", "2024-09-01", "2024-12-31", "term"),
            status="not_started",
            number="C1.1",
        ),
        act(
            "Report awarding gaps at department level",
            "DoP",
            every("Annually", "yearly"),
            status="completed",
            number="C1.2",
        ),
        act(
            "Review hardship funds for students from abroad",
            "SSD | DoF",
            unknown("TBC"),
            status="not_started",
            number="C1.3",
        ),
    ),
)


@document("swinbrook_task_list.xlsx", SWINBROOK)
def swinbrook(path):
    """“Responsibility” stands over the action; the objective is a row of its own over each block."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tasks"
    sheet["A1"] = "Swinbrook University: race action plan task list"
    sheet["A2"] = "Updated 1 November 2023"
    top = 4
    for item in SWINBROOK["recommendations"]:
        rows = [
            [cell(f"{item['number']}  {item['text']}", cols=5, bold=True, fill="DDEBF7")],
            head("Date", "Ref.", "Responsibility", "Actionee", "Status"),
        ]
        words = {"completed": "Completed", "in_progress": "Started", "not_started": "Not started"}
        for action in item["actions"]:
            rows.append(
                [
                    action["timescales"][0]["raw"],
                    action["number"],
                    action["text"],
                    "; ".join(action["leads"]),
                    words[action["status"]],
                ]
            )
        end = sheet_rows(sheet, rows, top=top)
        for r, action in enumerate(item["actions"], top + 2):
            claim = action["timescales"][0]
            if claim["kind"] == "date" and claim["precision"] in {"day", "month"}:
                sheet.cell(r, 1).value = datetime.date.fromisoformat(claim["start"])
                sheet.cell(r, 1).number_format = (
                    "DD/MM/YYYY" if claim["precision"] == "day" else "MMM-YY"
                )
        top = end + 2
    for letter, width in zip("ABCDE", (14, 9, 60, 18, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    book.save(path)
