"""What a reader wants first: what this is, what is to be decided, and the whole in figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldenthread.documents.paper.sheet import Block, Bullets, Run, Runs, Words, paragraphs, plain
from goldenthread.documents.paper.telling import NO_PAPER, Telling, day, joint
from goldenthread.plan.edition import Span, quarter, span_words
from goldenthread.plan.paper import Area, Paper, since_headline


def about(telling: Telling) -> Iterable[Block]:
    """Who reports to whom, on what day, for what."""
    named = words_of(telling.paper)
    speaks = f"{named['as at']}, {named['quarter']}"
    for label, words in (
        ("Report to", foot_of(telling.paper)),
        ("Report of", named["author"]),
        ("Lead member", named["lead member"]),
        ("Contact", named["contact"]),
        ("Purpose", named["purpose"]),
        ("Wards", named["wards"]),
        ("Figures as at", speaks),
        ("Written", named["date"]),
    ):
        if words:
            yield Words((Run(f"{label}: ", "strong"), Run(words)))


def decisions(telling: Telling) -> Iterable[Block]:
    """What the committee is asked to decide, numbered."""
    if not telling.paper.decisions:
        yield Words(plain("This report is for information. No decision is asked for."))
        return
    yield Words(plain("The committee is asked to:"), with_next=True)
    yield Bullets(tuple(plain(decision) for decision in telling.paper.decisions), numbered=True)


def summary(telling: Telling) -> Iterable[Block]:
    """The author's words, then the whole in figures."""
    yield from (Words(plain(line)) for line in paragraphs(telling.paper.summary))
    yield Words(_where_they_stand(telling))
    if telling.figures["should_be_done"].value:
        yield Words(_should_be_done(telling))
    if telling.facts.then is None:
        yield Words(plain(NO_PAPER))
    else:
        yield from _moved_in_figures(telling, telling.facts.then.as_at)
    if telling.found.worst is not None:
        yield Words(worst_alone(telling, telling.found.worst))
    if telling.found.asks:
        yield Words(asked_in_figures(telling))


def _where_they_stand(telling: Telling) -> Runs:
    parts: list[Run] = [
        Run("Of the "),
        telling.n("total", "action", "actions"),
        Run(f" in the plan on {day(telling.facts.as_at)}: "),
    ]
    stand = [
        ("done", "done"),
        ("on_track", "on track"),
        ("at_risk", "at risk"),
        ("late", "late"),
        ("not_due", "not due yet"),
        ("withdrawn", "withdrawn"),
    ]
    shown = [(k, w) for k, w in stand if telling.figures[k].value or k in ("done", "late")]
    for place, (key, word) in enumerate(shown):
        parts += [Run(joint(place, len(shown))), telling.n(key, word, word, lead=True)]
    return (*parts, Run("."))


def _should_be_done(telling: Telling) -> Runs:
    parts = [
        Run("Of the "),
        telling.n("should_be_done"),
        Run(" that should be finished by now, "),
        telling.n("on_time", "was on time", "were on time"),
        Run(", "),
        telling.n("done_late", "was done late", "were done late"),
    ]
    if telling.figures["given_up"].value:
        parts += [Run(", "), telling.n("given_up", "was given up", "were given up")]
    parts += [Run(" and "), telling.n("late", "is not done", "are not done"), Run(".")]
    return (*parts, Run(" Late counts from the date first promised."))


