"""What every form of the workspace shares: its key, its version, its days, and its refusals."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from goldenthread.errors import Missing, OutOfStep, Refusal
from goldenthread.timescale import day

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a form: the field that it is about, its sentence, and a link there."""

    field: str
    text: str
    href: str


class Boxes(forms.Widget):
    """Three boxes for a day, as GOV.UK asks for one."""

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Any,  # noqa: ANN401, ARG002
        name: str,
    ) -> dict[str, str]:
        """What was typed in each box."""
        return {
            part: str(data.get(f"{name}-{part}", "")).strip()[:20]
            for part in ("day", "month", "year")
        }


class DayField(forms.Field):
    """A day in three boxes; None where all are blank. A month may be a number or its name."""

    widget = Boxes

    def clean(self, value: Mapping[str, str] | None) -> date | None:
        """The day. Raises ``ValidationError`` with one sentence where it is no real day."""
        typed = value or {}
        blank = [part for part in ("day", "month", "year") if not typed.get(part)]
        if len(blank) == 3:
            if self.required:
                raise forms.ValidationError(_("Enter the day."))
            return None
        if blank:
            raise forms.ValidationError(
                _("The day has no %(part)s.")
                % {
                    "part": {"day": _("day of the month"), "month": _("month"), "year": _("year")}[
                        blank[0]
                    ]
                }
            )
        try:
            found = date(int(typed["year"]), _month(typed["month"]), int(typed["day"]))
        except (ValueError, OverflowError):
            found = date.min
        if not 2000 <= found.year <= 2100:
            raise forms.ValidationError(_("Enter a real day, such as 31 3 2027."))
        return found

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """The day as its three boxes show it."""
        if isinstance(value, date):
            return {"day": value.day, "month": value.month, "year": value.year}
        return value or {}


def _month(typed: str) -> int:
    if typed.isdecimal():
        return int(typed)
    named = [
        n for n, name in enumerate(_MONTHS, 1) if len(typed) > 2 and name.startswith(typed.lower())
    ]
    if len(named) != 1:
        raise ValueError("no month of this name")
    return named[0]


class Form(forms.Form):
    """A form that is sent once, from the version it was made of, and says what it wants.

    ``kinds`` names how a field is drawn where its class does not say; ``called`` maps what a
    change calls an answer to the field that holds it.
    """

    use_required_attribute = False
    kinds: ClassVar[Mapping[str, str]] = {}
    called: ClassVar[Mapping[str, str]] = {}

    key = forms.CharField(required=False, max_length=64)
    version = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *given: Any, version: int = 0, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        self.now_version = version
        self.theirs: Mapping[str, Any] = {}
        self.answered = 200
        self._key = ""
        for field in self.fields.values():
            field.error_messages |= {
                "required": _("Answer this."),
                "invalid_choice": _("Choose one of those listed."),
            }

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that somebody fills in, in order."""
        return [self[name] for name in self.fields if name not in ("key", "version")]

    @property
    def sent(self) -> dict[str, Any]:
        """What was sent, for a change: the answers with their key and the form's version."""
        answers = dict(self.cleaned_data)
        answers["version"] = answers.get("version") or 0
        return answers

    @property
    def sending_key(self) -> str:
        """The mark that the form carries: the one it came with, or a new one."""
        typed = str(self.data.get("key", ""))[:64] if self.is_bound else ""
        if not self._key:
            self._key = typed or secrets.token_hex(16)
        return self._key

    @property
    def sending_version(self) -> int:
        """The version that the form was made of; what stands now once both have been shown."""
        typed = str(self.data.get("version", "")) if self.is_bound and not self.theirs else ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else self.now_version

    @property
    def another(self) -> bool:
        """Whether the form was sent to be given more room, and not to be judged."""
        return False

    def kind(self, name: str) -> str:
        """How a field is drawn: line, text, day, radios, select, file or tick."""
        field = self.fields[name]
        if name in self.kinds:
            return self.kinds[name]
        if isinstance(field, DayField):
            return "day"
        if isinstance(field, forms.FileField):
            return "file"
        if isinstance(field, forms.BooleanField):
            return "tick"
        if isinstance(field, forms.ChoiceField):
            return "select"
        return "line"

    @property
    def sending_answers(self) -> list[tuple[str, str]]:
        """Every answer as it was sent, by its box, for a page that sends them on."""
        boxes = [
            f"{name}-{part}" if self.kind(name) == "day" else name
            for name in self.fields
            if name not in ("key", "version")
            for part in (("day", "month", "year") if self.kind(name) == "day" else ("",))
        ]
        return [(box, str(one)) for box in boxes for one in self._given(box) if one]

    def _given(self, box: str) -> list[Any]:
        """What was sent in a box: one answer, or each of several that were ticked."""
        if isinstance(self.fields.get(box), forms.MultipleChoiceField) and hasattr(
            self.data, "getlist"
        ):
            return list(self.data.getlist(box))
        return [self.data.get(box, "")]

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """Each answer in words: what was asked, what was said, and where it is asked."""
        told = []
        for field in self.shown:
            value = self.cleaned_data.get(field.name)
            if isinstance(value, bool):
                value = _("Yes") if value else _("No")
            elif isinstance(value, date):
                value = day(value)
            else:
                choices = dict(getattr(self.fields[field.name], "choices", ()))
                chosen = value if isinstance(value, list) else [value]
                value = "; ".join(str(choices.get(one, one)) for one in chosen if one)
            told.append((str(field.label), str(value or ""), self._place(field.name)))
        return told

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal of the change in the form: beside its field where it names one."""
        needs = dict(refusal.needs) if isinstance(refusal, Missing) else {}
        for called, sentence in needs.items():
            name = self.called.get(called, called)
            self.add_error(name if name in self.fields else None, sentence)
        if not needs:
            rule = getattr(refusal, "rule", "")
            name = self.called.get(rule, "")
            self.add_error(name if name in self.fields else None, str(refusal))
        self.answered = 422

    def out_of_step(self, refusal: OutOfStep, stands: Mapping[str, Any], version: int) -> None:
        """Keep what was typed, show what now stands, and let it be sent again on top of that."""
        self.theirs = dict(stands) or dict(refusal.theirs)
        self.now_version, self.answered = version, 409
        self._key = secrets.token_hex(16)
        self.add_error(None, str(refusal))

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Each thing that is wrong, for the summary at the head of the page and for its field."""
        return tuple(
            Mistake(name, str(sentence), self._place(name))
            for name, sentences in self.errors.items()
            for sentence in sentences
        )

    def _place(self, name: str) -> str:
        """Where a link to a field leads: to the first box of a day."""
        if name not in self.fields or name in ("key", "version"):
            return "#form"
        return f"#{name}-day" if self.kind(name) == "day" else f"#{name}"
