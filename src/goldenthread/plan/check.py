"""A linter for action plans: what a councillor would ask, asked before the meeting.

The rules are in ``rules``, each with its sentences beside it. Here they are chosen and run, and
what they find is put in order: one finding for one cause, even where several actions of a
recommendation share it, and one line where the whole plan does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goldenthread.errors import Place
from goldenthread.plan.model import Plan
from goldenthread.plan.rules import RULES, CheckSettings, Example, Finding, Found, Look, Rule
from goldenthread.timescale import Timescale

# Fewer actions than this are named one by one, even when a finding is true of all.
_WHOLE_PLAN = 3
_THE_PLAN = "the whole plan"


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules whose code begins with one of ``select`` (all when empty), less those ignored.

    Raises ``ValueError`` for a beginning that no rule has, because a slip in a code would
    otherwise look like a clean plan.

    >>> [rule.code for rule in chosen(select=["T30"], ignore=["T302", "T303"])]
    ['T301', 'T304', 'T305', 'T306', 'T307']
    """
    for start in (*select, *ignore):
        if not start or not any(rule.code.startswith(start.upper()) for rule in RULES):
            codes = f"{RULES[0].code} to {RULES[-1].code}"
            raise ValueError(f"No rule’s code begins with “{start}”. The codes run from {codes}.")
    wanted = tuple(start.upper() for start in select) or ("",)
    unwanted = tuple(start.upper() for start in ignore)
    return tuple(
        rule
        for rule in RULES
        if rule.code.startswith(wanted) and not (unwanted and rule.code.startswith(unwanted))
    )


def check(
    plan: Plan,
    as_at: date | None = None,
    before: Plan | None = None,
    settings: CheckSettings | None = None,
) -> tuple[Finding, ...]:
    """Everything in the plan that a reader would stumble over, in the plan's order.

    Shape: findings of the whole plan first, then recommendation by recommendation. ``as_at`` is
    the day on which lateness is judged; without it nothing is late. ``before`` is the last plan;
    without it nothing can be unchanged. Missing: an empty plan gives no findings. The same plan
    gives the same findings, whatever day it is run on.

    >>> from goldenthread.plan import Action, Lead, Plan, Recommendation
    >>> action = Action("Brief all managers", leads=(Lead("Head of HR"),))
    >>> plan = Plan(recommendations=(Recommendation("Train managers", "1", actions=(action,)),))
    >>> [f"{f.code} {f.subject}: {f.message}" for f in check(plan, settings=CheckSettings(select=("T",)))]
    ['T301 recommendation 1, action 1: No timescale is given.']
    """  # noqa: E501
    settings = settings or CheckSettings()
    look = Look(plan, as_at, before, settings)
    placed: list[tuple[tuple[int, int, str, int], Finding]] = []
    for rule in chosen(settings.select, settings.ignore):
        found = list(rule.find(look))
        placed += _findings(rule, found, look, order=len(placed))
    return tuple(finding for _, finding in sorted(placed, key=lambda pair: pair[0]))


def _findings(
    rule: Rule, found: list[Found], look: Look, order: int
) -> list[tuple[tuple[int, int, str, int], Finding]]:
    """The findings of one rule with the key that puts them in the plan's order."""
    if rule.whole is not None:
        count = {
            "actions": len(look.entries),
            "open actions": len(look.open_entries),
            "recommendations": len(look.plan.recommendations),
        }[rule.whole]
        concerned = {(f.entry.rec, f.entry.act) if f.entry else (f.rec, -1) for f in found}
        if len(concerned) == count >= _WHOLE_PLAN:
            message = rule.whole_message.format(count=count)
            words = found[0].words if len({f.words for f in found}) == 1 else ""
            return [((-1, -1, rule.code, order), _finding(rule, Found(message, words), [], look))]
    groups: dict[tuple[int, str, str], list[Found]] = {}
    for f in found:
        rec = f.entry.rec if f.entry else -1 if f.rec is None else f.rec
        groups.setdefault((rec, f.words, f.message), []).append(f)
    placed = []
    for number, ((rec, _, _), same) in enumerate(groups.items()):
        acts = sorted({f.entry.act for f in same if f.entry})
        key = (rec, acts[0] if acts else -1, rule.code, order + number)
        placed.append((key, _finding(rule, same[0], acts, look)))
    return placed


