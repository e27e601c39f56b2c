"""Make the bundled example: Brackenford's race equality action plan, as hard to read as a real one.

    .venv/bin/python scripts/make_example_plan.py [OUT.docx]

Everybody and everything in it is invented. It is made by a script so that each difficulty is on
purpose and can be found by name below; ``tests/example_plan.truth.json`` says by hand what the
document means. The same words always give the same parts inside the file.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

OUT = Path(__file__).parent.parent / "src" / "goldenthread" / "example_data" / "plan.docx"
MOMENT = datetime(2026, 7, 6, 9, 0)
TRACKED_BY = {"w:id": "1", "w:author": "Programme office", "w:date": "2026-07-06T09:00:00Z"}

# The colours of the last column of Part 2: the only place where those statuses are stated.
BLUE, GREEN, AMBER, RED = "9DC3E6", "A9D08E", "FFC000", "F4817A"
HEADER_GREY, THEME_GREY = "D9D9D9", "EDEDED"


@dataclass(frozen=True)
class Words:
    """One paragraph of a cell: its words, and what a word processor has done to them."""

    text: str
    style: str | None = None
    bold: bool = False
    inserted: str = ""
    deleted: bool = False
    on_a_new_page: bool = False


def bullet(text: str, **more: object) -> Words:
    """An item of an outer list."""
    return Words(text, "ListBullet", **more)  # type: ignore[arg-type]


def sub_bullet(text: str) -> Words:
    """An item of a list inside a list."""
    return Words(text, "ListBullet2")


BLANK = Words("")


@dataclass(frozen=True)
class Box:
    """One cell. ``merge`` is "restart" or "continue" for a cell merged downwards."""

    words: Sequence[Words | str] = ()
    span: int = 1
    merge: str | None = None
    fill: str | None = None


@dataclass(frozen=True)
class Line:
    """One row. ``header`` asks the word processor to repeat it; a hidden row is not printed."""

    boxes: Sequence[Box | str]
    header: bool = False
    hidden: bool = False


def titles(*names: str, by_hand: bool = False) -> Line:
    """A header row; ``by_hand`` for one that somebody typed again at the top of a page."""
    boxes = [
        Box([Words(name, bold=True, on_a_new_page=by_hand and not index)], fill=HEADER_GREY)
        for index, name in enumerate(names)
    ]
    return Line(boxes, header=not by_hand)


def theme(name: str, width: int) -> Line:
    """A row merged right across that says which theme the rows below belong to."""
    return Line([Box([Words(name, bold=True)], span=width, fill=THEME_GREY)])


COVERED = Box(merge="continue")

PART_1 = ("No.", "Recommendation", "Comment / Key action", "Timescale", "Lead officer / Comments")
PART_1_WIDTHS = (13, 62, 94, 52, 46)
PART_1_LINES = (
    # A remark across the table stands above the header, as in many published plans.
    Line([Box(["Date of the independent race adviser’s review: 14 May 2025"], span=5)]),
    titles(*PART_1),
    theme("Putting things right", 5),
    Line(
        [
            "1",
            "Acknowledge what the review found, and put right what can be put right.",
            Box(
                [
                    bullet("Apologise to staff and residents for what the review found"),
                    bullet(
                        "Write to everyone who left after raising a race complaint since 2019 and"
                        " offer to meet"
                    ),
                ]
            ),
            Box(["Completed 30 September 2025", "Completed"]),
            Box(["Chief Executive", "Director of Resources"]),
        ]
    ),
    Line(
        [
            "2",
            "Give a public account of how race complaints were handled, and let someone from"
            " outside see how they are handled now.",
            Box(
                [
                    bullet("Publish an account of how past race complaints were handled"),
                    # A number of people so small that it may point at somebody.
                    bullet(
                        "Have someone from outside the council sit in on every open race"
                        " grievance (4 at present)"
                    ),
                ]
            ),
            Box(["Overdue - was due 31 March 2026", "31 March 2027"]),
            Box(["Monitoring Officer", "Assistant Director, People (Marianne Holt)"]),
        ]
    ),
    theme("Getting in and getting on", 5),
    Line(
        [
            Box(["3"], merge="restart"),
            Box(["Open acting-up and secondment posts to everyone."], merge="restart"),
            "Advertise every acting-up and secondment post to all staff",
            "Completed 30 January 2026",
            "Assistant Director, People",
        ]
    ),
    Line(
        [
            COVERED,
            COVERED,
            "Hold a careers conversation with everyone in Grades 1 to 5 who asks for one",
            "Q4 2026/27",
            "Head of Learning",
        ]
    ),
    Line(
        [
            "4",
            "No one should be appointed to a management post by a panel drawn from one background."
            " Check what difference it makes, and publish that.",
            # Three actions against two timescales, and nothing says which go together.
            Box(
                [
                    bullet("Shortlist without names for every post up to Grade 12"),
                    bullet("Use a mixed, trained panel for every interview at Grade 10 and above"),
                    bullet(
                        "Publish who applies, who is shortlisted and who is appointed, by grade"
                    ),
                ]
            ),
            Box(["Was 31 December 2025, now 31 March 2027", "End December 2026 and ongoing"]),
            Box(["Head of Recruitment", "Assistant Director, People", "Head of Workforce Data"]),
        ]
    ),
    # The page ends inside this row and inside its second action; somebody typed the header again.
    Line(
        [
            "5",
            "Let people see the whole road to a senior post, and help those who were held back.",
            Box(
                [
                    bullet("Offer 40 places on a sponsorship scheme for Grades 8 to 11"),
                    bullet("Fill no manager post by word of mouth, including"),
                ]
            ),
            Box(["31 March 2027", "30 June 2026"]),
            Box(["Head of Learning", "Director of Resources"]),
        ]
    ),
    titles(*PART_1, by_hand=True),
    Line(
        [
            "",
            "",
            Box(
                [
                    "agency cover",
                    # A person's name in words meant for the public.
                    bullet(
                        "Offer every leaver a talk with someone outside their team"
                        " (Mrs Tamsin Brackwater)"
                    ),
                    bullet("Ask every search firm for a mixed shortlist"),
                ]
            ),
            Box(["Ongoing", "Already underway and ongoing"]),
            Box(["Assistant Director, People", "Head of Procurement"]),
        ]
    ),
    theme("How we lead and learn", 5),
    Line(
        [
            "6",
            "Leaders should understand race equality before they are asked to lead on it.",
            Box(
                [
                    bullet("Train all 74 heads of service and directors in race and leadership"),
                    bullet("Buy a second training package for directors", deleted=True),
                    bullet(
                        "Train all 51 councillors in race and leadership",
                        inserted=", including the Public Sector Equality Duty",
                    ),
                ]
            ),
            # The year is missing twice, and an ordinal has been torn off.
            Box(["Completed 24th March", "Completed – 30 th June"]),
            Box(["Head of Learning and Monitoring Officer"]),
        ]
    ),
    Line(
        [
            "7",
            "Make race equality part of every manager’s job, and find out whether training works.",
            Box(
                [
                    bullet("Put an equality objective in every manager’s appraisal"),
                    bullet("Have the training judged by someone outside the council"),
                    bullet("Train every team, managers first"),
                ]
            ),
            # A blank line keeps the third timescale level with the third action.
            Box(
                [
                    "End February 2027 (for 2027/28 objective setting)",
                    BLANK,
                    "Ongoing but particularly in May 2027",
                ]
            ),
            Box(["Assistant Director, People", "Head of Policy", "Head of Learning"]),
        ]
    ),
    Line(
        [
            "8",
            "Build race equality into how services are planned and directors are supported.",
            Box(
                [
                    bullet("Check every service plan for race equality, with an EIA for each"),
                    bullet(
                        "Pair each director with a mentor from the Race Equality Staff Network"
                        " (RESN)"
                    ),
                    bullet("Publish each directorate’s vision and pledges"),
                ]
            ),
            Box(["End December 2026", "31 March 2027", "Cabinet October 2026"]),
            # A post and a body run together, with nothing between them.
            Box(["Head of Policy RESN"]),
        ]
    ),
)

PART_2 = ("No.", "Recommendation", "Action", "Lead", "By when", "How we will know", "Status")
PART_2_WIDTHS = (13, 50, 72, 42, 36, 36, 18)
PART_2_LINES = (
    titles(*PART_2),
    theme("Being heard safely", 7),
    Line(
        [
            Box(["9"], merge="restart"),
            Box(
                ["Hear staff regularly, in places and at times that suit everyone."],
                merge="restart",
            ),
            "Hold listening sessions every quarter, including depots and night shifts",
            # One lead merged down over two actions.
            Box(["Head of Communications"], merge="restart"),
            "Quarterly",
            "Two surveys in a row show that 80% feel heard",
            Box(fill=GREEN),
        ]
    ),
    Line(
        [
            COVERED,
            COVERED,
            "Publish what you said and what we did",
            COVERED,
            "Every quarter",
            "",
            Box(fill=GREEN),
        ]
    ),
    Line(
        [
            COVERED,
            COVERED,
            "Give staff networks paid time and a budget",
            "Chief Executive",
            "Completed 1 October 2025",
            "Hours and budget published",
            Box(fill=BLUE),
        ]
    ),
    Line(
        [
            Box(["10"], merge="restart"),
            Box(["Make it safe to report racism, and act on what is reported."], merge="restart"),
            "Open an outside route to report racism at work",
            "Monitoring Officer",
            "30 November 2026",
            "Share of staff who say they would use it",
            Box(fill=RED),
        ]
    ),
    Line(
        [
            COVERED,
            COVERED,
            Box(
                [
                    "Offer support to staff who meet racism from the public:",
                    sub_bullet("at the counter"),
                    sub_bullet("on the telephone"),
                    sub_bullet("in people’s homes"),
                ]
            ),
            "Director of Adults and Health",
            "31 January 2027",
            "Support offered within two working days",
            Box(fill=AMBER),
        ]
    ),
    theme("Who answers for it", 7),
    Line(
        [
            Box(["11"], merge="restart"),
            Box(["Say who answers for each promise, and report in public."], merge="restart"),
            "Name one accountable officer for each action",
            "Chief Executive",
            "30 September 2025",
            "List published",
            Box(fill=BLUE),
        ]
    ),
    Line(
        [
            COVERED,
            COVERED,
            "Report to the Overview and Scrutiny Committee",
            "As above",
            "Every 6 months from October 2026",
            "Two reports a year",
            Box(fill=GREEN),
        ]
    ),
    Line(
        [
            Box(["12"], merge="restart"),
            Box(["Publish the figures, and commission a second review."], merge="restart"),
            "Publish the pay gap by ethnicity every year",
            "Director of Resources",
            "31/12/2026",
            "Published beside the gender pay gap",
            Box(fill=RED),
        ]
    ),
    Line(
        [
            COVERED,
            COVERED,
            "Know the ethnicity of 92% of staff, by their own choice to tell us",
            "Head of Workforce Data",
            "31 March 2027",
            "92%, from 89% now",
            Box(fill=GREEN),
        ]
    ),
    Line(
        [
            COVERED,
            COVERED,
            "Commission a second independent review",
            "",
            "January 2028",
            "",
            Box(),
        ]
    ),
    Line(
        [
            "13",
            "Fold the programme into general equality work.",
            "Write an options paper on closing the programme early",
            "Head of Policy",
            "March 2027",
            "",
            Box(),
        ],
        hidden=True,
    ),
)


def element(tag: str, **attributes: str) -> etree._Element:
    """One element of WordprocessingML; ``w_val`` gives the attribute w:val."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name.replace("_", ":", 1)), value)
    return made


