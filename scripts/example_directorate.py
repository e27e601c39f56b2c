"""The bundled edition of one directorate, Housing and Communities; all of it invented."""

# ruff: noqa: E501  (a table of sentences)

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from goldenthread.plan.edition import (
    Action,
    Answerable,
    Coming,
    Deed,
    Earlier,
    Edition,
    Evidence,
    FollowUp,
    Heard,
    Horizon,
    Lead,
    Measure,
    Milestone,
    Opinion,
    Pledge,
    Priority,
    Promise,
    Reading,
    Recovery,
    Serves,
    Signature,
    StepTaken,
    Theme,
    Update,
    Vision,
    Withdrawal,
)

D = date
DMT = D(2026, 2, 10)
Q4, Q1, Q2, MARCH = D(2026, 3, 31), D(2026, 6, 30), D(2026, 9, 30), D(2027, 3, 31)
WEB = "https://brackenford.example/race-equality/housing/"
DIRECTOR = Lead("Director of Housing and Communities", "Colette Mbeki")
TENANCY = Lead("Head of Tenancy Services")
COMMUNITIES = Lead("Head of Communities")
REPAIRS = Lead("Head of Repairs")
STAFF, SERVICES = "People who work here", "People who use services"

HEARD = (
    Heard("acting-up", "Who gets to act up", "many",
          "People learned of acting-up posts when somebody else had them. Several said that they had stopped asking."),
    Heard("panels", "Who sits across the table at interviews", "many",
          "At interviews for senior posts people met panels in which nobody looked like them, and said so only to each other."),
    Heard("abuse", "What the public says to front-line staff", "many",
          "Abuse at the counter and on the doorstep is part of the week. What hurts as much is that nothing follows a report."),
    Heard("telling-us", "Why people do not tell us their ethnicity", "some",
          "Some did not trust what it was for. Many at the depots had never been asked on paper."),
    Heard("languages", "Residents who write in another language", "few",
          "Colleagues who speak it translate letters in their breaks."),
)  # fmt: skip

SHORT, MEDIUM, LONG = "Short term", "Medium term", "Long term"
PRIORITIES = (
    Priority("1", "Acting-up offered by word of mouth", "challenging", "greatest", True,
             "It can be mended in one quarter, and people see it mended.", SHORT, MARCH, ("acting-up",)),
    Priority("2", "Who sits on our interview panels", "most", "greatest", True,
             "Everything else that we promise on careers passes through an interview.", SHORT, MARCH, ("panels",)),
    Priority("3", "Staff who have not told us their ethnicity", "less", "greatest", True,
             "Without it nobody can see whether the rest works.", SHORT, MARCH, ("telling-us",)),
    Priority("4", "Abuse of front-line staff by the public", "most", "greatest", True,
             "It was raised in more conversations than anything else, and we can act alone.", SHORT, MARCH, ("abuse",)),
    Priority("5", "Complaints answered in English only", "challenging", "some", True,
             "Fewer residents are touched than we thought, but those who are cannot complain at all.", MEDIUM, D(2028, 3, 31), ("languages",)),
    Priority("6", "Few senior posts come up", "most", "some", True,
             "We cannot make posts; we can see to it that people are ready when one comes.", LONG, D(2030, 3, 31), ("acting-up", "panels")),
    Priority("7", "Wording of our letters", "less", "little", False,
             "It matters, and the council rewrites all its letters next year. We would do it twice."),
)  # fmt: skip

PLEDGES = (
    Pledge("I will sit in on one staff network meeting each quarter and not speak first.",
           "Director of Housing and Communities", D(2026, 3, 24), "Colette Mbeki",
           follow_ups=(FollowUp(D(2026, 7, 7), "kept", "Sat in on 16 June."),)),
    Pledge("No acting-up post in my service will be filled without an advert.",
           "Head of Tenancy Services", D(2026, 3, 24),
           follow_ups=(FollowUp(D(2026, 7, 7), "kept", "Four posts, four adverts."),
                       FollowUp(D(2026, 9, 29), "kept", "Two more, both advertised."))),
    Pledge("I will meet the staff network before each budget round.", "Head of Communities",
           D(2026, 6, 8),
           follow_ups=(FollowUp(D(2026, 9, 29), "not_kept", "The July meeting did not happen. The next is on 3 November 2026."),)),
    Pledge("Nobody on our team walks away when a colleague is insulted at the counter.",
           "Area office team, Millfield", D(2026, 6, 8)),
)  # fmt: skip


def promised(due: date, *moves: Promise) -> tuple[Promise, ...]:
    """The date that the directorate gave with its plan, and its moves."""
    return (Promise(DMT, due), *moves)


