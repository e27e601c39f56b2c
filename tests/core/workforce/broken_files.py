"""Workforce files that are broken or hostile, each kind with what must become of it.

``SET_APART`` are files of which one row, the third, is broken in one column; ``REFUSED`` are files
that are not read, with the row that the refusal names, None where it is about the whole file.
"""

import io
import re
import zipfile

from core.workforce.staff_files import as_book, as_csv, people

SECRET = "Zq7Secret"


def one_bad(column, value, encoding="utf-8"):
    """A file of three people of whom the second has this value."""
    return as_csv(people({}, {column: value}, {}), encoding)


def in_a_book(column, value, form=None):
    rows = people({}, {}, {})
    book = as_book(rows)
    cell = book.active.cell(3, list(rows[0]).index(column) + 1)
    cell.value = value
    if form:
        cell.number_format = form
    return book


def mixed_encodings():
    first, second, third = as_csv(
        people({}, {"Job title": "Chargé"}, {"Job title": "Chargé"})
    ).split(b"\r\n")[1:4]
    head = as_csv(people(count=1)).split(b"\r\n")[0]
    return b"\r\n".join([head, first, second, third.decode().encode("cp1252")])


def ragged():
    lines = as_csv(people(count=3)).split(b"\r\n")
    lines[2] = lines[2].replace(b"Engineer", b"Engineer, senior")
    return b"\r\n".join(lines)


def cached_formula(formula, value):
    """A workbook in which a formula has a saved result, as Excel saves it."""
    saved = io.BytesIO()
    in_a_book("Hourly pay", f"={formula}").save(saved)
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                empty = f"<f>{formula}</f><v></v>".encode()
                assert empty in content or f"<f>{formula}</f><v />".encode() in content
                for form in (empty, f"<f>{formula}</f><v />".encode()):
                    content = content.replace(form, f"<f>{formula}</f><v>{value}</v>".encode())
            new.writestr(name, content)
    return out.getvalue()


SET_APART = {
    "a formula in pay": (one_bad("Hourly pay", "=22.10"), "formula", "hourly_pay"),
    "a formula in a code": (
        one_bad("Ethnic origin", f'=HYPERLINK("//{SECRET}")'), "formula", "ethnicity"
    ),
    "a formula behind an apostrophe": (one_bad("Grade", "'=cmd|' /C x'!A0"), "formula", "grade"),
    "a formula by its at sign": (one_bad("Job title", "@SUM(1)"), "formula", "role"),
    "a formula in a workbook": (in_a_book("Hourly pay", "=11.05*2"), "formula", "hourly_pay"),
    "a formula and its result": (cached_formula("11.05*2", 22.1), "formula", "hourly_pay"),
    "a formula that failed": (one_bad("Grade", "#N/A"), "error_value", "grade"),
    "pay that is no number": (one_bad("Hourly pay", "NaN"), "not_a_number", "hourly_pay"),
    "pay without end": (one_bad("Hourly pay", "Infinity"), "not_a_number", "hourly_pay"),
    "pay below nought": (one_bad("Hourly pay", "-22.10"), "impossible_number", "hourly_pay"),
    "a year's pay an hour": (one_bad("Hourly pay", "41,500"), "impossible_number", "hourly_pay"),
    "pay in too many digits": (one_bad("Bonus", "9" * 400), "too_long", "bonus"),
    "hours of more than a week": (one_bad("Weekly hours", "170"), "impossible_number", "hours"),
    "hours below nought": (one_bad("Weekly hours", "-1"), "impossible_number", "hours"),
    "year 1": (one_bad("Start date", "01/01/0001"), "impossible_day", "started"),
    "year 9999": (one_bad("Start date", "31/12/9999"), "impossible_day", "started"),
    "year 9999 in a workbook": (
        in_a_book("Start date", 2958465, "dd/mm/yyyy"), "impossible_day", "started"
    ),
    "a day before the calendar": (
        in_a_book("Start date", -3, "dd/mm/yyyy"), "impossible_day", "started"
    ),
    "a day after the calendar": (
        in_a_book("Start date", 3_000_000, "dd/mm/yyyy"), "not_a_day", "started"
    ),
    "31 February": (one_bad("Date of birth", "31/02/1980"), "impossible_day", "birth_date"),
    "twelve years old": (one_bad("Date of birth", "01/04/2013"), "impossible_age", "birth_date"),
    "born in 1900": (one_bad("Date of birth", "01/04/1900"), "impossible_age", "birth_date"),
    "begins tomorrow": (one_bad("Start date", "01/04/2026"), "starts_later", "started"),
    "a null in a value": (in_a_book("Grade", "G_x0000_7"), "control", "grade"),
    "an escape in a value": (in_a_book("Grade", "G_x001B_[2J"), "control", "grade"),
    "words from right to left": (in_a_book("Job title", "\u202eenihcam"), "control", "role"),
    "a line end in a value": (one_bad("Grade", "G\n7"), "control", "grade"),
    "lost signs": (one_bad("Job title", "Charg\ufffd"), "encoding", "role"),
    "signs read twice": (one_bad("Job title", "ChargÃ©"), "encoding", "role"),
    "mixed encodings": (mixed_encodings(), "encoding", "role"),
    "a comma too many": (ragged(), "ragged", ""),
    "a story in a code": (one_bad("Job title", SECRET * 60), "too_long", "role"),
    "no staff number": (one_bad("Staff number", ""), "blank", "person"),
    "a shortened number": (one_bad("Staff number", "1.00234E+11"), "shortened", "person"),
    "a name for a number": (one_bad("Staff number", "Invented, A."), "names_somebody", "person"),
    "no unit": (as_csv(people({}, {"Unit": "", "Directorate": "-"}, {})), "blank", "unit"),
    "no day": (one_bad("Snapshot date", ""), "blank", "snapshot"),
    "an order that is none": (one_bad("Grade order", "x"), "not_a_number", "grade_order"),
}  # fmt: skip
"""Content, rule and column: row 3 of each is set apart."""


