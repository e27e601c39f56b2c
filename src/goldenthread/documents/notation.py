"""How a typed value stands in the words of a cell, and back: what the fuller layout is written in.

Plain words are used wherever reading them gives the same value again. Where it would not, because
a person has settled a value against its words, the value is spelled out beside them ("Read as:
date; end 2027-03-31; precision month"), so that nothing is lost and everybody can see it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from typing import Any, Literal, TypeVar, get_args

from goldenthread import timescale
from goldenthread.documents import dates
from goldenthread.documents.lists import references
from goldenthread.plan import Lead, Plan, Response, Update
from goldenthread.plan.leads import read_leads
from goldenthread.plan.model import LeadKind, LeadRole
from goldenthread.plan.wording import NAMED_PERSON
from goldenthread.timescale import Assumption, Kind, Setting, Status, Timescale, day

# What a cell says that must say something. Nobody's plan says these.
NO_WORDS, NO_THEME = "(no words)", "(no theme)"
# Stands in the place of a lead who is known only by name, where names are left out.
NAMED = NAMED_PERSON
UNTITLED = "Untitled action plan"

STATUS_LABELS: dict[Status, str] = {
    "not_started": "Not started",
    "in_progress": "In progress",
    "completed": "Completed",
    "delayed": "Delayed",
    "on_hold": "On hold",
    "withdrawn": "Withdrawn",
}
RAG_LABELS: tuple[str, ...] = ("Red", "Amber", "Green", "Blue", "Purple", "Grey")
Position = Literal["accepted", "partly_accepted", "not_accepted"]
POSITION_LABELS: dict[Position, str] = {
    "accepted": "Accepted",
    "partly_accepted": "Partly accepted",
    "not_accepted": "Not accepted",
}
_STATUSES = {label.casefold(): status for status, label in STATUS_LABELS.items()}
_POSITIONS = {label: position for position, label in POSITION_LABELS.items()}
_MONTHS = {f"{date(2000, n, 1):%B}": n for n in range(1, 13)}
_DAY = re.compile(r"(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})")
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """What reading a plan's words again needs to know of the plan: its date, years and short forms.

    ``abbreviations`` are (short, full) pairs.
    """

    dated: date | None
    setting: Setting
    abbreviations: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, plan: Plan) -> Context:
        """The context in which a plan's own words stand."""
        opening = [plan.title] if plan.title else []
        return cls(last_day(plan.document_date), dates.find_setting(opening), plan.abbreviations)


# ---- days ----------------------------------------------------------------------------------------


def last_day(printed: str | None) -> date | None:
    """The last day of an ISO year, month or day; None where it is none of these.

    >>> last_day("2021-10"), last_day("about 2021")
    (datetime.date(2021, 10, 31), None)
    """
    match = _ISO.fullmatch(printed or "")
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or 12)
    try:
        return date(year, month, int(match[3] or monthrange(year, month)[1]))
    except ValueError:  # monthrange refuses a thirteenth month with its own kind of ValueError
        return None


def date_words(printed: str) -> str:
    """An ISO year, month or day as a council writes it; other words as they are.

    >>> date_words("2021-10-05"), date_words("2021-10"), date_words("2021")
    ('5 October 2021', 'October 2021', '2021')
    """
    at = last_day(printed)
    if at is None:
        return printed
    return {4: f"{at.year}", 7: f"{at:%B} {at.year}"}.get(len(printed), day(at))


def date_read(words: str) -> str:
    """What :func:`date_words` was given.

    >>> date_read("October 2021"), date_read("soon")
    ('2021-10', 'soon')
    """
    match = _DAY.fullmatch(words)
    if match is None or (match[1] and not match[2]):
        return words
    month = _MONTHS.get(match[2] or "")
    if match[2] and month is None:
        return words
    parts = [match[3], f"{month:02d}" if month else "", f"{int(match[1]):02d}" if match[1] else ""]
    return "-".join(part for part in parts if part)


# ---- spelling out --------------------------------------------------------------------------------


def _spell(opening: str, said: Iterable[tuple[str, str]]) -> str:
    """Named values on one line: "Read as: kind date; end 2021-10-31"."""
    parts = []
    for name, value in said:
        safe = value.replace("\\", "\\\\").replace(";", "\\,")
        parts.append(f"{name} {safe}")
    return f"{opening}: {'; '.join(parts)}"


def _spelled(opening: str, words: str) -> list[tuple[str, str]] | None:
    """The named values that :func:`_spell` wrote; None where the words are something else."""
    if not words.startswith(f"{opening}: "):
        return None
    found = []
    for part in words[len(opening) + 2 :].split("; "):
        name, _, value = part.partition(" ")
        plain = re.sub(r"\\([\\,])", lambda m: ";" if m[1] == "," else "\\", value)
        found.append((name, plain))
    return found


