"""One value read under one scheme: its result, how sure that is, by which rule.

Nothing is guessed. A value that is not certain has no result; it has what a person may choose from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from goldenthread.categories import answers
from goldenthread.categories.absence import Status, absence
from goldenthread.categories.ethnic import Doubt, ethnic_group
from goldenthread.categories.lists import MISSING, CodeList, Missing, all_lists, code_list, lists_of
from goldenthread.categories.schemes import Scheme, SchemeCode, scheme, schemes_of
from goldenthread.categories.words import squeezed, words

Certainty = Literal["exact", "certain", "review", "settled"]
TEXT = "text"

RULES: Mapping[str, str] = {
    "code": "It is a code of the scheme.",
    "code and words": "It is a code of the scheme with its words beside it.",
    "label": "It is the label of a group, as its list prints it.",
    "already mapped": "It is a code of the list or a state of missing, or the same in words.",
    "words": "Its words name one group.",
    "heading": "Its words name a broad group and no more.",
    "no answer": "It says that there is no answer.",
    "not of the scheme": "It is not a code of the scheme.",
    "code for a person": "The scheme has this code, and it does not say which group of the list.",
    "unverified": "The scheme was not read in a source, so what its code means is not certain.",
    "aggregate": "It counts several groups together, and no person is of all of them.",
    "nationality": "It is a nationality, and not an ethnic group.",
    "told apart": "It names together what the list tells apart.",
    "two groups": "It names groups of more than one kind.",
    "two answers": "It gives two answers.",
    "code against words": "A code and the words beside it say different things.",
    "several codes": "What it means is told in more than one code of this list.",
    "unknown": "Its words are not known.",
    "settled": "A person settled it.",
}
"""Every rule that a result rests on, in a sentence that fits any value."""


@dataclass(frozen=True)
class Reading:
    """What one value means in a list.

    ``code`` is a code of the list or None; ``state`` one of the four of missing or None; both are
    None while it is for ``review``. ``rule`` is a key of RULES and ``why`` what a scheme adds.
    ``suggestions`` are codes to choose from. ``status`` is how the record words it.
    """

    raw: str
    scheme: str
    code: str | None
    state: Missing | None
    certainty: Certainty
    rule: str
    why: str = ""
    suggestions: tuple[str, ...] = ()
    status: Status = "declared"

    @property
    def result(self) -> str | None:
        """The code or the state; None where a person must decide."""
        return self.code or self.state


def read(raw: str, into: CodeList, scheme: str = TEXT) -> Reading:
    """What a value means in a list under a scheme: the name of one, of a list, or ``text``.

    Case, blanks and punctuation never matter. Blank is a state under every scheme, and so are words
    that say that there is no answer. A code or a label of ``into`` is itself.

    Raises KeyError for a scheme that there is not or that is of another characteristic.

    Source: each scheme and list names its own.

    >>> england = code_list("ethnicity_england_2021")
    >>> read("A1", england, "nhs_2001").code, read("A1", england, "police_sde").code
    ('white_british', 'asian_indian')
    >>> read("Z", england, "nhs_2001").state, read("99", england, "nhs_2001").state
    ('prefer_not_to_say', 'not_known')
    >>> read("British", england).result, read("British", england).rule
    (None, 'nationality')
    >>> read("Chinese", code_list("ethnicity_england_2001")).code
    'other_chinese'
    """
    if scheme == TEXT:
        return _text(raw, into)
    known = _scheme_or_list(scheme)
    if known.characteristic != into.characteristic:
        raise KeyError(f"{scheme!r} is not a scheme of {into.characteristic}")
    if isinstance(known, CodeList):
        return _label(raw, into, known)
    return _code(raw, into, known)


def schemes_for(characteristic: str) -> tuple[str, ...]:
    """The names that a column of a characteristic may be read under.

    >>> schemes_for("sex")
    ('text', 'dfe_gender', 'nhs_gender', 'sex_2021')
    """
    coded = (one.name for one in schemes_of(characteristic))
    return (TEXT, *coded, *(one.name for one in lists_of(characteristic)))


def _scheme_or_list(name: str) -> Scheme | CodeList:
    return next((one for one in all_lists() if one.name == name), None) or scheme(name)


def _code(raw: str, into: CodeList, known: Scheme) -> Reading:
    code = known.find(squeezed(raw))
    if code is not None:
        return _of_code(raw, into, known, code, "code")
    missing = _missing(raw, into, known.name)
    if missing is not None:
        return missing
    parts = words(raw)
    if len(parts) > 1 and (code := known.find(parts[0].upper())) is not None:
        if parts[1:] == words(code.label):
            return _of_code(raw, into, known, code, "code and words")
        reading, beside = _of_code(raw, into, known, code, "code and words"), _said(parts[1:], into)
        if reading.result is not None and beside == reading.result:
            return reading
        return _review(raw, known.name, "code against words")
    return _review(raw, known.name, "not of the scheme")


def _of_code(raw: str, into: CodeList, known: Scheme, code: SchemeCode, rule: str) -> Reading:
    if code.state is not None:
        status: Status = "not_stated" if code.state == "not_stated" else "unknown"
        state: Missing = "not_known"
        if code.state in MISSING:
            state = next(one for one in MISSING if one == code.state)
        if state == "prefer_not_to_say":
            status = "prefer_not_to_say"
        return Reading(raw, known.name, None, state, "exact", rule, status=status)
    if code.means is None:
        rule = "code for a person" if known.verified else "unverified"
        return _review(raw, known.name, rule, code.review, into, code.why)
    return _placed(raw, into, known.name, code.means, rule, "exact")


def _label(raw: str, into: CodeList, source: CodeList) -> Reading:
    parts = words(raw)
    code = _full_labels(source.name).get(_squeeze(parts)) or answers.exactly(parts, source)
    if code is not None:
        rule = "already mapped" if source == into and parts == words(code) else "label"
        if source == into:
            return Reading(raw, source.name, code, None, "exact", rule)
        return _placed(raw, into, source.name, source.item(code).holds[0], rule, "exact")
    return _missing(raw, into, source.name) or _review(raw, source.name, "not of the scheme")


def _text(raw: str, into: CodeList) -> Reading:
    parts = words(raw)
    own = next((i.code for i in into.items if words(i.code) == parts), None)
    if own is not None:
        return Reading(raw, TEXT, own, None, "exact", "already mapped")
    if into.characteristic != "ethnicity":
        return _answer(raw, into)
    missing = _missing(raw, into, TEXT)
    if missing is not None:
        return missing
    coded = _coded_words(raw, into)
    if coded is not None:
        return coded
    printed = _printed(into.name).get(_squeeze(parts))
    if printed is not None:
        return _placed(raw, into, TEXT, printed, "label", "exact")
    said = ethnic_group(_without_number(parts))
    if isinstance(said, Doubt):
        perhaps = said.perhaps or _initials(into.name).get("".join(parts), ())
        reading = _review(raw, TEXT, said.rule, perhaps, into)
        if said.rule == "nationality" and (box := _full_labels(into.name).get(_squeeze(parts))):
            # A box of this list has that word under White; alone it may be either.
            reading = replace(reading, suggestions=(box,))
        return reading
    reading = _placed(raw, into, TEXT, said, "words", "certain")
    if reading.code is not None and _full_labels(into.name).get(_squeeze(parts)) == reading.code:
        return Reading(raw, TEXT, reading.code, None, "exact", "label")
    return reading


def _answer(raw: str, into: CodeList) -> Reading:
    parts = words(raw)
    code = answers.exactly(parts, into)
    if code is not None:
        return Reading(raw, TEXT, code, None, "exact", "label")
    said = answers.answer(parts, into)
    if not isinstance(said, Doubt):
        for state in MISSING:
            if said == state:
                return Reading(raw, TEXT, None, state, "certain", "no answer", status="unknown")
        return Reading(raw, TEXT, said, None, "certain", "words")
    return _missing(raw, into, TEXT) or _review(raw, TEXT, said.rule)


def _missing(raw: str, into: CodeList, scheme: str) -> Reading | None:
    """The state of missing that words say; None where they say a group, or something beside it."""
    parts = words(raw)
    for state in MISSING:
        if parts == words(state):
            return Reading(
                raw, scheme, None, state, "exact", "already mapped", status=_worded(state)
            )
    said = absence(parts)
    if said is None or (parts == ("0",) and into.characteristic != "ethnicity"):
        # A nought may be the “no” of a question that is answered with 1 and 0.
        return None
    rest = tuple(word for word in said.rest if not word.isdigit())
    if not rest:
        return Reading(raw, scheme, None, said.state, "certain", "no answer", status=said.status)
    if into.characteristic == "ethnicity":
        coded = _coded_words(raw, into)
        if coded is not None:
            return coded
        heading = ethnic_group(rest)
        item = None if isinstance(heading, Doubt) else into.place(heading)[0]
        if not isinstance(heading, Doubt) and item is not None and into.item(item).partial:
            if said.state == "prefer_not_to_say":
                # Declined the detail, or all of it: the form alone can say.
                return _review(raw, scheme, "two answers", (heading,), into)
            return _placed(raw, into, scheme, heading, "heading", "certain")
    return _review(raw, scheme, "two answers")


def _worded(state: Missing) -> Status:
    return "prefer_not_to_say" if state == "prefer_not_to_say" else "unknown"


def _coded_words(raw: str, into: CodeList) -> Reading | None:
    """A code with words beside it, as payroll exports print them: “N Black or Black British …”.

    Some scheme must say of the code what the words say. None where no word is such a code.
    """
    parts = words(raw)
    if len(parts) < 2:
        return None
    meant: list[Reading] = []
    gainsaid = False
    for known in schemes_of(into.characteristic):
        for code, beside in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
            found = known.find(code.upper()) if known.detect and code not in _WORDS else None
            if found is None:
                continue
            reading, said = _of_code(raw, into, known, found, "code and words"), _said(beside, into)
            if beside == words(found.label) or (said is not None and said == reading.result):
                meant.append(reading)
            else:
                gainsaid = gainsaid or said is not None
    results = {reading.result: reading for reading in meant}
    if len(results) == 1:
        return replace(next(iter(results.values())), scheme=TEXT)
    return _review(raw, TEXT, "code against words") if results or gainsaid else None


# Words that are also codes: “both” is a code of schools, “ns” of the police.
_WORDS = frozenset({"both"})


def _said(parts: tuple[str, ...], into: CodeList) -> str | None:
    reading = ethnic_group(parts) if into.characteristic == "ethnicity" else None
    if isinstance(reading, str):
        return into.place(reading)[0]
    return None


def _without_number(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The words without the number that a list puts before them."""
    return parts[1:] if len(parts) > 1 and parts[0].isdigit() else parts


