"""Printed items: what one cell lists, joined over page ends, and which item answers which.

The rules are those of two careful readers: equal counts pair in order; one serves all; level
positions and evident subjects come next; otherwise everything goes to every action, and the
reading is marked as uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from goldenthread.errors import Place
from goldenthread.intake import Paragraph

# A line that ends with one of these is not finished: the next line goes on with it.
_UNFINISHED = frozenset(
    """
    a an and as at be by for from if in including into is its of on or our over so such than that
    the their this through to under was when where which who whose will with within without
    """.split()  # noqa: SIM905
)
# Before one of these a capital letter belongs to a name, not to a new item.
_JOINS_NAMES = _UNFINISHED | frozenset({"&", "-", "–", "—", "+", "all", "new", "every", "each"})
_SEE = re.compile(
    r"\bsee\s+(?:also\s+)?(?:nos?\.?|items?|recommendations?|actions?|objectives?)?"
    r"\s*(\d+(?:\.\d+)*[a-z]?)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Item:
    """One printed item: its words, how it is marked, and at which level of the cell it stands.

    ``position`` counts the cell's lines with the blank ones; ``piece`` counts the printed rows
    that were joined over page ends. ``ends`` is true of a time made of a start and an end column.
    """

    text: str
    marker: str | None = None
    position: int = 0
    piece: int = 0
    place: Place = Place()
    lost_separator: bool = False
    ends: bool = False


def read_items(paragraphs: Sequence[Paragraph], piece: int = 0) -> list[Item]:
    """The items of one cell: bullets, lines or paragraphs; a lead-in takes its bullets with it."""
    items: list[Item] = []
    lead_in: tuple[int, int] | None = None  # index into items, list level of the lead-in (-1: none)
    for position, paragraph in enumerate(paragraphs):
        text = " ".join(paragraph.text.split())
        if not text.strip("•●▪■◦○·\uf0b7"):
            continue  # blank, or a bullet with nothing after it: it only keeps lists level
        level = -1 if paragraph.list_level is None else paragraph.list_level
        if lead_in is not None and level > lead_in[1]:
            host = items[lead_in[0]]
            joint = " " if host.text.endswith(":") else "; "
            items[lead_in[0]] = replace(host, text=f"{host.text}{joint}{text.rstrip(';,')}")
            continue
        lead_in = None
        pieces = _lost_separators(text) if level >= 0 and paragraph.marker is None else [text]
        for part in pieces:
            items.append(
                Item(part, paragraph.marker, position, piece, paragraph.place, len(pieces) > 1)
            )
        if text.endswith(":") or _takes_sub_items(paragraphs, position, level):
            lead_in = (len(items) - 1, level)
    return items


def _takes_sub_items(paragraphs: Sequence[Paragraph], position: int, level: int) -> bool:
    """Whether a list inside this list item follows, or bullets that begin in lower case."""
    following = next((p for p in paragraphs[position + 1 :] if p.text), None)
    if following is None or following.list_level is None or following.list_level <= level:
        return False
    return level >= 0 or following.text[:1].islower()


def _lost_separators(text: str) -> list[str]:
    """The items of a list whose bullets were lost, found by where a new sentence begins.

    >>> _lost_separators("Training for staff Cultural awareness sessions Review of the HR system")
    ['Training for staff', 'Cultural awareness sessions', 'Review of the HR system']
    """
    words = text.split()
    starts = [0]
    for index in range(1, len(words)):
        before, word = words[index - 1], words[index]
        if not word[:1].isupper() or index - starts[-1] < 2:
            continue
        if before[-1] in ",;:/&(–—-" or before.casefold() in _JOINS_NAMES:
            continue
        if before[-1] in ".)!?" or _ends_phrase(words, index):
            starts.append(index)
        elif before[:1].islower() and (before.endswith("s") or not word.isupper()):
            # "staff forums SLT to lead" begins anew; "promote EDI" does not.
            starts.append(index)
    return [" ".join(words[a:b]) for a, b in zip(starts, [*starts[1:], None], strict=True)]


def _ends_phrase(words: Sequence[str], index: int) -> bool:
    """Whether a capital plural ("for Members") ends a phrase before a new one begins."""
    before, word = words[index - 1], words[index]
    preposition = index >= 2 and words[index - 2].casefold() in ("for", "by", "with", "to", "from")
    follows = words[index + 1] if index + 1 < len(words) else ""
    return (
        preposition
        and before.endswith("s")
        and before[1:].islower()
        and word[1:].islower()
        and follows[:1].islower()
        and follows.casefold() not in _JOINS_NAMES
    )


def is_unfinished(text: str) -> bool:
    """Whether a sentence stops in the middle.

    >>> is_unfinished("Agree a plan with"), is_unfinished("Agree a plan.")
    (True, False)
    """
    words = text.split()
    if not words:
        return False
    last = words[-1]
    return last[-1] in ",–—-/&(" or last.casefold() in _UNFINISHED


def goes_on(before: str, after: str) -> bool:
    """Whether ``after``, printed after a page end, goes on with the sentence ``before``."""
    if not before or not after:
        return False
    if before.rstrip()[-1] in ".!?" and not after[:1].islower():
        return False
    return after[:1].islower() or is_unfinished(before)


def join_pieces(pieces: Sequence[Sequence[Paragraph]]) -> tuple[list[list[Paragraph]], int]:
    """The paragraphs of each piece with sentences cut by a page end made whole again.

    Also gives the number of sentences that were joined.
    """
    joined: list[list[Paragraph]] = [list(piece) for piece in pieces]
    count = 0
    for index in range(1, len(joined)):
        here = joined[index]
        host = next((p for p in reversed(joined[:index]) if any(q.text for q in p)), None)
        if not here or host is None:
            continue
        last = max(i for i, p in enumerate(host) if p.text)
        first = next((i for i, p in enumerate(here) if p.text), None)
        if first is None or not goes_on(host[last].text, here[first].text):
            continue
        if here[first].marker is not None and not is_unfinished(host[last].text):
            continue
        host[last] = replace(host[last], text=f"{host[last].text} {here[first].text}")
        joined[index] = here[first + 1 :]
        count += 1
    return joined, count


@dataclass(frozen=True)
class Pairing:
    """Which things go with which action: one tuple of indices per action.

    ``sure`` is false where the document allows another reading; ``how`` says how it was settled.
    """

    things: tuple[tuple[int, ...], ...]
    sure: bool
    how: str


def pair(actions: Sequence[Item], things: Sequence[Item]) -> Pairing:
    """Pair leads, timescales or measures with the actions that they stand beside.

    Source: equal counts in order; one for all; unequal counts by level position or evident
    subject; otherwise all to every action.
    """
    n, m = len(actions), len(things)
    every = tuple(range(m))
    if m == 0 or n == 0:
        return Pairing(((),) * n, True, "none")
    if n == 1:
        return Pairing((every,), True, "one action")
    if m == 1:
        same_piece = things[0].piece == actions[-1].piece
        return Pairing((every,) * n, same_piece, "one for all")
    if m == n:
        return Pairing(tuple((i,) for i in range(n)), True, "in order")
    by_level = _by_level(actions, things)
    if by_level is not None:
        return Pairing(by_level, True, "level")
    by_piece = _by_piece(actions, things)
    if by_piece is not None:
        return Pairing(by_piece, True, "piece")
    by_subject = _by_subject(actions, things)
    if by_subject is not None:
        return Pairing(by_subject, False, "subject")
    return Pairing((every,) * n, False, "all to all")


def _by_level(
    actions: Sequence[Item], things: Sequence[Item]
) -> tuple[tuple[int, ...], ...] | None:
    """Pairs by the line on which each stands, where blank lines keep the two columns level."""
    if len({item.piece for item in (*actions, *things)}) > 1:
        return None
    blanks = things[-1].position + 1 > len(things) or actions[-1].position + 1 > len(actions)
    lines = {item.position: index for index, item in enumerate(actions)}
    if not blanks or len(lines) < len(actions):
        return None
    if any(thing.position not in lines for thing in things):
        return None
    found: list[tuple[int, ...]] = [() for _ in actions]
    for index, thing in enumerate(things):
        found[lines[thing.position]] = (index,)
    return tuple(found)


def _by_piece(
    actions: Sequence[Item], things: Sequence[Item]
) -> tuple[tuple[int, ...], ...] | None:
    """Pairs inside each printed row, where every row that was joined is clear by itself."""
    pieces = sorted({item.piece for item in (*actions, *things)})
    if len(pieces) < 2:
        return None
    found: list[tuple[int, ...]] = [() for _ in actions]
    for piece in pieces:
        mine = [i for i, a in enumerate(actions) if a.piece == piece]
        theirs = tuple(i for i, t in enumerate(things) if t.piece == piece)
        if len(theirs) == len(mine):
            for action, thing in zip(mine, theirs, strict=True):
                found[action] = (thing,)
        elif (mine and len(theirs) == 1) or len(mine) == 1:
            for action in mine:
                found[action] = theirs
        else:
            return None
    return tuple(found)


def _by_subject(
    actions: Sequence[Item], things: Sequence[Item]
) -> tuple[tuple[int, ...], ...] | None:
    """Things that plainly speak of one action go there; the rest go to all the other actions."""
    placed: dict[int, int] = {}
    for index, thing in enumerate(things):
        best = _subject(thing.text, [action.text for action in actions])
        if best is not None:
            placed[index] = best
    if not placed or len(set(placed.values())) < len(placed):
        return None
    rest = tuple(i for i in range(len(things)) if i not in placed)
    found = []
    for number in range(len(actions)):
        own = tuple(i for i, at in placed.items() if at == number)
        found.append(own or rest)
    return tuple(found)


def _subject(thing: str, actions: Sequence[str]) -> int | None:
    """The only action that holds two telling words of ``thing``, or spells out its initials."""
    spoken = [{word.casefold() for word in _WORDS.findall(action)} for action in actions]
    votes = [0] * len(actions)
    for word in set(_WORDS.findall(thing)):
        if word.isupper() and len(word) > 2:
            for number, action in enumerate(actions):
                votes[number] += 2 * (word.casefold() in spoken[number] or _spells(word, action))
        elif len(word) > 4 or word.isdigit():
            for number, words in enumerate(spoken):
                votes[number] += word.casefold() in words
    best = max(votes)
    return votes.index(best) if best >= 2 and votes.count(best) == 1 else None


def _spells(initials: str, text: str) -> bool:
    """Whether consecutive words of ``text`` begin with these letters, in any order of two swaps.

    Both spellings of one body are met in real plans (TUJCC and JTUCC), so the letters may stand
    in another order as long as all of them are there.
    """
    letters = [word[0].casefold() for word in _WORDS.findall(text)]
    wanted = sorted(initials.casefold())
    size = len(wanted)
    return any(sorted(letters[i : i + size]) == wanted for i in range(len(letters) - size + 1))


def references(text: str) -> tuple[str, ...]:
    """The numbers that a text points to.

    >>> references("Develop training programmes (see No. 10)")
    ('10',)
    """
    return tuple(_SEE.findall(text))
