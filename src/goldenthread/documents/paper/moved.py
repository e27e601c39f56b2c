"""What moved, what is wrong, why, and which dates are others: the heart of a paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from goldenthread.documents.paper.sheet import (
    Block,
    Bullets,
    Cell,
    Column,
    Grid,
    Head,
    Run,
    Runs,
    Words,
    cell,
    paragraphs,
    plain,
    said,
)
from goldenthread.documents.paper.summary import worst_alone
from goldenthread.documents.paper.telling import (
    NO_PAPER,
    Telling,
    captioned,
    day,
    day_or,
    listed,
    named_cell,
    standing_cell,
    unended,
    who,
)
from goldenthread.plan.edition import (
    Action,
    first_promised,
    silent_quarters,
    slip_words,
    slipped,
    standing,
    times,
    updates,
)
from goldenthread.plan.paper import Trouble, has_evidence, said_since, slips


def movements(telling: Telling) -> Iterable[Block]:
    """The actions that stand elsewhere, with what was said since; new ones, and ones that went."""
    then = telling.facts.then
    if then is None:
        yield Words(plain(NO_PAPER))
        return
    pairs = [(name, pair) for name, held in telling.found.changed.newly for pair in held]
    if pairs:
        mark = telling.table_mark(
            "table_moved",
            "Where actions stood and stand",
            "Each row: the standing on the first day and on the second, by the rules above.",
        )
        yield captioned("Actions that stand elsewhere than when you met", mark)
        yield Grid(
            "Actions that stand elsewhere than when you met",
            (
                Column("Action", 26),
                Column(f"On {day(then.as_at)}", 15),
                Column("Now", 15),
                Column("What was said since", 44),
            ),
            tuple(
                (
                    named_cell(pair.after),
                    standing_cell(standing(pair.before, then.as_at)),
                    standing_cell(name),
                    cell(*_words_since(telling, pair.after, then.as_at)),
                )
                for name, pair in pairs
            ),
        )
    else:
        yield Words(plain("No action stands elsewhere than when you met."))
    if telling.found.changed.added:
        yield Head("New in the plan")
        yield Bullets(tuple(listed(action) for action in telling.found.changed.added))
    if telling.found.changed.gone:
        yield Head("No longer in the plan")
        yield Bullets(tuple(listed(action) for action in telling.found.changed.gone))
    handed = telling.found.changed.handed_over
    if handed:
        yield Head("Answered for by another post")
        yield Bullets(
            tuple(
                (
                    Run(f"{pair.after.number} ", "strong"),
                    Run(f"{pair.after.title}: from {who(pair.before)} to {who(pair.after)}."),
                )
                for pair in handed
            )
        )


def _words_since(telling: Telling, action: Action, then: date) -> Sequence[Runs]:
    """What was said last since a day, and how late the action is."""
    lines: list[Runs] = []
    at = telling.facts.as_at
    slip = slipped(action, at)
    if action.withdrawn is not None and standing(action, at) == "withdrawn":
        lines.append(plain(f"Withdrawn {day(action.withdrawn.on)}."))
        lines += [said(line) for line in paragraphs(action.withdrawn.reason)]
        return lines
    if action.done_on is not None and standing(action, at) == "done":
        late = f", {slip_words(slip)}" if slip else ""
        shown = "" if has_evidence(action, at) else " No evidence is held."
        lines.append(plain(f"Done {day(action.done_on)}{late}.{shown}"))
    newest = said_since(action, then, at)
    if newest:
        lines += [said(line) for line in paragraphs(newest)]
    elif not lines:
        lines.append(plain("No update since you met."))
    return lines


def exceptions(telling: Telling) -> Iterable[Block]:
    """What a reader should know before asking: each kind of trouble, and no ordinary action."""
    told_any = False
    at = telling.facts.as_at
    if telling.found.worst is not None:
        told_any = True
        yield Head("Where the whole plan looks better than a part of it")
        yield Words(worst_alone(telling, telling.found.worst), with_next=True)
        late = [a for a in telling.found.worst.actions if standing(a, at) == "late"]
        yield Bullets(tuple(listed(action) for action in late))
    kinds: tuple[tuple[str, str, Sequence[Action], Callable[[Action], str]], ...] = (
        (
            "adrift",
            "Late, and no new date",
            telling.found.adrift,
            lambda a: _adrift_words(telling, a),
        ),
        (
            "bare",
            "Said to be done, without evidence",
            [pair.after for pair in telling.found.bare],
            lambda a: f"done {day(a.done_on)}" if a.done_on else "",
        ),
        ("repeated", "The same words as last time", telling.found.repeated, lambda _: ""),
        ("unheard", "No update", telling.found.unheard, lambda a: _silence(a, at)),
        ("vacant", "Nobody in post", telling.found.vacant, _vacancy),
    )
    for key, heading, held, tell in kinds:
        if not held:
            continue
        told_any = True
        yield Head(heading)
        yield Words((telling.n(key, "action", "actions"), Run(":")), with_next=True)
        yield Bullets(tuple(_exception(telling, key, action, tell(action)) for action in held))
    if not told_any:
        yield Words(
            plain(
                "Nothing to report: no action is late without a new date, silent, repeated, "
                "without a post that answers, or done without evidence."
            )
        )


def _adrift_words(telling: Telling, action: Action) -> str:
    slip = slipped(action, telling.facts.as_at)
    first = first_promised(action, telling.facts.as_at)
    due = f"first promised {day(first)}, " if first else ""
    return f"{due}{slip_words(slip)}" if slip else ""


def _exception(telling: Telling, key: str, action: Action, more: str) -> Runs:
    tail = f": {more}." if more else "."
    runs: Runs = (Run(f"{action.number} ", "strong"), Run(f"{unended(action.title)}{tail}"))
    newest = updates(action, telling.facts.as_at)
    if key == "repeated" and newest:
        return (*runs, Run(" "), Run(f"“{newest[0].done.strip()}”", "said"))
    return runs


def reds(telling: Telling) -> Iterable[Block]:
    """Each action that became red or late: its cause, the step and the day, where there are any."""
    if not telling.found.troubled:
        yield Words(plain("No action became red or late."))
        return
    became: Runs = (
        telling.n("troubled", "action", "actions"),
        Run(" became red in the lead's own rating, or late. "),
    )
    explained: Runs = (Run("Each has its cause, step and date on record."),)
    if any(trouble.recovery is None for trouble in telling.found.troubled):
        explained = (
            Run("Of these, "),
            telling.n("unexplained", "has", "have"),
            Run(" no cause, step and date on record."),
        )
    yield Words((*became, *explained), with_next=True)
    yield Grid(
        "Why, and what is being done",
        (
            Column("Action", 26),
            Column("Cause", 29),
            Column("What is being done", 29),
            Column("By", 16),
        ),
        tuple(_red(telling, trouble) for trouble in telling.found.troubled),
    )


def _red(telling: Telling, trouble: Trouble) -> tuple[Cell, ...]:
    after, recovery = trouble.pair.after, trouble.recovery
    what = " and ".join(
        word for word, is_so in (("red", trouble.red), ("late", trouble.late)) if is_so
    )
    name = cell(
        (Run(f"{after.number} ", "strong"), Run(after.title)),
        f"{'Newly' if telling.facts.then is not None else 'Now'} {what}. {who(after)} answers.",
        names=True,
    )
    if recovery is None:
        return (
            name,
            cell("No cause has been given."),
            cell("No step has been given."),
            cell("No date"),
        )
    return (
        name,
        cell(*(said(line) for line in paragraphs(recovery.cause))),
        cell(*(said(line) for line in paragraphs(recovery.step))),
        cell(day(recovery.due)),
    )


def dates(telling: Telling) -> Iterable[Block]:
    """Each date that moved, against the first promise, with the reason as it was given."""
    if telling.facts.then is None:
        yield Words(plain(NO_PAPER))
        return
    if not telling.found.changed.moved:
        yield Words(plain("No date has moved since you met."))
        return
    mark = telling.table_mark(
        "table_dates",
        "How much later, and how often moved",
        "Each row: from the date first promised to the date promised now, or to the day it was "
        "done, to the nearest month; days where less than one. Moved: the promises after the "
        "first.",
    )
    yield captioned("Dates that moved since you met", mark)
    yield Grid(
        "Dates that moved since you met",
        (
            Column("Action, and why its date moved", 38),
            Column("First promised", 16),
            Column("When you met", 16),
            Column("Now promised", 16),
            Column("Against the first", 14),
        ),
        tuple(
            (
                cell(
                    (Run(f"{move.after.number} ", "strong"), Run(move.after.title)),
                    *(
                        [said(line) for line in paragraphs(move.reason)]
                        or [plain("No reason is on record.")]
                    ),
                    names=True,
                ),
                cell(day_or(first_promised(move.after, telling.facts.as_at), "No date")),
                cell(day_or(move.old, "No date")),
                cell(day_or(move.new, "No date")),
                cell(f"{span} later" if span else "Not later", f"Moved {times(often)}"),
            )
            for move, span, often in slips(telling.found.changed.moved, telling.facts.as_at)
        ),
    )


def _silence(action: Action, at: date) -> str:
    quarters = silent_quarters(action, at)
    if not quarters:
        return f"{who(action)} has not said anything since you met"
    long = f"{quarters} quarters" if quarters > 1 else "1 quarter"
    return f"{who(action)}, silent for {long}"


def _vacancy(action: Action) -> str:
    lead = action.lead
    if not lead.post:
        return "no post answers for it"
    since_when = f" since {day(lead.vacant_since)}" if lead.vacant_since else ""
    meanwhile = f"; {lead.meanwhile} answers meanwhile" if lead.meanwhile else ""
    return f"{lead.post}, vacant{since_when}{meanwhile}"


_STANCES = {
    "supports": "supports",
    "supports_with_objections": "supports, with objections,",
    "objects": "objects to",
    "no_position": "takes no position on",
}
