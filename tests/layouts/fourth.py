"""A fourth set, by somebody who never saw the importer: plans written in Word."""

from layouts.draw import bold, cell, head, row_mark, tracked, word, word_table
from layouts.third import both, claims, told
from layouts.truth import (
    academic,
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
    plan,
    quarter,
    rec,
    span,
    state,
    unknown,
    within,
)


def step(text, leads, when=None, **more):
    """One action; a status that its timescale tells is its own unless another is given.

    After “||” stands who only supports; a text with a colon and semicolons is a lead-in.
    """
    made = claims(when) if when else ()
    said = [claim["status"] for claim in made if claim["status"]]
    more.setdefault("status", said[-1] if said else None)
    if " || " in leads:
        more["leads_alt"] = [leads.split(" || ")[0]]
    first, *points = parts(text)
    if points:
        more["split_alt"] = [[f"{first} {point}" for point in points]]
    return act(text, leads.replace(" || ", " | "), *made, **more)


def shown(leads, between=" and "):
    """Leads as a cell prints them."""
    return leads.replace(" || ", " supported by ").replace(" | ", between)


def parts(text):
    """A lead-in with its colon and each of its points; a text alone that is no lead-in."""
    first, colon, rest = text.partition(": ")
    return [f"{first}:", *rest.split("; ")] if colon and "; " in rest else [text]


def pointed(text):
    """A lead-in with its points as bullets below it, as paragraphs of a cell."""
    first, *points = parts(text)
    return [first, *(f"• {point}" for point in points)]


# A council's reply to a review: lists beside each other in one row, status among the dates.

_HR = "Head of HR and OD"
_HARNWICK = [
    ("1", "Make a clear public statement that racism will not be tolerated by the Council.", [
        (["Joint statement drafted, agreed by all group leaders and signed at Full Council",
          "Comms to publish the statement on the website / intranet and display it at all main receptions"],
         [state("Completed 20 September 2023", "completed", "2023-09-20", "2023-09-20"),
          state("Completed – 2nd October", "completed", "2023-10-02", "2023-10-02")],
         ["Chief Executive", "Head of Communications"]),
    ]),
    ("2", "Bring the Council's equality data together so that members can see the whole picture.", [
        (["Develop a single EDI dashboard which brings together workforce, resident and service user data, to include ethnicity, disability and sex as a minimum",
          "Take the dashboard to Corporate Leadership Team and to scrutiny"],
         [by("End January 2024", "2024-01-31"), every("Quarterly", "quarterly")],
         ["Assistant Director of Policy and Insight"]),
    ]),
    ("3", "Review recruitment from advert to appointment and remove the barriers that are found.", [
        (["Roll out anonymised application forms for all posts below Service Manager (Grade 12)",
          "Diverse panels to be the norm for Grade 9 and above – HR to hold a pool of trained panel members",
          "Refresher training for all recruiting managers, to incl. unconscious bias",
          "Report shortlisting and appointment rates to the Employment Committee"],
         [state("Underway", "in_progress"), None, day("31 March 2024", "2024-03-31"),
          every("Every six months from April 2024", "every 6 months", "2024-04-01")],
         [_HR]),
    ]),
    ("4", "Give the staff networks time, money and a voice in decisions.", [
        (["Agree protected time (5 hrs per month) for network chairs",
          "Allocate a budget of £3,000 to each network",
          "Consult the networks on all HR policies"],
         [event("Cabinet 6 December 2023", "Cabinet", "2023-12-06", "2023-12-06", "day"),
          month("April 2024", "2024-04"),
          ongoing("Already underway and ongoing", status="in_progress")],
         ["Director of Resources", "Director of Resources", _HR]),
    ]),
    ("5", "Work with schools to tackle the high rate of exclusion among Black Caribbean and "
     "Gypsy, Roma and Traveller pupils.", [
        (["Convene a summit of headteachers, governors and the Virtual School to look at the exclusions data"], [month("March 2024", "2024-03")],
         ["Director of Children's Services"]),
        (["Publish exclusion figures by ethnicity", "Fund two community mediators for a pilot"],
         [every("Every autumn", "yearly in autumn"), financial("2024/25", 2024)],
         ["Head of Education Inclusion"]),
    ]),
    ("6", "Ask independent people to oversee progress and to say in public what they find.", [
        (["Appoint an independent chair to the Race Equality Board",
          "Meetings of the Board to be held in public, in community venues rather than the Civic Offices",
          "Publish minutes of the Board within ten working days"],
         [state("Overdue - was due 30 September 2023", "delayed", "2023-09-30", "2023-09-30"),
          every("Twice a year", "twice a year"), ongoing()],
         ["Monitoring Officer"]),
    ]),
]  # fmt: skip


