"""Plans of NHS trusts: workforce race equality standard plans, trackers, priorities in prose."""

from openpyxl import Workbook

from layouts.draw import bullets, cell, head, office, sheet_rows, word, word_table
from layouts.truth import (
    act,
    after,
    by,
    day,
    document,
    every,
    month,
    ongoing,
    plan,
    rec,
    state,
    unknown,
    within,
)

RED, AMBER, GREEN, BLUE = "F8696B", "FFBF00", "63BE7B", "5B9BD5"

THORNLEIGH = plan(
    "Thornleigh Hospitals NHS Foundation Trust: Workforce Race Equality Standard Action Plan 2023-2024",
    "2023-10",
    rec(
        None,
        "Indicator 1: Percentage of staff in each of the Agenda for Change bands",
        act(
            "Run a talent scheme for colleagues in bands 5 to 7",
            "Associate Director of Organisational Development",
            month("January 2024", "2024-01"),
            measure="30 places filled, half by colleagues from wards",
            status="in_progress",
            rag="green",
        ),
        act(
            "Hold career clinics at all three sites",
            "Recruitment Team",
            every("Quarterly", "quarterly"),
            measure="40 attendances a quarter",
            status="in_progress",
            rag="green",
        ),
        act(
            "Set a model employer goal for each band and report it to the Board",
            "Chief People Officer",
            day("31/03/2024", "2024-03-31"),
            measure="Goals agreed by the People Committee",
            status="not_started",
        ),
    ),
    rec(
        None,
        "Indicator 2: Relative likelihood of being appointed from shortlisting",
        act(
            "Put a trained inclusion representative on every panel at band 8a and above",
            "Head of Resourcing | Head of Inclusion",
            day("30/11/2023", "2023-11-30"),
            measure="Likelihood ratio below 1.25",
            status="in_progress",
            rag="amber",
            status_alt=["delayed"],
        ),
        act(
            "Explain each decision not to appoint to the divisional director",
            "Divisional Directors",
            ongoing("From 1 December 2023", "2023-12-01"),
            measure="Every decision has a record",
            status="delayed",
            rag="red",
            timescales_alt=[[day("From 1 December 2023", "2023-12-01")]],
        ),
    ),
    rec(
        None,
        "Indicator 3: Relative likelihood of entering the formal disciplinary process",
        act(
            "Use the pre-disciplinary checklist before any formal case is opened",
            "HRBP",
            state("Completed September 2023", "completed", "2023-09-01", "2023-09-30"),
            measure="Checklist on every case file",
            status="completed",
            rag="blue",
        ),
        act(
            "Review every case that was open for more than 90 days",
            "Deputy Chief People Officer",
            by("by end of February 2024", "2024-02-29"),
            measure="No case older than 90 days without a reason",
            status="in_progress",
            rag="amber",
            status_alt=["delayed"],
        ),
    ),
    rec(
        None,
        "Indicators 5 and 6: Staff who experience harassment, bullying or abuse",
        act(
            "Launch the no excuse for abuse campaign with patients and visitors",
            "Director of Communications",
            month("November 2023", "2023-11"),
            measure="Fall of three points in the 2024 staff survey",
            status="in_progress",
            rag="green",
        ),
        act(
            "Train Freedom to Speak Up champions drawn from the multicultural network",
            "Freedom to Speak Up Guardian",
            within("Q4 2023/24", "2024-01-01", "2024-03-31", "quarter"),
            measure="Ten champions trained",
            status="not_started",
        ),
        act(
            "Report assaults on staff by ethnic group to the Health and Safety Group",
            "Head of Health and Safety",
            every("every 6 months", "every 6 months"),
            measure="Two reports a year",
            status="in_progress",
            rag="green",
        ),
        act(
            "Offer every colleague who reports abuse a call within a day",
            "Health and Wellbeing Team | Line managers",
            ongoing(),
            measure="95% of calls made in time",
            status="in_progress",
            rag="amber",
            status_alt=["delayed"],
        ),
    ),
    abbreviations={"HRBP": "Human Resources Business Partner"},
)


