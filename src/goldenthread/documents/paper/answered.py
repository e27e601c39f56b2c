"""What was asked and answered, what others say, what was measured, and what it all means."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread import charts, spc
from goldenthread.documents.paper.sheet import (
    Block,
    Bullets,
    Column,
    Grid,
    Head,
    Picture,
    Run,
    Runs,
    Words,
    cell,
    paragraphs,
    plain,
    said,
)
from goldenthread.documents.paper.summary import asked_in_figures
from goldenthread.documents.paper.telling import Telling, day
from goldenthread.plan.paper import Stance

_STANCES = {
    "supports": "supports",
    "supports_with_objections": "supports, with objections,",
    "objects": "objects to",
    "no_position": "takes no position on",
}


def asks(telling: Telling) -> Iterable[Block]:
    """Each ask that was open or answered since, with its answer and state."""
    if not telling.found.asks:
        yield Words(plain("You asked for nothing that is open or was answered since you met."))
        return
    yield Words(asked_in_figures(telling), with_next=True)
    at = telling.facts.told_on
    rows = []
    for one in telling.found.asks:
        ask = one.ask
        replies = [reply for reply in ask.replies if reply.on <= at]
        last = day(replies[-1].on) if replies else ""
        due = f", due {day(ask.due)}" if ask.due else ""
        state = {
            "answered": f"Answered {last}",
            "in_part": f"Answered in part {last}",
            "withdrawn": "You asked for it no more",
            "overdue": f"Not answered{due}",
            "open": f"Not answered yet{due}",
        }[one.state]
        asked_of = f"Asked of {ask.of}" if ask.of else "Asked"
        rows.append(
            (
                cell(ask.number, names=True),
                cell(
                    *(said(line) for line in paragraphs(ask.words)),
                    f"{asked_of}, {day(ask.asked_on)}",
                ),
                cell(
                    *(said(line) for reply in replies for line in paragraphs(reply.words)),
                    *([] if replies else ["No answer yet."]),
                ),
                cell(state),
            )
        )
    yield Grid(
        "Your requests and resolutions, and the answers",
        (
            Column("No.", 8),
            Column("You asked", 36),
            Column("Answer", 36),
            Column("State", 20),
        ),
        tuple(rows),
    )


def stances(telling: Telling) -> Iterable[Block]:
    """The newest position of each union and forum, in its own words."""
    if not telling.found.stances:
        yield Words(plain("No position of a union or forum is on record."))
        return
    yield Bullets(tuple(_stance(stance) for stance in telling.found.stances))


def measures(telling: Telling) -> Iterable[Block]:
    """Each measure: what it says, its chart, its figures, and what to know about them."""
    if not telling.facts.measured:
        yield Words(plain("No measure has figures to show."))
        return
    for place, measured in enumerate(telling.facts.measured):
        series = measured.series()
        reading = spc.read(series)
        drawing = charts.control_chart(series, reading, width=charts.MIDDLE)
        mark = telling.table_mark(
            f"measure_{place}",
            series.title,
            f"{' '.join(drawing.notes)} Limits and signals: XmR chart, "
            "as Making Data Count computes it.",
        )
        yield Head(series.title)
        yield Words((Run(reading.sentence, "", mark),), with_next=True)
        yield from (Words(said(line), with_next=True) for line in paragraphs(measured.said))
        yield Picture(drawing)
        yield Grid(
            f"{series.title}: the figures",
            tuple(Column(heading, len(heading) + 8) for heading in drawing.columns),
            tuple(
                tuple(cell(words, names=not number) for number, words in enumerate(row))
                for row in drawing.rows
            ),
        )
        if measured.actions:
            yield Words(plain(f"Measures {', '.join(measured.actions)}."))
        yield from (Words(plain(note)) for note in drawing.notes)


def implications(telling: Telling) -> Iterable[Block]:
    """What the decisions mean, in the author's words; it says where there are none."""
    given = telling.paper.implications
    for label, words in (
        ("Finance", given.finance),
        ("Legal", given.legal),
        ("People", given.people),
        ("Equality", given.equality),
        ("Risk", given.risk),
    ):
        lines = paragraphs(words) or ("The author gave none.",)
        yield Words((Run(f"{label}: ", "strong"), Run(lines[0])))
        yield from (Words(plain(line)) for line in lines[1:])


def background(telling: Telling) -> Iterable[Block]:
    """The papers that were relied on."""
    if telling.paper.background:
        yield Bullets(tuple(plain(line) for line in telling.paper.background))
    else:
        yield Words(plain("None."))


def _stance(stance: Stance) -> Runs:
    about = stance.about or "the plan"
    runs: Runs = (
        Run(stance.body, "strong"),
        Run(f" {_STANCES[stance.stance]} {about} ({day(stance.on)})"),
    )
    if not stance.words.strip():
        return (*runs, Run("."))
    return (*runs, Run(": "), Run(f"“{stance.words.strip()}”", "said"))
