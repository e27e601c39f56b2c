"""Words into tokens: what each word, number and mark of a phrase is, with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from goldenthread.timescale import words as table

FIRST_YEAR, LAST_YEAR = 1900, 2199


class Token(NamedTuple):
    """One word, number or mark. ``kind`` says what it is, ``value`` what it stands for."""

    kind: str
    value: Any
    text: str
    start: int
    end: int
    spaced: bool  # white space stands before it


STOP_TOKEN = Token("END_OF_TEXT", None, "", 0, 0, True)

_FORM = re.compile(
    r"""
    (?P<iso>(?:19|20|21)\d\d-\d\d-\d\d(?!\d)(?:[t ]\d\d:\d\d(?::\d\d)?)?)
  | (?P<dmy>\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)(?:\d{4}|\d\d)(?!\d))
  | (?P<my>(?:0?[1-9]|1[0-2])/(?:19|20|21)\d\d(?!\d))
  | (?P<span>(?:19|20|21)\d\d(?:\ ?[/-]\ ?(?:19|20|21)\d\d|\ ?/\ ?\d\d|-\d\d|/\d)(?!\d|[/.-]\d))
  | (?P<money>[£$€]\ ?\d[\d,.]*[km]?)
  | (?P<percent>\d+(?:\.\d+)?\ ?%)
  | (?P<decimal>\d+(?:\.\d+)+)
  | (?P<pair>\d{1,2}/\d{1,2}(?!\d))
  | (?P<ordinal>\d{1,2}\ ?(?:st|nd|rd|th)\b)
  | (?P<short>'\d\d(?!\d))
  | (?P<number>\d+)
  | (?P<abbreviation>n/a|w/[ceb]|a\.s\.a\.p|e\.g|i\.e|p\.a|and/or|lgbt\+)(?![^\W\d_])
  | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
  | (?P<mark_only>[^\w\s])
  | (?P<line>\n[\s]*)
  | (?P<other>_+)
    """,
    re.VERBOSE,
)
_SAME_MARK = str.maketrans({
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **dict.fromkeys("·●▪◦‣∙", "•"),
})  # fmt: skip
_MARKS = {",": "COMMA", "/": "SLASH", ":": "COLON", "(": "OPEN", ")": "CLOSE", "[": "OPEN",
          "]": "CLOSE", "&": "AND", "+": "AND", ";": "STOP", "•": "STOP", "|": "STOP",
          '"': "QUOTE"}  # fmt: skip
# A full stop after these ends a word, not a sentence.
_SHORTENED = frozenset({*table.MONTH_SHORT, "no", "approx", "wk", "yr", "qtr", "c", "w/c", "w/e",
                        "e.g", "i.e", "p.a", "a.s.a.p", "ref"})  # fmt: skip
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


def plain(text: str) -> tuple[str, list[int] | None]:
    """The text in lower case with one form of dash and quote, and the place of each letter.

    The second value is None where the two have the same length and so the same places.
    """
    if text.isascii():
        return text.lower(), None
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text.translate(_SAME_MARK)):
        if letter in _INVISIBLE:
            continue
        for piece in letter if letter.isascii() else unicodedata.normalize("NFKC", letter):
            letters.append(piece.lower() if len(piece.lower()) == 1 else piece)
            places.append(place)
    places.append(len(text))
    return "".join(letters).translate(_SAME_MARK), places


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, Any]]]:
    """Every phrase of the tables by its first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}

    def add(phrase: str, kind: str, value: Any) -> None:  # noqa: ANN401
        parts = tuple(phrase.split(" "))
        entries = found.setdefault(parts[0], [])
        if all(entry[0] != parts for entry in entries):  # the first table that knows a word has it
            entries.append((parts, kind, value))

    for number, name in enumerate(table.MONTHS, 1):
        add(name, "MONTH", number)
    for name, number in table.MONTH_SHORT.items():
        add(name, "MONTH", number)
    for name in table.WEEKDAYS:
        add(name, "WEEKDAY", None)
    for name, number in table.SEASONS.items():
        add(name, "SEASON", number)
    for name, number in table.NUMBERS.items():
        add(name, "NUMBER", number)
    for name, number in table.ORDINALS.items():
        add(name, "ORDINAL_WORD", number)
    for (status, how), phrases in table.STATUSES.items():
        for phrase in phrases.split("|"):
            add(phrase, "STATUS", (status, how))
    for phrase, value in table.RECURRENCES.items():
        add(phrase, "RECURRENCE", value)
    for phrase in table.ONGOING.split("|"):
        add(phrase, "ONGOING", None)
    add("rolling", "ONGOING", "alone")  # "Rolling training programme" names a programme
    for name, phrases in table.OCCASIONS.items():
        for phrase in phrases.split("|"):
            add(phrase, "OCCASION", name)
    for phrase, unit in table.AROUND.items():
        if " " in phrase or phrase == "fy":
            add(phrase, "YEAR_KIND", unit)
            if " " in phrase:
                add(f"{phrase}s", "YEAR_KIND", unit)
    add("ay", "YEAR_KIND", "academic_year")
    add("fye", "YEAR_KIND", "financial_year")
    for (kind, value), phrases in table.PHRASES.items():
        for phrase in phrases.split("|"):
            add(phrase, kind, value)
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(number: int) -> int:
    """The year that two digits stand for: always 20yy."""
    return number + 2000 if number < 100 else number


