"""The forms by which a directorate weighs areas, and by which its vision is written and signed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.choosing import Weighed
from goldenthread.web.changes.visions import MOST_WORDS
from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.asks import STANCE_WORDS
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

HARDNESS_WORDS = {
    "most": _("Most challenging"),
    "challenging": _("Challenging"),
    "less": _("Less so"),
}
DIFFERENCE_WORDS = {
    "greatest": _("Greatest difference"),
    "some": _("Some difference"),
    "little": _("Little difference"),
}
CHOICE_WORDS = {
    "chosen": _("Yes, we start with it"),
    "not_chosen": _("No, not now"),
    "undecided": _("Not decided yet"),
}
NOBODY_NAMED = _("What looks like a person’s name in the words is nobody’s")
NOBODY_HELP = _("Tick this only if you were told of a name and there is none.")


class AreaForm(ChoosingForm):
    """An area: where it stands on the matrix, what speaks for that, if it is chosen, and why."""

    kinds: ClassVar = {
        "hardness": "radios",
        "difference": "radios",
        "choice": "radios",
        "reason": "text",
        "evidence": "text",
        "why": "text",
    }
    number = forms.CharField(label=_("Its number"), required=False, max_length=10)
    title = forms.CharField(
        label=_("What is the area?"),
        help_text=_("In a few words, such as: Who sits on our interview panels."),
        required=False,
        max_length=160,
    )
    hardness = forms.ChoiceField(
        label=_("How challenging is it here?"),
        required=False,
        choices=list(HARDNESS_WORDS.items()),
    )
    difference = forms.ChoiceField(
        label=_("How much difference can be made?"),
        required=False,
        choices=list(DIFFERENCE_WORDS.items()),
    )
    evidence = forms.CharField(
        label=_("What speaks for this? (optional)"),
        help_text=_(
            "In words, without anybody’s name. Themes, findings and measures are joined to the "
            "area once it is placed."
        ),
        required=False,
        max_length=PARAGRAPH,
    )
    choice = forms.ChoiceField(
        label=_("Is it chosen?"), required=False, choices=list(CHOICE_WORDS.items())
    )
    reason = forms.CharField(
        label=_("Why is it chosen, or why not?"),
        help_text=_(
            "The public may read this beside the area once the plan is published. No names."
        ),
        required=False,
        max_length=PARAGRAPH,
    )
    nobody_named = forms.BooleanField(label=NOBODY_NAMED, help_text=NOBODY_HELP, required=False)
    horizon = forms.ChoiceField(label=_("At which horizon? (optional)"), required=False)
    on = DayField(label=_("On which day was this decided?"))
    why = forms.CharField(
        label=_("Why does it change?"),
        help_text=_("Where it stood before is kept beside this."),
        required=False,
        max_length=LINE,
    )

    def __init__(self, *given: Any, placing: bool = False, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        horizon: Any = self.fields["horizon"]
        horizon.choices = [("", now_("None yet")), *list(horizon.choices)[1:]]
        del self.fields["why" if placing else "number"]

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, with what is said of the area as one value."""
        answers = super().sent
        said = [one.name for one in fields(Weighed)]
        weighed = Weighed(**{name: answers.pop(name) for name in said})
        return answers | {"weighed": weighed}


class AreaReasonForm(Form):
    """Why an area is withdrawn."""

    kinds: ClassVar = {"reason": "text"}
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        help_text=_("It stays on the page, off the matrix, with this reason."),
        required=False,
        max_length=LINE,
    )


class GroundForm(ChoosingForm):
    """What an area comes from."""

    ground = forms.ChoiceField(label=_("What does it come from?"))


class AreaActionForm(ChoosingForm):
    """Which action came of an area."""

    action = forms.ChoiceField(label=_("Which action came of it?"))


class UnjoinForm(ChoosingForm):
    """Which link of an area ends, and why."""

    kinds: ClassVar = {"reason": "text"}
    joined = forms.ChoiceField(label=_("Which link no longer holds?"))
    reason = forms.CharField(label=_("Why?"), required=False, max_length=LINE)


