"""What must go from words of a planning before anybody outside may read them.

Themes have a rule of their own (``plan.heard.faults``). This is for all that is published beside
them: reasons, visions, pledges, a closing, and what bodies say of these or of the plan. It is
asked when words are kept, and again when an edition is made, since a session may be entered, and
an account opened, after the words were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.plan.edition import Edition, Stance
from goldenthread.plan.heard import SessionFacts, betraying, naming
from goldenthread.web.models import Person, Plan, Planning, SessionSaid, Unit


def known_names() -> list[str]:
    """The names that no note may hold because the site knows whose they are."""
    return list(Person.objects.values_list("name", flat=True))


@dataclass(frozen=True)
class Outgoing:
    """The sessions that words may not tell of, and the people whom they may not name."""

    sessions: tuple[SessionFacts, ...]
    people: tuple[str, ...]

    @classmethod
    def of(cls, of: Planning | Unit) -> Outgoing:
        """What the words of a planning may not tell, or those of the whole body; two queries.

        Every session of the directorate counts, of this year and of those before, and all that was
        ever said of it. For the body those of every directorate do.
        """
        said = SessionSaid.objects.all()
        if isinstance(of, Planning):
            said = said.filter(session__planning__unit=of.unit_id)
        facts = said.order_by().values_list("place", "on", "came").distinct()
        return cls(tuple(SessionFacts(*one) for one in facts), tuple(known_names()))

    @classmethod
    def of_plan(cls, plan: Plan) -> Outgoing:
        """The same for what is published with a plan: a directorate's, or one of the whole body."""
        planning = plan.plannings.order_by("-begins", "-pk").first()
        return cls.of(planning or plan.unit)

    def faults(self, text: str, *, any_name: bool = False) -> str:
        """What must go from words, in sentences; empty where nothing must.

        ``any_name`` finds besides what only looks like somebody's name (``plan.heard.naming``).
        """
        found = betraying(text, sessions=self.sessions, people=self.people)
        if any_name:
            found = (*naming(text, people=self.people), *found)
        return " ".join(dict.fromkeys(found))

    def needs(self, *, any_name: bool = False, **said: str) -> dict[str, str]:
        """The same for the words of several fields, by their names, as ``Missing`` takes them."""
        found = {field: self.faults(text, any_name=any_name) for field, text in said.items()}
        return {field: sentences for field, sentences in found.items() if sentences}

    def told_by(self, edition: Edition) -> tuple[str, ...]:
        """What must go from an edition's words beside its themes: where they stand, and why."""
        found = ((where, self.faults(text)) for where, text in _words(edition) if text)
        return tuple(f"{where}: {sentences}" for where, sentences in found if sentences)


def _words(edition: Edition) -> Iterator[tuple[str, str]]:
    """What people wrote, or bodies say, beside actions and themes, each with where it stands."""
    for one in edition.priorities:
        yield f"Priority {one.number}, its name", one.title
        yield f"Priority {one.number}, its reason", one.reason
        yield f"Priority {one.number}, its horizon", one.horizon
    if edition.vision is not None:
        yield "The vision", edition.vision.words
        for said in edition.vision.opinions:
            yield f"What {said.body} says of the vision", said.words
    for place, pledge in enumerate(edition.pledges, 1):
        yield f"Pledge {place}, by {pledge.made_by}", pledge.words
        for told in pledge.follow_ups:
            yield f"Pledge {place}, what became of it", told.words
    closing = edition.closing
    if closing is not None:
        yield "The review, what changed for staff", closing.changed_for_staff
        yield "The review, what changed for residents", closing.changed_for_residents
        yield "The review, what was learnt", closing.learnt
        yield "The closing statement", closing.statement
        for said in closing.opinions:
            yield f"What {said.body} says of the review", said.words
        for place, claim in enumerate(closing.claims, 1):
            yield f"Claim {place} of the review", claim.words
            for shown in claim.evidence:
                yield f"Claim {place} of the review, its evidence", shown.title
    for stance in edition.stances:
        yield f"What {stance.body} says of {_spoken_of(edition, stance)}", stance.words


def _spoken_of(edition: Edition, stance: Stance) -> str:
    """What a body speaks of, by the number under which the edition has it."""
    action = edition.action(stance.action) if stance.action else None
    if action is not None:
        return f"action {action.number}"
    return f"recommendation {stance.recommendation}" if stance.recommendation else "the plan"
