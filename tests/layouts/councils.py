"""Plans as councils write them in Word and publish them through their committee system."""

from layouts.draw import (
    bullets,
    cell,
    head,
    html_table,
    row_mark,
    tracked,
    word,
    word_table,
)
from layouts.truth import (
    act,
    by,
    day,
    document,
    event,
    every,
    month,
    ongoing,
    plan,
    rec,
    state,
    unknown,
    within,
)

ALDERMOOR = plan(
    "Aldermoor Borough Council: response to the Fair Futures Review",
    "2022-10-12",
    rec(
        "1",
        "Agree one plain statement of what an anti-racist council means and publish it.",
        act(
            "Draft the statement with the staff networks and trade unions",
            "Head of Policy and Performance",
            state("Completed 5th September", "completed", "2022-09-05", "2022-09-05"),
            status="completed",
        ),
        act(
            "Take the statement to Full Council for adoption",
            "Leader of the Council",
            event(
                "Full Council November 2022",
                "Full Council",
                "2022-11-01",
                "2022-11-30",
                "month",
                kind_alt=["date"],
            ),
        ),
        act(
            "Print the statement in every advert, contract and induction pack",
            "Head of HR and OD",
            by("End January 2023", "2023-01-31"),
        ),
    ),
    rec(
        "2",
        "Give every member the confidence to challenge decisions on grounds of race equality.",
        act(
            "Commission a development programme for all 48 members",
            "Monitoring Officer",
            by("End March 2023", "2023-03-31"),
        ),
        act(
            "Pair each Cabinet member with a staff network chair for a year",
            "Monitoring Officer",
            timescales_alt=[[by("End March 2023", "2023-03-31")], [unknown("")]],
        ),
        act(
            "Put a standing item on race equality on every scrutiny committee's work programme",
            "Monitoring Officer",
            ongoing(),
        ),
    ),
    rec(
        "3",
        "Make sure that recruitment to senior roles reaches people it has not reached before.",
        act(
            "Rewrite the senior recruitment guide so that it covers: where posts are advertised; "
            "who sits on the panel; how feedback is given",
            "Assistant Director of HR | Recruitment Team",
            within("Spring 2023", "2023-03-01", "2023-05-31", "season"),
            split_alt=[
                [
                    "Rewrite the senior recruitment guide so that it covers: " + part
                    for part in (
                        "where posts are advertised",
                        "who sits on the panel",
                        "how feedback is given",
                    )
                ]
            ],
        ),
    ),
    rec(
        "4",
        "Help managers to talk about race with their teams and to act on what they hear.",
        act(
            "Run monthly drop-in sessions for managers led by the READY facilitators",
            "Learning and Development Manager",
            state("Already underway", "in_progress"),
            status="in_progress",
        ),
        act(
            "Write a short guide to difficult conversations",
            "Learning and Development Manager",
            by("End December 2022", "2022-12-31"),
        ),
        act(
            "Ask every team to agree one change it will make and tell its director what it was",
            "All Heads of Service",
            by("By end of June 2023", "2023-06-30"),
        ),
        act(
            "Hold a conference for managers on what has been learnt",
            "Director of People",
            within("Autumn 2023", "2023-09-01", "2023-11-30", "season"),
        ),
    ),
    rec(
        "5",
        "Set out who answers for the programme and how the public can see what has been done.",
        act(
            "Appoint a programme director for two years",
            "Chief Executive",
            state(
                "Overdue - was due 31 July 2022",
                "delayed",
                "2022-07-31",
                "2022-07-31",
                kind_alt=["date"],
            ),
            status="delayed",
        ),
        act(
            "Publish progress against every recommendation on the council's website",
            "Chief Executive",
            every("Quarterly", "quarterly"),
        ),
        act(
            "Report to Cabinet and to the Race Equality Reference Group",
            "Chief Executive",
            every(
                "Every six months from April 2023",
                "every 6 months",
                "2023-04-01",
                kind_alt=["ongoing"],
            ),
            timescales_alt=[
                [
                    every("Every six months", "every 6 months"),
                    ongoing("from April 2023", "2023-04-01"),
                ]
            ],
        ),
    ),
    rec(
        "6",
        "Close the gap in disciplinary and grievance cases.",
        act(
            "Have every new case checked by a second manager from another directorate",
            "Assistant Director of HR",
            day("1st April 2023", "2023-04-01"),
            ongoing("and ongoing"),
            timescales_alt=[[ongoing("From 1st April 2023 and ongoing", "2023-04-01")]],
        ),
        act(
            "Publish the number of cases by ethnic group in the annual workforce report",
            "Assistant Director of HR",
            every("31 March (annually)", "yearly on 31 March"),
        ),
        act(
            "Train twelve mediators drawn from all grades",
            "Trade Union Side | Assistant Director of HR",
            unknown("TBC"),
        ),
    ),
    rec(
        "7",
        "Set a target that one senior manager in five should be from an ethnic minority.",
        act(
            "Targets for each directorate to be considered with the workforce strategy",
            "Director of People",
            state("Not accepted at present", "withdrawn"),
            status="withdrawn",
        ),
    ),
    leave_out=[
        ("Remove the Deputy Leader from the panel", "tracked deletion in the cell of 5"),
        ("Legal advice on the settlement of case 14", "hidden row under recommendation 6"),
        ("Move the whole programme to the county council", "row deleted with tracked changes"),
    ],
)

