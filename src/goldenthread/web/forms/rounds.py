"""The forms of rounds: the days of one, how long it stays open, and how often things are asked."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.timescale import STANDARD
from goldenthread.web.forms.form import DayField, Form

MONTHS_WORDS = {
    1: _("Every month"),
    3: _("Every quarter"),
    6: _("Every half-year"),
    12: _("Every year"),
}


class OpenRoundForm(Form):
    """The days of a round that is to be opened."""

    teams_from = DayField(label=_("From when can leads and their teams be asked?"), required=True)
    directors_from = DayField(label=_("From when can directors be asked?"), required=True)
    closes = DayField(
        label=_("What is the last day for an answer?"),
        help_text=_("What comes later is kept as well, and is shown as late."),
        required=True,
    )


class KeepOpenForm(Form):
    """Until when a round stays open."""

    closes = DayField(
        label=_("What is the last day for an answer?"),
        help_text=_("Links that were sent before open until the day that their mail gave."),
        required=True,
    )


class MonthsForm(Form):
    """How often a plan or an action is asked about."""

    kinds: ClassVar = {"months": "radios"}
    months = forms.TypedChoiceField(
        label=_("How often is it asked about?"),
        choices=list(MONTHS_WORDS.items()),
        coerce=int,
        help_text=_("Periods are those of the financial year, which begins in April."),
    )

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        # Radios compare what was sent, which is text.
        field = self.fields["months"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(months), words) for months, words in MONTHS_WORDS.items()]


class CadenceForm(MonthsForm):
    """How often a unit is asked about, and on which days around the end of a period."""

    teams_before = forms.IntegerField(
        label=_("How many days before a period is over are leads and their teams asked?"),
        help_text=_(
            "14 gives them the last 14 days of the period. Less than 0 is after it: -1 is the "
            "second day of the next. Leave it blank for the usual number."
        ),
        required=False,
    )
    directors_before = forms.IntegerField(
        label=_("How many days before it is over are directors asked?"),
        help_text=_("0 is the day after the period ends, when their teams have answered."),
        required=False,
    )
    grace = forms.IntegerField(
        label=_("For how many days after the period does the window stay open?"), required=False
    )

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a number that was left blank is the usual one."""
        answers = super().sent
        usual = STANDARD[answers["months"]]
        for name in ("teams_before", "directors_before", "grace"):
            if answers[name] is None:
                answers[name] = getattr(usual, name)
        return answers


class NothingForm(Form):
    """Nothing but the version: the deed needs no answer."""
