"""A long plan: nine services, five actions each, as a combined authority keeps it in Word."""

from layouts.draw import cell, head, word, word_table
from layouts.truth import (
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

LETTERS = {"completed": "B", "in_progress": "G", "delayed": "R", "not_started": ""}
RAGS = {"completed": "blue", "in_progress": "green", "delayed": "red", "not_started": None}


def _s(text, who, when, status, printed=None, **more):
    """An action; ``printed`` is what the row prints for who and when, if not their own words."""
    claims = when if isinstance(when, list) else [when]
    made = act(text, who, *claims, status=status, rag=RAGS[status], **more)
    return made, printed


_SERVICES = [
    (
        "Transport",
        "HTP",
        [
            _s(
                "Ask passengers from every community about safety at night",
                "Head of Transport Policy",
                quarter("Q3 2024/25", "2024-10"),
                "completed",
            ),
            _s(
                "Train bus inspectors in dealing with racist abuse",
                "Bus Operations Manager",
                day("31.03.25", "2025-03-31"),
                "in_progress",
            ),
            _s(
                "Put audio announcements in four languages on the airport line",
                "Rail Programme Director",
                within("mid-2025", "2025-05-01", "2025-08-31", "year"),
                "not_started",
            ),
            _s(
                "Report delays in paying refunds by postcode",
                "Customer Services Manager",
                every("Each committee cycle", "each committee cycle"),
                "in_progress",
            ),
            _s(
                "Review who gets concessionary passes",
                "Customer Services Manager",
                by("end of Q2 2025/26", "2025-09-30", "quarter"),
                "not_started",
                ("As above", None),
            ),
        ],
    ),
    (
        "Skills and employment",
        "SKE",
        [
            _s(
                "Reserve a fifth of adult education places for people with English as a second "
                "language",
                "Director of Skills",
                financial("FY 2025/26", 2025),
                "in_progress",
            ),
            _s(
                "Publish who completes courses, by ethnic group",
                "Skills Data Lead",
                every("Every autumn", "yearly in autumn"),
                "in_progress",
            ),
            _s(
                "Fund ten community organisations to give advice on careers",
                "Director of Skills",
                months("April 2024 – September 2025", "2024-04", "2025-09"),
                "in_progress",
            ),
            _s(
                "Meet employers that have few apprentices from ethnic minorities",
                "Employer Engagement Manager",
                state("Underway", "in_progress"),
                "in_progress",
            ),
            _s(
                "Write a charter for good work with the unions",
                "Employer Engagement Manager",
                day("14 February 2025", "2025-02-14"),
                "delayed",
            ),
        ],
    ),
    (
        "Housing and planning",
        "HPL",
        [
            _s(
                "Map overcrowding and share the map with districts",
                "Housing Strategy Manager",
                month("Jan-25", "2025-01"),
                "completed",
            ),
            _s(
                "Add an equality test to bids for brownfield money",
                "Head of Planning",
                by("by 1 October 2024", "2024-10-01", "day"),
                "completed",
            ),
            _s(
                "Hold design workshops with Gypsy and Traveller families",
                "Head of Planning",
                within(
                    "w/c 3 June 2025",
                    "2025-06-03",
                    "2025-06-09",
                    "week",
                    end_alt=["2025-06-08", "2025-06-06"],
                ),
                "not_started",
            ),
            _s(
                "Agree a standard for temporary accommodation",
                "Housing Strategy Manager",
                event("At the next meeting of the Housing Board", "Housing Board"),
                "not_started",
            ),
            _s(
                "Publish who is on the register of builders",
                "Procurement Manager",
                unknown("TBC"),
                "not_started",
            ),
        ],
    ),
    (
        "Economic development",
        "ECO",
        [
            _s(
                "Open the growth fund to community interest companies",
                "Head of Business Support",
                day("1 September 2024", "2024-09-01"),
                "completed",
            ),
            _s(
                "Check loan decisions for bias",
                "Head of Business Support",
                after("6 weeks after launch", "P6W", "launch"),
                "not_started",
            ),
            _s(
                "Run a mentoring scheme for women who start firms",
                "Enterprise Manager",
                ongoing("Rolling programme"),
                "in_progress",
            ),
            _s(
                "Translate the business rates guide",
                "Enterprise Manager",
                ongoing("Rolling programme"),
                "in_progress",
                ("As above", "As above"),
            ),
            _s(
                "Hold a trade visit led by diaspora business groups",
                "Head of International Trade",
                within("Spring 2025", "2025-03-01", "2025-05-31", "season"),
                "delayed",
            ),
        ],
    ),
    (
        "Culture and tourism",
        "CUL",
        [
            _s(
                "Commission six artists to tell the story of the docks",
                "Culture Programme Lead",
                within("early 2025", "2025-01-01", "2025-04-30", "year"),
                "in_progress",
            ),
            _s(
                "Require festivals to publish who performs",
                "Culture Programme Lead",
                ongoing("From April 2025", "2025-04-01"),
                "not_started",
                timescales_alt=[[month("From April 2025", "2025-04")]],
            ),
            _s(
                "Review names of public spaces with historians",
                "Heritage Manager",
                perhaps("Subject to funding"),
                "not_started",
            ),
            _s(
                "Pay volunteers' travel",
                "Heritage Manager",
                [day("1 July 2024", "2024-07-01"), ongoing("and ongoing")],
                "in_progress",
            ),
            _s(
                "Add stories of migration to the visitor trail",
                "Destination Manager",
                by("No later than May 2025", "2025-05-31"),
                "in_progress",
            ),
        ],
    ),
    (
        "Fire and community safety",
        "FCS",
        [
            _s(
                "Give home fire safety advice through faith centres",
                "Group Manager Prevention",
                every("Monthly", "monthly"),
                "in_progress",
            ),
            _s(
                "Sign the county's hate crime agreement",
                "Community Safety Lead",
                month("Oct-24", "2024-10"),
                "completed",
            ),
            _s(
                "Test new uniforms with staff of all faiths",
                "Group Manager Response",
                within("H1 2025/26", "2025-04-01", "2025-09-30", "half_year"),
                "not_started",
            ),
            _s(
                "Share violence reduction data by ward",
                "Violence Reduction Director",
                every("on a quarterly basis", "quarterly"),
                "delayed",
            ),
            _s(
                "Bring young people on to the grants panel",
                "Violence Reduction Director",
                by("by summer 2025", "2025-08-31", "season"),
                "in_progress",
            ),
        ],
    ),
    (
        "People and organisation",
        "PEO",
        [
            _s(
                "Publish ethnicity and disability pay gaps",
                "Director of People",
                every("31 March (annually)", "yearly on 31 March"),
                "in_progress",
            ),
            _s(
                "Replace the application form",
                "Recruitment Lead",
                day("2025-01-31", "2025-01-31"),
                "completed",
            ),
            _s(
                "Give each network a budget of £5,000",
                "Director of People",
                financial("2025/26", 2025),
                "not_started",
            ),
            _s(
                "Train all line managers in inclusive leadership",
                "Learning Manager | All Directors",
                by("by end of December 2025", "2025-12-31"),
                "in_progress",
            ),
            _s(
                "Offer mediation before a formal grievance",
                "Head of Employee Relations",
                ongoing("Business as usual"),
                "in_progress",
            ),
        ],
    ),
    (
        "Finance and procurement",
        "FIN",
        [
            _s(
                "Score social value on race equality in tenders over £100,000",
                "Procurement Manager",
                month("November 2024", "2024-11"),
                "completed",
            ),
            _s(
                "Pay small suppliers within ten days",
                "Chief Accountant",
                ongoing("Continuous"),
                "in_progress",
            ),
            _s(
                "Publish the effect of the budget on each group of residents",
                "Director of Finance",
                event(
                    "Budget meeting, February 2025",
                    "Budget meeting",
                    "2025-02-01",
                    "2025-02-28",
                    "month",
                    kind_alt=["date"],
                ),
                "completed",
            ),
            _s(
                "Set up a dynamic list of firms owned by people from ethnic minorities",
                "Procurement Manager",
                quarter("Q1 2025/26", "2025-04"),
                "not_started",
            ),
            _s(
                "Audit ten contracts for what was promised",
                "Head of Internal Audit",
                every("Twice a year", "every 6 months"),
                "delayed",
            ),
        ],
    ),
    (
        "Governance",
        "GOV",
        [
            _s(
                "Print the equality duty at the head of each report",
                "Monitoring Officer",
                state("Completed", "completed"),
                "completed",
            ),
            _s(
                "Appoint independent members who reflect the region",
                "Monitoring Officer",
                event(
                    "Annual Meeting, June 2025",
                    "Annual Meeting",
                    "2025-06-01",
                    "2025-06-30",
                    "month",
                    kind_alt=["date"],
                ),
                "not_started",
                ("As above", None),
            ),
            _s(
                "Stream meetings with captions",
                "Democratic Services Manager",
                day("01/10/2024", "2024-10-01"),
                "completed",
            ),
            _s(
                "Answer petitions in the language in which they were sent",
                "Democratic Services Manager",
                by("by 30 June 2025", "2025-06-30", "day"),
                "delayed",
            ),
            _s(
                "Hold two meetings a year outside the city centre",
                "Mayor's Office",
                every("Biannually", "every 6 months"),
                "in_progress",
            ),
        ],
    ),
]

HARTSMERE = plan(
    "Hartsmere Combined Authority: race equality delivery plan",
    "2025-03",
    *(
        rec(
            None,
            name,
            *(made | {"number": f"{code}{i}"} for i, (made, _) in enumerate(actions, 1)),
        )
        for name, code, actions in _SERVICES
    ),
    leave_out=[("Deputy Mayor for Transport", "table of portfolio holders")],
)


@document("hartsmere_delivery_plan.docx", HARTSMERE)
def hartsmere(path):
    """A heading and a table for each service; the header only on the first of them."""
    paper = word(landscape=True, furniture="Hartsmere Combined Authority – delivery plan")
    paper.add_heading("Hartsmere Combined Authority", 0)
    paper.add_heading("Race equality delivery plan", 1)
    paper.add_paragraph("Position at March 2025")
    paper.add_paragraph("B = complete, G = on track, R = late, blank = not yet due to start.")
    paper.add_heading("Portfolio holders", 2)
    word_table(
        paper,
        [
            head("Portfolio", "Holder"),
            ["Transport", "Deputy Mayor for Transport"],
            ["Skills", "Leader of Marsh District Council"],
        ],
        [8, 10],
    )
    names = ("Ref", "What we will do", "Who", "Deadline", "BRAG")
    for n, (name, _, actions) in enumerate(_SERVICES):
        paper.add_heading(name, 2)
        rows = [head(*names)] if n == 0 else []
        for made, printed in actions:
            who, when = printed or (None, None)
            number = next(
                a["number"]
                for item in HARTSMERE["recommendations"]
                for a in item["actions"]
                if a["text"] == made["text"]
            )
            rows.append(
                [
                    number,
                    made["text"],
                    who or " / ".join(made["leads"]),
                    when or " ".join(claim["raw"] for claim in made["timescales"]),
                    cell(LETTERS[made["status"]]),
                ]
            )
        word_table(paper, rows, [1.8, 11, 5.5, 5, 1.6], heading_rows=1 if n == 0 else 0)
    paper.save(path)
