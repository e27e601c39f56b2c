"""Plans published as text, as a list of comma separated values and as plain web pages."""

import csv

from layouts.draw import html_table
from layouts.truth import (
    act,
    after,
    by,
    day,
    document,
    every,
    month,
    months,
    ongoing,
    perhaps,
    plan,
    rec,
    span,
    within,
)

OAKMERE = plan(
    "Oakmere Learning Trust: accessibility and race equality plan",
    "2020-09",
    rec(
        None,
        "To make sure that every pupil can take part in school life",
        act(
            "Check trips and clubs for who comes and who does not",
            "",
            every("termly", "each term"),
            measure="No group is missing from clubs",
        ),
        act(
            "Pay for kit and travel from the pupil premium",
            "",
            months("September 2020 to July 2021", "2020-09", "2021-07"),
            measure="No group is missing from clubs",
        ),
        act(
            "Provide a quiet room for prayer",
            "",
            by("by December 2020", "2020-12-31"),
            measure="No group is missing from clubs",
        ),
    ),
    rec(
        None,
        "To teach a curriculum in which pupils can see themselves",
        act(
            "Audit schemes of work in history, English and art",
            "",
            month("October 2020", "2020-10"),
            measure="Audit shared with governors; pupils say that they see themselves in lessons",
        ),
        act(
            "Buy books by a wider range of authors",
            "",
            perhaps("when budget allows"),
            measure="Audit shared with governors; pupils say that they see themselves in lessons",
        ),
        act(
            "Train all staff in talking about race",
            "",
            day("4 January 2021", "2021-01-04"),
            measure="Audit shared with governors; pupils say that they see themselves in lessons",
        ),
    ),
    rec(
        None,
        "To work with families from every community",
        act(
            "Hold coffee mornings with interpreters",
            "",
            every("monthly", "monthly"),
            measure="Attendance at parents' evening is above 90% for every group",
        ),
        act(
            "Translate the admissions booklet",
            "",
            by("by spring 2021", "2021-05-31", "season"),
            measure="Attendance at parents' evening is above 90% for every group",
        ),
        act(
            "Visit families before their child starts school",
            "",
            perhaps("when the need arises"),
            measure="Attendance at parents' evening is above 90% for every group",
        ),
    ),
)


@document("oakmere_trust_plan.txt", OAKMERE)
def oakmere(path):
    """Labelled paragraphs; the timescale follows a dash at the end of each bullet."""
    targets = [
        "All pupils take part in at least one activity outside lessons.",
        "Every subject has been looked at by July 2021.",
        "All parents meet a teacher at least twice a year.",
    ]
    lines = [
        "Oakmere Learning Trust",
        "Accessibility and race equality plan",
        "Reviewed September 2020",
        "",
        "The trust has six schools. Its duties come from the Equality Act 2010.",
        "",
    ]
    for item, target in zip(OAKMERE["recommendations"], targets, strict=True):
        lines += [f"Objective: {item['text']}", "", f"Target: {target}", ""]
        lines.append("Activities (including timescale):")
        for action in item["actions"]:
            lines.append(f"- {action['text']} – {action['timescales'][0]['raw']}")
        lines += ["", f"Success criteria: {item['actions'][0]['measure']}", "", ""]
    path.write_text("\r\n".join(lines), encoding="cp1252")


MARCH = [by("All objectives will be achieved by March 2026", "2026-03-31")]


def _m(number, text, theme, *steps, **more):
    return rec(
        number,
        text,
        *(
            step if isinstance(step, dict) else act(step, "", *MARCH, timescales_alt=[[]])
            for step in steps
        ),
        theme=theme,
        **more,
    )


LANGDALE = plan(
    "Langdale and Fell Council: anti-racism framework",
    "2023-11",
    _m(
        "1",
        "Leaders will speak openly about race and racism",
        "Leadership",
        "Publish what each director has pledged",
        "Bring lived experience to every leadership conference",
    ),
    _m(
        "2",
        "Members will scrutinise progress",
        "Leadership",
        "Give scrutiny a report on all objectives twice a year",
    ),
    _m(
        "3",
        "People will find it easy to join us",
        "Workforce",
        "Cut the essential criteria in each advert to six",
        act("Guarantee interviews in three services", "", by("by June 2024", "2024-06-30")),
    ),
    _m(
        "4",
        "People will want to stay",
        "Workforce",
        "Set up a sponsorship scheme",
        "Ask why people leave and act on the answers",
        act(
            "Review flexible working for religious festivals", "", month("January 2024", "2024-01")
        ),
    ),
    _m(
        "5",
        "We will know the communities that we serve",
        "Communities",
        "Fund five community researchers",
        "Share what they find in public",
    ),
    _m(
        "6",
        "Services will be designed with the people who use them",
        "Communities",
        "Pay people for their time",
        "Use the design guide in all new contracts",
    ),
    _m(
        "7",
        "Hate crime will be reported and dealt with",
        "Communities",
        "Open reporting centres in four market towns",
        act("Publish outcomes with the police", "", every("every November", "yearly in November")),
    ),
)


