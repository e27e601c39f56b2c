"""A training college's charter plan, printed from a browser."""

from layouts.draw import cell, html_table, printed
from layouts.truth import (
    act,
    by,
    document,
    every,
    month,
    months,
    ongoing,
    plan,
    rec,
    unknown,
    within,
)


def _w(number, text, responsible, supporting, when, measure, **more):
    return act(
        text,
        f"{responsible} | {supporting}" if supporting else responsible,
        when,
        measure=measure,
        number=number,
        leads_alt=[responsible],
        **more,
    )


ISSUES = plan(
    "Wexcombe Fire and Police Training College: race charter action plan",
    "2016-10",
    rec(
        None,
        "Few applicants from ethnic minorities reach interview",
        _w(
            "AP1",
            "Place advertisements with community radio and newspapers",
            "Director of Human Resources",
            "Marketing Team",
            ongoing("Commencing October 2016", "2016-10-01"),
            "Applications rise from 6% to 12%",
        ),
        _w(
            "AP2",
            "Rewrite the application form in plain English",
            "Director of Human Resources",
            "",
            by("By January 2017", "2017-01-31"),
            "Form tested with twenty readers",
        ),
        _w(
            "AP3",
            "Train everyone who sits on a panel",
            "Deputy Principal",
            "Staff Network",
            months("January 2017 – December 2017", "2017-01", "2017-12"),
            "All panel members trained",
        ),
        theme="Section 4: Recruitment",
    ),
    rec(
        None,
        "Data on staff are not complete",
        _w(
            "AP4",
            "Ask all staff to check their record",
            "Director of Human Resources",
            "Heads of Faculty",
            month("November 2016", "2016-11"),
            "Unknown falls below 5%",
        ),
        _w(
            "AP5",
            "Report the data to the Board",
            "College Secretary",
            "",
            every("Each March", "yearly in March"),
            "Board minute",
        ),
        theme="Section 4: Recruitment",
    ),
    rec(
        None,
        "Recruits from ethnic minorities leave the course more often",
        _w(
            "AP6",
            "Appoint a tutor for each intake",
            "Deputy Principal",
            "Heads of Faculty",
            within("Autumn/Winter 2017", "2017-09-01", "2018-02-28", "season"),
            "Completion is equal for all groups",
        ),
        _w(
            "AP7",
            "Look at how assessments are marked",
            "Head of Assessment",
            "External Examiners",
            by("by 2018", "2018-12-31", "year"),
            "Marking without names in all written papers",
        ),
        _w(
            "AP8",
            "Set up a confidential adviser scheme",
            "Chaplain",
            "Occupational Health",
            ongoing("From September 2017", "2017-09-01"),
            "Four advisers, known to all recruits",
        ),
        theme="Section 5: Recruits",
    ),
    rec(
        None,
        "Course material does not deal with race",
        _w(
            "AP9",
            "Review every module with the community reference group",
            "Head of Curriculum",
            "Community Reference Group",
            months("April 2017 to March 2019", "2017-04", "2019-03"),
            "All 31 modules reviewed",
        ),
        _w(
            "AP10",
            "Write six case studies with people who have complained about the services",
            "Head of Curriculum",
            "Community Reference Group",
            unknown("TBC"),
            "Case studies used in all intakes",
        ),
        theme="Section 5: Recruits",
    ),
)


# An issue is why, and not what is asked for: the parents of the actions are the sections.
WEXCOMBE = ISSUES | {
    "recommendations": [
        rec(
            None,
            section,
            *(
                action
                for item in ISSUES["recommendations"]
                if item["theme"] == section
                for action in item["actions"]
            ),
        )
        for section in ("Section 4: Recruitment", "Section 5: Recruits")
    ]
}


@document("wexcombe_charter_plan.pdf", WEXCOMBE)
def wexcombe(path):
    """Printed from a browser: merged issues, supporting actors in a column of their own."""
    header = [
        "Reference",
        "Issue identified",
        "Action(s) to address the issue",
        "What success will look like/how will the action contribute",
        "Timeframe (start/end date)",
        "Senior management responsible",
        "Other supporting actors",
    ]
    rows, last = [header], None
    for item in ISSUES["recommendations"]:
        if item["theme"] != last:
            last = item["theme"]
            rows.append([cell(last, cols=7, fill="DDDDDD", bold=True)])
        for i, action in enumerate(item["actions"]):
            issue = [cell(item["text"], rows=len(item["actions"]))] if i == 0 else []
            lead, *support = action["leads"]
            rows.append(
                [
                    action["number"],
                    *issue,
                    action["text"],
                    action["measure"],
                    action["timescales"][0]["raw"],
                    lead,
                    support[0] if support else "",
                ]
            )
    table = html_table(rows, heading_rows=1).replace("<tr>\n<th>", "<thead><tr>\n<th>", 1)
    style = (
        "body{font:10pt Arial} table{border-collapse:collapse} "
        "td,th{border:1px solid #333;padding:4px;vertical-align:top;text-align:left} p{margin:0}"
    )
    text = (
        f'<html lang="en"><head><style>{style}</style><title>Race charter</title></head><body>'
        "<h1>Wexcombe Fire and Police Training College: race charter action plan</h1>"
        f"<p>October 2016</p><p>&nbsp;</p>{table}</body></html>"
    )
    printed(text, path, landscape=True)
