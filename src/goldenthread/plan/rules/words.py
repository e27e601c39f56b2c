"""W: words meant for the public that name, point at or shut out a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldenthread.plan.abbreviations import find_abbreviations
from goldenthread.plan.lead_words import BODY_HEADS
from goldenthread.plan.model import Action, Lead, Plan, Recommendation
from goldenthread.plan.people import find_people
from goldenthread.plan.rules.rule import Entry, Example, Found, Look, Rule
from goldenthread.plan.wording import word_set

# Abbreviations that need no explaining to a resident.
WELL_KNOWN = word_set("""
    UK EU UN US USA GB NHS HR IT ICT TV BBC MP MPs PM GP GPs LGA BAME BME SMART PDF CV FAQ FAQs ID
    VAT GDPR UKIP AGM PR PC CEO HQ OK BSL LGBT LGBTQ LGBTQIA PE RE GCSE MBA PhD DVD
    USB SMS PIN PO RSPCA NSPCC TUC BMA RCN GMB ACAS HMRC DWP DVLA COVID Q A II III IV VI VII VIII
    IX XI XII NI
""")

_CHARACTERISTICS = word_set("""
    black asian bangladeshi indian pakistani chinese african caribbean arab roma gypsy traveller
    irish polish romanian somali nigerian ghanaian jamaican turkish kurdish jewish muslim hindu sikh
    buddhist bame bme disabled deaf blind autistic neurodivergent neurodiverse gay lesbian bisexual
    trans transgender non-binary nonbinary lgbt lgbtq lgbt+ lgbtq+ female male pregnant racialised
    mixed-race mixed-heritage white arabic bengali tamil filipino refugee migrant
""")
_CHARACTERISTIC = (
    "(?:"
    + "|".join(sorted(map(re.escape, _CHARACTERISTICS), key=lambda word: (-len(word), word)))
    + r"|mixed (?:race|heritage)|minority[ -]ethnic|ethnic[ -]minority|global majority"
    + r"|(?:black|african|asian) (?:british|caribbean|african))"
)
_PEOPLE = (
    r"(?:(?:staff |team |panel |cabinet )?members?|staff|people|persons?|managers?|officers?|"
    r"employees?|colleagues?|workers?|teachers?|headteachers?|directors?|heads? of [a-z]+|heads?|"
    r"chief officers?|councillors?|wom[ae]n|m[ae]n|nurses?|doctors?|constables?|sergeants?|"
    r"inspectors?|superintendents?|apprentices?|leavers?|starters?|applicants?|candidates?|"
    r"complainants?|claimants?|pupils?|students?|leaders?|executives?|professors?|lecturers?|"
    r"governors?|trustees?|graduates?|trainees?|respondents?|carers?|tenants?|firefighters?)"
)
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""".split(),  # noqa: SIM905
        start=1,
    )
}
_ONLY = ("the only", "our only", "the sole", "a single", "the one", "a lone")
_COUNTED = "|".join([*_ONLY, *_NUMBER_WORDS])
_COUNT = rf"(?P<count>\b(?:{_COUNTED})\b|(?<![\d.,£/–-])\b\d{{1,2}}\b(?![\d%]))"
_ADJECTIVES = (
    r"(?:(?:senior|junior|staff|new|other|existing|current|full-time|part-time|service|line) )"
)

