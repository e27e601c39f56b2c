"""The forms of a directorate's review: its parts, claims, evidence, looks, closing, next year."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.evidence import KINDS_IN_WORDS
from goldenthread.web.changes.words import LINE
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

PART_WORDS = {
    "promised": _("What was promised"),
    "done": _("What was done"),
    "staff": _("What changed for staff"),
    "residents": _("What changed for residents"),
    "learnt": _("What was learnt"),
    "statement": _("The closing statement"),
}


class PartForm(Form):
    """One part of the review."""

    kinds: ClassVar = {"text": "text"}
    text = forms.CharField(
        label=_("What do you say?"),
        help_text=_("Posts, never names. What it said before is kept."),
        required=False,
    )


class ClaimForm(Form):
    """One claim of the closing statement."""

    kinds: ClassVar = {"text": "text"}
    text = forms.CharField(
        label=_("What is claimed?"),
        help_text=_("One thing that can be shown. For example: Every panel is now mixed."),
        required=False,
        max_length=LINE,
    )


class WithdrawClaimForm(Form):
    """Why a claim is withdrawn."""

    reason = forms.CharField(
        label=_("Why is it not claimed any more?"), required=False, max_length=LINE
    )


class WithdrawEvidenceForm(Form):
    """Why a piece of evidence is taken back."""

    reason = forms.CharField(
        label=_("Why does it not show the claim?"), required=False, max_length=LINE
    )


class ShowForm(ChoosingForm):
    """What shows a claim: one of four."""

    called: ClassVar = dict.fromkeys(("kind", "limit"), "file")
    kinds: ClassVar = {"measure": "select", "evidence": "select"}
    measure = forms.ChoiceField(
        label=_("What a measure says"),
        help_text=_("Its finding of today is kept with the claim."),
        required=False,
    )
    evidence = forms.ChoiceField(label=_("Or evidence that came with an update"), required=False)
    url = forms.CharField(
        label=_("Or a link"), help_text=_("An address that begins with https://."), required=False
    )
    file = forms.FileField(
        label=_("Or a file"), help_text=str(KINDS_IN_WORDS) + ".", required=False
    )
    text = forms.CharField(
        label=_("What it is, and what it shows"),
        help_text=_("Needed for a link and a file."),
        required=False,
        max_length=LINE,
    )


class LookForm(Form):
    """A look at a planning before it closes."""

    kinds: ClassVar = {"decided": "text"}
    on = DayField(label=_("When was it looked at?"), required=False)
    decided = forms.CharField(label=_("What was decided?"), required=False)
    next_look = DayField(label=_("When is the next look? (optional)"), required=False)


class PutForm(Form):
    """To whom the closing statement is put, and by when they answer."""

    kinds: ClassVar = {"committees": "ticks"}
    committees = forms.MultipleChoiceField(
        label=_("Who is asked?"), required=False, help_text=_("Choose all that apply.")
    )
    wanted_by = DayField(label=_("Until which day do they have?"), required=False)

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


class CloseForm(ChoosingForm):
    """By which post a planning is closed."""

    post = forms.ChoiceField(label=_("By which of your posts do you close it?"))


class CorrectForm(Form):
    """A correction beside what was frozen."""

    kinds: ClassVar = {"text": "text"}
    text = forms.CharField(
        label=_("What was wrong, and what is right?"),
        help_text=_("What was closed stays as it is. This stands beside it with today’s date."),
        required=False,
    )


class CarryForm(ChoosingForm):
    """Whether a thing of last year goes on, and with what."""

    kinds: ClassVar = {"stays": "radios", "links": "ticks", "into": "select"}
    stays = forms.ChoiceField(
        label=_("Does it go on?"),
        choices=[("yes", _("It goes on")), ("no", _("It does not go on"))],
        required=False,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Needed where it does not go on."),
        required=False,
        max_length=LINE,
    )
    into = forms.ChoiceField(
        label=_("Does another action of the new plan take it up?"),
        help_text=_("The old action keeps its own links and its story."),
        required=False,
    )
    links = forms.MultipleChoiceField(
        label=_("Which of its links does that action take up?"), required=False
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        links: list[tuple[str, str]],
        **more: Any,  # noqa: ANN401
    ) -> None:
        offered = more.get("choices", {})
        super().__init__(*given, **more)
        field = self.fields["links"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = links
        if not links:
            del self.fields["links"]
        if len(offered.get("into", ())) < 2:
            del self.fields["into"]
            self.fields.pop("links", None)

    def clean_stays(self) -> bool:
        """Whether it goes on."""
        if not self.cleaned_data["stays"]:
            raise forms.ValidationError(now_("Choose whether it goes on."))
        return bool(self.cleaned_data["stays"] == "yes")
