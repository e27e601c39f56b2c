"""The forms of the data pack: the pack itself, a finding, and a figure that is entered."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.plan.heard import doubts
from goldenthread.plan.typed_figures import read_figure
from goldenthread.web.changes.packs import FORMATS_IN_WORDS, TITLE, UNIT
from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.form import DayField, Form


class Doubting(Form):
    """A form that asks to look again at words by which somebody could be known."""

    looked_at: ClassVar[tuple[str, ...]] = ()

    @property
    def doubts(self) -> tuple[str, ...]:
        """What somebody should look at again before they keep the words."""
        said = (
            line
            for name in self.looked_at
            for line in str(self.cleaned_data.get(name) or "").splitlines()
        )
        return tuple(dict.fromkeys(one for text in said if text for one in doubts(text)))


class PackForm(Form):
    """The pack that the management team discussed: its title, its day, its file, what was found."""

    kinds: ClassVar = {"findings": "text"}
    called: ClassVar = dict.fromkeys(("hidden", "kind", "limit", "altered", "unreadable"), "file")
    title = forms.CharField(label=_("What is the pack called?"), required=False, max_length=TITLE)
    discussed_on = DayField(label=_("When did the management team discuss it?"), required=False)
    file = forms.FileField(
        label=_("The pack (optional)"),
        help_text=_(
            "%(formats)s. It is refused where it hides anything: a sheet, a row, a column, words "
            "that were deleted. Without a file, enter its figures afterwards."
        )
        % {"formats": FORMATS_IN_WORDS},
        required=False,
    )
    findings = forms.CharField(
        label=_("What was found in it?"),
        help_text=_("One sentence on each line. No names; no number by which a few can be known."),
        required=False,
        max_length=20 * PARAGRAPH,
    )

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, with a list of findings; a pack has no version when it is new."""
        answers = super().sent
        answers.pop("version")
        return answers | {"findings": (answers["findings"] or "").splitlines()}


class FindingForm(Doubting):
    """One sentence that says what was found."""

    looked_at: ClassVar = ("text",)
    text = forms.CharField(
        label=_("What was found?"),
        help_text=_("In one sentence, as a priority could quote it."),
        required=False,
        max_length=LINE,
    )

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a new finding has no version."""
        answers = super().sent
        answers.pop("version")
        return answers


class PackFigureForm(Doubting):
    """One figure: what it is of, its value, and what stands behind it."""

    looked_at: ClassVar = ("text",)
    text = forms.CharField(
        label=_("What is the figure of?"),
        help_text=_("For example: Black and Asian staff among team leaders."),
        required=False,
        max_length=LINE,
    )
    value = forms.CharField(
        label=_("The figure"),
        help_text=_("Digits and a point, such as 12.5."),
        required=False,
        max_length=30,
    )
    unit = forms.CharField(
        label=_("What stands behind it?"),
        help_text=_("For example: per cent, or days."),
        required=False,
        max_length=UNIT,
    )

    def clean(self) -> dict[str, Any]:
        """The figure read by the rule of every figure; what can mean two things is refused."""
        found = super().clean() or self.cleaned_data
        read = read_figure(str(found.get("value") or ""), "number")
        found["value"] = read.value
        if read.wrong or read.ask:
            self.add_error("value", read.wrong or read.ask)
        return found

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a new figure has no version."""
        answers = super().sent
        answers.pop("version")
        return answers
