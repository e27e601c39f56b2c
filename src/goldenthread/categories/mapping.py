"""The mapping of a whole column: a result for each distinct value, settled once and kept.

A mapping is a value that can be saved and loaded. It holds the words of a column and who settled
them, and neither rows nor how many rows a value has: a word that one person wrote is still part of
a staff record, so the file is kept as carefully as one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, get_args

import msgspec

from goldenthread.categories.detection import Detection, detect
from goldenthread.categories.lists import MISSING, CodeList, code_list
from goldenthread.categories.reading import RULES, Certainty, Reading, read, schemes_for
from goldenthread.categories.words import key
from goldenthread.errors import Missing, Unreadable

SCHEMA = "goldenthread.mapping/1"
ITSELF = "goldenthread"


@dataclass(frozen=True)
class Entry:
    """One distinct value: what it was read as, how sure that is, by which rule, by whom and when.

    ``result`` is a code of the list or a state of missing, None while a person must decide.
    ``mapper`` is ``goldenthread`` or the post that settled it.
    """

    raw: str
    result: str | None
    certainty: Certainty
    rule: str
    mapper: str
    on: date
    why: str = ""
    suggestions: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A short name of the value, by which an answer on the review list finds it."""
        # It begins with a letter, or a spreadsheet would take some of them for numbers.
        return f"v{hashlib.sha256(key(self.raw).encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


@dataclass(frozen=True)
class ColumnMapping:
    """What every distinct value of a column means in one list, read under one scheme."""

    into: str
    scheme: str
    entries: tuple[Entry, ...]

    @property
    def characteristic(self) -> str:
        """The characteristic of the list."""
        return code_list(self.into).characteristic

    @property
    def review(self) -> tuple[Entry, ...]:
        """The values that a person must still decide."""
        return tuple(entry for entry in self.entries if entry.result is None)

    @cached_property
    def _results(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.entries}

    def entry(self, raw: str) -> Entry | None:
        """The entry of a value however it is written; None where it was never mapped."""
        return self._results.get(Entry(raw, None, "review", "", "", date.min).key)

    def result(self, raw: str) -> str | None:
        """The code or state of a value; None where it is for review or was never mapped.

        >>> england = code_list("ethnicity_england_2021")
        >>> column = map_column({"White British": 3}, england, on=date(2026, 11, 28))
        >>> column.result("  white - british ")
        'white_british'
        """
        entry = self.entry(raw)
        return entry.result if entry is not None else None


def map_column(
    values: Mapping[str, int],
    into: CodeList,
    scheme: str | None = None,
    *,
    on: date,
    settled: ColumnMapping | None = None,
) -> ColumnMapping:
    """What each distinct value of a column means in a list.

    Shape: ``values`` maps each distinct value to its rows; one entry for each that is written
    differently in more than case, blanks and punctuation, in the order given. ``scheme`` is taken
    as given, else that of ``settled``, else found from all values. What ``settled`` holds from a
    person goes before any rule, where its list and scheme are the same.

    Missing: blank and words for no answer become one of the four states. Adding values changes
    nothing about the others under a given scheme.

    Raises:
        Missing: the column fits no scheme, or two that differ; its needs has the question.
        KeyError: a scheme that there is not.

    >>> england = code_list("ethnicity_england_2021")
    >>> column = map_column({"A1": 4, "C": 1, "Z": 2}, england, "nhs_2001", on=date(2026, 11, 28))
    >>> [(entry.raw, entry.result) for entry in column.entries]
    [('A1', 'white_british'), ('C', 'white_other'), ('Z', 'prefer_not_to_say')]
    """
    kept = settled if settled is not None and settled.into == into.name else None
    if scheme is None:
        scheme = kept.scheme if kept is not None else _found(detect(values, into))
    by_person = (
        {entry.key: entry for entry in kept.entries if entry.certainty == "settled"}
        if kept is not None and kept.scheme == scheme
        else {}
    )
    entries: dict[str, Entry] = {}
    for raw in values:
        entry = _entry(read(raw, into, scheme), on)
        if entry.key in by_person:
            entry = replace(by_person[entry.key], raw=raw)
        entries.setdefault(entry.key, entry)
    # What was settled and is not in this file is settled still.
    for settled_key, entry in by_person.items():
        entries.setdefault(settled_key, entry)
    return ColumnMapping(into.name, scheme, tuple(entries.values()))


def _found(detection: Detection) -> str:
    if detection.scheme is None:
        raise Missing(
            detection.question,
            needs={"scheme": detection.question},
            do="Ask who runs the system that the column comes from.",
        )
    return detection.scheme


def _entry(reading: Reading, on: date) -> Entry:
    return Entry(
        raw=reading.raw,
        result=reading.result,
        certainty=reading.certainty,
        rule=reading.rule,
        mapper=ITSELF,
        on=on,
        why=reading.why,
        suggestions=reading.suggestions,
    )