def _level(actions, whens, leads):
    whens = whens if len(whens) == len(actions) else whens * len(actions)
    leads = leads if len(leads) == len(actions) else leads * len(actions)
    return [step(*one) for one in zip(actions, leads, whens, strict=True)]


_TOOLKIT = [month("Toolkit – June 2024", "2024-06"),
            ongoing("Training – from September 2024", "2024-09-01")]  # fmt: skip
_SEVENTH = rec(
    "7",
    "Use equality impact assessments to change decisions, not to record them afterwards.",
    step("Refresh the toolkit and forms for equality impact assessments",
         "Assistant Director of Policy and Insight", _TOOLKIT[0]),
    step("Deliver training for report authors and committee clerks",
         "Assistant Director of Policy and Insight", _TOOLKIT[1]),
    step("Publish all assessments with the committee papers",
         "Assistant Director of Policy and Insight"),
)  # fmt: skip
for _action in _SEVENTH["actions"]:
    _action["timescales_alt"] = [_TOOLKIT]

HARNWICK = plan(
    "Harnwick Borough Council: progress against the Independent Race and Inclusion Review",
    "2023-11-14",
    *(
        rec(number, text, *(made for row in rows for made in _level(*row)))
        for number, text, rows in _HARNWICK
    ),
    _SEVENTH,
    abbreviations={"HR and OD": "Human Resources and Organisational Development"},
    leave_out=[
        ("and of its private sessions", "deleted under tracked changes"),
        ("Recommendations completed", "a table of figures"),
        ("To receive a further report", "what the committee is asked to do"),
    ],
)


@document("harnwick_race_review.docx", HARNWICK)
def harnwick(path):
    """One row goes on in a second without number; a blank paragraph keeps dates level."""
    paper = word(landscape=True, furniture="Overview and Scrutiny Committee, 14 November 2023")
    paper.add_heading(HARNWICK["title"], 1)
    paper.add_paragraph("Report of the Assistant Director of Policy and Insight")
    paper.add_paragraph(
        "The Council asked Professor Lund's panel to look at how it serves and employs Black, "
        "Asian and other minority ethnic people. The panel reported in June. Cabinet accepted all "
        "seven recommendations. Members are asked to note progress, which is set out in Table 1. "
        "Human Resources and Organisational Development (HR and OD) keeps the plan up to date."
    )
    bold(paper, "Recommendations")
    paper.add_paragraph("1.1 To note the progress made.")
    paper.add_paragraph("1.2 To receive a further report at the meeting in May 2024.")
    bold(paper, "Table 1: Action plan")
    rows = [head("No.", "Independent Race and Inclusion Review – Recommendation",
                 "Comment / Key Action", "Timescale", "Lead Officer")]  # fmt: skip
    for number, text, parts in _HARNWICK:
        for i, (actions, whens, leads) in enumerate(parts):
            first = [number, text] if i == 0 else ["", ""]
            times = [told(when) if when else "" for when in whens]
            points = [f"• {one.removesuffix(' and to scrutiny')}" for one in actions]
            rows.append([*first, points, times, list(leads)])
    rows.append(["7", _SEVENTH["text"], [f"• {one['text']}" for one in _SEVENTH["actions"]],
                 [one["raw"] for one in _TOOLKIT], _SEVENTH["actions"][0]["leads"]])  # fmt: skip
    table = word_table(paper, rows, [1.2, 7, 8.6, 4.8, 4.5], heading_rows=1)
    tracked(table.rows[-2].cells[2].paragraphs[-1], " and of its private sessions", "del")
    tracked(table.rows[2].cells[2].paragraphs[-1], " and to scrutiny", "ins")
    paper.add_paragraph()
    bold(paper, "Summary")
    word_table(paper, [head("Position at 31 October 2023", "Number"),
                       ["Recommendations completed", "1"], ["Recommendations in hand", "5"],
                       ["Recommendations behind", "1"]], [8, 3])  # fmt: skip
    bold(paper, "Financial implications")
    paper.add_paragraph("The cost of £48,000 in 2024/25 is to be met from the transformation fund.")
    paper.save(path)


# A research institute: a header of two rows, start and end, who does it and who sees to it.