@document("langdale_framework.md", LANGDALE)
def langdale(path):
    """Themes as headings, objectives that run on; one sentence gives the date for them all."""
    lines = [
        "# Langdale and Fell Council: anti-racism framework",
        "",
        "*November 2023*",
        "",
        "We asked 900 people what should change. All objectives will be achieved by March 2026 "
        "unless another date is given.",
        "",
    ]
    last = None
    for item in LANGDALE["recommendations"]:
        if item["theme"] != last:
            last = item["theme"]
            lines += [f"## {last}", ""]
        lines += [f"### Objective {item['number']}: {item['text']}", ""]
        for action in item["actions"]:
            own = [claim["raw"] for claim in action["timescales"] if claim not in MARCH]
            end = f" ({own[0]})" if own else ""
            lines.append(f"- {action['text']}{end}")
        lines.append("")
    lines += ["## Contact", "", "Write to the **equality team** at the county offices.", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _g(number, text, lead, when, measure, **more):
    return act(text, lead, when, number=number, measure=measure, **more)


GLENARTH = plan(
    "Glenarth Borough Council: disability and race action plan 2023-2027",
    "2023-04",
    rec(
        "1.1",
        "Encourage participation in public life",
        _g(
            "1.1.1",
            "Advertise vacancies on partnerships through community groups",
            "Policy Officer",
            every(
                "2023-2027 Quarterly",
                "quarterly",
                "2023-04-01",
                "2027-03-31",
                end_alt=["2027-12-31", None],
            ),
            "Number of groups that are told",
        ),
        _g(
            "1.1.2",
            "Provide a mentor for each new partnership member",
            "Good Relations Officer",
            span("2023-2027", "2023-04-01", "2027-03-31", "financial_year", end_alt=["2027-12-31"]),
            "Mentors in place",
        ),
        _g(
            "1.1.3",
            "Review how consultations are carried out",
            "Policy Officer",
            months("April 2023 – June 2023", "2023-04", "2023-06"),
            "Review reported to Council",
        ),
        theme="Participation",
    ),
    rec(
        "1.2",
        "Support young people to be heard",
        _g(
            "1.2.1",
            "Recruit a youth panel that reflects the borough",
            "Youth Officer",
            by("by September 2023", "2023-09-30"),
            "Panel of 20",
        ),
        _g(
            "1.2.2",
            "Panel to present to Council",
            "Youth Officer",
            every("March (annually)", "yearly in March"),
            "One presentation a year",
        ),
        theme="Participation",
    ),
    rec(
        "2.1",
        "Promote positive attitudes",
        _g(
            "2.1.1",
            "Run a poster campaign in leisure centres",
            "Communications Manager",
            months("January – March 2024", "2024-01", "2024-03"),
            "40 sites",
        ),
        _g(
            "2.1.2",
            "Train all front-line staff",
            "Human Resources",
            within(
                "2024-2025",
                "2024-04-01",
                "2025-03-31",
                "financial_year",
                end_alt=["2025-12-31"],
                kind_alt=["period"],
            ),
            "85% of staff trained",
        ),
        _g(
            "2.1.3",
            "Train members elected in 2023",
            "Human Resources",
            after("Within six months of new Council", "P6M", "new Council"),
            "All 40 members",
        ),
        _g(
            "2.1.4",
            "Mark Race Equality Week",
            "Good Relations Officer",
            every("Every February", "yearly in February"),
            "One event in each town",
        ),
        theme="Attitudes",
    ),
    rec(
        "3.1",
        "Meet the duties",
        _g(
            "3.1.1",
            "Send the annual progress report to the Equality Commission",
            "Policy Officer",
            every("31 August (annually)", "yearly on 31 August"),
            "Report accepted",
        ),
        _g(
            "3.1.2",
            "Screen every new policy",
            "All Heads of Service",
            ongoing(),
            "Screening forms on the website",
        ),
        _g(
            "3.1.3",
            "Review the scheme",
            "Chief Executive",
            after(
                "Within three months of the Equality Commission approval of the scheme",
                "P3M",
                "approval of the scheme",
            ),
            "New scheme",
        ),
        theme="Making it work",
    ),
)


@document("glenarth_action_plan.csv", GLENARTH)
def glenarth(path):
    """Section rows and three levels of numbers; covered cells have come out empty."""
    rows = [
        ["Glenarth Borough Council: disability and race action plan 2023-2027", "", "", "", "", ""],
        ["Appendix 2", "", "", "", "Agreed April 2023", ""],
        [],
        [
            "",
            "Action Measure",
            "Timeframe",
            "Performance Indicator",
            "Expected Outcome",
            "Responsibility",
        ],
    ]
    last, section = None, 0
    for item in GLENARTH["recommendations"]:
        if item["theme"] != last:
            last = item["theme"]
            section += 1
            rows.append([f"{section}.0", last, "", "", "", ""])
        rows.append([item["number"], item["text"], "", "", "", ""])
        for i, action in enumerate(item["actions"]):
            rows.append(
                [
                    action["number"],
                    action["text"],
                    action["timescales"][0]["raw"],
                    action["measure"],
                    "People take part on equal terms" if i == 0 else "",
                    action["leads"][0],
                ]
            )
    rows += [[], ["Prepared by the policy team. Print on A3.", "", "", "", "", ""]]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


NORTHCLIFF = plan(
    "Northcliff College: equality objectives 2021",
    "2021-06",
    rec(
        "1",
        "We will recruit staff who reflect the towns that our students come from.",
        act(
            "Advertise through six community organisations", "", month("September 2021", "2021-09")
        ),
        act(
            "One in eight applicants for teaching posts to be from an ethnic minority",
            "",
            month("July 2022", "2022-07"),
        ),
        act(
            "All managers trained in fair recruitment",
            "",
            by("by 31 December 2021", "2021-12-31", "day"),
        ),
        theme=None,
    ),
    rec(
        "2",
        "We will close gaps in achievement between groups of students.",
        act(
            "Gap between highest and lowest group falls to four points",
            "",
            month("August 2023", "2023-08"),
        ),
        act(
            "Every course review looks at results by group",
            "",
            within("Autumn term 2021", "2021-09-01", "2021-12-31", "term"),
        ),
        theme=None,
    ),
    rec(
        "3",
        "We will be a college in which nobody has to put up with racism.",
        act("Reporting tool on the student app", "", month("October 2021", "2021-10")),
        act(
            "Restorative process agreed with the students' union",
            "",
            month("March 2022", "2022-03"),
        ),
        act("Survey of students and staff", "", every("each May", "yearly in May")),
        theme=None,
    ),
    leave_out=[("Accept all cookies", "notice of the web site")],
)


@document("northcliff_objectives.html", NORTHCLIFF)
def northcliff(path):
    """“Objective one” as a heading, a sentence, then a table of target and target date."""
    parts = []
    names = ("one", "two", "three")
    for name, item in zip(names, NORTHCLIFF["recommendations"], strict=True):
        rows = [["Target", "Target date"]]
        rows += [[a["text"], a["timescales"][0]["raw"]] for a in item["actions"]]
        parts.append(
            f"<section><h3>Objective {name}</h3><p>{item['text']}</p>"
            f"{html_table(rows, 'class=grid', heading_rows=1)}</section>"
        )
    text = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Equality objectives 2021 | Northcliff College</title><style>.grid td{{border:1px solid}}</style>
<script>window.dataLayer = []; function track() {{ return "table"; }}</script></head>
<body><div class="cookie" role="dialog"><p>We use cookies.</p><button>Accept all cookies</button></div>
<header><nav><ul><li><a href="/courses">Courses</a></li><li><a href="/about">About us</a></li></ul>
</nav></header><main><h1>Northcliff College: equality objectives 2021</h1>
<p>Published June 2021</p>
<p>Public bodies must publish objectives at least every four years. Ours were chosen after talking
with students, staff and employers.</p>
<table><caption>Our students</caption><tr><th>Year</th><th>Students</th><th>Ethnic minority</th></tr>
<tr><td>2019</td><td>4,210</td><td>31%</td></tr><tr><td>2020</td><td>4,377</td><td>33%</td></tr></table>
{"".join(parts)}
</main><footer><p>Northcliff College, Station Road</p></footer></body></html>
"""
    path.write_text(text, encoding="utf-8")
