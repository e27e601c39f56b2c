"""A frozen paper told: its sections in the order that a template asks for, and its small marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from goldenthread.documents.paper import answered, appendix, moved, summary
from goldenthread.documents.paper.sheet import KEYS, Block, Key, Section, Sheet, printable
from goldenthread.documents.paper.telling import Telling
from goldenthread.plan.paper import Paper

_SECTIONS: Mapping[Key, tuple[str, Callable[[Telling], Iterable[Block]]]] = {
    "about": ("About this report", summary.about),
    "decisions": ("Decisions wanted", summary.decisions),
    "summary": ("Summary", summary.summary),
    "movements": ("What moved", moved.movements),
    "exceptions": ("What you should know", moved.exceptions),
    "reds": ("New reds and newly late, explained", moved.reds),
    "dates": ("Dates that moved", moved.dates),
    "asks": ("What you asked", answered.asks),
    "stances": ("What staff, unions and forums say", answered.stances),
    "measures": ("Measures", answered.measures),
    "implications": ("Implications", answered.implications),
    "background": ("Background papers", answered.background),
    "plan": ("Appendix A: the plan, action by action", appendix.plan),
    "sources": ("Appendix B: where the figures come from", appendix.sources),
}
_APPENDICES = ("plan", "sources")


def told(paper: Paper, order: Sequence[Key] = KEYS) -> Sheet:
    """The paper as sections in this order.

    Shape: sections that are not in ``order`` are left out. Where the appendix of sources is left
    out, no figure bears a mark, since there is nothing that it could point to.
    Raises ``ValueError`` for a section that there is not, or one named twice.
    """
    if len(set(order)) != len(order) or not set(order) <= set(KEYS):
        raise ValueError("Each section stands once, and only those that there are.")
    telling = Telling(paper, marked="sources" in order)
    # The sources are told last wherever they stand: they list the marks that were used.
    made = {key: _section(telling, key) for key in sorted(order, key=lambda key: key == "sources")}
    return Sheet(
        title=summary.title_of(paper),
        foot=summary.foot_of(paper),
        words={name: printable(said) for name, said in summary.words_of(paper).items()},
        sections=tuple(made[key] for key in order),
    )


def headings() -> Mapping[Key, str]:
    """What each section is called where a template gives it no heading of its own."""
    return {key: heading for key, (heading, _) in _SECTIONS.items()}


def _section(telling: Telling, key: Key) -> Section:
    heading, tell = _SECTIONS[key]
    return Section(key, heading, tuple(tell(telling)), appendix=key in _APPENDICES)
