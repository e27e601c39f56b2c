"""Plans built from the truth files of the example documents, to try the rules on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goldenthread.plan import Action, Measure, Plan, Recommendation, read_leads
from goldenthread.timescale import Timescale

EXAMPLES = Path(__file__).parents[4] / "shared" / "examples" / "plans"


def _timescale(said: dict[str, Any]) -> Timescale:
    days = {key: date.fromisoformat(said[key]) if said[key] else None for key in ("start", "end")}
    names = ("precision", "recurrence", "status", "event", "offset", "anchor")
    return Timescale(said["raw"], said["kind"], **days, **{n: said.get(n) for n in names})


def _action(said: dict[str, Any]) -> Action:
    return Action(
        said["text"],
        leads=tuple(lead for words in said["leads"] for lead in read_leads(words)),
        timescales=tuple(_timescale(t) for t in said["timescales"]),
        measures=(Measure(said["measure"]),) if said.get("measure") else (),
        status=said.get("status"),
        status_text=said.get("status_text"),
        rag=said.get("rag"),
    )


@pytest.fixture
def example_plan():
    """A function that gives the true plan of one example document; skips where there is none."""

    def read(name: str) -> Plan:
        file = EXAMPLES / f"{name}.truth.json"
        if not file.exists():
            pytest.skip("the example documents are not beside this project")
        said = json.loads(file.read_text(encoding="utf-8"))
        recommendations = tuple(
            Recommendation(
                rec["text"],
                rec["number"],
                rec["theme"],
                actions=tuple(_action(action) for action in rec["actions"]),
            )
            for rec in said["recommendations"]
        )
        return Plan(said["title"], said["document_date"], recommendations)

    return read