_OPS = "Director of Operations"
_LINDENHOLT = [
    ("1", "The Institute knows who works and studies here", [
        ("Run staff and student survey; add questions on experience of race and racism", "Last survey was in 2019",
         "May 2024", "Ongoing", "HR Officer", _OPS, "70% response rate",
         ongoing("May 2024 – Ongoing", "2024-05-01")),
        ("Record the ethnicity of visiting workers", "Not recorded at present",
         "Sept 2024", "Dec 2024", "Visitor Services Coordinator", _OPS,
         "95% of records complete", months("Sept 2024 – Dec 2024", "2024-09", "2024-12")),
        ("Publish a data report on the website each year", "Staff asked for openness",
         "Jan 2025", "Jan 2028", "HR Officer", "Director of Science", "Four reports published",
         months("Jan 2025 – Jan 2028", "2025-01", "2028-01")),
    ]),
    ("2", "Recruitment is open and fair", [
        ("Produce guidance for group leaders on inclusive recruitment, incl. template adverts and a bank of interview questions", "Groups recruit in different ways",
         "Apr 2024", "Oct 2024", "Head of HR", _OPS, "Guide in use in all 22 groups",
         months("Apr 2024 – Oct 2024", "2024-04", "2024-10")),
        ("Name a diversity observer for every panel at Band 6 and above",
         "Four in ten panels were all white", "June 2024", "Ongoing", "Head of HR", _OPS,
         "Observer at every panel", ongoing("June 2024 – Ongoing", "2024-06-01")),
        ("Advertise summer studentships at four universities with many Black students",
         "Two of 31 students were Black", "2025", "2027", "Head of Postgraduate Training",
         "Director of Science", "One in four students is from a minority ethnic group",
         span("2025 – 2027", "2025-01-01", "2027-12-31", "year")),
        ("Review starting salaries by ethnicity", "Gap of 4% found in 2023", "", "March 2025",
         "HR Officer", _OPS, "Report seen by the Board",
         by("March 2025", "2025-03-31", kind_alt=["period"])),
    ]),
    ("3", "People of every background can build a career here", [
        ("Set up a mentoring circle for Black and Asian postdocs", "Asked for in focus groups",
         "Sept 2024", "Aug 2026", "Head of Postdoctoral Affairs", "Director of Science",
         "20 members", months("Sept 2024 – Aug 2026", "2024-09", "2026-08")),
        ("Establish two bridging fellowships for early career researchers from underrepresented ethnic groups", "People leave at the end of a contract",
         "2026", "2028", "Head of Postdoctoral Affairs", "Director of Science",
         "Both fellows move on to a post", span("2026 – 2028", "2026-01-01", "2028-12-31", "year")),
        ("Career development conversation to be offered to all staff, separate from appraisal",
         "Half had none last year", "Oct 2024", "Ongoing", "Group Leaders", "Head of HR",
         "90% had one", ongoing("Oct 2024 – Ongoing", "2024-10-01")),
        ("Track promotions by ethnicity", "Numbers are small", "Nov 2024", "Nov 2027",
         "HR Officer", "Promotions Panel", "Table goes to each meeting of the Board",
         months("Nov 2024 – Nov 2027", "2024-11", "2027-11")),
    ]),
    ("4", "Racism is dealt with", [
        ("Procure and launch an anonymous online reporting tool (Report + Support or equivalent)", "One report in five years", "May 2024", "July 2024",
         "Wellbeing Lead", _OPS, "Tool known to 80% of staff",
         months("May 2024 – July 2024", "2024-05", "2024-07")),
        ("Train twelve advisers to support people who report", "No support at present",
         "July 2024", "Dec 2024", "Wellbeing Lead", _OPS, "Twelve advisers named on the intranet",
         months("July 2024 – Dec 2024", "2024-07", "2024-12")),
        ("Tell staff how many reports were made and what came of them", "Trust is low",
         "Jan 2025", "Ongoing", "Head of HR", "Director of Science", "One note a year",
         ongoing("Jan 2025 – Ongoing", "2025-01-01")),
    ]),
]  # fmt: skip
_AMARA = "Dr Amara Okoro, Head of Postgraduate Training"

LINDENHOLT = plan(
    "The Lindenholt Institute for Plant Science: race equality action plan 2024–2028",
    "2024-03-05",
    *(
        rec(number, text, *(
            step(words, f"{doing} | {over}", when, measure=good, number=f"{number}.{i}",
                 leads_alt=[f"{_AMARA} | {over}"] if "Postgraduate" in doing else [])
            for i, (words, _, _, _, doing, over, good, when) in enumerate(rows, 1)))
        for number, text, rows in _LINDENHOLT
    ),
    leave_out=[("Groups recruit in different ways", "a rationale")],
)  # fmt: skip


