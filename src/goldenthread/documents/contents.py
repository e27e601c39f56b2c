"""What stands in a column: times, leads, statuses, ticks, figures or sentences.

Contents settle what a heading leaves open ("Target", "Responsibility", "Outcome"). They never make
a plan of a table by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from goldenthread import timescale
from goldenthread.documents.keys import is_mark
from goldenthread.plan.lead_phrases import is_code, kind_of
from goldenthread.plan.lead_words import NOBODY
from goldenthread.plan.leads import read_leads

# Verbs with which plans begin what they will do; none of them opens the name of a post or a body.
DOING = frozenset(
    """
    achieve act add address adopt agree align allocate analyse appoint arrange ask assess assign
    attend attract audit begin brief bring build buy carry celebrate check close collect commit
    communicate complete conduct consider consult continue coordinate create decide deliver design
    determine develop discuss embed enable encourage engage ensure establish evaluate examine
    expand explore extend finalise fund gather give hold identify implement improve include
    increase introduce invest investigate invite involve issue launch link maintain make map mark
    meet monitor nominate offer organise pay pilot prepare present procure produce promote provide
    publicise publish raise recruit redesign reduce refresh remove reopen replace report require
    respond review revise roll run scope secure seek send set share show simplify start strengthen
    submit take test train undertake update use widen write
    """.split()  # noqa: SIM905
)
_OPENS_A_TIME = frozenset("complete start launch issue review check report".split())  # noqa: SIM905
TICKS = frozenset("✓ ✔ √ ☑ x × ✗ ✘ • ● ■ * y yes tick ü þ ◆ ★".split())  # noqa: SIM905
_FIGURE = re.compile(r"[£€$<>~≈±+-]?\s*[\d,.]+\s*(?:%|pp|k|m|bn)?|\d+\s*(?:of|out of|/)\s*\d+")
_LONGEST_TIME = 80
_LONGEST_LEAD = 14


def is_tick(words: str) -> bool:
    """Whether a cell only marks that something holds.

    >>> is_tick("✓"), is_tick("X"), is_tick("Train staff")
    (True, True, False)
    """
    return words.strip().casefold() in TICKS


def is_figure(words: str) -> bool:
    """Whether a cell holds a figure and nothing else.

    >>> is_figure("12.5%"), is_figure("£1,000"), is_figure("12 panels")
    (True, True, False)
    """
    return bool(_FIGURE.fullmatch(words.strip()))


@lru_cache(maxsize=4096)
def is_time(words: str) -> bool:
    """Whether a text is a time as a whole, with nothing in it that is left unread.

    >>> is_time("By end March 2025"), is_time("£1000 grant applied for")
    (True, False)
    """
    text = words.strip()
    if not text or len(text) > _LONGEST_TIME:
        return False
    if begins_with_a_verb(text) and text.split()[0].casefold() not in _OPENS_A_TIME:
        return False
    readings = timescale.read(text)
    if all(reading.kind == "conditional" for reading in readings):
        return True
    return all(
        reading.kind != "unknown"
        and not any(assumption.code == "unread" for assumption in reading.assumed)
        for reading in readings
    ) and not _other_words(text)


_TIME_WORDS = re.compile(
    r"\b(?:by|the|of|in|on|to|from|and|end|early|mid|late|each|every|term|year|years|month|months|"
    r"week|weeks|quarter|day|days|ongoing|on|going|annual(?:ly)?|month(?:ly)?|quarterly|weekly|"
    r"termly|before|after|until|between|during|within|no|later|than|then|spring|summer|autumn|"
    r"winter|academic|financial|phase|short|medium|long|start|beginning|commencing|starting|"
    r"throughout|through|basis|at|least|twice|once|completed?|done|started|underway|due|was|now|"
    r"date|tbc|next|review(?:ed)?|immediate(?:ly)?|continuous|already|launched|overdue|since|for|"
    r"achieved|yearly|fortnightly|bi|six|three|two|one|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|"
    r"jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|cabinet|council|committee|board)\b",
    re.IGNORECASE,
)


def _other_words(text: str) -> bool:
    """Whether more than half of the words are no words of time."""
    words = re.findall(r"[A-Za-z]{3,}", text)
    known = _TIME_WORDS.findall(text)
    return len(words) > 3 and len(words) - len(known) > len(words) / 2


def begins_with_a_verb(words: str) -> bool:
    """Whether a text begins as things to do begin.

    >>> begins_with_a_verb("Train all managers"), begins_with_a_verb("Training Manager")
    (True, False)
    """
    first = words.split(maxsplit=1)[:1]
    return bool(first) and first[0].casefold().strip("•-:,") in DOING


@lru_cache(maxsize=4096)
def is_lead(words: str) -> bool:
    """Whether a text names somebody who can lead, and says nothing else.

    >>> is_lead("Head of HR and All Members"), is_lead("LG, DG"), is_lead("Train all managers")
    (True, True, False)
    """
    text = words.strip()
    if not text or len(text.split()) > _LONGEST_LEAD * 3 or text.casefold() in NOBODY:
        return False
    if begins_with_a_verb(text):
        return False
    leads = read_leads(text)
    return bool(leads) and all(
        lead.kind == "person" or _known(lead.text) or _known(lead.full or "") for lead in leads
    )


def _known(words: str) -> bool:
    parts = tuple(re.sub(r"\([^()]*\)", " ", words).split())
    if not parts or len(parts) > _LONGEST_LEAD:
        return False
    return kind_of(parts) is not None or (len(parts) == 1 and is_code(parts[0]))


def is_status(words: str) -> bool:
    """Whether a text only says how things stand: a word, a letter, a colour or a share done.

    >>> is_status("Not started"), is_status("R"), is_status("75%"), is_status("The board met.")
    (True, True, True, False)
    """
    text = words.strip()
    if not text or len(text.split()) > 4:
        return False
    return is_mark(text) or timescale.status_of(text) is not None


def is_sentence(words: str) -> bool:
    """Whether a text says what is done or wanted: several words, and neither a time nor a lead.

    >>> is_sentence("Publish the pay gap each year"), is_sentence("Head of HR")
    (True, False)
    """
    return len(words.split()) >= 3 and not is_time(words) and not is_lead(words)


def mostly(texts: Sequence[str], holds: Callable[[str], bool]) -> bool:
    """Whether ``holds`` is true of more than half of the texts; false for none at all."""
    return bool(texts) and 2 * sum(map(holds, texts)) > len(texts)
