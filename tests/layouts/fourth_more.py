"""The fourth set goes on: plans published as PDF, as plain text and as comma separated values."""

import csv
import tempfile
from pathlib import Path

from layouts import drawn
from layouts.draw import cell, head, office, word, word_table
from layouts.fourth import shown, step
from layouts.third import both, told
from layouts.truth import (
    academic,
    by,
    day,
    document,
    event,
    every,
    month,
    months,
    ongoing,
    perhaps,
    plan,
    quarter,
    rec,
    span,
    state,
    unknown,
    within,
)

# A university's charter plan, saved from Word as PDF: aim and issue across, lettered actions.

_OSTREY = [
    ("Recruit academic staff who reflect the country",
     "7% of professors are from minority ethnic groups (2021/22).", [
        ("1.1", "Widen the field for academic posts",
         "Share of applicants from minority ethnic groups rises from 19% to 25%", [
            ("Require executive search firms to provide diverse longlists for all professorial and senior leadership roles",
             "Director of Human Resources", ongoing("From January 2023", "2023-01-01")),
            ("Advertise lectureships in three specialist networks", "^",
             month("March 2023", "2023-03")),
            ("Publish the make-up of longlists", "^",
             every("2023 and then annually", "yearly", "2023-01-01")),
        ]),
        ("1.2", "Make panels fairer", "All chairs trained; observer at every panel", [
            ("Mandatory inclusive recruitment training for all panel chairs", "Director of Human Resources",
             by("By July 2023", "2023-07-31")),
            ("Add a lay observer to professorial panels", "Deputy Vice-Chancellor",
             by("by 2024/25", "2025-08-31", "academic_year", end_alt=["2025-07-31"])),
        ]),
    ]),
    ("Support minority ethnic staff to progress",
     "Staff in focus groups said that promotion was a matter of being known.", [
        ("2.1", "Open up promotion", "No gap in success rates by 2026", [
            ("Hold workshops before each promotion round", "Head of Organisational Development",
             every("Each autumn", "yearly in autumn")),
            ("Give all applicants the reviewers' comments", "Secretary to the Promotions Committee",
             within("Summer 2023", "2023-06-01", "2023-08-31", "season")),
            ("Analyse outcomes by ethnicity and contract type", "Planning Office",
             every("termly", "each term")),
        ]),
        ("2.2", "Build a pipeline of leaders", "Five people move to a more senior post", [
            ("Fund ten places a year on the national leadership programme",
             "Pro Vice-Chancellor (People)",
             span("2023/24 to 2025/26", "2023-09-01", "2026-08-31", "academic_year",
                  end_alt=["2026-07-31"])),
            ("Start reverse mentoring for the Executive", "^", month("October 2023", "2023-10")),
        ]),
    ]),
    ("Close the degree awarding gap",
     "The gap between white and Black students was 16 points in 2021/22.", [
        ("3.1", "Know where the gap is", "Every school has a target and knows it", [
            ("Give each school a dashboard of results by ethnicity", "Director of Student Outcomes",
             both("March 2023 and annually", month("March 2023", "2023-03"),
                  every("annually", "yearly"))),
            ("Agree school-level targets through the planning round", "^", by("by spring 2023", "2023-05-31", "season")),
        ]),
        ("3.2", "Change what we teach and how", "Gap of 8 points or less in 2026", [
            ("Recruit twelve paid student curriculum consultants", "Dean of Education",
             within("Autumn term 2023", "2023-09-01", "2023-12-31", "term")),
            ("At least one core module per programme to be reviewed using the inclusive curriculum toolkit", "Heads of School",
             academic("2023-24", 2023, end_alt=["2024-07-31"])),
            ("Share good practice between schools", "Dean of Education",
             event("Teaching conference, June 2024", "Teaching conference", "2024-06-01",
                   "2024-06-30", "month")),
        ]),
    ]),
]  # fmt: skip


def _lettered(rows):
    last = None
    for letter, (text, lead, when) in zip("abc", rows, strict=False):
        last = last if lead == "^" else lead
        both_ways = [[within("2023", "2023-01-01", "2023-12-31", "year"),
                      every("then annually", "yearly")]]  # fmt: skip
        alt = both_ways if told(when).startswith("2023 and") else []
        yield step(text, last, when, number=f"{letter})", timescales_alt=alt)


