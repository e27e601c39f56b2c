"""The forms of what is known of documents: one habit, and a whole profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.errors import Missing
from goldenthread.web.changes.habits import PROFILE_MOST_BYTES, read_profile
from goldenthread.web.changes.words import LINE
from goldenthread.web.forms.labels import MEANING_WORDS
from goldenthread.web.forms.people import ChoosingForm
from goldenthread.web.forms.ratings import COLOUR_WORDS

_UNIT = _("Whose documents are read so?")
_UNIT_HINT = _("Those of this part of the council, and of every part below it.")

# What is asked of each kind of habit: its words, a hint, and their meaning.
ASKED: Mapping[str, tuple[Any, Any, Any]] = {
    "column": (
        _("What does the heading of the column say?"),
        _("As it is printed. Capital letters and full stops make no difference."),
        _("What does the column hold?"),
    ),
    "lead": (
        _("Which name stands as a lead?"),
        _("As it is printed. It counts where it stands alone: “Reach” is not “Head of Reach”."),
        _("What is it?"),
    ),
    "status": (
        _("Which word or letter stands as a status?"),
        _("As it is printed."),
        _("What does it say of an action?"),
    ),
    "colour": (_("Which colour?"), "", _("What does it say of an action?")),
}
ABOUT_WORDS: Mapping[str, Any] = {
    "column": _("Headings of columns"),
    "lead": _("Names of leads"),
    "status": _("Words that say how an action stands"),
    "colour": _("Colours"),
}
COLOURS: Mapping[str, Any] = {**COLOUR_WORDS} | {"none": _("No colour")}


def colour_words(words: str) -> str:
    """A colour as the workspace calls it."""
    return str(COLOURS.get(words, words))


class HabitForm(ChoosingForm):
    """One habit: whose, which words, and what they mean. ``about`` decides what is asked."""

    kinds: ClassVar = {"meaning": "radios"}
    unit = forms.ChoiceField(label=_UNIT, help_text=_UNIT_HINT)
    text = forms.CharField(required=False, max_length=LINE)
    meaning = forms.ChoiceField()
    full = forms.CharField(
        label=_("In full, if that is a short form"),
        help_text=_("For example: Head of Policy. Leave out names of people."),
        required=False,
        max_length=LINE,
    )

    def __init__(self, *given: Any, about: str, changing: bool = False, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        label, hint, asks = ASKED[about]
        if about == "colour" and not changing:
            self.fields["text"] = forms.ChoiceField(
                choices=[("", now_("Choose one")), *COLOURS.items()]
            )
        self.fields["text"].label, self.fields["text"].help_text = label, hint
        meaning = self.fields["meaning"]
        assert isinstance(meaning, forms.ChoiceField)  # noqa: S101 - declared above
        meaning.label, meaning.choices = asks, _meanings(about)
        if about == "column":
            self.kinds = {"meaning": "select"}  # type: ignore[misc]  # of this form alone
            meaning.choices = [("", now_("Choose one")), *meaning.choices]
        if about != "lead":
            del self.fields["full"]
        if changing:
            del self.fields["unit"], self.fields["text"]


def _meanings(about: str) -> list[tuple[str, Any]]:
    return [(key, said) for key, said in MEANING_WORDS[about].items() if key != "none"]


class ProfileForm(ChoosingForm):
    """A profile as a file, for a unit; once it has been read its text travels in the page."""

    unit = forms.ChoiceField(label=_UNIT, help_text=_UNIT_HINT)
    file = forms.FileField(
        label=_("The profile"),
        help_text=_("A file that ends in .json, as this page or the command line wrote it."),
        required=False,
        allow_empty_file=True,
        max_length=200,
    )
    profile = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that somebody fills in: never the text of the file."""
        return [field for field in super().shown if field.name != "profile"]

    def clean(self) -> dict[str, Any]:
        """The text of the profile, whether it came as a file or in the page."""
        found = super().clean() or self.cleaned_data
        file, text = found.get("file"), found.get("profile") or ""
        if "file" in self.errors:
            return found
        if (file is not None and file.size > PROFILE_MOST_BYTES) or len(text) > PROFILE_MOST_BYTES:
            self.add_error("file", now_("The file is larger than 200 KB, and no profile is."))
        elif file is None and not text:
            self.add_error("file", now_("Choose a file."))
        else:
            self._read(found, file.read() if file is not None else text.encode())
        return found

    def _read(self, found: dict[str, Any], content: bytes) -> None:
        try:
            found["profile"] = content.decode("utf-8-sig")
            self.habits = read_profile(found["profile"])
        except UnicodeDecodeError:
            self.add_error("file", now_("This is no profile: it holds more than plain words."))
        except Missing as refusal:
            self.add_error("file", refusal.needs["file"])

    @property
    def sent(self) -> dict[str, Any]:
        """The unit and the text, for the change."""
        answers = super().sent
        return {name: answers[name] for name in ("unit", "profile", "key")}

    @property
    def sending_answers(self) -> list[tuple[str, str]]:
        """The same for the page that checks it."""
        return [("unit", self.cleaned_data["unit"]), ("profile", self.cleaned_data["profile"])]

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """The unit alone: what the file says is told as what follows."""
        return [one for one in super().told if one[2] == "#unit"]