def _first(candidates: Iterable[str], read: Callable[[str], Any], value: object) -> str | None:
    """The first wording that reads back as the value."""
    return next((words for words in candidates if words and read(words) == value), None)


# ---- timescales ----------------------------------------------------------------------------------

_READ_AS = "Read as"


def timescale_words(found: Sequence[Timescale], context: Context) -> list[str]:
    """A line for each phrase, and under it what it is read as where its words do not say so."""
    lines: list[str] = []
    for raw, group in groupby(found, key=lambda claim: claim.raw):
        claims = tuple(group)
        plain = bool(raw) and not raw.startswith(f"{_READ_AS}:")
        if plain:
            lines.append(raw)
        if plain and _reads(raw, context) == claims:
            continue
        for claim in claims:
            lines.append(_spell(_READ_AS, _claim(claim, with_words=not plain)))
    return lines if _timescales(lines, context) == tuple(found) else _all_spelled(found)


def _all_spelled(found: Sequence[Timescale]) -> list[str]:
    # Two phrases of the same words side by side cannot be told from one that is read once.
    return [_spell(_READ_AS, _claim(claim, with_words=True)) for claim in found]


def timescales_read(lines: Sequence[str], context: Context) -> tuple[Timescale, ...]:
    """The timescales that :func:`timescale_words` wrote, or that a person typed over them."""
    return _timescales(lines, context)


def _timescales(lines: Sequence[str], context: Context) -> tuple[Timescale, ...]:
    found: list[Timescale] = []
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        whole = _read_claim(line, None)
        if whole is not None:
            found.append(whole)
            continue
        claims = []
        while at < len(lines) and (claim := _read_claim(lines[at], line)) is not None:
            claims.append(claim)
            at += 1
        found += claims or _reads(line, context)
    return tuple(found)


def _reads(words: str, context: Context) -> tuple[Timescale, ...]:
    return timescale.read(words, context.dated, context.setting)


def _claim(claim: Timescale, *, with_words: bool) -> Iterable[tuple[str, str]]:
    yield "kind", claim.kind
    if with_words:
        yield "words", claim.raw
    for field in fields(Timescale):
        value = getattr(claim, field.name)
        if value is None or field.name in ("raw", "kind", "assumed"):
            continue
        yield field.name, value.isoformat() if isinstance(value, date) else value
    for assumption in claim.assumed:
        yield "assumed", f"{assumption.code}: {assumption.message}"


def _read_claim(line: str, above: str | None) -> Timescale | None:
    """The claim that a line spells out, with the words above it or, where there are none, its own.

    None where it is no such line: then it is words like any others.
    """
    said = _spelled(_READ_AS, line)
    if said is None:
        return None
    values: dict[str, Any] = {name: value for name, value in said if name != "assumed"}
    assumed = tuple(
        Assumption(*value.split(": ", 1))
        for name, value in said
        if name == "assumed" and ": " in value
    )
    if ("words" in values) != (above is None) or values.get("kind") not in get_args(Kind):
        return None
    values["raw"] = values.pop("words", above)
    try:
        for name in {"start", "end"} & set(values):
            values[name] = date.fromisoformat(values[name])
    except ValueError:
        return None
    known = {field.name for field in fields(Timescale)}
    if not known.issuperset(values) or values.get("status") not in (None, *get_args(Status)):
        return None
    return Timescale(**values, assumed=assumed)


# ---- leads ---------------------------------------------------------------------------------------

_LEAD = "Lead"


def lead_words(leads: Sequence[Lead], context: Context) -> list[str]:
    """A line for each lead: the words alone where they say all, else spelled out."""
    lines = []
    for lead in leads:
        words = _first(_lead_candidates(lead), lambda line: _lead_line(line, context), (lead,))
        lines.append(words or _spell(_LEAD, _lead_fields(lead)))
    return lines


def _lead_candidates(lead: Lead) -> Iterable[str]:
    whole = f"{lead.person}, {lead.text}" if lead.person and lead.text else lead.text
    whole = whole or lead.person or ""
    if lead.remark:
        whole = f"{whole} ({lead.remark})"
    yield f"Support: {whole}" if lead.role == "supporting" else whole


def _lead_fields(lead: Lead) -> Iterable[tuple[str, str]]:
    for field in fields(Lead):
        value = getattr(lead, field.name)
        if value:
            yield field.name, value


def leads_read(lines: Sequence[str], context: Context) -> tuple[Lead, ...]:
    """The leads that :func:`lead_words` wrote, or that a person typed over them."""
    return tuple(lead for line in lines for lead in _lead_line(line, context))


def _lead_line(line: str, context: Context) -> tuple[Lead, ...]:
    if line in (NAMED, f"Support: {NAMED}"):
        return (Lead(NAMED, "person", "accountable" if line == NAMED else "supporting"),)
    said = _spelled(_LEAD, line)
    if said is not None:
        values: dict[str, Any] = dict(said)
        known = {field.name for field in fields(Lead)}
        if (
            known.issuperset(values)
            and values.get("kind") in get_args(LeadKind)
            and values.get("role") in get_args(LeadRole)
        ):
            return (Lead(**{"text": "", **values}),)
    return read_leads(line, context.abbreviations)


