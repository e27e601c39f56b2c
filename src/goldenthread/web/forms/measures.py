"""The forms of measures: what one is, its targets, its figures, its end, and the tolerance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.plan.typed_figures import Typed, read_figure
from goldenthread.web.bridge import SYSTEM_WORDS, Figure
from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

QUANTITY_WORDS: Mapping[str, Any] = {
    "share": _("A share, in per cent"),
    "count": _("A count of whole things"),
    "rate": _("A rate, such as per 1,000 staff"),
    "number": _("Another number, such as days or a gap in points"),
}
BETTER_WORDS: Mapping[str, Any] = {
    "higher": _("Higher is better"),
    "lower": _("Lower is better"),
    "neither": _("Neither is better by itself"),
}
COUNTS_WORDS: Mapping[str, Any] = {
    "things": _("Things: actions, panels, sessions, cases, days"),
    "everybody": _("Everybody in the council together"),
    "characteristic": _("People by a characteristic, such as ethnicity or disability"),
    "unit": _("People by unit, such as a team or a directorate"),
}
COUNTS_HINTS: Mapping[str, Any] = {
    "things": _("May be drawn and published."),
    "everybody": _("May be drawn and published; never of fewer than ten people."),
    "characteristic": _("Stays inside: no chart, no page of the public, no edition."),
    "unit": _("Stays inside: no chart, no page of the public, no edition."),
}
MONTHS_WORDS: Mapping[str, Any] = {
    "1": _("Every month"),
    "3": _("Every quarter"),
    "6": _("Every half year"),
    "12": _("Every year, April to March"),
}
HORIZON_WORDS: Mapping[str, Any] = {
    "short": _("Short term"),
    "medium": _("Medium term"),
    "long": _("Long term"),
}


class FigureField(forms.CharField):
    """A figure as somebody types it; the form reads it, since only it knows the measure."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        super().__init__(required=False, max_length=30, **options)


class Reading(Form):
    """A form with figures in it: each is read by one rule, and what can mean two things is asked.

    ``sure`` is the box to tick where a figure is asked about; it is shown only then.
    """

    figures: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        quantity: str = "number",
        before: Sequence[Decimal] = (),
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        self.meant, self.before, self.asked = quantity, before, False

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that somebody fills in; the box to confirm only where something is asked."""
        return [one for one in super().shown if one.name != "sure" or self.asked]

    def kind_of_figure(self, name: str) -> str:
        """How a figure of this name is meant."""
        return "count" if name in ("part", "whole") else self.meant

    def clean(self) -> dict[str, Any]:
        """Each figure read: a number, nothing, a fault beside it, or a question to tick."""
        found = super().clean() or self.cleaned_data
        asks = []
        for name in self.figures:
            if name not in self.fields:
                continue
            before = self.before if name == "value" else ()
            kind: Any = self.kind_of_figure(name)  # the choices of the form allow no other
            typed: Typed = read_figure(str(found.get(name) or ""), kind, before)
            found[name] = typed.value
            if typed.wrong:
                self.add_error(name, typed.wrong)
            elif typed.ask:
                asks.append(typed.ask)
        if asks and not found.get("sure"):
            self.add_error("sure", " ".join(asks))
        self.asked = bool(asks)
        return found

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, without the box that says that somebody is sure."""
        answers = super().sent
        answers.pop("sure", None)
        return answers