def _form(kind: str, text: str) -> tuple[str, Any]:
    """The kind and value of anything with digits in it."""
    if kind == "iso":
        day = _day(int(text[:4]), int(text[5:7]), int(text[8:10]))
        return ("DATE", day) if day else ("WORD", None)
    if kind == "dmy":
        parts = [int(part) for part in re.split(r"[./-]", text)]
        day = _day(full_year(parts[2]), parts[1], parts[0])
        return ("DATE", day) if day else ("IMPOSSIBLE", None)
    if kind == "my":
        month, year = text.split("/")
        return "MONTH_YEAR", (int(month), int(year))
    if kind == "span":
        return _years(text)
    if kind == "pair":
        first, second = text.split("/")
        return "PAIR", (int(first), int(second))
    if kind == "ordinal":
        return "ORDINAL", int(re.match(r"\d+", text)[0])  # type: ignore[index]
    if kind == "short":
        return "YEAR", 2000 + int(text[1:])
    if kind == "number":
        number = int(text[:9])
        if len(text) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
            return "YEAR", number
        return "NUMBER", number
    return "OTHER", None


def _years(text: str) -> tuple[str, Any]:
    """2022/23, 2022-2023, 2023-2027, 2024-03: (first year, last year, how it was written)."""
    first, second = re.split(r" ?[/-] ?", text)
    year, last = int(first), int(second)
    if len(second) < 4:
        last += year // 10 ** len(second) * 10 ** len(second)
        last += 10 ** len(second) if last <= year else 0
    slash = "/" in text
    if last == year + 1:
        return "YEARS", (year, last, "span" if slash or len(second) < 4 else "two years")
    if len(second) == 2 and not slash and 1 <= int(second) <= 12:
        return "MONTH_YEAR", (int(second), year)
    if year < last <= year + 30:
        return "YEARS", (year, last, "slash" if slash else "two years")
    return "OTHER", None


def _marks(text: str, spaced_before: bool, spaced_after: bool) -> str:
    if text == "-":
        return "DASH" if spaced_before or spaced_after else "HYPHEN"
    return _MARKS.get(text, "OTHER")


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order, ending in a few that say that the text has ended.

    >>> [(t.kind, t.value) for t in tokens("End October 2021")[:3]]
    [('END', None), ('MONTH', 10), ('YEAR', 2021)]
    """
    low, places = plain(text)
    raw = list(_raw(low))
    found: list[Token] = []
    phrases = _phrases()
    i, n = 0, len(raw)
    while i < n:
        token = raw[i]
        if token.kind == "WORD":
            for parts, kind, value in phrases.get(token.text, ()):
                last = _match(raw, i, parts) if len(parts) > 1 else i
                if last is not None:
                    start, end = token.start, raw[last].end
                    token = Token(kind, value, low[start:end], start, end, token.spaced)
                    i = last
                    break
        found.append(token)
        i += 1
    if places is not None:
        found = [t._replace(start=places[t.start], end=places[t.end - 1] + 1) for t in found]
    found.extend([STOP_TOKEN._replace(start=len(text), end=len(text))] * 4)
    return found


def _match(raw: list[Token], i: int, parts: tuple[str, ...]) -> int | None:
    """The last token of the phrase where it stands here, hyphens between its words passed over."""
    for part in parts[1:]:
        i += 1
        if i < len(raw) and raw[i].kind == "HYPHEN":
            i += 1
        if i >= len(raw) or raw[i].text != part:
            return None
    return i


def _raw(low: str) -> Iterator[Token]:
    """Tokens before phrases are looked for."""
    length = len(low)
    end = 0
    before = ""
    for found in _FORM.finditer(low):
        form = found.lastgroup or ""
        start, text = found.start(), found.group()
        spaced = start > end or start == 0
        end = found.end()
        if form in ("word", "abbreviation"):
            yield Token("WORD", None, text, start, end, spaced)
        elif form == "line":
            yield Token("STOP", None, "\n", start, start + 1, True)
        elif form == "mark_only":
            after = end >= length or low[end].isspace()
            if text in ".!?":
                if after and before not in _SHORTENED:
                    yield Token("STOP", ".", text, start, end, spaced)
            else:
                yield Token(_marks(text, spaced, after), None, text, start, end, spaced)
        elif form == "other":
            yield Token("OTHER", None, text, start, end, spaced)
        else:
            kind, value = _form(form, text)
            yield Token(kind, value, text, start, end, spaced)
        before = text