@document("thornleigh_wres_plan.docx", THORNLEIGH)
def thornleigh(path):
    """A heading, figures and a table for each indicator; the third table has no header."""
    fills = {"green": GREEN, "amber": AMBER, "red": RED, "blue": BLUE, None: None}
    names = ("Action", "Accountable People / Team", "Key Performance Indicators", "Date", "RAG")
    widths = [8, 5, 6, 3.5, 1.5]
    paper = word(landscape=True, furniture="Thornleigh Hospitals NHS Foundation Trust")
    paper.add_heading("Thornleigh Hospitals NHS Foundation Trust", 0)
    paper.add_heading("Workforce Race Equality Standard Action Plan 2023-2024", 1)
    paper.add_paragraph("Approved by the Trust Board, October 2023")
    paper.add_paragraph(
        "Every NHS organisation publishes nine indicators. Actions are owned by divisions with the "
        "support of the Human Resources Business Partner (HRBP)."
    )
    paper.add_paragraph("Key to ratings")
    word_table(
        paper,
        [
            [cell("", fill=BLUE), "Complete"],
            [cell("", fill=GREEN), "On track"],
            [cell("", fill=AMBER), "Risk of delay"],
            [cell("", fill=RED), "Overdue"],
            ["", "Not started"],
        ],
        [2, 6],
    )
    figures = [("9.8%", "12.1%"), ("1.61", "1.48"), ("1.30", "1.12"), ("28.4%", "26.9%")]
    for number, item in enumerate(THORNLEIGH["recommendations"]):
        paper.add_heading(item["text"], 2)
        paper.add_paragraph("Where we are: the table shows this year's figure and last year's.")
        word_table(
            paper,
            [head("", "2022", "2023"), ["Thornleigh Hospitals", *figures[number]]],
            [7, 3, 3],
        )
        paper.add_paragraph("")
        # The third indicator's table goes on from the second's and has no header of its own.
        rows = [] if number == 2 else [head(*names)]
        for action in item["actions"]:
            leads = action["leads"]
            rows.append(
                [
                    action["text"],
                    " & ".join(leads) if number == 1 else bullets(*leads),
                    action["measure"],
                    action["timescales"][0]["raw"],
                    cell("", fill=fills[action["rag"]]),
                ]
            )
        word_table(paper, rows, widths, heading_rows=0 if number == 2 else 1)
    paper.save(path)


PENHALLOW = plan(
    "Penhallow Partnership NHS Trust: Workforce Race Equality Standard 2022-2024, what we will do",
    "2022-09-28",
    rec(
        None,
        "Indicator 4: access to training that is not mandatory",
        act(
            "Ring-fence a third of leadership places for colleagues from ethnic minorities",
            "Head of Learning",
            month("March 2023", "2023-03"),
            status="in_progress",
        ),
        act(
            "Publish who was offered training and who took it up",
            "Workforce Information Manager",
            every("Annually", "yearly"),
            status="not_started",
        ),
    ),
    rec(
        None,
        "Indicator 7: belief in equal opportunity for promotion",
        act(
            "Design and deliver a shadow board with members drawn from bands 3 to 7",
            "Trust Secretary",
            by("By end of December 2022", "2022-12-31"),
            status="on_hold",
        ),
        act(
            "Make interview questions available a day in advance",
            "Recruitment Manager",
            state("Complete", "completed"),
            status="completed",
        ),
        act(
            "Introduce a right to feedback for internal candidates",
            "Recruitment Manager | Divisional Managers",
            day("1 February 2023", "2023-02-01"),
            status="in_progress",
        ),
    ),
    rec(
        None,
        "Indicator 8: discrimination by a manager, team leader or colleague",
        act(
            "Give each service its own results and ask for a plan in return",
            "Director of People and Culture",
            by("by spring 2023", "2023-05-31", "season"),
            status="in_progress",
        ),
        act(
            "Commission an outside review of twenty closed grievances",
            "Director of People and Culture",
            after("Within six months of the new contract", "P6M", "the new contract"),
            status="not_started",
        ),
        act(
            "Start mediation in community teams",
            "Freedom to Speak Up Guardian",
            unknown("TBC"),
            status="not_started",
        ),
    ),
)