OSTREY = plan(
    "University of Ostrey: Race Equality Charter action plan 2022–2026",
    "2022-11",
    *(
        rec(number, text, *(made | {"measure": good} for made in _lettered(rows)), theme=aim)
        for aim, _, objectives in _OSTREY
        for number, text, good, rows in objectives
    ),
    leave_out=[("Staff in focus groups said", "an issue, which tells why")],
)


@document("ostrey_charter_plan.pdf", OSTREY)
def ostrey(path):
    paper = word(landscape=True, furniture="University of Ostrey | Bronze application")
    paper.add_heading(OSTREY["title"], 1)
    paper.add_paragraph("Submitted November 2022")
    paper.add_paragraph(
        "Actions are grouped under three aims. Academic years run from September to August."
    )
    rows = [head("Ref", "Objective", "Action", "Timeframe", "Lead", "Success measure")]
    for n, (aim, issue, objectives) in enumerate(_OSTREY, 1):
        rows.append([cell(f"Aim {n}: {aim}", cols=6, fill="BDD7EE",
                          bold=True)])  # fmt: skip
        rows.append([cell(f"Issues identified: {issue}", cols=6, fill="F2F2F2")])
        for number, text, good, steps in objectives:
            letters = [f"{letter}) " for letter in "abc"]
            leads = [lead for _, lead, _ in steps if lead != "^"]
            if len(leads) > 1:
                leads = [a + b for a, b in zip(letters, leads, strict=False)]
            rows.append([
                number, text,
                [a + b for a, (b, _, _) in zip(letters, steps, strict=False)],
                [a + told(b) for a, (_, _, b) in zip(letters, steps, strict=False)],
                leads, good,
            ])  # fmt: skip
    word_table(paper, rows, [1.3, 4.2, 8.4, 4.4, 4.4, 3.6], heading_rows=1)
    paper.add_paragraph("The Race Equality Steering Group reports to Council each July.")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plan.docx"
        paper.save(source)
        office(source, "pdf", path)


# A hospital trust: no rules, a heading and a paragraph of figures over each table.

_FENWATER = [
    ("1", "Share of staff in each pay band",
     "At March 2023, 31% of staff and 9% of those at Band 8a and above were from a minority "
     "ethnic background.", [
        ("Bring in values-based shortlisting for Bands 7 to 8b", "Recruitment Team",
         "Band 8a and above rises to 12%", month("March 2024 (in time for pay round)", "2024-03")),
        ("Career clinics for Internationally Educated Nurses (IENs), open to all Band 5s", "Practice Education Team",
         "60 nurses seen", both("October 2023 then monthly", month("October 2023", "2023-10"),
                                every("then monthly", "monthly"))),
        ("WRES data pack to be provided to each Care Group", "HR Business Partners",
         "Figures at each care group board", every("Quarterly", "quarterly")),
    ]),
    ("2", "Appointment from shortlisting",
     "White applicants were 1.58 times as likely to be appointed.", [
        ("Two trained inclusion representatives on all panels at Band 8a and above",
         "Head of Recruitment", "Likelihood falls to 1.2",
         ongoing("From 1 November 2023", "2023-11-01")),
        ("10% dip sample of interview notes and scoring sheets", "Internal Audit", "No gaps in the notes",
         by("By the end of Q4 2023/24", "2024-03-31", "quarter")),
    ]),
    ("3", "Entering the formal disciplinary process",
     "Minority ethnic staff were 1.9 times as likely to enter the process.", [
        ("A senior panel to look at every case before it starts",
         "Director of People | Chief Nurse", "Likelihood falls to 1.25",
         state("Already underway", "in_progress")),
        ("Train investigators in cultural awareness", "Employee Relations Manager || Staff Side Chair",
         "40 people trained", day("31/01/2024", "2024-01-31")),
        ("Publish a summary of cases with the lessons from them", "Employee Relations Manager",
         "Summary on the intranet", month("May 2024", "2024-05")),
    ]),
    ("5", "Abuse from patients and the public",
     "A third of minority ethnic staff said that they had been abused in the last year.", [
        ("Put up “No excuse for abuse” posters in six languages", "Communications Team",
         "Posters in every ward",
         state("Launched 4 September 2023", "in_progress", "2023-09-04", "2023-09-04")),
        ("Try body-worn cameras in the emergency department", "Head of Security",
         "Incidents fall by a fifth",
         months("November 2023 - February 2024", "2023-11", "2024-02")),
        ("Incident form to be amended so that staff are asked whether race was a factor in violence and aggression", "Ward Managers",
         "Question answered in 95% of reports", ongoing()),
    ]),
    ("8", "Discrimination from a manager or colleague",
     "17% of minority ethnic staff reported it, against 6% of white staff.", [
        ("Active bystander training for all managers", "Organisational Development Team",
         "600 managers trained", by("By summer 2024", "2024-08-31", "season")),
        ("Offer restorative meetings where both sides agree", "Freedom to Speak Up Guardian",
         "Ten meetings held", unknown("TBC")),
    ]),
    ("9", "Board membership", "One of 14 voting members is from a minority ethnic background.", [
        ("Recruit two associate non-executive directors from local communities",
         "Company Secretary", "Two people in post", by("Before June 2024", "2024-05-31")),
    ]),
]  # fmt: skip

