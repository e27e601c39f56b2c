"""One value in its form: what it says, or the rule that it breaks; never a guess.

Every function gives a value and "", or None and the code of a rule in ``faults``.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from goldenthread.workforce.files.contract import Column
from goldenthread.workforce.files.headings import folded

BLANKS = frozenset({"", "-", "–", "—", "null", "(null)"})
"""What stands for nothing, in small letters: HR systems and databases write it so."""

LONGEST = 200
"""Characters of one value, after which it is free text."""

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NUM!|NAME\?|NULL!|SPILL!|CALC!|#+)", re.IGNORECASE)
_COMPUTES = ("=", "@", "＝", "＠", "﹦")
_MAY_COMPUTE = ("+", "-", "−", "＋", "－", "﹢", "﹣")
_AMOUNT = re.compile(r"([-+−]?)(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,15})?", re.ASCII)
_POINT = re.compile(r"([-+−]?)()(\.\d{1,15})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::00)?", re.ASCII)
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE | re.ASCII)
_INSURANCE = re.compile(r"[A-Z]{2}\d{6}[A-D]", re.IGNORECASE | re.ASCII)
# Two words of letters at least; an opaque code has a digit, or is one word.
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?(?:,? [^\W\d_]+(?:['’-][^\W\d_]+)*\.?)+")
_YES = frozenset({"yes", "y", "true", "t", "1"})
_NO = frozenset({"no", "n", "false", "f", "0"})
_NUMERIC = ("money", "hours", "share", "whole")

Read = tuple[Any, str]


def tidy(word: str) -> str:
    """The value with single blanks, and nothing where it stands for nothing."""
    if not word.isascii():
        word = word.replace("\xa0", " ")
    if " " in word:
        word = " ".join(filter(None, word.split(" ")))
    return "" if word.casefold() in BLANKS else word


def suspect(word: str, column: Column) -> str:
    """The rule that a value breaks whatever its form: a formula, an error, signs that are none.

    >>> from goldenthread.workforce.files.contract import contract
    >>> grade, pay = contract("people").column("grade"), contract("people").column("hourly_pay")
    >>> suspect("=1+1", grade), suspect("-5", grade), suspect("-5", pay), suspect("#REF!", pay)
    ('formula', 'formula', '', 'error_value')
    >>> suspect("CafÃ©", grade)
    'encoding'
    """
    if len(word) > LONGEST:
        return "too_long"
    if not word.isprintable():
        return "control"
    bare = word.lstrip("'")
    if bare.startswith(_COMPUTES):
        return "formula"
    if bare.startswith(_MAY_COMPUTE) and column.form not in _NUMERIC:
        return "formula"
    if bare.startswith("#") and _ERROR.fullmatch(bare):
        return "error_value"
    return "" if word.isascii() or not _garbled(word) else "encoding"


def _garbled(word: str) -> bool:
    """Whether the word was written in UTF-8 and read as Windows-1252, or lost in another way."""
    if "\ufffd" in word:
        return True
    try:
        return not word.encode("cp1252").decode("utf-8").isascii()
    except UnicodeError:
        return False


def read(word: str, column: Column) -> Read:
    """The value of a word that is neither blank nor suspect, in every form but days.

    Money comes as whole pence, hours and shares as ``Decimal``; what has more decimals than are
    kept is rounded to the nearest, a half upwards.

    >>> from goldenthread.workforce.files.contract import contract
    >>> people = contract("people")
    >>> read("£1,234.50", people.column("bonus")), read("NaN", people.column("hourly_pay"))
    ((123450, ''), (None, 'not_a_number'))
    >>> read("37:30", people.column("hours")), read("60%", people.column("fte"))
    ((Decimal('37.50'), ''), (Decimal('0.6000'), ''))
    """
    form = column.form
    if form == "words":
        return word, ""
    if form == "code":
        return " ".join(word.casefold().split()), ""
    if form == "reference":
        if _SHORTENED.fullmatch(word):
            return None, "shortened"
        return (None, "names_somebody") if column.of_somebody and _names(word) else (word, "")
    if form == "yes_no":
        said = word.casefold()
        return (True, "") if said in _YES else (False, "") if said in _NO else (None, "not_yes_no")
    if form == "choice":
        said = folded(word)
        for name, words in column.choices.items():
            if said == folded(name) or said in words:
                return name, ""
        return None, "not_one_of"
    return _number(word, column)


def _names(word: str) -> bool:
    """Whether a number of a person is a name, an address or a National Insurance number."""
    bare = word.replace(" ", "")
    return (
        "@" in word or _INSURANCE.fullmatch(bare) is not None or _NAME.fullmatch(word) is not None
    )


def _number(word: str, column: Column) -> Read:
    amount, kept = _amount(word, column.form), column.places
    if amount is None:
        return None, "not_a_number"
    if column.form == "money":
        amount *= 100
    if column.form == "whole" and amount != amount.to_integral_value():
        return None, "not_whole"
    rounded = amount.quantize(Decimal(1).scaleb(-kept), rounding=ROUND_HALF_UP) + 0
    low, high = column.least, column.most
    if (low is not None and rounded < low) or (high is not None and rounded > high):
        return None, "impossible_number"
    return (int(rounded), "") if column.form in ("money", "whole") else (rounded, "")


def _amount(word: str, form: str) -> Decimal | None:
    bare = word.replace(" ", "")
    if form == "money":
        sign = "-" if bare.startswith(("-£", "−£")) else ""
        bare = sign + bare.removeprefix("-").removeprefix("−").removeprefix("£") if sign else bare
        bare = bare.removeprefix("£").removeprefix("GBP")
        if bare.startswith("(") and bare.endswith(")"):
            bare = "-" + bare[1:-1].removeprefix("£")
    if form == "hours" and (clock := _CLOCK.fullmatch(bare)):
        return Decimal(clock[1]) + Decimal(clock[2]) / 60
    percent = form == "share" and bare.endswith("%")
    found = _AMOUNT.fullmatch(bare.removesuffix("%") if percent else bare) or (
        _POINT.fullmatch(bare)
    )
    if found is None:
        return None
    whole = (found[2] or "0").replace(",", "")
    value = Decimal(f"{'-' if found[1] in ('-', '−') else ''}{whole}{found[3] or ''}")
    return value / 100 if percent else value
