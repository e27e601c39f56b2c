"""What is known of the body's own documents: kept, changed and taken out in the open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localdate

from goldenthread.documents import Habits, habits_from_json
from goldenthread.errors import Missing, OutOfStep, Unreadable
from goldenthread.plan.wording import fold
from goldenthread.web import audit, bridge
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Draft, Habit, Person, Question, Unit
from goldenthread.web.permissions import require

# A profile of two thousand short entries is far below this.
PROFILE_MOST_BYTES = 200 * 1024


@change
def keep_habit(
    *,
    by: Person,
    unit: Unit,
    about: str,
    text: str,
    meaning: str,
    at: datetime,
    full: str = "",
    key: str = "",
) -> Habit:
    """Say what some words mean in the documents of a unit and of all below it, from now on.

    ``about`` is column, lead, status or colour; ``meaning`` what ``documents.Habits`` takes. Who
    may: keep_habits in the unit. Recorded: ``habit.kept``, with what it is about and never its
    words. Raises ``Missing`` for words without a letter, a meaning that there is not, and words
    whose meaning is kept already.
    """
    require(by, "keep_habits", unit, localdate(at))
    said = words(text, name="text", most=LINE)
    row = _row(unit, about, said, meaning, words(full, name="full", most=LINE))
    if _standing(unit, about, row.folded) is not None:
        raise Missing(
            "The habit was not kept.",
            needs={"text": "The meaning of these words is kept already. Change that one."},
        )
    _save(row, "hand", by, at)
    audit.record(by=by, what="habit.kept", on=row, facts={"about": about, "from": "hand"}, at=at)
    return row


@change
def change_habit(
    *,
    by: Person,
    habit: Habit,
    version: int,
    meaning: str,
    at: datetime,
    full: str = "",
    key: str = "",
) -> Habit:
    """Say that some words mean something else from now on; what they meant before is kept.

    What changes: the habit ends and another of the same words begins, which is given back. Who
    may: keep_habits. Recorded: ``habit.changed``. Raises ``Missing`` for a meaning that there is
    not, ``OutOfStep`` where somebody changed or removed it first.
    """
    require(by, "keep_habits", habit, localdate(at))
    name = words(full, name="full", most=LINE)
    row = _row(habit.unit, habit.about, habit.words, meaning, name)
    _end(habit, version, by, at)
    _save(row, "hand", by, at)
    facts = {"about": habit.about, "before": habit.public_id}
    audit.record(by=by, what="habit.changed", on=row, facts=facts, at=at)
    return row


@change
def remove_habit(*, by: Person, habit: Habit, version: int, at: datetime, key: str = "") -> Habit:
    """Use a habit no longer; that it was kept, by whom and until when, stays.

    Who may: keep_habits. Recorded: ``habit.removed``. Raises ``OutOfStep`` where somebody changed
    or removed it first.
    """
    require(by, "keep_habits", habit, localdate(at))
    _end(habit, version, by, at)
    facts = {"about": habit.about}
    audit.record(by=by, what="habit.removed", on=habit, facts=facts, at=at)
    return habit


@change
def take_profile(*, by: Person, unit: Unit, profile: str, at: datetime, key: str = "") -> Unit:
    """Keep every entry of a profile as habits of a unit; what the profile leaves out stays.

    ``profile`` is the file's text. An entry whose words are kept with another meaning takes its
    place, and one that is kept alike is left alone. Who may: keep_habits. Recorded:
    ``profile.taken``, with how many were added and changed. Raises ``Missing`` where it is no
    profile, or says nothing new.
    """
    require(by, "keep_habits", unit, localdate(at))
    added = changed = 0
    for row, before in compared(unit, read_profile(profile)):
        if before is not None:
            _end(before, before.version, by, at)
            changed += 1
        else:
            added += 1
        _save(row, "profile", by, at)
    if not added + changed:
        raise Missing(
            "Nothing was kept.", needs={"file": "Everything in this profile is kept already."}
        )
    facts = {"added": added, "changed": changed}
    audit.record(by=by, what="profile.taken", on=unit, facts=facts, at=at)
    return unit


def read_profile(text: str) -> Habits:
    """The habits that a profile says. Raises ``Missing`` with the sentence where it is none."""
    try:
        return habits_from_json(text)
    except Unreadable as refusal:
        raise Missing("This is no profile.", needs={"file": str(refusal)}) from None


def compared(unit: Unit, habits: Habits) -> Iterator[tuple[Habit, Habit | None]]:
    """What a profile would add or change in a unit: unsaved rows, each with the one before."""
    standing = {
        (one.about, one.folded): one for one in Habit.objects.filter(unit=unit, ended_at=None)
    }
    seen: set[tuple[str, str]] = set()
    for about, said, meaning, full in bridge.entries(habits):
        row = _row(unit, about, words(said, name="words"), meaning, words(full, name="full"))
        before = standing.get((about, row.folded))
        same = before is not None and (before.meaning, before.full) == (row.meaning, row.full)
        if not same and (about, row.folded) not in seen:
            seen.add((about, row.folded))
            yield row, before


def remember(*, by: Person, question: Question, at: datetime) -> Habit | None:
    """Keep what somebody said of a document's words as a habit of its unit.

    Part of the answer and of its transaction; None where the same is kept already. Raises
    ``Missing`` where the answer gives the words no meaning, ``NotAllowed`` without keep_habits.
    """
    draft: Draft = question.draft
    require(by, "keep_habits", draft, localdate(at))
    about, said = bridge.MEANT.get(question.code), question.change.get("meaning", bridge.NOTHING)
    if about is None or said == bridge.NOTHING:
        raise Missing(
            "There is nothing to remember.",
            needs={"remember": "Say what the words mean, or do not tick this."},
        )
    row = _row(draft.unit, about, question.words, said, question.change.get("full", ""))
    before = _standing(draft.unit, about, row.folded)
    if before is not None:
        if (before.meaning, before.full) == (row.meaning, row.full):
            return None
        _end(before, before.version, by, at)
    row.draft = draft
    return _save(row, "draft", by, at)


def _row(unit: Unit, about: str, said: str, meaning: str, full: str) -> Habit:
    """A habit as a profile would take it, unsaved. Raises ``Missing`` where it would not."""
    wants = {"colour": "Choose a colour.", "lead": "Write the name as it is printed."}
    if not fold(said):
        raise Missing(
            "The habit was not kept.",
            needs={"text": wants.get(about, "Write the words as they are printed.")},
        )
    try:
        value = bridge.one_habit(about, said, meaning, full if about == "lead" else "")
    except Unreadable as refusal:
        field = "text" if "is no colour" in str(refusal) else "meaning"
        sentence = wants["colour"] if field == "text" else "Choose what they mean."
        raise Missing("The habit was not kept.", needs={field: sentence}) from None
    [(_about, kept, meant, name)] = bridge.entries(value)
    return Habit(unit=unit, about=about, words=kept, folded=fold(kept), meaning=meant, full=name)


def _standing(unit: Unit, about: str, folded: str) -> Habit | None:
    return Habit.objects.filter(unit=unit, about=about, folded=folded, ended_at=None).first()


def _save(row: Habit, origin: str, by: Person, at: datetime) -> Habit:
    row.origin, row.by, row.at = origin, by, at
    row.save(force_insert=True)
    return row


def _end(habit: Habit, version: int, by: Person, at: datetime) -> None:
    """End a habit, once: its version has moved on with that too."""
    if habit.ended_at is not None:
        raise OutOfStep(
            "Somebody changed this or took it out before you did.",
            do="Read what now stands on the page.",
        )
    step(habit, version, ended_at=at, ended_by=by)