def said(
    on: date,
    about: date,
    done: str,
    *shown: Evidence,
    changed: str = "",
    label: str = "Green",
    recovery: Recovery | None = None,
) -> Update:
    """An update for the quarter that ends on ``about``."""
    outlook = "on_track" if label == "Green" else "at_risk"
    return Update(on, done, changed, outlook, label, about, shown, label.lower(), recovery)  # type: ignore[arg-type]


def edition(corporate: Mapping[str, Action]) -> Edition:
    """The directorate's second edition; ``corporate`` are the body's actions by number."""

    def serves(*numbers: str) -> tuple[Serves, ...]:
        return tuple(Serves(n, corporate[n].id, plan="Race Equality Action Plan") for n in numbers)

    return Edition(
        body="Brackenford Borough Council",
        unit="Housing and Communities",
        programme="Race Equality Programme",
        plan="Housing and Communities Race Equality Plan",
        about="race equality",
        number=2,
        as_at=Q2,
        adopted=Deed("Business Manager, Housing and Communities", D(2026, 10, 14)),
        published=Deed("Head of Policy", D(2026, 10, 15)),
        decided_by="the departmental management team (DMT)",
        decided_on=DMT,
        summary="What staff of Housing and Communities told us, where we start because of it, and "
        "what has become of each promise. We serve nine of the promises that the council has made.",
        themes=(Theme("A", "Working here"), Theme("B", "Serving residents")),
        actions=(
            Action(
                "hq1acting2up", "H1", "Advertise every acting-up post in the directorate to all of its staff, also on paper at the depots",
                TENANCY, "A", short="Every acting-up post advertised", strand=STAFF,
                promises=promised(Q4), done_on=D(2026, 3, 27),
                updates=(said(D(2026, 4, 8), Q4, "Every acting-up post since 1 March has been advertised.",
                    Evidence("Register of acting-up posts", WEB + "acting-up"),
                    changed="Eleven people applied who had never applied before."),),
                serves=serves("B1", "B7"), priorities=("1",), heard=("acting-up",),
            ),
            Action(
                "hq2panels4fr", "H2", "Have a trained, mixed panel for every interview at Grade 8 and above",
                DIRECTOR, "A", short="Mixed panels from Grade 8", strand=STAFF,
                promises=promised(Q1, Promise(D(2026, 6, 24), MARCH, "", "The council’s training for panels had no places left before September.", "DMT")),
                updates=(
                    said(D(2026, 7, 9), Q1, "9 of 24 panel members trained.", label="Red",
                        recovery=Recovery("The council’s courses were full.", "Two courses of our own in September.", Q2)),
                    said(D(2026, 10, 8), Q2, "19 of 24 panel members are trained.", Evidence("Training register, summary", WEB + "panels"), label="Amber",
                        recovery=Recovery("Five people could not be released from repairs over the summer.", "They are trained in October.", D(2026, 10, 30))),
                ),
                milestones=(Milestone("12 panel members trained", (Promise(DMT, Q1), Promise(D(2026, 6, 24), D(2026, 9, 15), reason="No places before September.")), D(2026, 9, 11)),
                    Milestone("All 24 panel members trained", (Promise(DMT, D(2026, 10, 30)),))),
                measures=(Measure("Share of interview panels at Grade 8 and above in the directorate that were mixed and trained", "HM1", "%", 100.0,
                    (Reading(Q4, 22.0, of=18), Reading(Q1, 35.0, of=20), Reading(Q2, 58.0, of=19)),
                    id="hm1panelsfr2", quantity="share", places=0, better="higher", counts="things", source="The panel log of Human Resources",
                    owner="Business Manager, Housing and Communities", months=3),),
                serves=serves("B4"), priorities=("2", "6"), heard=("panels",),
                next_step="Five more people trained, so that every panel can be mixed",
            ),
            Action(
                "hq3forms9dpt", "H3", "Bring paper forms, and somebody to explain them, to every depot and area office",
                TENANCY, "A", short="Paper forms at every depot and office", strand=STAFF,
                promises=promised(MARCH),
                updates=(said(D(2026, 10, 8), Q2, "Both depots and three of five area offices visited."),),
                serves=serves("E4"), priorities=("3",), heard=("telling-us",),
            ),
            Action(
                "hq4induct3nw", "H4", "Give everyone who starts here an induction that says what to do about racism, in their first month",
                COMMUNITIES, "A", short="Induction in the first month", strand=STAFF,
                promises=promised(D(2026, 12, 31)),
                updates=(said(D(2026, 7, 8), Q1, "Being written with the staff network."), said(D(2026, 10, 7), Q2, "Being written with the staff network.")),
                serves=serves("C4"), priorities=("4",),
            ),
            Action(
                "hq5abuse7frt", "H5", "Have a manager ring everyone who reports abuse by the public within one working day",
                DIRECTOR, "A", short="A call within a day after abuse", strand=STAFF,
                promises=promised(D(2027, 1, 31)),
                updates=(said(D(2026, 10, 8), Q2, "In use in the area offices since 1 September. The depots follow in November.", changed="Everyone who reported in September was rung the same or the next day."),),
                serves=serves("D4"), priorities=("4",), heard=("abuse",),
            ),
            Action(
                "hq6letters8c", "H6", "Answer a complaint in the language in which it was made",
                COMMUNITIES, "B", short="Complaints answered in their own language", strand=SERVICES,
                promises=promised(D(2027, 9, 30)), starts_on=D(2027, 1, 4),
                priorities=("5",), heard=("languages",),
            ),
            Action(
                "hq7aware2off", "H7", "Hold an awareness day in each area office",
                COMMUNITIES, "A", short="Awareness days", strand=STAFF,
                promises=promised(Q1),
                withdrawn=Withdrawal(D(2026, 6, 9), "Staff told us that a day changes nothing. The money goes to H5."),
                priorities=("4",),
            ),
            Action(
                "hq8ready5snr", "H8", "Offer six people in Grades 6 to 9 a year of sponsorship",
                DIRECTOR, "A", short="Six sponsorship places", strand=STAFF,
                promises=promised(D(2027, 9, 30)), starts_on=D(2027, 1, 4),
                serves=serves("B6"), priorities=("6",), heard=("acting-up",),
            ),
            Action(
                "hq9lettng4pl", "H9", "Check with residents whether the lettings policy treats all of them alike, and publish what we find",
                TENANCY, "B", short="A check of the lettings policy", strand=SERVICES,
                promises=promised(Q1),
                updates=(said(D(2026, 7, 9), Q1, "Residents’ panel being recruited.", label="Red",
                    recovery=Recovery("Nobody had been asked to join the panel.", "The tenants’ federation names six people.", D(2026, 9, 11))),),
                serves=serves("D5"),
            ),
            Action(
                "hq10voice6in", "H10", "Put an interpreter on the telephone within five minutes at every counter",
                REPAIRS, "B", short="An interpreter within five minutes", strand=SERVICES,
                promises=promised(D(2026, 12, 31)),
                updates=(said(D(2026, 10, 6), Q2, "Contract let. Two counters are connected."),),
                priorities=("5",), heard=("languages",),
            ),
            Action(
                "hq11object3v", "H11", "Give every manager an equality objective that their team helped to write",
                DIRECTOR, "A", short="An equality objective for every manager", strand=STAFF,
                promises=promised(Q4), done_on=D(2026, 3, 31),
                updates=(said(D(2026, 4, 9), Q4, "Every manager has one.", Evidence("Business Manager’s note to DMT", WEB + "objectives")),),
                serves=serves("C3"),
            ),
        ),
        answerable=(
            Answerable("Director of Housing and Communities", "answers for this plan to the Chief Executive", "Colette Mbeki", part="strategic_lead"),
            Answerable("Business Manager, Housing and Communities", "runs it from day to day", part="operational_lead"),
        ),
        horizons=(Horizon(SHORT, MARCH), Horizon(MEDIUM, D(2028, 3, 31)), Horizon(LONG, D(2030, 3, 31))),
        coming=(Coming(D(2026, 12, 15), "The departmental management team (DMT) reviews this plan"),),
        earlier=(Earlier(1, Q1, D(2026, 7, 20)),),
        contact="Housing and Communities, 01632 960 177",
        licence="Free to reuse under the Open Government Licence v3.0, except where we say so.",
        vision=Vision(
            "Every tenant and every colleague is met with the same respect, and anyone who works here can say what it would take to get the job above theirs.",
            (Signature("Director of Housing and Communities", D(2026, 3, 24), "Colette Mbeki"), Signature("Head of Tenancy Services", D(2026, 3, 24)), Signature("Head of Communities", D(2026, 3, 24))),
            D(2027, 9, 30),
            (
                Opinion("supports", "Race Equality Staff Network", D(2026, 3, 10), "It says what we asked it to say: respect, and a way up."),
                Opinion("supports_with_objections", "Staff side, Joint Consultative Committee", D(2026, 3, 12), "We support the words. A vision that names no number cannot be missed, and we said so."),
            ),
        ),
        heard=HEARD,
        priorities=PRIORITIES,
        pledges=PLEDGES,
        steps=(
            StepTaken("Listen", done=True), StepTaken("Look at the figures", done=True), StepTaken("Choose priorities", done=True),
            StepTaken("Set the vision", done=True), StepTaken("Define measures", done=True), StepTaken("Review"),
        ),
    )  # fmt: skip
