"""What is wrong with an open page for somebody who does not see it, or sees it on a phone.

A browser's driver copies all that it is asked for, so that only violations are: of a page of the
workspace the rules that pass fill more than ten times as much.
"""

import json

from axe_playwright_python.sync_playwright import Axe

DESKTOP, PHONE, SMALL = 1280, 390, 320
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Who else is shown each page: the pictures of ``--every-screen``.
shown_to = []


def violations(page, *tags):
    """Every violation of the rules with these tags (or of all of WCAG 2.2 AA and good practice)."""
    # A click is over when the next page begins; its styles may still be on their way.
    page.wait_for_load_state()
    for look in shown_to:
        look(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    rules = {"runOnly": {"type": "tag", "values": tags or (*WCAG, "best-practice")}}
    asked = json.dumps(rules | {"resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run({asked}).then(answer => answer.violations)")
    return [f"{v['id']}: {node['html'][:200]}" for v in found for node in v["nodes"]]


def sideways(page):
    """How many pixels of the page lie beyond the right edge."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def faults(page):
    """Violations at the width of a desktop and of a phone, and what lies beyond the edge."""
    found = []
    for width in (DESKTOP, PHONE, SMALL):
        page.set_viewport_size({"width": width, "height": 900})
        if width != SMALL:
            found += [f"{width}: {one}" for one in violations(page)]
        if sideways(page) > 0:
            found.append(f"{width}: {sideways(page)} pixels beyond the edge")
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    return found
