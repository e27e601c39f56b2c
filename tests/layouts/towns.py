"""Plans of councils without a usual table: labelled lists, prose, columns that hold two fields."""

from layouts.draw import bold, bullets, cell, head, office, word, word_table
from layouts.truth import (
    act,
    by,
    document,
    event,
    every,
    financial,
    month,
    months,
    ongoing,
    perhaps,
    plan,
    rec,
    state,
    unknown,
)

PEMBREY = plan(
    "Cwm Pembrey County Council: Strategic Equality Plan 2024-2028, action plan",
    "2024-04",
    rec(
        "1",
        "Improve the experience of pupils who face racism at school",
        act(
            "Give every school a template for recording racist bullying and check the records "
            "each term.",
            "Education Inclusion Service",
            every("Each term from September 2024", "each term", "2024-09-01", kind_alt=["ongoing"]),
            measure="Records from all 38 schools; pupil survey",
            timescales_alt=[
                [every("Each term", "each term"), ongoing("from September 2024", "2024-09-01")]
            ],
        ),
        act(
            "Work with governors to plan the teaching of Black, Asian and Minority Ethnic "
            "histories. The plan will be shared with the youth council before it is agreed.",
            "Education Inclusion Service | Youth Service",
            by("By 31 August 2025", "2025-08-31", "day"),
            measure="Plan agreed by each governing body",
        ),
    ),
    rec(
        "2",
        "Be an employer of choice for all",
        act(
            "Take part in the national anonymous application pilot.",
            "Human Resources",
            financial("2024/25", 2024),
            measure="Share of applicants by ethnic group at each stage",
        ),
        act(
            "Offer reverse mentoring to the senior leadership team.",
            "Human Resources",
            ongoing(),
            measure="Twelve pairs each year",
        ),
        act(
            "Set up a staff network for global majority colleagues with a budget and an executive "
            "sponsor.",
            "Corporate Policy",
            month("December 2024", "2024-12"),
            measure="Terms of reference; minutes of meetings",
        ),
    ),
    rec(
        "3",
        "Help people to take part in decisions",
        act(
            "Publish plain language summaries of every budget proposal in Welsh, English and four "
            "community languages.",
            "Finance | Communications",
            every("January (annually)", "yearly in January"),
            measure="Number of responses to the budget consultation",
        ),
        act(
            "Hold listening events in the places where people already meet.",
            "Community Cohesion Team",
            ongoing(),
            measure="Notes of each event and what changed because of it",
        ),
        act(
            "Ask each supplier with a contract worth more than £1 million for its workforce "
            "diversity figures.",
            "Procurement",
            by("By March 2028", "2028-03-31"),
            measure="Share of suppliers that give figures",
        ),
    ),
)


@document("cwm_pembrey_equality_plan.docx", PEMBREY)
def pembrey(path):
    """No table: objective heading, action heading, paragraphs, then a labelled list."""
    paper = word(furniture="Strategic Equality Plan 2024-2028")
    paper.add_heading("Cwm Pembrey County Council", 0)
    paper.add_heading("Strategic Equality Plan 2024-2028, action plan", 1)
    paper.add_paragraph("Published April 2024. Ar gael yn Gymraeg.")
    paper.add_heading("How to read this plan", 2)
    paper.add_paragraph(
        "Under each objective you will find the actions, the service that leads on each of them, "
        "how we will know that it has worked and the date by which it will be done."
    )
    for item in PEMBREY["recommendations"]:
        paper.add_heading(f"Objective {item['number']}: {item['text']}", 2)
        paper.add_paragraph(
            "This objective came out of the consultation of autumn 2023 and matters to the people "
            "who told us about their lives."
        )
        for number, action in enumerate(item["actions"], 1):
            paper.add_heading(f"Action {number}", 3)
            sentences = action["text"].split(". ", 1)
            for i, sentence in enumerate(sentences):
                dot = "." if len(sentences) > 1 and i == 0 else ""
                paper.add_paragraph(sentence + dot)
            when = " ".join(claim["raw"] for claim in action["timescales"])
            for label, words in (
                ("Service", " and ".join(action["leads"])),
                ("Evidence", action["measure"]),
                ("By when?", when),
            ):
                line = paper.add_paragraph(style="List Bullet")
                line.add_run(f"{label}: ").bold = True
                line.add_run(words)
    paper.save(path)


