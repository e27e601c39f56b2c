"""The forms of pledges and of objectives counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

BECAME_WORDS: Mapping[str, Any] = {
    "kept": _("Kept so far"),
    "not_kept": _("Not kept"),
    "no_longer": _("No longer meant"),
}
READER_WORDS: Mapping[str, Any] = {
    "inside": _("People of the council who may see this directorate’s planning"),
    "public": _("Everybody: whoever made it chose that"),
}


class PledgeForm(ChoosingForm):
    """A pledge as it was made: its words, whose it is, the day, and who may read it."""

    kinds: ClassVar = {"text": "text", "public": "radios"}
    text = forms.CharField(
        label=_("What was pledged?"),
        help_text=_("Word for word, as it was made. Leave out names of people."),
        required=False,
        max_length=PARAGRAPH,
    )
    post = forms.ChoiceField(
        label=_("Which post made it?"),
        help_text=_("A post or a team: one of them. Never a person’s name."),
        required=False,
    )
    team = forms.ChoiceField(label=_("Or which part of the council?"), required=False)
    team_words = forms.CharField(
        label=_("Or which other team?"),
        help_text=_("For example: Repairs night shift, or the Members’ group on equality."),
        required=False,
        max_length=160,
    )
    made_on = DayField(label=_("On which day?"), required=False)
    public = forms.ChoiceField(
        label=_("Who may read it?"),
        required=False,
        choices=list(READER_WORDS.items()),
        initial="inside",
    )
    nobody_named = forms.BooleanField(label=_("No person is named in the words"), required=False)

    def clean_public(self) -> bool:
        """Whether the maker chose that the public may read it."""
        return self.cleaned_data.get("public") == "public"

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a new pledge has no version to be out of step with."""
        answers = super().sent
        answers.pop("version")
        return answers


class FollowUpForm(Form):
    """What became of a pledge by a day."""

    kinds: ClassVar = {"what": "radios", "text": "text"}
    what = forms.ChoiceField(
        label=_("Was it kept?"), required=False, choices=list(BECAME_WORDS.items())
    )
    on = DayField(label=_("On which day was that so?"), required=False)
    text = forms.CharField(
        label=_("What happened?"),
        help_text=_(
            "One plain sentence; what happens next, where it was not kept. Leave out names."
        ),
        required=False,
        max_length=PARAGRAPH,
    )
    nobody_named = forms.BooleanField(label=_("No person is named in the words"), required=False)


class ReaderForm(Form):
    """Who may read a pledge, as its maker now chooses."""

    kinds: ClassVar = {"public": "radios"}
    public = forms.ChoiceField(
        label=_("Who may read it?"), required=False, choices=list(READER_WORDS.items())
    )

    def clean_public(self) -> bool:
        """Whether the maker chose that the public may read it."""
        return self.cleaned_data.get("public") == "public"


class CountForm(ChoosingForm):
    """Two numbers of one quarter: appraisals with an objective that serves, and appraisals held."""

    ends = forms.ChoiceField(label=_("Up to the end of which quarter?"), required=False)
    action = forms.ChoiceField(
        label=_("Of one action, or of the whole plan?"),
        help_text=_("Leave it as it is for the plan as a whole."),
        required=False,
    )
    held = forms.IntegerField(
        label=_("How many appraisals were held in the year so far?"),
        help_text=_("From 1 April to the end of that quarter."),
        required=False,
    )
    serving = forms.IntegerField(
        label=_("In how many of them does an objective serve it?"),
        help_text=_("Count appraisals, not objectives. Never write whose, or what it says."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why does it change? (only where that quarter was counted before)"),
        required=False,
        max_length=LINE,
    )

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; counts are only ever added to, so they have no version."""
        answers = super().sent
        answers.pop("version")
        ends = answers.pop("ends", "")
        return answers | {"ends": date.fromisoformat(ends) if ends else None}
