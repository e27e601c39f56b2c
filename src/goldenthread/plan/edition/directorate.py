"""What a directorate says beside its actions: what it heard, chose, envisions, pledges and learnt.

People's trust has the first word here. What was heard has no place for the date, the place, the
size or the number of any session, and one-to-ones have no place at all. A pledge is made by a post
or a team. Objectives are two counts for the whole body, and only where ten or more are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from goldenthread.plan.choosing import Difference, Hardness
from goldenthread.plan.edition.evidence import Evidence

Weight = Literal["many", "some", "few"]
Kept = Literal["kept", "not_kept", "no_longer"]
Agreement = Literal["supports", "supports_with_objections", "objects", "no_position"]

# Fewer appraisals than this could be counted on the fingers of a team.
FEWEST_OBJECTIVES = 10


@dataclass(frozen=True)
class Heard:
    """A theme of what staff said, drawn from three or more sessions; it can say no more of them.

    ``code`` is how priorities and actions point to it, ``weight`` by how many it was raised, in a
    word, and ``note`` what was said, redacted before it was kept.
    """

    code: str
    name: str
    weight: Weight
    note: str = ""
    drawn_from: Literal["three_or_more_sessions"] = "three_or_more_sessions"


@dataclass(frozen=True)
class Priority:
    """An area that was weighed: how hard it is here, how much difference it would make.

    ``chosen`` is whether it was taken up, and ``reason`` why or why not. ``horizon`` is the name of
    one, with its last day ``by``. ``heard`` are the codes of the themes that it answers.
    """

    number: str
    title: str
    hardness: Hardness
    difference: Difference
    chosen: bool
    reason: str = ""
    horizon: str = ""
    by: date | None = None
    heard: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signature:
    """The post that signed, on which day; ``person`` only where the body publishes the name."""

    post: str
    on: date
    person: str = ""


@dataclass(frozen=True)
class Opinion:
    """What a union or a forum that was asked says of what it stands beside, and by its own wish.

    ``words`` are its own, word for word; the ``body`` speaks, and no person.
    """

    stance: Agreement
    body: str
    on: date
    words: str = ""


@dataclass(frozen=True)
class Vision:
    """What a directorate wants to be, word for word, as its leadership signed it.

    ``read_again_on`` is the day on which it is read again, ``opinions`` what bodies say of it.
    Raises ValueError where nobody signed.
    """

    words: str
    signed: tuple[Signature, ...]
    read_again_on: date | None = None
    opinions: tuple[Opinion, ...] = ()

    def __post_init__(self) -> None:
        if not self.signed:
            raise ValueError("A vision that nobody signed is a draft, and has no place here.")


@dataclass(frozen=True)
class FollowUp:
    """What became of a pledge, on a day that it was asked about."""

    on: date
    kept: Kept
    words: str = ""


@dataclass(frozen=True)
class Pledge:
    """What a post or a team undertakes, word for word, and how it has been kept.

    Only one that its maker wants in public is here. ``made_by`` is a post or a team; ``person`` is
    there only where the body publishes the name of whoever holds the post. Raises ValueError where
    nobody made it.
    """

    words: str
    made_by: str
    on: date
    person: str = ""
    follow_ups: tuple[FollowUp, ...] = ()

    def __post_init__(self) -> None:
        if not self.made_by.strip():
            raise ValueError("A pledge says neither which post nor which team made it.")


@dataclass(frozen=True)
class Objectives:
    """How many of the appraisals ``held`` in the whole body have an objective that serves this.

    Two counts and no more: nothing of whose they are, where, or what they say. Raises ValueError
    where fewer than ten are counted, or more have one than are counted.
    """

    serving: int
    held: int
    as_at: date

    def __post_init__(self) -> None:
        if self.held < FEWEST_OBJECTIVES:
            raise ValueError(
                f"Objectives are counted of fewer than {FEWEST_OBJECTIVES} appraisals, which could "
                "point at somebody."
            )
        if not 0 <= self.serving <= self.held:
            raise ValueError("More objectives are counted than there are appraisals, or fewer.")


@dataclass(frozen=True)
class StepTaken:
    """One of the steps of the directorate's planning, by its name, and whether it is done.

    No day and no number: a step's day would tell when people were heard.
    """

    name: str
    done: bool = False


@dataclass(frozen=True)
class Serves:
    """What an action helps to keep in the plan of the whole body, as that plan was published.

    Either the id of an ``action`` there, or the number of a ``recommendation``; ``number`` is that
    of the thing, and ``plan`` the title of the plan that it stands in. Its words are not repeated:
    they are read where they were published, so that taking them down there takes them down. Raises
    ValueError where it names neither or both.
    """

    number: str
    action: str = ""
    recommendation: str = ""
    plan: str = ""

    def __post_init__(self) -> None:
        if bool(self.action) == bool(self.recommendation):
            raise ValueError("What an action serves is one action or one recommendation.")


@dataclass(frozen=True)
class Claim:
    """Something that a closing statement says, and what shows it.

    Raises ValueError where nothing shows it.
    """

    words: str
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("A claim of a closing statement has nothing that shows it.")


@dataclass(frozen=True)
class Closing:
    """The statement with which a directorate closed its planning, signed by a post.

    What was promised, what was done, what changed for staff and for residents, what was learnt; the
    ``statement`` itself, each claim with what shows it, and what bodies say of it all.
    """

    on: date
    by: str = ""
    promised: str = ""
    done: str = ""
    changed_for_staff: str = ""
    changed_for_residents: str = ""
    learnt: str = ""
    statement: str = ""
    claims: tuple[Claim, ...] = ()
    opinions: tuple[Opinion, ...] = ()