@document("penhallow_wres_web_pages.odt", PENHALLOW)
def penhallow(path):
    """No table: Action 1, Action 2 blocks under each indicator, fields in labelled paragraphs."""
    progress = {
        "in_progress": "Underway. The first group has met and the divisions have been told.",
        "not_started": "Not started.",
        "on_hold": "On hold while the board is reshaped.",
        "completed": "Completed.",
    }
    paper = word()
    paper.add_heading("Penhallow Partnership NHS Trust", 0)
    paper.add_heading("Workforce Race Equality Standard 2022-2024, what we will do", 1)
    paper.add_paragraph("Position at 28 September 2022")
    for item in PENHALLOW["recommendations"]:
        paper.add_heading(item["text"], 2)
        paper.add_paragraph("In the last survey our score was below that of similar trusts.")
        for number, action in enumerate(item["actions"], 1):
            first = paper.add_paragraph()
            first.add_run(f"Action {number}").bold = True
            paper.add_paragraph(action["text"])
            for label, words in (
                ("Lead", " and ".join(action["leads"])),
                ("Timescale", action["timescales"][0]["raw"]),
                ("Progress", progress[action["status"]]),
            ):
                line = paper.add_paragraph()
                line.add_run(f"{label}: ").bold = True
                line.add_run(words)
    draft = path.with_suffix(".docx")
    paper.save(draft)
    office(draft, "odt", path)
    draft.unlink()


HALLAMBECK = plan(
    "Hallambeck and Wold Integrated Care System: six priorities for race equality at work",
    "2023-06",
    rec(
        "1",
        "Leaders will have measurable objectives on equality",
        act(
            "Every chief executive, chair and board member to have objectives that can be measured",
            "",
            by("by March 2024", "2024-03-31"),
            leads_alt=[
                "Every chief executive, chair and board member",
                "Every chief executive | chair | board member",
            ],
        ),
        act(
            "Board members to show how organisational data and lived experience have been used",
            "",
            by("by March 2025", "2025-03-31"),
            leads_alt=["Board members"],
        ),
        act(
            "Boards to review relevant data once a year",
            "",
            leads_alt=["Boards"],
            timescales_alt=[[every("once a year", "yearly")]],
        ),
    ),
    rec(
        "2",
        "Recruitment will be fair from start to finish",
        act(
            "Create a plan for widening local recruitment with colleges and job centres",
            "",
            by("by October 2023", "2023-10-31"),
        ),
        act(
            "Publish a talent management plan and see that it is put into practice",
            "",
            by("by June 2024", "2024-06-30"),
        ),
    ),
    rec(
        "3",
        "Pay gaps will close",
        act(
            "Analyse pay by sex, ethnicity and disability, and publish the result with an "
            "improvement plan",
            "",
            month("April 2024", "2024-04"),
        ),
        act(
            "Look at how bonus and recruitment payments are decided",
            "",
            by("by the end of 2024", "2024-12-31", "year"),
        ),
    ),
    rec(
        "4",
        "Health inequalities in the workforce will be addressed",
        act(
            "Line managers and supervisors to hold regular wellbeing conversations",
            "",
            by("by October 2023", "2023-10-31"),
            leads_alt=["Line managers and supervisors", "Line managers | supervisors"],
        ),
        act(
            "Work with community organisations on jobs for local people (the anchor institutions "
            "programme)",
            "",
            by("by April 2025", "2025-04-30"),
        ),
    ),
    rec(
        "5",
        "Internationally recruited staff will be welcomed and developed",
        act(
            "Make sure that recruits are given clear information before they travel",
            "",
            by("before March 2024", "2024-02-29"),
        ),
        act(
            "Give pastoral support and a named contact for the first year",
            "",
            ongoing(),
        ),
    ),
    rec(
        "6",
        "Bullying, harassment and violence at work will fall",
        act(
            "Review data by protected characteristic and set reduction targets",
            "",
            by("by March 2024", "2024-03-31"),
            every("and yearly after that", "yearly"),
        ),
        act(
            "Review disciplinary and employee relations processes",
            "",
            by("by March 2024", "2024-03-31"),
        ),
    ),
)


