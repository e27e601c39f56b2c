"""A plan in Python: how firm are a council's promises, and what changed between two plans?

.venv/bin/python docs/tutorial/statistician.py

No web framework, no database: three rooms used as a library.
"""

from collections import Counter
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from goldenthread import documents, plan, timescale

EXAMPLES = Path(__file__).parents[1] / "examples"

# One phrase may make two claims. The words are kept; the readings stand beside them.
for claim in timescale.read("End December 2026 and ongoing"):
    print(f"{claim.raw!r}: {claim.kind}, last day {claim.end}")

# A year that is not printed comes from the document's date, which we have to give.
for claim in timescale.read("Completed 24th March", dated=date(2026, 7, 15)):
    print(f"{claim.raw!r}: {claim.status} on {claim.end}")
    for assumption in claim.assumed:
        print("  supposed:", assumption.message)

# A document becomes a draft: the plan, and what the reader was not sure of.
with as_file(files("goldenthread") / "example_data" / "plan.docx") as path:
    draft = documents.read_plan(path)
brackenford = draft.plan
print(f"\n{brackenford.title}, dated {brackenford.document_date}")
print(f"{len(brackenford.recommendations)} recommendations, {len(brackenford.actions)} actions")
print(f"{len(draft.warnings)} warnings; the first: {draft.warnings[0].message}")

# How many actions could anybody ever be late for? An end date in any of its timescales decides.
dated = [a for a in brackenford.actions if any(claim.end for claim in a.timescales)]
print(f"{len(dated)} of {len(brackenford.actions)} actions have a last day")

# One row per claim, as a table that any data frame would take.
rows = [
    {"action": action.text, "kind": claim.kind, "end": claim.end}
    for action in brackenford.actions
    for claim in action.timescales
]
for kind, count in Counter(row["kind"] for row in rows).most_common():
    print(f"  {kind:12} {count:3}")

# Findings are values too: count them by code, and look at one.
findings = plan.check(brackenford, as_at=date(2026, 9, 30))
print(f"\n{len(findings)} findings")
for code, count in sorted(Counter(finding.code for finding in findings).items()):
    print(f"  {code:12} {count:3}")

# What moved between two plans?
before = documents.read_plan(EXAMPLES / "before.csv").plan
after = documents.read_plan(EXAMPLES / "after.csv").plan
changes = plan.compare(before, after)
for sentence in plan.sentences(changes):
    print("-", sentence)