def _placed(
    raw: str, into: CodeList, scheme: str, meaning: str, rule: str, certainty: Certainty
) -> Reading:
    code, perhaps = into.place(meaning)
    if code is None:
        return Reading(raw, scheme, None, None, "review", "several codes", suggestions=perhaps)
    if rule == "words" and into.item(code).partial:
        rule = "heading"
    return Reading(raw, scheme, code, None, certainty, rule)


def _review(
    raw: str,
    scheme: str,
    rule: str,
    perhaps: tuple[str, ...] = (),
    into: CodeList | None = None,
    why: str = "",
) -> Reading:
    codes: list[str] = []
    for meaning in perhaps if into is not None else ():
        assert into is not None  # noqa: S101 - for the reader of types
        code, several = into.place(meaning)
        codes += [code] if code is not None else several
    return Reading(
        raw, scheme, None, None, "review", rule, why, suggestions=tuple(dict.fromkeys(codes))
    )


@cache
def _full_labels(name: str) -> dict[str, str]:
    """The code of each label of a list, by itself where no other has it, and after its heading."""
    known: dict[str, str] = {}
    twice: set[str] = set()
    for item in code_list(name).items:
        for text in (item.label, item.code):
            label = _squeeze(words(text))
            twice |= {label} if known.get(label, item.code) != item.code else set()
            known[label] = item.code
        if item.heading:
            known[_squeeze(words(f"{item.heading} {item.label}"))] = item.code
    return {label: code for label, code in known.items() if label not in twice}