BROMLEIGH = plan(
    "London Borough of Bromleigh: Race equality work plan 2023/24",
    "2023-10",
    rec(
        None,
        "Our workforce reflects the borough",
        act(
            "Extend anonymous shortlisting to every post by December 2023",
            "",
            by("by December 2023", "2023-12-31"),
        ),
        act(
            "Publish our first ethnicity pay gap report by 31 March 2024",
            "",
            by("by 31 March 2024", "2024-03-31", "day"),
        ),
        act("Review how acting-up and secondments are given out"),
    ),
    rec(
        None,
        "Residents trust us with their information",
        act(
            "Ask residents why they leave the ethnicity question blank and report in January 2024",
            "",
            month("in January 2024", "2024-01"),
        ),
        act("Rewrite the privacy notices in plain English"),
    ),
    rec(
        None,
        "Services that work for everyone",
        act(
            "Finish equality impact assessments of the ten largest contracts by summer 2024",
            "",
            by("by summer 2024", "2024-08-31", "season"),
        ),
        act("Agree with health partners how interpreting will be paid for"),
        act("Bring the Gypsy, Roma and Traveller health project into the public health grant"),
    ),
    rec(
        None,
        "Safe and welcoming places",
        act(
            "Open two more hate crime reporting centres before April 2024",
            "",
            by("before April 2024", "2024-03-31"),
        ),
        act("Bring a report to the Safer Bromleigh Partnership on what the centres were told"),
    ),
)


@document("bromleigh_work_plan.docx", BROMLEIGH)
def bromleigh(path):
    """No lead and no date columns; what happened stands beside what comes next."""
    happened = [
        bullets(
            "The shortlisting pilot in three directorates ended in July 2023",
            "The leadership programme has 24 people on it, eleven of them from ethnic minorities",
        ),
        bullets("Non-disclosure fell from 31% to 22%"),
        ["A new template was agreed in May 2023 and is being used by all directorates."],
        bullets(
            "Third-party reporting centres opened in Eastway library and the college",
            "Forty front-line staff were trained",
            "The summer festival drew 6,000 people",
        ),
    ]
    rows = [head("", "What’s Happened", "Next Steps")]
    for item, done in zip(BROMLEIGH["recommendations"], happened, strict=True):
        rows.append(
            [
                cell(item["text"], bold=True),
                done,
                bullets(*(action["text"] for action in item["actions"])),
            ]
        )
    paper = word(landscape=True, furniture="Executive – October 2023 – item 9")
    paper.add_heading("London Borough of Bromleigh: Race equality work plan 2023/24", 1)
    paper.add_paragraph("Progress report, October 2023")
    paper.add_paragraph(
        "This report tells the Executive what has been done in the first half of the year and what "
        "will be done next."
    )
    bold(paper, "Who lives here")
    word_table(
        paper,
        [
            head("Ethnic group", "Census 2011", "Census 2021"),
            ["Asian or Asian British", "9.1%", "12.4%"],
            ["Black or Black British", "11.0%", "13.7%"],
            ["White", "74.2%", "66.9%"],
        ],
        [8, 4, 4],
    )
    bold(paper, "Progress")
    word_table(paper, rows, [5, 10, 10], heading_rows=1)
    bold(paper, "Financial implications")
    paper.add_paragraph("There are none that arise directly from this report.")
    paper.save(path)