ALDERMOOR_HEADER = head(
    "No.",
    "Recommendation from the Aldermoor Fair Futures Review",
    "Comment/Key Action",
    "Timescale",
    "Lead Officer / Comments",
)


def _rec_texts(truth):
    return [item["text"] for item in truth["recommendations"]]


def _act_texts(truth, number):
    found = next(item for item in truth["recommendations"] if item["number"] == number)
    return [action["text"] for action in found["actions"]]


@document("aldermoor_review_response.docx", ALDERMOOR)
def aldermoor(path):
    """Parallel lists in one row; a table that goes on, without header, inside recommendation 5."""
    texts = _rec_texts(ALDERMOOR)
    a = {number: _act_texts(ALDERMOOR, number) for number in "1234567"}
    paper = word(furniture="Aldermoor Borough Council – Cabinet 12 October 2022 – Appendix B")
    paper.add_heading("Appendix B", 1)
    paper.add_heading("Aldermoor Borough Council: response to the Fair Futures Review", 1)
    paper.add_paragraph("Cabinet, 12 October 2022")
    paper.add_paragraph(
        "The Fair Futures Review (FFR) was carried out between January and June 2022 by a panel "
        "of four independent members. It heard from 312 members of staff and made seven "
        "recommendations. The table below sets out our response to each of them."
    )
    word_table(
        paper,
        [
            head("Contact", "Date", "Version"),
            ["Policy and Performance Team", "12 October 2022", "1.3 final"],
        ],
        [7, 5, 4],
    )
    paper.add_paragraph("")
    three = a["3"][0].removeprefix("Rewrite the senior recruitment guide so that it covers: ")
    rows = [
        ALDERMOOR_HEADER,
        [
            "1",
            texts[0],
            bullets(*a["1"]),
            ["Completed 5th September", "Full Council November 2022", "End January 2023"],
            ["Head of Policy and Performance", "Leader of the Council", "Head of HR and OD"],
        ],
        [
            "2",
            texts[1],
            bullets(*a["2"]),
            ["End March 2023", "", "Ongoing"],
            "Monitoring Officer",
        ],
        [
            "3",
            texts[2],
            [
                "Rewrite the senior recruitment guide so that it covers:",
                *bullets(*three.split("; ")),
            ],
            "Spring 2023",
            "Assistant Director of HR and Recruitment Team",
        ],
        [
            "4",
            texts[3],
            bullets(*a["4"]),
            ["Already underway", "End December 2022", "By end of June 2023", "Autumn 2023"],
            [
                "Learning and Development Manager",
                "Learning and Development Manager",
                "All Heads of Service",
                "Director of People",
            ],
        ],
        [
            "5",
            texts[4],
            bullets(a["5"][0]),
            "Overdue - was due 31 July 2022",
            "Chief Executive",
        ],
    ]
    table = word_table(paper, rows, [1, 4.2, 6, 3.2, 3.4], heading_rows=1)
    tracked(table.cell(5, 2).paragraphs[0], " Remove the Deputy Leader from the panel.", "del")
    paper.add_page_break()
    rest = word_table(
        paper,
        [
            [
                "",
                "",
                bullets(*a["5"][1:]),
                ["Quarterly", "Every six months from April 2023"],
                "Chief Executive",
            ],
            [
                "6",
                texts[5],
                bullets(*a["6"]),
                ["1st April 2023 and ongoing", "31 March (annually)", "TBC"],
                [
                    "Assistant Director of HR",
                    "As above",
                    "Trade Union Side and Assistant Director of HR",
                ],
            ],
            [
                "",
                "",
                bullets("Legal advice on the settlement of case 14"),
                "End November 2022",
                "Monitoring Officer",
            ],
            [
                "8",
                "Move the whole programme to the county council",
                bullets("Seek a shared service"),
                "2023",
                "Chief Executive",
            ],
            ["7", texts[6], "", "Not accepted at present", "Director of People"],
        ],
        [1, 4.2, 6, 3.2, 3.4],
    )
    row_mark(rest.rows[2], "hidden")
    row_mark(rest.rows[3], "del", id="77", author="Reviewer", date="2022-10-01T09:00:00Z")
    tracked(rest.cell(4, 2).paragraphs[0], a["7"][0], "ins")
    paper.add_paragraph("")
    paper.add_paragraph(
        "Members are asked to note that recommendation 7 will be looked at again in 2024."
    )
    paper.save(path)


