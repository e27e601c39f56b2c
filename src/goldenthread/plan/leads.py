"""Who answers for an action, read from a lead's cell: posts, bodies and people told apart.

A cell is cut in three passes: into printed lines; then at marks that always part ("/", ";", a
bullet) or may part ("and", "&", ",", nothing at all); then each piece is named. A mark that may
part does so only where both sides can lead by themselves, so that "Head of HR and OD" stays whole
and "All Members and staff" is two. The words are in ``lead_words``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from goldenthread.plan import lead_words as table
from goldenthread.plan.lead_phrases import Kind, is_code, kind_of, low_words, may_part
from goldenthread.plan.model import Lead, LeadKind, LeadRole
from goldenthread.plan.people import is_given_name_alone, is_name

_TOKEN = re.compile(r"(?:[^\s()]|\([^()]*\))+")
_BULLET = re.compile(r"^\s*(?:[•·▪◦‣●■–—*-]|o(?=\s)|\(?(?:\d{1,2}|[a-z])[.)])\s+")
_HARD_MARK = re.compile(r"\s*;\s*|\s*[•▪◦‣●■]\s*|\.\s+(?=[A-Z][a-z]+(?: [a-z]+)?:)")
_LABEL = re.compile(r"^\s*([RACIS](?=\s*:)|[A-Za-z][A-Za-z ]{2,24}?)\s*[:–]\s+")
_SUPPORT = re.compile(
    r",?\s+\(?(?:" + "|".join(map(re.escape, table.SUPPORT_PHRASES)) + r")\s+", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:(?:chaired by|led by|via|through|the|our)\s+)+", re.IGNORECASE)
# A cell longer than this is no list of leads; it is kept whole rather than searched.
_LONGEST = 60


@dataclass(frozen=True)
class _Piece:
    """A run of words read as one lead, before it is named."""

    text: str
    remark: str | None
    kind: Kind
    mark: str = ","  # what parts it from the piece before


def read_leads(
    words: str | Sequence[str],
    abbreviations: Sequence[tuple[str, str]] = (),
    role: LeadRole = "accountable",
) -> tuple[Lead, ...]:
    """The leads that a cell names, in the order printed.

    Shape: one ``Lead`` for each name, repeated where the cell repeats it, so that parallel lists
    can be paired. ``words`` is the cell's text (a line break parts printed lines) or its lines.
    ``abbreviations`` are the pairs that ``find_abbreviations`` found in the same document; a lead
    keeps the words printed and carries the expansion beside them. ``role`` is for a column of
    supporting actors. Missing: a cell that names nobody ("TBC", "N/A", blank) gives none.
    Source: the ruling on leads that can lead by themselves, and the wordings seen in real plans.

    >>> [lead.text for lead in read_leads("Chief Operating Officer (COO) and Head of HR and OD")]
    ['Chief Operating Officer (COO)', 'Head of HR and OD']
    >>> read_leads("Joan Hartley, Director of People")
    (Lead(text='Director of People', kind='post', role='accountable', person='Joan Hartley', full=None, remark=None),)
    """  # noqa: E501
    known = dict(abbreviations)
    leads: list[_Marked] = []
    for line in _lines((words,) if isinstance(words, str) else tuple(words)):
        for part in _HARD_MARK.split(line):
            leads += _read_line(*_unlabelled(part, role), known)
    named = [marked for marked in leads if marked[0].text or marked[0].person]
    return tuple(_people_with_posts(named))


def _unlabelled(line: str, role: LeadRole) -> tuple[str, LeadRole]:
    """The line without a label such as "Support:", and the role that the label gives."""
    label = _LABEL.match(line)
    given = table.LABELS.get(label.group(1).lower()) if label else None
    if label is None or given is None:
        return line, role
    return line[label.end() :], "supporting" if given == "supporting" else role


def _lines(items: tuple[str, ...]) -> list[str]:
    """The printed lines, those that were only wrapped joined again."""
    lines: list[str] = []
    for item in items:
        for raw in item.splitlines() or [""]:
            bulleted = bool(_BULLET.match(raw))
            line = " ".join(_BULLET.sub("", raw).split())
            if not line:
                lines.append("")
            elif lines and not bulleted and _wrapped(lines[-1], line):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
    return [line for line in lines if line]


def _wrapped(before: str, line: str) -> bool:
    """Whether ``line`` only carries on the words of the line before it."""
    if not before:
        return False
    last = before.split()[-1].lower()
    if last in table.SMALL_WORDS or (last.endswith((",", "/", "&")) and not is_name(before)):
        return True
    first = line.split()[0].lower()
    if first in ("and", "&", "of", "for", "/") or line.startswith("("):
        return True
    if is_name(before) or is_name(line):
        return False
    here = kind_of(tuple(line.split()))
    if " " not in line and here is None:
        return kind_of((*before.split(), line)) is not None
    return kind_of(tuple(before.split())) is None and (here is None or " " not in line)


# A lead, and the mark that parts it from the one before.
_Marked = tuple[Lead, str]


def _read_line(line: str, role: LeadRole, known: dict[str, str]) -> list[_Marked]:
    line = line.strip(" ,.;")
    if line.lower() in table.NOBODY:
        return []
    helpers = _SUPPORT.search(line)
    if helpers and helpers.start() > 0 and _pieces_lead(line[helpers.end() :]):
        rest = line[helpers.end() :].rstrip(")")
        return [
            *_read_line(line[: helpers.start()], role, known),
            *_read_line(rest, "supporting", known),
        ]
    return [(_name(piece, known, role), piece.mark) for piece in _cut(line)]


def _pieces_lead(text: str) -> bool:
    """Whether the text begins with something that can lead."""
    return any(kind_of(tuple(_words(piece.text))) is not None for piece in _cut(text)[:1])


# --- cutting a line ---------------------------------------------------------------------------

# A stroke without spaces ("Head of HR/Head of OD") parts less readily than one with spaces.
_TIGHT = "⁄"
_MAY_PART = frozenset(("and", "&", "+", "plus", "/", _TIGHT, ",", "–", "-"))


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str  # without the comma
    comma: bool


def _cut(line: str) -> list[_Piece]:
    """The line cut into the greatest number of pieces that can all lead by themselves."""
    two = re.split(r"\s+(?:and|&)\s+", line)
    if len(two) == 2 and all(part.lower() in table.LISTED_DEPARTMENTS for part in two):
        return [_Piece(part, None, "department", "and") for part in two]
    spaced = re.sub(r"(?<=[\w)])/(?=[A-Z])", f" {_TIGHT} ", line)
    pieces = _cut_words(spaced)
    if any(_TIGHT in piece.text for piece in pieces):
        pieces = _cut_words(line)
    return list(pieces)


@lru_cache(maxsize=4096)
def _cut_words(line: str) -> tuple[_Piece, ...]:
    words = [
        _Word(m.start(), m.end(), m.group().rstrip(","), m.group().endswith(","))
        for m in _TOKEN.finditer(line)
    ]
    whole = (_piece(line, words),)
    if not words or len(words) > _LONGEST:
        return whole
    # best[i]: how the first i words are cut, as (number of pieces, start of the last piece)
    best: list[tuple[int, int, int] | None] = [None] * (len(words) + 1)
    best[0] = (0, 0, 0)
    for end in range(1, len(words) + 1):
        if words[end - 1].text.lower() in _MAY_PART:
            continue
        for start in range(end - 1, -1, -1):
            if words[start].text.lower() in _MAY_PART:
                continue
            right = _core(words[start:end])
            kind = kind_of(right)
            if kind is None:
                continue
            mark, before = _mark(words, start)
            prior = best[before]
            if prior is None or (start and not before):
                continue
            if start:
                left = _core(words[prior[1] : before])
                if not may_part(left, mark, right, closed=_remarked(words[before - 1])):
                    continue
            count = prior[0] + 1
            if best[end] is None or count > (best[end] or (0, 0, 0))[0]:
                best[end] = (count, start, before)
    if best[-1] is None or best[-1][0] < 2:
        return whole
    pieces: list[_Piece] = []
    at = len(words)
    while at:
        _, start, before = best[at] or (0, 0, 0)
        mark = _mark(words, start)[0] if start else ","
        pieces.append(replace(_piece(line, words[start:at]), mark=mark))
        at = before
    return tuple(reversed(pieces))


def _mark(words: list[_Word], start: int) -> tuple[str, int]:
    """The mark before word ``start`` and how many words come before the mark."""
    if start == 0:
        return "", 0
    before = words[start - 1]
    if before.text.lower() in _MAY_PART:
        return before.text.lower(), start - 1
    return ("," if before.comma else "", start)


def _words(text: str) -> list[str]:
    return [m.group().rstrip(",") for m in _TOKEN.finditer(text)]


def _core(words: Sequence[_Word]) -> tuple[str, ...]:
    """The words that matter for what a piece is: no remarks, no leading article."""
    core = [
        word.text + ("," if word.comma and word is not words[-1] else "")
        for word in words
        if not (word.text.startswith("(") and word.text.endswith(")"))
    ]
    while core and core[0].lower() in ("the", "our", "chaired", "led", "by", "via", "through"):
        core.pop(0)
    return tuple(core)


def _remarked(word: _Word) -> bool:
    return word.text.startswith("(") and _is_remark(word.text[1:-1])


# --- naming a piece ---------------------------------------------------------------------------


def _is_remark(inside: str) -> bool:
    """Whether a bracket's words say something of the lead, as "to advance" and "tbc" do."""
    first = inside.strip().split()
    if not first or (len(first) > 1 and first[-1].lower() in table.POST_HEADS):
        return False
    return first[0].lower().strip(".,") in table.REMARK_OPENINGS or first[0].islower()