FENWATER = plan(
    "Fenwater Hospitals NHS Foundation Trust: WRES action plan 2023/24",
    "2023-09",
    *(
        rec(number, text, *(step(words, lead, when, measure=good, number=f"{number}{letter}")
                            for letter, (words, lead, good, when)
                            in zip("abc", rows, strict=False)))
        for number, text, _, rows in _FENWATER
    ),
)  # fmt: skip


@document("fenwater_wres_plan.pdf", FENWATER)
def fenwater(path):
    story = [
        drawn.words(FENWATER["title"], drawn.TITLE),
        drawn.words("September 2023"),
        drawn.gap(),
        drawn.words(
            "The Workforce Race Equality Standard has nine indicators. This plan sets out what the "
            "Trust will do about the six on which it did worst. It was agreed by the People "
            "Committee after talking with the Ethnic Minority Staff Network."
        ),
        drawn.gap(),
        drawn.grid(
            [["Indicator", "2022", "2023"], ["2", "1.71", "1.58"], ["3", "1.64", "1.90"],
             ["5", "31%", "33%"], ["8", "16%", "17%"]],
            [3, 2, 2], ruled=False,
        ),
    ]  # fmt: skip
    for number, text, figures, rows in _FENWATER:
        if number in ("3", "8"):
            story.append(drawn.PageBreak())
        story += [drawn.gap(14), drawn.words(f"Indicator {number}: {text}", drawn.STRONG),
                  drawn.gap(4), drawn.words(figures), drawn.gap(4)]  # fmt: skip
        table = [["", "Action", "Accountable people / team", "Key performance indicator", "Date"]]
        for letter, (words, lead, good, when) in zip("abc", rows, strict=False):
            table.append([number + letter, words, shown(lead, " & "), good, told(when)])
        story.append(drawn.grid(table, [1, 6, 4, 3.8, 3.2], ruled=False))
    story += [drawn.gap(20), drawn.words("For a copy in large print call the Inclusion Office.")]
    drawn.pages(path, story, ["Fenwater Hospitals NHS Foundation Trust"])


# A community trust: landscape pages, aims said once, a row cut by the page's end.