class VisionForm(Form):
    """A version of the vision."""

    kinds: ClassVar = {"text": "text", "why": "text"}
    text = forms.CharField(
        label=_("The vision, word for word"),
        help_text=_(
            "One or two sentences that anybody here could hold you to. No names of people. At most "
            "%(most)s characters."
        )
        % {"most": f"{MOST_WORDS:,}"},
        required=False,
    )
    nobody_named = forms.BooleanField(label=NOBODY_NAMED, help_text=NOBODY_HELP, required=False)
    written_with = forms.CharField(
        label=_("Who took part in writing it? (optional)"),
        help_text=_("Such as: the management team and the staff network. Never a person."),
        required=False,
        max_length=160,
    )
    read_again_on = DayField(
        label=_("When is it read again?"), help_text=_("In a year, as a rule."), required=True
    )
    why = forms.CharField(
        label=_("What does this version change, and why?"),
        help_text=_("For example: the network asked for “every tenant”."),
        required=False,
        max_length=LINE,
    )

    def __init__(self, *given: Any, first: bool = False, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        if first:
            del self.fields["why"]


class TicksForm(Form):
    """A form with boxes to tick for what is offered: ``offered`` by the field's name."""

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        offered: dict[str, list[tuple[str, str]]] | None = None,
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        for name, choices in (offered or {}).items():
            field: Any = self.fields[name]
            field.choices = choices


class AskAboutForm(TicksForm):
    """Which bodies are asked about a vision, what, and by when."""

    kinds: ClassVar = {"committees": "ticks", "text": "text"}
    committees = forms.MultipleChoiceField(label=_("Which bodies are asked?"), required=False)
    text = forms.CharField(
        label=_("What are they asked?"),
        help_text=_("They read this version of the vision, and nothing else of the planning."),
        required=False,
        max_length=PARAGRAPH,
    )
    wanted_by = DayField(label=_("By when is an answer wanted?"), required=True)


class SignersForm(TicksForm):
    """Whose signatures a version takes."""

    kinds: ClassVar = {"posts": "ticks"}
    posts = forms.MultipleChoiceField(
        label=_("Whose signatures does it take?"),
        help_text=_("The director, and others of the management team. It stands once all signed."),
        required=False,
    )


class WithdrawSignerForm(ChoosingForm):
    """Which post is not asked to sign any more, and why."""

    post = forms.ChoiceField(label=_("Which post does not sign?"))
    reason = forms.CharField(label=_("Why?"), required=False, max_length=LINE)


class SignVisionForm(ChoosingForm):
    """By which post somebody signs."""

    post = forms.ChoiceField(label=_("By which of your posts do you sign?"))


class PaperSignatureForm(ChoosingForm):
    """A signature that was given on paper."""

    post = forms.ChoiceField(label=_("Whose signature is it?"))
    on = DayField(label=_("On which day was it given?"), required=True)
    paper = forms.CharField(
        label=_("Where is the signed paper kept?"),
        help_text=_("Such as: minutes of the management team, 22 September 2026."),
        required=False,
        max_length=LINE,
    )


class VisionAnswerForm(Form):
    """What a body says of a vision, by somebody who speaks for it."""

    kinds: ClassVar = {"stance": "radios", "text": "text"}
    stance = forms.ChoiceField(
        label=_("What does it say?"), required=False, choices=list(STANCE_WORDS.items())
    )
    text = forms.CharField(
        label=_("In its own words"),
        help_text=_("Needed where it objects. Nobody can change them afterwards."),
        required=False,
        max_length=PARAGRAPH,
    )
    public = forms.BooleanField(
        label=_("The public may read this beside the vision"), required=False
    )


class RecordAnswerForm(ChoosingForm):
    """What a body said of a vision elsewhere."""

    kinds: ClassVar = {"stance": "radios", "text": "text"}
    asked = forms.ChoiceField(label=_("Which body?"))
    stance = forms.ChoiceField(
        label=_("What did it say?"), required=False, choices=list(STANCE_WORDS.items())
    )
    text = forms.CharField(
        label=_("In its own words"),
        help_text=_("As its minutes have them. Needed where it objects."),
        required=False,
        max_length=PARAGRAPH,
    )
    said_on = DayField(label=_("On which day?"), required=True)
    source = forms.CharField(
        label=_("Where did it say so?"),
        help_text=_("Such as: minutes of 15 September 2026. It stays inside."),
        required=False,
        max_length=LINE,
    )


class ReadAgainForm(Form):
    """That a vision was read again and stands."""

    kinds: ClassVar = {"text": "text"}
    text = forms.CharField(
        label=_("Who read it, and what did they find?"),
        help_text=_("Where it is to change, write a new version instead."),
        required=False,
        max_length=LINE,
    )
    again_on = DayField(label=_("When is it read the next time?"), required=True)
