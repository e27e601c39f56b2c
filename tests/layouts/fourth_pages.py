"""The fourth set goes on: web pages, and plans that other programs saved."""

import html
import tempfile
from pathlib import Path

from layouts.draw import cell, head, html_table, office, word, word_table
from layouts.fourth import shown, step
from layouts.third import both, told
from layouts.truth import (
    academic,
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
    plan,
    quarter,
    rec,
    state,
    unknown,
    within,
)

# A district council of 2003, in its committee system: tables round tables, who and what in one.

_OXCOMBE = [
    ("Leadership and policy", [
        ("Make race equality part of how the Council plans its work", [
            ("Include race equality in all service plans", "Policy Unit",
             month("March 04", "2004-03"), "All 14 service plans checked"),
            ("Assess the policies on the list for their effect on race equality",
             "All Heads of Service", months("Sept 03 – Aug 06", "2003-09", "2006-08"),
             "A third assessed each year"),
            ("Report to the Executive on how the scheme is going", "Policy Unit",
             every("On a six monthly basis", "every 6 months"), "Two reports a year"),
        ]),
        ("Know what residents think", [
            ("Set up a race equality forum with the Oxcombe Ethnic Minority Council",
             "Community Development", by("by December 03", "2003-12-31"),
             "Forum meets four times a year"),
            ("Survey ethnic minority residents", "Policy Unit",
             within("Summer 04", "2004-06-01", "2004-08-31", "season"), "400 answers"),
        ]),
    ]),
    ("Employment", [
        ("Have a workforce that reflects the district", [
            ("Monitor applicants, staff and leavers by ethnic group", "Personnel", ongoing(),
             "Figures published each May"),
            ("Advertise in the ethnic minority press", "Personnel",
             ongoing("From January 04", "2004-01-01"), "Applications up by a quarter"),
            ("Start a trainee scheme with the college", "Personnel | Leisure Services",
             month("Sept 04", "2004-09"), "Four trainees a year"),
        ]),
    ]),
    ("Services", [
        ("Give a good service to people who do not speak much English", [
            ("Join the county's interpreting service", "Customer Services",
             both("October 03 and ongoing", month("October 03", "2003-10"),
                  ongoing("and ongoing")), "Used by all front-line services"),
            ("Produce a welcome leaflet in six languages", "Communications",
             month("Feb 04", "2004-02"), "Leaflet at all reception desks"),
        ]),
        ("Deal with racist incidents", [
            ("Adopt the code of practice on recording racist incidents", "Housing Services",
             event("Executive, 6 November 2003", "Executive", "2003-11-06", "2003-11-06", "day"),
             "Code adopted"),
            ("Train housing officers and wardens to support victims", "Housing Services",
             financial("2004/05", 2004), "60 staff trained"),
            ("Share figures with the police and the schools", "Community Safety",
             every("Quarterly", "quarterly"), "Joint report each quarter"),
        ]),
    ]),
]  # fmt: skip

OXCOMBE = plan(
    "Oxcombe District Council: race equality scheme action plan",
    "2003-09-11",
    *(
        rec(None, objective, *(step(text, lead, when, measure=good)
                               for text, lead, when, good in rows), theme=theme)
        for theme, objectives in _OXCOMBE
        for objective, rows in objectives
    ),
    leave_out=[("Apologies for absence", "another item of the agenda")],
)  # fmt: skip


@document("oxcombe_cabinet_appendix.html", OXCOMBE)
def oxcombe(path):
    names = ["Objective", "Task", "Timescale", "Lead Dept/Service and Outcome"]
    rows = []
    for n, (theme, objectives) in enumerate(_OXCOMBE):
        if n != 1:
            rows.append(head(*names, fill="CCCCFF"))
        rows.append([cell(theme, cols=4, bold=True)])
        for objective, tasks in objectives:
            for i, (text, lead, when, good) in enumerate(tasks):
                first = [cell(objective, rows=len(tasks))] if i == 0 else []
                rows.append([*first, text, told(when), [shown(lead, " / "), good]])
    body = html_table(rows, 'border="1" cellpadding="4" width="100%"')
    text = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<title>Agenda item - Race equality scheme - Oxcombe District Council</title></head>