_TARNSIDE = [
    ("1", "3.1", "A workforce at every level that reflects Tarnside", [
        ("Stretch assignments / secondments to be offered to staff from a BME background at Bands 5-7",
         "Associate Director of Workforce", month("June 2023", "2023-06"),
         "Ten managers have offered a place. Adverts go out in March.", None),
        ("Set aspirational targets for each directorate", "Director of People",
         month("November 2022", "2022-11"), "Completed. Agreed by the Board in November.",
         "completed"),
    ]),
    ("2", "3.1", "Fair selection", [
        ("Two people to score every application for posts at Band 7 and above",
         "Recruitment Manager", month("Feb 2023", "2023-02"), "On track", "in_progress"),
        ("Write to unsuccessful internal candidates with an offer of feedback",
         "Recruiting Managers", ongoing(), "Underway in adult services", "in_progress"),
    ]),
    ("3", "3.4", "A just and learning culture", [
        ("Pre-disciplinary checklist to be completed & signed off in all cases", "Head of Employee Relations",
         ongoing("From April 2023", "2023-04-01"), "Not started", "not_started"),
        ("Refer cases that involve race to an independent reviewer", "Director of People",
         perhaps("Subject to funding"), "Paused until the budget is set", "on_hold"),
    ]),
    ("4", "3.3", "Equal access to learning and development", [
        ("Hold back a third of places on leadership courses until the closing week",
         "Learning and Development Manager", quarter("Q1 2023/24", "2023-04"), "Not started",
         "not_started"),
        ("Show who applies for courses and who is accepted", "Learning and Development Manager",
         every("Reported bi-monthly", "every 2 months"), "First report went in December", None),
    ]),
    ("6", "3.4", "Staff are free from abuse, bullying and racism", [
        ("Community nurses to carry lone-worker devices with a record button",
         "Head of Community Nursing", day("31 March 2023", "2023-03-31"),
         "Behind. Devices held up by the supplier.", "delayed"),
        ("Hold a listening event in each locality", "Chief Executive | Staff Side Chair",
         months("October 2022 – March 2023", "2022-10", "2023-03"), "Three of five held", None),
        ("Publish a “you said, we did” bulletin", "Head of Communications",
         every("Every 6 months", "every 6 months"), "", None),
    ]),
    ("9", "4.1", "A Board that reflects the people we serve", [
        ("Take part in the regional Aspiring Directors scheme", "Company Secretary",
         within("Autumn 2023", "2023-09-01", "2023-11-30", "season"), "Application sent in", None),
        ("All Board members (exec and non-exec) to have a personal EDI objective as part of appraisal", "Trust Chair",
         by("By the end of 2023", "2023-12-31", "year"), "In hand", "in_progress"),
    ]),
]  # fmt: skip

TARNSIDE = plan(
    "Tarnside Community Health NHS Trust: race equality implementation plan",
    "2023-01-26",
    *(
        rec(metric, aim, *(step(text, lead, when, status=status)
                           for text, lead, when, _, status in rows))
        for metric, _, aim, rows in _TARNSIDE
    ),
)  # fmt: skip


@document("tarnside_implementation_plan.pdf", TARNSIDE)
def tarnside(path):
    rows = [["EDS", "Equality aim", "WRES metric", "Action", "Lead", "Timescale", "Update"]]
    for metric, outcome, aim, actions in _TARNSIDE:
        for i, (text, lead, when, update, _) in enumerate(actions):
            first = [outcome, aim, metric] if i == 0 else ["", "", ""]
            rows.append([*first, text, shown(lead), told(when), update])
    cut = next(r for r, row in enumerate(rows) if "lone-worker" in row[3])
    story = [
        drawn.words(TARNSIDE["title"], drawn.TITLE),
        drawn.words("Paper to the Trust Board, 26 January 2023. For assurance."),
        drawn.gap(),
        drawn.words(
            "The plan follows the metrics of the Workforce Race Equality Standard (WRES) and gives "
            "the outcome of the Equality Delivery System (EDS) that each aim serves. Metrics 5, 7 "
            "and 8 are covered by the staff survey plan."
        ),
        drawn.gap(),
        *drawn.over_two_pages(
            rows, cut, {3: "lone-worker", 6: "Devices"}, [1.2, 4.6, 1.6, 7, 4.4, 3.6, 4.2]
        ),
        drawn.gap(),
        drawn.words("The next update comes to the Board in July."),
    ]
    drawn.pages(path, story, ["Agenda item 11, enclosure H"], landscape=True)


# A university's task list: “Responsibility” stands over the action, people are codes.