def _piece(line: str, words: Sequence[_Word]) -> _Piece:
    """The piece as printed, its closing remark apart."""
    if not words:
        return _Piece("", None, "body")
    last, remark = len(words), None
    while last and words[last - 1].text.startswith("(") and _is_remark(words[last - 1].text[1:-1]):
        last -= 1
        remark = words[last].text[1:-1].strip()
    text = line[words[0].start : words[last - 1].end] if last else ""
    text = _LEADING.sub("", text.strip(" ,.;:–-"))
    core = _core(words[:last])
    fallback: Kind = "post" if any(w in table.POST_HEADS for w in low_words(core)) else "body"
    return _Piece(text, remark, kind_of(core) or fallback)


def _name(piece: _Piece, known: dict[str, str], role: LeadRole) -> Lead:
    text, remark = piece.text, piece.remark
    if remark and remark.lower().split()[0].strip(".,") in table.SUPPORT_REMARKS:
        role = "supporting"
    bracket = re.fullmatch(r"(.*\S)\s*\(([^()]+)\)", text)
    if bracket:
        outer, inner = bracket.group(1), bracket.group(2).strip()
        if is_name(inner) and not is_name(outer):
            return _with_person(_name(_Piece(outer, remark, piece.kind), known, role), inner)
        if is_name(outer):
            return _with_person(_name(_Piece(inner, remark, "post"), known, role), outer)
        if is_code(inner):
            kind = _kind_of(outer) or _kind_of(inner) or piece.kind
            return Lead(text, _lead_kind(kind), role, full=outer, remark=remark)
    if is_name(text) or is_given_name_alone(text):
        return _bare_person(text, role, remark)
    full = known.get(text) or (known.get(text[:-1]) if text.endswith("s") else None)
    kind = (full and _kind_of(full)) or _kind_of(text) or piece.kind
    return Lead(text, _lead_kind(kind), role, full=full, remark=remark)


