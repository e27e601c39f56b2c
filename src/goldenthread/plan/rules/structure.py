"""R: recommendations and how their actions are set out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from goldenthread.plan.compare import compare
from goldenthread.plan.model import Action, Plan, Recommendation
from goldenthread.plan.rules.rule import Example, Found, Look, Rule
from goldenthread.plan.wording import key_words, word_set

# Words by which plans begin what they will do.
_VERBS = word_set("""
    agree analyse announce appoint arrange ask assess audit brief build buy carry challenge
    circulate collect commission communicate complete conduct consult create define deliver
    design develop devise embed encourage engage ensure establish evaluate examine explore fund
    give hold identify implement improve include increase introduce invite launch make map mark
    meet monitor offer organise pilot plan prepare procure produce promote provide publicise
    publish put raise recruit refresh record report require respond review revise rewrite run
    set share sign survey test tell track train translate undertake update use work write
""")

# Words by which the second half of a sentence speaks of the first: still one action.
_SAME_THING = word_set("""
    it its them their this these those that on to how what who whether any each results result
    findings outcome outcomes progress
""")

# Verbs with which a later part spells out the one before it.
_ELABORATING = word_set("ensure include use make work set put mark give ask offer plan record")


def _without_action(look: Look) -> Iterator[Found]:
    for r, rec in enumerate(look.plan.recommendations):
        answered = rec.response is not None and rec.response.position == "not_accepted"
        if rec.actions or rec.see or answered or rec.status in ("completed", "withdrawn"):
            continue
        yield Found("No action answers this recommendation.", rec.text, rec=r)


def _twice(look: Look) -> Iterator[Found]:
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, entry in enumerate(look.entries):
        key = key_words(entry.action.text)
        if len(key) >= 3 and not entry.action.see:
            seen[key].append(i)
    for places in seen.values():
        first = look.entries[places[0]]
        for i in places[1:]:
            entry = look.entries[i]
            themes = (first.recommendation.theme, entry.recommendation.theme)
            if all(themes) and themes[0] != themes[1]:
                continue  # two directorates may each promise the same
            where = _name(look, first.rec, first.label)
            yield Found(f"The same action stands at {where}.", entry.action.text, entry)


def _name(look: Look, rec: int, label: str) -> str:
    number = look.plan.recommendations[rec].number
    return f"recommendation {number or rec + 1}, action {label}"


def _deeds(text: str, parted_by: str) -> int:
    """How many parts of a text say that something of their own will be done."""
    count = 0
    for part in re.split(parted_by, text):
        words = re.findall(r"[\w’'-]+", part.lower())
        words = words[1:] if words[:1] == ["to"] else words
        if len(words) > 1 and words[0] in _VERBS and words[1] not in _SAME_THING:
            count += not (count and words[0] in _ELABORATING)
    return count


def _several(look: Look) -> Iterator[Found]:
    for entry in look.open_entries:
        text = entry.action.text
        if ":" in text:
            continue  # what a list spells out is one action
        # Two verbs joined by "and" are most often one deed; two sentences are not.
        sentences = _deeds(text, r"[.;]\s+|\n")
        clauses = _deeds(text, r"[.;]\s+|\n|,\s+(?:and\s+)?|\s+(?:and|then)\s+")
        count = max(sentences if sentences >= 2 else 0, clauses if clauses >= 3 else 0)
        if count:
            yield Found(f"This reads as {count} actions in one.", text, entry)


def _unchanged(look: Look) -> Iterator[Found]:
    if look.before is None:
        return
    unchanged = compare(look.before, look.plan).unchanged
    same = {(pair.after.rec, pair.after.act) for pair in unchanged}
    for entry in look.open_entries:
        if (entry.rec, entry.act) in same:
            yield Found(
                "Nothing about this action has changed since the last plan: not its words, date, "
                "status or updates.",
                entry.action.text,
                entry,
            )


def _number_twice(look: Look) -> Iterator[Found]:
    seen: set[tuple[str | None, str]] = set()
    for r, rec in enumerate(look.plan.recommendations):
        if not rec.number:
            continue
        if (rec.theme, rec.number) in seen:
            yield Found(
                f"The number {rec.number} is used for two recommendations.",
                rec.text,
                rec=r,
            )
        seen.add((rec.theme, rec.number))


def _plan(*recommendations: Recommendation) -> Plan:
    return Plan(recommendations=recommendations)


_TRAIN = Recommendation("Train those who recruit", "1")
_BRIEF = Action("Brief every recruiting manager on fair shortlisting")
_JOINED = Action(
    "Rewrite the recruitment toolkit, train every recruiting manager and publish the shortlisting "
    "figures each quarter"
)

RULES = (
    Rule(
        "R101",
        "Recommendation without an action",
        "error",
        "A recommendation that no action answers is a promise that nobody has to keep.",
        "Add an action, point to the one that answers it, or say that it is not accepted and why.",
        Example(_plan(_TRAIN)),
        Example(_plan(Recommendation("Train those who recruit", "1", actions=(_BRIEF,)))),
        _without_action,
        whole="recommendations",
        whole_message="None of the {count} recommendations has an action.",
    ),
    Rule(
        "R102",
        "The same action twice",
        "warning",
        "An action that stands twice is counted twice, and each lead may think the other does it.",
        "Keep it once and write “see No. …” at the other place.",
        Example(
            _plan(
                Recommendation("Train those who recruit", "1", actions=(_BRIEF,)),
                Recommendation("Shortlist fairly", "2", actions=(_BRIEF,)),
            )
        ),
        Example(
            _plan(
                Recommendation("Train those who recruit", "1", actions=(_BRIEF,)),
                Recommendation("Shortlist fairly", "2", see=("1",)),
            )
        ),
        _twice,
    ),
    Rule(
        "R103",
        "Several actions in one",
        "advice",
        "When three things share one line, one date and one lead, nobody can tell which is late.",
        "Give each its own line, lead and date.",
        Example(_plan(Recommendation("Recruit fairly", "1", actions=(_JOINED,)))),
        Example(
            _plan(
                Recommendation(
                    "Recruit fairly",
                    "1",
                    actions=(
                        Action("Rewrite the recruitment toolkit"),
                        Action("Train every recruiting manager"),
                        Action("Publish the shortlisting figures each quarter"),
                    ),
                )
            )
        ),
        _several,
    ),
    Rule(
        "R104",
        "Nothing has changed since last time",
        "advice",
        "Councillors who read the same words at every meeting cannot tell if anything is done.",
        "Say what has been done since the last report, or what stands in the way.",
        Example(
            _plan(Recommendation("Train those who recruit", "1", actions=(_BRIEF,))),
            before=_plan(Recommendation("Train those who recruit", "1", actions=(_BRIEF,))),
        ),
        Example(
            _plan(
                Recommendation(
                    "Train those who recruit",
                    "1",
                    actions=(
                        replace(_BRIEF, status="in_progress", status_text="60 of 90 briefed"),
                    ),
                )
            ),
            before=_plan(Recommendation("Train those who recruit", "1", actions=(_BRIEF,))),
        ),
        _unchanged,
        whole="open actions",
        whole_message="Nothing has changed in any of the {count} open actions since the last plan.",
    ),
    Rule(
        "R105",
        "A number used twice",
        "warning",
        "Minutes and replies name recommendations by number, so each needs its own.",
        "Number the recommendations afresh.",
        Example(_plan(_TRAIN, Recommendation("Shortlist fairly", "1"))),
        Example(_plan(_TRAIN, Recommendation("Shortlist fairly", "2"))),
        _number_twice,
    ),
)