WESTMARCH = plan(
    "Westmarch District Council Race Equality Scheme: Action Plan 2002 to 2005",
    "2002-05",
    rec(
        "1",
        "Make information about our services available to all communities",
        act(
            "Translate the ten most requested leaflets into five languages",
            "HCS",
            month("Sept 02", "2002-09"),
            measure="Leaflets available at every reception point",
        ),
        act(
            "Set up a telephone interpreting account for reception and housing staff",
            "HCS | DH",
            by("by December 02", "2002-12-31"),
            measure="Staff can reach an interpreter within ten minutes",
        ),
        theme="Access to Information and Services",
    ),
    rec(
        "2",
        "Find out whether services are used fairly",
        act(
            "Introduce ethnic monitoring for housing applications, benefits and leisure cards",
            "DH | HRB",
            month("April 03", "2003-04"),
            measure="Monitoring reports go to every service management team",
        ),
        act(
            "Report findings to the Executive with proposals",
            "Executive | PPO",
            every("July 03 and then annually", "yearly", "2003-07-01"),
            measure="Executive agrees changes each year",
            timescales_alt=[[month("July 03", "2003-07"), every("then annually", "yearly")]],
        ),
        theme="Access to Information and Services",
    ),
    rec(
        "1",
        "Be an employer that reflects the district",
        act(
            "Review advertising of vacancies with the Racial Equality Council",
            "HP",
            month("Oct 02", "2002-10"),
            measure="5% of applications come from minority ethnic people",
        ),
        act(
            "Train all interviewing managers in fair selection",
            "HP | All Heads of Service",
            ongoing("From January 03", "2003-01-01"),
            measure="No panel sits without a trained chair",
        ),
        theme="Employment and Training",
    ),
    rec(
        "2",
        "Deal with harassment at work",
        act(
            "Agree a dignity at work policy with UNISON and GMB",
            "HP | CJ",
            month("March 03", "2003-03"),
            measure="Policy issued with pay slips",
        ),
        act(
            "Appoint and train eight harassment advisers",
            "HP",
            by("by end of June 03", "2003-06-30"),
            measure="Eight advisers, two in each building",
        ),
        theme="Employment and Training",
    ),
    rec(
        "1",
        "Work with others to tackle racist incidents",
        act(
            "Sign the county's common reporting form for racist incidents",
            "CSM",
            state("Completed", "completed"),
            measure="All incidents logged on one system",
            status="completed",
        ),
        act(
            "Publish a yearly digest of incidents and outcomes",
            "CSM",
            every("Each April", "yearly in April"),
            measure="Digest sent to parish councils and press",
        ),
        theme="Community Safety",
    ),
    abbreviations={
        "HCS": "Head of Customer Services",
        "DH": "Director of Housing",
        "HRB": "Head of Revenues and Benefits",
        "PPO": "Principal Policy Officer",
        "HP": "Head of Personnel",
        "CJ": "Chief Executive's Joint Negotiator",
        "CSM": "Community Safety Manager",
    },
)


def _word_export(title, body):
    """A page as Word 97 to 2003 saved it: a declared code page, office names and loose styles."""
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 9">
<title>{title}</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Revision>7</o:Revision>
</o:DocumentProperties></xml><![endif]-->
<style>
<!--
p.MsoNormal {{margin:0cm;font-size:10.0pt;font-family:Arial;}}
-->
</style>
</head>
<body lang=EN-GB style='tab-interval:36.0pt'>
<div class=Section1>
{body}
</div>
</body>
</html>
"""


@document("westmarch_race_scheme.html", WESTMARCH)
def westmarch(path):
    """Exported from Word: areas as rows across, numbers inside the cell, leads as initials."""
    names = (
        "Objective Area/Aim",
        "Action to be taken",
        "Lead",
        "Completion Date",
        "Outcomes/Targets",
    )
    rows, last = [], None
    for item in WESTMARCH["recommendations"]:
        if item["theme"] != last:
            last = item["theme"]
            rows.append([cell(last, cols=5, fill="CCFFFF", bold=True)])
            rows.append(head(*names))
        for i, action in enumerate(item["actions"]):
            raw = "; ".join(dict.fromkeys(claim["raw"] for claim in action["timescales"]))
            aim = f"{item['number']}. {item['text']}"
            row = [cell(aim, rows=len(item["actions"]))] if i == 0 else []
            row += [
                action["text"],
                ", ".join(action["leads"]),
                raw,
                action["measure"],
            ]
            rows.append(row)
    table = html_table(rows, 'class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 width="100%"')
    table = table.replace("<p>", "<p class=MsoNormal><span lang=EN-GB style='font-size:9.0pt'>")
    table = table.replace("</p>", "<o:p></o:p></span></p>")
    keys = "".join(
        f"<p class=MsoNormal>{full} ({short})</p>\n"
        for short, full in WESTMARCH["abbreviations"].items()
    )
    body = (
        "<h1>Westmarch District Council<br>Race Equality Scheme: Action Plan 2002 to 2005</h1>\n"
        "<p class=MsoNormal>Agreed by the Executive, May 2002</p>\n"
        "<p class=MsoNormal>The Race Relations (Amendment) Act 2000 asks every council to say "
        "how it will meet the general duty. The council\x92s plan for the first three years "
        "follows.</p>\n"
        f"<p class=MsoNormal><b>Lead officers</b></p>\n{keys}"
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n" + table
    )
    text = _word_export("Race Equality Scheme", body)
    path.write_bytes(text.encode("latin-1"))