# ---- status --------------------------------------------------------------------------------------


def status_read(words: str) -> Status | None:
    """The status that a cell names: one of the six words, or what a council calls it.

    >>> status_read("On hold"), status_read("Underway"), status_read("")
    ('on_hold', 'in_progress', None)
    """
    return _STATUSES.get(words.casefold()) or (timescale.status_of(words) if words else None)


# ---- updates -------------------------------------------------------------------------------------

_UPDATE = "Update"
EVIDENCE = "Evidence: "
_SHOWN = " Shown by: "
_DATED = re.compile(
    r"(?P<day>\d{1,2} [A-Z][a-z]+ \d{4})(?:, (?P<status>[a-z ]+))?: (?P<text>.+)", re.DOTALL
)


def update_words(updates: Sequence[Update]) -> list[str]:
    """A line for each update: "30 September 2026, in progress: Trained 40 managers.".

    What shows it follows in the same line: "… Shown by: Training register".
    """
    return [_update_words(update) for update in updates]


def _update_words(update: Update) -> str:
    # A line of its own says what the evidence is, so an update cannot begin like one.
    candidates = [] if update.text.startswith(EVIDENCE) else [update.text]
    if update.at is not None:
        status = f", {STATUS_LABELS[update.status].casefold()}" if update.status else ""
        candidates = [f"{day(update.at)}{status}: {update.text}"]
    if update.evidence is not None:
        candidates = [f"{words}{_SHOWN}{update.evidence}" for words in candidates]
    return _first(candidates, _update_line, update) or _spell(_UPDATE, _update_fields(update))


def _update_fields(update: Update) -> Iterable[tuple[str, str]]:
    if update.at is not None:
        yield "at", update.at.isoformat()
    if update.status is not None:
        yield "status", update.status
    if update.evidence is not None:
        yield "evidence", update.evidence
    yield "text", update.text


def updates_read(lines: Sequence[str]) -> tuple[Update, ...]:
    """The updates that :func:`update_words` wrote, or that a person typed."""
    return tuple(_update_line(line) for line in lines if line)


def _update_line(line: str) -> Update:
    said = _spelled(_UPDATE, line)
    values = dict(said) if said is not None else {}
    if "text" in values and {"at", "status", "evidence", "text"}.issuperset(values):
        at = last_day(values.get("at"))
        status = values.get("status")
        if (at is not None) == ("at" in values) and status in (None, *get_args(Status)):
            return Update(values["text"], at, status, values.get("evidence"))  # type: ignore[arg-type]
    match = _DATED.fullmatch(line)
    if match is not None:
        at = last_day(date_read(match["day"]))
        state = _STATUSES.get(match["status"] or "")
        if at is not None and (state is not None) == (match["status"] is not None):
            text, evidence = _shown(match["text"])
            return Update(text, at, state, evidence)
    text, evidence = _shown(line)
    return Update(text, evidence=evidence)


def _shown(words: str) -> tuple[str, str | None]:
    """What was said, and what shows it where the words end so."""
    text, _, evidence = words.rpartition(_SHOWN)
    return (text, evidence) if text and evidence else (words, None)


# ---- responses and pointers ----------------------------------------------------------------------

_RESPONSE = "Response"


def response_words(response: Response) -> str:
    """The body's answer in one line: "Partly accepted: We will …"."""
    label = POSITION_LABELS[response.position] if response.position else ""
    words = f"{label}: {response.text}" if label and response.text else label or response.text
    said = [("position", response.position or ""), ("text", response.text)]
    return _first([words], response_read, response) or _spell(_RESPONSE, said)


def response_read(line: str) -> Response | None:
    """The answer that :func:`response_words` wrote; None for no words.

    >>> response_read("Accepted: We agree.")
    Response(text='We agree.', position='accepted')
    """
    if not line:
        return None
    said = dict(_spelled(_RESPONSE, line) or ())
    if set(said) == {"position", "text"}:
        position = said["position"] or None
        if position in (None, *POSITION_LABELS):
            return Response(said["text"], position)
    label, _, text = line.partition(": ")
    if label in _POSITIONS:
        return Response(text, _POSITIONS[label])
    return Response(line)


def see_words(text: str, see: Sequence[str]) -> str:
    """The numbers that a text points to, where the text itself does not say so."""
    if tuple(see) == references(text):
        return ""
    return "; ".join(see) or "none"


def see_read(words: str, text: str) -> tuple[str, ...]:
    """The numbers that :func:`see_words` wrote.

    >>> see_read("", "Train managers (see No. 10)"), see_read("4; 5", "Train")
    (('10',), ('4', '5'))
    """
    if not words:
        return references(text)
    return () if words == "none" else tuple(words.split("; "))