def _kind_of(text: str) -> Kind | None:
    words = [m.group() for m in _TOKEN.finditer(text.strip(" ,")) if m.group()[0] != "("]
    return kind_of(tuple(words))


def _lead_kind(kind: Kind) -> LeadKind:
    return "body" if kind == "department" else kind


def _with_person(lead: Lead, person: str) -> Lead:
    kind: LeadKind = "post" if lead.kind == "person" else lead.kind
    return replace(lead, person=person, kind=kind)


_OFFICES = re.compile(r"^(Cllr|Councillor|Alderman|Supt|Ch Supt|Insp|Sgt|PC|DCI|DI)\.?\s+(.+)$")


def _bare_person(text: str, role: LeadRole, remark: str | None) -> Lead:
    """A name without a post; a councillor's or an officer's rank is the post."""
    office = _OFFICES.match(text)
    if office:
        return Lead(office.group(1), "post", role, person=office.group(2), remark=remark)
    return Lead("", "person", role, person=text, remark=remark)


def _people_with_posts(marked: list[_Marked]) -> list[Lead]:
    """Each bare name joined to the post printed beside it: "Name, Job title" or the reverse."""
    leads = [lead for lead, _ in marked]
    post_first = bool(leads) and leads[0].kind == "post" and leads[0].person is None
    joined: list[Lead] = []
    at = 0
    while at < len(leads):
        here = leads[at]
        following = leads[at + 1] if at + 1 < len(leads) else None
        pair = following is not None and here.role == following.role
        pair = pair and marked[at + 1][1] in ("", ",", "–", "-")
        if following and pair and not post_first and here.kind == "person":
            if following.kind != "person" and following.person is None:
                joined.append(_with_person(following, here.person or ""))
                at += 2
                continue
        elif (
            following and pair and post_first and here.person is None and following.kind == "person"
        ):
            joined.append(_with_person(here, following.person or ""))
            at += 2
            continue
        joined.append(here)
        at += 1
    return joined
