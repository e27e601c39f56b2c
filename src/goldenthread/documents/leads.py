"""The posts that an action's own words name, for when the lead's cell is empty."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldenthread.plan.leads import read_leads
from goldenthread.plan.model import Lead
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