# "two Black officers", "the only Bangladeshi manager"
_WITH_CHARACTERISTIC = re.compile(
    rf"{_COUNT} {_ADJECTIVES}{{0,2}}{_CHARACTERISTIC}(?:(?:,| and| or|/) ?{_CHARACTERISTIC})?"
    rf" {_ADJECTIVES}{{0,2}}{_PEOPLE}\b(?![’'])",
    re.IGNORECASE,
)
# "one of our four heads of service"
_PART_OF_FEW = re.compile(
    rf"{_COUNT} of (?:our|the|its|their) (?P<group>{'|'.join(_NUMBER_WORDS)}|\d{{1,2}}) "
    rf"(?:[a-z-]+ ){{0,2}}?{_PEOPLE}\b(?![’'])",
    re.IGNORECASE,
)
# "three officers from a Somali background", "two of our managers are Black"
_SAID_TO_BE = re.compile(
    rf"{_COUNT} (?:of (?:our|the) )?(?:[a-z-]+ )?{_PEOPLE}(?: in [\w ]{{2,30}}?)? "
    r"(?:(?:who |that )?(?:is|are|was|were|identif\w+ as|declared\w*(?: as)?)|from (?:an? )?) ?"
    rf"(?:the )?{_CHARACTERISTIC}"
    r"(?: (?:backgrounds?|heritage|origins?|ethnicity)\b|(?=\s*[.,;)]|\s*$))",
    re.IGNORECASE,
)
# "Of our four heads of service, one is leaving"
_OF_FEW_ONE = re.compile(
    rf"\bof (?:our|the|its|their) (?P<group>{'|'.join(_NUMBER_WORDS)}|\d{{1,2}}) "
    rf"(?:[a-z-]+ ){{0,2}}?{_PEOPLE},? (?:only )?{_COUNT} (?:is|are|was|were|has|have|who|left)\b",
    re.IGNORECASE,
)
# "three race grievances", "every open grievance (4 at present)": behind each stands a person.
_CASES = (
    r"(?:grievances?|complaints?|tribunal (?:claims?|cases?)|disciplinar(?:y|ies)(?: cases?)?|"
    r"bullying cases?|harassment cases?|suspensions?|dismissals?)"
)
_FEW_CASES = re.compile(
    rf"{_COUNT} (?:(?:open|race|racism|live|current|formal|staff|upheld|race-related) ){{0,3}}"
    rf"{_CASES}\b(?! (?:procedure|policy|panel|adviser|form|process)s?\b)",
    re.IGNORECASE,
)
_CASES_COUNTED = re.compile(
    rf"{_CASES} \({_COUNT} (?:at present|currently|now|open|live|so far|this year|last year)\)",
    re.IGNORECASE,
)
_FEW = (
    _WITH_CHARACTERISTIC, _PART_OF_FEW, _OF_FEW_ONE, _SAID_TO_BE, _FEW_CASES, _CASES_COUNTED,
)  # fmt: skip
# Words before a number of which it is the name, not the count.
_LABELLED = re.compile(
    r"\b(?:grade|band|level|scale|tier|year|stage|section|ward|phase|no\.?|number|objective|action|"
    r"recommendation|indicator|part|point|step|team|page|table|question|metric)\s*$",
    re.IGNORECASE,
)
# Words before a number that make of it a target or a rule for the future.
_INTENDED = re.compile(
    r"\b(?:appoint|recruit|hire|attract|elect|nominate|invite|least|minimum(?: of)?|"
    r"targets?(?: of)?|more than|over|under|than|up to|every|each|include|with|"
    r"(?:to|must|should|will) have|select|seek|aim for|provide|be)"
    r"(?: (?:a|an|the))?\s*$",
    re.IGNORECASE,
)
_FOR_EACH = re.compile(r"^\s*(?:on|in|at|for|to)?\s*(?:every|each|all|any|per)\b", re.IGNORECASE)
_NOT_PEOPLE = BODY_HEADS | word_set("""
    story stories event events session sessions survey surveys programme programmes conference
    experience experiences voice voices awards award days day week course courses role roles posts
    post training
""")

_ABBREVIATION = re.compile(
    r"(?<![\w&/-])([A-Z][A-Z&]{1,7}|[A-Z][a-z]?[A-Z]{2,6}|[A-Z][a-z][A-Z])s?(?![\w&+-])"
)


def _names(look: Look) -> Iterator[Found]:
    seen: set[str] = set()
    for text, entry, rec in look.public_words:
        for span in find_people(text):
            if span.text in seen:
                continue
            seen.add(span.text)
            elected = re.match(r"(?:Cllrs?|Councillors?|Alderman)\b", span.text)
            if elected:
                message = "A councillor is named: the office outlasts the person."
                yield Found(message, span.text, entry, rec, severity="advice")
            else:
                yield Found(
                    "A person is named in words meant for the public.", span.text, entry, rec
                )