<body bgcolor="#ffffff"><table width="100%" cellspacing="0" cellpadding="0" border="0">
<tr><td colspan="2" bgcolor="#000066"><font color="#ffffff">Oxcombe District Council</font></td></tr>
<tr><td width="160" valign="top">
<table border="0"><tr><td><a href="mgCalendar.asp">Meetings</a></td></tr>
<tr><td><a href="mgMemberIndex.asp">Your councillors</a></td></tr>
<tr><td><a href="mgListCommittees.asp">Committees</a></td></tr></table></td>
<td valign="top">
<table border="0" width="100%"><tr><td><b>Executive</b></td><td>Thursday 11 September 2003, 6.30 p.m.</td></tr>
<tr><td>Venue</td><td>Council Chamber</td></tr></table>
<table border="0"><tr><td>1.</td><td>Apologies for absence</td></tr>
<tr><td>7.</td><td>Race equality scheme (Appendix 2)</td></tr></table>
<table border="0" width="100%"><tr><td>
<h2>{OXCOMBE["title"]}</h2>
<p>The Race Relations (Amendment) Act 2000 asks each council to publish a scheme that says how it
will promote race equality. The plan was drawn up by officers from each department and the
Community Development team.</p>
{body}
<p>Background papers: none. Contact the Policy Unit.</p>
</td></tr></table></td></tr>
<tr><td colspan="2"><font size="1">Oxcombe District Council, The Moat House</font></td></tr></table></body></html>
"""
    path.write_text(text, encoding="cp1252")


# A council of Northern Ireland: a chapter, then measures with the paragraph in square brackets.

_CARNFINN = [
    ("2", "Our arrangements for assessing how well we carry out our duties", [
        ("Send the annual progress report to the Equality Commission", "2.7", "Equality Officer",
         every("31 August (annually)", "yearly on 31 August")),
        ("Publish the report on the website", "2.8", "Equality Officer",
         every("September (annually)", "yearly in September")),
        ("Report on progress to the Corporate Committee", "2.9", "Director of Corporate Services",
         every("Quarterly", "quarterly")),
    ]),
    ("3", "Our arrangements for consulting", [
        ("Bring the list of consultees up to date with minority ethnic groups", "3.2",
         "Policy Officer", every("Every January", "yearly in January")),
        ("Train those who run consultations", "3.6", "Head of HR",
         months("April – June 2023", "2023-04", "2023-06")),
        ("Meet groups that support Irish Travellers", "3.9", "Good Relations Officer",
         every("six monthly", "every 6 months")),
    ]),
    ("4", "Our arrangements for assessing the impact of policies", [
        ("Screen all new policies", "4.3", "All Heads of Service", ongoing()),
        ("Put screening reports on the website", "4.14", "Policy Officer",
         every("Quarterly", "quarterly")),
        ("Look at which information systems hold ethnic group", "4.22", "Information Manager",
         after("Within 12 months of approval of the scheme", "P12M", "approval of the scheme")),
        ("Publish the results of monitoring", "4.30", "Information Manager",
         by("By 31 March 2025", "2025-03-31", "day")),
    ]),
    ("5", "Staff training", [
        ("Brief all councillors on the scheme", "5.2", "Chief Executive",
         after("Within six months of new Council", "P6M", "new Council")),
        ("Train front-line staff in dealing with racist behaviour", "5.4", "Head of HR",
         months("January – March 2024", "2024-01", "2024-03")),
        ("Evaluate the training", "5.7", "Head of HR", month("June 2024", "2024-06")),
    ]),
    ("6", "Access to information and services", [
        ("Translate the summary of the scheme into the five languages most used", "6.3",
         "Communications Manager", month("September 2023", "2023-09")),
        ("Check that the interpreting contract meets demand", "6.5", "Customer Services Manager",
         every("Every two years", "every 2 years")),
    ]),
]  # fmt: skip

CARNFINN = plan(
    "Carnfinn and Glens Borough Council: timetable for measures in the equality scheme",
    "2023-04",
    *(
        rec(number, text, *(step(words, lead, when, number=mark,
                                 text_alt=[f"{words} [{mark}]"])
                            for words, mark, lead, when in rows))
        for number, text, rows in _CARNFINN
    ),
    leave_out=[("Accept additional cookies", "notice of the web site")],
)  # fmt: skip


@document("carnfinn_scheme_timetable.html", CARNFINN)
def carnfinn(path):
    parts = []
    for number, text, measures in _CARNFINN:
        rows = [["Measure", "Lead responsibility", "Timetable"]]
        rows += [[f"{words} [{mark}]", lead, told(when)] for words, mark, lead, when in measures]
        table = html_table(rows, 'class="table"', heading_rows=1)
        parts.append(f"<h3>Chapter {number}: {html.escape(text)}</h3>\n{table}")
    text = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Appendix 4 | Carnfinn and Glens</title>
<style>.table {{ border-collapse: collapse }} td, th {{ border: 1px solid #999 }}</style></head><body>
<div id="cookies"><p>We use some essential cookies.</p><button>Accept additional cookies</button></div>
<nav aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/council">Council</a></li>
<li><a href="/council/equality">Equality and good relations</a></li></ol></nav>
<main><h1>{CARNFINN["title"]}</h1>
<p>Published: April 2023</p>
<p>The numbers in square brackets are those of the paragraphs in the scheme. Section 75 of the
Northern Ireland Act 1998 asks the Council to promote equality between people of different racial
groups, among others, and good relations.</p>
{"".join(parts)}
<h3>Related pages</h3><ul><li><a href="/travellers">Irish Travellers</a></li>
<li><a href="/hate-crime">Report a hate crime</a></li></ul></main>
<footer><p>Carnfinn and Glens Borough Council, Shore Road</p></footer></body></html>
"""
    path.write_text(text, encoding="utf-8")


