"""A third set, by somebody new to the importer and to the plans before: Word and plain text."""

from layouts.draw import bold, bullets, cell, head, office, row_mark, tracked, word, word_table
from layouts.truth import (
    academic,
    act,
    after,
    by,
    day,
    document,
    event,
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


def both(printed, *claims):
    """A phrase that makes several claims, as it is printed."""
    return printed, claims


def told(when):
    return when[0] if isinstance(when, tuple) else when["raw"]


def claims(when):
    return when[1] if isinstance(when, tuple) else (when,)


# A council's plan: commitments merged downwards, a band for each theme, letters and colours.

_BRAG = {
    "B": ("completed", "blue", "9DC3E6"),
    "G": ("in_progress", "green", "A9D18E"),
    "A": ("in_progress", "amber", "FFC000"),
    "R": ("delayed", "red", "FF5050"),
    "W": ("not_started", None, None),
}
_FALLOWDENE = [
    (
        "Theme A – A workforce that looks like Fallowdene",
        "C1",
        "We will recruit fairly and be able to show it",
        [
            ("Train every chair of an interview panel in structured questioning",
             "Chief Executive", "Head of People", month("May 2024", "2024-05"), "B"),
            ("Take names off application forms for all posts below Head of Service",
             "Chief Executive", "Resourcing Manager", by("End Sept 2024", "2024-09-30"), "G"),
            ("Report shortlisting rates by ethnic group to the Employment Panel",
             "Director of Resources", "Resourcing Manager", every("Twice yearly", "twice a year"),
             "G"),
        ],
    ),
    (
        None,
        "C2",
        "We will close the gap in who is promoted",
        [
            ("Open the sponsorship scheme to thirty staff a year",
             "Director of Resources", "Head of People", financial("2024/25", 2024), "A"),
            ("Offer feedback to every unsuccessful internal candidate",
             "Director of Resources", "Service Managers",
             both("1 July 2024, then ongoing", day("1 July 2024", "2024-07-01"),
                  ongoing("then ongoing")), "G"),
            ("Review the acting-up policy with the staff networks",
             "Director of Resources", "Policy Officer", by("By Christmas 2024", "2024-12-25", "day"),
             "W"),
        ],
    ),
    (
        "Theme B – Services that people trust",
        "C3",
        "We will know who uses our services and who does not",
        [
            ("Add the 2021 census categories to the customer system",
             "Director of Place", "Head of Digital", by("No later than 30 November 2024",
             "2024-11-30", "day"), "R"),
            ("Publish an annual picture of take-up by ward and ethnicity",
             "Director of Place", "Insight Team", every("Each March", "yearly in March"), "W"),
            ("Ask community researchers to test three service journeys",
             "Director of Communities", "Insight Team", quarter("Q3 2024/25", "2024-10"), "W"),
        ],
    ),
    (
        None,
        "C4",
        "We will act on racist incidents against residents",
        [
            ("Agree one reporting route with the police and housing providers",
             "Director of Communities", "Community Safety Manager",
             month("March 2024", "2024-03"), "B"),
            ("Visit each person who reports within five working days",
             "Director of Communities", "Community Safety Manager", ongoing("Ongoing"), "G"),
            ("Put reporting points in the six libraries",
             "Director of Place", "Libraries Manager",
             within("Summer 2024", "2024-06-01", "2024-08-31", "season"), "A"),
            ("Tell the Safer Fallowdene Board what came of each case",
             "Director of Communities", "Community Safety Manager", every("Quarterly", "quarterly"),
             "G"),
        ],
    ),
]  # fmt: skip

FALLOWDENE = plan(
    "Fallowdene Borough Council: Our anti-racism commitments – delivery plan",
    "2024-04",
    *(
        rec(
            number,
            text,
            *(
                act(words, f"{sponsor} | {officer}", *claims(when),
                    status=_BRAG[letter][0], rag=_BRAG[letter][1],
                    leads_alt=[f"{officer} | {sponsor}"])
                for words, sponsor, officer, when, letter in actions
            ),
            theme=theme,
        )
        for theme, number, text, actions in [
            (_FALLOWDENE[0][0] if i < 2 else _FALLOWDENE[2][0], *row[1:])
            for i, row in enumerate(_FALLOWDENE)
        ]
    ),
    leave_out=[
        ("Under way, with some concern", "the key"),
        ("Leader of the Council", "who signed the foreword"),
    ],
)  # fmt: skip


@document("fallowdene_commitments.docx", FALLOWDENE)
def fallowdene(path):
    paper = word(landscape=True, furniture="Fallowdene Borough Council | Official")
    paper.add_heading("Fallowdene Borough Council: Our anti-racism commitments – delivery plan", 0)
    paper.add_paragraph("April 2024")
    paper.add_paragraph("Foreword by the Leader of the Council")
    paper.add_paragraph(
        "In 2023 the Community Voices Commission told us what it had heard. This plan is our reply."
    )
    paper.add_page_break()
    word_table(
        paper,
        [
            head("Meeting", "What it does with this plan"),
            ["Corporate Board", "Looks at exceptions every month"],
            ["Overview Committee", "Calls in any commitment that is Red"],
        ],
    )
    bold(paper, "How to read the BRAG column")
    word_table(paper, [
        [cell("B", fill="9DC3E6"), "Done"],
        [cell("G", fill="A9D18E"), "Under way and on time"],
        [cell("A", fill="FFC000"), "Under way, with some concern"],
        [cell("R", fill="FF5050"), "Behind time"],
        ["W", "Not begun"],
    ], widths=[2, 10])  # fmt: skip
    paper.add_paragraph()
    rows = [head("Commitment", "What we will do", "Sponsor", "Responsible officer", "Deadline",
                 "BRAG")]  # fmt: skip
    for theme, number, text, actions in _FALLOWDENE:
        if theme:
            rows.append([cell(theme, cols=6, fill="DDEBF7", bold=True)])
        for i, (words, sponsor, officer, when, letter) in enumerate(actions):
            first = [cell([number, text], rows=len(actions))] if i == 0 else []
            rows.append([*first, words, sponsor, officer, told(when),
                         cell(letter, fill=_BRAG[letter][2])])  # fmt: skip
    word_table(paper, rows, [4.5, 8, 3.6, 3.8, 3.6, 1.6], heading_rows=1)
    paper.save(path)


# A hospital trust's reply to a review: lists in parallel, header said again, tracked and hidden.

_KIRKDALE = [
    (
        "3.1",
        "Staff do not believe that complaints of racism are dealt with",
        ["Appoint two independent investigators", "Publish numbers and outcomes every quarter",
         "Set a limit of 40 working days for each investigation"],
        ["Director of People", "Head of Employee Relations", "As above"],
        ["Director of People", "Head of Employee Relations", "Head of Employee Relations"],
        [state("Completed January 2025", "completed", "2025-01-01", "2025-01-31"),
         every("Quarterly", "quarterly"), by("by end of April 2025", "2025-04-30")],
        "In progress",
    ),
    (
        "3.2",
        "Bank and agency staff are left out of support",
        ["Give bank staff the same access to the Guardian Service",
         "Survey bank staff each autumn"],
        ["Freedom to Speak Up Guardian", "Temporary Staffing Manager"],
        None,
        [month("March 2025", "2025-03"), every("Every autumn", "every autumn")],
        "In progress",
    ),
    (
        "3.3",
        "There are too few Black and Asian nurses above Band 6",
        ["Ring-fence ten places on the Matron programme",
         "Hold career conversations within the first 6 months",
         "Require a written reason where a panel does not appoint"],
        ["Chief Nurse"],
        None,
        [within("Autumn 2025", "2025-09-01", "2025-11-30", "season"),
         after("within the first 6 months", "P6M", "a person's start"),
         by("before July 2025", "2025-06-30")],
        "Not started",
    ),
    (
        "3.4",
        "Patients' abuse of staff goes unanswered",
        ["Launch the red-and-yellow-card procedure", "Train ward managers to use it"],
        ["Chief Operating Officer", "Heads of Nursing"],
        None,
        [state("Launched 3 February 2025", "in_progress", "2025-02-03", "2025-02-03"),
         day("30/09/2025", "2025-09-30")],
        "Started",
    ),
    (
        "3.5",
        "The Board hears too little from its own staff",
        ["Invite a staff story to each public Board meeting",
         "Pair every Board member with a reciprocal mentor"],
        ["Company Secretary", "Chair"],
        None,
        [every("Each Board meeting", "each Board meeting", kind_alt=["event"]),
         event("Board away-day June 2025", "Board away-day", "2025-06-01", "2025-06-30", "month")],
        "On hold",
    ),
]  # fmt: skip
_SAID = {
    "In progress": "in_progress",
    "Not started": "not_started",
    "Started": "in_progress",
    "On hold": "on_hold",
}


def _kirkdale_actions(texts, printed, true, whens, said):
    leads = true or (printed * len(texts) if len(printed) == 1 else printed)
    for text, lead, when in zip(texts, leads, whens, strict=True):
        yield act(text, lead, *claims(when), status=_SAID[said],
                  status_alt=["completed"] if when.get("status") == "completed" else [])  # fmt: skip


KIRKDALE = plan(
    "Kirkdale Infirmary: response to the independent review of race at work",
    "2025-02-20",
    *(
        rec(number, text, *_kirkdale_actions(texts, printed, true, whens, said))
        for number, text, texts, printed, true, whens, said in _KIRKDALE
    ),
    leave_out=[
        ("Buy a new reporting database", "a deleted tracked bullet"),
        ("Merge the two networks", "a hidden row"),
    ],
)


@document("kirkdale_review_reply.docx", KIRKDALE)
def kirkdale(path):
    paper = word(landscape=True, furniture="Kirkdale Infirmary NHS Trust")
    paper.add_heading("Kirkdale Infirmary: response to the independent review of race at work", 1)
    paper.add_paragraph("Paper for the Trust Board, 20 February 2025")
    paper.add_paragraph("The Review made 19 findings. Those about staff experience are below.")
    names = head("When", "Ref", "Area for improvement", "Our response", "Who", "Position")
    rows = [names]
    for i, (number, text, texts, printed, _, whens, said) in enumerate(_KIRKDALE):
        if i == 3:
            rows.append(names)
        leads = bullets(*printed) if len(printed) > 1 else printed
        rows.append([bullets(*map(told, whens)), number, text, bullets(*texts), leads, said])
    rows.append(["May 2025", "3.6", "Networks overlap", "Merge the two networks", "Chair",
                 "Not started"])  # fmt: skip
    table = word_table(paper, rows, [4.5, 1.4, 5, 8, 4.5, 2.4], heading_rows=1)
    row_mark(table.rows[-1], "hidden")
    box = table.cell(2, 3)
    gone = box.add_paragraph(style="List Bullet")
    tracked(gone, "Buy a new reporting database", "del")
    asked = table.cell(1, 3).paragraphs[2]
    asked.runs[0].text = asked.text.removesuffix(" for each investigation")
    tracked(asked, " for each investigation", "ins")
    paper.add_paragraph("1 Working days leave out bank holidays.")
    paper.add_heading("Staff in post, 31 December 2024", 2)
    word_table(paper, [
        head("Band", "White", "Black", "Asian"),
        ["5", "410", "122", "198"],
        ["6", "388", "61", "92"],
        ["7 and above", "301", "19", "27"],
    ])  # fmt: skip
    paper.save(path)


# A combined authority's plan without a table: numbered paragraphs, lead and date in a bracket.

_TAMEBRIDGE = [
    ("1", "Listening before deciding", [
        ("1.1", "Set up a Residents' Race Panel of fifteen members",
         "Head of Engagement", by("by June 2023", "2023-06-30")),
        ("1.2", "Pay members of the Panel for their time at the real living wage",
         "Head of Engagement", day("1 September 2023", "2023-09-01")),
        ("1.3", "Publish what each consultation changed within eight weeks of its close",
         "Consultation Officer", ongoing("ongoing")),
        ("1.4", "Meet the faith forums and the Roma network",
         "Mayor's Office", every("every six months", "every 6 months")),
    ]),
    ("2", "Skills and work", [
        ("2.1", "Ask every provider of adult skills for results by ethnic group",
         "Director of Skills", academic("academic year 2023/24", 2023)),
        ("2.2", "Fund four projects that help migrants to use qualifications from abroad",
         "Director of Skills | Commissioning Manager", months("January to March 2024",
         "2024-01", "2024-03")),
        ("2.3", "Write a race pledge into the Good Work Charter",
         "Charter Manager", by("by the end of 2023", "2023-12-31", "year")),
    ]),
    ("3", "Moving around safely", [
        ("3.1", "Record hate crime on trams and buses in one system",
         "Head of Transport Safety", month("Nov 23", "2023-11")),
        ("3.2", "Train 400 front-line transport staff as active bystanders",
         "Head of Transport Safety", by("no later than 31 March 2024", "2024-03-31", "day")),
        ("3.3", "Look again at lighting and help points at the twelve least safe stops",
         "Asset Manager", perhaps("subject to funding")),
    ]),
    ("4", "Our own house", [
        ("4.1", "Publish the ethnicity pay gap beside the gender pay gap",
         "Head of HR", every("annually, each October", "yearly in October",
         recurrence_alt=["yearly"])),
        ("4.2", "Put a second interviewer from a minority ethnic background on senior panels",
         "Head of HR", ongoing("from April 2023", "2023-04-01")),
        ("4.3", "Agree a zero-tolerance statement with the trade unions",
         "", unknown("date tbc")),
    ]),
]  # fmt: skip
TAMEBRIDGE = plan(
    "Tamebridge Combined Authority Race Equality Priorities 2023-25",
    "2023-03",
    *(
        rec(number, text, *(
            act(words, leads, when, number=n) for n, words, leads, when in actions
        ))
        for number, text, actions in _TAMEBRIDGE
    ),
    leave_out=[("The race equality summit in 2022 drew 240 people", "tells why")],
)  # fmt: skip


@document("tamebridge_priorities.docx", TAMEBRIDGE)
def tamebridge(path):
    paper = word(furniture="Tamebridge Combined Authority")
    paper.add_heading("Tamebridge Combined Authority Race Equality Priorities 2023-25", 0)
    paper.add_paragraph("Adopted March 2023")
    paper.add_heading("Why we wrote this", 1)
    paper.add_paragraph("The race equality summit in 2022 drew 240 people and named four themes.")
    paper.add_paragraph("Contents: Priority 1 .... 2   Priority 2 .... 2   Priority 3 .... 3")
    for number, text, actions in _TAMEBRIDGE:
        paper.add_heading(f"Priority {number}: {text}", 1)
        paper.add_paragraph("What people told us, and what we shall do about it:")
        for n, words, leads, when in actions:
            who = f"Owner: {leads.replace(' | ', ' and ')}; timescale: " if leads else ""
            paper.add_paragraph(f"{n} {words} [{who}{told(when)}]")
        if number == "2":
            word_table(paper, [
                head("Year", "Learners", "From a minority ethnic group"),
                ["2020/21", "18,200", "31%"],
                ["2021/22", "19,450", "33%"],
            ])  # fmt: skip
    paper.add_heading("Who to ask", 1)
    paper.add_paragraph("Equality and Inclusion Team, equality@tamebridge.example")
    paper.save(path)


# A university's plan in rich text: two columns of people, start and end, issue told beside.

_QUEENSMERE = [
    ("1", "Students: access and success", [
        ("1a", "Few Black students come through clearing to Law",
         "Offer contextual places in Law and Medicine",
         "Pro-Vice-Chancellor (Education)", "Head of Admissions", "Sept 2022", "Aug 2025",
         ("2022-09", "2025-08"), "20% of entrants by the end of the plan"),
        ("1b", "Awarding gap of 14 points",
         "Give each school its awarding gap by module",
         "Deans", "Planning Office", "Oct 2022", "Dec 2022", ("2022-10", "2022-12"),
         "Dashboards used at every board of study"),
        ("1c", "Reading lists lack scholars of colour",
         "Review core reading lists with paid student partners",
         "Deans", "Programme Leaders", "Jan 2023", "July 2024", ("2023-01", "2024-07"),
         "All undergraduate programmes reviewed"),
    ]),
    ("2", "Staff: joining and rising", [
        ("2a", "Shortlisting is unequal",
         "Use search firms that bring diverse long lists for chairs",
         "Director of HR", "Resourcing Partner", "Nov 2022", "Oct 2023", ("2022-11", "2023-10"),
         "A third of long lists diverse"),
        ("2b", "Fixed-term contracts fall more on Asian researchers",
         "Move researchers with four years of service to open contracts",
         "Pro-Vice-Chancellor (Research)", "HR Business Partners", "Feb 2023", "Feb 2024",
         ("2023-02", "2024-02"), "Equal shares by ethnic group"),
        ("2c", "Promotion criteria are opaque",
         "Run promotion workshops for staff of colour",
         "Director of HR", "Organisational Development Manager", "Mar 2023", "Mar 2026",
         ("2023-03", "2026-03"), "Applications in proportion to staff in post"),
        ("2d", "Service work is not counted",
         "Count work on race equality in the workload model",
         "Registrar", "Heads of School", "Sept 2023", "June 2024", ("2023-09", "2024-06"),
         "Hours set in every school"),
    ]),
    ("3", "Culture and redress", [
        ("3a", "Low trust in reporting",
         "Bring in an anonymous reporting tool",
         "Registrar", "Head of Student Services", "May 2023", "Sept 2023", ("2023-05", "2023-09"),
         "Reports rise, then fall"),
        ("3b", "Security staff stop Black students more",
         "Retrain all security staff and log every stop",
         "Chief Operating Officer", "Head of Security", "Jan 2023", "Apr 2023",
         ("2023-01", "2023-04"), "Log reviewed each month"),
        ("3c", "History is untold",
         "Research the university's links with slavery",
         "Vice-Chancellor", "University Archivist", "Oct 2022", "Oct 2024", ("2022-10", "2024-10"),
         "Report published"),
    ]),
]  # fmt: skip
QUEENSMERE = plan(
    "Queensmere University: Race Equality Charter action plan, 2022-2026",
    "2022-07",
    *(
        rec(number, text, *(
            act(words, f"{head_} | {doer}",
                months(f"{start} – {end}", *span_, raw_alt=[f"{start} {end}"]),
                measure=measure, number=n, leads_alt=[f"{doer} | {head_}"])
            for n, _, words, head_, doer, start, end, span_, measure in actions
        ))
        for number, text, actions in _QUEENSMERE
    ),
    leave_out=[("Low trust in reporting", "the issue identified tells why")],
)  # fmt: skip


@document("queensmere_charter_plan.rtf", QUEENSMERE)
def queensmere(path):
    paper = word(landscape=True, furniture="Queensmere University")
    paper.add_heading("Queensmere University: Race Equality Charter action plan, 2022-2026", 1)
    paper.add_paragraph("Approved by Senate, July 2022")
    top = [cell("Ref", rows=2, bold=True), cell("Issue identified", rows=2, bold=True),
           cell("Planned action", rows=2, bold=True), cell("People", cols=2, bold=True),
           cell("Timeframe", cols=2, bold=True),
           cell("What success will look like", rows=2, bold=True)]  # fmt: skip
    rows = [top, [cell(name, bold=True) for name in
                  ("Accountability", "Responsibility", "Start", "End")]]  # fmt: skip
    for number, text, actions in _QUEENSMERE:
        rows.append([cell(f"{number}. {text}", cols=8, fill="E2EFDA", bold=True)])
        for n, issue, words, head_, doer, start, end, _, measure in actions:
            rows.append([n, issue, words, head_, doer, start, end, measure])
    word_table(paper, rows, [1.2, 4.2, 5.4, 3.6, 3.4, 1.9, 1.9, 4], heading_rows=2)
    paper.add_paragraph("Progress is reported to Council every summer.")
    source = path.with_suffix(".docx")
    paper.save(source)
    office(source, "rtf", path)
    source.unlink()


# A parish-and-town partnership's reply as plain text: labelled lines under each recommendation.

_LITTLECOTE = [
    ("1", "That the Council adopt a definition of institutional racism", [
        ("Bring a definition to Full Council", "Monitoring Officer", by("by October 2020",
         "2020-10-31")),
    ]),
    ("2", "That members be trained", [
        ("Commission training for all 54 members", "Head of Democratic Services",
         months("September - December 2020", "2020-09", "2020-12")),
        ("Publish who has attended", "Head of Democratic Services", every("annually", "yearly")),
    ]),
    ("3", "That the council's statues and street names be looked at", [
        ("Draw up a register of statues and plaques", "Heritage Officer",
         day("31 January 2021", "2021-01-31")),
        ("Invite views from schools and residents", "Heritage Officer; Engagement Team",
         within("Spring 2021", "2021-03-01", "2021-05-31", "season")),
        ("Agree a policy on new names", "Head of Planning", financial("2021/22", 2021)),
    ]),
    ("4", "That staff from all backgrounds be heard by senior managers", [
        ("Hold listening sessions with each directorate", "Corporate Directors",
         state("completed July 2020", "completed", "2020-07-01", "2020-07-31")),
        ("Create a race equality board chaired by the Chief Executive", "Chief Executive",
         day("14 September 2020", "2020-09-14")),
        ("Answer every concern that was raised in writing", "Head of HR", ongoing("ongoing")),
    ]),
    ("5", "That grants reach groups led by Black and Asian residents", [
        ("Set aside a fifth of the small grants fund", "Head of Communities",
         financial("2021/22", 2021)),
        ("Help groups to apply", "Voluntary Sector Officer", ongoing("from January 2021",
         "2021-01-01")),
    ]),
]  # fmt: skip


def _littlecote(text, who, when):
    status = when.get("status")
    return act(text, who.replace("; ", " | "), when, status=status)


LITTLECOTE = plan(
    "LITTLECOTE COUNCIL: RESPONSE TO THE TASK GROUP ON RACE",
    "2020-08",
    *(
        rec(number, text, *(_littlecote(*row) for row in actions))
        for number, text, actions in _LITTLECOTE
    ),
)


@document("littlecote_response.txt", LITTLECOTE)
def littlecote(path):
    lines = ["LITTLECOTE COUNCIL: RESPONSE TO THE TASK GROUP ON RACE", "=" * 54, "August 2020", ""]
    lines += ["The Task Group met six times. Cabinet accepts all five recommendations.", ""]
    for number, text, actions in _LITTLECOTE:
        lines += [f"RECOMMENDATION {number}", text, "", "Decision: Accepted", ""]
        for words_, who, when in actions:
            lines += [f"Agreed action: {words_}", f"Officer: {who}", f"Target: {told(when)}", ""]
    lines += ["-" * 54, "Contact: scrutiny@littlecote.example"]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
