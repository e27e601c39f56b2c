"""Reading again what was just written, without the child process that strangers' files get."""

import io

from goldenthread.documents import draft_from
from goldenthread.intake.child import reader
from goldenthread.intake.document import Document
from goldenthread.intake.limits import Limits
from goldenthread.intake.parent import gather


def document(content, ending):
    """The paragraphs and tables of some bytes."""
    blocks, left_out = gather(reader(ending)(io.BytesIO(content), Limits()))
    return Document(f"plan.{ending}", ending, "", blocks, left_out)


def plan(content, ending):
    """The plan that some bytes hold."""
    return draft_from(document(content, ending)).plan