# A Welsh council: what we want to achieve, then a table; years of the plan; a table that goes on.

_ONE = within("Year 1", "2024-04-01", "2025-03-31", "plan_year")
_TWO = within("Year 2", "2025-04-01", "2026-03-31", "plan_year")
_TAREN = [
    ("1", "Our workforce reflects the people of Cwm Taren",
     "One in thirty of our staff has told us that they are from an ethnic minority. One in twelve "
     "working people in the county borough is.", [
        ("Collect ethnicity data from all staff, school staff among them", "HR Systems Manager",
         by("By the end of Year 1", "2025-03-31", "plan_year"), "90% of staff have answered"),
        ("Pilot guaranteed interviews for apprenticeship applicants from ethnic minority communities", "Head of Organisational Development", _TWO,
         "20 apprentices"),
        ("Take part in mentoring across the Public Services Board",
         "Public Services Board Manager", _ONE, "30 pairs"),
        ("Publish the ethnicity pay gap", "Head of Organisational Development",
         every("31 March each year", "yearly on 31 March"), "Gap falls"),
    ]),
    ("2", "Every child feels safe at school and belongs there",
     "Pupils told the Children's Commissioner that racist words are heard every day and that "
     "teachers do not always know what to do.", [
        ("All schools to use the single recording form for racist and identity-based bullying incidents", "Head of Education Inclusion",
         month("September 2024", "2024-09"), "All 61 schools use the form"),
        ("Train a lead teacher in each school", "Head of Education Inclusion",
         academic("Academic year 2024/25", 2024), "61 teachers"),
        ("Give every school a box of books by writers of colour from Wales",
         "Library Services Manager",
         within("Summer term 2025", "2025-04-01", "2025-08-31", "term"), "61 boxes"),
        ("Ask pupils whether they feel safe", "School Improvement Officer",
         every("Annually", "yearly"), "Survey shared with governors"),
    ]),
    ("3", "People take part in the decisions that affect them",
     "We heard that people were tired of being asked and never told what had changed.", [
        ("Pay people for their time when they help to design services",
         "Head of Democratic Services", ongoing("From April 2024", "2024-04-01"),
         "Policy in place"),
        ("Support a forum of Gypsy and Traveller families", "Housing Strategy Manager", ongoing(),
         "Four meetings a year"),
        ("Offer interpreters at all public meetings", "Head of Democratic Services", _TWO,
         "Offer made on every notice"),
        ("Hold open evenings for people who may stand for election",
         "Head of Democratic Services", by("Before May 2027", "2027-04-30"),
         "One evening in each valley"),
    ]),
    ("4", "Racism and hate are challenged",
     "Reports of hate crime rose by a fifth. Many people still tell nobody.", [
        ("Take the Zero Racism pledge into all leisure centres", "Leisure Trust Manager",
         both("Year 1 and ongoing", _ONE, ongoing("and ongoing")), "Pledge signed by all centres"),
        ("Open third-party reporting in four community hubs", "Community Safety Officer",
         month("October 2024", "2024-10"), "Four hubs"),
        ("Tell Cabinet how the plan is going", "Equality Officer",
         event("Cabinet, July 2025", "Cabinet", "2025-07-01", "2025-07-31", "month"),
         "Report published"),
    ]),
]  # fmt: skip