def _moved_in_figures(telling: Telling, met: date) -> Iterable[Block]:
    if not telling.found.changed:
        yield Words(
            (
                Run(f"Since you met on {day(met)} nothing has moved. That is "),
                telling.n("total", "action", "actions"),
                Run(f" and {span_words(Span(0, telling.found.changed.days))}."),
            )
        )
        return
    yield Words(plain(f"Since you met on {day(met)}:"), with_next=True)
    items: list[Runs] = [_done_since(telling)]
    for key, one, many in (
        ("newly_late", "became late", "became late"),
        ("moved", "date moved", "dates moved"),
        ("newly_at_risk", "came to be at risk", "came to be at risk"),
        ("newly_on_track", "came back on track", "came back on track"),
        ("newly_withdrawn", "was withdrawn", "were withdrawn"),
        ("added", "new action", "new actions"),
        ("gone", "action is no longer in the plan", "actions are no longer in the plan"),
        ("unheard", "action has had no update", "actions have had no update"),
        (
            "repeated",
            "was updated in the same words as before",
            "were updated in the same words as before",
        ),
        (
            "vacant",
            "has nobody in the post that answers",
            "have nobody in the post that answers",
        ),
    ):
        if telling.figures[key].value or key in ("newly_late", "moved"):
            items.append((telling.n(key, one, many),))
    yield Bullets(tuple(items))


def _done_since(telling: Telling) -> Runs:
    done = telling.n("newly_done", "action was done", "actions were done")
    if not telling.figures["newly_done"].value:
        return (done,)
    shown, bare = telling.figures["evidenced"].value, telling.figures["bare"].value
    runs = [done, Run(": ")]
    if shown:
        runs.append(telling.n("evidenced", "with evidence", "with evidence"))
    if shown and bare:
        runs.append(Run(", "))
    if bare:
        runs.append(telling.n("bare", "without evidence", "without evidence"))
    return tuple(runs)


def worst_alone(telling: Telling, area: Area) -> Runs:
    """The area that the whole hides, in a sentence."""
    return (
        Run(f"Taken alone, {area.name} stands worst: ", ""),
        telling.n("worst_late"),
        Run(" of its "),
        telling.n("worst_total", "action", "actions"),
        Run(" are late, against "),
        telling.n("late"),
        Run(" of "),
        telling.n("total"),
        Run(" in this strand." if telling.facts.strand else " in the whole plan."),
    )


def asked_in_figures(telling: Telling) -> Runs:
    """How much of what was asked is answered, in a sentence."""
    parts: list[Run] = [
        Run("Of what you asked, "),
        telling.n("answered"),
        Run(" of "),
        telling.n("asked"),
        Run(" is answered" if telling.figures["answered"].value == 1 else " are answered"),
    ]
    for key, words in (
        ("in_part", "in part"),
        ("asks_withdrawn", "withdrawn"),
        ("overdue", "not answered and past the day it was due"),
        ("open", "not answered yet"),
    ):
        if telling.figures[key].value:
            parts += [Run(", "), telling.n(key, words, words)]
    return (*parts, Run("."))


def title_of(paper: Paper) -> str:
    """The finding: the programme or plan, its strand, and what moved since the committee met."""
    finding = since_headline(paper.facts)
    edition, strand = paper.facts.now, paper.facts.strand
    finding = finding[:1].lower() + finding[1:].replace(": ", ", ", 1)
    of = f", {strand[:1].lower()}{strand[1:]}" if strand else ""
    return f"{edition.programme or edition.plan}{of}: {finding}"


def foot_of(paper: Paper) -> str:
    """What runs along the foot of each page: the item, the committee and its day."""
    facts = paper.facts
    met = f", {day(facts.meeting_on)}" if facts.meeting_on else ""
    item = f"Item {paper.item}. " if paper.item else ""
    return f"{item}{facts.committee}{met}"


def words_of(paper: Paper) -> dict[str, str]:
    """What each small mark of a template stands for; empty where nothing is known."""
    facts = paper.facts
    return {
        "title": title_of(paper),
        "body": facts.now.body,
        "committee": facts.committee,
        "meeting": day(facts.meeting_on) if facts.meeting_on else "",
        "item": paper.item,
        "purpose": "For decision" if paper.purpose == "decision" else "For information",
        "author": paper.author,
        "contact": paper.contact,
        "lead member": paper.lead_member,
        "wards": paper.wards,
        "date": day(paper.written_on),
        "as at": day(facts.as_at),
        "quarter": _quarter(facts.as_at),
        "last met": day(facts.met_on) if facts.met_on else "",
        "plan title": facts.now.plan,
    }


def _quarter(on: date) -> str:
    words = quarter(on)
    return words[:1].upper() + words[1:]