class MeasureForm(ChoosingForm, Reading):
    """What a measure is, whose it is, what it counts, and from where it begins."""

    kinds: ClassVar = {
        "text": "text",
        "definition": "text",
        "quantity": "radios",
        "better": "radios",
        "counts": "radios",
        "months": "radios",
    }
    figures: ClassVar = ("baseline_value",)
    text = forms.CharField(
        label=_("What is measured?"),
        help_text=_("In one line, as the public will read it."),
        required=False,
        max_length=1000,
    )
    number = forms.CharField(label=_("Number (optional)"), required=False, max_length=40)
    definition = forms.CharField(
        label=_("How exactly is it counted?"),
        help_text=_("What is in and what is out, so that two people would get the same figure."),
        required=False,
        max_length=PARAGRAPH,
    )
    owner = forms.ChoiceField(label=_("Which post gives the figures?"), required=False)
    source = forms.CharField(
        label=_("Where do they come from?"),
        help_text=_("For example: the panel log of Human Resources."),
        required=False,
        max_length=LINE,
    )
    counts = forms.ChoiceField(
        label=_("What does it count?"),
        help_text=_(
            "This decides who will ever see the figures, and cannot be loosened once there are any."
        ),
        required=False,
        choices=list(COUNTS_WORDS.items()),
    )
    quantity = forms.ChoiceField(
        label=_("How are the figures meant?"), required=False, choices=list(QUANTITY_WORDS.items())
    )
    unit_words = forms.CharField(
        label=_("Words behind each figure"),
        help_text=_("For example: panels, days, per 1,000 staff. A share needs none."),
        required=False,
        max_length=40,
    )
    unit_one = forms.CharField(
        label=_("The same behind 1 (optional)"),
        help_text=_("For example: panel, day."),
        required=False,
        max_length=40,
    )
    places = forms.ChoiceField(
        label=_("How many decimals?"),
        required=False,
        choices=[("0", _("None")), ("1", _("One")), ("2", _("Two"))],
    )
    better = forms.ChoiceField(
        label=_("Which way is better?"),
        help_text=_(
            "More grievances can mean more harm, or more trust in speaking up: then it is neither."
        ),
        required=False,
        choices=list(BETTER_WORDS.items()),
    )
    months = forms.ChoiceField(
        label=_("How often is it counted?"),
        required=False,
        choices=list(MONTHS_WORDS.items()),
    )
    contextual = forms.BooleanField(
        label=_("It is forecast, and not aimed at"),
        help_text=_("For what the council watches and cannot steer. It has forecasts, no targets."),
        required=False,
    )
    system = forms.ChoiceField(
        label=_("Does Golden Thread count it itself?"),
        required=False,
        choices=[("", _("No: somebody gives the figures")), *SYSTEM_WORDS.items()],
    )
    baseline_value = FigureField(label=_("Where did it begin? (optional)"))
    baseline_on = DayField(label=_("On which day was that?"), required=False)
    tolerance = forms.CharField(
        label=_("How many per cent off its target is still green? (optional)"),
        help_text=_("Left blank, the council’s own tolerance holds."),
        required=False,
        max_length=10,
    )
    limits_from = forms.IntegerField(
        label=_("Fix the ordinary range by its first figures (optional)"),
        help_text=_("How many: 12 or more. Left blank, every figure moves the range."),
        required=False,
        min_value=1,
    )
    sure = forms.BooleanField(label=_("Yes, the figure is right"), required=False)

    @property
    def hints(self) -> dict[str, Mapping[str, Any]]:
        """Who will see the figures, beside what they count."""
        return {"counts": COUNTS_HINTS}

    def kind_of_figure(self, name: str) -> str:  # noqa: ARG002
        """A baseline is meant as the figures are."""
        return str(self.cleaned_data.get("quantity") or "number")

    def clean_places(self) -> int:
        """How many decimals."""
        return int(self.cleaned_data.get("places") or 0)

    def clean_months(self) -> int:
        """How many months a period has: a quarter's where nobody said."""
        return int(self.cleaned_data.get("months") or 3)

    def clean_tolerance(self) -> Decimal | None:
        """The tolerance as a share of the target."""
        return per_cent(self.cleaned_data.get("tolerance") or "")

    @property
    def sent(self) -> dict[str, Any]:
        """What is said of a measure, by the names of its columns; the owner and the key apart."""
        answers = super().sent
        kept = {name: answers.pop(name) for name in ("key", "version", "owner")}
        return kept | {"said": answers}