_ULLSMERE = [
    ("Data and monitoring", "D1",
     "To hold accurate data on the ethnicity of staff and students and to use it", [
        ("Ethnicity to be added to planning dashboard (all schools)", "PD",
         day("01/11/2023", "2023-11-01"), "Completed"),
        ("Ask staff who have not answered to look at their record", "PAS | HRSM",
         day("29/02/2024", "2024-02-29"), "Started"),
        ("Publish the first race equality data report", "PD",
         day("31/07/2024", "2024-07-31"), "Not started"),
        ("Report to Senate on awarding gaps", "AR",
         every("July (annually)", "yearly in July"), "Not started"),
    ]),
    ("Recruitment and selection", "R1", "To recruit in a way that is fair and is seen to be fair", [
        ("Redraft person specifications for professional services posts", "HRSM",
         day("30/11/2023", "2023-11-30"), "Completed"),
        ("Pilot anonymous shortlisting in the Library and in Estates", "HRSM | DE",
         day("31/03/2024", "2024-03-31"), "On hold"),
        ("Include a member from outside the department on all academic panels", "HoS",
         ongoing(), "Started"),
    ]),
    ("Culture and complaints", "C1", "To be a place where racism is reported and acted on", [
        ("Open the report-and-support web pages", "DSS",
         day("08/01/2024", "2024-01-08"), "Completed"),
        ("Recruit and train 30 harassment advisers from across faculties and professional services", "DSS | PD", day("15/02/2024", "2024-02-15"), "Started"),
        ("Commission a survey of the climate for Black and Asian students", "PD",
         unknown("TBC"), "Not started"),
        ("Agree how cases of racism between students will be recorded", "AR | DSS",
         day("30/04/2024", "2024-04-30"), "Not started"),
    ]),
    ("Teaching and learning", "T1", "To teach in a way that includes everyone", [
        ("Hold a staff conference on inclusive curricula", "PVCE",
         month("Feb-24", "2024-02"), "Started"),
        ("Bring the inclusive curriculum checklist into annual review", "PVCE | HoS",
         academic("2024-25", 2024, end_alt=["2025-07-31"]), "Not started"),
    ]),
]  # fmt: skip
_WORDS = {
    "Completed": "completed",
    "Started": "in_progress",
    "Not started": "not_started",
    "On hold": "on_hold",
}
_CODES = {
    "PD": "Programme Director",
    "PAS": "Planning and Analysis Section",
    "HRSM": "Human Resources Services Manager",
    "AR": "Academic Registrar",
    "DE": "Director of Estates",
    "HoS": "Heads of School",
    "DSS": "Director of Student Services",
    "PVCE": "Pro Vice-Chancellor Education",
}

ULLSMERE = plan(
    "University of Ullsmere: race equality task list",
    "2024-01-15",
    *(
        rec(number, aim, *(step(text, lead, when, number=f"{number}.{i}", status=_WORDS[word_])
                           for i, (text, lead, when, word_) in enumerate(rows, 1)), theme=theme)
        for theme, number, aim, rows in _ULLSMERE
    ),
    abbreviations=_CODES,
)  # fmt: skip


@document("ullsmere_task_list.csv", ULLSMERE)
def ullsmere(path):
    rows = [["University of Ullsmere: race equality task list"], ["Updated 15 January 2024"], []]
    for theme, number, aim, tasks in _ULLSMERE:
        rows += [[theme], [f"{number}. {aim}"],
                 ["Date", "Ref.", "Responsibility", "Actionee", "Status"]]  # fmt: skip
        for i, (text, lead, when, status) in enumerate(tasks, 1):
            rows.append([told(when), f"{number}.{i}", text, shown(lead, "; "), status])
        rows.append([])
    rows += [["Key to actionees"], *([f"{a} = {b}"] for a, b in _CODES.items())]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row, *[""] * (5 - len(row))] for row in rows)


# A mental health trust: no table, “Action 1” and labelled lines under each indicator.

