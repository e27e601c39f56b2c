"""The words of the language of *when*, as tables: what each one is, and what it stands for.

To teach the reader a new way of saying a known thing, add it here. Phrases are written in lower
case; a space also matches a hyphen ("on going" covers "on-going"). Longer phrases win.
"""

from __future__ import annotations

from typing import Any

from goldenthread.timescale.value import Status


def _each(words: str) -> list[str]:
    return words.split(" ")


MONTHS = _each(
    "january february march april may june july august september october november december"
)
MONTH_SHORT = {"jan": 1, "feb": 2, "febuary": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8}
MONTH_SHORT |= {"sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
WEEKDAYS = _each("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri")
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
SEASON_NAMES = {1: "spring", 2: "summer", 3: "autumn", 4: "winter"}
NUMBERS = {
    word: number
    for number, word in enumerate(
        _each("one two three four five six seven eight nine ten eleven twelve"), 1
    )
} | {"eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}

# Letter of the ISO 8601 duration, and how many of it.
UNITS = {
    "day": ("D", 1),
    "week": ("W", 1),
    "wk": ("W", 1),
    "hour": ("H", 1),
    "fortnight": ("W", 2),
    "month": ("M", 1),
    "mth": ("M", 1),
    "quarter": ("M", 3),
    "year": ("Y", 1),
    "yr": ("Y", 1),
}
# Units that "this", "next", "last" and "end of" may name.
AROUND = {
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "term": "term",
    "year": "",
    "financial year": "financial_year",
    "fiscal year": "financial_year",
    "fy": "financial_year",
    "academic year": "academic_year",
    "school year": "academic_year",
    "municipal year": "municipal_year",
    "civic year": "municipal_year",
    "council year": "municipal_year",
    "calendar year": "year",
}

# What a status word says, and how: "reached" states take a date after them ("Completed May 2024"),
# "standing" ones do not ("In progress – May 2024" is a state and a target), "alone" ones count
# only where they are all that is written.
STATUSES: dict[tuple[Status, str], str] = {
    ("completed", "reached"): (
        "completed|complete|done|closed|delivered|achieved|fully achieved|fully met|embedded|"
        "finished|implemented|fully implemented|actioned|finalised|finalized|concluded|discharged|"
        "signed off|completed for this year|complete for this year|task complete|now complete"
    ),
    ("in_progress", "reached"): (
        "started|launched|commenced|begun|began|has begun|live|in place|now in place|went live|"
        "now live|in post"
    ),
    ("in_progress", "standing"): (
        "underway|under way|in progress|work in progress|in hand|on track|on course|on target|"
        "partially achieved|partly achieved|partially complete|partially completed|"
        "partly complete|partly completed|part complete|nearly complete|almost complete|"
        "substantially complete|in development|under development|progressing|in train|in draft|"
        "near completion|nearing completion|being developed"
    ),
    ("in_progress", "joined"): "allocated",
    ("in_progress", "alone"): "current|active|wip|in progress ongoing",
    ("not_started", "standing"): (
        "not started|not yet started|not yet progressed|not yet commenced|not commenced|"
        "not achieved|not begun|not yet begun|not complete|not completed|not yet complete|"
        "not yet completed|yet to start|yet to commence|yet to begin|has not started|not met|"
        "not yet due|not due yet|not yet in place|to be started"
    ),
    ("not_started", "alone"): "to do|future|planned|not due|scheduled|upcoming|proposed",
    ("delayed", "reached"): (
        "overdue|slipped|behind|behind schedule|delayed|off track|running late|postponed|"
        "missed|rescheduled|behind target"
    ),
    ("delayed", "standing"): "at risk",
    ("on_hold", "reached"): "on hold|paused|deferred|suspended|stalled|parked|currently on hold",
    ("on_hold", "standing"): "awaiting",
    ("withdrawn", "reached"): (
        "rejected|withdrawn|no longer relevant|no longer required|no longer applicable|no longer|"
        "no longer needed|superseded|not accepted|merged with|cancelled|canceled|abandoned|"
        "discontinued|not progressing|not proceeding|not being progressed|not taken forward"
    ),
}
# Words of a status column that would mean something else, or nothing, in a timescale.
STATUS_COLUMN: dict[str, Status] = {
    "ongoing": "in_progress",
    "on going": "in_progress",
    "continuing": "in_progress",
    "rolling": "in_progress",
    "business as usual": "completed",
    "bau": "completed",
    "c": "completed",
    "tick": "completed",
    "yes": "completed",
    "no": "not_started",
    "late": "delayed",
    "outstanding": "not_started",
    "open": "in_progress",
    "pending": "not_started",
    "partial": "in_progress",
    "partially": "in_progress",
    "partly": "in_progress",
    "met": "completed",
}

# Recurrence in words, and the unit it counts in ("six monthly" needs it).
RECURRENCES: dict[str, tuple[str, str]] = {
    "daily": ("daily", "day"),
    "weekly": ("weekly", "week"),
    "fortnightly": ("every 2 weeks", ""),
    "monthly": ("monthly", "month"),
    "quarterly": ("quarterly", "quarter"),
    "termly": ("each term", "term"),
    "yearly": ("yearly", "year"),
    "annually": ("yearly", "year"),
    "annual": ("yearly", "year"),
    "per annum": ("yearly", "year"),
    "p.a": ("yearly", "year"),
    "pa": ("yearly", "year"),
    "year on year": ("yearly", "year"),
    "month on month": ("monthly", "month"),
    "half yearly": ("every 6 months", ""),
    "bi annually": ("every 6 months", "twice"),
    "biannually": ("every 6 months", "twice"),
    "biannual": ("every 6 months", "twice"),
    "bi annual": ("every 6 months", "twice"),
    "bi monthly": ("every 2 months", "twice"),
    "bimonthly": ("every 2 months", "twice"),
    "bi weekly": ("every 2 weeks", "twice"),
    "biweekly": ("every 2 weeks", "twice"),
    "biennially": ("every 2 years", ""),
    "biennial": ("every 2 years", ""),
    "bi ennially": ("every 2 years", ""),
    "triennially": ("every 3 years", ""),
    "triennial": ("every 3 years", ""),
}
DOUBTFUL_RECURRENCES = {
    "every 6 months": "“Biannual” may also mean every two years; twice a year is supposed.",
    "every 2 months": "“Bi-monthly” may also mean twice a month; every two months is supposed.",
    "every 2 weeks": "“Bi-weekly” may also mean twice a week; every two weeks is supposed.",
}
UNIT_RECURRENCE = {
    "D": "daily",
    "W": "weekly",
    "M": "monthly",
    "Y": "yearly",
}
TIMES_A_YEAR = {1: "yearly", 2: "every 6 months", 3: "every 4 months", 4: "quarterly"}
TIMES_A_YEAR |= {6: "every 2 months", 12: "monthly"}

# (kind of token, what it stands for): the phrases.
PHRASES: dict[tuple[str, Any], str] = {
    ("BY", None): (
        "by|by or before|no later than|not later than|by no later than|on or before|not after|"
        "at the latest|latest|by the latest|deadline of|in time for"
    ),
    ("BEFORE", None): "before|prior to|pre|ahead of|in advance of",
    ("NOT_BEFORE", None): "not before|no earlier than|not earlier than|no sooner than|earliest",
    ("END", None): "end|end of|close of|the close|close|ending|end in",
    ("YEAR_END", None): "year end|yearend|end of year|end of the year|end year",
    ("UNTIL", None): "until|till|til|up to|up until|through|thru|through to|up to and including",
    ("TO", None): "to",
    ("FROM", None): (
        "from|commencing|commences|commence|starting|starts|start|beginning|begins|begin|"
        "with effect from|wef|effective from|as of|as from|to start|to commence|to begin|"
        "start date|commencing from|starting from|effective"
    ),
    ("SINCE", None): "since|ever since",
    ("AFTER", None): "after|following|post|beyond|subsequent to",
    ("ONWARDS", None): (
        "onwards|onward|and onwards|and onward|and beyond|and after|and continuing|"
        "and thereafter|forward|going forward"
    ),
    ("PRESENT", None): "present|date|now on",
    ("PART", "early"): (
        "early|early in|start of|beginning of|early part of|the start|in early|the beginning"
    ),
    ("PART", "mid"): "mid|middle of|middle|the middle",
    ("PART", "late"): "late|late in|later in|latter part of",
    (
        "THROUGHOUT",
        None,
    ): "throughout|across|all through|over the course of|in the course of|for the duration of|over",
    ("BETWEEN", None): "between",
    ("WEEK_FROM", None): "w/c|wc|week commencing|week beginning|w/b|week of",
    ("WEEK_TO", None): "w/e|week ending|week end",
    ("FINISH", None): "finish|finishes|end date|finish date|completion date|ends|finishing",
    ("GLUE", None): (
        "in|on|at|during|the|of|around|about|approx|approximately|circa|c|a|an|due|target|"
        "date|within|for|now|again|expected|anticipated|during the|in the|as at|no|estimated"
    ),
    ("AND", None): "and|&|plus|with",
    ("OR", None): "or|and/or",
    ("BUT", None): "but|although|however|though|albeit|yet",
    ("THEN", None): "then|and then|thereafter|and thereafter|followed by|after which",
    ("EVERY", None): "every|each|per|each and every|a further",
    ("OTHER", None): "other|alternate|second",
    ("TIMES", 1): "once",
    ("TIMES", 2): "twice|two times",
    ("TIMES", 3): "thrice|three times",
    ("TIMES", 4): "four times",
    ("TIMES", 6): "six times",
    ("BASIS", None): (
        "basis|intervals|interval|cycle|frequency|thereafter|reviews|review|update|updates|report|"
        "reporting|reports|monitoring"
    ),
    ("WITHIN", None): "within|inside|no more than|not more than|less than|up to a maximum of",
    ("COMING", None): "next|coming|following|forthcoming|ensuing",
    ("THIS", 0): "this|the current",
    ("THIS", 1): "new",
    ("THIS", -1): "last|previous|past",
    ("NOW", "P0D"): (
        "immediately|immediate|with immediate effect|immediate effect|straight away|at once|"
        "forthwith|effective immediately|immediate priority|immediate action|right away"
    ),
    ("NOW", None): "asap|a.s.a.p|as soon as possible|as soon as practicable|urgent|urgently",
    ("HORIZON", None): (
        "short term|medium term|long term|short to medium term|medium to long term|shorter term|"
        "longer term|near term|short|medium|long"
    ),
    ("CONDITION", None): (
        "when|whenever|if|once|subject to|dependent on|dependent upon|depending on|contingent on|"
        "as and when|as required|as needed|as necessary|as appropriate|where possible|where needed|"
        "pending|when required|when needed|where required|ad hoc|as they arise|as it arises|"
        "on request|unless|as soon as|as opportunities arise|as the need arises|on demand|upon|"
        "where appropriate|as and when required|provided that|on appointment|on approval|"
        "on completion|on receipt|on publication|should funding"
    ),
    (
        "IN_LINE",
        None,
    ): "in line with|aligned to|aligned with|in accordance with|alongside|linked to",
    ("EXAMPLE", None): "for example|e.g|eg|such as",
    ("TAIL", None): "as part of|i.e|see|refer to|including|through the|via",
    ("NOTHING", None): (
        "tbc|tba|tbd|n/a|na|not applicable|to be confirmed|to be announced|to be determined|"
        "to be advised|to be decided|to be scheduled|to be set|none|no date|not known|unknown|nil|"
        "not set|xx|xxx|xxxx|not specified|no timescale|no deadline|date tbc"
    ),
    ("COPY", None): "as above|same as above|see above|ditto|as for above|as previous|same|do",
    ("FUTURE", None): (
        "to be|will be|should be|must be|shall be|due to be|expected to be|needs to be|aim to be|"
        "need to be|will have been|is to be|are to be|due for|planned for|scheduled for|be"
    ),
    ("TOWARDS", None): "to|will|should|must|due to|aim to|shall|aims to|expected to|planned to|for",
    ("PAST", None): (
        "held|published|agreed|approved|circulated|issued|conducted|reported|took place|"
        "had|presented|adopted|met|has been|have been|already|happened|undertaken|carried out"
    ),
    ("DUE", None): "was due|were due|originally due|previously due|originally|was|due|previously",
    ("REVISED", None): (
        "revised|moved|extended|changed|rescheduled|slipped|postponed|put back|brought forward|"
        "revised date|new date|revised to|delayed|deferred"
    ),
    ("PART_DONE", None): (
        "draft|first draft|drafts|phase|stage|pilot|partial|partially|partly|part|nearly|almost|"
        "first phase|initial|some|mostly|scoping"
    ),
    (
        "ALLOWED",
        None,
    ): ("now|fully|all|already|is|are|been|has|have|currently|both|also|successfully"),
    ("WORKING", None): "working|calendar|clear|business|school",
    ("TERM", None): "term|terms",
    ("QUARTER", None): "q|qtr|quarter|quarters|qu|qtrs",
    ("HALF", None): "h|half|hy",
    ("PLAN_YEAR", None): "year|yr|years|yrs|y",
    ("PHASE", None): "phase|stage|tranche|wave",
    ("ONE_NUMBER", None): "no|number|action|recommendation|item|rec",
}
ONGOING = (
    "ongoing|on going|continuous|continuously|continuing|continual|continually|rolling programme|"
    "rolling basis|business as usual|bau|open ended|always|permanent|permanently|"
    "indefinitely|day to day|throughout the year|all year round|all year|no end date|continues|"
    "constant|at all times|as business as usual|a continuous process|ongoing process|"
    "ongoing programme|ongoing basis|rolling program|perpetual|embedded and ongoing"
)
OCCASIONS = {
    "Easter": "easter|easter sunday",
    "Christmas": "christmas|xmas|christmas day",
    "New Year": "new year|the new year",
    "Pentecost": "pentecost|whitsun",
    "Lent": "lent",
    "Advent": "advent",
    "Black History Month": "black history month|bhm",
    "LGBT+ History Month": "lgbt history month|lgbt+ history month",
    "Pride Month": "pride month",
    "International Women's Day": "international women's day|iwd",
    "International Men's Day": "international men's day",
    "Holocaust Memorial Day": "holocaust memorial day",
    "Stephen Lawrence Day": "stephen lawrence day",
    "Windrush Day": "windrush day",
    "Human Rights Day": "human rights day",
}
# Occasions that are dates in themselves; the others are events with a window.
DATE_OCCASIONS = {"Easter", "Christmas", "New Year", "Pentecost"}

# What makes an event. Bodies count when capitalised, or when a date or "next" stands with them.
BODIES = frozenset(
    _each(
        "cabinet council committee board panel executive scrutiny assembly senate governors "
        "subcommittee commission parliament court"
    )
)
HAPPENINGS = frozenset(
    _each(
        "meeting meetings conference agm summit election elections induction seminar workshop "
        "away awayday launch-event congress hustings purdah event referendum plenary"
    )
)
GROUPS = frozenset(_each("group forum team network partnership"))
# What a body may meet in: "each committee cycle".
ROUNDS = frozenset(
    _each(
        "cycle round intake cohort recruitment appointment vacancy survey appraisal supervision "
        "review campaign one-to-one"
    )
)
REPORTS = frozenset(_each("report paper update presentation reports papers briefing"))
# Where the name of an event ends on its left.
NOT_IN_A_NAME = frozenset(
    _each(
        "by with at to the a an in on for through of from be signed off share plan and or next "
        "after following before until within each every this our all agreed approved considered "
        "presented reported via discussed taken go consideration approval submit submitted ready "
        "ongoing was is are were completed draft update updates report reports new"
    )
)
