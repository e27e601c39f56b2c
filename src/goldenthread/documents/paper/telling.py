"""What every section of a paper is told with: the figures with their marks, and small phrases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from goldenthread.documents.paper.sheet import Cell, Run, Runs, Words, cell
from goldenthread.plan.edition import Action, Standing, standing_words
from goldenthread.plan.edition import day as written
from goldenthread.plan.paper import Facts, Figure, Paper, Since, figures, since

NO_PAPER = "This is the first paper that the committee has had on this plan."


class Telling:
    """One paper being told: what it reckons from, and a number for each figure once it is said.

    ``used`` holds the marks by key, in the order in which they were said, each with its words;
    ``tables`` what is said of the tables whose cells one rule reckons. Where ``marked`` is false
    no figure bears a mark.
    """

    def __init__(self, paper: Paper, *, marked: bool) -> None:
        self.paper = paper
        self.facts: Facts = paper.facts
        self.found: Since = since(paper.facts)
        self.figures: Mapping[str, Figure] = figures(paper.facts, self.found)
        self.marked = marked
        self.used: dict[str, tuple[int, str]] = {}
        self.tables: dict[str, str] = {}

    def n(self, key: str, one: str = "", many: str = "", *, lead: bool = False) -> Run:
        """A figure with its noun, and the mark of where it comes from."""
        value = self.figures[key].value
        noun = one if value == 1 else many
        text = f"{value:,} {noun}".rstrip()
        return Run(text, "strong" if lead else "", self._mark(key, text))

    def table_mark(self, key: str, text: str, rule: str) -> int:
        """The mark of a table whose cells are reckoned by one rule."""
        self.tables[key] = rule
        return self._mark(key, text)

    def _mark(self, key: str, text: str) -> int:
        if not self.marked:
            return 0
        return self.used.setdefault(key, (len(self.used) + 1, text))[0]


def day(value: date) -> str:
    """A day as a council writes it, whose number stays with its month at the end of a line."""
    return written(value).replace(" ", "\u00a0", 1)


def joint(place: int, of: int) -> str:
    """What stands before the part of a list at this place."""
    return "" if place == 0 else " and " if place == of - 1 else ", "


def captioned(text: str, mark: int) -> Words:
    """The words over a table, kept with it."""
    return Words((Run(text, "strong", mark),), with_next=True)


def named_cell(action: Action) -> Cell:
    """The cell that names an action by its number and short name."""
    return cell((Run(f"{action.number} ", "strong"), Run(action.title)), names=True)


def standing_cell(stands: Standing) -> Cell:
    """The cell that says where an action stands."""
    return cell(standing_words(stands), tone=stands)


def listed(action: Action) -> Runs:
    """An action on a line, with the post that answers."""
    return (Run(f"{action.number} ", "strong"), Run(f"{unended(action.title)}. {who(action)}."))


def unended(title: str) -> str:
    """A title without its full stop."""
    return title.rstrip().rstrip(".")


def who(action: Action) -> str:
    """The post that answers."""
    return action.lead.post or "Nobody"


def day_or(value: date | None, nothing: str) -> str:
    """A day as a council writes it, or what to say where there is none."""
    return day(value) if value is not None else nothing
