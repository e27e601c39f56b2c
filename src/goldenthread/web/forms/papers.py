"""The forms of a paper for a meeting: to make it, to word it, to issue it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.forms.form import DayField, Form

TEMPLATE_MOST_BYTES = 5 * 1024 * 1024


class MakeForm(Form):
    """Which meeting, which plan, and up to which day."""

    kinds: ClassVar = {"meeting": "select", "plan": "select", "strand": "select"}

    meeting = forms.ChoiceField(label=_("For which meeting?"))
    plan = forms.ChoiceField(label=_("On which plan?"))
    strand = forms.ChoiceField(
        label=_("On all of it, or on one strand?"),
        help_text=_("A paper on one strand names it on its first page, and counts its actions."),
        required=False,
    )
    as_at = DayField(
        label=_("Up to which day does it count?"),
        help_text=_(
            "Usually the last day of a quarter. The paper keeps what is known now about that day; "
            "it never changes afterwards."
        ),
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        meetings: Sequence[tuple[str, str]],
        plans: Sequence[tuple[str, str]],
        strands: Sequence[tuple[str, str]],
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        self._choices("meeting", meetings)
        self._choices("plan", plans)
        self._choices("strand", [("", now_("The whole plan")), *strands])

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)


class WordsForm(Form):
    """What an author writes around the figures."""

    kinds: ClassVar = {
        "purpose": "radios",
        "summary": "text",
        "decisions": "text",
        "background": "text",
        **dict.fromkeys(("finance", "legal", "people", "equality", "risk"), "text"),
    }

    purpose = forms.ChoiceField(
        label=_("What is the paper for?"),
        choices=[("decision", _("Decision")), ("information", _("Information"))],
    )
    decisions = forms.CharField(
        label=_("What is the body asked to decide?"),
        help_text=_("A line for each decision. They are numbered in the paper."),
        required=False,
    )
    summary = forms.CharField(
        label=_("What should members know first?"),
        help_text=_(
            "A short paragraph or two in your own words. How it stands and what moved is counted, "
            "and follows by itself."
        ),
        required=False,
    )
    author = forms.CharField(
        label=_("Whose report is it?"),
        help_text=_("A post, such as Chief Executive. Not the name of a person."),
        max_length=1_000,
    )
    contact = forms.CharField(
        label=_("Whom do members ask about it?"),
        help_text=_("A post or a team, and how to reach it."),
        required=False,
        max_length=1_000,
    )
    lead_member = forms.CharField(
        label=_("Which councillor is it the portfolio of?"), required=False, max_length=1_000
    )
    wards = forms.CharField(
        label=_("Which wards does it affect?"),
        help_text=_("For example: All"),
        required=False,
        max_length=1_000,
    )
    item = forms.CharField(
        label=_("Which item of the agenda is it?"), required=False, max_length=1_000
    )
    finance = forms.CharField(label=_("What does it mean for money?"), required=False)
    legal = forms.CharField(label=_("What does it mean in law?"), required=False)
    people = forms.CharField(label=_("What does it mean for staff?"), required=False)
    equality = forms.CharField(label=_("What does it mean for equality?"), required=False)
    risk = forms.CharField(label=_("What are the risks?"), required=False)
    background = forms.CharField(
        label=_("Which papers were relied on?"),
        help_text=_("A line for each background paper."),
        required=False,
    )

    def clean_decisions(self) -> list[str]:
        """One decision a line."""
        return _lines(self.cleaned_data["decisions"])

    def clean_background(self) -> list[str]:
        """One paper a line."""
        return _lines(self.cleaned_data["background"])


def answers(words: Mapping[str, Any]) -> dict[str, Any]:
    """What a form of words is filled in with, from the words that a paper keeps."""
    given = {name: words.get(name, "") for name in WordsForm.base_fields if name in words}
    for name in ("decisions", "background"):
        given[name] = "\n".join(words.get(name, ()))
    return given | dict(words.get("implications", {}))


class IssueForm(Form):
    """In whose template a paper is issued."""

    kinds: ClassVar = {"look": "radios"}
    called: ClassVar = {"limit": "template", "template": "template"}

    look = forms.ChoiceField(label=_("In which Word template?"))
    template = forms.FileField(
        label=_("The council’s Word template"),
        help_text=_(
            "A .docx file that marks where each section stands. Only needed for another template."
        ),
        required=False,
    )

    def __init__(self, *given: Any, before: bool, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        field = self.fields["look"]
        if isinstance(field, forms.ChoiceField):
            again = [("again", _("The one used last time for this body"))] if before else []
            field.choices = [
                ("ours", _("The one that comes with this site")),
                *again,
                ("theirs", _("Another, chosen below")),
            ]

    def clean(self) -> dict[str, Any]:
        """The file where one is wanted, of a size that a template can have."""
        found = super().clean() or self.cleaned_data
        file = found.get("template")
        if found.get("look") == "theirs" and file is None:
            self.add_error("template", now_("Choose the file."))
        if file is not None and (file.size or 0) > TEMPLATE_MOST_BYTES:
            self.add_error("template", now_("A template is smaller than 5 megabytes."))
        return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