@document("hallambeck_six_priorities.txt", HALLAMBECK)
def hallambeck(path):
    """Plain text: numbered priorities, bullets that end with their date in brackets."""
    lines = [
        "HALLAMBECK AND WOLD INTEGRATED CARE SYSTEM",
        "Six priorities for race equality at work",
        "June 2023",
        "",
        "The system's people board agreed six priorities. Each organisation will report on them "
        "in its own annual report.",
        "",
    ]
    for item in HALLAMBECK["recommendations"]:
        lines += [f"{item['number']}. {item['text']}", ""]
        for action in item["actions"]:
            when = " ".join(claim["raw"] for claim in action["timescales"])
            when = f" ({when})." if when else "."
            lines.append(f"  \u2022 {action['text']}{when}")
        lines.append("")
    lines += ["If you would like this document in another format, ask the people team."]
    path.write_text("\n".join(lines), encoding="utf-8")


QUARRYFIELD = plan(
    "Quarryfield NHS Primary Care Trust: Single Equality Scheme, actions to carry forward",
    "2010-11",
    rec(
        None,
        "People receive information in a way that they understand",
        act(
            "Put the interpreting policy into practice in all practices",
            "Head of Patient Experience | Practice Managers",
            status="in_progress",
            rag="green",
        ),
        act(
            "Buy portable hearing loops for community clinics",
            "Estates Manager",
            status="in_progress",
            rag="green",
        ),
        act(
            "Audit requests for interpreters",
            "Head of Patient Experience",
            status="delayed",
            rag="red",
        ),
    ),
    rec(
        None,
        "Ethnic monitoring of patients is complete",
        act(
            "Add ethnicity and language to registration forms",
            "Primary Care Contracts Manager",
            status="in_progress",
            rag="amber",
        ),
        act(
            "Train reception staff in asking the question",
            "Training Lead | Practice Managers",
            status="in_progress",
            rag="amber",
        ),
        act(
            "Report completeness by practice to the Professional Executive Committee",
            "Director of Public Health",
            status="in_progress",
            rag="green",
        ),
    ),
    rec(
        None,
        "Mental health services are fair",
        act(
            "Appoint three community development workers",
            "Mental Health Commissioning Manager",
            status="completed",
            rag="blue",
        ),
        act(
            "Look at detentions by ethnic group with the provider",
            "Mental Health Commissioning Manager | Director of Public Health",
            status="delayed",
            rag="red",
        ),
    ),
)


@document("quarryfield_carry_forward.ods", QUARRYFIELD)
def quarryfield(path):
    """RAG as a word, merged over rows; leads as bullets; the outcome is merged down on the right."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Carry forward"
    sheet["A1"] = "Quarryfield NHS Primary Care Trust"
    sheet["A2"] = "Single Equality Scheme: actions to carry forward, November 2010"
    rows = [head("Action", "Lead Responsible", "Outcome", "RAG Rating")]
    for item in QUARRYFIELD["recommendations"]:
        actions = item["actions"]
        for i, action in enumerate(actions):
            row = [action["text"], bullets(*action["leads"])]
            if i == 0:
                row.append(cell(item["text"], rows=len(actions)))
            before = actions[i - 1]["rag"] if i else None
            if action["rag"] != before:
                run = 1
                while i + run < len(actions) and actions[i + run]["rag"] == action["rag"]:
                    run += 1
                row.append(cell(action["rag"].title(), rows=run))
            rows.append(row)
    end = sheet_rows(sheet, rows, top=4)
    sheet.cell(
        end + 1, 1
    ).value = "Blue: completed. Green: on target. Amber: some slippage. Red: late."
    for letter, width in zip("ABCD", (50, 32, 40, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    draft = path.with_suffix(".xlsx")
    book.save(draft)
    office(draft, "ods", path)
    draft.unlink()