def settle(
    mapping: ColumnMapping, answers: Mapping[str, str], *, by: str, on: date
) -> ColumnMapping:
    """The mapping with a person's answers in it: by an entry's key, a code or a state of missing.

    ``by`` is a post, such as “Head of HR data”. An answer may also change what was certain, or what
    was settled before. What has no answer stays as it was.

    Raises Missing where an answer is not of the list or is for no entry; its needs says which, by
    key and never by the value.

    >>> england = code_list("ethnicity_england_2021")
    >>> column = map_column({"Somali": 1, "African": 9}, england, "text", on=date(2026, 11, 28))
    >>> [open] = column.review
    >>> done = settle(column, {open.key: "black_african"}, by="Head of HR", on=date(2026, 11, 30))
    >>> done.result("somali"), done.review, done.entry("Somali").mapper
    ('black_african', (), 'Head of HR')
    """
    into = code_list(mapping.into)
    if not by.strip():
        raise Missing("It is not said who settles the list.", needs={"by": "Say which post."})
    known = {entry.key for entry in mapping.entries}
    wrong: dict[str, str] = {}
    for name, answer in answers.items():
        if name not in known:
            wrong[name] = "The mapping has no such entry."
        elif answer not in into and answer not in MISSING:
            wrong[name] = f"The answer is no code of {into.name} and no state of missing."
    if wrong:
        raise Missing(
            f"{len(wrong)} answers cannot be used.",
            needs=wrong,
            do=f"Answer with a code of {into.name} or one of {', '.join(MISSING)}.",
        )
    return replace(
        mapping,
        entries=tuple(
            replace(
                entry, result=answers[entry.key], certainty="settled", rule="settled",
                mapper=by.strip(), on=on, why="", suggestions=(),
            )
            if entry.key in answers
            else entry
            for entry in mapping.entries
        ),
    )  # fmt: skip


def to_json(mapping: ColumnMapping) -> str:
    """The mapping as JSON, one entry a line, to be kept as carefully as a staff record."""
    head = {"schema": SCHEMA, "list": mapping.into, "scheme": mapping.scheme}
    lines = ",\n ".join(json.dumps(entry, ensure_ascii=False) for entry in _plain(mapping.entries))
    begun = json.dumps(head, ensure_ascii=False).removesuffix("}")
    return f'{begun}, "entries": [\n {lines}\n]}}\n' if lines else f'{begun}, "entries": []}}\n'


def _plain(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        plain: dict[str, Any] = {
            "value": entry.raw,
            "result": entry.result,
            "certainty": entry.certainty,
            "rule": entry.rule,
            "mapper": entry.mapper,
            "on": entry.on.isoformat(),
        }
        if entry.why:
            plain["why"] = entry.why
        if entry.suggestions:
            plain["could be"] = list(entry.suggestions)
        yield plain


class _EntryFile(msgspec.Struct, forbid_unknown_fields=True):
    value: str
    result: str | None
    certainty: str
    rule: str
    mapper: str
    on: date
    why: str = ""
    could_be: list[str] = msgspec.field(default_factory=list, name="could be")


class _File(msgspec.Struct, forbid_unknown_fields=True):
    schema: str
    list_: str = msgspec.field(name="list")
    scheme: str
    entries: list[_EntryFile]


def from_json(text: str | bytes) -> ColumnMapping:
    """The mapping that JSON says, whole or refused.

    Raises Unreadable: no mapping, one of a version that we do not know, or an entry that its list
    does not have, named by its number and never by its value.

    >>> england = code_list("ethnicity_england_2021")
    >>> column = map_column({"Irish": 2, "British": 1}, england, "text", on=date(2026, 11, 28))
    >>> from_json(to_json(column)) == column
    True
    """
    do = f'A mapping begins with "schema": "{SCHEMA}".'
    try:
        file = msgspec.json.decode(text, type=_File)
    except (msgspec.DecodeError, UnicodeError):
        raise Unreadable("This is no mapping of a column.", do=do) from None
    if file.schema != SCHEMA:
        raise Unreadable("This is a mapping of a version that is not known here.", do=do)
    try:
        into = code_list(file.list_)
    except KeyError:
        raise Unreadable("The mapping is for a list that is not known here.") from None
    if file.scheme not in schemes_for(into.characteristic):
        raise Unreadable("The mapping is read under a scheme that is not known here.")
    entries = []
    for number, each in enumerate(file.entries, 1):
        wrong = _wrong(each, into)
        if wrong:
            raise Unreadable(f"Entry {number} of the mapping {wrong}.")
        certainty = next(one for one in get_args(Certainty) if one == each.certainty)
        entries.append(
            Entry(
                each.value, each.result, certainty, each.rule, each.mapper, each.on, each.why,
                tuple(each.could_be),
            )
        )  # fmt: skip
    found = ColumnMapping(file.list_, file.scheme, tuple(entries))
    if len({entry.key for entry in entries}) != len(entries):
        raise Unreadable("The mapping gives one value twice.")
    return found


def _wrong(entry: _EntryFile, into: CodeList) -> str:
    """What is wrong with an entry of a file; nothing where it is right."""
    if entry.certainty not in get_args(Certainty):
        return "has a certainty that is not known"
    if entry.rule not in RULES:
        return "has a rule that is not known"
    if (entry.result is None) != (entry.certainty == "review"):
        return "is for review and has a result, or has neither"
    if entry.result is not None and entry.result not in into and entry.result not in MISSING:
        return f"has a result that {into.name} does not have"
    if any(code not in into for code in entry.could_be):
        return f"suggests a code that {into.name} does not have"
    return ""