TOLLERTON = plan(
    "Tollerton Metropolitan Borough: Corporate Race Equality Action Plan 2003/04",
    "2003-04",
    rec(
        None,
        "Leadership and policy",
        act(
            "Write race equality into the corporate plan and every best value review",
            "Policy Unit",
            month("July 03", "2003-07"),
            measure="Race equality is a heading in all review reports",
        ),
        act(
            "Report progress to members",
            "COMT",
            every("on a quarterly basis", "quarterly"),
            measure="Four reports a year to the Scrutiny Panel",
        ),
        act(
            "Review the scheme in full",
            "Policy Unit",
            month("March 04", "2004-03"),
            measure="New three-year scheme agreed by Council",
        ),
    ),
    rec(
        None,
        "Consultation",
        act(
            "Set up a Black and minority ethnic residents' forum with its own budget",
            "Community Development Service",
            month("September 03", "2003-09"),
            measure="Forum meets six times a year",
        ),
        act(
            "Consult the forum on the budget",
            "Corporate Finance",
            every("Every January", "yearly in January"),
            measure="Forum's views are printed in the budget report",
        ),
    ),
    rec(
        None,
        "Housing",
        act(
            "Check lettings and transfers for unfair patterns",
            "Housing Management",
            every("six monthly basis", "every 6 months"),
            measure="Report to the Tenants' Panel",
        ),
        act(
            "Take action against tenants who harass their neighbours",
            "Estate Services",
            ongoing(),
            measure="Number of injunctions sought",
        ),
        act(
            "Provide sheltered housing that suits elders of the Bangladeshi community",
            "Housing Strategy",
            by("by March 05", "2005-03-31"),
            measure="Twenty flats let",
        ),
    ),
    rec(
        None,
        "Education and libraries",
        act(
            "Halve the gap in permanent exclusions",
            "Pupil Support Service",
            month("August 04", "2004-08"),
            measure="Rate for Black Caribbean boys is no more than twice the average",
        ),
        act(
            "Buy books and newspapers in seven languages",
            "Library Service",
            state("Completed", "completed"),
            measure="Loans rise by a tenth",
            status="completed",
        ),
        act(
            "Recruit school governors from minority communities",
            "Governor Support",
            ongoing("Ongoing"),
            measure="One governor in eight by 2005",
        ),
    ),
)


@document("tollerton_corporate_plan.pdf", TOLLERTON)
def tollerton(path):
    """Lead and outcome share one column; header again on each page; the theme is a bullet."""
    header = head("Objective", "Timescale", "Lead Dept/Service/Outcomes")
    paper = word(furniture="Tollerton MBC – Corporate Race Equality Action Plan 2003/04")
    paper.add_heading("Tollerton Metropolitan Borough", 1)
    paper.add_heading("Corporate Race Equality Action Plan 2003/04", 2)
    paper.add_paragraph("April 2003")
    rows = [header]
    for item in TOLLERTON["recommendations"]:
        rows.append([cell([f"• {item['text']}"], bold=True), "", ""])
        for action in item["actions"]:
            rows.append(
                [
                    [action["text"], "", ""],
                    action["timescales"][0]["raw"],
                    [*action["leads"], "", f"Outcome: {action['measure']}", ""],
                ]
            )
    word_table(paper, rows, [7, 3.2, 7], heading_rows=1)
    draft = path.with_suffix(".docx")
    paper.save(draft)
    office(
        draft,
        "pdf",
        path,
        'writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"}}',
    )
    draft.unlink()


CUMBERMERE = plan(
    "Cumbermere County Council: draft equality objectives 2012",
    "2012-01",
    *(
        rec(None, text, theme=theme)
        for theme, text in (
            ("Race", "Increase the number of racist incidents that are reported to somebody"),
            ("Race", "Raise attainment of pupils whose first language is not English"),
            ("Race", "Improve health in the county's Gypsy and Traveller communities"),
            ("Disability", "Make it easier for disabled people to reach work by bus"),
            ("Disability", "Give more disabled people control over the money for their care"),
            ("Age", "Reduce the number of older people who are lonely"),
            ("Sex", "Reduce domestic violence and its effect on children"),
            ("Religion or belief", "Improve understanding of faith communities among staff"),
        )
    ),
)