def _finding(rule: Rule, found: Found, acts: list[int], look: Look) -> Finding:
    place, subject = _where(found, acts, look)
    return Finding(
        code=rule.code,
        severity=found.severity or rule.severity,
        place=place,
        subject=subject,
        words=found.words,
        message=found.message,
        why=rule.why,
        mend=rule.mend,
    )


def _where(found: Found, acts: list[int], look: Look) -> tuple[Place, str]:
    """The place in the file, and the recommendation and actions as the plan numbers them."""
    r = found.entry.rec if found.entry else found.rec
    if r is None:
        return Place(), _THE_PLAN
    rec = look.plan.recommendations[r]
    name = f"recommendation {rec.number or f'{r + 1} (not numbered)'}"
    if not found.entry:
        return rec.place, name
    actions = [rec.actions[act] for act in acts]
    labels = [action.number or str(act + 1) for action, act in zip(actions, acts, strict=True)]
    place = actions[0].place or rec.place
    if len(labels) == 1:
        return place, f"{name}, action {labels[0]}"
    return place, f"{name}, actions {', '.join(labels[:-1])} and {labels[-1]}"


# --- the reference page ---------------------------------------------------------------------------

_GROUPS = {
    "R": "Recommendations and how actions are set out",
    "L": "Leads",
    "T": "Timescales",
    "S": "Status",
    "M": "Measures",
    "W": "Words meant for the public",
}
_SEVERITIES = {
    "error": "Error: the public could not hold anyone to this.",
    "warning": "Warning: likely to be asked about.",
    "advice": "Advice: worth a look.",
}


def rules_reference() -> str:
    """The reference page of every rule, in Markdown, made from the rules themselves.

    >>> rules_reference().splitlines()[0]
    '# The rules of the checks'
    """
    lines = [
        "# The rules of the checks",
        "",
        "This page is made from the code (`goldenthread.plan.rules_reference`); do not edit it by",
        "hand. `../explanation/checks.md` says how to read the findings.",
        "",
    ]
    lines += [f"- {sentence}" for sentence in _SEVERITIES.values()]
    for letter, title in _GROUPS.items():
        lines += ["", f"## {title}"]
        for rule in RULES:
            if rule.code.startswith(letter):
                lines += _section(rule)
    return "\n".join(lines) + "\n"


def _section(rule: Rule) -> list[str]:
    (finding, *_) = check(
        rule.before.plan,
        rule.before.as_at,
        rule.before.before,
        CheckSettings(select=(rule.code,)),
    )
    return [
        "",
        f"### {rule.code} {rule.name}",
        "",
        f"{rule.severity.capitalize()}. {rule.why}",
        "",
        f"**How to mend it.** {rule.mend}",
        "",
        "Before:",
        "",
        *_drawn(rule.before),
        "",
        f"> {rule.code} {finding.subject}: {finding.message}",
        "",
        "After:",
        "",
        *_drawn(rule.after),
    ]


def _drawn(example: Example) -> list[str]:
    """The example's plan as a table, with only the columns that it uses, long plans cut."""
    rows = [
        (
            rec.number or "",
            rec.text,
            action.text if action else f"see No. {rec.see[0]}" if rec.see else "",
            "; ".join(lead.text or "(a person’s name)" for lead in action.leads) if action else "",
            "; ".join(dict.fromkeys(_said(t) for t in action.timescales)) if action else "",
            "; ".join(measure.text for measure in action.measures) if action else "",
            (action.status_text or (action.status or "").replace("_", " ")) if action else "",
            "; ".join(update.text for update in action.updates) if action else "",
        )
        for rec in example.plan.recommendations
        for action in (rec.actions or (None,))
    ]
    heads = ("No.", "Recommendation", "Action", "Lead", "Timescale", "Measure", "Status", "Update")
    keep = [c for c in range(len(heads)) if c < 3 or any(row[c] for row in rows)]
    shown = rows if len(rows) <= 4 else [*rows[:2], ("…",) * len(heads), rows[-1]]
    table = [[heads[c] for c in keep], ["---"] * len(keep)]
    table += [[row[c] for c in keep] for row in shown]
    lines = ["| " + " | ".join(row) + " |" for row in table]
    if example.as_at:
        lines += ["", f"Looked at on {example.as_at.day} {example.as_at:%B %Y}."]
    if example.before:
        lines += ["", "The last plan said: " + "; ".join(a.text for a in example.before.actions)]
    return lines


def _said(timescale: Timescale) -> str:
    return timescale.raw
