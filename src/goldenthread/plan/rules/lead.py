"""L: who answers for an action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from goldenthread.plan.model import Action, Lead, Plan, Recommendation
from goldenthread.plan.rules.rule import Example, Found, Look, Rule
from goldenthread.plan.wording import fold


def _nobody(look: Look) -> Iterator[Found]:
    for entry in look.open_entries:
        leads = entry.action.leads
        if not leads:
            yield Found("No lead is named.", "", entry)
        elif all(lead.role == "supporting" for lead in leads):
            words = ", ".join(_printed(lead) for lead in leads)
            yield Found("Those who support are named, and nobody who answers.", words, entry)


def _printed(lead: Lead) -> str:
    """The lead as a finding may show it: never a person's name."""
    return lead.text or "a person’s name"


def _only_a_body(look: Look) -> Iterator[Found]:
    for entry in look.open_entries:
        leads = [lead for lead in entry.action.leads if lead.role == "accountable"]
        if leads and all(lead.kind == "body" for lead in leads):
            words = ", ".join(lead.text for lead in leads)
            one = "is a group" if len(leads) == 1 else "are groups"
            yield Found(f"“{words}” {one}: no one person answers for this.", words, entry)


def _overloaded(look: Look) -> Iterator[Found]:
    full = {fold(short): fold(name) for short, name in look.plan.abbreviations}
    shown: dict[str, str] = {}
    carried: dict[str, int] = defaultdict(int)
    for entry in look.open_entries:
        posts = {
            full.get(fold(lead.text), fold(lead.full or lead.text)): lead.text
            for lead in entry.action.leads
            if lead.role == "accountable" and lead.kind == "post" and lead.text
        }
        for post, text in posts.items():
            shown.setdefault(post, text)
            carried[post] += 1
    most = look.settings.most_open_actions
    for post, count in carried.items():
        if count > most:
            yield Found(f"{shown[post]} leads {count} open actions, more than {most}.", shown[post])


def _named(look: Look) -> Iterator[Found]:
    for entry in look.entries:
        for lead in entry.action.leads:
            if lead.person is None or fold(lead.text) in ("cllr", "councillor", "alderman"):
                continue  # who is elected holds a public office in their own name
            if lead.text:
                message = "A person’s name is printed beside the post."
                yield Found(message, lead.text, entry, severity="advice")
            else:
                yield Found("A person is named as lead, and no post.", "a person’s name", entry)


def _plan(*leads: Lead) -> Example:
    action = Action("Brief every recruiting manager", leads=leads)
    return Example(
        Plan(recommendations=(Recommendation("Recruit fairly", "1", actions=(action,)),))
    )


def _busy(count: int) -> Example:
    lead = Lead("Head of HR")
    actions = tuple(Action(f"Brief team {n}", leads=(lead,)) for n in range(1, count + 1))
    return Example(Plan(recommendations=(Recommendation("Brief", "1", actions=actions),)))


_HEAD = Lead("Head of HR")

RULES = (
    Rule(
        "L201",
        "No lead",
        "error",
        "What nobody leads is not done, and nobody can be asked about it.",
        "Name the one post that answers for it.",
        _plan(),
        _plan(_HEAD),
        _nobody,
        whole="open actions",
        whole_message="None of the {count} open actions has a lead.",
    ),
    Rule(
        "L202",
        "Only a group leads",
        "warning",
        "When a whole group leads, each member can think that another is doing it.",
        "Name one post in the group that answers for it; the group may stay as support.",
        _plan(Lead("Senior Leadership Team", "body")),
        _plan(_HEAD, Lead("Senior Leadership Team", "body", "supporting")),
        _only_a_body,
        whole="open actions",
        whole_message="All {count} open actions are led by groups alone: no one person answers.",
    ),
    Rule(
        "L203",
        "A lead who carries too much",
        "advice",
        "One post that leads most of a plan is where the plan stops when that person is away.",
        "Share the actions out, or say what help the lead will have.",
        _busy(11),
        _busy(10),
        _overloaded,
    ),
    Rule(
        "L204",
        "A person’s name as lead",
        "warning",
        "People move on, and a name once published is personal data that cannot be called back.",
        "Print the post. Keep the name in the council’s own directory.",
        _plan(replace(_HEAD, text="", kind="person", person="Alex Example")),
        _plan(_HEAD),
        _named,
    ),
)