@document("cumbermere_objectives.odt", CUMBERMERE)
def cumbermere(path):
    """Objectives and the evidence for them, with no actions at all: none may be invented."""
    evidence = [
        "Only 41 incidents were reported in 2010/11; voluntary groups know of many more.",
        "The gap at Key Stage 2 is 18 points.",
        "The needs assessment of 2009 found life expectancy ten years below the average.",
        "Survey of bus users, March 2011.",
        "32% of those entitled have a personal budget.",
        "Two in five people over 75 live alone.",
        "Police recorded 6,200 incidents in the year to March 2011.",
        "Staff survey 2011, questions 14 and 15.",
    ]
    rows, last = [head("Protected Characteristics", "Objective", "Evidence")], None
    items = CUMBERMERE["recommendations"]
    for item, words in zip(items, evidence, strict=True):
        first = []
        if item["theme"] != last:
            last = item["theme"]
            first = [cell(last, rows=sum(other["theme"] == last for other in items))]
        rows.append([*first, item["text"], words])
    paper = word()
    paper.add_heading("Cumbermere County Council: draft equality objectives 2012", 1)
    paper.add_paragraph("Consultation draft, January 2012")
    paper.add_paragraph("Please tell us what you think of the draft objectives below.")
    word_table(paper, rows, [4, 6.5, 6.5])
    paper.add_paragraph("Send your comments to the Equality Team at County Hall.")
    draft = path.with_suffix(".docx")
    paper.save(draft)
    office(draft, "odt", path)
    draft.unlink()


KESTRELMOOR = plan(
    "Kestrelmoor Unitary Council: corporate peer challenge action plan",
    "2023-07-04",
    rec(
        "R1",
        "Set out one clear vision for the place and what it means for residents of every "
        "background",
        act(
            "Hold four conversations with partners about the vision",
            "",
            month("September 2023", "2023-09"),
        ),
        act(
            "Adopt the vision at Council",
            "",
            event(
                "Council December 2023",
                "Council",
                "2023-12-01",
                "2023-12-31",
                "month",
                kind_alt=["date"],
            ),
        ),
        act("Turn the vision into service plans", "", ongoing()),
    ),
    rec(
        "R2",
        "Make more of the voice of staff networks",
        act(
            "Invite network chairs to the leadership team each quarter",
            "",
            state("Complete", "completed"),
            status="completed",
        ),
        act(
            "Give each network chair half a day a week",
            "",
            month("July 2023", "2023-07"),
            ongoing("and ongoing"),
        ),
    ),
    rec(
        "R3",
        "Strengthen scrutiny of equality outcomes",
        act(
            "Train scrutiny chairs in reading equality data",
            "",
            by("By 30th November 2023", "2023-11-30", "day"),
        ),
        act(
            "Add an equality outcome to each scrutiny review",
            "",
            by("By 30th November 2023", "2023-11-30", "day"),
        ),
    ),
    rec(
        "R4",
        "Invest in the equality team",
        act(
            "To be addressed through recommendation 2, above",
            "",
            see=["2"],
            optional=True,
            timescales_alt=[[unknown("To be addressed through recommendation 2, above")]],
        ),
    ),
    rec(
        "R5",
        "Do more for small and Black-led voluntary groups",
        act(
            "Open a grants round for groups with an income below £50,000",
            "",
            months("October 2023 to March 2024", "2023-10", "2024-03"),
        ),
        act(
            "Share premises where groups have none",
            "",
            perhaps("Subject to funding"),
        ),
    ),
)


@document("kestrelmoor_peer_challenge.odt", KESTRELMOOR)
def kestrelmoor(path):
    """R1: inside the text, bullets in both columns, blank paragraphs that keep them level."""
    rows = [head("Recommendation", "Action", "Timescale")]
    for item in KESTRELMOOR["recommendations"]:
        raws = [
            " ".join(claim["raw"] for claim in action["timescales"]) for action in item["actions"]
        ]
        raws = raws[:1] if len(set(raws)) == 1 else raws
        when = []
        for raw in filter(None, raws):
            when += [f"• {raw}", ""]
        what = bullets(*(action["text"] for action in item["actions"]))
        if item["number"] == "R4":
            what = [item["actions"][0]["text"]]
        rows.append([cell(f"{item['number']}: {item['text']}"), what, when[:-1] or ""])
    paper = word()
    paper.add_heading("Kestrelmoor Unitary Council: corporate peer challenge action plan", 1)
    paper.add_paragraph("Cabinet, 4 July 2023")
    word_table(paper, rows, [6, 7, 4])
    draft = path.with_suffix(".docx")
    paper.save(draft)
    office(draft, "odt", path)
    draft.unlink()