_DOWNSBRIDGE = [
    ("2", "Relative likelihood of being appointed from shortlisting",
     "White applicants were 1.4 times more likely to be appointed in 2020. The figure was 1.7 in "
     "2019.", [
        ("Develop cultural intelligence training for recruiting managers",
         "Diversity and Inclusion Manager | Head of Resourcing", month("March 2021", "2021-03"),
         "Completed although delivery programme on hold", "on_hold"),
        ("All secondment and acting-up opportunities to be advertised on Trust intranet for a minimum of 10 days", "Head of Resourcing",
         ongoing("From October 2020", "2020-10-01"), "In place since October 2020", "in_progress"),
        ("Review the wording of adverts with the BAME network", "BAME Network Chair",
         month("September 2021", "2021-09"), "Not started", "not_started"),
    ]),
    ("3", "Relative likelihood of entering the formal disciplinary process",
     "Numbers are small. BAME staff were 2.1 times more likely to enter the process.", [
        ("Pilot a group that looks at cases before they are opened", "Deputy Director of HR",
         by("By December 2020", "2020-12-31"), "Completed", "completed"),
        ("Train 10 staff side reps as Cultural Ambassadors", "Employee Relations Lead",
         within("Summer 2021", "2021-06-01", "2021-08-31", "season"),
         "Started. Six of ten trained.", "in_progress"),
    ]),
    ("7", "Belief that the Trust gives equal chances of promotion",
     "70% of BAME staff and 87% of white staff believed this in the 2020 survey.", [
        ("Run a career development programme for Bands 4 to 6",
         "Learning and Development Manager",
         both("May 2021 and October 2021", month("May 2021", "2021-05"),
              month("October 2021", "2021-10")),
         "May cohort held with 18 people", None),
        ("Service lines to have succession plans which show the diversity of each talent pool", "All Service Directors",
         ongoing(), "Underway", "in_progress"),
        ("Reciprocal mentoring for the executive team", "Chief Executive",
         months("July to December 2021", "2021-07", "2021-12"), "Pairs matched in June", None),
    ]),
    ("8", "Discrimination at work from a manager or colleague",
     "15% of BAME staff and 6% of white staff said that this had happened to them.", [
        ("Set up drop-in sessions with the Freedom to Speak Up Guardian",
         "Freedom to Speak Up Guardian", every("Monthly", "monthly"), "Underway", "in_progress"),
        ("Include racist incidents in the weekly safety huddle", "Director of Nursing",
         quarter("Q2 2021/22", "2021-07"), "Not started", "not_started"),
    ]),
    ("9", "Representation on the Board",
     "Two of the Board's thirteen voting members are from a BAME background.", [
        ("Use a specialist agency to find candidates for non-executive posts", "Trust Secretary",
         perhaps("When the next vacancy arises", kind_alt=["event"]), "Not started", "not_started"),
        ("Hold a Board session on anti-racism", "Trust Chair",
         event("Board development day, 23 September 2021", "Board development day", "2021-09-23",
               "2021-09-23", "day"), "Planned", "not_started"),
    ]),
]  # fmt: skip

DOWNSBRIDGE = plan(
    "Downsbridge Partnership NHS Trust: Workforce Race Equality Standard 2020–2022",
    "2021-06-30",
    *(
        rec(number, text, *(step(words, lead, when, number=str(i), status=status)
                            for i, (words, lead, when, _, status) in enumerate(rows, 1)))
        for number, text, _, rows in _DOWNSBRIDGE
    ),
)  # fmt: skip


@document("downsbridge_wres_actions.txt", DOWNSBRIDGE)
def downsbridge(path):
    lines = [
        "Downsbridge Partnership NHS Trust: Workforce Race Equality Standard 2020–2022",
        "Updated 30 June 2021",
        "",
        "Home > About us > Equality > WRES",
        "",
        "Each year we look at nine indicators. On this page you can read what we are doing about",
        "those where there is a gap between white staff and Black, Asian and minority ethnic",
        "(BAME) staff.",
        "",
    ]
    for number, text, figures, rows in _DOWNSBRIDGE:
        lines += [f"Indicator {number}: {text}", "", figures, ""]
        for i, (words, lead, when, progress, _) in enumerate(rows, 1):
            who = "Leads" if " | " in lead else "Lead"
            lines += [f"Action {i}", words, f"{who}: {shown(lead)}", f"Date: {told(when)}",
                      f"Progress: {progress}", ""]  # fmt: skip
    lines += ["If you have a question about this page, write to the equality team.", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
