"""The forms of bodies that meet, of their seats and of the calendar of their meetings."""

from __future__ import annotations

import re
from datetime import time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

KIND_WORDS = {
    "cabinet": _("Cabinet or executive"),
    "council": _("Council"),
    "scrutiny": _("Overview and scrutiny"),
    "equality_group": _("Equality, diversity and inclusion group"),
    "joint_union_committee": _("Joint committee with the trade unions"),
    "trade_union": _("Trade union"),
    "management_team": _("Management team"),
    "staff_forum": _("Staff network or forum"),
    "other": _("Something else"),
}
PART_WORDS = {
    "chair": _("Chair"),
    "member": _("Member"),
    "adviser": _("Adviser"),
    "officer": _("Officer in support"),
}
EVERY_WORDS = {
    "once": _("Once"),
    "week": _("Every week"),
    "two_weeks": _("Every two weeks"),
    "month": _("Every month"),
    "six_weeks": _("Every six weeks"),
    "two_months": _("Every two months"),
    "quarter": _("Every quarter"),
    "six_months": _("Every six months"),
    "year": _("Every year"),
}
_HOUR = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm|noon)?", re.IGNORECASE)


class HourField(forms.CharField):
    """An hour as people write it: 18:30, 6.30pm, 7pm; None where it is blank."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401
        super().__init__(required=False, max_length=20, **more)

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        """The hour. Raises ``ValidationError`` where it is none, or could be morning or evening."""
        typed = super().clean(value)
        if not typed:
            return None
        found = _HOUR.fullmatch(typed.strip())
        hour, minute, half = (found[1], found[2] or "0", found[3]) if found else ("99", "0", None)
        at, half = int(hour), (half or "").lower()
        if half and not 1 <= at <= 12:
            at = 99
        elif half in ("am", "pm"):
            at = at % 12 + 12 * (half == "pm")
        elif half:
            at = 12 if at == 12 else 99
        elif found and not found[2]:
            at = 99
        try:
            return time(at, int(minute))
        except ValueError:
            raise forms.ValidationError(now_("Enter an hour, such as 18:30 or 6.30pm.")) from None

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """The hour as it is typed."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class _BodyForm(ChoosingForm):
    """What a body is called and what kind it is."""

    kinds: ClassVar = {"sort": "radios"}

    name = forms.CharField(
        label=_("What does the council call it?"),
        help_text=_("For example: Overview and Scrutiny Committee"),
        required=False,
        max_length=300,
    )
    sort = forms.ChoiceField(label=_("What kind of body is it?"), choices=list(KIND_WORDS.items()))
    letter = forms.CharField(
        label=_("With which letters do the numbers of its requests begin?"),
        help_text=_("One to four. With S, its requests are S1, S2 and so on."),
        required=False,
        max_length=20,
    )
    public = forms.BooleanField(
        label=_("Its meetings are open to the public"),
        help_text=_("The next edition of a plan then names the days on which it meets."),
        required=False,
    )
    called: ClassVar = {"kind": "sort"}

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, as a change calls them."""
        answers = super().sent
        return answers | {"kind": answers.pop("sort")}


class AddBodyForm(_BodyForm):
    """A new body."""

    asked_before = forms.IntegerField(
        label=_("What is the number of its last request?"),
        help_text=_("If it has asked before and its requests are numbered: 13, for S13. Else 0."),
        required=False,
        min_value=0,
        max_value=9_999,
    )
    unit = forms.ChoiceField(label=_("Which part of the council does it belong to?"))
    begins = DayField(
        label=_("Since when has it met?"), help_text=_("Nothing is recorded of the time before.")
    )

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a number left blank is nought."""
        answers = super().sent
        return answers | {"asked_before": answers["asked_before"] or 0}


class ChangeBodyForm(_BodyForm):
    """Another name, kind or letter for the same body."""


class EndBodyForm(Form):
    """The last day of a body."""

    until = DayField(label=_("What is its last day?"))


class RemitForm(Form):
    """Terms of reference, as they were agreed."""

    kinds: ClassVar = {"text": "text"}
    text = forms.CharField(
        label=_("What is it for?"),
        help_text=_("Its terms of reference, word for word, or the part that says what it does."),
        required=False,
    )
    link = forms.CharField(
        label=_("Where are they in full?"),
        help_text=_("An address that begins with https://. You may leave this blank."),
        required=False,
        max_length=1_000,
    )
    agreed_on = DayField(label=_("When were they agreed?"))
    review_on = DayField(
        label=_("When are they looked at again?"),
        help_text=_("Once the day has passed, its page says so until new ones are agreed."),
        required=False,
    )


class SeatForm(ChoosingForm):
    """A seat, of a post or in words."""

    kinds: ClassVar = {"part": "radios"}
    post = forms.ChoiceField(
        label=_("Which post has the seat?"),
        help_text=_("Whoever holds the post sits there, and may speak for the body."),
        required=False,
    )
    text = forms.CharField(
        label=_("Or which role, if it is no post of the council?"),
        help_text=_("A role, and not a person. For example: Chair of the Faith Forum"),
        required=False,
        max_length=300,
    )
    part = forms.ChoiceField(label=_("As what?"), choices=list(PART_WORDS.items()))
    since = DayField(label=_("From which day?"))


class ArrangeForm(ChoosingForm):
    """A meeting, or a series of them in one go."""

    called: ClassVar = {"days": "on"}
    on = DayField(label=_("On which day is the first?"))
    every = forms.ChoiceField(
        label=_("How often?"),
        help_text=_("By months it keeps the weekday: the second Tuesday of each month."),
        choices=list(EVERY_WORDS.items()),
        initial="once",
    )
    last = DayField(
        label=_("Until when, if there are more?"),
        help_text=_("You see the days before they are kept. Bank holidays are not left out."),
        required=False,
    )
    starts = HourField(label=_("When does it begin?"), help_text=_("For example: 18:30"))
    finishes = HourField(label=_("When does it end, if that is known?"))
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("For example: Council Chamber, Town Hall"),
        required=False,
        max_length=300,
    )
    papers_before = forms.IntegerField(
        label=_("How many days before are its papers due?"),
        help_text=_("For example: 8. Leave it blank if nobody has said."),
        required=False,
        min_value=0,
        max_value=90,
    )

    def clean(self) -> dict[str, Any]:
        """A series has a last day."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("every") != "once" and "every" in answers:
            first, last = answers.get("on"), answers.get("last")
            if last is None and "last" not in self.errors:
                self.add_error("last", now_("Give the last day of the series."))
            elif first and last and last < first:
                self.add_error("last", now_("Give a day after the first."))
        return answers


class MeetingForm(Form):
    """One meeting, as it now is to be."""

    on = DayField(label=_("On which day?"))
    starts = HourField(label=_("When does it begin?"), help_text=_("For example: 18:30"))
    finishes = HourField(label=_("When does it end, if that is known?"))
    place = forms.CharField(label=_("Where?"), required=False, max_length=300)
    papers_due = DayField(label=_("When are its papers due?"), required=False)


class ReasonForm(Form):
    """Why something ends."""

    kinds: ClassVar = {"reason": "text"}
    reason = forms.CharField(label=_("Why?"), required=False)
