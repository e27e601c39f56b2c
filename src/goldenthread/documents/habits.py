"""A council's habits: what a person has confirmed of its documents, kept in the open.

A profile is a small JSON file that anyone can read and change (docs/reference/habits-json.md). It
says what the council's column headings, lead names, status words and colours mean. Reading uses it,
and says so wherever it did; a document's own key is still believed first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, get_args

from goldenthread import timescale
from goldenthread.documents.contents import is_lead
from goldenthread.documents.draft import PlanDraft
from goldenthread.documents.headings import Role, exact_role
from goldenthread.documents.keys import COLOURS, USUAL
from goldenthread.errors import Unreadable
from goldenthread.plan.leads import read_leads
from goldenthread.plan.model import LeadKind, Rag
from goldenthread.plan.wording import fold
from goldenthread.timescale import Status

SCHEMA = "goldenthread.habits/1"
LEAVE_OUT: Role = "other"

_MOST_ENTRIES = 2_000
_LONGEST = 300
_KEYS = ("columns", "leads", "statuses", "colours")
_NO_COLOUR = "none"
_ROLES, _STATUSES = get_args(Role), get_args(Status)


@dataclass(frozen=True)
class LeadHabit:
    """What a lead name means: its kind, and the full name that an abbreviation stands for."""

    kind: LeadKind
    full: str | None = None


@dataclass(frozen=True)
class Habits:
    """What has been confirmed of one council's documents.

    ``columns`` gives the role of a heading ("other" leaves the column out), ``leads`` what a name
    means, ``statuses`` the status of a printed word or mark, ``colours`` that of a colour or of
    ``none``. Names are kept as printed and compared without case and punctuation.
    """

    body: str | None = None
    columns: Mapping[str, Role] = field(default_factory=dict)
    leads: Mapping[str, LeadHabit] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    colours: Mapping[str, Status] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns or self.leads or self.statuses or self.colours)

    def column(self, heading: str) -> Role | None:
        """The confirmed role of a heading; None where nobody has said."""
        return self.roles().get(fold(heading))

    def roles(self) -> dict[str, Role]:
        """The confirmed roles by their headings without case and punctuation."""
        return {fold(words): role for words, role in self.columns.items()}

    def and_also(self, more: Habits) -> Habits:
        """These habits with more; where both speak of one thing, the later ones hold."""
        return Habits(
            more.body or self.body,
            _joined(self.columns, more.columns),
            _joined(self.leads, more.leads),
            _joined(self.statuses, more.statuses),
            _joined(self.colours, more.colours),
        )


_Meaning = TypeVar("_Meaning")


def _joined(first: Mapping[str, _Meaning], second: Mapping[str, _Meaning]) -> dict[str, _Meaning]:
    said = {fold(words) for words in second}
    return {**{w: v for w, v in first.items() if fold(w) not in said}, **second}


@dataclass(frozen=True)
class Answer:
    """What a person has said of the words of one document.

    ``about`` is column, lead, status or colour; ``meaning`` a role, a kind of lead or a status.
    """

    about: Literal["column", "lead", "status", "colour"]
    words: str
    meaning: str
    full: str | None = None


def habits_from(draft: PlanDraft, answers: Iterable[Answer]) -> Habits:
    """The additions to a profile that a person's answers about a draft propose.

    Nothing is kept that the reader knows already, that the draft does not print (for leads and
    statuses), or on which two answers disagree: those stay questions. Nothing is used before a
    person has put the proposal into the council's profile.

    Raises ``Unreadable`` for a meaning that does not exist.

    >>> from goldenthread.documents import read_plan
    >>> from goldenthread.example_data import example
    >>> draft = read_plan(example("plan.docx"))
    >>> habits_from(draft, [Answer("column", "What we promise", "action")]).columns
    {'What we promise': 'action'}
    """
    printed = _printed(draft)
    kept: dict[str, dict[str, Answer]] = {about: {} for about in get_args(_About)}
    disputed: set[tuple[str, str]] = set()
    for answer in answers:
        key = fold(answer.words)
        before = kept[answer.about].setdefault(key, answer)
        if (before.meaning, before.full) != (answer.meaning, answer.full):
            disputed.add((answer.about, key))
    plain: dict[str, Any] = {"schema": SCHEMA, **{key: {} for key in _KEYS}}
    for about, found in kept.items():
        for key, answer in found.items():
            if (about, key) in disputed or not key or _is_known(answer):
                continue
            if about in ("lead", "status") and key not in printed:
                continue
            if about == "lead":
                said = {"kind": answer.meaning} | ({"full": answer.full} if answer.full else {})
                plain["leads"][answer.words] = said
            else:
                plain[_HOME[about]][answer.words] = answer.meaning
    return habits_from_plain(plain)


_About = Literal["column", "lead", "status", "colour"]
_HOME = {"column": "columns", "status": "statuses", "colour": "colours"}


def _printed(draft: PlanDraft) -> str:
    """The draft's leads and status words, folded, to look words up in."""
    texts = []
    for action in draft.plan.actions:
        texts += [f"{lead.text} {lead.person or ''}" for lead in action.leads]
        texts.append(action.status_text or "")
        texts += [reading.raw for reading in action.timescales]
        texts += [update.text for update in action.updates]
    return " | ".join(map(fold, texts))


