"""What each paragraph of a plan without a table is: a heading, a label, an item or plain words.

"Objective 1: …" and "Action 2" are numbered labels; "Lead: …" and "By when?" name a field, several
of them perhaps in one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from goldenthread.documents import contents
from goldenthread.documents.headings import Role, exact_role, heading_role
from goldenthread.documents.numbers import WORDS
from goldenthread.intake import Paragraph, Table
from goldenthread.plan.wording import fold

_NUMBER = r"(?P<number>[A-Z]{0,3}\d+(?:\.\d+)*[a-z]?|[A-Z]|(?:" + "|".join(WORDS) + "))"
_WANTED = re.compile(
    r"^(?:(?:strategic|equality|key|our|high[- ]impact|corporate|priority|race|outcome)\s+){0,3}"
    r"(?P<label>objective|recommendation|aim|priority|commitment|principle|goal|indicator|metric|"
    r"pledge|ambition|challenge|finding|outcome|theme|promise|ask|action area|standard|strand)\s+"
    r"(?:no\.?\s*)?" + _NUMBER + r"\b\s*(?:[:.)–—-]+\s*|$|\s+(?=[A-Z]))(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DOES = re.compile(
    r"^(?P<before>(?:[A-Za-z-]+\s+){0,2})(?P<label>action|step|task|activity|measure)\s+(?:no\.?\s*)?"
    + _NUMBER
    + r"\b\s*(?:[:.)–—-]+\s*|$|\s+(?=[A-Z]))(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LABEL_WORDS = r"[A-Z][\w’'/&() -]{1,48}?"
_LABEL = re.compile(rf"^\s*(?P<label>{_LABEL_WORDS}\??)\s*(?::|(?<=\?))\s*(?P<rest>.*)$", re.DOTALL)
_DASHED = re.compile(r"^\s*(?P<label>[A-Z][\w /?]{1,24}?)\s+[–—-]\s+(?P<rest>.+)$", re.DOTALL)
_INNER = re.compile(
    rf"(?:^|[.;|,•]\s+|\s[–—]\s|\s{{2,}}|\t|[(\[])(?P<label>{_LABEL_WORDS}\??):\s+", re.IGNORECASE
)
_DOTTED = re.compile(r"^[A-Z]?\d+\.\d+[a-z]?\.?\s+\S")
_LONGEST_HEADING = 30  # in words
_LONGEST_LABEL = 5
_HEADLINE_ROLES: frozenset[Role] = frozenset({"recommendation", "action", "theme"})
ABOUT: frozenset[Role] = frozenset(
    {"lead", "supporting", "timescale", "start", "end", "measure", "status", "update", "evidence"}
)
_ENOUGH = 2

_ANSWERS = re.compile(
    r"(?:fully |partly |partially |not )?(?:accepted|agreed|supported|rejected|noted)"
    r"(?: in (?:full|part|principle))?\.?",
    re.IGNORECASE,
)
Kind = Literal["wanted", "does", "heading", "label", "item", "text"]


@dataclass(frozen=True)
class Part:
    """One paragraph, or a labelled stretch of one, and what it is."""

    kind: Kind
    text: str
    paragraph: Paragraph
    level: int = 99
    number: str | None = None
    role: Role | None = None
    prefix: str = ""


def parts_of(paragraph: Paragraph) -> Iterator[Part]:
    """What a paragraph is: one part, or several where it holds several labels."""
    text = " ".join(paragraph.text.split())
    short = len(text.split()) <= _LONGEST_HEADING
    heads = paragraph.heading is not None or (paragraph.bold and paragraph.list_level is None)
    level = paragraph.heading or (7 if heads else 99)
    for kind, pattern in (("wanted", _WANTED), ("does", _DOES)):
        match = pattern.match(text)
        if match and (short or match["rest"]) and _is_numbered(match, text, heads):
            number = WORDS.get(match["number"].casefold(), match["number"])
            qualified = kind == "does" and match["before"].strip()
            yield Part(
                kind,  # type: ignore[arg-type]
                match["rest"].strip(),
                paragraph,
                level,
                number,
                role="recommendation" if qualified else None,
                prefix=match["label"].casefold(),
            )
            return
    labelled = list(_labels(text, paragraph))
    if labelled:
        yield from labelled
    elif heads and short and not (paragraph.bold and text.endswith(".") and not paragraph.heading):
        yield Part("heading", text.rstrip(":"), paragraph, level, role=_heading_field(text))
    elif paragraph.list_level is not None or _is_numbered_item(text):
        yield Part("item", text, paragraph)
    elif (role := _bare_label(text)) is not None:
        yield Part("label", "", paragraph, role=role)
    else:
        yield Part("text", text, paragraph)


def _is_numbered_item(text: str) -> bool:
    """Whether a paragraph is an item whose number is part of its words, and ends in its date."""
    return bool(_DOTTED.match(text)) and ends_in_time(text)


def _bare_label(text: str) -> Role | None:
    """The field that a paragraph names which holds nothing else, as a list of terms does."""
    if len(text.split()) > _LONGEST_LABEL or text[-1:] in ".,;":
        return None
    role = exact_role(text)
    return role if role in ABOUT | {"action"} else None


def _is_numbered(match: re.Match[str], text: str, heads: bool) -> bool:
    """Whether "Aim A …" and "Objective one" are labels and not the start of a sentence."""
    number = match["number"]
    if number[0].isdigit() or any(c.isdigit() for c in number):
        after = text[match.end("number") : match.end("number") + 2].strip()
        return heads or not match["rest"] or after[:1] in (":", ".", "–", "—", "-", ")")
    return heads or text[match.end("number") :].strip()[:1] in (":", "–", "—", "-")


def _heading_field(text: str) -> Role | None:
    """The field that a heading names when it is nothing but a label ("Actions", "By when?")."""
    role = exact_role(text.rstrip(":"))
    return role if role in ABOUT | _HEADLINE_ROLES | {"rationale"} else None


def _labels(text: str, paragraph: Paragraph) -> Iterator[Part]:
    """The labelled stretches of a paragraph, with the words before the first of them."""
    cuts = [
        (m.start("label"), m.end(), role)
        for m in _INNER.finditer(text)
        if (role := _label_role(m["label"])) is not None
    ]
    if cuts and cuts[0][0] > 1 and not any(role in ABOUT for *_, role in cuts):
        cuts = []
    if not cuts:
        for pattern in (_LABEL, _DASHED):
            match = pattern.match(text)
            role = _label_role(match["label"]) if match else None
            if match and pattern is _DASHED:
                role = exact_role(match["label"])
                role = role if role in ("lead", "timescale", "status", "measure") else None
            if match and role is not None:
                rest = match["rest"].strip()
                yield Part("label", rest, paragraph, role=_settled(role, match["label"], rest))
                return
        return
    opening = text[: cuts[0][0]].rstrip(" ([|;•–—").strip()
    if opening:
        # What stands before "Lead: …" in the same paragraph is what is led: an action.
        yield Part("item", opening, replace(paragraph, text=opening))
    for (start_of, start, role), (end, *_) in zip(
        cuts, [*[(c[0],) for c in cuts[1:]], (len(text),)], strict=True
    ):
        words = text[start:end].strip().rstrip("|;,•–— ").strip()
        for opens, closes in ("()", "[]"):
            if opens not in words:
                words = words.rstrip(closes)
            words = words.removesuffix(opens).strip()
        role = _settled(role, text[start_of:start].rstrip(": "), words)
        if role == "lead":
            words, time = _lead_and_time(words)
            if time:
                yield Part("label", time, paragraph, role="timescale")
        yield Part("label", words, paragraph, role=role)


def _lead_and_time(words: str) -> tuple[str, str]:
    """A lead's label may go on with the time: "Head of HR; between May and July 2025"."""
    parts = re.split(r"[;,]\s+", words)
    times = [p for p in parts if contents.is_time(p) and not contents.is_lead(p)]
    rest = ", ".join(p for p in parts if p not in times)
    return (rest, ", ".join(times)) if times and rest else (words, "")