def run(text: str, bold: bool = False, deleted: bool = False) -> etree._Element:
    """A run of words."""
    made = element("w:r")
    if bold:
        made.append(element("w:rPr"))
        made[0].append(element("w:b"))
    words = element("w:delText" if deleted else "w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(words)
    return made


def tracked(kind: str) -> etree._Element:
    """A tracked insertion or deletion, by the programme office."""
    made = element(kind)
    for name, value in TRACKED_BY.items():
        made.set(qn(name), value)
    return made


def paragraph(words: Words | str) -> etree._Element:
    """One paragraph of a cell."""
    if isinstance(words, str):
        words = Words(words)
    made, properties = element("w:p"), element("w:pPr")
    if words.style:
        properties.append(element("w:pStyle", w_val=words.style))
    if words.on_a_new_page:
        properties.append(element("w:pageBreakBefore"))
    if words.deleted:
        mark = element("w:rPr")
        mark.append(tracked("w:del"))
        properties.append(mark)
    made.append(properties)
    if words.deleted:
        gone = tracked("w:del")
        gone.append(run(words.text, deleted=True))
        made.append(gone)
    elif words.text:
        made.append(run(words.text, bold=words.bold))
    if words.inserted:
        new = tracked("w:ins")
        new.append(run(words.inserted))
        made.append(new)
    return made


def cell(box: Box | str, width: int) -> etree._Element:
    """One cell; every cell holds at least one paragraph, as the format demands."""
    if isinstance(box, str):
        box = Box([box] if box else [])
    made, properties = element("w:tc"), element("w:tcPr")
    properties.append(element("w:tcW", w_w=str(round(width * 56.7)), w_type="dxa"))
    if box.span > 1:
        properties.append(element("w:gridSpan", w_val=str(box.span)))
    if box.merge == "restart":
        properties.append(element("w:vMerge", w_val="restart"))
    elif box.merge:
        properties.append(element("w:vMerge"))
    if box.fill:
        properties.append(element("w:shd", w_val="clear", w_color="auto", w_fill=box.fill))
    made.append(properties)
    made.extend(paragraph(words) for words in box.words or [BLANK])
    return made


def table(lines: Sequence[Line], widths: Sequence[int]) -> etree._Element:
    """A ruled table of fixed column widths, in millimetres."""
    made, properties, grid = element("w:tbl"), element("w:tblPr"), element("w:tblGrid")
    properties.append(element("w:tblStyle", w_val="TableGrid"))
    properties.append(element("w:tblW", w_w="0", w_type="auto"))
    properties.append(element("w:tblLayout", w_type="fixed"))
    grid.extend(element("w:gridCol", w_w=str(round(width * 56.7))) for width in widths)
    made.extend([properties, grid])
    for line in lines:
        row = element("w:tr")
        row.append(element("w:trPr"))
        row[0].append(element("w:hidden" if line.hidden else "w:cantSplit"))
        if line.header:
            row[0].append(element("w:tblHeader"))
        left = 0
        for box in line.boxes:
            span = box.span if isinstance(box, Box) else 1
            row.append(cell(box, sum(widths[left : left + span])))
            left += span
        if line.hidden:
            hide(row)
        made.append(row)
    return made


def hide(row: etree._Element) -> None:
    """Hide every word of a row as well, as word processors do when a row is hidden."""
    for words in row.iter(qn("w:r")):
        words.insert(0, element("w:rPr"))
        words[0].append(element("w:vanish"))


def write(out: Path) -> None:
    """Write the example plan to ``out``."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    about = document.core_properties
    about.title = "Race Equality Action Plan"
    about.author = about.last_modified_by = "Brackenford Borough Council"
    about.created = about.modified = MOMENT
    about.comments = "Invented: Brackenford and everybody in it are fictional."
    end = document.element.body.sectPr

    document.add_heading("Brackenford Borough Council: Race Equality Action Plan", 0)
    document.add_paragraph("Cabinet, 15 July 2026. Agenda item 7, Appendix A.")
    document.add_paragraph(
        "This plan answers the 12 recommendations that the independent race adviser made in May"
        " 2025. Cabinet first adopted it on 16 September 2025."
    )
    document.add_heading("Part 1. Putting right, getting on, leading", 1)
    end.addprevious(table(PART_1_LINES, PART_1_WIDTHS))
    document.add_heading("Part 2. Being heard, and answering", 1)
    document.add_paragraph(
        "Key to the last column: blue = done; green = on track; amber = at risk, not yet late;"
        " red = late; no colour = not started."
    )
    end.addprevious(table(PART_2_LINES, PART_2_WIDTHS))
    document.add_paragraph("Brackenford is an invented borough, and nobody named here exists.")

    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(out, "w") as kept:
        for name, data in sorted(parts(made), key=lambda part: (part[0][0] != "[", part[0])):
            place = zipfile.ZipInfo(name, date_time=(2026, 7, 6, 9, 0, 0))
            place.compress_type = zipfile.ZIP_DEFLATED
            place.external_attr = 0o600 << 16
            kept.writestr(place, data)


def parts(made: io.BytesIO) -> Iterator[tuple[str, bytes]]:
    """The parts of the file, without the picture that the template brings."""
    with zipfile.ZipFile(made) as file:
        for name in file.namelist():
            data = file.read(name)
            if name == "docProps/thumbnail.jpeg":
                continue
            if name == "_rels/.rels":
                links = etree.fromstring(data)
                for link in links:
                    if link.get("Target") == "docProps/thumbnail.jpeg":
                        links.remove(link)
                data = etree.tostring(links, xml_declaration=True, encoding="UTF-8")
            yield name, data


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
