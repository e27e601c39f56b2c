"""The forms of step 5: a plan begun by hand, its actions, what good looks like, service plans."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm


class BeginPlanForm(Form):
    """What a directorate's plan is called, and what its actions stand under."""

    title = forms.CharField(
        label=_("What is the plan called?"),
        help_text=_("For example: Housing and Communities race equality plan 2026/27."),
        required=False,
        max_length=LINE,
    )
    heading = forms.CharField(
        label=_("What do its actions stand under? (optional)"),
        help_text=_("One heading. Left blank, it says what the directorate will do."),
        required=False,
        max_length=LINE,
    )


class PlannedActionForm(ChoosingForm):
    """One thing that a directorate will do, who answers, by when, and how anyone will know."""

    kinds: ClassVar = {"text": "text", "good": "text", "heading": "radios"}
    text = forms.CharField(
        label=_("What will be done?"),
        help_text=_("Say what will be there when it is done, that is not there today."),
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
        help_text=_("Left blank it takes the one after the plan’s last."),
        required=False,
        max_length=40,
    )
    heading = forms.ChoiceField(label=_("What does it stand under?"), required=False)
    comes_from = forms.ChoiceField(
        label=_("Which priority does it come from? (optional)"),
        help_text=_("One that this directorate chose in step 3."),
        required=False,
    )
    post = forms.ChoiceField(label=_("Which post answers for it?"), required=False)
    support = forms.ChoiceField(label=_("Which post supports it? (optional)"), required=False)
    when = forms.CharField(
        label=_("By when?"),
        help_text=_(
            "For example: 31 March 2027, Quarter 4, 2026/27, or Every quarter. The day decides "
            "whether it is short, medium or long term. Late is counted from it for good."
        ),
        required=False,
        max_length=LINE,
    )
    measure = forms.CharField(
        label=_("How will anyone know that it worked?"),
        help_text=_("What will be counted or seen. How it is counted is said on its own page."),
        required=False,
        max_length=1000,
    )
    baseline = forms.CharField(
        label=_("Where does that stand today?"),
        help_text=_("For example: 4 in 10 in September 2026."),
        required=False,
        max_length=LINE,
    )
    target = forms.CharField(
        label=_("How much would be enough?"),
        help_text=_("For example: every one by March 2027."),
        required=False,
        max_length=LINE,
    )
    good = forms.CharField(
        label=_("What does good look like? (optional)"),
        help_text=_("What a tenant or a colleague would notice. Leave out names of staff."),
        required=False,
        max_length=PARAGRAPH,
    )

    def __init__(self, *given: Any, choices: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, choices=choices, **more)
        if len(choices.get("heading", ())) < 2:
            del self.fields["heading"]
        if not choices.get("comes_from"):
            del self.fields["comes_from"]

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a new action has no version to be out of step with."""
        answers = super().sent
        answers.pop("version")
        return answers


class GoodForm(Form):
    """What good looks like."""

    kinds: ClassVar = {"text": "text"}
    text = forms.CharField(
        label=_("What does good look like?"),
        help_text=_(
            "What somebody would notice that is not so today. What was said before stays in the "
            "history. Leave out names of staff."
        ),
        required=False,
        max_length=PARAGRAPH,
    )


class ServicePlanForm(ChoosingForm):
    """A service plan: whose, for which time, where it is, and when it is looked at again."""

    unit = forms.ChoiceField(label=_("Whose service plan is it?"), required=False)
    title = forms.CharField(
        label=_("What is it called?"),
        help_text=_("For example: Tenancy Services service plan 2026/27."),
        required=False,
        max_length=200,
    )
    begins = DayField(label=_("On which day does it begin?"), required=False)
    ends = DayField(label=_("On which day does it end?"), required=False)
    place = forms.CharField(
        label=_("Where does somebody find it?"),
        help_text=_("For example: the directorate’s shared folder, Service plans."),
        required=False,
        max_length=LINE,
    )
    link = forms.CharField(
        label=_("Or a link to it"),
        help_text=_("An address that begins with https://"),
        required=False,
        max_length=1000,
    )
    review_on = DayField(label=_("When is it looked at next? (optional)"), required=False)

    def __init__(self, *given: Any, choices: Any = None, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, choices=choices, **more)
        if not choices:
            del self.fields["unit"]


class EndServicePlanForm(Form):
    """From which day a service plan counts no more."""

    on = DayField(label=_("From which day does it count no more?"))


class PutInForm(ChoosingForm):
    """An action that stands in a service plan, and its reference there."""

    action = forms.ChoiceField(label=_("Which action?"), required=False)
    reference = forms.CharField(
        label=_("Under which reference? (optional)"),
        help_text=_("As the service plan numbers it, for example 3.2."),
        required=False,
        max_length=60,
    )

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; what stands in a service plan has no version."""
        answers = super().sent
        answers.pop("version")
        return answers


class TakeOutForm(ChoosingForm):
    """An action that stands in a service plan no longer."""

    kinds: ClassVar = {"action": "radios"}
    action = forms.ChoiceField(label=_("Which action does it no longer hold?"), required=False)

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; what stands in a service plan has no version."""
        answers = super().sent
        answers.pop("version")
        return answers