@cache
def _printed(name: str) -> dict[str, str]:
    """The meaning of each label after its heading, as this list and those of England print it."""
    england = (one for one in lists_of("ethnicity") if one.country == "England")
    return {
        _squeeze(words(f"{item.heading} {item.label}")): item.holds[0]
        for one in (*england, code_list(name))
        for item in one.items
        if item.heading
    }


def _squeeze(parts: tuple[str, ...]) -> str:
    return " ".join(word for word in parts if word not in ("and", "or"))


@cache
def _initials(name: str) -> dict[str, tuple[str, ...]]:
    """What two or three initials may stand for: suggestions, and never a result."""
    found: dict[str, list[str]] = {}
    for item in code_list(name).items:
        broad = item.heading.split(",")[0].split()[:1]
        texts = [item.label, *item.also] + [f"{each} {item.label}" for each in broad]
        for text in texts:
            letters = "".join(word[0] for word in words(text) if word not in ("and", "or", "any"))
            if 2 <= len(letters) <= 3:
                found.setdefault(letters, []).append(item.holds[0])
    return {letters: tuple(dict.fromkeys(meanings)) for letters, meanings in found.items()}


def is_known(reading: Reading) -> bool:
    """Whether a value belongs to its scheme at all, sure or not: what detection counts."""
    return reading.rule not in ("not of the scheme", "unknown", "code against words")
