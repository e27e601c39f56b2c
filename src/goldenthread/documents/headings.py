"""What the headings of a plan's columns are called, and which role each one names.

The phrases are those of forty-four published plans and near variants of them. A heading can also be
a time ("Q1 Apr–Jun 2024", "Year 2"): then the table is a matrix, and the heading is the timescale
of what stands under it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from goldenthread import timescale
from goldenthread.plan.wording import fold

Role = Literal[
    "number",
    "theme",
    "recommendation",
    "rationale",
    "action",
    "lead",
    "supporting",
    "timescale",
    "revised",
    "completed",
    "start",
    "end",
    "measure",
    "status",
    "update",
    "evidence",
    "response",
    "other",
]


def _phrases(words: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in words.split(","))


# What each kind of column is called. A heading that is one of these phrases is sure; a heading
# that contains one is nearly so, and the longer and earlier phrase wins.
PHRASES: Mapping[Role, tuple[str, ...]] = {
    "number": _phrases("""
        no, number, nr, ref, ref no, reference, target reference, item, item no, action
        no, action number, action ref, rec no, recommendation no, recommendation number,
        objective no, id, indicator, wres metric, wdes metric, metric, objective number,
        objective ref, rec, sn, serial, indicator no, action id, obj no, obj ref, aim no,
        goal no, priority no, theme no, rec ref, line no, row
    """),
    "theme": _phrases("""
        theme, strand, workstream, pillar, priority area, area, category, protected
        characteristic, protected characteristics, section, work stream, domain, chapter
    """),
    "recommendation": _phrases("""
        recommendation, recommendations, original recommendation, peer team suggestion,
        objective, objectives, equality objective, objective area, aim, 5 year aim,
        goal, principle, priority, commitment, key area, action area, area for
        improvement, area specific task, item issue, issue, equalityduty, equality duty,
        what we want to achieve, what we want to do, finding, ambition, what the review
        team told us, told us, review team, what the review said, what you said, you
        said, promise, pledge, aims, goals, priorities, commitments, aims and objectives,
        strategic objective, what do we want to achieve, equality outcome, review
        recommendation, outcome we want, key objective, standard, challenge, findings,
        what are we trying to achieve, what people told us, requirement, expectation
    """),
    "rationale": _phrases("""
        rationale, issue identified, issues identified, why this is an important issue,
        why, background, reason, context, evidence base, why this matters, why are we
        doing this, why we are doing this, data, what the data tell us, source of evidence
    """),
    "action": _phrases("""
        action, actions, key action, key actions, detailed action, detailed actions,
        action required, action measure, action development, planned action, planned
        actions, steps, step, task, tasks, activity, activities, what we
        will do, what we are going to do, what will we do, how we intend to do it, how
        we will do it, how will we do it, how we will achieve, we will, what needs to be
        done, what will be done, our response, deliverable, deliverables, key outputs
        and milestones, intervention, initiative, we did, actions to be taken, proposed
        action, what are we going to do, how will we achieve, how we will get there, what
        do we need to do, specific action, specific actions, agreed action, key tasks,
        actions to address, action to be taken, work to be done, how, what
    """),
    "lead": _phrases("""
        lead, leads, lead officer, lead responsible, lead responsibility, owner, action
        owner, responsible officer, responsible, responsibility, who, who is
        responsible, who will do it, who is going to do it, by whom, whom, person
        responsible, team responsible, accountable, accountable people, accountability,
        accountable officer, action by, actionee, sponsor, officer, senior management
        responsible, lead director, directorate lead, owned by, led by, delivery lead,
        service, assigned to, implementation, lead department, lead service, lead dept
        service, responsible person, responsible lead, responsible team, responsible
        officers, responsibilities, who will lead, who leads, by who, slt lead, exec lead, executive
        lead, senior responsible officer, senior responsible owner, sro, named lead, r,
        accountable lead, directorate, department, delivered by, owners, lead person,
        ownership
    """),
    "supporting": _phrases("""
        other supporting actors, supporting, supported by, support, partners, supporting
        officers, contributors, oversight, other leads, working with, consulted, key
        partners, supporting lead, supporting leads, contributing services, with support
        from, contributor, supporting team, supporting teams
    """),
    "timescale": _phrases("""
        timescale, timescales, timeframe, time frame, timetable, timeline, timing, when,
        by when, target date, target dates, due, due date, due by, deadline, delivery
        date, completion date, date for completion, completion year, date due, date,
        dates, target, targets, milestone, milestones, complete by, target completion,
        milestone date, end of, start end date, start and end date, time scale, time
        scales, timeframes, deadlines, target completion date, planned completion date,
        expected completion date, when will it be done, when will we do it, original
        date, original target date, original deadline, original timescale, delivery
        timescale, completion, implementation date, target timescale, expected date, phase,
        horizon
    """),
    "revised": _phrases("""
        revised date, revised target date, revised deadline, revised timescale, new date,
        new target date, new deadline, forecast date, revised completion date, revised due
        date, current target date, extended date, revised timeframe, revised delivery date
    """),
    "completed": _phrases("""
        date completed, completed date, actual completion date, actual completion, actual
        date, date achieved, completed on, date closed, closed date, date of completion
    """),
    "start": _phrases("""
        start, start date, from, begins, starting, commence, commencement
    """),
    "end": _phrases("""
        end, end date, finish, to, ends, finish date, complete
    """),
    "measure": _phrases("""
        measure, measures, success measure, success measures, measure of success,
        measures of success, success criteria, success criterion, success, what success
        will look like, what success looks like, what good looks like, how we will know,
        how will we know, how we will know it worked, how we will know we have done it,
        key performance indicator, key performance indicators, performance indicator,
        performance measure, kpi, kpis, indicator measure, outcome, outcomes, expected
        outcome, expected outcomes, intended outcome, desired outcome, outcomes targets,
        impact, outputs, result, evidence of success, what will be different, what will
        change, how will we measure success, how we will measure success, success
        indicators, performance indicators, performance measures, indicators, what will
        success look like, how will success be measured, intended impact, benefit,
        benefits, what difference will it make, how progress will be measured, output,
        evidence of impact, success will look like, monitoring, success metric, success
        metrics, how we will measure it, key metrics, measures of progress
    """),
    "status": _phrases("""
        status, rag, brag, rag rating, brag rating, rag status, brag status, current
        status, rating, colour, r a g, complete y n, percent complete, delivery status,
        progress rag, % complete, % completed, action status, b r a g, complete?
    """),
    "update": _phrases("""
        update, updates, progress, progress update, latest update, position, current
        position, where we are, whats happened, what has happened, comment, comments,
        commentary, notes, progress to date, progress so far, latest, achievements,
        actions since last award, status update, action taken, actions taken, action
        taken to date, what we have done, what have we done, narrative, latest position,
        action to date, progress made, where are we now, already taken, taken to date,
        completed to date, done so far, achieved to date, already done
    """),
    "evidence": _phrases("""
        evidence, evidence of completion, proof
    """),
    "response": _phrases("""
        response, council response, high level response, management response, accepted,
        accept reject
    """),
    "other": _phrases("""
        links to strategy, resources, cost, budget, links, risk, priority h m l, review
        date, next review, resource, resource implications, equality duty aim, general
        duty aim, psed aim, duty, links to, link, priority rating, date raised, date
        added, funding, aim of the duty, general duty, equality aim
    """),
}

_EXACT = {
    fold(phrase): role
    for role, phrases in PHRASES.items()
    for phrase in phrases
    if not phrase.endswith("?")
}
_PARTED = {role: [fold(p).split() for p in phrases] for role, phrases in PHRASES.items()}
# The shortest words mean nothing in the middle of a longer heading.
_ONLY_FIRST = frozenset(("to", "from", "end", "no", "why", "r", "how", "what", "rec", "due"))
_LONGEST_HEADING = 90
_LONGEST_TIME = 60
_PARTS = re.compile(r"\s*[/&+,;()]\s*|\s+(?:and|inc\.?|incl\.?|including|with)\s+", re.IGNORECASE)
# Two fields that real plans put under one heading; the cells say which is which.
_TWO_FIELDS: frozenset[tuple[Role, Role]] = frozenset(
    {
        ("lead", "measure"),
        ("lead", "update"),
        ("lead", "timescale"),
        ("timescale", "lead"),
        ("timescale", "update"),
        ("timescale", "status"),
        ("timescale", "measure"),
        ("measure", "timescale"),
        ("measure", "lead"),
        ("status", "update"),
        ("update", "status"),
        ("update", "timescale"),
        ("status", "timescale"),
        ("supporting", "timescale"),
    }
)
_PERIOD = re.compile(r"\d|\b(?:first|second|third|one|two|three|short|medium|long|term)\b", re.I)


@lru_cache(maxsize=4096)
def heading_role(words: str) -> Role | None:
    """What a heading says its column holds; None when it says nothing that we know.

    >>> heading_role("Lead SLT Officer / Comments")
    'lead'
    >>> heading_role("Comment/Key Action")
    'action'
    >>> heading_role("Colour of the cover") is None
    False
    >>> heading_role("Telephone") is None
    True
    """
    folded = fold(words.replace("#", " number "))
    if folded in _EXACT:
        return _EXACT[folded]
    if not folded or len(folded) > _LONGEST_HEADING:
        return None
    tokens = folded.split()
    if (named := _role_of_joined(tokens)) is not None:
        return named
    best: tuple[int, Role] | None = None
    for role, phrases in _PARTED.items():
        for parts in phrases:
            position = _position(parts, tokens)
            if position is None:
                continue
            score = 10 * len(parts) - position
            if best is None or score > best[0]:
                best = (score, role)
    return best[1] if best else None


def _role_of_joined(tokens: Sequence[str]) -> Role | None:
    """The role of a heading whose words say it together, whatever each would say alone."""
    words = set(tokens)
    if len(tokens) <= 4 and words & _MOVED and words & _WHENS:
        return "revised"
    if words & {"milestone", "milestones"} and words & _DOINGS:
        return "action"
    if 1 < len(tokens) <= 3 and tokens[-1] in _LEADERS:
        return "lead"
    return None


# "Revised due", "New end date"; "Milestones and tasks"; "Strand lead", "Workstream sponsor".
_MOVED = frozenset(("revised", "amended", "rescheduled", "extended", "new"))
_WHENS = frozenset(("date", "due", "deadline", "timescale", "timeframe", "end", "finish"))
_DOINGS = frozenset(("task", "tasks", "action", "actions", "activity", "activities", "steps"))
_LEADERS = frozenset(("lead", "leads", "owner", "owners", "sponsor", "sponsors"))


def exact_role(words: str) -> Role | None:
    """The role of a heading that is one of the known phrases and nothing else.

    >>> exact_role("By when?"), exact_role("The lead said") is None
    ('timescale', True)
    """
    return _EXACT.get(fold(words.replace("#", " number ")))


def is_plainly_a_heading(words: str) -> bool:
    """Whether a heading, or a part of one that names two things, is just as plans print them.

    >>> is_plainly_a_heading("Comment/Key Action"), is_plainly_a_heading("Say who leads")
    (True, False)
    """
    return exact_role(words) is not None or any(
        exact_role(part) is not None for part in _PARTS.split(words)
    )


def second_role(words: str) -> Role | None:
    """The second field of a heading that names two, as real plans put them together.

    >>> second_role("Timescale/Progress"), second_role("Lead Dept/Service/Outcomes")
    ('update', 'measure')
    >>> second_role("Success criteria and outcomes") is None
    True
    """
    first = heading_role(words)
    if first is None:
        return None
    for part in _PARTS.split(words):
        role = exact_role(part)
        if role is not None and (first, role) in _TWO_FIELDS:
            return role
    return None


def _position(parts: Sequence[str], tokens: Sequence[str]) -> int | None:
    """Where ``parts`` stand as whole words in ``tokens``; None when they do not."""
    if len(parts) == 1 and parts[0] in _ONLY_FIRST:
        return 0 if tokens[0] == parts[0] and len(tokens) <= 2 else None
    for index in range(len(tokens) - len(parts) + 1):
        if tokens[index : index + len(parts)] == list(parts):
            return index
    return None


@lru_cache(maxsize=4096)
def is_time_heading(words: str) -> bool:
    """Whether a heading is itself a time, so that it dates whatever stands under it.

    >>> [is_time_heading(w) for w in ("Q3/4 Oct 2024 - Mar 2025", "Year 2", "INITIATION 2010")]
    [True, True, True]
    >>> [is_time_heading(w) for w in ("2024 Update", "Timescale", "May", "Action by March")]
    [False, False, False, False]
    """
    text = " ".join(words.split())
    if not text or len(text) > _LONGEST_TIME or not _PERIOD.search(text):
        return False
    if heading_role(text) not in (None, "timescale", "action", "start", "end"):
        return False
    readings = timescale.read(text)
    return all(
        reading.kind in ("date", "period", "relative", "event")
        and not any(assumption.code == "unread" for assumption in reading.assumed)
        for reading in readings
    )


def time_in_headings(upper: str, lower: str) -> str | None:
    """The time that one heading, or one over another, gives to its column.

    >>> time_in_headings("2024/25", "Q1"), time_in_headings("Timescale", "Year 1")
    ('Q1 2024/25', 'Year 1')
    """
    if lower and is_time_heading(lower):
        dated = all(reading.end is not None for reading in timescale.read(lower))
        above = upper if upper != lower and not dated and is_time_heading(upper) else ""
        return " ".join(f"{lower} {above}".split())
    if is_time_heading(upper) and heading_role(lower or "") is None:
        return " ".join(upper.split())
    return None