@document("lindenholt_institute_plan.docx", LINDENHOLT)
def lindenholt(path):
    paper = word(landscape=True, furniture="Lindenholt Institute – race equality action plan")
    paper.add_heading(LINDENHOLT["title"], 1)
    paper.add_paragraph("Approved by the Institute Board on 5 March 2024")
    paper.add_paragraph(
        "The self-assessment team met nine times and read 214 survey answers. The plan says what "
        "the Institute will do over four years. Actions in bold in the application are repeated "
        "here in the order in which they appear."
    )
    rows = [
        [cell("Ref", 2, fill="DEEAF6", bold=True),
         cell("Planned action", 2, fill="DEEAF6", bold=True),
         cell("Rationale", 2, fill="DEEAF6", bold=True),
         cell("Timeframe", 1, 2, "DEEAF6", True),
         cell("Person responsible", 1, 2, "DEEAF6", True),
         cell("Success criteria", 2, fill="DEEAF6", bold=True)],
        head("Start", "End", "Implementation", "Oversight", fill="DEEAF6"),
    ]  # fmt: skip
    for number, text, actions in _LINDENHOLT:
        rows.append([cell(f"Objective {number}: {text}", cols=8, fill="F2F2F2", bold=True)])
        for i, (words, why, start, end, doing, over, good, _) in enumerate(actions, 1):
            doing = _AMARA if "Postgraduate" in doing else doing
            rows.append([f"{number}.{i}", words, why, start, end, doing, over, good])
    word_table(paper, rows, [1.1, 6, 4, 1.9, 1.9, 3.6, 3.4, 4], heading_rows=2)
    paper.add_paragraph()
    paper.add_paragraph("The Board looks at the plan again each March.")
    word_table(paper, [head("Signed", "Position", "Date"),
                       ["", "Director of the Institute", ""]], [6, 6, 4])  # fmt: skip
    paper.save(path)


# A school of a university: a table under each heading, time and progress in one cell.

_LEARN = "Head of Practice Learning"
_ESKMOOR = [
    ("1", "Widening the intake", [
        ("Raise the share of Black and Asian applicants to nursing and midwifery", [
            ("Outreach visits to 6 sixth form colleges across the city, with current students as ambassadors", "Admissions Tutor",
             both("December 2022. Four visited so far", month("December 2022", "2022-12"))),
            ("Review course web pages (wording and images)", "^",
             state("Complete September 2022", "completed", "2022-09-01", "2022-09-30")),
            ("Offer a taster day for mature entrants", "Widening Participation Officer",
             both("June 2023 then annually", month("June 2023", "2023-06"),
                  every("then annually", "yearly"))),
        ]),
        ("Make interviews fairer", [
            ("Train all interviewers including service users", "Admissions Tutor",
             by("Before January 2023", "2022-12-31")),
            ("Analyse offers made by ethnicity and report to School Board", "School Manager", every("Termly", "each term")),
        ]),
    ]),
    ("2", "Curriculum and assessment", [
        ("Close the awarding gap", [
            ("All programme teams to review reading lists, case studies and scenarios for representation", "Programme Leaders",
             span("Throughout the academic year 2022/23", "2022-09-01", "2023-08-31",
                  "academic_year", kind_alt=["date"])),
            ("Teach skin conditions on a full range of skin tones", "Director of Simulation",
             unknown("£1,200 bid made to the Faculty fund")),
            ("Anonymous marking for all written assessments", "Assessment Lead",
             state("In place since September 2022", "in_progress", "2022-09-01", "2022-09-30")),
        ]),
        ("Involve students in change", [
            ("Recruit and pay eight student curriculum partners", "Director of Education",
             within("Spring term", "2023-01-01", "2023-03-31", "term")),
            ("Report back to the student forum", "^", every("each term", "each term")),
        ]),
    ]),
    ("3", "Fair placements", [
        (None, [
            ("Agree with NHS partners what happens when a patient or colleague is racist to a "
             "student", _LEARN, by("By the end of January 2023", "2023-01-31")),
            ("Add a question on discrimination to the end-of-placement form",
             "Practice Learning Team", state("Completed", "completed")),
            ("Named link lecturer for every student who reports an incident, with feedback to the student within 20 working days", _LEARN, ongoing("On going")),
        ]),
    ]),
    ("4", "Staff", [
        (None, [
            ("Visiting / hourly paid lecturer posts to be advertised openly (not by word of mouth)", "School Manager",
             month("Jan 2023", "2023-01")),
            ("Keep two places on the sponsorship programme for minority ethnic staff",
             "Dean of School", academic("2022-23", 2022, end_alt=["2023-07-31"])),
        ]),
    ]),
]  # fmt: skip


