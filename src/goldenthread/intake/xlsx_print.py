"""What a sheet prints for a value: its number format applied, as a British Excel shows it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

# Formats that Excel shows by the country of the reader: the file names the American one, and a
# council sees the British one (ECMA-376 part 1, 18.8.30, formats 14 and 22).
_LOCAL = {
    "mm-dd-yy": "dd/mm/yyyy",
    "m/d/yy": "dd/mm/yyyy",
    "m/d/yy h:mm": "dd/mm/yyyy hh:mm",
    "m/d/yyyy h:mm": "dd/mm/yyyy hh:mm",
}
_LONG_DATE, _LONG_TIME = "[$-F800]", "[$-F400]"

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]\-]*)[^\]]*\]|\[(h+|m+|s+)\]|\[[^\]]*\]|_.|\*.'
    r"|(y+|m+|d+|h+|s+(?:\.0+)?|AM/PM|A/P)|(.)",
    re.IGNORECASE | re.DOTALL,
)
_DIGITS = re.compile(r"[0#?][0#?,.]*")


def printed(value: object, form: str = "General") -> str:
    """The words that a cell shows; "" for an empty cell or a format that hides its value.

    >>> printed(dt.datetime(2024, 7, 1), "mmm-yy")
    'Jul-24'
    >>> printed(dt.datetime(2024, 7, 1), "mm-dd-yy")
    '01/07/2024'
    >>> printed(0.125, "0%"), printed(3.0), printed(1234.5, '"£"#,##0.00')
    ('13%', '3', '£1,234.50')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date(value, form)
    if isinstance(value, dt.timedelta):
        return _elapsed(value)
    if isinstance(value, int | float):
        return _number(value, form)
    return "" if form == ";;;" else str(value)


def _date(value: dt.datetime | dt.date | dt.time, form: str) -> str:
    if isinstance(value, dt.time):
        value = dt.datetime.combine(dt.date(1900, 1, 1), value)
    elif not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    if form.upper().startswith(_LONG_DATE):
        form = "dd mmmm yyyy"
    elif form.upper().startswith(_LONG_TIME):
        form = "hh:mm:ss"
    form = _LOCAL.get(form.split(";")[0].lower(), form.split(";")[0])
    tokens = [found.groups() for found in _TOKEN.finditer(form)]
    marks = [(groups[3] or groups[4] or "").lower() for groups in tokens]
    clock = [mark[:1] for mark in marks]
    twelve = any(mark in ("am/pm", "a/p") for mark in marks)
    words = []
    for at, groups in enumerate(tokens):
        quoted, escaped, currency, _, _, other = groups
        if not marks[at]:
            words.append(quoted or escaped or currency or other or "")
            continue
        before = next((c for c in reversed(clock[:at]) if c), "")
        after = next((c for c in clock[at + 1 :] if c), "")
        minutes = clock[at] == "m" and len(marks[at]) < 3 and (before == "h" or after == "s")
        words.append(_part(value, marks[at], minutes, twelve))
    return "".join(words).strip()


def _part(value: dt.datetime, mark: str, minutes: bool, twelve: bool) -> str:
    kind, size = mark[0], len(mark)
    if mark in ("am/pm", "a/p"):
        return "AM" if value.hour < 12 else "PM"
    if kind == "y":
        return f"{value.year % 100:02d}" if size < 3 else f"{value.year:04d}"
    if kind == "d":
        if size > 2:
            name = _DAYS[value.weekday()]
            return name if size > 3 else name[:3]
        return str(value.day).zfill(size)
    if kind == "m" and not minutes:
        if size > 2:
            name = _MONTHS[value.month - 1]
            return name[:1] if size == 5 else name if size > 3 else name[:3]
        return str(value.month).zfill(size)
    number = value.minute if kind == "m" else value.second
    if kind == "h":
        number = (value.hour % 12 or 12) if twelve else value.hour
    return str(number).zfill(min(size, 2))


def _elapsed(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _number(value: int | float, form: str) -> str:
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', form)
    section, amount = sections[0], value
    if value < 0 and len(sections) > 1:
        section, amount = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", section)
    if not section.strip() and form != "":
        return ""
    digits = _DIGITS.search(bare)
    if "general" in bare.lower() or bare == "@" or form == "" or "e+" in bare.lower():
        return _general(value)
    if "/" in bare or (digits is None and not bare.strip()):
        return _general(value) if "/" in bare else _around(section, "")
    if digits is None:
        return _around(section, "")
    try:
        return _around(section, _places(amount, bare, digits[0]))
    except (InvalidOperation, OverflowError, ValueError):
        return _general(value)


def _places(amount: int | float, bare: str, digits: str) -> str:
    """The number with the decimals, thousands and percent of a format."""
    exact = Decimal(repr(amount))
    if "%" in bare:
        exact *= 100
    whole, _, decimals = digits.partition(".")
    thousands = bool(re.search(r"[0#?],[0#?]", whole))
    exact /= 1000 ** (len(digits) - len(digits.rstrip(",")))
    places = len(re.sub(r"[^0#?]", "", decimals))
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    words = f"{rounded:,f}" if thousands else f"{rounded:f}"
    optional = len(decimals) - len(decimals.rstrip("#"))
    if optional and "." in words:
        head, tail = words[:-optional], words[-optional:].rstrip("0")
        words = (head + tail).rstrip(".")
    least = whole.count("0")
    unsigned = words.lstrip("-")
    return words.replace(unsigned, unsigned.zfill(least), 1) if not thousands else words


def _around(section: str, number: str) -> str:
    """The format with its digits replaced by the number and its other marks as they print."""
    words, put = [], False
    for found in _TOKEN.finditer(section):
        quoted, escaped, currency, _, letters, other = found.groups()
        if other and other in "0#?.,":
            if not put and other not in ".,":
                words.append(number)
                put = True
            continue
        words.append(quoted or escaped or currency or letters or other or "")
    text = "".join(words).strip()
    # A minus stands before the pound sign, as Excel prints it.
    return re.sub(r"^([^\d\-]+)-(?=\d)", r"-\1", text)


def _general(value: int | float) -> str:
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else f"{value:.5E}"
    if value != value or value in (float("inf"), float("-inf")):
        return "#NUM!"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"