def _is_known(answer: Answer) -> bool:
    """Whether the reader says the same without being told."""
    if answer.about == "column":
        return exact_role(answer.words) == answer.meaning
    if answer.about == "status":
        return timescale.status_of(answer.words) == answer.meaning
    if answer.about == "colour":
        colour = COLOURS.get(fold(answer.words))
        return colour is not None and USUAL[colour] == answer.meaning
    leads = read_leads(answer.words) if is_lead(answer.words) else ()
    return answer.full is None and [lead.kind for lead in leads] == [answer.meaning]


# --- the profile as a file --------------------------------------------------------------------


def habits_from_json(words: str) -> Habits:
    """The habits that a profile's JSON says.

    Raises ``Unreadable`` where it is no profile, naming the entry that is wrong.

    >>> profile = '{"schema": "goldenthread.habits/1", "columns": {"Minder": "lead"}}'
    >>> habits_from_json(profile).column("minder")
    'lead'
    """
    try:
        plain = json.loads(words)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("This is not JSON.", do="Give a profile of habits.") from wrong
    if not isinstance(plain, dict):
        raise Unreadable("This is no profile of habits.", do=_HOW)
    return habits_from_plain(plain)


_HOW = f'A profile begins with "schema": "{SCHEMA}".'


def habits_from_plain(plain: Mapping[str, Any]) -> Habits:
    """The same for JSON that has been read."""
    if plain.get("schema") != SCHEMA:
        raise Unreadable("This is no profile of habits that we know.", do=_HOW)
    unknown = sorted(set(plain) - {"schema", "body", *_KEYS})
    if unknown:
        raise Unreadable(
            f"A profile of habits has no “{_short(unknown[0])}”.",
            do=f"It has body, {', '.join(_KEYS)}.",
        )
    body = plain.get("body")
    if body is not None and not isinstance(body, str):
        raise Unreadable("“body” must be the council's name.", do="Put it in quotation marks.")
    return Habits(
        body,
        {w: _one_of(v, "columns", w, _ROLES) for w, v in _entries(plain, "columns")},
        {w: _lead(v, w) for w, v in _entries(plain, "leads")},
        {w: _one_of(v, "statuses", w, _STATUSES) for w, v in _entries(plain, "statuses")},
        {_colour(w): _one_of(v, "colours", w, _STATUSES) for w, v in _entries(plain, "colours")},
    )


def _entries(plain: Mapping[str, Any], key: str) -> Iterable[tuple[str, Any]]:
    found = plain.get(key) or {}
    if not isinstance(found, dict):
        raise Unreadable(f"“{key}” must hold words and their meanings.", do=_HOW)
    if len(found) > _MOST_ENTRIES:
        raise Unreadable(f"“{key}” holds more than {_MOST_ENTRIES:,} entries.", do="Shorten it.")
    for words in found:
        if not fold(words) or len(words) > _LONGEST:
            raise Unreadable(
                f"“{key}” holds an entry without words, or with more than {_LONGEST} letters.",
                do="Write the words as the council prints them.",
            )
    return found.items()


def _one_of(value: Any, key: str, words: str, known: tuple[Any, ...]) -> Any:  # noqa: ANN401
    if value not in known:
        raise Unreadable(
            f"“{_short(words)}” in “{key}” has a meaning that we do not know.",
            do=f"Use one of {', '.join(map(str, known))}.",
        )
    return value


def _lead(value: Any, words: str) -> LeadHabit:  # noqa: ANN401
    said = {"kind": value} if isinstance(value, str) else value
    if not isinstance(said, dict) or set(said) - {"kind", "full"}:
        raise Unreadable(
            f"“{_short(words)}” in “leads” must say a kind, and a full name where there is one.",
            do='Write {"kind": "post", "full": "Head of Service"}.',
        )
    full = said.get("full")
    if full is not None and not isinstance(full, str):
        raise Unreadable(f"The full name of “{_short(words)}” must be words.", do=_HOW)
    return LeadHabit(_one_of(said.get("kind"), "leads", words, get_args(LeadKind)), full)


def _colour(words: str) -> str:
    folded = fold(words)
    if folded not in COLOURS and folded != _NO_COLOUR:
        raise Unreadable(
            f"“{_short(words)}” is no colour of a status.",
            do=f"Use one of {', '.join(sorted(set(get_args(Rag))))} or none.",
        )
    return folded if folded == _NO_COLOUR else COLOURS[folded]


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "…"


def habits_to_json(habits: Habits) -> str:
    """The profile as JSON to keep: sorted, one entry on a line, the same for the same habits."""
    plain: dict[str, Any] = {"schema": SCHEMA}
    if habits.body:
        plain["body"] = habits.body
    plain["columns"] = dict(sorted(habits.columns.items()))
    plain["leads"] = {
        words: {"kind": lead.kind} | ({"full": lead.full} if lead.full else {})
        for words, lead in sorted(habits.leads.items())
    }
    plain["statuses"] = dict(sorted(habits.statuses.items()))
    plain["colours"] = dict(sorted(habits.colours.items()))
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