def wide(columns):
    rows = [{**row, **{f"x{at}": "1" for at in range(columns)}} for row in people(count=1)]
    return as_csv(rows)


def nul(line):
    lines = as_csv(people(count=4)).split(b"\r\n")
    lines[line - 1] = lines[line - 1].replace(b"Engineer", b"Eng\0neer")
    return b"\r\n".join(lines)


def unknown_signs():
    lines = as_csv(people({}, {"Job title": "Chargé"}, {})).split(b"\r\n")
    lines[3] = lines[3].replace(b"Engineer", b"\x81\x8d")
    return b"\r\n".join(lines)


def far_corner():
    book = as_book(people(count=2))
    book.active["XFD1048576"] = SECRET
    return book


def bomb():
    out = io.BytesIO()
    saved = io.BytesIO()
    as_book(people(count=1)).save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/sheet9.xml", b"<row>" + b" " * 200_000_000)
    return out.getvalue()


def changed(content, parts, more=None):
    """A workbook with parts rewritten by name, and others added."""
    saved, out = io.BytesIO(content), io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, lambda content: content)(old.read(name)))
        for name, added in (more or {}).items():
            new.writestr(name, added)
    return out.getvalue()


def book(rows=None):
    """A sound workbook of three people, in bytes."""
    saved = io.BytesIO()
    as_book(rows or people(count=3)).save(saved)
    return saved.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LURE = "http://127.0.0.1:9/lure"


def with_macros():
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return changed(
        book(),
        {"[Content_Types].xml": lambda content: content.replace(plain, kind)},
        {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + SECRET.encode() * 40},
    )


def linked_outside():
    """A workbook that names another one, a picture and a template on another machine."""
    kinds = ("externalLinkPath", "image", "attachedTemplate", "oleObject")
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{base}/{kind}" Target="{LURE}" TargetMode="External"/>'
        for at, kind in enumerate(kinds)
    )
    head = "http://schemas.openxmlformats.org/package/2006/relationships"
    told = f'<Relationships xmlns="{head}">{relations}</Relationships>'
    return changed(
        book(),
        {},
        {
            "xl/worksheets/_rels/sheet1.xml.rels": told,
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": told,
            "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" * 100,
        },
    )


def deep():
    """A sheet of elements within elements, a hundred thousand deep."""
    return changed(book(), {SHEET: lambda content: b"<a>" * 100_000 + content})


def laughs():
    """Entities that stand for entities, a thousand million letters in the end."""
    told = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    kinds = f'<!DOCTYPE x [<!ENTITY l0 "{SECRET}">{told}]>'.encode()
    return changed(book(), {SHEET: lambda content: kinds + content.replace(b"Engineer", b"&l9;")})


