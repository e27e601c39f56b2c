"""Plans as a committee system publishes them: pages round pages."""

import html

from layouts.draw import (
    cell,
    head,
    html_table,
)
from layouts.truth import (
    act,
    by,
    document,
    every,
    plan,
    rec,
)

RED, AMBER, GREEN, BLUE = "FF7C80", "FFC000", "92D050", "8DB4E2"

SALTBY = plan(
    "Saltby City Council: Race Equality Commission action tracker",
    "2024-02-21",
    rec(
        "R1",
        "The council should publish one set of measures on race equality each year",
        act(
            "Agree a first set of twelve measures with the Commission",
            "Head of Insight",
            by("Phase 1", "2023-09-30", "phase"),
            status="completed",
            rag="blue",
        ),
        act(
            "Publish the measures by ward and by service",
            "Head of Insight",
            by("Phase 2", "2024-03-31", "phase"),
            status="in_progress",
            rag="green",
        ),
        theme="Data and accountability",
    ),
    rec(
        "R2",
        "Cabinet reports should say what the evidence on race shows",
        act(
            "Change the report template and the guidance that goes with it",
            "Democratic Services Manager",
            by("Phase 1", "2023-09-30", "phase"),
            status="completed",
            rag="blue",
        ),
        act(
            "Check a sample of thirty reports and tell directors what was found",
            "Democratic Services Manager | Head of Legal Services",
            by("Phase 2", "2024-03-31", "phase"),
            status="delayed",
            rag="red",
        ),
        theme="Data and accountability",
    ),
    rec(
        "R3",
        "Housing allocations should be looked at again",
        act(
            "Commission an independent audit of five years of allocations",
            "Director of Housing",
            by("Phase 2", "2024-03-31", "phase"),
            status="in_progress",
            rag="amber",
        ),
        act(
            "Write to every applicant whose banding was changed",
            "Director of Housing",
            by("Phase 3", "2025-03-31", "phase"),
            status="not_started",
        ),
        act(
            "Retrain allocations staff",
            "Housing Options Manager",
            by("Phase 3", "2025-03-31", "phase"),
            status="not_started",
        ),
        theme="Services to residents",
    ),
    rec(
        "R4",
        "The licensing service should explain refusals in plain language",
        act(
            "Rewrite the twelve standard letters",
            "Licensing Manager",
            by("Phase 1", "2023-09-30", "phase"),
            status="delayed",
            rag="red",
        ),
        theme="Services to residents",
    ),
    rec(
        "R5",
        "Staff should be able to report racism to somebody outside their department",
        act(
            "Let a contract for an independent reporting line",
            "Head of HR & OD",
            by("Phase 1", "2023-09-30", "phase"),
            status="completed",
            rag="blue",
        ),
        act(
            "Give the Standards Committee figures on what was reported and what was done",
            "Monitoring Officer",
            by("Phase 2", "2024-03-31", "phase"),
            every("and quarterly after that", "quarterly"),
            status="in_progress",
            rag="green",
        ),
        theme="Our workforce",
    ),
    rec(
        "R6",
        "Apprenticeships should reach young people in the five poorest wards",
        act(
            "Agree with the two colleges how places will be filled",
            "Skills Manager | Head of Economic Development",
            by("Phase 3", "2025-03-31", "phase"),
            status="in_progress",
            rag="amber",
        ),
        theme="Our workforce",
    ),
    leave_out=[
        ("Apologies were received from", "minutes in the page's frame"),
        ("Request a deputation", "navigation of the committee system"),
    ],
)


@document("saltby_commission_tracker.html", SALTBY)
def saltby(path):
    """Saved from a committee system: layout tables round the plan, colour alone is the status."""
    fills = {"completed": BLUE, "delayed": RED, "not_started": None}
    by_rag = {"green": GREEN, "amber": AMBER, "blue": BLUE, "red": RED}
    done = {"blue": "100%", "green": "60%", "amber": "35%", "red": "10%", None: "0%"}
    rows = [
        [
            cell("Rec.", bold=True),
            cell("Recommendation of the Commission", bold=True),
            cell("What we will do", bold=True),
            cell("Responsible officer", bold=True),
            cell("When", bold=True),
            cell("RAG", bold=True),
            cell("% complete", bold=True),
        ]
    ]
    last = None
    for item in SALTBY["recommendations"]:
        if item["theme"] != last:
            last = item["theme"]
            rows.append([cell(last.upper(), cols=7, fill="EEEEEE", bold=True)])
        height = len(item["actions"])
        for i, action in enumerate(item["actions"]):
            colour = by_rag.get(action["rag"]) or fills[action["status"]]
            first = [cell(item["number"], rows=height), cell(item["text"], rows=height)]
            rows.append(
                [
                    *(first if i == 0 else []),
                    action["text"],
                    " / ".join(action["leads"]),
                    " ".join(claim["raw"] for claim in action["timescales"]),
                    cell("", fill=colour),
                    done[action["rag"]],
                ]
            )
    key = html_table(
        [
            [cell("", fill=BLUE), "Completed"],
            [cell("", fill=GREEN), "On track"],
            [cell("", fill=AMBER), "Some concern, action being taken"],
            [cell("", fill=RED), "Behind"],
            ["", "Not yet started"],
        ],
        'border="1" width="30%"',
    )
    phases = html_table(
        [
            ["Phase 1", "by the end of September 2023"],
            ["Phase 2", "by the end of March 2024"],
            ["Phase 3", "by the end of March 2025"],
        ],
        'border="0"',
    )
    members = html_table(
        [
            head("Councillor", "Present"),
            ["Chair", "Present"],
            ["Vice-Chair", "Apologies"],
        ]
    )
    text = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html lang="en"><head><meta charset="utf-8">
<title>Agenda item - Race Equality Commission: action tracker - Saltby City Council</title></head>
<body><a name="top"></a>
<table class="mgOuter" width="100%" cellspacing="0" cellpadding="0"><tr>
<td width="20%" valign="top"><table class="mgNav"><tr><td><a href="#">Home</a></td></tr>
<tr><td><a href="#">Calendar of meetings</a></td></tr>
<tr><td><a href="#">Request a deputation</a></td></tr></table></td>
<td valign="top"><table class="mgMain"><tr><td>
<h1>Agenda item</h1><h2>Saltby City Council: Race Equality Commission action tracker</h2>
<table class="mgInfo"><tr><td>Meeting:</td><td>21/02/2024 Overview and Scrutiny Committee</td></tr>
<tr><td>Item:</td><td>47</td></tr></table>
<h3>Minutes:</h3><p>Apologies were received from two members. The Committee considered the
tracker, which gives the position at 21 February 2024.</p>
{members}
<p>Actions are timed by phase:</p>{phases}
<p>Key</p>{key}
<table width="100%" cellpadding="4"><tr><td>{html_table(rows, 'border="1" class="tracker"')}</td></tr>
</table>
<p><b>RESOLVED</b> that the tracker be noted and that recommendation 3 come back in six months.</p>
</td></tr></table></td></tr></table>
<div class="mgFooter">Saltby City Council, {html.escape("Guildhall & Library Square")}</div>
</body></html>
"""
    path.write_text(text, encoding="utf-8")
