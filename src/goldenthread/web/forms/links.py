"""The forms of links and of an action that is added."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm
from goldenthread.web.queries.links import MEANINGS


class LinkForm(ChoosingForm):
    """What a thing is joined to, what joins them, and from when."""

    kinds: ClassVar = {"to": "radios", "meaning": "radios"}
    meaning = forms.ChoiceField(
        label=_("What joins them?"),
        choices=[(name, onward) for name, (onward, _back) in MEANINGS.items()],
    )
    to = forms.ChoiceField(label=_("To which of these?"))
    since = DayField(label=_("From which day?"))


class EndLinkForm(Form):
    """The last day of a link, and why it ends."""

    kinds: ClassVar = {"reason": "text"}
    until = DayField(label=_("What is its last day?"))
    reason = forms.CharField(
        label=_("Why does it end?"),
        help_text=_("Whoever follows the thread later reads this."),
        required=False,
        max_length=LINE,
    )


class ActionForm(ChoosingForm):
    """One thing more that the body promises."""

    kinds: ClassVar = {"text": "text"}
    text = forms.CharField(
        label=_("What will be done?"),
        help_text=_("The public reads this. Say what will be there when it is done."),
        required=False,
        max_length=PARAGRAPH,
    )
    title = forms.CharField(
        label=_("Short name (optional)"),
        help_text=_("A few words for lists and headlines."),
        required=False,
        max_length=200,
    )
    number = forms.CharField(
        label=_("Number (optional)"),
        help_text=_("Left blank it takes the next one of its recommendation."),
        required=False,
        max_length=40,
    )
    when = forms.CharField(
        label=_("By when?"),
        help_text=_(
            "For example: 31 March 2027, Quarter 4, 2026/27, or Every quarter. Late is counted "
            "from this for good."
        ),
        required=False,
        max_length=LINE,
    )
    post = forms.ChoiceField(label=_("Which post answers for it?"), required=False)

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a new action has no version to be out of step with."""
        answers = super().sent
        answers.pop("version")
        return answers