def _settled(role: Role, label: str, value: str) -> Role:
    """What a label means by its value: a target may be a day or what is to be reached."""
    aims = fold(label) in ("target", "targets", "milestone", "milestones")
    if role == "evidence":
        return "measure"
    if role in ("action", "response") and _ANSWERS.fullmatch(value.strip()):
        return "response"
    return "measure" if aims and value and not contents.is_time(value) else role


def _label_role(label: str) -> Role | None:
    role = exact_role(label.strip(" ?"))
    if role is None and len(label.split()) <= 5 and not contents.begins_with_a_verb(label):
        role = heading_role(label)
        if role in _HEADLINE_ROLES and label.split()[-1].casefold() not in (
            "objective", "recommendation", "aim", "action", "actions", "activities", "goal",
            "commitment", "timescale", "timescales",
        ):  # fmt: skip
            role = None
    return role if role in ABOUT | _HEADLINE_ROLES | {"rationale", "response", "number"} else None


def is_card(table: Table) -> bool:
    """Whether a table is a form: labels down its first column, and what they say beside them."""
    rows = [[cell.text for cell in row.cells if cell.text] for row in table.rows]
    filled = [row for row in rows if row]
    if len(filled) < 3 or any(len(row) > 2 for row in filled):
        return False
    roles = [_label_role(row[0].strip(" :?")) for row in filled]
    known = [role for role in roles if role is not None]
    return (
        len(known) * 3 >= len(filled) * 2
        and bool({"action", "recommendation"} & set(known))
        and len(set(known)) > 2
    )


