"""The data pack that a directorate's management team discussed: its file, figures and findings.

A file is read before it is kept, and refused where anything in it is hidden: whoever opens a pack
must see all that it holds. Every opening is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils.timezone import localdate

from goldenthread import intake
from goldenthread.errors import Missing, Refusal, Unreadable, Unsafe
from goldenthread.plan.heard import naming
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.uploads import Store, file_name, quarantined
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Pack, PackFigure, PackFinding, Person, Planning
from goldenthread.web.models.listening import PACK_FORMATS
from goldenthread.web.permissions import require
from goldenthread.web.queries.outgoing import known_names

TITLE, UNIT = 200, 40
MOST_FINDINGS, MOST_FIGURES = 50, 200
FORMATS_IN_WORDS = "PDF, Word (.docx), Excel (.xlsx) or a table with commas (.csv)"
# What a file may not hide, by what reading it tells, in the words of a refusal.
_HIDDEN = {
    "hidden_sheet": ("a hidden sheet", "hidden sheets"),
    "hidden_row": ("a hidden row", "hidden rows"),
    "hidden_column": ("a hidden column", "hidden columns"),
    "hidden_text": ("hidden words", "hidden words"),
    "embedded": (
        "something inside it that no page shows, such as the rows behind a pivot table",
        "things inside it that no page shows, such as the rows behind a pivot table",
    ),
    "tracked_deletion": ("words that were deleted and are still in it", "deleted words"),
}
# So many places are named one by one.
_MOST_NAMED = 5


@dataclass(frozen=True)
class Looked:
    """A file that was looked into and hides nothing: what it was called and what its bytes are."""

    file: IO[bytes]
    name: str
    format: str
    sha256: str


def look_into(
    *, by: Person, planning: Planning, file: IO[bytes], name: str, at: datetime
) -> Looked:
    """A file for a pack, once it has been read whole; nothing is stored.

    It is read by a limited process, and the file is rewound. Who may: keep_planning. Raises
    ``Unsafe`` (rule ``hidden``) with a sentence that says what it hides and where, and for another
    kind of file (rule ``kind``); with rule ``unreadable`` where it cannot be read.
    """
    require(by, "keep_planning", planning, localdate(at))
    called = file_name(name)
    file.seek(0)
    with quarantined(file, called) as path:
        try:
            found = intake.read(path)
        except Unreadable as refusal:
            # Said in the form, so that nothing that was typed is lost.
            raise Unsafe(
                refusal.what, rule="unreadable", do=refusal.do, place=refusal.place, file=called
            ) from None
        except Refusal as refusal:
            raise refusal.in_file(called) from None
    file.seek(0)
    if found.format not in dict(PACK_FORMATS):
        raise Unsafe(
            f"{called} is not a kind of file that a pack can be.",
            rule="kind",
            do=f"Send a {FORMATS_IN_WORDS}.",
        )
    hidden = [one for one in found.left_out if one.code in _HIDDEN]
    if hidden:
        raise Unsafe(
            f"{called} holds {_named(hidden)}.",
            rule="hidden",
            do="Take that out of the file, or show it, save it and send it again.",
        )
    return Looked(file, called, found.format, found.sha256)


def _named(hidden: Sequence[intake.LeftOut]) -> str:
    """What a file hides and where, in words: the first few places, and how many more."""
    said = []
    for code, (one, several) in _HIDDEN.items():
        of = [each for each in hidden if each.code == code]
        if not of:
            continue
        places = list(dict.fromkeys(str(each.place) for each in of if each.place))
        more = len(places) - _MOST_NAMED
        where = "; ".join(places[:_MOST_NAMED]) + (f"; and {more} places more" if more > 0 else "")
        said.append((one if len(of) == 1 else several) + (f" ({where})" if where else ""))
    return " and ".join(said)


@change
def keep_pack(
    *,
    by: Person,
    planning: Planning,
    title: str,
    discussed_on: date | None,
    findings: Sequence[str],
    looked: Looked | None,
    store: Store,
    at: datetime,
    key: str = "",
) -> Pack:
    """Keep the pack that was discussed on a day, with what was found in it.

    ``looked`` is its file as :func:`look_into` gave it, None where its figures are entered. Who
    may: keep_planning. Recorded: ``pack.kept`` with the digest of the file. Raises ``Missing``
    without a title, for a day to come, for a finding that names somebody, and for a pack with
    neither a file nor a finding; ``Unsafe`` where the file is too large or is not the one that was
    looked into.
    """
    require(by, "keep_planning", planning, localdate(at))
    called = words(title, name="title", most=TITLE)
    found = [text for one in findings if (text := words(one, name="finding", most=LINE))]
    needs = _naming(title=[called], findings=found)
    if not called:
        needs["title"] = "Say what the pack is called."
    if discussed_on is None:
        needs["discussed_on"] = "Give the day on which it was discussed."
    elif discussed_on > localdate(at):
        needs["discussed_on"] = "The day lies in the future."
    if len(found) > MOST_FINDINGS:
        needs["findings"] = f"Give {MOST_FINDINGS} findings at most."
    elif looked is None and not found:
        needs["file"] = "Attach the pack, or write what was found in it."
    if needs or discussed_on is None:
        raise Missing("The pack was not kept.", needs=needs)
    facts: dict[str, Any] = {}
    if looked is not None:
        looked.file.seek(0)
        copied = store.keep(looked.file)
        if copied.sha256 != looked.sha256:
            raise Unsafe("This is not the file that was looked into.", rule="altered")
        facts = {
            "format": looked.format,
            "file": looked.name,
            "stored": copied.path.name,
            "sha256": copied.sha256,
            "size": copied.size,
        }
    row = Pack.objects.create(
        planning=planning, title=called, discussed_on=discussed_on, at=at, by=by, **facts
    )
    PackFinding.objects.bulk_create(
        PackFinding(pack=row, position=place, text=text, at=at, by=by)
        for place, text in enumerate(found)
    )
    told = {"sha256": facts.get("sha256", ""), "findings": len(found)}
    audit.record(by=by, what="pack.kept", on=row, facts=told, at=at)
    return row


@change
def add_finding(*, by: Person, pack: Pack, text: str, at: datetime, key: str = "") -> PackFinding:
    """Add one sentence that says what was found in a pack.

    Who may: keep_planning. Recorded: ``pack.finding_added``. Raises ``Missing`` without words, for
    words that name somebody, and for a pack that was set aside.
    """
    require(by, "keep_planning", pack, localdate(at))
    _in_use(pack)
    said = words(text, name="finding", most=LINE)
    needs = _naming(text=[said])
    if not said:
        needs["text"] = "Say what was found, in one sentence."
    elif pack.findings.count() >= MOST_FINDINGS:
        needs["text"] = f"A pack has {MOST_FINDINGS} findings at most."
    if needs:
        raise Missing("The finding was not kept.", needs=needs)
    row = PackFinding.objects.create(
        pack=pack, position=pack.findings.count(), text=said, at=at, by=by
    )
    audit.record(by=by, what="pack.finding_added", on=row, facts={}, at=at)
    return row


@change
def enter_figure(
    *,
    by: Person,
    pack: Pack,
    text: str,
    value: Decimal | None,
    unit: str,
    at: datetime,
    key: str = "",
) -> PackFigure:
    """Enter one figure of a pack: what it is of, its value, and what stands behind it.

    Who may: keep_planning. Recorded: ``pack.figure_entered``, without the figure. Raises
    ``Missing`` without any of the three, for words that name somebody, and for a pack that was set
    aside.
    """
    require(by, "keep_planning", pack, localdate(at))
    _in_use(pack)
    said = words(text, name="what it is of", most=LINE)
    behind = words(unit, name="unit", most=UNIT)
    needs = _naming(text=[said])
    if not said:
        needs["text"] = "Say what the figure is of."
    if value is None or abs(value) >= Decimal(10) ** 12:
        needs["value"] = "Give the figure, in digits and a point."
    if not behind:
        needs["unit"] = "Say what stands behind the figure, such as per cent or days."
    if pack.figures.count() >= MOST_FIGURES:
        needs["text"] = f"A pack has {MOST_FIGURES} figures at most. Attach a file."
    if needs or value is None:
        raise Missing("The figure was not kept.", needs=needs)
    row = PackFigure.objects.create(
        pack=pack,
        position=pack.figures.count(),
        words=said,
        value=value,
        unit=behind,
        at=at,
        by=by,
    )
    audit.record(by=by, what="pack.figure_entered", on=row, facts={}, at=at)
    return row


@change
def withdraw_finding(
    *, by: Person, finding: PackFinding, reason: str, version: int, at: datetime, key: str = ""
) -> PackFinding:
    """Say that a finding does not hold; it stays to be read, with the reason.

    Who may: keep_planning. Recorded: ``pack.finding_withdrawn``. Raises ``Missing`` without a
    reason and for one that was withdrawn, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_planning", finding, localdate(at))
    _withdraw(finding, reason, version)
    audit.record(by=by, what="pack.finding_withdrawn", on=finding, facts={}, at=at)
    return finding


