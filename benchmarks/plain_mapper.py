"""What a competent developer makes in two days: tables to a plan, by the names of the columns.

It knows the headings that plans use, carries merged cells and section rows down, splits cells at
lines and bullets, pairs equal lists, and reads the common forms of dates. It is the yardstick of
``peers.py``, and no part of the program.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

# In this order: the first pattern that a heading fits says what its column holds.
HEADINGS = (
    ("number", r"^(no|ref|rec|reference|#|id|item no|action no)\.?$"),
    ("timescale", r"time ?(scale|frame|table)|by when|deadline|target date|completion (date|year)"),
    ("timescale", r"delivery date|revised date|^(date|when|due( date)?|end|start)\b"),
    ("status", r"\b[bd]?rag\b|status|progress|position|what.s happened"),
    ("measure", r"measure of|success|indicator|kpi|outcomes?/|^outcomes?\b|evidence|^measures?$"),
    ("rationale", r"rationale|issue identified|priority|characteristic|update|comment$|complete$"),
    ("action", r"key action|^(detailed |planned )?actions?\b|action required|action to be taken"),
    ("action", r"next steps|what we will do|how we intend|activity|activities|^(steps|tasks?)$"),
    ("lead", r"lead|responsib|owner|^who\b|accountable|actionee|action by|officer|actors"),
    ("lead", r"implementation|oversight"),
    ("objective", r"recommendation|objective|what we want|^(aim|theme|goal|priority area)\b"),
    ("objective", r"commitment|action area|item/issue|key area|workstream|equalityduty|^target$"),
)
STATUSES = (
    ("not_started", r"not (yet )?started|to do|planned|future|\bgrey\b"),
    ("completed", r"complete|achieved|done|closed|delivered|\bblue\b|^b$|100%"),
    ("on_hold", r"on hold|paused|deferred"),
    ("delayed", r"overdue|delayed|slipped|behind|late\b|\bred\b|^r$"),
    ("withdrawn", r"not accepted|superseded|withdrawn|rejected"),
    ("in_progress", r"progress|under ?way|started|on track|\bgreen\b|\bamber\b|^[ag]$|current"),
)
MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTH = r"(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 14}


@dataclass
class Table:
    """A table's rows of cells, each a list of lines, with the heading that stands above it."""

    rows: list
    heading: str | None = None


def _text(lines):
    return " ".join(" ".join(lines).split())


def _bare(line):
    return re.sub(r"^[•·\-–*o▪]\s+", "", line.strip())


def _last_day(year, month):
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def _year(text):
    return int(text) if len(text) == 4 else 2000 + int(text)


