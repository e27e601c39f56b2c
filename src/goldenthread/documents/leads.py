"""The posts that an action's own words name, for when the lead's cell is empty."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from goldenthread.documents.habits import LeadHabit
from goldenthread.plan.leads import read_leads
from goldenthread.plan.model import Lead, LeadRole
from goldenthread.plan.people import find_people

# Words that say who somebody is or who does it: what follows "is" or "supported by" may be a post.
_SAYS_WHO = re.compile(r"\b(?:is|are|will be|to be|supported by|led by|by)\b")
_PHRASE = re.compile(
    r"[A-Z][\w’'-]*(?:(?:,\s+(?=[A-Z])|\s+(?:of|and|for|&|the)\s+(?=[A-Z])|\s+)[A-Z][\w’'-]*)*"
)


def leads_named_in(text: str, abbreviations: Sequence[tuple[str, str]] = ()) -> tuple[Lead, ...]:
    """The posts that a text says somebody holds; names of people are left out.

    >>> [lead.text for lead in leads_named_in("Operational lead will be the Programme Manager")]
    ['Programme Manager']
    >>> leads_named_in("Publish the report")
    ()
    """
    if not _SAYS_WHO.search(text):
        return ()
    for person in reversed(find_people(text)):
        text = text[: person.start] + "," + text[person.end :]
    found: list[Lead] = []
    for number, part in enumerate(_SAYS_WHO.split(text)):
        if number == 0:
            continue
        for phrase in _PHRASE.findall(part):
            found += [lead for lead in read_leads(phrase, abbreviations) if lead.kind == "post"]
    return tuple(dict.fromkeys(found))


def read_known_leads(
    words: str,
    abbreviations: Sequence[tuple[str, str]],
    known: Mapping[str, LeadHabit],
    role: LeadRole = "accountable",
) -> tuple[tuple[Lead, ...], tuple[str, ...]]:
    """The leads that a cell names, those that a council's habits know read as they say.

    Also gives the names that were so known. A known name counts only where it stands alone between
    signs that part leads: "Reach" is no lead of its own in "Head of Reach".

    >>> leads, used = read_known_leads("Head of HR, Reach", (), {"Reach": LeadHabit("body")})
    >>> [(lead.text, lead.kind) for lead in leads], used
    ([('Head of HR', 'post'), ('Reach', 'body')], ('Reach',))
    """
    found = _known_names(words, known) if known else []
    leads: list[Lead] = []
    at = 0
    for start, end, name in found:
        leads += _between(words[at:start], abbreviations, role)
        habit = known[name]
        if habit.kind == "person":
            leads.append(Lead("", "person", role, person=words[start:end]))
        else:
            leads.append(Lead(words[start:end], habit.kind, role, full=habit.full))
        at = end
    leads += _between(words[at:], abbreviations, role)
    return tuple(leads), tuple(name for *_, name in found)


_PARTS_BEFORE = re.compile(r"(?:^|[,;/&+\n•(:]|\b(?:and|with))\s*$", re.IGNORECASE)
_PARTS_AFTER = re.compile(r"\s*(?:$|[,;/&+\n•).]|(?:and|with)\b)", re.IGNORECASE)
_ONLY_PARTS = re.compile(r"(?:[\s,;/&+•().]|\band\b|\bwith\b)*", re.IGNORECASE)


def _known_names(words: str, known: Mapping[str, LeadHabit]) -> list[tuple[int, int, str]]:
    """Where known names stand alone in a cell: start, end and the name, from left to right."""
    found: list[tuple[int, int, str]] = []
    for name in sorted(known, key=len, reverse=True):
        for match in re.finditer(re.escape(name), words, re.IGNORECASE):
            free = all(match.end() <= start or match.start() >= end for start, end, _ in found)
            before, after = words[: match.start()], words[match.end() :]
            if free and _PARTS_BEFORE.search(before) and _PARTS_AFTER.match(after):
                found.append((match.start(), match.end(), name))
    return sorted(found)


def _between(
    words: str, abbreviations: Sequence[tuple[str, str]], role: LeadRole
) -> tuple[Lead, ...]:
    if _ONLY_PARTS.fullmatch(words):
        return ()
    return read_leads(words.strip(" ,;/&+"), abbreviations, role)