TAREN = plan(
    "Cwm Taren County Borough Council: Strategic Equality Plan 2024–2028 – race action plan",
    "2024-03",
    *(
        rec(number, text, *(step(words, lead, when, measure=good)
                            for words, lead, when, good in rows))
        for number, text, _, rows in _TAREN
    ),
    leave_out=[("Mixed or multiple", "figures of the census")],
)  # fmt: skip


@document("cwm_taren_equality_plan.odt", TAREN)
def taren(path):
    paper = word(furniture="Cyngor Bwrdeistref Sirol Cwm Taren County Borough Council")
    paper.add_heading(TAREN["title"], 0)
    paper.add_paragraph("March 2024. Mae'r ddogfen hon ar gael yn Gymraeg.")
    paper.add_heading("Background", 1)
    paper.add_paragraph(
        "The plan runs from 1 April 2024 to 31 March 2028. Year 1 ends on 31 March 2025. It answers "
        "the Welsh Government's Anti-racist Wales Action Plan."
    )
    word_table(paper, [head("Ethnic group", "2011", "2021"),
                       ["White", "97.4%", "95.9%"], ["Asian", "1.3%", "1.9%"],
                       ["Black", "0.3%", "0.6%"], ["Mixed or multiple", "0.8%", "1.2%"]],
               [6, 3, 3])  # fmt: skip
    for number, text, why, rows in _TAREN:
        paper.add_heading(f"Objective {number}: {text}", 1)
        paper.add_heading("What are we trying to achieve?", 3)
        paper.add_paragraph(why)
        lines = [[words, lead, told(when), good] for words, lead, when, good in rows]
        widths = [6.6, 4, 3.4, 3.4]
        names = head("Action", "Lead", "Timescale", "Measure")
        if number == "2":
            word_table(paper, [names, *lines[:2]], widths)
            paper.add_paragraph("Objective 2 continues:")
            word_table(paper, lines[2:], widths)
        else:
            word_table(paper, [names, *lines], widths)
    paper.add_heading("How we will monitor this plan", 1)
    paper.add_paragraph(
        "Each head of service reports to the Strategic Equality Group. We publish a report by 31 "
        "March each year, as the Public Sector Equality Duty asks."
    )
    paper.add_heading("Contact us", 1)
    paper.add_paragraph(
        "Write to the Equality Officer at the Civic Centre. Large print on request."
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plan.docx"
        paper.save(source)
        office(source, "odt", path)


# A department of a university: principle, a row for each part of it, a row never filled in.

_HEAD = "Head of Department"
_KELHAM = [
    ("1", "Leadership makes race equality part of the life of the department", [
        ("1.1", "Organisation", [
            ("Set up a race equality team of staff and students", _HEAD,
             state("Completed October 2021", "completed", "2021-10-01", "2021-10-31"),
             "Team meets each term"),
            ("Give the chair of the team a tenth of their time", _HEAD,
             within("Spring term 2022", "2022-01-01", "2022-03-31", "term"),
             "In the workload model"),
            ("Report to the Department Committee", "Chair of Race Equality Team",
             every("termly", "each term"), "Item on each agenda"),
        ]),
        ("1.2", "Knowing where we are", [
            ("Ask for five years of admissions data by ethnicity", "Department Manager",
             month("December 2021", "2021-12"), "Data held"),
            ("Draw up a data report and present it at the away day",
             "Department Manager | Chair of Race Equality Team",
             both("January 2022\nJune 2022", month("January 2022", "2022-01"),
                  month("June 2022", "2022-06")), "Report on the intranet"),
        ]),
    ]),
    ("2", "Recruitment and admissions are fair", [
        ("2.1", "Undergraduates", [
            ("Review prospectus and open day materials (images, case studies, language)", "Admissions Tutor",
             by("by January 2022", "2022-01-31"), "New prospectus"),
            ("Hold summer schools for pupils from twelve schools", "Outreach Officer",
             both("Summer 2022 and Summer 2023",
                  within("Summer 2022", "2022-06-01", "2022-08-31", "season"),
                  within("Summer 2023", "2023-06-01", "2023-08-31", "season")), "80 pupils"),
            ("Monitor offers v applications by ethnicity (UK-domiciled only)", "Admissions Tutor", unknown("See 1.2.1"),
             "No gap by 2025"),
        ]),
        ("2.2", "Research students and staff", [
            ("Advertise all studentships openly", "Director of Postgraduate Studies", ongoing(),
             "All advertised"),
            ("Ask shortlisting panels to give reasons in writing", _HEAD,
             ongoing("From January 2022", "2022-01-01"), "Reasons on file"),
            ("Write a welcome pack for researchers from abroad", "Department Manager",
             unknown("tbc"), "Pack in use"),
        ]),
    ]),
    ("3", "People are supported to succeed", [
        ("3.1", "Culture", [
            ("Name two people to whom racism can be reported", _HEAD,
             after("Immediately", "P0D", "now"), "Names on the noticeboard"),
            ("Run active bystander workshops for demonstrators", "Teaching Laboratory Manager",
             month("October 2022", "2022-10"), "All 40 demonstrators"),
            ("Seminar speakers to reflect the subject as it is today", "Seminar Organisers",
             by("by 2022/23", "2023-08-31", "academic_year", end_alt=["2023-07-31"]),
             "A quarter of speakers"),
        ]),
        ("3.2", "Progress", [
            ("Compare degree results by ethnicity", "Director of Undergraduate Studies",
             every("Every July", "yearly in July"), "Gap halved by 2025"),
            ("Offer drop-in sessions on promotion", _HEAD,
             both("June 2022 then annually", month("June 2022", "2022-06"),
                  every("then annually", "yearly")), "Ten people come"),
        ]),
    ]),
]  # fmt: skip

KELHAM = plan(
    "University of Kelham, Department of Chemistry: race equality action plan",
    "2021-11",
    *(
        rec(part, name, *(step(text, lead, when, measure=good, number=f"{part}.{i}")
                          for i, (text, lead, when, good) in enumerate(rows, 1)), theme=theme)
        for _, theme, parts in _KELHAM
        for part, name, rows in parts
    ),
    leave_out=[("Add action", "a row of the template that was not filled in")],
)  # fmt: skip


@document("kelham_chemistry_plan.rtf", KELHAM)
def kelham(path):
    paper = word(landscape=True, furniture="Department of Chemistry")
    paper.add_heading(KELHAM["title"], 1)
    paper.add_paragraph("Revised November 2021")
    paper.add_paragraph(
        "The plan uses the template of the Physical Sciences Equality Network. It has been agreed "
        "by the Department Committee."
    )
    for number, theme, parts in _KELHAM:
        paper.add_heading(f"Principle {number}: {theme}", 2)
        rows = [head("", "Action", "Responsibility", "Timescale", "Success measure")]
        for part, name, actions in parts:
            rows.append([cell(f"{part} {name}", cols=5, fill="E7E6E6", bold=True)])
            for i, (text, lead, when, good) in enumerate(actions, 1):
                rows.append([f"{part}.{i}", text, lead.split(" | "), told(when).split("\n"), good])
            if part == "1.2":
                rows.append(["1.2.3", "Add action", "Add name", "By xx", ""])
        word_table(paper, rows, [1.6, 9.4, 5.4, 4.2, 5], heading_rows=1)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plan.docx"
        paper.save(source)
        office(source, "rtf", path)


# A government department: commitments as headings, dates in brackets at the ends of bullets.

_COASTS = [
    ("1", "Measurable objectives on race equality for every senior leader", "Permanent Secretary", [
        ("Every director to have a personal objective on race equality",
         by("by March 2024", "2024-03-31")),
        ("Objectives to be put on the intranet", by("by summer 2024", "2024-08-31", "season")),
        ("Executive Committee to look at progress", every("quarterly", "quarterly")),
    ], ["Staff survey score on leadership rises in all groups"]),
    ("2", "Fair and open recruitment", "Director of People", [
        ("Open all senior posts to candidates from outside the department",
         ongoing("from January 2024", "2024-01-01")),
        ("100% of panel chairs to have completed inclusive recruitment training", by("by the end of 2024", "2024-12-31", "year")),
        ("Try sifting without names in two directorates and publish what was found",
         quarter("Q4 2023/24", "2024-01")),
    ], ["Likelihood of appointment from sift between 0.8 and 1.25",
        "One in eight of the Senior Civil Service from an ethnic minority"]),
    ("3", "No ethnicity pay gap", "Head of Reward", [
        ("Publish the gap by grade",
         both("31 March 2024 and annually", day("31 March 2024", "2024-03-31"),
              every("annually", "yearly"))),
        ("Look again at starting pay on promotion", by("by June 2024", "2024-06-30")),
    ], ["Gap falls year on year"]),
    ("4", "Safety for colleagues in the field", "Chief Operating Officer", [
        ("Agree a joint protocol with farming and angling bodies on abuse of field staff, including when visits will be stopped",
         by("by spring 2024", "2024-05-31", "season")),
        ("Report racist incidents to the Safety Board", every("monthly", "monthly")),
        ("Let the race network sample closed cases", None),
    ], ["Staff who say that they were abused falls below 5%"]),
    ("5", "A good start for colleagues recruited from overseas", "Head of Learning | Chief Scientist", [
        ("Find a buddy for each new colleague", by("by April 2024", "2024-04-30")),
        ("Pay for membership of professional bodies", financial("2024/25", 2024)),
        ("Help with visas and housing", ongoing("ongoing")),
    ], ["Nine in ten still with us after two years"]),
]  # fmt: skip

COASTS = plan(
    "Department for Coasts and Rivers: race equality delivery plan",
    "2023-10",
    *(
        rec(number, text, *(step(words, lead, when, measure="; ".join(good))
                            for words, when in rows))
        for number, text, lead, rows, good in _COASTS
    ),
    leave_out=[("Listened to 300 colleagues", "what was done before the plan")],
)  # fmt: skip


@document("coasts_rivers_delivery.md", COASTS)
def coasts(path):
    lines = [
        "# Department for Coasts and Rivers: race equality delivery plan",
        "",
        "Published October 2023",
        "",
        "One in nine of our staff is from an ethnic minority. In the most senior grades it is one "
        "in thirty. This plan has five commitments. It was written with the race network and the "
        "trade unions, and will be looked at again in October 2024.",
        "",
        "## What we have done so far",
        "",
        "- Set up the race network in 2021 and gave its chairs a day a month",
        "- Brought in a reporting line, which took 41 calls in its first year",
        "- Listened to 300 colleagues in fourteen sessions",
        "",
    ]
    for number, text, lead, rows, good in _COASTS:
        lines += [f"## Commitment {number}: {text}", "", f"**Owner:** {shown(lead)}", ""]
        for words, when in rows:
            lines.append(f"- {words} ({told(when)})" if when else f"- {words}")
        lines += ["", "**Success metric**", ""]
        lines += [f"- {number}{letter}. {one}" for letter, one in zip("ab", good, strict=False)]
        lines.append("")
    lines += ["---", "", "*Questions about this plan go to the Inclusion Team.*", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
