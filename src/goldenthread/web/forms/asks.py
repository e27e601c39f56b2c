"""The forms of what bodies ask, what they are told, and what they say of a plan."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

ASK_WORDS = {"request": _("It asked for something"), "resolution": _("It resolved something")}
STATE_WORDS = {
    "overdue": _("Overdue"),
    "part": _("Answered in part"),
    "open": _("Open"),
    "answered": _("Answered"),
    "withdrawn": _("Withdrawn"),
}
STANCE_WORDS = {
    "supports": _("Supports"),
    "supports_with_objections": _("Supports with objections"),
    "objects": _("Objects"),
    "no_position": _("Takes no position"),
}
# What every page needs that shows what bodies say and ask.
SAID_WORDS = {"states": STATE_WORDS, "stances": STANCE_WORDS}


class _OptionalForm(ChoosingForm):
    """A form whose lists may stay empty; ``nothing`` says in words what that means."""

    nothing: ClassVar[dict[str, Any]] = {}

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        for name, words in self.nothing.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                offered: Any = field.choices
                field.choices = [("", str(words)), *list(offered)[1:]]


class DirectForm(_OptionalForm):
    """Who is to answer, by when, and of what it is."""

    nothing: ClassVar = {"post": _("Not said yet"), "about": _("Nothing in particular")}
    post = forms.ChoiceField(label=_("Which post is to answer?"), required=False)
    due = DayField(label=_("By when is an answer wanted?"), required=False)
    about = forms.ChoiceField(
        label=_("Which recommendation or action is it about?"), required=False
    )


class AskForm(DirectForm):
    """What a body asked for."""

    nothing: ClassVar = {
        "post": _("Not said yet"),
        "about": _("Nothing in particular"),
        "meeting": _("Not at a meeting"),
    }
    kinds: ClassVar = {"kind_of_ask": "radios", "text": "text"}
    called: ClassVar = {"kind": "kind_of_ask"}
    text = forms.CharField(
        label=_("What did it ask, in its own words?"),
        help_text=_("As the minutes have it. The words cannot be changed afterwards."),
        required=False,
    )
    kind_of_ask = forms.ChoiceField(
        label=_("Did it ask or resolve?"), choices=list(ASK_WORDS.items())
    )
    meeting = forms.ChoiceField(label=_("At which meeting?"), required=False)
    asked_on = DayField(label=_("On which day?"))
    member = forms.CharField(
        label=_("Which Member asked, if the minutes say so?"),
        help_text=_("A councillor alone, such as Councillor Ahmed. Nobody else is named."),
        required=False,
        max_length=300,
    )

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        self.order_fields(
            ["text", "kind_of_ask", "meeting", "asked_on", "member", "post", "due", "about"]
        )

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, as a change calls them."""
        answers = super().sent
        return answers | {"kind": answers.pop("kind_of_ask")}


class AnswerForm(Form):
    """An answer, in full or in part."""

    kinds: ClassVar = {"text": "text", "whole": "radios"}
    text = forms.CharField(
        label=_("What is the answer?"),
        help_text=_("It is read by the body that asked, and cannot be changed afterwards."),
        required=False,
    )
    whole = forms.ChoiceField(
        label=_("Does this answer all of it?"),
        choices=[("yes", _("Yes, in full")), ("no", _("No, in part"))],
    )
    answered_on = DayField(label=_("On which day is it given?"))
    link = forms.CharField(
        label=_("Where is the full answer, if it is on the web?"),
        help_text=_("An address that begins with https://"),
        required=False,
        max_length=1_000,
    )

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, as a change calls them."""
        answers = super().sent
        return answers | {"whole": answers["whole"] == "yes"}


class AgainForm(_OptionalForm):
    """Why an ask that was answered is opened again, and what is asked now."""

    nothing: ClassVar = {"meeting": _("Not at a meeting")}
    kinds: ClassVar = {"text": "text", "reason": "text"}
    reason = forms.CharField(label=_("Why is the answer not enough?"), required=False)
    text = forms.CharField(label=_("What does the body ask now?"), required=False)
    meeting = forms.ChoiceField(label=_("At which meeting?"), required=False)
    asked_on = DayField(label=_("On which day?"))
    due = DayField(label=_("By when is an answer wanted?"), required=False)


class StanceForm(ChoosingForm):
    """What a body says, in its own words."""

    kinds: ClassVar = {"stance": "radios", "text": "text"}
    about = forms.ChoiceField(label=_("What does it speak of?"))
    stance = forms.ChoiceField(
        label=_("What does the body say?"), choices=list(STANCE_WORDS.items())
    )
    text = forms.CharField(
        label=_("In its own words"),
        help_text=_(
            "They stand as you write them, and nobody else can change them. Name no member of "
            "staff, and say nothing by which one could be told."
        ),
        required=False,
    )
    said_on = DayField(label=_("On which day did it say so?"))
    public = forms.BooleanField(
        label=_("The body wants the public to read this"),
        help_text=_("It then stands on the public page of the plan from the next edition on."),
        required=False,
    )


class ConsultForm(ChoosingForm):
    """What is put to unions and forums, to which, and by when an answer is wanted."""

    kinds: ClassVar = {"text": "text", "committees": "ticks"}
    about = forms.ChoiceField(label=_("What is put to them?"))
    committees = forms.MultipleChoiceField(
        label=_("Who is asked?"), required=False, help_text=_("Choose all that apply.")
    )
    text = forms.CharField(
        label=_("What are they asked?"),
        help_text=_("For example: Do you support the new date, and what should come with it?"),
        required=False,
    )
    asked_on = DayField(label=_("When are they asked?"))
    wanted_by = DayField(label=_("By when is an answer wanted?"))

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        bodies: list[tuple[str, str]],
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        field = self.fields["committees"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = bodies

    def clean_committees(self) -> list[str]:
        """At least one."""
        chosen: list[str] = self.cleaned_data["committees"]
        if not chosen:
            raise forms.ValidationError(now_("Choose at least one body."))
        return chosen


class OutcomeForm(Form):
    """What came of a consultation."""

    kinds: ClassVar = {"text": "text"}
    text = forms.CharField(
        label=_("What came of it?"),
        help_text=_("What was agreed, what was not, and what changes. It cannot be changed."),
        required=False,
    )


class TermForm(Form):
    """Words that are used from a day on."""

    kinds: ClassVar = {"reason": "text"}
    stands_for = forms.CharField(
        label=_("For whom or what?"),
        help_text=_("For example: staff from minority ethnic groups, all together"),
        required=False,
        max_length=300,
    )
    text = forms.CharField(
        label=_("Which words are used?"),
        help_text=_("Written out, as they stand in a sentence. Not initials."),
        required=False,
        max_length=300,
    )
    chosen_by = forms.CharField(
        label=_("Who chose them?"),
        help_text=_("A body, not a person. For example: the Race Equality Staff Network"),
        required=False,
        max_length=300,
    )
    since = DayField(label=_("Since when are they used?"))
    reason = forms.CharField(label=_("Why these?"), required=False)