def _few_people(look: Look) -> Iterator[Found]:
    for text, entry, rec in look.public_words:
        flat = " ".join(text.split())
        for pattern in _FEW:
            match = next((m for m in pattern.finditer(flat) if _points(m, flat, look)), None)
            if match:
                words = match.group()
                message = f"“{words}” is so few people that readers may know who they are."
                yield Found(message, words, entry, rec)
                break


def _points(match: re.Match[str], text: str, look: Look) -> bool:
    """Whether the words state that there are few, and neither ask for them nor mean a thing."""
    least = look.settings.small_number
    before = text[: match.start("count")]
    if _number(match["count"]) >= least or _INTENDED.search(before) or _LABELLED.search(before):
        return False
    group = match.groupdict().get("group")
    if group is not None and (_number(group) > least or _number(match["count"]) >= _number(group)):
        return False
    after = text[match.end() :]
    following = re.match(r"\s+([\w-]+)", after)
    if following and following.group(1).lower() in _NOT_PEOPLE:
        return False
    return not _FOR_EACH.match(after)


def _number(words: str) -> int:
    words = words.lower()
    return int(words) if words.isdigit() else _NUMBER_WORDS.get(words, 1)


def _unexplained(look: Look) -> Iterator[Found]:
    plan = look.plan
    texts: list[tuple[str, Entry | None, int | None]] = list(look.public_words)
    texts += [(lead.text, e, None) for e in look.entries for lead in e.action.leads]
    texts += [(t.raw, e, None) for e in look.entries for t in e.action.timescales]
    told = [text for text, _, _ in texts]
    told += [plan.title or "", *(step.text for step in plan.process_steps)]
    explained = {short for short, _ in (*plan.abbreviations, *find_abbreviations(told))}
    explained |= {lead.text for e in look.entries for lead in e.action.leads if lead.full}
    explained |= WELL_KNOWN | look.settings.abbreviations
    first: dict[str, Found] = {}
    for text, entry, rec in texts:
        letters = [letter for letter in text if letter.isalpha()]
        shouted = len(letters) > 12 and sum(map(str.isupper, letters)) > 0.6 * len(letters)
        if shouted:
            continue
        for match in _ABBREVIATION.finditer(text):
            short = match.group(1)
            if short in explained or short.rstrip("s") in explained or short in first:
                continue
            message = f"“{short}” is used and never explained."
            first[short] = Found(message, short, entry, rec)
    yield from first.values()


def _plan(text: str, lead: str = "") -> Example:
    leads = (Lead(lead, "body"),) if lead else ()
    action = Action(text, leads=leads)
    return Example(
        Plan(recommendations=(Recommendation("Hear from staff", "1", actions=(action,)),))
    )


RULES = (
    Rule(
        "W601",
        "A person’s name in public words",
        "error",
        "A plan is copied and kept for years; a name in it is personal data that cannot be called "
        "back, and people move on.",
        "Write the post.",
        _plan("Jane Example will chair the listening sessions"),
        _plan("The Director of People will chair the listening sessions"),
        _names,
    ),
    Rule(
        "W602",
        "So few people that they can be known",
        "error",
        "Colleagues know who “the only” or “two of our” are, whatever the words leave out.",
        "Leave the number out, or speak of a larger group.",
        _plan("Offer mentoring, as one of our four heads of service is leaving"),
        _plan("Offer mentoring to every head of service"),
        _few_people,
    ),
    Rule(
        "W603",
        "An abbreviation never explained",
        "advice",
        "Residents and new staff cannot follow letters that only insiders know.",
        "Write the name in full where it first appears, with the letters in brackets after it.",
        _plan("Share the plan with the JUCC"),
        _plan("Share the plan with the Joint Union Consultative Committee (JUCC)"),
        _unexplained,
    ),
)
