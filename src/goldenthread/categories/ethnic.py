"""What an ethnic group written in words means: a small grammar, and no list of spellings.

A heading (White, Asian or Asian British …) narrows what follows it; a detail (Indian, African …)
names the group; “other” names what is left of its heading. What fits none of this is a doubt, and
a doubt is for a person. Nationality, aggregates such as BAME, and two groups in one answer are
never made into one person's group.

Sources: the labels of the lists; the text standardiser of Ethnicity facts and figures (github
racedisparityaudit/ethnicity-facts-and-figures-publisher, commit d121ad5,
classification_lookup.csv, MIT) for the ways in which public bodies write them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.categories.words import CONNECTORS


@dataclass(frozen=True)
class Doubt:
    """Why words give no group, and the meanings that a person may choose from."""

    rule: str
    perhaps: tuple[str, ...] = ()


_FILLERS_IN_A_LINE = (
    "background backgrounds ethnic ethnicity group groups heritage minor origin person specify"
    " please total race"
)
_FILLERS = frozenset(_FILLERS_IN_A_LINE.split())
_NATIONS = frozenset({"british", "english", "welsh", "scottish", "northern_irish", "cornish"})
_ALL_NATIONS = frozenset({"british", "english", "welsh", "scottish", "northern_irish"})
_TRAVELLERS = frozenset({"gypsy", "irish_traveller", "traveller"})
_AGGREGATES_IN_A_LINE = (
    "all bame bipoc bme everyone majority minorities minority nonwhite poc visible"
)
_AGGREGATES = frozenset(_AGGREGATES_IN_A_LINE.split())
_PHRASES = (
    (("northern", "irish"), "northern_irish"),
    (("n", "irish"), "northern_irish"),
    (("traveller", "of", "irish"), "irish_traveller"),
    (("irish", "traveller"), "irish_traveller"),
    (("mixed", "multiple"), "mixed"),
    (("mixed", "or", "multiple"), "mixed"),
    (("afro",), "african"),
    (("dual",), "mixed"),
    (("multiple",), "mixed"),
    (("biracial",), "mixed"),
    (("gypsies",), "gypsy"),
    (("travellers",), "traveller"),
    (("non", "british"), "non_british"),
    (("pakistan",), "pakistani"),
    (("africans",), "african"),
    (("bangladesh",), "bangladeshi"),
)
_DETAILS = {
    "asian": {
        "indian": "asian_indian",
        "pakistani": "asian_pakistani",
        "bangladeshi": "asian_bangladeshi",
        "chinese": "asian_chinese",
    },
    "black": {"african": "black_african", "caribbean": "black_caribbean"},
    "other": {"arab": "other_arab"},
}
_FAMILY = {word: family for family, words in _DETAILS.items() for word in words}
_MEANING = {word: meaning for words in _DETAILS.values() for word, meaning in words.items()}
# Headings of Black that name details; the words after one of them name the group.
_BLACK_HEADINGS = (
    ("black", "african", "caribbean"),
    ("black", "caribbean", "african"),
    ("african", "caribbean", "black"),
)
_REST = {
    "white": "white_other",
    "mixed": "mixed_other",
    "asian": "asian_other",
    "black": "black_other",
}


def ethnic_group(words: Sequence[str]) -> str | Doubt:
    """The meaning of an answer's words, or the doubt about them.

    A meaning that is only a heading (``asian``) says that the broad group is known and no more.

    >>> ethnic_group(("black", "or", "black", "british", "african"))
    'black_african'
    >>> ethnic_group(("asian", "or", "asian", "british"))
    'asian'
    >>> ethnic_group(("british",))
    Doubt(rule='nationality', perhaps=())
    >>> ethnic_group(("chinese", "or", "other"))
    Doubt(rule='aggregate', perhaps=())
    """
    major = "major" in words
    merged = _merged([w for w in words if w not in _FILLERS and w != "major"])
    if not merged:
        return Doubt("unknown")
    if _AGGREGATES & set(merged) or _pair(merged, "non", "white") or _joined_to_other(merged):
        return Doubt("aggregate")
    plain = [word for word in merged if word not in CONNECTORS]
    joined = [word for word in plain if word not in ("any", "other")]
    others = len(plain) - len(joined)
    if not joined:
        return "other_any" if others > 1 and not major else "other"
    if "mixed" in joined or (joined[0] == "white" and {"black", "asian", *_FAMILY} & set(joined)):
        return _mixed(joined, merged, others)
    if joined[0] == "white" or {*_TRAVELLERS, "roma", "romany"} & set(joined):
        return _white(joined, others)
    return _asian_black_or_other(joined, merged, others)


def _merged(words: list[str]) -> list[str]:
    """The words with each phrase of several as one."""
    found: list[str] = []
    place = 0
    while place < len(words):
        for phrase, word in _PHRASES:
            if tuple(words[place : place + len(phrase)]) == phrase:
                found.append(word)
                place += len(phrase)
                break
        else:
            found.append(words[place])
            place += 1
    return found


def _pair(words: Sequence[str], first: str, second: str) -> bool:
    return any(pair == (first, second) for pair in pairwise(words))


def _joined_to_other(words: Sequence[str]) -> bool:
    """Whether “other” is joined to a group, as in “Chinese or other”: two groups counted as one."""
    for place, word in enumerate(words):
        if word in CONNECTORS:
            before = words[place - 1] if place else ""
            after = [w for w in words[place + 1 : place + 3] if w != "any"]
            if before == "other" or (after and after[0] == "other" and len(words) - place <= 3):
                return True
    return False


def _mixed(joined: Sequence[str], merged: Sequence[str], others: int) -> str | Doubt:
    """“Mixed” and what is mixed; “White and …” without the word."""
    parts = {word for word in joined if word != "mixed"}
    said = "mixed" in joined
    if not parts:
        return "mixed_other" if others else "mixed"
    if parts == {"white"}:
        return Doubt("two groups")
    if (
        others
        or "white" not in parts
        or not parts <= {"white", "black", "asian", *_DETAILS["black"]}
    ):
        return Doubt("unknown")
    if not said and not _pair(merged, "white", "and"):
        return Doubt("two groups", ("mixed",))
    if "asian" in parts:
        whole = "mixed_white_and_asian" if parts == {"white", "asian"} else "mixed"
    elif parts <= {"white", "black", "caribbean"} and "caribbean" in parts:
        whole = "mixed_white_and_black_caribbean"
    elif parts <= {"white", "black", "african"} and "african" in parts:
        whole = "mixed_white_and_black_african"
    else:
        whole = "mixed"
    return whole


def _white(joined: Sequence[str], others: int) -> str | Doubt:
    rest = {word for word in joined if word != "white"}
    if "roma" in rest or "romany" in rest:
        only = rest == {"roma"} and not others
        return "white_roma" if only else Doubt("told apart", ("gypsy_or_roma",))
    if not rest:
        return "white_other" if others else "white"
    if rest == {"non_british"}:
        return "white_other"
    if rest <= _NATIONS:
        return "white_british"
    if others:
        return Doubt("unknown", ("white_other",))
    if rest == {"irish"}:
        return "white_irish"
    if rest <= _TRAVELLERS | {"irish"}:
        if rest == {"traveller"}:
            return Doubt("unknown", ("gypsy_or_irish_traveller", "white_other"))
        return "gypsy_or_irish_traveller"
    if rest <= _NATIONS | {"irish"}:
        return "white"
    return Doubt("unknown", ("white_other",))


def _asian_black_or_other(joined: Sequence[str], merged: Sequence[str], others: int) -> str | Doubt:
    named = [word for word in joined if word not in _NATIONS]
    nations = set(joined) - set(named)
    if not named:
        if nations >= _ALL_NATIONS:
            return "white_british"
        return Doubt("nationality")
    heading, details, ours = _headed(named)
    if not ours:
        if named == ["irish"] and not nations and not others:
            return "white_irish"
        if set(named) == {"irish"}:
            return Doubt("nationality", ("white",))
        return Doubt("unknown")
    if others:
        return _with_other(heading, details, merged)
    families = {_FAMILY[word] for word in details} | ({heading} if heading else set())
    if len(families) > 1:
        return Doubt("two groups")
    if len(set(details)) == 1 and not _joined_to_heading(merged, heading, details[0]):
        return _MEANING[details[0]]
    return families.pop()


def _joined_to_heading(merged: Sequence[str], heading: str, detail: str) -> bool:
    """Whether a heading and its only detail are alternatives, as in “Caribbean or Black”."""
    return (
        bool(heading)
        and merged.count(heading) == 1
        and any(
            {before, after} == {heading, detail} and join in CONNECTORS
            for before, join, after in zip(merged, merged[1:], merged[2:], strict=False)
        )
    )


def _headed(named: Sequence[str]) -> tuple[str, list[str], bool]:
    """The heading, the details after it, and whether every word is one of ours."""
    once = [w for i, w in enumerate(named) if w not in ("asian", "black") or w not in named[:i]]
    ours = all(word in ("asian", "black", *_FAMILY) for word in once)
    both = {"asian", "black"} <= set(once)
    heading = "" if both else next((w for w in once if w in ("asian", "black")), "")
    for phrase in _BLACK_HEADINGS:
        if tuple(once[: len(phrase)]) == phrase:
            return "black", list(once[len(phrase) :]), ours
    details = [word for word in once if word in _FAMILY]
    return heading, details, ours and not both


def _with_other(heading: str, details: Sequence[str], merged: Sequence[str]) -> str | Doubt:
    """“Other” beside a heading is the rest of it; under Other itself stand Arab and Chinese."""
    if heading and not details:
        return _REST[heading]
    if heading == "black" and "caribbean" in details and merged[:2] == ["any", "other"]:
        # Any other Black, African or Caribbean background: the words of the box itself.
        return "black_other"
    if not heading and len(set(details)) == 1 and details[0] in ("arab", "chinese"):
        return _MEANING[details[0]]
    return Doubt("unknown", tuple(_MEANING[word] for word in dict.fromkeys(details)))
