"""Long Excel files row by row: the words of each cell and nothing else, in little memory.

``xlsx`` holds a whole sheet, for its merged cells, colours and rules. A staff list of 300,000 rows
needs none of those; what it hides is left out and named all the same.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from goldenthread.errors import Place, Unreadable
from goldenthread.intake.document import LeftOut, Record
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.package import Package, stream_xml
from goldenthread.intake.xlsx_bounds import reference
from goldenthread.intake.xlsx_print import printed

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KEPT = 100_000  # printed values kept, since dates and codes come again
_PADDED = re.compile("0{2,}")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def read(file: BinaryIO, limits: Limits, *, as_held: bool = False) -> Iterator[Record | LeftOut]:
    """The rows with words of every visible sheet in order; values read as the sheet prints them.

    With ``as_held`` a date reads 2026-03-31, with its time where it has one, and a number as the
    file holds it to fifteen digits, as many as Excel keeps; only a format of zeros, which pads the
    numbers of staff, still prints.

    Hidden rows, columns and sheets are left out and named. Merged cells have their words where they
    begin.

    Raises ``Unreadable`` where the file is damaged, ``Unsafe`` where it breaks a rule or a limit.
    """
    package = Package(file, limits)
    book = package.xml("xl/workbook.xml")
    if book is None:
        raise _damaged()
    epoch = MAC_EPOCH if _is_on(book.find("{*}workbookPr"), "date1904") else WINDOWS_EPOCH
    printer = (_Holder if as_held else _Printer)(_formats(package), _shared(package), epoch)
    targets = {
        each.get("Id"): "xl/" + (each.get("Target") or "").removeprefix("/xl/")
        for each in package.xml("xl/_rels/workbook.xml.rels")
        if (each.get("Type") or "").endswith("/worksheet")
    }
    cells = 0
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        title, target = (sheet.get("name") or "")[:200], targets.get(sheet.get(_RELATION))
        if target is None:
            continue
        if sheet.get("state", "visible") != "visible":
            yield LeftOut("hidden_sheet", "A hidden sheet was left out.", Place(sheet=title))
            continue
        for found in _rows(package, target, title, printer):
            if isinstance(found, Record):
                cells += len(found.values)
                if cells > limits.cells:
                    raise too_much("cells", limits.cells, found.place)
            yield found


def _damaged() -> Unreadable:
    return Unreadable(
        "The workbook is damaged.", do="Open it in Excel, save it again and try once more."
    )


def _is_on(element: Any, name: str) -> bool:  # noqa: ANN401
    return element is not None and element.get(name) in ("1", "true", "on")


def _rows(package: Package, part: str, title: str, printer: _Printer) -> Iterator[Record | LeftOut]:
    limits = package.limits
    hidden: set[int] = set()
    named: set[int] = set()
    number = 0
    gone: list[int] = []
    for event, element in stream_xml(package, part, ("{*}row", "{*}col")):
        if event == "start":
            continue
        if element.tag.endswith("}col"):
            if _is_on(element, "hidden") or element.get("width") == "0":
                first, last = _whole(element.get("min")), _whole(element.get("max"))
                hidden.update(range(first, min(last, 16_384) + 1))
            continue
        number = _whole(element.get("r")) or number + 1
        place = Place(sheet=title, row=number)
        if number > limits.rows:
            raise too_much("rows", limits.rows, place)
        if _is_on(element, "hidden") or element.get("ht") == "0":
            if any(len(cell) for cell in element):
                gone.append(number)
        else:
            values = _values(element, place, limits, printer)
            formulas = printer.formulas
            for column in hidden:
                if column <= len(values) and values[column - 1]:
                    values[column - 1] = ""
                    named.add(column)
            while values and not values[-1]:
                values.pop()
            if values:
                yield Record(tuple(values), place, tuple(c for c in formulas if c not in hidden))
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    for at in gone:
        yield LeftOut("hidden_row", "A hidden row was left out.", Place(sheet=title, row=at))
    for column in sorted(named):
        place = Place(sheet=title, column=column)
        yield LeftOut("hidden_column", "A hidden column was left out.", place)


def _values(element: Any, place: Place, limits: Limits, printer: _Printer) -> list[str]:  # noqa: ANN401
    values: list[str] = []
    columns = printer.columns
    printer.formulas = []
    for cell in element:
        name = cell.get("r")
        if name:
            letters = name.rstrip("0123456789")
            column = columns.get(letters) or 0
            if not column:
                at = reference(letters + "1")
                if at is None:
                    raise _damaged()
                column = columns[letters] = at[1]
        else:
            column = len(values) + 1
        if column > limits.columns:
            raise too_much("columns", limits.columns, place)
        if column > len(values):
            values.extend([""] * (column - len(values)))
        if len(cell):
            text = printer.of(cell)
            if cell[0].tag[-2:] == "}f":
                printer.formulas.append(column)
            if len(text) > limits.cell_characters:
                raise too_much(
                    "characters in one cell", limits.cell_characters, place.at(column=column)
                )
            values[column - 1] = text
    return values


class _Printer:
    """What cells print, by their kind, format and value."""

    def __init__(self, formats: list[str], shared: list[str], epoch: dt.datetime) -> None:
        self._formats, self._shared, self._epoch = formats, shared, epoch
        self._dates = [is_date_format(form) for form in formats]
        self._known: dict[tuple[str, str], str] = {}
        self.columns: dict[str, int] = {}
        """The columns that cells have named so far, by their letters."""
        self.formulas: list[int] = []
        """The columns of the row at hand whose value a formula gave."""

    def of(self, cell: Any) -> str:  # noqa: ANN401
        """The words of a cell element, tidied at their ends."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            words = cell[0]
            if len(cell) == 1 and len(words) == 1 and words[0].tag[-2:] == "}t":
                return _tidy(words[0].text or "")
            return _tidy("".join(cell.itertext("{*}t")))
        first = cell[0]
        if first.tag[-2:] == "}v":
            value = first.text
        else:
            value = next((child.text for child in cell if child.tag[-2:] == "}v"), None)
        if value is None:
            return ""
        if kind == "s":
            at = _whole(value)
            return self._shared[at] if at < len(self._shared) else ""
        if kind == "n":
            return self._number(cell.get("s", "0"), value)
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "d":
            return self._date(cell.get("s", "0"), value)
        return _tidy(value)

    def _number(self, style: str, value: str) -> str:
        at = _whole(style)
        if at >= len(self._formats) or self._formats[at] == "General":
            return value if value.isdigit() and len(value) < 16 else self._general(value)
        key = style, value
        found = self._known.get(key)
        if found is None:
            found = self._printed(style, value)
            if len(self._known) < _KEPT:
                self._known[key] = found
        return found

    @staticmethod
    def _general(value: str) -> str:
        try:
            amount = float(value)
        except ValueError:
            return value[:100]
        whole = amount == amount and abs(amount) < 1e15 and amount == int(amount)
        return str(int(amount)) if whole else printed(amount)

    def _printed(self, style: str, value: str) -> str:
        at = _whole(style)
        form = self._formats[at] if at < len(self._formats) else "General"
        try:
            amount = int(value) if re.fullmatch(r"-?\d{1,15}", value) else float(value)
            if at < len(self._dates) and self._dates[at]:
                return printed(from_excel(amount, self._epoch), form)
            return printed(amount, form)
        except (ValueError, OverflowError, TypeError):
            return value[:100]

    def _date(self, style: str, value: str) -> str:
        at = _whole(style)
        try:
            day = dt.datetime.fromisoformat(value.removesuffix("Z"))
        except ValueError:
            return _tidy(value)
        form = self._formats[at] if at < len(self._formats) else "General"
        return printed(day, form if at < len(self._dates) and self._dates[at] else "dd/mm/yyyy")