@change
def withdraw_figure(
    *, by: Person, figure: PackFigure, reason: str, version: int, at: datetime, key: str = ""
) -> PackFigure:
    """Say that an entered figure does not hold; it stays to be read, with the reason.

    Who may: keep_planning. Recorded: ``pack.figure_withdrawn``. Raises ``Missing`` without a reason
    and for one that was withdrawn, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_planning", figure, localdate(at))
    _withdraw(figure, reason, version)
    audit.record(by=by, what="pack.figure_withdrawn", on=figure, facts={}, at=at)
    return figure


@change
def set_aside_pack(
    *, by: Person, pack: Pack, reason: str, version: int, at: datetime, key: str = ""
) -> Pack:
    """Say that a pack is not the one that counts; it and its file stay on record, with the reason.

    Who may: keep_planning. Recorded: ``pack.set_aside``. Raises ``Missing`` without a reason and
    for one that was set aside, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_planning", pack, localdate(at))
    _in_use(pack)
    why = words(reason, name="reason", most=LINE, needed=True)
    step(pack, version, set_aside_because=why)
    audit.record(by=by, what="pack.set_aside", on=pack, facts={}, at=at)
    return pack


@change
def open_pack(*, by: Person, pack: Pack, at: datetime, key: str = "") -> Pack:
    """Put on record that somebody opens a pack's file; whoever hands it out asks this first.

    Who may: open_pack. Recorded: ``pack.opened``. Raises ``Missing`` where it has no file.
    """
    require(by, "open_pack", pack, localdate(at))
    if not pack.stored:
        raise Missing("This pack has no file.", do="Its figures were entered by hand.")
    audit.record(by=by, what="pack.opened", on=pack, facts={"sha256": pack.sha256}, at=at)
    return pack


def _naming(**said: Sequence[str]) -> dict[str, str]:
    """What points at a person in the words of each field."""
    people = known_names()
    found = {
        field: " ".join(dict.fromkeys(one for text in texts for one in naming(text, people=people)))
        for field, texts in said.items()
    }
    return {field: sentences for field, sentences in found.items() if sentences}


def _in_use(pack: Pack) -> None:
    """Refuse a pack that was set aside."""
    if pack.set_aside_because:
        raise Missing("This pack was set aside.", do="Keep the one that counts instead.")


def _withdraw(row: PackFinding | PackFigure, reason: str, version: int) -> None:
    if row.withdrawn_because:
        raise Missing("It was withdrawn already.")
    step(row, version, withdrawn_because=words(reason, name="reason", most=LINE, needed=True))