def out_of_the_folder():
    """A workbook with a part whose name leads out of it."""
    return changed(book(), {}, {"../../../lure.txt": SECRET})


def claims(reference):
    """A sheet that claims to be so large, and is not."""

    def wide(content):
        return re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{reference}"'.encode(), content)

    return changed(book(), {SHEET: wide})


def merged():
    """A sheet of which every cell is said to be one."""
    told = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return changed(book(), {SHEET: lambda content: content.replace(b"</sheetData>", told)})


def two_million_columns():
    return b",".join([b"x"] * 2_000_000) + b"\n" + as_csv(people(count=1))


def open_quote():
    lines = as_csv(people(count=4)).split(b"\r\n")
    lines[2] = lines[2].replace(b"Engineer", b'"' + SECRET.encode())
    return b"\r\n".join(lines) + b"x" * 3_000_000


def a_page():
    """What some HR systems call .xls: a web page, with a script in it."""
    rows = people(count=3)
    head = "".join(f"<th>{name}</th>" for name in rows[0])
    cells = "".join(
        "<tr>" + "".join(f"<td>{value}</td>" for value in row.values()) + "</tr>" for row in rows
    )
    lure = f'<img src="{LURE}"><script src="{LURE}"></script><svg onload="fetch(\'{LURE}\')"></svg>'
    return f"<html><body>{lure}<table><tr>{head}</tr>{cells}</table></body></html>".encode()


def with_entity():
    saved, out = io.BytesIO(), io.BytesIO()
    as_book(people(count=1)).save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                lure = b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>'
                content = lure + content.partition(b"?>")[2] if b"?>" in content else lure + content
            new.writestr(name, content)
    return out.getvalue()


REFUSED = {
    "nothing": (b"", None),
    "noise": (bytes(range(256)) * 40, 1),
    "a null": (nul(3), 3),
    "two-byte signs that do not say so": (as_csv(people(count=2), "utf-16-le"), 1),
    "signs of no encoding": (unknown_signs(), 4),
    "a mark that lies": (b"\xff\xfe" + as_csv(people(count=2)) + b"x", None),
    "ten thousand columns": (wide(10_000), 1),
    "a cell of two million letters": (one_bad("Grade", SECRET * 250_000), 3),
    "no headings": (as_csv(people(count=30)).split(b"\r\n", 1)[1], None),
    "headings twice": (as_csv(people(count=1)).replace(b"Bonus", b"Grade"), 1),
    "headings without people": (as_csv(people(count=1)).replace(b"Staff number", b"Name"), 1),
    "a workbook cut short": (bomb()[:3000], None),
    "a bomb": (bomb(), None),
    "a cell in the far corner": (far_corner(), 1_048_576),
    "an entity": (with_entity(), None),
    "elements a hundred thousand deep": (deep(), None),
    "entities of entities": (laughs(), None),
    "a part that leads out of it": (out_of_the_folder(), None),
    "two million columns": (two_million_columns(), 1),
    "a quote that never ends": (open_quote(), 3),
    "macros": (with_macros(), None),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, None),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, None),
}
"""Content, and the row that the refusal names."""


READ = {
    "UTF-16 that says so": as_csv(people(count=3), "utf-16"),
    "UTF-8 that says so": as_csv(people(count=3), "utf-8-sig"),
    "the encoding of older systems": one_bad("Job title", "Chargé", "cp1252"),
    "semicolons": as_csv(people(count=3)).replace(b",", b";"),
    "two thousand columns less a few": wide(1_970),
    "four-byte signs that say so": as_csv(people(count=3), "utf-32"),
    "a web page by another name": a_page(),
    "an archive within": changed(book(), {}, {"x.zip": bomb()}),
    "links to another machine": linked_outside(),
    "a sheet that claims to be the largest": claims("A1:XFD1048576"),
    "a sheet that claims to be nothing": claims("A1"),
    "cells that are one": merged(),
    "a script in a heading": as_csv([{**r, "<script>": "1"} for r in people(count=3)]),
    "old line ends": as_csv(people(count=3)).replace(b"\r\n", b"\r"),
}
"""Strange and sound: every row goes on."""