class _Holder(_Printer):
    """What cells hold, whatever their formats make of it."""

    @staticmethod
    def _general(value: str) -> str:
        try:
            amount = float(value)
        except ValueError:
            return value[:100]
        if not math.isfinite(amount):
            return "#NUM!"
        return f"{Decimal(f'{amount:.15g}'):f}"

    def _printed(self, style: str, value: str) -> str:
        at = _whole(style)
        if self._dates[at]:
            try:
                amount = int(value) if re.fullmatch(r"-?\d{1,15}", value) else float(value)
                return _iso(from_excel(amount, self._epoch))
            except (ValueError, OverflowError, TypeError):
                return self._general(value)
        padded = _PADDED.fullmatch(self._formats[at])
        return super()._printed(style, value) if padded else self._general(value)

    def _date(self, style: str, value: str) -> str:  # noqa: ARG002
        try:
            return _iso(dt.datetime.fromisoformat(value.removesuffix("Z")))
        except ValueError:
            return _tidy(value)


def _iso(moment: object) -> str:
    if isinstance(moment, dt.datetime):
        return str(moment.date() if moment.time() == dt.time() else moment)
    return str(moment)


def _formats(package: Package) -> list[str]:
    """The number format of each cell style by its number."""
    root = package.xml("xl/styles.xml")
    if root is None:
        return []
    own = {
        _whole(each.get("numFmtId")): each.get("formatCode") or "General"
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    numbers = [_whole(each.get("numFmtId")) for each in root.iterfind("{*}cellXfs/{*}xf")]
    return [own.get(number) or BUILTIN_FORMATS.get(number, "General") for number in numbers]


def _shared(package: Package) -> list[str]:
    """The words that cells share, without their readings in another script."""
    name = "xl/sharedStrings.xml"
    if name not in package.names:
        return []
    found = []
    for event, element in stream_xml(package, name, ("{*}si",)):
        if event == "end":
            words = [
                part.text or ""
                for part in element.iter("{*}t")
                if not part.getparent().tag.endswith("}rPh")
            ]
            found.append(_tidy("".join(words)))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return found


def _tidy(text: str) -> str:
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text.strip()
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return "\n".join(line.strip() for line in text.replace("\r", "\n").split("\n")).strip()


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else 0