def _school(number, theme, aims):
    for aim, rows in aims:
        made, last = [], None
        for text, lead, when in rows:
            last = last if lead == "^" else lead
            alt = [[]] if claims(when)[0]["kind"] == "unknown" else []
            made.append(step(text, last, when, timescales_alt=alt))
        yield rec(None if aim else number, aim or theme, *made, theme=theme if aim else None)


ESKMOOR = plan(
    "School of Health and Social Care: race equality action plan 2022/23",
    "2022-10",
    *(made for part in _ESKMOOR for made in _school(*part)),
    leave_out=[("Associate Dean for Inclusion", "who signed it")],
)


@document("eskmoor_school_plan.docx", ESKMOOR)
def eskmoor(path):
    """Columns differ from table to table; the last table has no header."""
    paper = word(furniture="University of Eskmoor")
    paper.add_heading("School of Health and Social Care: race equality action plan 2022/23", 0)
    paper.add_paragraph("Version 2, October 2022")
    paper.add_paragraph(
        "The School teaches 2,300 students. A third are from minority ethnic groups, and they are "
        "less likely to leave with a first or upper second. This plan was drawn up by the School's "
        "inclusion group after three open meetings."
    )
    for number, theme, aims in _ESKMOOR:
        paper.add_heading(f"{number}. {theme}", 2)
        names = ["Who is responsible", "Timescale/Progress"]
        rows = []
        if number in "12":
            rows.append(head("Aim", "Steps", *names))
        elif number == "3":
            paper.add_paragraph("Placements make up half of every course.")
            rows.append(head("Action", *names))
        for aim, steps in aims:
            for i, (text, lead, when) in enumerate(steps):
                first = [cell(aim, rows=len(steps))] if aim and i == 0 else []
                rows.append([*first, text, "As above" if lead == "^" else lead, told(when)])
        word_table(paper, rows, [3.8, 6, 3.6, 4] if aims[0][0] else [8.4, 4.4, 4.6])
    paper.add_paragraph()
    paper.add_paragraph("Progress is looked at by the School Board in January and in June.")
    word_table(paper, [["Signed for the School", "Associate Dean for Inclusion"],
                       ["Next review", "June 2023"]], [6, 8])  # fmt: skip
    paper.save(path)


# A fire service: names of three lines, outcomes merged down, a row hidden.

_DUNSCAR = [
    ("Our people", [
        ("Our workforce looks more like the county that we protect", [
            ("Positive action “have a go” days to be delivered at Eastgate, Priory and Marsh Road stations with local community leaders", "120 people attend",
             "Station Managers",
             both("First day July 2021, all three by March 2022", month("July 2021", "2021-07"),
                  by("all three by March 2022", "2022-03-31"))),
            ("All vacancies to be circulated to the community contacts list", "List checked twice a year",
             "Recruitment Manager", ongoing("From June 2021", "2021-06-01")),
            ("Adverse impact analysis of the physical and written tests at each stage of the process",
             "Report to Strategic Leadership Team", "Head of HR",
             day("30 September 2021", "2021-09-30")),
        ]),
        ("People stay with us and are promoted on merit", [
            ("Offer a mentor to every firefighter in development from a minority ethnic group",
             "Take-up above half", "Head of Learning",
             both("December 2021 and ongoing", month("December 2021", "2021-12"),
                  ongoing("and ongoing"))),
            ("Publish the results of promotion boards by ethnicity",
             "Results on the intranet", "Head of HR",
             by("By April 2022", "2022-04-30")),
            ("Interview every leaver who agrees", "Themes reported each year", "ACFO", ongoing()),
        ]),
    ]),
    ("Our culture", [
        ("Everyone is safe to speak up", [
            ("Procure an independent confidential reporting line (24/7)", "Line open and publicised", "ACFO",
             by("By end of October 2021", "2021-10-31")),
            ("Training for crew commanders to cover: challenging racist language on the spot; recording what happened; supporting those affected", "90% trained",
             "Head of Learning", quarter("Q3 2021/22", "2021-10")),
            ("Feedback to staff (“you said, we did”) on what has been reported and action taken", "Four bulletins a year",
             "Head of Communications || EDI Officer", every("Quarterly", "quarterly")),
        ]),
        ("Leaders set the tone", [
            ("Each principal officer to spend a shift with every watch", "Diary kept",
             "Chief Fire Officer", every("Annually", "yearly")),
            ("EDI objective to be included in PDRs of all managers, uniformed and non-uniformed", "All appraisals sampled",
             "Head of HR | Head of Learning", month("April 2022", "2022-04")),
        ]),
    ]),
    ("Our communities", [
        ("Those at greatest risk hear from us in ways that work for them", [
            ("Translate home safety leaflets into the eight languages most used",
             "Leaflets in use by crews", "Prevention Manager",
             both("Four by October 2021, the rest by April 2022",
                  by("Four by October 2021", "2021-10-31"),
                  by("the rest by April 2022", "2022-04-30"))),
            ("Joint home fire safety visits with 4 faith organisations", "400 visits",
             "Prevention Manager", financial("2021/22", 2021)),
            ("Record ethnicity at every home fire safety visit", "95% recorded",
             "Group Manager, Prevention",
             state("Overdue - was due 31 March 2021", "delayed", "2021-03-31", "2021-03-31")),
            ("Ask the Community Advisory Panel to test the draft risk management plan",
             "Panel's comments published", "Head of Planning",
             event("Community Advisory Panel, November 2021", "Community Advisory Panel",
                   "2021-11-01", "2021-11-30", "month")),
        ]),
    ]),
]  # fmt: skip