def card_parts(table: Table) -> Iterator[Part]:
    """The labels and values of a form, as if each row were "Label: value"."""
    for row in table.rows:
        filled = [cell for cell in row.cells if cell.text]
        if not filled:
            continue
        label, values = filled[0], [p for cell in filled[1:] for p in cell.paragraphs if p.text]
        role = _label_role(label.text.strip(" :?"))
        if role is None or not values:
            continue
        if len(values) == 1:
            words = " ".join(values[0].text.split())
            yield Part("label", words, values[0], role=_settled(role, label.text, words))
            continue
        yield Part("label", "", values[0], role=role)
        for value in values:
            listed = replace(value, list_level=value.list_level or 0)
            yield Part("item", " ".join(value.text.split()), listed)


def shows_a_plan(parts: Sequence[Part]) -> bool:
    """Whether the parts are those of a plan: numbered aims, labels, or items that end in dates."""
    wanted = sum(1 for p in parts if p.kind == "wanted")
    doings = sum(1 for p in parts if p.kind == "does")
    labels = [p.role for p in parts if p.kind == "label"]
    headline = sum(1 for role in labels if role in ("recommendation", "action"))
    about = sum(1 for role in labels if role in ABOUT)
    dated = sum(1 for p in parts if p.kind == "item" and ends_in_time(p.text))
    items = sum(1 for p in parts if p.kind == "item")
    if wanted >= _ENOUGH or doings >= _ENOUGH:
        return True
    if wanted and (dated >= _ENOUGH or about >= _ENOUGH) and 2 * max(dated, about) >= items:
        return True
    if headline and about >= _ENOUGH:
        return True
    if about > _ENOUGH and len({r for r in labels if r in ABOUT}) > 1:
        return True
    answers = [p for p in parts if p.kind == "item" and (p.paragraph.list_level or 0) > 0]
    if sum(1 for p in answers if ends_in_time(p.text)) >= _ENOUGH:
        return True
    return dated > _ENOUGH and dated * 2 >= items


def ends_in_time(text: str) -> bool:
    """Whether an item ends in its date: "… (by March 2024)" or "… – Summer 2021".

    >>> ends_in_time("Publish the report (by March 2024)"), ends_in_time("Publish the report")
    (True, False)
    """
    stripped = text.rstrip(" .;,")
    for opens, closes in ("()", "[]"):
        if stripped.endswith(closes) and opens in stripped:
            inside = stripped[stripped.rindex(opens) + 1 : -1]
            return any(contents.is_time(part) for part in re.split(r"[,;]\s*", inside))
    _, mark, last = stripped.rpartition(" – ")
    if not mark:
        _, mark, last = stripped.rpartition(" - ")
    return bool(mark) and contents.is_time(last)