class FigureForm(ChoosingForm, Reading):
    """One figure of a measure: its period, what it is, and what it means."""

    kinds: ClassVar = {"commentary": "text", "remedy": "text", "reason": "text"}
    called: ClassVar = {"measure": "ends"}
    figures: ClassVar = ("value", "part", "whole")
    ends = forms.ChoiceField(label=_("Which period?"))
    value = FigureField(
        label=_("The figure"),
        help_text=_("Digits and a point, such as 61.5. Blank where there is none."),
    )
    part = FigureField(
        label=_("Part (optional)"), help_text=_("Part and whole together give the share.")
    )
    whole = FigureField(label=_("Whole (optional)"), help_text=_("What the share is taken of."))
    commentary = forms.CharField(
        label=_("What does it mean?"),
        help_text=_("One or two plain sentences; or why there is no figure. No names of staff."),
        required=False,
        max_length=PARAGRAPH,
    )
    remedy = forms.CharField(
        label=_("What will be done about it?"),
        help_text=_("Needed where the figure makes the measure red."),
        required=False,
        max_length=PARAGRAPH,
    )
    reason = forms.CharField(
        label=_("Why does it change?"),
        help_text=_("The earlier figure stays in the history, with this beside it."),
        required=False,
        max_length=LINE,
    )
    sure = forms.BooleanField(label=_("Yes, the figure is right"), required=False)

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        system: bool = False,
        correcting: bool = False,
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        if self.meant != "share" or system:
            del self.fields["part"], self.fields["whole"]
        if system:
            del self.fields["value"]
        for name in ("ends",) if correcting else ("reason",):
            del self.fields[name]

    @property
    def sent(self) -> dict[str, Any]:
        """The figure as its change takes it; it has no version, since points are only added."""
        answers = super().sent
        answers.pop("version")
        ends = date.fromisoformat(answers.pop("ends", None) or date.min.isoformat())
        given = {name: answers.pop(name, None) for name in ("value", "part", "whole", "commentary")}
        figure = Figure(ends, remedy=answers.pop("remedy"), **given)
        return answers | {"figure": figure}


class TargetForm(Reading):
    """What a measure is to reach by when, and why that much."""

    kinds: ClassVar = {"rationale": "text", "horizon": "radios"}
    called: ClassVar = {"measure": "value"}
    figures: ClassVar = ("value",)
    horizon = forms.ChoiceField(
        label=_("At which term?"), required=False, choices=list(HORIZON_WORDS.items())
    )
    value = FigureField(label=_("How much?"))
    on = DayField(label=_("By which day?"), required=False)
    rationale = forms.CharField(
        label=_("Why this much?"),
        help_text=_(
            "What it was chosen from: where you began, what others reach, what the law asks. A "
            "target without a reason cannot be judged."
        ),
        required=False,
        max_length=PARAGRAPH,
    )
    sure = forms.BooleanField(label=_("Yes, the figure is right"), required=False)

    def __init__(self, *given: Any, contextual: bool = False, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        if contextual:
            del self.fields["horizon"]

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a target has no version."""
        answers = super().sent
        answers.pop("version")
        return answers


class EndMeasureForm(Form):
    """The last day on which a measure is counted, and why."""

    kinds: ClassVar = {"reason": "text"}
    until = DayField(label=_("What is its last day?"))
    reason = forms.CharField(
        label=_("Why does it end?"),
        help_text=_("The public reads this. Its figures stay."),
        required=False,
        max_length=LINE,
    )


class FiguresFileForm(Form):
    """A file of figures."""

    file = forms.FileField(
        label=_("The file"), help_text=_("A table, as .csv or .xlsx"), required=False
    )


class ToleranceForm(Form):
    """How near to its target a measure is still green."""

    kinds: ClassVar = {"reason": "text"}
    near = forms.CharField(
        label=_("How many per cent off its target is still green?"), required=False, max_length=10
    )
    reason = forms.CharField(label=_("Why does it change?"), required=False, max_length=LINE)

    def clean_near(self) -> Decimal | None:
        """The tolerance as a share of the target."""
        return per_cent(self.cleaned_data.get("near") or "")


def per_cent(typed: str) -> Decimal | None:
    """A share of something from the per cent that somebody typed; None for nothing.

    Raises ``ValidationError`` for what is no figure from 0 to 100.
    """
    found = read_figure(typed.strip().removesuffix("%"), "share")
    if found.wrong:
        raise forms.ValidationError(now_("Give a figure from 0 to 100."))
    return None if found.value is None else found.value / 100