DUNSCAR = plan(
    "Dunscar Fire and Rescue Service: race equality action plan 2021–24",
    "2021-05-12",
    *(
        rec(None, outcome, *(step(text, lead, when, measure=good)
                             for text, good, lead, when in rows), theme=theme)
        for theme, outcomes in _DUNSCAR
        for outcome, rows in outcomes
    ),
    abbreviations={"ACFO": "Assistant Chief Fire Officer"},
    leave_out=[
        ("Commission an inquiry into Red Watch", "a hidden row"),
        ("Equality Adviser", "the author of the document"),
    ],
)  # fmt: skip


@document("dunscar_fire_plan.docx", DUNSCAR)
def dunscar(path):
    paper = word(landscape=True, furniture="OFFICIAL")
    paper.add_heading(DUNSCAR["title"], 0)
    word_table(paper, [["Version", "1.3"], ["Date", "12 May 2021"],
                       ["Author", "Equality Adviser"],
                       ["Agreed by", "Strategic Leadership Team"]], [4, 8])  # fmt: skip
    paper.add_heading("Background", 1)
    paper.add_paragraph(
        "This plan takes the place of the one that ran from 2017 to 2020. The inspection of 2019 asked "
        "us to do more. One in nine people in Dunscar is from a minority ethnic group, and one in forty of our "
        "operational staff. The plan is owned by the Assistant Chief Fire Officer (ACFO) and is "
        "looked at twice a year by the Authority's People Committee."
    )
    paper.add_heading("Action plan", 1)
    links = iter(["People Strategy 2.1", "People Strategy 2.4", "Culture Review 3",
                  "Culture Review 7", "Prevention Strategy 1"])  # fmt: skip
    for number, (theme, outcomes) in enumerate(_DUNSCAR, 1):
        bold(paper, f"Theme {number}: {theme}")
        rows = []
        if number < 3:
            rows.append(head("What we want to achieve\n(Outcomes)",
                             "How we intend to do it\n(Action)",
                             "How we will know we have done it\n(Measure)",
                             "Who is going to do it\n(Owner)",
                             "By when\n(Target dates and milestones)", "Links"))  # fmt: skip
        for outcome, actions in outcomes:
            extra = number == 2 and outcome.startswith("Everyone")
            tall, link = len(actions) + extra, next(links)
            for i, (text, good, lead, when) in enumerate(actions):
                first = [cell(outcome, rows=tall)] if i == 0 else []
                last = [cell(link, rows=tall)] if i == 0 else []
                rows.append([*first, pointed(text), good, shown(lead), told(when), *last])
            if extra:
                hidden = len(rows)
                rows.append(["Commission an inquiry into Red Watch", "Inquiry reports", "ACFO",
                             "June 2021"])  # fmt: skip
        table = word_table(paper, rows, [4.6, 7, 4.4, 3.4, 4, 2.6], heading_rows=number < 3)
        if number == 2:
            row_mark(table.rows[hidden], "hidden")
        paper.add_paragraph()
    paper.add_paragraph("OFFICIAL – review date May 2022")
    paper.save(path)