def end_of(words):
    """The last day that words name, as they are commonly printed; None where they name none."""
    text = words.lower()
    if found := re.search(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b", text):
        day, month, year = int(found[1]), int(found[2]), _year(found[3])
        return f"{year}-{month:02}-{day:02}"
    if found := re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", text):
        return found[0]
    if found := re.search(rf"\b(\d{{1,2}}) ?(st|nd|rd|th)? {MONTH},? (\d{{4}})", text):
        return f"{found[4]}-{MONTHS[found['m']]:02}-{int(found[1]):02}"
    if found := re.search(rf"\b{MONTH}[ -]+(\d{{4}}|\d{{2}})\b", text):
        return _last_day(_year(found[2]), MONTHS[found["m"]])
    if found := re.search(r"\bq(?:uarter )?([1-4])\D+(\d{4})", text):
        return _last_day(int(found[2]), 3 + 3 * int(found[1]))
    if found := re.search(r"\b(spring|summer|autumn|winter)(?: term)? (\d{4})", text):
        return _last_day(int(found[2]), SEASONS[found[1]])
    if re.search(r"\b\d{4}[/-]\d{2,4}\b", text):
        found = re.search(r"\b(\d{4})[/-]", text)
        return f"{int(found[1]) + 1}-03-31"
    if found := re.search(r"\b(20\d{2})\b", text):
        return f"{found[1]}-12-31"
    return None


def timescales(words):
    """The claims of a timescale, each with a kind and an end."""
    text = " ".join(words.split())
    low = text.lower()
    if not text:
        return []
    made = []
    end = end_of(text)
    if re.search(r"quarterly|monthly|annual|weekly|termly|yearly|every|\beach\b", low):
        return [{"raw": text, "kind": "recurring", "end": None}]
    if status := re.match(r"(completed?|under ?way|overdue|started|not accepted)", low):
        name = next(name for name, pattern in STATUSES if re.search(pattern, status[0]))
        return [{"raw": text, "kind": "status", "end": end, "status": name}]
    if re.match(r"(from|commencing|starting)\b", low):
        return [{"raw": text, "kind": "ongoing", "end": None}]
    parts = re.split(r"\s+(?:to|until)\s+|\s+[–-]\s+", text)
    if len(parts) == 2 and end_of(parts[1]):
        return [{"raw": text, "kind": "period", "end": end_of(parts[1])}]
    if end:
        made.append({"raw": text, "kind": "date", "end": end})
    if re.search(r"on ?going|continuous|business as usual|rolling", low):
        made.append({"raw": text, "kind": "ongoing", "end": None})
    if not made and re.search(r"within|after", low):
        made.append({"raw": text, "kind": "relative", "end": None})
    return made or [{"raw": text, "kind": "unknown", "end": None}]


def leads(lines):
    """Who leads, split at lines and at the usual separators."""
    made = []
    for line in lines:
        made += [part.strip() for part in re.split(r";|,| / | & |\band\b", _bare(line))]
    return [lead for lead in made if lead]


def status_of(words):
    """A status by its words, or None."""
    text = words.strip().lower()
    for name, pattern in STATUSES:
        if text and re.search(pattern, text):
            return name
    return None


def _roles(row):
    roles = {}
    for column, cell in enumerate(row):
        name = _text(cell).lower()
        for role, pattern in HEADINGS:
            if name and len(name) < 80 and re.search(pattern, name):
                roles.setdefault(role, []).append(column)
                break
    return roles


def _header(rows):
    """The place of the header row and what its columns hold; None where there is none."""
    for place, row in enumerate(rows[:5]):
        roles = _roles(row)
        filled = [cell for cell in row if _text(cell)]
        named = sum(map(len, roles.values()))
        if named >= 2 and named >= len(filled) / 2 and {"action", "objective"} & set(roles):
            return place, roles
    return None


def _section(row):
    """The words of a row that says one thing across, or in its first cell alone."""
    texts = [_text(cell) for cell in row]
    different = set(filter(None, texts))
    return next(iter(different)) if len(different) == 1 else None


def _paired(values, count, place):
    """The value for one of several actions: in order where they are as many, or else all."""
    return [values[place]] if len(values) == count else values


def plan_of(tables, title=None):
    """A plan from tables, in the JSON of ``goldenthread import``."""
    made, roles, width = [], None, None
    for table in tables:
        rows = [[list(filter(None, map(str.strip, cell))) for cell in row] for row in table.rows]
        if not rows:
            continue
        header = _header(rows)
        if header:
            place, roles = header
            width = len(rows[0])
            rows = rows[place + 1 :]
            names = header[1]
        elif roles is None or len(rows[0]) != width:
            continue
        theme, current = None, None
        names = dict(roles)
        if "action" not in names:
            names["action"] = names.pop("objective")
        for row in rows:
            if _roles(row) == roles:
                continue
            if section := _section(row):
                theme, current = section, None
                continue

            def at(role, row=row, names=names):
                cells = [row[c] for c in names.get(role, []) if c < len(row)]
                return [line for cell in cells for line in cell]

            aim = _text(at("objective"))
            if current is None or (aim and aim != current["text"]):
                number = _text(at("number")) or None
                text = aim or theme or table.heading or title
                if found := re.match(r"(R?\d+(?:\.\d+)*)[.:)]?\s+(.+)", text or ""):
                    number, text = found[1], found[2]
                current = {"number": number, "text": text, "theme": theme if aim else None}
                current["actions"] = []
                made.append(current)
                if aim:
                    current["text"] = text
            actions = [_bare(line) for line in at("action")]
            who, when, status = at("lead"), at("timescale"), status_of(_text(at("status")))
            measure = _text(at("measure")) or None
            for n, text in enumerate(actions):
                claims = [
                    claim
                    for line in _paired(when, len(actions), n)
                    for claim in timescales(_bare(line))
                ]
                told = [claim["status"] for claim in claims if claim.get("status")]
                current["actions"].append(
                    {
                        "text": text,
                        "leads": leads(_paired(who, len(actions), n)),
                        "timescales": claims,
                        "measure": measure,
                        "status": status or (told[0] if told else None),
                    }
                )
    return {"recommendations": made}
